"""A Wayland client that asks for idle time alone, on the loop: nothing is polled.

Source: wayland.xml (wl_display, wl_registry, wl_callback, wl_seat) and ext-idle-notify-v1.xml. A
message is the id of an object, its size with its opcode, and its arguments; the numbers below are
the places of requests and events in those files.
"""

from __future__ import annotations

import asyncio
import logging
import struct
import sys
from collections.abc import Callable, Mapping

from timer_app.domain.file_problems import file_problem
from timer_app.services.background_tasks import start_task

_DISPLAY, _REGISTRY, _CALLBACK = 1, 2, 3
_SYNC, _GET_REGISTRY = 0, 1
_BIND = 0
_ERROR = 0
_GLOBAL, _GLOBAL_REMOVE = 0, 1
_DONE = 0
_DESTROY, _GET_IDLE_NOTIFICATION, _GET_INPUT_IDLE_NOTIFICATION = 0, 1, 2
_IDLED, _RESUMED = 0, 1

_SEAT = "wl_seat"
_NOTIFIER = "ext_idle_notifier_v1"
_NEWEST_NOTIFIER = 2
_HEADER = struct.Struct("=II")
_LONGEST_MILLISECONDS = 2**32 - 1
_CONNECT_SECONDS = 2.0

_log = logging.getLogger(__name__)


class WaylandError(Exception):
    """The compositor cannot be asked; the text says why."""


class IdleNotifier:
    """Idle time of one seat. `on_idled` and `on_resumed` are called; a lost connection resumes."""

    def __init__(self, on_idled: Callable[[], None], on_resumed: Callable[[], None]) -> None:
        self._on_idled = on_idled
        self._on_resumed = on_resumed
        self._writer: asyncio.StreamWriter | None = None
        self._reading: asyncio.Task[None] | None = None
        self._ready = asyncio.Event()
        self._error = ""
        self._globals: dict[int, tuple[str, int]] = {}
        self._last_id = _CALLBACK
        self._notifier = self._seat = self._seat_name = self._notification = 0
        self._notifier_version = 0
        self._is_idle = False
        self._milliseconds: int | None = None

    @property
    def is_connected(self) -> bool:
        """Whether there is a compositor that reports idle time."""
        return self._writer is not None

    async def connect(self, path: str) -> None:
        """Connect to the compositor's socket. Raises WaylandError."""
        try:
            async with asyncio.timeout(_CONNECT_SECONDS):
                reader, self._writer = await _open(path)
                self._reading = start_task(self._read(reader))
                self._send(_DISPLAY, _GET_REGISTRY, _REGISTRY)
                self._send(_DISPLAY, _SYNC, _CALLBACK)
                await self._ready.wait()
        except OSError as error:
            reason = (
                "did not answer" if isinstance(error, TimeoutError) else str(file_problem(error))
            )
            await self.close()
            raise WaylandError(f"The compositor at {path} cannot be asked: {reason}.") from error
        if self._error or not self._bind_notifier():
            await self.close()
            raise WaylandError(self._error or "This compositor tells no idle time.")

    def watch(self, milliseconds: int | None) -> None:
        """Tell when there was no input for so long; None: no more."""
        self._milliseconds = milliseconds and min(milliseconds, _LONGEST_MILLISECONDS)
        self._renew()

    async def close(self) -> None:
        """Leave the compositor."""
        reading, self._reading = self._reading, None
        if reading is not None:
            reading.cancel()
            await asyncio.wait([reading])
        self._disconnect()

    # What is asked

    def _bind_notifier(self) -> bool:
        """Take the notifier and the first seat; returns whether there is a notifier."""
        found = [(name, version) for name, (kind, version) in self._globals.items()
                 if kind == _NOTIFIER]  # fmt: skip
        if not found:
            return False
        name, version = found[0]
        self._notifier_version = min(version, _NEWEST_NOTIFIER)
        self._notifier = self._bind(name, _NOTIFIER, self._notifier_version)
        self._bind_seat()
        return True

    def _bind_seat(self) -> None:
        seats = [name for name, (kind, _) in self._globals.items() if kind == _SEAT]
        if seats and self._notifier:
            self._seat_name = seats[0]
            self._seat = self._bind(self._seat_name, _SEAT, 1)

    def _renew(self) -> None:
        """Ask for the present length at the present seat."""
        if self._notification:
            self._send(self._notification, _DESTROY)
            self._notification = 0
        self._resume()
        if self._milliseconds is not None and self._seat:
            # Of the second version on it also counts while a film keeps the screen on.
            asks_input = self._notifier_version >= _NEWEST_NOTIFIER
            request = _GET_INPUT_IDLE_NOTIFICATION if asks_input else _GET_IDLE_NOTIFICATION
            self._notification = self._new_id()
            self._send(self._notifier, request, self._notification, self._milliseconds, self._seat)

    def _bind(self, name: int, interface: str, version: int) -> int:
        number = self._new_id()
        self._send(_REGISTRY, _BIND, name, interface, version, number)
        return number

    def _new_id(self) -> int:
        self._last_id += 1
        return self._last_id

    def _send(self, target: int, opcode: int, *arguments: int | str) -> None:
        body = b"".join(map(_encoded, arguments))
        if self._writer is not None and not self._writer.is_closing():
            size = _HEADER.size + len(body)
            self._writer.write(_HEADER.pack(target, size << 16 | opcode) + body)

    # What the compositor reports

    async def _read(self, reader: asyncio.StreamReader) -> None:
        """Take every event until the compositor ends or makes no sense."""
        try:
            while not self._error:
                target, word = _HEADER.unpack(await reader.readexactly(_HEADER.size))
                body = await reader.readexactly(max(0, (word >> 16) - _HEADER.size))
                self._take(target, word & 0xFFFF, body)
        except (OSError, EOFError):
            self._error = self._error or "The compositor has gone."
        except (struct.error, ValueError):
            self._error = "The compositor sent something that is no message."
        _log.info("wayland: %s", self._error)
        self._ready.set()
        self._disconnect()

    def _take(self, target: int, opcode: int, body: bytes) -> None:
        if target == _DISPLAY and opcode == _ERROR:
            _, _, text = _decoded(body, "uus")
            self._error = f"The compositor refused: {text}"
        elif target == _REGISTRY and opcode == _GLOBAL:
            self._add_global(body)
        elif target == _REGISTRY and opcode == _GLOBAL_REMOVE:
            self._remove_global(body)
        elif target == _CALLBACK and opcode == _DONE:
            self._ready.set()
        elif self._notification and target == self._notification:
            if opcode == _IDLED and not self._is_idle:
                self._is_idle = True
                self._on_idled()
            elif opcode == _RESUMED:
                self._resume()

    def _add_global(self, body: bytes) -> None:
        name, interface, version = _decoded(body, "usu")
        self._globals[int(name)] = str(interface), int(version)
        if interface == _SEAT and self._notifier and not self._seat:
            self._bind_seat()
            self._renew()

    def _remove_global(self, body: bytes) -> None:
        (name,) = _decoded(body, "u")
        self._globals.pop(int(name), None)
        if self._seat and name == self._seat_name:
            self._seat = 0
            self._bind_seat()
            self._renew()

    def _resume(self) -> None:
        was_idle, self._is_idle = self._is_idle, False
        if was_idle:
            self._on_resumed()

    def _disconnect(self) -> None:
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.close()
        self._resume()


def socket_path(environment: Mapping[str, str]) -> str:
    """Where the compositor of this session listens, "" if there is none."""
    name = environment.get("WAYLAND_DISPLAY", "")
    folder = environment.get("XDG_RUNTIME_DIR", "")
    if not name and environment.get("XDG_SESSION_TYPE") == "wayland":
        name = "wayland-0"
    if not name or name.startswith("/"):
        return name
    return f"{folder}/{name}" if folder else ""


async def _open(path: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    if sys.platform != "win32":
        return await asyncio.open_unix_connection(path)
    else:  # noqa: RET505 - mypy checks the branch of one platform at a time
        raise WaylandError("Windows has no Wayland.")


def _encoded(argument: int | str) -> bytes:
    """A number, or a text with its length, its end and what fills it up to four bytes."""
    if isinstance(argument, int):
        return struct.pack("=I", argument)
    text = argument.encode() + b"\0"
    return struct.pack("=I", len(text)) + text + bytes(-len(text) % 4)


def _decoded(body: bytes, kinds: str) -> list[int | str]:
    """The arguments: `u` is a number, `s` a text. Raises struct.error and ValueError."""
    found: list[int | str] = []
    place = 0
    for kind in kinds:
        (number,) = struct.unpack_from("=I", body, place)
        place += 4
        if kind == "s":
            text = body[place : place + number]
            if len(text) != number:
                raise ValueError("a text is cut off")
            found.append(text.rstrip(b"\0").decode())
            place += number + -number % 4
        else:
            found.append(number)
    return found
