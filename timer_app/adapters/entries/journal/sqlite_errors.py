"""The one mapping from SQLite's errors to the journal's own.

Imported when there is an error: a start must not wait for the messages.
Source of the codes: sqlite.org/rescode.html.
"""

from __future__ import annotations

import errno
import os
import sqlite3

from timer_app.domain.errors import JournalError
from timer_app.domain.messages import JournalMessageId

_PERM, _BUSY, _READ_ONLY, _IO_ERROR, _CORRUPT = 3, 5, 8, 10, 11  # primary result codes
_FULL, _CANNOT_OPEN, _PROTOCOL, _NOT_A_DATABASE = 13, 14, 15, 26
_READ_ONLY_MOVED = _READ_ONLY | (4 << 8)  # SQLITE_READONLY_DBMOVED
_KNOWN = {
    _PERM: JournalMessageId.READ_ONLY,
    _BUSY: JournalMessageId.HELD,
    _PROTOCOL: JournalMessageId.HELD,
    _READ_ONLY: JournalMessageId.READ_ONLY,
    _CORRUPT: JournalMessageId.DAMAGED,
    _NOT_A_DATABASE: JournalMessageId.DAMAGED,
    _FULL: JournalMessageId.FULL,
}
_OF_DISK = {
    errno.ENOSPC: JournalMessageId.FULL,
    errno.EFBIG: JournalMessageId.FULL,
    errno.EDQUOT: JournalMessageId.FULL,
    errno.EROFS: JournalMessageId.READ_ONLY,
    errno.EACCES: JournalMessageId.READ_ONLY,
    errno.EPERM: JournalMessageId.READ_ONLY,
}
_PROBE_BYTES = 1 << 16  # more than the 32 KiB by which SQLite grows its -shm


class JournalBug(RuntimeError):
    """SQLite refused a statement for what the statement is. The text is SQLite's, for the log."""


def journal_error(
    error: sqlite3.Error | UnicodeDecodeError, path: str
) -> JournalError | JournalBug:
    """What an error of SQLite means for the journal at `path`."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        # Python's own: text that is not UTF-8, of a row or of a schema that SQLite's message
        # quotes, was never written by this program.
        expected = isinstance(error, sqlite3.OperationalError | UnicodeDecodeError)
        is_damage = expected and "decode" in str(error)
        return JournalError(JournalMessageId.DAMAGED) if is_damage else JournalBug(str(error))
    if code == _READ_ONLY_MOVED:
        return JournalError(JournalMessageId.MOVED)
    if code & 0xFF in (_IO_ERROR, _CANNOT_OPEN):
        return JournalError(_disk_problem(path))
    if message_id := _KNOWN.get(code & 0xFF):
        return JournalError(message_id)
    return JournalBug(f"{getattr(error, 'sqlite_errorname', '')}: {error}")


def _disk_problem(path: str) -> JournalMessageId:
    """Why the disk fails: SQLite says "I/O error" also of a full disk's -shm. So try a file."""
    probe = f"{path}.probe"
    sizes = [os.path.getsize(each) for each in (path, f"{path}-wal") if os.path.isfile(each)]
    try:
        number = os.open(probe, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            os.lseek(number, max(sizes, default=0), os.SEEK_SET)  # a limit may be of a file's size
            os.write(number, b"\0" * _PROBE_BYTES)
            os.fsync(number)
        finally:
            os.close(number)
            os.unlink(probe)
    except OSError as error:
        return _OF_DISK.get(error.errno or 0, JournalMessageId.DISK)
    return JournalMessageId.DISK
