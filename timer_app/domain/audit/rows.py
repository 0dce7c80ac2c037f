"""Audit rows: the journal beside what a service holds. Matched, missing, extra, different.

The rows and their repairs; timecrowd.py and kaiten.py find them. Pure: the services' answers come
in as values. Nothing is repaired unless a person says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from enum import Enum

from timer_app.domain.delivery.outbox import (
    OPEN,
    Delivery,
    DeliveryState,
)
from timer_app.domain.delivery.outcomes import RemoteEntry
from timer_app.domain.delivery.remote_changes import TrackedEntry
from timer_app.domain.delivery.service_messages import (
    DeleteLog,
    LogTime,
    RecordEntry,
    StartEntry,
    UpdateLog,
)
from timer_app.domain.entries.card import Card
from timer_app.domain.entries.entry import Entry
from timer_app.domain.messages import AuditRowMessageId
from timer_app.domain.service import Service
from timer_app.domain.user_message import UserMessage


class AuditVerdict(Enum):
    """How what the journal says stands to what the service holds."""

    MATCHED = "matched"
    MISSING = "missing"
    EXTRA = "extra"
    DIFFERENT = "different"


class NextStep(Enum):
    """What brings a row right, where no repair does."""

    NONE = ""
    WAITS = "timer-app sync"
    PERSON = "timer-app problems"


# -------------------------------------------------------------------- repairs


@dataclass(frozen=True, slots=True)
class CorrectEntryTimes:
    """TimeCrowd gets the journal's times for an entry that it has as `remote_entry`."""

    entry_id: str
    remote_entry: RemoteEntry
    started_at: datetime
    stopped_at: datetime | None

    @property
    def sentence(self) -> str:
        """What it does, for people."""
        return "Give TimeCrowd the journal's times."


@dataclass(frozen=True, slots=True)
class RecordEntryAgain:
    """Record the entry in TimeCrowd as a new one.

    `obsolete` are refused messages about a record that is gone.
    """

    entry_id: str
    message: StartEntry | RecordEntry
    obsolete: tuple[Delivery, ...] = ()

    @property
    def sentence(self) -> str:
        """What it does, for people."""
        begins = isinstance(self.message, StartEntry)
        return "Start it in TimeCrowd." if begins else "Record it in TimeCrowd."


@dataclass(frozen=True, slots=True)
class LinkRemoteEntry:
    """What TimeCrowd has as `remote_entry` is the entry; nothing is sent."""

    entry_id: str
    message: StartEntry | RecordEntry
    remote_entry: RemoteEntry

    @property
    def sentence(self) -> str:
        """What it does, for people."""
        return f"Take TimeCrowd's entry {self.remote_entry.id} for this one; nothing is sent."


@dataclass(frozen=True, slots=True)
class ImportEntry:
    """The journal gets an entry that is over and that another device made."""

    remote_entry: TrackedEntry

    @property
    def sentence(self) -> str:
        """What it does, for people."""
        return "Take it into the journal; if its task is a card, Kaiten gets its log."


@dataclass(frozen=True, slots=True)
class DeleteRemoteEntry:
    """TimeCrowd removes the entry that was deleted here."""

    entry_id: str
    remote_entry: RemoteEntry

    @property
    def sentence(self) -> str:
        """What it does, for people."""
        return "Delete it in TimeCrowd."


@dataclass(frozen=True, slots=True)
class DeleteFormerEntry:
    """TimeCrowd removes `former`, which the entry was before delivery `about` made it `kept`."""

    entry_id: str
    about: int
    former: str
    kept: RemoteEntry

    @property
    def sentence(self) -> str:
        """What it does, for people."""
        return "Delete it in TimeCrowd."


@dataclass(frozen=True, slots=True)
class CorrectLogValues:
    """Kaiten gets the minutes and the comment that its log must have."""

    entry_id: str
    change: UpdateLog

    @property
    def sentence(self) -> str:
        """What it does, for people."""
        return "Give Kaiten's log the journal's minutes and comment."


@dataclass(frozen=True, slots=True)
class LogTimeAgain:
    """Log the time in Kaiten as a new log.

    `replaces` is the delivery whose minutes it takes over, if any; `removal` deletes what Kaiten
    holds of that; `obsolete` are refused messages about a record that is gone.
    """

    entry_id: str
    message: LogTime
    replaces: Delivery | None = None
    removal: DeleteLog | None = None
    obsolete: tuple[Delivery, ...] = ()

    @property
    def sentence(self) -> str:
        """What it does, for people."""
        if self.removal is None:
            return "Log it in Kaiten."
        return "Log it again in Kaiten, and delete the log that is wrong."


@dataclass(frozen=True, slots=True)
class DeleteRemoteLog:
    """Kaiten removes a log that was removed here, by the id that it gave us for it."""

    entry_id: str
    removal: DeleteLog

    @property
    def sentence(self) -> str:
        """What it does, for people."""
        return "Delete it in Kaiten."


AuditRepair = (
    CorrectEntryTimes
    | RecordEntryAgain
    | LinkRemoteEntry
    | ImportEntry
    | DeleteRemoteEntry
    | DeleteFormerEntry
    | CorrectLogValues
    | LogTimeAgain
    | DeleteRemoteLog
)


# -------------------------------------------------------------------- rows


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One thing that the journal, a service or both hold.

    `key` names the row in commands. A row has a repair or a next step, never both; one with neither
    is correct, or not ours.
    """

    key: str
    service: Service
    verdict: AuditVerdict
    sentences: tuple[UserMessage, ...]
    entry_id: str | None = None
    remote_id: str | None = None
    repair: AuditRepair | None = None
    next_step: NextStep = NextStep.NONE

    @property
    def detail(self) -> str:
        """What it is, in English."""
        return " ".join(map(str, self.sentences))


def row_key(service: Service, *parts: object) -> str:
    """The name of a row: `timecrowd:6131`."""
    return ":".join([service.value, *map(str, parts)])


def as_changed_meanwhile(row: AuditRow) -> AuditRow:
    """The row of something that changed while the service was asked: nothing is to be repaired."""
    if row.verdict is AuditVerdict.MATCHED:
        return row
    sentences = (*row.sentences, UserMessage(AuditRowMessageId.CHANGED))
    return replace(row, sentences=sentences, repair=None, next_step=NextStep.WAITS)


# -------------------------------------------------------------------- what is compared


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """An entry of the journal with its deliveries; see `LoggedEntry` for the fields."""

    entry: Entry
    stopped_at: datetime | None
    deliveries: tuple[Delivery, ...]
    remote: RemoteEntry | None = None
    is_deleted: bool = False


@dataclass(frozen=True, slots=True)
class KnownRemote:
    """What the journal knows of an id of a service.

    Its `deliveries` have that id, or had it; `entries` are theirs, by entry id.
    """

    deliveries: tuple[Delivery, ...] = ()
    entries: Mapping[str, AuditEntry] | None = None

    def entry(self, delivery: Delivery) -> AuditEntry | None:
        """The entry of one of the deliveries."""
        return (self.entries or {}).get(delivery.entry_id)


KnownRemotes = Mapping[str, KnownRemote]


@dataclass(frozen=True, slots=True)
class KaitenLog:
    """A time log as Kaiten lists it."""

    id: str
    minutes: int
    comment: str


CardDate = tuple[Card, date]
KaitenLogs = Mapping[CardDate, Sequence[KaitenLog]]


@dataclass(frozen=True, slots=True)
class AuditPeriod:
    """The dates that are audited, both included, and the instants they begin at and end before."""

    first: date
    last: date
    begins: datetime
    ends: datetime


# -------------------------------------------------------------------- words


def pending_reason(waiting: Sequence[Delivery]) -> tuple[UserMessage, NextStep]:
    """What open deliveries wait for, as a sentence, and what helps."""
    for each in waiting:
        if each.needs_user:
            return _needs_person(each), NextStep.PERSON
    for each in waiting:
        if each.state in (DeliveryState.SENDING, DeliveryState.UNKNOWN):
            return UserMessage(AuditRowMessageId.BEING_SENT, each.id), NextStep.WAITS
    first = waiting[0]
    if first.error:
        return UserMessage(AuditRowMessageId.WAITS_BECAUSE, first.id, first.error), NextStep.WAITS
    return UserMessage(AuditRowMessageId.WAITS, first.id), NextStep.WAITS


def _needs_person(delivery: Delivery) -> UserMessage:
    if delivery.is_refused_without_message:
        return UserMessage(
            AuditRowMessageId.NEEDS_YOU_WORDLESS, delivery.id, delivery.refused_status
        )
    if delivery.refused_status is not None:
        return UserMessage(AuditRowMessageId.NEEDS_YOU, delivery.id, delivery.error)
    if delivery.state is DeliveryState.BLOCKED:
        return UserMessage(AuditRowMessageId.NEEDS_YOU_UNSENT, delivery.id, delivery.error)
    return UserMessage(AuditRowMessageId.MAYBE_ARRIVED, delivery.id)


def open_deliveries(deliveries: Sequence[Delivery]) -> list[Delivery]:
    """The deliveries that are still open."""
    return [each for each in deliveries if each.state in OPEN]


def format_entry(
    title: str, started_at: datetime, stopped_at: datetime | None, zone: tzinfo
) -> str | UserMessage:
    """A task and both times."""
    if stopped_at is None:
        begin = f"{started_at.astimezone(zone):%Y-%m-%d %H:%M:%S}"
        return UserMessage(AuditRowMessageId.ENTRY_RUNNING, title, begin)
    return f"{title}, {format_span(started_at, stopped_at, zone)}"


def format_span(
    started_at: datetime, stopped_at: datetime | None, zone: tzinfo
) -> str | UserMessage:
    """Both times, local: `2026-11-22 12:00:00–13:00:00`, `…–now`."""
    begin = started_at.astimezone(zone)
    if stopped_at is None:
        return UserMessage(AuditRowMessageId.RUNNING, f"{begin:%Y-%m-%d %H:%M:%S}")
    end = stopped_at.astimezone(zone)
    same_day = begin.date() == end.date()
    shown = f"{end:%H:%M:%S}" if same_day else f"{end:%Y-%m-%d %H:%M:%S}"
    return f"{begin:%Y-%m-%d %H:%M:%S}–{shown}"
