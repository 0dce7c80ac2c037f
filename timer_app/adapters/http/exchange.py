"""Requests and answers as values, and what an answer means. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache, cached_property
from urllib.parse import urlsplit

from timer_app.adapters.http.json_reader import (
    UnreadableResponse,
    clean_text,
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
from timer_app.domain.messages import ConnectionMessageId, OutcomeMessageId
from timer_app.domain.user_message import UserMessage
from timer_app.version import own_version

MIN_RETRY_AFTER = timedelta(seconds=1)
MAX_RETRY_AFTER = timedelta(seconds=60)
DEFAULT_RETRY_AFTER = timedelta(seconds=5)
_CLOCK_YEARS = range(1970, 2200)
"""Years a service's clock may show, wrong as it may be; others leave what datetime can reckon."""
_EPOCH_FROM = 1e9  # X-RateLimit-Reset above this is an instant, below it a number of seconds
_MAX_LINES, _MAX_LINE_LENGTH = 20, 500
_LARGE = 64 * 1024  # characters

JsonObject = Mapping[str, object]
CallProblem = NotSent | OutcomeUnknown | Unauthorized | Refused


def _ignore_send() -> None:
    """Nobody wants to know when the request leaves."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask: `path` without origin and query, `body` a JSON object or None for no body.

    `on_send` is called right before the first byte of it may leave.
    """

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    body: JsonObject | None = None
    on_send: Callable[[], None] = field(default=_ignore_send, compare=False, repr=False)

    @property
    def is_mutating(self) -> bool:
        """Whether the service may hold something else afterwards."""
        return self.method != "GET"

    @property
    def content(self) -> bytes | None:
        """The body as compact UTF-8 JSON; half a surrogate pair becomes a question mark."""
        if self.body is None:
            return None
        text = json.dumps(self.body, ensure_ascii=False, separators=(",", ":"))
        return text.encode("utf-8", "replace")


@dataclass(frozen=True)  # no slots: what the text holds is parsed once and kept
class Response:
    """An answer as text and the headers that matter. `retry_after` is the wait it asks for.

    `secret` is struck out of the strings of its JSON, where it may be written with escapes.
    """

    status: int
    text: str = field(repr=False)
    content_type: str = ""
    server_time: datetime | None = None
    retry_after: timedelta | None = None
    location: str = ""
    secret: str = field(default="", repr=False)

    def json(self) -> object:
        """The body as JSON, its strings cleaned. Raises UnreadableResponse."""
        if isinstance(self._parsed, UnreadableResponse):
            raise self._parsed
        return self._parsed

    @cached_property
    def _parsed(self) -> object:
        try:
            return parse_json(self.text, self.secret)
        except UnreadableResponse as fault:
            return fault.with_traceback(None)

    @property
    def is_large(self) -> bool:
        """Whether reading it takes long enough to be noticed in a window."""
        return len(self.text) > _LARGE

    @property
    def is_html(self) -> bool:
        """Whether it is a page for a browser."""
        return "html" in self.content_type or self.text.lstrip().startswith("<")


ReadRefusal = Callable[[Response], tuple[str, ...]]


def read_response(
    status: int,
    headers: Mapping[str, str],
    text: str,
    now: Callable[[], datetime],
    secret: str = "",
) -> Response:
    """The answer as a value; names in `headers` are in small letters.

    A wait until an instant is measured on the service's own clock, on `now` if it shows none.
    An error may quote the request, so `secret` is struck out of one; a result stays as it is.
    """
    if 200 <= status < 300:
        secret = ""
    location = headers.get("location", "")
    text, location = strike_out(text, secret), strike_out(location, secret)
    server_time = _http_date(headers.get("date", ""))
    return Response(
        status,
        text,
        headers.get("content-type", "").partition(";")[0].strip().lower(),
        server_time,
        _requested_wait(headers, server_time or now()),
        location,
        secret,
    )


def classify_response(
    response: Response, service: str, read_refusal: ReadRefusal
) -> Response | CallProblem:
    """What an answer means, by its status alone; only 2xx remains an answer to be read.

    `read_refusal` takes the service's words from a refusal, whose body may be empty or anything.
    """
    status = response.status
    if 200 <= status < 300:
        return response
    if 300 <= status < 400:
        target = _redirect_host(response)
        return Refused(status, (_redirect_message(target, service),), target)
    if status == 401:
        return Unauthorized(_words(OutcomeMessageId.TOKEN_REFUSED, service))
    if status in (421, 425, 429):  # 421 and 425: it would not act on what came this way
        advice = OutcomeMessageId.FEWER_REQUESTS if status == 429 else OutcomeMessageId.LATER
        return NotSent(NotSentCause.RATE_LIMITED, _words(advice, service), _bounded_wait(response))
    if 400 <= status < 500 and status != 408:  # 408: it gave up waiting, as a proxy does with 504
        return Refused(status, read_refusal(response))
    return OutcomeUnknown(_words(OutcomeMessageId.FAILED, service, status))


def _bounded_wait(response: Response) -> timedelta:
    wait = DEFAULT_RETRY_AFTER if response.retry_after is None else response.retry_after
    return min(max(wait, MIN_RETRY_AFTER), MAX_RETRY_AFTER)


def as_not_sent(problem: CallProblem) -> NotSent | Unauthorized | Refused:
    """How a delivery ends whose first question failed: its own request has not been sent."""
    if isinstance(problem, OutcomeUnknown):
        return NotSent(NotSentCause.OFFLINE, problem.reason)
    return problem


def refusal_messages(response: Response) -> tuple[str, ...]:
    """The words of a refusal: JSON's `messages`, `message` or `error`, a string, or plain text."""
    try:
        value = response.json()
    except UnreadableResponse:
        value = "" if response.is_html else clean_text(" ".join(response.text.split()))
    if isinstance(value, dict):
        named = ("messages", "message", "errors", "error_description", "error")
        value = next((value[name] for name in named if value.get(name)), "")
    lines = value if isinstance(value, list) else [value]
    kept = [line[:_MAX_LINE_LENGTH] for line in lines if isinstance(line, str) and line.strip()]
    return tuple(kept[:_MAX_LINES])


def _redirect_host(response: Response) -> str:
    """The host that a redirect leads to, "" if it names none."""
    try:
        return urlsplit(response.location).hostname or ""
    except ValueError:
        return ""


def _redirect_message(target: str, service: str) -> str:
    where = target or UserMessage(ConnectionMessageId.OWN_ADDRESS)
    return _words(OutcomeMessageId.REDIRECT, service, where)


def _words(message_id: OutcomeMessageId, *values: object) -> str:
    return str(UserMessage(message_id, *values))


def _http_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
        # "-0000" is UTC by RFC 5322, yet comes out without a zone.
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
    return moment if moment.year in _CLOCK_YEARS else None


def _requested_wait(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    retry_after = headers.get("retry-after", "").strip()
    if (seconds := _seconds(retry_after)) is not None:
        return timedelta(seconds=seconds)
    if (moment := _http_date(retry_after)) is not None:
        return moment - now
    if (reset := _seconds(headers.get("x-ratelimit-reset", ""))) is None:
        return None
    return timedelta(seconds=reset - now.timestamp() if reset > _EPOCH_FROM else reset)


def _seconds(text: str) -> float | None:
    """A plain number of at most 12 digits, so that it fits every type of time."""
    return float(text) if re.fullmatch(r"[0-9]{1,12}(\.[0-9]{0,9})?", text.strip()) else None


@cache
def program_version() -> str:
    """Our version, as requests name it."""
    return own_version()
