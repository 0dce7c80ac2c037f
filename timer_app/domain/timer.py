"""The timer: Idle | Running; an event -> a new state and what the services must be told.

state     event        new state   told
Idle      Start        Running     TimeCrowd: start
Idle      Stop, Cancel             refused: nothing runs
Running   Start        Running     the old entry's stop, then the new one's start (a switch)
Running   Stop         Idle        TimeCrowd: stop; Kaiten: one log for each local date
Running   Cancel       Idle        TimeCrowd: delete
Running   Annotate     Running     nothing
any       Add          unchanged   TimeCrowd: a closed entry; Kaiten: logs
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, tzinfo

from timer_app.domain.delivery import (
    DeleteEntry,
    Destinations,
    LogTime,
    Message,
    StartEntry,
    StopEntry,
    recorded,
)
from timer_app.domain.entry import Entry, FinishedEntry, with_comment
from timer_app.domain.errors import NotPossible
from timer_app.domain.minutes import CardDay, Rounding, Stretch, minutes_to_log, split


@dataclass(frozen=True, slots=True)
class Idle:
    """Nothing runs."""


@dataclass(frozen=True, slots=True)
class Running:
    """One entry runs."""

    entry: Entry


State = Idle | Running


@dataclass(frozen=True, slots=True)
class Start:
    """Begin `entry`; what runs is stopped at the same instant."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class Stop:
    """End what runs; a comment of None keeps the one it has."""

    at: datetime
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class Cancel:
    """Forget what runs."""


@dataclass(frozen=True, slots=True)
class Annotate:
    """Give what runs another comment."""

    comment: str


@dataclass(frozen=True, slots=True)
class Add:
    """Record an entry that is over."""

    finished: FinishedEntry


Event = Start | Stop | Cancel | Annotate | Add


@dataclass(frozen=True, slots=True)
class Terms:
    """Under which terms an entry ends: who is told, how time becomes dated minutes.

    `zone` is the one in force at the stop. `card_days` is what the card of the entry that ends
    already has, by date; a date that is missing has nothing.
    """

    destinations: Destinations
    rounding: Rounding
    day_start: time
    zone: tzinfo
    card_days: Mapping[date, CardDay] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """A message and the entry that it is about."""

    entry_id: str
    message: Message


@dataclass(frozen=True, slots=True)
class Ending:
    """An entry that has ended and the local dates it is made of."""

    finished: FinishedEntry
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Transition:
    """All that one event changes, to be committed as one."""

    state: State
    ended: Ending | None = None
    cancelled: Entry | None = None
    told: tuple[Told, ...] = ()


def step(state: State, event: Event, terms: Terms) -> Transition:
    """What `event` does in `state`. Raises NotPossible, and then nothing has changed."""
    match state:
        case Idle():
            return _when_idle(state, event, terms)
        case Running(entry):
            return _when_running(state, entry, event, terms)


def _when_idle(state: Idle, event: Event, terms: Terms) -> Transition:
    match event:
        case Start(entry):
            return Transition(Running(entry), told=_begun(entry, terms))
        case Add(finished):
            return _added(state, finished, terms)
        case Stop():
            raise NotPossible("Nothing is running, so there is nothing to stop.")
        case Cancel():
            raise NotPossible("Nothing is running, so there is nothing to cancel.")
        case Annotate():
            raise NotPossible("Nothing is running, so there is nothing to comment on.")


def _when_running(state: Running, entry: Entry, event: Event, terms: Terms) -> Transition:
    match event:
        case Start(new):
            ended = _end(entry, new.started_at, terms)
            told = _ended(ended, terms) + _begun(new, terms)
            return Transition(Running(new), ended, told=told)
        case Stop(at, comment):
            ended = _end(with_comment(entry, comment), at, terms)
            return Transition(Idle(), ended, told=_ended(ended, terms))
        case Cancel():
            told = (Told(entry.id, DeleteEntry()),) if terms.destinations.timecrowd else ()
            return Transition(Idle(), cancelled=entry, told=told)
        case Annotate(comment):
            return Transition(Running(with_comment(entry, comment)))
        case Add(finished):
            return _added(state, finished, terms)


def _begun(entry: Entry, terms: Terms) -> tuple[Told, ...]:
    if not terms.destinations.timecrowd:
        return ()
    return (Told(entry.id, StartEntry(entry.task, entry.started_at)),)


def _end(entry: Entry, at: datetime, terms: Terms) -> Ending:
    if at < entry.started_at:
        raise NotPossible(
            f"The stop ({_clock(at, terms)}) lies before the start"
            f" ({_clock(entry.started_at, terms)}) of what is running."
        )
    return _ending(FinishedEntry(entry, at), terms)


def _ending(finished: FinishedEntry, terms: Terms) -> Ending:
    started_at = finished.entry.started_at
    return Ending(finished, split(started_at, finished.stopped_at, terms.zone, terms.day_start))


def _ended(ending: Ending, terms: Terms) -> tuple[Told, ...]:
    stop: tuple[Told, ...] = ()
    if terms.destinations.timecrowd:
        stop = (Told(ending.finished.entry.id, StopEntry(ending.finished.stopped_at)),)
    return stop + _logs(ending, terms)


def _added(state: State, finished: FinishedEntry, terms: Terms) -> Transition:
    if finished.stopped_at <= finished.entry.started_at:
        raise NotPossible("The end must come after the beginning.")
    ending = _ending(finished, terms)
    record: tuple[Told, ...] = ()
    if terms.destinations.timecrowd:
        record = (Told(finished.entry.id, recorded(finished)),)
    return Transition(state, ending, told=record + _logs(ending, terms))


def _logs(ending: Ending, terms: Terms) -> tuple[Told, ...]:
    entry = ending.finished.entry
    card = entry.task.card
    if card is None or not terms.destinations.kaiten:
        return ()
    logs = []
    for stretch in ending.stretches:
        before = terms.card_days.get(stretch.for_date, CardDay())
        minutes = minutes_to_log(terms.rounding, stretch.seconds, before)
        if minutes:
            logs.append(Told(entry.id, LogTime(card, stretch.for_date, minutes, entry.comment)))
    return tuple(logs)


def _clock(instant: datetime, terms: Terms) -> str:
    return instant.astimezone(terms.zone).strftime("%Y-%m-%d %H:%M:%S")
