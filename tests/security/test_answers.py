"""Whatever a service answers.

it is read, or it is `UnreadableResponse`. Nothing else comes of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.security.support import refusal
from timer_app.adapters.delivery.kaiten import refusals as kaiten_refusals
from timer_app.adapters.delivery.kaiten import wire as kaiten
from timer_app.adapters.delivery.timecrowd import refusals as timecrowd_refusals
from timer_app.adapters.delivery.timecrowd import wire as timecrowd
from timer_app.adapters.http.exchange import (
    Response,
    classify_response,
    read_response,
    refusal_messages,
)
from timer_app.adapters.http.json_reader import UnreadableResponse
from timer_app.adapters.setup.releases import read_version
from timer_app.domain.delivery.outcomes import NotSent, OutcomeUnknown, Refused, Unauthorized
from timer_app.services.setup.updates import ReleaseFeedError

ORIGIN = "https://acme.kaiten.ru"
FORM = kaiten.LogForm(-1, 5, date(2026, 11, 22), "")
READERS: dict[str, Callable[[Response], object]] = {
    "TimeCrowd: an entry": timecrowd.entry,
    "TimeCrowd: entries": timecrowd.entries,
    "TimeCrowd: working now": lambda answer: timecrowd.working_now(answer, 1),
    "TimeCrowd: a task": timecrowd.created_task,
    "TimeCrowd: tasks": timecrowd.tasks,
    "TimeCrowd: the account": timecrowd.account,
    "TimeCrowd: teams": timecrowd.team_choices,
    "TimeCrowd: categories": lambda answer: timecrowd.category_choices(answer, 1),
    "TimeCrowd: a removal": timecrowd.removed,
    "TimeCrowd: words": timecrowd_refusals.read_refusal,
    "Kaiten: a log": lambda answer: kaiten.created_log(answer, 1, FORM),
    "Kaiten: logs": kaiten.remote_logs,
    "Kaiten: a removal": kaiten.removed,
    "Kaiten: a card": lambda answer: kaiten.requested_card(answer, 1, ORIGIN),
    "Kaiten: a card by its key": lambda answer: kaiten.requested_card(answer, "ABC-1", ORIGIN),
    "Kaiten: cards": lambda answer: kaiten.cards(answer, ORIGIN),
    "Kaiten: the account": kaiten.account,
    "Kaiten: roles": kaiten.roles,
    "Kaiten: words": kaiten_refusals.read_refusal,
    "any refusal": refusal_messages,
}
NAMES = (
    "id", "title", "key", "url", "task", "tasks", "time_entry", "time_entries", "working_users",
    "started_at", "stopped_at", "created_at", "deleted_at", "time_trackable_id", "team_id", "teams",
    "categories", "children", "ancestry", "archived", "nickname", "email", "name", "person",
    "messages", "message", "errors", "error", "card_id", "time_spent", "for_date", "comment",
    "author_id", "user_id", "role_id", "full_name", "condition", "state", "board", "column", "uid",
)  # fmt: skip
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 5), st.integers(), st.floats(), st.text(max_size=8),
    st.sampled_from([
        "1", "0", "-1", "../..", "1/2", "1e5", "NaN", "２", "2026-11-22", "2026-11-22T09:00:00Z",
        "2026-11-22T09:00:00.123456789+03:00", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59Z",
        "2026-11-22T09:00:00", "2026-W47-1", 10**400, 10**18, "9" * 5000, "ABC-1", "\ud800",
    ]),
)  # fmt: skip
ANY = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.one_of(st.sampled_from(NAMES), st.text(max_size=3)), inner, max_size=6),
    ),
    max_leaves=12,
)
TEXTS = st.one_of(ANY.map(json.dumps), st.text(), st.binary().map(lambda it: it.decode("latin-1")))


@pytest.mark.parametrize("name", READERS)
@given(text=TEXTS)
@example("[" * 100_000)
@example('{"a":' * 100_000)
@example("9" * 5000)
@example("-1e999")
@example("")
@example("\ufeff{}")
def test_an_answer_is_read_or_unreadable(name: str, text: str) -> None:
    why = refusal(lambda: READERS[name](Response(200, text)), UnreadableResponse)
    assert len(why) < 200  # it quotes nothing of what came


@given(content=TEXTS)
@example('{"tag_name": "0.2.0\\n"}')
@example("[" * 100_000)
def test_of_who_tells_of_versions_numbers_are_all_that_is_taken(content: str) -> None:
    found = ""

    def read_it() -> None:
        nonlocal found
        found = read_version(content.encode("utf-8", "surrogatepass"))

    refusal(read_it, ReleaseFeedError)
    assert set(found) <= set("0123456789.")


HEADERS = st.dictionaries(
    st.sampled_from(
        ["date", "retry-after", "x-ratelimit-reset", "location", "content-type", "x-other"]
    ),
    st.one_of(
        st.text(max_size=30),
        st.sampled_from([
            "Sun, 22 Nov 2026 09:00:00 GMT", "Sun, 32 Nov 2026 09:00:00 -0000", "9" * 400, "1e999",
            "-1", "inf", "Mon, 01 Jan 0001 00:00:00 +2359", "https://[evil", "//evil.example",
            "text/html; charset=\x00", "999999999999",
        ]),
    ),
)  # fmt: skip


@given(status=st.integers(100, 599), headers=HEADERS, text=TEXTS)
def test_every_status_and_header_has_an_outcome(
    status: int, headers: dict[str, str], text: str
) -> None:
    answer = read_response(status, headers, text, lambda: datetime(2026, 11, 22, tzinfo=UTC))
    meant = classify_response(answer, "Kaiten", refusal_messages)
    assert isinstance(meant, Response | NotSent | OutcomeUnknown | Unauthorized | Refused)
    assert isinstance(meant, Response) == (200 <= status < 300)


def test_an_id_of_theirs_cannot_lead_a_request_elsewhere() -> None:
    """Ids go into paths: one that is a path itself is unreadable."""
    for odd in ("../user", "1/stop", "1?x=", "1#", "//evil.example", "1\r\nHost: evil", "", " 1"):
        row = {"id": odd, "started_at": "2026-11-22T09:00:00Z", "stopped_at": None,
               "task": {"id": "1"}}  # fmt: skip
        with pytest.raises(UnreadableResponse):
            timecrowd.entry(Response(200, json.dumps(row)))
        with pytest.raises(UnreadableResponse):
            kaiten.created_log(Response(200, json.dumps({"id": odd})), 1, FORM)
