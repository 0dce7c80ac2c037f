"""Recovery of a damaged journal: it is set aside whole, and readable rows go to a new one.

Nothing is deleted, and the user gets both names. A waiting delivery may have been sent after the
page that says so was lost: it becomes unknown and is never sent blindly.
"""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from tempfile import TemporaryDirectory

from timer_app.adapters.entries.journal import schema
from timer_app.adapters.entries.journal.damaged_rows import mend_states, recount
from timer_app.adapters.replacing import remove_file, rename_file
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
    "amendment": "rowid DESC",
    "away": "rowid DESC",
    "account": "name DESC",
    "service_clock": "rowid DESC",
    "clock_stamp": "entry_id DESC",
}
"""The tables whose rows are carried over, and the order that reads each from its end."""
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
    with suppress(schema.JournalDamaged):
        return _checked(schema.connect(path), path), None
    # The error is gone here, and what it held with it: Windows renames no file that is open.
    backup_path = _set_aside(path, now)
    return _rebuild(path, backup_path)


def _rebuild(path: str, backup_path: str) -> tuple[sqlite3.Connection, JournalRecovery]:
    """A new journal with what can be read of the old one; where that fails, all is as before."""
    fresh = None
    try:
        fresh = schema.connect(path)
        return fresh, _carry_over(backup_path, fresh)
    except (sqlite3.Error, OSError, schema.JournalUnusable, JournalError) as error:
        reason: str | UserMessage = error_message(error)
    # After the clause: the error holds statements of a file that is to be removed.
    if fresh is not None:
        fresh.close()
    for suffix in _FILES:
        remove_file(path + suffix)
    _rename_all(backup_path, path)
    raise schema.JournalUnusable(JournalFileMessageId.NOT_REPLACED, path, reason)


def _checked(connection: sqlite3.Connection, path: str) -> sqlite3.Connection:
    """The connection; for a suspected file, after a check of every page.

    Not for every file: the check takes 30 ms for 20,000 entries, 1.5 s for a million, at each
    start.
    """
    if not os.path.exists(schema.suspect_marker_path(path)):
        return connection
    try:
        (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except JournalError as error:
        found = str(error)
    if found == "ok":
        mend_states(connection)
        remove_file(schema.suspect_marker_path(path))
        return connection
    connection.close()
    _log.info("the journal is damaged: %s", found)
    raise schema.JournalDamaged(JournalFileMessageId.DAMAGED, path)


def _set_aside(path: str, now: datetime) -> str:
    """Rename the file with its -wal and -shm; a name in use is never taken."""
    stamp = f"{path}.damaged-{now:%Y%m%d-%H%M%S}"
    backup_path, number = stamp, 1
    while os.path.exists(backup_path):
        number += 1
        backup_path = f"{stamp}-{number}"
    try:
        _rename_all(path, backup_path)
        remove_file(schema.suspect_marker_path(path))
    except OSError as error:
        raise schema.JournalUnusable(
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
    fresh.execute("PRAGMA foreign_keys = OFF")
    fresh.execute("BEGIN IMMEDIATE")
    for table in _TABLES:
        carried[table] = _copy(table, old, fresh)
    _mark_open_deliveries_unknown(fresh)
    fresh.execute("COMMIT")
    fresh.execute("PRAGMA foreign_keys = ON")


def _copy(table: str, old: sqlite3.Connection, fresh: sqlite3.Connection) -> int:
    copied = 0
    known = {column[1] for column in fresh.execute(f"PRAGMA table_info({table})")}
    plain = sqlite3.Cursor(fresh)  # which says what SQLite says of a row
    for found in _readable(table, old):
        row = {name: value for name, value in found.items() if name in known}
        names, places = ", ".join(row), ", ".join("?" * len(row))
        try:
            plain.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", tuple(row.values()))
            copied += 1
        except (sqlite3.IntegrityError, OverflowError):
            continue  # half a row is not a row, and one that was copied already is not another
    return copied


def _readable(table: str, old: sqlite3.Connection) -> Iterator[dict[str, object]]:
    """The rows before the first unreadable page, and those behind the last one.

    By the names of their columns: an older file has fewer, and a table may not be there at all.
    """
    try:
        yield from _named(old.execute(f"SELECT * FROM {table} NOT INDEXED"))
    except sqlite3.DatabaseError:
        with suppress(sqlite3.DatabaseError):
            backwards = f"SELECT * FROM {table} NOT INDEXED ORDER BY {_TABLES[table]}"
            yield from _named(old.execute(backwards))


def _named(rows: sqlite3.Cursor) -> Iterator[dict[str, object]]:
    names = [column[0] for column in rows.description]
    for row in rows:
        yield dict(zip(names, row, strict=True))


def _mark_open_deliveries_unknown(fresh: sqlite3.Connection) -> None:
    fresh.execute("DELETE FROM entry WHERE task_id NOT IN (SELECT id FROM task)")
    for table in ("stretch", "delivery", "amendment", "away", "clock_stamp"):
        fresh.execute(f"DELETE FROM {table} WHERE entry_id NOT IN (SELECT id FROM entry)")
    fresh.execute("DELETE FROM attempt WHERE delivery_id NOT IN (SELECT id FROM delivery)")
    recount(fresh)
    fresh.execute(
        "UPDATE delivery SET state = 'unknown', error = ? WHERE state IN ('waiting', 'sending')",
        (_UNKNOWN_REASON,),
    )
