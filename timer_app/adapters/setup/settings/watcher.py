"""Reports when settings.toml may have changed on the disk, by any program and in any way.

Editors and `config set` replace the file, which ends the watch of the file itself: its folder is
watched as well, and the file again after each change. For a link the target is watched.
"""

from __future__ import annotations

import os
from collections.abc import Callable

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer

from timer_app.adapters.setup.settings.reader import read_bytes

_DEBOUNCE_MS = 150
"""Some editors empty the file and then write it: the state between is ignored."""


class SettingsWatcher(QObject):
    """Calls `changed` once for changes that come together, and not for other files' changes."""

    def __init__(self, path: str, changed: Callable[[], None]) -> None:
        super().__init__()
        self._path = path
        self._changed = changed
        self._last_content = self._read()
        self._watcher = QFileSystemWatcher(self)
        self._debounce = QTimer(self)
        self._debounce.setSingleShot(True)
        self._debounce.setInterval(_DEBOUNCE_MS)
        self._debounce.timeout.connect(self._compare)
        self._watcher.fileChanged.connect(self._debounce.start)
        self._watcher.directoryChanged.connect(self._debounce.start)
        self._watch()

    def close(self) -> None:
        """Watch no more."""
        self._debounce.stop()
        self._watcher.deleteLater()

    def _compare(self) -> None:
        self._watch()
        now = self._read()
        if now != self._last_content:
            self._last_content = now
            self._changed()

    def _watch(self) -> None:
        """Watch the present file and folder; existing watches stay."""
        real = os.path.realpath(self._path)
        wanted = {os.path.dirname(self._path), os.path.dirname(real), real}
        watched = {*self._watcher.files(), *self._watcher.directories()}
        missing = [path for path in wanted - watched if os.path.exists(path)]
        if missing:
            self._watcher.addPaths(missing)

    def _read(self) -> bytes | None:
        """What is in the file; None where it cannot be read."""
        try:
            return read_bytes(self._path)
        except OSError:
            return None
