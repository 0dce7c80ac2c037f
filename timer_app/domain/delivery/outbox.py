"""The life of a delivery in the outbox.

    waiting -> sending -> done            the service answered
                       -> waiting         certainly not sent: repeat later
                       -> unknown         may have arrived: match before repeating
                       -> blocked         refused, or both sides differ: a person decides
    unknown, blocked, waiting -> waiting  by `retry`
                              -> dropped  by `drop`

Nothing else leaves the outbox, and a delivery found `sending` at start-up is unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum

from timer_app.domain.clock import ClockReading
from timer_app.domain.delivery.outcomes import Refused, RemoteEntry
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
    StartEntry,
    StopEntry,
    UpdateLog,
    about_of,
    is_same_instant,
    kind_of,
    makes_log,
    record_message,
    service_of,
    times_match,
)
from timer_app.domain.entries.entry import Entry, FinishedEntry
from timer_app.domain.service import Service


class DeliveryState(Enum):
    """Where a delivery is in its life."""

    WAITING = "waiting"
    SENDING = "sending"
    UNKNOWN = "unknown"
    BLOCKED = "blocked"
    DONE = "done"
    DROPPED = "dropped"


OPEN = frozenset(
    {DeliveryState.WAITING, DeliveryState.SENDING, DeliveryState.UNKNOWN, DeliveryState.BLOCKED}
)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message about one entry, and its state.

    Deliveries are ordered by `id`; `sent_at` is when the latest attempt began. An unknown one is
    `left_to_user` once matching was ambiguous. `minutes` is what a log holds or will hold when
    everything about it is delivered; None for all other kinds. `refused_status` is the HTTP status
    of a refusal, None where it had none. A log that is `lookup_first` may be made by another
    computer: it is looked up, `not_before` an instant (None: at once). A `claimed` one was made by
    another computer.
    """

    id: int
    entry_id: str
    message: Message
    state: DeliveryState
    attempts: int = 0
    remote_id: str | None = None
    error: str = ""
    sent_at: datetime | None = None
    left_to_user: bool = False
    minutes: int | None = None
    refused_status: int | None = None
    lookup_first: bool = False
    not_before: datetime | None = None
    claimed: bool = False

    @property
    def needs_user(self) -> bool:
        """Whether it needs a person: refused, or matching was ambiguous."""
        unknown = self.state is DeliveryState.UNKNOWN
        return self.state is DeliveryState.BLOCKED or (unknown and self.left_to_user)

    @property
    def is_refused_without_message(self) -> bool:
        """Whether a service refused it with a status and no message of its own."""
        status = self.refused_status
        return status is not None and self.error == Refused(status, ()).reason

    @property
    def is_rewritable(self) -> bool:
        """Whether no request is under way or unconfirmed, so that it may be rewritten."""
        return self.state in (DeliveryState.WAITING, DeliveryState.BLOCKED)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to deliver; unconfirmed while it is not known whether the service acted on it."""

    message: Message
    began: ClockReading


@dataclass(frozen=True, slots=True)
class DueDelivery:
    """A due delivery, with what is known of its entry.

    `stopped_at` is None while the entry runs; `remote` is what TimeCrowd last said of it;
    `log_id` is Kaiten's id of the log that the message is about; `stopped_elsewhere`: another
    device stopped the entry.
    """

    delivery: Delivery
    entry: Entry
    stopped_at: datetime | None
    remote: RemoteEntry | None
    log_id: str | None = None
    stopped_elsewhere: bool = False


def refreshed_message(due: DueDelivery) -> Message:
    """The message to send now, in place of one that time or an edit made stale.

    A start whose entry has ended must not start anything: it becomes a finished entry. A removed
    duplicate is the record that the entry has now, which may have changed since.
    """
    message, entry = due.delivery.message, due.entry
    if isinstance(message, RemoveDuplicateEntry | RemoveDuplicateLog):
        return _with_current_duplicate(message, due)
    if isinstance(message, CorrectTimes):
        return _with_known_stop(_with_decided_route(message, due), due)
    if not isinstance(message, StartEntry | RecordEntry):
        return message
    if due.stopped_at is not None:
        return RecordEntry(entry.task, entry.started_at, due.stopped_at, entry.route)
    return StartEntry(entry.task, entry.started_at, entry.route)


def _with_current_duplicate(
    message: RemoveDuplicateEntry | RemoveDuplicateLog, due: DueDelivery
) -> RemoveDuplicateEntry | RemoveDuplicateLog:
    """The removal of the record that the entry has now, unless that is the one to keep."""
    if isinstance(message, RemoveDuplicateEntry):
        remote_id, kept = due.remote.id if due.remote else None, message.kept.id
    else:
        remote_id, kept = due.log_id, message.kept
    is_removable = message.removed is not None and remote_id not in (None, kept)
    return replace(message, removed=remote_id) if is_removable else message


def _with_decided_route(message: CorrectTimes, due: DueDelivery) -> CorrectTimes:
    """The correction with the route of its task, which was decided since."""
    if message.task is None or message.task.key != due.entry.task.key:
        return message
    return replace(message, route=due.entry.route) if message.route.is_open else message


def _with_known_stop(message: CorrectTimes, due: DueDelivery) -> CorrectTimes:
    """Add the stop to a correction of the start: alone it may lie after TimeCrowd's stop.

    Where TimeCrowd has no stop yet, the stop is sent alone, so that no other stop is
    overwritten.
    """
    has_remote_stop = due.remote is not None and due.remote.stopped_at is not None
    if message.stopped_at is not None or due.stopped_at is None or not has_remote_stop:
        return message
    return replace(message, stopped_at=due.stopped_at)


def is_redundant(due: DueDelivery) -> bool:
    """Whether the service is known to hold what the delivery would send."""
    message, remote = due.delivery.message, due.remote
    if remote is None:
        return False
    match message:
        case StopEntry(stopped_at):
            return remote.stopped_at is not None and is_same_instant(remote.stopped_at, stopped_at)
        case CorrectTimes(started_at, stopped_at, task):
            return task is None and times_match(remote, started_at, stopped_at)
        case StartEntry() | RecordEntry() | CommentEntry() | DeleteEntry() | RemoveDuplicateEntry():
            return False
        case LogTime() | FindCard() | UpdateLog() | DeleteLog() | RemoveDuplicateLog():
            return False
        case DamagedMessage():
            return False


def creates_entry(delivery: Delivery) -> bool:
    """Whether the delivery makes the entry in TimeCrowd."""
    return kind_of(delivery.message) in (MessageKind.START, MessageKind.ENTRY)


def rebuilt_message(delivery: Delivery, logged: LoggedEntry) -> Message | None:
    """A damaged message, rebuilt from its entry as it is now; None if it cannot be.

    The log that a change or a removal was about cannot be found by the entry.
    """
    damaged, entry, stopped_at = delivery.message, logged.entry, logged.stopped_at
    if not isinstance(damaged, DamagedMessage) or damaged.about is not None:
        return None
    rebuilt: Message | None = None
    match damaged.service, damaged.kind:
        case Service.KAITEN, MessageKind.LOG if damaged.card and damaged.for_date:
            if delivery.minutes:
                rebuilt = LogTime(damaged.card, damaged.for_date, delivery.minutes, entry.comment)
        case Service.TIMECROWD, MessageKind.COMMENT if entry.comment and not delivery.attempts:
            rebuilt = CommentEntry(entry.comment)
        case Service.TIMECROWD, MessageKind.START:
            rebuilt = StartEntry(entry.task, entry.started_at, entry.route)
        case Service.TIMECROWD, MessageKind.DELETE if logged.is_deleted:
            rebuilt = DeleteEntry()
        case Service.TIMECROWD, MessageKind.TIMES:
            rebuilt = CorrectTimes(entry.started_at, stopped_at, entry.task, entry.route)
        case Service.TIMECROWD, MessageKind.STOP if stopped_at is not None:
            rebuilt = StopEntry(stopped_at)
        case Service.TIMECROWD, MessageKind.ENTRY if stopped_at is not None:
            rebuilt = RecordEntry(entry.task, entry.started_at, stopped_at, entry.route)
        case _:
            pass
    return rebuilt


def creating_delivery(earlier: tuple[Delivery, ...]) -> Delivery | None:
    """The delivery that makes the entry in TimeCrowd; the latest, if it was made again."""
    return next((each for each in reversed(earlier) if creates_entry(each)), None)


def is_stop_conflict(delivery: Delivery, remote: RemoteEntry | None) -> bool:
    """Whether both sides have different stops, and a person must choose."""
    has_remote_stop = remote is not None and remote.stopped_at is not None
    is_stop = isinstance(delivery.message, StopEntry)
    return delivery.state is DeliveryState.BLOCKED and is_stop and has_remote_stop


def has_no_record(delivery: Delivery) -> bool:
    """Whether it is done and made no record of its own: a search for a card, or a comment."""
    is_comment = isinstance(delivery.message, CommentEntry)
    return is_ended_search(delivery) or (is_comment and delivery.state is DeliveryState.DONE)


def is_dropped_start(earlier: tuple[Delivery, ...]) -> bool:
    """Whether the user decided that TimeCrowd does not get the entry."""
    creation = creating_delivery(earlier)
    return creation is not None and creation.state is DeliveryState.DROPPED


def is_enqueued_for_timecrowd(earlier: tuple[Delivery, ...]) -> bool:
    """Whether TimeCrowd knows the entry, or a delivery will make it there."""
    creation = creating_delivery(earlier)
    return creation is not None and creation.state is not DeliveryState.DROPPED


def card_search(deliveries: Sequence[Delivery]) -> Delivery | None:
    """The search for the card of an entry, if its task names one by a key; the latest."""
    found = (each for each in reversed(deliveries) if isinstance(each.message, FindCard))
    return next(found, None)


def is_ended_search(delivery: Delivery) -> bool:
    """Whether it found the card of its entry: Kaiten holds nothing of it."""
    return isinstance(delivery.message, FindCard) and delivery.state is DeliveryState.DONE


def stop_message_for(finished: FinishedEntry, earlier: tuple[Delivery, ...]) -> Message | None:
    """The message for an entry's end, given the `earlier` deliveries.

    An entry that began before TimeCrowd was set up is sent as a finished one; an entry whose start
    the user dropped is not sent.
    """
    creation = creating_delivery(earlier)
    if creation is None:
        return record_message(finished)
    if creation.state is DeliveryState.DROPPED:
        return None
    return StopEntry(finished.stopped_at)


def drop_cascade(delivery: Delivery, siblings: tuple[Delivery, ...]) -> tuple[Delivery, ...]:
    """What is dropped when the user drops `delivery`.

    Without its start, an entry in TimeCrowd can be neither stopped nor corrected nor deleted;
    without its log there is nothing in Kaiten to change or to remove.
    """
    if creates_entry(delivery):
        dependent = [each for each in siblings if service_of(each.message) is Service.TIMECROWD]
    elif makes_log(delivery.message):
        dependent = [each for each in siblings if about_of(each.message) == delivery.id]
    else:
        dependent = []
    undecided = (DeliveryState.WAITING, DeliveryState.BLOCKED, DeliveryState.UNKNOWN)
    return (
        delivery,
        *(each for each in dependent if each.id > delivery.id and each.state in undecided),
    )


@dataclass(frozen=True, slots=True)
class LoggedEntry:
    """An entry with its deliveries.

    `stopped_at` is None while it runs; `remote` is what TimeCrowd last said of it; `zone` is the
    one its dates were found in; one that was cancelled or deleted is `is_deleted`.
    """

    entry: Entry
    stopped_at: datetime | None
    deliveries: tuple[Delivery, ...]
    remote: RemoteEntry | None = None
    zone: str | None = None
    is_deleted: bool = False
    covered_dates: tuple[date, ...] = ()
    """The dates on which it has no log: earlier logs of the card hold all minutes of the day."""


@dataclass(frozen=True, slots=True)
class LateCheck:
    """A done delivery that a delayed request may duplicate, checked `since` it was done."""

    due: DueDelivery
    since: ClockReading
