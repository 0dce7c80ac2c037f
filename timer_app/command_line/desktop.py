"""`autostart on|off|status` and `desktop install|remove|status`: the app's entries in the desktop.

They are the desktop's own, so that the tray app need not run, nor be told.
"""

from __future__ import annotations

import argparse

from timer_app.adapters.autostart.choosing import integration
from timer_app.command_line.output import as_json_text, put, refuse, say
from timer_app.services.at_login import DesktopEntry, EntryState, EntryStatus, NotChanged
from timer_app.services.exit import Exit

_TURNS_ON = ("on", "install")
_TURNS_OFF = ("off", "remove")


def run(options: argparse.Namespace) -> int:
    """Do it; returns the exit code: 0, or 1 where it could not be changed."""
    desktop = integration()
    starts = options.command == "autostart"
    entry: DesktopEntry = desktop.autostart if starts else desktop.links
    try:
        if options.action in _TURNS_ON:
            entry.turn_on()
        elif options.action in _TURNS_OFF:
            entry.turn_off()
    except NotChanged as error:
        return refuse(Exit.REFUSED, str(error), as_json=options.json)
    status = entry.status()
    told = autostart_in_words(status) if starts else links_in_words(status)
    if options.json:
        return put(as_json_text(_document(status)))
    if options.action == "status":
        return put(told)
    say([told])
    return int(Exit.DONE)


def _document(status: EntryStatus) -> dict[str, str]:
    return {
        "state": status.state.name.lower(),
        "where": status.where,
        "starts": status.starts,
    }


def autostart_in_words(status: EntryStatus) -> str:
    """What the next login will do."""
    match status.state:
        case EntryState.ON:
            return f"Timer App starts when you log in ({status.where})."
        case EntryState.OFF:
            return "Timer App does not start when you log in."
        case EntryState.SWITCHED_OFF:
            return f"Starting at login is switched off in {status.where}."
        case EntryState.OTHER:
            return f"{status.where} was edited: at login it starts {status.starts}"
        case EntryState.BROKEN:
            return f"{status.where} starts what is not there: {status.starts or 'nothing'}"
        case EntryState.UNSUPPORTED:
            return status.starts


def links_in_words(status: EntryStatus) -> str:
    """What opens a link."""
    match status.state:
        case EntryState.ON:
            return f"timer-app:// links open Timer App ({status.where})."
        case EntryState.OFF:
            return "timer-app:// links do not open Timer App, and it is in no menu."
        case EntryState.SWITCHED_OFF:
            return f"timer-app:// links open nothing, though {status.where} is there."
        case EntryState.OTHER:
            return f"timer-app:// links open something else: {status.starts}"
        case EntryState.BROKEN:
            return f"{status.where} starts what is not there: {status.starts or 'nothing'}"
        case EntryState.UNSUPPORTED:
            return status.starts
