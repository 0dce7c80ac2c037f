"""httpx -> outcomes, once for both services. httpx itself is imported at the first call.

    ServiceClient.call(Request) -> Response      an answer of 2xx, for a wire to read
                                -> NotSent | OutcomeUnknown | Unauthorized | Refused

Whether a call that broke had begun to be sent is a fact, not a guess by the error's name: httpcore
reports `send_request_headers.started` immediately before it hands the first byte of a request to
the connection, and it writes no byte of the request before that. Without the report the service
cannot have seen the request (NotSent); with it nothing proves that it has not (OutcomeUnknown).
A proxy's CONNECT is reported the same way; its method distinguishes it.

A request that changes something gets a connection of its own. On a kept one that the server has
just closed it would break after sending began, and an innocent request would end as
OutcomeUnknown: a handshake is the smaller price. Questions may share a connection that was idle
for less than KEEPALIVE, because breaking changes nothing there.
"""

from __future__ import annotations

import asyncio
import logging
import re
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime, timedelta
from typing import Protocol, TypeVar
from urllib.parse import urlsplit

from timer_app.adapters.http.connection_problems import connection_problem_from
from timer_app.adapters.http.exchange import (
    CallProblem,
    ReadRefusal,
    Request,
    Response,
    classify_response,
    read_response,
    refusal_messages,
)
from timer_app.adapters.http.http_clients import HttpClients, import_libraries
from timer_app.adapters.http.json_reader import UnreadableResponse
from timer_app.adapters.http.proxies import ConnectionSetupError, Proxies
from timer_app.adapters.http.request_trace import RequestTrace
from timer_app.adapters.http.response_body import (
    ResponseTooLarge,
)
from timer_app.adapters.http.trust import CaFileError, make_ssl_context
from timer_app.domain.delivery.outcomes import (
    Done,
    NotSent,
    NotSentCause,
    Outcome,
    OutcomeUnknown,
    Refused,
    ServiceAnswer,
    Unauthorized,
)
from timer_app.domain.messages import ConnectionProblemKind, OutcomeMessageId
from timer_app.domain.setup.addresses import shown_host
from timer_app.domain.setup.connection_problems import ConnectionProblem
from timer_app.domain.setup.secrets import KeyringProblem
from timer_app.domain.user_message import UserMessage
from timer_app.services.delivery.ports import ServiceCallError
from timer_app.services.setup.ports import SecretUnavailable

TIME_LIMIT = timedelta(seconds=15)
CONNECT_LIMIT = timedelta(seconds=10)
# Twice what requests that are never answered can hold up those behind them: only a heap of such
# requests makes a call wait that long; a person who searches then gets an error.
QUEUE_LIMIT = timedelta(seconds=32)
# Several programs may ask with one token: the command line beside the tray app, another computer.
# A limit that counts by the second has room again after this, and a question does no harm twice.
SHORT_WAIT = timedelta(seconds=2)
QUERY_ATTEMPTS = 3
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


class ServiceClient:
    """One service over HTTP. Nothing costly is made, and httpx not imported, before the first call.

    `token` is asked at every call, outside the time limit, and may raise SecretUnavailable.
    `proxies` and `trust` are asked when connections are made, and again after a call for which
    there was no connection: what a person mends in the meantime counts.
    `limiter` holds each call until it may go, at most `queue_limit`; `time_limit` begins then and
    covers the whole call.
    What `headers` returns goes with every call to this service; it is called once, when what it
    may import is there.
    `now` answers aware instants, by which `skew` and waits that are given as a date are read.
    `listen` is called when a request leaves, and its result with the date of a good answer.
    `pause` waits that many seconds before a question is asked again.
    """

    def __init__(
        self,
        name: str,
        origin: str,
        token: Callable[[], Awaitable[str]],
        *,
        now: Callable[[], datetime],
        trust: Callable[[], ssl.SSLContext] = make_ssl_context,
        proxies: Proxies | None = None,
        limiter: Limiter | None = None,
        time_limit: timedelta = TIME_LIMIT,
        connect_limit: timedelta = CONNECT_LIMIT,
        queue_limit: timedelta = QUEUE_LIMIT,
        headers: Callable[[], Mapping[str, str]] = dict,
        listen: Callable[[], Callable[[datetime], None]] = lambda: lambda _: None,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.name = name
        self.origin = origin
        self.token = token
        """Asks the keyring for the token. Raises SecretUnavailable."""
        self._now = now
        self._trust = trust
        self._proxies = proxies or Proxies()
        self._limiter = limiter
        self.time_limit = time_limit
        self._connect_limit = connect_limit
        self._queue_limit = queue_limit
        self._own_headers = headers
        self._headers: Mapping[str, str] = {}
        self._listen = listen
        self._pause = pause
        self.host = shown_host(urlsplit(origin).hostname or origin)
        self.proxy_host = ""
        """The proxy through which the service was last called, "" for none."""
        self._clients: HttpClients | None = None
        self._connect_lock = asyncio.Lock()
        self._libraries_imported = False
        self.skew = timedelta(0)
        """The service's clock less ours, by its latest Date header; exact to a second or two."""

    def server_now(self) -> datetime:
        """The present instant by the service's clock, as of its latest answer."""
        return self._now() + self.skew

    async def close(self) -> None:
        """Close every connection; calls under way break. To be called once, at the end."""
        clients, self._clients = self._clients, None
        if clients is not None:
            await clients.close()

    async def send(
        self,
        request: Request,
        read: Callable[[Response], ServiceAnswer],
        read_refusal: ReadRefusal = refusal_messages,
    ) -> Outcome:
        """Have something changed.

        What `read` cannot read (UnreadableResponse) is OutcomeUnknown.
        """
        response = await self.call(request, read_refusal)
        if not isinstance(response, Response):
            return response
        try:
            return Done(await _read(response, read), response.server_time)
        except UnreadableResponse as fault:
            return OutcomeUnknown(_unreadable_message(self.name, fault))

    async def query(
        self,
        request: Request,
        read: Callable[[Response], T],
        read_refusal: ReadRefusal = refusal_messages,
    ) -> T:
        """The answer to a question. Raises ServiceCallError.

        Where the service asks for fewer requests and a wait of at most SHORT_WAIT, it is asked
        again after that wait, QUERY_ATTEMPTS times in all.
        """
        response = await self.call(request, read_refusal)
        for _ in range(QUERY_ATTEMPTS - 1):
            if (wait := _short_wait(response)) is None:
                break
            await self._pause(wait.total_seconds())
            response = await self.call(request, read_refusal)
        if not isinstance(response, Response):
            raise ServiceCallError(response)
        try:
            return await _read(response, read)
        except UnreadableResponse as fault:
            problem = OutcomeUnknown(_unreadable_message(self.name, fault))
        raise ServiceCallError(problem)

    async def call(
        self, request: Request, read_refusal: ReadRefusal = refusal_messages
    ) -> Response | CallProblem:
        """One request and what came of it. Raises nothing but CancelledError."""
        clock = asyncio.get_running_loop().time
        began = clock()
        answer = await self._call(request, read_refusal)
        _log.debug(
            "%s %s %s -> %s in %.0f ms",
            self.name,
            request.method,
            request.path,
            answer.status if isinstance(answer, Response) else _outcome_name(answer),
            (clock() - began) * 1000,
        )
        return answer

    async def _call(self, request: Request, read_refusal: ReadRefusal) -> Response | CallProblem:
        """Token, connections and a place in the queue, then the exchange and what it means."""
        try:
            token = (await self.token()).strip()
            if not _TOKEN.fullmatch(token):
                return Unauthorized(_words(OutcomeMessageId.NO_TOKEN_AT_ALL, self.name))
            async with self._connections() as clients, self._place_in_queue():
                response = await self._exchange(clients, request, token)
                clients.is_stale = _is_offline(response)
        except SecretUnavailable as reason:
            return _without_token(reason)
        except ConnectionSetupError as blocked:
            return _not_sent(blocked.connection_problem)
        except _QueueTooLong:
            queued = _words(OutcomeMessageId.QUEUE_TOO_LONG, self.name)
            return NotSent(NotSentCause.RATE_LIMITED, queued)
        if isinstance(response, Response):
            return classify_response(response, self.name, read_refusal)
        return response

    @asynccontextmanager
    async def _connections(self) -> AsyncIterator[HttpClients]:
        """The connections, made if there are none. Raises ConnectionSetupError.

        Stale ones are closed after their last user, and the next call makes new ones.
        """
        async with self._connect_lock:
            if self._clients is None:
                self._clients = await self._connect()
            clients = self._clients
        clients.users += 1
        try:
            yield clients
        finally:
            clients.users -= 1
            if clients.is_stale and self._clients is clients:
                self._clients = None
            if self._clients is not clients and not clients.users:
                await clients.close()

    async def _connect(self) -> HttpClients:
        if not self._libraries_imported:
            await asyncio.to_thread(import_libraries)
            self._libraries_imported = True
            self._headers = self._own_headers()
        proxy = await self._proxies.proxy_for(self.origin)
        self.proxy_host = proxy.host if proxy else ""
        try:
            return HttpClients(self._trust(), proxy, self._connect_limit)  # in 2 ms
        except CaFileError as fault:
            raise ConnectionSetupError(
                ConnectionProblem(ConnectionProblemKind.CA_FILE, fault.path, detail=fault.reason)
            ) from None

    @asynccontextmanager
    async def _place_in_queue(self) -> AsyncIterator[None]:
        """Within it the limiter lets the call go. Raises _QueueTooLong."""
        async with AsyncExitStack() as stack:
            try:
                async with asyncio.timeout(self._queue_limit.total_seconds()):
                    if self._limiter is not None:
                        await stack.enter_async_context(self._limiter)
            except TimeoutError:
                raise _QueueTooLong from None
            yield

    async def _exchange(
        self, clients: HttpClients, request: Request, token: str
    ) -> Response | CallProblem:
        """Send the request and read its answer; how far it had come decides the outcome."""
        proxy_host = clients.proxy.host if clients.proxy else ""
        request_trace = RequestTrace(self.host, proxy_host, request.on_send)
        hear = self._listen()
        try:
            async with asyncio.timeout(self.time_limit.total_seconds()), request_trace:
                status, headers, content = await clients.ask(
                    self.origin, request, token, request_trace, self._headers
                )
        except TimeoutError as fault:
            return self._outcome_of_break(request_trace, fault, clients, self.time_limit)
        except _expected_errors(request_trace) as fault:
            return self._outcome_of_break(request_trace, fault, clients, self._connect_limit)
        # JSON is UTF-8 whatever the header says, and no charset of an error page may raise.
        text = content.decode("utf-8", "replace")
        response = read_response(status, headers, text, self._now, token)
        if response.server_time is not None:
            if 200 <= status < 300:  # whatever stands in between may date an error
                hear(response.server_time)
            self.skew = response.server_time - self._now()
        return response

    def _outcome_of_break(
        self, request_trace: RequestTrace, fault: Exception, clients: HttpClients, limit: timedelta
    ) -> CallProblem:
        if not request_trace.sent:
            logged_in = clients.proxy is not None and bool(clients.proxy.user)
            connection_problem = connection_problem_from(
                fault, request_trace, limit, logged_in=logged_in
            )
            if (
                clients.proxy is not None
                and connection_problem.kind is ConnectionProblemKind.PROXY_REFUSES_LOGIN
            ):
                self._proxies.reject_login(clients.proxy)
            return _not_sent(connection_problem)
        if isinstance(fault, TimeoutError):
            return OutcomeUnknown(
                _words(OutcomeMessageId.NO_ANSWER, self.name, f"{limit.total_seconds():g}")
            )
        if isinstance(fault, ResponseTooLarge):
            return OutcomeUnknown(_words(OutcomeMessageId.TOO_LARGE, self.name))
        return OutcomeUnknown(_words(OutcomeMessageId.BROKE, self.name))


class _QueueTooLong(Exception):
    """The call had no place in the queue for as long as it may wait."""


async def _read(response: Response, read: Callable[[Response], T]) -> T:
    """What `read` makes of an answer; of a large one in a thread, so that no window stands still.

    Raises UnreadableResponse.
    """
    return await asyncio.to_thread(read, response) if response.is_large else read(response)


def _without_token(reason: SecretUnavailable) -> NotSent | Unauthorized:
    if reason.problem is KeyringProblem.QUIT:
        return NotSent(NotSentCause.QUIT, str(reason))
    return Unauthorized(str(reason))


def _not_sent(connection_problem: ConnectionProblem) -> NotSent:
    return NotSent(
        NotSentCause.OFFLINE, connection_problem.reason, connection_problem=connection_problem
    )


def _is_offline(response: Response | CallProblem) -> bool:
    return isinstance(response, NotSent) and response.cause is NotSentCause.OFFLINE


def _short_wait(response: Response | CallProblem) -> timedelta | None:
    """How long the service wants a caller to wait, None where it does not or where that is long."""
    wait = response.retry_after if isinstance(response, NotSent) else None
    return wait if wait is not None and wait <= SHORT_WAIT else None


def _expected_errors(request_trace: RequestTrace) -> tuple[type[Exception], ...]:
    """What a call may raise: while a proxy is dealt with anything, socksio lets it through."""
    import httpx

    usual = (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError)
    return (Exception,) if request_trace.at_proxy else usual


def _unreadable_message(service: str, fault: UnreadableResponse) -> str:
    return _words(OutcomeMessageId.UNUSABLE, service, fault)


def _words(message_id: OutcomeMessageId, *values: object) -> str:
    return str(UserMessage(message_id, *values))


def _outcome_name(problem: CallProblem) -> str:
    if isinstance(problem, Refused) and problem.status is not None:
        return f"Refused {problem.status}"
    return type(problem).__name__
