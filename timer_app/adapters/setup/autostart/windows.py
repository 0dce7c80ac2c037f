r"""Autostart on Windows: HKCU\Software\Microsoft\Windows\CurrentVersion\Run.

The settings of Windows switch an entry off in Explorer\StartupApproved\Run: twelve bytes, of which
the first is odd then. Tested with a registry in memory.
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

NAME = "Timer App"
RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
APPROVED = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"


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
        if not os.path.isfile(program_of_line(line)):
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
