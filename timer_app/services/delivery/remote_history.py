"""Remote history: import entries of other devices, and follow their changes of finished entries.

TimeCrowd's list of the owner's entries is read at start-up, on wake, once an hour, and when a poll
of what runs showed a change; a poll itself stays one request. A person may ask for a longer range.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial

from timer_app.domain.delivery.log_timing import LogTiming, follow_up_timing
from timer_app.domain.delivery.outbox import LoggedEntry
from timer_app.domain.delivery.outcomes import Refused, call_problem_message
from timer_app.domain.delivery.remote_changes import (
    TrackedEntry,
    may_be_on,
    task_from_tracked,
    unknown_card_key,
)
from timer_app.domain.delivery.remote_history import (
    AdoptEntry,
    FollowDeletion,
    FollowEntry,
    HistoryChange,
    HistoryImport,
    HistoryRange,
    KnownEntry,
    followed_entry,
    history_changes,
    history_range,
    missing_entries,
    requested_range,
)
from timer_app.domain.delivery.service_messages import FindCard
from timer_app.domain.entries.card import Card
from timer_app.domain.entries.entry import FinishedEntry
from timer_app.domain.entries.minutes import start_of_day
from timer_app.domain.errors import NotPossible
from timer_app.domain.messages import HistoryMessageId
from timer_app.domain.reminders.notice import Notice, RemoteHistoryNotice
from timer_app.domain.service import Service
from timer_app.services.delivery.backoff import Jitter, apply_backoff
from timer_app.services.delivery.ports import Journal, OnPages, ServiceCallError, TimeTracker
from timer_app.services.entries.entry_writer import EntryWriter
from timer_app.services.entries.logging_context import LoggingRules
from timer_app.services.entries.ports import Clock
from timer_app.services.entries.routing import known_task, route_for_remote
from timer_app.services.entries.timer_service import TimerService

INTERVAL = timedelta(hours=1)
RETRY_INTERVAL = timedelta(minutes=5)
"""The interval after a list that could not be read, or whose entries may be our own."""
_CHANGES_PER_COMMIT = 25
"""Takes some ten milliseconds."""
_MAX_MISSING_QUERIES = 20
"""Missing entries that are queried one by one; the others next time."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Listing:
    """What TimeCrowd lists, and what the journal knew when it was asked.

    What began before `adopted_since` is not adopted; `deleted` are the ids of known entries that
    TimeCrowd no longer has.
    """

    listed: tuple[TrackedEntry, ...]
    known: tuple[KnownEntry, ...]
    adopted_since: datetime
    deleted: frozenset[str] = frozenset()


class RemoteHistory:
    """Reads TimeCrowd's list of entries and brings the journal to it.

    `is_allowed` returns whether the settings allow it; `seconds` is a clock
    that only goes forward; `kaiten` returns Kaiten's address; `on_notice` is called once with what
    was imported, `on_day_changed` for each card and date whose logs may change, with the id of the
    changed entry.
    """

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        timer: TimerService,
        writer: EntryWriter,
        jitter: Jitter,
        *,
        rules: Callable[[], LoggingRules],
        is_allowed: Callable[[], bool],
        seconds: Callable[[], float],
        on_suspected_duplicate: Callable[[], None],
        kaiten: Callable[[], str],
        on_notice: Callable[[Notice], None] = lambda _: None,
        on_day_changed: Callable[[Card, date, str], None] = lambda *_: None,
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._timer = timer
        self._writer = writer
        self._jitter = jitter
        self._rules = rules
        self._is_allowed = is_allowed
        self._seconds = seconds
        self._on_suspected_duplicate = on_suspected_duplicate
        self._kaiten = kaiten
        self._on_notice = on_notice
        self._on_day_changed = on_day_changed
        self._fetched_at: float | None = None
        self._interval = INTERVAL
        self._requested = False

    def request(self) -> None:
        """Read the list as soon as possible."""
        self._requested = self._is_allowed()

    def is_due(self) -> bool:
        """Whether it is time to read the list."""
        time_left = self.time_until_due()
        return time_left is not None and time_left <= timedelta(0)

    def time_until_due(self) -> timedelta | None:
        """How long until it is time to read the list; None: not at all."""
        if not self._is_allowed():
            return None
        if self._requested:
            return timedelta(0)
        if self._fetched_at is None:
            return None
        since = timedelta(seconds=self._seconds() - self._fetched_at)
        return max(timedelta(0), self._interval - since)

    async def fetch(self, tracker: TimeTracker) -> Listing | ServiceCallError:
        """Read what TimeCrowd lists of the last days. Commits when the account was first used."""
        self._fetched_at = self._seconds()
        self._interval = INTERVAL
        self._requested = False
        try:
            use = self._journal.account_use(await tracker.account_name(), self._clock.now())
            return await self._read(tracker, history_range(use, self._clock.now()))
        except ServiceCallError as problem:
            return problem

    def commits(self, listing: Listing | ServiceCallError) -> Iterator[Callable[[], None]]:
        """The commits that bring the journal up to date. Each may raise JournalError."""
        if isinstance(listing, ServiceCallError):
            outcome = listing.outcome
            if not isinstance(outcome, Refused):  # which would be refused again
                self._interval = RETRY_INTERVAL
            yield partial(
                apply_backoff, self._journal, Service.TIMECROWD, outcome, self._clock, self._jitter
            )
            return
        if not self._is_allowed():
            return  # the setting was changed while the service answered
        imported = HistoryImport()
        yield from self._commits(listing, imported)
        self._conclude(imported)

    async def import_since(
        self, tracker: TimeTracker, first: date, on_progress: OnPages = lambda _: None
    ) -> HistoryImport:
        """Import everything since a date, whatever the settings say: a person asked for it.

        A cancelled import keeps what was committed and can be continued. Raises NotPossible
        where TimeCrowd does not answer, and JournalError.
        """
        rules = self._rules()
        begin = start_of_day(first, self._clock.zone(), rules.day_start)
        try:
            use = self._journal.account_use(await tracker.account_name(), self._clock.now())
            requested = requested_range(use, begin, self._clock.now())
            listing = await self._read(tracker, requested, on_progress)
        except ServiceCallError as problem:
            message = call_problem_message(problem.outcome, "TimeCrowd")
            raise NotPossible(HistoryMessageId.NOT_READ, message) from problem
        imported = HistoryImport()
        for commit in self._commits(listing, imported):
            commit()
            await asyncio.sleep(0)
        self._conclude(imported)
        return imported

    async def _read(
        self,
        tracker: TimeTracker,
        requested: HistoryRange,
        on_progress: OnPages = lambda _: None,
    ) -> Listing:
        """The entries that TimeCrowd lists of the range; missing ones are queried one by one.

        The journal is read first: what is delivered while TimeCrowd answers is newer than the list.
        """
        known = tuple(self._journal.known_entries(requested.known_since))
        listed = list(await tracker.listed_since(requested.known_since, on_progress))
        missing = missing_entries(known, listed, requested.deleted_since)
        deleted = set()
        for each in missing[:_MAX_MISSING_QUERIES]:
            found = await tracker.find_entry(each.remote)
            if found is None:
                deleted.add(each.remote.id)
            else:  # it was moved far back; its task is taken to be the same
                listed.append(TrackedEntry(replace(found, task_id=each.remote.task_id), ""))
        return Listing(tuple(listed), known, requested.adopted_since, frozenset(deleted))

    def _commits(self, listing: Listing, imported: HistoryImport) -> Iterator[Callable[[], None]]:
        changes = history_changes(
            listing.listed,
            {each.remote.id: each for each in listing.known},
            listing.deleted,
            self._is_ours,
            listing.adopted_since,
        )
        for begin in range(0, len(changes), _CHANGES_PER_COMMIT):
            yield partial(self._apply, changes[begin : begin + _CHANGES_PER_COMMIT], imported)

    def _is_ours(self, remote_id: str) -> bool:
        return self._journal.is_known_entry(remote_id) or self._journal.is_kept_duplicate(remote_id)

    def _apply(self, changes: Sequence[HistoryChange], imported: HistoryImport) -> None:
        """Commit some changes, each only if it is still one. Raises JournalError."""
        with self._journal.transaction():
            adopted = [each.tracked for each in changes if isinstance(each, AdoptEntry)]
            added = self._adopt(adopted, imported)
            edits = [each for each in changes if isinstance(each, FollowEntry)]
            changed = [each.known.entry_id for each in edits if self._follow(each)]
            removals = [each for each in changes if isinstance(each, FollowDeletion)]
            deleted = [each.known.entry_id for each in removals if self._follow_deletion(each)]
            if changed or deleted:
                self._timer.notify_observers()
        imported.added += added
        imported.changed += changed
        imported.deleted += deleted

    def _follow(self, change: FollowEntry) -> bool:
        """Apply other times or another task, unless a change of ours is newer."""
        found = self._unchanged_since(change.known)
        if found is None:
            return False
        logged, before = found
        remote = change.tracked.remote
        task, card_key = None, None
        if change.has_moved and change.tracked.title:
            cards = self._journal.cards_by_key()
            moved = task_from_tracked(change.tracked, self._kaiten(), cards)
            card_key = unknown_card_key(change.tracked, self._kaiten(), cards)
            task = known_task(moved, remote, self._journal)
        after = followed_entry(before, remote, task)
        if task is not None:
            team_id = change.tracked.team_id
            route = route_for_remote(task, team_id, self._rules(), self._journal)
            after = replace(after, entry=replace(after.entry, route=route))
        known_remote = replace(remote, task_id=remote.task_id or change.known.remote.task_id)
        for day in self._writer.follow(logged, before, after, known_remote, self._timing):
            self._on_day_changed(*day, change.known.entry_id)
        if card_key is not None:
            self._journal.enqueue(after.entry.id, FindCard(card_key))
        return after != before

    def _follow_deletion(self, change: FollowDeletion) -> bool:
        found = self._unchanged_since(change.known)
        if found is None:
            return False
        for day in self._writer.follow_deletion(*found, self._timing):
            self._on_day_changed(*day, change.known.entry_id)
        return True

    def _timing(self, is_own: bool) -> LogTiming:  # noqa: FBT001 - as `TimingOfLog` is called
        return follow_up_timing(self._clock.now(), self._jitter(), is_own=is_own)

    def _unchanged_since(self, known: KnownEntry) -> tuple[LoggedEntry, FinishedEntry] | None:
        """The entry, if nothing of it was sent to TimeCrowd since the list was requested."""
        logged = self._journal.entry(known.entry_id)
        if logged is None or logged.is_deleted or logged.stopped_at is None:
            return None
        if logged.remote != known.remote or self._journal.has_open_timecrowd(known.entry_id):
            return None
        return logged, FinishedEntry(logged.entry, logged.stopped_at)

    def _adopt(self, found: Sequence[TrackedEntry], imported: HistoryImport) -> tuple[str, ...]:
        """Adopt what is certainly not ours. What may be a request of ours is matched first."""
        certain, kaiten, cards = [], self._kaiten(), self._journal.cards_by_key()
        unconfirmed = self._journal.unconfirmed_tasks()
        for tracked in found:
            if self._is_ours(tracked.remote.id):
                continue  # its answer has come by now
            if any(may_be_on(tracked, task, kaiten, cards) for task in unconfirmed):
                imported.undecided += 1
            else:
                certain.append(tracked)
        return self._timer.adopt_finished(certain, self._kaiten())

    def _conclude(self, imported: HistoryImport) -> None:
        if imported.undecided:
            self._interval = RETRY_INTERVAL
            self._on_suspected_duplicate()
        if not imported.added:
            return
        _log.info("entries=%d of other devices were imported", len(imported.added))
        last = self._journal.entry(imported.added[-1])
        if last is not None and last.stopped_at is not None:
            self._on_notice(
                RemoteHistoryNotice(len(imported.added), last.entry.task, last.stopped_at)
            )
