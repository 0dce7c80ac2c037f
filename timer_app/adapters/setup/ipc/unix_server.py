"""Clients on a Unix socket, by asyncio: QtNetwork would take 2.5 MB for it."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from collections.abc import Callable
from typing import cast

from timer_app.adapters.setup.ipc.client import short_path
from timer_app.adapters.setup.ipc.connection import Clients, RequestReader


class UnixServer:
    """Listens for clients of the same user."""

    def __init__(self, clients: Clients) -> None:
        self._clients = clients
        self._server: asyncio.Server | None = None

    async def listen(self, path: str) -> None:
        """Open the socket, readable by the same user only. Raises OSError.

        The caller holds the app's lock, so a socket file that is there is a dead one's.
        """
        if sys.platform != "win32":
            self._server = await asyncio.get_running_loop().create_unix_server(
                lambda: UnixConnection(self._clients), sock=_private_socket(path)
            )

    def close(self) -> None:
        """Take no more clients; those that are there stay."""
        if self._server is not None:
            self._server.close()


class UnixConnection(asyncio.Protocol):
    """Implements Connection. Who closes one direction has left."""

    def __init__(self, clients: Clients) -> None:
        self._reader = RequestReader(clients, self)
        self._transport: asyncio.Transport | None = None
        self._on_disconnected: list[Callable[[], object]] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """See asyncio."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """See asyncio."""
        self._reader.feed(data)

    def connection_lost(self, _error: Exception | None) -> None:
        """See asyncio."""
        self._transport = None
        for act in tuple(self._on_disconnected):
            act()

    @property
    def is_disconnected(self) -> bool:
        """See Connection."""
        return self._transport is None or self._transport.is_closing()

    @property
    def unsent_bytes(self) -> int:
        """See Connection."""
        return self._transport.get_write_buffer_size() if self._transport is not None else 0

    def write(self, data: bytes) -> None:
        """See Connection."""
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(data)

    def finish(self) -> None:
        """See Connection."""
        self.close()

    def close(self) -> None:
        """See Connection."""
        if self._transport is not None:
            self._transport.close()

    def abort(self) -> None:
        """See Connection."""
        if self._transport is not None:
            self._transport.abort()

    def on_disconnected(self, act: Callable[[], object]) -> Callable[[], None]:
        """See Connection."""
        self._on_disconnected.append(act)
        return lambda: self._on_disconnected.remove(act)


if sys.platform != "win32":

    def _private_socket(path: str) -> socket.socket:
        """A listening socket at `path` with mode 0600."""
        if os.path.lexists(path):
            os.unlink(path)
        listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        before = os.umask(0o177)
        try:
            with short_path(path) as short:
                listening.bind(short)
        except OSError:
            listening.close()
            raise
        finally:
            os.umask(before)
        return listening
