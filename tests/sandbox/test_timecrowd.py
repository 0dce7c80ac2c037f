"""TimeCrowd's calls over HTTP, its traps included; states are compared as whole values."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import httpx
import pytest

from timer_app.sandbox import Sandbox, TimeCrowdSwitches, TimeEntry
from timer_app.sandbox.world import CATEGORY_ID, TEAM_ID, USER_ID

from .conftest import CARD_URL, NOW, STAMP

if TYPE_CHECKING:
    from collections.abc import Callable


def _task(**changes: object) -> dict[str, object]:
    task: dict[str, object] = {
        "key": CARD_URL,
        "url": CARD_URL,
        "title": "Ship the tray timer",
        "team_id": str(TEAM_ID),
        "parent_id": str(CATEGORY_ID),
    }
    return {**task, **changes}


# -- who may


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "x"}])
async def test_a_bad_token_is_401_with_an_empty_body(
    sandbox: Sandbox, header: dict[str, str]
) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        response = await client.get(f"{sandbox.timecrowd_url}/api/v1/user", headers=header)
    assert (response.status_code, response.content) == (401, b"")


async def test_me(timecrowd: httpx.AsyncClient) -> None:
    me = (await timecrowd.get("/user")).json()
    assert {name: me[name] for name in ("id", "nickname", "email", "time_zone")} == {
        "id": USER_ID,
        "nickname": "Dana Demo",
        "email": "dana@example.com",
        "time_zone": "UTC",
    }


# -- starting


async def test_starting_finds_the_task_by_its_key(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient, task_id: int
) -> None:
    answer = (await timecrowd.post("/time_entries", json={"task": _task(title="Renamed")})).json()
    assert answer["time_trackable_id"] == task_id
    assert answer["task"]["title"] == "Ship the tray timer"
    assert len(sandbox.timecrowd.state.listed(TEAM_ID, categories=False)) == 1


async def test_a_key_belongs_to_one_team(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient, task_id: int
) -> None:
    state = sandbox.timecrowd.state
    other = replace(state.teams[TEAM_ID], id=11700, name="Other")
    state.teams[other.id] = other
    task = _task(team_id=other.id, parent_id=None)
    answer = (await timecrowd.post("/time_entries", json={"task": task})).json()
    assert (answer["team_id"], answer["category"]) == (11700, None)
    assert answer["task"]["id"] != task_id


@pytest.mark.parametrize("stops", [True, False])
async def test_starting_may_stop_the_old_entry(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient, running: TimeEntry, *, stops: bool
) -> None:
    state = sandbox.timecrowd.state
    state.switches = TimeCrowdSwitches(starting_stops_the_old=stops)
    answer = (await timecrowd.post("/time_entries", json={"task": _task()})).json()
    old = replace(running, stopped_at=STAMP, updated_at=STAMP) if stops else running
    new = TimeEntry(answer["id"], USER_ID, running.task_id, STAMP, None, STAMP, STAMP)
    assert state.entries == {old.id: old, new.id: new}


async def test_starting_never_stops_a_team_mate(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient, foreign: TimeEntry
) -> None:
    await timecrowd.post("/time_entries", json={"task": _task()})
    assert sandbox.timecrowd.state.entries[foreign.id] == foreign


async def test_a_known_task_is_started(timecrowd: httpx.AsyncClient, task_id: int) -> None:
    response = await timecrowd.post(f"/teams/{TEAM_ID}/tasks/{task_id}/start", json={})
    answer = response.json()
    assert (response.status_code, answer["time_trackable_id"]) == (200, task_id)
    assert (answer["stopped_at"], answer["stopped_at_seconds"]) == (None, 0)
    assert answer["started_at"] == "2024-12-17T00:27:08.000Z"


async def test_a_task_is_started_in_its_own_team_alone(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient, task_id: int
) -> None:
    state = sandbox.timecrowd.state
    state.teams[11700] = replace(state.teams[TEAM_ID], id=11700, name="Other")
    response = await timecrowd.post(f"/teams/11700/tasks/{task_id}/start", json={})
    assert (response.status_code, state.entries) == (404, {})


async def test_a_task_is_made_without_starting(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient
) -> None:
    body = {"task": {"title": "Later", "url": CARD_URL, "parent_id": CATEGORY_ID}}
    answer = (await timecrowd.post(f"/teams/{TEAM_ID}/tasks", json=body)).json()
    task = sandbox.timecrowd.state.tasks[answer["id"]]
    assert (task.key, task.title, task.parent_id) == (CARD_URL, "Later", CATEGORY_ID)
    assert sandbox.timecrowd.state.entries == {}


async def test_nested_categories_make_the_ancestry(timecrowd: httpx.AsyncClient) -> None:
    task = _task(parent_id=CATEGORY_ID + 1)
    answer = (await timecrowd.post("/time_entries", json={"task": task})).json()
    ancestry = f"{CATEGORY_ID}/{CATEGORY_ID + 1}"
    assert (answer["task"]["ancestry"], answer["task"]["ancestry_depth"]) == (ancestry, 2)


@pytest.mark.usefixtures("task_id")
async def test_a_team_that_forbids_new_tasks_still_starts_an_old_one(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient
) -> None:
    state = sandbox.timecrowd.state
    state.teams[TEAM_ID] = replace(state.teams[TEAM_ID], tasks_readonly=True)
    known = await timecrowd.post("/time_entries", json={"task": _task()})
    new = await timecrowd.post(
        "/time_entries", json={"task": _task(key="k", url="https://n.example")}
    )
    assert (known.status_code, new.status_code) == (200, 422)


@pytest.mark.parametrize(
    ("changes", "lines"),
    [
        ({"title": " "}, ["Title can't be blank"]),
        ({"team_id": None}, ["Team can't be blank"]),
        ({"parent_id": 1}, ["Category must exist"]),
    ],
)
async def test_what_cannot_be_saved_says_why(
    timecrowd: httpx.AsyncClient, changes: dict[str, object], lines: list[str]
) -> None:
    response = await timecrowd.post("/time_entries", json={"task": _task(**changes)})
    heading = "1 error prohibited this Task from being saved. "
    assert (response.status_code, response.json()) == (422, {"messages": [heading, *lines]})


async def test_a_team_of_others_is_not_there(timecrowd: httpx.AsyncClient) -> None:
    response = await timecrowd.post("/time_entries", json={"task": _task(team_id=1)})
    assert response.status_code == 404


# -- a finished entry


@pytest.mark.parametrize("form", [str, int])
async def test_a_finished_entry_takes_unix_seconds(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient, task_id: int, form: Callable[[int], object]
) -> None:
    start, end = STAMP - timedelta(hours=30), STAMP - timedelta(minutes=1)
    body = {
        "started_at": form(int(start.timestamp())),
        "stopped_at": form(int(end.timestamp())),
        "time_trackable_id": form(task_id),
    }
    answer = (await timecrowd.post("/time_entries", json={"time_entry": body})).json()
    stored = TimeEntry(answer["id"], USER_ID, task_id, start, end, STAMP, STAMP)
    assert sandbox.timecrowd.state.entries == {stored.id: stored}
    assert (answer["formatted_duration"], answer["duration"]) == ("29:59", 107940.0)
    assert (answer["input_type"], answer["stopped_at_seconds"]) == ("realtime", end.timestamp())


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"started_at": "2024-12-16T00:00:00Z"}, "Started at is invalid"),
        ({"stopped_at": None}, "Stopped at is invalid"),
        ({"stopped_at": 1}, "Stopped at must be after started at"),
    ],
)
async def test_times_that_make_no_sense_are_refused(
    sandbox: Sandbox,
    timecrowd: httpx.AsyncClient,
    task_id: int,
    changes: dict[str, object],
    line: str,
) -> None:
    body = {"started_at": 1734308828, "stopped_at": 1734391628, "time_trackable_id": task_id}
    response = await timecrowd.post("/time_entries", json={"time_entry": {**body, **changes}})
    assert response.status_code == 422
    assert response.json()["messages"][1:] == [line]
    assert sandbox.timecrowd.state.entries == {}


async def test_a_finished_entry_on_a_category_or_a_lost_task_is_404(
    timecrowd: httpx.AsyncClient,
) -> None:
    for lost in (CATEGORY_ID, 1, None):
        body = {"started_at": 1734308828, "stopped_at": 1734391628, "time_trackable_id": lost}
        response = await timecrowd.post("/time_entries", json={"time_entry": body})
        assert response.status_code == 404


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"{", b"\xff", b'{"task": []}'])
async def test_a_body_that_says_nothing_is_400(timecrowd: httpx.AsyncClient, body: bytes) -> None:
    kind = {"Content-Type": "application/json"}
    response = await timecrowd.post("/time_entries", content=body, headers=kind)
    assert (response.status_code, response.json()) == (400, {"status": 400, "error": "Bad Request"})


# -- stopping, correcting, deleting


async def test_stop(sandbox: Sandbox, timecrowd: httpx.AsyncClient, running: TimeEntry) -> None:
    response = await timecrowd.patch(f"/time_entries/{running.id}/stop")
    stopped = replace(running, stopped_at=STAMP, updated_at=STAMP)
    assert sandbox.timecrowd.state.entries == {running.id: stopped}
    assert (response.status_code, response.json()["duration"]) == (200, 90.0)
    assert response.json()["stopped_at"] == "2024-12-17T00:27:08.000Z"


@pytest.mark.parametrize(("fine", "status"), [(True, 200), (False, 422)])
async def test_stopping_twice_is_a_switch_and_changes_nothing(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient, finished: TimeEntry, *, fine: bool, status: int
) -> None:
    sandbox.timecrowd.state.switches = TimeCrowdSwitches(stopping_twice_is_fine=fine)
    response = await timecrowd.patch(f"/time_entries/{finished.id}/stop")
    assert response.status_code == status
    assert sandbox.timecrowd.state.entries == {finished.id: finished}


@pytest.mark.parametrize("missing", [404, 403])
async def test_gone_and_foreign_entries_are_not_there(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient, foreign: TimeEntry, missing: int
) -> None:
    sandbox.timecrowd.state.switches = TimeCrowdSwitches(missing_status=missing)
    for entry_id in (foreign.id, 1):
        assert (await timecrowd.patch(f"/time_entries/{entry_id}/stop")).status_code == missing
        assert (await timecrowd.delete(f"/time_entries/{entry_id}")).status_code == missing
        assert (await timecrowd.put(f"/time_entries/{entry_id}")).status_code == missing
    assert sandbox.timecrowd.state.entries == {foreign.id: foreign}


@pytest.mark.parametrize("method", ["PATCH", "PUT"])
@pytest.mark.parametrize("body", [None, {}, {"time_entry": {}}, {"stopped_at": 1}])
async def test_the_trap_a_change_without_time_entry_stops_a_running_one(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient, running: TimeEntry, method: str, body: object
) -> None:
    response = await timecrowd.request(method, f"/time_entries/{running.id}", json=body)
    stopped = replace(running, stopped_at=STAMP, updated_at=STAMP)
    assert response.status_code == 200
    assert sandbox.timecrowd.state.entries == {running.id: stopped}


async def test_the_trap_waits_for_a_change_that_is_not_sent_as_json(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient, running: TimeEntry
) -> None:
    body = b'{"time_entry": {"started_at": 1734308828}}'
    kind = {"Content-Type": "text/plain"}
    await timecrowd.patch(f"/time_entries/{running.id}", content=body, headers=kind)
    stopped = replace(running, stopped_at=STAMP, updated_at=STAMP)
    assert sandbox.timecrowd.state.entries == {running.id: stopped}


async def test_the_trap_leaves_a_finished_entry_alone(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient, finished: TimeEntry
) -> None:
    sandbox.timecrowd.state.switches = TimeCrowdSwitches(stopping_twice_is_fine=False)
    response = await timecrowd.patch(f"/time_entries/{finished.id}")
    assert response.status_code == 200
    assert sandbox.timecrowd.state.entries == {finished.id: finished}


@pytest.mark.parametrize("method", ["PATCH", "PUT"])
async def test_times_and_task_are_corrected(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient, running: TimeEntry, method: str
) -> None:
    state = sandbox.timecrowd.state
    other = state.add_task(TEAM_ID, "Other", "https://acme.kaiten.ru/2", CATEGORY_ID, NOW)
    start, end = datetime(2024, 12, 16, 9, tzinfo=UTC), datetime(2024, 12, 16, 10, tzinfo=UTC)
    form = {
        "started_at": int(start.timestamp()),
        "stopped_at": str(int(end.timestamp())),
        "time_trackable_id": other.id,
    }
    answer = await timecrowd.request(
        method, f"/time_entries/{running.id}", json={"time_entry": form}
    )
    assert answer.json()["duration"] == 3600.0
    assert state.entries == {
        running.id: replace(
            running, started_at=start, stopped_at=end, task_id=other.id, updated_at=STAMP
        )
    }


async def test_a_corrected_start_leaves_the_entry_running(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient, running: TimeEntry
) -> None:
    start = STAMP - timedelta(minutes=10)
    form = {"time_entry": {"started_at": int(start.timestamp())}}
    answer = (await timecrowd.patch(f"/time_entries/{running.id}", json=form)).json()
    assert (answer["stopped_at"], answer["duration"]) == (None, 600.428)
    moved = replace(running, started_at=start, updated_at=STAMP)
    assert sandbox.timecrowd.state.entries == {running.id: moved}


async def test_a_deleted_entry_is_gone(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient, running: TimeEntry
) -> None:
    first = await timecrowd.delete(f"/time_entries/{running.id}")
    again = await timecrowd.delete(f"/time_entries/{running.id}")
    assert (first.status_code, first.content, again.status_code) == (204, b"", 404)
    assert (await timecrowd.get("/user/time_entries")).json() == []
    assert (await timecrowd.get("/user/working_users")).json() == []
    gone = replace(running, deleted_at=STAMP, updated_at=STAMP)
    assert sandbox.timecrowd.state.entries == {running.id: gone}


async def test_a_delete_may_answer_200_with_the_entry(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient, running: TimeEntry
) -> None:
    sandbox.timecrowd.state.switches = TimeCrowdSwitches(delete_status=200)
    response = await timecrowd.delete(f"/time_entries/{running.id}")
    assert response.status_code == 200
    assert response.json()["deleted_at_seconds"] == int(STAMP.timestamp())


# -- comments


@pytest.mark.parametrize(("appends", "held"), [(False, "later ✨"), (True, "first\nlater ✨")])
async def test_a_comment_is_kept_with_its_entry(
    sandbox: Sandbox,
    timecrowd: httpx.AsyncClient,
    finished: TimeEntry,
    *,
    appends: bool,
    held: str,
) -> None:
    state = sandbox.timecrowd.state
    state.switches = TimeCrowdSwitches(comments_append=appends)
    url = f"/time_entries/{finished.id}/comments"
    await timecrowd.post(url, json={"comment": {"content": "first"}})
    answer = await timecrowd.post(url, json={"comment": {"content": "later ✨"}})
    assert (answer.status_code, answer.json()["comment"]) == (200, held)
    assert state.entries[finished.id] == replace(finished, comment=held, updated_at=STAMP)
    assert state.comment_posts == [(finished.id, "first"), (finished.id, "later ✨")]


async def test_a_comment_without_words_is_refused(
    timecrowd: httpx.AsyncClient, finished: TimeEntry
) -> None:
    body = {"comment": {"content": " "}}
    answer = await timecrowd.post(f"/time_entries/{finished.id}/comments", json=body)
    assert (answer.status_code, answer.json()["messages"][1:]) == (422, ["Content can't be blank"])


async def test_a_task_made_without_a_key_may_get_another_one(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient
) -> None:
    sandbox.timecrowd.state.switches = TimeCrowdSwitches(url_becomes_key=False)
    task = _task()
    with_key = await timecrowd.post(f"/teams/{TEAM_ID}/tasks", json={"task": task})
    del task["key"]
    without = await timecrowd.post(f"/teams/{TEAM_ID}/tasks", json={"task": task})
    assert (with_key.json()["key"], without.json()["key"]) == (CARD_URL, "Shipthetraytimer")
