"""Autostart on macOS: a launch agent in ~/Library/LaunchAgents. Not run here.

launchd reads the folder at login, so that it need not be notified now; that would start a
second app. `Disabled` is what tools of the desktop write. Tested with a folder of the test's.
"""

from __future__ import annotations

import os
import plistlib

from timer_app.adapters.replacing import replace_file
from timer_app.domain.file_problems import file_problem
from timer_app.domain.messages import DesktopEntryMessageId
from timer_app.services.setup.desktop_integration import (
    DesktopEntryError,
    DesktopEntryState,
    DesktopEntryStatus,
)

LABEL = "io.github.timer_app"


class MacosAutostart:
    """Implements `DesktopEntry`. `folder` is ~/Library/LaunchAgents."""

    def __init__(self, command: tuple[str, ...], folder: str) -> None:
        self._command = list(command)
        self._folder = folder
        self._file = os.path.join(folder, f"{LABEL}.plist")

    def status(self) -> DesktopEntryStatus:
        """What the next login will do."""
        try:
            found = self._read()
        except (OSError, plistlib.InvalidFileException, ValueError) as error:
            why = str(file_problem(error)) if isinstance(error, OSError) else ""
            return DesktopEntryStatus(DesktopEntryState.BROKEN, self._file, why)
        if found is None:
            return DesktopEntryStatus(DesktopEntryState.OFF, self._file)
        words = found.get("ProgramArguments")
        command = [str(word) for word in words] if isinstance(words, list) else []
        starts = " ".join(command)
        if found.get("Disabled") or not found.get("RunAtLoad"):
            return DesktopEntryStatus(DesktopEntryState.SWITCHED_OFF, self._file, starts)
        if not command or not os.access(command[0], os.X_OK):
            return DesktopEntryStatus(DesktopEntryState.BROKEN, self._file, starts)
        state = DesktopEntryState.ON if command == self._command else DesktopEntryState.OTHER
        return DesktopEntryStatus(state, self._file, starts)

    def turn_on(self) -> None:
        """Start this installation at every login."""
        agent = {
            "Label": LABEL,
            "ProgramArguments": self._command,
            "RunAtLoad": True,
            "ProcessType": "Interactive",
            # An app that was quit is not started again.
            "KeepAlive": False,
            "LimitLoadToSessionType": "Aqua",
        }
        try:
            os.makedirs(self._folder, exist_ok=True)
            with open(f"{self._file}.new", "wb") as file:
                plistlib.dump(agent, file)
            replace_file(f"{self._file}.new", self._file)
        except OSError as error:
            raise DesktopEntryError(
                DesktopEntryMessageId.NOT_WRITTEN, str(self._file), file_problem(error)
            ) from error

    def turn_off(self) -> None:
        """Start nothing at login."""
        try:
            os.unlink(self._file)
        except FileNotFoundError:
            return
        except OSError as error:
            raise DesktopEntryError(
                DesktopEntryMessageId.NOT_REMOVED, str(self._file), file_problem(error)
            ) from error

    def _read(self) -> dict[str, object] | None:
        try:
            with open(self._file, "rb") as file:
                found = plistlib.load(file)
        except FileNotFoundError:
            return None
        return found if isinstance(found, dict) else {}
