"""The journal as the services know it. One thread, plain sqlite3: a commit takes a millisecond."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime

from timer_app.adapters.journal.messages import (
    maybe_instant,
    maybe_unix,
    task_of,
    to_json,
    unix,
)
from timer_app.adapters.journal.rows import delivery_of, due_of, entry_of, rounded_up
from timer_app.adapters.journal.schema import is_damage
from timer_app.domain.card import Card
from timer_app.domain.delivery import (
    Delivery,
    DeliveryState,
    Due,
    LogTime,
    Message,
    Service,
    kind_of,
    service_of,
)
from timer_app.domain.entry import Entry
from timer_app.domain.minutes import CardDay
from timer_app.domain.outcome import RemoteEntry
from timer_app.domain.task import Task
from timer_app.domain.timer import Ending, Idle, Running, State, Transition
from timer_app.services.ports import JournalUnwritable, LoggedEntry
from timer_app.services.service_status import Health, ServiceStatus

# Word for word as in the index delivery_open: only then does SQLite see that the index will do.
_OPEN = "('waiting', 'sending', 'unknown', 'blocked')"
_NEEDS_PERSON = "(state = 'blocked' OR (state = 'unknown' AND left_to_person))"
_ENTRY = """
  entry.id, task.title, task.card_origin, task.card_id, entry.started_at, entry.source,
  entry.comment, entry.stopped_at"""
_REMOTE = "entry.remote_id, entry.remote_task_id, entry.remote_started_at, entry.remote_stopped_at"
_DELIVERY = (
    "id, entry_id, kind, message, state, attempts, remote_id, error, sent_at, left_to_person"
)
_DUE = f"""
SELECT {", ".join("delivery." + column for column in _DELIVERY.split(", "))}, {_ENTRY}, {_REMOTE}
FROM delivery JOIN entry ON entry.id = delivery.entry_id JOIN task ON task.id = entry.task_id
WHERE delivery.state IN {_OPEN} AND delivery.service = ? AND delivery.state = """
_UNKNOWN = f"""{_DUE} 'unknown' AND delivery.id NOT IN (SELECT value FROM json_each(?))
ORDER BY delivery.id LIMIT 1"""
_NEXT_DUE = f"""{_DUE} 'waiting' AND NOT EXISTS (
  SELECT 1 FROM delivery AS earlier
  WHERE earlier.entry_id = delivery.entry_id AND earlier.service = delivery.service
    AND earlier.id < delivery.id AND earlier.state IN {_OPEN})
ORDER BY delivery.id LIMIT 1"""


DAMAGED = (
    "A part of the journal cannot be read: nothing was changed. Quit Timer App and start it again;"
    " it sets the file aside and carries over what can be read."
)


class SqliteJournal:
    """Implements the port `Journal` on an open connection; see ports.py for each method."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    @property
    def connection(self) -> sqlite3.Connection:
        """The open file, for the status document."""
        return self._db

    def close(self) -> None:
        """Close the file. Everything committed is on the disk already."""
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """See the port. A transaction inside another is part of it."""
        if self._db.in_transaction:
            yield
            return
        try:
            self._db.execute("BEGIN IMMEDIATE")
            yield
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            self._undo()
            raise JournalUnwritable(_why_unwritable(error)) from error
        except BaseException:
            self._undo()
            raise

    def _undo(self) -> None:
        if self._db.in_transaction:  # a full disk makes SQLite roll back by itself
            self._db.execute("ROLLBACK")

    # What runs

    def state(self) -> State:
        """See the port."""
        row = self._db.execute(
            f"SELECT {_ENTRY} FROM entry INDEXED BY entry_running"
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
                self.tell(told.entry_id, told.message)

    def _keep_ended(self, ended: Ending) -> None:
        entry = ended.finished.entry
        self._keep_entry(entry, ended.finished.stopped_at)
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

    # What is read

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

    def recent_tasks(self, most: int) -> Sequence[Task]:
        """See the port."""
        rows = self._db.execute(
            "SELECT title, card_origin, card_id FROM task ORDER BY used_at DESC, id DESC LIMIT ?",
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

    def overlapping(self, started_at: datetime, stopped_at: datetime) -> Sequence[LoggedEntry]:
        """See the port."""
        span = {"began": unix(started_at), "ended": unix(stopped_at)}
        return self._logged(
            "cancelled = 0 AND entry.started_at < :ended"
            " AND (entry.stopped_at > :began OR entry.stopped_at IS NULL)",
            span,
        )

    def entries(self, first: date, last: date) -> Iterable[LoggedEntry]:
        """See the port."""
        return self._logged(
            "cancelled = 0 AND entry.id IN"
            " (SELECT entry_id FROM stretch WHERE for_date BETWEEN ? AND ?)",
            (first.isoformat(), last.isoformat()),
        )

    def entry(self, entry_id: str) -> LoggedEntry | None:
        """See the port."""
        return next(iter(self._logged("entry.id = ?", (entry_id,))), None)

    def delivery(self, delivery_id: int) -> LoggedEntry | None:
        """See the port."""
        where = "entry.id = (SELECT entry_id FROM delivery WHERE id = ?)"
        return next(iter(self._logged(where, (delivery_id,))), None)

    def needing_person(self) -> Sequence[LoggedEntry]:
        """See the port."""
        some = f"SELECT entry_id FROM delivery WHERE state IN {_OPEN} AND {_NEEDS_PERSON}"
        return self._logged(f"entry.id IN ({some})", (), deliveries=_NEEDS_PERSON)

    def counts(self) -> Mapping[DeliveryState, int]:
        """See the port."""
        rows = self._db.execute("SELECT state, deliveries FROM tally")
        return {DeliveryState(state): number for state, number in rows}

    def open_counts(self) -> Mapping[tuple[Service, bool], int]:
        """See the port."""
        rows = self._db.execute(
            f"SELECT service, {_NEEDS_PERSON}, count(*) FROM delivery"
            f" WHERE state IN {_OPEN} GROUP BY 1, 2"
        )
        return {(Service(name), bool(person)): number for name, person, number in rows}

    def _logged(
        self,
        where: str,
        values: Sequence[object] | Mapping[str, object],
        *,
        deliveries: str = "1",
    ) -> list[LoggedEntry]:
        rows = self._db.execute(
            f"SELECT {_ENTRY} FROM entry JOIN task ON task.id = entry.task_id"
            f" WHERE {where} ORDER BY entry.started_at, entry.rowid",
            values,
        ).fetchall()
        return [
            LoggedEntry(entry_of(row), maybe_instant(row[7]), self._deliveries(row[0], deliveries))
            for row in rows
        ]

    def _deliveries(self, entry_id: str, where: str) -> tuple[Delivery, ...]:
        rows = self._db.execute(
            f"SELECT {_DELIVERY} FROM delivery WHERE entry_id = ? AND {where} ORDER BY id",
            (entry_id,),
        )
        return tuple(delivery_of(row) for row in rows)

    # Deliveries

    def next_due(self, service: Service) -> Due | None:
        """See the port."""
        row = self._db.execute(_NEXT_DUE, (service.value,)).fetchone()
        return due_of(row) if row else None

    def next_unknown(self, service: Service, leaving_out: Collection[int]) -> Due | None:
        """See the port."""
        row = self._db.execute(_UNKNOWN, (service.value, json.dumps(list(leaving_out)))).fetchone()
        return due_of(row) if row else None

    def is_claimed(self, service: Service, remote_id: str, by_others_than: Delivery) -> bool:
        """See the port. The deliveries of one TimeCrowd entry share its id."""
        own = "entry_id != ?" if service is Service.TIMECROWD else "id != ?"
        who = by_others_than.entry_id if service is Service.TIMECROWD else by_others_than.id
        row = self._db.execute(
            f"SELECT 1 FROM delivery WHERE service = ? AND remote_id = ? AND {own} LIMIT 1",
            (service.value, remote_id, who),
        ).fetchone()
        return row is not None

    def tell(self, entry_id: str, message: Message) -> None:
        """See the port."""
        log = message if isinstance(message, LogTime) else None
        with self.transaction():
            self._db.execute(
                "INSERT INTO delivery"
                " (entry_id, service, kind, message, state, card, for_date, minutes)"
                " VALUES (?, ?, ?, ?, 'waiting', ?, ?, ?)",
                (
                    entry_id,
                    service_of(message).value,
                    kind_of(message).value,
                    to_json(message),
                    log.card.url if log else None,
                    log.for_date.isoformat() if log else None,
                    log.minutes if log else None,
                ),
            )

    def rewrite(self, delivery: Delivery, message: Message) -> None:
        """See the port."""
        with self.transaction():
            self._db.execute(
                "UPDATE delivery SET kind = ?, message = ? WHERE id = ? AND state = 'waiting'",
                (kind_of(message).value, to_json(message), delivery.id),
            )

    def mark(
        self,
        delivery_id: int,
        state: DeliveryState,
        error: str = "",
        *,
        left_to_person: bool = False,
    ) -> None:
        """See the port."""
        with self.transaction():
            self._db.execute(
                "UPDATE delivery SET state = ?, error = ?, left_to_person = ? WHERE id = ?",
                (state.value, error, left_to_person, delivery_id),
            )

    def begin_sending(self, delivery_id: int, now: datetime) -> bool:
        """See the port."""
        with self.transaction():
            changed = self._db.execute(
                "UPDATE delivery SET state = 'sending', attempts = attempts + 1, sent_at = ?"
                " WHERE id = ? AND state = 'waiting'",
                (unix(now), delivery_id),
            )
            return changed.rowcount == 1

    def complete(self, delivery: Delivery, remote_id: str) -> None:
        """See the port."""
        with self.transaction():
            self._db.execute(
                "UPDATE delivery SET state = 'done', error = '', remote_id = ? WHERE id = ?",
                (remote_id, delivery.id),
            )

    def keep_remote(self, entry_id: str, remote: RemoteEntry) -> None:
        """See the port."""
        with self.transaction():
            self._db.execute(
                "UPDATE entry SET remote_id = ?, remote_task_id = ?, remote_started_at = ?,"
                " remote_stopped_at = ? WHERE id = ?",
                (
                    remote.id,
                    remote.task_id,
                    unix(remote.started_at),
                    maybe_unix(remote.stopped_at),
                    entry_id,
                ),
            )

    def interrupted(self) -> int:
        """See the port."""
        with self.transaction():
            changed = self._db.execute(
                "UPDATE delivery SET state = 'unknown', error = ?"
                f" WHERE state IN {_OPEN} AND state = 'sending'",
                ("Timer App ended while this was being sent.",),
            )
            return changed.rowcount

    def service_status(self, service: Service) -> ServiceStatus:
        """See the port."""
        row = self._db.execute(
            "SELECT health, detail, not_before, failures FROM service WHERE name = ?",
            (service.value,),
        ).fetchone()
        if row is None:
            return ServiceStatus()
        return ServiceStatus(Health(row[0]), row[1], maybe_instant(row[2]), row[3])

    def keep_service_status(self, service: Service, status: ServiceStatus) -> None:
        """See the port."""
        with self.transaction():
            self._db.execute(
                "INSERT OR REPLACE INTO service VALUES (?, ?, ?, ?, ?)",
                (
                    service.value,
                    status.health.value,
                    status.detail,
                    rounded_up(status.not_before),
                    status.failures,
                ),
            )


def _why_unwritable(error: sqlite3.Error) -> str:
    if isinstance(error, sqlite3.DatabaseError) and is_damage(error):
        return DAMAGED
    name = getattr(error, "sqlite_errorname", "")
    if name == "SQLITE_FULL":
        return "The disk is full: nothing was changed. Free some space and try again."
    if name.startswith("SQLITE_BUSY"):
        return "Another program holds the journal: nothing was changed. Try again."
    return f"The journal cannot be written ({error}): nothing was changed."
