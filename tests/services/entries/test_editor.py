"""Edit, delete, split and undo: what the journal and both services hold afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.services.fakes import NOW
from tests.services.holding import let_them_hold
from tests.services.world import CARD, TASK, World
from timer_app.domain.delivery.matching import Candidate, LookupResult, SafeToRepeat
from timer_app.domain.delivery.outcomes import (
    NotSent,
    NotSentCause,
    OutcomeUnknown,
    Refused,
    RemoteEntry,
    RemoteLog,
)
from timer_app.domain.delivery.service_messages import (
    CorrectTimes,
    DeleteEntry,
    DeleteLog,
    LogTime,
    Message,
    RecordEntry,
    UpdateLog,
)
from timer_app.domain.entries.card import Card
from timer_app.domain.entries.entry import Source
from timer_app.domain.entries.minutes import Rounding
from timer_app.domain.entries.task import Task
from timer_app.domain.entries.timer import Idle, Running
from timer_app.domain.errors import JournalError, NotPossible
from timer_app.services.entries.editor import EntryEdit

HOUR, ZERO = timedelta(hours=1), timedelta(0)
BEGAN, ENDED = NOW - 3 * HOUR, NOW - 2 * HOUR
DAY = NOW.date()
OTHER = Task("Other", Card(CARD.origin, 8))


@pytest.fixture
def delivered(world: World) -> World:
    """An entry of an hour in both services; what they were told is forgotten."""
    world.timer.add(TASK, Source.MANUAL, BEGAN, ENDED, comment="x")
    world.drain()
    world.tc.told.clear()
    world.kt.told.clear()
    return world


def told(world: World) -> list[Message]:
    world.drain()
    return [*world.tc.told, *world.kt.told]


def test_other_times(delivered: World) -> None:
    assert delivered.editor.edit("e1", EntryEdit(stopped_at=ENDED + HOUR)) == ("e1",)
    assert told(delivered) == [
        CorrectTimes(BEGAN, ENDED + HOUR),
        UpdateLog(2, CARD, DAY, 120, "x"),
    ]
    assert delivered.journal.seconds_on(DAY) == 7200


@pytest.mark.parametrize("rounding", list(Rounding))
@pytest.mark.parametrize(
    "edit",
    [
        EntryEdit(),
        EntryEdit(comment="y"),
        EntryEdit(stopped_at=ENDED + timedelta(minutes=20, seconds=40)),
        EntryEdit(started_at=ENDED - timedelta(seconds=20)),
        EntryEdit(task=OTHER),
        EntryEdit(task=Task("no card")),
        EntryEdit(started_at=NOW - 20 * HOUR, stopped_at=NOW - 10 * HOUR),
    ],
)
def test_a_preview_tells_the_minutes_that_kaiten_then_holds(
    delivered: World, rounding: Rounding, edit: EntryEdit
) -> None:
    seconds = timedelta(seconds=50)
    delivered.rules = replace(delivered.rules, rounding=rounding)
    delivered.timer.add(TASK, Source.MANUAL, ENDED + HOUR, ENDED + HOUR + seconds)
    before = delivered.dump()
    preview = delivered.editor.preview("e1", edit)
    assert delivered.dump() == before
    delivered.editor.edit("e1", edit)
    logged = delivered.journal.entry("e1")
    assert logged is not None
    assert (logged.entry, logged.stopped_at) == (
        preview.finished.entry,
        preview.finished.stopped_at,
    )
    card = preview.finished.entry.task.card
    planned = {each.segment.for_date: each.minutes for each in preview.to_kaiten}
    assert (card is None) == (planned == {})
    for for_date, minutes in planned.items():
        assert card is not None
        logs = delivered.journal.card_day_ledger(card, for_date).logs
        assert sum(log.minutes for log in logs if log.delivery.entry_id == "e1") == minutes


def test_another_comment_is_kaitens_alone(delivered: World) -> None:
    delivered.editor.edit("e1", EntryEdit(comment=" y "))
    assert told(delivered) == [UpdateLog(2, CARD, DAY, 60, "y")]


def test_a_comment_that_kaiten_does_not_clear_goes_with_its_log(delivered: World) -> None:
    """First the new log, then the old one goes."""
    delivered.kt.script = [Refused(400, ("too short",))]
    delivered.editor.edit("e1", EntryEdit(comment=""))
    assert told(delivered) == [
        UpdateLog(2, CARD, DAY, 60, ""),
        LogTime(CARD, DAY, 60, ""),
        DeleteLog(2, CARD, DAY),
    ]
    assert delivered.journal.card_day_ledger(CARD, DAY).logs[0].minutes == 60
    assert "blocked" not in " ".join(delivered.rows())


def test_another_card(delivered: World) -> None:
    """First the new log, then the old one goes: a refusal must not lose the minutes."""
    delivered.editor.edit("e1", EntryEdit(task=OTHER))
    assert told(delivered) == [
        CorrectTimes(BEGAN, ENDED, OTHER),
        LogTime(Card(CARD.origin, 8), DAY, 60, "x"),
        DeleteLog(2, CARD, DAY),
    ]


def test_another_card_that_refuses_keeps_the_old_log(delivered: World) -> None:
    delivered.kt.script = [Refused(403, ("no",))]
    delivered.editor.edit("e1", EntryEdit(task=OTHER))
    told(delivered)
    assert delivered.rows()[-2:] == ["e1 log blocked", "e1 delete waiting"]
    delivered.editor.edit("e1", EntryEdit(task=TASK))  # a way out: back to the old card
    delivered.drain()
    kept = [row for row in delivered.rows() if row.startswith("e1 log")]
    assert "e1 log done" in kept
    assert "blocked" not in " ".join(delivered.rows())


def test_no_card_any_more(delivered: World) -> None:
    delivered.editor.edit("e1", EntryEdit(task=Task("Mail")))
    assert told(delivered) == [
        CorrectTimes(BEGAN, ENDED, Task("Mail")),
        DeleteLog(2, CARD, DAY),
    ]


def test_over_midnight_the_next_date_gets_its_log(delivered: World) -> None:
    midnight = datetime(2026, 11, 22, tzinfo=ZoneInfo("Europe/Moscow"))
    delivered.editor.edit(
        "e1", EntryEdit(started_at=midnight - timedelta(minutes=20), stopped_at=midnight + HOUR)
    )
    messages = told(delivered)[1:]
    assert messages == [LogTime(CARD, (DAY - timedelta(days=1)), 20, "x")]
    assert delivered.journal.seconds_on(DAY) == 3600


def test_the_zone_stays_that_of_its_end(delivered: World) -> None:
    """Edited on a journey, an entry's dates do not move."""
    delivered.clock.in_zone = ZoneInfo("Pacific/Kiritimati")  # there it is tomorrow
    delivered.editor.edit("e1", EntryEdit(stopped_at=ENDED + HOUR / 2))
    assert told(delivered)[1:] == [UpdateLog(2, CARD, DAY, 90, "x")]


def test_what_waits_is_sent_as_it_is_now(world: World) -> None:
    world.timer.add(TASK, Source.MANUAL, BEGAN, ENDED)
    world.editor.edit("e1", EntryEdit(stopped_at=ENDED + HOUR, comment="y"))
    assert told(world) == [
        RecordEntry(TASK, BEGAN, ENDED + HOUR),
        LogTime(CARD, DAY, 120, "y"),
    ]


def test_what_is_in_doubt_is_corrected_by_what_is_found(world: World) -> None:
    world.timer.add(TASK, Source.MANUAL, BEGAN, ENDED)
    world.tc.script, world.kt.script = [OutcomeUnknown("broke")], [OutcomeUnknown("broke")]
    world.drain(0.5)
    world.editor.edit("e1", EntryEdit(stopped_at=ENDED + HOUR))
    assert world.rows() == ["e1 entry unknown", "e1 log unknown", "e1 times waiting"]
    world.tc.looks = [
        LookupResult((Candidate(RemoteEntry("9", "t", BEGAN, ENDED), NOW, True),), ZERO)
    ]
    world.kt.looks = [LookupResult((Candidate(RemoteLog("8"), NOW),), ZERO)]
    world.tc.told.clear()
    world.kt.told.clear()
    assert told(world) == [CorrectTimes(BEGAN, ENDED + HOUR), UpdateLog(2, CARD, DAY, 120, "")]


def test_what_was_refused_is_sent_again_as_edited(world: World) -> None:
    world.timer.add(TASK, Source.MANUAL, BEGAN, ENDED)
    world.kt.script = [Refused(403, ("no",))]
    world.drain()
    world.kt.told.clear()
    world.editor.edit("e1", EntryEdit(task=OTHER))
    world.drain()
    assert world.kt.told == [LogTime(Card(CARD.origin, 8), DAY, 60, "")]
    assert "blocked" not in " ".join(world.rows())


def test_delete(delivered: World) -> None:
    delivered.editor.delete("e1")
    assert told(delivered) == [DeleteEntry(), DeleteLog(2, CARD, DAY)]
    assert delivered.kt.dues[-1].log_id == "101"
    assert delivered.journal.seconds_on(DAY) == 0
    assert list(delivered.journal.entries(DAY, DAY)) == []


def test_delete_before_anything_was_sent(world: World) -> None:
    world.timer.add(TASK, Source.MANUAL, BEGAN, ENDED)
    world.editor.delete("e1")
    assert told(world) == []
    assert world.rows() == ["e1 entry dropped", "e1 log dropped"]


def test_delete_undone_at_once_sends_nothing_to_timecrowd(delivered: World) -> None:
    delivered.tc.script = [NotSent(NotSentCause.OFFLINE, "off")]
    delivered.editor.delete("e1")
    delivered.editor.undo()
    delivered.drain(0.2)
    assert DeleteEntry() not in delivered.tc.told
    assert delivered.journal.seconds_on(DAY) == 3600


def test_delete_undone_later_is_there_again(delivered: World) -> None:
    delivered.editor.delete("e1")
    told(delivered)
    delivered.editor.undo()
    assert told(delivered)[-1:] == [LogTime(CARD, DAY, 60, "x")]
    assert delivered.tc.told[-1] == RecordEntry(TASK, BEGAN, ENDED)
    delivered.editor.edit("e1", EntryEdit(stopped_at=ENDED + HOUR))
    told(delivered)
    remote = delivered.tc.dues[-1].remote
    assert remote is not None
    assert remote.id == "102"  # the new one, not the one that was deleted


def test_delete_undone_while_it_is_repeated_is_there_again(delivered: World) -> None:
    """The first try was not answered and may have deleted it; then the network went."""
    delivered.tc.script = [OutcomeUnknown("broke"), NotSent(NotSentCause.OFFLINE, "off")]
    delivered.tc.looks = [SafeToRepeat()]
    delivered.editor.delete("e1")
    delivered.drain(4)
    assert delivered.tc.told == [DeleteEntry(), DeleteEntry()]
    delivered.editor.undo()
    delivered.clock.move(minutes=1)
    told(delivered)
    assert delivered.tc.told[2:] == [DeleteEntry(), RecordEntry(TASK, BEGAN, ENDED)]


def test_split_and_undo(delivered: World) -> None:
    half = BEGAN + HOUR / 2
    assert delivered.editor.split("e1", half) == ("e1", "e2")
    assert told(delivered) == [
        CorrectTimes(BEGAN, half),
        RecordEntry(TASK, half, ENDED),
        UpdateLog(2, CARD, DAY, 30, "x"),
        LogTime(CARD, DAY, 30, "x"),
    ]
    delivered.editor.undo()
    told(delivered)
    assert [logged.entry.id for logged in delivered.journal.entries(DAY, DAY)] == ["e1"]
    removed, changed = delivered.kt.told[-2:]  # the second half's log goes, the first grows
    assert isinstance(removed, DeleteLog)
    assert changed == UpdateLog(2, CARD, DAY, 60, "x")
    assert sum(log.minutes for log in delivered.journal.card_day_ledger(CARD, DAY).logs) == 60


def test_undo_of_an_edit_and_then_nothing(delivered: World) -> None:
    delivered.editor.edit("e1", EntryEdit(BEGAN - HOUR, ENDED, "y", OTHER))
    told(delivered)
    delivered.editor.undo()
    told(delivered)
    logged = delivered.journal.entry("e1")
    assert logged
    assert (logged.entry.started_at, logged.entry.comment, logged.entry.task) == (BEGAN, "x", TASK)
    with pytest.raises(NotPossible, match="nothing to undo"):
        delivered.editor.undo()


def test_another_start_of_what_runs_can_be_undone_at_both_services(world: World) -> None:
    world.timer.start(TASK, Source.CLICK)
    world.drain()
    earlier = NOW - timedelta(minutes=20)
    world.timer.correct_start(earlier)
    world.drain()
    assert world.editor.undo() == ("e1",)
    state = world.state()
    assert isinstance(state, Running)
    assert state.entry.started_at == NOW
    world.drain()
    world.clock.move(minutes=10)
    world.timer.stop()
    world.drain()
    assert world.tc.told[1:3] == [CorrectTimes(earlier, None), CorrectTimes(NOW, None)]
    (log,) = world.kt.told
    assert isinstance(log, LogTime)
    assert log.minutes == 10
    with pytest.raises(NotPossible):
        world.editor.undo()


def test_another_start_can_be_undone_when_the_entry_is_over(world: World) -> None:
    world.timer.start(TASK, Source.CLICK)
    world.timer.correct_start(NOW - timedelta(minutes=20))
    world.clock.move(minutes=10)
    world.timer.stop()
    world.drain()
    world.editor.undo()
    logged = world.journal.entry("e1")
    assert logged is not None
    assert (logged.entry.started_at, logged.stopped_at) == (NOW, NOW + timedelta(minutes=10))
    world.drain()
    change = world.kt.told[-1]
    assert isinstance(change, UpdateLog)
    assert change.minutes == 10


def test_a_start_that_was_after_the_end_is_not_taken_back(world: World) -> None:
    world.timer.start(TASK, Source.CLICK)
    world.timer.correct_start(NOW - HOUR)
    world.timer.stop(at=NOW - HOUR / 2)
    with pytest.raises(NotPossible, match="would end"):
        world.editor.undo()


def test_a_cancel_that_is_undone_leaves_earlier_acts_to_be_undone(delivered: World) -> None:
    delivered.editor.edit("e1", EntryEdit(comment="y"))
    delivered.timer.start(TASK, Source.CLICK)
    delivered.timer.correct_start(NOW - HOUR / 2)
    delivered.timer.cancel()
    assert delivered.editor.undo() == ("e2",)
    assert delivered.editor.undo() == ("e1",)


def test_the_same_start_changes_nothing(world: World) -> None:
    world.timer.start(TASK, Source.CLICK)
    world.timer.correct_start(NOW)
    with pytest.raises(NotPossible):
        world.editor.undo()


def test_undo_of_a_cancel_goes_on_from_its_start(world: World) -> None:
    world.timer.start(TASK, Source.CLICK, comment="x")
    world.drain()
    world.clock.move(minutes=5)
    world.timer.cancel()
    world.drain()
    assert world.state() == Idle()
    world.editor.undo()
    state = world.state()
    assert isinstance(state, Running)
    assert (state.entry.started_at, state.entry.comment) == (NOW, "x")
    world.drain()
    assert world.rows() == ["e1 start done", "e1 delete done", "e2 start done"]


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        (EntryEdit(stopped_at=NOW + HOUR), "is in the future"),
        (EntryEdit(started_at=ENDED), "would end"),
        (EntryEdit(started_at=ENDED + HOUR), "would end"),
    ],
)
def test_impossible_edits(delivered: World, edit: EntryEdit, why: str) -> None:
    before = delivered.dump()
    with pytest.raises(NotPossible, match=why):
        delivered.editor.edit("e1", edit)
    assert delivered.dump() == before


def test_what_is_not_there_or_not_over(world: World) -> None:
    world.timer.start(TASK, Source.CLICK)
    with pytest.raises(NotPossible, match=r"no such entry\. ID: nope"):
        world.editor.delete("nope")
    with pytest.raises(NotPossible, match="still running"):
        world.editor.edit("e1", EntryEdit(comment="y"))
    with pytest.raises(NotPossible, match="still running"):
        world.editor.split("e1", NOW)
    with pytest.raises(NotPossible, match="nothing to undo"):
        world.editor.undo()


def test_nothing_changes_if_nothing_is_different(delivered: World) -> None:
    before = delivered.dump()
    assert delivered.editor.edit("e1", EntryEdit(BEGAN, ENDED, "x", TASK)) == ("e1",)
    assert delivered.dump() == before


def test_an_unwritable_journal_changes_nothing(delivered: World) -> None:
    before = delivered.dump()
    delivered.make_unwritable()
    with pytest.raises(JournalError):
        delivered.editor.delete("e1")
    delivered.make_unwritable(unwritable=False)
    assert delivered.dump() == before


# A stop that is taken back


def test_a_stop_undone_before_it_was_delivered(world: World) -> None:
    world.timer.start(TASK, Source.CLICK, comment="x", at=BEGAN)
    world.timer.stop()
    world.editor.resume("e1")
    state = world.state()
    assert isinstance(state, Running)
    assert (state.entry.started_at, state.entry.comment) == (BEGAN, "x")
    assert world.journal.seconds_on(DAY) == 0
    world.drain()
    assert len(world.tc.told) == 1  # a start, of what runs
    assert world.kt.told == []


def test_a_stop_undone_after_both_services_had_it(world: World) -> None:
    world.timer.start(TASK, Source.CLICK, at=BEGAN)
    world.timer.stop()
    world.drain()
    before = len(world.tc.told), len(world.kt.told)
    world.editor.resume("e1")
    world.drain()
    crowd, kaiten = world.tc.told[before[0] :], world.kt.told[before[1] :]
    assert DeleteEntry() in crowd
    assert [type(message) for message in kaiten] == [DeleteLog]
    world.timer.stop()
    world.drain()
    assert world.journal.seconds_on(DAY) == 3 * 3600
    with pytest.raises(NotPossible, match="nothing to undo"):
        world.editor.undo()  # the old one cannot come back beside it


def test_what_was_changed_in_between_is_undone_no_more(world: World) -> None:
    world.timer.start(TASK, Source.CLICK, at=BEGAN)
    world.timer.stop()
    world.editor.edit("e1", EntryEdit(comment="y"))
    world.editor.resume("e1")
    with pytest.raises(NotPossible, match="nothing to undo"):
        world.editor.undo()


def test_a_stop_is_not_taken_back_while_something_runs(world: World) -> None:
    world.timer.start(TASK, Source.CLICK, at=BEGAN)
    world.timer.stop()
    world.timer.start(OTHER, Source.CLICK)
    before = world.dump()
    with pytest.raises(NotPossible, match="Another entry is running"):
        world.editor.resume("e1")
    assert world.dump() == before
    world.timer.stop()
    world.editor.delete("e1")
    with pytest.raises(NotPossible, match=r"There is no such entry\. ID: e1"):
        world.editor.resume("e1")


@pytest.mark.parametrize("rounding", Rounding)
def test_many_of_one_card_and_date_are_deleted_at_once(world: World, rounding: Rounding) -> None:
    """What is left in Kaiten is the log of the one that stays."""
    world.rules = replace(world.rules, rounding=rounding)
    _, kaiten = let_them_hold(world)
    for number in range(6):
        began = NOW - timedelta(minutes=100 - 10 * number)
        world.timer.add(TASK, Source.CLI, began, began + timedelta(minutes=5))
    world.drain()
    assert [log.minutes for _, log in kaiten.kept.values()] == [5] * 6
    world.editor.delete("e1", "e2", "e4", "e5", "e6")
    world.drain()
    assert [log.minutes for _, log in kaiten.kept.values()] == [5]
    world.editor.undo(5)
    world.drain()
    assert sum(log.minutes for _, log in kaiten.kept.values()) == 30


def test_deleting_many_of_one_card_takes_as_many_steps_for_each(world: World) -> None:
    """Each read the whole date again: 300 froze the window for five seconds."""

    def statements_of_deleting(number: int) -> int:
        ids = []
        for place in range(number):
            began = NOW - timedelta(minutes=2 * number - 2 * place)
            ended = world.timer.add(TASK, Source.CLI, began, began + timedelta(minutes=1)).ended
            assert ended
            ids.append(ended.finished.entry.id)
        heard: list[str] = []
        world.journal.connection.set_trace_callback(heard.append)
        world.editor.delete(*ids)
        world.journal.connection.set_trace_callback(None)
        return len(heard)

    assert statements_of_deleting(80) < 4.4 * statements_of_deleting(20)


def test_a_year_that_is_mistyped_is_refused_with_the_likely_one(delivered: World) -> None:
    long_ago = BEGAN.replace(year=2007)
    with pytest.raises(NotPossible, match=r"2007-11-22 09:00 .* 10 years ago. Did you mean 2026-"):
        delivered.editor.edit("e1", EntryEdit(long_ago, long_ago + HOUR))
    assert told(delivered) == []
