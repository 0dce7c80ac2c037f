"""The outbox as rows; see ports.Outbox."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from timer_app.adapters.entries.journal.base import JournalPart
from timer_app.adapters.entries.journal.connection import mark_suspect
from timer_app.adapters.entries.journal.message_json import (
    message_to_json,
    optional_date_of,
    optional_from_unix,
    optional_to_unix,
    unix,
)
from timer_app.adapters.entries.journal.rows import (
    DELIVERY_COLUMNS,
    ENTRY_WIDTH,
    delivery_from_row,
    due_from_row,
    entry_from_row,
    reading_to_row,
    remote_from_row,
    state_of,
    unix_rounded_up,
)
from timer_app.adapters.entries.journal.schema import FAR_FUTURE_SQL, awaits_answer_sql
from timer_app.domain.clock import ClockReading
from timer_app.domain.delivery.log_timing import LogTiming
from timer_app.domain.delivery.outbox import (
    OPEN,
    Delivery,
    DeliveryState,
    DueDelivery,
    LoggedEntry,
)
from timer_app.domain.delivery.outcomes import RemoteEntry
from timer_app.domain.delivery.service_messages import (
    LogTime,
    Message,
    about_of,
    kind_of,
    service_of,
)
from timer_app.domain.entries.edits import (
    DeliveryChange,
    DropDelivery,
    EnqueueMessage,
    ReplaceMessage,
    SetLogMinutes,
)
from timer_app.domain.service import Service
from timer_app.domain.setup.connection_problems import ConnectionProblem
from timer_app.services.delivery.service_status import Health, ServiceStatus

_FOREVER = 2**62
_NO_LIMIT = -1
"""What SQLite's LIMIT takes for none."""
# Word for word as in the index delivery_open: only then does SQLite see that the index will do.
OPEN_STATES = "('waiting', 'sending', 'unknown', 'blocked')"
NEEDS_PERSON = "(state = 'blocked' OR (state = 'unknown' AND left_to_person))"
# One range of the index delivery_open each, so that a page reads no delivery before or after it.
# A blocked one is found without reading its row.
_NEEDING_USER = " UNION ALL ".join(
    "SELECT * FROM (SELECT id FROM delivery"
    f" WHERE state IN {OPEN_STATES} AND service = '{service.value}' AND state = '{state.value}'"
    f" AND {NEEDS_PERSON} AND id > :after ORDER BY id LIMIT :most)"
    for service in Service
    for state in (DeliveryState.BLOCKED, DeliveryState.UNKNOWN)
)
ENTRY = """
  entry.id, task.title, task.card_origin, task.card_id, entry.started_at, entry.source,
  entry.comment, entry.stopped_at, task.address,
  (SELECT name FROM room WHERE room.address = task.room), timecrowd_task, timecrowd_team,
  entry.route"""
_REMOTE = "entry.remote_id, entry.remote_task_id, entry.remote_started_at, entry.remote_stopped_at"
_DELIVERY = ", ".join(DELIVERY_COLUMNS)
COVERED = """
SELECT part.for_date FROM stretch AS part
WHERE part.entry_id = entry.id AND part.card IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM delivery WHERE entry_id = part.entry_id AND kind = 'log'
    AND card = part.card AND for_date = part.for_date AND minutes > 0)
  AND (SELECT sum(minutes) FROM delivery WHERE card = part.card AND for_date = part.for_date)
    >= max(1, ((SELECT sum(seconds) FROM stretch WHERE card = part.card
      AND for_date = part.for_date) + 30) / 60)"""
"""The dates of an entry that earlier logs cover; see `minutes.minutes_to_log` with `carry`."""
# A double that the person wants to keep belongs to nobody here.
_OURS = "NOT (state = 'dropped' AND kind = 'delete')"
DUE = f"""
SELECT {", ".join("delivery." + column for column in DELIVERY_COLUMNS)}, {ENTRY}, {_REMOTE},
  log.remote_id, entry.stopped_elsewhere
FROM delivery JOIN entry ON entry.id = delivery.entry_id JOIN task ON task.id = entry.task_id
LEFT JOIN delivery AS log ON log.id = delivery.about"""
_OPEN_DUE = f"""{DUE}
WHERE delivery.service = ? AND delivery.state = """
_UNKNOWN = f"""{_OPEN_DUE} 'unknown' AND delivery.id NOT IN (SELECT value FROM json_each(?))
ORDER BY delivery.id LIMIT 1"""
_NEXT_DUE = f"""{_OPEN_DUE} 'waiting' AND NOT EXISTS (
  SELECT 1 FROM delivery AS earlier
  WHERE earlier.entry_id = delivery.entry_id AND earlier.service = delivery.service
    AND earlier.id < delivery.id AND earlier.state IN {OPEN_STATES}
    AND earlier.kind != 'comment')
AND NOT (entry.stopped_at IS NOT NULL AND EXISTS (
  SELECT 1 FROM away WHERE away.entry_id = delivery.entry_id
    AND {awaits_answer_sql(FAR_FUTURE_SQL)}))
AND (delivery.not_before IS NULL OR delivery.not_before <= ?)
ORDER BY delivery.id LIMIT 1"""


class DeliveryRows(JournalPart):
    """Implements the port `Outbox`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(connection)
        self._met: dict[Service, tuple[str, ConnectionProblem | None]] = {}
        """What this process last said of a service: the file has the sentence alone."""

    def entry_of_delivery(self, delivery_id: int) -> LoggedEntry | None:
        """See the port."""
        where = "entry.id = (SELECT entry_id FROM delivery WHERE id = ?)"
        return next(iter(self._logged(where, (delivery_id,))), None)

    def delivery(self, delivery_id: int) -> Delivery | None:
        """See the port."""
        return next(iter(self._deliveries("id = ?", (delivery_id,))), None)

    def ids_needing_user(self, after: int = 0, most: int | None = None) -> Sequence[int]:
        """See the port."""
        rows = self._db.execute(
            f"{_NEEDING_USER} ORDER BY id LIMIT :most",
            {"after": after, "most": _NO_LIMIT if most is None else most},
        )
        return [number for (number,) in rows.fetchall()]

    def needing_user(self, delivery_ids: Sequence[int]) -> Sequence[LoggedEntry]:
        """See the port."""
        some = (
            "entry.id IN (SELECT entry_id FROM delivery"
            " WHERE id IN (SELECT value FROM json_each(?)))"
        )
        found = self._logged(some, (json.dumps(delivery_ids),), deliveries=NEEDS_PERSON)
        return [each for each in found if each.deliveries]

    def counts(self) -> Mapping[DeliveryState, int]:
        """See the port."""
        asked = "SELECT state, sum(deliveries) FROM tally GROUP BY state"
        rows = [(state_of(word), int(number)) for word, number in self._db.execute(asked)]
        return dict.fromkeys(DeliveryState, 0) | {state: each for state, each in rows if state}

    def open_counts(self) -> Mapping[tuple[Service, bool], int]:
        """See the port."""
        counts: dict[tuple[Service, bool], int] = {}
        asked = "SELECT service, state, needs_person, deliveries FROM tally WHERE deliveries > 0"
        for name, state, person, number in self._db.execute(asked):
            service = next((each for each in Service if each.value == name), None)
            if service is not None and state_of(state) in OPEN:
                key = service, bool(person)
                counts[key] = counts.get(key, 0) + int(number)
        return counts

    def _logged(
        self,
        where: str,
        values: Sequence[object] | Mapping[str, object],
        *,
        deliveries: str = "1",
    ) -> list[LoggedEntry]:
        rows = self._db.execute(
            f"SELECT {ENTRY}, {_REMOTE}, entry.zone, entry.cancelled,"
            f" (SELECT group_concat(for_date) FROM ({COVERED}))"
            " FROM entry JOIN task ON task.id = entry.task_id"
            f" WHERE {where} ORDER BY entry.started_at, entry.rowid",
            values,
        ).fetchall()
        return [
            LoggedEntry(
                entry_from_row(row),
                optional_from_unix(row[7]),
                self._deliveries("entry_id = ? AND " + deliveries, (row[0],)),
                remote_from_row(rest[:4]),
                rest[4],
                bool(rest[5]),
                _dates(rest[6]),
            )
            for row in rows
            for rest in (row[ENTRY_WIDTH:],)
        ]

    def _deliveries(self, where: str, values: Sequence[object]) -> tuple[Delivery, ...]:
        rows = self._db.execute(
            f"SELECT {_DELIVERY} FROM delivery WHERE {where} ORDER BY id", values
        ).fetchall()
        if any(state_of(row[4]) is None for row in rows):
            mark_suspect(self._db)  # the next start mends what no list of open deliveries shows
        return tuple(delivery_from_row(row) for row in rows)

    def next_due(self, service: Service, now: datetime | None = None) -> DueDelivery | None:
        """See the port."""
        latest = _FOREVER if now is None else unix(now)
        row = self._db.execute(_NEXT_DUE, (service.value, latest)).fetchone()
        return due_from_row(row) if row else None

    def next_timed_at(self, service: Service) -> datetime | None:
        """See the port."""
        (at,) = self._db.execute(
            "SELECT min(not_before) FROM delivery WHERE service = ? AND not_before IS NOT NULL"
            " AND +state = 'waiting'",
            (service.value,),
        ).fetchone()
        return optional_from_unix(at)

    def set_timing(self, delivery_id: int, timing: LogTiming) -> None:
        """See the port."""
        self._write(
            "UPDATE delivery SET look_first = ?, not_before = ? WHERE id = ?",
            (timing.lookup_first, unix_rounded_up(timing.not_before), delivery_id),
        )

    def claim_log(self, delivery_id: int, log_id: str) -> None:
        """See the port."""
        self._write(
            "UPDATE delivery SET state = 'done', error = '', remote_id = ?, claimed = 1,"
            " left_to_person = 0 WHERE id = ?",
            (log_id, delivery_id),
        )

    def save_switch(self, at: datetime) -> None:
        """See the port."""
        self._write(
            "UPDATE entry SET switched_at = ? WHERE switched_at IS NULL AND id IN"
            f" (SELECT entry_id FROM delivery WHERE service = 'timecrowd' AND kind = 'stop'"
            f" AND state IN {OPEN_STATES})",
            (unix(at),),
        )

    def switched_at(self, entry_id: str) -> datetime | None:
        """See the port."""
        row = self._db.execute("SELECT switched_at FROM entry WHERE id = ?", (entry_id,)).fetchone()
        return optional_from_unix(row[0]) if row else None

    def unclaim_log(self, delivery_id: int, error: str) -> None:
        """See the port."""
        self._write(
            "UPDATE delivery SET state = 'blocked', error = ?, remote_id = NULL, claimed = 0"
            " WHERE id = ? AND state = 'done' AND claimed = 1",
            (error, delivery_id),
        )

    def mark_stopped_elsewhere(self, entry_id: str) -> None:
        """See the port."""
        self._write("UPDATE entry SET stopped_elsewhere = 1 WHERE id = ?", (entry_id,))

    def next_unknown(self, service: Service, excluding: Collection[int]) -> DueDelivery | None:
        """See the port."""
        row = self._db.execute(_UNKNOWN, (service.value, json.dumps(list(excluding)))).fetchone()
        return due_from_row(row) if row else None

    def is_claimed(self, service: Service, remote_id: str, except_by: Delivery) -> bool:
        """See the port. The deliveries of one TimeCrowd entry share its id."""
        own = "entry_id != ?" if service is Service.TIMECROWD else "id != ?"
        who = except_by.entry_id if service is Service.TIMECROWD else except_by.id
        row = self._db.execute(
            f"SELECT 1 FROM delivery WHERE service = ? AND remote_id = ? AND {own}"
            f" AND {_OURS} LIMIT 1",
            (service.value, remote_id, who),
        ).fetchone()
        return row is not None

    def is_known_entry(self, remote_id: str) -> bool:
        """See the port."""
        row = self._db.execute(
            "SELECT 1 FROM delivery WHERE service = 'timecrowd' AND remote_id = ?"
            f" AND {_OURS} LIMIT 1",
            (remote_id,),
        ).fetchone()
        return row is not None

    def is_suspected_duplicate(self, remote_id: str) -> bool:
        """See the port."""
        row = self._db.execute(
            "SELECT 1 FROM delivery WHERE service = 'timecrowd' AND remote_id = ?"
            f" AND kind = 'delete' AND about IS NOT NULL AND state IN {OPEN_STATES} LIMIT 1",
            (remote_id,),
        ).fetchone()
        return row is not None

    def is_kept_duplicate(self, remote_id: str) -> bool:
        """See the port."""
        row = self._db.execute(
            "SELECT 1 FROM delivery WHERE service = 'timecrowd' AND remote_id = ?"
            " AND kind = 'delete' AND about IS NOT NULL AND state = 'dropped' LIMIT 1",
            (remote_id,),
        ).fetchone()
        return row is not None

    def claim_remote_id(self, delivery_id: int, remote_id: str) -> None:
        """See the port."""
        self._write("UPDATE delivery SET remote_id = ? WHERE id = ?", (remote_id, delivery_id))

    def enqueue(self, entry_id: str, message: Message) -> int:
        """See the port."""
        log = message if isinstance(message, LogTime) else None
        with self.transaction():
            inserted = self._db.execute(
                "INSERT INTO delivery"
                " (entry_id, service, kind, message, state, card, for_date, minutes, about)"
                " VALUES (?, ?, ?, ?, 'waiting', ?, ?, ?, ?)",
                (
                    entry_id,
                    service_of(message).value,
                    kind_of(message).value,
                    message_to_json(message),
                    log.card.url if log else None,
                    log.for_date.isoformat() if log else None,
                    log.minutes if log else None,
                    about_of(message),
                ),
            )
            return int(inserted.lastrowid or 0)

    def apply_changes(self, changes: Sequence[DeliveryChange]) -> None:
        """See the port."""
        with self.transaction():
            for change in changes:
                match change:
                    case EnqueueMessage(entry_id, message):
                        self.enqueue(entry_id, message)
                    case ReplaceMessage(delivery, message):
                        self.replace_message(delivery, message)
                    case DropDelivery(delivery):
                        self.set_state(delivery.id, DeliveryState.DROPPED, delivery.error)
                    case SetLogMinutes(delivery, minutes):
                        self._write(
                            "UPDATE delivery SET minutes = ? WHERE id = ?", (minutes, delivery.id)
                        )

    def replace_message(self, delivery: Delivery, message: Message) -> None:
        """See the port."""
        with self.transaction():
            self._db.execute(
                "UPDATE delivery SET kind = ?, message = ?, state = 'waiting', error = '',"
                " look_first = look_first AND about IS NULL,"
                " not_before = CASE WHEN about IS NULL THEN not_before END"
                " WHERE id = ? AND state IN ('waiting', 'blocked')",
                (kind_of(message).value, message_to_json(message), delivery.id),
            )

    def restore_message(self, delivery_id: int, message: Message) -> None:
        """See the port. The words of its columns are set, too: each may be the damaged one."""
        self._write(
            "UPDATE delivery SET service = ?, kind = ?, message = ? WHERE id = ?",
            (
                service_of(message).value,
                kind_of(message).value,
                message_to_json(message),
                delivery_id,
            ),
        )

    def set_state(
        self,
        delivery_id: int,
        state: DeliveryState,
        error: str = "",
        *,
        left_to_user: bool = False,
        refused_status: int | None = None,
    ) -> None:
        """See the port."""
        with self.transaction():
            self._db.execute(
                "UPDATE delivery SET state = ?, error = ?, left_to_person = ?, refused_status = ?"
                " WHERE id = ?",
                (state.value, error, left_to_user, refused_status, delivery_id),
            )

    def lease(self, delivery_id: int, now: ClockReading) -> bool:
        """See the port."""
        with self.transaction():
            taken = self._write(
                "UPDATE delivery SET state = 'sending', attempts = attempts + 1, sent_at = ?"
                " WHERE id = ? AND state = 'waiting'",
                (unix(now.wall), delivery_id),
            )
            if taken:
                self._write(
                    "INSERT INTO attempt (delivery_id, kind, message, wall, boot, steady)"
                    " SELECT id, kind, message, ?, ?, ? FROM delivery WHERE id = ?",
                    (*reading_to_row(now), delivery_id),
                )
            return taken == 1

    def stamp_attempt(self, delivery_id: int, now: ClockReading) -> None:
        """See the port."""
        with self.transaction():
            self._write(
                "UPDATE delivery SET sent_at = ? WHERE id = ? AND state = 'sending'",
                (unix(now.wall), delivery_id),
            )
            self._write(
                "UPDATE attempt SET wall = ?, boot = ?, steady = ? WHERE id ="
                " (SELECT max(id) FROM attempt WHERE delivery_id = ?)",
                (*reading_to_row(now), delivery_id),
            )

    def complete(self, delivery_id: int, remote_id: str) -> None:
        """See the port."""
        self._write(
            "UPDATE delivery SET state = 'done', error = '', remote_id = ? WHERE id = ?",
            (remote_id, delivery_id),
        )

    def save_remote(self, entry_id: str, remote: RemoteEntry | None) -> None:
        """See the port."""
        values: tuple[object, ...] = (None, None, None, None)
        if remote is not None:
            times = unix(remote.started_at), optional_to_unix(remote.stopped_at)
            values = (remote.id, remote.task_id, *times)
        self._write(
            "UPDATE entry SET remote_id = ?, remote_task_id = ?, remote_started_at = ?,"
            " remote_stopped_at = ? WHERE id = ?",
            (*values, entry_id),
        )

    def recover_interrupted(self) -> int:
        """See the port. Where there is none, nothing is written, which could be waited for."""
        sending = f"FROM delivery WHERE state IN {OPEN_STATES} AND state = 'sending'"
        if self._db.execute(f"SELECT 1 {sending} LIMIT 1").fetchone() is None:
            return 0
        with self.transaction():
            changed = self._db.execute(
                "UPDATE delivery SET state = 'unknown', error = ?"
                f" WHERE state IN {OPEN_STATES} AND state = 'sending'",
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
        health = next((each for each in Health if each.value == row[0]), None)
        if health is None:  # what was last seen is damaged: the next request shows it again
            return ServiceStatus()
        detail, connection_problem = self._met.get(service, ("", None))
        return ServiceStatus(
            health,
            row[1],
            optional_from_unix(row[2]),
            row[3],
            connection_problem
            if detail == row[1]
            else None,  # else another process met something since
        )

    def save_service_status(self, service: Service, status: ServiceStatus) -> None:
        """See the port."""
        with self.transaction():
            self._db.execute(
                "INSERT OR REPLACE INTO service VALUES (?, ?, ?, ?, ?)",
                (
                    service.value,
                    status.health.value,
                    status.detail,
                    unix_rounded_up(status.not_before),
                    status.failures,
                ),
            )
        self._met[service] = (status.detail, status.connection_problem)


def _dates(joined: str | None) -> tuple[date, ...]:
    found = (optional_date_of(each) for each in (joined or "").split(",") if each)
    return tuple(sorted(each for each in found if each is not None))
