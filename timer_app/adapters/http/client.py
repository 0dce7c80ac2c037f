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
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, Protocol, TypeVar
from urllib.parse import urlsplit

from timer_app.adapters.http.causes import obstacle_of
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
from timer_app.adapters.http.proxies import NoWay, Proxies, Proxy
from timer_app.adapters.http.trip import Trip
from timer_app.adapters.http.trust import CaFileUnusable, trusting
from timer_app.domain.obstacle import Obstacle, Trouble
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
    import httpx

TIME_LIMIT = timedelta(seconds=15)
CONNECT_LIMIT = timedelta(seconds=10)
# Twice what requests that are never answered can hold up those behind them: only a heap of such
# requests makes anybody wait that long, and then a person who searches is told.
QUEUE_LIMIT = timedelta(seconds=32)
# Below the 5 s after which Node, the most impatient of the usual servers, hangs up.
KEPT_IDLE = timedelta(seconds=4)
LARGEST_ANSWER = 16 * 1024 * 1024
"""Bytes. The longest list that is asked for, a team's tasks, has a few hundred thousand."""
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


def make_pool(
    context: ssl.SSLContext, proxy: Proxy | None, connect_limit: timedelta, *, kept: int
) -> httpx.AsyncClient:
    """An httpx client that goes one way and trusts one context; `kept` connections stay open."""
    import httpx

    # Their own lines hold addresses with a search's words, and headers of answers.
    for library in ("httpx", "httpcore"):
        logging.getLogger(library).setLevel(logging.WARNING)
    return httpx.AsyncClient(
        verify=context,
        proxy=None if proxy is None else _for_httpx(proxy, context),
        trust_env=False,  # what the environment says is in `proxy` by now
        follow_redirects=False,
        headers={"Accept": "application/json", "User-Agent": "timer-app"},
        cookies=_no_cookies(),
        timeout=httpx.Timeout(None, connect=connect_limit.total_seconds()),
        limits=httpx.Limits(
            max_keepalive_connections=kept, keepalive_expiry=KEPT_IDLE.total_seconds()
        ),
    )


class _Pools:
    """httpx's clients: one for questions, and one that keeps no connection."""

    def __init__(
        self, context: ssl.SSLContext, proxy: Proxy | None, connect_limit: timedelta
    ) -> None:
        self.proxy = proxy
        self.users = 0
        """Calls under way."""
        self.asking = make_pool(context, proxy, connect_limit, kept=2)
        self.changing = make_pool(context, proxy, connect_limit, kept=0)

    async def close(self) -> None:
        """Close every connection; calls under way break."""
        await self.asking.aclose()
        await self.changing.aclose()


def _for_httpx(proxy: Proxy, context: ssl.SSLContext) -> httpx.Proxy:
    """A proxy reached over TLS is trusted like a service, and not by httpx's own list."""
    import httpx

    return httpx.Proxy(
        proxy.address,
        ssl_context=context if proxy.address.startswith("https:") else None,
        auth=(proxy.user, proxy.password or "") if proxy.user else None,
    )


class ServiceClient:
    """One service over HTTP. Nothing costly is made, and httpx not imported, before the first call.

    `token` is asked at every call, outside the time limit, and may raise TokenUnavailable.
    `proxies` and `trust` are asked when connections are made, and anew after a call for which
    there was no connection: what a person mends in the meantime counts.
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
        trust: Callable[[], ssl.SSLContext] = trusting,
        proxies: Proxies | None = None,
        limiter: Limiter | None = None,
        time_limit: timedelta = TIME_LIMIT,
        connect_limit: timedelta = CONNECT_LIMIT,
        queue_limit: timedelta = QUEUE_LIMIT,
    ) -> None:
        self.name = name
        self.origin = origin
        self.token = token
        """Asks the keyring for the token. Raises TokenUnavailable."""
        self._now = now
        self._trust = trust
        self._proxies = proxies or Proxies()
        self._limiter = limiter
        self._time_limit = time_limit
        self._connect_limit = connect_limit
        self._queue_limit = queue_limit
        self.host = urlsplit(origin).hostname or origin
        self.proxy_host = ""
        """The proxy through which the service was last called, "" for none."""
        self._pools: _Pools | None = None
        self._making = asyncio.Lock()
        self._libraries = False
        self.skew = timedelta(0)
        """The service's clock less ours, by its latest Date header; exact to a second or two."""

    def server_now(self) -> datetime:
        """The present instant by the service's clock, as far as its latest answer tells."""
        return self._now() + self.skew

    async def close(self) -> None:
        """Close every connection; calls under way break. To be called once, at the end."""
        pools, self._pools = self._pools, None
        if pools is not None:
            await pools.close()

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
            token = (await self.token()).strip()
        except TokenUnavailable as reason:
            return Unauthorized(str(reason))
        if not _TOKEN.fullmatch(token):
            return Unauthorized(f"What is kept as the token of {self.name} is not one.")
        try:
            pools = await self._connected()
        except NoWay as blocked:
            return _not_sent(blocked.obstacle)
        response = await self._send_on(pools, request, token)
        if isinstance(response, Response):
            return judge(response, self.name, words)
        return response

    async def _connected(self) -> _Pools:
        """The connections, made if there are none. Raises NoWay."""
        async with self._making:
            if self._pools is None:
                if not self._libraries:
                    await asyncio.to_thread(import_libraries)
                    self._libraries = True
                proxy = await self._proxies.way_to(self.origin)
                self.proxy_host = proxy.host if proxy else ""
                self._pools = self._make_pools(proxy)  # in 2 ms
            return self._pools

    def _make_pools(self, proxy: Proxy | None) -> _Pools:
        try:
            return _Pools(self._trust(), proxy, self._connect_limit)
        except CaFileUnusable as fault:
            raise NoWay(Obstacle(Trouble.CA_FILE, fault.path, detail=fault.reason)) from None

    async def _send_on(self, pools: _Pools, request: Request, token: str) -> Response | Problem:
        """Send; where there was no connection, the next call makes everything anew."""
        pools.users += 1
        try:
            response = await self._send_in_turn(pools, request, token)
            if _had_no_connection(response) and self._pools is pools:
                self._pools = None
            return response
        finally:
            pools.users -= 1
            if self._pools is not pools and not pools.users:
                await pools.close()

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
        trip = Trip(self.host, pools.proxy.host if pools.proxy else "")
        try:
            async with asyncio.timeout(self._time_limit.total_seconds()):
                return await self._exchange(pools, request, token, trip)
        except TimeoutError as fault:
            return self._broken(trip, fault, pools, self._time_limit)
        except _faults(trip) as fault:
            return self._broken(trip, fault, pools, self._connect_limit)

    async def _exchange(self, pools: _Pools, request: Request, token: str, trip: Trip) -> Response:
        client = pools.changing if request.changes else pools.asking
        headers = {"Authorization": f"Bearer {token}"}
        if request.body is not None:
            headers["Content-Type"] = "application/json"
        try:
            async with client.stream(
                request.method,
                self.origin + request.path,
                params=dict(request.query) or None,
                content=request.content,
                headers=headers,
                extensions={"trace": trip.trace},
            ) as answer:
                content = await content_of(answer)
        except BaseException:
            await trip.give_up()
            raise
        kept = {name.lower(): value for name, value in answer.headers.items()}
        # JSON is UTF-8 whatever the header says, and no charset of an error page may raise.
        text = content.decode("utf-8", "replace")
        if not answer.is_success:  # an error may quote the request; a result is left as it is
            text = text.replace(token, "***")
            kept["location"] = kept.get("location", "").replace(token, "***")
        response = read_response(answer.status_code, kept, text, self._now)
        if response.server_time is not None:
            self.skew = response.server_time - self._now()
        return response

    def _broken(self, trip: Trip, fault: Exception, pools: _Pools, limit: timedelta) -> Problem:
        if not trip.sent:
            logged_in = pools.proxy is not None and bool(pools.proxy.user)
            obstacle = obstacle_of(fault, trip, limit, logged_in=logged_in)
            if pools.proxy is not None and obstacle.trouble is Trouble.PROXY_REFUSES_LOGIN:
                self._proxies.refuse(pools.proxy)
            return _not_sent(obstacle)
        if isinstance(fault, TimeoutError):
            return OutcomeUnknown(
                f"{self.name} did not answer within {limit.total_seconds():g} seconds, and whether"
                " it did what was asked is not known."
            )
        if isinstance(fault, AnswerTooLarge):
            return OutcomeUnknown(
                f"The answer of {self.name} is larger than any it should give, so it was not read,"
                " and whether it did what was asked is not known."
            )
        return OutcomeUnknown(
            f"The connection to {self.name} broke before its answer was there, and whether it"
            " did what was asked is not known."
        )


class AnswerTooLarge(OSError):
    """More came than any answer of a service has, compressed or not."""


async def content_of(answer: httpx.Response) -> bytes:
    """All of it, uncompressed. Raises AnswerTooLarge before it fills the memory."""
    content = bytearray()
    async for piece in answer.aiter_bytes():
        content += piece
        if len(content) > LARGEST_ANSWER:
            raise AnswerTooLarge
    return bytes(content)


def _not_sent(obstacle: Obstacle) -> NotSent:
    return NotSent(NotSentCause.OFFLINE, obstacle.reason, obstacle=obstacle)


def _had_no_connection(response: Response | Problem) -> bool:
    return isinstance(response, NotSent) and response.cause is NotSentCause.OFFLINE


def _faults(trip: Trip) -> tuple[type[Exception], ...]:
    """What a call may raise: while a proxy is dealt with anything, socksio lets it through."""
    import httpx

    usual = (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError)
    return (Exception,) if trip.at_proxy else usual


def import_libraries() -> None:
    """In a thread: it takes a fifth of a second, in which the tray would not answer a click."""
    import urllib.request  # what proxies.py reads the environment by

    import anyio
    import httpcore
    import httpx
    import socksio
    import truststore

    del httpcore, httpx, socksio, truststore, urllib
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
