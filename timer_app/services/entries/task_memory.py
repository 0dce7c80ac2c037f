"""What the services showed last of the tasks to choose from.

One's own cards and the most used tasks are asked for when they are to be seen, LIST_INTERVAL after
the last time at the earliest. Offline, what was seen last is offered again, marked as old. The two
lists outlast a restart; what was found by words is kept while the app runs.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from timer_app.domain.delivery.outcomes import Refused
from timer_app.domain.entries.card import CardInfo, CardsByKey
from timer_app.domain.entries.task import task_for_card
from timer_app.domain.entries.timecrowd_task import TimeCrowdTaskInfo, task_from_timecrowd
from timer_app.domain.errors import JournalError
from timer_app.services.delivery.ports import ServiceCallError
from timer_app.services.entries.suggestions import Suggestion, SuggestionSource, TaskSearchResult

LIST_INTERVAL = timedelta(minutes=1)
MAX_SEEN = 300
"""How many suggestions are kept for a time without a connection."""
_log = logging.getLogger(__name__)
_T = TypeVar("_T")


class SeenLists(Protocol):
    """The journal as this memory wants it. Reading and writing raise JournalError."""

    def cards_by_key(self) -> CardsByKey:
        """The cards whose keys Kaiten was asked for."""
        ...

    def seen_cards(self) -> Sequence[CardInfo]:
        """One's own cards as they were last seen; none if they never were."""
        ...

    def save_seen_cards(self, cards: Sequence[CardInfo]) -> None:
        """Remember one's own cards."""
        ...

    def seen_tasks(self) -> Sequence[TimeCrowdTaskInfo]:
        """The most used tasks as they were last seen; none if they never were."""
        ...

    def save_seen_tasks(self, tasks: Sequence[TimeCrowdTaskInfo]) -> None:
        """Remember the most used tasks."""
        ...


class LastList:
    """The last answer to a question without words, of whom, and when it was asked.

    `restore` reads what an earlier run of the app was answered, `save` keeps an answer for the
    next one.
    """

    def __init__(
        self,
        restore: Callable[[], tuple[Suggestion, ...]],
        save: Callable[[Sequence[Suggestion]], None],
    ) -> None:
        self._restore = restore
        self._save = save
        self._suggestions: tuple[Suggestion, ...] | None = None
        self.error: ServiceCallError | None = None
        self._directory: object = None
        self._queried_at: datetime | None = None
        self._lock = asyncio.Lock()

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """What was answered last, perhaps to an earlier run of the app."""
        if self._suggestions is None:
            self._suggestions = as_old(_journaled(self._restore, ()))
        return self._suggestions

    def _is_due(self, whom: object, now: datetime) -> bool:
        """Whether to ask again: another service, or time enough has passed, or the clock is set."""
        if self._directory is not whom or self._queried_at is None:
            return True
        return not timedelta(0) <= now - self._queried_at < LIST_INTERVAL

    async def load(
        self, whom: object, now: datetime, ask: Callable[[], Awaitable[Sequence[Suggestion]]]
    ) -> None:
        """Ask if it is time to; callers that come meanwhile wait for the same answer."""
        async with self._lock:
            if not self._is_due(whom, now):
                return
            if self._directory not in (None, whom):
                self._keep(())  # of another account, perhaps
            self._directory, self._queried_at = whom, now
            try:
                self._keep(tuple(await ask()))
                self.error = None
            except ServiceCallError as error:
                self._suggestions = as_old(self.suggestions)
                self.error = error

    def _keep(self, suggestions: tuple[Suggestion, ...]) -> None:
        if suggestions != self._suggestions:
            _journaled(lambda: self._save(suggestions), None)
        self._suggestions = suggestions


class TaskMemory:
    """The lists that need no words, and every suggestion that was seen.

    `kaiten` is the address of the own Kaiten, `team_id` the team of tasks that the app makes, None
    while TimeCrowd is not set up.
    """

    def __init__(
        self, journal: SeenLists, kaiten: Callable[[], str], team_id: Callable[[], int | None]
    ) -> None:
        self._journal = journal
        self._kaiten = kaiten
        self._team_id = team_id
        self.lists = {
            SuggestionSource.MY_CARDS: LastList(self._restore_cards, self._save_cards),
            SuggestionSource.TIMECROWD: LastList(self._restore_tasks, self._save_tasks),
        }
        self._seen: dict[tuple[SuggestionSource, str], Suggestion] = {}

    # -- what services show, as suggestions

    def of_kaiten(self, cards: Iterable[CardInfo]) -> tuple[Suggestion, ...]:
        """One's own cards."""
        found = tuple(
            Suggestion(task_for_card(info.card, info.title), SuggestionSource.MY_CARDS, info)
            for info in cards
        )
        self.remember(replace(each, origin=SuggestionSource.KAITEN) for each in found)
        return found

    def of_timecrowd(self, tasks: Iterable[TimeCrowdTaskInfo]) -> tuple[Suggestion, ...]:
        """TimeCrowd's tasks. Raises JournalError."""
        origin, cards, team_id = self._kaiten(), self._journal.cards_by_key(), self._team_id()
        suggestions = []
        for info in tasks:
            task = task_from_timecrowd(info, origin, cards)
            card = {task.card.url} if task.card else set()
            same = frozenset({info.key, *card}) if info.task.team_id == team_id else frozenset()
            suggestions.append(
                Suggestion(task, SuggestionSource.TIMECROWD, remote=info, same_keys=same)
            )
        self.remember(suggestions)
        return tuple(suggestions)

    # -- what an earlier run was shown

    def _restore_cards(self) -> tuple[Suggestion, ...]:
        """Those of the Kaiten that is set up now."""
        seen, kaiten = self._journal.seen_cards(), self._kaiten()
        return self.of_kaiten(each for each in seen if each.card.origin == kaiten)

    def _save_cards(self, found: Sequence[Suggestion]) -> None:
        self._journal.save_seen_cards([each.info for each in found if each.info])

    def _restore_tasks(self) -> tuple[Suggestion, ...]:
        is_set_up = self._team_id() is not None
        return self.of_timecrowd(self._journal.seen_tasks() if is_set_up else ())

    def _save_tasks(self, found: Sequence[Suggestion]) -> None:
        self._journal.save_seen_tasks([each.remote for each in found if each.remote])

    # -- what was found by words

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
        for each in self.lists.values():
            _ = each.suggestions  # an earlier run's are remembered as they are restored
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


def _journaled(act: Callable[[], _T], otherwise: _T) -> _T:
    """What the act on the journal returns; a list to choose from is not worth more than a line."""
    try:
        return act()
    except JournalError as error:
        _log.info("the lists seen last: %s", error)
        return otherwise
