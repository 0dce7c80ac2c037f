"""The panel with a person's keys: find a task, start it, switch, and comment on it."""

from __future__ import annotations

import json

import pytest

from tests.app.conftest import TITLE, agree, card_address, entries_of, work_before
from tests.support.desktop import Desktop, Window
from tests.support.services import LOG, START, Services
from tests.support.tray_host import TrayItem
from tests.support.whole_app import WholeApp
from timer_app.domain.delivery.log_reference import split_comment
from timer_app.sandbox import add_teams
from timer_app.sandbox.world import (
    CALL_TASK_ID,
    CARD_ID,
    CARD_KEY,
    FORBIDDEN_CARD_ID,
    KEYED_CARD_ID,
    SECOND_TEAM_ID,
)

OTHER = "Keep an entry exactly once when the network drops"


@pytest.mark.usefixtures("panel")
def test_a_pasted_address_is_looked_up_and_started(
    app: WholeApp, item: TrayItem, desktop: Desktop, services: Services
) -> None:
    desktop.paste(card_address(services) + "?focus=comments")
    app.process.wait_line(f"Kaiten GET /api/latest/cards/{CARD_ID} -> 200")
    desktop.key("Return")
    item.wait_tooltip(TITLE)
    assert app.status()["entry"]["card_id"] == CARD_ID
    assert app.sync() == 0
    agree(app, services)


@pytest.mark.parametrize("typed", [f"#{KEYED_CARD_ID}", CARD_KEY.lower()])
@pytest.mark.usefixtures("panel")
def test_a_number_or_key_and_enter_at_once(
    item: TrayItem, desktop: Desktop, services: Services, typed: str
) -> None:
    desktop.type(typed)
    desktop.key("Return")
    item.wait_tooltip(OTHER)
    services.answered(START)


@pytest.mark.usefixtures("panel")
def test_words_find_a_card_of_kaiten(
    app: WholeApp, item: TrayItem, desktop: Desktop, services: Services
) -> None:
    services.answered(("GET", "/cards$"), count=2)  # own ones
    desktop.paste("отчёт за месяц")
    services.answered(("GET", "/cards$"), count=3)
    desktop.key("Up", "Return")  # the cards stand above the words themselves
    item.wait_tooltip("Ошибка: отчёт за месяц пуст")
    assert app.status()["entry"]["card_id"] == 63258152
    assert app.sync() == 0
    agree(app, services)


@pytest.mark.usefixtures("panel")
def test_words_alone_are_a_task_without_a_card(
    app: WholeApp, item: TrayItem, desktop: Desktop, services: Services
) -> None:
    desktop.type("tidy the desk")
    desktop.key("Return")
    item.wait_tooltip("tidy the desk")
    item.activate()
    item.wait_tooltip("Nothing is running")
    assert app.sync() == 0
    agree(app, services)
    assert services.logs() == []


def test_a_recent_task_is_chosen_with_the_keys_alone(
    app: WholeApp, item: TrayItem, desktop: Desktop, services: Services
) -> None:
    work_before(app, services)
    work_before(app, services, KEYED_CARD_ID)
    item.secondary_activate()
    desktop.wait_active(desktop.wait_window("Timer App", pid=app.pid))
    desktop.key("Down", "Return")
    item.wait_tooltip(TITLE)


def test_a_switch_from_the_panel_keeps_the_comment(
    app: WholeApp, item: TrayItem, panel: Window, desktop: Desktop, services: Services
) -> None:
    desktop.type(str(CARD_ID))
    desktop.key("Return")
    item.wait_tooltip(TITLE)
    desktop.type("first half")  # Enter put the keyboard into the comment
    desktop.key("Escape")
    desktop.wait_gone(panel)
    item.secondary_activate()
    panel = desktop.wait_window("Timer App", pid=app.pid)
    desktop.wait_active(panel)
    desktop.type(str(KEYED_CARD_ID))
    desktop.key("Return")
    item.wait_tooltip(OTHER)
    item.click("Stop")
    item.wait_tooltip("Nothing is running")
    assert app.sync() == 0
    assert [entry["comment"] for entry in entries_of(app)] == ["first half", ""]
    agree(app, services)


def test_a_comment_is_kept_when_the_command_line_stops(
    app: WholeApp, item: TrayItem, panel: Window, desktop: Desktop, services: Services
) -> None:
    desktop.type(str(CARD_ID))
    desktop.key("Return")
    item.wait_tooltip(TITLE)
    desktop.type("said in the panel")
    desktop.key("Tab")  # leaving the field commits it: an event to wait for
    desktop.key("shift+Tab", "End")
    desktop.type(", and more")
    desktop.key("Escape")
    desktop.wait_gone(panel)
    assert app.ask("stop")["exit"] == 0
    assert [split_comment(log.comment or "")[0] for log in services.logs()] == [
        "said in the panel, and more"
    ]
    agree(app, services)


def test_a_card_that_may_not_be_seen_starts_nothing(
    app: WholeApp, panel: Window, desktop: Desktop, services: Services
) -> None:
    desktop.type(str(FORBIDDEN_CARD_ID))
    desktop.key("Return")
    app.process.wait_line(f"Kaiten GET /api/latest/cards/{FORBIDDEN_CARD_ID} -> Refused 403")
    desktop.key("Escape")
    desktop.wait_gone(panel)
    assert app.status()["state"] == "idle"
    assert services.entries() == []


def test_the_panel_goes_and_the_app_stays(
    app: WholeApp, item: TrayItem, panel: Window, desktop: Desktop
) -> None:
    desktop.key("Escape")
    desktop.wait_gone(panel)
    assert app.status()["state"] == "idle"
    item.secondary_activate()
    again = desktop.wait_window("Timer App", pid=app.pid)
    desktop.wait_active(again)
    desktop.key("alt+F4")
    desktop.wait_gone(again)
    assert app.status()["state"] == "idle"


def test_one_of_timecrowds_tasks_is_found_by_its_title_and_started_in_its_team(
    app: WholeApp, item: TrayItem, desktop: Desktop, services: Services
) -> None:
    services.do(lambda: add_teams(services.sandbox.world, services.sandbox.clock()))
    item.secondary_activate()
    desktop.wait_active(desktop.wait_window("Timer App", pid=app.pid))
    desktop.type("weekly")
    app.process.wait_line("TimeCrowd GET /api/v1/search/tasks -> 200")
    desktop.key("Up", "Return")  # it stands above the word itself
    item.wait_tooltip("Weekly call with Acme")
    start = ("POST", f"/api/v1/teams/{SECOND_TEAM_ID}/tasks/{CALL_TASK_ID}/start$")
    assert services.answered(start).body == "{}"
    assert app.sync() == 0
    assert [entry["task"] for entry in entries_of(app)] == ["Weekly call with Acme"]


def test_one_of_my_cards_is_chosen_with_the_keys_and_asked_for_once(
    app: WholeApp, item: TrayItem, panel: Window, desktop: Desktop, services: Services
) -> None:
    mine = ("GET", "/api/latest/cards$")
    services.answered(mine, count=2)  # as a member, and as the one who is responsible
    desktop.key("Escape")
    desktop.wait_gone(panel)
    item.secondary_activate()
    desktop.wait_active(desktop.wait_window("Timer App", pid=app.pid))
    desktop.key("Down", "Return")  # the first of them, the latest changed, is under the second
    item.wait_tooltip(OTHER)
    assert services.count(mine) == 2, "a minute has not passed"
    started = json.loads(services.answered(START).body)
    assert started["task"]["url"] == card_address(services, KEYED_CARD_ID)
    item.click("Stop")
    item.wait_tooltip("Nothing is running")
    assert json.loads(services.answered(LOG).body)["time_spent"] == 1
    assert app.sync() == 0
    agree(app, services)
