"""The request log: what it remembers, what it hides, and awaiting instead of sleeping."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from timer_app.sandbox import Fault, FaultKind, LogClosedError, Record, Sandbox
from timer_app.sandbox.exchange import Call
from timer_app.sandbox.requests import KEPT, RequestLog
from timer_app.sandbox.world import CARD_ID

from .conftest import NOW

if TYPE_CHECKING:
    import httpx


async def test_a_request_is_remembered_whole(sandbox: Sandbox, kaiten: httpx.AsyncClient) -> None:
    body = {"role_id": -1, "time_spent": 0, "for_date": "2026-08-20"}
    path = f"/api/latest/cards/{CARD_ID}/time-logs"
    await kaiten.post(f"/cards/{CARD_ID}/time-logs?a=1", json=body)
    assert sandbox.kaiten.requests.records == (
        Record(
            number=1,
            method="POST",
            path=path,
            query="a=1",
            body='{"role_id":-1,"time_spent":0,"for_date":"2026-08-20"}',
            at=NOW,
            decided=400,
            sent=400,
            ended=NOW,
            user_agent=kaiten.headers["User-Agent"],
        ),
    )
    assert sandbox.timecrowd.requests.records == ()


async def test_a_request_turned_away_by_the_rate_limit_was_not_decided(
    sandbox: Sandbox, kaiten: httpx.AsyncClient
) -> None:
    for _ in range(6):
        await kaiten.get("/user-roles")
    last = sandbox.kaiten.requests.records[-1]
    assert (last.decided, last.sent) == (None, 429)


async def test_requests_are_counted_by_method_and_path(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient
) -> None:
    await timecrowd.get("/teams")
    await timecrowd.get("/user")
    await timecrowd.post("/time_entries", json={})
    log = sandbox.timecrowd.requests
    counts = (log.count(), log.count("GET"), log.count("get", "/user$"), log.count("*", "entries"))
    assert counts == (3, 2, 1, 1)


async def test_the_nth_request_is_awaited(sandbox: Sandbox, timecrowd: httpx.AsyncClient) -> None:
    log = sandbox.timecrowd.requests
    waiting = asyncio.create_task(log.answered("GET", "/teams", count=2))
    await timecrowd.get("/teams")
    await timecrowd.get("/user")
    assert not waiting.done()
    await timecrowd.get("/teams")
    assert (await waiting).number == 3


async def test_arrived_comes_before_answered(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient
) -> None:
    sandbox.timecrowd.faults.add(Fault(FaultKind.PAUSE))
    log = sandbox.timecrowd.requests
    call = asyncio.create_task(timecrowd.get("/teams"))
    answered = asyncio.create_task(log.answered())
    arrived = await log.arrived()
    assert (arrived.ended, answered.done()) == (None, False)
    sandbox.timecrowd.release()
    assert (await answered).sent == 200
    assert (await call).status_code == 200


async def test_a_waiter_hears_that_the_sandbox_closes(sandbox: Sandbox) -> None:
    waiting = asyncio.create_task(sandbox.kaiten.requests.arrived())
    closing = asyncio.create_task(sandbox.close())
    with pytest.raises(LogClosedError):
        await waiting
    await closing


async def test_secrets_are_hidden(sandbox: Sandbox, timecrowd: httpx.AsyncClient) -> None:
    token = sandbox.timecrowd_token
    body = {"access_token": "s3cret", "note": f"is {token} in here", "comment": "token: mine"}
    await timecrowd.post(f"/time_entries/{token}?token=other&page=2", json=body)
    record = sandbox.timecrowd.requests.records[0]
    assert record.path == "/api/v1/time_entries/[hidden]"
    assert record.query == "token=[hidden]&page=2"
    assert record.body == (
        '{"access_token":"[hidden]","note":"is [hidden] in here","comment":"token: mine"}'
    )


async def test_a_revoked_and_an_unknown_token_are_hidden_too(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient
) -> None:
    old = sandbox.timecrowd_token
    new = sandbox.timecrowd.renew_token()
    headers = {"Authorization": "Bearer stranger"}
    await timecrowd.get(f"/{old}/{new}/stranger", headers=headers)
    record = sandbox.timecrowd.requests.records[0]
    assert record.path == "/api/v1/[hidden]/[hidden]/[hidden]"


def test_tokens_are_in_no_repr(sandbox: Sandbox) -> None:
    shown = repr((sandbox.world, sandbox.timecrowd.state, Call("GET", "/", token="s3cret")))
    assert sandbox.timecrowd_token not in shown
    assert sandbox.kaiten_token not in shown
    assert "s3cret" not in shown


def test_the_log_forgets_the_oldest() -> None:
    log = RequestLog()
    for _ in range(KEPT + 1):
        log.arrive(Call("GET", "/"), NOW, None, [])
    assert (len(log.records), log.records[0].number) == (KEPT, 2)


async def test_nothing_is_written_to_python_logs(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG", logger="aiohttp"):
        await timecrowd.get("/teams")
    assert [record for record in caplog.records if record.name.startswith("aiohttp")] == []
    assert sandbox.timecrowd.requests.count() == 1
