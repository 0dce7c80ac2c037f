"""The journal beside what a service holds, as rows: matched, missing, extra, different.

Here are the rows, and what can be done about one; auditing_timecrowd.py and auditing_kaiten.py
find them. Pure: the services' answers come in as values. A repair is what a person may tell us
to do; nothing is repaired by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from enum import Enum

from timer_app.domain.card import Card
from timer_app.domain.delivery import (
    OPEN,
    ChangeLog,
    DeleteLog,
    Delivery,
    DeliveryState,
    LogTime,
    RecordEntry,
    Service,
    StartEntry,
)
from timer_app.domain.entry import Entry
from timer_app.domain.following import TrackedEntry
from timer_app.domain.outcome import RemoteEntry
from timer_app.domain.reasons import OfRow
from timer_app.domain.saying import Said, said


class Verdict(Enum):
    """How what the journal says stands to what the service holds."""

    MATCHED = "matched"
    MISSING = "missing"
    EXTRA = "extra"
    DIFFERENT = "different"


class Help(Enum):
    """What brings a row right, where no repair does."""

    NONE = ""
    WAITS = "timer-app sync"
    PERSON = "timer-app problems"


# -------------------------------------------------------------------- repairs


@dataclass(frozen=True, slots=True)
class GiveTimes:
    """TimeCrowd gets the journal's times for an entry that it has as `held`."""

    entry_id: str
    held: RemoteEntry
    started_at: datetime
    stopped_at: datetime | None

    @property
    def sentence(self) -> str:
        """What it does, for people."""
        return "Give TimeCrowd the journal's times."


@dataclass(frozen=True, slots=True)
class RecordAgain:
    """TimeCrowd is told of the entry as of one that it has never heard of.

    `pointless` are refused messages about what is gone.
    """

    entry_id: str
    message: StartEntry | RecordEntry
    pointless: tuple[Delivery, ...] = ()

    @property
    def sentence(self) -> str:
        """What it does, for people."""
        begins = isinstance(self.message, StartEntry)
        return "Start it in TimeCrowd." if begins else "Record it in TimeCrowd."


@dataclass(frozen=True, slots=True)
class Recognize:
    """What TimeCrowd has as `held` is the entry; nothing is sent."""

    entry_id: str
    message: StartEntry | RecordEntry
    held: RemoteEntry

    @property
    def sentence(self) -> str:
        """What it does, for people."""
        return f"Take TimeCrowd's entry {self.held.id} for this one; nothing is sent."


@dataclass(frozen=True, slots=True)
class TakeIn:
    """The journal gets an entry that is over and that another device made."""

    held: TrackedEntry

    @property
    def sentence(self) -> str:
        """What it does, for people."""
        return "Take it into the journal; if its task is a card, Kaiten gets its log."


@dataclass(frozen=True, slots=True)
class RemoveEntry:
    """TimeCrowd removes the entry that was deleted here."""

    entry_id: str
    held: RemoteEntry

    @property
    def sentence(self) -> str:
        """What it does, for people."""
        return "Delete it in TimeCrowd."


@dataclass(frozen=True, slots=True)
class RemoveFormer:
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
class GiveValues:
    """Kaiten gets the minutes and the comment that its log must have."""

    entry_id: str
    change: ChangeLog

    @property
    def sentence(self) -> str:
        """What it does, for people."""
        return "Give Kaiten's log the journal's minutes and comment."


@dataclass(frozen=True, slots=True)
class LogAgain:
    """Kaiten is told of a log as of a new one.

    `instead_of` is the delivery whose minutes it takes over, if there was one; `removal` takes
    away what Kaiten holds of that; `pointless` are refused messages about what is gone.
    """

    entry_id: str
    message: LogTime
    instead_of: Delivery | None = None
    removal: DeleteLog | None = None
    pointless: tuple[Delivery, ...] = ()

    @property
    def sentence(self) -> str:
        """What it does, for people."""
        if self.removal is None:
            return "Log it in Kaiten."
        return "Log it anew in Kaiten, and delete the log that is wrong."


@dataclass(frozen=True, slots=True)
class RemoveLog:
    """Kaiten removes a log that was removed here, by the id that it gave us for it."""

    entry_id: str
    removal: DeleteLog

    @property
    def sentence(self) -> str:
        """What it does, for people."""
        return "Delete it in Kaiten."


Repair = (
    GiveTimes
    | RecordAgain
    | Recognize
    | TakeIn
    | RemoveEntry
    | RemoveFormer
    | GiveValues
    | LogAgain
    | RemoveLog
)


# -------------------------------------------------------------------- rows


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that the journal, a service or both hold.

    `key` is the name by which a person tells us to repair it. A row has a repair or a help, never
    both; one with neither is right, or is none of our business.
    """

    key: str
    service: Service
    verdict: Verdict
    sentences: tuple[Said, ...]
    entry_id: str | None = None
    remote_id: str | None = None
    repair: Repair | None = None
    help: Help = Help.NONE

    @property
    def detail(self) -> str:
        """What it is, in English."""
        return " ".join(map(str, self.sentences))


def key_of(service: Service, *parts: object) -> str:
    """The name of a row: `timecrowd:6131`."""
    return ":".join([service.value, *map(str, parts)])


def in_motion(row: Row) -> Row:
    """The row of something that changed while the service was asked: nothing is to be repaired."""
    if row.verdict is Verdict.MATCHED:
        return row
    sentences = (*row.sentences, said(OfRow.CHANGED))
    return replace(row, sentences=sentences, repair=None, help=Help.WAITS)


# -------------------------------------------------------------------- what is compared


@dataclass(frozen=True, slots=True)
class Booked:
    """An entry of the journal with its deliveries; see `LoggedEntry` for the fields."""

    entry: Entry
    stopped_at: datetime | None
    deliveries: tuple[Delivery, ...]
    remote: RemoteEntry | None = None
    forgotten: bool = False


@dataclass(frozen=True, slots=True)
class Owned:
    """What the journal knows of an id of a service.

    Its `deliveries` have that id, or had it; `entries` are theirs, by entry id.
    """

    deliveries: tuple[Delivery, ...] = ()
    entries: Mapping[str, Booked] | None = None

    def entry(self, delivery: Delivery) -> Booked | None:
        """The entry of one of the deliveries."""
        return (self.entries or {}).get(delivery.entry_id)


Owners = Mapping[str, Owned]


@dataclass(frozen=True, slots=True)
class HeldLog:
    """A time log as Kaiten lists it."""

    id: str
    minutes: int
    comment: str


CardDate = tuple[Card, date]
HeldLogs = Mapping[CardDate, Sequence[HeldLog]]


@dataclass(frozen=True, slots=True)
class Span:
    """The dates that are audited, both included, and the instants they begin at and end before."""

    first: date
    last: date
    begins: datetime
    ends: datetime


# -------------------------------------------------------------------- words


def what_waits(waiting: Sequence[Delivery]) -> tuple[Said, Help]:
    """What open deliveries wait for, as a sentence, and what helps."""
    for each in waiting:
        if each.needs_person:
            return _needs_person(each), Help.PERSON
    for each in waiting:
        if each.state in (DeliveryState.SENDING, DeliveryState.UNKNOWN):
            return said(OfRow.BEING_SENT, each.id), Help.WAITS
    first = waiting[0]
    if first.error:
        return said(OfRow.WAITS_BECAUSE, first.id, first.error), Help.WAITS
    return said(OfRow.WAITS, first.id), Help.WAITS


def _needs_person(delivery: Delivery) -> Said:
    if delivery.wordless:
        return said(OfRow.NEEDS_YOU_WORDLESS, delivery.id, delivery.refused_status)
    if delivery.error:
        return said(OfRow.NEEDS_YOU, delivery.id, delivery.error)
    return said(OfRow.MAYBE_ARRIVED, delivery.id)


def opened(deliveries: Sequence[Delivery]) -> list[Delivery]:
    """Those of which the service has still to be told."""
    return [each for each in deliveries if each.state in OPEN]


def shown_entry(
    title: str, started_at: datetime, stopped_at: datetime | None, zone: tzinfo
) -> str | Said:
    """A task and both times."""
    if stopped_at is None:
        begin = f"{started_at.astimezone(zone):%Y-%m-%d %H:%M:%S}"
        return said(OfRow.ENTRY_RUNNING, title, begin)
    return f"{title}, {shown_span(started_at, stopped_at, zone)}"


def shown_span(started_at: datetime, stopped_at: datetime | None, zone: tzinfo) -> str | Said:
    """Both times, local: `2026-11-22 12:00:00–13:00:00`, `…–now`."""
    begin = started_at.astimezone(zone)
    if stopped_at is None:
        return said(OfRow.RUNNING, f"{begin:%Y-%m-%d %H:%M:%S}")
    end = stopped_at.astimezone(zone)
    same_day = begin.date() == end.date()
    shown = f"{end:%H:%M:%S}" if same_day else f"{end:%Y-%m-%d %H:%M:%S}"
    return f"{begin:%Y-%m-%d %H:%M:%S}–{shown}"
