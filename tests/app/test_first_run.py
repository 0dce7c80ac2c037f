"""From nothing to a delivered entry by keyboard alone; settings in a window and in the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.conftest import RunCommand, StartApp, near
from tests.support.desktop import Desktop, Window
from tests.support.environment import Home
from tests.support.secret_service import SecretService
from tests.support.services import START, STOP, Services
from tests.support.tray_host import TrayHost
from tests.support.whole_app import WholeApp, settings_text

STEPS = "Timer App – First steps"
SETTINGS = "Timer App – Settings"
TEAM = 11609


@pytest.fixture
def app_home(home: Home) -> Path:
    """TIMER_APP_HOME with nothing in it."""
    folder = home.path / "app"
    folder.mkdir(mode=0o700, parents=True)
    return folder


@pytest.fixture
def app(secret_service: object, tray_host: object, start_app: StartApp) -> WholeApp:
    """The app, started for the first time, with an empty keyring."""
    assert secret_service
    assert tray_host
    return start_app(own_interpreter=True)


@pytest.fixture
def steps(app: WholeApp, desktop: Desktop) -> Window:
    """The first steps, which come by themselves."""
    window = desktop.wait_window(STEPS, pid=app.pid)
    desktop.wait_active(window)
    return window


@pytest.fixture
def at_stand_in(steps: Window, command: RunCommand, services: Services) -> Window:
    """The first steps where TimeCrowd is at another address, for which they do not ask."""
    assert command("config", "set", "timecrowd.url", services.timecrowd_url)[0] == 0
    return steps


def test_from_nothing_to_a_delivered_entry(
    app: WholeApp,
    at_stand_in: Window,
    desktop: Desktop,
    services: Services,
    secret_service: SecretService,
    app_home: Path,
) -> None:
    sandbox = services.sandbox
    desktop.key("alt+o")
    desktop.type(sandbox.timecrowd_token)
    desktop.key("Return")
    app.process.wait_line("TimeCrowd GET /api/v1/teams -> 200")
    desktop.key("alt+m", "ctrl+a")
    desktop.type(str(TEAM))
    desktop.key("Tab")
    app.process.wait_line(f"TimeCrowd GET /api/v1/teams/{TEAM}/categories -> 200")
    desktop.key("alt+n")
    desktop.wait_window("2 of 3", pid=app.pid)
    desktop.type(services.kaiten_url)
    desktop.key("alt+o")
    desktop.type(sandbox.kaiten_token)
    desktop.key("alt+n")  # takes the token first
    app.process.wait_line("Kaiten GET /api/latest/user-roles -> 200")
    desktop.key("alt+n")
    desktop.wait_window("3 of 3", pid=app.pid)
    desktop.type("the first entry")
    desktop.key("Return")
    services.answered(START)
    desktop.key("alt+o")
    services.answered(STOP)
    desktop.key("alt+d")
    desktop.wait_gone(at_stand_in)
    (entry,) = services.entries()
    assert entry.task == "the first entry"
    assert near(entry.stopped_at, app.ask("log")["document"][0]["stopped_at"])
    for name, token in (("timecrowd", sandbox.timecrowd_token), ("kaiten", sandbox.kaiten_token)):
        assert secret_service.read("timer-app", name) == token
        assert token not in app.process.transcript()
        assert all(token.encode() not in file.read_bytes() for file in files(app_home))


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_token_that_is_refused_is_not_kept_and_not_lost(
    app: WholeApp,
    at_stand_in: Window,
    desktop: Desktop,
    secret_service: SecretService,
) -> None:
    desktop.key("alt+o")
    desktop.type("canary-wrong-token")
    desktop.key("Return")
    app.process.wait_line("TimeCrowd GET /api/v1/user -> Unauthorized")
    desktop.key("alt+n")  # tries it again: it still stands there
    app.process.wait_line("TimeCrowd GET /api/v1/user -> Unauthorized")
    assert secret_service.read("timer-app", "timecrowd") is None
    assert "canary" not in app.process.transcript()
    desktop.key("Escape")
    desktop.wait_gone(at_stand_in)
    assert app.ask("start", task="kept here")["exit"] == 0


def test_who_skips_all_of_it_is_not_asked_again(
    app: WholeApp, steps: Window, desktop: Desktop, start_app: StartApp, app_home: Path
) -> None:
    for step, key in (("2 of 3", "alt+w"), ("3 of 3", "alt+w")):
        desktop.key(key)
        desktop.wait_window(step, pid=app.pid)
    desktop.key("alt+d")
    desktop.wait_gone(steps)
    app.quit()
    assert 'url = "https://timecrowd.net"' in (app_home / "settings.toml").read_text()
    again = start_app()
    again.status()
    assert [each for each in desktop.windows() if each.title.startswith(STEPS)] == []


@pytest.mark.usefixtures("secret_service")
@pytest.mark.parametrize("replaced", [True, False], ids=["replaced", "written over"])
def test_settings_are_the_same_in_window_command_and_file(
    services: Services,
    tray_host: TrayHost,
    start_app: StartApp,
    desktop: Desktop,
    command: RunCommand,
    app_home: Path,
    replaced: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    file = app_home / "settings.toml"
    file.write_text(settings_text(services.timecrowd_url, services.kaiten_url, "# mine\n"))
    app = start_app()
    tray_host.wait_item(app.pid).click("Settings…")
    window = desktop.wait_window(SETTINGS, pid=app.pid)
    desktop.wait_active(window)
    desktop.key("Down", "Down", "alt+b", "ctrl+a")
    desktop.type("4:30")
    desktop.key("Tab")
    assert app.ask("status")["exit"] == 0  # the window's change comes before
    by_window = file.read_text()
    assert "# mine" in by_window
    assert command("config", "set", "time.day_start", "00:00")[0] == 0
    assert command("config", "set", "time.day_start", "04:30")[0] == 0
    assert file.read_text() == by_window
    for line, text in (
        (
            "the settings of before stay in force: .*ui.languages",
            by_window + "[ui]\nlanguages = 1\n",
        ),
        ("other settings are in force", by_window + '[ui]\nclick = "open"\n'),
    ):
        if replaced:
            (app_home / "new").write_text(text)
            (app_home / "new").rename(file)
        else:
            file.write_text(text)
        app.process.wait_line(line)
    desktop.key("Escape")
    desktop.wait_gone(window)
    tray_host.wait_item(app.pid).activate()
    desktop.wait_active(desktop.wait_window("Timer App", pid=app.pid))
