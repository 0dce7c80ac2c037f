"""A running sandbox at a fixed instant, and a client for each service."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import httpx
import pytest
import pytest_asyncio

from timer_app.sandbox import Sandbox, TimeEntry
from timer_app.sandbox.world import CATEGORY_ID, MATE_ID, TEAM_ID, USER_ID

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

NOW = datetime(2024, 12, 17, 0, 27, 8, 428000, UTC)
"""The instant of the recorded examples, and the fraction that their durations show."""
STAMP = NOW.replace(microsecond=0)
"""What TimeCrowd stores of that instant."""
CARD_URL = "https://acme.kaiten.ru/63258149"


class Ticks:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        """The seconds now."""
        return self.seconds


@pytest.fixture
def ticks() -> Ticks:
    """What Kaiten's rate limit takes for the time."""
    return Ticks()


@pytest_asyncio.fixture
async def sandbox(ticks: Ticks) -> AsyncIterator[Sandbox]:
    """A sandbox with the plain world, its clock standing at NOW."""
    async with Sandbox(clock=lambda: NOW, monotonic=ticks) as running:
        yield running


@pytest_asyncio.fixture
async def timecrowd(sandbox: Sandbox) -> AsyncIterator[httpx.AsyncClient]:
    """A client of TimeCrowd's API with the user's token."""
    async with _client(f"{sandbox.timecrowd_url}/api/v1", sandbox.timecrowd_token) as client:
        yield client


@pytest_asyncio.fixture
async def kaiten(sandbox: Sandbox) -> AsyncIterator[httpx.AsyncClient]:
    """A client of Kaiten's API with the user's token."""
    async with _client(f"{sandbox.kaiten_url}/api/latest", sandbox.kaiten_token) as client:
        yield client


@pytest_asyncio.fixture
async def control(sandbox: Sandbox) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the control calls on TimeCrowd's origin."""
    async with httpx.AsyncClient(
        base_url=f"{sandbox.timecrowd_url}/_sandbox", trust_env=False, timeout=10
    ) as client:
        yield client


def _client(base: str, token: str) -> httpx.AsyncClient:
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.AsyncClient(base_url=base, headers=headers, trust_env=False, timeout=10)


@pytest.fixture
def task_id(sandbox: Sandbox) -> int:
    """A task the team has."""
    state = sandbox.timecrowd.state
    return state.add_task(TEAM_ID, "Ship the tray timer", CARD_URL, CATEGORY_ID, NOW).id


@pytest.fixture
def running(sandbox: Sandbox, task_id: int) -> TimeEntry:
    """The user's running entry, started 90 seconds ago."""
    state = sandbox.timecrowd.state
    started = STAMP - timedelta(seconds=90)
    return state.add_entry(USER_ID, task_id, started, None, started)


@pytest.fixture
def finished(sandbox: Sandbox, task_id: int) -> TimeEntry:
    """An entry of the user that ran from two hours ago to one hour ago."""
    start, end = STAMP - timedelta(hours=2), STAMP - timedelta(hours=1)
    return sandbox.timecrowd.state.add_entry(USER_ID, task_id, start, end, end)


@pytest.fixture
def foreign(sandbox: Sandbox, task_id: int) -> TimeEntry:
    """A team mate's running entry."""
    start = STAMP - timedelta(minutes=5)
    return sandbox.timecrowd.state.add_entry(MATE_ID, task_id, start, None, start)
