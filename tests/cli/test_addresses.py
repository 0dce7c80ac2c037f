"""Tasks at any web address, and messages of chat rooms, on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.support import CARD_ID

if TYPE_CHECKING:
    from tests.cli.support import Services, TimerApp

PAGE = "https://example.com/a?b=1"
MESSAGE = "https://www.chatwork.com/#!rid123456-123456789012345678"
ROOM = "https://www.chatwork.com/#!rid123456"


def bodies(services: Services) -> list[Any]:
    """What was posted to TimeCrowd's time entries."""
    records = services.requests("timecrowd")
    return [json.loads(r.body) for r in records if r.path == "/api/v1/time_entries"]


def test_an_address_is_the_tasks_key_and_goes_to_timecrowd_alone(
    app: TimerApp, services: Services
) -> None:
    started = app.json("start", f"{PAGE}#part", "--task", "Read it")
    assert started["entry"]["address"] == PAGE
    assert (started["entry"]["task"], started["entry"]["card_id"]) == ("Read it", None)
    assert app.status()["entry"]["address"] == PAGE
    assert f"\n  {PAGE}\n" in app.run("status").out
    app.run("stop")
    (entry,) = services.entries()
    task = services.task(entry)
    assert (task.key, task.url, task.title) == (PAGE, PAGE, "Read it")
    assert services.requests("kaiten") == []
    (told,) = app.log()
    assert (told["address"], told["card_url"]) == (PAGE, None)
    assert f"Read it  {PAGE}\n" in app.run("log").out
    assert f"URL:{PAGE}" in app.run("log", "--ics").out
    assert app.json("start")["entry"]["address"] == PAGE  # the last task, without a name


def test_a_linked_card_gets_the_log(app: TimerApp, services: Services) -> None:
    app.run("start", PAGE, "--task", "Read it", "--card", str(CARD_ID))
    app.run("stop")
    (entry,), (log,) = services.entries(), services.logs()
    assert services.task(entry).key == PAGE
    assert log.card_id == CARD_ID
    (told,) = app.log()
    assert (told["address"], told["card_url"]) == (PAGE, services.card())
    report = app.json("audit")
    assert report["complete"], report
    assert [row["verdict"] for row in report["rows"]] == ["matched", "matched"]


def test_an_entry_keeps_what_it_was_linked_with(app: TimerApp, services: Services) -> None:
    """Work at one address may count for one card, then another, then none."""
    for link in (["--card", str(CARD_ID)], ["--card", "63258150"], []):
        app.run("start", PAGE, "--task", "Read it", *link)
    app.run("stop")
    assert [told["card_id"] for told in app.log()] == [CARD_ID, 63258150, None]
    assert len({services.task(entry).id for entry in services.entries()}) == 1


def test_a_finished_entry_at_an_address(app: TimerApp, services: Services) -> None:
    span = ("--from", "yesterday 10:00", "--for", "30m")
    patient = "--wait", "60"
    app.run("add", PAGE, "--task", "Read it", "--card", str(CARD_ID), *span, *patient)
    (entry,), (log,) = services.entries(), services.logs()
    task = services.task(entry)
    assert (task.key, task.url, log.time_spent) == (PAGE, PAGE, 30)
    (told,) = app.log()
    app.run("edit", told["id"], "--comment", "new", "--to", "10:40", *patient)
    (edited,) = app.log()
    assert (edited["address"], edited["seconds"]) == (PAGE, 2400)
    app.run("edit", told["id"], "--card", "63258150", *patient)
    (other,) = app.log()  # another card, and the same address
    assert (other["card_id"], other["address"], other["task"]) == (63258150, PAGE, "Read it")
    assert [services.task(entry).key for entry in services.entries()] == [PAGE]
    assert [each.card_id for each in services.logs()] == [63258150]
    app.run("undo")
    (back,) = app.log()
    assert (back["address"], back["card_id"]) == (PAGE, CARD_ID)
    app.run("delete", told["id"])
    assert services.entries() == []


@pytest.mark.parametrize(
    "typed",
    [
        "https://", "https:///path", "javascript:alert(1)", "file:///etc/passwd",
        "https://user:secret@example.com/", "https://example.com/" + "x" * 4000,
        "https://example.com/１２３", "https://example.com/a\u200bb", "https://example.com/a\nb",
        "https://www.chatwork.com/#!rid", "ftp://example.com/",
    ],
)  # fmt: skip
def test_bad_addresses_change_nothing(app: TimerApp, services: Services, typed: str) -> None:
    for command in (["start", typed], ["add", typed, "--from", "9:00", "--for", "5m"]):
        ended = app.run(*command, "--task", "Read it", code=1)
        assert ended.err.strip()
        assert "secret" not in ended.err
    assert app.log() == []
    assert app.status()["state"] == "idle"
    assert services.requests("timecrowd") == services.requests("kaiten") == []


def test_a_mistyped_kaiten_address_is_no_silent_task(app: TimerApp, services: Services) -> None:
    ended = app.run("start", "https://acme.kaiten.rru/123", code=2)
    assert "--task TITLE" in ended.err
    assert "acme.kaiten.rru" in ended.err
    assert app.status()["state"] == "idle"
    assert services.requests("timecrowd") == []


@pytest.mark.parametrize(
    "typed", ["javascript:alert(1)", "mailto:a@b.c", "https://example.com/a b", "data:text/html,x"]
)
def test_what_has_a_scheme_is_no_mistyped_card(app: TimerApp, typed: str) -> None:
    ended = app.run("start", typed, "--task", "Read it", code=1)
    assert f"“{typed}” is not a web address" in ended.err


def test_a_linked_card_that_kaiten_does_not_show_is_refused(
    app: TimerApp, services: Services
) -> None:
    words = "start", PAGE, "--task", "Read it"
    ended = app.run(*words, "--card", "999999", "--wait", "60", code=1)
    assert f"Kaiten does not show the card {services.card(999999)}." in ended.err
    assert (app.log(), services.changes("timecrowd")) == ([], [])
    services.down("kaiten")
    app.run(*words, "--card", str(CARD_ID))
    assert app.status()["entry"]["card_id"] == CARD_ID


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((PAGE, "--task", "T", "--room", "Sales"), 2),
        (("--task", "T", "--room", "Sales"), 2),
        ((str(CARD_ID), "--room", "Sales"), 2),
        ((MESSAGE, "--task", "T", "--room", " "), 2),
        ((MESSAGE, "--task", " "), 2),
        ((MESSAGE, "--task", MESSAGE), 1),
        ((str(CARD_ID), "--card", "63258150"), 2),
        ((PAGE, "--task", "T", "--card", PAGE), 1),
    ],
)
def test_words_that_do_not_fit(app: TimerApp, words: tuple[str, ...], code: int) -> None:
    assert app.run("start", *words, code=code).err.strip()
    assert app.status()["state"] == "idle"


def test_a_room_has_a_name_that_is_remembered(app: TimerApp, services: Services) -> None:
    app.run("start", MESSAGE, "--task", "Answer")
    app.run("start", f"{ROOM}-7", "--task", "Ask", "--room", "Sales 課")
    app.run("start", f"{ROOM}-8", "--task", "Wait")
    app.run("stop")
    names = [body["parent"] for body in bodies(services)]
    assert names == [
        {"key": ROOM, "title": "Chatwork 123456", "url": ROOM},
        {"key": ROOM, "title": "Sales 課", "url": ROOM},
        {"key": ROOM, "title": "Sales 課", "url": ROOM},
    ]
    assert [services.task(entry).key for entry in services.entries()] == [
        MESSAGE,
        f"{ROOM}-7",
        f"{ROOM}-8",
    ]


def test_an_address_waits_for_timecrowd_through_a_restart(
    app: TimerApp, services: Services
) -> None:
    services.down("timecrowd")
    app.run("start", MESSAGE, "--task", "Answer", "--room", "Sales", code=3)
    app.run("stop", code=3)
    services.up("timecrowd")
    app.run("sync")
    (entry,) = services.entries()
    assert services.task(entry).key == MESSAGE
    (made,) = [r for r in services.requests("timecrowd") if r.path.endswith("/tasks") and r.body]
    assert json.loads(made.body)["parent"] == {"key": ROOM, "title": "Sales", "url": ROOM}


def test_an_address_of_another_device_is_kept(app: TimerApp, services: Services) -> None:
    app.run("start", PAGE, "--task", "Read it")
    app.run("stop")
    app.journal.unlink()
    app.run("sync", "--from", "yesterday")
    (told,) = app.log()
    assert (told["source"], told["address"]) == ("adopted", PAGE)
    app.run("start", PAGE, "--task", "Read it")
    assert len({services.task(entry).id for entry in services.entries()}) == 1
