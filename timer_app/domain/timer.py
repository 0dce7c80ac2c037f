"""The timer: Idle | Running; an event -> a new state and what the services must be told.

state     event        new state   told
Idle      Start        Running     TimeCrowd: start
Idle      Stop, Cancel             refused: nothing runs
Running   Start        Running     the old entry's stop, then the new one's start (a switch)
Running   Stop         Idle        TimeCrowd: stop; Kaiten: one log for each local date
Running   Cancel       Idle        TimeCrowd: delete
Running   Annotate     Running     nothing
any       Add          unchanged   TimeCrowd: a closed entry; Kaiten: logs

What another device did comes as events too, with what TimeCrowd holds already:

Idle      Adopt        Running     nothing
Running   Adopt        Running     the old entry's stop (a switch)
Running   StopHeld     Idle        Kaiten: logs
any       AddHeld      unchanged   TimeCrowd: its stop, if it runs there; Kaiten: logs
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
from timer_app.domain.minutes import (
    CardDay,
    Rounding,
    Stretch,
    minutes_to_log,
    split,
    zone_name,
)
from timer_app.domain.outcome import RemoteEntry
from timer_app.domain.reasons import OfEntry, OfTime


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


@dataclass(frozen=True, slots=True)
class Adopt:
    """Another device began `entry`, which TimeCrowd holds as `held`; it goes on here."""

    entry: Entry
    held: RemoteEntry


@dataclass(frozen=True, slots=True)
class StopHeld:
    """Another device ended what runs here; `held` has the true stop."""

    held: RemoteEntry
    at: datetime


@dataclass(frozen=True, slots=True)
class AddHeld:
    """Another device began an entry that is over; TimeCrowd may not know of its end yet."""

    finished: FinishedEntry
    held: RemoteEntry


Event = Start | Stop | Cancel | Annotate | Add | Adopt | StopHeld | AddHeld


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
    """A message and the entry that it is about; `held` if TimeCrowd holds that already."""

    entry_id: str
    message: Message
    held: RemoteEntry | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """An entry that has ended, the local dates it is made of, and the zone that made them so."""

    finished: FinishedEntry
    stretches: tuple[Stretch, ...]
    zone: str = ""


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
            raise NotPossible(OfEntry.NOTHING_TO_STOP)
        case Cancel():
            raise NotPossible(OfEntry.NOTHING_TO_CANCEL)
        case Annotate():
            raise NotPossible(OfEntry.NOTHING_TO_COMMENT)
        case StopHeld():
            raise NotPossible("Nothing is running here that another device could have ended.")
        case Adopt(entry, held):
            return Transition(Running(entry), told=(_known_start(entry, held),))
        case AddHeld(finished, held):
            return _added_held(state, finished, held, terms)


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
        case Adopt() | StopHeld() | AddHeld():
            return _elsewhere(state, entry, event, terms)


def _elsewhere(
    state: Running, entry: Entry, event: Adopt | StopHeld | AddHeld, terms: Terms
) -> Transition:
    """What another device did while something runs here."""
    match event:
        case Adopt(new, held):
            ended = _end(entry, new.started_at, terms)
            told = (*_ended(ended, terms), _known_start(new, held))
            return Transition(Running(new), ended, told=told)
        case StopHeld(held, at):
            ended = _end(entry, at, terms)
            stop = Told(entry.id, StopEntry(at), held)
            return Transition(Idle(), ended, told=(stop, *_logs(ended, terms)))
        case AddHeld(finished, held):
            return _added_held(state, finished, held, terms)


def _known_start(entry: Entry, held: RemoteEntry) -> Told:
    return Told(entry.id, StartEntry(entry.task, entry.started_at), held)


def _begun(entry: Entry, terms: Terms) -> tuple[Told, ...]:
    if not terms.destinations.timecrowd:
        return ()
    return (Told(entry.id, StartEntry(entry.task, entry.started_at)),)


def _end(entry: Entry, at: datetime, terms: Terms) -> Ending:
    if at < entry.started_at:
        raise NotPossible(
            OfEntry.STOPS_BEFORE_START, _clock(at, terms), _clock(entry.started_at, terms)
        )
    return ending(FinishedEntry(entry, at), terms)


def _ended(done: Ending, terms: Terms) -> tuple[Told, ...]:
    stop: tuple[Told, ...] = ()
    if terms.destinations.timecrowd:
        stop = (Told(done.finished.entry.id, StopEntry(done.finished.stopped_at)),)
    return stop + _logs(done, terms)


def _added(state: State, finished: FinishedEntry, terms: Terms) -> Transition:
    if finished.stopped_at <= finished.entry.started_at:
        raise NotPossible(OfTime.ENDS_BEFORE)
    done = ending(finished, terms)
    record: tuple[Told, ...] = ()
    if terms.destinations.timecrowd:
        record = (Told(finished.entry.id, recorded(finished)),)
    return Transition(state, done, told=record + _logs(done, terms))


def _added_held(
    state: State, finished: FinishedEntry, held: RemoteEntry, terms: Terms
) -> Transition:
    done = ending(finished, terms)
    entry = finished.entry
    there = held if held.stopped_at is not None else None
    stop = Told(entry.id, StopEntry(finished.stopped_at), there)
    told = (_known_start(entry, held), stop, *_logs(done, terms))
    return Transition(state, done, told=told)


def ending(finished: FinishedEntry, terms: Terms) -> Ending:
    """The entry cut into the local dates of the terms' zone."""
    began, ended = finished.entry.started_at, finished.stopped_at
    stretches = split(began, ended, terms.zone, terms.day_start)
    return Ending(finished, stretches, zone_name(terms.zone, ended))


def _logs(done: Ending, terms: Terms) -> tuple[Told, ...]:
    entry = done.finished.entry
    card = entry.task.card
    if card is None or not terms.destinations.kaiten:
        return ()
    logs = []
    for stretch in done.stretches:
        before = terms.card_days.get(stretch.for_date, CardDay())
        minutes = minutes_to_log(terms.rounding, stretch.seconds, before)
        if minutes:
            logs.append(Told(entry.id, LogTime(card, stretch.for_date, minutes, entry.comment)))
    return tuple(logs)


def _clock(instant: datetime, terms: Terms) -> str:
    return instant.astimezone(terms.zone).strftime("%Y-%m-%d %H:%M:%S")
