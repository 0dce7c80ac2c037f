"""Clients on a named pipe (Windows), by Qt's local server."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from secrets import token_hex

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from timer_app.adapters.replacing import replace_file
from timer_app.adapters.setup.ipc.connection import Clients, RequestReader
from timer_app.adapters.setup.ipc.pipe import PREFIX


class PipeServer(QObject):
    """Listens for clients of the same user."""

    def __init__(self, clients: Clients) -> None:
        super().__init__()
        self._clients = clients
        self._connections: set[PipeConnection] = set()
        self._server = QLocalServer(self)
        self._server.newConnection.connect(self._on_connection)

    async def listen(self, path: str) -> None:
        """Open a pipe for the same user; the file at `path` holds its name. Raises OSError."""
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        if not self._server.listen(_announce_pipe(path)):
            raise OSError(self._server.errorString())

    def close(self) -> None:
        """Take no more clients; those that are there stay."""
        self._server.close()

    def _on_connection(self) -> None:
        while (pipe := self._server.nextPendingConnection()) is not None:
            connection = PipeConnection(pipe, self._clients)
            self._connections.add(connection)
            connection.on_disconnected(partial(self._connections.discard, connection))
            connection.read()


class PipeConnection:
    """Implements Connection."""

    def __init__(self, pipe: QLocalSocket, clients: Clients) -> None:
        self._pipe = pipe
        self._reader = RequestReader(clients, self)
        self._is_disconnected = False
        self._on_disconnected: list[Callable[[], object]] = []
        pipe.readyRead.connect(self.read)
        pipe.disconnected.connect(self._leave)

    def read(self) -> None:
        """Handle the data that has arrived."""
        self._reader.feed(bytes(self._pipe.readAll().data()))

    def _leave(self) -> None:
        self._is_disconnected = True
        self._pipe.deleteLater()
        for act in tuple(self._on_disconnected):
            act()

    @property
    def is_disconnected(self) -> bool:
        """See Connection."""
        return self._is_disconnected

    @property
    def unsent_bytes(self) -> int:
        """See Connection."""
        return 0 if self._is_disconnected else self._pipe.bytesToWrite()

    def write(self, data: bytes) -> None:
        """See Connection."""
        if not self._is_disconnected:
            self._pipe.write(data)

    def finish(self) -> None:
        """Leave it to the client: closed from here, it would lose what it has not read."""

    def close(self) -> None:
        """See Connection."""
        if not self._is_disconnected:
            self._pipe.disconnectFromServer()

    def abort(self) -> None:
        """See Connection."""
        if not self._is_disconnected:
            self._pipe.abort()

    def on_disconnected(self, act: Callable[[], object]) -> Callable[[], None]:
        """See Connection."""
        self._on_disconnected.append(act)

        def stop() -> None:
            with suppress(ValueError):
                self._on_disconnected.remove(act)

        return stop


def _announce_pipe(path: str) -> str:
    """A random name for a pipe; only the same user can read it in the file at `path`."""
    name = PREFIX + token_hex(16)
    with open(f"{path}.new", "w", encoding="ascii") as file:
        file.write(name)
    replace_file(f"{path}.new", path)
    return name
