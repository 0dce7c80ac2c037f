"""Notifications and reminders of the whole app: pressed from outside, seen in both services."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.app.conftest import (
    TITLE,
    StartApp,
    agree,
    card_address,
    entries_of,
    keep_tokens,
    work_before,
)
from tests.app.test_other_device import Phone
from tests.support.bus import BusClient, SessionBus
from tests.support.desktop import Desktop
from tests.support.mock_notifications import MockDaemon
from tests.support.notifications import NotificationService
from tests.support.secret_service import SecretService
from tests.support.services import LOG, Services
from tests.support.tray_host import TrayHost
from tests.support.whole_app import WholeApp
from timer_app.sandbox import FaultKind

LONG = "^Running for "


@pytest.fixture
def absent(session_bus: SessionBus) -> Iterator[NotificationService]:
    """A notification service that is not there yet."""
    with NotificationService(session_bus.address) as service:
        yield service


@pytest.fixture
def service(absent: NotificationService) -> NotificationService:
    """A notification service, there before the app is."""
    absent.start()
    return absent


@pytest.fixture
def phone(services: Services) -> Phone:
    return Phone(services)


def begin(app: WholeApp, services: Services, ago: str, card: str = "") -> None:
    """Start work that began some time ago."""
    assert app.ask("start", card=card or card_address(services), at=f"-{ago}")["exit"] == 0


def change(app: WholeApp, key: str, value: str) -> None:
    """Change a setting as the command line does."""
    from timer_app.adapters.setup.settings.writer import change as write

    write(str(app.home / "settings.toml"), key, value)
    assert app.ask("settings")["exit"] == 0


# A newer version


def test_a_newer_version_is_reported_and_left_where_it_is(
    service: NotificationService, app: WholeApp
) -> None:
    asked: list[str] = []

    class Forge(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(f"{self.path} {self.headers.get('Authorization')}")
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"tag_name": "v999.1.0", "assets": ["https://forge.example/a"]}')

        def log_message(self, *_: object) -> None:
            """Say nothing on stderr."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Forge) as forge:
        thread = Thread(target=forge.serve_forever)
        thread.start()
        change(app, "updates.feed", f"http://127.0.0.1:{forge.server_port}/latest")
        told = service.wait("^Timer App 999.1.0 is available")
        change(app, "ui.click", "open")  # other settings ask nobody
        app.quit()
        forge.shutdown()
        thread.join()
    assert told.text.startswith("This is ")
    assert told.labels == []
    assert asked == ["/latest None"]


# A long run


def test_stop_from_the_reminder_and_undo(
    service: NotificationService, app: WholeApp, services: Services
) -> None:
    begin(app, services, "4h")
    asks = service.wait(LONG)
    assert (asks.title, asks.text) == ("Running for 4 h 00 min", TITLE)
    assert asks.labels == ["Stop", "Stop earlier…", "Keep on"]
    service.press("Stop", LONG)
    stopped = service.wait("^Stopped after 4 h 00 min")
    assert app.status()["state"] == "idle"
    app.sync()
    agree(app, services)
    assert 240 <= sum(log.minutes for log in services.logs()) <= 242  # midnight may lie within
    service.press("Undo")
    service.client.wait(lambda: app.status()["entry"], "the entry to run again")
    assert app.sync() == 0
    agree(app, services)  # one entry that runs, and no log
    assert services.logs() == []
    assert [each.stopped_at for each in services.entries()] == [None]
    app.ask("stop")
    app.sync()
    agree(app, services)
    assert stopped.number not in service.up
    app.quit()


def test_keep_on_is_quiet_until_as_long_has_passed_again(
    service: NotificationService, app: WholeApp, services: Services, start_app: StartApp
) -> None:
    begin(app, services, "4h")
    service.press("Keep on", LONG)
    assert app.status()["state"] == "running"
    app.quit()
    again = start_app()  # and a restart repeats nothing
    change(again, "time.remind_after", "1h")
    assert again.sync() == 0
    assert [each.title for each in service.told] == ["Running for 4 h 00 min"]
    change(again, "time.remind_after", "1s")  # without a restart
    service.wait(LONG)
    again.ask("stop")
    again.quit()


def test_a_button_that_came_too_late_does_nothing(
    service: NotificationService, app: WholeApp, services: Services
) -> None:
    """It ended elsewhere while the question stood, and something else runs since."""
    begin(app, services, "4h")
    asks = service.wait(LONG)
    app.ask("stop")
    service.wait_gone(asks)  # the question is withdrawn
    begin(app, services, "1m")
    for label in ("Stop", "Stop earlier…", "Keep on"):
        service.press_key(asks.number, asks.key(label))
    assert app.sync() == 0
    assert app.status()["state"] == "running"
    assert len(entries_of(app)) == 2
    agree(app, services)
    app.quit()


def test_stop_earlier_with_the_keyboard(
    service: NotificationService, app: WholeApp, services: Services, desktop: Desktop
) -> None:
    begin(app, services, "4h")
    service.press("Stop earlier…", LONG)
    window = desktop.wait_window("Stop earlier", pid=app.pid)
    desktop.wait_active(window)
    desktop.type("-1h")
    desktop.key("Return")
    service.wait("^Stopped after (2 h 59|3 h 00) min")
    desktop.wait_gone(window)
    app.sync()
    agree(app, services)
    (entry,) = entries_of(app)
    assert abs(entry["seconds"] - 3 * 3600) < 30
    app.quit()


def test_the_question_when_it_ended_goes_when_it_has_ended(
    service: NotificationService, app: WholeApp, services: Services, desktop: Desktop
) -> None:
    begin(app, services, "4h")
    service.press("Stop earlier…", LONG)
    window = desktop.wait_window("Stop earlier", pid=app.pid)
    app.ask("stop")
    desktop.wait_gone(window)
    agree(app, services)
    begin(app, services, "4h")
    service.press("Stop earlier…", LONG)
    desktop.wait_window("Stop earlier", pid=app.pid)
    app.quit()  # an open question holds up nothing


def test_open_brings_the_panel(
    service: NotificationService, phone: Phone, app: WholeApp, desktop: Desktop
) -> None:
    phone.start(minutes_ago=5)
    app.sync()
    service.press("Open", "Timer App")
    desktop.wait_active(desktop.wait_window("Timer App", pid=app.pid))
    app.quit()


def test_python_dbusmock_s_daemon(
    bus_client: BusClient, signed_in: object, tray_host: TrayHost, start_app: StartApp,
    services: Services, desktop_environment: Mapping[str, str],
) -> None:  # fmt: skip
    """The same against another party's idea of the service."""
    assert signed_in
    daemon = MockDaemon(bus_client, desktop_environment, "actions body")
    app = start_app()
    tray_host.wait_item(app.pid)
    begin(app, services, "5h")
    replaced, keys = daemon.wait_notify("Running for 5 h")
    assert replaced == 0
    daemon.press(1, keys["Stop"])
    replaced, keys = daemon.wait_notify("Stopped after 5 h")
    assert set(keys) >= {"Undo", "Open"}
    assert app.status()["state"] == "idle"
    app.sync()
    agree(app, services)
    app.quit()
    daemon.close()


# What happened elsewhere


def test_started_elsewhere_can_be_stopped_here(
    service: NotificationService, phone: Phone, signed_in: object, tray_host: TrayHost,
    start_app: StartApp, services: Services,
) -> None:  # fmt: skip
    assert signed_in
    phone.start(minutes_ago=20)
    app = start_app()
    tray_host.wait_item(app.pid)
    said = service.wait("Timer App", "Stop")
    assert "Started on another device" in said.text
    assert "From the phone" in said.text
    service.press("Stop", "Timer App")
    service.wait("^Stopped after 20 min")
    app.sync()
    assert app.status()["state"] == "idle"
    assert app.status()["deliveries"]["waiting"] == 1  # whoever else followed it may log it first
    assert [each.stopped_at is not None for each in services.entries()] == [True]
    app.quit()


def test_stopped_elsewhere_is_said_and_opens(
    service: NotificationService, phone: Phone, app: WholeApp, services: Services
) -> None:
    phone.start(minutes_ago=20)
    app.sync()
    started = service.wait("Timer App", "Stop")
    phone.stop()
    app.sync()
    said = service.client.wait(
        lambda: next((one for one in service.told if "Stopped on another" in one.text), None),
        "the notice",
    )
    assert said.labels == ["Open"]
    service.press_key(started.number, started.key("Stop"))  # it has ended: harmless
    app.sync()
    assert app.status()["deliveries"]["waiting"] == 1
    assert [each.stopped_at is not None for each in services.entries()] == [True]
    app.quit()


# What needs a person


def test_a_refused_log_is_said_once(
    service: NotificationService, app: WholeApp, services: Services, start_app: StartApp
) -> None:
    services.plan(FaultKind.STATUS, LOG, status=403)
    begin(app, services, "30m")
    app.ask("stop")
    said = service.wait("^Kaiten needs your attention")
    assert TITLE in said.title
    assert "Nothing is lost" in said.text
    assert said.labels == ["Open"]
    (problem,) = app.ask("problems")["document"]
    app.quit()
    again = start_app()  # it is not said at each start: the icon shows it
    assert again.sync() == 4
    assert [one.title for one in service.told if "needs your attention" in one.title] == [
        said.title
    ]
    assert again.ask("retry", delivery=str(problem["id"]))["exit"] == 0
    agree(again, services)
    again.quit()


def test_a_problem_that_is_solved_is_taken_away(
    service: NotificationService, app: WholeApp, services: Services
) -> None:
    services.plan(FaultKind.STATUS, LOG, status=403)
    begin(app, services, "30m")
    app.ask("stop")
    said = service.wait("^Kaiten needs your attention")
    (problem,) = app.ask("problems")["document"]
    app.ask("retry", delivery=str(problem["id"]))
    service.wait_gone(said)
    app.quit()


# The service in trouble


def test_a_service_that_comes_late_still_asks(
    absent: NotificationService, app: WholeApp, services: Services
) -> None:
    begin(app, services, "4h")
    app.process.wait_line("a notification was not shown")
    assert app.status()["state"] == "running"
    absent.start()
    absent.press("Stop", LONG)
    absent.wait("^Stopped after")
    app.sync()
    agree(app, services)
    app.quit()


def test_a_service_that_is_restarted(
    service: NotificationService, app: WholeApp, services: Services
) -> None:
    begin(app, services, "4h")
    before = service.wait(LONG)
    service.stop()
    service.start()
    service.press_key(before.number, before.key("Stop"))  # from a number that is void
    change(app, "time.remind_after", "1s")
    service.press("Stop", LONG)
    service.wait("^Stopped after")
    app.sync()
    agree(app, services)
    app.quit()


def test_a_service_that_hangs_holds_up_nothing(
    service: NotificationService, app: WholeApp, services: Services
) -> None:
    service.hangs = True
    begin(app, services, "4h")
    service.wait_held()
    app.ask("stop")
    assert app.sync() == 0
    agree(app, services)
    before = time.monotonic()
    app.quit()
    assert time.monotonic() - before < 5  # far below the 25 s of a call on the bus


def test_no_service_at_all(app: WholeApp, services: Services) -> None:
    begin(app, services, "4h")
    app.process.wait_line("a notification was not shown")
    app.ask("stop")
    app.sync()
    agree(app, services)
    app.quit()


def test_quitting_takes_the_question_away(
    service: NotificationService, app: WholeApp, services: Services
) -> None:
    begin(app, services, "4h")
    asks = service.wait(LONG)
    app.quit()
    service.wait_gone(asks)


# Without a tray


def test_without_a_tray_a_key_is_answered(
    service: NotificationService, secret_service: SecretService, start_app: StartApp,
    services: Services,
) -> None:  # fmt: skip
    keep_tokens(secret_service, services)
    app = start_app()
    work_before(app, services)
    app.ask("toggle", wait="0")
    assert service.wait("^Started").text == TITLE
    app.ask("toggle", wait="0")
    stopped = service.wait("^Stopped")
    assert stopped.labels == ["Undo", "Open"]
    assert stopped.replaced  # one place for both
    assert stopped.urgency == 0
    app.ask("start", wait="0")
    app.ask("stop", wait="0")  # typed into a terminal, which has its own answer
    app.sync()
    agree(app, services)
    assert len(service.told) == 2
    app.quit()


def test_with_a_tray_a_key_is_not_answered(
    service: NotificationService, app: WholeApp, services: Services
) -> None:
    work_before(app, services)
    app.ask("toggle")
    app.ask("toggle")
    app.sync()
    assert service.told == []
    app.quit()
