r"""`timer-app://` links on Windows: HKCU\Software\Classes\timer-app.

The installer writes the same keys; a pip or pipx installation cannot, so the app does.
Source: https://learn.microsoft.com/previous-versions/windows/internet-explorer/ie-developer/platform-apis/aa767914(v=vs.85)
"""

from __future__ import annotations

import os
import subprocess

from timer_app.adapters.setup.registry import Registry, program_of_line
from timer_app.domain.file_problems import file_problem
from timer_app.domain.messages import DesktopEntryMessageId
from timer_app.services.setup.desktop_integration import (
    DesktopEntryError,
    DesktopEntryState,
    DesktopEntryStatus,
)

SCHEME = r"Software\Classes\timer-app"
COMMAND = rf"{SCHEME}\shell\open\command"
_MARK = "URL Protocol"
"""Its being there makes the name a scheme."""


class WindowsLinks:
    """Implements `DesktopEntry`. `command` starts this installation without a console."""

    def __init__(self, command: tuple[str, ...], registry: Registry) -> None:
        words = [f'"{command[0]}"', subprocess.list2cmdline(command[1:]), '"%1"']
        self._line = " ".join(word for word in words if word)
        self._registry = registry

    def status(self) -> DesktopEntryStatus:
        """Whether links open this installation."""
        where = rf"HKEY_CURRENT_USER\{COMMAND}"
        try:
            line = self._registry.get(COMMAND, "")
            mark = self._registry.get(SCHEME, _MARK)
        except OSError as error:
            return DesktopEntryStatus(DesktopEntryState.BROKEN, where, str(file_problem(error)))
        if not isinstance(line, str):
            return DesktopEntryStatus(DesktopEntryState.OFF, where)
        if mark is None:
            return DesktopEntryStatus(DesktopEntryState.SWITCHED_OFF, where, line)
        if not os.path.isfile(program_of_line(line)):
            return DesktopEntryStatus(DesktopEntryState.BROKEN, where, line)
        state = DesktopEntryState.ON if line == self._line else DesktopEntryState.OTHER
        return DesktopEntryStatus(state, where, line)

    def turn_on(self) -> None:
        """Let links open this installation."""
        try:
            self._registry.set(SCHEME, "", "URL:Timer App")
            self._registry.set(SCHEME, _MARK, "")
            self._registry.set(COMMAND, "", self._line)
        except OSError as error:
            raise DesktopEntryError(DesktopEntryMessageId.REGISTRY, file_problem(error)) from error

    def turn_off(self) -> None:
        """Let links open nothing."""
        try:
            self._registry.remove_key(SCHEME)
        except OSError as error:
            raise DesktopEntryError(DesktopEntryMessageId.REGISTRY, file_problem(error)) from error
