"""Autostart by a desktop file (Desktop Application Autostart Specification 0.5).

What a person or a tool of the desktop wrote into the file stays: only what turns it on or off,
and a program that is gone, is changed.
"""

from __future__ import annotations

import os

from timer_app.adapters.desktop_entry.command import is_there
from timer_app.adapters.desktop_entry.file import (
    MAIN,
    Entries,
    exec_line,
    exec_words,
    read,
    remove,
    write,
)
from timer_app.adapters.desktop_entry.folders import APPLICATION_ID, DESKTOP_FILE, Folders
from timer_app.domain.reasons import OfDesktop
from timer_app.services.at_login import EntryState, EntryStatus, NotChanged

_GNOME = "X-GNOME-Autostart-enabled"


class XdgAutostart:
    """Implements `DesktopEntry`. `command` starts this installation."""

    def __init__(self, command: tuple[str, ...], folders: Folders) -> None:
        self._command = command
        self._folders = folders
        self._file = os.path.join(folders.config, "autostart", DESKTOP_FILE)

    def status(self) -> EntryStatus:
        """What the next login will do."""
        try:
            where, found = self._find()
        except OSError as error:
            return EntryStatus(EntryState.BROKEN, self._file, str(error.strerror))
        if found is None:
            return EntryStatus(EntryState.OFF, self._file)
        words = exec_words(found.get(MAIN, "Exec") or "")
        return EntryStatus(self._state(where, found, words), where, " ".join(words))

    def _state(self, where: str, found: Entries, words: tuple[str, ...]) -> EntryState:
        if found.get(MAIN, "Hidden") == "true" or found.get(MAIN, _GNOME) == "false":
            return EntryState.SWITCHED_OFF
        if not is_there(words):
            return EntryState.BROKEN
        if self._is_elsewhere(found):
            return EntryState.OTHER
        packaged = where != self._file
        return EntryState.ON if packaged or words == self._command else EntryState.OTHER

    def _is_elsewhere(self, found: Entries) -> bool:
        """Whether it is meant for other desktops than this one."""
        here = set(self._folders.desktops)
        only = _desktops(found, "OnlyShowIn")
        return bool(here & _desktops(found, "NotShowIn") or (only and not here & only))

    def turn_on(self) -> None:
        """Start this installation at every login."""
        try:
            found = self._own()
            if found is None and self.status().state is EntryState.ON:
                return  # a package's file does it
            entries = found or _new()
            entries.set(MAIN, "Exec", exec_line(self._command))
            for key, value in (("Hidden", "false"), (_GNOME, "true")):
                if entries.get(MAIN, key) is not None:
                    entries.set(MAIN, key, value)
            for key in ("OnlyShowIn", "NotShowIn"):
                if self._is_elsewhere(entries):
                    entries.remove(MAIN, key)
            self._write(entries)
        except OSError as error:
            raise self._not_changed(error) from error

    def turn_off(self) -> None:
        """Start nothing at login; a package's file is overruled, since it cannot be removed."""
        try:
            remove(self._file)
            if self._find()[1] is not None:
                entries = _new()
                entries.set(MAIN, "Exec", exec_line(self._command))
                entries.set(MAIN, "Hidden", "true")
                self._write(entries)
        except OSError as error:
            raise self._not_changed(error) from error

    def _own(self) -> Entries | None:
        """The user's file, if it says anything that can be kept."""
        found = read(self._file)
        return found if found and found.get(MAIN, "Type") == "Application" else None

    def _find(self) -> tuple[str, Entries | None]:
        for folder in (self._folders.config, *self._folders.system_config):
            path = os.path.join(folder, "autostart", DESKTOP_FILE)
            if found := read(path):
                return path, found
        return self._file, None

    def _write(self, entries: Entries) -> None:
        if str(read(self._file) or "") != str(entries):
            write(self._file, str(entries))

    def _not_changed(self, error: OSError) -> NotChanged:
        return NotChanged(OfDesktop.NOT_CHANGED, str(self._file), str(error.strerror))


def _desktops(entries: Entries, key: str) -> set[str]:
    return {name.lower() for name in (entries.get(MAIN, key) or "").split(";") if name}


def _new() -> Entries:
    entries = Entries()
    for key, value in (
        ("Type", "Application"),
        ("Name", "Timer App"),
        ("Icon", APPLICATION_ID),
        ("Terminal", "false"),
    ):
        entries.set(MAIN, key, value)
    return entries
