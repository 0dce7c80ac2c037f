"""Kaiten's JSON: the page's requests, and answers of any kind."""

from __future__ import annotations

import contextlib
import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sandbox.seeds import kaiten_attributes
from timer_app.adapters.delivery.kaiten import wire
from timer_app.adapters.delivery.kaiten.refusals import read_refusal
from timer_app.adapters.http.exchange import Request, Response
from timer_app.adapters.http.json_reader import UnreadableResponse
from timer_app.domain.delivery.outcomes import RemoteLog, Removed
from timer_app.domain.entries.card import Card, CardInfo
from timer_app.domain.setup.accounts import Account, Choice

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = date(2026, 11, 22)
ORIGIN = "https://acme.kaiten.ru"
FORM = wire.LogForm(-1, 90, DAY, "done")
LOG: dict[str, object] = {
    "updated": "2026-11-22T09:00:00.000Z",
    "created": "2026-11-22T09:00:00.000Z",
    "id": 71,
    "card_id": 5,
    "user_id": 501,
    "role_id": -1,
    "author_id": 501,
    "updater_id": None,
    "time_spent": 90,
    "for_date": "2026-11-22T00:00:00.000Z",
    "comment": None,
}


def _answer(value: object, status: int = 200) -> Response:
    return Response(status, json.dumps(value))


# -- requests


def test_a_log_is_what_the_page_asks_for() -> None:
    request = wire.add_log(5, FORM)
    assert (request.method, request.path) == ("POST", "/api/latest/cards/5/time-logs")
    expected = b'{"role_id":-1,"time_spent":90,"for_date":"2026-11-22","comment":"done"}'
    assert request.content == expected
    asked, answered = kaiten_attributes()
    assert set(json.loads(expected)) == asked
    assert set(LOG) == answered


@pytest.mark.parametrize("comment", ["", "  \n", "\ud83d"])
def test_an_empty_comment_is_left_out(comment: str) -> None:
    assert "comment" not in wire.LogForm(-1, 1, DAY, comment).as_json()
    assert wire.LogUpdate(comment=comment).as_json() == {"comment": ""}


def test_a_long_comment_is_cut_in_utf_16_units_between_pairs() -> None:
    assert wire.truncate_comment("a" * 4096) == "a" * 4096
    assert wire.truncate_comment("a" * 4097) == "a" * 4096
    assert wire.truncate_comment("時" * 5000) == "時" * 4096
    assert wire.truncate_comment("😀" * 3000) == "😀" * 2048
    assert wire.truncate_comment("a" + "😀" * 3000) == "a" + "😀" * 2047
    assert wire.truncate_comment("half \ud83d pair") == "half  pair"


@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=9000))
def test_any_comment_fits_and_begins_as_it_was_written(comment: str) -> None:
    kept = wire.truncate_comment(comment)
    assert len(kept.encode("utf-16-le")) <= 2 * wire.MAX_COMMENT_UNITS
    text = "".join(each for each in comment if not "\ud800" <= each <= "\udfff")
    assert text.startswith(kept)


def test_a_change_holds_what_changes_alone() -> None:
    request = wire.update_log(5, "71", wire.LogUpdate(minutes=3))
    assert (request.method, request.path) == ("PATCH", "/api/latest/cards/5/time-logs/71")
    assert request.body == {"time_spent": 3}
    change = wire.LogUpdate(for_date=DAY, comment="c")
    assert change.as_json() == {"for_date": "2026-11-22", "comment": "c"}


@pytest.mark.parametrize(
    ("request_", "method", "path", "query"),
    [
        (wire.delete_log(5, "71"), "DELETE", "/api/latest/cards/5/time-logs/71", {}),
        (
            wire.list_logs(5, DAY),
            "GET",
            "/api/latest/cards/5/time-logs",
            {"for_date": "2026-11-22", "personal": "true", "limit": "100"},
        ),
        (wire.card(5), "GET", "/api/latest/cards/5", {}),
        (wire.card("ABC-12"), "GET", "/api/latest/cards/ABC-12", {}),
        (wire.current_user(), "GET", "/api/latest/users/current", {}),
        (wire.user_roles(), "GET", "/api/latest/user-roles", {}),
        (
            wire.search("a&b", 500),
            "GET",
            "/api/latest/cards",
            {
                "query": "a&b",
                "states": "1,2",
                "archived": "false",
                "order_by": "updated",
                "order_direction": "desc",
                "limit": "100",
                "offset": "0",
            },
        ),
    ],
)
def test_calls_without_a_body(
    request_: Request, method: str, path: str, query: dict[str, str]
) -> None:
    assert request_ == Request(method, path, query)


# -- answers


@pytest.mark.parametrize(
    "answer",
    [
        LOG,
        {"id": 71},
        {"id": "71", "card_id": None, "time_spent": None, "for_date": None},
        {**LOG, "for_date": "2026-11-22"},
        {**LOG, "for_date": "2026-11-22T23:00:00.000-05:00"},
    ],
)
def test_a_made_log_needs_its_id_alone(answer: object) -> None:
    assert wire.created_log(_answer(answer), 5, FORM) == RemoteLog("71")


@pytest.mark.parametrize(
    "answer",
    [
        None,
        [],
        {},
        {"id": None},
        {"id": True},
        {**LOG, "card_id": 6},
        {**LOG, "time_spent": 91},
        {**LOG, "for_date": "2026-11-21T23:00:00.000Z"},
        {**LOG, "for_date": 5},
    ],
)
def test_a_log_that_is_not_the_one_asked_for_is_unreadable(answer: object) -> None:
    with pytest.raises(UnreadableResponse):
        wire.created_log(_answer(answer), 5, FORM)


def test_listed_logs() -> None:
    (held,) = wire.remote_logs(_answer([{**LOG, "for_date": "2026-11-22", "comment": "c"}]))
    created = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
    assert held == wire.RemoteLogDetails("71", 90, DAY, "c", -1, created)
    assert wire.remote_logs(_answer([])) == ()


def test_a_list_with_one_unreadable_log_is_unreadable() -> None:
    with pytest.raises(UnreadableResponse):
        wire.remote_logs(_answer([LOG, {"id": 72}]))


def test_a_card() -> None:
    value = {
        "id": 5,
        "title": "Ship it",
        "condition": 1,
        "archived": False,
        "time_spent_sum": 135,
        "board": {"title": "Timer App"},
        "column": {"title": "В работе"},
    }
    info = CardInfo(Card(ORIGIN, 5), "Ship it", False, "Timer App", "В работе", 135)
    assert wire.requested_card(_answer(value), 5, ORIGIN) == info
    assert wire.requested_card(_answer(value), "ABC-12", ORIGIN) == info
    assert wire.cards(_answer([value]), ORIGIN) == (info,)
    least = wire.card_info({"id": 5, "title": "", "condition": 2, "board": None}, ORIGIN)
    assert least == CardInfo(Card(ORIGIN, 5), "", True, "", "", 0)
    with pytest.raises(UnreadableResponse):
        wire.requested_card(_answer(value), 6, ORIGIN)


def test_where_a_card_lies_as_far_as_kaiten_says_it() -> None:
    path = {"space": {"id": 6001, "title": "Product"}, "board": {"id": 7, "title": "other"}}
    told = {"board": {"id": 7001, "title": "App"}, "updated": "2026-11-20T10:00:00.000Z"}
    info = wire.card_info({"id": 5, "title": "x", "path_data": path, **told}, ORIGIN)
    assert (info.space, info.space_id, info.board_id) == ("Product", 6001, 7001)
    assert info.updated == datetime(2026, 11, 20, 10, tzinfo=UTC)
    odd: dict[str, object] = {"id": 5, "title": "x", "board_id": 7, "updated": "soon"}
    values: tuple[object, ...] = (None, [], {"space": None}, {"space": 6})
    for value in values:
        told_less = wire.card_info({**odd, "path_data": value}, ORIGIN)
        assert (told_less.space, told_less.space_id, told_less.board_id) == ("", None, 7)
        assert told_less.updated is None


def test_roles_hold_employee_in_any_case() -> None:
    employee, other = Choice(-1, "Employee"), Choice(7, "Developer")
    listed = [{"id": 7, "name": "Developer", "company_id": 1}]
    assert wire.roles(_answer(listed)) == (employee, other)
    both = [*listed, {"id": -1, "name": "Сотрудник"}]
    assert wire.roles(_answer(both)) == (other, Choice(-1, "Сотрудник"))


def test_account() -> None:
    assert wire.account(_answer({"id": 1, "full_name": "Dana"})) == Account(1, "Dana")
    assert wire.account(_answer({"id": 1, "full_name": "", "email": "d@x"})) == Account(1, "d@x")


@pytest.mark.parametrize("status", [402, 403, 404])
def test_plain_words_stand_beside_the_services_own(status: int) -> None:
    (plain,) = read_refusal(Response(status, ""))
    assert "Kaiten" in plain
    assert read_refusal(_answer({"message": "Own."}, status)) == ("Own.", plain)


def test_a_400_speaks_for_itself() -> None:
    assert read_refusal(_answer({"message": "data.x should be y"}, 400)) == ("data.x should be y",)


def test_a_removal_is_empty_or_json() -> None:
    for answer in (Response(204, ""), Response(200, ""), _answer({"id": 71})):
        assert wire.removed(answer) == Removed()
    with pytest.raises(UnreadableResponse):
        wire.removed(Response(200, "<html>sign in</html>"))


# -- anything at all

FIELDS = (
    "id",
    "card_id",
    "time_spent",
    "for_date",
    "created",
    "title",
    "board",
    "column",
    "condition",
    "time_spent_sum",
    "full_name",
    "name",
    "comment",
    "role_id",
)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.datetimes().map(datetime.isoformat)
    | st.sampled_from(["2026-11-22", "71"])
)
JSON = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=6)
    ),
    max_leaves=25,
)
READERS: list[Callable[[Response], object]] = [
    lambda response: wire.created_log(response, 5, FORM),
    lambda response: wire.created_log(response, 5, wire.LogUpdate(comment="c")),
    wire.remote_logs,
    wire.removed,
    wire.account,
    wire.roles,
    lambda response: wire.cards(response, ORIGIN),
    lambda response: wire.requested_card(response, 5, ORIGIN),
]


def _read_by_all(response: Response) -> None:
    for read in READERS:
        with contextlib.suppress(UnreadableResponse):
            read(response)
    assert all(isinstance(line, str) for line in read_refusal(response))


@given(JSON)
def test_any_json_is_a_value_or_unreadable(value: object) -> None:
    _read_by_all(_answer(value))


@given(st.integers(100, 599), st.text())
def test_any_text_is_a_value_or_unreadable(status: int, text: str) -> None:
    _read_by_all(Response(status, text))


@given(st.dictionaries(st.sampled_from(FIELDS), JSON))
def test_any_log_is_a_value_or_unreadable(changed: dict[str, object]) -> None:
    _read_by_all(_answer({**LOG, **changed}))
    _read_by_all(_answer([{**LOG, **changed}]))
