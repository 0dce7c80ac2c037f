"""Reads the body of an answer, inflated, within bounds."""

from __future__ import annotations

import asyncio
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx

MAX_RESPONSE_BYTES = 4 * 1024 * 1024
"""The longest list that is asked for, a team's tasks, has a few hundred thousand bytes."""
MAX_ERROR_BYTES = 64 * 1024
"""Of an error the status decides; a longer body holds no words for people and is not read."""
_MAX_GZIP_MEMBERS = 16
"""Servers send one. Each costs a copy of what follows it: empty ones would hold the loop."""


class UnreadableContent(OSError):
    """A body that cannot be read as it came."""


class ResponseTooLarge(UnreadableContent):
    """More came than any answer of a service has, compressed or not."""


async def read_content(answer: httpx.Response, limit: int = MAX_RESPONSE_BYTES) -> bytes:
    """The whole body, inflated. Raises ResponseTooLarge before more than `limit` bytes are held.

    It raises UnreadableContent for what is compressed in a way that was not asked for.
    """
    content = bytearray()
    pieces = answer.aiter_raw()  # held, so that it outlives the closing of the answer below
    try:
        async for piece in pieces:
            content += piece
            _check_size(content, limit)
            await asyncio.sleep(0)  # thousands of tiny pieces may have come at once
    except BaseException:
        # Broken off here, the generators of httpcore would be left to the garbage collector, which
        # closes them without a loop and complains of it when the app has quit.
        await answer.aclose()
        del pieces  # within the task: they end by asking which task they are in
        raise
    named = answer.headers.get("content-encoding", "").lower().split(",")
    match [each for name in named if (each := name.strip()) not in ("", "identity")]:
        case []:
            return bytes(content)
        case ["gzip" | "x-gzip"]:
            return _inflate(bytes(content), limit)
        case _:  # perhaps several steps, each of which may multiply what came by a thousand
            raise UnreadableContent


def _check_size(content: bytes | bytearray, limit: int) -> None:
    if len(content) > limit:
        raise ResponseTooLarge


def _inflate(packed: bytes, limit: int) -> bytes:
    content = b""
    for _ in range(_MAX_GZIP_MEMBERS):  # a file of gzip may have several (RFC 1952, 2.2)
        inflater = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)  # with gzip's header
        try:
            content += inflater.decompress(packed, limit + 1 - len(content))
        except zlib.error:
            raise UnreadableContent from None
        _check_size(content, limit)
        if not inflater.eof:
            raise UnreadableContent  # it breaks off
        packed = inflater.unused_data.lstrip(b"\0")  # with which a file may be filled up
        if not packed:
            return content
    raise UnreadableContent
