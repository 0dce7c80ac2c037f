"""Messages to the services: what an effect tells them, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from timer_app.domain.delivery.outcomes import RemoteEntry
from timer_app.domain.entries.card import Card, CardKey
from timer_app.domain.entries.entry import Entry, FinishedEntry
from timer_app.domain.entries.route import PLAIN, Route
from timer_app.domain.entries.task import Task
from timer_app.domain.service import Service

TIME_TOLERANCE = timedelta(seconds=1)


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
