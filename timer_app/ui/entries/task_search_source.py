"""What the search field finds tasks by."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from timer_app.domain.entries.task import Task
from timer_app.services.entries.suggestions import Suggestion, SuggestionSource, TaskSearchResult


class TaskSearchSource(Protocol):
    """Whom the field asks."""

    def local_suggestions(self, words: str) -> Sequence[Suggestion]:
        """What the words may mean, without asking anybody."""
        ...

    def search(
        self, words: str, answered: Callable[[TaskSearchResult], None]
    ) -> frozenset[SuggestionSource]:
        """Call `answered` with what each service says, unless another question comes before.

        Returns who is asked; each answers once, and none holds up another.
        """
        ...

    def seconds_today(self) -> Mapping[str, int]:
        """How long the finished entries of today took, by the key of their task."""
        ...

    def pin(self, task: Task, *, pinned: bool) -> Exception | None:
        """Keep a task at hand, or let it go; None, or why it is as it was."""
        ...


class CardsAlone:
    """A search that finds cards and nothing else; implements `TaskSearchSource`."""

    def __init__(self, source: TaskSearchSource) -> None:
        self._source = source

    def local_suggestions(self, words: str) -> Sequence[Suggestion]:
        """See the protocol."""
        return _with_cards(self._source.local_suggestions(words))

    def search(
        self, words: str, answered: Callable[[TaskSearchResult], None]
    ) -> frozenset[SuggestionSource]:
        """See the protocol."""

        def cards_answered(found: TaskSearchResult) -> None:
            answered(replace(found, suggestions=tuple(_with_cards(found.suggestions))))

        return self._source.search(words, cards_answered)

    def seconds_today(self) -> Mapping[str, int]:
        """See the protocol."""
        return self._source.seconds_today()

    def pin(self, task: Task, *, pinned: bool) -> Exception | None:
        """See the protocol."""
        return self._source.pin(task, pinned=pinned)


def _with_cards(suggestions: Sequence[Suggestion]) -> list[Suggestion]:
    return [each for each in suggestions if each.task.card and not each.task.address]
