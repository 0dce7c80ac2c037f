"""Notifications on a real bus: with a service that can all, some or nothing, and in trouble."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import pytest
from dbus_fast import BusType

from tests.support.bus import SessionBus
from tests.support.notifications import NotificationService, Seen
from timer_app.adapters.dbus.bus import Bus
from timer_app.adapters.reminders.freedesktop import FreedesktopNotifier, probe_freedesktop
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
STOP = Button(NotificationAction.STOP, "Stop")
ASKS = Notification(Topic.LONG_RUN, "Running for 4 h", "R&D <b>", (STOP,), is_persistent=True,
                    open_label="Öffnen")  # fmt: skip
SAYS = Notification(Topic.CLOCK, "The clock was set")
LOUD = Notification(Topic.JOURNAL, "The disk is full", urgency=Urgency.CRITICAL)
SLOW = 0.05


class Watched(FreedesktopNotifier):
    """Tells the test whenever something may have changed in it."""

    moved: asyncio.Event

    def shows(self, topic: Topic) -> bool:
        """Whether a notification of it is shown, as far as is known."""
        return self._is_shown(topic)

    async def _show_queued(self, queued: QueuedNotification) -> None:
        await super()._show_queued(queued)
        self.moved.set()

    def _on_slow(self, queued: QueuedNotification) -> None:
        super()._on_slow(queued)
        self.moved.set()

    def _on_service_changed(self, there: bool) -> None:  # noqa: FBT001 - as the bus tells it
        super()._on_service_changed(there)
        self.moved.set()

    def _on_closed(self, values: list[object]) -> None:
        super()._on_closed(values)
        self.moved.set()


@dataclass
class App:
    """Who shows notifications, and what came of it."""

    notifier: Watched
    untold: list[Notification]
    chosen: asyncio.Queue[tuple[str, NotificationAction, str]] = field(
        default_factory=asyncio.Queue
    )

    def show(self, notification: Notification) -> None:
        """Show it, and note what is chosen."""

        def choose(action: NotificationAction, token: str) -> None:
            self.chosen.put_nowait((notification.title, action, token))

        self.notifier.show(notification, choose)

    def state(self) -> NotifierState:
        """How the service is, as last seen."""
        return self.notifier.state

    async def until(self, look: Callable[[], bool]) -> None:
        """Wait until it is so."""
        async with asyncio.timeout(20):
            while not look():
                await self.notifier.moved.wait()
                self.notifier.moved.clear()

    async def until_shown(self, topic: Topic, *, shown: bool = True) -> None:
        """Wait until it is known to be shown, or to be no more."""
        await self.until(lambda: self.notifier.shows(topic) is shown)


@pytest.fixture
def absent(session_bus: SessionBus) -> Iterator[NotificationService]:
    """A service that is not there yet."""
    with NotificationService(session_bus.address) as service:
        yield service


@pytest.fixture
def service(absent: NotificationService) -> NotificationService:
    """A service that can all."""
    absent.start()
    return absent


@asynccontextmanager
async def app(address: str, slow_seconds: float = 5.0) -> AsyncIterator[App]:
    """The notifier at work."""
    bus = Bus(BusType.SESSION, address=address)
    untold: list[Notification] = []
    notifier = Watched(bus, ICON, untold.append, slow_seconds)
    notifier.moved = asyncio.Event()
    running = asyncio.create_task(notifier.run())
    try:
        yield App(notifier, untold)
        assert not running.done(), running
    finally:
        running.cancel()
        await asyncio.wait([running])
        await notifier.close()
        await bus.close()


async def seen(service: NotificationService, title: str) -> Seen:
    return await asyncio.to_thread(service.wait, title)


async def test_what_is_shown(session_bus: SessionBus, service: NotificationService) -> None:
    async with app(session_bus.address) as own:
        assert own.state() is NotifierState.UNTRIED
        own.show(ASKS)
        own.show(SAYS)
        own.show(LOUD)
        asks = await seen(service, "Running")
        assert (asks.title, asks.text) == ("Running for 4 h", "R&amp;D &lt;b&gt;")
        assert asks.labels == ["Stop"]
        assert asks.actions["default"] == "Öffnen"  # Xfce draws it
        assert (asks.urgency, asks.timeout) == (1, 0)
        assert asks.hints["desktop-entry"] == "io.github.timer_app"
        assert "image-path" not in asks.hints  # Cinnamon shows nothing with it
        loud = await seen(service, "disk")
        assert (loud.urgency, loud.timeout, loud.labels) == (2, -1, [])
        assert len({each.number for each in service.up.values()}) == 3
        assert own.state() is NotifierState.WITH_ACTIONS
        assert own.untold == []


async def test_a_button_and_the_token(
    session_bus: SessionBus, service: NotificationService
) -> None:
    async with app(session_bus.address) as own:
        own.show(ASKS)
        await seen(service, "Running")
        await asyncio.to_thread(partial(service.press, "Stop", token="wayland-7"))
        assert await own.chosen.get() == (ASKS.title, NotificationAction.STOP, "wayland-7")
        own.show(ASKS)
        again = await seen(service, "Running")
        assert again.replaced == 0  # the first is closed
        await asyncio.to_thread(service.press_key, again.number, "default")
        assert await own.chosen.get() == (ASKS.title, NotificationAction.OPEN, "")
        await asyncio.to_thread(service.press_key, again.number, again.key("Stop"))
        assert own.chosen.empty()  # one answer is enough


async def test_a_newer_one_takes_the_place_of_the_older(
    session_bus: SessionBus, service: NotificationService
) -> None:
    async with app(session_bus.address) as own:
        own.show(ASKS)
        first = await seen(service, "4 h")
        own.show(SAYS)
        own.show(replace(ASKS, title="Running for 8 h"))
        second = await seen(service, "8 h")
        assert second.number == second.replaced == first.number
        assert len(service.up) == 2
        await asyncio.to_thread(service.press, "Stop")
        assert (await own.chosen.get())[0] == "Running for 8 h"


async def test_of_many_at_once_the_latest_is_shown(
    session_bus: SessionBus, service: NotificationService
) -> None:
    async with app(session_bus.address) as own:
        own.show(replace(ASKS, title="one"))
        own.show(replace(ASKS, title="two"))
        own.show(SAYS)
        own.notifier.withdraw(SAYS.topic)
        await seen(service, "two")
        own.show(LOUD)
        await seen(service, "disk")
        assert [each.title for each in service.told] == ["two", LOUD.title]


async def test_withdrawn(session_bus: SessionBus, service: NotificationService) -> None:
    async with app(session_bus.address) as own:
        own.notifier.withdraw(ASKS.topic)  # nothing is there
        own.show(ASKS)
        shown = await seen(service, "Running")
        await own.until_shown(ASKS.topic)
        own.notifier.withdraw(ASKS.topic)
        await asyncio.to_thread(service.wait_gone, shown)
        assert service.closed_by_program == [shown.number]
        own.show(ASKS)
        dismissed = await seen(service, "Running")
        await own.until_shown(ASKS.topic)
        await asyncio.to_thread(service.dismiss, dismissed)
        await own.until_shown(ASKS.topic, shown=False)
        own.notifier.withdraw(ASKS.topic)
        assert service.closed_by_program == [shown.number]


@pytest.mark.parametrize(
    ("abilities", "title", "text"),
    [
        (("body",), ASKS.title, ASKS.text),
        (("body", "body-markup"), ASKS.title, "R&amp;D &lt;b&gt;"),
        ((), f"{ASKS.title}: {ASKS.text}", ""),
    ],
)
async def test_a_service_that_can_little(
    session_bus: SessionBus, abilities: tuple[str, ...], title: str, text: str
) -> None:
    with NotificationService(session_bus.address, abilities) as service:
        service.start()
        async with app(session_bus.address) as own:
            own.show(ASKS)
            shown = await seen(service, "Running")
            assert (shown.title, shown.text, shown.actions) == (title, text, {})
            await own.until(lambda: own.state() is NotifierState.WITHOUT_ACTIONS)
        assert service.closed_by_program == []  # it has no buttons that would be dead
    assert await probe_freedesktop(session_bus.address) is NotifierState.ABSENT


async def test_a_service_that_throws_at_a_picture(session_bus: SessionBus) -> None:
    """Cinnamon's reads no file:// address there, answers with an error, and shows nothing."""
    pictures = ("image-path", "image_path", "image-data", "image_data", "icon_data")
    with NotificationService(session_bus.address, refused_hints=pictures) as service:
        service.start()
        async with app(session_bus.address) as own:
            for each in (ASKS, SAYS, LOUD):
                own.show(each)
                await seen(service, each.title)
            assert own.untold == []


async def test_every_action_has_a_label(
    session_bus: SessionBus, service: NotificationService
) -> None:
    """Xfce draws the default action, too: without a label it is an empty button."""
    async with app(session_bus.address) as own:
        for each in (ASKS, replace(SAYS, buttons=(STOP,)), replace(LOUD, buttons=(STOP,))):
            own.show(each)
            assert all((await seen(service, each.title)).actions.values())


async def test_a_service_that_comes_late(
    session_bus: SessionBus, absent: NotificationService
) -> None:
    async with app(session_bus.address) as own:
        own.show(ASKS)
        own.show(SAYS)
        await own.until(lambda: len(own.untold) == 2)
        assert own.state() is NotifierState.ABSENT
        own.notifier.withdraw(SAYS.topic)
        await asyncio.to_thread(absent.start)
        await seen(absent, "Running")
        await asyncio.to_thread(absent.press, "Stop")
        assert await own.chosen.get() == (ASKS.title, NotificationAction.STOP, "")
        assert own.state() is NotifierState.WITH_ACTIONS
        assert [each.title for each in absent.told] == [ASKS.title]


async def test_a_service_that_is_started_anew(
    session_bus: SessionBus, service: NotificationService
) -> None:
    async with app(session_bus.address) as own:
        own.show(ASKS)
        before = await seen(service, "Running")
        await own.until_shown(ASKS.topic)
        await asyncio.to_thread(service.stop)
        await own.until_shown(ASKS.topic, shown=False)
        await asyncio.to_thread(service.start)
        own.show(SAYS)
        other = await seen(service, "clock")
        assert other.number == before.number  # numbers begin anew: the key tells them apart
        await asyncio.to_thread(service.press_key, before.number, before.key("Stop"))
        own.show(ASKS)
        asks = await seen(service, "Running")
        assert asks.replaced == 0
        assert own.chosen.empty()
        await asyncio.to_thread(service.press, "Stop", "Running")
        assert await own.chosen.get() == (ASKS.title, NotificationAction.STOP, "")


async def test_what_another_program_is_sent_is_not_ours(
    session_bus: SessionBus, service: NotificationService
) -> None:
    async with app(session_bus.address) as own:
        own.show(ASKS)
        shown = await seen(service, "Running")
        for number, key in ((shown.number + 1, shown.key("Stop")), (shown.number, "stop")):
            await asyncio.to_thread(service.press_key, number, key)
        await asyncio.to_thread(service.press, "Stop")
        assert await own.chosen.get() == (ASKS.title, NotificationAction.STOP, "")
        assert own.chosen.empty()


async def test_a_service_that_hangs_and_recovers(
    session_bus: SessionBus, service: NotificationService
) -> None:
    service.hangs = True
    async with app(session_bus.address, SLOW) as own:
        own.show(ASKS)
        await own.until(lambda: own.state() is NotifierState.SLOW)
        assert own.untold == []  # it may still show it, and it is not urgent
        own.show(LOUD)
        assert own.untold == [LOUD]  # rather twice than never
        await asyncio.to_thread(service.release)
        await seen(service, "disk")
        await own.until(lambda: own.state() is NotifierState.WITH_ACTIONS)
        await asyncio.to_thread(service.press, "Stop")
        assert await own.chosen.get() == (ASKS.title, NotificationAction.STOP, "")
    assert own.untold == [LOUD]


async def test_what_hung_with_a_service_is_shown_by_the_next(
    session_bus: SessionBus, service: NotificationService
) -> None:
    service.hangs = True
    async with app(session_bus.address, SLOW) as own:
        own.show(LOUD)
        own.show(ASKS)
        await own.until(lambda: own.untold == [LOUD])
        await asyncio.to_thread(service.stop)
        service.hangs = False
        await asyncio.to_thread(service.start)
        for title in ("disk", "Running"):
            await seen(service, title)
        assert own.untold.count(LOUD) == 1


async def test_a_service_that_comes_as_the_other_goes_shows_what_hung_with_it(
    session_bus: SessionBus, service: NotificationService
) -> None:
    """A busy machine hears of all three at once: no answer, nobody there, somebody there."""
    service.hangs = True
    async with app(session_bus.address) as own:
        own.show(ASKS)
        await asyncio.to_thread(service.wait_held)
        service.stop()  # the loop stands still meanwhile
        service.hangs = False
        service.start()
        await seen(service, "Running")
    assert own.untold == [ASKS]


async def test_closing_takes_the_buttons_away_and_waits_for_nobody(
    session_bus: SessionBus, service: NotificationService
) -> None:
    async with app(session_bus.address) as own:
        own.show(ASKS)
        own.show(SAYS)
        await seen(service, "clock")
        await own.until_shown(SAYS.topic)
    assert [each.title for each in service.up.values()] == [SAYS.title]
    async with app(session_bus.address) as own:
        own.show(ASKS)
        await own.until_shown(ASKS.topic)
        service.hangs = True
        loop = asyncio.get_running_loop()
        began = loop.time()
    assert loop.time() - began < 20  # far below the 120 s in which others are given up


async def test_what_is_critical_is_still_shown_as_the_app_ends(
    session_bus: SessionBus, service: NotificationService
) -> None:
    async with app(session_bus.address) as own:
        own.show(SAYS)
        own.show(LOUD)
    assert [each.title for each in service.up.values()] == [LOUD.title]


async def test_no_bus_at_all(tmp_path: Path) -> None:
    async with app(f"unix:path={tmp_path}/none") as own:
        own.show(ASKS)
        await own.until(lambda: own.untold == [ASKS])
        assert own.state() is NotifierState.ABSENT


async def test_the_probe_names_each_state(
    session_bus: SessionBus, absent: NotificationService
) -> None:
    probe = partial(probe_freedesktop, session_bus.address)
    assert await probe() is NotifierState.ABSENT
    await asyncio.to_thread(absent.start)
    assert await probe() is NotifierState.WITH_ACTIONS
    absent.hangs = True
    assert await probe(SLOW) is NotifierState.SLOW
    assert absent.told == []
