"""Requests that arrive after a look had found nothing: found later, and removed by one answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from tests.services.fakes import NOW, FakeTracker
from tests.services.world import CARD, TASK, World
from timer_app.domain.clock import ClockReading
from timer_app.domain.delivery.matching import Candidate, LookupResult, SafeToRepeat
from timer_app.domain.delivery.outbox import Delivery, DeliveryState
from timer_app.domain.delivery.outcomes import (
    NotSent,
    NotSentCause,
    OutcomeUnknown,
    Refused,
    RemoteEntry,
    RemoteLog,
)
from timer_app.domain.delivery.remote_changes import TrackedEntry
from timer_app.domain.delivery.service_messages import (
    CorrectTimes,
    LogTime,
    RemoveDuplicateEntry,
    RemoveDuplicateLog,
    StartEntry,
    UpdateLog,
)
from timer_app.domain.entries.entry import Source
from timer_app.domain.entries.timer import Idle, Running
from timer_app.services.delivery.outcomes import LATE_CHECK_DELAYS
from timer_app.services.delivery.ports import ServiceCallError
from timer_app.services.entries.editor import EntryEdit

UNKNOWN = OutcomeUnknown("broke")
NOTHING = LookupResult((), timedelta(0))
LOG = LogTime(CARD, NOW.date(), 60, "")
MINUTE = timedelta(minutes=1)


def add(world: World) -> None:
    world.timer.add(TASK, Source.MANUAL, NOW - 120 * MINUTE, NOW - 60 * MINUTE)


def logs(*numbers: int, created_at: datetime = NOW + MINUTE) -> LookupResult:
    found = (Candidate(RemoteLog(str(number)), created_at) for number in numbers)
    return LookupResult(tuple(found), timedelta(0))


def sent_twice(world: World) -> None:
    """A log whose first try got no answer and was not there; the second one made log 101."""
    add(world)
    world.kt.script, world.kt.looks = [UNKNOWN], [NOTHING]
    world.drain()
    assert world.delivery(2).remote_id == "101"


def look_later(world: World, looked: LookupResult) -> None:
    world.clock.move(minutes=2)
    world.kt.looks = [looked]
    world.drain()


def last(world: World) -> Delivery:
    (number,) = world.journal.connection.execute("SELECT max(id) FROM delivery").fetchone()
    return world.delivery(number)


def test_a_double_is_found_later_and_waits_for_a_person(world: World) -> None:
    sent_twice(world)
    look_later(world, logs(101, 102))
    found = last(world)
    assert found.message == RemoveDuplicateLog(2, CARD, NOW.date(), "101", "102")
    assert (found.state, found.needs_user) == (DeliveryState.BLOCKED, True)
    assert "one more log like this" in found.error
    assert world.kt.told == [LOG, LOG]


def test_removing_it_leaves_the_other_in_its_place(world: World) -> None:
    """Of one id only it can be proved that it is ours: the one that we were answered with."""
    sent_twice(world)
    look_later(world, logs(101, 102))
    world.problems.retry(last(world).id)
    world.drain()
    assert world.kt.told[-2:] == [
        RemoveDuplicateLog(2, CARD, NOW.date(), "101", "102"),
        UpdateLog(2, CARD, NOW.date(), 60, ""),  # it has the values of its try, not later ones
    ]
    assert world.delivery(2).remote_id == "102"
    world.editor.delete("e1")
    world.drain()
    assert world.kt.dues[-1].log_id == "102"


def test_keeping_both_ends_the_matter(world: World) -> None:
    sent_twice(world)
    look_later(world, logs(101, 102))
    world.problems.drop(last(world).id)
    look_later(world, logs(101, 102))
    assert world.rows()[-1] == "e1 delete dropped"
    assert world.delivery(2).remote_id == "101"


def test_a_lost_request_made_one_log_at_most(world: World) -> None:
    """Of two more, one is asked about; once that is said to be another's, the other is."""
    sent_twice(world)
    look_later(world, logs(101, 102, 103))
    look_later(world, logs(101, 102, 103))
    assert world.rows().count("e1 delete blocked") == 1
    world.problems.drop(last(world).id)
    world.clock.move(minutes=20)
    look_later(world, logs(101, 102, 103))
    assert last(world).message == RemoveDuplicateLog(2, CARD, NOW.date(), "101", "103")


def test_one_that_another_delivery_has_is_no_double(world: World) -> None:
    sent_twice(world)
    add(world)  # as long, on the same card and date
    world.drain()
    assert world.delivery(4).remote_id == "102"
    look_later(world, logs(101, 102))
    assert "delete" not in " ".join(world.rows())


def test_one_that_was_there_before_is_no_double(world: World) -> None:
    sent_twice(world)
    look_later(world, logs(101, 99, created_at=NOW - 5 * MINUTE))
    assert "delete" not in " ".join(world.rows())


def test_what_was_answered_at_once_is_not_watched(world: World) -> None:
    add(world)
    world.drain()
    look_later(world, logs(101, 102))
    assert world.kt.looked_for == []


def test_it_is_looked_for_a_few_times_within_the_hour(world: World) -> None:
    sent_twice(world)
    world.kt.looked_for.clear()
    world.kt.looks = [logs(101)] * 10
    world.serve(3600 * 5)
    assert world.kt.looked_for == [LOG] * (len(LATE_CHECK_DELAYS) + 1)  # the first: at the start


def test_a_clock_that_is_set_forward_does_not_end_the_watch(world: World) -> None:
    sent_twice(world)
    world.clock.wall_set = timedelta(hours=2)
    look_later(world, NOTHING)
    world.clock.move(minutes=30)
    look_later(world, replace(logs(101, 102), skew=timedelta(hours=-2)))
    assert world.rows()[-1] == "e1 delete blocked"


def test_nor_does_a_clock_that_is_ahead_after_a_restart_of_the_computer(world: World) -> None:
    sent_twice(world)
    world.clock.wall_set, world.clock.boot = timedelta(hours=2), "the next boot"
    look_later(world, NOTHING)
    world.clock.move(minutes=30)
    look_later(world, replace(logs(101, 102), skew=timedelta(hours=-2)))
    assert world.rows()[-1] == "e1 delete blocked"


def test_a_clock_that_is_set_back_does_not_put_the_looks_off(world: World) -> None:
    sent_twice(world)
    world.kt.looked_for.clear()
    world.clock.wall_set = timedelta(hours=-2)
    world.kt.looks = [logs(101)] * 10
    world.clock.move(minutes=2)
    world.serve(3600)
    assert world.kt.looked_for == [LOG] * len(
        LATE_CHECK_DELAYS
    )  # at the start instead of the first


def test_without_a_steady_clock_the_watch_ends_by_the_other(world: World) -> None:
    world.clock.reading = lambda: ClockReading(world.clock.now())  # type: ignore[method-assign]
    sent_twice(world)
    world.kt.looked_for.clear()
    world.kt.looks = [logs(101)] * 10
    world.serve(3600 * 5)
    assert world.kt.looked_for == [LOG] * (len(LATE_CHECK_DELAYS) + 1)


def test_a_look_that_fails_is_made_again(world: World) -> None:
    sent_twice(world)
    world.clock.move(minutes=2)
    world.kt.looks = [ServiceCallError(NotSent(NotSentCause.OFFLINE, "off")), logs(101, 102)]
    world.drain(0.5)
    assert "delete" not in " ".join(world.rows())
    world.clock.move(minutes=2)
    world.drain()
    assert world.rows()[-1] == "e1 delete blocked"


def test_a_service_that_shows_nothing_is_asked_again_within_the_day(world: World) -> None:
    """The last look of all is no look if it was refused."""
    sent_twice(world)
    world.clock.move(minutes=61)
    refused = ServiceCallError(Refused(403, ("No access.",)))
    world.kt.looks = [refused, logs(101, 102), logs(101, 102)]
    world.drain()
    assert "delete" not in " ".join(world.rows())
    world.clock.move(minutes=61)
    world.drain()
    assert world.rows()[-1] == "e1 delete blocked"


def test_a_service_that_never_shows_anything_is_left_alone_after_a_day(world: World) -> None:
    sent_twice(world)
    world.kt.looked_for.clear()
    world.kt.looks = [ServiceCallError(Refused(403, ("No access.",)))] * 50
    world.serve(3 * 86400)
    assert 20 < len(world.kt.looked_for) < 30


# -- entries


def started_twice(world: World) -> RemoteEntry:
    world.tracker = FakeTracker()
    world.timer.start(TASK, Source.CLICK)
    world.tc.script, world.tc.looks = [UNKNOWN], [NOTHING]
    world.drain()
    held = RemoteEntry("101", "task-1", NOW, None)
    assert world.journal.entry("e1") is not None
    assert world.delivery(1).remote_id == "101"
    return held


def shows(world: World, running: RemoteEntry, ours: RemoteEntry) -> None:
    assert world.tracker
    world.tracker.shows = TrackedEntry(running, TASK.title, (CARD.url, CARD.url))
    world.tracker.holds[ours.id] = ours
    candidates = tuple(Candidate(each, each.started_at) for each in (ours, running))
    world.tc.looks = [LookupResult(candidates, timedelta(0))]
    world.remote_sync.request()
    world.drain(1)


def test_a_late_start_is_not_taken_for_another_device(world: World) -> None:
    """It ended ours there, and runs in its place: the same task, begun after ours."""
    ours = started_twice(world)
    world.clock.move(minutes=3)
    late = RemoteEntry("102", "task-1", NOW + 3 * MINUTE, None)
    stopped = RemoteEntry("101", "task-1", ours.started_at, NOW + 3 * MINUTE)
    shows(world, late, stopped)
    assert isinstance(world.state(), Running)
    assert world.rows() == ["e1 start done", "e1 delete blocked"]
    assert last(world).message == RemoveDuplicateEntry(1, "101", late)
    shows(world, late, stopped)  # nothing is followed until a person decided
    assert world.rows() == ["e1 start done", "e1 delete blocked"]


def test_removing_it_goes_on_with_the_late_one_at_the_true_start(world: World) -> None:
    started_twice(world)
    world.clock.move(minutes=3)
    late = RemoteEntry("102", "task-1", NOW + 3 * MINUTE, None)
    shows(world, late, RemoteEntry("101", "task-1", NOW, NOW + 3 * MINUTE))
    world.problems.retry(last(world).id)
    world.drain()
    assert world.tc.told[-1] == CorrectTimes(NOW, None)
    remote = world.tc.dues[-1].remote
    assert remote is not None
    assert remote.id == "102"
    stop = world.clock.move(minutes=30)
    world.timer.stop()
    world.drain()
    assert world.rows()[-2:] == ["e1 stop done", "e1 log done"]
    assert world.kt.told == [LogTime(CARD, NOW.date(), round((stop - NOW).seconds / 60), "")]


def test_keeping_both_follows_the_late_one_as_another_entry(world: World) -> None:
    started_twice(world)
    world.clock.move(minutes=3)
    late = RemoteEntry("102", "task-1", NOW + 3 * MINUTE, None)
    stopped = RemoteEntry("101", "task-1", NOW, NOW + 3 * MINUTE)
    shows(world, late, stopped)
    world.problems.drop(last(world).id)
    shows(world, late, stopped)
    state = world.state()
    assert isinstance(state, Running)
    assert (state.entry.id, state.entry.source) == ("e2", Source.ADOPTED)


def test_a_late_start_of_what_was_cancelled_is_for_the_person_to_remove(world: World) -> None:
    world.tracker = FakeTracker()
    world.timer.start(TASK, Source.CLICK)
    world.tc.script = [UNKNOWN]
    world.drain(0.5)
    world.timer.cancel()
    world.tc.looks = [NOTHING]
    world.drain()
    assert world.rows() == ["e1 start dropped", "e1 delete dropped"]
    late = RemoteEntry("102", "task-1", NOW + 3 * MINUTE, None)
    world.clock.move(minutes=3)
    candidate = Candidate(late, late.started_at)
    world.tracker.shows = TrackedEntry(late, TASK.title, (CARD.url, CARD.url))
    world.tc.looks = [LookupResult((candidate,), timedelta(0))]
    world.remote_sync.request()
    world.drain(1)
    assert world.state() == Idle()
    assert last(world).message == RemoveDuplicateEntry(1, None, late)


# -- corrections


def test_a_late_correction_that_undid_a_newer_one_is_put_right(world: World) -> None:
    add(world)
    world.drain()
    world.editor.edit("e1", EntryEdit(comment="first"))
    world.kt.script, world.kt.looks = [UNKNOWN], [SafeToRepeat()]
    world.drain()
    world.editor.edit("e1", EntryEdit(comment="second"))
    world.drain()
    second = UpdateLog(2, CARD, NOW.date(), 60, "second")
    assert world.kt.told[-1] == second
    world.kt.held = UpdateLog(2, CARD, NOW.date(), 60, "first")
    world.clock.move(minutes=2)
    world.drain()
    assert world.kt.told[-1] == second
    assert len([each for each in world.kt.told if each == second]) == 2


def test_late_times_that_undid_newer_ones_are_put_right(world: World) -> None:
    """Though what TimeCrowd said last were the newer ones."""
    add(world)
    world.drain()
    begin, end = NOW - 120 * MINUTE, NOW - 60 * MINUTE
    world.editor.edit("e1", EntryEdit(started_at=begin - MINUTE))
    world.tc.script, world.tc.looks = [UNKNOWN], [SafeToRepeat()]
    world.drain()
    world.editor.edit("e1", EntryEdit(started_at=begin - 2 * MINUTE))
    world.drain()
    second = CorrectTimes(begin - 2 * MINUTE, end)
    assert world.tc.told[-1] == second
    world.tc.held = CorrectTimes(begin - MINUTE, end)
    world.clock.move(minutes=2)
    world.drain()
    assert [each for each in world.tc.told if each == second] == [second, second]


def test_what_somebody_else_changed_is_left_alone(world: World) -> None:
    add(world)
    world.drain()
    world.editor.edit("e1", EntryEdit(comment="ours"))
    world.kt.script, world.kt.looks = [UNKNOWN], [SafeToRepeat()]
    world.drain()
    told = list(world.kt.told)
    world.kt.held = UpdateLog(2, CARD, NOW.date(), 45, "theirs")
    world.clock.move(minutes=2)
    world.drain()
    assert world.kt.told == told


def test_the_first_look_is_made_at_the_next_start(world: World) -> None:
    sent_twice(world)
    world.kt.looks = [logs(101, 102)]
    world.serve(1)
    assert world.rows()[-1] == "e1 delete blocked"


def test_a_start_is_looked_for_by_what_was_sent(world: World) -> None:
    """Its first try was a start, the second a closed entry; the late one is a start."""
    world.timer.start(TASK, Source.CLICK)
    world.tc.script = [UNKNOWN]
    world.drain(0.5)
    world.clock.move(minutes=30)
    world.timer.stop()
    world.tc.looks = [NOTHING]
    world.drain()
    late = RemoteEntry("150", "task-1", NOW + 31 * MINUTE, None)
    world.clock.move(minutes=2)
    world.tc.looks = [LookupResult((Candidate(late, late.started_at),), timedelta(0))]
    world.drain()
    assert isinstance(world.tc.looked_for[-1], StartEntry)
    assert last(world).message == RemoveDuplicateEntry(1, "101", late)
