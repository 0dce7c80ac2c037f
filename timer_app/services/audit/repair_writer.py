"""Writes the repairs of an audit to the journal; the sender delivers them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from timer_app.domain.audit.rows import (
    AuditRepair,
    CorrectEntryTimes,
    CorrectLogValues,
    DeleteFormerEntry,
    DeleteRemoteEntry,
    DeleteRemoteLog,
    ImportEntry,
    LinkRemoteEntry,
    LogTimeAgain,
    RecordEntryAgain,
)
from timer_app.domain.delivery.remote_changes import (
    TrackedEntry,
    adopt_tracked,
)
from timer_app.domain.delivery.service_messages import (
    CorrectTimes,
    DeleteEntry,
    RemoveDuplicateEntry,
)
from timer_app.domain.entries.card import CardsByKey
from timer_app.domain.entries.edits import (
    DeliveryChange,
    DropDelivery,
    EnqueueMessage,
    SetLogMinutes,
    comment_changes,
)
from timer_app.domain.entries.entry import FinishedEntry, whole_second
from timer_app.domain.entries.timer import RemoteAdded, step
from timer_app.domain.errors import NotPossible
from timer_app.domain.messages import EntryMessageId
from timer_app.services.audit.ports import AuditJournal
from timer_app.services.entries.logging_context import LoggingRules, logging_context_for
from timer_app.services.entries.ports import Clock
from timer_app.services.entries.routing import route_for_remote


class RepairWriter:
    """Writes repairs. `kaiten` returns Kaiten's address."""

    def __init__(
        self,
        journal: AuditJournal,
        clock: Clock,
        rules: Callable[[], LoggingRules],
        new_id: Callable[[], str],
        kaiten: Callable[[], str],
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._rules = rules
        self._new_id = new_id
        self._kaiten = kaiten

    def commit(self, repair: AuditRepair, cards: CardsByKey) -> str:
        """Write the changes of a repair, within the caller's transaction; the entry's id.

        `cards` are the cards whose keys are known. Raises NotPossible and JournalError.
        """
        if isinstance(repair, ImportEntry):
            return self._import_entry(repair.remote_entry, cards)
        match repair:
            case CorrectEntryTimes(entry_id, remote, started_at, stopped_at):
                # Else the last known remote entry would make the correction look redundant.
                self._journal.save_remote(entry_id, remote)
                self._journal.enqueue(entry_id, CorrectTimes(started_at, stopped_at))
            case RecordEntryAgain(entry_id, message, obsolete):
                self._journal.save_remote(entry_id, None)
                self._journal.apply_changes(
                    [*map(DropDelivery, obsolete), EnqueueMessage(entry_id, message)]
                )
                self._enqueue_comment(entry_id)
            case LinkRemoteEntry(entry_id, message, remote):
                number = self._journal.enqueue(entry_id, message)
                self._journal.complete(number, remote.id)
                self._journal.save_remote(entry_id, remote)
            case DeleteRemoteEntry(entry_id, remote):
                self._journal.save_remote(entry_id, remote)
                self._journal.enqueue(entry_id, DeleteEntry())
            case DeleteFormerEntry(entry_id, about, former, kept):
                self._journal.enqueue(entry_id, RemoveDuplicateEntry(about, former, kept))
            case CorrectLogValues(entry_id, change):
                self._journal.enqueue(entry_id, change)
            case LogTimeAgain(entry_id):
                self._journal.apply_changes(_log_again(repair))
            case DeleteRemoteLog(entry_id, removal):
                self._journal.enqueue(entry_id, removal)
        return repair.entry_id

    def _enqueue_comment(self, entry_id: str) -> None:
        """Enqueue the comment of an entry that is recorded again: its new record has none."""
        logged = self._journal.entry(entry_id)
        if logged is None or logged.stopped_at is None:
            return
        is_wanted = self._rules().destinations.comments
        changes = comment_changes(logged.entry, logged.deliveries, (), is_wanted=is_wanted)
        self._journal.apply_changes(changes)

    def _import_entry(self, tracked: TrackedEntry, cards: CardsByKey) -> str:
        remote = tracked.remote
        if remote.stopped_at is None:
            raise NotPossible(EntryMessageId.RUNS, remote.id)
        known = self._journal.cards_by_key()
        for key, card in cards.items():  # Kaiten said so to this audit
            if key not in known:
                self._journal.save_card_key(key, card)
        adopted = adopt_tracked(tracked, self._new_id(), self._kaiten(), cards)
        entry, rules = adopted.entry, self._rules()
        route = route_for_remote(entry.task, tracked.team_id, rules, self._journal)
        entry = replace(entry, route=route)
        finished = FinishedEntry(entry, max(entry.started_at, whole_second(remote.stopped_at)))
        context = logging_context_for(finished, rules, self._clock.zone(), self._journal)
        state = self._journal.state()
        event = RemoteAdded(finished, remote, adopted.card_key)
        self._journal.apply_transition(step(state, event, context))
        return entry.id


def _log_again(repair: LogTimeAgain) -> list[DeliveryChange]:
    changes: list[DeliveryChange] = [*map(DropDelivery, repair.obsolete)]
    changes.append(EnqueueMessage(repair.entry_id, repair.message))
    if repair.removal is not None:
        changes.append(EnqueueMessage(repair.entry_id, repair.removal))
    if repair.replaces is not None:
        changes.append(SetLogMinutes(repair.replaces, 0))
    return changes
