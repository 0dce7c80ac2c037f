"""The sandbox: both services, and the other origin, on loopback ports."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Self

from aiohttp import web

from .clock import ShiftedClock, real_clock
from .control import Control
from .kaiten import Kaiten
from .other_devices import OtherDevices
from .page import page
from .rate import RateLimit
from .site import Site
from .stage import Stage, Visit
from .timecrowd import TimeCrowd
from .world import plain_world

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from .clock import Clock
    from .world import World


class Sandbox:
    """Local stand-ins of TimeCrowd and Kaiten, each a real HTTP server on 127.0.0.1.

    ``async with Sandbox() as sandbox:`` in any asyncio loop, or `start` and `close`. Ports are
    chosen by the system unless given. `world` is what the services hold at first (plain_world),
    `clock` answers aware instants (the computer's), `monotonic` answers seconds and only serves
    Kaiten's rate limit.

    `timecrowd` and `kaiten` are the two sites (state, faults, requests, release, tokens); `clock`
    may be moved, and each site's own `clock` apart from it; `other_devices` are devices and a
    calendar of the user; `rate` counts Kaiten's 429s; `visits` tells who came to the other origin.
    """

    def __init__(
        self,
        world: World | None = None,
        *,
        clock: Clock = real_clock,
        timecrowd_port: int = 0,
        kaiten_port: int = 0,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.clock = ShiftedClock(clock)
        self.world = plain_world(self.clock()) if world is None else world
        self.rate = RateLimit(monotonic=monotonic)
        timecrowd_clock, kaiten_clock = ShiftedClock(self.clock), ShiftedClock(self.clock)
        self.other_devices = OtherDevices(
            self.world.timecrowd,
            self.world.timecrowd_user_id,
            self.world.team_id,
            self.world.category_id,
        )
        self.timecrowd = Site(
            "timecrowd",
            self.world.timecrowd,
            TimeCrowd(self.world.timecrowd, timecrowd_clock, lambda: self.timecrowd_url),
            token=self.world.timecrowd_token,
            user_id=self.world.timecrowd_user_id,
            port=timecrowd_port,
            clock=timecrowd_clock,
            before=lambda: self.other_devices.catch_up(timecrowd_clock()),
        )
        self.kaiten = Site(
            "kaiten",
            self.world.kaiten,
            Kaiten(self.world.kaiten, kaiten_clock, self.rate),
            token=self.world.kaiten_token,
            user_id=self.world.kaiten_user_id,
            port=kaiten_port,
            clock=kaiten_clock,
        )
        self.stage = Stage(self.timecrowd, self.kaiten, self.clock, self.rate, self.other_devices)
        self._other_origin: web.AppRunner | None = None

    @property
    def timecrowd_url(self) -> str:
        """TimeCrowd's origin, ``http://127.0.0.1:PORT``; empty before the start."""
        return self.timecrowd.url

    @property
    def kaiten_url(self) -> str:
        """Kaiten's origin, ``http://127.0.0.1:PORT``; empty before the start."""
        return self.kaiten.url

    @property
    def timecrowd_token(self) -> str:
        """The token that TimeCrowd accepts as the user's."""
        return self.timecrowd.token

    @property
    def kaiten_token(self) -> str:
        """The token that Kaiten accepts as the user's."""
        return self.kaiten.token

    @property
    def visits(self) -> list[Visit]:
        """The requests that reached the other origin, to which a REDIRECT fault points."""
        return self.stage.visits

    async def start(self) -> None:
        """Listen. Raises OSError if a given port is taken (nothing is left listening then)."""
        try:
            elsewhere = await self._start_other_origin()
            for name, site in self.stage.sites.items():
                site.elsewhere = elsewhere
                await site.start([*Control(self.stage, name).routes(), *self._pages()])
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """Let go of every waiting request and stop listening. May be called twice."""
        for site in self.stage.sites.values():  # one origin may wait for the other's requests
            site.let_go()
        for site in self.stage.sites.values():
            await site.close()
        runner, self._other_origin = self._other_origin, None
        if runner is not None:
            await runner.cleanup()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    def _pages(self) -> list[web.RouteDef]:
        """The page, also where links to a card or a task lead."""
        paths = ("/", r"/{card:\d+}", r"/app/mytasks/{task:\d+}/edit")
        return [web.get(path, self._page) for path in paths]

    async def _page(self, _request: web.Request) -> web.Response:
        return web.Response(text=page(self.stage), content_type="text/html", charset="utf-8")

    async def _start_other_origin(self) -> str:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._visited)
        runner = self._other_origin = web.AppRunner(app, access_log=None, shutdown_timeout=2.0)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{runner.addresses[0][1]}"

    async def _visited(self, request: web.Request) -> web.Response:
        authorized = "Authorization" in request.headers
        self.visits.append(Visit(request.method, request.path, authorized))
        return web.Response(text="<!doctype html><p>Another origin.", content_type="text/html")
