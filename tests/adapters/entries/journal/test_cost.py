"""What is asked often costs the same with 20,000 entries as with two, counted in steps of SQLite.

No wall time: a step is one instruction of SQLite's virtual machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta

import pytest

from tests.adapters.entries.journal.support import (
    CARD,
    DAY,
    NINE,
    TASK,
    entry,
    finished,
    open_journal,
)
from timer_app.adapters.entries.journal.status_document import status_document
from timer_app.adapters.entries.journal.store import SqliteJournal
from timer_app.domain.clock import ClockReading
from timer_app.domain.delivery.outbox import DeliveryState
from timer_app.domain.delivery.service_messages import StartEntry
from timer_app.domain.entries.timer import Effect, Idle, Running, Transition
from timer_app.domain.errors import JournalError
from timer_app.domain.service import Service
from timer_app.services.entries.listing import DeliveryStatus, EntryCursor, EntryFilter

MANY = 20_000
NOW = datetime(2026, 11, 22, 13, tzinfo=UTC)
BOTH = {"timecrowd": True, "kaiten": True}


def _newest(journal: SqliteJournal) -> int:
    (number,) = journal.connection.execute("SELECT max(id) FROM delivery").fetchone()
    return int(number)


ASKED: dict[str, Callable[[SqliteJournal], object]] = {
    "state": lambda journal: journal.state(),
    "next_due TimeCrowd": lambda journal: journal.next_due(Service.TIMECROWD),
    "next_due Kaiten": lambda journal: journal.next_due(Service.KAITEN),
    "questions": lambda journal: journal.unresolved_absences(NOW),
    "held": lambda journal: journal.on_hold_counts(),
    "lasting_absence": lambda journal: journal.ongoing_absence(),
    "counts": lambda journal: journal.counts(),
    "open_counts": lambda journal: journal.open_counts(),
    "ids_needing_user": lambda journal: journal.ids_needing_user(),
    "a page of them": lambda journal: journal.ids_needing_user(_newest(journal) - 9, 9),
    "needing_user": lambda journal: journal.needing_user(journal.ids_needing_user()),
    "recover_interrupted": lambda journal: journal.recover_interrupted(),
    "seconds_on": lambda journal: journal.seconds_on(DAY),
    "card_days": lambda journal: journal.card_day_totals(CARD, DAY, DAY),
    "recent_tasks": lambda journal: journal.recent_tasks(1),
    "task": lambda journal: journal.task(CARD.url),
    "entry": lambda journal: journal.entry("e2"),
    "entries": lambda journal: journal.entries(DAY, DAY),
    "overlapping": lambda journal: journal.overlapping(NINE, NOW),
    "seconds_by_day": lambda journal: journal.seconds_by_day(DAY, DAY + timedelta(days=30)),
    "task_seconds_by_day": lambda journal: journal.task_seconds_by_day(
        DAY, DAY + timedelta(days=30)
    ),
    "task_number": lambda journal: journal.task_number(CARD.url),
    "the first page": lambda journal: journal.page(EntryFilter(), None, 2),
    "the next page": lambda journal: journal.page(
        EntryFilter(), EntryCursor(NINE + timedelta(hours=2), 9), 1
    ),
    "a page of a date": lambda journal: journal.page(EntryFilter(first=DAY, last=DAY), None, 9),
    "a page of what waits": lambda j: j.page(
        EntryFilter(delivery_status=DeliveryStatus.WAITING), None, 9
    ),
    "some": lambda journal: journal.entries_by_id(["e1", "e2"]),
    "entry_of_delivery": lambda journal: journal.entry_of_delivery(_newest(journal)),
    "status": lambda journal: status_document(journal.connection, NOW, time(0), BOTH),
    "set_state": lambda journal: journal.set_state(1, DeliveryState.DONE),
    "lease": lambda journal: journal.lease(1, ClockReading(NOW)),
}


@pytest.fixture(scope="module")
def journals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SqliteJournal, ...]]:
    """One with little in it and one of many years; both hold the same of today."""
    folder = tmp_path_factory.mktemp("cost")
    few, many = open_journal(folder / "few"), open_journal(folder / "many")
    with many.transaction():
        many.connection.executemany(
            "INSERT INTO task (id, key, title, used_at) VALUES (?, ?, 'old', ?)",
            ((n, f"old {n}", n) for n in range(100, 100 + MANY)),
        )
        many.connection.executemany(
            "INSERT INTO entry (id, task_id, comment, source, started_at, stopped_at, cancelled)"
            " VALUES (?, ?, '', 'cli', ?, ?, ?)",
            ((f"old{n}", n, n, n + 60 if n % 4 else None, int(not n % 4))
             for n in range(100, 100 + MANY)),
        )  # fmt: skip
        many.connection.executemany(
            "INSERT INTO stretch VALUES (?, ?, 60, ?)",
            ((f"old{n}", f"20{n % 25:02}-11-{n % 28 + 1:02}", CARD.url)
             for n in range(100, 100 + MANY) if n % 4),
        )  # fmt: skip
        for kind in ("entry", "stop", "log"):
            service = "kaiten" if kind == "log" else "timecrowd"
            many.connection.executemany(
                "INSERT INTO delivery (entry_id, service, kind, message, state) VALUES"
                " (?, ?, ?, '{}', 'done')",
                ((f"old{n}", service, kind) for n in range(100, 100 + MANY)),
            )
    for journal in (few, many):
        for number in (1, 2):
            journal.apply_transition(finished(number))
        running = entry(3)
        effects = (Effect("e3", StartEntry(TASK, NINE)),)
        journal.apply_transition(Transition(Running(running), effects=effects))
    yield few, many
    few.close()
    many.close()


def steps(journal: SqliteJournal, ask: Callable[[SqliteJournal], object]) -> int:
    """How many steps SQLite takes."""
    taken = 0

    def step() -> int:
        nonlocal taken
        taken += 1
        return 0

    journal.connection.set_progress_handler(step, 1)
    try:
        ask(journal)
    finally:
        journal.connection.set_progress_handler(None, 0)
    return taken


@pytest.mark.parametrize("name", ASKED)
def test_cost_does_not_grow(journals: tuple[SqliteJournal, ...], name: str) -> None:
    few, many = (steps(journal, ASKED[name]) for journal in journals)
    assert 0 < many <= few + 20


def test_a_start_and_a_stop_do_not_cost_more(journals: tuple[SqliteJournal, ...]) -> None:
    def stop_and_start(journal: SqliteJournal) -> None:
        journal.apply_transition(finished(3))
        journal.apply_transition(Transition(Running(entry(4))))
        journal.apply_transition(Transition(Idle(), cancelled=entry(4)))

    few, many = (steps(journal, stop_and_start) for journal in journals)
    assert 0 < many <= few + 50


def test_logs_that_count_for_nothing_cost_a_day_of_a_card_nothing(
    journals: tuple[SqliteJournal, ...],
) -> None:
    """A day that was deleted and restored many times has more and more of them."""
    few, many = journals
    before = steps(few, lambda journal: journal.card_day_ledger(CARD, DAY))
    with many.transaction():
        many.connection.executemany(
            "INSERT INTO delivery"
            " (entry_id, service, kind, message, state, card, for_date, minutes)"
            " VALUES ('e1', 'kaiten', 'log', '{}', 'done', ?, ?, 0)",
            [(CARD.url, DAY.isoformat())] * 500,
        )
    assert 0 < steps(many, lambda journal: journal.card_day_ledger(CARD, DAY)) <= before + 50


def test_what_was_undone_costs_the_next_undo_nothing(journals: tuple[SqliteJournal, ...]) -> None:
    few, many = journals
    for journal, number in ((few, 2), (many, 5_000)):
        journal.connection.executemany(
            "INSERT INTO amendment (entry_id, kind, before, undone) VALUES ('e1', 'edit', '{}', ?)",
            [(int(place > 0),) for place in range(number)],
        )
    for ask in (SqliteJournal.latest_undo_id, _undo_record):
        assert 0 < steps(many, ask) <= steps(few, ask) + 20


def _undo_record(journal: SqliteJournal) -> None:
    with pytest.raises(JournalError):  # what it was before is not told
        journal.last_undo_record()
