"""Problems with a person's keys: decided in the window, seen in the services."""

from __future__ import annotations

import pytest

from tests.app.conftest import agree, card_address
from tests.support.desktop import Desktop, Window
from tests.support.notifications import NotificationService
from tests.support.services import LOG, Services
from tests.support.tray_host import TrayItem
from tests.support.whole_app import WholeApp, journal_rows
from timer_app.sandbox import FaultKind


@pytest.fixture
def window(
    notifications: NotificationService,
    app: WholeApp,
    item: TrayItem,
    desktop: Desktop,
    services: Services,
) -> Window:
    """A log was refused, and the window shows it."""
    assert notifications.up == {}
    services.plan(FaultKind.STATUS, LOG, status=402)
    card = card_address(services)
    assert app.ask("add", card=card, **{"from": "-20m", "for": "10m"})["exit"] == 4
    item.wait_tooltip("Needs your attention: 1")
    item.click("Problems (1)…")
    window = desktop.wait_window("Problems", pid=app.pid)
    desktop.wait_active(window)
    return window


@pytest.mark.usefixtures("window")
def test_try_again(app: WholeApp, item: TrayItem, desktop: Desktop, services: Services) -> None:
    desktop.key("space")  # the first button has the keyboard
    item.wait(lambda facts: "Needs" not in facts.tooltip, "nobody to be needed")
    assert app.sync() == 0
    agree(app, services)


@pytest.mark.usefixtures("window")
def test_never_send_and_undo(
    app: WholeApp, item: TrayItem, desktop: Desktop, services: Services
) -> None:
    desktop.key("Tab", "Tab", "space")
    item.wait(lambda facts: "Needs" not in facts.tooltip, "nobody to be needed")
    assert [row.state for row in journal_rows(app.home)] == ["done", "dropped"]
    desktop.key("alt+u")
    item.wait_tooltip("Needs your attention: 1")
    assert [row.state for row in journal_rows(app.home)] == ["done", "blocked"]
    assert services.logs() == []


def test_nothing_is_lost_by_closing_it(app: WholeApp, desktop: Desktop, window: Window) -> None:
    desktop.key("Escape")
    desktop.wait_gone(window)
    assert len(app.ask("problems")["document"]) == 1
