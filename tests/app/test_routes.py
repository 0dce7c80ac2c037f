"""A team and a category on the command line of a running app, and the panel's chip by keyboard."""

from __future__ import annotations

import json

from tests.app.conftest import RunCommand
from tests.support.desktop import Desktop
from tests.support.services import START, Services
from tests.support.tray_host import TrayItem
from tests.support.whole_app import WholeApp
from timer_app.sandbox.world import CARD_ID


def test_the_command_line_of_a_running_app(
    app: WholeApp, services: Services, command: RunCommand
) -> None:
    assert command("start", "--task", "A", "--team", "x")[0] == 2
    assert command("start", "--task", "A", "--team", "5")[0] == 1
    assert command("start", "--task", "A", "--category", "Nowhere")[0] == 1
    assert app.status()["state"] == "idle"
    assert command("start", "--task", "A", "--category", "timer app")[0] == 0
    body = json.loads(services.answered(START).body)
    assert (body["task"]["team_id"], body["task"]["parent_id"]) == ("11609", "36544")


def test_a_category_is_chosen_by_keyboard_before_the_start(
    app: WholeApp, item: TrayItem, desktop: Desktop, services: Services
) -> None:
    known = app.ask("start", task="Before", team="11609", category="timer app")
    assert known["exit"] == 0
    item.secondary_activate()
    window = desktop.wait_window("Timer App", pid=app.pid)
    desktop.wait_active(window)
    desktop.type(str(CARD_ID))
    app.process.wait_line(f"Kaiten GET /api/latest/cards/{CARD_ID} -> 200")
    desktop.key("Tab", "Tab", "space")
    app.process.wait_line("categories -> 200")
    desktop.key("Down", "Down", "Down", "Return")
    desktop.key("shift+Tab", "shift+Tab", "Return")
    item.wait_tooltip("Ship the tray timer")
    body = json.loads(services.answered(START, 2).body)
    assert body["task"]["parent_id"] == "36544"
