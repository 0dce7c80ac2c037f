"""What edits, deletions and undo change in the outbox.

A delivery that is certainly not sent is rewritten; one that is sent, or may be, is followed by
another message. Pure: the journal applies the changes in one transaction with the entry's own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum

from timer_app.domain.delivery.outbox import (
    OPEN,
    Delivery,
    DeliveryState,
    creating_delivery,
)
from timer_app.domain.delivery.service_messages import (
    CommentEntry,
    CorrectTimes,
    DamagedMessage,
    DeleteEntry,
    DeleteLog,
    FindCard,
    LogTime,
    Message,
    MessageKind,
    RecordEntry,
    RemoveDuplicateEntry,
    RemoveDuplicateLog,
    StopEntry,
    UpdateLog,
    about_of,
    kind_of,
    record_message,
    service_of,
)
from timer_app.domain.entries.card import Card
from timer_app.domain.entries.entry import Entry, FinishedEntry
from timer_app.domain.entries.minutes import (
    CardDayTotals,
    Rounding,
    carry_shares,
    minutes_to_log,
    rounded_minutes,
)
from timer_app.domain.entries.route import PLAIN
from timer_app.domain.service import Service


@dataclass(frozen=True, slots=True)
class EnqueueMessage:
    """Enqueue one more message, behind those that the entry has."""

    entry_id: str
    message: Message


@dataclass(frozen=True, slots=True)
class ReplaceMessage:
    """Replace the message of an unsent delivery, which then waits (again)."""

    delivery: Delivery
    message: Message


@dataclass(frozen=True, slots=True)
class DropDelivery:
    """Drop an unsent delivery: the user's act made it pointless."""

    delivery: Delivery


@dataclass(frozen=True, slots=True)
class SetLogMinutes:
    """Set the minutes that the log of a delivery counts for."""

    delivery: Delivery
    minutes: int


DeliveryChange = EnqueueMessage | ReplaceMessage | DropDelivery | SetLogMinutes


class EditKind(Enum):
    """A kind of edit of an entry."""

    EDIT = "edit"
    DELETE = "delete"
    SPLIT = "split"
    CANCEL = "cancel"
    ANSWER = "answer"
    """The user said what the time of an absence was."""


@dataclass(frozen=True, slots=True)
class UndoRecord:
    """An edit, and the entry before it.

    `stopped_at` is None where the entry ran, being cancelled or given another start. `was_enqueued`
    says whether TimeCrowd had the entry or was to get it; `second_half_id` is the second half of
    a split. Resolving `absence_id` may have made several entries, `piece_ids`; None: the entry
    was not split.
    """

    kind: EditKind
    before: Entry
    stopped_at: datetime | None
    was_enqueued: bool
    second_half_id: str | None = None
    id: int = 0
    piece_ids: tuple[str, ...] | None = None
    absence_id: int | None = None


# -------------------------------------------------------------------- TimeCrowd


def correction_changes(
    new: FinishedEntry, earlier: Sequence[Delivery], *, task_changed: bool
) -> tuple[DeliveryChange, ...]:
    """The changes that make TimeCrowd follow an edit; `task_changed` if the task is another one.

    While it is unconfirmed whether TimeCrowd has the entry, its answer is compared with the journal
    and corrected then.
    """
    creation = creating_delivery(tuple(earlier))
    if creation is None or creation.state is DeliveryState.DROPPED:
        return ()
    later = _unsent_times(earlier, creation)
    task = new.entry.task if task_changed else None
    has_own_stop = isinstance(creation.message, RecordEntry) and not creation.is_rewritable
    changes: list[DeliveryChange] = [
        ReplaceMessage(
            each, _current_message(each, new, task_changed=task_changed, has_own_stop=has_own_stop)
        )
        for each in later
    ]
    if creation.is_rewritable:
        return (ReplaceMessage(creation, record_message(new)), *changes)
    has_stop = any(isinstance(each.message, StopEntry) for each in later)
    has_times = any(isinstance(change.message, CorrectTimes) for change in changes
                    if isinstance(change, ReplaceMessage))  # fmt: skip
    answered = creation.state is DeliveryState.DONE
    if not has_times and (task_changed or (answered and not has_stop)):
        route = new.entry.route if task else PLAIN
        times = CorrectTimes(new.entry.started_at, new.stopped_at, task, route)
        changes.append(EnqueueMessage(new.entry.id, times))
    return tuple(changes)


def _unsent_times(earlier: Sequence[Delivery], creation: Delivery) -> list[Delivery]:
    return [
        each
        for each in earlier
        if each.id > creation.id
        and each.is_rewritable
        and isinstance(each.message, StopEntry | CorrectTimes)
    ]


def _current_message(
    delivery: Delivery, new: FinishedEntry, *, task_changed: bool, has_own_stop: bool
) -> Message:
    """The stop that a person confirms although another device's came first.

    An entry that was sent as finished `has_own_stop` in TimeCrowd, which is corrected.
    """
    message, entry = delivery.message, new.entry
    waits = delivery.state is DeliveryState.WAITING
    if isinstance(message, StopEntry) and waits and not has_own_stop:
        return StopEntry(new.stopped_at)
    if task_changed:
        return CorrectTimes(entry.started_at, new.stopped_at, entry.task, entry.route)
    if isinstance(message, CorrectTimes):
        return replace(message, started_at=entry.started_at, stopped_at=new.stopped_at)
    return CorrectTimes(entry.started_at, new.stopped_at)


def deletion_changes(entry_id: str, earlier: Sequence[Delivery]) -> tuple[DeliveryChange, ...]:
    """The changes of a deletion: unsent messages are dropped, sent ones deleted in TimeCrowd."""
    creation = creating_delivery(tuple(earlier))
    changes: list[DeliveryChange] = [
        _withdrawal_of_unsent(each)
        for each in earlier
        if each.is_rewritable and service_of(each.message) is Service.TIMECROWD
    ]
    changes += end_card_search(earlier)
    is_not_in_timecrowd = (
        creation is None or creation.is_rewritable or creation.state is DeliveryState.DROPPED
    )
    return (
        tuple(changes)
        if is_not_in_timecrowd
        else (*changes, EnqueueMessage(entry_id, DeleteEntry()))
    )


def _withdrawal_of_unsent(delivery: Delivery) -> DeliveryChange:
    """The change of an unsent delivery about a record that is to be deleted.

    A duplicate is left to be removed by hand: the deletion removes the record that is provably
    ours, so neither may replace the other.
    """
    message = delivery.message
    if isinstance(message, RemoveDuplicateEntry | RemoveDuplicateLog):
        return ReplaceMessage(delivery, replace(message, removed=None))
    return DropDelivery(delivery)


def latest_comment(earlier: Sequence[Delivery], unconfirmed: Collection[int]) -> Delivery | None:
    """The delivery of the comment to the entry that TimeCrowd has now, or is to have.

    One that was dropped counts only where an attempt of it is `unconfirmed`.
    """
    creation = creating_delivery(tuple(earlier))
    found = (
        each
        for each in reversed(earlier)
        if kind_of(each.message) is MessageKind.COMMENT
        and (creation is None or each.id > creation.id)
        and (each.state is not DeliveryState.DROPPED or each.id in unconfirmed)
    )
    return next(found, None)


def comment_changes(
    entry: Entry, earlier: Sequence[Delivery], unconfirmed: Collection[int], *, is_wanted: bool
) -> tuple[DeliveryChange, ...]:
    """The changes that bring the comment of an entry that is over to TimeCrowd.

    Only a comment that was certainly not sent is replaced; `is_wanted` is the setting.
    """
    creation = creating_delivery(tuple(earlier))
    if creation is None or creation.state is DeliveryState.DROPPED:
        return ()
    latest = latest_comment(earlier, unconfirmed)
    message = CommentEntry(entry.comment)
    if latest is None:
        is_new = is_wanted and entry.comment
        return (EnqueueMessage(entry.id, message),) if is_new else ()
    if not latest.is_rewritable or latest.message == message:
        return ()
    return (ReplaceMessage(latest, message) if entry.comment else DropDelivery(latest),)


def keeps_first_comment(
    entry: Entry, earlier: Sequence[Delivery], unconfirmed: Collection[int]
) -> bool:
    """Whether TimeCrowd has, or may have, an earlier comment than the entry has now."""
    latest = latest_comment(earlier, unconfirmed)
    if latest is None or latest.is_rewritable:
        return False
    return latest.message != CommentEntry(entry.comment)


def end_card_search(earlier: Sequence[Delivery]) -> tuple[DeliveryChange, ...]:
    """The changes that end the search for an entry's card."""
    return tuple(
        DropDelivery(each)
        for each in earlier
        if each.is_rewritable and isinstance(each.message, FindCard)
    )


def restoration_changes(
    finished: FinishedEntry, earlier: Sequence[Delivery], unconfirmed: Collection[int]
) -> tuple[DeliveryChange, ...]:
    """The changes that make TimeCrowd follow the undo of a deletion of an entry it knew.

    A deletion that waits to be repeated, with an earlier attempt `unconfirmed`, may have been
    carried out: it is sent, and the entry is recorded again.
    """
    entry = finished.entry
    for each in reversed(earlier):
        is_repeat = each.state is DeliveryState.WAITING and each.id in unconfirmed
        if isinstance(each.message, DeleteEntry) and each.is_rewritable and not is_repeat:
            stopped_at = finished.stopped_at
            times = CorrectTimes(entry.started_at, stopped_at, entry.task, entry.route)
            return DropDelivery(each), EnqueueMessage(entry.id, times)
        if isinstance(each.message, DeleteEntry) and each.state is not DeliveryState.DROPPED:
            break
    return (EnqueueMessage(entry.id, record_message(finished)),)


# -------------------------------------------------------------------- Kaiten


@dataclass(frozen=True, slots=True)
class LedgerLog:
    """A log that Kaiten holds, or will hold when all is delivered.

    `delivery` is the one that makes it; `comment` is what it ends up with; `about` are the
    deliveries that change or remove it.
    """

    delivery: Delivery
    comment: str
    about: tuple[Delivery, ...] = ()

    @property
    def minutes(self) -> int:
        """The minutes that it counts for."""
        return self.delivery.minutes or 0

    @property
    def is_dropped(self) -> bool:
        """Whether the user dropped it: its minutes are not changed any more."""
        return self.delivery.state is DeliveryState.DROPPED


def ledger_logs(deliveries: Sequence[Delivery]) -> tuple[LedgerLog, ...]:
    """The logs with minutes among some deliveries, in order."""
    logs = []
    about_by_id: dict[int, list[Delivery]] = {}
    for delivery in deliveries:
        target = about_of(delivery.message)
        if target is not None:
            about_by_id.setdefault(target, []).append(delivery)
    for delivery in deliveries:
        message = delivery.message
        if not isinstance(message, LogTime) or not delivery.minutes:
            continue
        about = tuple(about_by_id.get(delivery.id, ()))
        comments = [each.message.comment for each in about
                    if isinstance(each.message, UpdateLog)
                    and each.state is not DeliveryState.DROPPED]  # fmt: skip
        logs.append(LedgerLog(delivery, [message.comment, *comments][-1], about))
    return tuple(logs)


def damaged_logs(deliveries: Sequence[Delivery]) -> tuple[Delivery, ...]:
    """The deliveries of logs that cannot be read, which the user must decide about."""
    return tuple(
        each
        for each in deliveries
        if isinstance(each.message, DamagedMessage) and each.state in OPEN
    )


@dataclass(frozen=True, slots=True)
class CardDayLedger:
    """One card on one date: seconds by entry in the order of their start, and its logs."""

    card: Card
    for_date: date
    seconds: Mapping[str, int]
    logs: tuple[LedgerLog, ...]
    damaged: tuple[Delivery, ...] = ()
    """Open logs that cannot be read: what they hold is not known."""


@dataclass(frozen=True, slots=True)
class MinuteAllocation:
    """The minutes that each log must have, by the id of its delivery, and those of a new log."""

    minutes: Mapping[int, int]
    new: tuple[str, int] | None = None


def allocate_minutes(rounding: Rounding, day: CardDayLedger, changed: str) -> MinuteAllocation:
    """The allocation of minutes after entry `changed` became what `day.seconds` says.

    With `carry` the logs of the day together hold max(1, rounded_minutes(all seconds)): what is
    missing is added to the changed entry, what is too much is taken from it first. With the other
    modes only its own seconds count.
    """
    if rounding is Rounding.CARRY:
        return _allocate_with_carry(day, changed)
    return _allocate_separately(rounding, day, changed)


def _allocate_separately(rounding: Rounding, day: CardDayLedger, changed: str) -> MinuteAllocation:
    own = [log for log in day.logs if log.delivery.entry_id == changed]
    wanted = 0
    if changed in day.seconds:
        wanted = minutes_to_log(rounding, day.seconds[changed], CardDayTotals())
        wanted = max(0, wanted - sum(log.minutes for log in own if log.is_dropped))
    minutes = {log.delivery.id: log.minutes for log in day.logs}
    for log in own:
        if not log.is_dropped:
            minutes[log.delivery.id], wanted = wanted, 0
        elif changed not in day.seconds:
            minutes[log.delivery.id] = 0
    return MinuteAllocation(minutes, (changed, wanted) if wanted else None)


def _allocate_with_carry(day: CardDayLedger, changed: str) -> MinuteAllocation:
    minutes = {
        log.delivery.id: log.minutes if log.delivery.entry_id in day.seconds else 0
        for log in day.logs
    }
    total = sum(day.seconds.values())
    wanted = max(1, rounded_minutes(total)) if day.seconds else 0
    missing = wanted - sum(minutes.values())
    movable = [log.delivery for log in day.logs
               if not log.is_dropped and log.delivery.entry_id in day.seconds]  # fmt: skip
    movable.sort(key=lambda delivery: (delivery.entry_id == changed, delivery.id), reverse=True)
    if missing > 0:
        return _allocate_missing(day, changed, minutes, movable, missing)
    for delivery in movable:
        reduction = min(minutes[delivery.id], -missing)
        minutes[delivery.id] -= reduction
        missing += reduction
    return MinuteAllocation(minutes)


def is_level(day: CardDayLedger) -> bool:
    """Whether the day's logs together have the minutes that `carry` requires."""
    return _missing_minutes(day) == 0


def missing_shares(day: CardDayLedger) -> list[str]:
    """The entries without a log whose whole share the day lacks, in the order of their start.

    An entry's share is 0 minutes, and it has no log, until an earlier entry of the day is found.
    Where another entry's log holds its minutes, as after a move to this card, nothing is missing.
    """
    missing, logged = _missing_minutes(day), {log.delivery.entry_id for log in day.logs}
    found: list[str] = []
    for entry_id, share in carry_shares(day.seconds).items():
        if entry_id not in logged and 0 < share <= missing:
            found.append(entry_id)
            missing -= share
    return found


def _missing_minutes(day: CardDayLedger) -> int:
    """The minutes that `carry` requires and the day's logs lack; below 0 where they have more."""
    logged = sum(log.minutes for log in day.logs if log.delivery.entry_id in day.seconds)
    return sum(carry_shares(day.seconds).values()) - logged


def allocate_share(day: CardDayLedger, entry_id: str) -> MinuteAllocation:
    """The allocation in which an entry has its share, and the others what they have.

    Where several computers change the logs of a day, each gives its own logs their shares. So all
    reach the same minutes, in any order and however late they learn of each other.
    """
    share = carry_shares(day.seconds).get(entry_id, 0)
    minutes = {log.delivery.id: log.minutes for log in day.logs}
    for log in day.logs:
        if log.delivery.entry_id == entry_id and not log.is_dropped:
            minutes[log.delivery.id], share = share, 0
    has_log = any(log.delivery.entry_id == entry_id for log in day.logs)
    return MinuteAllocation(minutes, None if has_log or not share else (entry_id, share))


def _allocate_missing(
    day: CardDayLedger,
    changed: str,
    minutes: dict[int, int],
    movable: list[Delivery],
    missing: int,
) -> MinuteAllocation:
    """The log that takes the difference: the changed entry's, perhaps new; else the latest."""
    if changed in day.seconds and not any(each.entry_id == changed for each in movable):
        return MinuteAllocation(minutes, (changed, missing))
    if not movable:
        return MinuteAllocation(minutes, (list(day.seconds)[-1], missing))
    minutes[movable[0].id] += missing
    return MinuteAllocation(minutes)


def log_changes(
    day: CardDayLedger, wanted: MinuteAllocation, entries: Mapping[str, Entry], changed: str
) -> tuple[DeliveryChange, ...]:
    """The messages that bring the day's logs to their allocation.

    The logs of the changed entry get its comment, the others keep theirs.
    """
    changes: list[DeliveryChange] = []
    if wanted.new is not None:
        entry_id, minutes = wanted.new
        changes.append(EnqueueMessage(entry_id, _log(day, minutes, entries[entry_id].comment)))
    for log in day.logs:
        minutes = wanted.minutes[log.delivery.id]
        own = entries.get(changed) if log.delivery.entry_id == changed else None
        if not log.is_dropped:
            changes += _log_change(day, log, minutes, own.comment if own else log.comment)
        elif minutes == 0:
            changes.append(SetLogMinutes(log.delivery, 0))
    return tuple(changes)


def _log_change(
    day: CardDayLedger, log: LedgerLog, minutes: int, comment: str
) -> list[DeliveryChange]:
    if minutes == 0:
        return _log_removal(day, log)
    if (minutes, comment) == (log.minutes, log.comment):
        return []
    count = SetLogMinutes(log.delivery, minutes)
    if log.delivery.is_rewritable:
        return [ReplaceMessage(log.delivery, _log(day, minutes, comment)), count]
    change = UpdateLog(log.delivery.id, day.card, day.for_date, minutes, comment)
    for each in log.about:
        if isinstance(each.message, UpdateLog) and each.is_rewritable:
            return [ReplaceMessage(each, change), count]
    return [EnqueueMessage(log.delivery.entry_id, change), count]


def relog_without_comment(entry_id: str, refused: UpdateLog, log: Delivery) -> list[DeliveryChange]:
    """Replace a log whose comment Kaiten does not clear by a new one, and remove it."""
    made = LogTime(refused.card, refused.for_date, refused.minutes, "")
    removal = DeleteLog(log.id, refused.card, refused.for_date)
    return [
        EnqueueMessage(entry_id, made),
        EnqueueMessage(entry_id, removal),
        SetLogMinutes(log, 0),
    ]


def _log_removal(day: CardDayLedger, log: LedgerLog) -> list[DeliveryChange]:
    about = (log.delivery, *log.about)
    changes: list[DeliveryChange] = [
        _withdrawal_of_unsent(each) for each in about if each.is_rewritable
    ]
    if not log.delivery.is_rewritable:
        removal = DeleteLog(log.delivery.id, day.card, day.for_date)
        changes.append(EnqueueMessage(log.delivery.entry_id, removal))
    return [*changes, SetLogMinutes(log.delivery, 0)]


def _log(day: CardDayLedger, minutes: int, comment: str) -> LogTime:
    return LogTime(day.card, day.for_date, minutes, comment)
