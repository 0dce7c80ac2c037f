"""What TimeCrowd tells over HTTP: who works, which entries, teams, categories and tasks."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from timer_app.sandbox import Sandbox, TimeCrowdSwitches, TimeEntry, add_teams
from timer_app.sandbox.world import (
    CALL_TASK_ID,
    CATEGORY_ID,
    FOREIGN_TASK_ID,
    FOREIGN_TEAM_ID,
    INVOICE_TASK_ID,
    MATE_ID,
    SECOND_TEAM_ID,
    TEAM_ID,
    USER_ID,
)

from .conftest import CARD_URL, NOW, STAMP


async def test_working_users_holds_others_too(
    timecrowd: httpx.AsyncClient, running: TimeEntry, foreign: TimeEntry
) -> None:
    people = (await timecrowd.get("/user/working_users")).json()
    assert [person["id"] for person in people] == [MATE_ID, USER_ID]
    mine = people[1]
    assert mine["time_entry"] == {
        "id": running.id,
        "started_at": "2024-12-17T00:25:38.000Z",
        "duration": 90.428,
        "comment": None,
        "can_stop": True,
    }
    assert mine["task"] == {
        "id": running.task_id,
        "key": CARD_URL,
        "title": "Ship the tray timer",
        "url": CARD_URL,
        "team_id": TEAM_ID,
        "parent_id": CATEGORY_ID,
    }
    theirs = people[0]["time_entry"]
    assert (theirs["id"], theirs["can_stop"]) == (foreign.id, False)


@pytest.mark.usefixtures("foreign")
async def test_own_entries_come_newest_first_and_page_by_page(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient, task_id: int
) -> None:
    state = sandbox.timecrowd.state
    starts = [STAMP - timedelta(hours=hours) for hours in (3, 1, 2)]
    made = [state.add_entry(USER_ID, task_id, at, at + timedelta(minutes=1), at) for at in starts]
    state.switches = TimeCrowdSwitches(page_size=2, order="newest")
    pages = [(await timecrowd.get(f"/user/time_entries?page={n}")).json() for n in (1, 2, 3)]
    assert [[row["id"] for row in page] for page in pages] == [
        [made[1].id, made[2].id],
        [made[0].id],
        [],
    ]
    row = pages[0][0]
    assert set(row) == {"id", "started_at", "stopped_at", "duration", "task"}
    assert (row["duration"], type(row["duration"])) == (60, int)
    assert row["task"]["category"] is False


async def test_own_entries_of_one_task(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient, finished: TimeEntry
) -> None:
    state = sandbox.timecrowd.state
    other = state.add_task(TEAM_ID, "Other", "https://acme.kaiten.ru/2", CATEGORY_ID, NOW)
    state.add_entry(USER_ID, other.id, STAMP, None, STAMP)
    rows = (await timecrowd.get(f"/user/time_entries?task_id={finished.task_id}&page=1")).json()
    assert [row["id"] for row in rows] == [finished.id]


@pytest.mark.usefixtures("finished", "foreign")
async def test_time_entries_holds_team_mates_entries(timecrowd: httpx.AsyncClient) -> None:
    rows = (await timecrowd.get("/time_entries")).json()
    assert [row["time_tracker_id"] for row in rows] == [MATE_ID, USER_ID]


async def test_time_entries_with_stopped_at_0_never_answers(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient
) -> None:
    only_the_answer = httpx.Timeout(30, read=1)  # connecting takes its time on a busy machine
    with pytest.raises(httpx.ReadTimeout):
        await timecrowd.get("/time_entries?stopped_at=0", timeout=only_the_answer)
    assert sandbox.timecrowd.waiting == 1


async def test_teams_and_categories(timecrowd: httpx.AsyncClient) -> None:
    teams = (await timecrowd.get("/teams")).json()
    assert [(team["id"], team["name"]) for team in teams] == [(TEAM_ID, "Demo team")]
    flat = (await timecrowd.get("/categories")).json()
    titles = ["Development", "Timer App", "Поддержка", "社内業務"]
    assert [(row["title"], row["category"]) for row in flat] == [(each, True) for each in titles]
    nested = (await timecrowd.get(f"/teams/{TEAM_ID}/categories")).json()
    assert [(row["title"], [each["title"] for each in row["children"]]) for row in nested] == [
        ("Development", ["Timer App", "Поддержка"]),
        ("社内業務", []),
    ]


async def test_tasks_are_found_by_title_and_by_use(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient, finished: TimeEntry
) -> None:
    state = sandbox.timecrowd.state
    unused = state.add_task(TEAM_ID, "Отчёт", "https://acme.kaiten.ru/2", CATEGORY_ID, NOW)
    used = state.add_task(TEAM_ID, "Report", "https://acme.kaiten.ru/3", CATEGORY_ID, NOW)
    state.add_entry(USER_ID, used.id, STAMP, None, STAMP)
    found = (await timecrowd.get("/search/tasks", params={"title": "отчёт"})).json()
    assert [task["id"] for task in found["tasks"]] == [unused.id]
    by_use = (await timecrowd.get("/tasks?sort=user_usage&limit=2")).json()
    assert [task["id"] for task in by_use["tasks"]] == [used.id, finished.task_id]
    all_of_them = (await timecrowd.get(f"/teams/{TEAM_ID}/tasks")).json()
    assert [task["title"] for task in all_of_them["tasks"]] == [
        "Ship the tray timer",
        "Отчёт",
        "Report",
    ]


async def test_tasks_of_all_ones_teams_are_found_and_started_in_their_own(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient
) -> None:
    add_teams(sandbox.world, NOW)
    teams = (await timecrowd.get("/teams")).json()
    assert [team["id"] for team in teams] == [TEAM_ID, SECOND_TEAM_ID], "not those of others"
    most_used = (await timecrowd.get("/tasks?sort=user_usage&limit=25")).json()["tasks"]
    assert [(row["id"], row["team_id"]) for row in most_used] == [
        (CALL_TASK_ID, SECOND_TEAM_ID), (INVOICE_TASK_ID, SECOND_TEAM_ID),
    ]  # fmt: skip
    started = await timecrowd.post(f"/teams/{SECOND_TEAM_ID}/tasks/{CALL_TASK_ID}/start", json={})
    assert (started.status_code, started.json()["team_id"]) == (200, SECOND_TEAM_ID)
    for path in (
        f"/teams/{TEAM_ID}/tasks/{CALL_TASK_ID}/start",
        f"/teams/{FOREIGN_TEAM_ID}/tasks/{FOREIGN_TASK_ID}/start",
    ):
        assert (await timecrowd.post(path, json={})).status_code == 404


@pytest.mark.usefixtures("running")
async def test_instants_may_come_in_another_zone(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient
) -> None:
    sandbox.timecrowd.state.switches = TimeCrowdSwitches(utc_offset_minutes=540)
    row = (await timecrowd.get("/user/time_entries")).json()[0]
    assert row["started_at"] == "2024-12-17T09:25:38.000+09:00"


async def test_an_unknown_path_is_404_as_rails_says_it(timecrowd: httpx.AsyncClient) -> None:
    response = await timecrowd.get("/nothing")
    assert (response.status_code, response.json()) == (404, {"status": 404, "error": "Not Found"})


@pytest.mark.parametrize("order", ["newest", "oldest", "random"])
async def test_pages_of_any_order_hold_each_entry_once(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient, task_id: int, order: str
) -> None:
    state = sandbox.timecrowd.state
    starts = [STAMP - timedelta(hours=hours) for hours in range(1, 10)]
    made = [state.add_entry(USER_ID, task_id, at, at, at).id for at in starts]
    state.switches = TimeCrowdSwitches(page_size=4, order=order)
    shown = await _read_pages(timecrowd)
    assert sorted(shown) == made
    assert (shown == made, shown == made[::-1]) == (order == "newest", order == "oldest")


async def test_a_seed_chooses_the_random_order(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient, task_id: int
) -> None:
    state = sandbox.timecrowd.state
    for _ in range(9):
        state.add_entry(USER_ID, task_id, STAMP, STAMP, STAMP)
    state.switches = TimeCrowdSwitches(order="random")
    first, again = await _read_pages(timecrowd), await _read_pages(timecrowd)
    state.switches = TimeCrowdSwitches(order="random", order_seed=2)
    assert first == again != await _read_pages(timecrowd)


async def _read_pages(timecrowd: httpx.AsyncClient) -> list[int]:
    rows: list[int] = []
    for number in range(1, 10):
        page = (await timecrowd.get(f"/user/time_entries?page={number}")).json()
        rows += [row["id"] for row in page]
        if not page:
            break
    return rows


async def test_a_row_may_have_no_task(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient, finished: TimeEntry
) -> None:
    sandbox.timecrowd.state.entries_without_task.add(finished.id)
    (row,) = (await timecrowd.get("/user/time_entries")).json()
    assert (row["id"], row["task"]) == (finished.id, None)


async def test_tasks_of_a_team_come_page_by_page(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient
) -> None:
    state = sandbox.timecrowd.state
    for number in range(3):
        url = f"https://acme.kaiten.ru/{number}"
        state.add_task(TEAM_ID, f"Task {number}", url, CATEGORY_ID, NOW)
    state.switches = TimeCrowdSwitches(task_page_size=2)
    pages = [(await timecrowd.get(f"/teams/{TEAM_ID}/tasks?page={n}")).json() for n in (1, 2)]
    titles = [[task["title"] for task in page["tasks"]] for page in pages]
    assert titles == [["Task 0", "Task 1"], ["Task 2"]]
    assert [page["is_last_page"] for page in pages] == [False, True]
