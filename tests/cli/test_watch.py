"""`watch` and `status --format`: lines for panels and scripts, without the app."""

from __future__ import annotations

import json
import sqlite3
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from timer_app.cli.status_line import BadFormat, check_format, format_status, plain_line

if TYPE_CHECKING:
    from tests.cli.support import TimerApp

RUNNING = {
    "state": "running",
    "entry": {"task": "Q&A\n{task} 100%", "card_id": 63258149},
    "elapsed_seconds": 3_725,
    "today_seconds": 40_000,
    "deliveries": {"waiting": 2, "sending": 0, "unknown": 0, "blocked": 1, "done": 9},
}
IDLE = {
    "state": "idle",
    "entry": None,
    "elapsed_seconds": 0,
    "today_seconds": 59,
    "deliveries": {"waiting": 0, "sending": 0, "unknown": 0, "blocked": 0, "done": 0},
}


@pytest.mark.parametrize(
    ("text", "running", "idle"),
    [
        ("{task}", "Q&A {task} 100%", ""),
        ("{state} {elapsed} {elapsed_seconds}s", "running 1:02 3725s", "idle 0:00 0s"),
        ("{today} {waiting}/{problems}", "11:06 2/1", "0:00 0/0"),
        ("{card}", "63258149", ""),
        ('{{"text": "{today}"}}', '{"text": "11:06"}', '{"text": "0:00"}'),
        ("{{task}} {{{card}}}", "{task} {63258149}", "{task} {}"),
        ("работа\nв {today}", "работа в 11:06", "работа в 0:00"),
        ("", "", ""),
    ],
)
def test_each_word_in_braces_is_filled_in(text: str, running: str, idle: str) -> None:
    assert format_status(check_format(text), RUNNING) == running
    assert format_status(check_format(text), IDLE) == idle


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{nothing}", "{nothing}"),
        ("{}", "no {} "),
        ("{task", "character 1"),
        ("it is {task", "character 7"),
        ("a}", "}}"),
        ("{Task}", "known: {task}"),
        ("{task!r}", "character 1"),
        ("{task:>5}", "character 1"),
        ("{{task}", "character 7"),
    ],
)
def test_a_text_that_cannot_be_filled_in(text: str, said: str) -> None:
    with pytest.raises(BadFormat) as wrong:
        check_format(text)
    assert said in str(wrong.value)


def test_the_plain_line() -> None:
    assert plain_line(RUNNING) == "Q&A {task} 100%  1:02  Today 11:06"
    assert plain_line(IDLE) == "Nothing is running.  Today 0:00"


def test_status_in_one_line(app: TimerApp) -> None:
    app.configure("")
    assert app.run("status", "--format", "{state} {task}|").out == "idle |\n"
    app.run("start", "--task", "Inbox \x1b[31m", "--wait", "0")
    out = app.run("status", "--format", "{state} {task} {card}|").out
    assert out.startswith("running Inbox ")
    assert "\x1b" not in out
    assert "{x}" in app.run("status", "--format", "{x}", code=2).err
    assert "not allowed with" in app.run("status", "--format", "{task}", "--json", code=2).err
    assert "{x}" in app.run("watch", "--format", "{x}", code=2).err


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere files are looked at once a minute")
def test_a_line_at_every_change_of_the_journal(app: TimerApp) -> None:
    app.configure("")
    watching = app.start("watch", "--format", "{state} {task}|")
    as_json = app.start("watch", "--json")
    watching.wait_line(r"idle \|", stream="stdout")
    as_json.wait_line('"state": "idle"', stream="stdout")
    app.run("start", "--task", "Inbox", "--wait", "0")
    watching.wait_line(r"running Inbox\|", stream="stdout")
    as_json.wait_line('"state": "running"', stream="stdout")
    app.run("stop", "--wait", "0")
    watching.wait_line(r"idle \|", stream="stdout")
    as_json.wait_line('"state": "idle"', stream="stdout")
    assert watching.stdout.splitlines() == ["idle |", "running Inbox|", "idle |"]
    assert all(isinstance(json.loads(line), dict) for line in as_json.stdout.splitlines())


def test_a_line_once_a_minute_while_something_runs(app: TimerApp) -> None:
    app.configure("")
    app.run("start", "--task", "Inbox", "--wait", "0")
    with closing(sqlite3.connect(app.journal)) as journal, journal:
        for column in ("started_at", "began_wall", "began_steady"):
            journal.execute(f"UPDATE entry SET {column} = {column} - 58")  # noqa: S608 - of here
    watching = app.start("watch", "--format", "{elapsed}")
    watching.wait_line("0:00", stream="stdout")
    watching.wait_line("0:01", stream="stdout")


def test_it_ends_with_the_pipe(app: TimerApp) -> None:
    """Though nothing happens that it could write."""
    app.configure("")
    shell = ("/bin/sh", "-c", '"$@" | head -n 1', "-")
    assert app.run("watch", "--format", "{state}", prefix=shell).out == "idle\n"


def test_what_is_wrong_is_said_at_once(app: TimerApp) -> None:
    app.configure("[ui]\ncolour = 1\n")
    assert "colour" in app.run("watch", code=1).err
