"""Each fault as a client sees it, and what the service holds afterwards."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import httpx
import pytest

from timer_app.sandbox import Fault, FaultKind, FaultPlan, Released, Sandbox, Visit
from timer_app.sandbox.world import CARD_ID, CATEGORY_ID, TEAM_ID

URL = "https://acme.kaiten.ru/63258149"
START = {
    "task": {
        "key": URL,
        "url": URL,
        "title": "Ship it",
        "team_id": TEAM_ID,
        "parent_id": CATEGORY_ID,
    }
}
LOG = {"role_id": -1, "time_spent": 25, "for_date": "2026-08-20"}

Plan = Callable[..., None]
Background = Callable[[Coroutine[Any, Any, Any]], asyncio.Task[Any]]


@pytest.fixture
def plan(sandbox: Sandbox) -> Plan:
    """Plan a fault of a kind for starting an entry in TimeCrowd."""

    def add(kind: FaultKind, **details: Any) -> None:  # noqa: ANN401
        sandbox.timecrowd.faults.add(Fault(kind, "POST", "/time_entries$", **details))

    return add


@pytest.fixture
async def background() -> AsyncIterator[Background]:
    """Run something beside the test; what still runs at its end is cancelled."""
    tasks: list[asyncio.Task[Any]] = []

    def run(work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        tasks.append(asyncio.create_task(work))
        return tasks[-1]

    yield run
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _entries(sandbox: Sandbox) -> int:
    return len(sandbox.timecrowd.state.entries)


# -- clients that are gone


@pytest.mark.parametrize("sent", ["headers", "half a body"])
async def test_a_client_killed_while_it_asks_has_asked_nothing(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient, sent: str
) -> None:
    """And nothing is logged of it: no part of the stand-in failed."""
    port = int(sandbox.timecrowd_url.rpartition(":")[2])
    _, client = await asyncio.open_connection("127.0.0.1", port)
    head = "POST /api/v1/time_entries HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n"
    client.write((head + ("" if sent == "headers" else '{"tas')).encode())
    await client.drain()
    await timecrowd.get("/user")  # it has been read that far by now
    client.transport.abort()
    await timecrowd.get("/user")  # and its end has been seen
    assert [record.method for record in sandbox.timecrowd.requests.records] == ["GET", "GET"]


# -- connections that are dropped


@pytest.mark.parametrize(
    ("reset", "error"), [(False, httpx.RemoteProtocolError), (True, httpx.ReadError)]
)
@pytest.mark.parametrize(
    ("kind", "stored"),
    [
        (FaultKind.CLOSE_BEFORE_COMMIT, 0),
        (FaultKind.CLOSE_AFTER_COMMIT, 1),
        (FaultKind.HELD_BACK, 0),
    ],
)
async def test_a_dropped_connection(
    sandbox: Sandbox,
    timecrowd: httpx.AsyncClient,
    plan: Plan,
    *,
    kind: FaultKind,
    stored: int,
    reset: bool,
    error: type[Exception],
) -> None:
    plan(kind, reset=reset)
    with pytest.raises(error):
        await timecrowd.post("/time_entries", json=START)
    assert _entries(sandbox) == stored
    record = await sandbox.timecrowd.requests.answered()
    assert (record.fault, record.decided, record.sent) == (kind, 200 if stored else None, None)


async def test_a_held_back_request_lands_when_released(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient, plan: Plan
) -> None:
    plan(FaultKind.HELD_BACK)
    with pytest.raises(httpx.RemoteProtocolError):
        await timecrowd.post("/time_entries", json=START)
    assert (sandbox.timecrowd.held_back, _entries(sandbox)) == (1, 0)
    assert sandbox.timecrowd.release() == Released(woken=0, committed=1)
    assert (sandbox.timecrowd.held_back, _entries(sandbox)) == (0, 1)
    assert sandbox.timecrowd.requests.records[0].decided == 200
    assert sandbox.timecrowd.release() == Released(woken=0, committed=0)
    assert _entries(sandbox) == 1


async def test_what_is_held_back_is_lost_when_the_sandbox_closes(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient, plan: Plan
) -> None:
    plan(FaultKind.HELD_BACK)
    with pytest.raises(httpx.RemoteProtocolError):
        await timecrowd.post("/time_entries", json=START)
    await sandbox.close()
    assert _entries(sandbox) == 0


# -- answers that do not come


@pytest.mark.parametrize(
    ("kind", "stored"), [(FaultKind.HANG_BEFORE_COMMIT, 0), (FaultKind.HANG_AFTER_COMMIT, 1)]
)
async def test_a_hang_ends_with_a_release(
    sandbox: Sandbox,
    timecrowd: httpx.AsyncClient,
    plan: Plan,
    background: Background,
    *,
    kind: FaultKind,
    stored: int,
) -> None:
    plan(kind)
    call = background(timecrowd.post("/time_entries", json=START, timeout=None))
    record = await sandbox.timecrowd.requests.arrived("POST", "/time_entries$")
    assert (record.fault, record.ended, call.done()) == (kind, None, False)
    assert _entries(sandbox) == stored
    assert sandbox.timecrowd.release() == Released(woken=1, committed=0)
    with pytest.raises(httpx.RemoteProtocolError):
        await call
    assert _entries(sandbox) == stored


async def test_a_hang_ends_when_the_sandbox_closes(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient, plan: Plan, background: Background
) -> None:
    plan(FaultKind.HANG_BEFORE_COMMIT)
    call = background(timecrowd.post("/time_entries", json=START, timeout=None))
    await sandbox.timecrowd.requests.arrived()
    async with asyncio.timeout(1):
        await sandbox.close()
        with pytest.raises(httpx.RemoteProtocolError):
            await call


async def test_a_pause_goes_on_as_if_nothing_had_been(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient, plan: Plan, background: Background
) -> None:
    plan(FaultKind.PAUSE)
    call = background(timecrowd.post("/time_entries", json=START))
    await sandbox.timecrowd.requests.arrived()
    assert (_entries(sandbox), call.done()) == (0, False)
    sandbox.timecrowd.release()
    assert (await call).status_code == 200
    assert _entries(sandbox) == 1


async def test_a_drip_comes_byte_by_byte(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient, plan: Plan
) -> None:
    plan(FaultKind.DRIP, drip_seconds=600)
    async with timecrowd.stream("POST", "/time_entries", json=START) as response:
        pieces = response.aiter_raw()
        first = await anext(pieces)
        assert (response.status_code, first) == (200, b"{")
        sandbox.timecrowd.release()
        rest = b"".join([piece async for piece in pieces])
    assert len(first + rest) == int(response.headers["content-length"])


# -- answers that are wrong


async def test_a_status_stores_nothing(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient, plan: Plan
) -> None:
    plan(
        FaultKind.STATUS,
        status=503,
        body='{"error": "later"}',
        content_type="application/json",
        headers=(("Retry-After", "7"),),
    )
    response = await timecrowd.post("/time_entries", json=START)
    assert (response.status_code, response.json()) == (503, {"error": "later"})
    assert response.headers["Retry-After"] == "7"
    assert _entries(sandbox) == 0


async def test_a_status_may_be_one_without_a_body(timecrowd: httpx.AsyncClient, plan: Plan) -> None:
    plan(FaultKind.STATUS, status=204)
    response = await timecrowd.post("/time_entries", json=START)
    assert (response.status_code, response.content) == (204, b"")


@pytest.mark.parametrize("status", [500, 502, 504])
async def test_a_status_after_the_commit_has_stored(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient, plan: Plan, status: int
) -> None:
    plan(FaultKind.STATUS_AFTER_COMMIT, status=status)
    response = await timecrowd.post("/time_entries", json=START)
    assert response.status_code == status
    assert response.headers["content-type"].startswith("text/html")
    record = await sandbox.timecrowd.requests.answered()
    assert (record.decided, record.sent, _entries(sandbox)) == (200, status, 1)


async def test_garbage_is_200_stored_and_unreadable(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient, plan: Plan
) -> None:
    plan(FaultKind.GARBAGE)
    response = await timecrowd.post("/time_entries", json=START)
    assert (response.status_code, _entries(sandbox)) == (200, 1)
    assert "json" in response.headers["content-type"]
    with pytest.raises(ValueError, match="utf-8"):
        response.json()


async def test_html_is_a_login_page_and_stores_nothing(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient, plan: Plan
) -> None:
    plan(FaultKind.HTML)
    response = await timecrowd.post("/time_entries", json=START)
    assert (response.status_code, _entries(sandbox)) == (200, 0)
    assert response.headers["content-type"].startswith("text/html")
    assert "Sign in" in response.text


async def test_a_truncated_answer_is_stored(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient, plan: Plan
) -> None:
    plan(FaultKind.TRUNCATED)
    with pytest.raises(httpx.RemoteProtocolError, match="complete message body"):
        await timecrowd.post("/time_entries", json=START)
    assert _entries(sandbox) == 1


async def test_rate_limited_stores_nothing_and_is_not_the_clients_fault(
    sandbox: Sandbox, kaiten: httpx.AsyncClient
) -> None:
    sandbox.kaiten.faults.add(Fault(FaultKind.RATE_LIMITED, retry_after=3))
    response = await kaiten.post(f"/cards/{CARD_ID}/time-logs", json=LOG)
    assert (response.status_code, response.headers["Retry-After"]) == (429, "3")
    assert response.headers["content-type"].startswith("text/html")
    assert (sandbox.kaiten.state.logs, sandbox.rate.refused) == ({}, 0)


@pytest.mark.parametrize("follow", [False, True])
async def test_a_redirect_tells_who_followed_it(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient, plan: Plan, *, follow: bool
) -> None:
    plan(FaultKind.REDIRECT)
    response = await timecrowd.post("/time_entries", json=START, follow_redirects=follow)
    went = [Visit("GET", "/api/v1/time_entries", authorized=False)] if follow else []
    assert sandbox.visits == went
    assert response.status_code == (200 if follow else 302)
    assert _entries(sandbox) == 0


async def test_a_token_that_travels_is_noticed(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient, plan: Plan
) -> None:
    plan(FaultKind.REDIRECT, status=307)
    location = (await timecrowd.post("/time_entries", json=START)).headers["Location"]
    await timecrowd.post(location)
    assert sandbox.visits == [Visit("POST", "/api/v1/time_entries", authorized=True)]


# -- which requests


async def test_a_fault_hits_its_method_and_path_alone(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient, plan: Plan
) -> None:
    plan(FaultKind.STATUS)
    assert (await timecrowd.get("/time_entries")).status_code == 200
    assert (await timecrowd.post("/time_entries", json=START)).status_code == 500
    assert (await timecrowd.post("/time_entries", json=START)).status_code == 200
    assert sandbox.timecrowd.faults.active == ()


@pytest.mark.parametrize(
    ("nth", "times", "hit"),
    [
        (None, 1, [1]),
        (None, 2, [1, 2]),
        (2, 1, [2]),
        (2, 2, [2, 3]),
        (3, None, [3, 4, 5]),
        (None, None, [1, 2, 3, 4, 5]),
    ],
)
def test_nth_and_times(nth: int | None, times: int | None, hit: list[int]) -> None:
    plan = FaultPlan()
    plan.add(Fault(FaultKind.STATUS, nth=nth, times=times))
    assert [n for n in range(1, 6) if plan.take("GET", "/")] == hit


def test_the_first_fault_that_is_due_is_taken_and_all_count() -> None:
    plan = FaultPlan()
    second, other = Fault(FaultKind.DRIP, nth=2), Fault(FaultKind.STATUS, times=2)
    plan.add(second)
    plan.add(other)
    assert [plan.take("GET", "/") for _ in range(4)] == [other, second, other, None]


def test_clear_plans_nothing() -> None:
    plan = FaultPlan()
    plan.add(Fault(FaultKind.STATUS))
    plan.clear()
    assert (plan.active, plan.take("GET", "/")) == ((), None)


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({"nth": 0}, "nth must be at least 1"),
        ({"times": 0}, "times must be at least 1"),
        ({"status": 99}, "status must be between"),
        ({"path": "("}, "not a regular expression"),
        ({"retry_after": -1}, "must not be negative"),
        ({"headers": (("X", "a\r\nb"),)}, "one line"),
    ],
)
def test_a_fault_that_makes_no_sense_is_refused(details: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Fault(FaultKind.STATUS, **details)
