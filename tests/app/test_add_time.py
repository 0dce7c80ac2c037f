"""Add time with a person's keys: what was forgotten reaches both services."""

from __future__ import annotations

import pytest

from tests.app.conftest import TITLE, agree, entries_of
from tests.support.desktop import Desktop, Window
from tests.support.services import Services
from tests.support.tray_host import TrayItem
from tests.support.whole_app import WholeApp, journal_rows
from timer_app.sandbox.world import CARD_ID


@pytest.fixture
def window(app: WholeApp, item: TrayItem, desktop: Desktop) -> Window:
    """The window, open and ready to be typed into."""
    item.click("Add time…")
    window = desktop.wait_window("Add time", pid=app.pid)
    desktop.wait_active(window)
    return window


def test_keys_alone_add_an_entry(
    app: WholeApp, item: TrayItem, desktop: Desktop, window: Window, services: Services
) -> None:
    desktop.type(str(CARD_ID))
    desktop.key("Return")
    app.process.wait_line(f"Kaiten GET /api/latest/cards/{CARD_ID} -> 200")
    desktop.type("-20m")
    desktop.key("Tab", "Tab")
    desktop.type("0:15")
    desktop.key("Tab")
    desktop.type("forgotten")
    desktop.key("Return")
    desktop.wait_gone(window)
    assert app.sync() == 0
    (entry,) = entries_of(app)
    assert (entry["task"], entry["comment"], entry["source"]) == (TITLE, "forgotten", "manual")
    assert entry["seconds"] == 900
    agree(app, services)
    assert "Today 0:15" in item.facts().tooltip


def test_it_ends_in_the_rows_that_the_command_makes(
    app: WholeApp, desktop: Desktop, window: Window, services: Services
) -> None:
    desktop.type("tidy the desk")
    desktop.key("Return")
    desktop.type("-50m")
    desktop.key("Tab", "Tab")
    desktop.type("10")
    desktop.key("Return")
    desktop.wait_gone(window)
    assert app.sync() == 0
    by_window = journal_rows(app.home)
    app.ask("add", task="tidy the desk", **{"from": "-30m", "for": "10"})
    assert app.sync() == 0
    assert journal_rows(app.home) == by_window * 2
    agree(app, services)
