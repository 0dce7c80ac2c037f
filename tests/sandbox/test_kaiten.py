"""Kaiten's calls over HTTP, its traps included; logs are compared as whole values."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import httpx
import pytest

from timer_app.sandbox import KaitenSwitches, Sandbox, TimeLog
from timer_app.sandbox.world import (
    ARCHIVED_CARD_ID,
    CARD_ID,
    CARD_KEY,
    FORBIDDEN_CARD_ID,
    KAITEN_MATE_ID,
    KAITEN_USER_ID,
    KEYED_CARD_ID,
    SECOND_SPACE_ID,
    SPACE_ID,
)

from .conftest import NOW

DAY = date(2026, 8, 20)
LOGS = f"/cards/{CARD_ID}/time-logs"
BODY = {"role_id": -1, "time_spent": 25, "for_date": "2026-08-20"}


@pytest.fixture(autouse=True)
def unlimited(sandbox: Sandbox) -> None:
    """The rate limit has tests of its own."""
    sandbox.kaiten.state.switches = KaitenSwitches(rate_limited=False)


@pytest.fixture
def log(sandbox: Sandbox) -> TimeLog:
    """A log of the user on CARD_ID."""
    return _hold(sandbox, CARD_ID)


def _hold(
    sandbox: Sandbox, card_id: int, *, day: date = DAY, user_id: int = KAITEN_USER_ID
) -> TimeLog:
    state = sandbox.kaiten.state
    held = TimeLog(state.next_log_id, card_id, user_id, -1, user_id, 10, day, None, NOW, NOW)
    state.next_log_id += 1
    state.logs[held.id] = held
    return held


async def test_a_bad_token_is_401_with_a_bare_string(sandbox: Sandbox) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        response = await client.get(f"{sandbox.kaiten_url}/api/latest/users/current")
    assert (response.status_code, response.text) == (401, "Invalid token")
    assert "json" not in response.headers["content-type"]


async def test_a_log_is_added(sandbox: Sandbox, kaiten: httpx.AsyncClient) -> None:
    response = await kaiten.post(f"/cards/{CARD_ID}/time-logs", json=BODY)
    answer = response.json()
    stored = TimeLog(
        answer["id"], CARD_ID, KAITEN_USER_ID, -1, KAITEN_USER_ID, 25, DAY, None, NOW, NOW
    )
    assert sandbox.kaiten.state.logs == {stored.id: stored}
    assert answer == {
        "id": stored.id,
        "card_id": CARD_ID,
        "user_id": KAITEN_USER_ID,
        "role_id": -1,
        "author_id": KAITEN_USER_ID,
        "updater_id": None,
        "time_spent": 25,
        "for_date": "2026-08-20T00:00:00.000Z",
        "comment": None,
        "created": "2024-12-17T00:27:08.428Z",
        "updated": "2024-12-17T00:27:08.428Z",
    }
    card = (await kaiten.get(f"/cards/{CARD_ID}")).json()
    assert card["time_spent_sum"] == 135 + 25


async def test_a_log_makes_its_card_the_latest(kaiten: httpx.AsyncClient) -> None:
    latest = "/cards?order_by=updated&order_direction=desc&limit=1"
    await kaiten.post(f"/cards/{KEYED_CARD_ID}/time-logs", json=BODY)
    assert [card["id"] for card in (await kaiten.get(latest)).json()] == [KEYED_CARD_ID]


async def test_listed_logs_have_a_plain_date(kaiten: httpx.AsyncClient, log: TimeLog) -> None:
    rows = (await kaiten.get(f"/cards/{CARD_ID}/time-logs")).json()
    assert [(row["id"], row["for_date"]) for row in rows] == [(log.id, "2026-08-20")]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["mine", "other day", "mate's"]),
        ({"for_date": "2026-08-20"}, ["mine", "mate's"]),
        ({"personal": "true"}, ["mine", "other day"]),
        ({"for_date": "2026-08-20", "personal": "true"}, ["mine"]),
        ({"for_date": "2026-08-20", "personal": "false"}, ["mine", "mate's"]),
        ({"for_date": "2026-08-22"}, []),
    ],
)
async def test_logs_are_narrowed_by_date_and_person(
    sandbox: Sandbox, kaiten: httpx.AsyncClient, query: dict[str, str], expected: list[str]
) -> None:
    names = {
        _hold(sandbox, CARD_ID).id: "mine",
        _hold(sandbox, CARD_ID, day=date(2026, 8, 21)).id: "other day",
        _hold(sandbox, CARD_ID, user_id=KAITEN_MATE_ID).id: "mate's",
        _hold(sandbox, KEYED_CARD_ID).id: "other card",
    }
    rows = (await kaiten.get(f"/cards/{CARD_ID}/time-logs", params=query)).json()
    assert [names[row["id"]] for row in rows] == expected


@pytest.mark.parametrize("card_id", [1, FORBIDDEN_CARD_ID])
async def test_logs_of_a_missing_card_are_an_empty_list(
    sandbox: Sandbox, kaiten: httpx.AsyncClient, card_id: int
) -> None:
    _hold(sandbox, FORBIDDEN_CARD_ID)
    response = await kaiten.get(f"/cards/{card_id}/time-logs?for_date=2026-08-20&personal=true")
    assert (response.status_code, response.json()) == (200, [])


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"role_id": None}, "data.role_id should be integer"),
        ({"role_id": 0}, "data.role_id should be the id of a role"),
        ({"time_spent": 0}, "data.time_spent should be >= 1"),
        ({"time_spent": "25"}, "data.time_spent should be integer"),
        ({"time_spent": True}, "data.time_spent should be integer"),
        ({"for_date": "2026-08-20T00:00:00.000Z"}, 'data.for_date should match format "date"'),
        ({"for_date": "2026-02-30"}, 'data.for_date should match format "date"'),
        ({"for_date": 20260820}, "data.for_date should be string"),
        ({"comment": None}, "data.comment should be string"),
        ({"comment": "x" * 4097}, "data.comment should NOT be longer than 4096 characters"),
        ({"comment": "😀" * 2049}, "data.comment should NOT be longer than 4096 characters"),
    ],
)
async def test_a_log_that_does_not_fit_is_400(
    sandbox: Sandbox, kaiten: httpx.AsyncClient, changes: dict[str, Any], message: str
) -> None:
    response = await kaiten.post(f"/cards/{CARD_ID}/time-logs", json={**BODY, **changes})
    assert (response.status_code, response.json()) == (400, {"message": message})
    assert sandbox.kaiten.state.logs == {}


@pytest.mark.parametrize("missing", ["role_id", "time_spent", "for_date"])
async def test_what_is_required_is_required(kaiten: httpx.AsyncClient, missing: str) -> None:
    body = {name: value for name, value in BODY.items() if name != missing}
    response = await kaiten.post(f"/cards/{CARD_ID}/time-logs", json=body)
    message = f"data should have required property '{missing}'"
    assert (response.status_code, response.json()) == (400, {"message": message})


async def test_a_comment_of_4096_utf16_units_fits(
    sandbox: Sandbox, kaiten: httpx.AsyncClient
) -> None:
    body = {**BODY, "comment": "😀" * 2048}
    response = await kaiten.post(f"/cards/{CARD_ID}/time-logs", json=body)
    assert response.status_code == 200
    assert [log.comment for log in sandbox.kaiten.state.logs.values()] == ["😀" * 2048]


@pytest.mark.parametrize(
    ("card_id", "missing", "status"),
    [(1, 403, 403), (1, 404, 404), (FORBIDDEN_CARD_ID, 404, 403)],
)
async def test_missing_and_forbidden_cards_have_no_body(
    sandbox: Sandbox, kaiten: httpx.AsyncClient, card_id: int, missing: int, status: int
) -> None:
    sandbox.kaiten.state.switches = KaitenSwitches(rate_limited=False, missing_card_status=missing)
    posted = await kaiten.post(f"/cards/{card_id}/time-logs", json=BODY)
    looked = await kaiten.get(f"/cards/{card_id}")
    assert (posted.status_code, posted.content) == (status, b"")
    assert (looked.status_code, looked.content) == (status, b"")


async def test_the_tariff_is_402_for_logs_alone(
    sandbox: Sandbox, kaiten: httpx.AsyncClient
) -> None:
    sandbox.kaiten.state.switches = KaitenSwitches(rate_limited=False, time_logs_in_tariff=False)
    response = await kaiten.post(f"/cards/{CARD_ID}/time-logs", json=BODY)
    assert response.status_code == 402
    assert set(response.json()) == {"message"}
    assert (await kaiten.get(f"/cards/{CARD_ID}")).status_code == 200


async def test_an_archived_card_is_marked_and_may_refuse(
    sandbox: Sandbox, kaiten: httpx.AsyncClient
) -> None:
    card = (await kaiten.get(f"/cards/{ARCHIVED_CARD_ID}")).json()
    assert (card["archived"], card["condition"]) == (True, 2)
    path = f"/cards/{ARCHIVED_CARD_ID}/time-logs"
    assert (await kaiten.post(path, json=BODY)).status_code == 200
    sandbox.kaiten.state.switches = KaitenSwitches(rate_limited=False, archived_takes_logs=False)
    assert (await kaiten.post(path, json=BODY)).status_code == 403


async def test_a_log_is_changed(sandbox: Sandbox, kaiten: httpx.AsyncClient, log: TimeLog) -> None:
    body = {"time_spent": 11, "for_date": "2026-08-21", "comment": "Later"}
    response = await kaiten.patch(f"/cards/{CARD_ID}/time-logs/{log.id}", json=body)
    answer = response.json()
    assert (answer["updater_id"], answer["for_date"]) == (
        KAITEN_USER_ID,
        "2026-08-21T00:00:00.000Z",
    )
    changed = replace(
        log, time_spent=11, for_date=date(2026, 8, 21), comment="Later", updater_id=KAITEN_USER_ID
    )
    assert sandbox.kaiten.state.logs == {log.id: changed}


async def test_a_change_looks_at_the_card_too(
    sandbox: Sandbox, kaiten: httpx.AsyncClient, log: TimeLog
) -> None:
    path = f"/cards/{KEYED_CARD_ID}/time-logs/{log.id}"
    assert (await kaiten.patch(path, json={"time_spent": 11})).status_code == 404
    assert sandbox.kaiten.state.logs == {log.id: log}


@pytest.mark.parametrize("card_id", [CARD_ID, KEYED_CARD_ID, 1])
async def test_the_trap_delete_looks_at_the_log_id_alone(
    sandbox: Sandbox, kaiten: httpx.AsyncClient, log: TimeLog, card_id: int
) -> None:
    response = await kaiten.delete(f"/cards/{card_id}/time-logs/{log.id}")
    assert (response.status_code, sandbox.kaiten.state.logs) == (200, {})
    again = await kaiten.delete(f"/cards/{card_id}/time-logs/{log.id}")
    assert (again.status_code, again.content) == (404, b"")


async def test_someone_elses_log_stays(sandbox: Sandbox, kaiten: httpx.AsyncClient) -> None:
    held = _hold(sandbox, CARD_ID, user_id=KAITEN_MATE_ID)
    path = f"/cards/{CARD_ID}/time-logs/{held.id}"
    assert (await kaiten.delete(path)).status_code == 403
    assert (await kaiten.patch(path, json={"time_spent": 1})).status_code == 403
    assert sandbox.kaiten.state.logs == {held.id: held}


async def test_a_card_by_id_and_by_key(kaiten: httpx.AsyncClient) -> None:
    by_key = (await kaiten.get(f"/cards/{CARD_KEY}")).json()
    by_id = (await kaiten.get(f"/cards/{KEYED_CARD_ID}")).json()
    assert by_key == by_id
    named = ("id", "key", "archived", "condition", "state", "time_spent_sum", "board", "column")
    assert {name: by_id[name] for name in named} == {
        "id": KEYED_CARD_ID,
        "key": CARD_KEY,
        "archived": False,
        "condition": 1,
        "state": 2,
        "time_spent_sum": 40,
        "board": {"id": 7001, "title": "Timer App"},
        "column": {"id": 8002, "title": "В работе", "type": 2},
    }
    assert (await kaiten.get("/cards/DEMO-99")).status_code == 403


async def test_spaces_their_boards_and_the_space_of_a_card(
    sandbox: Sandbox, kaiten: httpx.AsyncClient
) -> None:
    assert (await kaiten.get("/spaces")).json() == [
        {"id": SPACE_ID, "title": "Product"},
        {"id": SECOND_SPACE_ID, "title": "Маркетинг"},
    ]
    assert (await kaiten.get(f"/spaces/{SPACE_ID}/boards")).json() == [
        {"id": 7001, "title": "Timer App"},
        {"id": 7003, "title": "Ideas"},
    ]
    assert (await kaiten.get("/spaces/999/boards")).status_code == 403
    card = (await kaiten.get("/cards?query=63258152")).json()[0]
    assert card["path_data"]["space"] == {"id": SECOND_SPACE_ID, "title": "Маркетинг"}
    sandbox.kaiten.state.switches = KaitenSwitches(tells_path=False)
    assert "path_data" not in (await kaiten.get(f"/cards/{CARD_ID}")).json(), "older servers"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("query=TRAY", [149]),
        ("query=63258152", [152]),
        ("query=demo-12", [150]),
        ("query=справку", [151]),
        ("archived=true", [155]),
        ("archived=false&states=3", [154]),
        ("states=1,2&archived=false", [149, 150, 151, 152, 153]),
        ("responsible_ids=500", [153, 154, 155]),
        ("member_ids=500", [150, 152, 154]),
        ("member_ids=500,999&responsible_ids=501", [150, 152]),
        ("order_by=updated&order_direction=asc&limit=2", [155, 154]),
        ("order_by=updated&order_direction=desc&limit=2&offset=1", [150, 151]),
        ("order_by=title&archived=false&limit=1", [150]),
        ("query=nothing", []),
    ],
)
async def test_cards_are_searched(
    kaiten: httpx.AsyncClient, query: str, expected: list[int]
) -> None:
    cards = (await kaiten.get(f"/cards?{query}")).json()
    assert [card["id"] - 63258000 for card in cards] == expected


@pytest.mark.parametrize(
    "query",
    [
        "limit=101",
        "limit=0",
        "offset=-1",
        "states=a",
        "order_by=x",
        "order_direction=x",
        "archived=1",
    ],
)
async def test_a_search_that_does_not_fit_is_400(kaiten: httpx.AsyncClient, query: str) -> None:
    response = await kaiten.get(f"/cards?{query}")
    assert response.status_code == 400
    assert query.partition("=")[0] in response.json()["message"]


async def test_me_and_the_roles(kaiten: httpx.AsyncClient) -> None:
    me = (await kaiten.get("/users/current")).json()
    assert (me["id"], me["full_name"], me["timezone"]) == (
        KAITEN_USER_ID,
        "Dana Demo",
        "Europe/Moscow",
    )
    roles = (await kaiten.get("/user-roles")).json()
    assert roles[0] == {"id": -1, "name": "Employee", "company_id": None}
    assert [role["id"] for role in roles] == [-1, 101, 102]


async def test_only_what_lies_under_api_latest_is_there(
    sandbox: Sandbox, kaiten: httpx.AsyncClient
) -> None:
    for path in ("/api/v1/users/current", "/api/latest/time-logs", "/api/latest/nothing"):
        response = await kaiten.get(f"{sandbox.kaiten_url}{path}")
        assert (response.status_code, response.content) == (404, b"")


async def test_without_the_limit_nothing_is_refused(
    sandbox: Sandbox, kaiten: httpx.AsyncClient
) -> None:
    answers = [await kaiten.get("/user-roles") for _ in range(12)]
    assert {answer.status_code for answer in answers} == {200}
    assert "X-RateLimit-Remaining" not in answers[0].headers
    assert sandbox.rate.refused == 0


async def test_a_list_of_logs_obeys_limit_and_offset(
    sandbox: Sandbox, kaiten: httpx.AsyncClient
) -> None:
    made = [(await kaiten.post(LOGS, json=BODY)).json()["id"] for _ in range(3)]
    asked = f"{LOGS}?limit=2&offset=1"
    assert [log["id"] for log in (await kaiten.get(asked)).json()] == made[1:]
    sandbox.kaiten.state.switches = KaitenSwitches(rate_limited=False, logs_are_paged=False)
    assert [log["id"] for log in (await kaiten.get(asked)).json()] == made


async def test_an_empty_comment_clears_it_or_is_refused(
    sandbox: Sandbox, kaiten: httpx.AsyncClient
) -> None:
    log = (await kaiten.post(LOGS, json={**BODY, "comment": "words"})).json()
    sandbox.kaiten.state.switches = KaitenSwitches(empty_comment_clears=False)
    refused = await kaiten.patch(f"{LOGS}/{log['id']}", json={"comment": ""})
    assert refused.status_code == 400
    sandbox.kaiten.state.switches = KaitenSwitches()
    cleared = await kaiten.patch(f"{LOGS}/{log['id']}", json={"comment": ""})
    assert (cleared.status_code, cleared.json()["comment"]) == (200, None)


async def test_a_locked_card_is_shown_and_takes_no_change(
    sandbox: Sandbox, kaiten: httpx.AsyncClient
) -> None:
    log = (await kaiten.post(LOGS, json=BODY)).json()
    sandbox.kaiten.state.locked_card_ids.add(CARD_ID)
    assert (await kaiten.get(f"/cards/{CARD_ID}")).status_code == 200
    assert [each["id"] for each in (await kaiten.get(LOGS)).json()] == [log["id"]]
    url = f"{LOGS}/{log['id']}"
    answers = [
        await kaiten.post(LOGS, json=BODY),
        await kaiten.patch(url, json={"time_spent": 3}),
        await kaiten.delete(url),
    ]
    assert [answer.status_code for answer in answers] == [403, 403, 403]


async def test_a_client_may_have_to_name_itself(
    sandbox: Sandbox, kaiten: httpx.AsyncClient
) -> None:
    sandbox.kaiten.state.switches = KaitenSwitches(client_required=True)
    named = {"X-kaiten-Client": "timer-app", "X-kaiten-Client-Version": "1", "User-Agent": "a/1"}
    assert (await kaiten.get("/users/current")).status_code == 400
    assert (await kaiten.get("/users/current", headers=named)).status_code == 200
    record = sandbox.kaiten.requests.records[-1]
    assert (record.client, record.client_version, record.user_agent) == ("timer-app", "1", "a/1")
