"""Kaiten's rate limit: five requests a second, really enforced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timer_app.sandbox import KaitenSwitches, Sandbox
from timer_app.sandbox.world import CARD_ID

from .conftest import NOW, Ticks

if TYPE_CHECKING:
    import httpx

BODY = {"role_id": -1, "time_spent": 25, "for_date": "2026-08-20"}


async def test_the_rate_is_five_a_second(
    sandbox: Sandbox, kaiten: httpx.AsyncClient, ticks: Ticks
) -> None:
    path = f"/cards/{CARD_ID}/time-logs"
    answers = [await kaiten.post(path, json=BODY) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    remaining = [answer.headers["X-RateLimit-Remaining"] for answer in answers]
    assert remaining == ["4", "3", "2", "1", "0", "0"]
    refused = answers[5]
    assert refused.headers["Retry-After"] == "1"
    assert refused.headers["content-type"].startswith("text/html")
    assert int(refused.headers["X-RateLimit-Reset"]) == int(NOW.timestamp()) + 2
    assert len(sandbox.kaiten.state.logs) == 5
    ticks.seconds = 1.0
    assert (await kaiten.post(path, json=BODY)).status_code == 200
    assert (sandbox.rate.refused, sandbox.rate.admitted) == (1, 6)


async def test_the_rate_may_be_reset_in_seconds(
    sandbox: Sandbox, kaiten: httpx.AsyncClient
) -> None:
    sandbox.kaiten.state.switches = KaitenSwitches(rate_reset_is_epoch=False)
    response = await kaiten.get("/user-roles")
    assert response.headers["X-RateLimit-Reset"] == "1"
