"""The sandbox over HTTP: ``/_sandbox/...`` on both origins, for processes that are not ours.

Every call takes and gives JSON; a request that makes no sense gives 400 ``{"error"}``. `service`
is ``timecrowd`` or ``kaiten``, in the query or the body; left out it is the origin's own.

GET    /_sandbox/state     what both hold, without tokens
POST   /_sandbox/state     see changes.py; answers {"changed": n, "tokens": {service: new token}}
GET    /_sandbox/requests  ?service -> {"requests": [record], "rate_limited": n}
GET    /_sandbox/faults    -> {"active": {service: [fault]}}
POST   /_sandbox/faults    a Fault's fields by name (headers as an object) -> 201 {"active"}
DELETE /_sandbox/faults    ?service; without it both -> {"active"}
POST   /_sandbox/clock     one of offset_seconds, advance_seconds, now (ISO)
                           -> {"now", "offset_seconds"}; with a service its own clock alone, whose
                           offset is to the time of both
POST   /_sandbox/release   {"service"}, without it both -> {service: {"woken", "committed"}}
GET    /_sandbox/wait      ?service&method&path&count&until=arrived|answered&timeout (seconds, 30)
                           -> the record, or 504 {"error"} when the time is over
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from math import isfinite
from typing import TYPE_CHECKING

from aiohttp import web

from .changes import BadInputError, changes
from .fault_input import fault_from
from .plain import plain, state_of
from .requests import LogClosedError

if TYPE_CHECKING:
    from .stage import AnySite, Stage

Handler = Callable[[web.Request], Awaitable[web.Response]]


class Control:
    """The control calls of one origin, whose own service is `own`."""

    def __init__(self, stage: Stage, own: str) -> None:
        self._stage = stage
        self._own = own

    def routes(self) -> list[web.RouteDef]:
        """What to add to the site's routes."""
        table: tuple[tuple[str, str, Handler], ...] = (
            ("GET", "state", self._state),
            ("POST", "state", self._change),
            ("GET", "requests", self._requests),
            ("GET", "faults", self._faults),
            ("POST", "faults", self._add_fault),
            ("DELETE", "faults", self._clear_faults),
            ("POST", "clock", self._clock),
            ("POST", "release", self._release),
            ("GET", "wait", self._wait),
        )
        return [
            web.route(method, f"/_sandbox/{name}", _with_clear_errors(handler))
            for method, name, handler in table
        ]

    async def _state(self, _request: web.Request) -> web.Response:
        self._stage.other_devices.catch_up(self._stage.timecrowd.clock())
        return _json(state_of(self._stage))

    async def _change(self, request: web.Request) -> web.Response:
        body = await _object(request)
        before = {name: site.token for name, site in self._stage.sites.items()}
        todo = changes(body, self._stage)
        for change in todo:
            change()
        after = {name: site.token for name, site in self._stage.sites.items()}
        renewed = {name: token for name, token in after.items() if token != before[name]}
        return _json({"changed": len(todo), "tokens": renewed})

    async def _requests(self, request: web.Request) -> web.Response:
        site = self._site(request.query.get("service"))
        refused = self._stage.rate.refused if site is self._stage.kaiten else 0
        return _json({"requests": plain(site.requests.records), "rate_limited": refused})

    async def _faults(self, _request: web.Request) -> web.Response:
        return self._active()

    async def _add_fault(self, request: web.Request) -> web.Response:
        body = await _object(request)
        site = self._site(body.pop("service", None))
        site.faults.add(fault_from(body))
        return self._active(status=201)

    async def _clear_faults(self, request: web.Request) -> web.Response:
        for site in self._chosen(request.query.get("service")):
            site.faults.clear()
        return self._active()

    async def _clock(self, request: web.Request) -> web.Response:
        body = await _object(request)
        name = body.pop("service", None)
        clock = self._stage.clock if name is None else self._site(name).clock
        match list(body.items()):
            case [("offset_seconds", value)]:
                clock.offset = _seconds(value)
            case [("advance_seconds", value)]:
                clock.offset += _seconds(value)
            case [("now", value)]:
                clock.set_to(_instant(value))
            case _:
                raise BadInputError("give one of offset_seconds, advance_seconds, now")
        return _json({"now": plain(clock()), "offset_seconds": clock.offset.total_seconds()})

    async def _release(self, request: web.Request) -> web.Response:
        body = await _object(request) if request.can_read_body else {}
        chosen = self._chosen(body.get("service"))
        return _json({site.name: plain(site.release()) for site in chosen})

    async def _wait(self, request: web.Request) -> web.Response:
        query = request.query
        log = self._site(query.get("service")).requests
        until = query.get("until", "arrived")
        if until not in ("arrived", "answered"):
            raise BadInputError("until must be 'arrived' or 'answered'")
        wait = log.arrived if until == "arrived" else log.answered
        method, path = query.get("method", "*"), query.get("path", "")
        count = _number(query.get("count", "1"), "count", least=1, most=1_000_000)
        seconds = _number(query.get("timeout", "30"), "timeout", least=0, most=600)
        fault_from({"kind": "pause", "path": path})  # is it a regular expression?
        try:
            async with asyncio.timeout(seconds):
                return _json(plain(await wait(method, path, int(count))))
        except TimeoutError:
            return _json({"error": f"no such request {until} within {seconds:g} s"}, 504)
        except LogClosedError:
            return _json({"error": "the sandbox closes"}, 503)

    def _active(self, status: int = 200) -> web.Response:
        sites = self._stage.sites.items()
        return _json({"active": {name: plain(site.faults.active) for name, site in sites}}, status)

    def _site(self, name: object) -> AnySite:
        chosen = self._own if name is None else name
        if not isinstance(chosen, str) or chosen not in self._stage.sites:
            raise BadInputError(f"unknown service {chosen!r}: use 'timecrowd' or 'kaiten'")
        return self._stage.sites[chosen]

    def _chosen(self, name: object) -> list[AnySite]:
        return list(self._stage.sites.values()) if name is None else [self._site(name)]


def _with_clear_errors(handler: Handler) -> Handler:
    async def handle(request: web.Request) -> web.Response:
        try:
            return await handler(request)
        except BadInputError as fault:
            return _json({"error": str(fault)}, 400)

    return handle


def _json(value: object, status: int = 200) -> web.Response:
    return web.json_response(value, status=status, dumps=_dumps)


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


async def _object(request: web.Request) -> dict[str, object]:
    try:
        body = json.loads(await request.read())
    except (ValueError, RecursionError) as fault:
        raise BadInputError("the body must be JSON") from fault
    if not isinstance(body, dict):
        raise BadInputError("the body must be a JSON object")
    return body


def _seconds(value: object) -> timedelta:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise BadInputError("the seconds must be a number")
    if abs(value) > 10**9:
        raise BadInputError("the seconds must be less than 10^9")
    return timedelta(seconds=value)


def _instant(value: object) -> datetime:
    try:
        instant = datetime.fromisoformat(str(value))
    except ValueError as fault:
        raise BadInputError("now must be ISO 8601, such as 2026-11-22T09:00:00+03:00") from fault
    if instant.tzinfo is None:
        raise BadInputError("now must say its offset, such as Z or +03:00")
    return instant


def _number(text: str, name: str, *, least: float, most: float) -> float:
    try:
        value = float(text)
    except ValueError as fault:
        raise BadInputError(f"{name} must be a number") from fault
    if not least <= value <= most:
        raise BadInputError(f"{name} must be between {least:g} and {most:g}")
    return value
