"""The control calls and the page, over HTTP alone, as another process uses them."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from timer_app.sandbox import Fault, FaultKind, KaitenSwitches, Sandbox
from timer_app.sandbox.world import CARD_ID, CATEGORY_ID, FORBIDDEN_CARD_ID, TEAM_ID

from .conftest import NOW

URL = "https://acme.kaiten.ru/63258149"
START = {"task": {"key": URL, "url": URL, "title": "Ship <it> & co", "team_id": TEAM_ID}}
LOG = {"role_id": -1, "time_spent": 25, "for_date": "2026-08-20", "comment": "<b>bold</b>"}


# -- state


async def test_the_state_is_shown_without_tokens(
    sandbox: Sandbox,
    timecrowd: httpx.AsyncClient,
    kaiten: httpx.AsyncClient,
    control: httpx.AsyncClient,
) -> None:
    entry = (await timecrowd.post("/time_entries", json=START)).json()
    log = (await kaiten.post(f"/cards/{CARD_ID}/time-logs", json=LOG)).json()
    response = await control.get("/state")
    state = response.json()
    assert state["timecrowd"]["running"]["id"] == entry["id"]
    assert [row["id"] for row in state["timecrowd"]["entries"]] == [entry["id"]]
    assert [row["for_date"] for row in state["kaiten"]["logs"]] == ["2026-08-20"]
    card = next(card for card in state["kaiten"]["cards"] if card["id"] == log["card_id"])
    assert card["time_spent_sum"] == 160
    assert state["kaiten"]["forbidden_card_ids"] == [FORBIDDEN_CARD_ID]
    assert state["timecrowd"]["token_accepted"] is True
    assert sandbox.timecrowd_token not in response.text
    assert sandbox.kaiten_token not in response.text


async def test_both_origins_show_the_same_state(
    sandbox: Sandbox, control: httpx.AsyncClient
) -> None:
    other = await control.get(f"{sandbox.kaiten_url}/_sandbox/state")
    assert other.json() == (await control.get("/state")).json()


async def test_a_token_is_revoked_accepted_and_renewed(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient, control: httpx.AsyncClient
) -> None:
    await control.post("/state", json={"timecrowd": {"token": "revoke"}})
    assert (await timecrowd.get("/user")).status_code == 401
    await control.post("/state", json={"timecrowd": {"token": "accept"}})
    assert (await timecrowd.get("/user")).status_code == 200
    answer = (await control.post("/state", json={"timecrowd": {"token": "renew"}})).json()
    assert answer == {"changed": 1, "tokens": {"timecrowd": sandbox.timecrowd_token}}
    assert (await timecrowd.get("/user")).status_code == 401
    headers = {"Authorization": f"Bearer {sandbox.timecrowd_token}"}
    assert (await timecrowd.get("/user", headers=headers)).status_code == 200


async def test_timecrowd_is_changed(
    timecrowd: httpx.AsyncClient, control: httpx.AsyncClient
) -> None:
    task = {**START["task"], "parent_id": CATEGORY_ID}
    await control.post("/state", json={"timecrowd": {"delete_category": CATEGORY_ID}})
    response = await timecrowd.post("/time_entries", json={"task": task})
    assert response.json()["messages"][1:] == ["Category is already deleted."]
    both = {"timecrowd": {"restore_category": CATEGORY_ID, "tasks_readonly": True}}
    assert (await control.post("/state", json=both)).json()["changed"] == 2
    response = await timecrowd.post("/time_entries", json={"task": task})
    assert response.json() == {
        "messages": ["選択中のチームでタスクの作成・編集・削除は許可されていません"]
    }
    await control.post("/state", json={"timecrowd": {"tasks_readonly": False}})
    assert (await timecrowd.post("/time_entries", json={"task": task})).status_code == 200


async def test_kaiten_is_changed(
    sandbox: Sandbox, kaiten: httpx.AsyncClient, control: httpx.AsyncClient
) -> None:
    change = {
        "switches": {"time_logs_in_tariff": False, "rate_limited": False},
        "forbid_card": CARD_ID,
        "allow_card": FORBIDDEN_CARD_ID,
        "archive_card": FORBIDDEN_CARD_ID,
    }
    await control.post("/state", json={"kaiten": change})
    assert (await kaiten.post(f"/cards/{CARD_ID}/time-logs", json=LOG)).status_code == 402
    assert (await kaiten.get(f"/cards/{CARD_ID}")).status_code == 403
    assert (await kaiten.get(f"/cards/{FORBIDDEN_CARD_ID}")).json()["condition"] == 2
    await control.post("/state", json={"kaiten": {"unarchive_card": FORBIDDEN_CARD_ID}})
    assert (await kaiten.get(f"/cards/{FORBIDDEN_CARD_ID}")).json()["condition"] == 1
    switches = KaitenSwitches(time_logs_in_tariff=False, rate_limited=False)
    assert sandbox.kaiten.state.switches == switches


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"trello": {}}, "unknown service 'trello'"),
        ({"kaiten": 1}, "kaiten must be an object"),
        ({"kaiten": {"forbid": 1}}, "unknown change 'forbid' of kaiten"),
        ({"timecrowd": {"forbid_card": 1}}, "unknown change 'forbid_card' of timecrowd"),
        ({"kaiten": {"forbid_card": 1}}, "there is no card 1"),
        ({"kaiten": {"forbid_card": "1"}}, "forbid_card must be a whole number"),
        ({"timecrowd": {"delete_category": 1}}, "there is no category 1"),
        ({"timecrowd": {"tasks_readonly": 1}}, "tasks_readonly must be true or false"),
        ({"timecrowd": {"token": "burn"}}, "token must be"),
        ({"timecrowd": {"switches": {"x": 1}}}, "unknown switch 'x'; known: starting_stops"),
        ({"timecrowd": {"switches": {"page_size": True}}}, "page_size must be a whole number"),
        ({"timecrowd": {"switches": {"page_size": 0}}}, "page_size must be at least 1"),
        ({"timecrowd": {"switches": []}}, "switches must be an object"),
        ([], "must be a JSON object"),
    ],
)
async def test_a_change_that_makes_no_sense_changes_nothing(
    control: httpx.AsyncClient, body: object, words: str
) -> None:
    before = (await control.get("/state")).json()
    if isinstance(body, dict) and "kaiten" not in body:
        body = {"kaiten": {"archive_card": CARD_ID}, **body}
    response = await control.post("/state", json=body)
    assert response.status_code == 400
    assert words in response.json()["error"]
    assert (await control.get("/state")).json() == before


# -- requests, faults, waiting, release


async def test_faults_are_added_listed_and_cleared(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient, control: httpx.AsyncClient
) -> None:
    asked = {
        "kind": "status",
        "method": "GET",
        "path": "/teams$",
        "times": None,
        "status": 503,
        "body": "later",
        "headers": {"Retry-After": "9"},
    }
    added = await control.post("/faults", json=asked)
    fault = Fault(
        FaultKind.STATUS,
        "GET",
        "/teams$",
        times=None,
        status=503,
        body="later",
        headers=(("Retry-After", "9"),),
    )
    assert (added.status_code, sandbox.timecrowd.faults.active) == (201, (fault,))
    response = await timecrowd.get("/teams")
    assert (response.status_code, response.text) == (503, "later")
    listed = (await control.get("/faults")).json()["active"]
    assert (listed["timecrowd"][0]["kind"], listed["kaiten"]) == ("status", [])
    cleared = (await control.delete("/faults")).json()
    assert cleared == {"active": {"timecrowd": [], "kaiten": []}}
    assert (await timecrowd.get("/teams")).status_code == 200


async def test_a_fault_may_be_for_the_other_service(
    sandbox: Sandbox, control: httpx.AsyncClient
) -> None:
    await control.post("/faults", json={"service": "kaiten", "kind": "garbage"})
    await control.post("/faults", json={"kind": "html"})
    assert sandbox.kaiten.faults.active == (Fault(FaultKind.GARBAGE),)
    await control.delete("/faults?service=timecrowd")
    assert sandbox.timecrowd.faults.active == ()
    assert sandbox.kaiten.faults.active == (Fault(FaultKind.GARBAGE),)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "kind must be one of: close_before_commit"),
        ({"kind": "explode"}, "kind must be one of"),
        ({"kind": []}, "kind must be one of"),
        ({"kind": "status", "satus": 500}, "unknown field 'satus'"),
        ({"kind": "status", "times": "3"}, "times must be of: int, null"),
        ({"kind": "status", "times": True}, "times must be of: int, null"),
        ({"kind": "status", "times": 0}, "times must be at least 1"),
        ({"kind": "status", "path": "("}, "not a regular expression"),
        ({"kind": "status", "headers": [1]}, "headers must be an object of strings"),
        ({"kind": "status", "service": 7}, "unknown service 7"),
    ],
)
async def test_a_fault_that_makes_no_sense_is_400(
    sandbox: Sandbox, control: httpx.AsyncClient, body: dict[str, Any], words: str
) -> None:
    response = await control.post("/faults", json=body)
    assert response.status_code == 400
    assert words in response.json()["error"]
    assert sandbox.timecrowd.faults.active == ()


async def test_a_request_is_awaited_and_released_over_http(
    timecrowd: httpx.AsyncClient, control: httpx.AsyncClient
) -> None:
    await control.post("/faults", json={"kind": "pause", "method": "POST"})
    query = {"method": "POST", "path": "/time_entries$", "count": "1"}
    waiting = asyncio.create_task(control.get("/wait", params=query))
    call = asyncio.create_task(timecrowd.post("/time_entries", json=START))
    arrived = (await waiting).json()
    assert (arrived["method"], arrived["fault"], arrived["ended"]) == ("POST", "pause", None)
    assert (await control.post("/release")).json() == {
        "timecrowd": {"woken": 1, "committed": 0},
        "kaiten": {"woken": 0, "committed": 0},
    }
    over = (await control.get("/wait", params={**query, "until": "answered"})).json()
    assert (over["sent"], (await call).status_code) == (200, 200)


async def test_a_release_may_be_for_one_service(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient, control: httpx.AsyncClient
) -> None:
    sandbox.timecrowd.faults.add(Fault(FaultKind.HELD_BACK))
    with pytest.raises(httpx.RemoteProtocolError):
        await timecrowd.post("/time_entries", json=START)
    await control.post("/release", json={"service": "kaiten"})
    assert sandbox.timecrowd.state.entries == {}
    answer = await control.post("/release", json={"service": "timecrowd"})
    assert answer.json() == {"timecrowd": {"woken": 0, "committed": 1}}
    assert len(sandbox.timecrowd.state.entries) == 1


async def test_waiting_has_an_end(control: httpx.AsyncClient) -> None:
    response = await control.get("/wait?timeout=0.01")
    assert (response.status_code, response.json()) == (
        504,
        {"error": "no such request arrived within 0.01 s"},
    )


async def test_waiting_ends_with_the_sandbox(sandbox: Sandbox, control: httpx.AsyncClient) -> None:
    waiting = asyncio.create_task(control.get("/wait?service=kaiten"))
    await control.get("/state")
    async with asyncio.timeout(1.5):
        closing = asyncio.create_task(sandbox.close())
        response = await waiting
        await closing
    assert (response.status_code, response.json()) == (503, {"error": "the sandbox closes"})


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("until=seen", "until must be"),
        ("count=0", "count must be between 1"),
        ("count=x", "count must be a number"),
        ("timeout=nan", "timeout must be between"),
        ("path=(", "not a regular expression"),
        ("service=x", "unknown service 'x'"),
    ],
)
async def test_a_wait_that_makes_no_sense_is_400(
    control: httpx.AsyncClient, query: str, words: str
) -> None:
    response = await control.get(f"/wait?{query}")
    assert response.status_code == 400
    assert words in response.json()["error"]


async def test_requests_are_listed(kaiten: httpx.AsyncClient, control: httpx.AsyncClient) -> None:
    for _ in range(6):
        await kaiten.get("/user-roles")
    answer = (await control.get("/requests?service=kaiten")).json()
    assert [row["sent"] for row in answer["requests"]] == [200] * 5 + [429]
    assert answer["rate_limited"] == 1
    assert (await control.get("/requests")).json() == {"requests": [], "rate_limited": 0}


# -- the clock


async def test_the_clock_is_moved_and_shown_in_every_answer(
    timecrowd: httpx.AsyncClient, control: httpx.AsyncClient
) -> None:
    assert (await timecrowd.get("/teams")).headers["Date"] == "Tue, 17 Dec 2024 00:27:08 GMT"
    entry = (await timecrowd.post("/time_entries", json=START)).json()
    moved = (await control.post("/clock", json={"advance_seconds": 90000})).json()
    assert moved == {"now": "2024-12-18T01:27:08.428000+00:00", "offset_seconds": 90000.0}
    response = await timecrowd.patch(f"/time_entries/{entry['id']}/stop")
    assert response.json()["formatted_duration"] == "25:00"
    assert response.headers["Date"] == "Wed, 18 Dec 2024 01:27:08 GMT"


async def test_the_clock_is_set(sandbox: Sandbox, control: httpx.AsyncClient) -> None:
    await control.post("/clock", json={"now": "2026-11-22T09:00:00+03:00"})
    assert sandbox.clock().isoformat() == "2026-11-22T06:00:00+00:00"
    await control.post("/clock", json={"offset_seconds": 0})
    assert sandbox.clock() == NOW


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"now": "2026-11-22T09:00:00"},
        {"now": "tomorrow"},
        {"offset_seconds": "1"},
        {"offset_seconds": True},
        {"offset_seconds": 1, "advance_seconds": 1},
        {"offset_seconds": 1e300},
    ],
)
async def test_a_clock_that_makes_no_sense_is_400(
    sandbox: Sandbox, control: httpx.AsyncClient, body: dict[str, Any]
) -> None:
    response = await control.post("/clock", json=body)
    assert (response.status_code, set(response.json())) == (400, {"error"})
    assert sandbox.clock() == NOW


async def test_a_body_that_is_not_json_is_400(control: httpx.AsyncClient) -> None:
    for path in ("/state", "/faults", "/clock", "/release"):
        response = await control.post(path, content=b"{")
        assert (response.status_code, response.json()) == (400, {"error": "the body must be JSON"})


async def test_control_calls_are_not_in_the_request_log(
    sandbox: Sandbox, control: httpx.AsyncClient
) -> None:
    await control.get("/state")
    await control.get(sandbox.timecrowd_url)
    assert sandbox.timecrowd.requests.records == ()
