"""How the journal's file is made, opened or refused."""

from __future__ import annotations

import os
import re
import sqlite3
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.adapters.entries.journal.support import dump, finished, open_journal
from tests.support import many_entries
from timer_app.adapters.entries.journal import connection as journal_file
from timer_app.adapters.entries.journal.connection import (
    JournalDamaged,
    JournalUnusable,
    connect,
)
from timer_app.adapters.entries.journal.schema import APPLICATION_ID, MIGRATIONS
from timer_app.domain.absence import Absence, AbsenceCause

DAY = datetime(2026, 11, 25, 9, tzinfo=UTC)


def pragma(connection: sqlite3.Connection, name: str) -> object:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_a_fresh_journal(tmp_path: Path) -> None:
    connection = connect(str(tmp_path / "new" / "folder" / "journal.sqlite3"))
    names = ("journal_mode", "synchronous", "foreign_keys", "user_version", "application_id")
    facts = {name: pragma(connection, name) for name in names}
    assert facts == {
        "journal_mode": "wal",
        "synchronous": 2,  # FULL: a commit is on the disk before it returns
        "foreign_keys": 1,
        "user_version": len(MIGRATIONS),
        "application_id": APPLICATION_ID,
    }
    kinds = [("blocked", 1), ("done", 0), ("dropped", 0), ("sending", 0), ("unknown", 0),
             ("unknown", 1), ("waiting", 0)]  # fmt: skip
    assert dump(connection) == {
        "task": [], "entry": [], "stretch": [], "delivery": [], "service": [],
        "attempt": [], "watch": [], "amendment": [], "away": [],
        "tally": [(name, *kind, 0) for name in ("kaiten", "timecrowd") for kind in kinds],
    }  # fmt: skip
    connection.close()


@pytest.mark.skipif(sys.platform == "win32", reason="the user's folder is closed to others there")
def test_files_are_their_owners_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        journal = open_journal(tmp_path / "new")
        journal.apply_transition(finished(1))
        modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "new").iterdir()}
        journal.close()
    finally:
        os.umask(before)
    assert modes == {
        "journal.sqlite3": 0o600,
        "journal.sqlite3-wal": 0o600,
        "journal.sqlite3-shm": 0o600,
    }
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


def test_opened_again_it_is_the_same(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    journal.apply_transition(finished(1))
    before = dump(journal.connection)
    journal.close()
    again = open_journal(tmp_path)
    assert dump(again.connection) == before
    again.close()


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def another_file(tmp_path: Path, *pragmas: str) -> Path:
    """A file that our program did not write, or not this version."""
    path = tmp_path / "journal.sqlite3"
    connection = sqlite3.connect(path)
    for name in pragmas:
        connection.execute(f"PRAGMA {name}")
    connection.execute("CREATE TABLE theirs (x)")
    connection.execute("INSERT INTO theirs VALUES (1)")
    connection.commit()
    connection.close()
    return path


NEWER = len(MIGRATIONS) + 1


@pytest.mark.parametrize(
    ("pragmas", "why"),
    [
        (
            (f"user_version = {NEWER}", f"application_id = {APPLICATION_ID}"),
            (
                f"The journal {{path}} was written by a newer Timer App (format {NEWER}; this one"
                f" knows {len(MIGRATIONS)}). It was left as it is: update Timer App."
            ),
        ),
        (
            (f"user_version = {NEWER}", f"application_id = {APPLICATION_ID}", "journal_mode = wal"),
            (
                f"The journal {{path}} was written by a newer Timer App (format {NEWER}; this one"
                f" knows {len(MIGRATIONS)}). It was left as it is: update Timer App."
            ),
        ),
        (
            ("application_id = 252006674",),
            "The file {path} belongs to another program. It was left as it is.",
        ),
        (
            ("user_version = 1",),
            "The file {path} belongs to another program. It was left as it is.",
        ),
    ],
    ids=["newer", "newer, in WAL mode", "another program's", "one without a name"],
)
def test_refused_and_left_byte_for_byte(tmp_path: Path, pragmas: tuple[str, ...], why: str) -> None:
    path = another_file(tmp_path, *pragmas)
    before = contents(tmp_path)
    with pytest.raises(JournalUnusable) as refused:
        connect(str(path))
    assert str(refused.value) == why.format(path=path)
    assert not isinstance(refused.value, JournalDamaged)
    assert contents(tmp_path) == before


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    path.mkdir()
    with pytest.raises(
        JournalUnusable, match=re.escape(f"The journal {path} cannot be opened: it is a folder")
    ):
        connect(str(path))


def test_no_folder_can_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    path = tmp_path / "file" / "folder" / "journal.sqlite3"
    with pytest.raises(JournalUnusable) as refused:
        connect(str(path))
    assert (
        str(refused.value)
        == f"The journal {path} cannot be opened: a file is where a folder should be."
    )


def test_a_migration_is_all_or_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = open_journal(tmp_path)
    journal.apply_transition(finished(1))
    before = dump(journal.connection)
    journal.close()
    half = "ALTER TABLE task ADD COLUMN colour TEXT;\nINSERT INTO nowhere VALUES (1);"
    monkeypatch.setattr(journal_file, "MIGRATIONS", (*MIGRATIONS, half))
    with pytest.raises(JournalUnusable, match="cannot be opened"):
        open_journal(tmp_path)
    monkeypatch.setattr(journal_file, "MIGRATIONS", MIGRATIONS)
    again = open_journal(tmp_path)
    assert dump(again.connection) == before
    assert pragma(again.connection, "user_version") == len(MIGRATIONS)
    again.close()


def test_a_migration_goes_on_from_where_the_file_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = open_journal(tmp_path)
    journal.apply_transition(finished(1))
    journal.close()
    second = "ALTER TABLE task ADD COLUMN colour TEXT NOT NULL DEFAULT 'red';"
    monkeypatch.setattr(journal_file, "MIGRATIONS", (*MIGRATIONS, second))
    for _ in range(2):
        again = open_journal(tmp_path)
        assert again.connection.execute("SELECT title, colour FROM task").fetchall() == [
            ("Ship it", "red")
        ]
        again.close()


def test_a_file_of_the_second_version_is_taken_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_file, "MIGRATIONS", MIGRATIONS[:2])
    connection = connect(str(tmp_path / "journal.sqlite3"))
    connection.execute("INSERT INTO task (key, title, used_at) VALUES ('Old', 'Old', 1)")
    connection.execute(
        "INSERT INTO entry (id, task_id, comment, source, started_at)"
        " VALUES ('e1', 1, '', 'cli', 1)"
    )
    before = list(connection.execute("SELECT * FROM entry"))
    connection.close()
    monkeypatch.setattr(journal_file, "MIGRATIONS", MIGRATIONS)
    again = open_journal(tmp_path)
    assert [row[: len(before[0])] for row in again.connection.execute("SELECT * FROM entry")] == (
        before
    )
    assert again.ongoing_absence() is None
    again.begin_absence(
        "e1", Absence(DAY, None, frozenset({AbsenceCause.IDLE})), timedelta(minutes=10)
    )
    assert again.ongoing_absence() == Absence(DAY, None, frozenset({AbsenceCause.IDLE}))
    again.close()


def test_an_unrelated_database_is_refused_and_no_table_is_made_in_it(tmp_path: Path) -> None:
    """Most programs give their files no application_id."""
    path = tmp_path / "journal.sqlite3"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE notes (text TEXT)")
    other.execute("INSERT INTO notes VALUES ('mine')")
    other.commit()
    other.close()
    before = path.read_bytes()
    with pytest.raises(JournalUnusable, match="belongs to another program"):
        connect(str(path))
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["journal.sqlite3"]


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such files")
@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_what_is_no_file_is_no_journal(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "journal.sqlite3"
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("/dev/zero")
    with pytest.raises(JournalUnusable, match="cannot be opened: it is not a file"):
        connect(str(path))


def test_no_statement_numbers_its_values() -> None:
    """Python 3.14 takes `?1` for a name, and refuses a sequence of values for it."""
    numbered = re.compile(r"\?[0-9]")
    found = [
        f"{path.name}:{number}"
        for path in (*Path(journal_file.__file__).parent.glob("*.py"), Path(many_entries.__file__))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if numbered.search(line)
    ]
    assert found == []
