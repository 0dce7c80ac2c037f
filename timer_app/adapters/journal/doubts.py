"""The tries whose end nobody knows, and what is watched because of them; see ports.Doubts."""

from __future__ import annotations

from datetime import datetime

from timer_app.adapters.journal.base import JournalPart
from timer_app.adapters.journal.deliveries import DUE, OPEN_STATES
from timer_app.adapters.journal.messages import instant, unix
from timer_app.adapters.journal.rows import attempt_of, due_of, row_of, sure_reading_of
from timer_app.domain.clock_reading import Reading
from timer_app.domain.delivery import Attempt, Delivery, Service, service_of
from timer_app.domain.task import Task
from timer_app.services.ports import Watched


class DoubtRows(JournalPart):
    """Implements the port `Doubts`."""

    def attempts(self, delivery_id: int) -> tuple[Attempt, ...]:
        """See the port."""
        rows = self._db.execute(
            "SELECT kind, message, wall, boot, steady FROM attempt WHERE delivery_id = ?"
            " ORDER BY id",
            (delivery_id,),
        )
        return tuple(attempt_of(row) for row in rows)

    def resolve_attempt(self, delivery_id: int) -> None:
        """See the port."""
        self._write(
            "DELETE FROM attempt WHERE id = (SELECT max(id) FROM attempt WHERE delivery_id = ?)",
            (delivery_id,),
        )

    def resolve_attempts(self, delivery_id: int) -> None:
        """See the port."""
        self._write("DELETE FROM attempt WHERE delivery_id = ?", (delivery_id,))

    def watch(self, delivery: Delivery, since: Reading, next_at: datetime) -> None:
        """See the port."""
        _, boot, steady = row_of(since)
        service = service_of(delivery.message).value
        self._write(
            "INSERT OR REPLACE INTO watch (delivery_id, service, since, boot, steady, next_at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (delivery.id, service, unix(since.wall), boot, steady, unix(next_at)),
        )

    def end_watch(self, delivery_id: int) -> None:
        """See the port."""
        with self.transaction():
            self._write("DELETE FROM watch WHERE delivery_id = ?", (delivery_id,))
            self.resolve_attempts(delivery_id)

    def watch_all(self, at: datetime) -> None:
        """See the port."""
        if self._db.execute(
            "SELECT 1 FROM watch WHERE next_at > ? LIMIT 1", (unix(at),)
        ).fetchone():
            self._write("UPDATE watch SET next_at = ?", (unix(at),))

    def next_watched(self, service: Service) -> Watched | None:
        """See the port."""
        row = self._db.execute(
            "SELECT delivery_id, since, boot, steady FROM watch WHERE service = ?"
            " ORDER BY next_at, delivery_id LIMIT 1",
            (service.value,),
        ).fetchone()
        if row is None:
            return None
        due = self._db.execute(f"{DUE} WHERE delivery.id = ?", (row[0],)).fetchone()
        return Watched(due_of(due), sure_reading_of(row[1:]))

    def next_watch(self, service: Service) -> datetime | None:
        """See the port."""
        (next_at,) = self._db.execute(
            "SELECT min(next_at) FROM watch WHERE service = ?", (service.value,)
        ).fetchone()
        return None if next_at is None else instant(next_at)

    def is_in_doubt(self, task: Task) -> bool:
        """See the port."""
        row = self._db.execute(
            "SELECT 1 FROM (SELECT delivery_id FROM watch UNION SELECT delivery_id FROM attempt"
            f"  JOIN delivery ON delivery.id = delivery_id WHERE state IN {OPEN_STATES}) AS doubt"
            " JOIN delivery ON delivery.id = doubt.delivery_id"
            " JOIN entry ON entry.id = delivery.entry_id JOIN task ON task.id = entry.task_id"
            " WHERE delivery.kind IN ('start', 'entry') AND task.key = ? LIMIT 1",
            (task.key,),
        ).fetchone()
        return row is not None
