"""What this system has: autostart, and links that open the app."""

from __future__ import annotations

import os
import sys

from timer_app.adapters.setup.desktop_entry.launch_command import launch_command
from timer_app.domain.messages import DesktopEntryMessageId
from timer_app.services.setup.desktop_integration import (
    DesktopEntryError,
    DesktopEntryState,
    DesktopEntryStatus,
    DesktopIntegration,
)


class UnsupportedEntry:
    """Implements `DesktopEntry` where there is no way to it; `why` says so."""

    def __init__(self, reason: DesktopEntryMessageId) -> None:
        self._reason = reason

    def status(self) -> DesktopEntryStatus:
        """Unsupported, and why."""
        return DesktopEntryStatus(DesktopEntryState.UNSUPPORTED, starts=self._reason.value)

    def turn_on(self) -> None:
        """Say why not."""
        raise DesktopEntryError(self._reason)

    def turn_off(self) -> None:
        """It is off."""


def desktop_integration() -> DesktopIntegration:
    """The entries of this desktop for this installation; nothing is read or written yet."""
    command = launch_command()
    if sys.platform == "win32":
        from timer_app.adapters.setup.autostart.windows import WindowsAutostart
        from timer_app.adapters.setup.desktop_entry.windows_links import WindowsLinks
        from timer_app.adapters.setup.registry import UserRegistry

        command, registry = _without_console(command), UserRegistry()
        return DesktopIntegration(
            WindowsAutostart(command, registry), WindowsLinks(command, registry)
        )
    elif sys.platform == "darwin":  # noqa: RET505 - mypy checks the branch of one platform at a time
        from timer_app.adapters.setup.autostart.macos import MacosAutostart

        return DesktopIntegration(
            MacosAutostart(command, os.path.expanduser("~/Library/LaunchAgents")),
            UnsupportedEntry(DesktopEntryMessageId.LEFT_TO_INSTALLER),
        )
    else:
        return _xdg_integration(command)


def _xdg_integration(command: tuple[str, ...]) -> DesktopIntegration:
    from timer_app.adapters.setup.autostart.xdg import XdgAutostart
    from timer_app.adapters.setup.desktop_entry.url_handler import XdgUrlHandler
    from timer_app.adapters.setup.desktop_entry.xdg_dirs import xdg_dirs

    dirs = xdg_dirs(os.environ)
    return DesktopIntegration(
        XdgAutostart(command, dirs), XdgUrlHandler(command, dirs), is_in_menu=True
    )


def _without_console(command: tuple[str, ...]) -> tuple[str, ...]:
    """The same without a black window beside the tray: pythonw, and the bundle's second program."""
    frozen = getattr(sys, "frozen", False)
    name, words = ("timer-app-tray.exe", ()) if frozen else ("pythonw.exe", ("-m", "timer_app"))
    windowless = os.path.join(os.path.dirname(sys.executable), name)
    return (windowless, *words) if os.path.isfile(windowless) else command
