"""What every part of the journal shares: the connection and its transactions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from timer_app.adapters.entries.journal.schema import is_corruption
from timer_app.domain.errors import JournalError
from timer_app.domain.messages import JournalMessageId


class JournalPart:
    """A part of the journal, on an open connection. One thread, plain sqlite3."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

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
            raise _unwritable(error) from error
        except BaseException:
            self._undo()
            raise

    def _undo(self) -> None:
        if self._db.in_transaction:  # a full disk makes SQLite roll back by itself
            self._db.execute("ROLLBACK")

    def _write(self, statement: str, values: tuple[object, ...] = ()) -> int:
        """Run one statement in a transaction; how many rows it changed."""
        with self.transaction():
            return self._db.execute(statement, values).rowcount


def _unwritable(error: sqlite3.Error) -> JournalError:
    if isinstance(error, sqlite3.DatabaseError) and is_corruption(error):
        return JournalError(JournalMessageId.DAMAGED)
    name = getattr(error, "sqlite_errorname", "")
    if name == "SQLITE_FULL":
        return JournalError(JournalMessageId.FULL)
    if name.startswith("SQLITE_BUSY"):
        return JournalError(JournalMessageId.HELD)
    return JournalError(JournalMessageId.FAILED, str(error))
