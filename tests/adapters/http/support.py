"""What the tests of all HTTP adapters share: clients with a canary token, servers of raw bytes."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypedDict, Unpack

from timer_app.adapters.http.client import Limiter, ServiceClient
from timer_app.adapters.http.proxies import Proxies

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator, Awaitable, Callable

CANARY = "canary-9f3b7c51e2"
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SOON = timedelta(milliseconds=1500 if sys.platform == "win32" else 150)  # Wine takes its time
"""A time limit for calls that are never answered."""


class Options(TypedDict, total=False):
    """What a test may choose of a client."""

    trust: Callable[[], ssl.SSLContext]
    proxies: Proxies
    limiter: Limiter
    time_limit: timedelta
    connect_limit: timedelta
    queue_limit: timedelta
    pause: Callable[[float], Awaitable[None]]


def held(token: str = CANARY) -> Callable[[], Awaitable[str]]:
    """A token provider."""

    async def provide() -> str:
        return token

    return provide


@asynccontextmanager
async def calling(
    origin: str,
    *,
    name: str = "TimeCrowd",
    token: str = CANARY,
    now: Callable[[], datetime] = lambda: NOW,
    **options: Unpack[Options],
) -> AsyncIterator[ServiceClient]:
    """A client of the service at `origin`, closed in the end."""
    client = ServiceClient(name, origin, held(token), now=now, **options)
    try:
        yield client
    finally:
        await client.close()


@dataclass
class RawServer:
    """A server of raw bytes on loopback: what it heard, one item for each connection."""

    port: int = 0
    heard: list[bytes] = field(default_factory=list)

    @property
    def origin(self) -> str:
        """Where it listens, without TLS."""
        return f"http://127.0.0.1:{self.port}"


@asynccontextmanager
async def serving(
    answer: Callable[[RawServer, asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
    context: ssl.SSLContext | None = None,
) -> AsyncIterator[RawServer]:
    """A RawServer that deals with each connection by `answer` and then closes it."""
    raw = RawServer()
    conversations: dict[asyncio.StreamWriter, asyncio.Task[None]] = {}

    async def deal_with(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        conversations[writer] = task
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            await answer(raw, reader, writer)
        writer.close()

    server = await asyncio.start_server(deal_with, "127.0.0.1", 0, ssl=context)
    raw.port = server.sockets[0].getsockname()[1]
    try:
        yield raw
    finally:
        server.close()
        for _ in range(3):  # a connection accepted just now becomes a conversation in three steps
            await asyncio.sleep(0)
        for writer in conversations:
            writer.transport.abort()
        await asyncio.gather(*conversations.values())
        await server.wait_closed()


async def request_of(reader: asyncio.StreamReader) -> bytes:
    """One whole request: its head and as much body as Content-Length says."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = 0
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            length = int(line.partition(b":")[2])
    return head + (await reader.readexactly(length) if length else b"")


def answering(*answers: bytes) -> Callable[..., Awaitable[None]]:
    """Answer each request of a connection with the next of `answers`, then close."""

    async def answer(
        raw: RawServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        heard = b""
        raw.heard.append(heard)
        place = len(raw.heard) - 1
        for each in answers:
            raw.heard[place] += await request_of(reader)
            writer.write(each)
            await writer.drain()

    return answer


def http(status: int, body: bytes = b"", *headers: str) -> bytes:
    """An answer of HTTP/1.1 that leaves the connection open."""
    lines = [f"HTTP/1.1 {status} Said", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body
