"""Reads what both services hold of some dates, for the audit. Queries change nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol, TypeVar

from timer_app.domain.audit.rows import (
    CardDate,
    KaitenLog,
)
from timer_app.domain.delivery.outbox import LoggedEntry
from timer_app.domain.delivery.outcomes import NotSent, Refused, call_problem_message
from timer_app.domain.delivery.remote_changes import (
    TrackedEntry,
    unknown_card_key,
)
from timer_app.domain.entries.card import Card, CardKey
from timer_app.domain.entries.edits import (
    CardDayLedger,
)
from timer_app.domain.errors import NotPossible
from timer_app.domain.messages import AuditMessageId
from timer_app.services.audit.ports import AuditJournal
from timer_app.services.delivery.ports import CardLogs, ServiceCallError, TimeTracker
from timer_app.services.entries.ports import CardDirectory

_DAY = timedelta(days=1)
_MAX_WAIT = timedelta(seconds=30)
_MAX_ATTEMPTS = 5
_T = TypeVar("_T")

AuditProgress = Callable[[int, int], None]
"""How many of how many cards and dates Kaiten was asked for."""


class KaitenReader(CardLogs, CardDirectory, Protocol):
    """Kaiten as it is audited: its logs, and whether it shows a card at all."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The part of the journal that is compared."""

    entries: Mapping[str, LoggedEntry]
    days: Mapping[CardDate, CardDayLedger]


@dataclass
class RemoteState:
    """The answers of the services; without those that did not answer or are not set up."""

    entries: tuple[TrackedEntry, ...] | None = None
    logs: dict[CardDate, tuple[KaitenLog, ...]] = field(default_factory=dict)
    cards: dict[CardKey, Card] = field(default_factory=dict)
    failures: list[NotPossible] = field(default_factory=list)


class RemoteReader:
    """Queries both services. `tracker` and `cards` return None for one that is not set up.

    `kaiten` returns Kaiten's address, "" without it.
    """

    def __init__(
        self,
        journal: AuditJournal,
        tracker: Callable[[], TimeTracker | None],
        cards: Callable[[], KaitenReader | None],
        kaiten: Callable[[], str],
    ) -> None:
        self._journal = journal
        self._tracker = tracker
        self._cards = cards
        self._kaiten = kaiten

    async def read(
        self, local: Snapshot, earliest: datetime, progress: AuditProgress
    ) -> RemoteState:
        """The answers about the entries and logs of `local`; entries are read from `earliest` on.

        `progress` is called as Kaiten is queried card by card.
        """
        remote_state = RemoteState()
        async with asyncio.TaskGroup() as group:
            group.create_task(self._query_timecrowd(local, earliest, remote_state))
            group.create_task(self._query_kaiten(local, remote_state, progress))
        await self._query_card_keys(remote_state)
        return remote_state

    async def _query_timecrowd(
        self, local: Snapshot, earliest: datetime, remote_state: RemoteState
    ) -> None:
        tracker = self._tracker()
        if tracker is None:
            return
        began = [each.entry.started_at for each in local.entries.values()]
        since = min([earliest, *(each - _DAY for each in began)])
        try:
            found = {
                each.remote.id: each
                for each in await _with_retries(partial(tracker.entries_since, since))
            }
            for logged in local.entries.values():
                remote = logged.remote
                if remote is None or remote.id in found:
                    continue
                # It may have been moved far back: it is missing only if it is not found at all.
                remote_now = await _with_retries(partial(tracker.find_entry, remote))
                if remote_now is not None:
                    found[remote.id] = TrackedEntry(remote_now, logged.entry.task.title)
        except ServiceCallError as problem:
            remote_state.failures.append(
                NotPossible(
                    AuditMessageId.NO_TIMECROWD, call_problem_message(problem.outcome, "TimeCrowd")
                )
            )
        else:
            remote_state.entries = tuple(found.values())

    async def _query_kaiten(
        self, local: Snapshot, remote_state: RemoteState, progress: AuditProgress
    ) -> None:
        """Query card by card. An empty list proves nothing if Kaiten does not show the card."""
        cards = self._cards()
        if cards is None:
            return
        hidden: set[str] = set()
        for done, ((card, for_date), day) in enumerate(local.days.items()):
            progress(done, len(local.days))
            if card.url in hidden:
                continue
            try:
                logs = [
                    KaitenLog(each.id, each.minutes, each.comment)
                    for each in await _with_retries(partial(cards.logs, card, for_date))
                ]
                ids = {each.id for each in logs}
                if any(log.delivery.remote_id and log.delivery.remote_id not in ids
                       for log in day.logs):  # fmt: skip
                    await _with_retries(partial(cards.card, card))
            except ServiceCallError as problem:
                message = call_problem_message(problem.outcome, "Kaiten")
                if not isinstance(problem.outcome, Refused):
                    remote_state.failures.append(
                        NotPossible(
                            AuditMessageId.NO_KAITEN,
                            message,
                        )
                    )
                    return
                hidden.add(card.url)
                remote_state.failures.append(
                    NotPossible(
                        AuditMessageId.CARD_HIDDEN,
                        card.url,
                        message,
                    )
                )
            else:
                remote_state.logs[card, for_date] = tuple(logs)

    async def _query_card_keys(self, remote_state: RemoteState) -> None:
        """Look up the cards that unknown entries of TimeCrowd name by a key."""
        cards, kaiten = self._cards(), self._kaiten()
        if cards is None:
            return
        known = self._journal.cards_by_key()
        keys = dict.fromkeys(
            key
            for each in remote_state.entries or ()
            if (key := unknown_card_key(each, kaiten, known)) is not None
            and not self._journal.is_known_entry(each.remote.id)
        )
        for key in keys:
            try:
                info = await _with_retries(partial(cards.card, key))
            except ServiceCallError as problem:
                reason = call_problem_message(problem.outcome, "Kaiten")
                if not isinstance(problem.outcome, Refused):
                    remote_state.failures.append(NotPossible(AuditMessageId.NO_KAITEN, reason))
                    return
                where = f"{key.origin}/{key.key}"
                remote_state.failures.append(NotPossible(AuditMessageId.CARD_HIDDEN, where, reason))
            else:
                remote_state.cards[key] = info.card


async def _with_retries(query: Callable[[], Awaitable[_T]]) -> _T:
    """Repeat a query that the service asks to repeat later, if it need not wait long.

    So a rate limit, perhaps used up by another process of ours, does not end a long audit. Raises
    ServiceCallError.
    """
    for _ in range(_MAX_ATTEMPTS - 1):
        try:
            return await query()
        except ServiceCallError as problem:
            outcome = problem.outcome
            wait = outcome.retry_after if isinstance(outcome, NotSent) else None
            if wait is None or wait > _MAX_WAIT:
                raise
            await asyncio.sleep(wait.total_seconds())
    return await query()
