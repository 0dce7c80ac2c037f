"""A damaged journal: set aside whole, and what can still be read carried into a new one.

Nothing is deleted, and the user is told both names. A delivery that still waited may have been
sent after the page that says so was lost: it is carried over as unknown, never sent blindly.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from timer_app.adapters.journal import schema

_TABLES = ("task", "entry", "stretch", "delivery")
_DOUBT = "The journal was damaged: whether this was sent is not certain."


@dataclass(frozen=True, slots=True)
class SetAside:
    """What happened to a damaged journal: where it is kept, and how many rows were carried over."""

    kept_at: str
    entries: int
    deliveries: int

    @property
    def notice(self) -> str:
        """What to tell the user."""
        return (
            f"The journal was damaged. It is kept unchanged as {self.kept_at}, and a new one was"
            f" begun with what could be read: {self.entries} entries and {self.deliveries}"
            " deliveries. Deliveries that were still open wait for your decision in Problems."
        )


def open_or_set_aside(path: str, now: datetime) -> tuple[sqlite3.Connection, SetAside | None]:
    """Open the journal; a damaged one is set aside first. Raises JournalUnusable."""
    try:
        return schema.connect(path), None
    except schema.JournalDamaged:
        kept_at = _set_aside(path, now)
        fresh = schema.connect(path)
        return fresh, _carry_over(kept_at, fresh)


def _set_aside(path: str, now: datetime) -> str:
    """Rename the file with its -wal and -shm; a name in use is never taken."""
    stamp = f"{path}.damaged-{now:%Y%m%d-%H%M%S}"
    kept_at, number = stamp, 1
    while os.path.exists(kept_at):
        number += 1
        kept_at = f"{stamp}-{number}"
    try:
        for suffix in ("-wal", "-shm", ""):
            if os.path.exists(path + suffix):
                os.rename(path + suffix, kept_at + suffix)
    except OSError as error:
        raise schema.JournalUnusable(
            f"The journal {path} is damaged and cannot be set aside: {error.strerror}."
        ) from error
    return kept_at


def _carry_over(kept_at: str, fresh: sqlite3.Connection) -> SetAside:
    """Copy the rows that can be read. The damaged file is opened as a copy, never written."""
    carried = dict.fromkeys(_TABLES, 0)
    old = sqlite3.connect(f"file:{kept_at}?mode=ro&immutable=1", uri=True)
    try:
        fresh.execute("PRAGMA foreign_keys = OFF")
        fresh.execute("BEGIN IMMEDIATE")
        for table in _TABLES:
            carried[table] = _copy(table, old, fresh)
        _doubt_open_deliveries(fresh)
        fresh.execute("COMMIT")
        fresh.execute("PRAGMA foreign_keys = ON")
    finally:
        old.close()
    return SetAside(kept_at, carried["entry"], carried["delivery"])


def _copy(table: str, old: sqlite3.Connection, fresh: sqlite3.Connection) -> int:
    copied = 0
    for row in _readable(table, old):
        places = ", ".join("?" * len(row))
        try:
            fresh.execute(f"INSERT INTO {table} VALUES ({places})", row)
            copied += 1
        except sqlite3.IntegrityError:
            continue  # half a row is not a row
    return copied


def _readable(table: str, old: sqlite3.Connection) -> Iterator[tuple[object, ...]]:
    try:
        yield from old.execute(f"SELECT * FROM {table}")
    except sqlite3.DatabaseError:
        return  # from here on the pages are unreadable


def _doubt_open_deliveries(fresh: sqlite3.Connection) -> None:
    fresh.execute("DELETE FROM entry WHERE task_id NOT IN (SELECT id FROM task)")
    for table in ("stretch", "delivery"):
        fresh.execute(f"DELETE FROM {table} WHERE entry_id NOT IN (SELECT id FROM entry)")
    fresh.execute(
        "UPDATE tally SET deliveries ="
        " (SELECT count(*) FROM delivery WHERE delivery.state = tally.state)"
    )
    fresh.execute(
        "UPDATE delivery SET state = 'unknown', error = ? WHERE state IN ('waiting', 'sending')",
        (_DOUBT,),
    )
