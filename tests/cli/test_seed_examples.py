"""TimeCrowd's seven recorded examples, each from a person's command to the request's bytes."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.cli.support import Services, TimerApp
from tests.sandbox.seeds import Example, recorded_world, timecrowd_examples
from tests.support.secret_service import NAMED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.secret_service import SecretService

EXAMPLES = timecrowd_examples()
PATIENT = ("--wait", "60")
FIRST, OTHER_SITE, CHATWORK, KDDI, CLOSED, FORBIDDEN, NO_CATEGORY = EXAMPLES


@pytest.fixture
def example() -> Example:
    """The example that is played; tests name theirs."""
    raise NotImplementedError


@pytest.fixture
def services(example: Example) -> Iterator[Services]:
    """The services as they were when the example was recorded."""
    with Services(recorded_world(example)) as running:
        yield running


@pytest.fixture
def app(
    bare_app: TimerApp, services: Services, keyring: SecretService, example: Example
) -> TimerApp:
    """The app set up for the example's team and category, and for TimeCrowd alone."""
    del keyring
    bare_app.environment |= NAMED
    text = f'[timecrowd]\nurl = "{services.timecrowd_url}"\n'
    text += f"team_id = {services.sandbox.world.team_id}\n"
    parent = example.request.get("task", {}).get("parent_id")
    bare_app.configure(text + (f"category_id = {parent}\n" if parent else ""))
    return bare_app


def sent(services: Services) -> list[bytes]:
    """The bodies of what was posted to the page's address, as they were sent."""
    return [
        record.body.encode()
        for record in services.requests("timecrowd")
        if (record.method, record.path) == ("POST", "/api/v1/time_entries")
    ]


def as_bytes(body: object) -> bytes:
    """JSON as it is sent: in the page's order, without blanks."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


@pytest.mark.parametrize("example", [FIRST])
def test_first_a_task_at_an_address(app: TimerApp, services: Services, example: Example) -> None:
    task = example.request["task"]
    app.run("start", task["url"], "--task", task["title"], *PATIENT)
    assert sent(services) == [as_bytes(example.request)]
    (entry,) = services.entries()
    made, recorded = services.task(entry), example.answer["task"]
    assert isinstance(recorded, dict)
    assert {"key": made.key, "url": made.url, "title": made.title} == {
        name: recorded[name] for name in ("key", "url", "title")
    }


@pytest.mark.parametrize("example", [OTHER_SITE])
def test_second_a_parent_that_counts_for_nothing_is_left_out(
    app: TimerApp, services: Services, example: Example
) -> None:
    """The service ignores it for such an address: the task lands where it was recorded."""
    task = example.request["task"]
    app.run("start", task["url"], "--task", task["title"], *PATIENT)
    assert sent(services) == [as_bytes({"task": task})]
    (entry,) = services.entries()
    category = example.answer["category"]
    assert isinstance(category, dict)
    assert services.task(entry).parent_id == category["id"]


@pytest.mark.parametrize("example", [CHATWORK, KDDI], ids=["third", "fourth"])
def test_third_and_fourth_a_message_below_its_room(
    app: TimerApp, services: Services, example: Example
) -> None:
    """The key is the address, as the service keeps it; the parent is the room's own address."""
    task, title = example.request["task"], example.request["parent"]["title"]
    room = task["url"].partition("-")[0]
    app.run("start", task["url"], "--task", task["title"], "--room", title, *PATIENT)
    expected = {
        "parent": example.request["parent"] | {"key": room, "url": room},
        "task": task | {"key": task["url"]},
    }
    assert sent(services) == [as_bytes(expected)]
    (entry,) = services.entries()
    made = services.task(entry)
    assert (made.key, made.url) == (task["url"], task["url"])
    categories = services.sandbox.timecrowd.state.tasks
    assert made.parent_id is not None
    category = services.call(lambda: categories[made.parent_id or 0])
    assert (category.key, category.title) == (room, title)


@pytest.mark.parametrize("example", [CLOSED])
def test_fifth_a_finished_entry(app: TimerApp, services: Services, example: Example) -> None:
    task, times = example.answer["task"], example.request["time_entry"]
    assert isinstance(task, dict)
    began, ended = (
        datetime.fromtimestamp(int(times[name]), UTC).isoformat()
        for name in ("started_at", "stopped_at")
    )
    app.run("add", task["url"], "--task", task["title"], "--from", began, "--to", ended, *PATIENT)
    assert sent(services) == [as_bytes(example.request)]
    assert [entry.task_id for entry in services.entries()] == [int(times["time_trackable_id"])]


@pytest.mark.parametrize("example", [FORBIDDEN], ids=["sixth"])
def test_sixth_a_team_that_forbids_new_tasks(
    app: TimerApp, services: Services, example: Example
) -> None:
    refused(app, services, example)


@pytest.mark.parametrize("example", [NO_CATEGORY], ids=["seventh"])
def test_seventh_a_category_that_was_deleted(
    app: TimerApp, services: Services, example: Example
) -> None:
    refused(app, services, example)


def refused(app: TimerApp, services: Services, example: Example) -> None:
    """The request is the page's, and the person reads the page's words without its heading."""
    task = example.request["task"]
    app.run("start", task["url"], "--task", task["title"], *PATIENT, code=4)
    assert sent(services) == [as_bytes(example.request)]
    assert services.entries() == []
    words = example.answer["messages"]
    assert isinstance(words, list)
    shown = json.dumps(app.json("problems", code=None), ensure_ascii=False)
    assert words[-1] in shown
    assert "prohibited this Task" not in shown
