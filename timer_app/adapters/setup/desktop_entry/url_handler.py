"""Our desktop file: in the menu of applications, and `timer-app://` links open with it (Linux).

A pip or pipx installation cannot put it there, so the app does. Where a package of the
distribution brought one that works, that one is used.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from importlib import import_module

from timer_app.adapters.setup.desktop_entry.keyfile import (
    MAIN,
    KeyFile,
    exec_line,
    exec_words,
    read,
    remove,
    write,
)
from timer_app.adapters.setup.desktop_entry.launch_command import is_executable
from timer_app.adapters.setup.desktop_entry.mime_apps import (
    DEFAULTS,
    REMOVED,
    associated_files,
    default_handler,
    user_list,
)
from timer_app.adapters.setup.desktop_entry.xdg_dirs import APPLICATION_ID, DESKTOP_FILE, XdgDirs
from timer_app.domain.file_problems import file_problem
from timer_app.domain.messages import DesktopEntryMessageId
from timer_app.services.setup.desktop_integration import (
    DesktopEntryError,
    DesktopEntryState,
    DesktopEntryStatus,
)

MIME_TYPE = "x-scheme-handler/timer-app"
_UPDATE_TIMEOUT = 10
_ACTIONS = {"Start": ("desktop", "start"), "Stop": ("desktop", "stop"), "AddTime": ("manual",)}

Run = Callable[[Sequence[str]], None]


class XdgUrlHandler:
    """Implements `DesktopEntry`. `command` starts this installation."""

    def __init__(self, command: tuple[str, ...], dirs: XdgDirs, run: Run | None = None) -> None:
        self._command = command
        self._dirs = dirs
        self._run = run or _run
        self._file = os.path.join(dirs.data, "applications", DESKTOP_FILE)
        icons = os.path.join(dirs.data, "icons", "hicolor")
        self._icon = os.path.join(icons, "scalable", "apps", f"{APPLICATION_ID}.svg")
        self._icons = icons

    def status(self) -> DesktopEntryStatus:
        """Whether links open this installation."""
        try:
            return self._status()
        except OSError as error:
            return DesktopEntryStatus(
                DesktopEntryState.BROKEN, self._file, str(file_problem(error))
            )

    def _status(self) -> DesktopEntryStatus:
        where, found = self._find()
        if found is None:
            return DesktopEntryStatus(DesktopEntryState.OFF, where)
        words = exec_words(found.get(MAIN, "Exec") or "")
        starts = " ".join(words)
        if not is_executable(words):
            return DesktopEntryStatus(DesktopEntryState.BROKEN, where, starts)
        handler_file = default_handler(self._dirs, MIME_TYPE)
        if found.get(MAIN, "Hidden") == "true" or not handler_file:
            return DesktopEntryStatus(DesktopEntryState.SWITCHED_OFF, where, starts)
        if handler_file != DESKTOP_FILE:
            return DesktopEntryStatus(DesktopEntryState.OTHER, where, handler_file)
        ours = self._is_packaged(where) or words == self._command
        return DesktopEntryStatus(
            DesktopEntryState.ON if ours else DesktopEntryState.OTHER, where, starts
        )

    def turn_on(self) -> None:
        """Install the desktop file and its icon, and let links open with it."""
        try:
            if not self._has_packaged_file():
                self._install()
            self._set_default(ours=True)
        except OSError as error:
            raise DesktopEntryError(
                DesktopEntryMessageId.NOT_WRITTEN, str(self._file), file_problem(error)
            ) from error

    def turn_off(self) -> None:
        """Remove what `turn_on` installed; a package's own file stays, but opens no links."""
        try:
            for path in (self._file, self._icon):
                remove(path)
            self._update_desktop_database()
            self._set_default(ours=False)
        except OSError as error:
            raise DesktopEntryError(
                DesktopEntryMessageId.NOT_REMOVED, str(self._file), file_problem(error)
            ) from error

    def _find(self) -> tuple[str, KeyFile | None]:
        """The desktop file that counts: the user's own, or a package's."""
        for folder in (self._dirs.data, *self._dirs.system_data):
            path = os.path.join(folder, "applications", DESKTOP_FILE)
            if found := read(path):
                return path, found
        return self._file, None

    def _has_packaged_file(self) -> bool:
        """Whether a package's file works, with no file of the user's before it."""
        where, found = self._find()
        works = found is not None and is_executable(exec_words(found.get(MAIN, "Exec") or ""))
        return works and self._is_packaged(where)

    def _is_packaged(self, where: str) -> bool:
        return where != self._file

    def _install(self) -> None:
        folder = import_module("timer_app.resources").__path__[0]
        with open(os.path.join(folder, "icons", "timer-app.svg"), "rb") as picture:
            write(self._icon, picture.read())
        # A theme's cache counts until its folder is newer.
        os.utime(self._icons)
        entries = read(os.path.join(folder, DESKTOP_FILE)) or KeyFile()
        entries.set(MAIN, "Exec", exec_line(self._command, "%u"))
        for action, words in _ACTIONS.items():
            entries.set(f"Desktop Action {action}", "Exec", exec_line((*self._command, *words)))
        write(self._file, str(entries))
        self._update_desktop_database()

    def _set_default(self, *, ours: bool) -> None:
        """Say it in the user's list too: without update-desktop-database nobody else would."""
        path = user_list(self._dirs)
        entries = read(path) or KeyFile()
        before = str(entries)
        self._set_association(entries, DEFAULTS, chosen=ours)
        self._set_association(entries, REMOVED, chosen=not ours and self._find()[1] is not None)
        if str(entries) != before:
            write(path, str(entries))

    def _set_association(self, entries: KeyFile, group: str, *, chosen: bool) -> None:
        others = [
            name for name in associated_files(entries, group, MIME_TYPE) if name != DESKTOP_FILE
        ]
        wanted = [DESKTOP_FILE, *others] if chosen else others
        if wanted:
            entries.set(group, MIME_TYPE, ";".join(wanted) + ";")
        else:
            entries.remove(group, MIME_TYPE)

    def _update_desktop_database(self) -> None:
        """Refresh the cache of who opens what, where the desktop has one."""
        folder = os.path.dirname(self._file)
        if shutil.which("update-desktop-database") and os.path.isdir(folder):
            self._run(["update-desktop-database", "-q", folder])


def _run(command: Sequence[str]) -> None:
    """Its failure costs nothing: the user's list says the same."""
    try:
        subprocess.run(
            command,
            timeout=_UPDATE_TIMEOUT,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired):
        return
