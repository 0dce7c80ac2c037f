"""Proxies of both kinds on loopback, and TLS in front of a plain server.

A proxy leads every name it knows to a port of this computer, so that a service can have a name of
the outside world: an app never asks this computer through a proxy.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import ssl
    from collections.abc import Awaitable, Callable, Mapping

Conversation = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class _Server:
    """Deals with each connection in a task, and ends them all when it is closed."""

    def __init__(self) -> None:
        self.port = 0
        self._server: asyncio.Server | None = None
        self._conversations: dict[asyncio.Task[None], asyncio.StreamWriter] = {}

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Deal with one connection."""
        raise NotImplementedError

    async def start(self, context: ssl.SSLContext | None = None, port: int = 0) -> Self:
        """Listen; `port` is known then."""
        self._server = await asyncio.start_server(self._deal_with, "127.0.0.1", port, ssl=context)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def _deal_with(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._conversations[task] = writer
        # A task that ends cancelled would be reported by asyncio.
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            await self.talk(reader, writer)
        writer.close()
        del self._conversations[task]

    async def close(self) -> None:
        """Hang up on everybody."""
        assert self._server is not None
        self._server.close()
        for writer in self._conversations.values():
            writer.transport.abort()
        for task in list(self._conversations):
            task.cancel()
        await asyncio.gather(*self._conversations, return_exceptions=True)
        await self._server.wait_closed()

    async def __aenter__(self) -> Self:
        return self if self._server else await self.start()

    async def __aexit__(self, *_: object) -> None:
        await self.close()


class TlsFront(_Server):
    """TLS in front of a server of this computer that has none: start it with a context.

    `heard` is all that came and went inside of TLS.
    """

    def __init__(self, behind: int) -> None:
        super().__init__()
        self._behind = behind
        self.heard = bytearray()

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Hand everything through."""
        there = await asyncio.open_connection("127.0.0.1", self._behind)
        await _join((reader, writer), there, self.heard.extend)


@dataclass
class Seen:
    """What a proxy could read: requests to itself, and all bytes of what it passed on."""

    asked: list[bytes] = field(default_factory=list)
    passed: bytearray = field(default_factory=bytearray)


class HttpProxy(_Server):
    """An HTTP proxy for CONNECT. `login` is "user:password", "" for none.

    `leads_to` maps names to ports here; others get 502. While `hangs` nobody gets an answer.
    """

    def __init__(
        self, leads_to: Mapping[str, int], login: str = "", *, hangs: bool = False
    ) -> None:
        super().__init__()
        self.leads_to = dict(leads_to)
        self.login = login
        self.hangs = hangs
        self.seen = Seen()

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Lead one connection on, or say why not."""
        head = await reader.readuntil(b"\r\n\r\n")
        self.seen.asked.append(head)
        if self.hangs:
            await reader.read()
            return
        method, target = head.split(b" ", 2)[:2]
        wanted = f"Proxy-Authorization: Basic {base64.b64encode(self.login.encode()).decode()}"
        if self.login and wanted.encode() not in head.split(b"\r\n"):
            challenge = b'Proxy-Authenticate: Basic realm="a company"\r\n'
            writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\n" + challenge)
            writer.write(b"Content-Length: 0\r\n\r\n")
            return
        port = self.leads_to.get(target.decode().rpartition(":")[0])
        if method != b"CONNECT" or port is None:
            writer.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
            return
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        there = await asyncio.open_connection("127.0.0.1", port)
        await _join((reader, writer), there, self.seen.passed.extend)


class SocksProxy(_Server):
    """A SOCKS5 proxy (RFC 1928, 1929). `login` is "user:password", "" for none."""

    def __init__(self, leads_to: Mapping[str, int], login: str = "") -> None:
        super().__init__()
        self.leads_to = dict(leads_to)
        self.login = login
        self.seen = Seen()

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Greet, ask for the login, lead on."""
        _, number = await reader.readexactly(2)
        offered = await reader.readexactly(number)
        method = 2 if self.login else 0
        if method not in offered:
            writer.write(b"\x05\xff")
            return
        writer.write(bytes([5, method]))
        if self.login and not await self._logged_in(reader, writer):
            return
        head = await reader.readexactly(5)  # version, command, 0, 3 for a name, its length
        name = (await reader.readexactly(head[4])).decode()
        await reader.readexactly(2)
        self.seen.asked.append(name.encode())
        port = self.leads_to.get(name)
        writer.write(bytes([5, 0 if port else 4, 0, 1, 0, 0, 0, 0, 0, 0]))
        if port:
            there = await asyncio.open_connection("127.0.0.1", port)
            await _join((reader, writer), there, self.seen.passed.extend)

    async def _logged_in(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        _, length = await reader.readexactly(2)
        user = await reader.readexactly(length)
        (length,) = await reader.readexactly(1)
        password = await reader.readexactly(length)
        right = f"{user.decode()}:{password.decode()}" == self.login
        writer.write(bytes([1, 0 if right else 1]))
        return right


async def _join(
    here: Conversation, there: Conversation, note: Callable[[bytes], None] = lambda _: None
) -> None:
    """Hand bytes both ways until one side ends."""
    ways: list[Awaitable[None]] = [_copy(here[0], there[1], note), _copy(there[0], here[1], note)]
    try:
        await asyncio.gather(*ways)
    finally:
        there[1].close()


async def _copy(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, note: Callable[[bytes], None]
) -> None:
    with contextlib.suppress(OSError):
        while part := await reader.read(65536):
            note(part)
            writer.write(part)
            await writer.drain()
    with contextlib.suppress(OSError):
        writer.close()
