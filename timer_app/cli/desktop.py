"""`autostart on|off|status` and `desktop install|remove|status`: the app's entries in the desktop.

They are the desktop's own files, so the tray app need not run.
"""

from __future__ import annotations

import argparse

from timer_app.adapters.setup.autostart.factory import desktop_integration
from timer_app.cli.output import as_json_text, print_error, print_text
from timer_app.services.exit_codes import ExitCode
from timer_app.services.setup.desktop_integration import (
    DesktopEntry,
    DesktopEntryError,
    DesktopEntryState,
    DesktopEntryStatus,
)
from timer_app.terminal import print_messages

_ON_WORDS = ("on", "install")
_OFF_WORDS = ("off", "remove")


def run(options: argparse.Namespace) -> int:
    """Do it; returns the exit code: 0, or 1 where it could not be changed."""
    desktop = desktop_integration()
    starts = options.command == "autostart"
    entry: DesktopEntry = desktop.autostart if starts else desktop.links
    try:
        if options.action in _ON_WORDS:
            entry.turn_on()
        elif options.action in _OFF_WORDS:
            entry.turn_off()
    except DesktopEntryError as error:
        return print_error(ExitCode.REFUSED, str(error), as_json=options.json)
    status = entry.status()
    text = describe_autostart(status) if starts else describe_links(status)
    if options.json:
        return print_text(as_json_text(_document(status)))
    if options.action == "status":
        return print_text(text)
    print_messages([text])
    return int(ExitCode.DONE)


def _document(status: DesktopEntryStatus) -> dict[str, str]:
    return {
        "state": status.state.name.lower(),
        "where": status.where,
        "starts": status.starts,
    }


def describe_autostart(status: DesktopEntryStatus) -> str:
    """What the next login will do."""
    match status.state:
        case DesktopEntryState.ON:
            return f"Timer App starts when you log in ({status.where})."
        case DesktopEntryState.OFF:
            return "Timer App does not start when you log in."
        case DesktopEntryState.SWITCHED_OFF:
            return f"Starting at login is switched off in {status.where}."
        case DesktopEntryState.OTHER:
            return f"{status.where} was edited: at login it starts {status.starts}"
        case DesktopEntryState.BROKEN:
            return f"{status.where} starts what is not there: {status.starts or 'nothing'}"
        case DesktopEntryState.UNSUPPORTED:
            return status.starts


def describe_links(status: DesktopEntryStatus) -> str:
    """What opens a link."""
    match status.state:
        case DesktopEntryState.ON:
            return f"timer-app:// links open Timer App ({status.where})."
        case DesktopEntryState.OFF:
            return "timer-app:// links do not open Timer App, and it is in no menu."
        case DesktopEntryState.SWITCHED_OFF:
            return f"timer-app:// links open nothing, though {status.where} is there."
        case DesktopEntryState.OTHER:
            return f"timer-app:// links open something else: {status.starts}"
        case DesktopEntryState.BROKEN:
            return f"{status.where} starts what is not there: {status.starts or 'nothing'}"
        case DesktopEntryState.UNSUPPORTED:
            return status.starts
