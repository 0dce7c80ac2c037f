"""TimeCrowd's list of entries: when it is read, and what may not be taken from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.services.fakes import NOW, FakeTracker, run
from tests.services.world import CARD, TASK, World
from timer_app.domain.delivery.outbox import DeliveryState
from timer_app.domain.delivery.outcomes import NotSent, NotSentCause, Refused, RemoteEntry
from timer_app.domain.delivery.remote_changes import TrackedEntry
from timer_app.domain.entries.entry import Source
from timer_app.domain.entries.task import Task, TimeCrowdTask
from timer_app.domain.service import Service
from timer_app.services.delivery.ports import ServiceCallError
from timer_app.services.delivery.remote_history import Listing, RemoteHistory
from timer_app.services.delivery.service_status import Health
from timer_app.services.entries.editor import EntryEdit
from timer_app.services.entries.entry_writer import EntryWriter

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def tracker(world: World) -> FakeTracker:
    world.tracker = FakeTracker()
    return world.tracker


@pytest.fixture
def history(world: World, tracker: FakeTracker) -> RemoteHistory:
    """The history of a world whose account was set up an hour ago."""
    del tracker
    world.journal.account_use("https://timecrowd.test 1", NOW - HOUR)
    rules = lambda: world.rules  # noqa: E731 - as the world has it
    ids = iter(f"h{number}" for number in range(9))
    return RemoteHistory(
        world.journal, world.clock, world.timer,
        EntryWriter(world.journal, world.clock, rules, lambda: next(ids)), lambda: 0.5,
        rules=rules, is_allowed=lambda: world.follows, seconds=lambda: world.clock.seconds,
        on_suspected_duplicate=world.duplicates.check_all_now, kaiten=lambda: CARD.origin,
        on_notice=world.notices.publish,
    )  # fmt: skip


def listed(number: str = "77", minutes: int = 10) -> TrackedEntry:
    """An entry on the world's card that is over."""
    began = NOW - 30 * MINUTE
    remote = RemoteEntry(number, "task-9", began, began + minutes * MINUTE)
    return TrackedEntry(remote, TASK.title, (CARD.url, CARD.url))


def read(world: World, history: RemoteHistory) -> None:
    """Read the list and bring the journal to it."""
    assert world.tracker
    for commit in history.commits(run(history.fetch(world.tracker), world.clock)):
        commit()


def ids(world: World) -> list[str]:
    return [each.entry.id for each in world.journal.entries(NOW.date(), NOW.date())]


def test_when_the_list_is_read(world: World, history: RemoteHistory) -> None:
    assert history.time_until_due() is None
    history.request()
    assert history.is_due()
    read(world, history)
    assert history.time_until_due() == HOUR
    world.clock.move(minutes=60)
    assert history.is_due()
    world.follows = False
    assert history.time_until_due() is None
    history.request()
    assert not history.is_due()


@pytest.mark.parametrize(
    ("outcome", "wait", "health"),
    [
        (NotSent(NotSentCause.OFFLINE, "no way"), 5 * MINUTE, Health.OFFLINE),
        (Refused(None, ("more entries than can be read",)), HOUR, Health.OK),
    ],
)
def test_a_list_that_cannot_be_read(
    world: World, history: RemoteHistory, tracker: FakeTracker,
    outcome: NotSent | Refused, wait: timedelta, health: Health,
) -> None:  # fmt: skip
    tracker.problem = ServiceCallError(outcome)
    read(world, history)
    assert history.time_until_due() == wait
    assert world.journal.service_status(Service.TIMECROWD).health is health


def test_a_start_that_a_person_must_judge_is_not_adopted(
    world: World, history: RemoteHistory, tracker: FakeTracker
) -> None:
    """Its number is not known: the listed entry may be the one that it made."""
    world.timer.start(TASK, Source.CLICK, at=NOW - 30 * MINUTE)
    world.timer.stop(at=NOW - 20 * MINUTE)
    world.journal.set_state(1, DeliveryState.UNKNOWN, "no answer", left_to_user=True)
    tracker.shows = listed()
    read(world, history)
    assert ids(world) == ["e1"]
    assert history.time_until_due() == 5 * MINUTE
    world.journal.complete(1, "78")  # it is another one
    with world.notices.capture() as heard:
        read(world, history)
    assert len(ids(world)) == 2
    assert len(heard) == 1


def test_an_edit_of_the_task_does_not_hide_what_was_sent(
    world: World, history: RemoteHistory, tracker: FakeTracker
) -> None:
    world.timer.start(TASK, Source.CLICK, at=NOW - 30 * MINUTE)
    world.timer.stop(at=NOW - 20 * MINUTE)
    assert world.journal.lease(1, world.clock.reading())
    world.journal.set_state(1, DeliveryState.UNKNOWN, "no answer", left_to_user=True)
    world.editor.edit("e1", EntryEdit(task=replace(TASK, title="Other", card=None)))
    tracker.shows = listed()
    read(world, history)
    assert ids(world) == ["e1"]


CHOSEN = Task("As it was called", timecrowd=TimeCrowdTask(9, 1))
"""A task of TimeCrowd's that has got another title there since."""


@pytest.mark.parametrize(
    ("task_id", "title", "taken_in"),
    [
        pytest.param("9", "As it is called now", 0, id="the same task by another title"),
        pytest.param("10", CHOSEN.title, 1, id="another task that looks alike"),
        pytest.param("", CHOSEN.title, 0, id="a task whose number is not shown"),
    ],
)
def test_a_chosen_task_is_known_by_its_number(
    world: World, history: RemoteHistory, tracker: FakeTracker,
    task_id: str, title: str, taken_in: int,
) -> None:  # fmt: skip
    world.timer.start(CHOSEN, Source.CLICK, at=NOW - 30 * MINUTE)
    world.timer.stop(at=NOW - 20 * MINUTE)
    assert world.journal.lease(1, world.clock.reading())
    world.journal.set_state(1, DeliveryState.UNKNOWN, "no answer", left_to_user=True)
    began = NOW - 30 * MINUTE
    remote = RemoteEntry("77", task_id, began, began + 10 * MINUTE)
    tracker.shows = TrackedEntry(remote, title)
    read(world, history)
    assert len(ids(world)) == 1 + taken_in
    world.editor.edit("e1", EntryEdit(task=TASK))  # what was sent counts, not what it is now
    read(world, history)
    assert len(ids(world)) == 1 + taken_in


def test_what_was_edited_here_while_the_list_was_read_wins(
    world: World, history: RemoteHistory, tracker: FakeTracker
) -> None:
    tracker.shows = listed()
    read(world, history)
    (entry_id,) = ids(world)
    (known,) = world.journal.known_entries(NOW - HOUR)
    stale = Listing((listed(minutes=15),), (known,), NOW - HOUR)
    world.editor.edit(entry_id, EntryEdit(stopped_at=NOW))
    for commit in history.commits(stale):
        commit()
    logged = world.journal.entry(entry_id)
    assert logged
    assert logged.stopped_at == NOW


def test_it_is_taken_in_once(world: World, history: RemoteHistory, tracker: FakeTracker) -> None:
    tracker.shows = listed()
    for _ in range(2):
        read(world, history)
    assert len(ids(world)) == 1


def test_nothing_is_followed_once_the_settings_say_so(
    world: World, history: RemoteHistory, tracker: FakeTracker
) -> None:
    tracker.shows = listed()
    listing = run(history.fetch(tracker), world.clock)
    world.follows = False
    assert list(history.commits(listing)) == []
