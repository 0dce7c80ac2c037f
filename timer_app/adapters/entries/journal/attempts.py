"""Unconfirmed attempts and their late checks; see ports.UnconfirmedAttempts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from timer_app.adapters.entries.journal.base import JournalPart
from timer_app.adapters.entries.journal.message_json import (
    instant,
    message_from_json,
    task_from_columns,
    unix,
)
from timer_app.adapters.entries.journal.outbox import DUE, OPEN_STATES
from timer_app.adapters.entries.journal.rows import (
    TASK,
    attempt_from_row,
    due_from_row,
    reading_to_row,
    required_reading_from_row,
)
from timer_app.domain.clock import ClockReading
from timer_app.domain.delivery.outbox import (
    Attempt,
    Delivery,
    LateCheck,
)
from timer_app.domain.delivery.service_messages import (
    RecordEntry,
    StartEntry,
    service_of,
)
from timer_app.domain.entries.task import Task
from timer_app.domain.service import Service


class AttemptRows(JournalPart):
    """Implements the port `UnconfirmedAttempts`."""

    def unconfirmed_attempts(self, delivery_id: int) -> tuple[Attempt, ...]:
        """See the port."""
        rows = self._db.execute(
            "SELECT attempt.kind, attempt.message, wall, boot, steady, service FROM attempt"
            " JOIN delivery ON delivery.id = delivery_id WHERE delivery_id = ? ORDER BY attempt.id",
            (delivery_id,),
        )
        return tuple(attempt_from_row(row) for row in rows)

    def confirm_latest_attempt(self, delivery_id: int) -> None:
        """See the port."""
        self._write(
            "DELETE FROM attempt WHERE id = (SELECT max(id) FROM attempt WHERE delivery_id = ?)",
            (delivery_id,),
        )

    def confirm_attempts(self, delivery_id: int) -> None:
        """See the port."""
        self._write("DELETE FROM attempt WHERE delivery_id = ?", (delivery_id,))

    def schedule_late_check(
        self, delivery: Delivery, since: ClockReading, next_at: datetime
    ) -> None:
        """See the port."""
        _, boot, steady = reading_to_row(since)
        service = service_of(delivery.message).value
        self._write(
            "INSERT OR REPLACE INTO watch (delivery_id, service, since, boot, steady, next_at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (delivery.id, service, unix(since.wall), boot, steady, unix(next_at)),
        )

    def end_late_checks(self, delivery_id: int) -> None:
        """See the port."""
        with self.transaction():
            self._write("DELETE FROM watch WHERE delivery_id = ?", (delivery_id,))
            self.confirm_attempts(delivery_id)

    def reschedule_late_checks(self, at: datetime) -> None:
        """See the port."""
        if self._db.execute(
            "SELECT 1 FROM watch WHERE next_at > ? LIMIT 1", (unix(at),)
        ).fetchone():
            self._write("UPDATE watch SET next_at = ?", (unix(at),))

    def next_late_check(self, service: Service) -> LateCheck | None:
        """See the port."""
        row = self._db.execute(
            "SELECT delivery_id, since, boot, steady FROM watch WHERE service = ?"
            " ORDER BY next_at, delivery_id LIMIT 1",
            (service.value,),
        ).fetchone()
        if row is None:
            return None
        due = self._db.execute(f"{DUE} WHERE delivery.id = ?", (row[0],)).fetchone()
        return LateCheck(due_from_row(due), required_reading_from_row(row[1:]))

    def next_late_check_at(self, service: Service) -> datetime | None:
        """See the port."""
        (next_at,) = self._db.execute(
            "SELECT min(next_at) FROM watch WHERE service = ?", (service.value,)
        ).fetchone()
        return None if next_at is None else instant(next_at)

    def unconfirmed_tasks(self) -> Sequence[Task]:
        """See the port."""
        unconfirmed = (
            "SELECT delivery_id FROM watch UNION SELECT delivery_id FROM attempt"
            f"  JOIN delivery ON delivery.id = delivery_id WHERE state IN {OPEN_STATES}"
            f" UNION SELECT id FROM delivery WHERE state IN {OPEN_STATES}"
            "  AND state IN ('sending', 'unknown')"
        )
        present = self._db.execute(
            f"SELECT DISTINCT {TASK} FROM ({unconfirmed}) AS attempt"
            " JOIN delivery ON delivery.id = attempt.delivery_id"
            " JOIN entry ON entry.id = delivery.entry_id JOIN task ON task.id = entry.task_id"
            " WHERE delivery.kind IN ('start', 'entry')"
        )
        found = [task_from_columns(*row) for row in present]
        rows = self._db.execute(
            "SELECT kind, message FROM attempt WHERE kind IN ('start', 'entry')"
            f" AND delivery_id IN ({unconfirmed})"
        )
        sent = (message_from_json(kind, message) for kind, message in rows)
        found += [each.task for each in sent if isinstance(each, StartEntry | RecordEntry)]
        return tuple(dict.fromkeys(found))
