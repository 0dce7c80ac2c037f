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
from timer_app.adapters.places import Places
from timer_app.adapters.secrets import FixedSecrets
from timer_app.composition import Core, make_core
from timer_app.domain.delivery import DeliveryState
from timer_app.domain.entry import Source
from timer_app.domain.notification import Action, Notification, NotifierState, Topic
from timer_app.domain.reminding import NothingRuns
from timer_app.domain.timer import Idle, Running
from timer_app.notifying import Notifying
from timer_app.services.ports import Chosen
from timer_app.services.progress import Progress
from timer_app.ui.view import View

pytestmark = [pytest.mark.qasync]


@dataclass
class FakeNotifier:
    """The port `Notifier`: what is up, and who hears of a click."""

    up: dict[Topic, tuple[Notification, Chosen]] = field(default_factory=dict)
    shown: list[Notification] = field(default_factory=list)
    state: NotifierState = NotifierState.WITH_ACTIONS
    closed: bool = False

    def show(self, notification: Notification, chosen: Chosen) -> None:
        self.up[notification.topic] = (notification, chosen)
        self.shown.append(notification)

    def withdraw(self, topic: Topic) -> None:
        self.up.pop(topic, None)

    async def run(self) -> None:
        await asyncio.Event().wait()

    async def close(self) -> None:
        self.closed = True

    def press(self, topic: Topic, action: Action) -> None:
        """A person presses it."""
        self.up[topic][1](action, "")


@dataclass
class Place:
    """The app around it."""

    core: Core
    notifying: Notifying
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
            self.core.journal.mark(number, DeliveryState.BLOCKED, "No.")


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    home = str(tmp_path)
    (tmp_path / "settings.toml").write_text("[timecrowd]\nteam_id = 1\n")
    where = Places(f"{home}/settings.toml", f"{home}/journal", f"{home}/log", f"{home}/run")
    clock = FakeClock()
    core = make_core(where, FixedSecrets({}), clock=clock)
    notifier, opened = FakeNotifier(), list[str]()

    def act(do: Callable[[], object]) -> None:
        do()

    def no_bus() -> object:
        raise AssertionError("a bus was asked for")

    notifying = Notifying(
        core,
        open_panel=lambda: opened.append("panel"),
        open_problems=lambda: opened.append("problems"),
        act=act,
        by_tray=lambda notification: opened.append(notification.title),
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
    place.notifying.look(place.view(problems=1))
    assert place.notifier.shown == []
    place.block(2)
    place.notifying.look(place.view(problems=2))
    (said,) = place.notifier.shown
    assert said.title == f"TimeCrowd needs you: {WORDS.title}"
    place.notifying.look(place.view(problems=2))
    assert place.notifier.shown == [said]
    place.notifier.press(Topic.NEEDS_PERSON, Action.OPEN)
    assert place.opened == ["problems"]
    await place.notifying.close()
    assert place.notifier.closed


async def test_what_comes_to_need_a_person_before_the_first_look_is_said(place: Place) -> None:
    add(place, 1)
    place.notifying.start()
    place.block(1)
    place.notifying.look(place.view(problems=1))
    assert len(place.notifier.shown) == 1
    place.notifying.look(place.view(problems=0))
    assert place.notifier.up == {}
    await place.notifying.close()


async def test_a_long_run_is_told_at_the_start_and_stays_up(place: Place) -> None:
    began = place.core.clock.now() - timedelta(hours=5)
    place.core.timer.start(WORDS, Source.CLICK, at=began)
    place.notifying.start()
    place.notifying.look(place.view())
    (said,) = place.notifier.shown
    assert said.title == "Running for 5 h 00 min"
    assert Topic.LONG_RUN in place.notifier.up
    place.notifier.press(Topic.LONG_RUN, Action.KEEP_ON)
    place.core.timer.stop()
    place.notifying.look(place.view())
    assert Topic.LONG_RUN not in place.notifier.up
    await place.notifying.close()


async def test_buttons_about_what_has_ended_do_nothing(place: Place) -> None:
    """The click was under way while it ended elsewhere, and something else runs."""
    timer, clock = place.core.timer, place.core.clock
    timer.start(WORDS, Source.CLICK, at=clock.now() - timedelta(hours=5))
    place.notifying.start()
    _, chosen = place.notifier.up[Topic.LONG_RUN]
    timer.stop()
    timer.start(WORDS, Source.CLICK)
    state, shown = timer.state, list(place.notifier.shown)
    for action in (Action.STOP, Action.STOP_EARLIER, Action.KEEP_ON):
        chosen(action, "")
    assert timer.state == state
    assert place.notifier.shown == shown
    assert place.notifying._stop_earlier is None
    await place.notifying.close()


async def test_a_long_delivery_says_it_once_at_its_end(place: Place) -> None:
    add(place, 5)
    place.notifying.start()
    place.notifying.look(place.view(problems=0))
    for number in range(1, 5):
        place.block(number)
        place.notifying.look(place.view(problems=number, progress=Progress(number, 100)))
    assert place.notifier.shown == []
    place.notifying.look(place.view(problems=4))
    assert [said.title for said in place.notifier.shown] == ["4 deliveries need you"]
    await place.notifying.close()


async def test_nothing_runs_and_one_press_starts_the_last_task(place: Place) -> None:
    add(place, 1)
    place.notifying.start()
    place.notifying._remind(NothingRuns())
    place.notifier.press(Topic.NOTHING_RUNS, Action.START)
    state = place.core.timer.state
    assert isinstance(state, Running)
    assert state.entry.task == WORDS
    place.notifier.press(Topic.NOTHING_RUNS, Action.START)  # it runs already: harmless
    assert place.core.timer.state == state
    place.notifying.look(place.view())
    assert Topic.NOTHING_RUNS not in place.notifier.up
    await place.notifying.close()


async def test_the_journal_s_trouble_is_taken_back_and_a_bug_s_is_not(place: Place) -> None:
    place.notifying.trouble("The disk is full.", mends=True)
    place.notifying.trouble("Something went wrong.", mends=False)
    place.notifying.mended()
    assert list(place.notifier.up) == [Topic.APP]


async def test_a_switch_and_a_cancel_by_a_key(place: Place) -> None:
    add(place, 1)
    timer = place.core.timer
    with place.notifying.saying_changes():
        timer.start(None, Source.HOTKEY)
        timer.annotate("x")
        timer.start(WORDS, Source.HOTKEY)
    assert [said.title for said in place.notifier.shown] == ["Started", "Started"]
    with place.notifying.saying_changes():
        timer.cancel()
    with place.notifying.saying_changes(unless=True):
        timer.start(None, Source.HOTKEY)
    timer.stop()
    assert len(place.notifier.shown) == 2
    assert isinstance(timer.state, Idle)
