"""An address pasted into the panel, and an address on the command line of a running app."""

from __future__ import annotations

import json

import pytest

from tests.app.conftest import RunCommand
from tests.support.desktop import Desktop
from tests.support.services import START, Services
from tests.support.tray_host import TrayItem
from tests.support.whole_app import WholeApp

PAGE = "https://example.com/a?b=1"
ROOM = "https://www.chatwork.com/#!rid123456"
MESSAGE = f"{ROOM}-123456789012345678"


@pytest.mark.usefixtures("panel")
def test_a_message_is_started_by_keyboard_alone(
    app: WholeApp, item: TrayItem, desktop: Desktop, services: Services
) -> None:
    desktop.paste(MESSAGE)
    desktop.key("Return")
    desktop.type("Answer them")
    desktop.key("Tab")
    desktop.type("Sales")
    desktop.key("Return")
    item.wait_tooltip("Answer them")
    assert app.status()["entry"]["address"] == MESSAGE
    body = json.loads(services.answered(START).body)
    assert body["parent"] == {"key": ROOM, "title": "Sales", "url": ROOM}
    assert (body["task"]["key"], body["task"]["url"]) == (MESSAGE, MESSAGE)
    assert item.menu().find("Open in browser").enabled


def test_the_command_line_of_a_running_app(
    app: WholeApp, services: Services, command: RunCommand
) -> None:
    assert command("start", PAGE)[0] == 2
    assert command("start", "https://me:pw@example.com/", "--task", "Read it")[0] == 1
    assert app.status()["state"] == "idle"
    assert command("start", f"{PAGE}#c", "--task", "Read it")[0] == 0
    body = json.loads(services.answered(START).body)
    assert (body["task"]["key"], body["task"]["url"]) == (PAGE, PAGE)
    assert "parent" not in body
