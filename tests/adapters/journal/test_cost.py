"""What is asked often costs the same with 20,000 entries as with two, counted in steps of SQLite.

No wall time: a step is one instruction of SQLite's virtual machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta

import pytest

from tests.adapters.journal.support import CARD, DAY, NINE, TASK, entry, finished, open_journal
from timer_app.adapters.journal.store import SqliteJournal
from timer_app.adapters.journal.summary import status_document
from timer_app.domain.clock_reading import Reading
from timer_app.domain.delivery import DeliveryState, Service, StartEntry
from timer_app.domain.timer import Idle, Running, Told, Transition
from timer_app.services.listing import Place, Sought, Standing

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
    "questions": lambda journal: journal.questions(NOW),
    "held": lambda journal: journal.held(),
    "lasting_absence": lambda journal: journal.lasting_absence(),
    "counts": lambda journal: journal.counts(),
    "open_counts": lambda journal: journal.open_counts(),
    "needing_person": lambda journal: journal.needing_person(),
    "interrupted": lambda journal: journal.interrupted(),
    "seconds_on": lambda journal: journal.seconds_on(DAY),
    "card_days": lambda journal: journal.card_days(CARD, DAY, DAY),
    "recent_tasks": lambda journal: journal.recent_tasks(1),
    "task": lambda journal: journal.task(CARD.url),
    "entry": lambda journal: journal.entry("e2"),
    "entries": lambda journal: journal.entries(DAY, DAY),
    "overlapping": lambda journal: journal.overlapping(NINE, NOW),
    "seconds_by_day": lambda journal: journal.seconds_by_day(DAY, DAY + timedelta(days=30)),
    "the first page": lambda journal: journal.page(Sought(), None, 2),
    "the next page": lambda journal: journal.page(Sought(), Place(NINE + timedelta(hours=2), 9), 1),
    "a page of a date": lambda journal: journal.page(Sought(first=DAY, last=DAY), None, 9),
    "a page of what waits": lambda j: j.page(Sought(standing=Standing.WAITING), None, 9),
    "some": lambda journal: journal.some(["e1", "e2"]),
    "delivery": lambda journal: journal.delivery(_newest(journal)),
    "status": lambda journal: status_document(journal.connection, NOW, time(0), BOTH),
    "mark": lambda journal: journal.mark(1, DeliveryState.DONE),
    "begin_sending": lambda journal: journal.begin_sending(1, Reading(NOW)),
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
            journal.apply(finished(number))
        running = entry(3)
        told = (Told("e3", StartEntry(TASK, NINE)),)
        journal.apply(Transition(Running(running), told=told))
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
        journal.apply(finished(3))
        journal.apply(Transition(Running(entry(4))))
        journal.apply(Transition(Idle(), cancelled=entry(4)))

    few, many = (steps(journal, stop_and_start) for journal in journals)
    assert 0 < many <= few + 50
