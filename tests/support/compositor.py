"""A Wayland compositor of a few objects that tells idle time (ext-idle-notify-v1), for tests.

It speaks the protocol by itself and shares no code with the app's client. Its messages arrive in
pieces of one byte if it is told so.
"""

from __future__ import annotations

import asyncio
import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

SEAT = 7
NOTIFIER = 9


@dataclass
class Watch:
    """A notification that was asked for."""

    id: int
    milliseconds: int
    seat: int
    of_input: bool


@dataclass
class Compositor:
    """Listens at `path` with these globals: name, interface and version."""

    path: Path
    globals: tuple[tuple[int, str, int], ...] = (
        (1, "wl_compositor", 6),
        (SEAT, "wl_seat", 9),
        (NOTIFIER, "ext_idle_notifier_v1", 1),
    )
    in_pieces: bool = False
    answers: bool = True
    watches: asyncio.Queue[Watch] = field(default_factory=asyncio.Queue)
    destroyed: asyncio.Queue[int] = field(default_factory=asyncio.Queue)
    left: asyncio.Event = field(default_factory=asyncio.Event)
    bound: dict[int, tuple[str, int]] = field(default_factory=dict)
    connected: asyncio.Event = field(default_factory=asyncio.Event)
    _serving: list[asyncio.Task[None]] = field(default_factory=list)

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_unix_server(self._serve, str(self.path))
        return self

    async def __aexit__(self, *_: object) -> None:
        self.end()
        self._server.close()
        await self._server.wait_closed()
        if self._serving:
            await asyncio.wait(self._serving)

    def idled(self, watch: Watch) -> None:
        """Nobody has typed or moved anything for that long."""
        self._send(watch.id, 0)

    def resumed(self, watch: Watch) -> None:
        """Somebody has."""
        self._send(watch.id, 1)

    def add_seat(self, name: int) -> None:
        """Another seat comes."""
        self._announce(name, "wl_seat", 9)

    def remove_seat(self, name: int = SEAT) -> None:
        """A seat goes."""
        self._send(2, 1, struct.pack("=I", name))

    def refuse(self, text: str) -> None:
        """A fatal error, after which a compositor hangs up."""
        self._send(1, 0, struct.pack("=II", 1, 0) + _text(text))
        self.end()

    def send_raw(self, data: bytes) -> None:
        """Something else."""
        self._writer.write(data)

    def end(self) -> None:
        """Hang up, as when it ends."""
        if self.connected.is_set():
            self._writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writer = writer
        self.connected.set()
        task = asyncio.current_task()
        assert task is not None
        self._serving.append(task)
        try:
            while True:
                target, word = struct.unpack("=II", await reader.readexactly(8))
                self._take(target, word & 0xFFFF, await reader.readexactly((word >> 16) - 8))
        except (EOFError, OSError):
            self.left.set()
            writer.close()

    def _take(self, target: int, opcode: int, body: bytes) -> None:
        if not self.answers:
            return
        if (target, opcode) == (1, 1):
            for each in self.globals:
                self._announce(*each)
        elif (target, opcode) == (1, 0):
            self._send(struct.unpack("=I", body)[0], 0, struct.pack("=I", 1))
        elif (target, opcode) == (2, 0):
            name, length = struct.unpack_from("=II", body)
            interface = body[8 : 8 + length - 1].decode()
            version, number = struct.unpack("=II", body[-8:])
            assert (name, interface) in {(known, kind) for known, kind, _ in self.globals} or (
                interface == "wl_seat"
            )
            self.bound[number] = interface, version
        elif self.bound.get(target, ("", 0))[0] == "ext_idle_notifier_v1":
            number, milliseconds, seat = struct.unpack("=III", body)
            assert self.bound[seat][0] == "wl_seat"
            self.watches.put_nowait(Watch(number, milliseconds, seat, opcode == 2))
        elif opcode == 0:
            self.destroyed.put_nowait(target)

    def _announce(self, name: int, interface: str, version: int) -> None:
        body = struct.pack("=I", name) + _text(interface) + struct.pack("=I", version)
        self._send(2, 0, body)

    def _send(self, target: int, opcode: int, body: bytes = b"") -> None:
        message = struct.pack("=II", target, (8 + len(body)) << 16 | opcode) + body
        if not self.in_pieces:
            self._writer.write(message)
            return
        for place in range(len(message)):
            self._writer.write(message[place : place + 1])


def _text(text: str) -> bytes:
    data = text.encode() + b"\0"
    return struct.pack("=I", len(data)) + data + bytes(-len(data) % 4)
