"""An address pasted into the panel, and an address on the command line of a running app."""

from __future__ import annotations

import json

import pytest

from tests.app.conftest import RunCommand, card_address
from tests.support.desktop import Desktop
from tests.support.services import START, Services
from tests.support.tray_host import TrayItem
from tests.support.whole_app import WholeApp
from timer_app.sandbox import add_teams
from timer_app.sandbox.world import CARD_ID, SECOND_CATEGORY_ID, SECOND_TEAM_ID

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


def test_the_command_line_of_a_running_app_starts_a_task_of_timecrowds(
    app: WholeApp, item: TrayItem, services: Services, command: RunCommand
) -> None:
    """In the task's own team; its address is a card's, which gets the log."""
    sandbox = services.sandbox

    def add_task() -> int:
        add_teams(sandbox.world, sandbox.clock())
        address = card_address(services)
        made = sandbox.timecrowd.state.add_task(
            SECOND_TEAM_ID, "Ship it", address, SECOND_CATEGORY_ID, sandbox.clock()
        )
        return made.id

    task_id = services.do(add_task)
    assert command("start", "--timecrowd-task", "999999")[0] == 1
    assert command("start", "--timecrowd-task", str(task_id), "--team", "x")[0] == 2
    assert app.status()["state"] == "idle"
    started = command("start", "--timecrowd-task", str(task_id), "--at", "-10m", "--json")
    assert started[0] == 0
    entry = json.loads(started[1])["entry"]
    assert (entry["task"], entry["card_id"]) == ("Ship it", CARD_ID)
    item.wait_tooltip("Ship it")
    path = f"/api/v1/teams/{SECOND_TEAM_ID}/tasks/{task_id}/start$"
    assert services.answered(("POST", path)).body == "{}"
    assert command("stop")[0] == 0
    assert [log.card_id for log in services.logs()] == [CARD_ID]
