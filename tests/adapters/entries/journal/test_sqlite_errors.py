"""Whatever SQLite says becomes one of the journal's own errors, or a bug."""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path

import pytest

from tests.adapters.entries.journal.support import finished, open_journal
from timer_app.adapters.entries.journal.sqlite_errors import JournalBug, journal_error
from timer_app.domain.errors import JournalError
from timer_app.domain.messages import JournalMessageId


def sqlite_error(code: int, text: str = "disk I/O error") -> sqlite3.OperationalError:
    error = sqlite3.OperationalError(text)
    error.sqlite_errorcode = code
    error.sqlite_errorname = "SQLITE"
    return error


@pytest.mark.parametrize(
    ("code", "message_id"),
    [
        (sqlite3.SQLITE_BUSY, JournalMessageId.HELD),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, JournalMessageId.HELD),
        (sqlite3.SQLITE_FULL, JournalMessageId.FULL),
        (sqlite3.SQLITE_READONLY, JournalMessageId.READ_ONLY),
        (sqlite3.SQLITE_READONLY_DIRECTORY, JournalMessageId.READ_ONLY),
        (sqlite3.SQLITE_READONLY_DBMOVED, JournalMessageId.MOVED),
        (sqlite3.SQLITE_CORRUPT_INDEX, JournalMessageId.DAMAGED),
        (sqlite3.SQLITE_NOTADB, JournalMessageId.DAMAGED),
        (sqlite3.SQLITE_IOERR_READ, JournalMessageId.DISK),
        (sqlite3.SQLITE_CANTOPEN, JournalMessageId.DISK),
    ],
)
def test_known_errors(tmp_path: Path, code: int, message_id: JournalMessageId) -> None:
    meaning = journal_error(sqlite_error(code), str(tmp_path / "journal.sqlite3"))
    assert isinstance(meaning, JournalError)
    assert meaning.message_id is message_id
    assert "I/O" not in str(meaning)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "message_id"),
    [
        (errno.ENOSPC, JournalMessageId.FULL),
        (errno.EDQUOT, JournalMessageId.FULL),
        (errno.EROFS, JournalMessageId.READ_ONLY),
        (errno.EIO, JournalMessageId.DISK),
    ],
)
def test_an_io_error_is_reported_with_what_the_disk_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, message_id: JournalMessageId
) -> None:
    """SQLite cannot grow its -shm on a full disk, and calls that an I/O error."""

    def refuse(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("timer_app.adapters.entries.journal.sqlite_errors.os.write", refuse)
    meaning = journal_error(sqlite_error(sqlite3.SQLITE_IOERR_SHMSIZE), str(tmp_path / "journal"))
    assert isinstance(meaning, JournalError)
    assert meaning.message_id is message_id


def test_a_statement_that_is_wrong_is_a_bug(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    for statement in ("SELECT nothing", "INSERT INTO tally VALUES (1)"):
        with pytest.raises(JournalBug):
            journal.connection.execute(statement)
    with pytest.raises(JournalBug):
        journal.connection.execute("SELECT ?", ())
    journal.close()


def test_text_that_is_no_text_is_damage(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    journal.apply_transition(finished(1))
    journal.connection.execute("UPDATE entry SET comment = CAST(x'ff' AS TEXT)")
    with pytest.raises(JournalError) as unreadable:
        journal.entry("e1")
    assert unreadable.value.message_id is JournalMessageId.DAMAGED
    journal.close()
    assert (tmp_path / "journal.sqlite3.suspect").exists()
