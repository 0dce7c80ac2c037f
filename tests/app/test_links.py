"""Links as a browser opens them: asked about, answered by real keys, seen at the services."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

import pytest

from tests.app.conftest import TITLE, RunCommand, StartApp, agree, card_address, entries_of
from tests.conftest import StartProcess
from tests.support.desktop import Desktop, Window
from tests.support.services import Services
from tests.support.tray_host import TrayHost
from tests.support.whole_app import WholeApp
from timer_app.sandbox.world import KEYED_CARD_ID

QUESTION = "Timer App: a link"
FOUND = "the card of a link was asked for: found=True"


def link_to(services: Services, **more: str) -> str:
    """A link that starts an entry on the card."""
    return f"timer-app://start?{urlencode({'card': card_address(services), **more})}"


def question(desktop: Desktop, app: WholeApp) -> Window:
    """The window that asks, in front."""
    window = desktop.wait_window(QUESTION, pid=app.pid)
    desktop.wait_active(window)
    return window


def test_yes_starts_the_entry_and_both_services_hold_it(
    app: WholeApp,
    desktop: Desktop,
    other_window: Window,
    services: Services,
    command: RunCommand,
) -> None:
    app.ask("start", task="Before", at="-3m")
    desktop.click(other_window.centre)
    desktop.type("some words")
    assert command(link_to(services, comment="Из ссылки & more"))[0] == 0
    window = question(desktop, app)
    assert app.status()["entry"]["task"] == "Before"
    app.process.wait_line(FOUND)
    desktop.key("alt+s")
    desktop.wait_gone(window)
    status = app.status()
    assert (status["entry"]["task"], status["entry"]["comment"]) == (TITLE, "Из ссылки & more")
    assert app.ask("stop")["exit"] == 0
    assert app.sync() == 0
    assert [entry["source"] for entry in entries_of(app)] == ["cli", "click"]
    agree(app, services)


@pytest.mark.parametrize("key", ["Return", "Escape", "space", "alt+c"])
def test_no_is_what_a_key_under_way_says(
    app: WholeApp, desktop: Desktop, services: Services, command: RunCommand, key: str
) -> None:
    assert command(link_to(services))[0] == 0
    window = question(desktop, app)
    desktop.key(key)
    desktop.wait_gone(window)
    assert app.status()["state"] == "idle"
    assert services.entries() == []


def test_a_stop_is_asked_about_too(
    app: WholeApp, desktop: Desktop, services: Services, command: RunCommand
) -> None:
    app.ask("start", card=card_address(services), at="-2m")
    assert command("timer-app://stop")[0] == 0
    window = question(desktop, app)
    assert app.status()["state"] == "running"
    desktop.key("Tab", "Return")  # from Cancel to Stop
    desktop.wait_gone(window)
    assert app.status()["state"] == "idle"
    assert app.sync() == 0
    agree(app, services)
    assert len(services.logs()) == 1


def test_a_hundred_links_are_one_window(
    app: WholeApp, desktop: Desktop, services: Services
) -> None:
    assert app.ask("link", link=link_to(services))["exit"] == 0
    question(desktop, app)
    for number in range(100):
        answer = app.ask("link", link=f"timer-app://start?card={KEYED_CARD_ID + number}")
        assert answer["exit"] == 1
        assert "Another link waits" in answer["messages"][0]
    app.process.wait_line(FOUND)
    assert len([window for window in desktop.windows() if window.pid == app.pid]) == 1
    window = question(desktop, app)
    desktop.key("alt+s")
    desktop.wait_gone(window)
    assert app.status()["entry"]["task"] == TITLE  # that of the first


@pytest.mark.parametrize(
    ("link", "why"),
    [
        ("timer-app://start?card=https://evil.example/1", "belongs to evil.example"),
        ("timer-app://start?card=1&at=09:00", "unknown part: “at”"),
        ("timer-app://format", "“format” is not a link of Timer App"),
    ],
)
def test_a_link_that_cannot_be_used_says_why(
    app: WholeApp, desktop: Desktop, command: RunCommand, link: str, why: str
) -> None:
    assert why in app.ask("link", link=link)["messages"][0]
    window = question(desktop, app)
    desktop.key("Return")
    desktop.wait_gone(window)
    assert command(link)[0] == 1
    question(desktop, app)
    assert app.status()["state"] == "idle"


def test_the_app_starts_with_a_link(
    signed_in: object,
    tray_host: TrayHost,
    start_process: StartProcess,
    app_environment: Mapping[str, str],
    desktop: Desktop,
    services: Services,
    app_home: object,
    start_app: StartApp,
) -> None:
    """Killed while the question is open: nothing was done, so nothing is lost."""
    assert signed_in
    process = start_process(["timer-app", link_to(services)], env=app_environment)
    window = desktop.wait_window(QUESTION, pid=process.pid)
    desktop.wait_active(window)
    tray_host.wait_item(process.pid)
    process.kill()
    assert app_home
    again = start_app()
    assert again.status()["state"] == "idle"
    assert services.entries() == []
    assert all(QUESTION not in window.title for window in desktop.windows())
    assert again.ask("link", link=link_to(services))["exit"] == 0
    question(desktop, again)


def test_killed_after_the_yes(
    app: WholeApp, desktop: Desktop, services: Services, start_app: StartApp
) -> None:
    app.ask("start", task="Before", at="-3m")
    app.ask("link", link=link_to(services))
    window = question(desktop, app)
    app.process.wait_line(FOUND)
    desktop.key("alt+s")
    desktop.wait_gone(window)
    app.process.kill()
    again = start_app()
    assert again.status()["entry"]["task"] == TITLE
    again.ask("stop")
    assert again.sync() == 0
    agree(again, services)


def test_quitting_with_the_question_open(
    app: WholeApp, desktop: Desktop, services: Services
) -> None:
    app.ask("link", link=link_to(services))
    question(desktop, app)
    app.quit()
    assert services.entries() == []
