"""The history with a person's keys: each act is seen in the journal and in both services."""

from __future__ import annotations

import pytest

from tests.app.conftest import TITLE, card_address, entries_of, near
from tests.support.desktop import Desktop, Window
from tests.support.services import Services
from tests.support.tray_host import TrayItem
from tests.support.whole_app import WholeApp


@pytest.fixture
def window(app: WholeApp, item: TrayItem, desktop: Desktop, services: Services) -> Window:
    """Two entries were delivered, and the history shows them."""
    card = card_address(services)
    assert app.ask("add", card=card, **{"from": "-50m", "for": "20m"})["exit"] == 0
    assert app.ask("add", task="Read mail", **{"from": "-20m", "for": "10m"})["exit"] == 0
    item.click("History…")
    window = desktop.wait_window("History", pid=app.pid)
    desktop.wait_active(window)
    return window


def agree(app: WholeApp, services: Services) -> None:
    """Both services hold what the journal says, in whatever order they were told."""
    told = sorted(entries_of(app), key=lambda each: str(each["started_at"]))
    held = sorted(services.entries(), key=lambda each: each.started_at)
    assert [each.task for each in held] == [each["task"] for each in told]
    for entry, one in zip(held, told, strict=True):
        assert near(entry.started_at, one["started_at"]), (entry, one)
        assert near(entry.stopped_at, one["stopped_at"]), (entry, one)
    minutes = [-(-each["seconds"] // 60) for each in told if each["card_id"] and each["stopped_at"]]
    assert sorted(log.minutes for log in services.logs()) == sorted(minutes)


@pytest.mark.usefixtures("window")
def test_delete_and_undo(
    app: WholeApp, item: TrayItem, desktop: Desktop, services: Services
) -> None:
    desktop.key("Home", "Down", "Delete")  # the card's, below the newest
    item.wait_tooltip("Today 0:10")
    assert app.sync() == 0
    assert [each["task"] for each in entries_of(app)] == ["Read mail"]
    assert services.logs() == []
    agree(app, services)
    desktop.key("ctrl+z")
    item.wait_tooltip("Today 0:30")
    assert app.sync() == 0
    assert [each["task"] for each in entries_of(app)] == [TITLE, "Read mail"]
    agree(app, services)


def test_edit(
    app: WholeApp, item: TrayItem, desktop: Desktop, services: Services, window: Window
) -> None:
    desktop.key("Home", "Down", "Return")
    editing = desktop.wait_window("Edit entry", pid=app.pid)
    desktop.wait_active(editing)
    desktop.key("End", "alt+l")
    desktop.type("10m")  # the length; the end follows
    desktop.key("Return")
    desktop.wait_gone(editing)
    desktop.wait_active(window)
    item.wait_tooltip("Today 0:20")
    assert app.sync() == 0
    assert [log.minutes for log in services.logs()] == [10]
    agree(app, services)


@pytest.mark.usefixtures("window")
def test_split(app: WholeApp, item: TrayItem, desktop: Desktop, services: Services) -> None:
    desktop.key("Home", "Down", "ctrl+t")
    splitting = desktop.wait_window("Split entry", pid=app.pid)
    desktop.wait_active(splitting)
    desktop.key("Return")  # in the middle
    desktop.wait_gone(splitting)
    assert app.sync() == 0
    assert len(entries_of(app)) == 3
    item.wait_tooltip("Today 0:30")
    agree(app, services)


@pytest.mark.usefixtures("window")
def test_continue(app: WholeApp, item: TrayItem, desktop: Desktop, services: Services) -> None:
    desktop.key("Home", "Down", "ctrl+Return")
    item.wait_tooltip(TITLE)
    assert app.status()["entry"]["task"] == TITLE
    assert app.sync() == 0
    agree(app, services)


def test_nothing_is_lost_by_closing_it(app: WholeApp, desktop: Desktop, window: Window) -> None:
    desktop.key("Escape")
    desktop.wait_gone(window)
    assert app.status()["state"] == "idle"
    assert len(entries_of(app)) == 2
