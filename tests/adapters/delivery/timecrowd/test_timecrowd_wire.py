"""TimeCrowd's JSON: byte for byte the page's requests, and answers of any kind."""

from __future__ import annotations

import contextlib
import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sandbox.seeds import Example, timecrowd_examples
from timer_app.adapters.delivery.timecrowd import wire
from timer_app.adapters.delivery.timecrowd.refusals import read_refusal
from timer_app.adapters.http.exchange import Request, Response
from timer_app.adapters.http.json_reader import UnreadableResponse
from timer_app.domain.delivery.outcomes import RemoteEntry, Removed
from timer_app.domain.entries.card import Card, CardKey
from timer_app.domain.entries.task import Task, TimeCrowdTask
from timer_app.domain.entries.timecrowd_task import TimeCrowdTaskInfo
from timer_app.domain.setup.accounts import Account, Choice

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLES = timecrowd_examples()
CARD = Card("https://acme.kaiten.ru", 63258149)
START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def _answer(value: object, status: int = 200) -> Response:
    return Response(status, json.dumps(value))


def _as_bytes(body: object) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def _form(example: Example) -> wire.TaskForm:
    """The form an example was made from: its values, whatever their order."""
    task, parent = example.request["task"], example.request.get("parent")
    return wire.TaskForm(
        task["key"],
        task["title"],
        task["url"],
        task["team_id"],
        task.get("parent_id"),
        wire.ParentForm(parent["key"], parent["title"], parent["url"]) if parent else None,
    )


# -- requests


def test_the_page_holds_seven_examples() -> None:
    assert [example.status for example in EXAMPLES] == [200] * 5 + [422] * 2
    assert [set(example.request) for example in EXAMPLES] == [
        {"task"},
        {"parent", "task"},
        {"parent", "task"},
        {"parent", "task"},
        {"time_entry"},
        {"task"},
        {"task"},
    ]


@pytest.mark.parametrize("example", [one for one in EXAMPLES if "task" in one.request])
def test_task_forms_are_the_pages_byte_for_byte(example: Example) -> None:
    request = wire.start(_form(example))
    assert (request.method, request.path) == ("POST", "/api/v1/time_entries")
    assert request.content == _as_bytes(example.request)


def test_the_closed_entry_is_the_pages_byte_for_byte() -> None:
    (example,) = (one for one in EXAMPLES if "time_entry" in one.request)
    times = example.request["time_entry"]
    form = wire.TimesForm(
        datetime.fromtimestamp(int(times["started_at"]), UTC),
        datetime.fromtimestamp(int(times["stopped_at"]), UTC),
        times["time_trackable_id"],
    )
    assert wire.record(form).content == _as_bytes(example.request)
    correction = wire.correct("6135", form)
    assert (correction.method, correction.path) == ("PATCH", "/api/v1/time_entries/6135")
    assert correction.content == _as_bytes(example.request)


def test_a_correction_of_what_runs_has_no_stop_but_always_a_time_entry() -> None:
    form = wire.TimesForm(START + timedelta(microseconds=999_999), None, "7")
    assert wire.correct("1", form).body == {
        "time_entry": {"started_at": str(int(START.timestamp())), "time_trackable_id": "7"}
    }


def test_a_task_with_a_card_is_the_cards_address() -> None:
    form = wire.task_form(Task("Ship it", CARD), 11609, 36543)
    assert wire.start(form).body == {
        "task": {
            "key": CARD.url,
            "parent_id": "36543",
            "team_id": "11609",
            "title": "Ship it",
            "url": CARD.url,
        }
    }
    assert wire.create_task(form).body == {
        "task": {
            "key": CARD.url,
            "parent_id": "36543",
            "title": "Ship it",
            "url": CARD.url,
        }
    }


def test_a_task_without_a_card_is_its_title_and_has_no_address() -> None:
    form = wire.task_form(Task("Mail"), 11609, None)
    assert wire.start(form).body == {"task": {"key": "Mail", "team_id": "11609", "title": "Mail"}}
    assert wire.create_task(form).body == {"task": {"key": "Mail", "title": "Mail"}}


@pytest.mark.parametrize(
    ("request_", "method", "path", "query"),
    [
        (wire.stop("5"), "PATCH", "/api/v1/time_entries/5/stop", {}),
        (wire.delete("5"), "DELETE", "/api/v1/time_entries/5", {}),
        (wire.me(), "GET", "/api/v1/user", {}),
        (wire.working_users(), "GET", "/api/v1/user/working_users", {}),
        (wire.my_entries(), "GET", "/api/v1/user/time_entries", {"page": "1"}),
        (
            wire.my_entries("7", 2),
            "GET",
            "/api/v1/user/time_entries",
            {"task_id": "7", "page": "2"},
        ),
        (wire.teams(), "GET", "/api/v1/teams", {}),
        (wire.team_categories("9"), "GET", "/api/v1/teams/9/categories", {}),
        (wire.all_categories(), "GET", "/api/v1/categories", {}),
        (wire.team_tasks("9"), "GET", "/api/v1/teams/9/tasks", {"page": "1"}),
        (wire.search_tasks("a&b"), "GET", "/api/v1/search/tasks", {"title": "a&b"}),
    ],
)
def test_calls_without_a_body(
    request_: Request, method: str, path: str, query: dict[str, str]
) -> None:
    assert request_ == Request(method, path, query)


# -- answers


@pytest.mark.parametrize("example", [one for one in EXAMPLES if one.status == 200])
def test_the_pages_answers_are_read(example: Example) -> None:
    answer = example.answer
    remote = wire.entry(_answer(answer))
    assert remote.id == str(answer["id"])
    assert remote.task_id == str(answer["time_trackable_id"])
    assert remote.started_at == datetime.fromisoformat(cast("str", answer["started_at"]))
    assert (remote.stopped_at is None) == (answer["stopped_at"] is None)


def test_words_are_the_pages_lines_without_the_rails_heading() -> None:
    forbidden, deleted = (one for one in EXAMPLES if one.status == 422)
    assert read_refusal(_answer(forbidden.answer, 422)) == (
        "選択中のチームでタスクの作成・編集・削除は許可されていません",
    )
    assert read_refusal(_answer(deleted.answer, 422)) == ("Category is already deleted.",)


def test_a_heading_alone_is_better_than_nothing() -> None:
    heading = "2 errors prohibited this Task from being saved. "
    assert read_refusal(_answer({"messages": [heading]}, 422)) == (heading,)


LEAST: dict[str, object] = {
    "id": "6131",
    "started_at": "2024-12-17T09:27:08.000+09:00",
    "stopped_at": None,
    "time_trackable_id": 36544,
}


def test_the_least_an_entry_needs() -> None:
    at = datetime(2024, 12, 17, 0, 27, 8, tzinfo=UTC)
    assert wire.entry(_answer(LEAST)) == RemoteEntry("6131", "36544", at, None)
    by_task = {**LEAST, "time_trackable_id": None, "task": {"id": "36544"}}
    assert wire.entry(_answer(by_task)) == RemoteEntry("6131", "36544", at, None)


@pytest.mark.parametrize("created_at", [None, 1734395228, "2024-12-17 00:27", {}])
def test_what_no_outcome_needs_may_be_anything(created_at: object) -> None:
    held = wire.remote_entry_details({**LEAST, "created_at": created_at})
    assert (held.remote.id, held.created_at) == ("6131", None)


@pytest.mark.parametrize("category", [True, False, None, {"id": 1}, "new"])
def test_category_may_be_anything(category: object) -> None:
    task = {"id": 1, "title": "t", "category": category}
    assert (
        wire.remote_entry_details({**LEAST, "task": task, "category": category}).task.title == "t"
    )


@pytest.mark.parametrize(
    "broken",
    [
        {"id": None},
        {"id": True},
        {"id": 1.5},
        {"id": "../../user"},
        {"started_at": None},
        {"started_at": "2024-12-17T00:27:08"},
        {"started_at": "0001-01-01T00:00:00+10:00"},
        {"started_at": 1734308828},
        {"stopped_at": 0},
        {"stopped_at": "soon"},
        {"time_trackable_id": None},
        {"time_trackable_id": "\ud800"},
    ],
)
def test_what_an_outcome_needs_must_be_there(broken: dict[str, object]) -> None:
    with pytest.raises(UnreadableResponse):
        wire.entry(_answer({**LEAST, **broken}))


def test_an_entry_that_says_nothing_of_its_stop_is_not_taken_for_running() -> None:
    with pytest.raises(UnreadableResponse):
        wire.entry(_answer({name: each for name, each in LEAST.items() if name != "stopped_at"}))


def test_what_runs_is_that_of_my_id_alone() -> None:
    running = {"id": 1, "started_at": "2024-12-17T00:27:08.000Z", "can_stop": True}
    task = {"id": 7, "key": "k", "title": "t", "url": None, "team_id": 9, "parent_id": 3}
    mate = {"id": 2, "time_entry": {"id": "unreadable ?"}, "task": None}
    rows = [mate, {"id": 1, "time_entry": running, "task": task}, {"id": 1, "time_entry": None}]
    (held,) = wire.working_now(_answer(rows), 1)
    at = datetime(2024, 12, 17, 0, 27, 8, tzinfo=UTC)
    assert held.remote == RemoteEntry("1", "7", at, None)
    assert held.task == wire.RemoteTask("7", "t", "k", "", "9")
    assert wire.working_now(_answer(rows), 3) == ()


@pytest.mark.parametrize(
    ("held", "task", "fits"),
    [
        (wire.RemoteTask("1", url=CARD.url), Task("new title", CARD), True),
        (wire.RemoteTask("1", key=CARD.url), Task("new title", CARD), True),
        (wire.RemoteTask("1", title="t", url=CARD.url + "0"), Task("t", CARD), False),
        (wire.RemoteTask("1", url=f"{CARD.origin}/c/ABC-1"), Task("t", CARD), True),
        (wire.RemoteTask("1", url=f"{CARD.origin}/c/ABC-2"), Task("t", CARD), False),
        (wire.RemoteTask("1", title="t", key="t"), Task("t", CARD), False),
        (wire.RemoteTask("1", title="t", key="random"), Task("t"), True),
        (wire.RemoteTask("1", title="renamed", key="t"), Task("t"), True),
        (wire.RemoteTask("1", title="t", key=CARD.url, url=CARD.url), Task("t"), False),
        (wire.RemoteTask("1", title="tt"), Task("t"), False),
    ],
)
def test_which_task_is_ours(held: wire.RemoteTask, task: Task, fits: bool) -> None:  # noqa: FBT001
    assert held.is_same_task(task, {CardKey(CARD.origin, "ABC-1"): CARD}) is fits


def test_categories_are_named_by_their_path() -> None:
    nested = [
        {
            "id": 1,
            "title": "Development",
            "category": True,
            "children": [
                {"id": 2, "title": "Timer App", "children": [{"id": "3", "title": "Tray"}]},
                {"id": 4, "title": "Gone", "deleted_at": "2024-12-17T00:27:08.000Z"},
                {"id": 5, "title": "Old", "archived": True},
            ],
        },
        {"id": 6, "title": "社内業務", "children": None},
    ]
    assert wire.category_choices(_answer(nested), 9) == (
        Choice(1, "Development"),
        Choice(2, "Development / Timer App"),
        Choice(3, "Development / Timer App / Tray"),
        Choice(6, "社内業務"),
    )
    flat = [
        {"id": 1, "title": "Development", "team_id": 9, "ancestry": None},
        {"id": 2, "title": "Timer App", "team_id": 9, "ancestry": "1"},
        {"id": 3, "title": "Tray", "team_id": 9, "ancestry": "1/2"},
        {"id": 7, "title": "Another team's", "team_id": 10, "ancestry": None},
    ]
    assert wire.category_choices(_answer({"categories": flat}), 9) == (
        Choice(1, "Development"),
        Choice(2, "Development / Timer App"),
        Choice(3, "Development / Timer App / Tray"),
    )


def test_account_and_teams() -> None:
    assert wire.account(_answer({"id": 5, "nickname": "Dana"})) == Account(5, "Dana")
    assert wire.account(_answer({"id": "5", "email": "d@x"})) == Account(5, "d@x")
    rows = [{"id": 9, "name": "Texas dragons"}, {"id": 8, "name": "x", "deleted_at": "now"}]
    assert wire.team_choices(_answer(rows)) == (Choice(9, "Texas dragons"),)


def test_a_removal_is_empty_or_json() -> None:
    for answer in (Response(204, ""), Response(200, ""), _answer(LEAST), Response(200, "null")):
        assert wire.removed(answer) == Removed()
    with pytest.raises(UnreadableResponse):
        wire.removed(Response(200, "<html>sign in</html>"))


# -- anything at all

FIELDS = (
    "id",
    "started_at",
    "stopped_at",
    "task",
    "time_entry",
    "title",
    "team_id",
    "tasks",
    "children",
    "nickname",
    "name",
    "ancestry",
    "created_at",
    "time_trackable_id",
)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.datetimes().map(datetime.isoformat)
    | st.sampled_from(["2024-12-17T00:27:08.000Z", "1"])
)
JSON = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=6)
    ),
    max_leaves=25,
)
READERS: list[Callable[[Response], object]] = [
    wire.entry,
    wire.entries,
    wire.created_task,
    wire.tasks,
    wire.account,
    wire.team_choices,
    wire.removed,
    lambda response: wire.working_now(response, 1),
    lambda response: wire.category_choices(response, 9),
]


def _read_by_all(response: Response) -> None:
    for read in READERS:
        with contextlib.suppress(UnreadableResponse):
            read(response)
    assert all(isinstance(line, str) for line in read_refusal(response))


@given(JSON)
def test_any_json_is_a_value_or_unreadable(value: object) -> None:
    _read_by_all(_answer(value))


@given(st.text())
def test_any_text_is_a_value_or_unreadable(text: str) -> None:
    _read_by_all(Response(200, text))


@given(st.dictionaries(st.sampled_from(FIELDS), JSON))
def test_any_entry_is_a_value_or_unreadable(changed: dict[str, object]) -> None:
    _read_by_all(_answer({**LEAST, **changed}))
    _read_by_all(_answer([{"id": 1, "time_entry": {**LEAST, **changed}, **changed}]))


def test_a_nest_deeper_than_the_stack_is_a_value_or_unreadable() -> None:
    depth = 400
    text = '[{"id":1,"title":"a","children":' * depth + "null" + "}]" * depth
    assert len(wire.category_choices(Response(200, text), 9)) == depth
    _read_by_all(Response(200, '[{"children":' * 50_000))


def test_tasks_to_choose_from_leave_out_what_cannot_be_started() -> None:
    rows: list[dict[str, object]] = [
        {"id": 7, "title": "Call", "team_id": "9", "team": {"name": "Ours"}, "category": True},
        {"id": "8", "title": "Over", "closed_at": "2026-01-01T00:00:00Z"},
        {"id": 9, "title": "Put away", "archived": True},
        {"id": 10, "title": "Gone", "deleted_at": "2026-01-01T00:00:00Z"},
        {"id": "x", "title": "No number"},
        {"title": "No id"},
        {"id": 11, "title": None, "team": [], "category": {"title": 5}},
    ]
    for body in (rows, {"tasks": rows}):
        response = Response(200, json.dumps(body))
        assert wire.task_infos(response) == (
            TimeCrowdTaskInfo(TimeCrowdTask(7, 9), "Call", team="Ours"),
            TimeCrowdTaskInfo(TimeCrowdTask(11), ""),
        )
