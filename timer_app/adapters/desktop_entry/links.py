"""Our desktop file: in the menu of applications, and `timer-app://` links open with it (Linux).

A pip or pipx installation cannot put it there by itself, so the app does. Where a package of the
distribution brought one that works, that one is used.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from importlib import import_module

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
from timer_app.adapters.desktop_entry.handlers import DEFAULTS, REMOVED, handler, names, own_list
from timer_app.domain.reasons import OfDesktop
from timer_app.services.at_login import EntryState, EntryStatus, NotChanged

KIND = "x-scheme-handler/timer-app"
_PATIENCE = 10
_ACTIONS = {"Start": ("desktop", "start"), "Stop": ("desktop", "stop"), "AddTime": ("manual",)}

Run = Callable[[Sequence[str]], None]


class XdgLinks:
    """Implements `DesktopEntry`. `command` starts this installation."""

    def __init__(self, command: tuple[str, ...], folders: Folders, run: Run | None = None) -> None:
        self._command = command
        self._folders = folders
        self._run = run or _run
        self._file = os.path.join(folders.data, "applications", DESKTOP_FILE)
        icons = os.path.join(folders.data, "icons", "hicolor")
        self._icon = os.path.join(icons, "scalable", "apps", f"{APPLICATION_ID}.svg")
        self._icons = icons

    def status(self) -> EntryStatus:
        """Whether links open this installation."""
        try:
            return self._status()
        except OSError as error:
            return EntryStatus(EntryState.BROKEN, self._file, str(error.strerror))

    def _status(self) -> EntryStatus:
        where, found = self._find()
        if found is None:
            return EntryStatus(EntryState.OFF, where)
        words = exec_words(found.get(MAIN, "Exec") or "")
        starts = " ".join(words)
        if not is_there(words):
            return EntryStatus(EntryState.BROKEN, where, starts)
        opens = handler(self._folders, KIND)
        if found.get(MAIN, "Hidden") == "true" or not opens:
            return EntryStatus(EntryState.SWITCHED_OFF, where, starts)
        if opens != DESKTOP_FILE:
            return EntryStatus(EntryState.OTHER, where, opens)
        ours = self._is_packaged(where) or words == self._command
        return EntryStatus(EntryState.ON if ours else EntryState.OTHER, where, starts)

    def turn_on(self) -> None:
        """Install the desktop file and its icon, and let links open with it."""
        try:
            if not self._packaged():
                self._install()
            self._choose(ours=True)
        except OSError as error:
            raise NotChanged(OfDesktop.NOT_WRITTEN, str(self._file), str(error.strerror)) from error

    def turn_off(self) -> None:
        """Remove what `turn_on` installed; a package's own file stays, but opens no links."""
        try:
            for path in (self._file, self._icon):
                remove(path)
            self._tell_desktop()
            self._choose(ours=False)
        except OSError as error:
            raise NotChanged(OfDesktop.NOT_REMOVED, str(self._file), str(error.strerror)) from error

    def _find(self) -> tuple[str, Entries | None]:
        """The desktop file that counts: the user's own, or a package's."""
        for folder in (self._folders.data, *self._folders.system_data):
            path = os.path.join(folder, "applications", DESKTOP_FILE)
            if found := read(path):
                return path, found
        return self._file, None

    def _packaged(self) -> bool:
        """Whether a package's file works, with no file of the user's before it."""
        where, found = self._find()
        works = found is not None and is_there(exec_words(found.get(MAIN, "Exec") or ""))
        return works and self._is_packaged(where)

    def _is_packaged(self, where: str) -> bool:
        return where != self._file

    def _install(self) -> None:
        folder = import_module("timer_app.resources").__path__[0]
        with open(os.path.join(folder, "icons", "timer-app.svg"), "rb") as picture:
            write(self._icon, picture.read())
        # A theme's cache counts until its folder is newer.
        os.utime(self._icons)
        entries = read(os.path.join(folder, DESKTOP_FILE)) or Entries()
        entries.set(MAIN, "Exec", exec_line(self._command, "%u"))
        for action, words in _ACTIONS.items():
            entries.set(f"Desktop Action {action}", "Exec", exec_line((*self._command, *words)))
        write(self._file, str(entries))
        self._tell_desktop()

    def _choose(self, *, ours: bool) -> None:
        """Say it in the user's list too: without update-desktop-database nobody else would."""
        path = own_list(self._folders)
        entries = read(path) or Entries()
        before = str(entries)
        self._put(entries, DEFAULTS, chosen=ours)
        self._put(entries, REMOVED, chosen=not ours and self._find()[1] is not None)
        if str(entries) != before:
            write(path, str(entries))

    def _put(self, entries: Entries, group: str, *, chosen: bool) -> None:
        others = [name for name in names(entries, group, KIND) if name != DESKTOP_FILE]
        wanted = [DESKTOP_FILE, *others] if chosen else others
        if wanted:
            entries.set(group, KIND, ";".join(wanted) + ";")
        else:
            entries.remove(group, KIND)

    def _tell_desktop(self) -> None:
        """Refresh the cache of who opens what, where the desktop has one."""
        folder = os.path.dirname(self._file)
        if shutil.which("update-desktop-database") and os.path.isdir(folder):
            self._run(["update-desktop-database", "-q", folder])


def _run(command: Sequence[str]) -> None:
    """Its failure costs nothing: the user's list says the same."""
    try:
        subprocess.run(
            command,
            timeout=_PATIENCE,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired):
        return
