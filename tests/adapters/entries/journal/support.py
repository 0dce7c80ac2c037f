"""Journals with something in them, and all that they hold as one value."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from timer_app.adapters.entries.journal.connection import connect
from timer_app.adapters.entries.journal.store import SqliteJournal
from timer_app.domain.delivery.service_messages import LogTime, RecordEntry
from timer_app.domain.entries.card import Card
from timer_app.domain.entries.entry import Entry, FinishedEntry, Source
from timer_app.domain.entries.minutes import DaySegment
from timer_app.domain.entries.task import Task
from timer_app.domain.entries.timer import Effect, Idle, SegmentedEntry, State, Transition

CARD = Card("https://acme.kaiten.ru", 7)
TASK = Task("Ship it", CARD)
WORDS = Task("Read mail")
NINE = datetime(2026, 11, 22, 9, tzinfo=UTC)
DAY = date(2026, 11, 22)
TABLES = (
    "task", "entry", "stretch", "delivery", "tally", "service", "attempt", "watch", "amendment",
    "away",
)  # fmt: skip


def open_journal(folder: Path, *, busy_seconds: float = 5) -> SqliteJournal:
    """The journal of a folder."""
    return SqliteJournal(connect(str(folder / "journal.sqlite3"), busy_seconds=busy_seconds))


def entry(number: int, task: Task = TASK) -> Entry:
    """One of many entries, an hour apart."""
    return Entry(f"e{number}", task, NINE + timedelta(hours=number), Source.CLI)


def finished(number: int, state: State | None = None) -> Transition:
    """An entry of an hour, with its two deliveries."""
    one = entry(number)
    end = one.started_at + timedelta(hours=1)
    day = one.started_at.date()
    return Transition(
        state or Idle(),
        SegmentedEntry(FinishedEntry(one, end), (DaySegment(day, 3600),)),
        effects=(
            Effect(one.id, RecordEntry(TASK, one.started_at, end)),
            Effect(one.id, LogTime(CARD, day, 60, "é")),
        ),
    )


def dump(connection: sqlite3.Connection) -> dict[str, list[object]]:
    """All that a journal holds."""
    return {t: connection.execute(f"SELECT * FROM {t}").fetchall() for t in TABLES}  # noqa: S608
