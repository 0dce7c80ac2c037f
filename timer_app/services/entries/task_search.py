"""A search field's questions: what is known at once, what the services say after a pause in typing.

Each service is asked separately, so that a slow one holds up no other. A question that was
overtaken is given up; its answer never shows.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import timedelta

from timer_app.domain.entries.task import Task
from timer_app.domain.errors import JournalError
from timer_app.services.background_tasks import Spawn
from timer_app.services.entries.suggestions import Suggestion, SuggestionSource, TaskSearchResult
from timer_app.services.entries.task_finder import TaskFinder

TYPING_DEBOUNCE = timedelta(milliseconds=250)

Answered = Callable[[TaskSearchResult], None]


class DebouncedTaskSearch:
    """The search of one field. `changed` is called when pinned tasks or own cards have changed."""

    def __init__(
        self, finder: TaskFinder, spawn: Spawn, changed: Callable[[], None] = lambda: None
    ) -> None:
        self._finder = finder
        self._changed = changed
        self._spawn = spawn
        self._asking: list[asyncio.Task[None]] = []
        self._question = 0
        self._words = ""

    def local_suggestions(self, words: str) -> tuple[Suggestion, ...]:
        """What the words may mean, without asking anybody."""
        return self._finder.local_suggestions(words)

    def seconds_today(self) -> Mapping[str, int]:
        """How long the finished entries of today took, by the key of their task."""
        return self._finder.seconds_today()

    def pin(self, task: Task, *, pinned: bool) -> JournalError | None:
        """Pin or unpin a task; returns None, or the error."""
        refused = self._finder.pin(task, pinned=pinned)
        self._changed()
        return refused

    def search(self, words: str, answered: Answered) -> frozenset[SuggestionSource]:
        """Call `answered` with each source's answer, unless another search comes first.

        Returns the sources that are asked. Without words, those are the lists that need none.
        """
        self.cancel_search()
        self._words = words.strip()
        sources = self._finder.sources(words)
        for source in sources:
            if words.strip():
                self._ask(source, words, answered)
            else:
                self._load(source, answered)
        return sources

    def _ask(self, source: SuggestionSource, words: str, answered: Answered) -> None:
        async def ask() -> None:
            await asyncio.sleep(TYPING_DEBOUNCE.total_seconds())
            answered(await self._finder.ask(source, words))

        if (task := self._spawn(ask)) is not None:
            self._asking.append(task)

    def _load(self, source: SuggestionSource, answered: Answered) -> None:
        """Ask for a list. One that is under way goes on when a person types: it is kept.

        Own cards that hold what is typed by then are offered.
        """
        question = self._question

        async def load() -> None:
            before = self._finder.my_cards
            answer = await self._finder.ask(source, "")
            if question == self._question:
                answered(answer)
            elif self._words and source is SuggestionSource.MY_CARDS:
                answered(self._finder.own_cards(self._words))
            if self._finder.my_cards != before:
                self._changed()

        self._spawn(load)

    def cancel_search(self) -> None:
        """Nobody waits for an answer any more."""
        self._question += 1
        self._words = ""
        for each in self._asking:
            each.cancel()
        self._asking.clear()
