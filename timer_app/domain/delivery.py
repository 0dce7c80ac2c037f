"""What a service must be told, and the life of that message.

    waiting -> sending -> done            the service answered
                       -> waiting         certainly not sent: again later
                       -> unknown         may have arrived: look before repeating
                       -> blocked         refused, or both sides differ: a person decides
    unknown, blocked, waiting -> waiting  by `retry`
                              -> dropped  by `drop`

Nothing else leaves the journal's work list, and a row found `sending` at start-up is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum

from timer_app.domain.card import Card
from timer_app.domain.clock_reading import Reading
from timer_app.domain.entry import Entry, FinishedEntry
from timer_app.domain.outcome import Refused, RemoteEntry
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
    """TimeCrowd: the entry's true times; `stopped_at` is None while it runs.

    With a `task` the entry moves to that one as well.
    """

    started_at: datetime
    stopped_at: datetime | None
    task: Task | None = None


@dataclass(frozen=True, slots=True)
class LogTime:
    """Kaiten: `minutes` on `card` for `for_date`."""

    card: Card
    for_date: date
    minutes: int
    comment: str


@dataclass(frozen=True, slots=True)
class ChangeLog:
    """Kaiten: the log that delivery `about` made has other minutes or another comment."""

    about: int
    card: Card
    for_date: date
    minutes: int
    comment: str


@dataclass(frozen=True, slots=True)
class DeleteEntry:
    """TimeCrowd: the entry is to be removed, by the id that TimeCrowd gave us for it."""


@dataclass(frozen=True, slots=True)
class DeleteLog:
    """Kaiten: the log that delivery `about` made is to be removed, by its id."""

    about: int
    card: Card
    for_date: date


@dataclass(frozen=True, slots=True)
class RemoveDoubleEntry:
    """TimeCrowd: a held-up request made the entry of delivery `about` twice; remove one.

    `removed` is the id that we were answered with; `kept` is the other one, which takes its place.
    Without such an id nothing of ours is there to remove: the person removes it in TimeCrowd.
    """

    about: int
    removed: str | None
    kept: RemoteEntry


@dataclass(frozen=True, slots=True)
class RemoveDoubleLog:
    """Kaiten: the same for a time log; `kept` is the other log's id."""

    about: int
    card: Card
    for_date: date
    removed: str | None
    kept: str


ToTimeCrowd = StartEntry | StopEntry | RecordEntry | CorrectTimes | DeleteEntry | RemoveDoubleEntry
ToKaiten = LogTime | ChangeLog | DeleteLog | RemoveDoubleLog
Message = ToTimeCrowd | ToKaiten
AboutLog = ChangeLog | DeleteLog | RemoveDoubleLog


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
        case CorrectTimes() | ChangeLog():
            return Kind.TIMES
        case LogTime():
            return Kind.LOG
        case DeleteEntry() | DeleteLog() | RemoveDoubleEntry() | RemoveDoubleLog():
            return Kind.DELETE


def service_of(message: Message) -> Service:
    """Who the message is for."""
    return Service.KAITEN if isinstance(message, ToKaiten) else Service.TIMECROWD


def about_of(message: Message) -> int | None:
    """The delivery that the message is about, if it is about one."""
    return message.about if isinstance(message, AboutLog | RemoveDoubleEntry) else None


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message about one entry, and where it stands.

    `id` is its place in the order; `sent_at` is when the latest attempt began. An unknown one
    is `left_to_person` once a look could not tell whether it arrived. `minutes` is what a log
    holds or will hold when everything about it is delivered; None for all other kinds.
    `refused_status` is HTTP's of a refusal, None where it had none.
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
    minutes: int | None = None
    refused_status: int | None = None

    @property
    def needs_person(self) -> bool:
        """Whether nothing happens until a person decides: refused, or looked for in vain."""
        unknown = self.state is DeliveryState.UNKNOWN
        return self.state is DeliveryState.BLOCKED or (unknown and self.left_to_person)

    @property
    def wordless(self) -> bool:
        """Whether a service refused it with nothing but a status, so that no word is its own."""
        status = self.refused_status
        return status is not None and self.error == Refused(status, ()).reason

    @property
    def unsent(self) -> bool:
        """Whether no request of it is under way or in doubt, so that it may be rewritten."""
        return self.state in (DeliveryState.WAITING, DeliveryState.BLOCKED)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to deliver of which nobody knows whether the service acted on it."""

    message: Message
    began: Reading


@dataclass(frozen=True, slots=True)
class Due:
    """A delivery whose turn it is, with all that is known of its entry.

    `stopped_at` is None while the entry runs; `remote` is what TimeCrowd last said of it;
    `log_id` is Kaiten's id of the log that the message is about.
    """

    delivery: Delivery
    entry: Entry
    stopped_at: datetime | None
    remote: RemoteEntry | None
    log_id: str | None = None


def as_true_as_now(due: Due) -> Message:
    """What to send in place of a message that time, or an edit, has overtaken.

    A start whose entry is over must not start anything now: it is told as a closed entry. Of a
    double that goes which has the place now: another double may have taken it since.
    """
    message, entry = due.delivery.message, due.entry
    if isinstance(message, RemoveDoubleEntry | RemoveDoubleLog):
        return _without_its_place(message, due)
    if isinstance(message, CorrectTimes) and message.stopped_at is None:
        return _with_its_end(message, due)
    if not isinstance(message, StartEntry | RecordEntry):
        return message
    if due.stopped_at is not None:
        return RecordEntry(entry.task, entry.started_at, due.stopped_at)
    return StartEntry(entry.task, entry.started_at)


def _without_its_place(
    message: RemoveDoubleEntry | RemoveDoubleLog, due: Due
) -> RemoveDoubleEntry | RemoveDoubleLog:
    """Never the one that is to be kept, which may have the place already."""
    if isinstance(message, RemoveDoubleEntry):
        place, kept = due.remote.id if due.remote else None, message.kept.id
    else:
        place, kept = due.log_id, message.kept
    goes = message.removed is not None and place not in (None, kept)
    return replace(message, removed=place) if goes else message


def _with_its_end(message: CorrectTimes, due: Due) -> CorrectTimes:
    """A start corrected alone may lie behind the end that TimeCrowd has by now, and be refused.

    Where it has none yet the end is told by itself, so that nobody's is overwritten.
    """
    if due.stopped_at is None or due.remote is None or due.remote.stopped_at is None:
        return message
    return replace(message, stopped_at=due.stopped_at)


def already_true(due: Due) -> bool:
    """Whether the service is known to hold what the delivery would tell it."""
    message, remote = due.delivery.message, due.remote
    if remote is None:
        return False
    match message:
        case StopEntry(stopped_at):
            return remote.stopped_at is not None and near(remote.stopped_at, stopped_at)
        case CorrectTimes(started_at, stopped_at, task):
            return task is None and holds(remote, started_at, stopped_at)
        case StartEntry() | RecordEntry() | DeleteEntry() | RemoveDoubleEntry():
            return False
        case LogTime() | ChangeLog() | DeleteLog() | RemoveDoubleLog():
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


def start_beside_their_stop(entry: Entry, held: RemoteEntry) -> CorrectTimes | None:
    """The entry's true start for TimeCrowd, whose own stop a person decided to leave there.

    None where TimeCrowd has that start, or where the stop lies before it: both cannot be told.
    """
    theirs = held.stopped_at
    if theirs is None or near(held.started_at, entry.started_at) or theirs <= entry.started_at:
        return None
    return CorrectTimes(entry.started_at, theirs)


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


def last_beginning(earlier: tuple[Delivery, ...]) -> Delivery | None:
    """The delivery by which TimeCrowd hears of the entry; the latest, where it was made anew."""
    return next((each for each in reversed(earlier) if makes_entry(each)), None)


def is_conflict(delivery: Delivery, remote: RemoteEntry | None) -> bool:
    """Whether both sides claim another stop of the entry, and a person has to say which is true."""
    stopped_there = remote is not None and remote.stopped_at is not None
    is_stop = isinstance(delivery.message, StopEntry)
    return delivery.state is DeliveryState.BLOCKED and is_stop and stopped_there


def is_told(earlier: tuple[Delivery, ...]) -> bool:
    """Whether TimeCrowd has heard of the entry, or is to hear of it."""
    begun = last_beginning(earlier)
    return begun is not None and begun.state is not DeliveryState.DROPPED


def fitting_stop(finished: FinishedEntry, earlier: tuple[Delivery, ...]) -> Message | None:
    """How TimeCrowd is told of an entry's end, given what it was told `earlier`.

    An entry begun before TimeCrowd was set up is told whole; one whose beginning the user
    dropped is not told at all.
    """
    begun = last_beginning(earlier)
    if begun is None:
        return recorded(finished)
    if begun.state is DeliveryState.DROPPED:
        return None
    return StopEntry(finished.stopped_at)


def dropped_with(delivery: Delivery, siblings: tuple[Delivery, ...]) -> tuple[Delivery, ...]:
    """What is dropped when the user drops `delivery`.

    Without its beginning, an entry in TimeCrowd can neither be stopped nor corrected nor
    deleted; without its log there is nothing in Kaiten to change or to remove.
    """
    if makes_entry(delivery):
        lost = [each for each in siblings if service_of(each.message) is Service.TIMECROWD]
    elif isinstance(delivery.message, LogTime):
        lost = [each for each in siblings if about_of(each.message) == delivery.id]
    else:
        lost = []
    undecided = (DeliveryState.WAITING, DeliveryState.BLOCKED, DeliveryState.UNKNOWN)
    return (
        delivery,
        *(each for each in lost if each.id > delivery.id and each.state in undecided),
    )
