"""Stretches of entries in which nobody was there, as rows; see ports.AbsenceBook."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from timer_app.adapters.entries.journal.base import JournalPart
from timer_app.adapters.entries.journal.message_json import instant, optional_from_unix, unix
from timer_app.adapters.entries.journal.outbox import ENTRY
from timer_app.adapters.entries.journal.rows import ENTRY_WIDTH, entry_from_row
from timer_app.adapters.entries.journal.schema import FAR_FUTURE_SQL, awaits_answer_sql
from timer_app.domain.absence import Absence, AbsenceCause, UnresolvedAbsence
from timer_app.domain.service import Service

_AWAY = """away.id, max(away.began, entry.started_at),
  CASE WHEN away.ended IS NULL THEN entry.stopped_at
    ELSE min(away.ended, coalesce(entry.stopped_at, away.ended)) END,
  away.causes, away.ended IS NULL"""
# CROSS has SQLite begin with the few rows that are open, and not with every entry.
_WITH_ENTRY = "FROM away CROSS JOIN entry ON entry.id = away.entry_id"


class AbsenceRows(JournalPart):
    """Implements the part of the port `AbsenceJournal` that is about absences."""

    def begin_absence(self, entry_id: str, absence: Absence, shortest: timedelta) -> None:
        """See the port. What is asked about already, or was answered, is not asked about again."""
        with self.transaction():
            (asked_until,) = self._db.execute(
                "SELECT max(ended) FROM away WHERE entry_id = ?", (entry_id,)
            ).fetchone()
            is_ongoing = self._db.execute(
                "SELECT id FROM away WHERE entry_id = ? AND ended IS NULL AND answer IS NULL",
                (entry_id,),
            ).fetchone()
            values = max(unix(absence.began), asked_until or 0), _causes(absence.causes)
            if is_ongoing:
                self._db.execute(
                    "UPDATE away SET began = ?, causes = ? WHERE id = ?", (*values, is_ongoing[0])
                )
            else:
                self._db.execute(
                    "INSERT INTO away (entry_id, began, causes, shortest) VALUES (?, ?, ?, ?)",
                    (entry_id, *values, int(shortest.total_seconds())),
                )

    def end_absence(self, at: datetime) -> None:
        """See the port."""
        with self.transaction():
            self._db.execute(
                "UPDATE away SET ended = max(began, ?) WHERE ended IS NULL AND answer IS NULL",
                (unix(at),),
            )
            self._db.execute(
                f"DELETE FROM away WHERE answer IS NULL AND id NOT IN (SELECT away.id {_WITH_ENTRY}"
                f" WHERE entry.cancelled OR {awaits_answer_sql(FAR_FUTURE_SQL)})"
            )

    def ongoing_absence(self) -> Absence | None:
        """See the port."""
        rows = self._db.execute(
            "SELECT began, causes FROM away WHERE ended IS NULL AND answer IS NULL"
        ).fetchall()
        if not rows:
            return None
        causes = frozenset().union(*(_causes_of(text) for _, text in rows))
        return Absence(instant(min(began for began, _ in rows)), None, causes)

    def unresolved_absences(self, now: datetime) -> Sequence[UnresolvedAbsence]:
        """See the port."""
        rows = self._db.execute(
            f"SELECT {ENTRY}, {_AWAY} {_WITH_ENTRY} JOIN task ON task.id = entry.task_id"
            f" WHERE {awaits_answer_sql(':now')} ORDER BY away.began, away.id",
            {"now": unix(now)},
        )
        return [_unresolved_absence(row) for row in rows.fetchall()]

    def mark_resolved(self, absence_id: int, resolution: str) -> None:
        """See the port."""
        self._write("UPDATE away SET answer = ? WHERE id = ?", (resolution, absence_id))

    def reopen_absence(self, absence_id: int, entry_id: str) -> None:
        """See the port."""
        self._write(
            "UPDATE away SET answer = NULL, entry_id = ? WHERE id = ?", (entry_id, absence_id)
        )

    def reassign_absences(self, entry_id: str, to: str, since: datetime | None = None) -> None:
        """See the port. What lies on both sides of the border becomes two, however short."""
        border = 0 if since is None else unix(since)
        across = (
            "entry_id = :entry_id AND answer IS NULL AND began < :border"
            " AND coalesce(ended, :border + 1) > :border"
        )
        values = {"to": to, "entry_id": entry_id, "border": border}
        with self.transaction():
            self._db.execute(
                "INSERT INTO away (entry_id, began, ended, shortest, causes)"
                f" SELECT :to, :border, ended, 1, causes FROM away WHERE {across}",
                values,
            )
            self._db.execute(
                f"UPDATE away SET ended = :border, shortest = 1 WHERE {across}", values
            )
            self._db.execute(
                "UPDATE away SET entry_id = :to"
                " WHERE entry_id = :entry_id AND answer IS NULL AND began >= :border",
                values,
            )

    def on_hold_counts(self) -> Mapping[Service, int]:
        """See the port."""
        rows = self._db.execute(
            f"SELECT service, count(*) FROM (SELECT DISTINCT entry.id {_WITH_ENTRY}"
            f" WHERE entry.stopped_at IS NOT NULL AND {awaits_answer_sql(FAR_FUTURE_SQL)}) AS asked"
            " CROSS JOIN delivery ON delivery.entry_id = asked.id"
            " WHERE delivery.state = 'waiting' GROUP BY service"
        )
        known = {each.value: each for each in Service}
        return {known[name]: int(number) for name, number in rows if name in known}

    def is_on_hold(self, entry_id: str) -> bool:
        """See the port."""
        row = self._db.execute(
            f"SELECT 1 {_WITH_ENTRY} WHERE away.entry_id = ? AND entry.stopped_at IS NOT NULL"
            f" AND {awaits_answer_sql(FAR_FUTURE_SQL)} LIMIT 1",
            (entry_id,),
        ).fetchone()
        return row is not None


def _unresolved_absence(row: Sequence[object]) -> UnresolvedAbsence:
    """The entry's columns, then those of the question."""
    number, began, ended, causes, is_ongoing = row[ENTRY_WIDTH:]
    absence = Absence(
        instant(int(str(began))),
        optional_from_unix(None if ended is None else int(str(ended))),
        _causes_of(str(causes)),
    )
    stopped = None if row[7] is None else int(str(row[7]))
    return UnresolvedAbsence(
        int(str(number)),
        entry_from_row(row),
        optional_from_unix(stopped),
        absence,
        bool(is_ongoing),
    )


def _causes(causes: Iterable[AbsenceCause]) -> str:
    return json.dumps(sorted(cause.value for cause in causes))


def _causes_of(text: str) -> frozenset[AbsenceCause]:
    """The causes. Where they are damaged the absence is still one, and asked about."""
    try:
        names = json.loads(text)
    except (ValueError, RecursionError):
        names = []
    known = {each.value: each for each in AbsenceCause}
    listed = [each for each in names if isinstance(each, str)] if isinstance(names, list) else []
    return frozenset(known[name] for name in listed if name in known) or frozenset(
        {AbsenceCause.IDLE}
    )
