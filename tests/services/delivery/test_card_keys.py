"""An adopted entry whose task names its card by a key: edits, undo and repeats meanwhile."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.services.fakes import NOW, FakeTracker
from tests.services.world import CARD, World
from timer_app.domain.delivery.matching import SafeToRepeat
from timer_app.domain.delivery.outcomes import (
    NotSent,
    NotSentCause,
    OutcomeUnknown,
    Refused,
    RemoteEntry,
)
from timer_app.domain.delivery.remote_changes import TrackedEntry
from timer_app.domain.delivery.service_messages import FindCard, LogTime
from timer_app.domain.entries.card import CardKey
from timer_app.domain.entries.task import Task
from timer_app.services.entries.editor import EntryEdit

KEY = CardKey(CARD.origin, "ABC-7")
SEARCH = FindCard(KEY)
OFFLINE = NotSent(NotSentCause.OFFLINE, "no name")
NONE_SUCH = Refused(404, ("no such card",))
BEGAN = NOW - timedelta(minutes=30)
FOUND = Task("Ship it", CARD)
LOGGED_30 = LogTime(CARD, NOW.date(), 30, "")


@pytest.fixture
def adopting(world: World) -> World:
    """A phone began on a task that names its card by a key; Kaiten has not answered yet."""
    show(world, "77", BEGAN)
    world.kt.keys[KEY] = CARD
    world.kt.script = [OFFLINE]
    look(world)
    return world


def show(world: World, number: str, began: datetime) -> None:
    url = f"{CARD.origin}/space/5/card/ABC-7"
    tracked = TrackedEntry(RemoteEntry(number, "task-9", began, None), "Ship it", (url, url))
    world.tracker = FakeTracker(tracked)


def look(world: World) -> None:
    world.remote_sync.request()
    world.drain(1)


def again(world: World) -> None:
    """Kaiten is back."""
    world.tracker = None
    world.clock.move(minutes=10)
    world.drain()


def stop_after(world: World, minutes: int = 0) -> None:
    world.clock.move(minutes=minutes)
    world.timer.stop()
    world.drain(0.5)


def test_a_question_without_an_answer_is_asked_again_and_nothing_else(adopting: World) -> None:
    adopting.kt.script = [OutcomeUnknown("cut off")]
    adopting.kt.looks = [SafeToRepeat()]
    again(adopting)
    assert adopting.rows() == ["e1 start done", "e1 log done"]
    assert adopting.kt.told == [SEARCH] * 3
    stop_after(adopting)
    assert adopting.kt.told[3:] == [LogTime(CARD, NOW.date(), 40, "")]


def test_the_log_of_a_stop_before_the_answer_comes_with_it(adopting: World) -> None:
    stop_after(adopting)
    assert adopting.rows() == ["e1 start done", "e1 log waiting", "e1 stop done"]
    again(adopting)
    assert adopting.kt.told[-1] == LOGGED_30
    assert [type(each).__name__ for each in adopting.tc.told] == ["StopEntry"]  # no task is moved


def test_a_known_key_is_not_asked_for_again(adopting: World) -> None:
    """Nor for an entry that waited for the same key."""
    stop_after(adopting)
    show(adopting, "78", NOW)
    look(adopting)
    again(adopting)
    stop_after(adopting)
    assert [each for each in adopting.kt.told if each == SEARCH] == [SEARCH] * 2
    assert adopting.kt.told[-2:] == [LOGGED_30, LogTime(CARD, NOW.date(), 10, "")]
    assert list(adopting.journal.recent_tasks(9)) == [FOUND]


def test_a_card_given_by_hand_ends_the_search(adopting: World) -> None:
    stop_after(adopting)
    other = Task("Other", type(CARD)(CARD.origin, 8))
    adopting.editor.edit("e1", EntryEdit(task=other))
    again(adopting)
    assert adopting.kt.told[1:] == [LogTime(type(CARD)(CARD.origin, 8), NOW.date(), 30, "")]
    assert "e1 log dropped" in adopting.rows()


def test_a_deleted_entry_has_no_search_and_an_undone_deletion_has(adopting: World) -> None:
    stop_after(adopting)
    adopting.editor.delete("e1")
    again(adopting)
    assert adopting.kt.told == [SEARCH]
    adopting.editor.undo()
    adopting.drain()
    assert adopting.kt.told == [SEARCH, SEARCH, LOGGED_30]


def test_an_undo_of_an_edit_keeps_the_card_that_was_found_since(adopting: World) -> None:
    stop_after(adopting)
    adopting.editor.edit("e1", EntryEdit(started_at=BEGAN + timedelta(minutes=10)))
    again(adopting)
    adopting.editor.undo()
    adopting.drain()
    logged = adopting.journal.entry("e1")
    assert logged
    assert logged.entry.task == FOUND
    minutes = [each.minutes for each in logged.deliveries if isinstance(each.message, LogTime)]
    assert minutes == [30]


def test_both_halves_of_a_split_get_the_card(adopting: World) -> None:
    stop_after(adopting)
    adopting.editor.split("e1", BEGAN + timedelta(minutes=10))
    again(adopting)
    assert sorted(each.minutes for each in adopting.kt.told if isinstance(each, LogTime)) == [
        10,
        20,
    ]


def test_a_cancellation_that_is_undone_goes_on_searching(adopting: World) -> None:
    adopting.timer.cancel()
    adopting.editor.undo()
    again(adopting)
    stop_after(adopting)
    assert adopting.kt.told[-1] == LogTime(CARD, NOW.date(), 40, "")


def test_no_card_no_log_and_the_entry_goes_on(world: World) -> None:
    show(world, "77", BEGAN)
    world.kt.script = [NONE_SUCH]
    look(world)
    stop_after(world)
    assert world.rows() == ["e1 start done", "e1 log blocked", "e1 stop done"]
    assert world.kt.told == [SEARCH]
    world.kt.keys[KEY] = CARD
    world.problems.retry(2)
    world.drain()
    assert world.kt.told == [SEARCH, SEARCH, LOGGED_30]
