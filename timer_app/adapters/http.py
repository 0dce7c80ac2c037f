"""httpx -> outcomes, once for both services. httpx itself is imported at the first call.

    ServiceClient.call(Request) -> Response      an answer of 2xx, for a wire to read
                                -> NotSent | OutcomeUnknown | Unauthorized | Refused

Whether a call that broke had begun to be sent is a fact, not a guess by the error's name: httpcore
reports `send_request_headers.started` immediately before it hands the first byte of a request to
the connection, and it writes no byte of the request before that. Without the report the service
cannot have seen the request (NotSent); with it nothing proves that it has not (OutcomeUnknown).
A proxy's CONNECT is reported the same way and is told apart by its method.

A request that changes something gets a connection of its own. On a kept one that the server has
just closed it would break after sending began, and an innocent request would end as
OutcomeUnknown: a handshake is the smaller price. Questions may share a connection that was idle
for less than KEPT_IDLE, because breaking changes nothing there.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, Protocol, TypeVar
from urllib.parse import urlsplit

from timer_app.domain.address import is_loopback
from timer_app.domain.outcome import (
    Answer,
    Done,
    NotSent,
    NotSentCause,
    Outcome,
    OutcomeUnknown,
    Refused,
    Unauthorized,
)
from timer_app.services.ports import ServiceProblem, TokenUnavailable

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

TIME_LIMIT = timedelta(seconds=15)
CONNECT_LIMIT = timedelta(seconds=10)
# Below the 5 s after which Node, the most impatient of the usual servers, hangs up.
KEPT_IDLE = timedelta(seconds=4)

SHORTEST_WAIT = timedelta(seconds=1)
LONGEST_WAIT = timedelta(seconds=60)
USUAL_WAIT = timedelta(seconds=5)

_EPOCH_FROM = 1e9  # X-RateLimit-Reset above this is an instant, below it a number of seconds
_MOST_LINES, _LONGEST_LINE = 20, 500
_TOKEN = re.compile(r"[\x21-\x7e]+")

_log = logging.getLogger(__name__)

T = TypeVar("T")
JsonObject = Mapping[str, object]
Problem = NotSent | OutcomeUnknown | Unauthorized | Refused


class Unreadable(Exception):
    """An answer does not hold what it must. The text says what is missing, never what was there."""


class Limiter(Protocol):
    """Keeps calls apart (aiolimiter's AsyncLimiter)."""

    async def acquire(self) -> None:
        """Return when the next call may go."""
        ...


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask: `path` without origin and query, `body` a JSON object or None for no body."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    body: JsonObject | None = None

    @property
    def changes(self) -> bool:
        """Whether the service may hold something else afterwards."""
        return self.method != "GET"

    @property
    def content(self) -> bytes | None:
        """The body as compact UTF-8 JSON; half a surrogate pair becomes a question mark."""
        if self.body is None:
            return None
        text = json.dumps(self.body, ensure_ascii=False, separators=(",", ":"))
        return text.encode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Response:
    """An answer as text and the headers that matter. `retry_after` is the wait it asks for."""

    status: int
    text: str = field(repr=False)
    content_type: str = ""
    server_time: datetime | None = None
    retry_after: timedelta | None = None
    location: str = ""

    def json(self) -> object:
        """The body as JSON. Raises Unreadable."""
        try:
            return json.loads(self.text)
        except (ValueError, RecursionError):
            raise Unreadable("it is not JSON") from None


Words = Callable[[Response], tuple[str, ...]]


def read_response(
    status: int, headers: Mapping[str, str], text: str, now: Callable[[], datetime]
) -> Response:
    """The answer as a value; names in `headers` are in small letters.

    A wait until an instant is measured on the service's own clock, on `now` if it shows none.
    """
    server_time = _http_date(headers.get("date", ""))
    return Response(
        status,
        text,
        headers.get("content-type", "").partition(";")[0].strip().lower(),
        server_time,
        _wait_asked(headers, server_time or now()),
        headers.get("location", ""),
    )


def judge(response: Response, service: str, words: Words) -> Response | Problem:
    """What an answer means, by its status alone; only 2xx remains an answer to be read.

    `words` takes the service's words from a refusal, whose body may be empty or anything.
    """
    status = response.status
    if 200 <= status < 300:
        return response
    if 300 <= status < 400:
        return Refused(status, (_redirected(response, service),))
    if status == 401:
        return Unauthorized(f"{service} does not accept the token.")
    if status == 429:
        wait = USUAL_WAIT if response.retry_after is None else response.retry_after
        wait = min(max(wait, SHORTEST_WAIT), LONGEST_WAIT)
        return NotSent(NotSentCause.RATE_LIMITED, f"{service} asks for fewer requests.", wait)
    if 400 <= status < 500:
        return Refused(status, words(response))
    return OutcomeUnknown(
        f"{service} failed (HTTP {status}), and whether it did what was asked is not known."
    )


def said(response: Response) -> tuple[str, ...]:
    """The words of a refusal: JSON's `messages`, `message` or `error`, a string, or plain text."""
    try:
        value = response.json()
    except Unreadable:
        value = "" if _is_page(response) else " ".join(response.text.split())
    if isinstance(value, dict):
        named = ("messages", "message", "errors", "error_description", "error")
        value = next((value[name] for name in named if value.get(name)), "")
    lines = value if isinstance(value, list) else [value]
    kept = [line[:_LONGEST_LINE] for line in lines if isinstance(line, str) and line.strip()]
    return tuple(kept[:_MOST_LINES])


def _is_page(response: Response) -> bool:
    return "html" in response.content_type or response.text.lstrip().startswith("<")


def _redirected(response: Response, service: str) -> str:
    try:
        target = urlsplit(response.location).hostname
    except ValueError:
        target = None
    return (
        f"{service} sends requests on to {target or 'another address of its own'}. Timer App does"
        " not follow, so the token has not travelled there. Check the address in the settings."
    )


def _http_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
        # "-0000" is UTC by RFC 5322, yet comes out without a zone.
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def _wait_asked(headers: Mapping[str, str], now: datetime) -> timedelta | None:
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


def trusting(ca_file: Path | None = None) -> ssl.SSLContext:
    """The system's trust store, with the certificates of `ca_file` (PEM) added to it.

    Raises OSError, naming the file, if it cannot be read or holds no certificate.
    """
    import truststore

    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if ca_file is not None:
        try:
            context.load_verify_locations(cafile=ca_file)
        except OSError as fault:  # ssl.SSLError is one too
            raise OSError(f"the certificates in {ca_file}: {fault.strerror or fault}") from None
    return context


class _Trip:
    """How far one call has come; `peer` is who was last connected to, be it a proxy."""

    def __init__(self, peer: str) -> None:
        self.peer = peer
        self.departed = False
        self.sent = False
        self._hang_up: Callable[[], Awaitable[None]] | None = None

    async def trace(self, event: str, info: Mapping[str, object]) -> None:
        """The trace extension, as httpcore calls it."""
        if event.endswith("connect_tcp.started"):
            self.peer = str(info.get("host", self.peer))
        elif event.endswith("connect_tcp.complete"):
            self._hang_up = getattr(info.get("return_value"), "aclose", None)
        elif event.endswith("send_request_headers.started"):
            method = getattr(info.get("request"), "method", b"")
            self.sent = self.sent or method != b"CONNECT"

    async def give_up(self) -> None:
        """Close what httpcore leaves open when a handshake is cancelled (our limit, quitting)."""
        if self._hang_up is not None and not self.sent:
            await self._hang_up()


@dataclass(frozen=True, slots=True)
class _Pools:
    """httpx's clients: one for questions, and one that keeps no connection."""

    asking: httpx.AsyncClient
    changing: httpx.AsyncClient


class ServiceClient:
    """One service over HTTP. Nothing costly is made, and httpx not imported, before the first call.

    `token` is asked at every call, outside the time limit, and may raise TokenUnavailable.
    `proxy` is its address, "" the system's; loopback addresses never go through one.
    `limiter` is waited for before each call, within `time_limit`, which covers the whole call.
    `now` answers aware instants and serves only to read waits that are given as a date.
    """

    def __init__(
        self,
        name: str,
        origin: str,
        token: Callable[[], Awaitable[str]],
        *,
        now: Callable[[], datetime],
        ssl_context: Callable[[], ssl.SSLContext] = trusting,
        proxy: str = "",
        limiter: Limiter | None = None,
        time_limit: timedelta = TIME_LIMIT,
        connect_limit: timedelta = CONNECT_LIMIT,
    ) -> None:
        self.name = name
        self.origin = origin
        self._token = token
        self._now = now
        self._ssl_context = ssl_context
        self._proxy = proxy
        self._limiter = limiter
        self._time_limit = time_limit
        self._connect_limit = connect_limit
        self._pools: _Pools | None = None

    async def close(self) -> None:
        """Close every connection; calls under way break. To be called once, at the end."""
        pools, self._pools = self._pools, None
        if pools is not None:
            await pools.asking.aclose()
            await pools.changing.aclose()

    async def tell(
        self, request: Request, read: Callable[[Response], Answer], words: Words = said
    ) -> Outcome:
        """Have something changed. What `read` cannot read (Unreadable) is OutcomeUnknown."""
        response = await self.call(request, words)
        if not isinstance(response, Response):
            return response
        try:
            return Done(read(response), response.server_time)
        except Unreadable as fault:
            return OutcomeUnknown(_unreadable(self.name, fault))

    async def ask(self, request: Request, read: Callable[[Response], T], words: Words = said) -> T:
        """The answer to a question. Raises ServiceProblem."""
        response = await self.call(request, words)
        if not isinstance(response, Response):
            raise ServiceProblem(response)
        try:
            return read(response)
        except Unreadable as fault:
            problem = OutcomeUnknown(_unreadable(self.name, fault))
        raise ServiceProblem(problem)

    async def call(self, request: Request, words: Words = said) -> Response | Problem:
        """One request and what came of it. Raises nothing but CancelledError."""
        clock = asyncio.get_running_loop().time
        began = clock()
        answer = await self._call(request, words)
        _log.debug(
            "%s %s %s -> %s in %.0f ms",
            self.name,
            request.method,
            request.path,
            answer.status if isinstance(answer, Response) else _short(answer),
            (clock() - began) * 1000,
        )
        return answer

    async def _call(self, request: Request, words: Words) -> Response | Problem:
        try:
            token = (await self._token()).strip()
        except TokenUnavailable as reason:
            return Unauthorized(str(reason))
        if not _TOKEN.fullmatch(token):
            return Unauthorized(f"What is kept as the token of {self.name} is not one.")
        try:
            pools = self._pools = self._pools or self._make_pools()
        except (OSError, ValueError, ImportError) as fault:
            return self._offline(f"{self.name} cannot be called with these settings: {fault}")
        response = await self._send(pools, request, token)
        if isinstance(response, Response):
            return judge(response, self.name, words)
        return response

    async def _send(self, pools: _Pools, request: Request, token: str) -> Response | Problem:
        import httpx

        trip = _Trip(urlsplit(self.origin).hostname or self.origin)
        try:
            async with asyncio.timeout(self._time_limit.total_seconds()):
                if self._limiter is not None:
                    await self._limiter.acquire()
                trip.departed = True
                return await self._exchange(pools, request, token, trip)
        except TimeoutError:
            return self._late(trip)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as fault:
            return self._broken(trip, fault)

    async def _exchange(self, pools: _Pools, request: Request, token: str, trip: _Trip) -> Response:
        client = pools.changing if request.changes else pools.asking
        headers = {"Authorization": f"Bearer {token}"}
        if request.body is not None:
            headers["Content-Type"] = "application/json"
        try:
            answer = await client.request(
                request.method,
                self.origin + request.path,
                params=dict(request.query) or None,
                content=request.content,
                headers=headers,
                extensions={"trace": trip.trace},
            )
        except asyncio.CancelledError:
            await trip.give_up()
            raise
        kept = {name.lower(): value for name, value in answer.headers.items()}
        # JSON is UTF-8 whatever the header says, and no charset of an error page may raise.
        text = answer.content.decode("utf-8", "replace")
        if not answer.is_success:  # an error may quote the request; a result is left as it is
            text = text.replace(token, "***")
            kept["location"] = kept.get("location", "").replace(token, "***")
        return read_response(answer.status_code, kept, text, self._now)

    def _late(self, trip: _Trip) -> Problem:
        seconds = f"{self._time_limit.total_seconds():g} seconds"
        if trip.sent:
            return OutcomeUnknown(
                f"{self.name} did not answer within {seconds}, and whether it did what was asked"
                " is not known."
            )
        if trip.departed:
            return self._offline(f"No connection to {trip.peer} within {seconds}.")
        return NotSent(
            NotSentCause.RATE_LIMITED, f"Too many requests for {self.name} are queued here."
        )

    def _broken(self, trip: _Trip, fault: Exception) -> Problem:
        if trip.sent:
            return OutcomeUnknown(
                f"The connection to {self.name} broke before its answer was there, and whether it"
                " did what was asked is not known."
            )
        return self._offline(_no_connection(trip.peer, fault, self._connect_limit))

    def _offline(self, reason: str) -> NotSent:
        return NotSent(NotSentCause.OFFLINE, reason)

    def _make_pools(self) -> _Pools:
        import httpx

        # Their own lines hold addresses with a search's words, and headers of answers.
        for library in ("httpx", "httpcore"):
            logging.getLogger(library).setLevel(logging.WARNING)
        local = is_loopback(urlsplit(self.origin).hostname or "")
        context = self._ssl_context()

        def pool(kept: int) -> httpx.AsyncClient:
            return httpx.AsyncClient(
                verify=context,
                proxy=None if local else self._proxy or None,
                trust_env=not local and not self._proxy,
                follow_redirects=False,
                headers={"Accept": "application/json", "User-Agent": "timer-app"},
                cookies=_no_cookies(),
                timeout=httpx.Timeout(None, connect=self._connect_limit.total_seconds()),
                limits=httpx.Limits(
                    max_keepalive_connections=kept, keepalive_expiry=KEPT_IDLE.total_seconds()
                ),
            )

        try:
            return _Pools(asking=pool(2), changing=pool(0))
        except httpx.InvalidURL:  # whose text may quote a part of a password
            raise ValueError("the proxy's address is not one") from None


def _no_cookies() -> CookieJar:
    """A jar that takes none: the token alone says who asks."""
    return CookieJar(DefaultCookiePolicy(allowed_domains=()))


def _unreadable(service: str, fault: Unreadable) -> str:
    return f"{service} answered, but its answer cannot be used: {fault}."


def _short(problem: Problem) -> str:
    if isinstance(problem, Refused) and problem.status is not None:
        return f"Refused {problem.status}"
    return type(problem).__name__


def _no_connection(peer: str, fault: Exception, connect_limit: timedelta) -> str:
    """Why there is no connection, in plain words."""
    import httpx

    if isinstance(fault, httpx.ConnectTimeout):
        return f"{peer} did not answer within {connect_limit.total_seconds():g} seconds."
    if isinstance(fault, httpx.ProxyError):
        if str(fault).startswith("407"):
            return f"The proxy {peer} wants a login. Give it in the proxy's address."
        return f"The proxy {peer} does not connect ({fault})."
    named = (_in_words(peer, cause) for cause in _causes(fault))
    return next(filter(None, named), f"No connection to {peer} ({type(fault).__name__}).")


def _in_words(peer: str, cause: BaseException) -> str:
    """The cause as people know it, "" if it is only a wrapping."""
    match cause:
        case socket.gaierror() | UnicodeError():
            words = f"The name {peer} was not found."
        case ssl.SSLCertVerificationError():
            words = f"The certificate of {peer} is not trusted: {cause.verify_message}."
        case ssl.SSLError():
            words = f"No secure connection to {peer}: {cause.reason or 'the handshake broke'}."
        case ConnectionRefusedError():
            words = f"{peer} refused the connection."
        case OSError(strerror=str() as text):
            words = f"No connection to {peer}: {text}."
        case _:
            words = ""
    return words


def _causes(fault: BaseException | None) -> Iterator[BaseException]:
    """The error, what it came from and so on; of a group its first."""
    while fault is not None:
        yield fault
        if isinstance(fault, BaseExceptionGroup):
            fault = fault.exceptions[0]
        else:
            fault = fault.__cause__ or fault.__context__
