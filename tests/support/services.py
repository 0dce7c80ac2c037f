"""Both services' stand-ins on a thread of their own, for tests of whole programs."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self, TypeVar

from tests.support.limits import TIME_LIMIT
from timer_app.sandbox import Fault, FaultKind, Record, Sandbox

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from datetime import date, datetime

    from timer_app.sandbox import Site, World

T = TypeVar("T")

START = ("POST", "/time_entries$")
STOP = ("PATCH", "/time_entries/[0-9]+/stop$")
LOG = ("POST", "/time-logs$")


@dataclass(frozen=True)
class HeldEntry:
    """An entry as TimeCrowd holds it; `task` is its title, `key` what identifies it."""

    task: str
    key: str
    started_at: datetime
    stopped_at: datetime | None


@dataclass(frozen=True)
class HeldLog:
    """A time log as Kaiten holds it."""

    card_id: int
    minutes: int
    for_date: date
    comment: str | None


class Services:
    """A Sandbox that serves while the test waits for a program; `close` may come early.

    Ports stay the same over `stop` and `start_again`, and so does what the services hold.
    """

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.sandbox = self.run(self._started())
        self.timecrowd_url = self.sandbox.timecrowd_url
        self.kaiten_url = self.sandbox.kaiten_url

    async def _started(
        self, world: World | None = None, ports: tuple[int, int] = (0, 0)
    ) -> Sandbox:
        sandbox = Sandbox(world, timecrowd_port=ports[0], kaiten_port=ports[1])
        await sandbox.start()
        return sandbox

    def run(self, coroutine: Coroutine[Any, Any, T], limit: float = TIME_LIMIT) -> T:
        """The result of a coroutine that runs beside the services."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(limit)

    def do(self, work: Callable[[], T]) -> T:
        """The result of a plain call, made on the services' thread."""

        async def call() -> T:
            return work()

        return self.run(call())

    # What happens to them

    def stop(self) -> None:
        """Be unreachable: connections are refused."""
        self.run(self.sandbox.close())

    def start_again(self) -> None:
        """Be there again at the same addresses, holding what was held."""
        ports = (_port(self.timecrowd_url), _port(self.kaiten_url))
        world = self.sandbox.world
        self.sandbox = self.run(self._started(world, ports))

    def plan(self, kind: FaultKind, request: tuple[str, str], **details: Any) -> None:  # noqa: ANN401
        """Have the next such request go wrong."""
        fault = Fault(kind, *request, **details)
        self.do(lambda: self._site(request).faults.add(fault))

    def release(self) -> None:
        """Let what pauses go on, and end what hangs."""
        self.do(lambda: [site.release() for site in self._sites()])

    # What they saw and hold

    def arrived(self, request: tuple[str, str], count: int = 1) -> Record:
        """Wait for the `count`-th such request."""
        return self.run(self._site(request).requests.arrived(*request, count))

    def answered(self, request: tuple[str, str], count: int = 1) -> Record:
        """Wait until the `count`-th such request is over."""
        return self.run(self._site(request).requests.answered(*request, count))

    def count(self, request: tuple[str, str]) -> int:
        """How many such requests have arrived."""
        return self.do(lambda: self._site(request).requests.count(*request))

    def looked_before(self, request: tuple[str, str]) -> bool:
        """Whether somebody asked what the service holds before such a request was repeated."""
        requests = self._site(request).requests

        def look() -> bool:
            told = [record.number for record in requests.matching(*request)]
            asked = [record.number for record in requests.matching("GET", self._lists(request))]
            return len(told) == 1 or any(told[0] < number < told[-1] for number in asked)

        return self.do(look)

    def _lists(self, request: tuple[str, str]) -> str:
        return "/time-logs$" if "log" in request[1] else "/working_users$|/user/time_entries"

    def comment_posts(self) -> list[tuple[int, str]]:
        """Every comment that TimeCrowd took: the entry's id and the text."""
        return self.do(lambda: list(self.sandbox.timecrowd.state.comment_posts))

    def entries(self) -> list[HeldEntry]:
        """The user's entries in TimeCrowd, oldest first."""

        def look() -> list[HeldEntry]:
            state, user = self.sandbox.timecrowd.state, self.sandbox.timecrowd.user_id
            return [
                HeldEntry(task.title, task.key, entry.started_at, entry.stopped_at)
                for entry in sorted(state.entries_of(user), key=lambda entry: entry.id)
                for task in [state.tasks[entry.task_id]]
            ]

        return self.do(look)

    def logs(self) -> list[HeldLog]:
        """The time logs in Kaiten, oldest first."""
        return self.do(
            lambda: [
                HeldLog(log.card_id, log.time_spent, log.for_date, log.comment)
                for log in self.sandbox.kaiten.state.logs.values()
            ]
        )

    def _sites(self) -> list[Site[Any]]:
        return [self.sandbox.timecrowd, self.sandbox.kaiten]

    def _site(self, request: tuple[str, str]) -> Site[Any]:
        is_kaitens = any(part in request[1] for part in ("log", "cards"))
        return self.sandbox.kaiten if is_kaitens else self.sandbox.timecrowd

    # End

    def close(self) -> None:
        """Stop serving for good."""
        self.stop()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(TIME_LIMIT)
        self._loop.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _port(url: str) -> int:
    return int(url.rpartition(":")[2])
