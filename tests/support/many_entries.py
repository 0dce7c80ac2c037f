"""Journals of any length, quickly: entries of half an hour, twenty a day, until a given day."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from timer_app.adapters.entries.journal.connection import connect
from timer_app.adapters.entries.journal.message_json import message_to_json
from timer_app.adapters.entries.journal.store import SqliteJournal
from timer_app.domain.delivery.service_messages import LogTime
from timer_app.domain.entries.card import Card
from timer_app.domain.entries.task import Task

A_DAY = 20
CARD = Card("https://acme.kaiten.ru", 7)
TASKS = (Task("Ship it", CARD), Task("Read mail"), Task("Перенести справку"))
_STEP = 1_700
_LASTS = 1_500
_STOP = '{"stopped_at": %d}'


def journal_of(folder: Path, number: int, last: date) -> SqliteJournal:
    """A journal in `folder` with so many entries, the newest on `last`; all are delivered."""
    journal = SqliteJournal(connect(str(folder / "journal.sqlite3")))
    database = journal.connection
    database.execute("PRAGMA synchronous = OFF")
    database.execute("PRAGMA foreign_keys = OFF")
    triggers = [row[0] for row in database.execute(
        "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'delivery'"
    )]  # fmt: skip
    with journal.transaction():
        for name in ("delivery_comes", "delivery_moves"):
            database.execute(f"DROP TRIGGER {name}")
        _fill(journal, number, last)
        for trigger in triggers:
            database.execute(trigger)
        database.execute(
            "UPDATE tally SET deliveries = deliveries + ?"
            " WHERE service = 'timecrowd' AND state = 'done'",
            (number,),
        )
    database.execute("PRAGMA foreign_keys = ON")
    database.execute("PRAGMA synchronous = FULL")
    return journal


def refuse_all(journal: SqliteJournal, entry_ids: Sequence[str] | None = None) -> None:
    """Let every delivery, or that of these entries, be a log that Kaiten refused."""
    log = message_to_json(LogTime(CARD, date(2026, 11, 22), 25, ""))
    ids = None if entry_ids is None else json.dumps(entry_ids)
    journal.connection.execute(
        "UPDATE delivery SET service = 'kaiten', kind = 'log', message = :log, state = 'blocked',"
        " error = 'No such card.', refused_status = 404, remote_id = NULL"
        " WHERE :ids IS NULL OR entry_id IN (SELECT value FROM json_each(:ids))",
        {"log": log, "ids": ids},
    )


def _fill(journal: SqliteJournal, number: int, last: date) -> None:
    database = journal.connection
    for place, task in enumerate(TASKS, 1):
        card = task.card
        database.execute(
            "INSERT INTO task (id, key, title, card_origin, card_id, used_at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (place, task.key, task.title, card and card.origin, card and card.id, place),
        )
    database.executemany(
        "INSERT INTO entry (id, task_id, comment, source, started_at, stopped_at, remote_id,"
        " remote_task_id, remote_started_at, remote_stopped_at, zone)"
        " VALUES (:id, :task, '', 'click', :began, :ended, :id, '1', :began, :ended, 'UTC')",
        ({"id": f"e{n}", "task": n % len(TASKS) + 1, "began": began, "ended": began + _LASTS}
         for n, _, began in _places(number, last)),
    )  # fmt: skip
    database.executemany(
        "INSERT INTO stretch VALUES (?, ?, ?, ?)",
        ((f"e{n}", day, _LASTS, CARD.url if n % len(TASKS) == 0 else None)
         for n, day, _ in _places(number, last)),
    )  # fmt: skip
    database.executemany(
        "INSERT INTO delivery (entry_id, service, kind, message, state, attempts, remote_id)"
        " VALUES (:id, 'timecrowd', 'stop', :stop, 'done', 1, :id)",
        (
            {"id": f"e{n}", "stop": _STOP % (began + _LASTS)}
            for n, _, began in _places(number, last)
        ),
    )


def _places(number: int, last: date) -> Iterator[tuple[int, str, int]]:
    """Number, date and start of each, the oldest first; the last day is a whole one."""
    first = last - timedelta(days=-(-number // A_DAY) - 1)
    begins = int(datetime.combine(first, time(8), UTC).timestamp())
    missing = -number % A_DAY
    for n in range(missing, number + missing):
        days, place = divmod(n, A_DAY)
        day = (first + timedelta(days=days)).isoformat()
        yield n, day, begins + days * 86_400 + place * _STEP
