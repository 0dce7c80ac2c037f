"""What is known of the services' clock, and which entries the computer's own has stamped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from timer_app.adapters.entries.journal.base import JournalPart
from timer_app.adapters.entries.journal.message_json import unix
from timer_app.adapters.entries.journal.rows import reading_to_row, required_reading_from_row
from timer_app.domain.clock import ClockReading, ServiceClock

_RECENT = 500
"""How many entries one boot can have begun without that any service was reached."""


class ClockRows(JournalPart):
    """Implements the port `ClockMemory`."""

    def service_clock(self) -> ServiceClock | None:
        """See the port."""
        row = self._db.execute(
            "SELECT difference, wall, boot, steady FROM service_clock"
        ).fetchone()
        if row is None:
            return None
        return ServiceClock(timedelta(seconds=row[0]), required_reading_from_row(row[1:]))

    def save_service_clock(self, known: ServiceClock) -> None:
        """See the port."""
        self._write(
            "INSERT OR REPLACE INTO service_clock (id, difference, wall, boot, steady)"
            " VALUES (1, ?, ?, ?, ?)",
            (known.difference.total_seconds(), *reading_to_row(known.reading)),
        )

    def recent_start_readings(self) -> Sequence[tuple[str, ClockReading]]:
        """See the port."""
        rows = self._db.execute(
            "SELECT id, began_wall, began_boot, began_steady FROM"
            f" (SELECT * FROM entry ORDER BY rowid DESC LIMIT {_RECENT})"
            " WHERE began_boot IS NOT NULL ORDER BY began_steady"
        ).fetchall()
        return [(str(row[0]), required_reading_from_row(row[1:])) for row in rows]

    def move_running_start(self, entry_id: str, started_at: datetime) -> None:
        """See the port."""
        self._write(
            "UPDATE entry SET started_at = ? WHERE id = ? AND stopped_at IS NULL",
            (unix(started_at), entry_id),
        )
