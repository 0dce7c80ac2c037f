"""The small page that shows what each service holds."""

from __future__ import annotations

import httpx

from timer_app.sandbox import Fault, FaultKind, Sandbox, demo_world
from timer_app.sandbox.world import CARD_ID, TEAM_ID

from .conftest import NOW

URL = "https://acme.kaiten.ru/63258149"
START = {"task": {"key": URL, "url": URL, "title": "Ship <it> & co", "team_id": TEAM_ID}}
LOG = {"role_id": -1, "time_spent": 25, "for_date": "2026-08-20", "comment": "<b>bold</b>"}


async def test_the_page_shows_what_is_held_and_escapes_it(
    sandbox: Sandbox,
    timecrowd: httpx.AsyncClient,
    kaiten: httpx.AsyncClient,
    control: httpx.AsyncClient,
) -> None:
    sandbox.timecrowd.faults.add(Fault(FaultKind.GARBAGE, "GET", "/<x>"))
    await timecrowd.post("/time_entries", json=START)
    await kaiten.post(f"/cards/{CARD_ID}/time-logs", json=LOG)
    await timecrowd.get("/search/tasks?title=<script>")
    response = await control.get(sandbox.timecrowd_url)
    page = response.text
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "Running for 0:00:00: <strong>Ship &lt;it&gt; &amp; co</strong>" in page
    assert "<td>&lt;b&gt;bold&lt;/b&gt;</td>" in page
    assert "<td>/&lt;x&gt;</td>" in page
    assert "title=&lt;script&gt;" in page
    assert not any(raw in page for raw in ("<script", "<b>", "<it>", "<x>", "src=", "href="))
    assert sandbox.timecrowd_token not in page
    assert sandbox.kaiten_token not in page


async def test_links_to_a_card_or_a_task_lead_to_the_page(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient, control: httpx.AsyncClient
) -> None:
    entry = (await timecrowd.post("/time_entries", json=START)).json()
    for url in (entry["html_url"], f"{sandbox.kaiten_url}/{CARD_ID}"):
        assert "Timer App sandbox" in (await control.get(url)).text


async def test_the_page_says_what_is_not_there(
    sandbox: Sandbox, control: httpx.AsyncClient
) -> None:
    await control.post("/state", json={"kaiten": {"token": "revoke"}})
    page = (await control.get(sandbox.kaiten_url)).text
    assert "Nothing runs." in page
    assert "the token is revoked" in page
    assert "Others at work: nobody." in page


async def test_the_demo_world_is_lived_in() -> None:
    async with (
        Sandbox(demo_world(NOW), clock=lambda: NOW) as sandbox,
        httpx.AsyncClient(trust_env=False) as client,
    ):
        page = (await client.get(sandbox.kaiten_url)).text
        state = sandbox.timecrowd.state
        assert [row.stopped_at for row in state.entries_of(sandbox.timecrowd.user_id)].count(
            None
        ) == 0
        assert len(state.entries_of(sandbox.timecrowd.user_id)) == 3 + 3, "of two teams"
        assert sum(log.time_spent for log in sandbox.kaiten.state.logs.values()) == 95 + 50 + 40
    for words in (
        "採用面接の準備",
        "Ship the tray timer",
        "Ошибка: отчёт",
        "DEMO-12",
        "(archived)",
    ):
        assert words in page
