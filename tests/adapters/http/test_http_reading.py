"""What an answer means, without a network."""

from __future__ import annotations

import base64
import json
import string
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timer_app.adapters.http.exchange import (
    DEFAULT_RETRY_AFTER,
    Request,
    Response,
    classify_response,
    read_response,
    refusal_messages,
)
from timer_app.adapters.http.json_reader import (
    MAX_JSON_MARKS,
    UnreadableResponse,
    parse_json,
    strike_out,
)
from timer_app.domain.delivery.outcomes import (
    NotSent,
    NotSentCause,
    OutcomeUnknown,
    Refused,
    Unauthorized,
)

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
EPOCH = int(NOW.timestamp())


def _read(status: int, text: str = "", **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return read_response(status, named, text, lambda: NOW)


def _judged(status: int, text: str = "", **headers: str) -> object:
    return classify_response(_read(status, text, **headers), "Kaiten", refusal_messages)


@pytest.mark.parametrize("status", [200, 201, 204, 299])
def test_2xx_is_an_answer_to_be_read(status: int) -> None:
    assert isinstance(_judged(status, "anything"), Response)


@pytest.mark.parametrize("status", [408, 500, 502, 503, 504, 599, 100, 199, 700])
def test_a_failing_service_leaves_the_outcome_unknown(status: int) -> None:
    assert isinstance(_judged(status, "<html>"), OutcomeUnknown)


@pytest.mark.parametrize("status", [400, 402, 403, 404, 405, 409, 410, 418, 422])
def test_every_other_4xx_is_a_refusal_in_the_services_words(status: int) -> None:
    assert _judged(status, '{"message": "No."}') == Refused(status, ("No.",))


@pytest.mark.parametrize("body", ["", "Invalid token", '{"error": "x"}', "<html>"])
def test_401_is_unauthorized_whatever_its_body(body: str) -> None:
    assert _judged(401, body) == Unauthorized("Kaiten does not accept the token.")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_refused_and_names_its_target(status: int) -> None:
    refused = _judged(status, location="https://evil.example:8443/api?x=1")
    assert isinstance(refused, Refused)
    assert refused.status == status
    assert "evil.example" in refused.reason
    assert "the token has not travelled" in refused.reason


@pytest.mark.parametrize("location", ["", "/login", "https://[broken"])
def test_a_redirect_without_a_host_is_refused_all_the_same(location: str) -> None:
    assert isinstance(_judged(302, location=location), Refused)


@pytest.mark.parametrize("status", [421, 425])
def test_what_was_not_acted_on_is_sent_again_later(status: int) -> None:
    outcome = _judged(status, retry_after="7")
    assert isinstance(outcome, NotSent)
    assert outcome.retry_after == timedelta(seconds=7)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r'{"a": "cut \ud83d"}', {"a": "cut \ufffd"}),
        (r'{"a": ["\udc00", {"b": "\u0000"}]}', {"a": ["\ufffd", {"b": "\ufffd"}]}),
        (r'"\ud83d\ude00"', "\U0001f600"),
        (r'"\\ud800"', r"\ud800"),
        ('\ufeff{"a": 1}', {"a": 1}),
    ],
)
def test_strings_are_cleaned_where_the_json_is_read(text: str, value: object) -> None:
    assert parse_json(text) == value


@pytest.mark.parametrize("status", [200, 400, 422])
def test_words_with_half_a_surrogate_pair_can_be_stored(status: int) -> None:
    for text in (r'{"message": "No \ud800"}', r'"\udfff"', "No \ud800"):
        response = _read(status, text)
        for line in refusal_messages(response):
            line.encode()


@pytest.mark.parametrize(
    "text", ["[" * 2_000_000, "[]," * 2_000_000, '{"a":' * 100_000, "[NaN]", "9" * 5_000]
)
def test_json_without_end_is_refused_and_not_built(text: str) -> None:
    with pytest.raises(UnreadableResponse):
        parse_json(text)


def test_a_list_of_a_large_team_is_read() -> None:
    task = {f"field_{number}": "value" for number in range(25)}
    rows = [task] * (MAX_JSON_MARKS // 60)
    assert parse_json(json.dumps(rows)) == rows


def test_a_secret_written_with_escapes_is_struck_out_of_an_error() -> None:
    response = read_response(400, {}, r'{"message": "bad token \u006bey-1"}', lambda: NOW, "key-1")
    assert refusal_messages(response) == ("bad token ***",)


@pytest.mark.parametrize(
    "write",
    [
        lambda letter: f"%{ord(letter):02X}",
        lambda letter: f"%25{ord(letter):02x}",
        lambda letter: f"&#{ord(letter)};",
        lambda letter: f"&amp;#x{ord(letter):X};",
        lambda letter: rf"\\u{ord(letter):04x}",
        str.upper,
    ],
    ids=["an address", "an address twice", "HTML", "HTML twice", "JSON within JSON", "capitals"],
)
@pytest.mark.parametrize("form", ['{"message": "no key-1!, sorry"}', "no key-1!, sorry"])
def test_a_secret_in_another_way_of_writing_is_struck_out(
    write: Callable[[str], str], form: str
) -> None:
    written = form.replace("key-1!", "".join(map(write, "key-1!")))
    response = read_response(422, {}, written, lambda: NOW, "key-1!")
    assert refusal_messages(response) == ("no ***, sorry",)


def test_a_secret_in_base64_is_struck_out() -> None:
    packed = base64.b64encode(b"key-1!").decode()
    response = read_response(422, {}, f"no {packed}, sorry", lambda: NOW, "key-1!")
    assert refusal_messages(response) == ("no ***, sorry",)


@given(st.text(r"key-1!%\&#;u056b", max_size=300))
def test_what_is_struck_out_leaves_the_rest(text: str) -> None:
    assert strike_out(f"{text} key-1! {text}", "key-1!").count("***") >= 1
    assert "key-1!" not in strike_out(f"{text} key-1! {text}", "key-1!")
    assert strike_out(text, "") == text


@pytest.mark.parametrize("date", ["Fri, 31 Dec 9999 23:59:59 GMT", "Mon, 01 Jan 2500 00:00:00 GMT"])
def test_a_clock_that_shows_no_year_of_ours_is_none(date: str) -> None:
    assert _read(200, date=date).server_time is None


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, DEFAULT_RETRY_AFTER.total_seconds()),
        ({"retry_after": "7"}, 7),
        ({"retry_after": "0"}, 1),
        ({"retry_after": "86400"}, 60),
        ({"retry_after": "999999999999"}, 60),
        ({"retry_after": "-5"}, DEFAULT_RETRY_AFTER.total_seconds()),
        ({"retry_after": "soon"}, DEFAULT_RETRY_AFTER.total_seconds()),
        ({"retry_after": "Sun, 22 Nov 2026 09:00:30 GMT"}, 30),
        ({"retry_after": "Sun, 22 Nov 2026 08:00:00 GMT"}, 1),
        # The service's clock is an hour ahead of ours: only its own matters.
        (
            {
                "retry_after": "Sun, 22 Nov 2026 10:00:20 GMT",
                "date": "Sun, 22 Nov 2026 10:00:00 GMT",
            },
            20,
        ),
        ({"x_ratelimit_reset": "3"}, 3),
        ({"x_ratelimit_reset": str(EPOCH + 12)}, 12),
        ({"x_ratelimit_reset": f"{EPOCH + 2}.5"}, 2.5),
        ({"x_ratelimit_reset": str(EPOCH - 100)}, 1),
        ({"retry_after": "2", "x_ratelimit_reset": "40"}, 2),
    ],
)
def test_the_wait_a_429_asks_for(headers: dict[str, str], seconds: float) -> None:
    outcome = _judged(429, "<html>slow down</html>", **headers)
    assert isinstance(outcome, NotSent)
    assert outcome.cause is NotSentCause.RATE_LIMITED
    assert outcome.retry_after == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("text", "content_type", "words"),
    [
        ('{"messages": ["a ", "", 5, "b"]}', "application/json", ("a ", "b")),
        ('{"message": "m"}', "text/html", ("m",)),
        ('{"status": 404, "error": "Not Found"}', "application/json", ("Not Found",)),
        ('{"error": "e", "error_description": "d"}', "", ("d",)),
        ('{"errors": ["x", "y"]}', "", ("x", "y")),
        ('{"message": {"nested": 1}}', "", ()),
        ('"a bare string"', "application/json", ("a bare string",)),
        ("Plain  words\nhere", "text/plain", ("Plain words here",)),
        ("", "", ()),
        ("<!doctype html><p>no", "", ()),
        ("<p>no", "text/html; charset=utf-8", ()),
        ("[" * 100_000, "application/json", ("[" * 500,)),
    ],
)
def test_words_of_a_refusal(text: str, content_type: str, words: tuple[str, ...]) -> None:
    assert refusal_messages(_read(400, text, content_type=content_type)) == words


def test_the_services_clock_comes_from_the_date_header() -> None:
    assert _read(200, date="Sun, 22 Nov 2026 09:00:07 GMT").server_time == NOW + timedelta(
        seconds=7
    )
    assert _read(200, date="yesterday").server_time is None
    assert _read(200).server_time is None


def test_a_request_is_compact_utf_8_json() -> None:
    assert Request("POST", "/x", body={"a": "時", "b": 1}).content == '{"a":"時","b":1}'.encode()
    assert Request("POST", "/x", body={}).content == b"{}"
    assert Request("PATCH", "/x").content is None
    assert Request("POST", "/x", body={"a": "\ud83d"}).content == b'{"a":"?"}'


def test_what_is_not_json_is_unreadable() -> None:
    for text in ("", "<html>", "{", "[" * 100_000, "9" * 5000):
        with pytest.raises(UnreadableResponse):
            _read(200, text).json()


def test_a_body_never_shows_in_a_repr() -> None:
    assert "secret words" not in repr(_read(200, "secret words"))


names = st.sampled_from(["date", "retry-after", "x-ratelimit-reset", "location", "content-type"])


@given(st.integers(0, 999), st.dictionaries(names, st.text()), st.text())
def test_no_answer_is_beyond_judgement(status: int, headers: dict[str, str], text: str) -> None:
    outcome = classify_response(
        read_response(status, headers, text, lambda: NOW), "Kaiten", refusal_messages
    )
    assert isinstance(outcome, Response | NotSent | OutcomeUnknown | Unauthorized | Refused)


@given(st.text(f"{string.ascii_letters}{string.digits} ,:+-", max_size=40))
def test_any_date_is_read_or_passed_over(text: str) -> None:
    response = read_response(429, {"date": text, "retry-after": text}, "", lambda: NOW)
    assert isinstance(classify_response(response, "Kaiten", refusal_messages), NotSent)
