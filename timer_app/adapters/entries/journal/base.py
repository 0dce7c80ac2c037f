"""What every part of the journal shares: the connection and its transactions."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from timer_app.adapters.entries.journal.connection import require_in_place

_log = logging.getLogger(__name__)


class JournalPart:
    """A part of the journal, on an open connection. One thread, plain sqlite3."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._after_commit: list[Callable[[], None]] = []

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """See the port. One inside another is undone alone if it fails, and committed with it."""
        if self._db.in_transaction:
            with self._savepoint():
                yield
            return
        self._after_commit.clear()
        try:
            require_in_place(self._db)
            self._db.execute("BEGIN IMMEDIATE")
            yield
            self._db.execute("COMMIT")
        except BaseException:
            self._roll_back()
            raise
        self._run_after_commit()

    def after_commit(self, callback: Callable[[], None]) -> None:
        """See the port."""
        if callback not in self._after_commit:
            self._after_commit.append(callback)
        if not self._db.in_transaction:
            self._run_after_commit()

    @contextmanager
    def _savepoint(self) -> Iterator[None]:
        waiting = len(self._after_commit)
        self._db.execute("SAVEPOINT inner_transaction")
        try:
            yield
        except BaseException:
            del self._after_commit[waiting:]
            if self._db.in_transaction:  # a full disk makes SQLite roll back everything
                self._db.execute("ROLLBACK TO inner_transaction")
                self._db.execute("RELEASE inner_transaction")
            raise
        self._db.execute("RELEASE inner_transaction")

    def _roll_back(self) -> None:
        self._after_commit.clear()
        if self._db.in_transaction:  # a full disk makes SQLite roll back everything
            self._db.execute("ROLLBACK")

    def _run_after_commit(self) -> None:
        """Call each callback. What one of them raises says nothing of what was committed."""
        callbacks, self._after_commit = self._after_commit, []
        for callback in callbacks:
            try:
                callback()
            except Exception:  # noqa: BLE001 - the caller's commit succeeded, and others wait
                _log.exception("a listener failed after a commit")

    def _write(self, statement: str, values: tuple[object, ...] = ()) -> int:
        """Run one statement in a transaction; how many rows it changed."""
        with self.transaction():
            return self._db.execute(statement, values).rowcount
