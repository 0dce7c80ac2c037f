"""What the words in the search field may mean: recent tasks at once, then what services say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from timer_app.domain.entries.card import Card, CardInfo, CardKey, looks_like_card, parse_card
from timer_app.domain.entries.task import Task, task_for_card, task_with_title
from timer_app.domain.entries.web_address import (
    is_foreign_address,
    parse_web_address,
    room_of,
)
from timer_app.domain.errors import BadInput, JournalError
from timer_app.domain.messages import TaskMessageId
from timer_app.domain.setup.typed_text import fold_for_search
from timer_app.services.delivery.ports import ServiceCallError
from timer_app.services.entries.card_lookup import CardRefused, LookedUpCard, find_card
from timer_app.services.entries.listing import EntryListing
from timer_app.services.entries.ports import CardDirectory, Clock, TaskDirectory
from timer_app.services.entries.suggestions import Suggestion, SuggestionSource, TaskSearchResult
from timer_app.services.entries.task_memory import TaskMemory

MAX_RECENT_TASKS = 50
MAX_CARDS = 8
MAX_TASKS = 8
MAX_USED_TASKS = 25


class TaskFinder:
    """Answers the search field.

    `card_directory` and `task_directory` are None while the service is not set up; `origin` is
    Kaiten's. `today` is the date that counts now.
    """

    def __init__(
        self,
        journal: EntryListing,
        clock: Clock,
        card_directory: Callable[[], CardDirectory | None],
        origin: Callable[[], str],
        *,
        memory: TaskMemory,
        task_directory: Callable[[], TaskDirectory | None],
        today: Callable[[], date],
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._card_directory = card_directory
        self._origin = origin
        self._memory = memory
        self._task_directory = task_directory
        self._today = today

    def local_suggestions(self, words: str) -> tuple[Suggestion, ...]:
        """At once: pinned and recent tasks and own cards that hold all the words, then the words.

        A card's address or number means that card and no other, another site's address the tasks
        at that address. Without words, the tasks that are used most come last.
        """
        if is_foreign_address(words, self._origin()):
            return self._tasks_at_address(words)
        if looks_like_card(words, self._origin()):
            return self._known_card(words)
        recent = self._recent(lambda task: _holds(words, task))
        own = self.own_cards(words).suggestions
        if not words.strip():
            used = self._memory.lists[SuggestionSource.TIMECROWD].suggestions
            return (*recent, *own, *used)
        try:
            typed = Suggestion(task_with_title(words), SuggestionSource.WORDS)
        except BadInput:
            return (*recent, *own)
        return (*recent, *own, typed)

    def _recent(self, fits: Callable[[Task], bool]) -> list[Suggestion]:
        """Pinned and recent tasks that fit."""
        pinned = self._journal.pinned_tasks()
        others = (
            each for each in self._journal.recent_tasks(MAX_RECENT_TASKS) if each not in pinned
        )
        return [
            Suggestion(task, SuggestionSource.RECENT, pinned=task in pinned)
            for task in (*pinned, *others)
            if fits(task)
        ][: MAX_CARDS + len(pinned)]

    def _tasks_at_address(self, words: str) -> tuple[Suggestion, ...]:
        """Known tasks at an address, and a new one, which has no title yet."""
        try:
            address = parse_web_address(words)
        except BadInput:
            return ()
        room = room_of(address)
        name = self._journal.room_name(room) if room else ""
        new = Suggestion(Task("", None, address, name), SuggestionSource.ADDRESS)
        return (*self._recent(lambda task: task.address == address), new)

    def own_cards(self, words: str) -> TaskSearchResult:
        """One's own cards that hold all the words, as they were seen last."""
        kept = self._memory.lists[SuggestionSource.MY_CARDS]
        found = tuple(each for each in kept.suggestions if _holds(words, each.task))
        return TaskSearchResult(found, source=SuggestionSource.MY_CARDS)

    @property
    def my_cards(self) -> tuple[Suggestion, ...]:
        """One's own cards in progress, as they were seen last."""
        return self._memory.my_cards

    def seconds_today(self) -> Mapping[str, int]:
        """How long the finished entries of today took, by the key of their task.

        Nothing while the journal cannot be read, which other parts report.
        """
        today = self._today()
        try:
            rows = list(self._journal.task_seconds_by_day(today, today))
        except JournalError:
            return {}
        return {task.key: seconds for _, task, seconds in rows}

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

    def sources(self, words: str) -> frozenset[SuggestionSource]:
        """Whom the words are asked of; without words, which lists are asked for.

        Nobody is asked about another site's address; `ask` says why one will not do.
        """
        if is_foreign_address(words, self._origin()):
            return frozenset({SuggestionSource.KAITEN} if _address_error(words) else ())
        cards = SuggestionSource.KAITEN if words.strip() else SuggestionSource.MY_CARDS
        names_card = looks_like_card(words, self._origin())
        found = {cards} if self._card_directory() is not None or names_card else set()
        if self._task_directory() is not None and not names_card:
            found.add(SuggestionSource.TIMECROWD)
        return frozenset(found)

    async def ask(self, source: SuggestionSource, words: str) -> TaskSearchResult:
        """What one of the `sources` answers."""
        if not words.strip():
            return await self._list(source)
        if source is SuggestionSource.TIMECROWD:
            return await self._search_tasks(words)
        return await self.search(words)

    async def search(self, words: str) -> TaskSearchResult:
        """Ask Kaiten for the card that was pasted, or for cards that hold the words."""
        book = self._card_directory()
        is_foreign = is_foreign_address(words, self._origin())
        if is_foreign or not words.strip():
            return TaskSearchResult(error=_address_error(words) if is_foreign else None)
        if book is None:
            missing = (
                CardRefused(TaskMessageId.KAITEN_NOT_SET_UP) if looks_like_card(words) else None
            )
            return TaskSearchResult(error=missing)
        try:
            if looks_like_card(words, self._origin()):
                return _named_card(await self.find_card(parse_card(words, self._origin())))
            found = tuple(map(_suggested, await book.search(words, MAX_CARDS)))
        except BadInput as error:
            return TaskSearchResult(error=error)
        except ServiceCallError as error:
            return self._recall(SuggestionSource.KAITEN, words, error)
        self._memory.remember(found)
        return TaskSearchResult(found)

    async def _search_tasks(self, words: str) -> TaskSearchResult:
        """Ask TimeCrowd for the tasks of all one's teams whose titles match."""
        book = self._task_directory()
        if book is None:
            return TaskSearchResult(source=SuggestionSource.TIMECROWD)
        try:
            found = self._memory.of_timecrowd((await book.search_tasks(words))[:MAX_TASKS])
        except ServiceCallError as error:
            return self._recall(SuggestionSource.TIMECROWD, words, error)
        return TaskSearchResult(found, source=SuggestionSource.TIMECROWD)

    def _recall(
        self, source: SuggestionSource, words: str, error: ServiceCallError
    ) -> TaskSearchResult:
        return self._memory.recall(source, lambda each: _holds(words, each.task), error)

    async def _list(self, source: SuggestionSource) -> TaskSearchResult:
        """One's own cards, or the tasks that are used most: few servers tell those."""
        kept = self._memory.lists[source]
        cards, tasks, now = self._card_directory(), self._task_directory(), self._clock.now()
        if source is SuggestionSource.MY_CARDS and cards is not None:
            await kept.load(cards, now, lambda: self._my_cards(cards))
            return TaskSearchResult(kept.suggestions, kept.error, source)
        if source is SuggestionSource.TIMECROWD and tasks is not None:
            await kept.load(tasks, now, lambda: self._most_used(tasks))
            return TaskSearchResult(kept.suggestions, source=source)
        return TaskSearchResult(source=source)

    async def _my_cards(self, book: CardDirectory) -> tuple[Suggestion, ...]:
        return self._memory.of_kaiten(await book.my_cards())

    async def _most_used(self, book: TaskDirectory) -> tuple[Suggestion, ...]:
        return self._memory.of_timecrowd(await book.most_used_tasks(MAX_USED_TASKS))

    async def find_card(
        self, card_ref: Card | CardKey, timeout_seconds: float | None = None
    ) -> LookedUpCard:
        """The task of the card that was named. Raises CardRefused and ServiceCallError."""
        return await find_card(
            card_ref, self._card_directory(), self._journal.task, timeout_seconds
        )


def _holds(words: str, task: Task) -> bool:
    """Whether the task's title or key holds all the words."""
    text = fold_for_search(f"{task.title} {task.key}")
    return all(word in text for word in fold_for_search(words).split())


def _address_error(words: str) -> BadInput | None:
    """Why an address will not do, None for one that will."""
    try:
        parse_web_address(words)
    except BadInput as error:
        return error
    return None


def _named_card(found: LookedUpCard) -> TaskSearchResult:
    source = SuggestionSource.RECENT if found.info is None else SuggestionSource.KAITEN
    return TaskSearchResult((Suggestion(found.task, source, found.info),), found.problem)


def _suggested(info: CardInfo) -> Suggestion:
    return Suggestion(task_for_card(info.card, info.title), SuggestionSource.KAITEN, info)
