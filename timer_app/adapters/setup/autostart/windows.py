r"""Autostart on Windows: HKCU\Software\Microsoft\Windows\CurrentVersion\Run. Not run here.

The settings of Windows switch an entry off in Explorer\StartupApproved\Run: twelve bytes, of which
the first is odd then. Tested with a registry in memory.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Protocol

from timer_app.domain.file_problems import file_problem
from timer_app.domain.messages import DesktopEntryMessageId
from timer_app.services.setup.desktop_integration import (
    DesktopEntryError,
    DesktopEntryState,
    DesktopEntryStatus,
)

NAME = "Timer App"
RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
APPROVED = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"


class Registry(Protocol):
    """The part of HKEY_CURRENT_USER that is needed. Each call raises OSError."""

    def get(self, key: str, name: str) -> str | bytes | None:
        """A value; None if it is not there."""
        ...

    def set(self, key: str, name: str, value: str) -> None:
        """Write a text."""
        ...

    def remove(self, key: str, name: str) -> None:
        """Take a value out, if it is there."""
        ...


class WindowsAutostart:
    """Implements `DesktopEntry`."""

    def __init__(self, command: tuple[str, ...], registry: Registry) -> None:
        self._line = subprocess.list2cmdline(command)
        self._registry = registry

    def status(self) -> DesktopEntryStatus:
        """What the next login will do."""
        where = rf"HKEY_CURRENT_USER\{RUN}"
        try:
            line = self._registry.get(RUN, NAME)
            approved = self._registry.get(APPROVED, NAME)
        except OSError as error:
            return DesktopEntryStatus(DesktopEntryState.BROKEN, where, str(file_problem(error)))
        if not isinstance(line, str):
            return DesktopEntryStatus(DesktopEntryState.OFF, where)
        if isinstance(approved, bytes) and approved and approved[0] & 1:
            return DesktopEntryStatus(DesktopEntryState.SWITCHED_OFF, where, line)
        if not os.path.isfile(_program_of_line(line)):
            return DesktopEntryStatus(DesktopEntryState.BROKEN, where, line)
        return DesktopEntryStatus(
            DesktopEntryState.ON if line == self._line else DesktopEntryState.OTHER, where, line
        )

    def turn_on(self) -> None:
        """Start this installation at every login."""
        try:
            self._registry.set(RUN, NAME, self._line)
            self._registry.remove(APPROVED, NAME)  # what is not named there is approved
        except OSError as error:
            raise DesktopEntryError(DesktopEntryMessageId.REGISTRY, file_problem(error)) from error

    def turn_off(self) -> None:
        """Start nothing at login."""
        try:
            for key in (RUN, APPROVED):
                self._registry.remove(key, NAME)
        except OSError as error:
            raise DesktopEntryError(DesktopEntryMessageId.REGISTRY, file_problem(error)) from error


def _program_of_line(line: str) -> str:
    """The program of a command line as list2cmdline writes one."""
    if line.startswith('"'):
        return line[1:].partition('"')[0]
    return line.partition(" ")[0]


if sys.platform == "win32":
    import winreg

    class UserRegistry:
        """Implements `Registry` by winreg."""

        def get(self, key: str, name: str) -> str | bytes | None:
            """See Registry."""
            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
                    value, _ = winreg.QueryValueEx(opened, name)
            except FileNotFoundError:
                return None
            return value if isinstance(value, str | bytes) else None

        def set(self, key: str, name: str, value: str) -> None:
            """See Registry."""
            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, key) as opened:
                winreg.SetValueEx(opened, name, 0, winreg.REG_SZ, value)

        def remove(self, key: str, name: str) -> None:
            """See Registry."""
            try:
                with winreg.OpenKey(
                    winreg.HKEY_CURRENT_USER, key, 0, winreg.KEY_SET_VALUE
                ) as opened:
                    winreg.DeleteValue(opened, name)
            except FileNotFoundError:
                return
