"""What the words in the search field may mean: recent tasks at once, then Kaiten's cards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from timer_app.domain.card import Card, CardKey, looks_like_card, parse_card
from timer_app.domain.errors import BadInput
from timer_app.domain.outcome import Refused
from timer_app.domain.task import Task, task_of_card, task_titled
from timer_app.services.ports import (
    CardBook,
    CardInfo,
    Clock,
    Journal,
    JournalUnwritable,
    ServiceProblem,
)

MOST_RECENTS = 50
MOST_CARDS = 8


class Origin(Enum):
    """Where a suggestion comes from."""

    RECENT = "recent"
    KAITEN = "kaiten"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A task that could be started; `info` is what Kaiten says of its card."""

    task: Task
    origin: Origin
    info: CardInfo | None = None
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What Kaiten added: suggestions, and a sentence where it could not be asked."""

    suggestions: tuple[Suggestion, ...] = ()
    trouble: str = ""


class Finder:
    """Answers the search field. `card_book` is None while Kaiten is not set up."""

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        card_book: Callable[[], CardBook | None],
        origin: Callable[[], str],
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._card_book = card_book
        self._origin = origin

    def known(self, words: str) -> tuple[Suggestion, ...]:
        """At once: pinned and recent tasks that hold all the words, and the words as one.

        A card's address or number means that card and no other.
        """
        if looks_like_card(words):
            return self._known_card(words)
        wanted = words.casefold().split()
        pinned = self._journal.pinned_tasks()
        others = (each for each in self._journal.recent_tasks(MOST_RECENTS) if each not in pinned)
        recent = tuple(
            Suggestion(task, Origin.RECENT, pinned=task in pinned)
            for task in (*pinned, *others)
            if all(word in f"{task.title} {task.key}".casefold() for word in wanted)
        )[: MOST_CARDS + len(pinned)]
        if not wanted:
            return recent
        try:
            return (*recent, Suggestion(task_titled(words), Origin.WORDS))
        except BadInput:
            return recent

    def pin(self, task: Task, *, pinned: bool) -> str:
        """Keep a task at hand, or let it go; "", or a sentence that says why it is as it was."""
        try:
            self._journal.pin(task, self._clock.now() if pinned else None)
        except JournalUnwritable as error:
            return str(error)
        return ""

    def _known_card(self, words: str) -> tuple[Suggestion, ...]:
        try:
            where = parse_card(words, self._origin())
        except BadInput:
            return ()
        task = self._journal.task(where.url) if isinstance(where, Card) else None
        return (Suggestion(task, Origin.RECENT),) if task else ()

    async def ask(self, words: str) -> Found:
        """Ask Kaiten for the card that was pasted, or for cards that hold the words."""
        book = self._card_book()
        if not words.strip():
            return Found()
        if book is None:
            return Found(trouble=_NOT_SET_UP if looks_like_card(words) else "")
        try:
            if looks_like_card(words):
                return await self._ask_for(parse_card(words, self._origin()), book)
            return Found(tuple(map(_suggested, await book.search(words, MOST_CARDS))))
        except BadInput as error:
            return Found(trouble=str(error))
        except ServiceProblem as problem:
            return Found(trouble=problem.outcome.reason)

    async def _ask_for(self, where: Card | CardKey, book: CardBook) -> Found:
        """The card that was named. Raises ServiceProblem.

        Kaiten's no is final; without an answer work goes on with the title that is known, or
        with the number alone.
        """
        try:
            return Found((_suggested(await book.card(where)),))
        except ServiceProblem as problem:
            if isinstance(where, CardKey) or isinstance(problem.outcome, Refused):
                raise
            task = self._journal.task(where.url) or task_of_card(where, "")
            return Found((Suggestion(task, Origin.RECENT),), problem.outcome.reason)


_NOT_SET_UP = "Kaiten is not set up: timer-app config set kaiten.url ADDRESS"


def _suggested(info: CardInfo) -> Suggestion:
    return Suggestion(task_of_card(info.card, info.title), Origin.KAITEN, info)
