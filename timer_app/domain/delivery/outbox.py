"""Messages to the services, and the life of a delivery.

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
from datetime import date, datetime, timedelta
from enum import Enum

from timer_app.domain.clock import ClockReading
from timer_app.domain.delivery.outcomes import Refused, RemoteEntry
from timer_app.domain.entries.card import Card, CardKey
from timer_app.domain.entries.entry import Entry, FinishedEntry
from timer_app.domain.entries.route import PLAIN, Route
from timer_app.domain.entries.task import Task
from timer_app.domain.service import Service

TIME_TOLERANCE = timedelta(seconds=1)


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
class StartEntry:
    """TimeCrowd: this task begins now; the true start is `started_at`."""

    task: Task
    started_at: datetime
    route: Route = PLAIN


@dataclass(frozen=True, slots=True)
class StopEntry:
    """TimeCrowd: the entry ends now; the true stop is `stopped_at`."""

    stopped_at: datetime


@dataclass(frozen=True, slots=True)
class RecordEntry:
    """TimeCrowd: an entry that is already over."""

    task: Task
    started_at: datetime
    stopped_at: datetime
    route: Route = PLAIN


@dataclass(frozen=True, slots=True)
class CorrectTimes:
    """TimeCrowd: the entry's true times; `stopped_at` is None while it runs.

    With a `task` the entry moves to that one as well, which is made where `route` says.
    """

    started_at: datetime
    stopped_at: datetime | None
    task: Task | None = None
    route: Route = PLAIN


@dataclass(frozen=True, slots=True)
class CommentEntry:
    """TimeCrowd: the comment of an entry that is over, its first one.

    Whether a second one is appended or replaces the first is not known, so one is sent once, and
    never again where its outcome is unknown.
    """

    comment: str


@dataclass(frozen=True, slots=True)
class LogTime:
    """Kaiten: `minutes` on `card` for `for_date`.

    `reference` identifies the log's entry: "TimeCrowd 6135", or our own entry id while TimeCrowd
    does not know the entry; "" for none. `similar_log` is the id of a log without a reference that
    may be this one: a person is asked about it while this is blocked, and answered that it is not
    when this waits.
    """

    card: Card
    for_date: date
    minutes: int
    comment: str
    reference: str = ""
    similar_log: str = ""


@dataclass(frozen=True, slots=True)
class FindCard:
    """Kaiten: which card has this key; the entry's logs wait for the answer.

    An entry that another device began may name its card by the key alone.
    """

    card_key: CardKey


@dataclass(frozen=True, slots=True)
class UpdateLog:
    """Kaiten: the log that delivery `about` made has other minutes, comment or `reference`."""

    about: int
    card: Card
    for_date: date
    minutes: int
    comment: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class DeleteEntry:
    """TimeCrowd: the entry is to be removed, by the id that TimeCrowd gave us for it."""


@dataclass(frozen=True, slots=True)
class DeleteLog:
    """Kaiten: the log that delivery `about` made is to be removed, by its id.

    One that `asks` is of an entry that was deleted elsewhere: a person says whether it goes too.
    """

    about: int
    card: Card
    for_date: date
    asks: bool = False


@dataclass(frozen=True, slots=True)
class RemoveDuplicateEntry:
    """TimeCrowd: a held-up request made the entry of delivery `about` twice; remove one.

    `removed` is the id that we were answered with; `kept` is the other one, which takes its place.
    Without such an id nothing of ours is there to remove: the person removes it in TimeCrowd.
    """

    about: int
    removed: str | None
    kept: RemoteEntry


@dataclass(frozen=True, slots=True)
class RemoveDuplicateLog:
    """Kaiten: the same for a time log; `kept` is the other log's id."""

    about: int
    card: Card
    for_date: date
    removed: str | None
    kept: str


@dataclass(frozen=True, slots=True)
class DamagedMessage:
    """A message that cannot be read in the journal, and what is known of it.

    It is never sent as it is: the user decides whether it is made again from its entry.
    """

    service: Service
    kind: MessageKind
    about: int | None = None
    card: Card | None = None
    for_date: date | None = None


TimeCrowdMessage = (
    StartEntry
    | StopEntry
    | RecordEntry
    | CorrectTimes
    | CommentEntry
    | DeleteEntry
    | RemoveDuplicateEntry
)
LogMessage = LogTime | UpdateLog | DeleteLog | RemoveDuplicateLog
KaitenMessage = LogMessage | FindCard
Message = TimeCrowdMessage | KaitenMessage | DamagedMessage
ExistingLogMessage = UpdateLog | DeleteLog | RemoveDuplicateLog


class MessageKind(Enum):
    """The kinds of messages, as JSON and the command line name them."""

    START = "start"
    STOP = "stop"
    ENTRY = "entry"
    TIMES = "times"
    COMMENT = "comment"
    LOG = "log"
    DELETE = "delete"


def kind_of(message: Message) -> MessageKind:
    """The message's kind."""
    return message.kind if isinstance(message, DamagedMessage) else _kind_of(message)


def _kind_of(  # noqa: PLR0911 - a kind for each message
    message: TimeCrowdMessage | KaitenMessage,
) -> MessageKind:
    match message:
        case StartEntry():
            return MessageKind.START
        case StopEntry():
            return MessageKind.STOP
        case RecordEntry():
            return MessageKind.ENTRY
        case CorrectTimes() | UpdateLog():
            return MessageKind.TIMES
        case CommentEntry():
            return MessageKind.COMMENT
        case LogTime() | FindCard():
            return MessageKind.LOG
        case DeleteEntry() | DeleteLog() | RemoveDuplicateEntry() | RemoveDuplicateLog():
            return MessageKind.DELETE


def service_of(message: Message) -> Service:
    """The service that gets the message."""
    if isinstance(message, DamagedMessage):
        return message.service
    return Service.KAITEN if isinstance(message, KaitenMessage) else Service.TIMECROWD


def is_sent_once(message: Message) -> bool:
    """Whether it is never repeated after an unknown outcome, not even if a person wants it."""
    return kind_of(message) is MessageKind.COMMENT


def about_of(message: Message) -> int | None:
    """The id of the delivery that the message changes or removes, if any."""
    has_about = ExistingLogMessage | RemoveDuplicateEntry | DamagedMessage
    return message.about if isinstance(message, has_about) else None


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


def correction(
    entry: Entry, stopped_at: datetime | None, remote: RemoteEntry
) -> CorrectTimes | None:
    """The correction that TimeCrowd needs now that it holds `remote` for the entry.

    None while the stop is still to be sent: its answer decides about both times.
    """
    if remote.stopped_at is None and stopped_at is not None:
        return None
    if times_match(remote, entry.started_at, stopped_at):
        return None
    return CorrectTimes(entry.started_at, stopped_at)


def start_correction(entry: Entry, remote: RemoteEntry) -> CorrectTimes | None:
    """The entry's true start beside TimeCrowd's stop, which a person decided to keep.

    None where TimeCrowd has that start, or where the stop lies before it: both cannot be sent.
    """
    remote_stop = remote.stopped_at
    if (
        remote_stop is None
        or is_same_instant(remote.started_at, entry.started_at)
        or remote_stop <= entry.started_at
    ):
        return None
    return CorrectTimes(entry.started_at, remote_stop)


def times_match(remote: RemoteEntry, started_at: datetime, stopped_at: datetime | None) -> bool:
    """Whether TimeCrowd's times are the true ones, within a second; a stop None is not compared."""
    if not is_same_instant(remote.started_at, started_at):
        return False
    if stopped_at is None or remote.stopped_at is None:
        return stopped_at is None
    return is_same_instant(remote.stopped_at, stopped_at)


def is_same_instant(first: datetime, second: datetime) -> bool:
    """Whether two instants are the same to both services."""
    return abs(first - second) <= TIME_TOLERANCE


@dataclass(frozen=True, slots=True)
class Destinations:
    """Which services are set up and get deliveries; TimeCrowd gets `comments` if it is wanted."""

    timecrowd: bool
    kaiten: bool
    comments: bool = False


def record_message(finished: FinishedEntry) -> RecordEntry:
    """The message that records a finished entry that TimeCrowd does not know."""
    entry = finished.entry
    return RecordEntry(entry.task, entry.started_at, finished.stopped_at, entry.route)


def creates_entry(delivery: Delivery) -> bool:
    """Whether the delivery makes the entry in TimeCrowd."""
    return kind_of(delivery.message) in (MessageKind.START, MessageKind.ENTRY)


def makes_task(message: Message) -> bool:
    """Whether TimeCrowd may have to create the task of the message, by the entry's route.

    A task that was chosen among TimeCrowd's own exists already.
    """
    match message:
        case StartEntry(task) | RecordEntry(task):
            return task.timecrowd is None
        case CorrectTimes(task=Task() as task):
            return task.timecrowd is None
        case _:
            return False


def makes_log(message: Message) -> bool:
    """Whether the message makes a log in Kaiten."""
    return kind_of(message) is MessageKind.LOG


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
