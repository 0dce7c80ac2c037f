"""What was worked on, as rows; see ports.EntryBook."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime

from timer_app.adapters.entries.journal.message_json import (
    DamagedRow,
    instant,
    json_object,
    optional_date_of,
    optional_to_unix,
    route_from_text,
    route_to_text,
    task_from_columns,
    unix,
)
from timer_app.adapters.entries.journal.outbox import ENTRY, DeliveryRows
from timer_app.adapters.entries.journal.rows import (
    MAX_DATE_OFFSET,
    TASK,
    choices_from_rows,
    entry_from_row,
    reading_from_row,
    reading_to_row,
)
from timer_app.adapters.entries.journal.undo_records import undo_record_from_row, undo_record_to_row
from timer_app.domain.clock import ClockReading
from timer_app.domain.delivery.outbox import LoggedEntry
from timer_app.domain.entries.card import Card, CardKey
from timer_app.domain.entries.edits import CardDayLedger, UndoRecord, damaged_logs, ledger_logs
from timer_app.domain.entries.entry import Entry, Source
from timer_app.domain.entries.minutes import CardDayTotals
from timer_app.domain.entries.route import PLAIN, CardPlace, Route
from timer_app.domain.entries.task import Task
from timer_app.domain.entries.timer import Effect, Idle, Running, SegmentedEntry, State, Transition
from timer_app.domain.entries.web_address import ChatRoom, room_of
from timer_app.domain.errors import JournalError
from timer_app.domain.messages import JournalMessageId
from timer_app.domain.setup.accounts import Choice

_NEVER = instant(0)


class EntryRows(DeliveryRows):
    """Implements the port `EntryRepository`. An event's deliveries are stored with it: so both."""

    def state(self) -> State:
        """See the port."""
        row = self._db.execute(
            f"SELECT {ENTRY} FROM entry INDEXED BY entry_running"
            " JOIN task ON task.id = entry.task_id WHERE stopped_at IS NULL AND cancelled = 0"
        ).fetchone()
        return Running(entry_from_row(row)) if row else Idle()

    def apply_transition(self, transition: Transition) -> None:
        """See the port."""
        with self.transaction():
            if transition.ended:
                self._save_ended(transition.ended)
                if transition.stopped_elsewhere:
                    self.mark_stopped_elsewhere(transition.ended.finished.entry.id)
            if transition.cancelled:
                self._db.execute(
                    "UPDATE entry SET cancelled = 1 WHERE id = ?", (transition.cancelled.id,)
                )
            if isinstance(transition.state, Running):
                self._save_entry(transition.state.entry, None)
                self._mark_latest(transition.state.entry.task)
            for effect in transition.effects:
                self._enqueue(effect)

    def _enqueue(self, effect: Effect) -> None:
        """A new delivery; what TimeCrowd holds already is done."""
        number = self.enqueue(effect.entry_id, effect.message)
        if effect.remote is not None:
            self._write(
                "UPDATE delivery SET state = 'done', remote_id = ? WHERE id = ?",
                (effect.remote.id, number),
            )
            self.save_remote(effect.entry_id, effect.remote)

    def update_entry(self, segmented: SegmentedEntry) -> None:
        """See the port."""
        entry = segmented.finished.entry
        with self.transaction():
            self._write(
                "UPDATE entry SET task_id = ?, comment = ?, started_at = ?, stopped_at = ?,"
                " route = ?, cancelled = 0 WHERE id = ?",
                (
                    self._task_id(entry.task, entry.started_at),
                    entry.comment,
                    unix(entry.started_at),
                    unix(segmented.finished.stopped_at),
                    route_to_text(entry.route),
                    entry.id,
                ),
            )
            self._write("DELETE FROM stretch WHERE entry_id = ?", (entry.id,))
            self._save_segments(segmented)

    def update_running(self, entry: Entry) -> None:
        """See the port."""
        with self.transaction():
            self._write(
                "UPDATE entry SET task_id = ?, started_at = ?, route = ?"
                " WHERE id = ? AND stopped_at IS NULL AND cancelled = 0",
                (
                    self._task_id(entry.task, entry.started_at),
                    unix(entry.started_at),
                    route_to_text(entry.route),
                    entry.id,
                ),
            )
            self._mark_latest(entry.task)

    def mark_deleted(self, entry_id: str) -> None:
        """See the port."""
        with self.transaction():
            self._write("UPDATE entry SET cancelled = 1 WHERE id = ?", (entry_id,))
            self._write("DELETE FROM stretch WHERE entry_id = ?", (entry_id,))

    def save_start_reading(self, entry_id: str, reading: ClockReading) -> None:
        """See the port."""
        self._write(
            "UPDATE entry SET began_wall = ?, began_boot = ?, began_steady = ? WHERE id = ?",
            (*reading_to_row(reading), entry_id),
        )

    def start_reading(self, entry_id: str) -> ClockReading | None:
        """See the port."""
        row = self._db.execute(
            "SELECT began_wall, began_boot, began_steady FROM entry WHERE id = ?", (entry_id,)
        ).fetchone()
        return reading_from_row(row) if row else None

    def _save_ended(self, ended: SegmentedEntry) -> None:
        entry = ended.finished.entry
        ran = self._db.execute(
            "SELECT 1 FROM entry WHERE id = ? AND stopped_at IS NULL", (entry.id,)
        ).fetchone()
        self._save_entry(entry, ended.finished.stopped_at)
        self._save_segments(ended)
        if ran:  # what is recorded by hand is only as recent as its times
            self._mark_latest(entry.task)

    def _mark_latest(self, task: Task) -> None:
        """What runs or has just ended is the task that a click starts next.

        Instants do not tell: a start may be told of an hour ago, two fit in one second, and the
        clock may be set.
        """
        self._db.execute(
            "UPDATE task SET used_at = 1 + (SELECT max(used_at) FROM task)"
            " WHERE key = ? AND EXISTS (SELECT 1 FROM task AS other"
            "  WHERE other.used_at >= task.used_at AND other.id <> task.id)",
            (task.key,),
        )

    def _save_segments(self, ended: SegmentedEntry) -> None:
        entry = ended.finished.entry
        self._write("UPDATE entry SET zone = ? WHERE id = ?", (ended.zone, entry.id))
        card = entry.task.card.url if entry.task.card else None
        for segment in ended.segments:
            self._db.execute(
                "INSERT INTO stretch (entry_id, for_date, seconds, card) VALUES (?, ?, ?, ?)",
                (entry.id, segment.for_date.isoformat(), segment.seconds, card),
            )

    def _save_entry(self, entry: Entry, stopped_at: datetime | None) -> None:
        self._db.execute(
            "INSERT INTO entry (id, task_id, comment, source, started_at, stopped_at, route)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE"
            " SET comment = excluded.comment, stopped_at = excluded.stopped_at",
            (
                entry.id,
                self._task_id(entry.task, stopped_at or entry.started_at),
                entry.comment,
                entry.source.value,
                unix(entry.started_at),
                optional_to_unix(stopped_at),
                route_to_text(entry.route),
            ),
        )

    def _task_id(self, task: Task, used_at: datetime) -> int:
        card, room, known = task.card, room_of(task.address), task.timecrowd
        row = self._db.execute(
            "INSERT INTO task (key, title, card_origin, card_id, address, room, used_at,"
            " timecrowd_task, timecrowd_team) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (key) DO UPDATE SET title = excluded.title,"
            " card_origin = coalesce(excluded.card_origin, card_origin),"
            " card_id = coalesce(excluded.card_id, card_id),"
            " address = coalesce(excluded.address, address),"
            " room = coalesce(excluded.room, room),"
            " timecrowd_team = coalesce(excluded.timecrowd_team, timecrowd_team),"
            " used_at = max(used_at, excluded.used_at) RETURNING id",
            (
                task.key,
                task.title,
                card.origin if card else None,
                card.id if card else None,
                task.address or None,
                room.address if room else None,
                unix(used_at),
                known.id if known else None,
                known.team_id if known else None,
            ),
        ).fetchone()
        if room is not None and task.room_name:
            self._db.execute(
                "INSERT INTO room VALUES (?, ?)"
                " ON CONFLICT (address) DO UPDATE SET name = excluded.name",
                (room.address, task.room_name),
            )
        return int(row[0])

    def room_name(self, room: ChatRoom) -> str:
        """See the port."""
        row = self._db.execute("SELECT name FROM room WHERE address = ?", (room.address,))
        (name,) = row.fetchone() or ("",)
        return str(name)

    def card_day_totals(self, card: Card, first: date, last: date) -> Mapping[date, CardDayTotals]:
        """See the port. Dropped logs count: the user decided about those minutes."""
        span = (card.url, first.isoformat(), last.isoformat())
        totals: dict[date, CardDayTotals] = {}
        for text, seconds, minutes in self._db.execute(
            "SELECT for_date, sum(seconds), sum(minutes) FROM ("
            " SELECT for_date, seconds, 0 AS minutes FROM stretch"
            "  WHERE card = ? AND for_date BETWEEN ? AND ?"
            " UNION ALL SELECT for_date, 0, minutes FROM delivery"
            "  WHERE card = ? AND for_date BETWEEN ? AND ?) GROUP BY for_date",
            span + span,
        ):
            if (day := optional_date_of(text)) is not None:
                totals[day] = CardDayTotals(seconds, minutes)
        return totals

    def card_day_ledger(self, card: Card, for_date: date) -> CardDayLedger:
        """See the port."""
        where = (card.url, for_date.isoformat())
        rows = self._db.execute(
            "SELECT entry_id, seconds FROM stretch JOIN entry ON entry.id = stretch.entry_id"
            " WHERE stretch.card = ? AND for_date = ? ORDER BY started_at, entry.rowid",
            where,
        )
        # Logs that count for nothing are left out here: a day that is deleted and restored again
        # and again has ever more of them.
        counting = "SELECT id FROM delivery WHERE card = ? AND for_date = ? AND minutes > 0"
        logs = self._deliveries(
            f"id IN ({counting} UNION ALL SELECT id FROM delivery WHERE about IN ({counting}))",
            where * 2,
        )
        return CardDayLedger(
            card, for_date, dict(rows.fetchall()), ledger_logs(logs), damaged_logs(logs)
        )

    def is_shared_day(self, card: Card, for_date: date) -> bool:
        """See the port `Outbox`."""
        row = self._db.execute(
            "SELECT 1 FROM stretch JOIN entry ON entry.id = stretch.entry_id"
            " WHERE stretch.card = ? AND for_date = ? AND source = 'adopted' LIMIT 1",
            (card.url, for_date.isoformat()),
        ).fetchone()
        return row is not None

    def pinned_tasks(self) -> Sequence[Task]:
        """See the port."""
        rows = self._db.execute(
            f"SELECT {TASK} FROM task WHERE pinned_at IS NOT NULL ORDER BY pinned_at, id"
        )
        return [task_from_columns(*row) for row in rows]

    def pin(self, task: Task, at: datetime | None) -> None:
        """See the port. One that was never worked on is no recent one by being pinned."""
        with self.transaction():
            number = self._task_id(task, _NEVER)
            self._db.execute(
                "UPDATE task SET pinned_at = ? WHERE id = ?", (optional_to_unix(at), number)
            )

    def recent_tasks(self, limit: int) -> Sequence[Task]:
        """See the port."""
        rows = self._db.execute(
            f"SELECT {TASK} FROM task WHERE used_at > 0 ORDER BY used_at DESC, id DESC LIMIT ?",
            (limit,),
        )
        return [task_from_columns(*row) for row in rows]

    def task(self, key: str) -> Task | None:
        """See the port."""
        row = self._db.execute(f"SELECT {TASK} FROM task WHERE key = ?", (key,)).fetchone()
        return task_from_columns(*row) if row else None

    def cards_by_key(self) -> Mapping[CardKey, Card]:
        """See the port."""
        rows = self._db.execute("SELECT card_origin, key, card_id FROM card_key")
        return {CardKey(origin, key): Card(origin, card_id) for origin, key, card_id in rows}

    def save_card_key(self, card_key: CardKey, card: Card) -> None:
        """See the port."""
        self._write(
            "INSERT OR REPLACE INTO card_key VALUES (?, ?, ?)",
            (card_key.origin, card_key.key, card.id),
        )

    def set_running_task(self, entry: Entry) -> None:
        """See the port."""
        with self.transaction():
            number = self._task_id(entry.task, entry.started_at)
            self._write(
                "UPDATE entry SET task_id = ?, route = ? WHERE id = ?",
                (number, route_to_text(entry.route), entry.id),
            )
            self._mark_latest(entry.task)

    def save_route(self, entry_id: str, route: Route) -> None:
        """See the port."""
        text = route_to_text(route)
        self._write("UPDATE entry SET route = ? WHERE id = ?", (text, entry_id))

    def chosen_route(self, task: Task) -> Route:
        """See the port."""
        row = self._db.execute("SELECT route FROM task WHERE key = ?", (task.key,)).fetchone()
        return route_from_text(row[0]) if row else PLAIN

    def choose_route(self, task: Task, route: Route) -> None:
        """See the port. A task that was never worked on is no recent one by that."""
        with self.transaction():
            number = self._task_id(task, _NEVER)
            self._db.execute(
                "UPDATE task SET route = ? WHERE id = ?", (route_to_text(route), number)
            )

    def is_begun_here(self, task: Task) -> bool:
        """See the port."""
        row = self._db.execute(
            "SELECT 1 FROM entry JOIN task ON task.id = entry.task_id"
            " WHERE task.key = ? AND source != ? AND remote_id IS NOT NULL LIMIT 1",
            (task.key, Source.ADOPTED.value),
        ).fetchone()
        return row is not None

    def card_place(self, card: Card) -> CardPlace | None:
        """See the port."""
        row = self._db.execute(
            "SELECT board_id, space_id FROM card_place WHERE card = ?", (card.url,)
        ).fetchone()
        return CardPlace(*row) if row else None

    def save_card_place(self, card: Card, place: CardPlace) -> None:
        """See the port."""
        self._write(
            "INSERT OR REPLACE INTO card_place VALUES (?, ?, ?)",
            (card.url, place.board_id, place.space_id),
        )

    def listed(self, name: str) -> Sequence[Choice]:
        """See the port. What is damaged was never seen."""
        row = self._db.execute(
            "SELECT content FROM service_list WHERE name = ?", (name,)
        ).fetchone()
        try:
            rows = json_object(row[0]).get("rows") if row else None
        except DamagedRow:
            rows = None
        return choices_from_rows(rows)

    def save_list(self, name: str, choices: Sequence[Choice]) -> None:
        """See the port."""
        rows = [[each.id, each.name] for each in choices]
        content = json.dumps({"rows": rows}, ensure_ascii=False)
        self._write("INSERT OR REPLACE INTO service_list VALUES (?, ?)", (name, content))

    def forget_unused_task(self, task: Task, successor: Task) -> None:
        """See the port."""
        with self.transaction():
            self._write(
                "UPDATE task SET used_at = max(used_at,"
                " (SELECT used_at FROM task AS old WHERE old.key = ?)) WHERE key = ?",
                (task.key, successor.key),
            )
            self._write(
                "DELETE FROM task WHERE key = ? AND card_id IS NULL AND pinned_at IS NULL"
                " AND NOT EXISTS (SELECT 1 FROM entry WHERE entry.task_id = task.id)",
                (task.key,),
            )

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
            "first": (started_at.astimezone(UTC).date() - MAX_DATE_OFFSET).isoformat(),
            "last": (stopped_at.astimezone(UTC).date() + MAX_DATE_OFFSET).isoformat(),
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

    def save_undo_record(self, undo_record: UndoRecord) -> None:
        """See the port."""
        self._write(
            "INSERT INTO amendment (entry_id, kind, before) VALUES (?, ?, ?)",
            undo_record_to_row(undo_record),
        )

    def last_undo_record(self) -> UndoRecord | None:
        """See the port."""
        row = self._db.execute(
            "SELECT id, entry_id, kind, before FROM amendment WHERE undone = 0"
            " ORDER BY id DESC LIMIT 1"
        ).fetchone()
        if row is None:
            return None
        try:
            return undo_record_from_row(row)
        except DamagedRow as error:
            raise JournalError(JournalMessageId.DAMAGED_UNDO, str(row[0])) from error

    def latest_undo_id(self) -> int:
        """See the port."""
        (number,) = self._db.execute(
            "SELECT coalesce(max(id), 0) FROM amendment WHERE undone = 0"
        ).fetchone()
        return int(number)

    def mark_undone(self, undo_record: UndoRecord) -> None:
        """See the port."""
        self._write("UPDATE amendment SET undone = 1 WHERE id = ?", (undo_record.id,))
