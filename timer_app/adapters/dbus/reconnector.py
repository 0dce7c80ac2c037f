"""A bus that is not there is connected to when its socket appears. An event, not a poll."""

from __future__ import annotations

import asyncio
import os

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer

from timer_app.adapters.dbus.address import socket_path
from timer_app.adapters.dbus.bus import Bus
from timer_app.services.background_tasks import start_task

_RETRY_DELAYS_MS = (50, 1000, 5000)
"""A socket exists a moment before its server listens; each attempt waits this long."""


class Reconnector(QObject):
    """Watches the folder of the bus's socket from `start` until `stop`.

    A bus without a path (an abstract socket, TCP) cannot be watched: it is reconnected on the next
    use.
    """

    def __init__(self, bus: Bus) -> None:
        super().__init__()
        self._bus = bus
        self._folder_watcher: QFileSystemWatcher | None = None
        self._attempts = 0
        self._retry_timer = QTimer(self)
        self._retry_timer.setSingleShot(True)
        self._retry_timer.timeout.connect(self._start_attempt)
        self._attempt: asyncio.Task[None] | None = None

    def start(self) -> None:
        """The bus broke, or is not there yet."""
        if self._folder_watcher is not None or not self._socket:
            return
        self._folder_watcher = QFileSystemWatcher([_nearest_folder(self._socket)], self)
        self._folder_watcher.directoryChanged.connect(self._on_folder_changed)
        if os.path.exists(self._socket):  # it may be back already
            self._on_folder_changed()

    def stop(self) -> None:
        """The bus is there."""
        self._retry_timer.stop()
        if self._folder_watcher is not None:
            self._folder_watcher.deleteLater()
            self._folder_watcher = None

    async def close(self) -> None:
        """Hope no more."""
        self.stop()
        if self._attempt is not None:
            self._attempt.cancel()
            await asyncio.wait([self._attempt])

    @property
    def _socket(self) -> str:
        return socket_path(self._bus.expected_address)

    def _on_folder_changed(self) -> None:
        if self._folder_watcher is None:
            return
        nearest = _nearest_folder(self._socket)
        if nearest not in self._folder_watcher.directories():  # the folder itself came or went
            self._folder_watcher.addPath(nearest)
        if os.path.exists(self._socket):
            self._attempts = 0
            self._retry_timer.start(_RETRY_DELAYS_MS[0])

    def _start_attempt(self) -> None:
        if self._attempt is None or self._attempt.done():
            self._attempt = start_task(self._try_to_connect())

    async def _try_to_connect(self) -> None:
        if await self._bus.reconnect() or self._folder_watcher is None:
            return
        self._attempts += 1
        if self._attempts < len(_RETRY_DELAYS_MS):
            self._retry_timer.start(_RETRY_DELAYS_MS[self._attempts])


def _nearest_folder(path: str) -> str:
    folder = os.path.dirname(path)
    while not os.path.isdir(folder) and folder not in ("", "/"):
        folder = os.path.dirname(folder)
    return folder or "/"
