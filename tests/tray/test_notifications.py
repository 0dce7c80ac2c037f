"""What the app says, when, and what comes of its buttons, on a real journal without a desktop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.services.fakes import FakeClock
from tests.ui.conftest import IDLE, WORDS
from timer_app.adapters.paths import Paths
from timer_app.adapters.setup.cached_secrets import FixedSecrets
from timer_app.bootstrap.core import Core, make_core
from timer_app.domain.delivery.outbox import DeliveryState
from timer_app.domain.entries.entry import Source
from timer_app.domain.entries.timer import Idle, Running
from timer_app.domain.reminders.notification import (
    Notification,
    NotificationAction,
    NotifierState,
    Topic,
)
from timer_app.domain.reminders.schedule import NothingRunning
from timer_app.services.delivery.progress import Progress
from timer_app.services.reminders.ports import OnNotificationAction
from timer_app.tray.notifications import NotificationController
from timer_app.ui.view import View

pytestmark = [pytest.mark.qasync]


@dataclass
class FakeNotifier:
    """The port `Notifier`: what is up, and who hears of a click."""

    up: dict[Topic, tuple[Notification, OnNotificationAction]] = field(default_factory=dict)
    shown: list[Notification] = field(default_factory=list)
    state: NotifierState = NotifierState.WITH_ACTIONS
    closed: bool = False

    def show(self, notification: Notification, on_action: OnNotificationAction) -> None:
        self.up[notification.topic] = (notification, on_action)
        self.shown.append(notification)

    def withdraw(self, topic: Topic) -> None:
        self.up.pop(topic, None)

    async def run(self) -> None:
        await asyncio.Event().wait()

    async def close(self) -> None:
        self.closed = True

    def press(self, topic: Topic, action: NotificationAction) -> None:
        """A person presses it."""
        self.up[topic][1](action, "")


@dataclass
class Place:
    """The app around it."""

    core: Core
    notifying: NotificationController
    notifier: FakeNotifier
    opened: list[str]
    tasks: list[asyncio.Task[None]] = field(default_factory=list)

    def view(self, **more: object) -> View:
        """The view of the moment, as far as it matters here."""
        state = self.core.timer.state
        running = state.entry if isinstance(state, Running) else None
        return replace(IDLE, running=running, **more)  # type: ignore[arg-type]  # fields of View

    def block(self, count: int) -> None:
        """Let that many deliveries need a person."""
        rows = self.core.journal.connection.execute("SELECT id FROM delivery ORDER BY id")
        for (number,) in rows.fetchall()[:count]:
            self.core.journal.set_state(number, DeliveryState.BLOCKED, "No.")


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    home = str(tmp_path)
    (tmp_path / "settings.toml").write_text("[timecrowd]\nteam_id = 1\n")
    where = Paths(f"{home}/settings.toml", f"{home}/journal", f"{home}/log", f"{home}/run")
    clock = FakeClock()
    core = make_core(where, FixedSecrets({}), clock=clock)
    notifier, opened = FakeNotifier(), list[str]()

    def act(do: Callable[[], object]) -> None:
        do()

    def no_bus() -> object:
        raise AssertionError("a bus was asked for")

    notifying = NotificationController(
        core,
        open_panel=lambda: opened.append("panel"),
        open_problems=lambda: opened.append("problems"),
        add_to_menu=lambda: opened.append("menu"),
        act=act,
        show_in_tray=lambda notification: opened.append(notification.title),
        spawn=lambda _work: None,
        session_bus=no_bus,  # type: ignore[arg-type]  # never made
    )
    notifying._notifier = notifier
    yield Place(core, notifying, notifier, opened)
    core.journal.close()


def add(place: Place, count: int) -> None:
    """Entries by hand, which wait for TimeCrowd."""
    now = place.core.clock.now()
    for number in range(count):
        began = now - timedelta(hours=2 * number + 2)
        place.core.timer.add(WORDS, Source.MANUAL, began, began + timedelta(hours=1))


async def test_what_needed_a_person_before_is_not_said_again(place: Place) -> None:
    add(place, 3)
    place.block(1)
    place.notifying.start()
    place.notifying.update(place.view(problems=1))
    assert place.notifier.shown == []
    place.block(2)
    place.notifying.update(place.view(problems=2))
    (said,) = place.notifier.shown
    assert said.title == f"TimeCrowd needs your attention: {WORDS.title}"
    place.notifying.update(place.view(problems=2))
    assert place.notifier.shown == [said]
    place.notifier.press(Topic.NEEDS_PERSON, NotificationAction.OPEN)
    assert place.opened == ["problems"]
    await place.notifying.close()
    assert place.notifier.closed


async def test_what_comes_to_need_a_person_before_the_first_look_is_said(place: Place) -> None:
    add(place, 1)
    place.notifying.start()
    place.block(1)
    place.notifying.update(place.view(problems=1))
    assert len(place.notifier.shown) == 1
    place.notifying.update(place.view(problems=0))
    assert place.notifier.up == {}
    await place.notifying.close()


async def test_a_long_run_is_reported_at_the_start_and_stays_up(place: Place) -> None:
    began = place.core.clock.now() - timedelta(hours=5)
    place.core.timer.start(WORDS, Source.CLICK, at=began)
    place.notifying.start()
    place.notifying.update(place.view())
    (said,) = place.notifier.shown
    assert said.title == "Running for 5 h 00 min"
    assert Topic.LONG_RUN in place.notifier.up
    place.notifier.press(Topic.LONG_RUN, NotificationAction.SNOOZE)
    place.core.timer.stop()
    place.notifying.update(place.view())
    assert Topic.LONG_RUN not in place.notifier.up
    await place.notifying.close()


async def test_buttons_about_what_has_ended_do_nothing(place: Place) -> None:
    """The click was under way while it ended elsewhere, and something else runs."""
    timer, clock = place.core.timer, place.core.clock
    timer.start(WORDS, Source.CLICK, at=clock.now() - timedelta(hours=5))
    place.notifying.start()
    _, on_action = place.notifier.up[Topic.LONG_RUN]
    timer.stop()
    timer.start(WORDS, Source.CLICK)
    state, shown = timer.state, list(place.notifier.shown)
    for action in (
        NotificationAction.STOP,
        NotificationAction.STOP_EARLIER,
        NotificationAction.SNOOZE,
    ):
        on_action(action, "")
    assert timer.state == state
    assert place.notifier.shown == shown
    assert place.notifying._stop_earlier is None
    await place.notifying.close()


async def test_a_long_delivery_says_it_once_at_its_end(place: Place) -> None:
    add(place, 5)
    place.notifying.start()
    place.notifying.update(place.view(problems=0))
    for number in range(1, 5):
        place.block(number)
        place.notifying.update(place.view(problems=number, progress=Progress(number, 100)))
    assert place.notifier.shown == []
    place.notifying.update(place.view(problems=4))
    assert [said.title for said in place.notifier.shown] == ["4 deliveries need your attention"]
    await place.notifying.close()


async def test_nothing_runs_and_one_press_starts_the_last_task(place: Place) -> None:
    add(place, 1)
    place.notifying.start()
    place.notifying._remind(NothingRunning())
    place.notifier.press(Topic.NOTHING_RUNS, NotificationAction.START)
    state = place.core.timer.state
    assert isinstance(state, Running)
    assert state.entry.task == WORDS
    place.notifier.press(Topic.NOTHING_RUNS, NotificationAction.START)  # it runs already: harmless
    assert place.core.timer.state == state
    place.notifying.update(place.view())
    assert Topic.NOTHING_RUNS not in place.notifier.up
    await place.notifying.close()


async def test_the_journal_s_trouble_is_taken_back_and_a_bug_s_is_not(place: Place) -> None:
    place.notifying.show_problem("The disk is full.", clears_on_success=True)
    place.notifying.show_problem("Something went wrong.", clears_on_success=False)
    place.notifying.clear_problem()
    assert list(place.notifier.up) == [Topic.APP]


async def test_a_switch_and_a_cancel_by_a_key(place: Place) -> None:
    add(place, 1)
    timer = place.core.timer
    with place.notifying.announcing_changes():
        timer.start(None, Source.HOTKEY)
        timer.annotate("x")
        timer.start(WORDS, Source.HOTKEY)
    assert [said.title for said in place.notifier.shown] == ["Started", "Started"]
    with place.notifying.announcing_changes():
        timer.cancel()
    with place.notifying.announcing_changes(unless=True):
        timer.start(None, Source.HOTKEY)
    timer.stop()
    assert len(place.notifier.shown) == 2
    assert isinstance(timer.state, Idle)
