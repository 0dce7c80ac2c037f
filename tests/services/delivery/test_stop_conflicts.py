"""Both sides claim another stop, or a clock is set: nothing true is moved, people are told."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.services.fakes import MOSCOW, NOW, FakeGateway, FakeTracker
from tests.services.world import CARD, TASK, World
from timer_app.domain.delivery.matching import Candidate, LookupResult, SafeToRepeat
from timer_app.domain.delivery.outbox import DeliveryState, DueDelivery
from timer_app.domain.delivery.outcomes import Done, Outcome, OutcomeUnknown, RemoteEntry, RemoteLog
from timer_app.domain.delivery.remote_changes import TrackedEntry
from timer_app.domain.delivery.service_messages import (
    CorrectTimes,
    LogTime,
    StopEntry,
    UpdateLog,
)
from timer_app.domain.entries.entry import Source
from timer_app.domain.entries.task import Task
from timer_app.domain.entries.timer import Running
from timer_app.domain.reminders.notice import ClockChangedNotice, EarlierStopNotice
from timer_app.services.delivery.ports import OnSend
from timer_app.services.delivery.problem_documents import resolution_documents
from timer_app.services.entries.editor import EntryEdit

MINUTE = timedelta(minutes=1)
THERE, HERE = NOW + 10 * MINUTE, NOW + 30 * MINUTE


class StoppedThere(FakeGateway):
    """TimeCrowd, where another device stopped the entry at THERE."""

    async def deliver(self, due: DueDelivery, on_send: OnSend) -> Outcome:
        outcome = await super().deliver(due, on_send)
        if isinstance(due.delivery.message, StopEntry):
            return Done(RemoteEntry("101", "task-1", NOW, THERE), self.clock.now(), found=True)
        return outcome


@pytest.fixture
def stopped_twice(world: World) -> World:
    """Stopped there after 10 minutes and here after 30, before anybody knew."""
    world.timecrowd = StoppedThere(world.clock)
    world.timer.start(TASK, Source.CLICK)
    world.drain()
    world.clock.move(minutes=30)
    world.timer.stop()
    return world


def ask_about_stops(world: World) -> None:
    """Let the stop of the first entry wait for a person, as older versions did."""
    world.journal.save_remote("e1", RemoteEntry("101", "task-1", NOW, THERE))
    reason = (
        "Another device stopped this entry at 2026-11-22 12:10:00; here it was stopped at"
        " 2026-11-22 12:30:00. TimeCrowd's stop is left as it is until you decide."
    )
    world.journal.set_state(2, DeliveryState.BLOCKED, reason)


@pytest.fixture
def conflict(world: World) -> World:
    """The same, as a journal of an older version has it: it asked a person."""
    world.timer.start(TASK, Source.CLICK)
    world.drain()
    world.clock.move(minutes=30)
    world.timer.stop()
    world.drain()
    ask_about_stops(world)
    world.tc.told.clear()
    world.kt.told.clear()
    return world


def _kaiten_minutes(world: World) -> int:
    return sum(log.minutes for log in world.journal.card_day_ledger(CARD, NOW.date()).logs)


def test_the_earlier_stop_is_taken_without_a_question(stopped_twice: World) -> None:
    world = stopped_twice
    with world.notices.capture() as heard:
        world.drain()
    assert "blocked" not in " ".join(world.rows())
    logged = world.journal.entry("e1")
    assert logged
    assert logged.stopped_at == THERE
    assert not [each for each in world.tc.told if isinstance(each, CorrectTimes)]
    assert _kaiten_minutes(world) == 10
    assert heard == [EarlierStopNotice("e1", TASK, THERE, HERE)]


def test_the_stop_made_here_can_be_used_instead(stopped_twice: World) -> None:
    world = stopped_twice
    world.drain()
    world.editor.edit("e1", EntryEdit(stopped_at=HERE))
    world.drain()
    assert [each for each in world.tc.told if isinstance(each, CorrectTimes)] == [
        CorrectTimes(NOW, HERE)
    ]
    assert _kaiten_minutes(world) == 30


def test_a_stop_that_a_person_gave_meanwhile_stays(stopped_twice: World) -> None:
    world = stopped_twice
    third = NOW + 20 * MINUTE

    class Meanwhile(StoppedThere):
        async def deliver(self, due: DueDelivery, on_send: OnSend) -> Outcome:
            outcome = await super().deliver(due, on_send)
            if isinstance(due.delivery.message, StopEntry):
                world.editor.edit("e1", EntryEdit(stopped_at=third))
            return outcome

    world.timecrowd = Meanwhile(world.clock)
    with world.notices.capture() as heard:
        world.drain()
    logged = world.journal.entry("e1")
    assert logged
    assert (logged.stopped_at, heard) == (third, [])


def test_a_conflict_of_an_older_version_shows_both_times(conflict: World) -> None:
    assert "2026-11-22 12:10:00; here it was stopped at 2026-11-22 12:30:00" in (
        conflict.delivery(2).error
    )
    logged = conflict.journal.entry("e1")
    assert logged
    assert resolution_documents(logged, logged.deliveries[1], MOSCOW) == [
        {
            "command": 'timer-app edit e1 --to "2026-11-22 12:10:00"',
            "does": "Take the other device's stop",
        },
        {
            "command": "timer-app retry 2",
            "does": "Keep the stop made here (TimeCrowd is corrected)",
        },
        {"command": "timer-app drop 2", "does": "Leave both stops"},
    ]


@pytest.mark.parametrize("seconds", [2, 10])
def test_a_stop_there_just_before_the_one_here_is_taken_too(world: World, seconds: int) -> None:
    world.timecrowd = StoppedThere(world.clock)
    world.timer.start(TASK, Source.CLICK)
    world.drain()
    world.clock.move(minutes=10, seconds=seconds)
    world.timer.stop()
    world.drain()
    logged = world.journal.entry("e1")
    assert logged
    assert logged.stopped_at == THERE
    assert not [each for each in world.tc.told if isinstance(each, CorrectTimes)]
    assert "blocked" not in " ".join(world.rows())


def test_taking_theirs_needs_no_word_to_timecrowd(conflict: World) -> None:
    conflict.editor.edit("e1", EntryEdit(stopped_at=THERE))
    conflict.drain()
    assert conflict.tc.told == []
    assert conflict.kt.told == [UpdateLog(3, CARD, NOW.date(), 10, "")]
    assert conflict.rows()[1] == "e1 times done"


def test_keeping_ours_corrects_timecrowd(conflict: World) -> None:
    conflict.problems.retry(2)
    conflict.drain()
    assert conflict.tc.told == [CorrectTimes(NOW, HERE)]
    assert conflict.kt.told == []


def test_a_third_time_is_delivered_to_both(conflict: World) -> None:
    conflict.editor.edit("e1", EntryEdit(stopped_at=NOW + 20 * MINUTE))
    conflict.drain()
    assert conflict.tc.told == [CorrectTimes(NOW, NOW + 20 * MINUTE)]
    assert conflict.kt.told == [UpdateLog(3, CARD, NOW.date(), 20, "")]


def test_leaving_both_tells_nobody(conflict: World) -> None:
    conflict.problems.drop(2)
    conflict.drain()
    assert (conflict.tc.told, conflict.kt.told) == ([], [])


@pytest.mark.parametrize(
    ("began_there", "told"),
    [
        (timedelta(seconds=1), None),
        (-3 * MINUTE, CorrectTimes(NOW, THERE)),
        (3 * MINUTE, CorrectTimes(NOW, THERE)),
    ],
)
def test_leaving_both_stops_still_tells_the_true_start(
    conflict: World, began_there: timedelta, told: CorrectTimes | None
) -> None:
    conflict.journal.save_remote("e1", RemoteEntry("101", "task-1", NOW + began_there, THERE))
    conflict.problems.drop(2)
    conflict.drain()
    assert conflict.tc.told == ([told] if told else [])


def test_a_start_behind_their_stop_cannot_be_matched(conflict: World) -> None:
    before = RemoteEntry("101", "task-1", NOW - 30 * MINUTE, NOW - MINUTE)
    conflict.journal.save_remote("e1", before)
    conflict.problems.drop(2)
    conflict.drain()
    assert conflict.tc.told == []


def test_a_stop_that_our_own_lost_request_made_is_no_conflict(world: World) -> None:
    """`--at` lies in the future of what TimeCrowd stamped; the stamp is our request's."""
    world.timecrowd = StoppedThere(world.clock)
    world.timer.start(TASK, Source.CLICK)
    world.drain()
    world.clock.move(minutes=10)
    world.clock.wall_set = 20 * MINUTE  # the stop is taken by a clock that is ahead
    world.timer.stop(at=world.clock.now())

    class Breaking(StoppedThere):
        broke = False

        async def deliver(self, due: DueDelivery, on_send: OnSend) -> Outcome:
            if not self.broke:
                self.broke = True
                return OutcomeUnknown("broke")
            outcome = await super().deliver(due, on_send)
            if isinstance(due.delivery.message, StopEntry):
                server_now = self.clock.now() - 20 * MINUTE
                return Done(RemoteEntry("101", "task-1", NOW, THERE), server_now)
            return outcome

    world.timecrowd = Breaking(world.clock, looks=[SafeToRepeat()])
    world.drain(600)
    assert "blocked" not in " ".join(world.rows())


# -- the clock is set while an entry runs


@pytest.mark.parametrize("by", [timedelta(hours=1), -timedelta(hours=1), timedelta(days=-2)])
def test_an_entry_keeps_its_start_and_its_true_length(world: World, by: timedelta) -> None:
    world.timer.start(TASK, Source.CLICK)
    world.clock.move(minutes=20)
    world.clock.wall_set = by
    world.clock.move(minutes=10)
    with world.notices.capture() as heard:
        done = world.timer.stop()
    assert heard == [ClockChangedNotice(by, HERE)]
    assert done.ended
    assert done.ended.finished.stopped_at == HERE
    world.drain()
    assert world.kt.told == [LogTime(CARD, NOW.date(), 30, "")]


@pytest.mark.parametrize("by", [timedelta(hours=1), -timedelta(hours=1)])
def test_so_does_one_that_another_device_began(world: World, by: timedelta) -> None:
    remote = RemoteEntry("77", "task-9", NOW, None)
    world.tracker = FakeTracker(TrackedEntry(remote, TASK.title, (CARD.url, CARD.url)))
    world.remote_sync.request()
    world.drain(1)
    world.clock.move(minutes=30)
    world.clock.wall_set = by
    with world.notices.capture() as heard:
        done = world.timer.stop()
    assert [type(each) for each in heard] == [ClockChangedNotice]
    assert done.ended
    assert done.ended.finished.seconds == pytest.approx(1800, abs=2)


@pytest.mark.parametrize("by", [timedelta(hours=1), -timedelta(hours=1)])
def test_so_does_one_that_was_cancelled_and_goes_on(world: World, by: timedelta) -> None:
    world.timer.start(TASK, Source.CLICK)
    world.timer.cancel()
    world.editor.undo()
    world.clock.move(minutes=30)
    world.clock.wall_set = by
    done = world.timer.stop()
    assert done.ended
    assert done.ended.finished.stopped_at == HERE


def test_a_switch_too(world: World) -> None:
    world.timer.start(TASK, Source.CLICK)
    world.clock.move(minutes=30)
    world.clock.wall_set = timedelta(hours=1)
    done = world.timer.start(Task("Mail"), Source.CLICK)
    logged = world.journal.entry("e1")
    assert logged
    assert logged.stopped_at == HERE
    assert done.state is not None
    state = world.state()
    assert isinstance(state, Running)
    assert state.entry.started_at == HERE + timedelta(hours=1)


@pytest.mark.parametrize("boot", ["this boot", "another boot"])
def test_without_a_change_or_after_a_reboot_the_wall_clock_counts(world: World, boot: str) -> None:
    world.timer.start(TASK, Source.CLICK)
    world.clock.move(minutes=30)
    world.clock.boot = boot
    if boot == "another boot":
        world.clock.wall_set = timedelta(minutes=5)
    with world.notices.capture() as heard:
        done = world.timer.stop()
    assert heard == []
    assert done.ended
    assert done.ended.finished.stopped_at == HERE + world.clock.wall_set


def test_a_named_time_is_taken_at_its_word(world: World) -> None:
    world.timer.start(TASK, Source.CLICK)
    world.clock.move(minutes=30)
    world.clock.wall_set = timedelta(hours=1)
    at: datetime = NOW + 40 * MINUTE
    done = world.timer.stop(at=at)
    assert done.ended
    assert done.ended.finished.stopped_at == at


def test_set_back_before_the_start_it_can_still_be_stopped(world: World) -> None:
    world.timer.start(TASK, Source.CLICK)
    world.clock.boot = "another boot"  # so nothing tells how long it really was
    world.clock.wall_set = timedelta(hours=-1)
    done = world.timer.stop()
    assert done.ended
    assert done.ended.finished.stopped_at == NOW


def test_a_look_is_not_misled_by_a_clock_that_is_set(world: World) -> None:
    """Sent by a clock that is an hour fast, looked for by one that is right again."""
    world.clock.wall_set = timedelta(hours=1)
    world.timer.add(TASK, Source.MANUAL, NOW - 120 * MINUTE, NOW - 60 * MINUTE)
    created_at = NOW + timedelta(seconds=1)  # by the service's clock, which is right
    world.kt.script = [OutcomeUnknown("broke")]
    world.drain(0.5)
    world.clock.wall_set = timedelta(0)
    world.kt.looks = [LookupResult((Candidate(RemoteLog("7"), created_at),), timedelta(0))]
    world.clock.move(seconds=10)
    world.drain()
    assert world.delivery(2).remote_id == "7"
    assert len(world.kt.told) == 1


def test_after_a_restart_with_another_clock_nothing_is_sent_again(world: World) -> None:
    """It was made two hours "before" it was sent, by what the clock shows now."""
    world.timer.add(TASK, Source.MANUAL, NOW - 120 * MINUTE, NOW - 60 * MINUTE)
    world.kt.script = [OutcomeUnknown("broke")]
    world.drain(0.5)
    world.clock.boot, world.clock.wall_set = "another boot", timedelta(hours=-2)
    skew = timedelta(hours=2)
    world.kt.looks = [LookupResult((Candidate(RemoteLog("7"), NOW),), skew)]
    world.clock.move(seconds=10)
    world.drain()
    assert len(world.kt.told) == 1
    assert world.delivery(2).left_to_user
