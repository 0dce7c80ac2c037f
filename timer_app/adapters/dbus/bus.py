"""One connection to a message bus: calls, signals, and who owns a name.

Made on first use and made anew after it broke: when somebody wants something, or `try_again` is
called because there is a reason to hope. Nothing polls. What was listened for is listened for
again, and who owns a watched name is told again.

On dbus-fast, because QtDBus of PySide6 cannot send nested or unsigned values, and jeepney hangs on
replies that carry file descriptors (logind's Inhibit).
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum

from dbus_fast import (
    AuthError,
    BusType,
    InvalidAddressError,
    Message,
    MessageFlag,
    MessageType,
    unpack_variants,
)
from dbus_fast.aio import MessageBus

from timer_app.adapters.dbus.address import hoped_session_address, session_address
from timer_app.services.surroundings import BusState

PATIENCE_SECONDS = 5.0
"""How long an answer is waited for. What may prompt a person is given more by its caller."""
_PATIENCE_OF_A_LOOK = 1.0
SYSTEM_ADDRESS = "unix:path=/run/dbus/system_bus_socket"
_BUS = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")
_NOBODY = (
    "org.freedesktop.DBus.Error.ServiceUnknown",
    "org.freedesktop.DBus.Error.NameHasNoOwner",
    "org.freedesktop.DBus.Error.Spawn.",
)

_log = logging.getLogger(__name__)


class Trouble(Enum):
    """Why a call got no answer."""

    NO_BUS = "no bus"
    NOBODY = "nobody has that name"
    SLOW = "no answer in time"
    REFUSED = "the service refused"


class BusProblem(Exception):
    """A call got no answer. `error_name` is the service's own name of a refusal, else ""."""

    def __init__(self, trouble: Trouble, text: str, error_name: str = "") -> None:
        super().__init__(text)
        self.trouble = trouble
        self.error_name = error_name


class _Broke(BusProblem):
    """The connection broke before the answer."""

    def __init__(self, error: Exception) -> None:
        super().__init__(Trouble.NO_BUS, f"The connection broke: {error}.")


@dataclass(frozen=True, slots=True)
class Signal:
    """Which signals are wanted: of the owner of `sender`, with this interface and member.

    `path` "" means any object of the sender.
    """

    sender: str
    interface: str
    member: str
    path: str = ""

    def rule(self) -> str:
        """The match rule for the bus."""
        parts = {"type": "signal", "sender": self.sender, "interface": self.interface,
                 "member": self.member} | ({"path": self.path} if self.path else {})  # fmt: skip
        return ",".join(f"{key}='{value}'" for key, value in parts.items())

    def takes(self, message: Message) -> bool:
        """Whether a message that the bus sent us is one of these (the bus saw to the sender)."""
        wanted, path = (self.interface, self.member), self.path or message.path
        return (message.interface, message.member) == wanted and message.path == path


Handler = Callable[[list[object]], None]
OwnerHandler = Callable[[bool], None]


@dataclass
class _Listener:
    signal: Signal
    handler: Handler


@dataclass
class _Watcher:
    name: str
    handler: OwnerHandler
    owned: bool | None = None


class Bus:
    """A bus by its kind. `changed` is called when the connection came or broke.

    Nothing is connected before the first call. Give the address in tests only.
    """

    def __init__(
        self, kind: BusType, *, address: str = "", changed: Callable[[], None] = lambda: None
    ) -> None:
        self._kind = kind
        self._address = address
        self._changed = changed
        self._bus: MessageBus | None = None
        self._connecting = asyncio.Lock()
        self._listeners: list[_Listener] = []
        self._watchers: list[_Watcher] = []
        self._lost: asyncio.Task[None] | None = None
        self._closed = False
        self._was_connected = False
        self._silent = False
        self.was_missing = False
        """Whether it was once found to be missing, or to have broken."""

    @property
    def state(self) -> BusState:
        """How it is now, as far as it was noticed; `look` notices more."""
        if self._silent:
            return BusState.SILENT
        if self._bus is not None:
            return BusState.CONNECTED
        return BusState.LOST if self._was_connected else BusState.NONE

    @property
    def connected(self) -> bool:
        """Whether there is a connection now."""
        return self._bus is not None

    @property
    def unique_name(self) -> str:
        """What the bus calls this connection, such as ":1.42"; "" without one."""
        return (self._bus.unique_name or "") if self._bus is not None else ""

    @property
    def address(self) -> str:
        """Where the bus is, "" if this session has none."""
        if self._address:
            return self._address
        if self._kind is BusType.SYSTEM:
            return os.environ.get("DBUS_SYSTEM_BUS_ADDRESS") or SYSTEM_ADDRESS
        return session_address()

    @property
    def hoped_address(self) -> str:
        """Where the bus would be if it were there."""
        if self._address or self._kind is BusType.SYSTEM:
            return self.address
        return hoped_session_address()

    async def call(
        self,
        service: str,
        path: str,
        interface: str,
        member: str,
        signature: str = "",
        *body: object,
        patience: float = PATIENCE_SECONDS,
        start: bool = True,
    ) -> list[object]:
        """Call a method; what it returned, without variants. Raises BusProblem.

        `start` says whether the bus may start the service for it.
        """
        reply = await self.send(
            service, path, interface, member, signature, *body, patience=patience, start=start
        )
        return [unpack_variants(each) for each in reply.body]

    async def send(
        self,
        service: str,
        path: str,
        interface: str,
        member: str,
        signature: str = "",
        *body: object,
        patience: float = PATIENCE_SECONDS,
        start: bool = True,
    ) -> Message:
        """The whole reply, where file descriptors or variants are wanted. Raises BusProblem."""
        message = Message(
            destination=service, path=path, interface=interface, member=member,
            signature=signature, body=list(body),
            flags=MessageFlag.NONE if start else MessageFlag.NO_AUTOSTART,
        )  # fmt: skip
        try:
            async with asyncio.timeout(patience):
                bus = await self._connected()
                reply = await _asked(bus, message)
        except TimeoutError:
            self._silent = self._silent or service == _BUS[0]
            text = f"{service} did not answer within {patience:g} seconds."
            raise BusProblem(Trouble.SLOW, text) from None
        self._silent = False
        if reply.message_type is MessageType.ERROR:
            raise _refusal(service, reply)
        return reply

    async def listen(self, signal: Signal, handler: Handler) -> Callable[[], None]:
        """Call `handler` with the values of each such signal; returns what ends that.

        Raises BusProblem where nobody can be listened to now; after a break it goes on.
        """
        bus = await self._connected_or_problem()
        listener = _Listener(signal, handler)
        await self._add_match(bus, signal.rule())
        self._listeners.append(listener)

        def stop() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)
                self._remove_match(signal.rule())

        return stop

    async def watch(self, name: str, handler: OwnerHandler) -> Callable[[], None]:
        """Tell `handler` whether `name` has an owner: now, and at each change. BusProblem.

        A broken bus counts as no owner. Returns what ends the watch.
        """
        bus = await self._connected_or_problem()
        watcher = _Watcher(name, handler)
        self._watchers.append(watcher)
        try:
            await self._add_match(bus, _owner_rule(name))
            await self._tell_owner(bus, watcher)
        except _Broke:
            _tell(watcher, owned=False)  # the watch goes on when the bus is back

        def stop() -> None:
            if watcher in self._watchers:
                self._watchers.remove(watcher)
                self._remove_match(_owner_rule(name))

        return stop

    async def try_again(self) -> bool:
        """Connect, if there is a way by now; whether there is a connection."""
        try:
            await self._connected_or_problem()
        except BusProblem:
            return False
        return True

    async def wait(self) -> bool:
        """Connect, however long a bus takes that is there and silent; whether it worked out."""
        try:
            await self._connected()
        except BusProblem:
            return False
        return True

    async def look(self) -> BusState:
        """Ask the bus itself, and tell how it is."""
        try:
            await self.call(*_BUS, "GetId", patience=_PATIENCE_OF_A_LOOK)
        except BusProblem:
            return self.state
        return self.state

    async def close(self) -> None:
        """Leave the bus."""
        self._closed = True
        self._listeners.clear()
        self._watchers.clear()
        bus, self._bus = self._bus, None
        if bus is not None:
            bus.disconnect()
        if self._lost is not None:
            await asyncio.wait([self._lost])

    # -- the connection

    async def _connected_or_problem(self) -> MessageBus:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                return await self._connected()
        except TimeoutError:
            raise BusProblem(Trouble.SLOW, "The bus did not answer in time.") from None

    async def _connected(self) -> MessageBus:
        async with self._connecting:
            if self._bus is not None:
                return self._bus
            if self._closed or not self.address:
                self.was_missing = True
                raise BusProblem(Trouble.NO_BUS, f"There is no {self._kind.name.lower()} bus here.")
            self._silent = True  # until it has said something
            try:
                bus = _Connection(self.address, self._kind, negotiate_unix_fd=True)
                await bus.connect()
            except (OSError, EOFError, AuthError, InvalidAddressError, ValueError) as error:
                self._silent, self.was_missing = False, True
                kind = self._kind.name.lower()
                raise BusProblem(
                    Trouble.NO_BUS, f"The {kind} bus cannot be reached: {error}."
                ) from error
            await self._use(bus)
            return bus

    async def _use(self, bus: MessageBus) -> None:
        bus.add_message_handler(self._receive)
        self._bus = bus
        self._was_connected, self._silent = True, False
        self._lost = asyncio.get_running_loop().create_task(self._notice_loss(bus))
        rules = [each.signal.rule() for each in self._listeners]
        for rule in rules + [_owner_rule(each.name) for each in self._watchers]:
            await self._add_match(bus, rule)
        for watcher in list(self._watchers):
            await self._tell_owner(bus, watcher)
        self._changed()

    async def _notice_loss(self, bus: MessageBus) -> None:
        try:
            await bus.wait_for_disconnect()
        except Exception as error:  # noqa: BLE001 - dbus-fast hands on whatever broke it
            _log.info("the %s bus broke: %s", self._kind.name.lower(), error)
        if self._bus is not bus:
            return
        self._bus, self.was_missing = None, True
        for watcher in list(self._watchers):
            _tell(watcher, owned=False)
        self._changed()

    # -- signals

    def _receive(self, message: Message) -> None:
        if message.message_type is not MessageType.SIGNAL:
            return
        if message.sender == _BUS[0] and message.member == "NameOwnerChanged":
            name, _, new = message.body
            for watcher in [each for each in self._watchers if each.name == name]:
                _tell(watcher, owned=bool(new))
        values: list[object] | None = None
        for listener in [each for each in self._listeners if each.signal.takes(message)]:
            values = values or [unpack_variants(each) for each in message.body]
            listener.handler(values)

    async def _tell_owner(self, bus: MessageBus, watcher: _Watcher) -> None:
        ask = Message(destination=_BUS[0], path=_BUS[1], interface=_BUS[2],
                      member="NameHasOwner", signature="s", body=[watcher.name])  # fmt: skip
        reply = await _asked(bus, ask)
        _tell(watcher, owned=reply.message_type is not MessageType.ERROR and bool(reply.body[0]))

    async def _add_match(self, bus: MessageBus, rule: str) -> None:
        message = Message(destination=_BUS[0], path=_BUS[1], interface=_BUS[2],
                          member="AddMatch", signature="s", body=[rule])  # fmt: skip
        reply = await _asked(bus, message)
        if reply.message_type is MessageType.ERROR:
            raise _refusal(_BUS[0], reply)

    def _remove_match(self, rule: str) -> None:
        """Each rule was added as often as it was wanted, and goes as often."""
        if self._bus is None or not self._bus.connected:
            return
        message = Message(destination=_BUS[0], path=_BUS[1], interface=_BUS[2],
                          member="RemoveMatch", signature="s", body=[rule],
                          flags=MessageFlag.NO_REPLY_EXPECTED)  # fmt: skip
        _ = self._bus.send(message)  # a bus that breaks just now takes its rules along


class _Connection(MessageBus):
    """A bus that breaks while something is written tells it by the loss and by the lost reply.

    dbus-fast tells it by the error of the writing, too, which its own `call` leaves lying, and then
    stumbles over the socket that it closed itself: asyncio would complain of both.
    """

    def send(self, msg: Message) -> asyncio.Future[None]:  # type: ignore[override]  # as theirs
        """See MessageBus."""
        assert self._writer is not None  # noqa: S101 - it is connected
        if not msg.serial:
            msg.serial = self.next_serial()
        sent: asyncio.Future[None] = self._loop.create_future()
        sent.add_done_callback(_take_error)
        with suppress(OSError):
            self._writer.schedule_write(msg, sent)
        return sent


def _take_error(sent: asyncio.Future[None]) -> None:
    if not sent.cancelled():
        sent.exception()


async def _asked(bus: MessageBus, message: Message) -> Message:
    """The reply. Raises _Broke, also where it was not yet noticed that the bus has gone."""
    if not bus.connected:  # dbus-fast would write to the closed socket, and keep the error
        raise _Broke(EOFError("the bus has gone"))
    try:
        return await bus.call(message)
    except (OSError, EOFError) as error:
        raise _Broke(error) from error


def _tell(watcher: _Watcher, *, owned: bool) -> None:
    if watcher.owned is not owned:
        watcher.owned = owned
        watcher.handler(owned)


def _owner_rule(name: str) -> str:
    sender, path, interface = _BUS
    return (
        f"type='signal',sender='{sender}',path='{path}',interface='{interface}',"
        f"member='NameOwnerChanged',arg0='{name}'"
    )


def _refusal(service: str, reply: Message) -> BusProblem:
    name = reply.error_name or ""
    words = str(reply.body[0]) if reply.body else "no reason given"
    trouble = Trouble.NOBODY if name.startswith(_NOBODY) else Trouble.REFUSED
    return BusProblem(trouble, f"{service}: {words}", name)
