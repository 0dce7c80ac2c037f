"""A comment reaches TimeCrowd once: after the entry's end, and never again if in doubt."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.services.fakes import NOW, FakeTracker
from tests.services.world import BOTH, CARD, TASK, WORDS, World
from tests.support.logs import LogGuard
from timer_app.domain.delivery.matching import SafeToRepeat
from timer_app.domain.delivery.outbox import (
    Delivery,
    DeliveryState,
    rebuilt_message,
)
from timer_app.domain.delivery.outcomes import (
    NotSent,
    NotSentCause,
    OutcomeUnknown,
    Refused,
    RemoteEntry,
)
from timer_app.domain.delivery.remote_changes import TrackedEntry
from timer_app.domain.delivery.service_messages import (
    CommentEntry,
    CorrectTimes,
    DamagedMessage,
    DeleteEntry,
    Destinations,
    MessageKind,
    RecordEntry,
    RemoveDuplicateEntry,
)
from timer_app.domain.entries.entry import Source
from timer_app.domain.errors import NotPossible
from timer_app.domain.service import Service
from timer_app.services.delivery.problems import Resolution, list_problems
from timer_app.services.entries.editor import EntryEdit

OFFLINE = NotSent(NotSentCause.OFFLINE, "no name")
CUT_OFF = OutcomeUnknown("cut off")
HOUR = timedelta(hours=1)


@pytest.fixture
def world(world: World) -> World:
    """TimeCrowd gets comments; the entries have no card, so that Kaiten gets nothing."""
    world.rules = replace(world.rules, destinations=replace(BOTH, comments=True))
    return world


def comments(world: World) -> list[str]:
    """What TimeCrowd was told, each request."""
    return [each.comment for each in world.tc.told if isinstance(each, CommentEntry)]


def add(world: World, comment: str = "Review") -> str:
    """A finished entry of an hour; its id."""
    added = world.timer.add(WORDS, Source.MANUAL, NOW - HOUR, NOW, comment=comment)
    assert added.ended
    return added.ended.finished.entry.id


def added_and_told(world: World, comment: str = "Review") -> str:
    entry_id = add(world, comment)
    world.drain()
    return entry_id


def added_in_doubt(world: World) -> str:
    """Its comment was sent, and no answer came."""
    entry_id = add(world)
    world.tc.script = [world.tc.answer_to_record(NOW - HOUR, NOW), CUT_OFF]
    world.tc.looks = [SafeToRepeat()] * 9
    world.drain()
    return entry_id


def states(world: World) -> list[str]:
    return [row.removeprefix("e1 ") for row in world.rows() if "comment" in row]


# -- when it is sent


def test_it_comes_after_the_stop(world: World) -> None:
    world.timer.start(WORDS, Source.CLICK, comment="Rev")
    world.drain()
    assert comments(world) == []
    world.clock.move(minutes=5)
    world.timer.stop(comment="Review")
    world.drain()
    assert world.rows() == ["e1 start done", "e1 stop done", "e1 comment done"]
    assert comments(world) == ["Review"]
    assert world.delivery(3).remote_id == "101"


def test_a_switch_sends_that_of_what_it_ends(world: World) -> None:
    world.timer.start(WORDS, Source.CLICK, comment="Review")
    world.clock.move(minutes=5)
    world.timer.start(TASK, Source.CLICK, comment="next")
    world.drain()
    assert comments(world) == ["Review"]


def test_a_stop_elsewhere_sends_what_was_typed_here(world: World) -> None:
    world.timer.start(WORDS, Source.CLICK, comment="Review")
    world.drain()
    world.clock.move(minutes=5)
    tracker = world.tracker = FakeTracker()
    tracker.holds["101"] = RemoteEntry("101", "task-1", NOW, NOW + timedelta(minutes=3))
    world.remote_sync.request()
    world.drain()
    assert world.rows() == ["e1 start done", "e1 stop done", "e1 comment done"]


@pytest.mark.parametrize(("typed", "told"), [(None, []), ("from here", ["from here"])])
def test_an_adopted_entry_has_the_comment_that_was_typed_here(
    world: World, typed: str | None, told: list[str]
) -> None:
    remote = RemoteEntry("77", "task-9", NOW - HOUR, None)
    world.tracker = FakeTracker(TrackedEntry(remote, "Read mail"))
    world.remote_sync.request()
    world.drain()
    world.tracker = None
    world.timer.stop(comment=typed)
    world.drain()
    assert comments(world) == told


def test_without_a_comment_and_with_the_setting_off_nothing_is_sent(world: World) -> None:
    added_and_told(world, "")
    world.rules = replace(world.rules, destinations=BOTH)
    added_and_told(world)
    world.rules = replace(
        world.rules, destinations=Destinations(timecrowd=False, kaiten=True, comments=True)
    )
    added_and_told(world)
    assert comments(world) == []
    assert [row for row in world.rows() if "comment" in row] == []


def test_one_that_waits_when_the_setting_is_turned_off_is_not_sent(world: World) -> None:
    add(world)
    world.sends_comments = False
    world.drain()
    assert world.rows() == ["e1 entry done", "e1 comment dropped"]


def test_what_certainly_was_not_sent_is_repeated(world: World) -> None:
    add(world)
    world.tc.script = [world.tc.answer_to_record(NOW - HOUR, NOW), OFFLINE]
    world.drain()
    world.clock.move(minutes=10)
    world.drain()
    assert comments(world) == ["Review", "Review"]
    assert states(world) == ["comment done"]


# -- when nobody knows whether it arrived


def test_one_in_doubt_is_never_sent_again_and_that_is_shown(world: World) -> None:
    entry_id = added_in_doubt(world)
    assert states(world) == ["comment unknown"]
    (problem,) = list_problems(world.journal)
    assert problem.logged.entry.id == entry_id
    assert problem.resolutions == (Resolution.COMMENT_CHECKED,)
    assert "It is not sent again" in problem.delivery.error
    assert world.tc.looked_for == []
    for _ in range(3):  # starts of the app, a person's Retry, hours
        world.sender.retry()
        world.clock.move(hours=2)
        world.drain()
    with pytest.raises(NotPossible, match="not sent again"):
        world.problems.retry(problem.delivery.id)
    world.drain()
    assert comments(world) == ["Review"]
    world.problems.drop(problem.delivery.id)
    world.drain()
    assert comments(world) == ["Review"]
    assert list_problems(world.journal) == ()


def test_a_process_that_died_while_sending_leaves_it_unconfirmed(
    world: World, logs: LogGuard
) -> None:
    logs.expect("deliveries=1 were being sent when a process ended: unknown now")
    add(world)
    world.journal.set_state(1, DeliveryState.DONE)
    world.journal.save_remote("e1", RemoteEntry("55", "task-1", NOW - HOUR, NOW))
    assert world.journal.lease(2, world.clock.reading())
    world.tc.looks = [SafeToRepeat()]
    world.drain()  # as the next start does
    assert comments(world) == []
    assert states(world) == ["comment unknown"]


def test_what_comes_later_does_not_wait_for_one_in_doubt(world: World) -> None:
    entry_id = added_in_doubt(world)
    world.editor.edit(entry_id, EntryEdit(started_at=NOW - HOUR / 2))
    world.drain()
    assert CorrectTimes(NOW - HOUR / 2, NOW) in world.tc.told
    world.editor.delete(entry_id)
    world.drain()
    assert DeleteEntry() in world.tc.told
    assert states(world) == ["comment dropped"]  # it is gone with its entry
    assert list_problems(world.journal) == ()


def test_a_refused_one_may_be_changed_and_sent(world: World) -> None:
    entry_id = add(world)
    world.tc.script = [world.tc.answer_to_record(NOW - HOUR, NOW), Refused(422, ("too long",))]
    world.drain()
    (problem,) = list_problems(world.journal)
    assert problem.resolutions[0] is Resolution.SEND_AGAIN
    world.editor.edit(entry_id, EntryEdit(comment="shorter"))
    world.drain()
    assert comments(world) == ["Review", "shorter"]


# -- edits


@pytest.mark.parametrize("in_doubt", [False, True])
def test_a_later_edit_says_that_timecrowd_keeps_the_first(world: World, *, in_doubt: bool) -> None:
    entry_id = added_in_doubt(world) if in_doubt else added_and_told(world)
    edit = EntryEdit(comment="Other")
    assert world.editor.keeps_first_comment(entry_id, edit)
    assert world.editor.preview(entry_id, edit).keeps_first_comment
    assert not world.editor.keeps_first_comment(entry_id, EntryEdit(comment="Review"))
    assert not world.editor.keeps_first_comment(entry_id, EntryEdit(started_at=NOW - HOUR / 2))
    world.editor.edit(entry_id, edit)
    world.editor.undo()
    world.drain()
    assert comments(world) == ["Review"]


def test_an_edit_of_one_that_waits_is_what_is_sent(world: World) -> None:
    entry_id = add(world)
    edit = EntryEdit(comment="Other")
    assert not world.editor.keeps_first_comment(entry_id, edit)
    world.editor.edit(entry_id, edit)
    world.drain()
    assert comments(world) == ["Other"]


def test_an_edit_that_takes_it_away_and_its_undo(world: World) -> None:
    entry_id = add(world)
    world.editor.edit(entry_id, EntryEdit(comment=""))
    assert states(world) == ["comment dropped"]
    world.editor.undo()
    world.drain()
    assert comments(world) == ["Review"]


def test_the_first_comment_may_come_by_an_edit(world: World) -> None:
    entry_id = added_and_told(world, "")
    world.editor.edit(entry_id, EntryEdit(comment="late"))
    world.drain()
    assert comments(world) == ["late"]


def test_each_half_of_a_split_has_it_once(world: World) -> None:
    entry_id = added_and_told(world)
    world.editor.split(entry_id, NOW - HOUR / 2)
    world.drain()
    assert comments(world) == ["Review", "Review"]
    told = [each for each in world.tc.dues if isinstance(each.delivery.message, CommentEntry)]
    assert [each.remote.id for each in told if each.remote] == ["101", "102"]


# -- deletions and their undo


def test_a_deletion_takes_back_one_that_waits_and_its_undo_sends_it(world: World) -> None:
    entry_id = add(world)
    world.tc.script = [world.tc.answer_to_record(NOW - HOUR, NOW), OFFLINE]
    world.drain(0.5)
    world.editor.delete(entry_id)
    assert states(world) == ["comment dropped"]
    world.editor.undo()
    world.clock.move(minutes=10)
    world.drain()
    assert comments(world) == ["Review", "Review"]  # the first one was certainly not sent
    assert states(world) == ["comment dropped", "comment done"]


def test_one_that_is_there_is_not_sent_again_when_the_deletion_is_undone_in_time(
    world: World,
) -> None:
    entry_id = added_and_told(world)
    world.editor.delete(entry_id)
    world.editor.undo()
    world.drain()
    assert comments(world) == ["Review"]


def test_an_entry_that_is_recorded_again_gets_it_again(world: World) -> None:
    entry_id = added_and_told(world)
    world.editor.delete(entry_id)
    world.drain()
    world.editor.undo()
    world.drain()
    assert world.tc.told[-2:] == [RecordEntry(WORDS, NOW - HOUR, NOW), CommentEntry("Review")]
    assert world.delivery(5).remote_id == "102"


def test_of_two_entries_the_one_that_stays_gets_it(world: World) -> None:
    added_and_told(world)
    kept = RemoteEntry("999", "task-1", NOW - HOUR, NOW)
    world.journal.enqueue("e1", RemoveDuplicateEntry(1, "101", kept))
    world.drain()
    assert comments(world) == ["Review", "Review"]
    assert world.tc.dues[-1].remote == kept


@pytest.mark.parametrize(("attempts", "made"), [(0, CommentEntry("Review")), (1, None)])
def test_a_damaged_one_is_made_anew_only_if_it_was_never_sent(
    world: World, attempts: int, made: CommentEntry | None
) -> None:
    logged = world.journal.entry(add(world))
    assert logged
    damaged = DamagedMessage(Service.TIMECROWD, MessageKind.COMMENT)
    delivery = Delivery(9, "e1", damaged, DeliveryState.BLOCKED, attempts)
    assert rebuilt_message(delivery, logged) == made


def test_a_dropped_start_takes_it_along(world: World) -> None:
    world.tc.script = [Refused(422, ("no",))]
    world.timer.start(WORDS, Source.CLICK, comment="Review")
    world.drain()
    world.problems.drop(1)
    world.clock.move(minutes=5)
    world.timer.stop()
    world.drain()
    assert comments(world) == []
    assert list_problems(world.journal) == ()


def test_kaiten_has_the_last_and_timecrowd_the_first(world: World) -> None:
    started = world.timer.add(TASK, Source.MANUAL, NOW - HOUR, NOW, comment="Review")
    world.drain()
    assert started.ended
    world.editor.edit(started.ended.finished.entry.id, EntryEdit(comment="Other"))
    world.drain()
    assert comments(world) == ["Review"]
    day = world.journal.card_day_ledger(CARD, NOW.date())
    assert [each.comment for each in day.logs] == ["Other"]
