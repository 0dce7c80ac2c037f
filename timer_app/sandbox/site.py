"""One service on a loopback port: bytes to `Call`, `Reply` to bytes, and faults in between."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from aiohttp import web

from .clock import http_date
from .exchange import Answer, Call, NoAnswer, new_token, too_many_requests
from .faults import FaultKind, FaultPlan
from .requests import RequestLog
from .visitors import refuse_foreign_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .clock import ShiftedClock
    from .exchange import Headers, Reply, Service
    from .faults import Fault

_GARBAGE = b'{"id": 61\xff\xfe"'
_LINGER_NOTHING = struct.pack("ii", 1, 0)


class HoldsTokens(Protocol):
    """A service's state, as far as a site needs it: the accepted tokens."""

    tokens: dict[str, int]


State = TypeVar("State", bound=HoldsTokens)


@dataclass(frozen=True, slots=True)
class Released:
    """What a release did: requests that had been waiting, and held-back ones now carried out."""

    woken: int
    committed: int


@dataclass
class _Exchange:
    """One request being dealt with."""

    number: int
    call: Call
    request: web.Request
    extra: Headers = ()


class Site(Generic[State]):
    """One service: its state, its faults, its request log and its server.

    `token` is what the user `user_id` presents, accepted from the beginning; `url` is
    there once started. `elsewhere` is the origin a REDIRECT fault points to. `clock` is
    the service's own, by which it stamps and dates its answers; `before` is called before a request
    is carried out.
    """

    def __init__(
        self,
        name: str,
        state: State,
        service: Service,
        *,
        token: str,
        user_id: int,
        port: int,
        clock: ShiftedClock,
        before: Callable[[], object] = lambda: None,
    ) -> None:
        self.name = name
        self.state = state
        self.token = token
        self.user_id = user_id
        self.faults = FaultPlan()
        self.requests = RequestLog()
        self.elsewhere = ""
        self.url = ""
        self._service = service
        self.port = port
        self.host_names: set[str] = set()
        """Names beside loopback's by which a proxy leads here."""
        self.clock = clock
        self._before = before
        self._runner: web.AppRunner | None = None
        self._gate = asyncio.Event()
        self._waiting = 0
        self._held: list[tuple[int, Call]] = []
        self._known_secrets = {token}
        self.accept_token()

    # -- life

    async def start(self, extra_routes: Iterable[web.RouteDef] = ()) -> None:
        """Listen on 127.0.0.1. Raises OSError if the port is taken."""
        app = web.Application(middlewares=[refuse_foreign_pages(self.host_names)])
        app.add_routes(extra_routes)
        app.router.add_route("*", "/{path:.*}", self._handle)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=2.0)
        await runner.setup()
        self._runner = runner
        await web.TCPSite(runner, "127.0.0.1", self.port).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"

    def let_go(self) -> None:
        """End every wait, of requests and of tests; what was held back is never carried out."""
        self._held.clear()
        self.requests.close()
        self.release()

    async def close(self) -> None:
        """Let go and stop listening. May be called twice."""
        self.let_go()
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()

    # -- for tests and control

    def release(self) -> Released:
        """End what hangs, let what pauses go on, and carry out what was held back."""
        gate, self._gate = self._gate, asyncio.Event()
        gate.set()
        held, self._held = self._held, []
        for number, call in held:
            self._commit(number, call)
        return Released(self._waiting, len(held))

    @property
    def held_back(self) -> int:
        """How many requests a release would carry out."""
        return len(self._held)

    @property
    def waiting(self) -> int:
        """How many requests hang, pause or drip now."""
        return self._waiting

    def issue_token(self) -> str:
        """Another token of the user's, accepted from now on: of their second computer."""
        token = new_token()
        self.state.tokens[token] = self.user_id
        self._known_secrets.add(token)
        return token

    def accept_token(self) -> None:
        """Accept `token` (again) as the user's."""
        self.state.tokens[self.token] = self.user_id
        self._known_secrets.add(self.token)

    def revoke_token(self) -> None:
        """Answer 401 to `token` from now on."""
        self.state.tokens.pop(self.token, None)

    def renew_token(self) -> str:
        """Revoke `token` and accept a new one, which becomes `token` and is answered."""
        self.revoke_token()
        self.token = new_token()
        self.accept_token()
        return self.token

    # -- one request

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        try:
            call = await _call(request)
        except ConnectionError:  # whoever asked is gone in the middle of it: it never arrived
            return _drop(request, reset=False)
        fault = self.faults.take(call.method, call.path)
        kind = fault.kind if fault else None
        hidden = self._known_secrets | set(self.state.tokens)
        number = self.requests.arrive(call, self.clock(), kind, hidden)
        exchange = _Exchange(number, call, request)
        try:
            if fault is None:
                return await self._serve(exchange)
            return await self._misbehave(exchange, fault)
        finally:
            self.requests.end(number, self.clock())

    async def _misbehave(self, exchange: _Exchange, fault: Fault) -> web.StreamResponse:
        if fault.kind is FaultKind.HELD_BACK:
            self._held.append((exchange.number, exchange.call))
        reply = self._commit(exchange.number, exchange.call) if fault.stores else None
        answer = reply if isinstance(reply, Answer) else Answer(200)
        match fault.kind:
            case FaultKind.CLOSE_BEFORE_COMMIT | FaultKind.CLOSE_AFTER_COMMIT | FaultKind.HELD_BACK:
                return _drop(exchange.request, reset=fault.reset)
            case FaultKind.HANG_BEFORE_COMMIT | FaultKind.HANG_AFTER_COMMIT:
                return await self._hang(exchange, reset=fault.reset)
            case FaultKind.PAUSE:
                await self._wait()
                return await self._serve(exchange)
            case FaultKind.TRUNCATED:
                return await self._send_half(exchange, answer)
            case FaultKind.DRIP:
                return await self._drip(exchange, answer, fault.drip_seconds)
            case (
                FaultKind.STATUS
                | FaultKind.STATUS_AFTER_COMMIT
                | FaultKind.GARBAGE
                | FaultKind.HTML
                | FaultKind.RATE_LIMITED
                | FaultKind.REDIRECT
            ):
                return await self._send(exchange, self._faulty_answer(fault, exchange.call))

    async def _serve(self, exchange: _Exchange) -> web.StreamResponse:
        """As the service does when all is well, its rate limit included."""
        turned_away = self._service.admit()
        if turned_away is not None:
            return await self._send(exchange, turned_away)
        reply = self._commit(exchange.number, exchange.call)
        exchange.extra = self._service.headers()
        if isinstance(reply, NoAnswer):
            return await self._hang(exchange, reset=False)
        return await self._send(exchange, reply)

    def _commit(self, number: int, call: Call) -> Reply:
        self._before()
        reply = self._service.answer(call)
        self.requests.decide(number, reply.status if isinstance(reply, Answer) else None)
        return reply

    def _faulty_answer(self, fault: Fault, call: Call) -> Answer:
        status, page = fault.answered_status, fault.page().encode()
        match fault.kind:
            case FaultKind.GARBAGE:
                return Answer(200, _GARBAGE, "application/json; charset=utf-8")
            case FaultKind.RATE_LIMITED:
                return too_many_requests(fault.retry_after, fault.headers)
            case FaultKind.REDIRECT:
                location = ("Location", f"{self.elsewhere}{call.path}")
                return Answer(status, b"", fault.content_type, (location, *fault.headers))
            case _:
                return Answer(status, page, fault.content_type, fault.headers)

    # -- onto the wire

    async def _send(self, exchange: _Exchange, answer: Answer) -> web.StreamResponse:
        headers = self._headers(answer.content_type, (*answer.headers, *exchange.extra))
        response = web.Response(status=answer.status, body=answer.body or None, headers=headers)
        with contextlib.suppress(ConnectionError):
            await response.prepare(exchange.request)
            await response.write_eof()
            self.requests.send(exchange.number, answer.status)
        return response

    async def _send_half(self, exchange: _Exchange, answer: Answer) -> web.StreamResponse:
        body = answer.body or b"{}"
        response = await self._begin(exchange, answer, len(body))
        with contextlib.suppress(ConnectionError):
            await response.write(body[: len(body) // 2])
        if exchange.request.transport is not None:
            exchange.request.transport.close()
        return response

    async def _drip(
        self, exchange: _Exchange, answer: Answer, seconds: float
    ) -> web.StreamResponse:
        gate = self._gate
        response = await self._begin(exchange, answer, len(answer.body))
        with contextlib.suppress(ConnectionError):
            for index in range(len(answer.body)):
                await response.write(answer.body[index : index + 1])
                if not gate.is_set():
                    await self._wait(seconds)
            await response.write_eof()
        return response

    async def _begin(self, exchange: _Exchange, answer: Answer, length: int) -> web.StreamResponse:
        headers = self._headers(answer.content_type, answer.headers)
        response = web.StreamResponse(status=answer.status, headers=headers)
        response.content_length = length
        with contextlib.suppress(ConnectionError):
            await response.prepare(exchange.request)
            self.requests.send(exchange.number, answer.status)
        return response

    async def _hang(self, exchange: _Exchange, *, reset: bool) -> web.StreamResponse:
        await self._wait()
        return _drop(exchange.request, reset=reset)

    async def _wait(self, seconds: float | None = None) -> None:
        """Until a release, or that many seconds at most."""
        self._waiting += 1
        try:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._gate.wait()
        finally:
            self._waiting -= 1

    def _headers(self, content_type: str, more: Headers) -> list[tuple[str, str]]:
        kind = [("Content-Type", content_type)] if content_type else []
        return [("Date", http_date(self.clock())), ("Server", "nginx"), *kind, *more]


async def _call(request: web.Request) -> Call:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return Call(
        method=request.method,
        path=request.path,
        query=dict(request.query),
        token=token.strip() if scheme.lower() == "bearer" and token.strip() else None,
        content_type=request.headers.get("Content-Type", ""),
        body=await request.read(),
        user_agent=request.headers.get("User-Agent", ""),
        client=request.headers.get("X-kaiten-Client", ""),
        client_version=request.headers.get("X-kaiten-Client-Version", ""),
    )


def _drop(request: web.Request, *, reset: bool) -> web.StreamResponse:
    """Drop the connection: ended (FIN), or reset (RST). What is returned reaches nobody."""
    transport = request.transport
    if transport is not None:
        connection = transport.get_extra_info("socket")
        if reset and connection is not None:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOTHING)
        transport.abort()
    return web.Response(status=500)
