"""Autostart by a desktop file (Desktop Application Autostart Specification 0.5).

What a person or a tool of the desktop wrote into the file stays: only what turns it on or off,
and a program that is gone, is changed.
"""

from __future__ import annotations

import os

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
from timer_app.adapters.setup.desktop_entry.xdg_dirs import APPLICATION_ID, DESKTOP_FILE, XdgDirs
from timer_app.domain.file_problems import file_problem
from timer_app.domain.messages import DesktopEntryMessageId
from timer_app.services.setup.desktop_integration import (
    DesktopEntryError,
    DesktopEntryState,
    DesktopEntryStatus,
)

_GNOME = "X-GNOME-Autostart-enabled"


class XdgAutostart:
    """Implements `DesktopEntry`. `command` starts this installation."""

    def __init__(self, command: tuple[str, ...], dirs: XdgDirs) -> None:
        self._command = command
        self._dirs = dirs
        self._file = os.path.join(dirs.config, "autostart", DESKTOP_FILE)

    def status(self) -> DesktopEntryStatus:
        """What the next login will do."""
        try:
            where, found = self._find()
        except OSError as error:
            return DesktopEntryStatus(
                DesktopEntryState.BROKEN, self._file, str(file_problem(error))
            )
        if found is None:
            return DesktopEntryStatus(DesktopEntryState.OFF, self._file)
        words = exec_words(found.get(MAIN, "Exec") or "")
        return DesktopEntryStatus(self._state(where, found, words), where, " ".join(words))

    def _state(self, where: str, found: KeyFile, words: tuple[str, ...]) -> DesktopEntryState:
        if found.get(MAIN, "Hidden") == "true" or found.get(MAIN, _GNOME) == "false":
            return DesktopEntryState.SWITCHED_OFF
        if not is_executable(words):
            return DesktopEntryState.BROKEN
        if self._excludes_this_desktop(found):
            return DesktopEntryState.OTHER
        packaged = where != self._file
        return (
            DesktopEntryState.ON if packaged or words == self._command else DesktopEntryState.OTHER
        )

    def _excludes_this_desktop(self, found: KeyFile) -> bool:
        """Whether it is meant for other desktops than this one."""
        here = set(self._dirs.desktops)
        only = _desktops(found, "OnlyShowIn")
        return bool(here & _desktops(found, "NotShowIn") or (only and not here & only))

    def turn_on(self) -> None:
        """Start this installation at every login."""
        try:
            found = self._user_file()
            if found is None and self.status().state is DesktopEntryState.ON:
                return  # a package's file does it
            entries = found or _new_keyfile()
            entries.set(MAIN, "Exec", exec_line(self._command))
            for key, value in (("Hidden", "false"), (_GNOME, "true")):
                if entries.get(MAIN, key) is not None:
                    entries.set(MAIN, key, value)
            for key in ("OnlyShowIn", "NotShowIn"):
                if self._excludes_this_desktop(entries):
                    entries.remove(MAIN, key)
            self._write(entries)
        except OSError as error:
            raise self._write_error(error) from error

    def turn_off(self) -> None:
        """Start nothing at login; a package's file is overruled, since it cannot be removed."""
        try:
            remove(self._file)
            if self._find()[1] is not None:
                entries = _new_keyfile()
                entries.set(MAIN, "Exec", exec_line(self._command))
                entries.set(MAIN, "Hidden", "true")
                self._write(entries)
        except OSError as error:
            raise self._write_error(error) from error

    def _user_file(self) -> KeyFile | None:
        """The user's file, if it says anything that can be kept."""
        found = read(self._file)
        return found if found and found.get(MAIN, "Type") == "Application" else None

    def _find(self) -> tuple[str, KeyFile | None]:
        for folder in (self._dirs.config, *self._dirs.system_config):
            path = os.path.join(folder, "autostart", DESKTOP_FILE)
            if found := read(path):
                return path, found
        return self._file, None

    def _write(self, entries: KeyFile) -> None:
        if str(read(self._file) or "") != str(entries):
            write(self._file, str(entries))

    def _write_error(self, error: OSError) -> DesktopEntryError:
        return DesktopEntryError(
            DesktopEntryMessageId.NOT_CHANGED, str(self._file), file_problem(error)
        )


def _desktops(entries: KeyFile, key: str) -> set[str]:
    return {name.lower() for name in (entries.get(MAIN, key) or "").split(";") if name}


def _new_keyfile() -> KeyFile:
    entries = KeyFile()
    for key, value in (
        ("Type", "Application"),
        ("Name", "Timer App"),
        ("Icon", APPLICATION_ID),
        ("Terminal", "false"),
    ):
        entries.set(MAIN, key, value)
    return entries
