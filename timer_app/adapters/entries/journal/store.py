"""The journal as the services know it. One thread, plain sqlite3: a commit takes a millisecond."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from timer_app.adapters.entries.journal.absences import AbsenceRows
from timer_app.adapters.entries.journal.attempts import AttemptRows
from timer_app.adapters.entries.journal.audits import AuditRows
from timer_app.adapters.entries.journal.clocks import ClockRows
from timer_app.adapters.entries.journal.connection import connect
from timer_app.adapters.entries.journal.entries import EntryRows
from timer_app.adapters.entries.journal.listing import ListingRows
from timer_app.adapters.entries.journal.remote import RemoteRows
from timer_app.adapters.entries.journal.seen_lists import SeenListRows


@contextmanager
def open_reader(path: str) -> Iterator[SqliteJournal]:
    """The journal once more, for a thread that only reads. Raises JournalUnusable."""
    journal = SqliteJournal(connect(path))
    try:
        yield journal
    finally:
        journal.close()


class SqliteJournal(
    EntryRows,
    AttemptRows,
    AuditRows,
    ListingRows,
    AbsenceRows,
    RemoteRows,
    ClockRows,
    SeenListRows,
):
    """Implements every port of the journal, on an open connection."""

    @property
    def connection(self) -> sqlite3.Connection:
        """The open file, for the status document."""
        return self._db

    def set_busy_timeout(self, timeout: timedelta) -> None:
        """How long SQLite may wait while another program holds the file, holding this thread."""
        self._db.execute(f"PRAGMA busy_timeout = {timeout // timedelta(milliseconds=1)}")

    def close(self) -> None:
        """Close the file. Everything committed is on the disk already."""
        self._db.close()
