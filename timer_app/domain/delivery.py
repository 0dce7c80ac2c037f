"""What a service must be told, and the life of that message.

    waiting -> sending -> done            the service answered
                       -> waiting         certainly not sent: again later
                       -> unknown         may have arrived: look before repeating
                       -> blocked         refused: a person decides
    unknown, blocked, waiting -> waiting  by `retry`
                              -> dropped  by `drop`

Nothing else leaves the journal's work list, and a row found `sending` at start-up is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from timer_app.domain.card import Card
from timer_app.domain.entry import Entry, FinishedEntry
from timer_app.domain.outcome import RemoteEntry
from timer_app.domain.task import Task

TRUE_TIME_TOLERANCE = timedelta(seconds=1)


class Service(Enum):
    """Who is told."""

    TIMECROWD = "timecrowd"
    KAITEN = "kaiten"


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


@dataclass(frozen=True, slots=True)
class CorrectTimes:
    """TimeCrowd: the entry's true times; `stopped_at` is None while it runs."""

    started_at: datetime
    stopped_at: datetime | None


@dataclass(frozen=True, slots=True)
class LogTime:
    """Kaiten: `minutes` on `card` for `for_date`."""

    card: Card
    for_date: date
    minutes: int
    comment: str


@dataclass(frozen=True, slots=True)
class DeleteEntry:
    """TimeCrowd: the entry is to be removed, by the id that TimeCrowd gave us for it."""


Message = StartEntry | StopEntry | RecordEntry | CorrectTimes | LogTime | DeleteEntry


class Kind(Enum):
    """The names by which the outside knows the messages."""

    START = "start"
    STOP = "stop"
    ENTRY = "entry"
    TIMES = "times"
    LOG = "log"
    DELETE = "delete"


def kind_of(message: Message) -> Kind:
    """The message's kind."""
    match message:
        case StartEntry():
            return Kind.START
        case StopEntry():
            return Kind.STOP
        case RecordEntry():
            return Kind.ENTRY
        case CorrectTimes():
            return Kind.TIMES
        case LogTime():
            return Kind.LOG
        case DeleteEntry():
            return Kind.DELETE


def service_of(message: Message) -> Service:
    """Who the message is for."""
    return Service.KAITEN if isinstance(message, LogTime) else Service.TIMECROWD


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message about one entry, and where it stands.

    `id` is its place in the order; `sent_at` is when the latest attempt began. An unknown one
    is `left_to_person` once a look could not tell whether it arrived.
    """

    id: int
    entry_id: str
    message: Message
    state: DeliveryState
    attempts: int = 0
    remote_id: str | None = None
    error: str = ""
    sent_at: datetime | None = None
    left_to_person: bool = False

    @property
    def needs_person(self) -> bool:
        """Whether nothing happens until a person decides: refused, or looked for in vain."""
        unknown = self.state is DeliveryState.UNKNOWN
        return self.state is DeliveryState.BLOCKED or (unknown and self.left_to_person)


@dataclass(frozen=True, slots=True)
class Due:
    """A delivery whose turn it is, with all that is known of its entry.

    `stopped_at` is None while the entry runs; `remote` is what TimeCrowd last said of it.
    """

    delivery: Delivery
    entry: Entry
    stopped_at: datetime | None
    remote: RemoteEntry | None


def as_true_as_now(due: Due) -> Message:
    """What to send in place of a message that time has overtaken.

    A start whose entry is over must not start anything now: it is told as a closed entry.
    """
    message = due.delivery.message
    if isinstance(message, StartEntry) and due.stopped_at is not None:
        return RecordEntry(message.task, message.started_at, due.stopped_at)
    return message


def already_true(due: Due) -> bool:
    """Whether the service is known to hold what the delivery would tell it."""
    message, remote = due.delivery.message, due.remote
    if remote is None:
        return False
    match message:
        case StopEntry(stopped_at):
            return remote.stopped_at is not None and near(remote.stopped_at, stopped_at)
        case CorrectTimes(started_at, stopped_at):
            return holds(remote, started_at, stopped_at)
        case StartEntry() | RecordEntry() | LogTime() | DeleteEntry():
            return False


def correction(entry: Entry, stopped_at: datetime | None, held: RemoteEntry) -> CorrectTimes | None:
    """What must be corrected in TimeCrowd now that it holds `held` for the entry.

    Nothing while the stop has still to be told: its answer decides about both times.
    """
    if held.stopped_at is None and stopped_at is not None:
        return None
    if holds(held, entry.started_at, stopped_at):
        return None
    return CorrectTimes(entry.started_at, stopped_at)


def holds(held: RemoteEntry, started_at: datetime, stopped_at: datetime | None) -> bool:
    """Whether TimeCrowd's times are the true ones, within a second; a stop None is not compared."""
    if not near(held.started_at, started_at):
        return False
    if stopped_at is None or held.stopped_at is None:
        return stopped_at is None
    return near(held.stopped_at, stopped_at)


def near(one: datetime, other: datetime) -> bool:
    """Whether two instants are the same to both services."""
    return abs(one - other) <= TRUE_TIME_TOLERANCE


@dataclass(frozen=True, slots=True)
class Destinations:
    """Which services are set up and get deliveries."""

    timecrowd: bool
    kaiten: bool


def recorded(finished: FinishedEntry) -> RecordEntry:
    """The message for an entry that TimeCrowd has never heard of."""
    return RecordEntry(finished.entry.task, finished.entry.started_at, finished.stopped_at)


def makes_entry(delivery: Delivery) -> bool:
    """Whether the delivery is the one by which TimeCrowd first hears of its entry."""
    return isinstance(delivery.message, StartEntry | RecordEntry)


def fitting_stop(finished: FinishedEntry, earlier: tuple[Delivery, ...]) -> Message | None:
    """How TimeCrowd is told of an entry's end, given what it was told `earlier`.

    An entry begun before TimeCrowd was set up is told whole; one whose beginning the user
    dropped is not told at all.
    """
    begun = [delivery for delivery in earlier if makes_entry(delivery)]
    if not begun:
        return recorded(finished)
    if all(delivery.state is DeliveryState.DROPPED for delivery in begun):
        return None
    return StopEntry(finished.stopped_at)


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What becomes of an entry's deliveries when it is cancelled."""

    dropped: tuple[Delivery, ...]
    delete: bool


def withdrawal(earlier: tuple[Delivery, ...]) -> Withdrawal:
    """Drop what was certainly not sent; delete only what TimeCrowd has or may have."""
    unsent = {DeliveryState.WAITING, DeliveryState.BLOCKED}
    dropped = tuple(delivery for delivery in earlier if delivery.state in unsent)
    gone = unsent | {DeliveryState.DROPPED}
    return Withdrawal(dropped, any(makes_entry(d) and d.state not in gone for d in earlier))


def dropped_with(delivery: Delivery, siblings: tuple[Delivery, ...]) -> tuple[Delivery, ...]:
    """What is dropped when the user drops `delivery`.

    Without its beginning, an entry in TimeCrowd can neither be stopped nor corrected nor
    deleted, so those go with it.
    """
    if not makes_entry(delivery):
        return (delivery,)
    lost = [
        other
        for other in siblings
        if service_of(other.message) is Service.TIMECROWD
        and other.id != delivery.id
        and other.state in (DeliveryState.WAITING, DeliveryState.BLOCKED, DeliveryState.UNKNOWN)
    ]
    return (delivery, *lost)
