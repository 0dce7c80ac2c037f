"""A row that is damaged within a sound file: that row alone is set aside, all else goes on."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from tests.services.fakes import FakeGateway
from tests.services.world import CARD, TASK, WORDS, World
from tests.support.logs import LogGuard
from timer_app.adapters.entries.journal.damaged_rows import damaged_rows, mend_states
from timer_app.adapters.entries.journal.sqlite_errors import JournalBug
from timer_app.adapters.entries.journal.status_document import status_document
from timer_app.domain.absence import Absence, AbsenceCause
from timer_app.domain.delivery.outbox import DeliveryState
from timer_app.domain.delivery.service_messages import (
    LogTime,
    RecordEntry,
    StartEntry,
    StopEntry,
    UpdateLog,
)
from timer_app.domain.entries.entry import Source
from timer_app.domain.entries.timer import Running
from timer_app.domain.errors import JournalError, NotPossible
from timer_app.services.delivery.problem_documents import problem_documents
from timer_app.services.entries.documents import entry_document
from timer_app.services.entries.editor import EntryEdit

S = DeliveryState
HELD = "is damaged in the journal: left to the user"
DAY = date(2026, 11, 22)
BAD_MESSAGES = (
    "",
    "{",
    "null",
    "[]",
    '"x"',
    "{}",
    '{"started_at": "noon", "stopped_at": "evening", "title": "Ship it"}',
    '{"started_at": 1e999, "stopped_at": NaN, "title": "a", "card_origin": null, "card_id": null}',
    '{"started_at": 99999999999999999999, "stopped_at": null, "title": 5, "card_origin": 5}',
    '{"card_origin": "https://acme.kaiten.ru", "card_id": "7", "for_date": "2026-13-45"}',
    '{"card_origin": 1, "card_id": true, "for_date": "2026-11-22", "minutes": "x", "comment": 1}',
    "[" * 100_000,
)
BAD_WORDS = ("", "Start", "waiting ", "\x00", "unknown!", "null")


def worked(world: World, minutes: int = 60) -> None:
    world.timer.start(TASK, Source.CLICK)
    world.clock.move(minutes=minutes)
    world.timer.stop()


def damage(world: World, table: str, column: str, value: object, where: str = "1") -> None:
    statement = f"UPDATE {table} SET {column} = ? WHERE {where}"  # noqa: S608 - the test's words
    world.journal.connection.execute(statement, (value,))


def made(gateway: FakeGateway) -> int:
    """How many records it was told to make."""
    return sum(isinstance(each, StartEntry | RecordEntry | LogTime) for each in gateway.told)


def everything_reads(world: World) -> None:
    """What a person looks at: nothing of it raises."""
    now = world.clock.now().astimezone(world.clock.zone())
    both = {"timecrowd": True, "kaiten": True}
    status = status_document(world.journal.connection, now, now.time().replace(hour=0), both)
    json.dumps(status, allow_nan=False)
    for logged in world.journal.entries(date(1970, 1, 1), date(9999, 12, 31)):
        json.dumps(entry_document(logged, world.clock.now(), world.clock.zone()))
    for logged in world.journal.needing_user(world.journal.ids_needing_user()):
        json.dumps(problem_documents(logged, world.clock.zone()))
    world.journal.counts()
    world.journal.open_counts()
    world.journal.recent_tasks(9)
    world.journal.unresolved_absences(world.clock.now())
    world.journal.ongoing_absence()
    damaged_rows(world.journal.connection)


@pytest.mark.parametrize("text", BAD_MESSAGES)
@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_damaged_message_holds_up_only_its_own_delivery(
    world: World, logs: LogGuard, number: int, text: str
) -> None:
    logs.expect(f"delivery={number} is damaged")
    worked(world)  # 1 start, 2 stop, 3 log
    damage(world, "delivery", "message", text, f"id = {number}")
    world.timer.start(WORDS, Source.CLICK)  # 4
    world.drain()

    assert world.delivery(number).state is S.BLOCKED
    assert str(number) in world.delivery(number).error
    assert "damaged" in world.delivery(number).error
    held = {1, 2} if number == 1 else {number}
    assert {d for d in (1, 2, 3, 4) if world.delivery(d).state is not S.DONE} == held
    (row,) = world.journal.connection.execute(
        "SELECT message FROM delivery WHERE id = ?", (number,)
    ).fetchone()
    assert row == text, "what is left of it stays as it is"
    assert damaged_rows(world.journal.connection) == [f"delivery {number}"]
    everything_reads(world)


def test_retry_makes_a_damaged_message_anew_from_its_entry(world: World, logs: LogGuard) -> None:
    logs.expect(HELD)
    worked(world)
    damage(world, "delivery", "message", "{")
    world.drain()
    for number in (1, 2, 3):
        world.problems.retry(number)
        world.drain()

    assert [world.delivery(number).state for number in (1, 2, 3)] == [S.DONE] * 3
    assert isinstance(world.delivery(1).message, RecordEntry)
    log = world.delivery(3).message
    assert isinstance(log, LogTime)
    assert (log.card, log.for_date, log.minutes) == (CARD, DAY, 60)
    assert made(world.tc) == 1
    assert made(world.kt) == 1


def test_dropping_a_damaged_start_drops_what_hangs_on_it(world: World, logs: LogGuard) -> None:
    logs.expect(HELD)
    worked(world)
    damage(world, "delivery", "message", "{", "id = 1")
    world.drain()
    world.problems.drop(1)
    world.drain()

    assert [world.delivery(number).state for number in (1, 2)] == [S.DROPPED] * 2
    assert world.delivery(3).state is S.DONE


def test_a_damaged_start_that_was_delivered_is_not_sent_twice(world: World) -> None:
    world.timer.start(TASK, Source.CLICK)
    world.drain()
    damage(world, "delivery", "message", "{")
    world.clock.move(minutes=5)
    world.timer.stop()
    assert isinstance(world.delivery(2).message, StopEntry)
    world.drain()
    assert made(world.tc) == 1


def test_a_delivered_log_with_a_damaged_message_still_counts_when_its_entry_is_edited(
    world: World,
) -> None:
    worked(world, 60)
    world.drain()
    damage(world, "delivery", "message", "{", "id = 3")
    entry = world.journal.entry("e1")
    assert entry
    assert entry.stopped_at
    world.editor.edit("e1", EntryEdit(stopped_at=entry.stopped_at - timedelta(minutes=30)))
    world.drain()
    changed = [each for each in world.kt.told if isinstance(each, UpdateLog)]
    assert [(each.about, each.minutes) for each in changed] == [(3, 30)]
    assert made(world.kt) == 1, "no second log"


def test_an_edit_waits_until_a_damaged_open_log_is_decided(world: World, logs: LogGuard) -> None:
    logs.expect(HELD)
    worked(world)
    damage(world, "delivery", "message", "{", "id = 3")
    with pytest.raises(NotPossible, match="3"):
        world.editor.edit("e1", EntryEdit(comment="other"))
    world.drain()
    world.problems.drop(3)
    world.editor.edit("e1", EntryEdit(comment="other"))


@pytest.mark.parametrize("text", BAD_MESSAGES)
def test_a_damaged_attempt_is_never_repeated_blindly(
    world: World, logs: LogGuard, text: str
) -> None:
    logs.expect("were being sent")
    worked(world)
    world.journal.lease(1, world.clock.reading())
    damage(world, "attempt", "message", text)
    world.drain()
    assert world.delivery(1).state is S.UNKNOWN
    assert world.delivery(1).needs_user
    assert made(world.tc) == 0
    everything_reads(world)


@pytest.mark.parametrize("word", BAD_WORDS)
@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("delivery", "kind"), ("delivery", "state"), ("delivery", "service"),
        ("entry", "source"), ("service", "health"), ("away", "causes"), ("stretch", "for_date"),
        ("attempt", "kind"), ("watch", "service"), ("amendment", "kind"), ("amendment", "before"),
        ("tally", "state"),
    ],
)  # fmt: skip
def test_whatever_word_is_damaged_reading_and_the_timer_go_on(
    world: World, logs: LogGuard, table: str, column: str, word: str
) -> None:
    logs.allow(HELD)
    worked(world)
    world.drain()
    world.editor.edit("e1", EntryEdit(comment="x"))
    world.timer.start(TASK, Source.CLICK)
    since = world.clock.now()
    world.clock.move(minutes=60)
    world.journal.begin_absence(
        "e2", Absence(since, None, frozenset({AbsenceCause.IDLE})), timedelta(minutes=1)
    )
    with world.journal.transaction():
        try:
            damage(world, table, column, word)
        except JournalBug:  # a column of a key takes it once
            where = "state = 'done'" if table == "tally" else "entry_id = 'e1'"
            damage(world, table, column, word, f"service = 'kaiten' AND {where}")
    everything_reads(world)
    world.timer.start(WORDS, Source.CLICK)
    world.clock.move(minutes=1)
    world.drain()
    everything_reads(world)


@pytest.mark.parametrize("number", [2**62, -(2**62), 253402300800, -62135596801])
@pytest.mark.parametrize("column", ["started_at", "remote_started_at"])
def test_an_instant_out_of_all_calendars_is_shown_as_the_nearest_one(
    world: World, column: str, number: int
) -> None:
    world.timer.start(TASK, Source.CLICK)
    world.drain()
    damage(world, "entry", column, number)
    everything_reads(world)
    assert isinstance(world.journal.state(), Running)


@pytest.mark.parametrize("text", [*BAD_MESSAGES, '{"title": 3, "started_at": 1}'])
def test_a_damaged_undo_record_is_named_and_the_next_edit_can_be_undone(
    world: World, text: str
) -> None:
    worked(world)
    world.editor.edit("e1", EntryEdit(comment="one"))
    damage(world, "amendment", "before", text)
    with pytest.raises(JournalError, match="1"):
        world.editor.undo()
    assert world.journal.latest_undo_id() == 1
    assert damaged_rows(world.journal.connection) == ["undo record 1"]
    world.editor.edit("e1", EntryEdit(comment="two"))
    world.editor.undo()
    logged = world.journal.entry("e1")
    assert logged
    assert logged.entry.comment == "one"


def test_a_state_that_no_version_wrote_is_mended_when_the_file_is_checked(world: World) -> None:
    worked(world)
    damage(world, "delivery", "state", "waitimg", "id = 1")
    damage(world, "delivery", "service", "timecrown", "id = 2")
    mend_states(world.journal.connection)
    assert world.delivery(1).needs_user
    assert "damaged" in world.delivery(1).error
    assert list(world.journal.ids_needing_user()) == [1]
    counts = world.journal.counts()
    assert (counts[S.UNKNOWN], counts[S.WAITING]) == (1, 2)
    world.problems.retry(1)
    world.drain()
    assert [world.delivery(number).state for number in (1, 2, 3)] == [S.DONE] * 3
