"""Tasks that a sensor starts after a signal; they end with the sensor."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine

from timer_app.adapters.dbus.bus import BusError
from timer_app.services.background_tasks import start_task

_log = logging.getLogger(__name__)


class SensorTasks:
    """Tasks of one sensor. One that finds nobody at the other end is logged."""

    def __init__(self, owner: str) -> None:
        self._owner = owner
        self._tasks: set[asyncio.Task[None]] = set()

    def run(self, coroutine: Coroutine[object, object, None]) -> None:
        """Start one."""
        task = start_task(self._guarded(coroutine))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def wait_all(self) -> None:
        """Wait until all have ended."""
        if self._tasks:
            await asyncio.wait(list(self._tasks))

    async def close(self) -> None:
        """Cancel all of them."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    async def _guarded(self, coroutine: Coroutine[object, object, None]) -> None:
        try:
            await coroutine
        except BusError as problem:
            _log.info("%s: %s", self._owner, problem)
