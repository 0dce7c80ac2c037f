"""The journal as the services know it. One thread, plain sqlite3: a commit takes a millisecond."""

from __future__ import annotations

import sqlite3

from timer_app.adapters.journal.absences import AbsenceRows
from timer_app.adapters.journal.audits import AuditRows
from timer_app.adapters.journal.doubts import DoubtRows
from timer_app.adapters.journal.entries import EntryRows
from timer_app.adapters.journal.listing import ListingRows


class SqliteJournal(EntryRows, DoubtRows, AuditRows, ListingRows, AbsenceRows):
    """Implements `Listing`, `AbsenceBook` and all of `Journal`, on an open connection."""

    @property
    def connection(self) -> sqlite3.Connection:
        """The open file, for the status document."""
        return self._db

    def close(self) -> None:
        """Close the file. Everything committed is on the disk already."""
        self._db.close()
