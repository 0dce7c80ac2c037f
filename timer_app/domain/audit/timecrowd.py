"""The journal's entries beside TimeCrowd's.

journal                          TimeCrowd                       row
an entry                         its id, the same times          matched
                                 its id, other times             different: correct the times
delivered                        nothing                         missing: record it again
not delivered                    -                               missing: waits, or needs a person
dropped, or never enqueued       nothing                         missing: record it now
                                 one just like it, not ours      different: link it
deleted, or another id of it     the id                          extra: delete it
nothing                          a finished entry                extra: import it
                                 a running entry                 extra: remote sync follows it
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from functools import partial

from timer_app.domain.audit.rows import (
    AuditEntry,
    AuditPeriod,
    AuditRow,
    AuditVerdict,
    CorrectEntryTimes,
    DeleteFormerEntry,
    DeleteRemoteEntry,
    ImportEntry,
    KnownRemote,
    KnownRemotes,
    LinkRemoteEntry,
    NextStep,
    RecordEntryAgain,
    format_entry,
    format_span,
    open_deliveries,
    pending_reason,
    row_key,
)
from timer_app.domain.delivery.outbox import (
    OPEN,
    Delivery,
    DeliveryState,
    creating_delivery,
)
from timer_app.domain.delivery.outcomes import RemoteEntry
from timer_app.domain.delivery.remote_changes import TrackedEntry, may_be_on
from timer_app.domain.delivery.service_messages import (
    CommentEntry,
    DeleteEntry,
    RecordEntry,
    RemoveDuplicateEntry,
    StartEntry,
    is_same_instant,
    service_of,
)
from timer_app.domain.entries.card import CardsByKey
from timer_app.domain.entries.task import Task
from timer_app.domain.messages import AuditRowMessageId
from timer_app.domain.service import Service
from timer_app.domain.user_message import UserMessage

_key = partial(row_key, Service.TIMECROWD)


@dataclass(frozen=True, slots=True)
class TimeCrowdLocalState:
    """What the journal knows.

    `entries` are those of the audited dates, none of them forgotten; `known_remotes` says of every
    id that TimeCrowd holds whose it is, or was; `unconfirmed` are entries of which TimeCrowd may
    know without our knowing its id; `unconfirmed_tasks` are those on which a late request
    may still make one. `kaiten` is Kaiten's address, "" without it, `cards` are the cards whose
    keys are known.
    """

    entries: Sequence[AuditEntry]
    known_remotes: KnownRemotes = field(default_factory=dict)
    unconfirmed: Sequence[AuditEntry] = ()
    unconfirmed_tasks: Sequence[Task] = ()
    kaiten: str = ""
    cards: CardsByKey = field(default_factory=dict)

    def may_be_on(self, tracked: TrackedEntry, task: Task) -> bool:
        """Whether TimeCrowd's entry may be one on the task."""
        return may_be_on(tracked, task, self.kaiten, self.cards)


def compare_timecrowd_entries(
    local: TimeCrowdLocalState,
    remote_entry: Sequence[TrackedEntry],
    span: AuditPeriod,
    zone: tzinfo,
) -> tuple[AuditRow, ...]:
    """A row for each entry of the dates, then one for each that TimeCrowd holds beside them."""
    by_id = {each.remote.id: each for each in remote_entry}
    own = {each.remote.id for each in local.entries if each.remote}
    others = [
        each for each in remote_entry if each.remote.id not in own and _within(each.remote, span)
    ]
    unknown_entries = [each for each in others if not _known_remote(local, each).deliveries]
    found = [_entry_row(audit_entry, by_id, _UnknownEntries(unknown_entries, local), zone)
             for audit_entry in local.entries]  # fmt: skip
    recognized = {
        row.repair.remote_entry.id for row in found if isinstance(row.repair, LinkRemoteEntry)
    }
    extras = (
        _extra_row_for(each, local, zone) for each in others if each.remote.id not in recognized
    )
    return (*found, *(row for row in extras if row is not None))


def _within(remote_entry: RemoteEntry, span: AuditPeriod) -> bool:
    """Whether any of it lies on the dates; one that took no time counts too."""
    if remote_entry.started_at >= span.ends:
        return False
    ended = remote_entry.stopped_at
    return remote_entry.started_at >= span.begins or ended is None or ended > span.begins


def _known_remote(local: TimeCrowdLocalState, remote_entry: TrackedEntry) -> KnownRemote:
    """What the journal knows of a remote id; a kept duplicate belongs to no entry."""
    return local.known_remotes.get(remote_entry.remote.id, KnownRemote())


# -------------------------------------------------------------------- entries of the journal


@dataclass(frozen=True, slots=True)
class _UnknownEntries:
    """The rows of entries that only TimeCrowd holds; `local` tells the cards of their tasks."""

    remote_entry: Sequence[TrackedEntry]
    local: TimeCrowdLocalState

    def find_identical(self, audit_entry: AuditEntry) -> RemoteEntry | None:
        """One of the same task and times."""
        for each in self.remote_entry:
            same = self.local.may_be_on(each, audit_entry.entry.task)
            if same and _has_same_times(audit_entry, each.remote):
                return each.remote
        return None


def _entry_row(
    audit_entry: AuditEntry,
    by_id: Mapping[str, TrackedEntry],
    unknown_entries: _UnknownEntries,
    zone: tzinfo,
) -> AuditRow:
    deliveries = [
        each
        for each in audit_entry.deliveries
        if service_of(each.message) is Service.TIMECROWD
        and not isinstance(each.message, RemoveDuplicateEntry | CommentEntry)
    ]
    start = creating_delivery(tuple(deliveries))
    remote_entry = by_id.get(audit_entry.remote.id) if audit_entry.remote else None
    if remote_entry is None or (start is not None and start.state in OPEN):
        return _missing_row(audit_entry, start, open_deliveries(deliveries), unknown_entries, zone)
    return _held_row(audit_entry, remote_entry.remote, open_deliveries(deliveries), zone)


def _held_row(
    audit_entry: AuditEntry, remote_entry: RemoteEntry, waiting: list[Delivery], zone: tzinfo
) -> AuditRow:
    entry = audit_entry.entry
    if _has_same_times(audit_entry, remote_entry):
        return _row(
            audit_entry,
            AuditVerdict.MATCHED,
            UserMessage(AuditRowMessageId.MATCHES, _format_local(audit_entry, zone)),
        )
    there = format_span(remote_entry.started_at, remote_entry.stopped_at, zone)
    detail = UserMessage(AuditRowMessageId.OTHER_TIMES, _format_local(audit_entry, zone), there)
    if waiting:
        reason, step = pending_reason(waiting)
        return _row(audit_entry, AuditVerdict.DIFFERENT, detail, reason, next_step=step)
    if audit_entry.stopped_at is None and remote_entry.stopped_at is not None:
        followed = UserMessage(AuditRowMessageId.STOPPED_ELSEWHERE)
        return _row(audit_entry, AuditVerdict.DIFFERENT, detail, followed, next_step=NextStep.WAITS)
    repair = CorrectEntryTimes(entry.id, remote_entry, entry.started_at, audit_entry.stopped_at)
    return _row(audit_entry, AuditVerdict.DIFFERENT, detail, repair=repair)


def _missing_row(
    audit_entry: AuditEntry,
    start: Delivery | None,
    waiting: list[Delivery],
    unknown_entries: _UnknownEntries,
    zone: tzinfo,
) -> AuditRow:
    shown = _format_local(audit_entry, zone)
    is_gone = audit_entry.remote is not None and (start is None or start.state not in OPEN)
    refused = all(each.state is DeliveryState.BLOCKED for each in waiting)
    if waiting and not (is_gone and refused):
        reason, step = pending_reason(waiting)
        missing = UserMessage(AuditRowMessageId.NOT_IN_TIMECROWD, shown)
        return _row(audit_entry, AuditVerdict.MISSING, missing, reason, next_step=step)
    message = _new_message(audit_entry)
    like = unknown_entries.find_identical(audit_entry)
    if like is not None:
        detail = UserMessage(AuditRowMessageId.JUST_LIKE, shown)
        repair = LinkRemoteEntry(audit_entry.entry.id, message, like)
        return _row(audit_entry, AuditVerdict.DIFFERENT, detail, repair=repair, remote_id=like.id)
    reason = _missing_reason(shown, is_gone=is_gone, start=start)
    again = RecordEntryAgain(audit_entry.entry.id, message, tuple(waiting))
    return _row(audit_entry, AuditVerdict.MISSING, reason, repair=again)


def _missing_reason(
    shown: str | UserMessage, *, is_gone: bool, start: Delivery | None
) -> UserMessage:
    if is_gone:
        return UserMessage(AuditRowMessageId.ENTRY_GONE, shown)
    if start is not None and start.state is DeliveryState.DROPPED:
        return UserMessage(AuditRowMessageId.ENTRY_DROPPED, shown, start.id)
    return UserMessage(AuditRowMessageId.ENTRY_NEVER_TOLD, shown)


def _new_message(audit_entry: AuditEntry) -> StartEntry | RecordEntry:
    entry = audit_entry.entry
    if audit_entry.stopped_at is None:
        return StartEntry(entry.task, entry.started_at, entry.route)
    return RecordEntry(entry.task, entry.started_at, audit_entry.stopped_at, entry.route)


def _has_same_times(audit_entry: AuditEntry, remote_entry: RemoteEntry) -> bool:
    """Whether both have the same times within a second; what runs must run in both."""
    if not is_same_instant(audit_entry.entry.started_at, remote_entry.started_at):
        return False
    if audit_entry.stopped_at is None or remote_entry.stopped_at is None:
        return audit_entry.stopped_at is remote_entry.stopped_at
    return is_same_instant(audit_entry.stopped_at, remote_entry.stopped_at)


def _format_local(audit_entry: AuditEntry, zone: tzinfo) -> str | UserMessage:
    entry = audit_entry.entry
    return format_entry(entry.task.title, entry.started_at, audit_entry.stopped_at, zone)


def _row(
    audit_entry: AuditEntry,
    verdict: AuditVerdict,
    *sentences: UserMessage,
    repair: CorrectEntryTimes | RecordEntryAgain | LinkRemoteEntry | None = None,
    next_step: NextStep = NextStep.NONE,
    remote_id: str | None = None,
) -> AuditRow:
    known = audit_entry.remote.id if audit_entry.remote else None
    key = _key(known or audit_entry.entry.id)
    shown = remote_id or known
    return AuditRow(
        key, Service.TIMECROWD, verdict, sentences, audit_entry.entry.id, shown, repair, next_step
    )


# -------------------------------------------------------------------- what is held beside them


def _extra_row_for(
    remote_entry: TrackedEntry, local: TimeCrowdLocalState, zone: tzinfo
) -> AuditRow | None:
    """The row of an entry that is in no row yet; None if it belongs to other dates."""
    known_remote = _known_remote(local, remote_entry)
    for delivery in known_remote.deliveries:
        message = delivery.message
        if isinstance(message, RemoveDuplicateEntry) and message.kept.id == remote_entry.remote.id:
            row = _duplicate_row(remote_entry, delivery, zone)
            if row is not None:
                return row
    for delivery in reversed(known_remote.deliveries):
        audit_entry = known_remote.entry(delivery)
        if audit_entry is not None:
            return _known_row(remote_entry, audit_entry, zone)
    return _unknown_row(remote_entry, local, zone)


def _duplicate_row(remote_entry: TrackedEntry, delivery: Delivery, zone: tzinfo) -> AuditRow | None:
    shown = _format_remote(remote_entry, zone)
    if delivery.state in OPEN:
        reason, _ = pending_reason([delivery])
        return _extra_row(
            remote_entry, (shown, reason), delivery.entry_id, next_step=NextStep.PERSON
        )
    if delivery.state is DeliveryState.DROPPED:
        return _extra_row(remote_entry, (shown, UserMessage(AuditRowMessageId.ENTRY_KEPT)))
    return None


def _known_row(
    remote_entry: TrackedEntry, audit_entry: AuditEntry, zone: tzinfo
) -> AuditRow | None:
    entry, remote = audit_entry.entry, audit_entry.remote
    if not audit_entry.is_deleted and remote is not None and remote.id == remote_entry.remote.id:
        return None
    shown = _format_remote(remote_entry, zone)
    deliveries = [
        each for each in audit_entry.deliveries if service_of(each.message) is Service.TIMECROWD
    ]
    start = creating_delivery(tuple(deliveries))
    removals = [
        each for each in deliveries if isinstance(each.message, DeleteEntry | RemoveDuplicateEntry)
    ]
    if waiting := open_deliveries(removals):
        reason, step = pending_reason(waiting)
        to_go = UserMessage(AuditRowMessageId.TO_BE_DELETED)
        return _extra_row(remote_entry, (shown, to_go, reason), entry.id, next_step=step)
    if audit_entry.is_deleted:
        detail = (shown, UserMessage(AuditRowMessageId.DELETED))
        return _extra_row(
            remote_entry, detail, entry.id, repair=DeleteRemoteEntry(entry.id, remote_entry.remote)
        )
    if start is None or start.state is not DeliveryState.DONE or remote is None:
        detail = (shown, UserMessage(AuditRowMessageId.DELETED_AND_ANEW))
        return _extra_row(remote_entry, detail, entry.id, next_step=NextStep.WAITS)
    detail = (shown, UserMessage(AuditRowMessageId.DELETED_AND_OTHER, remote.id))
    repair = DeleteFormerEntry(entry.id, start.id, remote_entry.remote.id, remote)
    return _extra_row(remote_entry, detail, entry.id, repair=repair)


def _unknown_row(remote_entry: TrackedEntry, local: TimeCrowdLocalState, zone: tzinfo) -> AuditRow:
    shown = _format_remote(remote_entry, zone)
    unconfirmed_starts = [
        start
        for each in local.unconfirmed
        if (start := _unconfirmed_start(each))
        and (
            local.may_be_on(remote_entry, each.entry.task)
            or _has_same_times(each, remote_entry.remote)
        )
    ]
    if unconfirmed_starts:
        reason, step = pending_reason(unconfirmed_starts)
        return _extra_row(
            remote_entry,
            (shown, UserMessage(AuditRowMessageId.MAYBE_OURS), reason),
            next_step=step,
        )
    if any(local.may_be_on(remote_entry, each) for each in local.unconfirmed_tasks):
        return _extra_row(
            remote_entry,
            (shown, UserMessage(AuditRowMessageId.MAYBE_LATE)),
            next_step=NextStep.WAITS,
        )
    if remote_entry.remote.stopped_at is None:
        return _extra_row(
            remote_entry,
            (shown, UserMessage(AuditRowMessageId.RUNS_ELSEWHERE)),
            next_step=NextStep.WAITS,
        )
    return _extra_row(
        remote_entry,
        (shown, UserMessage(AuditRowMessageId.IN_NO_ENTRY)),
        repair=ImportEntry(remote_entry),
    )


def _unconfirmed_start(audit_entry: AuditEntry) -> Delivery | None:
    """What may have made the entry in TimeCrowd, if it is not known whether it did."""
    start = creating_delivery(audit_entry.deliveries)
    unconfirmed_starts = (DeliveryState.SENDING, DeliveryState.UNKNOWN)
    return start if start is not None and start.state in unconfirmed_starts else None


def _format_remote(remote_entry: TrackedEntry, zone: tzinfo) -> UserMessage:
    shown = format_entry(
        remote_entry.title, remote_entry.remote.started_at, remote_entry.remote.stopped_at, zone
    )
    return UserMessage(AuditRowMessageId.IN_TIMECROWD, shown)


def _extra_row(
    remote_entry: TrackedEntry,
    sentences: tuple[UserMessage, ...],
    entry_id: str | None = None,
    *,
    repair: ImportEntry | DeleteRemoteEntry | DeleteFormerEntry | None = None,
    next_step: NextStep = NextStep.NONE,
) -> AuditRow:
    number = remote_entry.remote.id
    key = _key(number)
    return AuditRow(
        key, Service.TIMECROWD, AuditVerdict.EXTRA, sentences, entry_id, number, repair, next_step
    )
