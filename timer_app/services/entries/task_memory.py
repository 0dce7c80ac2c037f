"""What the services showed last of the tasks to choose from, kept while the app runs.

One's own cards and the most used tasks are asked for when they are to be seen, LIST_INTERVAL after
the last time at the earliest. Offline, what was seen last is offered again, marked as old.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from timer_app.domain.delivery.outcomes import Refused
from timer_app.services.delivery.ports import ServiceCallError
from timer_app.services.entries.suggestions import Suggestion, SuggestionSource, TaskSearchResult

LIST_INTERVAL = timedelta(minutes=1)
MAX_SEEN = 300
"""How many suggestions are kept for a time without a connection."""


@dataclass
class LastList:
    """The last answer to a question without words, of whom, and when it was asked."""

    suggestions: tuple[Suggestion, ...] = ()
    error: ServiceCallError | None = None
    whom: object = None
    asked_at: datetime | None = None
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    def is_due(self, whom: object, now: datetime) -> bool:
        """Whether to ask again: another service, or time enough has passed, or the clock is set."""
        if self.whom is not whom or self.asked_at is None:
            return True
        return not timedelta(0) <= now - self.asked_at < LIST_INTERVAL

    async def load(
        self, whom: object, now: datetime, ask: Callable[[], Awaitable[Sequence[Suggestion]]]
    ) -> None:
        """Ask if it is time to; callers that come meanwhile wait for the same answer."""
        async with self.lock:
            if not self.is_due(whom, now):
                return
            if self.whom is not whom:
                self.suggestions = ()  # of another account, perhaps
            self.whom, self.asked_at = whom, now
            try:
                self.suggestions, self.error = tuple(await ask()), None
            except ServiceCallError as error:
                self.suggestions = as_old(self.suggestions)
                self.error = error


class TaskMemory:
    """The lists that need no words, and every suggestion that was seen."""

    def __init__(self) -> None:
        self.lists = {
            SuggestionSource.MY_CARDS: LastList(),
            SuggestionSource.TIMECROWD: LastList(),
        }
        self._seen: dict[tuple[SuggestionSource, str], Suggestion] = {}

    def remember(self, suggestions: Iterable[Suggestion]) -> None:
        """Keep what a service showed, the latest MAX_SEEN."""
        for each in suggestions:
            key = (each.origin, each.task.key)
            self._seen.pop(key, None)
            self._seen[key] = each
        for key in list(self._seen)[:-MAX_SEEN]:
            del self._seen[key]

    def recall(
        self, source: SuggestionSource, fits: Callable[[Suggestion], bool], error: ServiceCallError
    ) -> TaskSearchResult:
        """What a source that does not answer showed earlier. A refusal is an answer."""
        seen = [each for each in reversed(self._seen.values()) if each.origin is source]
        found = () if isinstance(error.outcome, Refused) else as_old(filter(fits, seen))
        return TaskSearchResult(found, error, source)

    @property
    def my_cards(self) -> tuple[Suggestion, ...]:
        """One's own cards in progress, as they were seen last."""
        return self.lists[SuggestionSource.MY_CARDS].suggestions


def as_old(suggestions: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    """The suggestions, marked as seen earlier."""
    return tuple(replace(each, is_old=True) for each in suggestions)
