"""Being away while an entry runs: when it began and ended, and what becomes of the time.

What the computer tells is a sign: somebody has left, for a cause, or is back from it. Causes
overlap and nest (idle, then asleep, then locked): together they are one absence, which begins at
the last input and ends with the last of its causes. A sleep or a locked screen is an absence
like any other: it counts if it is as long as idle time must be.

    state    sign    new state
    Here     Left    Away, since then
    Away     Left    Away, since the earlier of both; one cause more
    Away     Back    Away without that cause, or Here: the absence is over
    Away     Seen    Here: the person did something in this app, whatever a cause may still say

A question is what an absence cuts out of one entry. It is asked once the person is back, and
answered in one of four ways; `cut` says what the entry then falls into.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from timer_app.domain.entry import Entry
from timer_app.domain.task import Task

USUAL_SHORTEST = timedelta(minutes=10)
"""What counts as an absence where idle time is not watched: a sleep or a locked screen may be."""


class Cause(Enum):
    """What tells that nobody was there."""

    IDLE = "idle"
    ASLEEP = "asleep"
    LOCKED = "locked"
    ENDED = "ended"
    """The login ended, or the computer was shut down, while an entry ran."""


@dataclass(frozen=True, slots=True)
class Left:
    """Nobody is there any more; the last input was at `since`."""

    cause: Cause
    since: datetime


@dataclass(frozen=True, slots=True)
class Back:
    """The cause is over."""

    cause: Cause
    at: datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """The person did something here: all causes are over, also one whose end nobody told."""

    at: datetime


Sign = Left | Back | Seen


@dataclass(frozen=True, slots=True)
class Here:
    """Somebody is there."""


@dataclass(frozen=True, slots=True)
class Away:
    """Nobody is there since the last input; `causes` are all it had, `still` those not over."""

    since: datetime
    causes: frozenset[Cause]
    still: frozenset[Cause]


State = Here | Away


@dataclass(frozen=True, slots=True)
class Gap:
    """An absence; `ended` is None while it lasts. Instants are aware UTC of whole seconds."""

    began: datetime
    ended: datetime | None
    causes: frozenset[Cause]


def step(state: State, sign: Sign) -> tuple[State, Gap | None]:
    """What a sign changes, and the absence that it ends."""
    match state:
        case Here():
            return _left(sign) if isinstance(sign, Left) else state, None
        case Away():
            return _while_away(state, sign)


def _left(sign: Left) -> Away:
    causes = frozenset({sign.cause})
    return Away(sign.since, causes, causes)


def _while_away(state: Away, sign: Sign) -> tuple[State, Gap | None]:
    match sign:
        case Left(cause, since):
            causes, still = state.causes | {cause}, state.still | {cause}
            return Away(min(since, state.since), causes, still), None
        case Back(cause, at):
            still = state.still - {cause}
            if still or cause not in state.still:
                return Away(state.since, state.causes, still), None
            return Here(), _over(state, at)
        case Seen(at):
            return Here(), _over(state, at)


def _over(state: Away, at: datetime) -> Gap:
    return Gap(state.since, max(state.since, at), state.causes)


@dataclass(frozen=True, slots=True)
class Question:
    """What an entry's time was while nobody was there is to be said by a person.

    `gap` lies within the entry; its end is None while nobody is back and the entry runs.
    `stopped_at` is None while the entry runs. The absence itself may still last.
    """

    id: int
    entry: Entry
    stopped_at: datetime | None
    gap: Gap
    lasts: bool = False


@dataclass(frozen=True, slots=True)
class Keep:
    """It was work on the entry."""


@dataclass(frozen=True, slots=True)
class Drop:
    """It was none, and what runs ends where it began."""


@dataclass(frozen=True, slots=True)
class Continue:
    """It was none, and the same goes on since the return."""


@dataclass(frozen=True, slots=True)
class Give:
    """It was work on something else, and the entry goes on since the return."""

    task: Task


Answer = Keep | Drop | Continue | Give


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time; `ended` None means that it goes on."""

    began: datetime
    ended: datetime | None


@dataclass(frozen=True, slots=True)
class Cut:
    """What an entry falls into. `before` keeps its identity; None where there is no such part."""

    before: Span | None
    given: Span | None
    after: Span | None


def cut(entry: Span, began: datetime, ended: datetime, answer: Answer) -> Cut:
    """What the answer makes of an entry in which nobody was there from `began` to `ended`.

    Of an entry that is over only the time in question goes: its end was a person's own word. One
    that runs ends with the answer Drop where the time in question began, and nothing runs.
    """
    before = _span(entry.began, began)
    after = Span(ended, None) if entry.ended is None else _span(ended, entry.ended)
    match answer:
        case Keep():
            return Cut(entry, None, None)
        case Drop():
            return Cut(before, None, after if entry.ended is not None else None)
        case Continue():
            return Cut(before, None, after)
        case Give():
            return Cut(before, _span(began, ended), after)


def _span(began: datetime, ended: datetime) -> Span | None:
    return Span(began, ended) if ended > began else None
