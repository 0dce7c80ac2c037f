"""The journal as the services know it, method by method."""

from __future__ import annotations

import stat
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.adapters.entries.journal.support import (
    CARD,
    DAY,
    NINE,
    TASK,
    WORDS,
    dump,
    entry,
    finished,
    open_journal,
)
from tests.support.logs import LogGuard
from timer_app.adapters.entries.journal.sqlite_errors import JournalBug
from timer_app.adapters.entries.journal.store import SqliteJournal
from timer_app.domain.clock import ClockReading
from timer_app.domain.delivery.outbox import (
    Delivery,
    DeliveryState,
    DueDelivery,
    LoggedEntry,
)
from timer_app.domain.delivery.outcomes import RemoteEntry
from timer_app.domain.delivery.service_messages import (
    CorrectTimes,
    LogTime,
    RecordEntry,
    StartEntry,
    StopEntry,
)
from timer_app.domain.entries.card import Card
from timer_app.domain.entries.entry import FinishedEntry
from timer_app.domain.entries.minutes import CardDayTotals, DaySegment
from timer_app.domain.entries.task import Task
from timer_app.domain.entries.timer import Effect, Idle, Running, SegmentedEntry, State, Transition
from timer_app.domain.entries.web_address import room_of
from timer_app.domain.errors import JournalError
from timer_app.domain.service import Service
from timer_app.services.delivery.service_status import Health, ServiceStatus

HOUR = timedelta(hours=1)
S = DeliveryState
cannot_be_moved = pytest.mark.skipif(
    sys.platform == "win32", reason="nobody moves or removes a file there that we have open"
)
TC, KT = Service.TIMECROWD, Service.KAITEN


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[SqliteJournal]:
    journal = open_journal(tmp_path)
    yield journal
    journal.close()


def test_what_runs(journal: SqliteJournal) -> None:
    def state() -> State:
        return journal.state()

    assert state() == Idle()
    running = entry(1)
    effects = (Effect("e1", StartEntry(TASK, running.started_at)),)
    journal.apply_transition(Transition(Running(running), effects=effects))
    assert state() == Running(running)
    journal.apply_transition(Transition(Running(replace(running, comment="é"))))
    assert state() == Running(replace(running, comment="é"))
    journal.apply_transition(finished(1))
    assert state() == Idle()
    journal.apply_transition(Transition(Running(entry(2))))
    journal.apply_transition(Transition(Idle(), cancelled=entry(2)))
    assert state() == Idle()


def test_only_one_can_run(journal: SqliteJournal) -> None:
    journal.apply_transition(Transition(Running(entry(1))))
    before = dump(journal.connection)
    with pytest.raises(JournalBug, match="UNIQUE constraint failed"):
        journal.apply_transition(Transition(Running(entry(2))))
    assert dump(journal.connection) == before


def test_an_entry_never_ends_before_it_began(journal: SqliteJournal) -> None:
    one = entry(1)
    ended = SegmentedEntry(FinishedEntry(one, one.started_at - HOUR), ())
    with pytest.raises(JournalBug, match="CHECK constraint failed"):
        journal.apply_transition(Transition(Idle(), ended))
    assert journal.entry("e1") is None


def test_a_transaction_is_all_or_nothing(journal: SqliteJournal) -> None:
    journal.apply_transition(finished(1))
    before = dump(journal.connection)

    def break_off() -> None:
        with journal.transaction():
            journal.set_state(1, S.BLOCKED, "no")
            with journal.transaction():
                journal.apply_transition(finished(2))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    assert dump(journal.connection) == before
    with journal.transaction():
        journal.set_state(1, S.BLOCKED, "no")
    assert journal.counts()[S.BLOCKED] == 1


def test_entries_with_their_deliveries(journal: SqliteJournal) -> None:
    journal.apply_transition(finished(1))
    one = entry(1)
    end = one.started_at + HOUR
    logged = LoggedEntry(
        one,
        end,
        (
            Delivery(1, "e1", RecordEntry(TASK, one.started_at, end), S.WAITING),
            Delivery(2, "e1", LogTime(CARD, DAY, 60, "é"), S.WAITING, minutes=60),
        ),
        zone="",
    )
    assert journal.entry("e1") == logged
    assert journal.entry_of_delivery(1) == journal.entry_of_delivery(2) == logged
    assert journal.entries(DAY, DAY) == [logged]
    assert journal.entries(date(2026, 11, 23), date(2026, 12, 1)) == []
    assert (journal.entry("e2"), journal.entry_of_delivery(3)) == (None, None)


def test_entries_come_in_order_of_their_start_and_once(journal: SqliteJournal) -> None:
    for number in (3, 1, 2):
        journal.apply_transition(finished(number))
    late = entry(10)
    segments = (DaySegment(DAY, 3600), DaySegment(DAY + timedelta(days=1), 3600))
    finish = FinishedEntry(late, late.started_at + 2 * HOUR)
    journal.apply_transition(Transition(Idle(), SegmentedEntry(finish, segments)))
    found = journal.entries(DAY, DAY + timedelta(days=1))
    assert [logged.entry.id for logged in found] == ["e1", "e2", "e3", "e10"]
    assert journal.seconds_on(DAY) == 4 * 3600
    assert journal.seconds_on(DAY + timedelta(days=1)) == 3600
    assert journal.seconds_on(date(2020, 1, 1)) == 0


def test_overlapping(journal: SqliteJournal) -> None:
    journal.apply_transition(finished(1))
    journal.apply_transition(Transition(Running(entry(5))))

    def found(begin: float, end: float) -> list[str]:
        logged = journal.overlapping(NINE + begin * HOUR, NINE + end * HOUR)
        return [each.entry.id for each in logged]

    assert found(0, 1) == []  # ends as the other begins
    assert found(2, 3) == []
    assert found(0, 1.5) == found(1.2, 1.3) == found(1.5, 9)[:1] == ["e1"]
    assert found(5.5, 6) == ["e5"]
    assert found(3, 5) == []
    journal.apply_transition(Transition(Idle(), cancelled=entry(5)))
    assert found(5.5, 6) == []


def test_minutes_of_a_card(journal: SqliteJournal) -> None:
    journal.apply_transition(finished(1))
    journal.apply_transition(finished(2))
    other = Card(CARD.origin, 8)
    assert journal.card_day_totals(CARD, DAY, DAY) == {DAY: CardDayTotals(7200, 120)}
    assert journal.card_day_totals(other, DAY, DAY) == {}
    journal.set_state(2, S.DROPPED)  # the user decided about those minutes
    assert journal.card_day_totals(CARD, DAY, DAY) == {DAY: CardDayTotals(7200, 120)}


def test_tasks(journal: SqliteJournal) -> None:
    for number, task in enumerate((TASK, WORDS, Task("Ship it now", CARD)), start=1):
        journal.apply_transition(Transition(Running(entry(number, task))))
        journal.apply_transition(Transition(Idle(), cancelled=entry(number, task)))
    assert journal.recent_tasks(9) == [Task("Ship it now", CARD), WORDS]
    assert journal.recent_tasks(1) == [Task("Ship it now", CARD)]
    assert journal.task(CARD.url) == Task("Ship it now", CARD)
    assert journal.task("Read mail") == WORDS
    assert journal.task("Ship it") is None


# -- the work list


def test_tasks_at_addresses_outlive_the_process(journal: SqliteJournal, tmp_path: Path) -> None:
    page, message = "https://example.com/a", "https://www.chatwork.com/#!rid1-"
    alone, linked = Task("Read it", None, page), Task("Read it", CARD, page)
    first, second = Task("Answer", None, f"{message}2"), Task("Ask", CARD, f"{message}3", "Sales")
    for number, task in enumerate((alone, linked, first, second)):
        one = entry(number, task)
        effects = (Effect(one.id, StartEntry(task, one.started_at)),)
        before = journal.state()
        ended = None
        if isinstance(before, Running):
            ended = SegmentedEntry(FinishedEntry(before.entry, one.started_at), ())
        journal.apply_transition(Transition(Running(one), ended, effects=effects))
    journal.close()
    again = open_journal(tmp_path)
    named = replace(first, room_name="Sales")  # the room has got its name with the next task
    tasks = [logged.entry.task for number in range(4) if (logged := again.entry(f"e{number}"))]
    assert tasks == [alone, linked, named, second]
    assert list(again.recent_tasks(9)) == [second, named, linked, alone]
    assert again.state() == Running(entry(3, second))
    (room,) = filter(None, [room_of(second.address)])
    assert again.room_name(room) == "Sales"
    due_now = again.next_due(Service.TIMECROWD)
    assert due_now is not None
    assert due_now.entry.task == alone
    assert again.card_dates(NINE.date(), NINE.date()) == []
    again.close()


def due(number: int, journal: SqliteJournal) -> DueDelivery:
    logged = journal.entry_of_delivery(number)
    assert logged
    one = next(each for each in logged.deliveries if each.id == number)
    return DueDelivery(one, logged.entry, logged.stopped_at, None)


def test_next_due_is_the_oldest_whose_turn_it_is(journal: SqliteJournal) -> None:
    assert [journal.next_due(service) for service in Service] == [None, None]
    journal.apply_transition(finished(1))
    journal.apply_transition(finished(2))
    assert journal.next_due(TC) == due(1, journal)
    assert journal.next_due(KT) == due(2, journal)
    journal.set_state(1, S.DONE)
    assert journal.next_due(TC) == due(3, journal)


@pytest.mark.parametrize("state", [S.WAITING, S.SENDING, S.UNKNOWN, S.BLOCKED])
def test_what_is_open_holds_its_entry_and_service_alone(
    journal: SqliteJournal, state: DeliveryState
) -> None:
    journal.apply_transition(finished(1))
    journal.enqueue("e1", StopEntry(NINE + 2 * HOUR))
    journal.apply_transition(finished(2))
    journal.set_state(1, state)
    if state is not S.WAITING:
        assert journal.next_due(TC) == due(4, journal)
    assert journal.next_due(KT) == due(2, journal)
    journal.set_state(1, S.DROPPED)
    assert journal.next_due(TC) == due(3, journal)


def test_next_due_knows_what_timecrowd_last_said(journal: SqliteJournal) -> None:
    journal.apply_transition(finished(1))
    for stopped_at in (None, NINE + HOUR):
        remote = RemoteEntry("tc", "task-1", NINE, stopped_at)
        journal.save_remote("e1", remote)
        assert journal.next_due(TC) == replace(due(1, journal), remote=remote)


def test_the_life_of_a_delivery(journal: SqliteJournal) -> None:
    journal.apply_transition(finished(1))
    before = due(1, journal).delivery
    assert journal.lease(1, ClockReading(NINE))
    assert not journal.lease(1, ClockReading(NINE))
    assert due(1, journal).delivery == replace(before, state=S.SENDING, attempts=1, sent_at=NINE)
    journal.set_state(1, S.WAITING, "offline")
    assert due(1, journal).delivery == replace(before, attempts=1, error="offline", sent_at=NINE)
    message = CorrectTimes(NINE, None)
    journal.replace_message(before, message)
    assert due(1, journal).delivery == replace(before, message=message, attempts=1, sent_at=NINE)
    assert journal.lease(1, ClockReading(NINE))
    journal.replace_message(before, before.message)  # it may have been sent: too late
    journal.complete(before.id, "991")
    assert due(1, journal).delivery == Delivery(1, "e1", message, S.DONE, 2, "991", "", NINE)


def test_interrupted(journal: SqliteJournal) -> None:
    assert journal.recover_interrupted() == 0
    for number in (1, 2):
        journal.apply_transition(finished(number))
    journal.lease(1, ClockReading(NINE))
    journal.lease(4, ClockReading(NINE))
    assert journal.recover_interrupted() == 2
    assert journal.recover_interrupted() == 0
    assert [due(n, journal).delivery.state for n in (1, 2, 3, 4)] == [
        S.UNKNOWN, S.WAITING, S.WAITING, S.UNKNOWN,
    ]  # fmt: skip
    assert due(1, journal).delivery.error == "Timer App ended while this was being sent."


def test_needing_person(journal: SqliteJournal) -> None:
    for number in (2, 1, 3):
        journal.apply_transition(finished(number))
    journal.set_state(1, S.UNKNOWN, "?", left_to_user=True)
    journal.set_state(4, S.BLOCKED, "no")
    journal.set_state(6, S.UNKNOWN, "looked for by itself")
    found = journal.needing_user(journal.ids_needing_user())
    assert [(e.entry.id, [(d.id, d.state, d.error) for d in e.deliveries]) for e in found] == [
        ("e1", [(4, S.BLOCKED, "no")]),
        ("e2", [(1, S.UNKNOWN, "?")]),
    ]


def test_ids_needing_a_person_come_in_pages_by_age(journal: SqliteJournal) -> None:
    """Whatever their service and state: each is a range of its own in the index."""
    for number in (1, 2, 3):
        journal.apply_transition(finished(number))
    for blocked in (2, 3, 5):
        journal.set_state(blocked, S.BLOCKED, "no")
    for unknown in (1, 6):
        journal.set_state(unknown, S.UNKNOWN, "?", left_to_user=True)
    journal.set_state(4, S.UNKNOWN, "looked for by itself")
    assert journal.ids_needing_user() == [1, 2, 3, 5, 6]
    assert journal.ids_needing_user(most=2) == [1, 2]
    assert journal.ids_needing_user(2, 2) == [3, 5]
    assert journal.ids_needing_user(6, 2) == []


def test_counts(journal: SqliteJournal) -> None:
    for number in (1, 2):
        journal.apply_transition(finished(number))
    journal.set_state(1, S.UNKNOWN)
    journal.set_state(2, S.DONE)
    journal.set_state(4, S.DROPPED)
    assert journal.counts() == {
        S.WAITING: 1, S.SENDING: 0, S.UNKNOWN: 1, S.BLOCKED: 0, S.DONE: 1, S.DROPPED: 1,
    }  # fmt: skip
    assert journal.open_counts() == {(TC, False): 2}
    journal.set_state(1, S.UNKNOWN, left_to_user=True)
    assert journal.open_counts() == {(TC, False): 1, (TC, True): 1}


def test_service_status(journal: SqliteJournal) -> None:
    assert journal.service_status(TC) == ServiceStatus()
    until = datetime(2026, 11, 22, 9, 0, 1, 500_000, tzinfo=UTC)
    journal.save_service_status(TC, ServiceStatus(Health.OFFLINE, "No network.", until, 3))
    rounded_up = datetime(2026, 11, 22, 9, 0, 2, tzinfo=UTC)
    assert journal.service_status(TC) == ServiceStatus(Health.OFFLINE, "No network.", rounded_up, 3)
    assert journal.service_status(KT) == ServiceStatus()
    journal.save_service_status(TC, ServiceStatus())
    assert journal.service_status(TC) == ServiceStatus()


# -- one unit of work


def test_listeners_hear_of_the_outermost_commit_alone(journal: SqliteJournal) -> None:
    heard: list[tuple[str, bool]] = []

    def listener() -> None:
        heard.append(("listener", journal.connection.in_transaction))

    with journal.transaction():
        with journal.transaction():
            journal.apply_transition(finished(1))
            journal.after_commit(listener)
        journal.after_commit(listener)
        assert heard == []
    assert heard == [("listener", False)]
    journal.after_commit(listener)
    assert len(heard) == 2


def test_what_is_undone_is_heard_by_nobody(journal: SqliteJournal) -> None:
    heard: list[str] = []

    def fail(name: str) -> None:
        with journal.transaction():
            journal.apply_transition(finished(2))
            journal.after_commit(lambda: heard.append(name))
            raise ValueError(name)

    with pytest.raises(ValueError, match="outer"):
        fail("outer")
    with journal.transaction():
        journal.apply_transition(finished(1))
        with pytest.raises(ValueError, match="inner"):
            fail("inner")
        journal.after_commit(lambda: heard.append("kept"))
    assert heard == ["kept"]
    assert (journal.entry("e1") is None, journal.entry("e2") is None) == (False, True)


def test_a_listener_that_fails_keeps_nobody_from_hearing(
    journal: SqliteJournal, logs: LogGuard
) -> None:
    logs.expect("a listener failed after a commit")
    heard: list[str] = []

    def broken() -> None:
        raise ValueError("a bug")

    with journal.transaction():
        journal.apply_transition(finished(1))
        journal.after_commit(broken)
        journal.after_commit(lambda: heard.append("next"))
    assert heard == ["next"]
    assert journal.entry("e1") is not None


# -- when it cannot be written


def test_a_full_disk(journal: SqliteJournal) -> None:
    journal.apply_transition(finished(1))
    before = dump(journal.connection)
    pages = journal.connection.execute("PRAGMA page_count").fetchone()[0]
    journal.connection.execute(f"PRAGMA max_page_count = {pages}")

    def a_lot() -> None:
        with journal.transaction():
            for number in range(2, 500):
                journal.apply_transition(finished(number))

    with pytest.raises(JournalError) as unwritable:
        a_lot()
    assert str(unwritable.value) == (
        "The disk is full. Nothing was changed. Free some space and try again."
    )
    assert dump(journal.connection) == before
    journal.connection.execute("PRAGMA max_page_count = 100000")
    journal.apply_transition(finished(2))
    assert journal.connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_another_program_holds_it(journal: SqliteJournal, tmp_path: Path) -> None:
    journal.apply_transition(finished(1))
    impatient = open_journal(tmp_path, busy_seconds=0)
    with journal.transaction():
        with pytest.raises(JournalError) as unwritable:
            impatient.apply_transition(finished(2))
        assert impatient.counts()[S.WAITING] == 2  # reading goes on
    assert str(unwritable.value) == (
        "Another program is using the journal. Nothing was changed. Try again."
    )
    impatient.apply_transition(finished(2))
    assert journal.counts()[S.WAITING] == 4
    impatient.close()


def test_rows_point_at_what_is_there(journal: SqliteJournal) -> None:
    with pytest.raises(JournalBug, match="FOREIGN KEY constraint failed"):
        journal.enqueue("nobody", StopEntry(NINE))


def test_columns_hold_what_they_are_for(journal: SqliteJournal) -> None:
    journal.apply_transition(finished(1))
    with pytest.raises(JournalBug, match="cannot store TEXT value in INTEGER column"):
        journal.connection.execute("UPDATE entry SET started_at = 'soon'")


@cannot_be_moved
def test_a_journal_that_is_removed_under_the_program_is_put_back_whole(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    journal = open_journal(tmp_path)
    journal.apply_transition(finished(1))
    held = dump(journal.connection)
    path.unlink()
    for _ in range(2):
        with pytest.raises(JournalError, match="A copy with everything was put in its place"):
            journal.apply_transition(finished(2))
    journal.close()
    again = open_journal(tmp_path)
    assert dump(again.connection) == held
    again.apply_transition(finished(2))
    again.close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@cannot_be_moved
def test_nothing_is_written_to_a_journal_that_was_replaced(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    journal = open_journal(tmp_path)
    journal.apply_transition(finished(1))
    other = open_journal(tmp_path / "other")
    (tmp_path / "other" / path.name).rename(path)
    held, kept = dump(journal.connection), Path(f"{path}.replaced")
    for _ in range(2):
        with pytest.raises(JournalError, match=f"kept as {kept}. Nothing was changed"):
            journal.apply_transition(finished(2))
    journal.close()
    other.close()
    assert sorted(each.name for each in tmp_path.iterdir() if "replaced" in each.name) == [
        kept.name
    ]
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    kept.rename(path)
    again = open_journal(tmp_path)
    assert dump(again.connection) == held
    again.close()
