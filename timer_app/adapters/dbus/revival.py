"""A bus that is not there is connected to when its socket appears. An event, not a poll."""

from __future__ import annotations

import asyncio
import os

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer

from timer_app.adapters.dbus.address import socket_of
from timer_app.adapters.dbus.bus import Bus

_WAITS_MS = (50, 1000, 5000)
"""A socket is there a moment before somebody listens on it; each is one try."""


class Revival(QObject):
    """Watches the folder of the bus's socket from `hope` until `done`.

    A bus without a path (an abstract socket, TCP) gives no sign: it comes back when somebody
    wants something of it.
    """

    def __init__(self, bus: Bus) -> None:
        super().__init__()
        self._bus = bus
        self._folders: QFileSystemWatcher | None = None
        self._tries = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._begin)
        self._trying: asyncio.Task[None] | None = None

    def hope(self) -> None:
        """The bus broke, or is not there yet."""
        if self._folders is not None or not self._socket:
            return
        self._folders = QFileSystemWatcher([_nearest_folder(self._socket)], self)
        self._folders.directoryChanged.connect(self._stirred)
        if os.path.exists(self._socket):  # it may be back already
            self._stirred()

    def done(self) -> None:
        """The bus is there."""
        self._soon.stop()
        if self._folders is not None:
            self._folders.deleteLater()
            self._folders = None

    async def close(self) -> None:
        """Hope no more."""
        self.done()
        if self._trying is not None:
            self._trying.cancel()
            await asyncio.wait([self._trying])

    @property
    def _socket(self) -> str:
        return socket_of(self._bus.hoped_address)

    def _stirred(self) -> None:
        if self._folders is None:
            return
        nearest = _nearest_folder(self._socket)
        if nearest not in self._folders.directories():  # the folder itself came or went
            self._folders.addPath(nearest)
        if os.path.exists(self._socket):
            self._tries = 0
            self._soon.start(_WAITS_MS[0])

    def _begin(self) -> None:
        if self._trying is None or self._trying.done():
            self._trying = asyncio.get_running_loop().create_task(self._try())

    async def _try(self) -> None:
        if await self._bus.try_again() or self._folders is None:
            return
        self._tries += 1
        if self._tries < len(_WAITS_MS):
            self._soon.start(_WAITS_MS[self._tries])


def _nearest_folder(path: str) -> str:
    folder = os.path.dirname(path)
    while not os.path.isdir(folder) and folder not in ("", "/"):
        folder = os.path.dirname(folder)
    return folder or "/"
