"""Writes changes of entries: the journal's rows, and the messages to both services.

Nothing is committed here: the caller holds one transaction for everything.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, tzinfo

from timer_app.domain.delivery.log_timing import LogTiming
from timer_app.domain.delivery.outbox import (
    Delivery,
    DeliveryState,
    LoggedEntry,
    card_search,
    is_enqueued_for_timecrowd,
)
from timer_app.domain.delivery.outcomes import RemoteEntry
from timer_app.domain.delivery.service_messages import (
    DeleteLog,
    FindCard,
    LogTime,
    about_of,
)
from timer_app.domain.entries.card import Card
from timer_app.domain.entries.edits import (
    CardDayLedger,
    DeliveryChange,
    EnqueueMessage,
    UndoRecord,
    allocate_minutes,
    comment_changes,
    correction_changes,
    deletion_changes,
    end_card_search,
    keeps_first_comment,
    log_changes,
    restoration_changes,
)
from timer_app.domain.entries.entry import Entry, FinishedEntry, Source
from timer_app.domain.entries.minutes import DaySegment, Rounding
from timer_app.domain.entries.task import Task
from timer_app.domain.entries.timecrowd_task import key_of_task
from timer_app.domain.entries.timer import (
    Add,
    CorrectStart,
    Idle,
    Running,
    SegmentedEntry,
    Start,
    Transition,
    segment_entry,
    step,
)
from timer_app.domain.errors import NotPossible
from timer_app.domain.messages import DeliveryMessageId, EntryMessageId
from timer_app.services.absence.ports import AbsenceJournal
from timer_app.services.delivery.outcomes import commit_changes
from timer_app.services.entries.logging_context import LoggingRules, logging_context_for
from timer_app.services.entries.ports import Clock
from timer_app.services.entries.routing import with_role_for

CardDate = tuple[Card, date]
TimingOfLog = Callable[[bool], LogTiming]
"""The timing of a log that follows another device; its argument: is the log this computer's."""


class EntryWriter:
    """Changes entries, within the transaction of its caller. Raises NotPossible."""

    def __init__(
        self,
        journal: AbsenceJournal,
        clock: Clock,
        rules: Callable[[], LoggingRules],
        new_id: Callable[[], str],
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._rules = rules
        self.new_id = new_id

    def finished_entry(self, entry_id: str) -> tuple[LoggedEntry, FinishedEntry]:
        """An entry that is over. Raises NotPossible."""
        logged = self._journal.entry(entry_id)
        if logged is None or logged.is_deleted:
            raise NotPossible(EntryMessageId.NONE_SUCH, entry_id)
        if logged.stopped_at is None:
            raise NotPossible(EntryMessageId.RUNS, entry_id)
        return logged, FinishedEntry(logged.entry, logged.stopped_at)

    def update(self, logged: LoggedEntry, before: FinishedEntry, after: FinishedEntry) -> None:
        """Give an entry other values; both services follow."""
        zone = self.zone(logged)
        days = self._logged_card_dates(logged) | self._card_dates(before, zone)
        self._journal.update_entry(self._segmented(after, zone))
        task_changed = not before.entry.task.is_same_in_timecrowd(after.entry.task)
        if task_changed or times_of(before) != times_of(after):
            commit_changes(
                self._journal,
                correction_changes(after, logged.deliveries, task_changed=task_changed),
                self._clock,
            )
        self._update_comment(after.entry)
        if after.entry.task.card is not None:
            commit_changes(self._journal, end_card_search(logged.deliveries), self._clock)
        self._update_logs(dict.fromkeys(days | self._card_dates(after, zone), (after.entry.id,)))

    def _update_comment(self, entry: Entry) -> None:
        """Bring the comment of an entry that is over to TimeCrowd, if it has none there."""
        deliveries, unconfirmed = self._deliveries_with_attempts(entry.id)
        is_wanted = self._rules().destinations.comments
        changes = comment_changes(entry, deliveries, unconfirmed, is_wanted=is_wanted)
        commit_changes(self._journal, changes, self._clock)

    def keeps_first_comment(self, entry: Entry) -> bool:
        """Whether TimeCrowd keeps an earlier comment than the entry has, or is to have."""
        return keeps_first_comment(entry, *self._deliveries_with_attempts(entry.id))

    def _deliveries_with_attempts(self, entry_id: str) -> tuple[tuple[Delivery, ...], list[int]]:
        """The entry's deliveries, and the ids of those with unconfirmed attempts."""
        logged = self._journal.entry(entry_id)
        deliveries = logged.deliveries if logged else ()
        return deliveries, [
            each.id for each in deliveries if self._journal.unconfirmed_attempts(each.id)
        ]

    def give_card(self, entry_id: str, card: Card) -> None:
        """Give an entry the card that its task names by a key.

        TimeCrowd's task is not changed; Kaiten gets the logs. An entry that was deleted, or was
        given a card by a person since, is not changed.
        """
        logged = self._journal.entry(entry_id)
        if logged is None or logged.is_deleted or logged.entry.task.card is not None:
            return
        before = logged.entry.task
        task = self._with_card(before, card)
        self._save_task(logged, task)
        self._journal.forget_unused_task(before, task)

    def save_task_details(self, entry_id: str, task: Task) -> None:
        """Give an entry the TimeCrowd task of which only the number was known.

        Kaiten gets the logs of its card. An entry that was deleted, or was given another task
        since, is not changed.
        """
        logged = self._journal.entry(entry_id)
        if logged is None or logged.is_deleted or logged.entry.task.key != task.key:
            return
        self._save_task(logged, task)
        rules = self._rules()
        key = key_of_task(task, rules.kaiten)
        if key and rules.destinations.kaiten and card_search(logged.deliveries) is None:
            self._journal.enqueue(entry_id, FindCard(key))

    def _save_task(self, logged: LoggedEntry, task: Task) -> None:
        """Save the task, of which more is known now, and change the logs for its card."""
        entry = replace(logged.entry, task=task)
        if task.card is not None:
            route = with_role_for(entry.route, task.card, self._rules(), self._journal)
            entry = replace(entry, route=route)
        if logged.stopped_at is None:
            self._journal.set_running_task(entry)
            return
        after, zone = FinishedEntry(entry, logged.stopped_at), self.zone(logged)
        self._journal.update_entry(self._segmented(after, zone))
        self._update_logs(dict.fromkeys(self._card_dates(after, zone), (entry.id,)))

    def with_found_card(self, entry: Entry) -> Entry:
        """An earlier state of an entry, with the card and the route that were found since."""
        logged = self._journal.entry(entry.id)
        if logged is not None and logged.entry.task.key == entry.task.key:
            entry = replace(entry, route=logged.entry.route)
        search = card_search(logged.deliveries) if logged else None
        if entry.task.card is not None or search is None:
            return entry
        message = search.message
        if not isinstance(message, FindCard) or search.state is not DeliveryState.DONE:
            return entry
        card = self._journal.cards_by_key().get(message.card_key)
        if card is None:
            return entry
        route = with_role_for(entry.route, card, self._rules(), self._journal)
        return replace(entry, task=self._with_card(entry.task, card), route=route)

    def _with_card(self, task: Task, card: Card) -> Task:
        """The task of a card that was found; one of TimeCrowd's own is kept."""
        known = None if task.timecrowd else self._journal.task(card.url)
        return known or replace(task, card=card, address="" if task.timecrowd else task.address)

    def search_card_as(self, earlier_id: str, entry: Entry) -> None:
        """Search the card of an entry that was split from one whose card is not found yet."""
        logged = self._journal.entry(earlier_id)
        search = card_search(logged.deliveries) if logged else None
        if entry.task.card is None and search and search.state is not DeliveryState.DONE:
            self._journal.enqueue(entry.id, search.message)

    def follow(
        self,
        logged: LoggedEntry,
        before: FinishedEntry,
        after: FinishedEntry,
        remote: RemoteEntry,
        timing: TimingOfLog,
    ) -> Collection[CardDate]:
        """Apply another device's change of an entry, which TimeCrowd holds as `remote`.

        Returns the cards and dates whose logs may change.
        """
        zone = self.zone(logged)
        self._journal.save_remote(after.entry.id, remote)
        if after == before:
            return ()
        days = self._logged_card_dates(logged) | self._card_dates(before, zone)
        self._journal.update_entry(self._segmented(after, zone))
        days |= self._card_dates(after, zone)
        self._follow_logs(dict.fromkeys(days, (after.entry.id,)), timing)
        return days

    def follow_deletion(
        self, logged: LoggedEntry, before: FinishedEntry, timing: TimingOfLog
    ) -> Collection[CardDate]:
        """Apply another device's deletion. The computer that made the log asks about it.

        Returns the cards and dates whose logs may change.
        """
        days = self._logged_card_dates(logged) | self._card_dates(before, self.zone(logged))
        self._journal.mark_deleted(logged.entry.id)
        self._journal.save_remote(logged.entry.id, None)
        self._follow_logs(dict.fromkeys(days, (logged.entry.id,)), timing, deleted=logged.entry.id)
        return days

    def _follow_logs(
        self,
        changed: Mapping[CardDate, Sequence[str]],
        timing: TimingOfLog,
        *,
        deleted: str | None = None,
    ) -> None:
        """Change logs as `_update_logs` does, with a timing; removals of a deleted entry ask."""
        for change in self._log_changes(changed):
            if not isinstance(change, EnqueueMessage):
                commit_changes(self._journal, [change], self._clock)
                continue
            message = change.message
            is_own = self._is_own_log(change)
            if isinstance(message, DeleteLog) and change.entry_id == deleted:
                if not is_own:
                    continue  # the computer that made it asks
                message = replace(message, asks=True)
            number = self._journal.enqueue(change.entry_id, message)
            self._journal.set_timing(number, timing(is_own))

    def _is_own_log(self, change: EnqueueMessage) -> bool:
        """Whether this computer makes or made the log that the change is about."""
        logged, about = self._journal.entry(change.entry_id), about_of(change.message)
        if logged is None:
            return False
        if about is None:
            return logged.entry.source is not Source.ADOPTED
        return any(each.id == about and not each.claimed for each in logged.deliveries)

    def remove(self, *entries: tuple[LoggedEntry, FinishedEntry]) -> None:
        """Take entries out of both services; the logs of a card's date are changed once."""
        removed: dict[CardDate, list[str]] = {}
        for logged, before in entries:
            days = self._logged_card_dates(logged) | self._card_dates(before, self.zone(logged))
            for day in days:
                removed.setdefault(day, []).append(logged.entry.id)
            self._journal.mark_deleted(logged.entry.id)
            changes = deletion_changes(logged.entry.id, logged.deliveries)
            commit_changes(self._journal, changes, self._clock)
        self._update_logs(removed)

    def add(self, finished: FinishedEntry, zone: tzinfo) -> None:
        """Put one more finished entry into both services."""
        context = logging_context_for(finished, self._rules(), zone, self._journal)
        self._journal.apply_transition(step(self._journal.state(), Add(finished), context))

    def restore(self, last: UndoRecord, stopped_at: datetime) -> None:
        """Put a removed entry back, as it was before."""
        logged = self._journal.entry(last.before.id)
        if logged is None or not logged.is_deleted:
            raise NotPossible(EntryMessageId.NOT_DELETED)
        finished = FinishedEntry(last.before, stopped_at)
        self._journal.update_entry(self._segmented(finished, self.zone(logged)))
        if last.was_enqueued:
            known = logged.deliveries
            unconfirmed = [each.id for each in known if self._journal.unconfirmed_attempts(each.id)]
            commit_changes(
                self._journal, restoration_changes(finished, known, unconfirmed), self._clock
            )
        self._update_comment(finished.entry)
        self.search_card_as(finished.entry.id, finished.entry)
        days = self._card_dates(finished, self.zone(logged))
        self._update_logs(dict.fromkeys(days, (finished.entry.id,)))

    def restart(self, before: Entry) -> str:
        """Continue a deleted entry as a new one that TimeCrowd does not know; returns its id."""
        state = self._journal.state()
        if not isinstance(state, Idle):
            raise NotPossible(EntryMessageId.ANOTHER_RUNS)
        entry = replace(before, id=self.new_id())
        context = logging_context_for(None, self._rules(), self._clock.zone(), self._journal)
        self._journal.apply_transition(step(state, Start(entry), context))
        began = self._journal.start_reading(before.id)
        if began is not None:  # else a clock that was set would go unnoticed at its end
            self._journal.save_start_reading(entry.id, began)
        self._journal.copy_clock_stamps(before.id, entry.id)
        self._journal.reassign_absences(before.id, entry.id)
        self.search_card_as(before.id, entry)
        return entry.id

    def correct_start(self, logged: LoggedEntry, at: datetime) -> None:
        """Set the start of the running entry. TimeCrowd is corrected now, Kaiten at the stop."""
        context = logging_context_for(None, self._rules(), self._clock.zone(), self._journal)
        transition = step(Running(logged.entry), CorrectStart(at), context)
        if not is_enqueued_for_timecrowd(logged.deliveries):
            transition = replace(transition, effects=())
        self._journal.apply_transition(transition)
        self._journal.update_running(replace(logged.entry, started_at=at))

    def discard_running(self, entry: Entry) -> None:
        """Remove the running entry from both services, without a stop."""
        empty = FinishedEntry(entry, entry.started_at)
        self._journal.apply_transition(
            Transition(Idle(), self._segmented(empty, self._clock.zone()))
        )
        self.remove(self.finished_entry(entry.id))

    def preview_logs(
        self, logged: LoggedEntry, after: FinishedEntry
    ) -> tuple[tuple[DaySegment, int], ...]:
        """The minutes that Kaiten would hold of an entry for each date. Changes nothing."""
        card, rules = after.entry.task.card, self._rules()
        if card is None or not rules.destinations.kaiten:
            return ()
        planned = []
        for segment in self._segmented(after, self.zone(logged)).segments:
            day = self._ledger(card, segment.for_date)
            seconds = {**day.seconds, after.entry.id: segment.seconds}
            wanted = allocate_minutes(rules.rounding, replace(day, seconds=seconds), after.entry.id)
            minutes = sum(
                wanted.minutes[log.delivery.id]
                for log in day.logs
                if log.delivery.entry_id == after.entry.id
            )
            if wanted.new is not None and wanted.new[0] == after.entry.id:
                minutes += wanted.new[1]
            planned.append((segment, minutes))
        return tuple(planned)

    def zone(self, logged: LoggedEntry) -> tzinfo:
        """The zone by which the entry's dates were computed, wherever the computer is now."""
        return self._clock.zone_named(logged.zone) if logged.zone else self._clock.zone()

    def _update_logs(self, changed: Mapping[CardDate, Sequence[str]]) -> None:
        """Give the logs of each card and date the minutes that their entries require now.

        `changed` are the ids of the changed or deleted entries. Removals come last: while a new
        card refuses its log, the old one keeps the minutes.
        """
        commit_changes(self._journal, self._log_changes(changed), self._clock)

    def _log_changes(self, changed: Mapping[CardDate, Sequence[str]]) -> list[DeliveryChange]:
        changes: list[DeliveryChange] = []
        if not self._rules().destinations.kaiten:
            return changes
        for card, for_date in sorted(changed, key=lambda each: (each[0].id, each[1])):
            day = self._ledger(card, for_date)
            rounding = self._rules().rounding
            entry_ids = changed[card, for_date]
            # With `carry` one allocation is about the whole date, whoever was removed from it.
            for entry_id in entry_ids[-1:] if rounding is Rounding.CARRY else entry_ids:
                wanted = allocate_minutes(rounding, day, entry_id)
                concerned = {entry_id, *(wanted.new or ())[:1]}
                changes += log_changes(day, wanted, self._entries(concerned), entry_id)
        return sorted(changes, key=_is_log_removal)

    def _ledger(self, card: Card, for_date: date) -> CardDayLedger:
        day = self._journal.card_day_ledger(card, for_date)
        for damaged in day.damaged:
            raise NotPossible(DeliveryMessageId.DAMAGED_LOG, str(damaged.id))
        return day

    def _entries(self, ids: set[str]) -> dict[str, Entry]:
        found = (self._journal.entry(each) for each in ids)
        return {logged.entry.id: logged.entry for logged in found if logged}

    def _logged_card_dates(self, logged: LoggedEntry) -> set[CardDate]:
        messages = [each.message for each in logged.deliveries if each.minutes]
        return {(m.card, m.for_date) for m in messages if isinstance(m, LogTime)}

    def _card_dates(self, finished: FinishedEntry, zone: tzinfo) -> set[CardDate]:
        card = finished.entry.task.card
        if card is None:
            return set()
        segments = self._segmented(finished, zone).segments
        return {(card, segment.for_date) for segment in segments}

    def _segmented(self, finished: FinishedEntry, zone: tzinfo) -> SegmentedEntry:
        return segment_entry(
            finished, logging_context_for(None, self._rules(), zone, self._journal)
        )


def times_of(finished: FinishedEntry) -> tuple[datetime, datetime]:
    """When an entry began and ended."""
    return finished.entry.started_at, finished.stopped_at


def _is_log_removal(change: DeliveryChange) -> bool:
    return isinstance(change, EnqueueMessage) and isinstance(change.message, DeleteLog)
