"""add: a finished entry by hand, its times, dates and durations."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from tests.cli.support import CARD_ID, CARD_TITLE, instant, same_instant
from timer_app.domain.delivery.log_reference import split_comment

if TYPE_CHECKING:
    from datetime import timezone

    from tests.cli.support import Services, TimerApp


def test_it_reaches_both_services_closed(app: TimerApp, services: Services) -> None:
    words = ("--from", "09:00", "--to", "10:30", "--comment", "By hand")
    added = app.json("add", services.card(), *words)
    assert added["state"] == "idle"
    (entry,) = services.entries()
    (log,) = services.logs()
    (told,) = app.log()
    assert (told["task"], told["source"], told["seconds"]) == (CARD_TITLE, "manual", 5400)
    assert entry.started_at == instant(told["started_at"])
    assert entry.stopped_at == instant(told["stopped_at"])
    assert (log.card_id, log.time_spent, split_comment(log.comment or "")[0]) == (
        CARD_ID,
        90,
        "By hand",
    )
    assert services.task(entry).url == services.card()
    assert [d["kind"] for d in told["deliveries"]] == ["entry", "log"]
    assert app.status()["today_seconds"] == 5400


def test_every_form_of_a_duration(app: TimerApp) -> None:
    app.configure("")
    forms = {
        "1h30m": 90, "1:30": 90, "90m": 90, "90": 90, "1.5h": 90, "1ч 30м": 90, "1時間30分": 90,
        "1h30": 90, "1,5": 90, ":30": 30, "полтора часа": 90, "１：３０": 90, "1時間半": 90,
    }  # fmt: skip
    for typed, minutes in forms.items():
        words = ("add", "--task", "T", "--from", "07:00", "--for", typed)
        (entry,) = app.json(*words)["entries"]
        assert entry["seconds"] == minutes * 60, typed


def test_a_time_before_now_begins_with_a_dash(app: TimerApp) -> None:
    app.configure("")
    for typed, minutes in (("-90", 90), ("-.5h", 30), ("-:45", 45)):
        (entry,) = app.json("add", "--task", "T", "--from", typed, "--for", "1m")["entries"]
        began = datetime.fromisoformat(str(entry["started_at"]))
        ago = datetime.now(UTC) - began
        assert timedelta(minutes=minutes) <= ago < timedelta(minutes=minutes + 1), typed


def test_wrong_durations_and_times(app: TimerApp) -> None:
    app.configure("")
    for typed in ("0", "abc", "1:75", "-5", "999999999h"):
        refused = app.run("add", "--task", "T", "--from", "07:00", f"--for={typed}", code=2)
        assert refused.err, typed
    for typed in ("", "25:00", "2026-02-30 09:00", "2026-01-22", "-x"):
        app.run("add", "--task", "T", "--from", typed, "--for", "5", code=2)
    late = ("--from", "9999-12-28T00:00Z", "--for", "366d")
    app.run("add", "--task", "T", *late, code=2)
    assert not app.log()


def test_which_words_it_needs(app: TimerApp) -> None:
    app.configure("")
    app.run("add", "--task", "T", code=2)
    app.run("add", "--task", "T", "--from", "09:00", code=2)
    both = ("--to", "10:00", "--for", "1h")
    app.run("add", "--task", "T", "--from", "09:00", *both, code=2)
    app.run("add", "--task", "T", "--from", "10:00", "--to", "09:00", code=1)
    app.run("add", "--task", "T", "--from", "10:00", "--to", "10:00", code=1)
    app.run("add", "--task", "T", "--from", "-1h", "--for", "2h", code=1)
    app.run("add", "--from", "09:00", "--for", "5", code=1)
    assert not app.log()
    app.run("add", "--task", "T", "--from", "-2h", "--to", "-1h")
    app.run("add", "--from", "-3h", "--for", "5m")
    assert [entry["task"] for entry in app.log()] == ["T", "T"]


def test_work_over_midnight_is_one_log_for_each_date(
    app: TimerApp, services: Services, zone: timezone
) -> None:
    app.run("add", services.card(), "--from", "yesterday 23:20", "--to", "today 00:50")
    today = datetime.now(zone).date()
    logs = {log.for_date: log.time_spent for log in services.logs()}
    assert logs == {today - timedelta(days=1): 40, today: 50}
    (entry,) = services.entries()
    assert entry.started_at == datetime.combine(
        today - timedelta(days=1), time(23, 20), tzinfo=zone
    )
    (told,) = app.log()
    assert [d["minutes"] for d in told["deliveries"] if d["kind"] == "log"] == [40, 50]
    assert app.status()["today_seconds"] == 50 * 60


def test_day_start_moves_the_border(app: TimerApp, services: Services, zone: timezone) -> None:
    app.configure(services.settings('[time]\nday_start = "04:00"\n'))
    app.run("add", services.card(), "--from", "yesterday 23:20", "--to", "today 00:50")
    (log,) = services.logs()
    assert log.for_date == datetime.now(zone).date() - timedelta(days=1)
    assert log.time_spent == 90


def test_minutes_of_a_date_stay_true(app: TimerApp, services: Services) -> None:
    for start in ("07:00:00", "07:10:00", "07:20:00", "07:30:00"):
        app.run("add", services.card(), "--from", start, "--for", "40s")
    # 160 seconds are 3 minutes when rounded half up, however they are cut
    assert sum(log.time_spent for log in services.logs()) == 3
    assert len(services.entries()) == 4


def test_what_shares_time_is_reported(app: TimerApp) -> None:
    app.configure("")
    first = app.run("add", "--task", "First", "--from", "08:00", "--to", "09:00")
    assert "First" not in first.err
    beside = app.run("add", "--task", "Beside", "--from", "09:00", "--to", "09:30")
    assert beside.err == ""
    over = app.run("add", "--task", "Second", "--from", "08:30", "--to", "09:15", "--json")
    assert "First" in over.err
    assert "Beside" in over.err
    assert [entry["task"] for entry in over.document["entries"]] == ["Second"]


def test_a_running_entry_goes_on(app: TimerApp, services: Services) -> None:
    app.run("start", "--task", "Runs", "--at", "-1h")
    added = app.json("add", "--task", "Past", "--from", "-3h", "--to", "-2h")
    assert added["entry"]["task"] == "Runs"
    assert {entry.stopped_at is None for entry in services.entries()} == {True, False}
    app.run("add", "--task", "Within", "--from", "-30m", "--to", "-20m")
    past, runs, within = app.log()
    assert [past["task"], runs["task"], within["task"]] == ["Past", "Runs", "Within"]
    assert runs["stopped_at"] is None
    held = {services.task(entry).title: entry for entry in services.entries()}
    assert held["Runs"].stopped_at is None
    assert same_instant(held["Past"].started_at, instant(past["started_at"]))
