"""Two computers of one person: two tray apps against one TimeCrowd and one Kaiten."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from tests.app.conftest import card_address, entries_of, set_up
from tests.conftest import StartProcess
from tests.support.services import Services
from tests.support.tray_host import TrayHost
from tests.support.whole_app import WholeApp
from timer_app.domain.delivery.log_reference import split_comment

StartOther = Callable[[], WholeApp]


@pytest.fixture
def start_other(
    app: WholeApp,
    services: Services,
    start_process: StartProcess,
    app_environment: Mapping[str, str],
    tmp_path: Path,
) -> Iterator[StartOther]:
    """Starts the tray app of the same user's second computer, which has files of its own."""
    assert app.process.running
    home = set_up(tmp_path / "second", services)
    environment = {**app_environment, "TIMER_APP_HOME": str(home)}
    started: list[WholeApp] = []

    def start() -> WholeApp:
        started.append(WholeApp(start_process(["timer-app"], env=environment), home))
        started[-1].wait_started()
        return started[-1]

    yield start
    for each in started:
        assert not each.complaints(), each.process.transcript()


@pytest.fixture
def other(start_other: StartOther) -> WholeApp:
    return start_other()


def log_states(app: WholeApp) -> list[str]:
    """The states of the logs of everything that is in the journal."""
    deliveries = [each for entry in entries_of(app) for each in entry["deliveries"]]
    return [each["state"] for each in deliveries if each["kind"] == "log"]


def held_once(services: Services, *minutes: int) -> None:
    """TimeCrowd has one entry, and Kaiten its one log, under its name."""
    (entry,), (log,) = services.entries(), services.logs()
    assert entry.stopped_at is not None
    assert log.minutes in minutes
    words, name = split_comment(log.comment or "")
    assert (words, (name or "").startswith("TimeCrowd ")) == ("Review", True)


def test_a_click_on_one_stops_what_the_other_began(
    notifications: object,
    app: WholeApp,
    other: WholeApp,
    tray_host: TrayHost,
    services: Services,
) -> None:
    assert notifications
    begun = app.ask("start", card=card_address(services), comment="Review", at="-29m")
    assert begun["exit"] == 0
    assert other.sync() == 0
    assert other.status()["state"] == "running"
    there = tray_host.wait_item(other.pid)
    there.wait_tooltip("Ship the tray timer")
    there.activate()
    other.process.wait_line("kind=stop attempt=1 outcome=Done")
    assert app.sync() == 0
    assert app.status()["state"] == "idle"
    held_once(services, 29, 30)
    other.sync()  # its turn comes in two minutes: it waits
    assert log_states(app) == ["done"]
    assert log_states(other) == ["waiting"]
    app.quit()
    other.quit()


def test_who_is_killed_over_the_stop_of_the_other_logs_nothing_twice(
    app: WholeApp, start_other: StartOther, services: Services, start_app: Callable[[], WholeApp]
) -> None:
    """Both have their turn when they are back: who comes second claims what is there."""
    app.ask("start", card=card_address(services), comment="Review", at="-35m")
    other = start_other()
    assert other.sync() == 0
    assert other.ask("stop", at="-5m", wait="0")["exit"] == 3
    other.process.kill()
    assert app.sync() == 0
    app.process.kill()
    again = start_other()
    assert again.sync() == 0
    back = start_app()
    assert back.sync() == 0
    held_once(services, 30, 31)
    assert log_states(again) == log_states(back) == ["done"]
    for each in (again, back):
        assert each.ask("problems")["document"] == []
        each.quit()
