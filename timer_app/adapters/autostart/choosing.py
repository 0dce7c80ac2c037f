"""What this system has: autostart, and links that open the app."""

from __future__ import annotations

import os
import sys

from timer_app.adapters.desktop_entry.command import own_command
from timer_app.domain.reasons import OfDesktop
from timer_app.services.at_login import (
    DesktopEntry,
    EntryState,
    EntryStatus,
    Integration,
    NotChanged,
)


class Unsupported:
    """Implements `DesktopEntry` where there is no way to it; `why` says so."""

    def __init__(self, why: OfDesktop) -> None:
        self._why = why

    def status(self) -> EntryStatus:
        """Unsupported, and why."""
        return EntryStatus(EntryState.UNSUPPORTED, starts=self._why.value)

    def turn_on(self) -> None:
        """Say why not."""
        raise NotChanged(self._why)

    def turn_off(self) -> None:
        """It is off."""


def integration() -> Integration:
    """The entries of this desktop for this installation; nothing is read or written yet."""
    command = own_command()
    if sys.platform in ("win32", "darwin"):
        return Integration(_elsewhere(command), Unsupported(OfDesktop.LEFT_TO_INSTALLER))
    from timer_app.adapters.autostart.xdg import XdgAutostart
    from timer_app.adapters.desktop_entry.folders import folders
    from timer_app.adapters.desktop_entry.links import XdgLinks

    here = folders(os.environ)
    return Integration(XdgAutostart(command, here), XdgLinks(command, here))


def _elsewhere(command: tuple[str, ...]) -> DesktopEntry:
    """Not run here."""
    if sys.platform == "win32":
        from timer_app.adapters.autostart.windows import UserRegistry, WindowsAutostart

        # Neither opens a black window beside the tray: pythonw, and the bundle's second program.
        frozen = getattr(sys, "frozen", False)
        name, words = ("timer-app-tray.exe", ()) if frozen else ("pythonw.exe", ("-m", "timer_app"))
        windowless = os.path.join(os.path.dirname(sys.executable), name)
        if os.path.isfile(windowless):
            command = (windowless, *words)
        return WindowsAutostart(command, UserRegistry())
    from timer_app.adapters.autostart.macos import MacosAutostart

    return MacosAutostart(command, os.path.expanduser("~/Library/LaunchAgents"))
