"""A journal that cannot be used: nothing is lost, and it is said."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.cli.support import instant
from tests.support.tools import tool

if TYPE_CHECKING:
    from tests.cli.support import Services, TimerApp


def _unprivileged() -> tuple[str, ...]:
    """Root reads and writes everything; without these capabilities it does not."""
    if os.geteuid():
        return ()
    dropped = "-dac_override,-dac_read_search"
    return (tool("setpriv"), "--bounding-set", dropped, "--inh-caps", dropped)


def _limited(size: int) -> tuple[str, ...]:
    """No file may grow beyond this: to SQLite a full disk."""
    return (tool("prlimit"), f"--fsize={size}")


def _integrity(app: TimerApp) -> str:
    connection = sqlite3.connect(app.journal)
    try:
        (found,) = connection.execute("PRAGMA integrity_check").fetchone()
        return str(found)
    finally:
        connection.close()


def test_a_home_that_cannot_be_made(bare_app: TimerApp) -> None:
    bare_app.home.parent.joinpath("a file").write_text("")
    bare_app.environment["TIMER_APP_HOME"] = str(bare_app.home.parent / "a file" / "home")
    for words in (("start", "--task", "T"), ("sync",), ("log",), ("problems",)):
        refused = bare_app.run(*words, "--json", code=5)
        assert refused.document["exit"] == 5
        assert "a file" in refused.err
    bare_app.environment["TIMER_APP_HOME"] = "/proc/no/such"
    assert "/proc/no/such" in bare_app.run("start", "--task", "T", code=5).err
    bare_app.environment["TIMER_APP_HOME"] = "/tmp/" + "x" * 300
    assert bare_app.run("start", "--task", "T", code=5).err
    bare_app.environment["TIMER_APP_HOME"] = f"{bare_app.home}/{'long/' * 300}"
    ended = bare_app.run("start", "--task", "T", code=None)  # longer than SQLite takes
    assert ended.code == 5 or bare_app.status()["state"] == "running"


def test_a_home_that_cannot_be_written(bare_app: TimerApp) -> None:
    bare_app.home.mkdir(mode=0o500)
    refused = bare_app.run("start", "--task", "T", code=5, prefix=_unprivileged())
    assert str(bare_app.home) in refused.err
    assert list(bare_app.home.iterdir()) == []


def test_a_journal_that_cannot_be_written(bare_app: TimerApp) -> None:
    bare_app.run("start", "--task", "Kept")
    bare_app.journal.chmod(0o400)
    for words in (("stop",), ("start", "--task", "Lost"), ("cancel",)):
        refused = bare_app.run(*words, "--json", code=5, prefix=_unprivileged())
        assert refused.document["error"]
    shown = bare_app.run("status", "--json", prefix=_unprivileged()).document
    assert shown["entry"]["task"] == "Kept"
    bare_app.journal.chmod(0o600)
    assert bare_app.json("stop")["state"] == "idle"
    assert [entry["task"] for entry in bare_app.log()] == ["Kept"]


def test_a_lock_that_cannot_be_opened(bare_app: TimerApp) -> None:
    """As after one run as root: the folders are ours, a file in them is not."""
    bare_app.run("start", "--task", "Kept")
    lock = bare_app.home / "run" / "sender.lock"
    lock.chmod(0o400)
    refused = bare_app.run("stop", "--json", code=5, prefix=_unprivileged())
    assert str(lock) in refused.document["error"]
    with sqlite3.connect(bare_app.journal) as connection:  # as a process that died left it
        connection.execute("UPDATE tally SET deliveries = 1 WHERE state = 'sending'")
    connection.close()
    assert bare_app.run("status", "--json", prefix=_unprivileged()).document["state"] == "running"


def test_a_journal_of_a_newer_version(bare_app: TimerApp) -> None:
    bare_app.run("start", "--task", "T")
    with sqlite3.connect(bare_app.journal) as connection:
        connection.execute("PRAGMA user_version = 99")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    before = bare_app.journal.read_bytes()
    for words in (("status",), ("stop",), ("sync",), ("log",)):
        refused = bare_app.run(*words, code=5)
        assert "newer" in refused.err
    assert bare_app.journal.read_bytes() == before
    assert [path.name for path in bare_app.home.iterdir() if "damaged" in path.name] == []


def test_a_file_of_another_program(bare_app: TimerApp) -> None:
    bare_app.home.mkdir()
    with sqlite3.connect(bare_app.journal) as connection:
        connection.execute("PRAGMA application_id = 7")
        connection.execute("CREATE TABLE theirs (x)")
    connection.close()
    before = bare_app.journal.read_bytes()
    for words in (("status",), ("start", "--task", "T")):
        assert "another program" in bare_app.run(*words, code=5).err
    assert bare_app.journal.read_bytes() == before


def test_a_journal_that_is_no_database(bare_app: TimerApp) -> None:
    bare_app.home.mkdir()
    bare_app.journal.write_bytes(b"not a database " * 1000)
    assert "damaged" in bare_app.run("status", code=5).err
    started = bare_app.run("start", "--task", "Goes on")
    assert "damaged" in started.err
    (aside,) = [path for path in bare_app.home.iterdir() if "damaged" in path.name]
    assert str(aside) in started.err
    assert aside.read_bytes() == b"not a database " * 1000
    assert bare_app.status()["entry"]["task"] == "Goes on"
    assert bare_app.run("stop").err == ""


@pytest.mark.parametrize("name", ["plain", "odd #1? 100%25 ü"])
def test_open_deliveries_of_a_damaged_journal_become_unknown(
    app: TimerApp, services: Services, name: str
) -> None:
    home = app.home / name
    home.mkdir()
    app.settings.rename(home / "settings.toml")
    app.home, app.environment["TIMER_APP_HOME"] = home, str(home)
    app.run("add", services.card(), "--comment", "Done", "--from", "08:00", "--for", "1h")
    app.run("add", services.card(), "--comment", "Open", "--from", "09:00", "--for", "30m",
            "--wait", "0", code=3)  # fmt: skip
    sent = [services.changes("timecrowd"), services.changes("kaiten")]
    _blank_a_page_of_an_index(app)
    met = app.run("status", code=5)
    assert "start it again" in met.err
    synced = app.run("sync", code=4)
    assert "damaged" in synced.err
    assert [entry["comment"] for entry in app.log()] == ["Done", "Open"]
    problems = app.json("problems", code=4)
    about = [(p["started_at"][11:16], p["kind"], p["state"]) for p in problems]
    assert about == [("09:00", kind, "unknown") for kind in ("entry", "comment", "log")]
    assert [services.changes("timecrowd"), services.changes("kaiten")] == sent
    for problem in problems:  # a comment is never sent twice
        answer = "drop" if problem["kind"] == "comment" else "retry"
        app.run(answer, str(problem["id"]), code=None)
    app.run("sync")
    assert sorted(log.time_spent for log in services.logs()) == [30, 60]
    assert len(services.entries()) == 2
    assert _integrity(app) == "ok"


def _blank_a_page_of_an_index(app: TimerApp) -> None:
    connection = sqlite3.connect(app.journal)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    (page,) = connection.execute(
        "SELECT rootpage FROM sqlite_master WHERE name = 'stretch_by_date'"
    ).fetchone()
    connection.close()
    with app.journal.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xa5" * size)


def test_what_is_not_there_is_said_while_another_program_holds_the_journal(
    bare_app: TimerApp,
) -> None:
    bare_app.run("start", "--task", "T")
    bare_app.run("stop")
    with closing(sqlite3.connect(bare_app.journal, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        for words in (("delete", "none"), ("edit", "none", "--comment", "x"), ("retry", "9"),
                      ("drop", "9")):  # fmt: skip
            assert "There is no such" in bare_app.run(*words, code=1).err
        assert bare_app.run("stop", code=1).err == "timer-app: Nothing is running.\n"


def test_a_full_disk_loses_nothing(bare_app: TimerApp) -> None:
    bare_app.run("start", "--task", "Before", "--at", "-1h")
    for size in (0, 4096, 30_000):
        for words in (("stop",), ("start", "--task", "Lost"), ("cancel",)):
            refused = bare_app.run(*words, "--json", code=5, prefix=_limited(size))
            assert refused.document["exit"] == 5
        assert bare_app.status()["entry"]["task"] == "Before"
    assert _integrity(bare_app) == "ok"
    bare_app.run("stop")
    assert [entry["task"] for entry in bare_app.log()] == ["Before"]


def test_a_first_start_on_a_full_disk(bare_app: TimerApp) -> None:
    for size in (0, 4096, 30_000):
        refused = bare_app.run("start", "--task", "T", code=5, prefix=_limited(size))
        assert refused.err
    bare_app.run("start", "--task", "T")
    assert bare_app.status()["entry"]["task"] == "T"


@pytest.mark.slow
def test_a_disk_that_fills_up_while_delivering(app: TimerApp, services: Services) -> None:
    """Wherever it fills up: nothing is sent twice, and what is not certain is unknown."""
    codes = set()
    room_for_all = 10**7
    for number, size in enumerate((50_000, 80_000, 100_000, room_for_all)):
        known = len(app.log())
        words = ("add", services.card(), "--from", f"{number + 1}:00", "--for", f"{number + 1}m")
        wait = "20" if size == room_for_all else "1"
        added = app.run(*words, "--wait", wait, code=None, prefix=_limited(size))
        codes.add(added.code)
        assert added.code in (0, 3, 4, 5), added
        assert added.code != 5 or len(app.log()) == known, added
        _decide(app, services)
        told = app.log()
        assert sorted(e.started_at for e in services.entries()) == [
            instant(entry["started_at"]) for entry in told
        ]
        spent = sorted(log.time_spent for log in services.logs())
        assert spent == [entry["seconds"] // 60 for entry in told]
        assert _integrity(app) == "ok"
    assert codes >= {0, 5}


def _decide(app: TimerApp, services: Services) -> None:
    """As a careful person: what a service holds is dropped, what it does not is sent again."""
    while app.run("sync", code=None).code:
        for problem in app.json("problems", code=None):
            if problem["service"] == "timecrowd":
                held = instant(problem["started_at"]) in [e.started_at for e in services.entries()]
            else:
                held = problem["minutes"] in [log.time_spent for log in services.logs()]
            app.run("drop" if held else "retry", str(problem["id"]), code=None)
