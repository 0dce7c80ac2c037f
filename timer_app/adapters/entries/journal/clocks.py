"""What is known of the services' clock, and which ends of entries this computer's clocks gave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from timer_app.adapters.entries.journal.base import JournalPart
from timer_app.adapters.entries.journal.message_json import DamagedRow, instant, unix
from timer_app.adapters.entries.journal.rows import reading_to_row, required_reading_from_row
from timer_app.adapters.entries.journal.undo_records import undo_record_from_row, undo_record_to_row
from timer_app.domain.clock import ClockStamp, ServiceClock
from timer_app.domain.elapsed import LATEST
from timer_app.domain.entries.edits import UndoRecord


class ClockRows(JournalPart):
    """Implements the port `ClockMemory`."""

    def service_clock(self) -> ServiceClock | None:
        """See the port."""
        row = self._db.execute(
            "SELECT difference, of_entries, wall, boot, steady FROM service_clock"
        ).fetchone()
        if row is None or not abs(row[0]) <= LATEST:  # a damaged row is none
            return None
        reading = required_reading_from_row(row[2:])
        return ServiceClock(timedelta(seconds=row[0]), reading, is_of_entries=bool(row[1]))

    def save_service_clock(self, known: ServiceClock) -> None:
        """See the port. Readings of other boots cannot be converted any more."""
        reading = known.reading
        with self.transaction():
            self._db.execute(
                "INSERT OR REPLACE INTO service_clock"
                " (id, difference, of_entries, wall, boot, steady) VALUES (1, ?, ?, ?, ?, ?)",
                (known.difference.total_seconds(), known.is_of_entries, *reading_to_row(reading)),
            )
            boot = reading.boot_time.boot_id if reading.boot_time else ""
            self._db.execute("DELETE FROM clock_stamp WHERE boot <> ?", (boot,))

    def save_clock_stamp(self, stamp: ClockStamp) -> None:
        """See the port."""
        if stamp.reading.boot_time is None:
            return
        self._write(
            "INSERT OR REPLACE INTO clock_stamp"
            " (entry_id, is_stop, instant, named, wall, boot, steady) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                stamp.entry_id,
                stamp.is_stop,
                unix(stamp.instant),
                stamp.is_typed,
                *reading_to_row(stamp.reading),
            ),
        )

    def copy_clock_stamps(self, entry_id: str, to: str) -> None:
        """See the port."""
        self._write(
            "INSERT OR IGNORE INTO clock_stamp"
            " SELECT ?, is_stop, instant, named, wall, boot, steady FROM clock_stamp"
            " WHERE entry_id = ?",
            (to, entry_id),
        )

    def clock_stamps(self, boot_id: str) -> Sequence[ClockStamp]:
        """See the port."""
        rows = self._db.execute(
            "SELECT entry_id, is_stop, instant, named, wall, boot, steady FROM clock_stamp"
            " WHERE boot = ? ORDER BY entry_id, is_stop",
            (boot_id,),
        )
        return [
            ClockStamp(
                row[0],
                bool(row[1]),
                instant(row[2]),
                required_reading_from_row(row[4:]),
                is_typed=bool(row[3]),
            )
            for row in rows.fetchall()
        ]

    def shift_timings(self, by: timedelta) -> None:
        """See the port."""
        self._write(
            "UPDATE delivery SET not_before = not_before + ? WHERE not_before IS NOT NULL",
            (round(by.total_seconds()),),
        )

    def move_running_start(self, entry_id: str, started_at: datetime) -> None:
        """See the port."""
        self._write(
            "UPDATE entry SET started_at = ? WHERE id = ? AND stopped_at IS NULL",
            (unix(started_at), entry_id),
        )

    def move_beside_entry(self, entry_id: str, moves: Mapping[datetime, datetime]) -> None:
        """See the port. A question lies as far off as the end that was given last."""
        *_, (before, after) = moves.items()
        with self.transaction():
            self._move_undo_records(entry_id, moves)
            self._db.execute(
                "UPDATE away SET began = began + :by, ended = ended + :by"
                " WHERE entry_id = :entry_id AND answer IS NULL",
                {"by": unix(after) - unix(before), "entry_id": entry_id},
            )

    def _move_undo_records(self, entry_id: str, moves: Mapping[datetime, datetime]) -> None:
        rows = self._db.execute(
            "SELECT id, entry_id, kind, before FROM amendment WHERE entry_id = ? AND undone = 0",
            (entry_id,),
        ).fetchall()
        for row in rows:
            with suppress(DamagedRow):  # what it is about is not known
                *_, before = undo_record_to_row(_moved(undo_record_from_row(row), moves))
                self._db.execute("UPDATE amendment SET before = ? WHERE id = ?", (before, row[0]))


def _moved(undo_record: UndoRecord, moves: Mapping[datetime, datetime]) -> UndoRecord:
    before, stopped_at = undo_record.before, undo_record.stopped_at
    return replace(
        undo_record,
        before=replace(before, started_at=moves.get(before.started_at, before.started_at)),
        stopped_at=stopped_at and moves.get(stopped_at, stopped_at),
    )
