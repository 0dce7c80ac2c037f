"""`sync --from DATE`: a new computer has its history again, and nothing is logged twice."""

from __future__ import annotations

import signal
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.cli.support import TimerApp
from timer_app.sandbox import FaultKind

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.support import Services

LISTED = r"/user/time_entries"


@pytest.fixture
def new_computer(app: TimerApp, services: Services, tmp_path: Path) -> TimerApp:
    """Another computer of the same person, with the same settings and tokens."""
    other = app.on_another_computer(tmp_path / "new computer")
    other.configure(services.settings())
    return other


def _worked(app: TimerApp, services: Services) -> None:
    """Three entries in both services, of which two are on the card."""
    app.run("add", services.card(), "--from", "-5h", "--for", "30m", "--comment", "Review")
    app.run("add", services.card(), "--from", "-4h", "--for", "20m")
    app.run("add", "--task", "Read mail", "--from", "-3h", "--for", "10m")


def test_a_new_computer_has_its_history(
    app: TimerApp, new_computer: TimerApp, services: Services
) -> None:
    _worked(app, services)
    logs, entries = services.logs(), services.entries()
    document = new_computer.json("sync", "--from", "2026-01-01", "--wait", "20")
    assert document["taken_in"] == {
        "from": "2026-01-01", "added": 3, "changed": 0, "deleted": 0,
    }  # fmt: skip
    assert document["deliveries"]["waiting"] == document["deliveries"]["blocked"] == 0
    assert (services.logs(), services.entries()) == (logs, entries)
    told = new_computer.log()
    assert [each["seconds"] for each in told] == [1800, 1200, 600]
    assert {each["source"] for each in told} == {"adopted"}
    known = {d["remote_id"] for each in told for d in each["deliveries"] if d["kind"] == "log"}
    assert known == {str(log.id) for log in logs}
    again = new_computer.run("sync", "--from", "2026-01-01")
    assert again.out.startswith("Taken in since 2026-01-01: 0 added, 0 changed, 0 deleted\n")
    assert services.logs() == logs


def test_only_since_the_date(app: TimerApp, new_computer: TimerApp, services: Services) -> None:
    _worked(app, services)
    before = new_computer.run("sync")
    assert "Taken in" not in before.out
    assert new_computer.log() == []
    services.move_clock(timedelta(days=3))
    document = new_computer.json("sync", "--from", "2000-01-01", "--wait", "0", code=3)
    assert document["taken_in"]["added"] == 3


@pytest.mark.parametrize(
    ("date", "sentence"),
    [("2999-01-01", "still to come"), ("32.13.", "32.13."), ("", ""), ("11/12", "11/12")],
)
def test_a_date_that_is_none(app: TimerApp, services: Services, date: str, sentence: str) -> None:
    ended = app.run("sync", "--from", date, code=2)
    assert sentence in ended.err
    assert services.requests("timecrowd") == []
    failed = app.json("sync", "--from", date, code=2)
    assert failed["error"]


def test_timecrowd_does_not_answer(app: TimerApp, services: Services) -> None:
    services.down("timecrowd")
    ended = app.run("sync", "--from", "2026-01-01", code=1)
    assert ended.out == ""
    assert "Nothing was taken in. " in ended.err
    services.up("timecrowd")
    app.run("sync", "--from", "2026-01-01")


def test_timecrowd_is_not_set_up(bare_app: TimerApp) -> None:
    assert "not set up" in bare_app.run("sync", "--from", "yesterday", code=1).err


def test_broken_off_and_begun_again(
    app: TimerApp, new_computer: TimerApp, services: Services
) -> None:
    _worked(app, services)
    services.fault("timecrowd", FaultKind.HANG_BEFORE_COMMIT, path=LISTED)
    process = new_computer.start("sync", "--from", "2026-01-01")
    services.arrived("timecrowd", "GET", LISTED, count=_count(services) + 1)
    process.send(signal.SIGINT)
    assert process.wait() == 130
    assert "Traceback" not in process.stderr
    services.clear_faults()
    assert new_computer.json("sync", "--from", "2026-01-01")["taken_in"]["added"] == 3


def _count(services: Services) -> int:
    return sum("user/time_entries" in each.path for each in services.requests("timecrowd"))
