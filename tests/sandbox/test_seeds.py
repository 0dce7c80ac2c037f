"""The recorded requests of TimeCrowd's page, and Kaiten's attributes, against the sandbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from timer_app.sandbox import Sandbox

from .conftest import NOW
from .seeds import Example, kaiten_attributes, recorded_world, timecrowd_examples

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

EXAMPLES = timecrowd_examples()
FREE = {"image", "avatar_url", "html_url", "position", "duration"}
"""What a request does not determine: addresses of the site, and the recorder's own moment."""


def _shape(value: object) -> object:
    """Every key at every level, and the type of every value."""
    if isinstance(value, dict):
        return {name: _shape(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_shape(each) for each in value]
    return type(value).__name__


def _determined(value: object) -> object:
    """The value without what a request does not determine."""
    if not isinstance(value, dict):
        return value
    return {name: _determined(each) for name, each in value.items() if name not in FREE}


@pytest.fixture(params=EXAMPLES, ids=[f"example-{n}" for n in range(1, 8)])
def example(request: pytest.FixtureRequest) -> Example:
    """One recorded request."""
    recorded = request.param
    assert isinstance(recorded, Example)
    return recorded


@pytest.fixture
async def replayed(example: Example) -> AsyncIterator[tuple[Sandbox, httpx.Response]]:
    """A sandbox arranged for the example, and its answer to the recorded request."""
    async with Sandbox(recorded_world(example), clock=lambda: NOW) as sandbox:
        headers = {"Authorization": f"Bearer {sandbox.timecrowd_token}"}
        async with httpx.AsyncClient(headers=headers, trust_env=False) as client:
            url = f"{sandbox.timecrowd_url}/api/v1/time_entries"
            yield sandbox, await client.post(url, json=example.request)


def test_the_page_holds_seven_examples() -> None:
    assert [example.status for example in EXAMPLES] == [200] * 5 + [422] * 2


async def test_a_recorded_request_has_the_recorded_answer(
    example: Example, replayed: tuple[Sandbox, httpx.Response]
) -> None:
    _, response = replayed
    answer = response.json()
    assert response.status_code == example.status
    assert _shape(answer) == _shape(example.answer)
    assert _determined(answer) == _determined(example.answer)


async def test_a_recorded_request_changes_just_what_it_should(
    example: Example, replayed: tuple[Sandbox, httpx.Response]
) -> None:
    sandbox, response = replayed
    state, before = sandbox.timecrowd.state, recorded_world(example).timecrowd
    if example.status == 422:
        assert (state.tasks, state.entries) == (before.tasks, {})
        return
    answer = response.json()
    assert set(state.entries) == {example.answer["id"]}
    made = set(state.tasks) - set(before.tasks)
    expected = {answer["task"]["id"], answer["category"]["id"]} - set(before.tasks)
    assert made == expected


async def test_a_running_entry_shows_the_fraction_of_its_first_second(
    example: Example, replayed: tuple[Sandbox, httpx.Response]
) -> None:
    _, response = replayed
    expected = {"realtime": 0.428, "closed": 82800.0, "refused": None}
    kind = "closed" if "time_entry" in example.request else "realtime"
    kind = kind if example.status == 200 else "refused"
    assert response.json().get("duration") == expected[kind]


async def test_a_kaiten_log_has_the_attributes_of_its_page(
    sandbox: Sandbox, kaiten: httpx.AsyncClient
) -> None:
    asked, answered = kaiten_attributes()
    body = {"role_id": -1, "time_spent": 25, "for_date": "2024-12-17", "comment": "Wrote it down"}
    assert set(body) == asked
    response = await kaiten.post(f"/cards/{sandbox.world.card_ids[0]}/time-logs", json=body)
    assert response.status_code == 200
    assert set(response.json()) == answered
