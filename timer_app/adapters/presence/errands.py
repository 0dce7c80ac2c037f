"""What a source does on its own after a signal, certain to be over when the source stops."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine

from timer_app.adapters.dbus.bus import BusProblem

_log = logging.getLogger(__name__)


class Errands:
    """Tasks of one source. One that finds nobody at the other end is logged, and that is all."""

    def __init__(self, whose: str) -> None:
        self._whose = whose
        self._tasks: set[asyncio.Task[None]] = set()

    def run(self, errand: Coroutine[object, object, None]) -> None:
        """Begin one."""
        task = asyncio.get_running_loop().create_task(self._guarded(errand))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settled(self) -> None:
        """Wait until all that was begun is over."""
        if self._tasks:
            await asyncio.wait(list(self._tasks))

    async def close(self) -> None:
        """End all of them."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    async def _guarded(self, errand: Coroutine[object, object, None]) -> None:
        try:
            await errand
        except BusProblem as problem:
            _log.info("%s: %s", self._whose, problem)
