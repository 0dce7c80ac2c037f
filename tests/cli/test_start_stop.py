"""start, stop, toggle and cancel, delivered at once; what both services then hold."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.cli.support import CARD_ID, CARD_TITLE, instant, same_instant
from timer_app.domain.delivery.log_reference import split_comment

if TYPE_CHECKING:
    from datetime import timezone

    from tests.cli.support import Services, TimerApp


def test_start_and_stop_end_up_in_both_services_once(app: TimerApp, services: Services) -> None:
    started = app.json("start", services.card(), "--comment", "Первый 一")
    assert started["state"] == "running"
    assert (started["entry"]["task"], started["entry"]["card_id"]) == (CARD_TITLE, CARD_ID)
    (running,) = services.entries()
    assert running.stopped_at is None
    assert services.logs() == []
    stopped = app.json("stop")
    assert (stopped["state"], stopped["entry"]) == ("idle", None)
    (entry,) = services.entries()
    (log,) = services.logs()
    task = services.task(entry)
    assert (task.key, task.url, task.title) == (services.card(), services.card(), CARD_TITLE)
    (told,) = app.log()
    assert entry.stopped_at is not None
    assert same_instant(entry.started_at, instant(told["started_at"]))
    assert same_instant(entry.stopped_at, instant(told["stopped_at"]))
    assert (log.card_id, log.time_spent, split_comment(log.comment or "")[0]) == (
        CARD_ID,
        1,
        "Первый 一",
    )
    assert log.for_date.isoformat() == told["started_at"][:10]
    assert {d["state"] for d in told["deliveries"]} == {"done"}
    assert {d["remote_id"] for d in told["deliveries"]} == {str(entry.id), str(log.id)}


def test_every_form_of_a_card(app: TimerApp, services: Services) -> None:
    origin, host = services.kaiten_url, services.kaiten_url.removeprefix("http://")
    forms = [
        "123", "#123", f"{origin}/123", f"{origin}/123?filter=a%20b",
        f"{origin}/space/7/boards/card/123?filter=1", f"{origin}/space/7/card/123",
        f"{origin}/c/123", f"{origin}/space/7/boards/9/cards/123", f"{host}/123", f" {origin}/123 ",
    ]  # fmt: skip
    for form in forms:
        document = app.json("start", form, "--task", "By hand", "--wait", "0", code=3)
        entry = document["entry"]
        shown = (entry["card_id"], entry["card_url"], entry["task"])
        assert shown == (123, f"{origin}/123", "By hand"), form
    assert services.requests("timecrowd") == services.requests("kaiten") == []


def test_a_card_by_its_key(app: TimerApp, services: Services) -> None:
    entry = app.json("start", "demo-12")["entry"]
    assert entry["card_url"] == services.card(63258150)
    app.run("start", "DEMO-99", code=1)
    assert app.status()["entry"] == entry


def test_a_task_without_a_card_goes_to_timecrowd_alone(app: TimerApp, services: Services) -> None:
    app.run("start", "--task", "Plan the week")
    app.run("stop")
    (entry,) = services.entries()
    assert services.task(entry).title == "Plan the week"
    assert services.requests("kaiten") == []
    (told,) = app.log()
    assert (told["card_id"], told["card_url"], told["source"]) == (None, None, "cli")


def test_without_a_name_it_is_the_last_task(app: TimerApp, services: Services) -> None:
    nothing = app.run("start", code=1)
    assert "card" in nothing.err
    assert app.run("toggle", code=1).err
    app.run("start", services.card())
    app.run("stop")
    app.run("start")
    assert app.status()["entry"]["card_id"] == CARD_ID
    assert len(services.entries()) == 2


def test_toggle_does_what_a_click_does(app: TimerApp, services: Services) -> None:
    app.run("start", "--task", "Toggled")
    assert app.json("toggle")["state"] == "idle"
    assert app.json("toggle")["entry"]["task"] == "Toggled"
    first, second = services.entries()
    assert first.stopped_at is not None
    assert second.stopped_at is None


def test_a_switch_ends_the_old_entry_at_the_same_instant(app: TimerApp, services: Services) -> None:
    app.run("start", services.card(), "--at", "-40m")
    app.run("start", "--task", "Next", "--at", "-10m")
    old, new = services.entries()
    told_old, told_new = app.log()
    assert told_old["stopped_at"] == told_new["started_at"]
    assert old.stopped_at is not None
    assert same_instant(old.stopped_at, new.started_at)
    assert same_instant(new.started_at, instant(told_new["started_at"]))
    (log,) = services.logs()
    assert log.time_spent == 30
    assert new.stopped_at is None


def test_nothing_to_stop_or_cancel(app: TimerApp, services: Services) -> None:
    for command in ("stop", "cancel"):
        refused = app.run(command, "--json", code=1)
        assert refused.document["exit"] == 1
        assert refused.document["error"] in refused.err
    assert services.changes("timecrowd") == []  # a stop looks whether it runs elsewhere
    assert app.log() == []


@pytest.mark.parametrize("words", [("--at", "-15m"), ("--at=-15m",), ("--at", "-15 мин")])
def test_a_start_in_the_past_is_corrected(
    app: TimerApp, services: Services, words: tuple[str, ...]
) -> None:
    before = datetime.now(UTC)
    app.run("start", "--task", "Begun before", *words)
    (entry,) = services.entries()
    assert same_instant(entry.started_at, before - timedelta(minutes=15), 2)
    assert entry.stopped_at is None
    (told,) = app.log()
    assert same_instant(entry.started_at, instant(told["started_at"]))
    assert 900 <= app.status()["elapsed_seconds"] <= 910


def test_every_form_of_a_time(app: TimerApp, zone: timezone) -> None:
    app.configure("")
    now = datetime.now(zone)
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    yesterday = today - timedelta(days=1)
    tidy = today + timedelta(hours=9, minutes=30)
    forms = {
        "2026-01-22 09:30": datetime(2026, 1, 22, 9, 30, tzinfo=zone),
        "2026-01-22T09:30": datetime(2026, 1, 22, 9, 30, tzinfo=zone),
        "2026-01-22T09:30:15+09:00": datetime(2026, 1, 22, 0, 30, 15, tzinfo=UTC),
        "2026-01-22T09:30:15Z": datetime(2026, 1, 22, 9, 30, 15, tzinfo=UTC),
        "yesterday 17:00": yesterday + timedelta(hours=17),
        "9:29": tidy - timedelta(minutes=1),
        "09:30": tidy,
        "today 09:31": tidy + timedelta(minutes=1),
        "-1h30m": now - timedelta(minutes=90),
    }
    for typed, meant in forms.items():
        (entry,) = app.json("add", "--task", "T", "--from", typed, "--for", "1")["entries"]
        assert same_instant(instant(entry["started_at"]), meant, 30 if typed[0] == "-" else 0)
        assert instant(entry["started_at"]).utcoffset() == zone.utcoffset(None)


def test_a_stop_in_the_past_and_its_comment(app: TimerApp, services: Services) -> None:
    app.run("start", services.card(), "--at", "-2h", "--comment", "before")
    app.run("stop", "--at", "-30m", "--comment", "after")
    (entry,) = services.entries()
    (told,) = app.log()
    assert entry.stopped_at is not None
    assert same_instant(entry.stopped_at, instant(told["stopped_at"]))
    assert same_instant(entry.stopped_at, datetime.now(UTC) - timedelta(minutes=30), 10)
    (log,) = services.logs()
    assert (log.time_spent, split_comment(log.comment or "")[0], told["comment"]) == (
        90,
        "after",
        "after",
    )


def test_impossible_times_change_nothing(app: TimerApp, services: Services) -> None:
    app.run("start", "--task", "Ahead", "--at", "2999-01-01 00:00", code=1)
    app.run("start", "--task", "Runs", "--at", "-10m")
    before = app.status()
    app.run("stop", "--at", "-20m", code=1)
    app.run("start", "--task", "Earlier", "--at", "-20m", code=1)
    app.run("stop", "--at", "23:59", code=1)
    after = app.status()
    assert (after["entry"], after["deliveries"]) == (before["entry"], before["deliveries"])
    assert len(services.entries()) == 1


def test_cancel_of_what_timecrowd_has(app: TimerApp, services: Services) -> None:
    app.run("start", services.card())
    cancelled = app.json("cancel")
    assert (cancelled["state"], cancelled["today_seconds"]) == ("idle", 0)
    assert services.entries() == []
    assert len(services.all_entries()) == 1
    assert services.changes("kaiten") == []
    assert app.log() == []
    app.run("sync")
    assert services.changes("kaiten") == []


def test_cancel_of_what_was_never_sent(app: TimerApp, services: Services) -> None:
    app.run("start", services.card(), "--wait", "0", code=3)
    app.run("cancel")
    app.run("sync")
    assert services.changes("timecrowd") == services.changes("kaiten") == []
    assert services.all_entries() == []
    assert sum(app.status()["deliveries"].values()) == 0


def test_an_archived_card_is_said_and_a_hidden_one_refused(
    app: TimerApp, services: Services
) -> None:
    hidden = app.run("start", services.card(63258156), code=1)
    assert services.card(63258156) in hidden.err
    assert app.run("start", services.card(999), code=1).err
    assert app.status()["state"] == "idle"
    archived = app.run("start", services.card(63258155))
    assert "archived" in archived.err


def test_an_entry_that_adds_no_minute_says_so(app: TimerApp, services: Services) -> None:
    first = app.run("add", services.card(), "--from", "08:00", "--for", "40s")
    assert "add no minute yet" not in first.err
    second = app.run("add", services.card(), "--from", "09:00", "--for", "20s")
    assert "20 s on" in second.err
    assert "add no minute yet" in second.err
    assert [log.time_spent for log in services.logs()] == [1]


def test_an_address_is_no_title(app: TimerApp) -> None:
    refused = app.run("start", "--task", "https://acme.kaiten.ru/123", code=1)
    assert "without --task" in refused.err


BAD_LINES = {
    "out of range": b'[time]\ndaily_goal = "99999999999h"\n',
    "unknown key": b"[time]\nround = 1\n",
    "no TOML": b"[time\n",
    "another encoding": "# Щелчок\n".encode("cp1251"),
    "the same table twice": b"[timecrowd]\n",
}


@pytest.mark.parametrize("bad", BAD_LINES.values(), ids=BAD_LINES)
def test_stop_works_whatever_the_settings_hold(
    app: TimerApp, services: Services, bad: bytes
) -> None:
    app.run("start", services.card())
    file = app.home / "settings.toml"
    good = file.read_bytes()
    file.write_bytes(good + b"\n" + bad)
    assert f"{file}: line " in app.run("start", services.card(), code=1).err
    stopped = app.run("stop", code=3)
    assert f"{file}: line " in stopped.err
    assert "Nothing is sent until the file is corrected." in stopped.err
    assert services.logs() == []
    file.write_bytes(good)
    app.run("sync")
    (entry,), (log,) = services.entries(), services.logs()
    assert (entry.stopped_at is not None, log.card_id) == (True, CARD_ID)
