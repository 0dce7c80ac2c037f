"""The app's end of one connection, whatever carries it: a socket, or a named pipe on Windows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from timer_app.adapters.setup.ipc import MAX_LINE_BYTES


class Connection(Protocol):
    """One client. What is written to a client that has left is dropped silently."""

    @property
    def is_disconnected(self) -> bool:
        """Whether the client is gone."""
        ...

    @property
    def unsent_bytes(self) -> int:
        """What was written and has not been taken yet."""
        ...

    def write(self, data: bytes) -> None:
        """Send without waiting."""
        ...

    def finish(self) -> None:
        """The answer was written: close as soon as the client has it."""
        ...

    def close(self) -> None:
        """Close once everything is sent."""
        ...

    def abort(self) -> None:
        """Close at once."""
        ...

    def on_disconnected(self, act: Callable[[], object]) -> Callable[[], None]:
        """Call `act` when the client has left; returns what stops that."""
        ...


class Clients(Protocol):
    """Receives what clients send."""

    def on_request(self, connection: Connection, line: bytes) -> None:
        """One line came; what comes after it is forgotten."""
        ...

    def on_too_long(self, connection: Connection) -> None:
        """A line has more than MAX_LINE_BYTES."""
        ...


class RequestReader:
    """Puts the one request of a connection together."""

    def __init__(self, clients: Clients, connection: Connection) -> None:
        self._clients = clients
        self._connection = connection
        self._buffer: bytearray | None = bytearray()

    def feed(self, data: bytes) -> None:
        """These bytes came."""
        if self._buffer is None:
            return
        self._buffer += data
        end = self._buffer.find(b"\n", 0, MAX_LINE_BYTES)
        if end >= 0:
            line, self._buffer = bytes(self._buffer[: end + 1]), None
            self._clients.on_request(self._connection, line)
        elif len(self._buffer) >= MAX_LINE_BYTES:
            self._buffer = None
            self._clients.on_too_long(self._connection)
