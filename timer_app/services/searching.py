"""A search field's questions: known answers at once, Kaiten's after a pause in typing.

A question that was overtaken is given up; its answer never shows.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

from timer_app.domain.task import Task
from timer_app.services.finder import Finder, Found, Suggestion
from timer_app.services.ports import JournalUnwritable
from timer_app.services.tasks import Spawn

TYPING_PAUSE = timedelta(milliseconds=250)


class Searching:
    """One for each search field. `pinned` is called when what is kept at hand has changed."""

    def __init__(
        self, finder: Finder, spawn: Spawn, pinned: Callable[[], None] = lambda: None
    ) -> None:
        self._finder = finder
        self._pinned = pinned
        self._spawn = spawn
        self._asking: asyncio.Task[None] | None = None

    def known(self, words: str) -> tuple[Suggestion, ...]:
        """What the words may mean, without asking anybody."""
        return self._finder.known(words)

    def pin(self, task: Task, *, pinned: bool) -> JournalUnwritable | None:
        """Keep a task at hand, or let it go; None, or why it is as it was."""
        refused = self._finder.pin(task, pinned=pinned)
        self._pinned()
        return refused

    def ask(self, words: str, answered: Callable[[Found], None]) -> None:
        """Call `answered` with what Kaiten says, unless another question comes before it does.

        About no words at all nobody is asked.
        """
        self.give_up()
        if not words.strip():
            answered(Found())
            return

        async def ask() -> None:
            await asyncio.sleep(TYPING_PAUSE.total_seconds())
            answered(await self._finder.ask(words))

        self._asking = self._spawn(ask)

    def give_up(self) -> None:
        """Nobody waits for an answer any more."""
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None
