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
import logging
import re
import ssl
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, Protocol, TypeVar
from urllib.parse import urlsplit

from timer_app.adapters.http.causes import no_connection
from timer_app.adapters.http.exchange import (
    Problem,
    Request,
    Response,
    Unreadable,
    Words,
    judge,
    read_response,
    said,
)
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
# Twice what requests that are never answered can hold up those behind them: only a heap of such
# requests makes anybody wait that long, and then a person who searches is told.
QUEUE_LIMIT = timedelta(seconds=32)
# Below the 5 s after which Node, the most impatient of the usual servers, hangs up.
KEPT_IDLE = timedelta(seconds=4)
_TOKEN = re.compile(r"[\x21-\x7e]+")

_log = logging.getLogger(__name__)

T = TypeVar("T")


class Limiter(Protocol):
    """Keeps calls apart: it is entered before a call and left after its answer (pace.py)."""

    async def __aenter__(self) -> None:
        """Return when the call may go."""
        ...

    async def __aexit__(self, *_: object) -> None:
        """The call is over."""
        ...


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
    `limiter` holds each call until it may go, at most `queue_limit`; `time_limit` begins then and
    covers the whole call.
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
        queue_limit: timedelta = QUEUE_LIMIT,
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
        self._queue_limit = queue_limit
        self._pools: _Pools | None = None
        self.skew = timedelta(0)
        """The service's clock less ours, by its latest Date header; exact to a second or two."""

    def server_now(self) -> datetime:
        """The present instant by the service's clock, as far as its latest answer tells."""
        return self._now() + self.skew

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
            if self._pools is None:
                await asyncio.to_thread(_import_libraries)
            pools = self._pools = self._pools or self._make_pools()
        except (OSError, ValueError, ImportError) as fault:
            return self._offline(f"{self.name} cannot be called with these settings: {fault}")
        response = await self._send_in_turn(pools, request, token)
        if isinstance(response, Response):
            return judge(response, self.name, words)
        return response

    async def _send_in_turn(
        self, pools: _Pools, request: Request, token: str
    ) -> Response | Problem:
        if self._limiter is None:
            return await self._send(pools, request, token)
        async with AsyncExitStack() as turn:
            try:
                async with asyncio.timeout(self._queue_limit.total_seconds()):
                    await turn.enter_async_context(self._limiter)
            except TimeoutError:
                queued = f"Too many requests for {self.name} are queued here."
                return NotSent(NotSentCause.RATE_LIMITED, queued)
            return await self._send(pools, request, token)

    async def _send(self, pools: _Pools, request: Request, token: str) -> Response | Problem:
        import httpx

        trip = _Trip(urlsplit(self.origin).hostname or self.origin)
        try:
            async with asyncio.timeout(self._time_limit.total_seconds()):
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
        response = read_response(answer.status_code, kept, text, self._now)
        if response.server_time is not None:
            self.skew = response.server_time - self._now()
        return response

    def _late(self, trip: _Trip) -> Problem:
        seconds = f"{self._time_limit.total_seconds():g} seconds"
        if trip.sent:
            return OutcomeUnknown(
                f"{self.name} did not answer within {seconds}, and whether it did what was asked"
                " is not known."
            )
        return self._offline(f"No connection to {trip.peer} within {seconds}.")

    def _broken(self, trip: _Trip, fault: Exception) -> Problem:
        if trip.sent:
            return OutcomeUnknown(
                f"The connection to {self.name} broke before its answer was there, and whether it"
                " did what was asked is not known."
            )
        return self._offline(no_connection(trip.peer, fault, self._connect_limit))

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


def _import_libraries() -> None:
    """In a thread: it takes a fifth of a second, in which the tray would not answer a click."""
    import anyio
    import httpcore
    import httpx
    import truststore

    del httpcore, httpx, truststore
    anyio.run(anyio.sleep, 0)  # brings what httpx's first request would have to import


def _no_cookies() -> CookieJar:
    """A jar that takes none: the token alone says who asks."""
    return CookieJar(DefaultCookiePolicy(allowed_domains=()))


def _unreadable(service: str, fault: Unreadable) -> str:
    return f"{service} answered, but its answer cannot be used: {fault}."


def _short(problem: Problem) -> str:
    if isinstance(problem, Refused) and problem.status is not None:
        return f"Refused {problem.status}"
    return type(problem).__name__
