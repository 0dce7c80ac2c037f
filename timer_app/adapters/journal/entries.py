"""What was worked on, as rows; see ports.EntryBook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime

from timer_app.adapters.journal.amendments import from_row, to_row
from timer_app.adapters.journal.deliveries import ENTRY, DeliveryRows
from timer_app.adapters.journal.messages import instant, maybe_unix, task_of, unix
from timer_app.adapters.journal.rows import DATES_AWAY, entry_of, reading_of, row_of
from timer_app.domain.amending import Amendment, DayOfCard, promised
from timer_app.domain.card import Card
from timer_app.domain.clock_reading import Reading
from timer_app.domain.entry import Entry
from timer_app.domain.minutes import CardDay
from timer_app.domain.task import Task
from timer_app.domain.timer import Ending, Idle, Running, State, Told, Transition
from timer_app.services.ports import LoggedEntry

_NEVER = instant(0)


class EntryRows(DeliveryRows):
    """Implements the port `EntryBook`. An event's deliveries are stored with it: so both."""

    def state(self) -> State:
        """See the port."""
        row = self._db.execute(
            f"SELECT {ENTRY} FROM entry INDEXED BY entry_running"
            " JOIN task ON task.id = entry.task_id WHERE stopped_at IS NULL AND cancelled = 0"
        ).fetchone()
        return Running(entry_of(row)) if row else Idle()

    def apply(self, transition: Transition) -> None:
        """See the port."""
        with self.transaction():
            if transition.ended:
                self._keep_ended(transition.ended)
            if transition.cancelled:
                self._db.execute(
                    "UPDATE entry SET cancelled = 1 WHERE id = ?", (transition.cancelled.id,)
                )
            if isinstance(transition.state, Running):
                self._keep_entry(transition.state.entry, None)
            for told in transition.told:
                self._tell(told)

    def _tell(self, told: Told) -> None:
        """A new delivery; what TimeCrowd holds already is done."""
        number = self.tell(told.entry_id, told.message)
        if told.held is not None:
            self._write(
                "UPDATE delivery SET state = 'done', remote_id = ? WHERE id = ?",
                (told.held.id, number),
            )
            self.keep_remote(told.entry_id, told.held)

    def amend(self, ending: Ending) -> None:
        """See the port."""
        entry = ending.finished.entry
        with self.transaction():
            self._write(
                "UPDATE entry SET task_id = ?, comment = ?, started_at = ?, stopped_at = ?,"
                " cancelled = 0 WHERE id = ?",
                (
                    self._task_id(entry.task, entry.started_at),
                    entry.comment,
                    unix(entry.started_at),
                    unix(ending.finished.stopped_at),
                    entry.id,
                ),
            )
            self._write("DELETE FROM stretch WHERE entry_id = ?", (entry.id,))
            self._keep_stretches(ending)

    def forget(self, entry_id: str) -> None:
        """See the port."""
        with self.transaction():
            self._write("UPDATE entry SET cancelled = 1 WHERE id = ?", (entry_id,))
            self._write("DELETE FROM stretch WHERE entry_id = ?", (entry_id,))

    def keep_beginning(self, entry_id: str, reading: Reading) -> None:
        """See the port."""
        self._write(
            "UPDATE entry SET began_wall = ?, began_boot = ?, began_steady = ? WHERE id = ?",
            (*row_of(reading), entry_id),
        )

    def beginning(self, entry_id: str) -> Reading | None:
        """See the port."""
        row = self._db.execute(
            "SELECT began_wall, began_boot, began_steady FROM entry WHERE id = ?", (entry_id,)
        ).fetchone()
        return reading_of(row) if row else None

    def _keep_ended(self, ended: Ending) -> None:
        self._keep_entry(ended.finished.entry, ended.finished.stopped_at)
        self._keep_stretches(ended)

    def _keep_stretches(self, ended: Ending) -> None:
        entry = ended.finished.entry
        self._write("UPDATE entry SET zone = ? WHERE id = ?", (ended.zone, entry.id))
        card = entry.task.card.url if entry.task.card else None
        for stretch in ended.stretches:
            self._db.execute(
                "INSERT INTO stretch (entry_id, for_date, seconds, card) VALUES (?, ?, ?, ?)",
                (entry.id, stretch.for_date.isoformat(), stretch.seconds, card),
            )

    def _keep_entry(self, entry: Entry, stopped_at: datetime | None) -> None:
        self._db.execute(
            "INSERT INTO entry (id, task_id, comment, source, started_at, stopped_at)"
            " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE"
            " SET comment = excluded.comment, stopped_at = excluded.stopped_at",
            (
                entry.id,
                self._task_id(entry.task, entry.started_at),
                entry.comment,
                entry.source.value,
                unix(entry.started_at),
                maybe_unix(stopped_at),
            ),
        )

    def _task_id(self, task: Task, used_at: datetime) -> int:
        card = task.card
        row = self._db.execute(
            "INSERT INTO task (key, title, card_origin, card_id, used_at) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (key) DO UPDATE SET title = excluded.title,"
            " card_origin = coalesce(excluded.card_origin, card_origin),"
            " card_id = coalesce(excluded.card_id, card_id),"
            " used_at = max(used_at, excluded.used_at) RETURNING id",
            (
                task.key,
                task.title,
                card.origin if card else None,
                card.id if card else None,
                unix(used_at),
            ),
        ).fetchone()
        return int(row[0])

    def card_days(self, card: Card, first: date, last: date) -> Mapping[date, CardDay]:
        """See the port. Dropped logs count: the user decided about those minutes."""
        span = (card.url, first.isoformat(), last.isoformat())
        totals: dict[date, CardDay] = {}
        for day, seconds, minutes in self._db.execute(
            "SELECT for_date, sum(seconds), sum(minutes) FROM ("
            " SELECT for_date, seconds, 0 AS minutes FROM stretch"
            "  WHERE card = ? AND for_date BETWEEN ? AND ?"
            " UNION ALL SELECT for_date, 0, minutes FROM delivery"
            "  WHERE card = ? AND for_date BETWEEN ? AND ?) GROUP BY for_date",
            span + span,
        ):
            totals[date.fromisoformat(day)] = CardDay(seconds, minutes)
        return totals

    def day_of_card(self, card: Card, for_date: date) -> DayOfCard:
        """See the port."""
        where = (card.url, for_date.isoformat())
        rows = self._db.execute(
            "SELECT entry_id, seconds FROM stretch JOIN entry ON entry.id = stretch.entry_id"
            " WHERE stretch.card = ? AND for_date = ? ORDER BY started_at, entry.rowid",
            where,
        )
        logs = self._deliveries(
            "id IN (SELECT id FROM delivery WHERE card = ?1 AND for_date = ?2 UNION ALL"
            " SELECT id FROM delivery WHERE about IN"
            " (SELECT id FROM delivery WHERE card = ?1 AND for_date = ?2))",
            where,
        )
        return DayOfCard(card, for_date, dict(rows.fetchall()), promised(logs))

    def pinned_tasks(self) -> Sequence[Task]:
        """See the port."""
        rows = self._db.execute(
            "SELECT title, card_origin, card_id FROM task WHERE pinned_at IS NOT NULL"
            " ORDER BY pinned_at, id"
        )
        return [task_of(*row) for row in rows]

    def pin(self, task: Task, at: datetime | None) -> None:
        """See the port. One that was never worked on is no recent one by being pinned."""
        with self.transaction():
            number = self._task_id(task, _NEVER)
            self._db.execute("UPDATE task SET pinned_at = ? WHERE id = ?", (maybe_unix(at), number))

    def recent_tasks(self, most: int) -> Sequence[Task]:
        """See the port."""
        rows = self._db.execute(
            "SELECT title, card_origin, card_id FROM task WHERE used_at > 0"
            " ORDER BY used_at DESC, id DESC LIMIT ?",
            (most,),
        )
        return [task_of(*row) for row in rows]

    def task(self, key: str) -> Task | None:
        """See the port."""
        row = self._db.execute(
            "SELECT title, card_origin, card_id FROM task WHERE key = ?", (key,)
        ).fetchone()
        return task_of(*row) if row else None

    def seconds_on(self, day: date) -> int:
        """See the port."""
        row = self._db.execute(
            "SELECT coalesce(sum(seconds), 0) FROM stretch WHERE for_date = ?", (day.isoformat(),)
        ).fetchone()
        return int(row[0])

    def last_stop(self) -> datetime | None:
        """See the port."""
        row = self._db.execute(
            "SELECT stopped_at FROM entry INDEXED BY entry_by_stop"
            " WHERE stopped_at IS NOT NULL AND cancelled = 0 ORDER BY stopped_at DESC LIMIT 1"
        ).fetchone()
        return instant(row[0]) if row else None

    def overlapping(self, started_at: datetime, stopped_at: datetime) -> Sequence[LoggedEntry]:
        """See the port. What shares time shares a date, by which there are few to look at."""
        span = {
            "began": unix(started_at),
            "ended": unix(stopped_at),
            "first": (started_at.astimezone(UTC).date() - DATES_AWAY).isoformat(),
            "last": (stopped_at.astimezone(UTC).date() + DATES_AWAY).isoformat(),
        }
        return self._logged(
            "+cancelled = 0 AND entry.started_at < :ended"
            " AND (entry.stopped_at > :began OR entry.stopped_at IS NULL) AND entry.id IN ("
            "SELECT entry_id FROM stretch WHERE for_date BETWEEN :first AND :last UNION ALL"
            " SELECT id FROM entry INDEXED BY entry_running"
            " WHERE stopped_at IS NULL AND cancelled = 0)",
            span,
        )

    def entries(self, first: date, last: date) -> Iterable[LoggedEntry]:
        """See the port."""
        return self._logged(
            "+cancelled = 0 AND entry.id IN"
            " (SELECT entry_id FROM stretch WHERE for_date BETWEEN ? AND ?)",
            (first.isoformat(), last.isoformat()),
        )

    def entry(self, entry_id: str) -> LoggedEntry | None:
        """See the port."""
        return next(iter(self._logged("entry.id = ?", (entry_id,))), None)

    def remember(self, amendment: Amendment) -> None:
        """See the port."""
        self._write(
            "INSERT INTO amendment (entry_id, kind, before) VALUES (?, ?, ?)", to_row(amendment)
        )

    def last_amendment(self) -> Amendment | None:
        """See the port."""
        row = self._db.execute(
            "SELECT id, entry_id, kind, before FROM amendment WHERE undone = 0"
            " ORDER BY id DESC LIMIT 1"
        ).fetchone()
        return from_row(row) if row else None

    def mark_undone(self, amendment: Amendment) -> None:
        """See the port."""
        self._write("UPDATE amendment SET undone = 1 WHERE id = ?", (amendment.id,))
