"""Exit codes 0, 3 and 4: what waits, what is delivered later, what needs a person."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.cli.support import CARD_ID, instant, same_instant
from timer_app.sandbox import FaultKind

if TYPE_CHECKING:
    from datetime import timezone

    from tests.cli.support import Services, TimerApp

SERVICES = ("timecrowd", "kaiten")


def _held_truly(app: TimerApp, services: Services) -> None:
    """Both services hold each finished entry exactly once, with the times of the clicks."""
    told = [entry for entry in app.log() if entry["stopped_at"]]
    held = sorted(services.entries(), key=lambda entry: entry.started_at)
    assert len(held) == len(told)
    for entry, expected in zip(held, told, strict=True):
        assert entry.stopped_at is not None
        assert same_instant(entry.started_at, instant(expected["started_at"]))
        assert same_instant(entry.stopped_at, instant(expected["stopped_at"]))
        assert {d["state"] for d in expected["deliveries"]} == {"done"}
    logs = sorted((log.for_date.isoformat(), log.time_spent) for log in services.logs())
    expected_logs = [d for entry in told for d in entry["deliveries"] if d["kind"] == "log"]
    assert logs == sorted((d["for_date"], d["minutes"]) for d in expected_logs)
    assert {log.card_id for log in services.logs()} <= {CARD_ID}


def test_wait_0_sends_nothing_and_returns_at_once(app: TimerApp, services: Services) -> None:
    for service in SERVICES:
        services.fault(service, FaultKind.HANG_BEFORE_COMMIT, times=None)
    before = time.monotonic()
    app.run("start", services.card(), "--at", "-95m", "--wait", "0", code=3)
    stopped = app.run("stop", "--at", "-5m", "--wait", "0", code=3)
    assert time.monotonic() - before < 10  # far below the 15 s that a call may take
    assert stopped.err
    assert services.requests("timecrowd") == services.requests("kaiten") == []
    assert app.status()["deliveries"]["waiting"] == 3
    services.clear_faults()
    assert app.json("sync")["deliveries"] == {
        "waiting": 0, "sending": 0, "unknown": 0, "blocked": 0, "done": 3,
    }  # fmt: skip
    _held_truly(app, services)
    (entry,) = services.entries()
    assert entry.stopped_at is not None
    assert same_instant(entry.stopped_at, entry.started_at + timedelta(minutes=90), 10)
    assert "PATCH" not in " ".join(services.changes("timecrowd"))  # it never ran there
    assert services.task(entry).url == services.card()


def test_a_service_that_hangs_does_not_hold_the_command(app: TimerApp, services: Services) -> None:
    services.fault("kaiten", FaultKind.HANG_BEFORE_COMMIT, "GET", times=None)
    before = time.monotonic()
    started = app.run("start", services.card(), "--wait", "2")
    assert time.monotonic() - before < 10
    assert "title" in started.err
    assert app.status()["entry"]["card_id"] == CARD_ID
    (entry,) = services.entries()
    assert services.task(entry).url == services.card()


def test_questions_that_hang_do_not_hold_the_command(app: TimerApp, services: Services) -> None:
    """What runs there is asked before a start, and what is unknown is looked for."""
    services.fault("timecrowd", FaultKind.HANG_BEFORE_COMMIT, "GET", times=None)
    before = time.monotonic()
    app.run("start", "--task", "Inbox", "--wait", "1", code=3)
    assert time.monotonic() - before < 10  # far below the 15 s that a call may take
    assert services.changes("timecrowd") == []
    services.clear_faults()
    services.fault("kaiten", FaultKind.STATUS_AFTER_COMMIT, "POST")
    services.fault("kaiten", FaultKind.HANG_BEFORE_COMMIT, "GET", "time-logs", times=None)
    before = time.monotonic()
    app.run("add", services.card(), "--from", "-9m", "--for", "5m", "--wait", "3", code=3)
    assert time.monotonic() - before < 12
    services.clear_faults()
    app.run("sync")
    assert [log.time_spent for log in services.logs()] == [5]


@pytest.mark.parametrize("broken", SERVICES)
def test_one_service_down_the_other_goes_on(app: TimerApp, services: Services, broken: str) -> None:
    services.down(broken)
    app.run("start", services.card(), "--task", "Ship the tray timer", "--at", "-30m", code=None)
    app.run("stop", code=3)
    status = app.status()
    assert status["services"][broken]["state"] == "offline"
    assert status["services"][broken]["detail"]
    (other,) = {*SERVICES} - {broken}
    assert status["services"][other]["state"] == "ok"
    assert len(services.logs()) == (broken == "timecrowd")
    assert len(services.entries()) == (broken == "kaiten")
    app.run("sync", code=3)
    services.up(broken)
    services.move_clock(timedelta(minutes=3))
    app.run("sync")
    _held_truly(app, services)


def test_both_down_is_kept_and_delivered_later(app: TimerApp, services: Services) -> None:
    for service in SERVICES:
        services.down(service)
    started = app.run("start", services.card(), code=3)
    assert started.out
    assert started.err
    app.run("stop", code=3)
    app.run("start", "--task", "Another", code=3)
    app.run("stop", code=3)
    for service in SERVICES:
        services.up(service)
    app.run("sync", "--wait", "50")  # a busy computer has all the time
    _held_truly(app, services)
    assert len(services.entries()) == 2


def test_delivered_a_day_late_it_says_the_day_itself(
    app: TimerApp, services: Services, zone: timezone
) -> None:
    yesterday = datetime.now(zone).date() - timedelta(days=1)
    app.run("start", services.card(), "--at", "yesterday 16:00", "--wait", "0", code=3)
    app.run("stop", "--at", "yesterday 17:15", "--wait", "0", code=3)
    late = ("add", "123", "--task", "T", "--from", "yesterday 18:00", "--for", "20")
    app.run(*late, "--wait", "0", code=3)
    app.run("drop", str(app.log()[1]["deliveries"][-1]["id"]))
    app.run("sync")
    (log,) = services.logs()
    assert (log.for_date, log.time_spent) == (yesterday, 75)
    first, second = sorted(services.entries(), key=lambda entry: entry.started_at)
    assert first.started_at.astimezone(zone).isoformat()[:16] == f"{log.for_date}T16:00"
    assert second.started_at.astimezone(zone).date() == yesterday


def test_what_the_server_stamps_late_is_corrected(app: TimerApp, services: Services) -> None:
    services.move_clock(timedelta(seconds=90))
    app.run("start", services.card())
    (running,) = services.entries()
    (told,) = app.log()
    assert same_instant(running.started_at, instant(told["started_at"]))
    assert running.stopped_at is None
    app.run("stop")
    _held_truly(app, services)


def test_started_online_stopped_offline(app: TimerApp, services: Services) -> None:
    app.run("start", services.card(), "--at", "-10m")
    services.down("timecrowd")
    app.run("stop", code=3)
    assert len(services.logs()) == 1
    services.up("timecrowd")
    services.move_clock(timedelta(hours=9))
    app.run("sync")
    _held_truly(app, services)


@pytest.mark.parametrize("service", SERVICES)
def test_a_refused_token_holds_its_service_alone_until_login(
    app: TimerApp, services: Services, service: str
) -> None:
    services.revoke(service)
    app.run("start", services.card(), "--task", "T", "--at", "-10m", code=None)
    app.run("stop", code=3)
    status = app.status()
    assert status["services"][service]["state"] == "unauthorized"
    assert status["services"][service]["detail"]
    (other,) = {*SERVICES} - {service}
    assert status["services"][other]["state"] == "ok"
    assert app.json("problems") == []
    services.accept(service)
    from tests.cli.support import TOKENS

    app.run("login", service, stdin=f"{TOKENS[service]}\n".encode())
    assert app.status()["services"][service]["state"] == "ok"
    app.run("sync")
    _held_truly(app, services)


def test_too_many_requests_wait_and_are_repeated(app: TimerApp, services: Services) -> None:
    services.fault("kaiten", FaultKind.RATE_LIMITED, "POST", retry_after=1)
    app.run("start", services.card(), "--at", "-10m")
    app.run("stop", code=None)
    while app.run("sync", code=None).code == 3:
        pass  # Retry-After is a second; the service is not asked before
    _held_truly(app, services)
    arrived = [r.at for r in services.requests("kaiten") if r.method == "POST"]
    assert len(arrived) == 2
    assert arrived[1] - arrived[0] >= timedelta(seconds=1)


@pytest.mark.parametrize("stored", [True, False])
@pytest.mark.parametrize("service", SERVICES)
def test_a_5xx_is_looked_for_and_ends_in_exactly_one(
    app: TimerApp,
    services: Services,
    service: str,
    stored: bool,  # noqa: FBT001
) -> None:
    kind = FaultKind.STATUS_AFTER_COMMIT if stored else FaultKind.STATUS
    services.fault(service, kind, "POST", "/time[-_](logs|entries)$", status=502)
    app.run("start", services.card(), "--at", "-10m", "--wait", "20")
    app.run("stop", "--wait", "20")
    _held_truly(app, services)


@pytest.mark.parametrize("stored", [True, False])
@pytest.mark.parametrize("service", SERVICES)
def test_what_cannot_be_looked_for_waits_for_a_person(
    app: TimerApp,
    services: Services,
    service: str,
    stored: bool,  # noqa: FBT001
) -> None:
    """It is never repeated by itself, however often somebody asks for what is due."""
    kind = FaultKind.STATUS_AFTER_COMMIT if stored else FaultKind.STATUS
    app.run("start", "--task", "Before", "--at", "-20m")
    services.fault(service, kind, "POST", "/time[-_](logs|entries)$", status=502)
    services.fault(service, FaultKind.STATUS, "GET", "time", status=403, times=None)
    add = ("add", services.card(), "--task", "Ship it", "--from", "-2h", "--for", "1h")
    ended = app.run(*add, "--wait", "20", code=4)
    assert "problems" in ended.err
    sent = services.changes(service)
    app.run("sync", code=4)
    app.run("sync", code=4)
    assert services.changes(service) == sent
    (problem,) = app.json("problems", code=4)
    assert (problem["state"], problem["service"]) == ("unknown", service)
    assert str(problem["id"]) in app.run("problems", code=4).out
    app.run("drop" if stored else "retry", str(problem["id"]))
    app.run("sync")
    assert app.json("problems") == []
    assert len(services.entries()) == 2
    assert len(services.logs()) == 1


def test_a_refusal_needs_a_person(app: TimerApp, services: Services) -> None:
    app.run("start", services.card(), "--at", "-10m")
    services.fault("kaiten", FaultKind.STATUS, "POST", status=402, body='{"message":"Tariff!"}')
    app.run("stop", code=4)
    (problem,) = app.json("problems", code=4)
    assert problem["state"] == "blocked"
    assert "Tariff!" in problem["error"]
    assert app.status()["deliveries"]["blocked"] == 1
    app.run("sync", code=4)
    assert services.logs() == []
    app.run("retry", str(problem["id"]))
    _held_truly(app, services)
    for command in ("retry", "drop"):
        again = app.run(command, str(problem["id"]), code=1)
        assert "done" in again.err


def test_drop_lets_the_rest_go_on(app: TimerApp, services: Services) -> None:
    services.fault("timecrowd", FaultKind.STATUS, "POST", status=422, body='{"messages":["No."]}')
    app.run("start", services.card(), "--at", "-10m", code=4)
    app.run("stop", code=4)
    assert len(services.logs()) == 1
    (problem,) = app.json("problems", code=4)
    dropped = app.run("drop", str(problem["id"]))
    assert dropped.code == 0
    app.run("sync")
    assert services.entries() == []
    assert app.status()["deliveries"]["waiting"] == 0


def test_what_is_not_there_cannot_be_decided(app: TimerApp) -> None:
    for number in ("0", "1", "9" * 18):
        assert "problems" in app.run("retry", number, code=1).err
    for word in ("", "x", "-1", "1.5", "١", "1 2", "9223372036854775808", "9" * 5000):
        app.run("drop", word, code=2)


def test_a_service_that_is_not_set_up_gets_nothing(app: TimerApp, services: Services) -> None:
    app.configure(services.settings(kaiten=False))
    app.run("start", "123", code=1)
    app.run("start", "--task", "Only TimeCrowd")
    app.run("stop")
    assert services.requests("kaiten") == []
    assert len(services.entries()) == 1
    app.configure(services.settings(timecrowd=False))
    app.run("start", services.card(), "--at", "-5m")
    app.run("stop")
    assert len(services.logs()) == len(services.entries()) == 1
    assert app.status()["services"]["timecrowd"]["state"] == "not_configured"


def test_without_a_token_deliveries_wait(bare_app: TimerApp, services: Services) -> None:
    bare_app.configure(services.settings())
    bare_app.environment["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    bare_app.run("start", services.card(), code=3)
    bare_app.run("stop", code=3)
    status = bare_app.status()
    assert {s["state"] for s in status["services"].values()} == {"unauthorized"}
    assert "keyring" in status["services"]["kaiten"]["detail"].casefold()
    assert services.requests("timecrowd") == services.requests("kaiten") == []
