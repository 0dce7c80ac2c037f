"""A search field's questions: known answers at once, Kaiten's after a pause in typing.

A question that was overtaken is given up; its answer never shows.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

from timer_app.domain.entries.task import Task
from timer_app.domain.errors import JournalError
from timer_app.services.background_tasks import Spawn
from timer_app.services.entries.task_finder import Suggestion, TaskFinder, TaskSearchResult

TYPING_DEBOUNCE = timedelta(milliseconds=250)


class DebouncedTaskSearch:
    """The search of one field. `pinned` is called when the pinned tasks have changed."""

    def __init__(
        self, finder: TaskFinder, spawn: Spawn, pinned: Callable[[], None] = lambda: None
    ) -> None:
        self._finder = finder
        self._pinned = pinned
        self._spawn = spawn
        self._asking: asyncio.Task[None] | None = None

    def local_suggestions(self, words: str) -> tuple[Suggestion, ...]:
        """What the words may mean, without asking anybody."""
        return self._finder.local_suggestions(words)

    def pin(self, task: Task, *, pinned: bool) -> JournalError | None:
        """Pin or unpin a task; returns None, or the error."""
        refused = self._finder.pin(task, pinned=pinned)
        self._pinned()
        return refused

    def search(self, words: str, answered: Callable[[TaskSearchResult], None]) -> None:
        """Call `answered` with Kaiten's answer, unless another search comes first.

        Without words nothing is asked.
        """
        self.cancel_search()
        if not words.strip():
            answered(TaskSearchResult())
            return

        async def ask() -> None:
            await asyncio.sleep(TYPING_DEBOUNCE.total_seconds())
            answered(await self._finder.search(words))

        self._asking = self._spawn(ask)

    def cancel_search(self) -> None:
        """Nobody waits for an answer any more."""
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None
