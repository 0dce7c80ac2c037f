"""A session bus of one's own, and a plain client to it."""

from __future__ import annotations

import asyncio
import signal
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self, TypeVar

from dbus_fast import BusType, DBusError, ErrorType, Message, MessageType, unpack_variants
from dbus_fast.aio import MessageBus

from tests.support.limits import TIME_LIMIT, Deadline
from tests.support.process import Process
from tests.support.tools import tool

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from pathlib import Path

    from tests.support.environment import Home

T = TypeVar("T")

_BUS = "org.freedesktop.DBus"
_BUS_PATH = "/org/freedesktop/DBus"

# Unlike the system's own session.conf it names no folder of the system's services: nothing
# installed here is started behind a test's back.
_CONFIG = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <servicedir>{services}</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


class SessionBus:
    """A dbus-daemon that only this test knows.

    It starts no services but those allowed by `allow_activation`; they get `more` in their
    environment, DISPLAY for example.
    """

    def __init__(self, home: Home, **more: str) -> None:
        self._services = home.path / "dbus-services"
        self._services.mkdir(exist_ok=True)
        config = home.path / "dbus.conf"
        socket = home.runtime / "bus"
        config.write_text(_CONFIG.format(socket=socket, services=self._services))
        self._daemon = Process(
            [tool("dbus-daemon"), f"--config-file={config}", "--nofork", "--print-address"],
            env=home.environment(**more),
        )
        try:
            self.address = self._daemon.wait_line("^unix:.*", stream="stdout").group()
        except BaseException:
            self._daemon.close()
            raise
        self.environment = {"DBUS_SESSION_BUS_ADDRESS": self.address}

    def allow_activation(self, service_file: Path) -> None:
        """Let the bus start this one service when it is called, as a desktop would."""
        (self._services / service_file.name).symlink_to(service_file)

    def hang(self) -> None:
        """Take connections and words, and answer nothing until `go_on`."""
        self._daemon.send(signal.SIGSTOP)

    def go_on(self) -> None:
        """Answer again."""
        self._daemon.send(signal.SIGCONT)

    def close(self) -> None:
        """End the bus: every client on it loses its connection."""
        self._daemon.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class BusClient:
    """A connection to a bus for plain, synchronous tests.

    The connection lives on an asyncio loop in a thread, so that it answers while the test waits.
    """

    def __init__(self, address: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._changed = threading.Condition()
        self._changes = 0
        try:
            self.bus = self.run(self._connect(address))
        except BaseException:
            self._stop_loop()
            raise
        self.listen(f"type='signal',sender='{_BUS}',member='NameOwnerChanged'")

    async def _connect(self, address: str) -> MessageBus:
        bus = await MessageBus(address, bus_type=BusType.SESSION).connect()
        bus.add_message_handler(self._on_message)
        return bus

    def _on_message(self, message: Message) -> None:
        if message.message_type is MessageType.SIGNAL:
            self.note_change()

    def note_change(self) -> None:
        """Have every `wait` look again."""
        with self._changed:
            self._changes += 1
            self._changed.notify_all()

    def run(self, coroutine: Coroutine[Any, Any, T], limit: float = TIME_LIMIT) -> T:
        """The result of a coroutine that runs beside the connection."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(limit)

    def soon(self, call: Callable[..., object], *values: object) -> None:
        """Have the connection's own thread call it."""
        self._loop.call_soon_threadsafe(call, *values)

    def listen(self, rule: str) -> None:
        """Have the bus send the signals that match `rule`."""
        self.call(_BUS, _BUS_PATH, _BUS, "AddMatch", "s", rule)

    def call(
        self,
        service: str,
        path: str,
        interface: str,
        member: str,
        signature: str = "",
        *body: object,
    ) -> list[Any]:
        """Call a method; its results, with all variants unpacked. An error raises DBusError."""
        message = Message(
            destination=service,
            path=path,
            interface=interface,
            member=member,
            signature=signature,
            body=list(body),
        )
        reply = self.run(self._call(message))
        if reply.message_type is MessageType.ERROR:
            text = reply.body[0] if reply.body else member
            raise DBusError(reply.error_name or ErrorType.FAILED, text, reply)
        return [unpack_variants(value) for value in reply.body]

    async def _call(self, message: Message) -> Message:
        reply = await self.bus.call(message)
        assert reply is not None
        return reply

    def emit(self, path: str, interface: str, member: str, signature: str, *body: object) -> None:
        """Send a signal to everybody who listens."""
        signal = Message(
            message_type=MessageType.SIGNAL,
            path=path,
            interface=interface,
            member=member,
            signature=signature,
            body=list(body),
        )

        async def send() -> None:
            await self.bus.send(signal)

        self.run(send())

    def properties(self, service: str, path: str, interface: str) -> dict[str, Any]:
        """All properties of one interface of an object."""
        (values,) = self.call(
            service, path, "org.freedesktop.DBus.Properties", "GetAll", "s", interface
        )
        assert isinstance(values, dict)
        return values

    def wait(
        self,
        look: Callable[[], T | None],
        what: str,
        limit: float = TIME_LIMIT,
        seen: Callable[[], str] | None = None,
    ) -> T:
        """What `look` finds: it is called now, and again whenever a signal has come in.

        `seen` says what there was instead.
        """
        deadline = Deadline(limit, what)
        while True:
            before = self._changes
            if (found := look()) is not None:
                return found
            left = deadline.left(seen)
            with self._changed:
                self._changed.wait_for(lambda: self._changes != before, left)  # noqa: B023

    def has_owner(self, name: str) -> bool:
        """Whether someone owns this name now."""
        (owned,) = self.call(_BUS, _BUS_PATH, _BUS, "NameHasOwner", "s", name)
        return bool(owned)

    def wait_name(self, name: str, limit: float = TIME_LIMIT) -> None:
        """Wait until someone owns this name."""
        self.wait(lambda: self.has_owner(name) or None, f"{name} on the bus", limit)

    def pid_of(self, name: str) -> int:
        """The process behind a name."""
        (pid,) = self.call(_BUS, _BUS_PATH, _BUS, "GetConnectionUnixProcessID", "s", name)
        return int(pid)

    def close(self) -> None:
        """Leave the bus."""
        self.run(self._disconnect())
        self._stop_loop()

    async def _disconnect(self) -> None:
        self.bus.disconnect()
        with suppress(EOFError, OSError):  # the bus may have been killed meanwhile
            await self.bus.wait_for_disconnect()

    def _stop_loop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(TIME_LIMIT)
        self._loop.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
