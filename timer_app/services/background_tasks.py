"""The owner of the app's tasks: it reports what fails, and ends all of them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection, Coroutine
from datetime import timedelta
from functools import partial

from timer_app.domain.errors import JournalError

TaskFactory = Callable[[], Coroutine[object, object, None]]
Spawn = Callable[[TaskFactory], asyncio.Task[None] | None]
"""Lets the app own a task; None before it runs and while it is ending."""

CANCEL_TIMEOUT = timedelta(milliseconds=500)
"""How long cancelled tasks are waited for; one that does not end is named in the log."""

_log = logging.getLogger(__name__)


def start_task(work: Coroutine[object, object, None]) -> asyncio.Task[None]:
    """A task that the caller keeps and cancels. A bug in it is in the log, as that of others is."""
    task = asyncio.get_running_loop().create_task(work)
    task.add_done_callback(_log_bug)
    return task


def _log_bug(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        _log.error("a task ended by a bug", exc_info=error)


class BackgroundTasks:
    """Owns every task of the app. A failure of one is reported and ends that task alone.

    `on_failure` is called with what a task ended by; its traceback is in the log.
    """

    def __init__(self, on_failure: Callable[[Exception], None]) -> None:
        self._on_failure = on_failure
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_open = False

    def open(self) -> None:
        """Accept tasks from now on; the loop runs."""
        self._is_open = True

    def spawn(self, work: TaskFactory) -> asyncio.Task[None] | None:
        """Start `work`; returns None before `open` and after `close`, when nothing is started."""
        if not self._is_open:
            return None
        task = asyncio.get_running_loop().create_task(self._guarded(work), name=_name_of(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def stop_accepting(self) -> None:
        """Begin nothing more; what runs goes on."""
        self._is_open = False

    async def cancel_all(self, *, but: Collection[asyncio.Task[None] | None] = ()) -> None:
        """Cancel every task except those, and wait for their end, CANCEL_TIMEOUT at most."""
        self.stop_accepting()
        own = asyncio.current_task()
        tasks = [each for each in self._tasks if each not in but and each is not own]
        for task in tasks:
            task.cancel()
        if tasks:
            _, pending = await asyncio.wait(tasks, timeout=CANCEL_TIMEOUT.total_seconds())
            for task in pending:
                _log.warning("a task does not end: %s", task.get_name())

    async def _guarded(self, work: TaskFactory) -> None:
        try:
            await work()
        except JournalError as error:
            _log.error("a task ended, task=%s: %s", _name_of(work), error)
            self._on_failure(error)
        except Exception as bug:  # noqa: BLE001 - whatever it is, it must not end the others
            _log.exception("a task ended by a bug")
            self._on_failure(bug)


def _name_of(work: TaskFactory) -> str:
    """The function's name, for the log; `partial` has that of what it calls."""
    function = work.func if isinstance(work, partial) else work
    return getattr(function, "__qualname__", repr(function))
