"""Services that are down, refuse the token or a log, and a journal that cannot be written."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.app.conftest import (
    TITLE,
    RunCommand,
    StartApp,
    agree,
    card_address,
    entries_of,
    keep_tokens,
    work_before,
)
from tests.app.test_ending import PATIENCE, SLACK
from tests.conftest import StartProcess
from tests.support.bus import SessionBus
from tests.support.desktop import Desktop
from tests.support.environment import Home
from tests.support.secret_service import SecretService
from tests.support.services import LOG, START, Services
from tests.support.tray_host import TrayHost, TrayItem
from tests.support.whole_app import Row, WholeApp, journal_rows
from timer_app.sandbox import FaultKind


def test_services_that_are_down_hold_nothing_up(
    app: WholeApp, item: TrayItem, start_app: StartApp, services: Services, tray_host: TrayHost
) -> None:
    work_before(app, services)
    app.quit()
    services.stop()
    app = start_app()
    item = tray_host.wait_item(app.pid)
    item.activate()
    item.wait_tooltip(f"{TITLE}  0:00")
    item.wait_tooltip("TimeCrowd: no connection, 1 waiting")
    assert app.status()["services"]["timecrowd"]["state"] == "offline"
    item.activate()
    item.wait_tooltip("Nothing is running")
    item.wait_tooltip("Kaiten: no connection, 1 waiting")
    kept = [row.kind for row in journal_rows(app.home) if row.state in ("waiting", "sending")]
    # A start that is tried again after the stop has become a whole entry.
    assert kept in (["start", "stop", "log"], ["entry", "stop", "log"])
    services.start_again()
    assert app.sync() == 0
    agree(app, services)
    item.wait(lambda facts: "no connection" not in facts.tooltip, "the trouble to be over")


def test_they_come_back_and_nobody_needs_to_say_so(
    app: WholeApp, item: TrayItem, services: Services
) -> None:
    services.stop()
    app.ask("start", task="Down", wait="0")
    item.wait_tooltip("TimeCrowd: no connection")
    services.start_again()
    services.answered(START)  # the first rest is of a second or two
    item.wait(lambda facts: "no connection" not in facts.tooltip, "the trouble to be over")
    assert app.sync() == 0  # the true start, when it was told too late
    agree(app, services)


def test_a_refused_token_holds_its_service_alone_until_login(
    app: WholeApp, item: TrayItem, services: Services, command: RunCommand
) -> None:
    services.do(services.sandbox.timecrowd.revoke_token)
    item.wait_tooltip("Nothing is running")
    app.ask("start", card=card_address(services))
    app.ask("stop")
    tooltip = item.wait_tooltip("TimeCrowd: the token is missing or not accepted, 2 waiting")
    assert "Kaiten" not in tooltip
    services.answered(LOG)
    assert app.status()["services"]["timecrowd"]["state"] == "unauthorized"
    code, _ = command("login", "timecrowd", stdin="not the token\n")
    assert code == 1
    token = services.do(services.sandbox.timecrowd.renew_token)
    code, _ = command("login", "timecrowd", stdin=f"{token}\n")
    assert code == 0
    services.answered(START)  # the question before it was refused: it had not been sent
    assert app.sync() == 0
    item.wait(lambda facts: "token" not in facts.tooltip, "the trouble to be over")
    agree(app, services)


@pytest.mark.usefixtures("notifications")
def test_a_refused_log_asks_for_a_person_and_others_go_on(
    app: WholeApp, item: TrayItem, services: Services
) -> None:
    services.plan(FaultKind.STATUS, LOG, status=402)
    app.ask("start", card=card_address(services))
    app.ask("stop")
    item.wait_tooltip("Needs your attention: 1")
    menu = item.menu()
    assert "Problems (1)…" in menu.labels
    (problem,) = app.ask("problems")["document"]
    assert (problem["kind"], problem["state"]) == ("log", "blocked")
    work_before(app, services)
    app.ask("retry", delivery=str(problem["id"]))
    assert app.sync() == 0
    item.wait(lambda facts: "Needs" not in facts.tooltip, "nobody to be needed")
    assert len(services.logs()) == 2


def test_a_locked_keyring_holds_nothing_up(
    locked_secret_service: SecretService,
    tray_host: TrayHost,
    start_app: StartApp,
    services: Services,
) -> None:
    app = start_app()
    item = tray_host.wait_item(app.pid)
    app.ask("start", task="Locked out", wait="0")
    item.wait_tooltip("Locked out  0:00")
    item.wait_tooltip("TimeCrowd: the keyring is locked")
    assert "locked" in app.status()["services"]["timecrowd"]["detail"]
    assert services.count(START) == 0
    locked_secret_service.unlock()
    keep_tokens(locked_secret_service, services)
    item.activate()  # whoever unlocked the keyring need not know `sync`
    item.wait_tooltip("Nothing is running")
    services.answered(START)
    assert app.sync() == 0
    agree(app, services)
    app.quit()


def test_a_keyring_that_waits_for_its_password_does_not_hold_up_quitting(
    home: Home, desktop: Desktop, app_home: Path, services: Services, start_process: StartProcess
) -> None:
    with ExitStack() as stack:
        bus = stack.enter_context(SessionBus(home, **home.environment(**desktop.environment)))
        keyring = stack.enter_context(SecretService(home, bus))
        host = stack.enter_context(TrayHost(bus.address))
        host.start()
        keep_tokens(keyring, services)
        keyring.lock()
        keyring.allow_prompts()
        environment = home.environment(
            **desktop.environment,
            **bus.environment,
            TIMER_APP_HOME=str(app_home),
            TIMER_APP_LOG="debug",
        )
        app = WholeApp(start_process(["timer-app"], env=environment), app_home)
        app.wait_started()
        item = host.wait_item(app.pid)
        app.ask("start", task="Prompted", wait="0")
        item.wait_tooltip("Prompted  0:00")
        desktop.wait_window("Unlock")
        before = time.monotonic()
        assert app.process.terminate() == 0
        assert time.monotonic() - before < PATIENCE + SLACK
    assert [row.kind for row in journal_rows(app.home)] == ["start"]
    assert services.count(START) == 0


def test_without_any_keyring(tray_host: TrayHost, start_app: StartApp, services: Services) -> None:
    app = start_app()
    item = tray_host.wait_item(app.pid)
    app.ask("start", task="No keyring", wait="0")
    item.wait_tooltip("No keyring  0:00")
    item.wait_tooltip("TimeCrowd: there is no keyring")
    assert "no keyring" in app.status()["services"]["timecrowd"]["detail"]
    assert services.count(START) == 0
    app.quit()


def test_a_journal_that_cannot_be_written_changes_nothing_and_is_said(
    app: WholeApp, item: TrayItem, services: Services
) -> None:
    work_before(app, services)
    idle = item.facts().icon
    before = (entries_of(app), journal_rows(app.home))
    with full_disk(app):
        item.activate()
        item.wait_tooltip("is full")
        attention = item.wait(lambda facts: facts.icon != idle, "an icon that says so").icon
        assert app.status()["state"] == "idle"
        assert app.ask("start", task="Now?")["exit"] == 5
        assert app.sync() == 0  # asks nobody to write anything, and does not end the trouble
        assert item.facts().icon == attention
    assert (entries_of(app), journal_rows(app.home)) == before
    item.activate()
    assert app.status()["state"] == "running"
    item.activate()
    item.wait(lambda facts: facts.icon == idle, "the idle icon")
    assert app.sync() == 0
    agree(app, services)


def test_an_answer_that_cannot_be_kept_yet_is_kept_later(
    app: WholeApp, item: TrayItem, services: Services
) -> None:
    """The disk fills up while a call is under way: what the service said is not forgotten."""
    services.plan(FaultKind.PAUSE, START)
    app.ask("start", task="Full", wait="0")
    services.arrived(START)
    with full_disk(app):
        services.release()
        item.wait_tooltip("is full")
    assert app.sync() == 0
    start, *corrections = journal_rows(app.home)
    assert start == Row("timecrowd", "start", "done")
    assert all(row == Row("timecrowd", "times", "done") for row in corrections)  # told late
    agree(app, services)


@contextmanager
def full_disk(app: WholeApp) -> Iterator[None]:
    """No file of the app can be written, as on a full disk."""
    limits = resource.prlimit(app.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(app.pid, resource.RLIMIT_FSIZE, (0, limits[1]))
    yield
    resource.prlimit(app.pid, resource.RLIMIT_FSIZE, limits)


@pytest.mark.parametrize("wanting", ["timecrowd", "kaiten"])
def test_a_service_that_is_not_set_up_is_not_asked(
    app: WholeApp, item: TrayItem, services: Services, wanting: str
) -> None:
    text = (app.home / "settings.toml").read_text()
    first, second = text.index("[timecrowd]"), text.index("[kaiten]")
    end = text.index("[time]\n")
    kept = text[second:] if wanting == "timecrowd" else text[first:second] + text[end:]
    (app.home / "settings.toml").write_text(kept)
    assert app.ask("settings")["exit"] == 0
    if wanting == "timecrowd":
        app.ask("start", card=card_address(services))
    else:
        app.ask("start", task="Alone")
    item.wait_tooltip("0:00")
    app.ask("stop")
    assert app.sync() == 0
    assert (len(services.entries()), len(services.logs())) == (
        (0, 1) if wanting == "timecrowd" else (1, 0)
    )
    assert app.status()["services"][wanting]["state"] == "not_configured"
