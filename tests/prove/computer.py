"""A computer with the whole core on it, which can be killed at any commit and any request.

What is killed does nothing any more: every statement and every request of it raises, so that
whatever its `finally` blocks try, the journal and the services stay as the kill left them.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Coroutine, Mapping
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar
from unittest import mock

from tests.prove.simulated import ComputerClock, SimulatedLoop, TrueTime
from timer_app.adapters.http.client import ServiceClient
from timer_app.adapters.http.exchange import CallProblem, Request, Response
from timer_app.adapters.paths import Paths
from timer_app.adapters.setup.cached_secrets import FixedSecrets
from timer_app.bootstrap.core import Core, make_core
from timer_app.domain.delivery.outcomes import NotSent, NotSentCause
from timer_app.domain.service import Service
from timer_app.services.command_context import CommandReply
from timer_app.services.retry import RetryReason

_T = TypeVar("_T")
_exchange = ServiceClient._exchange


class Killed(BaseException):
    """The process is gone."""


class Fate:
    """When the process of one core dies; counts what it does until then."""

    def __init__(self) -> None:
        self.dead = False
        self._after: dict[str, int] = {}

    def plan(self, event: str, count: int) -> None:
        """Die at the `count`-th such event from now on."""
        self._after = {event: count}

    def spare(self) -> None:
        """Plan nothing."""
        self._after = {}

    def meet(self, event: str) -> None:
        """Raises Killed if this is the planned moment, or if it has passed."""
        left = self._after.get(event)
        if left is not None:
            self._after[event] = left - 1
            self.dead = self.dead or left <= 1
        if self.dead:
            raise Killed


class MortalConnection:
    """The journal's connection, as long as its process lives."""

    def __init__(self, connection: sqlite3.Connection, fate: Fate) -> None:
        self._connection = connection
        self._fate = fate

    def execute(self, query: str, *values: Any) -> Any:  # noqa: ANN401  # as sqlite3's
        """As the connection's."""
        committing = query == "COMMIT"
        self._fate.meet("before commit" if committing else "statement")
        answer = self._connection.execute(query, *values)
        if committing:
            self._fate.meet("after commit")
        return answer

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # as sqlite3's
        return getattr(self._connection, name)


MOST_REQUESTS = 300
"""In a tenth of a second of simulated time, in which a call takes next to none."""

Heard = Callable[[str, Mapping[str, str], datetime, CommandReply | None], None]
"""Told of each command: its name and words, the true instant it was given at, and its reply."""

KILLS = ("before commit", "after commit", "before request", "after request")


class Computer:
    """One computer: its clock, its files, and the core while it runs."""

    def __init__(
        self, loop: SimulatedLoop, true: TrueTime, paths: Paths, tokens: dict[Service, str]
    ) -> None:
        self.loop = loop
        self.clock = ComputerClock(true)
        self.kills = 0
        self.is_offline = False
        self.unexpected: list[str] = []
        self._true = true
        self._paths = paths
        self._tokens = tokens
        self._core: Core | None = None
        self._fate = Fate()
        self._app: asyncio.Task[None] | None = None
        self._quit = asyncio.Event()
        self.heard: Heard = lambda *_: None
        self.before: Callable[[], None] = lambda: None
        self._asked = (0.0, 0)
        self._hunt = mock.patch.object(ServiceClient, "_exchange", self._exchange())
        self._hunt.start()

    def _exchange(self) -> Callable[..., Coroutine[Any, Any, Response | CallProblem]]:
        earlier = ServiceClient._exchange  # of a computer that is there already

        async def exchange(*parts: Any) -> Response | CallProblem:  # noqa: ANN401  # handed on as they came
            if parts[3] not in self._tokens.values():
                return await earlier(*parts)
            fate = self._fate
            fate.meet("before request")
            if self.is_offline:
                return NotSent(NotSentCause.OFFLINE, "there is no network")
            self._must_not_race(parts[2])
            self._true.calls += 1
            try:
                answer = await _exchange(*parts)
            finally:
                self._true.calls -= 1
            fate.meet("after request")
            return answer

        return exchange

    def _must_not_race(self, request: Request) -> None:
        """However fast the services answer, nobody asks for ever without waiting."""
        now = self._true.seconds // 0.1
        self._asked = (now, self._asked[1] + 1) if self._asked[0] == now else (now, 1)
        if self._asked[1] > MOST_REQUESTS:
            raise AssertionError(f"one request after another: {request.method} {request.path}")

    @property
    def core(self) -> Core:
        """The core; it is started if it does not run."""
        if self._fate.dead:
            self._bury()
        if self._core is None:
            self._core = self._start()
        return self._core

    @property
    def app_runs(self) -> bool:
        """Whether the core delivers in the background, as the tray app's does."""
        return self._app is not None and not self._fate.dead

    def _start(self) -> Core:
        fate = self._fate = Fate()
        core = make_core(
            self._paths,
            FixedSecrets(self._tokens),
            clock=self.clock,
            seconds=lambda: self._true.awake,
            jitter=lambda: 0.5,
        )
        core.journal.connection.execute("PRAGMA synchronous = OFF")
        core.journal._db = MortalConnection(core.journal._db, fate)  # type: ignore[assignment]

        return core

    # -- life

    def run(self, doing: Coroutine[Any, Any, _T]) -> _T | None:
        """Do something; None if the process was killed over it."""
        fate = self._fate
        try:
            return self.loop.run_until_complete(doing)
        except (Killed, BaseExceptionGroup):
            if not fate.dead:
                raise
            return None
        finally:
            if self._fate.dead:
                self._bury()

    def plan_kill(self, event: str, count: int) -> None:
        """Die at a coming moment."""
        _ = self.core
        self._fate.plan(event, count)

    def spare(self) -> None:
        """Die of nothing that was planned."""
        self._fate.spare()

    def kill(self) -> None:
        """Die now, in the middle of whatever is under way."""
        if self._core is not None:
            self._fate.dead = True
            self._bury()

    def _bury(self) -> None:
        self.kills += 1
        core, self._core = self._core, None
        app, self._app = self._app, None
        self.loop.run_until_complete(self._let_go(core, app))
        self._fate = Fate()

    async def _let_go(self, core: Core | None, app: asyncio.Task[None] | None) -> None:
        """What the system does with what a dead process had: sockets, locks and files close."""
        if app is not None:
            app.cancel()
            await asyncio.gather(app, return_exceptions=True)
        if core is not None:
            await core.connections.close()
            core.journal.connection.close()

    def open_app(self) -> None:
        """Let the core deliver in the background."""
        if not self.app_runs:
            core, self._quit = self.core, asyncio.Event()  # who was killed is started again
            core.remote_sync.request()
            self._app = self.loop.create_task(self._live(core, self._quit))

    async def _live(self, core: Core, until: asyncio.Event) -> None:
        try:
            await core.sender.run(until)
        except (Killed, BaseExceptionGroup):
            if not self._fate.dead:
                raise

    def wake(self) -> None:
        """Tell the app, if it runs, that the computer was asleep."""
        if self._app is not None:
            self.run(self._retry(self.core))

    async def _retry(self, core: Core) -> None:
        core.retry.now(RetryReason.STARTED_OR_WOKE)

    def close_app(self) -> None:
        """Quit it, as a person does."""
        if self._app is not None:
            self.run(self._quit_app(self._app))

    async def _quit_app(self, app: asyncio.Task[None]) -> None:
        self._quit.set()
        await app
        self._app = None

    def shut_down(self) -> None:
        """End everything in good order."""
        self.close_app()
        core, self._core = self._core, None
        if core is not None:
            self.loop.run_until_complete(core.close())
        self._hunt.stop()

    # -- use

    def command(self, name: str, **words: str) -> CommandReply | None:
        """A command of the command line; None if the process was killed over it."""
        self.before()
        began = self._true()
        reply = self.run(self._command(self.core, name, words))
        self.heard(name, words, began, reply)
        return reply

    async def _command(self, core: Core, name: str, words: dict[str, str]) -> CommandReply:
        async def by_app(seconds: float) -> None:
            core.retry.now(RetryReason.USER_ACTED)
            try:
                async with asyncio.timeout(seconds):
                    await core.sender.wait_until_idle()
            except TimeoutError:
                return

        async def alone(seconds: float) -> None:
            core.retry.now(RetryReason.USER_ACTED)
            await core.sender.drain(timedelta(seconds=seconds))

        deliver = by_app if self.app_runs else alone
        return await core.commands(deliver).run(name, words)

    def wait(self, seconds: float) -> None:
        """Let time pass; the app goes on meanwhile if it runs."""
        self.run(asyncio.sleep(seconds))

    def saved(self, query: str, *values: str) -> Any:  # noqa: ANN401  # as sqlite3's
        """A row of the journal's file, whether its process lives or not; None if there is none."""
        if not Path(self._paths.journal).exists():
            return None
        with closing(sqlite3.connect(self._paths.journal)) as connection:
            return connection.execute(query, values).fetchone()

    def make_unwritable(self, *, unwritable: bool) -> None:
        """Let SQLite refuse every write, as on a disk that went read-only."""
        self.core.journal.connection.execute(f"PRAGMA query_only = {int(unwritable)}")


def settings_text(timecrowd: str, team_id: int, category_id: int, kaiten: str, mode: str) -> str:
    """The settings of a computer that uses both services."""
    return (
        f'[timecrowd]\nurl = "{timecrowd}"\nteam_id = {team_id}\ncategory_id = {category_id}\n'
        f'[kaiten]\nurl = "{kaiten}"\n[time]\nrounding = "{mode}"\n'
    )


def paths_in(folder: Path) -> Paths:
    """The app's files in a folder."""
    home = str(folder)
    return Paths(f"{home}/settings.toml", f"{home}/journal.sqlite3", f"{home}/log", f"{home}/run")
