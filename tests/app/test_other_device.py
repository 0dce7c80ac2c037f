"""The tray app follows another device: at the start, on wake, and when it stops something."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta

import pytest

from tests.app.conftest import entries_of
from tests.support.bus import BusClient, SessionBus
from tests.support.services import Services
from tests.support.tray_host import TrayHost
from tests.support.whole_app import WholeApp
from timer_app.sandbox.world import CARD_ID, CARD_KEY, CATEGORY_ID, KEYED_CARD_ID, TEAM_ID, USER_ID

LOGIND = "org.freedesktop.login1"


class Phone:
    """Another device of the same user, on the same account."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def start(self, minutes_ago: int = 0, path: str = f"/{CARD_ID}") -> int:
        """Begin to work on the card at that path of Kaiten; the entry's id."""
        state, clock = self._services.sandbox.timecrowd.state, self._services.sandbox.clock
        url = f"{self._services.kaiten_url}{path}"

        def begin() -> int:
            now = clock() - timedelta(minutes=minutes_ago)
            task = next((t for t in state.tasks.values() if t.url == url), None)
            task = task or state.add_task(TEAM_ID, "From the phone", url, CATEGORY_ID, now)
            return state.start(USER_ID, task.id, now).id

        return self._services.do(begin)

    def stop(self) -> None:
        """End what runs."""
        state, clock = self._services.sandbox.timecrowd.state, self._services.sandbox.clock

        def end() -> None:
            running = state.running(USER_ID)
            assert running
            state.stop(USER_ID, running.id, clock())

        self._services.do(end)


@pytest.fixture
def phone(services: Services) -> Phone:
    return Phone(services)


@pytest.fixture
def logind(session_bus: SessionBus) -> Iterator[Callable[[bool], None]]:
    """Says on the bus that the computer goes to sleep (True) or has woken (False)."""
    with BusClient(session_bus.address) as client:
        client.run(client.bus.request_name(LOGIND))

        def say(asleep: bool) -> None:  # noqa: FBT001 - the signal's own argument
            path, manager = "/org/freedesktop/login1", "org.freedesktop.login1.Manager"
            client.emit(path, manager, "PrepareForSleep", "b", asleep)

        yield say


@pytest.fixture
def app_environment(
    app_environment: Mapping[str, str], session_bus: SessionBus
) -> Mapping[str, str]:
    """The test's bus is the system's as well: logind speaks there."""
    return {**app_environment, "DBUS_SYSTEM_BUS_ADDRESS": session_bus.address}


def runs(app: WholeApp, services: Services, *, wanted: bool, requests: int) -> None:
    """Wait until it has asked so often what runs, and see what it made of it."""
    services.answered(("GET", "/user/working_users$"), requests)
    app.sync()
    assert (app.status()["state"] == "running") is wanted


def test_what_runs_elsewhere_is_adopted_at_the_start(
    phone: Phone, signed_in: object, tray_host: TrayHost, start_app: Callable[[], WholeApp],
    services: Services,
) -> None:  # fmt: skip
    assert signed_in
    phone.start(minutes_ago=20)
    app = start_app()
    tray_host.wait_item(app.pid)
    runs(app, services, wanted=True, requests=1)
    assert app.status()["entry"]["task"] == "From the phone"
    assert app.ask("stop")["exit"] == 3  # whoever else followed it may log it first
    assert app.status()["deliveries"]["waiting"] == 1
    assert services.logs() == []
    app.quit()


def test_a_card_that_is_named_by_its_key_is_found_at_the_start(
    phone: Phone, signed_in: object, tray_host: TrayHost, start_app: Callable[[], WholeApp]
) -> None:  # fmt: skip
    assert signed_in
    phone.start(20, f"/space/5/boards/card/{CARD_KEY}")
    app = start_app()
    tray_host.wait_item(app.pid)
    app.process.wait_line("kind=log attempt=1 outcome=Done")
    app.sync()
    assert app.status()["entry"]["card_id"] == KEYED_CARD_ID
    assert app.ask("stop")["exit"] == 3  # its log waits, as above
    (entry,) = entries_of(app)
    logs = [each for each in entry["deliveries"] if each["kind"] == "log"]
    assert [(each["minutes"] in (20, 21), each["state"]) for each in logs] == [(True, "waiting")]
    app.quit()


def test_on_wake_it_looks_and_not_when_falling_asleep(
    logind: Callable[[bool], None], app: WholeApp, phone: Phone, services: Services
) -> None:
    runs(app, services, wanted=False, requests=1)
    asked = services.count(("GET", "/user/working_users$"))
    phone.start()
    logind(True)
    logind(False)
    app.process.wait_line("the computer woke")
    services.answered(("GET", "/user/working_users$"), asked + 1)
    app.sync()
    assert app.status()["state"] == "running"
    phone.stop()
    logind(False)
    services.answered(("GET", "/user/working_users$"), asked + 3)
    app.sync()
    assert app.status()["state"] == "idle"
    assert app.status()["deliveries"]["waiting"] == 1
    app.quit()
