"""What the words in the search field may mean: recent tasks at once, then Kaiten's cards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from timer_app.domain.entries.card import Card, CardInfo, CardKey, looks_like_card, parse_card
from timer_app.domain.entries.task import Task, task_for_card, task_with_title
from timer_app.domain.errors import BadInput, JournalError
from timer_app.domain.messages import TaskMessageId
from timer_app.domain.setup.typed_text import fold_for_search
from timer_app.services.delivery.ports import Journal, ServiceCallError
from timer_app.services.entries.card_lookup import CardRefused, FoundCard, find_card
from timer_app.services.entries.ports import CardDirectory, Clock

MAX_RECENT_TASKS = 50
MAX_CARDS = 8


class SuggestionSource(Enum):
    """Where a suggestion comes from."""

    RECENT = "recent"
    KAITEN = "kaiten"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A task that could be started; `info` is what Kaiten says of its card."""

    task: Task
    origin: SuggestionSource
    info: CardInfo | None = None
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class TaskSearchResult:
    """What Kaiten added: suggestions, and why it could not be asked, if so."""

    suggestions: tuple[Suggestion, ...] = ()
    error: BadInput | CardRefused | ServiceCallError | None = None


class TaskFinder:
    """Answers the search field. `card_book` is None while Kaiten is not set up."""

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        card_book: Callable[[], CardDirectory | None],
        origin: Callable[[], str],
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._card_book = card_book
        self._origin = origin

    def local_suggestions(self, words: str) -> tuple[Suggestion, ...]:
        """At once: pinned and recent tasks that hold all the words, and the words as one.

        A card's address or number means that card and no other.
        """
        if looks_like_card(words, self._origin()):
            return self._known_card(words)
        wanted = fold_for_search(words).split()
        pinned = self._journal.pinned_tasks()
        others = (
            each for each in self._journal.recent_tasks(MAX_RECENT_TASKS) if each not in pinned
        )
        recent = tuple(
            Suggestion(task, SuggestionSource.RECENT, pinned=task in pinned)
            for task in (*pinned, *others)
            if all(word in fold_for_search(f"{task.title} {task.key}") for word in wanted)
        )[: MAX_CARDS + len(pinned)]
        if not wanted:
            return recent
        try:
            return (*recent, Suggestion(task_with_title(words), SuggestionSource.WORDS))
        except BadInput:
            return recent

    def pin(self, task: Task, *, pinned: bool) -> JournalError | None:
        """Pin or unpin a task; returns None, or the error."""
        try:
            self._journal.pin(task, self._clock.now() if pinned else None)
        except JournalError as error:
            return error
        return None

    def _known_card(self, words: str) -> tuple[Suggestion, ...]:
        try:
            card_ref = parse_card(words, self._origin())
        except BadInput:
            return ()
        task = self._journal.task(card_ref.url) if isinstance(card_ref, Card) else None
        return (Suggestion(task, SuggestionSource.RECENT),) if task else ()

    async def search(self, words: str) -> TaskSearchResult:
        """Ask Kaiten for the card that was pasted, or for cards that hold the words."""
        book = self._card_book()
        if not words.strip():
            return TaskSearchResult()
        if book is None:
            missing = (
                CardRefused(TaskMessageId.KAITEN_NOT_SET_UP) if looks_like_card(words) else None
            )
            return TaskSearchResult(error=missing)
        try:
            if looks_like_card(words, self._origin()):
                return _named_card(await self.find_card(parse_card(words, self._origin())))
            return TaskSearchResult(tuple(map(_suggested, await book.search(words, MAX_CARDS))))
        except (BadInput, ServiceCallError) as error:
            return TaskSearchResult(error=error)

    async def find_card(
        self, card_ref: Card | CardKey, timeout_seconds: float | None = None
    ) -> FoundCard:
        """The task of the card that was named. Raises CardRefused and ServiceCallError."""
        return await find_card(card_ref, self._card_book(), self._journal.task, timeout_seconds)


def _named_card(found: FoundCard) -> TaskSearchResult:
    source = SuggestionSource.RECENT if found.info is None else SuggestionSource.KAITEN
    return TaskSearchResult((Suggestion(found.task, source, found.info),), found.problem)


def _suggested(info: CardInfo) -> Suggestion:
    return Suggestion(task_for_card(info.card, info.title), SuggestionSource.KAITEN, info)
