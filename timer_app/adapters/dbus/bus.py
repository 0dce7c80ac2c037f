"""One connection to a message bus: calls, signals, and owners of names.

Made on first use, and made again after a break: when somebody needs it, or when `reconnect` is
called. Nothing polls. After a reconnect all listeners are subscribed again, and the owners of
watched names are reported again.

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

from timer_app.adapters.dbus.address import expected_session_address, session_address
from timer_app.services.background_tasks import start_task
from timer_app.services.setup.desktop_status import BusState

CALL_TIMEOUT_SECONDS = 5.0
"""How long an answer is waited for. What may prompt a person is given more by its caller."""
_PROBE_TIMEOUT_SECONDS = 1.0
SYSTEM_ADDRESS = "unix:path=/run/dbus/system_bus_socket"
_BUS = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")
_NO_OWNER_ERRORS = (
    "org.freedesktop.DBus.Error.ServiceUnknown",
    "org.freedesktop.DBus.Error.NameHasNoOwner",
    "org.freedesktop.DBus.Error.Spawn.",
)

_log = logging.getLogger(__name__)


class BusErrorKind(Enum):
    """Why a call got no answer."""

    NO_BUS = "no bus"
    NAME_HAS_NO_OWNER = "nobody has that name"
    TIMED_OUT = "no answer in time"
    REFUSED = "the service refused"


class BusError(Exception):
    """A call got no answer. `error_name` is the service's own name of a refusal, else ""."""

    def __init__(self, kind: BusErrorKind, text: str, error_name: str = "") -> None:
        super().__init__(text)
        self.kind = kind
        self.error_name = error_name


class _ConnectionLost(BusError):
    """The connection broke before the answer."""

    def __init__(self, error: Exception) -> None:
        _log.info("the connection to the bus broke: %s", error)
        super().__init__(BusErrorKind.NO_BUS, "The connection to the bus broke.")


@dataclass(frozen=True, slots=True)
class SignalMatch:
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

    def matches(self, message: Message) -> bool:
        """Whether a message that the bus sent us is one of these (the bus saw to the sender)."""
        wanted, path = (self.interface, self.member), self.path or message.path
        return (message.interface, message.member) == wanted and message.path == path


Handler = Callable[[list[object]], None]
OwnerHandler = Callable[[bool], None]


@dataclass
class _SignalListener:
    signal: SignalMatch
    handler: Handler


@dataclass
class _NameWatcher:
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
        self._listeners: list[_SignalListener] = []
        self._watchers: list[_NameWatcher] = []
        self._disconnect_watch: asyncio.Task[None] | None = None
        self._closed = False
        self._was_connected = False
        self._is_silent = False
        self.was_unavailable = False
        """Whether it was once found to be missing, or to have broken."""

    @property
    def state(self) -> BusState:
        """How it is now, as far as it was noticed; `probe` notices more."""
        if self._is_silent:
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
    def expected_address(self) -> str:
        """Where the bus would be if it were there."""
        if self._address or self._kind is BusType.SYSTEM:
            return self.address
        return expected_session_address()

    async def call(
        self,
        service: str,
        path: str,
        interface: str,
        member: str,
        signature: str = "",
        *body: object,
        time_limit: float = CALL_TIMEOUT_SECONDS,
        start: bool = True,
    ) -> list[object]:
        """Call a method; what it returned, without variants. Raises BusError.

        `start` says whether the bus may start the service for it.
        """
        reply = await self.send(
            service, path, interface, member, signature, *body, time_limit=time_limit, start=start
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
        time_limit: float = CALL_TIMEOUT_SECONDS,
        start: bool = True,
    ) -> Message:
        """The whole reply, where file descriptors or variants are wanted. Raises BusError."""
        message = Message(
            destination=service, path=path, interface=interface, member=member,
            signature=signature, body=list(body),
            flags=MessageFlag.NONE if start else MessageFlag.NO_AUTOSTART,
        )  # fmt: skip
        try:
            async with asyncio.timeout(time_limit):
                bus = await self._connected()
                reply = await _reply_to(bus, message)
        except TimeoutError:
            self._is_silent = self._is_silent or service == _BUS[0]
            text = f"{service} did not answer within {time_limit:g} seconds."
            raise BusError(BusErrorKind.TIMED_OUT, text) from None
        self._is_silent = False
        if reply.message_type is MessageType.ERROR:
            raise _error_of_reply(service, reply)
        return reply

    async def listen(self, signal: SignalMatch, handler: Handler) -> Callable[[], None]:
        """Call `handler` with the values of each such signal; returns what ends that.

        Raises BusError where nobody can be listened to now; after a break it goes on.
        """
        bus = await self._connected_within_timeout()
        listener = _SignalListener(signal, handler)
        await self._add_match(bus, signal.rule())
        self._listeners.append(listener)

        def stop() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)
                self._remove_match(signal.rule())

        return stop

    async def watch(self, name: str, handler: OwnerHandler) -> Callable[[], None]:
        """Tell `handler` whether `name` has an owner: now, and at each change. BusError.

        A broken bus counts as no owner. Returns what ends the watch.
        """
        bus = await self._connected_within_timeout()
        watcher = _NameWatcher(name, handler)
        self._watchers.append(watcher)
        try:
            await self._add_match(bus, _owner_rule(name))
            await self._query_owner(bus, watcher)
        except _ConnectionLost:
            _report_owner(watcher, owned=False)  # the watch goes on when the bus is back

        def stop() -> None:
            if watcher in self._watchers:
                self._watchers.remove(watcher)
                self._remove_match(_owner_rule(name))

        return stop

    async def reconnect(self) -> bool:
        """Connect, if there is a way by now; whether there is a connection."""
        try:
            await self._connected_within_timeout()
        except BusError:
            return False
        return True

    async def wait_connected(self) -> bool:
        """Connect, however long a bus takes that is there and silent; whether it worked out."""
        try:
            await self._connected()
        except BusError:
            return False
        return True

    async def probe(self) -> BusState:
        """Ask the bus itself, and return its state."""
        try:
            await self.call(*_BUS, "GetId", time_limit=_PROBE_TIMEOUT_SECONDS)
        except BusError:
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
        if self._disconnect_watch is not None:
            await asyncio.wait([self._disconnect_watch])

    # -- the connection

    async def _connected_within_timeout(self) -> MessageBus:
        try:
            async with asyncio.timeout(CALL_TIMEOUT_SECONDS):
                return await self._connected()
        except TimeoutError:
            raise BusError(BusErrorKind.TIMED_OUT, "The bus did not answer in time.") from None

    async def _connected(self) -> MessageBus:
        async with self._connecting:
            if self._bus is not None:
                return self._bus
            if self._closed or not self.address:
                self.was_unavailable = True
                raise BusError(
                    BusErrorKind.NO_BUS, f"There is no {self._kind.name.lower()} bus here."
                )
            self._is_silent = True  # until it has said something
            try:
                bus = _BusConnection(self.address, self._kind, negotiate_unix_fd=True)
                await bus.connect()
            except (OSError, EOFError, AuthError, InvalidAddressError, ValueError) as error:
                self._is_silent, self.was_unavailable = False, True
                kind = self._kind.name.lower()
                _log.info("the %s bus cannot be reached: %s", kind, error)
                raise BusError(BusErrorKind.NO_BUS, f"The {kind} bus cannot be reached.") from error
            await self._adopt_connection(bus)
            return bus

    async def _adopt_connection(self, bus: MessageBus) -> None:
        bus.add_message_handler(self._on_message)
        self._bus = bus
        self._was_connected, self._is_silent = True, False
        self._disconnect_watch = start_task(self._watch_disconnect(bus))
        rules = [each.signal.rule() for each in self._listeners]
        for rule in rules + [_owner_rule(each.name) for each in self._watchers]:
            await self._add_match(bus, rule)
        for watcher in list(self._watchers):
            await self._query_owner(bus, watcher)
        self._changed()

    async def _watch_disconnect(self, bus: MessageBus) -> None:
        try:
            await bus.wait_for_disconnect()
        except Exception as error:  # noqa: BLE001 - dbus-fast hands on whatever broke it
            _log.info("the %s bus broke: %s", self._kind.name.lower(), error)
        if self._bus is not bus:
            return
        self._bus, self.was_unavailable = None, True
        for watcher in list(self._watchers):
            _report_owner(watcher, owned=False)
        self._changed()

    # -- signals

    def _on_message(self, message: Message) -> None:
        if message.message_type is not MessageType.SIGNAL:
            return
        if message.sender == _BUS[0] and message.member == "NameOwnerChanged":
            name, _, new = message.body
            for watcher in [each for each in self._watchers if each.name == name]:
                _report_owner(watcher, owned=bool(new))
        values: list[object] | None = None
        for listener in [each for each in self._listeners if each.signal.matches(message)]:
            values = values or [unpack_variants(each) for each in message.body]
            listener.handler(values)

    async def _query_owner(self, bus: MessageBus, watcher: _NameWatcher) -> None:
        ask = Message(destination=_BUS[0], path=_BUS[1], interface=_BUS[2],
                      member="NameHasOwner", signature="s", body=[watcher.name])  # fmt: skip
        reply = await _reply_to(bus, ask)
        _report_owner(
            watcher, owned=reply.message_type is not MessageType.ERROR and bool(reply.body[0])
        )

    async def _add_match(self, bus: MessageBus, rule: str) -> None:
        message = Message(destination=_BUS[0], path=_BUS[1], interface=_BUS[2],
                          member="AddMatch", signature="s", body=[rule])  # fmt: skip
        reply = await _reply_to(bus, message)
        if reply.message_type is MessageType.ERROR:
            raise _error_of_reply(_BUS[0], reply)

    def _remove_match(self, rule: str) -> None:
        """Each rule was added as often as it was wanted, and goes as often."""
        if self._bus is None or not self._bus.connected:
            return
        message = Message(destination=_BUS[0], path=_BUS[1], interface=_BUS[2],
                          member="RemoveMatch", signature="s", body=[rule],
                          flags=MessageFlag.NO_REPLY_EXPECTED)  # fmt: skip
        _ = self._bus.send(message)  # a bus that breaks just now takes its rules along


class _BusConnection(MessageBus):
    """A connection that reports a break only by the disconnect and the lost reply.

    dbus-fast also keeps the error of the write in a future that its own `call` never reads, and
    then fails on the socket that it closed itself: asyncio would log both.
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


async def _reply_to(bus: MessageBus, message: Message) -> Message:
    """The reply. Raises _Broke, also where it was not yet noticed that the bus has gone."""
    if not bus.connected:  # dbus-fast would write to the closed socket, and keep the error
        raise _ConnectionLost(EOFError("the bus has gone"))
    try:
        return await bus.call(message)
    except (OSError, EOFError) as error:
        raise _ConnectionLost(error) from error


def _report_owner(watcher: _NameWatcher, *, owned: bool) -> None:
    if watcher.owned is not owned:
        watcher.owned = owned
        watcher.handler(owned)


def _owner_rule(name: str) -> str:
    sender, path, interface = _BUS
    return (
        f"type='signal',sender='{sender}',path='{path}',interface='{interface}',"
        f"member='NameOwnerChanged',arg0='{name}'"
    )


def _error_of_reply(service: str, reply: Message) -> BusError:
    name = reply.error_name or ""
    words = str(reply.body[0]) if reply.body else "no reason given"
    kind = (
        BusErrorKind.NAME_HAS_NO_OWNER
        if name.startswith(_NO_OWNER_ERRORS)
        else BusErrorKind.REFUSED
    )
    return BusError(kind, f"{service}: {words}", name)
