"""The library for Windows and macOS, over its own D-Bus back end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from functools import cached_property
from pathlib import Path

import desktop_notifier
import pytest
from desktop_notifier import Capability, DesktopNotifier, Icon

from tests.support.bus import SessionBus
from tests.support.limits import TIME_LIMIT
from tests.support.notifications import NotificationService
from timer_app.adapters.dbus.bus import Bus
from timer_app.adapters.reminders.factory import make_notifier, probe_notifier
from timer_app.adapters.reminders.native import (
    NativeNotifier,
    probe_native,
    state_from_capabilities,
)
from timer_app.adapters.reminders.notification_queue import QueuedNotification
from timer_app.domain.reminders.notification import (
    Button,
    Notification,
    NotificationAction,
    NotifierState,
    Topic,
    Urgency,
)

ICON = str(Path(__file__))
ASKS = Notification(
    Topic.LONG_RUN, "Running for 4 h", "Ship it", (Button(NotificationAction.STOP, "Stop"),)
)
AGAIN = Notification(
    Topic.LONG_RUN, "Running for 8 h", "Ship it", (Button(NotificationAction.STOP, "Stop"),)
)


SAYS = Notification(Topic.CLOCK, "The clock was set")
LOUD = Notification(Topic.JOURNAL, "The disk is full", urgency=Urgency.CRITICAL)


class Watched(NativeNotifier):
    """Tells the test when a notification is dealt with."""

    async def _show_queued(self, queued: QueuedNotification) -> None:
        await super()._show_queued(queued)
        self.dealt_with.put_nowait(queued.notification)

    @cached_property
    def dealt_with(self) -> asyncio.Queue[Notification]:
        """What was shown, or could not be."""
        return asyncio.Queue()


def nothing_untold(notification: Notification) -> None:
    """Nobody else has to tell it."""
    raise AssertionError(notification)


def no_bus() -> Bus:
    """It has one of its own."""
    raise AssertionError("the library was given a bus")


@pytest.fixture
def bus(session_bus: SessionBus, monkeypatch: pytest.MonkeyPatch) -> SessionBus:
    """The library finds the test's bus."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", session_bus.address)
    return session_bus


@pytest.fixture
def service(bus: SessionBus) -> Iterator[NotificationService]:
    """A service that can all."""
    with NotificationService(bus.address) as service:
        service.start()
        yield service


@pytest.fixture(autouse=True)
async def closed(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """The library never leaves the bus: the test does it for each that was made."""
    made: list[DesktopNotifier] = []

    class Noted(DesktopNotifier):
        def __init__(self, name: str, icon: Icon | None = None) -> None:
            super().__init__(name, icon)
            made.append(self)

    monkeypatch.setattr(desktop_notifier, "DesktopNotifier", Noted)
    yield
    for each in made:
        bus = getattr(each._backend, "bus", None)
        if bus is not None:
            bus.disconnect()
            with suppress(EOFError):  # the test's bus may be gone already
                await bus.wait_for_disconnect()


@asynccontextmanager
async def running(notifier: NativeNotifier) -> AsyncIterator[None]:
    task = asyncio.create_task(notifier.run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])
        await notifier.close()


async def test_shown_replaced_pressed_and_taken_away(service: NotificationService) -> None:
    chosen: asyncio.Queue[tuple[NotificationAction, str]] = asyncio.Queue()
    untold: list[Notification] = []
    notifier = Watched(ICON, untold.append)
    async with running(notifier):
        notifier.show(ASKS, lambda *choice: chosen.put_nowait(choice))
        first = await asyncio.to_thread(service.wait, "4 h")
        assert (first.text, first.labels) == ("Ship it", ["Stop"])
        notifier.show(AGAIN, lambda *choice: chosen.put_nowait(choice))
        second = await asyncio.to_thread(service.wait, "8 h")
        assert [await notifier.dealt_with.get() for _ in range(2)] == [ASKS, AGAIN]
        assert service.closed_by_program == [first.number]  # its place was made free
        await asyncio.to_thread(service.press, "Stop")
        assert await chosen.get() == (NotificationAction.STOP, "")
        assert notifier.state is NotifierState.WITH_ACTIONS
        notifier.show(ASKS, lambda *choice: chosen.put_nowait(choice))
        third = await asyncio.to_thread(service.wait, "4 h")
        await notifier.dealt_with.get()
        await asyncio.to_thread(service.press_key, third.number, "default")
        assert await chosen.get() == (NotificationAction.OPEN, "")
        notifier.show(AGAIN, lambda *choice: chosen.put_nowait(choice))
        last = await asyncio.to_thread(service.wait, "8 h")
        await notifier.dealt_with.get()
        notifier.withdraw(Topic.LONG_RUN)
        await asyncio.to_thread(service.wait_gone, last)
    assert second.number != first.number
    assert untold == []


async def test_without_buttons(bus: SessionBus) -> None:
    with NotificationService(bus.address, ("body",)) as service:
        service.start()
        notifier = NativeNotifier(ICON, nothing_untold)
        async with running(notifier):
            notifier.show(ASKS, lambda *_: None)
            assert (await asyncio.to_thread(service.wait, "4 h")).labels == []
        assert await probe_notifier("darwin") is NotifierState.WITHOUT_ACTIONS


async def test_closing_takes_the_buttons_away(service: NotificationService) -> None:
    notifier = Watched(ICON, nothing_untold)
    async with running(notifier):
        notifier.show(ASKS, lambda *_: None)
        notifier.show(SAYS, lambda *_: None)
        assert [await notifier.dealt_with.get() for _ in range(2)] == [ASKS, SAYS]
    assert [each.title for each in service.up.values()] == [SAYS.title]


async def test_a_platform_that_hangs(service: NotificationService) -> None:
    service.hangs = True
    told: asyncio.Queue[Notification] = asyncio.Queue()
    notifier = NativeNotifier(ICON, told.put_nowait, 0.05)
    async with running(notifier):
        notifier.show(LOUD, lambda *_: None)
        assert await told.get() == LOUD
        assert notifier.state is NotifierState.SLOW
        service.release()
        await asyncio.to_thread(service.wait, "disk")


async def test_what_the_library_could_not_show_is_reported_otherwise(
    bus: object,
) -> None:
    assert bus
    told: asyncio.Queue[Notification] = asyncio.Queue()
    notifier = NativeNotifier(ICON, told.put_nowait)
    async with running(notifier):
        notifier.show(ASKS, lambda *_: None)
        assert await told.get() == ASKS
        assert notifier.state is NotifierState.ABSENT
    assert await probe_native() is NotifierState.ABSENT


def test_it_is_chosen_where_there_is_no_linux() -> None:
    for platform in ("win32", "darwin"):
        notifier = make_notifier(no_bus, ICON, nothing_untold, platform)
        assert isinstance(notifier, NativeNotifier)


async def test_the_probe(service: NotificationService) -> None:
    assert await probe_notifier("win32") is NotifierState.WITH_ACTIONS
    assert service.told == []


@pytest.mark.parametrize(
    ("capabilities", "state"),
    [
        (frozenset[Capability](), NotifierState.ABSENT),
        (frozenset({Capability.TITLE}), NotifierState.WITHOUT_ACTIONS),
        (frozenset({Capability.TITLE, Capability.BUTTONS}), NotifierState.WITH_ACTIONS),
    ],
)
def test_states(capabilities: frozenset[Capability], state: NotifierState) -> None:
    assert state_from_capabilities(capabilities) is state


class NoLibrary:
    """What Windows without notifications, or a bundle without the library's files, does."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def __call__(self, *_: object) -> object:
        raise self._error


@pytest.mark.parametrize("error", [OSError(-2147221164, ""), ImportError("no python.png")])
async def test_a_platform_without_any_costs_nothing_but_the_notification(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    monkeypatch.setattr(desktop_notifier, "DesktopNotifier", NoLibrary(error))
    untold: asyncio.Queue[Notification] = asyncio.Queue()
    notifier = make_notifier(no_bus, ICON, untold.put_nowait, "win32")
    assert isinstance(notifier, NativeNotifier)
    async with running(notifier):
        notifier.show(ASKS, lambda *_: None)
        notifier.show(LOUD, lambda *_: None)
        async with asyncio.timeout(TIME_LIMIT):
            assert [await untold.get(), await untold.get()] == [ASKS, LOUD]
        notifier.withdraw(Topic.LONG_RUN)
    assert notifier.state is NotifierState.ABSENT
    assert await probe_notifier("win32") is NotifierState.ABSENT
