"""Absence while an entry runs: when it began and ended, and what the time becomes.

A sensor signals that a cause of absence began or ended. Causes overlap and nest (idle, then asleep,
then locked); together they are one absence, which begins at the last input and ends with the last
cause. A sleep or a locked screen is an absence like any other: it counts if it is as long as the
idle time of the settings.

state      signal        new state
Present    CauseBegan    Absent, since then, but not before somebody was last seen
Present    UserActive    Present, seen then
Absent     CauseBegan    Absent, since the earlier of both; one cause more
Absent     CauseEnded    Absent without that cause, or Present: the absence is over
Absent     UserActive    Present: the person did something in this app

The part of an absence within an entry is unresolved until the person is back and answers in one of
four ways; `split_by_resolution` says what the entry becomes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from timer_app.domain.entries.entry import Entry
from timer_app.domain.entries.task import Task

DEFAULT_MIN_ABSENCE = timedelta(minutes=10)
"""The shortest absence that counts where idle time is not watched: a sleep, a locked screen."""


class AbsenceCause(Enum):
    """A cause of absence."""

    IDLE = "idle"
    ASLEEP = "asleep"
    LOCKED = "locked"
    LOGIN_ENDED = "ended"
    """The login ended, or the computer was shut down, while an entry ran."""


@dataclass(frozen=True, slots=True)
class CauseBegan:
    """A cause began; the last input was at `since`."""

    cause: AbsenceCause
    since: datetime


@dataclass(frozen=True, slots=True)
class CauseEnded:
    """A cause ended."""

    cause: AbsenceCause
    at: datetime


@dataclass(frozen=True, slots=True)
class UserActive:
    """The person did something here: all causes are over, also those never signalled as over."""

    at: datetime


AbsenceSignal = CauseBegan | CauseEnded | UserActive


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody is present, and was at `seen`: no later absence began before that."""

    seen: datetime | None = None


@dataclass(frozen=True, slots=True)
class Absent:
    """Nobody is present since the last input.

    `causes` are all causes, `active_causes` those not over; `seen` is when somebody was last
    present for certain.
    """

    since: datetime
    causes: frozenset[AbsenceCause]
    active_causes: frozenset[AbsenceCause]
    seen: datetime | None = None


AbsenceState = Present | Absent


@dataclass(frozen=True, slots=True)
class Absence:
    """An absence; `ended` is None while it lasts. Instants are aware UTC of whole seconds."""

    began: datetime
    ended: datetime | None
    causes: frozenset[AbsenceCause]


def step(state: AbsenceState, signal: AbsenceSignal) -> tuple[AbsenceState, Absence | None]:
    """What a signal changes, and the absence that it ends."""
    match state:
        case Present():
            return _while_present(state, signal), None
        case Absent():
            return _while_absent(state, signal)


def _while_present(state: Present, signal: AbsenceSignal) -> AbsenceState:
    match signal:
        case CauseBegan(cause, since):
            causes = frozenset({cause})
            return Absent(_not_before(state.seen, since), causes, causes, state.seen)
        case UserActive(at):
            return Present(_not_before(state.seen, at))
        case CauseEnded():
            return state


def _while_absent(state: Absent, signal: AbsenceSignal) -> tuple[AbsenceState, Absence | None]:
    match signal:
        case CauseBegan(cause, since):
            causes, active_causes = state.causes | {cause}, state.active_causes | {cause}
            earliest = min(_not_before(state.seen, since), state.since)
            return Absent(earliest, causes, active_causes, state.seen), None
        case CauseEnded(cause, at):
            active_causes = state.active_causes - {cause}
            if active_causes or cause not in state.active_causes:
                return Absent(state.since, state.causes, active_causes, state.seen), None
            return _end_absence(state, at)
        case UserActive(at):
            return _end_absence(state, at)


def _end_absence(state: Absent, at: datetime) -> tuple[Present, Absence]:
    ended = max(state.since, at)
    return Present(ended), Absence(state.since, ended, state.causes)


def _not_before(seen: datetime | None, instant: datetime) -> datetime:
    return instant if seen is None else max(seen, instant)


@dataclass(frozen=True, slots=True)
class UnresolvedAbsence:
    """The part of an entry in which nobody was present, until a person says what it was.

    `absence` lies within the entry; its end is None while nobody is back and the entry runs.
    `stopped_at` is None while the entry runs. The absence itself may still last.
    """

    id: int
    entry: Entry
    stopped_at: datetime | None
    absence: Absence
    is_ongoing: bool = False


@dataclass(frozen=True, slots=True)
class KeepTime:
    """The time was work on the entry."""


@dataclass(frozen=True, slots=True)
class DropTime:
    """The time was no work; a running entry ends where it began."""


@dataclass(frozen=True, slots=True)
class DropAndContinue:
    """The time was no work; the same task goes on since the return."""


@dataclass(frozen=True, slots=True)
class ReassignTime:
    """The time was work on another task; the entry goes on since the return."""

    task: Task


AbsenceResolution = KeepTime | DropTime | DropAndContinue | ReassignTime


@dataclass(frozen=True, slots=True)
class EntrySpan:
    """A stretch of time; `ended` is None while it lasts."""

    began: datetime
    ended: datetime | None


@dataclass(frozen=True, slots=True)
class SplitParts:
    """The parts of an entry. `before` keeps its identity; None where there is no such part."""

    before: EntrySpan | None
    reassigned: EntrySpan | None
    after: EntrySpan | None


def split_by_resolution(
    entry: EntrySpan, began: datetime, ended: datetime, resolution: AbsenceResolution
) -> SplitParts:
    """What a resolution makes of an entry in which nobody was present from `began` to `ended`.

    A finished entry loses only that time: its stop was a person's own word. A running entry that
    drops the time ends where it began, and nothing runs.
    """
    before = _nonempty_span(entry.began, began)
    after = EntrySpan(ended, None) if entry.ended is None else _nonempty_span(ended, entry.ended)
    match resolution:
        case KeepTime():
            return SplitParts(entry, None, None)
        case DropTime():
            return SplitParts(before, None, after if entry.ended is not None else None)
        case DropAndContinue():
            return SplitParts(before, None, after)
        case ReassignTime():
            return SplitParts(before, _nonempty_span(began, ended), after)


def _nonempty_span(began: datetime, ended: datetime) -> EntrySpan | None:
    return EntrySpan(began, ended) if ended > began else None
