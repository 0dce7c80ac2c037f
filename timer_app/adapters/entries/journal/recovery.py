"""Recovery of a damaged journal: it is set aside whole, and readable rows go to a new one.

Nothing is deleted, and the user gets both names. A waiting delivery may have been sent after the
page that says so was lost: it becomes unknown and is never sent blindly.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
from functools import partial
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from timer_app.adapters.entries.journal import connection as journal_file
from timer_app.adapters.entries.journal.damaged_rows import mend_states, recount
from timer_app.adapters.entries.journal.message_json import DamagedRow, instant, task_of
from timer_app.adapters.replacing import remove_file, rename_file
from timer_app.domain.entries.card import Card
from timer_app.domain.entries.minutes import split_by_day
from timer_app.domain.entries.task import Task
from timer_app.domain.errors import JournalError, error_message
from timer_app.domain.messages import JournalFileMessageId
from timer_app.domain.user_message import UserMessage

_log = logging.getLogger(__name__)
_TABLES = {
    "room": "address DESC",
    "task": "rowid DESC",
    "entry": "rowid DESC",
    "stretch": "entry_id DESC, for_date DESC",
    "delivery": "rowid DESC",
    "attempt": "rowid DESC",
    "watch": "delivery_id DESC",
    "amendment": "rowid DESC",
    "away": "rowid DESC",
    "account": "name DESC",
    "service_clock": "rowid DESC",
    "clock_stamp": "entry_id DESC",
}
"""The tables whose rows are carried over, and the order that reads each from its end."""
_UNREADABLE = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What reading a damaged file raises: SQLite's message may quote what is no text."""
_FILES = ("-wal", "-shm", "")
"""What SQLite appends to the journal's name."""
_UNKNOWN_REASON = "The journal was damaged: whether this was sent is not certain."


@dataclass(frozen=True, slots=True)
class JournalRecovery:
    """What happened to a damaged journal: where it is kept, and how many rows were carried over."""

    backup_path: str
    entries: int
    deliveries: int

    @property
    def notice(self) -> str:
        """The notice for the user."""
        return (
            f"The journal was damaged. It is kept unchanged as {self.backup_path}, and a new one"
            f" was begun with what could be read: {self.entries} entries and {self.deliveries}"
            " deliveries. Deliveries that were still open wait for your decision in Problems."
        )


def open_or_recover(path: str, now: datetime) -> tuple[sqlite3.Connection, JournalRecovery | None]:
    """Open the journal; a damaged one is set aside first. Raises JournalUnusable."""
    with suppress(journal_file.JournalDamaged):
        return _checked(journal_file.connect(path), path), None
    # The error is gone here, and what it held with it: Windows renames no file that is open.
    backup_path = _set_aside(path, now)
    return _rebuild(path, backup_path)


def _rebuild(path: str, backup_path: str) -> tuple[sqlite3.Connection, JournalRecovery]:
    """A new journal with what can be read of the old one; where that fails, all is as before."""
    fresh = None
    try:
        fresh = journal_file.connect(path)
        return fresh, _carry_over(backup_path, fresh)
    except (sqlite3.Error, OSError, journal_file.JournalUnusable, JournalError) as error:
        reason: str | UserMessage = error_message(error)
    # After the clause: the error holds statements of a file that is to be removed.
    if fresh is not None:
        fresh.close()
    for suffix in _FILES:
        remove_file(path + suffix)
    _rename_all(backup_path, path)
    raise journal_file.JournalUnusable(JournalFileMessageId.NOT_REPLACED, path, reason)


def _checked(connection: sqlite3.Connection, path: str) -> sqlite3.Connection:
    """The connection; for a suspected file, after a check of every page and index.

    Not for every file: the check takes longer the more the journal holds, at each start.
    """
    if not os.path.exists(journal_file.suspect_marker_path(path)):
        return connection
    try:
        (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except JournalError as error:
        found = str(error)
    if found == "ok":
        mend_states(connection)
        remove_file(journal_file.suspect_marker_path(path))
        return connection
    connection.close()
    _log.info("the journal is damaged: %s", found)
    raise journal_file.JournalDamaged(JournalFileMessageId.DAMAGED, path)


def _set_aside(path: str, now: datetime) -> str:
    """Rename the file with its -wal and -shm; a name in use is never taken."""
    stamp = f"{path}.damaged-{now:%Y%m%d-%H%M%S}"
    backup_path, number = stamp, 1
    while os.path.exists(backup_path):
        number += 1
        backup_path = f"{stamp}-{number}"
    try:
        _rename_all(path, backup_path)
        remove_file(journal_file.suspect_marker_path(path))
    except OSError as error:
        raise journal_file.JournalUnusable(
            JournalFileMessageId.NOT_SET_ASIDE, path, error_message(error)
        ) from error
    return backup_path


def _rename_all(path: str, to_path: str) -> None:
    """The journal and what belongs to it, or none of them. Raises OSError.

    A journal without its -wal would lack its newest rows.
    """
    renamed: list[str] = []
    try:
        for suffix in _FILES:
            if os.path.exists(path + suffix):
                rename_file(path + suffix, to_path + suffix)
                renamed.append(suffix)
    except OSError:
        for suffix in renamed:
            rename_file(to_path + suffix, path + suffix)
        raise


def _carry_over(backup_path: str, fresh: sqlite3.Connection) -> JournalRecovery:
    """Copy the readable rows, the newest of which may be in the -wal.

    A copy of both files is opened, since SQLite writes when it reads a -wal; the original is not
    touched.
    """
    carried = dict.fromkeys(_TABLES, 0)
    with TemporaryDirectory(dir=os.path.dirname(backup_path)) as folder:
        copy = os.path.join(folder, "copy")
        for suffix in ("-wal", ""):
            if os.path.exists(backup_path + suffix):
                shutil.copyfile(backup_path + suffix, copy + suffix)
        old = sqlite3.connect(copy)
        old.text_factory = partial(str, encoding="utf-8", errors="replace")
        try:
            _copy_all(old, fresh, carried)
        finally:
            old.close()
    return JournalRecovery(backup_path, carried["entry"], carried["delivery"])


def _copy_all(old: sqlite3.Connection, fresh: sqlite3.Connection, carried: dict[str, int]) -> None:
    old.execute("PRAGMA writable_schema = ON")  # a file that was cut off is read all the same
    fresh.execute("PRAGMA foreign_keys = OFF")
    fresh.execute("BEGIN IMMEDIATE")
    torn = set()
    for table in _TABLES:
        carried[table], is_whole = _copy(table, old, fresh)
        if not is_whole:
            torn.add(table)
    if torn:
        _copy_raw(torn, old, fresh, carried)
    _mend_tasks(fresh)
    _mend_stretches(fresh)
    _mark_open_deliveries_unknown(fresh)
    fresh.execute("COMMIT")
    fresh.execute("PRAGMA foreign_keys = ON")


def _copy(table: str, old: sqlite3.Connection, fresh: sqlite3.Connection) -> tuple[int, bool]:
    """How many rows were copied, and whether SQLite found all that there are.

    It finds those before the first unreadable page, and those behind the last one. By the names
    of their columns: an older file has fewer, and a table may not be there at all.
    """
    copied = 0
    order = _TABLES[table]
    known = _columns(fresh, table)
    for query in (
        f"SELECT * FROM {table} NOT INDEXED",
        f"SELECT * FROM {table} NOT INDEXED ORDER BY {order}",
    ):
        try:
            for found in _named(old.execute(query)):
                copied += _insert(table, {k: v for k, v in found.items() if k in known}, fresh)
        except _UNREADABLE:
            continue
        return copied, True
    return copied, False


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [column[1] for column in connection.execute(f"PRAGMA table_info({table})")]


def _insert(table: str, row: dict[str, object], fresh: sqlite3.Connection) -> int:
    """1 if it is a row that was not there, else 0."""
    names, places = ", ".join(row), ", ".join("?" * len(row))
    plain = sqlite3.Cursor(fresh)  # which says what SQLite says of a row
    try:
        plain.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", tuple(row.values()))
    except (sqlite3.IntegrityError, OverflowError):
        return 0  # half a row is not a row, and one that was copied already is not another
    return 1


def _copy_raw(
    torn: set[str], old: sqlite3.Connection, fresh: sqlite3.Connection, carried: dict[str, int]
) -> None:
    """Copy the rows of those tables that SQLite does not find any more."""
    from timer_app.adapters.entries.journal.raw_rows import raw_rows

    with suppress(*_UNREADABLE):
        old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (path,) = (row[2] for row in old.execute("PRAGMA database_list") if row[1] == "main")
    columns = {table: _columns(fresh, table) for table in torn}
    for table, values in raw_rows(path):
        if table in torn and len(values) <= len(columns[table]):
            row = dict(zip(columns[table], values, strict=False))
            carried[table] += _insert(table, row, fresh)


def _mend_tasks(fresh: sqlite3.Connection) -> None:
    """Give entries whose task is lost the one that was sent with them, else one with its number."""
    lost = fresh.execute(
        "SELECT task_id, max(started_at) FROM entry"
        " WHERE task_id NOT IN (SELECT id FROM task) GROUP BY task_id"
    ).fetchall()
    for number, used_at in lost:
        task = _sent_task(fresh, number) or Task(f"Task {number}")
        card, known = task.card, task.timecrowd
        row = {
            "id": number, "key": task.key, "title": task.title, "used_at": used_at,
            "card_origin": card.origin if card else None, "card_id": card.id if card else None,
            "address": task.address or None,
            "timecrowd_task": known.id if known else None,
            "timecrowd_team": known.team_id if known else None,
        }  # fmt: skip
        if not _insert("task", row, fresh):  # it was copied under another number
            fresh.execute(
                "UPDATE entry SET task_id = (SELECT id FROM task WHERE key = ?) WHERE task_id = ?",
                (task.key, number),
            )


def _mend_stretches(fresh: sqlite3.Connection) -> None:
    """Put entries without their parts of days on their dates again, or no list shows them.

    Days begin at midnight here, since the settings are not read yet.
    """
    without = fresh.execute(
        "SELECT entry.id, started_at, stopped_at, zone, card_origin, card_id"
        " FROM entry JOIN task ON task.id = task_id WHERE stopped_at IS NOT NULL"
        " AND cancelled = 0 AND entry.id NOT IN (SELECT entry_id FROM stretch)"
    ).fetchall()
    for entry_id, began, ended, zone, origin, card_id in without:
        card = Card(origin, card_id).url if origin and card_id else None
        with suppress(OverflowError, ValueError, OSError):  # instants that no clock showed
            for segment in split_by_day(instant(began), instant(ended), _zone(zone), time.min):
                day = segment.for_date.isoformat()
                row = {"entry_id": entry_id, "for_date": day, "seconds": segment.seconds}
                _insert("stretch", {**row, "card": card}, fresh)


def _zone(stored: str | None) -> tzinfo:
    """The zone by its stored form, see `zone_name`; UTC where it is not known."""
    with suppress(ValueError, OverflowError):
        return timezone(timedelta(seconds=float(stored or 0)))
    with suppress(ValueError, OSError, ZoneInfoNotFoundError):
        return ZoneInfo(stored or "UTC")
    return UTC


def _sent_task(fresh: sqlite3.Connection, number: int) -> Task | None:
    """The task that the latest message about one of its entries names."""
    for (text,) in fresh.execute(
        "SELECT message FROM delivery JOIN entry ON entry.id = entry_id"
        " WHERE task_id = ? AND kind IN ('start', 'entry', 'times') ORDER BY delivery.id DESC",
        (number,),
    ):
        with suppress(ValueError, KeyError, TypeError, DamagedRow):
            fields = json.loads(text)
            if "title" in fields:
                return task_of(fields)
    return None


def _named(rows: sqlite3.Cursor) -> Iterator[dict[str, object]]:
    names = [column[0] for column in rows.description]
    for row in rows:
        yield dict(zip(names, row, strict=True))


def _mark_open_deliveries_unknown(fresh: sqlite3.Connection) -> None:
    fresh.execute("DELETE FROM entry WHERE task_id NOT IN (SELECT id FROM task)")
    for table in ("stretch", "delivery", "amendment", "away", "clock_stamp"):
        fresh.execute(f"DELETE FROM {table} WHERE entry_id NOT IN (SELECT id FROM entry)")
    for table in ("attempt", "watch"):
        fresh.execute(f"DELETE FROM {table} WHERE delivery_id NOT IN (SELECT id FROM delivery)")
    recount(fresh)
    fresh.execute(
        "UPDATE delivery SET state = 'unknown', error = ? WHERE state IN ('waiting', 'sending')",
        (_UNKNOWN_REASON,),
    )
