"""Idle time as GNOME tells it, by a compositor's stand-in on a real bus."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta

import pytest
from dbus_fast import BusType
from dbus_fast.aio import MessageBus
from dbus_fast.annotations import DBusUInt32, DBusUInt64
from dbus_fast.service import ServiceInterface, dbus_method, dbus_signal

from tests.adapters.absence.signal_recorder import SignalRecorder
from tests.support.bus import SessionBus
from timer_app.adapters.absence.mutter import MutterIdleSensor
from timer_app.adapters.dbus.bus import Bus
from timer_app.domain.absence import AbsenceCause, CauseBegan, CauseEnded

NAME = "org.gnome.Mutter.IdleMonitor"
PATH = "/org/gnome/Mutter/IdleMonitor/Core"
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
TEN = timedelta(minutes=10)
pytestmark = pytest.mark.desktop


class Monitor(ServiceInterface):
    """What mutter's IdleMonitor does, when the test says so."""

    def __init__(self) -> None:
        super().__init__(NAME)
        self.idle_ms = 0
        self.idle_watches: dict[int, int] = {}
        self.active_watches: list[int] = []
        self.changed = asyncio.Event()
        self._last = 0

    def _number(self) -> int:
        self._last += 1
        self.changed.set()
        return self._last

    @dbus_method(name="GetIdletime")
    def get_idletime(self) -> DBusUInt64:
        return self.idle_ms

    @dbus_method(name="AddIdleWatch")
    def add_idle_watch(self, interval: DBusUInt64) -> DBusUInt32:
        number = self._number()
        self.idle_watches[number] = interval
        return number

    @dbus_method(name="AddUserActiveWatch")
    def add_user_active_watch(self) -> DBusUInt32:
        number = self._number()
        self.active_watches.append(number)
        return number

    @dbus_method(name="RemoveWatch")
    def remove_watch(self, number: DBusUInt32) -> None:
        self.idle_watches.pop(number, None)
        self.changed.set()

    @dbus_signal(name="WatchFired")
    def fire(self, number: int) -> DBusUInt32:
        return number


class Compositor:
    """Owns the name on the bus; may be restarted."""

    def __init__(self, address: str) -> None:
        self._address = address
        self.monitor = Monitor()
        self._bus: MessageBus | None = None

    async def start(self) -> None:
        self.monitor = Monitor()
        self._bus = await MessageBus(self._address, BusType.SESSION).connect()
        self._bus.export(PATH, self.monitor)
        await self._bus.request_name(NAME)

    async def end(self) -> None:
        if self._bus is not None:
            self._bus.disconnect()
            await self._bus.wait_for_disconnect()
            self._bus = None

    async def until(self, look: Callable[[], bool]) -> None:
        """Wait for calls until it is so."""
        async with asyncio.timeout(20):
            while not look():
                self.monitor.changed.clear()
                await self.monitor.changed.wait()


@pytest.fixture
async def compositor(session_bus: SessionBus) -> AsyncIterator[Compositor]:
    compositor = Compositor(session_bus.address)
    yield compositor
    await compositor.end()


@pytest.fixture
async def idle(session_bus: SessionBus) -> AsyncIterator[MutterIdleSensor]:
    bus = Bus(BusType.SESSION, address=session_bus.address)
    idle = MutterIdleSensor(bus, lambda: NOW)
    yield idle
    await idle.stop()
    await bus.close()


async def test_idle_and_back_twice(compositor: Compositor, idle: MutterIdleSensor) -> None:
    await compositor.start()
    told, monitor = SignalRecorder(), compositor.monitor
    assert await idle.start(told, TEN) == ""
    assert monitor.idle_watches == {1: 600_000}
    for turn in (2, 3):
        monitor.idle_ms = 600_500
        monitor.fire(1)
        assert await told.next() == CauseBegan(
            AbsenceCause.IDLE, NOW - timedelta(milliseconds=600_500)
        )
        assert monitor.active_watches[-1] == turn
        monitor.idle_ms = 0
        monitor.fire(turn)
        assert await told.next() == CauseEnded(AbsenceCause.IDLE, NOW)
    assert await idle.last_input() == NOW


async def test_another_length_takes_the_place_of_the_first(
    compositor: Compositor, idle: MutterIdleSensor
) -> None:
    await compositor.start()
    assert await idle.start(SignalRecorder(), TEN) == ""
    assert await idle.start(SignalRecorder(), timedelta(minutes=5)) == ""
    assert compositor.monitor.idle_watches == {2: 300_000}
    assert await idle.start(SignalRecorder(), None) == ""
    assert compositor.monitor.idle_watches == {}


async def test_a_compositor_that_was_restarted_is_asked_anew(
    compositor: Compositor, idle: MutterIdleSensor
) -> None:
    await compositor.start()
    told = SignalRecorder()
    assert await idle.start(told, TEN) == ""
    compositor.monitor.fire(1)
    assert isinstance(await told.next(), CauseBegan)
    await compositor.end()
    assert await told.next() == CauseEnded(AbsenceCause.IDLE, NOW)
    await compositor.start()
    await compositor.until(lambda: compositor.monitor.idle_watches == {1: 600_000})


async def test_another_desktop(idle: MutterIdleSensor) -> None:
    assert "org.gnome.Mutter.IdleMonitor" in await idle.start(SignalRecorder(), TEN)
    assert await idle.last_input() is None
