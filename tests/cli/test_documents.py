"""What scripts read: exactly the documented keys, and nothing else on stdout."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from tests.cli.support import CARD_ID, CARD_TITLE, instant
from timer_app.sandbox import FaultKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.cli.support import Services, TimerApp

STATES = {"ok", "offline", "unauthorized", "rate_limited", "not_configured"}
KINDS = {"start", "stop", "entry", "times", "log", "delete"}
TYPES: Mapping[str, type | tuple[type, ...]] = {
    "id": (str, int), "task": str, "card_id": (int, type(None)), "card_url": (str, type(None)),
    "comment": str, "started_at": str, "stopped_at": (str, type(None)), "seconds": int,
    "source": str, "deliveries": list, "service": str, "kind": str, "state": str,
    "remote_id": (str, type(None)), "minutes": (int, type(None)), "for_date": (str, type(None)),
    "attempts": int, "error": str,
}  # fmt: skip


def _has(document: Mapping[str, Any], *keys: str) -> None:
    assert set(document) == set(keys)
    for key in keys:
        assert isinstance(document[key], TYPES[key]), (key, document[key])


def _check_status(document: Mapping[str, Any]) -> None:
    assert set(document) == {
        "state", "entry", "elapsed_seconds", "today_seconds", "deliveries", "services",
    }  # fmt: skip
    assert document["state"] == ("running" if document["entry"] else "idle")
    if document["entry"]:
        _has(document["entry"], "id", "task", "card_id", "card_url", "comment", "started_at")
        instant(document["entry"]["started_at"])
    assert all(isinstance(document[key], int) for key in ("elapsed_seconds", "today_seconds"))
    assert set(document["deliveries"]) == {"waiting", "sending", "unknown", "blocked", "done"}
    assert all(isinstance(number, int) for number in document["deliveries"].values())
    assert set(document["services"]) == {"timecrowd", "kaiten"}
    for service in document["services"].values():
        assert set(service) == {"state", "detail"}
        assert service["state"] in STATES


def _check_entry(document: Mapping[str, Any]) -> None:
    _has(
        document, "id", "task", "card_id", "card_url", "comment", "started_at", "stopped_at",
        "seconds", "source", "deliveries",
    )  # fmt: skip
    assert document["source"] in {"click", "hotkey", "manual", "cli", "adopted"}
    for delivery in document["deliveries"]:
        _has(
            delivery, "id", "service", "kind", "state", "remote_id", "minutes", "for_date",
            "attempts", "error",
        )  # fmt: skip
        assert delivery["service"] in {"timecrowd", "kaiten"}
        assert delivery["kind"] in KINDS


def test_status_before_anything_was_set_up(bare_app: TimerApp) -> None:
    document = bare_app.status()
    _check_status(document)
    assert document["state"] == "idle"
    assert {s["state"] for s in document["services"].values()} == {"not_configured"}
    assert bare_app.log() == []
    assert bare_app.json("problems") == []


def test_status_while_running_and_after(app: TimerApp, services: Services) -> None:
    app.run("start", services.card(), "--at", "-61s", "--comment", "c")
    document = app.status()
    _check_status(document)
    assert 61 <= document["elapsed_seconds"] <= 70
    assert document["today_seconds"] == document["elapsed_seconds"]
    entry = document["entry"]
    assert (entry["card_id"], entry["task"], entry["comment"]) == (CARD_ID, CARD_TITLE, "c")
    assert entry["card_url"] == services.card()
    assert {s["state"] for s in document["services"].values()} == {"ok"}
    (running,) = app.log("today")
    _check_entry(running)
    app.run("stop")
    document = app.status()
    _check_status(document)
    assert document["elapsed_seconds"] == 0
    assert 61 <= document["today_seconds"] <= 80
    assert document["deliveries"]["done"] >= 3
    (stopped,) = app.log()
    _check_entry(stopped)
    assert 61 <= stopped["seconds"] <= 80


def test_log_by_dates(app: TimerApp) -> None:
    app.configure("")
    app.run("add", "--task", "Long ago", "--from", "2026-01-22 09:00", "--for", "1h")
    app.run("add", "--task", "Midnight", "--from", "2026-01-22 23:30", "--for", "1h")
    app.run("add", "--task", "Today", "--from", "06:00", "--for", "1h")

    def titles(*words: str) -> list[str]:
        return [entry["task"] for entry in app.json("log", *words)]

    assert titles() == ["Today"]
    assert titles("--from", "2026-01-22", "--to", "2026-01-22") == ["Long ago", "Midnight"]
    assert titles("--from", "2026-01-23", "--to", "2026-01-23") == ["Midnight"]
    assert titles("--to", "2026-01-23") == ["Midnight"]
    assert titles("--from", "2026-01-22") == ["Long ago", "Midnight", "Today"]
    assert titles("--from", "yesterday", "--to", "yesterday") == []
    for wrong in ("soon", "2026-13-01", ""):
        assert app.json("log", f"--from={wrong}", code=2)["exit"] == 2
    assert app.json("log", "--from", "today", "--to", "yesterday", code=2)["exit"] == 2
    text = app.run("log", "--from", "2026-01-22").out
    assert all(title in text for title in ("Long ago", "Midnight", "Today"))


def test_every_command_prints_one_document(app: TimerApp, services: Services) -> None:
    app.run("start", services.card(), "--json")
    services.fault("kaiten", FaultKind.STATUS, "POST", status=500)
    services.fault("kaiten", FaultKind.STATUS, "GET", "time-logs", status=403, times=None)
    for words, code in (
        (("stop",), 4), (("sync",), 4), (("problems",), 4), (("status",), 0), (("log",), 0),
        (("doctor",), None), (("config", "path"), 0), (("config", "get"), 0),
        (("config", "get", "time.rounding"), 0), (("config", "set", "time.rounding", "up"), 0),
        (("quit",), 0), (("toggle", "--wait", "0"), 3), (("cancel",), 0),
        (("retry", "999"), 1), (("drop", "999"), 1), (("retry", "x"), 2), (("stop",), 1),
        (("start", "--at", "never"), 2), (("start", "--wait", "x", "--task", "T"), 2),
        (("start", "--nonsense"), 2), (("add", "--task", "T"), 2), (("login", "other"), 2),
        (("config", "get", "no.such"), 1), (("config",), 2), (("log", "--from", "x"), 2),
    ):  # fmt: skip
        ended = app.run(*words, "--json", code=code)
        assert ended.document is not ..., words
        if code in (1, 2):
            assert ended.document["exit"] == code, words
            assert ended.document["error"], words
    (problem,) = app.json("problems", code=4)
    assert problem["state"] == "unknown"
    assert isinstance(app.json("drop", str(problem["id"])), list)
    assert app.json("problems") == []


def test_people_get_text(app: TimerApp, services: Services) -> None:
    started = app.run("start", services.card())
    assert CARD_TITLE in started.out
    assert started.err == ""
    assert CARD_TITLE in app.run("status").out
    assert services.card() in app.run("status").out
    app.run("stop")
    assert "1 min" in app.run("log").out
    assert app.run("problems").out.strip()


def test_a_title_cannot_command_the_terminal(bare_app: TimerApp) -> None:
    """It may be that of a card which somebody else wrote."""
    title = "red \x1b[31m\x9b2J\x07"
    for ended in (
        bare_app.run("start", "--task", title), bare_app.run("status"),
        bare_app.run("log"), bare_app.run("add", "--task", "T", "--from", "-1h", "--to", "-1s"),
    ):  # fmt: skip
        assert (ended.out + ended.err).replace("\n", "").isprintable(), ended
        assert "red [31m2J" in ended.out
    assert bare_app.status()["entry"]["task"] == "red [31m2J"  # nobody gets what commands


def test_the_log_as_a_table_and_as_a_calendar(app: TimerApp) -> None:
    app.run("add", str(CARD_ID), "--from", "-90m", "--for", "30m", "--comment", "первая, вторая")
    (entry,) = app.log()
    (row,) = csv.DictReader(io.StringIO(app.run("log", "--csv").out, newline=""))
    assert {key: row[key] for key in ("id", "task", "comment", "started_at", "seconds")} == {
        key: str(entry[key]) for key in ("id", "task", "comment", "started_at", "seconds")
    }
    lines = app.run("log", "--ics").out.splitlines()
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    assert f"SUMMARY:{CARD_TITLE}" in lines
    assert "DESCRIPTION:первая\\, вторая" in lines
    app.run("log", "--csv", "--ics", code=2)
