"""Other devices: what they begin is adopted, what they end is ended here, and when it is asked."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.services.fakes import NOW, FakeTracker, run
from tests.services.world import CARD, TASK, WORDS, World
from timer_app.domain.delivery.matching import LookupResult
from timer_app.domain.delivery.outbox import DeliveryState
from timer_app.domain.delivery.outcomes import NotSent, NotSentCause, OutcomeUnknown, RemoteEntry
from timer_app.domain.delivery.remote_changes import TrackedEntry
from timer_app.domain.delivery.service_messages import LogTime, RecordEntry
from timer_app.domain.entries.card import Card
from timer_app.domain.entries.entry import Entry, Source
from timer_app.domain.entries.task import Task
from timer_app.domain.entries.timer import Idle, Running
from timer_app.domain.reminders.notice import RemoteStartNotice, RemoteStopNotice
from timer_app.domain.service import Service
from timer_app.services.delivery.ports import ServiceCallError
from timer_app.services.delivery.service_status import Health

OTHER = Card(CARD.origin, 8)
OTHER_CARD = Task("Other", OTHER)


@pytest.fixture
def tracker(world: World) -> FakeTracker:
    world.tracker = FakeTracker()
    return world.tracker


def there(number: str, began: datetime, stopped: datetime | None = None) -> TrackedEntry:
    remote = RemoteEntry(number, "task-9", began, stopped)
    url = f"{CARD.origin}/8"
    return TrackedEntry(remote, "Other", (url, url))


def look(world: World) -> None:
    world.remote_sync.request()
    world.drain(1)


def test_what_began_there_goes_on_here_and_is_logged(world: World, tracker: FakeTracker) -> None:
    tracker.shows = there("77", NOW - timedelta(minutes=5))
    with world.notices.capture() as heard:
        look(world)
    assert heard == [RemoteStartNotice(OTHER_CARD, NOW - timedelta(minutes=5))]
    entry = Entry("e1", OTHER_CARD, NOW - timedelta(minutes=5), Source.ADOPTED)
    assert world.state() == Running(entry)
    assert world.rows() == ["e1 start done"]
    assert world.delivery(1).remote_id == "77"
    world.clock.move(minutes=25)
    world.timer.stop(comment="done here")
    world.drain()
    assert world.rows() == ["e1 start done", "e1 stop done", "e1 log done"]
    assert world.kt.told == [LogTime(OTHER, NOW.date(), 30, "done here")]


def test_what_runs_is_asked_about_at_its_full_minutes(world: World, tracker: FakeTracker) -> None:
    """The tray wakes the app then; never later than a minute after the last time."""
    world.timer.start(TASK, Source.CLICK)
    world.clock.move(seconds=20)
    world.drain()
    assert (tracker.asked, world.remote_sync.time_until_due()) == (1, timedelta(seconds=41))
    world.clock.move(seconds=39)
    assert not world.remote_sync.is_due()
    world.clock.move(seconds=1)
    assert world.remote_sync.is_due()
    world.drain(1)
    assert (tracker.asked, world.remote_sync.time_until_due()) == (2, timedelta(seconds=61))
    world.clock.move(seconds=60)
    assert world.remote_sync.is_due()


def test_who_asked_a_moment_before_a_full_minute_does_not_ask_again(
    world: World, tracker: FakeTracker
) -> None:
    tracker.shows = None
    world.timer.start(TASK, Source.CLICK)
    world.clock.move(seconds=59)
    world.drain()
    world.clock.seconds += 0.5  # the length of what runs is known to the second
    assert not world.remote_sync.is_due()


def test_it_is_adopted_once(world: World, tracker: FakeTracker) -> None:
    tracker.shows = there("77", NOW)
    look(world)
    look(world)
    assert world.rows() == ["e1 start done"]
    world.timer.stop()
    look(world)  # the stop is told first, and what it shows is ours
    assert world.state() == Idle()


def test_a_stop_there_is_taken_and_kaiten_hears_of_it(world: World, tracker: FakeTracker) -> None:
    world.timer.start(TASK, Source.CLICK)
    world.drain()
    stopped = NOW + timedelta(minutes=10)
    world.clock.move(minutes=40)
    tracker.holds["101"] = RemoteEntry("101", "task-1", NOW, stopped)
    with world.notices.capture() as heard:
        look(world)
    assert heard == [RemoteStopNotice(TASK, stopped)]
    assert world.state() == Idle()
    assert world.rows() == ["e1 start done", "e1 stop done", "e1 log done"]
    assert world.kt.told == [LogTime(CARD, NOW.date(), 10, "")]
    assert len(world.tc.told) == 1


def test_a_switch_there_is_a_stop_and_a_start(world: World, tracker: FakeTracker) -> None:
    world.timer.start(TASK, Source.CLICK)
    world.drain()
    switched = NOW + timedelta(minutes=10)
    world.clock.move(minutes=12)
    tracker.holds["101"] = RemoteEntry("101", "task-1", NOW, switched)
    tracker.shows = there("78", switched)
    with world.notices.capture() as heard:
        look(world)
    assert heard == [
        RemoteStopNotice(TASK, switched),
        RemoteStartNotice(OTHER_CARD, switched, is_switch=True),
    ]
    assert world.state() == Running(Entry("e2", OTHER_CARD, switched, Source.ADOPTED))
    assert world.rows() == ["e1 start done", "e1 stop done", "e1 log done", "e2 start done"]


def test_a_start_here_ends_what_runs_there(world: World, tracker: FakeTracker) -> None:
    """It is looked before a start is told, so that theirs gets its stop and its log."""
    tracker.shows = there("77", NOW - timedelta(minutes=30))
    world.timer.start(Task("Mail"), Source.CLICK)
    world.drain()
    assert tracker.asked == 1
    assert world.state() == Running(Entry("e1", Task("Mail"), NOW, Source.CLICK))
    assert world.rows() == ["e1 start done", "e2 start done", "e2 stop done", "e2 log done"]
    assert world.kt.told == [LogTime(OTHER, NOW.date(), 30, "")]


def test_a_start_waits_until_it_could_be_asked_what_runs_there(
    world: World, tracker: FakeTracker
) -> None:
    """The network came back between the start and the first question, and went again."""
    tracker.problem = ServiceCallError(NotSent(NotSentCause.OFFLINE, "no name"))
    world.timer.start(Task("Mail"), Source.CLICK)
    world.drain(0.5)
    tracker.problem = None
    tracker.shows = there("77", NOW - timedelta(minutes=30))
    world.clock.move(seconds=10)
    world.drain()
    assert world.rows() == ["e1 start done", "e2 start done", "e2 stop done", "e2 log done"]


def test_a_question_that_cannot_be_answered_does_not_hold_a_start_up(
    world: World, tracker: FakeTracker
) -> None:
    tracker.problem = ServiceCallError(OutcomeUnknown("its answer cannot be used"))
    world.timer.start(Task("Mail"), Source.CLICK)
    world.drain(0.5)
    world.clock.move(seconds=10)
    world.drain()
    assert world.rows() == ["e1 start done"]


def test_a_later_start_there_ends_what_began_here_offline(
    world: World, tracker: FakeTracker
) -> None:
    world.tc.script = [NotSent(NotSentCause.OFFLINE, "off")]
    world.timer.start(TASK, Source.CLICK)
    world.drain(0.5)
    world.clock.move(minutes=20)
    tracker.shows = there("77", NOW + timedelta(minutes=15))
    world.drain()
    assert world.state() == Running(
        Entry("e2", OTHER_CARD, NOW + timedelta(minutes=15), Source.ADOPTED)
    )
    closed = RecordEntry(TASK, NOW, NOW + timedelta(minutes=15))
    assert world.tc.told[-1] == closed  # what runs is not disturbed
    assert world.rows() == ["e1 entry done", "e1 stop done", "e1 log done", "e2 start done"]


def test_nothing_is_followed_while_a_start_is_in_doubt(world: World, tracker: FakeTracker) -> None:
    world.timer.start(TASK, Source.CLICK)
    world.tc.script = [OutcomeUnknown("broke")]
    world.drain(0.5)
    tracker.shows = there("101", NOW)
    look(world)
    assert world.state() == Running(Entry("e1", TASK, NOW, Source.CLICK))
    assert world.rows() == ["e1 start unknown"]


def test_what_may_be_a_start_that_is_left_to_a_person_is_not_adopted(
    world: World, tracker: FakeTracker
) -> None:
    """It was stopped here meanwhile: adopted, it would be there twice once the start is told."""
    world.timer.start(OTHER_CARD, Source.CLICK)
    world.tc.script = [OutcomeUnknown("broke")]
    world.drain()
    assert world.delivery(1).needs_user
    world.timer.stop()
    tracker.shows = there("101", NOW)
    look(world)
    assert world.state() == Idle()
    tracker.shows = TrackedEntry(RemoteEntry("78", "task-8", NOW, None), "Lunch talk")
    look(world)
    assert isinstance(world.state(), Running)  # what is certainly not ours is


def test_a_start_that_arrives_after_a_look_is_not_adopted(
    world: World, tracker: FakeTracker
) -> None:
    """It was not there yet, and is to be sent again: the session would be cut in two."""
    world.timer.start(OTHER_CARD, Source.CLICK)
    world.tc.script = [OutcomeUnknown("broke"), NotSent(NotSentCause.OFFLINE, "off")]
    world.tc.looks = [LookupResult((), timedelta(0))]
    world.drain(4)
    assert world.rows() == ["e1 start waiting"]
    tracker.shows = there("101", NOW + timedelta(seconds=5))
    world.clock.move(minutes=1)
    world.drain()
    assert world.state() == Running(Entry("e1", OTHER_CARD, NOW, Source.CLICK))
    assert world.rows() == ["e1 start done"]


def test_an_entry_that_is_nowhere_runs_on_here(world: World, tracker: FakeTracker) -> None:
    world.timer.start(TASK, Source.CLICK)
    world.drain()
    look(world)
    assert isinstance(world.state(), Running)
    assert tracker.asked == 2


# -- when it is asked


def asked_within(world: World, tracker: FakeTracker, minutes: float) -> int:
    before = tracker.asked
    world.sender = world.new_sender()  # each loop has its own
    world.serve(minutes * 60)
    return tracker.asked - before


def test_it_is_asked_every_five_minutes_and_each_minute_while_something_runs(
    world: World, tracker: FakeTracker
) -> None:
    world.remote_sync.request()
    assert asked_within(world, tracker, 60) == 12
    world.timer.start(TASK, Source.CLICK)
    tracker.shows = TrackedEntry(RemoteEntry("101", "task-1", NOW, None), "Ship it")
    asked = asked_within(world, tracker, 60)
    assert 60 <= asked <= 62


def test_switched_off_nothing_is_asked_or_adopted(world: World, tracker: FakeTracker) -> None:
    """Not by the clock, nor when it is requested (`sync`, a wake), nor before a start."""
    world.follows = False
    tracker.shows = there("77", NOW)
    assert asked_within(world, tracker, 600) == 0
    look(world)
    assert world.state() == Idle()
    world.timer.start(WORDS, Source.CLICK)
    world.drain()
    assert tracker.asked == 0
    assert world.rows() == ["e1 start done"]
    assert isinstance(running := world.state(), Running)
    assert running.entry.task == WORDS


def test_switched_off_while_the_answer_is_on_its_way_it_is_not_followed(
    world: World, tracker: FakeTracker
) -> None:
    tracker.shows = there("77", NOW)
    world.remote_sync.request()
    answer = run(world.remote_sync.fetch(tracker), world.clock)
    world.follows = False
    world.remote_sync.commit(answer)
    assert world.state() == Idle()


def test_switched_on_again_it_is_followed(world: World, tracker: FakeTracker) -> None:
    world.follows = False
    look(world)
    world.follows = True
    tracker.shows = there("77", NOW)
    look(world)
    assert isinstance(world.state(), Running)


def test_without_an_answer_nothing_changes_and_it_is_asked_again(
    world: World, tracker: FakeTracker
) -> None:
    tracker.problem = ServiceCallError(NotSent(NotSentCause.OFFLINE, "no name"))
    look(world)
    assert world.journal.service_status(Service.TIMECROWD).health is Health.OFFLINE
    tracker.problem = None
    tracker.shows = there("77", NOW)
    world.serve(600)
    assert isinstance(world.state(), Running)
    assert world.journal.service_status(Service.TIMECROWD).health is Health.OK


def test_what_is_known_is_not_adopted(world: World, tracker: FakeTracker) -> None:
    """An entry that was cancelled here and is about to be deleted still runs there."""
    world.timer.start(TASK, Source.CLICK)
    world.drain()
    world.timer.cancel()
    world.tc.script = [NotSent(NotSentCause.OFFLINE, "off")]
    tracker.shows = there("101", NOW)
    look(world)
    assert world.state() == Idle()
    assert world.delivery(2).state is DeliveryState.WAITING
