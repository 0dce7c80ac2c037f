"""Tells when settings.toml may have changed on the disk, whoever changed it, and however.

Editors and `config set` put a new file in the old one's place, which ends the watch of the file
itself: its folder is watched as well, and the file again after each change. The file a link leads
to is watched where it is.
"""

from __future__ import annotations

import os
from collections.abc import Callable

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer

_SETTLED_MS = 150
"""Some editors empty the file and then write it: what is between is nobody's wish."""


class SettingsWatch(QObject):
    """Calls `changed` once for changes that come together, and not for other files' changes."""

    def __init__(self, path: str, changed: Callable[[], None]) -> None:
        super().__init__()
        self._path = path
        self._changed = changed
        self._seen = self._look()
        self._watcher = QFileSystemWatcher(self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SETTLED_MS)
        self._soon.timeout.connect(self._compare)
        self._watcher.fileChanged.connect(self._soon.start)
        self._watcher.directoryChanged.connect(self._soon.start)
        self._watch()

    def close(self) -> None:
        """Watch no more."""
        self._soon.stop()
        self._watcher.deleteLater()

    def _compare(self) -> None:
        self._watch()
        now = self._look()
        if now != self._seen:
            self._seen = now
            self._changed()

    def _watch(self) -> None:
        """Watch what is there now; what is watched already is left as it is."""
        real = os.path.realpath(self._path)
        wanted = {os.path.dirname(self._path), os.path.dirname(real), real}
        watched = {*self._watcher.files(), *self._watcher.directories()}
        missing = [path for path in wanted - watched if os.path.exists(path)]
        if missing:
            self._watcher.addPaths(missing)

    def _look(self) -> bytes | None:
        """What is in the file; None where it cannot be read."""
        try:
            with open(self._path, "rb") as file:
                return file.read()
        except OSError:
            return None
