"""away: the question and its answers in a terminal, without the app."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.cli.support import CARD_TITLE

if TYPE_CHECKING:
    from tests.cli.support import Services, TimerApp

ASKED = "You were away while an entry ran. Say what the time was: timer-app away"


@pytest.fixture
def entry(app: TimerApp, services: Services) -> str:
    """Half an hour of work, in which nobody was there from the tenth to the twentieth minute."""
    entry = str(app.json("start", services.card(), "--at", "-30m")["entry"]["id"])
    began = int(time.time()) - 20 * 60
    with closing(sqlite3.connect(app.journal, isolation_level=None)) as journal:
        journal.execute(
            "INSERT INTO away (entry_id, began, ended, shortest, causes)"
            " VALUES (?, ?, ?, 600, '[\"idle\"]')",
            (entry, began, began + 600),
        )
    return entry


def minutes(app: TimerApp) -> list[int]:
    return [round(each["seconds"] / 60) for each in app.log()]


def test_what_is_asked(app: TimerApp, entry: str) -> None:
    (row,) = app.json("away", code=4)
    assert (row["entry"], row["task"], row["seconds"]) == (entry, CARD_TITLE, 600)
    assert (row["causes"], row["held"]) == (["idle"], False)
    text = app.run("away", code=4).out
    for way in ("keep", "drop", "continue", "give CARD"):
        assert f"timer-app away {way} --question {row['id']}" in text
    status = app.run("status", code=0)
    assert ASKED in status.err
    assert "away" not in status.out
    assert app.status().keys() == {
        "state", "entry", "elapsed_seconds", "today_seconds", "deliveries", "services",
    }  # fmt: skip


def test_until_the_answer_the_end_waits_and_nothing_else(
    app: TimerApp, services: Services, entry: str
) -> None:
    stopped = app.run("stop", code=4)
    assert ASKED in stopped.err
    assert [each.stopped_at for each in services.entries()] == [None]
    app.run("add", "--task", "Read mail", "--from", "-2h", "--for", "1h", code=0)
    assert app.run("sync", code=4).err.strip().endswith(ASKED)
    problems = app.run("problems", code=4)
    assert ASKED in problems.err
    assert "No delivery needs your attention." in problems.out
    assert services.logs() == []
    answered = app.run("away", "drop", code=0)
    assert entry in answered.out
    assert "To undo: timer-app undo" in answered.err
    assert sorted(minutes(app)) == [10, 10, 60]
    assert sum(log.time_spent for log in services.logs()) == 20
    assert len(services.all_entries()) == 3
    app.run("undo", code=4)
    assert sorted(minutes(app)) == [30, 60]
    app.run("away", "keep", code=0)
    assert sum(log.time_spent for log in services.logs()) == 30
    assert app.json("away") == []


def test_given_away(app: TimerApp, services: Services, entry: str) -> None:
    assert entry
    app.run("away", "give", "--task", "Meeting", code=0)
    assert [each["task"] for each in app.log()] == [CARD_TITLE, "Meeting", CARD_TITLE]
    app.run("stop", code=0)
    assert minutes(app) == [10, 10, 10]
    assert len(services.entries()) == 3


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        (("give",), 2, "Give the task that the time was for."),
        (("keep", "--task", "Meeting"), 2, "Only `give` takes a card or --task TITLE."),
        (("perhaps",), 2, "invalid choice"),
        (("keep", "--question", "x"), 2, "“x” is not the number of a question"),
        (("keep", "--question", "99"), 1, "This question is not open. Number: 99"),
    ],
)
def test_what_is_no_answer(
    app: TimerApp, entry: str, words: tuple[str, ...], code: int, why: str
) -> None:
    assert entry
    assert why in app.run("away", *words, code=code).err
    assert len(app.json("away", code=4)) == 1
