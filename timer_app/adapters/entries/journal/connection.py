"""Opens the journal's file: checks, migrates and protects it, and translates SQLite's errors.

Light on purpose (sqlite3, os and two enums): `timer-app status` reads the journal through it.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import time
from contextlib import suppress

from timer_app.adapters.entries.journal.schema import APPLICATION_ID, MIGRATIONS
from timer_app.adapters.folders import make_folder
from timer_app.domain.errors import DomainError, JournalError, error_message

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_PAUSE_SECONDS = 0.01


class JournalUnusable(DomainError):
    """The journal cannot be opened; it has not been changed. The text says why and what to do."""


class JournalDamaged(JournalUnusable):
    """The file is not a sound SQLite database."""


class _Cursor(sqlite3.Cursor):
    """Raises the journal's errors in place of SQLite's."""

    def execute(self, *query: Any) -> Any:
        return self._translating(super().execute, *query)

    def executemany(self, *query: Any) -> Any:
        return self._translating(super().executemany, *query)

    def fetchone(self) -> Any:
        return self._translating(super().fetchone)

    def fetchmany(self, *size: Any) -> Any:
        return self._translating(super().fetchmany, *size)

    def fetchall(self) -> Any:
        return self._translating(super().fetchall)

    def __next__(self) -> Any:
        return self._translating(super().__next__)

    def _translating(self, act: Callable[..., Any], *values: Any) -> Any:
        try:
            return act(*values)
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise self._noted(error) from error

    def _noted(self, error: sqlite3.Error | UnicodeDecodeError) -> Exception:
        """What the error means; damage is written down.

        Apart from who raises it: an error in a variable of its own traceback would keep this
        cursor, and with it the file, open until the garbage is collected.
        """
        connection = self.connection
        path = connection.path if isinstance(connection, _JournalConnection) else ""
        meaning = _meaning(error, path)
        if isinstance(connection, _JournalConnection) and is_damage(meaning):
            connection.mark_suspect()
        return meaning


class _JournalConnection(sqlite3.Connection):
    """A connection to the journal; `path` is its file, and `file_id` which one was opened."""

    path = ""
    file_id: tuple[int, int] | None = None
    is_put_back = False
    """Whether the file was removed, and a copy is in its place."""
    kept_path = ""
    """The copy that was made when another file was found in its place."""

    def cursor(self, factory: Any = _Cursor) -> Any:
        return super().cursor(factory)

    def execute(self, *query: Any) -> Any:
        return self.cursor().execute(*query)

    def mark_suspect(self) -> None:
        """Have the file checked when it is next opened: that takes longer the more it holds."""
        with suppress(OSError), open(suspect_marker_path(self.path), "w", encoding="ascii"):
            pass  # on a disk that takes no file the damage is met again


def require_in_place(connection: sqlite3.Connection) -> None:
    """Raise JournalError where the file is no longer the one that was opened.

    SQLite goes on writing to a file that was removed, and all of it would be gone with the program.
    Where nothing is in its place, a copy with everything is put there, else one beside it.
    """
    if not isinstance(connection, _JournalConnection) or connection.file_id is None:
        return
    found = _file_id(connection.path)
    if found == connection.file_id:
        return
    from timer_app.domain.messages import JournalMessageId

    if found is None:
        _put_copy_in_place(connection)
        connection.is_put_back = True
    if connection.is_put_back:
        raise JournalError(JournalMessageId.PUT_BACK)
    if not connection.kept_path:
        connection.kept_path = _keep_copy(connection)
    raise JournalError(JournalMessageId.REPLACED, connection.kept_path)


def _file_id(path: str) -> tuple[int, int] | None:
    """Which file is there, None if there is none."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _put_copy_in_place(connection: _JournalConnection) -> None:
    """Write what the connection holds to its path. Raises JournalError."""
    beside = f"{connection.path}.copy"
    with suppress(FileNotFoundError):
        os.unlink(beside)
    _copy_to(connection, beside)
    for old in ("-wal", "-shm"):  # of the file that was removed: they fit no other one
        with suppress(FileNotFoundError):
            os.unlink(f"{connection.path}{old}")
    os.rename(beside, connection.path)


def _keep_copy(connection: _JournalConnection) -> str:
    """Write what the connection holds beside the file in its place; where. Raises JournalError.

    A name in use is never taken.
    """
    path, number = f"{connection.path}.replaced", 1
    while os.path.exists(path):
        number += 1
        path = f"{connection.path}.replaced-{number}"
    _copy_to(connection, path)
    return path


def _copy_to(connection: _JournalConnection, path: str) -> None:
    """A whole copy, readable by its owner only."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    connection.execute("VACUUM INTO ?", (path,))


def is_damage(error: Exception) -> bool:
    """Whether the error says that the file is not sound."""
    from timer_app.domain.messages import JournalMessageId

    return isinstance(error, JournalError) and error.message_id is JournalMessageId.DAMAGED


def _is_held(error: JournalError) -> bool:
    from timer_app.domain.messages import JournalMessageId

    return error.message_id is JournalMessageId.HELD


def _meaning(error: sqlite3.Error | UnicodeDecodeError, path: str) -> Exception:
    from timer_app.adapters.entries.journal.sqlite_errors import journal_error

    return journal_error(error, path)


def suspect_marker_path(path: str) -> str:
    """The file that is there while the journal at `path` is suspected to be damaged."""
    return f"{path}.suspect"


def mark_suspect(connection: sqlite3.Connection) -> None:
    """Have the file checked when it is next opened, for what it holds was damaged."""
    if isinstance(connection, _JournalConnection):
        connection.mark_suspect()


def connect(path: str, *, busy_seconds: float = 5.0) -> sqlite3.Connection:
    """Open the journal at `path`, making or migrating it as needed.

    Commits reach the disk before they return (WAL with synchronous=FULL). Raises
    JournalDamaged for a file that is not sound, JournalUnusable for one that cannot be opened,
    is another program's, or is newer than this program.
    """
    try:
        _make_private(path)
        connection = sqlite3.connect(
            path, timeout=busy_seconds, isolation_level=None, factory=_JournalConnection
        )
        connection.path, connection.file_id = path, _file_id(path)
        try:
            _prepare(connection, path, busy_seconds)
        except BaseException:
            connection.close()
            raise
    except (sqlite3.Error, JournalError, RuntimeError, OSError) as error:  # RuntimeError: a bug
        raise _not_opened(error, path) from error
    return connection


def _not_opened(error: Exception, path: str) -> JournalUnusable:
    """Why the journal at `path` cannot be opened."""
    from timer_app.domain.messages import JournalFileMessageId

    if isinstance(error, OSError):
        return JournalUnusable(
            JournalFileMessageId.NOT_OPENED_BY_SYSTEM, path, error_message(error)
        )
    meaning = _meaning(error, path) if isinstance(error, sqlite3.Error) else error
    if is_damage(meaning):
        return JournalDamaged(JournalFileMessageId.DAMAGED, path)
    return JournalUnusable(JournalFileMessageId.NOT_OPENED, path, error_message(meaning))


def _make_private(path: str) -> None:
    """Create the file readable by its owner only; SQLite gives -wal and -shm the same mode."""
    if os.path.isdir(path):
        raise IsADirectoryError(errno.EISDIR, "a folder", path)
    if os.path.exists(path) and not os.path.isfile(path):
        raise OSError(errno.ENODEV, "no file", path)
    if not os.path.exists(path):
        make_folder(os.path.dirname(path))
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def _prepare(connection: sqlite3.Connection, path: str, busy_seconds: float) -> None:
    version = _version(connection, path)
    if version and not _has_tables(connection):
        from timer_app.domain.messages import JournalMessageId

        raise JournalError(JournalMessageId.DAMAGED)
    _enable_wal(connection, busy_seconds)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    if version < len(MIGRATIONS):
        _migrate(connection, path)


def _enable_wal(connection: sqlite3.Connection, busy_seconds: float) -> None:
    """Turn WAL on. Where two do so to a new file at once, SQLite does not wait for its timeout.

    Source: sqlite.org/rescode.html#busy, the busy handler is not called where it might deadlock.
    """
    deadline = time.monotonic() + busy_seconds
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except JournalError as error:
            if not _is_held(error) or time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE_SECONDS)
        else:
            return


def _version(connection: sqlite3.Connection, path: str) -> int:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    if version < 0:
        raise _left_alone("ANOTHER_PROGRAMS", path)
    if version > len(MIGRATIONS):
        raise _left_alone("NEWER", path, str(version), str(len(MIGRATIONS)))
    unnamed = application == 0 and not version and not _is_empty(connection)
    foreign = application not in (0, APPLICATION_ID) or (version and application != APPLICATION_ID)
    if foreign or unnamed:
        raise _left_alone("ANOTHER_PROGRAMS", path)
    return version


def _left_alone(name: str, path: str, *values: str) -> JournalUnusable:
    """The error with the member of that name of JournalFileMessageId."""
    from timer_app.domain.messages import JournalFileMessageId

    return JournalUnusable(JournalFileMessageId[name], path, *values)


def _has_tables(connection: sqlite3.Connection) -> bool:
    """Whether the first version's tables are in the file, which calls itself a journal."""
    (found,) = connection.execute(
        "SELECT count(*) FROM sqlite_master WHERE type = 'table'"
        " AND name IN ('task', 'entry', 'stretch', 'delivery', 'tally', 'service')"
    ).fetchone()
    return bool(found == 6)


def _is_empty(connection: sqlite3.Connection) -> bool:
    """Whether nothing was ever made in the file: only then it may become a journal."""
    return connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None


def _migrate(connection: sqlite3.Connection, path: str) -> None:
    """Bring the file to the newest version in one transaction; another process may be first."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        for number in range(_version(connection, path), len(MIGRATIONS)):
            for statement in _statements(MIGRATIONS[number]):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number + 1}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _statements(script: str) -> list[str]:
    """A script's statements one by one, since executescript would commit in between."""
    statements, begun = [], ""
    for line in script.splitlines():
        begun += line + "\n"
        if sqlite3.complete_statement(begun):
            statements.append(begun)
            begun = ""
    return statements
