"""The older kind of tray, with a real mouse; keys and clicks reach the app in their order."""

from __future__ import annotations

import pytest

from tests.app.conftest import TITLE, StartApp, agree, card_address, entries_of, work_before
from tests.support.desktop import MIDDLE, RIGHT, Desktop, Window
from tests.support.services import START, STOP, Services
from tests.support.whole_app import WholeApp
from timer_app.domain.delivery.log_reference import split_comment


@pytest.fixture
def app(signed_in: object, trayer: object, start_app: StartApp) -> WholeApp:
    """The app in trayer's tray."""
    assert signed_in
    assert trayer
    return start_app()


@pytest.fixture
def icon(desktop: Desktop, app: WholeApp) -> Window:
    """Its icon."""
    return desktop.wait_tray_icon(pid=app.pid)


def test_a_click_starts_and_another_stops(
    app: WholeApp, icon: Window, desktop: Desktop, services: Services
) -> None:
    work_before(app, services)
    desktop.click(icon.centre)
    services.answered(START, 2)
    assert app.status()["entry"]["task"] == TITLE
    x, y = icon.centre
    desktop.click((x + 8, y))  # so far away that Qt does not take it for half a double click
    services.answered(STOP)
    assert app.sync() == 0
    assert [entry["source"] for entry in entries_of(app)] == ["manual", "click"]
    assert len(services.logs()) == 2
    agree(app, services)


def test_a_double_click_loses_nothing(
    app: WholeApp, icon: Window, desktop: Desktop, services: Services
) -> None:
    """The second of two quick clicks is Qt's DoubleClick: one start, and not a stop with it."""
    work_before(app, services)
    desktop.double_click(icon.centre)
    services.answered(START, 2)
    assert app.sync() == 0
    agree(app, services)


def test_the_panel_opens_beside_the_icon_and_on_the_screen(
    app: WholeApp, icon: Window, desktop: Desktop
) -> None:
    desktop.click(icon.centre, MIDDLE)
    panel = desktop.wait_window("Timer App", pid=app.pid)
    assert panel.x + panel.width <= 1280
    assert panel.y < 200
    assert panel.x <= icon.x <= panel.x + panel.width


def test_the_menu_with_mouse_and_keys(app: WholeApp, icon: Window, desktop: Desktop) -> None:
    desktop.click(icon.centre, RIGHT)
    menu = desktop.wait_popup(pid=app.pid)
    desktop.key("Up", "Return")  # the last entry: Quit
    desktop.wait_gone(menu)
    assert app.process.wait() == 0


def test_a_comment_typed_while_running_reaches_kaiten_though_the_tray_stops(
    app: WholeApp, icon: Window, desktop: Desktop, services: Services
) -> None:
    desktop.click(icon.centre)  # nothing to start yet
    panel = desktop.wait_window("Timer App", pid=app.pid)
    desktop.wait_active(panel)
    desktop.paste(card_address(services))
    desktop.key("Return")  # at once: it starts when Kaiten has said what card that is
    services.answered(START)
    desktop.type("drafted the release notes")
    desktop.click(icon.centre)  # the field still has the keyboard
    services.answered(STOP)
    assert app.sync() == 0
    assert [split_comment(log.comment or "")[0] for log in services.logs()] == [
        "drafted the release notes"
    ]
    assert [entry.task for entry in services.entries()] == [TITLE]
    agree(app, services)
