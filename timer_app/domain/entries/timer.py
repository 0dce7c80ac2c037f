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
Running   RemoteStopped     Idle        Kaiten: logs
any       RemoteAdded      unchanged   TimeCrowd: its stop, if it runs there; Kaiten: logs
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, tzinfo

from timer_app.domain.delivery.outbox import (
    DeleteEntry,
    Destinations,
    LogTime,
    Message,
    StartEntry,
    StopEntry,
    record_message,
)
from timer_app.domain.delivery.outcomes import RemoteEntry
from timer_app.domain.entries.entry import Entry, FinishedEntry, with_comment
from timer_app.domain.entries.minutes import (
    CardDayTotals,
    DaySegment,
    Rounding,
    minutes_to_log,
    split_by_day,
    zone_name,
)
from timer_app.domain.errors import NotPossible
from timer_app.domain.messages import EntryMessageId, TimeMessageId


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
class RemoteStarted:
    """Another device began `entry`, which TimeCrowd holds as `remote`; it goes on here."""

    entry: Entry
    remote: RemoteEntry


@dataclass(frozen=True, slots=True)
class RemoteStopped:
    """Another device ended what runs here; `remote` has the true stop."""

    remote: RemoteEntry
    at: datetime


@dataclass(frozen=True, slots=True)
class RemoteAdded:
    """Another device began an entry that is over; TimeCrowd may not know of its end yet."""

    finished: FinishedEntry
    remote: RemoteEntry


Event = Start | Stop | Cancel | Annotate | Add | RemoteStarted | RemoteStopped | RemoteAdded


@dataclass(frozen=True, slots=True)
class LoggingContext:
    """Under which terms an entry ends: who is told, how time becomes dated minutes.

    `zone` is the one in force at the stop. `card_day_totals` is what the card of the entry that
    ends already has, by date; a date that is missing has nothing.
    """

    destinations: Destinations
    rounding: Rounding
    day_start: time
    zone: tzinfo
    card_day_totals: Mapping[date, CardDayTotals] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Effect:
    """A message and the entry that it is about; `remote` if TimeCrowd holds that already."""

    entry_id: str
    message: Message
    remote: RemoteEntry | None = None


@dataclass(frozen=True, slots=True)
class SegmentedEntry:
    """An entry that has ended, the local dates it is made of, and the zone that made them so."""

    finished: FinishedEntry
    segments: tuple[DaySegment, ...]
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Transition:
    """All that one event changes, to be committed as one."""

    state: State
    ended: SegmentedEntry | None = None
    cancelled: Entry | None = None
    effects: tuple[Effect, ...] = ()


def step(state: State, event: Event, context: LoggingContext) -> Transition:
    """What `event` does in `state`. Raises NotPossible, and then nothing has changed."""
    match state:
        case Idle():
            return _step_idle(state, event, context)
        case Running(entry):
            return _step_running(state, entry, event, context)


def _step_idle(state: Idle, event: Event, context: LoggingContext) -> Transition:
    match event:
        case Start(entry):
            return Transition(Running(entry), effects=_start_effects(entry, context))
        case Add(finished):
            return _add(state, finished, context)
        case Stop():
            raise NotPossible(EntryMessageId.NOTHING_TO_STOP)
        case Cancel():
            raise NotPossible(EntryMessageId.NOTHING_TO_CANCEL)
        case Annotate():
            raise NotPossible(EntryMessageId.NOTHING_TO_COMMENT)
        case RemoteStopped():
            raise NotPossible("Nothing is running here that another device could have ended.")
        case RemoteStarted(entry, remote):
            return Transition(Running(entry), effects=(_delivered_start(entry, remote),))
        case RemoteAdded(finished, remote):
            return _add_remote(state, finished, remote, context)


def _step_running(
    state: Running, entry: Entry, event: Event, context: LoggingContext
) -> Transition:
    match event:
        case Start(new):
            ended = _finish(entry, new.started_at, context)
            effects = _finish_effects(ended, context) + _start_effects(new, context)
            return Transition(Running(new), ended, effects=effects)
        case Stop(at, comment):
            ended = _finish(with_comment(entry, comment), at, context)
            return Transition(Idle(), ended, effects=_finish_effects(ended, context))
        case Cancel():
            effects = (Effect(entry.id, DeleteEntry()),) if context.destinations.timecrowd else ()
            return Transition(Idle(), cancelled=entry, effects=effects)
        case Annotate(comment):
            return Transition(Running(with_comment(entry, comment)))
        case Add(finished):
            return _add(state, finished, context)
        case RemoteStarted() | RemoteStopped() | RemoteAdded():
            return _step_remote(state, entry, event, context)


def _step_remote(
    state: Running,
    entry: Entry,
    event: RemoteStarted | RemoteStopped | RemoteAdded,
    context: LoggingContext,
) -> Transition:
    """What another device did while something runs here."""
    match event:
        case RemoteStarted(new, remote):
            ended = _finish(entry, new.started_at, context)
            effects = (*_finish_effects(ended, context), _delivered_start(new, remote))
            return Transition(Running(new), ended, effects=effects)
        case RemoteStopped(remote, at):
            ended = _finish(entry, at, context)
            stop = Effect(entry.id, StopEntry(at), remote)
            return Transition(Idle(), ended, effects=(stop, *_log_effects(ended, context)))
        case RemoteAdded(finished, remote):
            return _add_remote(state, finished, remote, context)


def _delivered_start(entry: Entry, remote: RemoteEntry) -> Effect:
    return Effect(entry.id, StartEntry(entry.task, entry.started_at), remote)


def _start_effects(entry: Entry, context: LoggingContext) -> tuple[Effect, ...]:
    if not context.destinations.timecrowd:
        return ()
    return (Effect(entry.id, StartEntry(entry.task, entry.started_at)),)


def _finish(entry: Entry, at: datetime, context: LoggingContext) -> SegmentedEntry:
    if at < entry.started_at:
        raise NotPossible(
            EntryMessageId.STOPS_BEFORE_START,
            _local_text(at, context),
            _local_text(entry.started_at, context),
        )
    return segment_entry(FinishedEntry(entry, at), context)


def _finish_effects(done: SegmentedEntry, context: LoggingContext) -> tuple[Effect, ...]:
    stop: tuple[Effect, ...] = ()
    if context.destinations.timecrowd:
        stop = (Effect(done.finished.entry.id, StopEntry(done.finished.stopped_at)),)
    return stop + _log_effects(done, context)


def _add(state: State, finished: FinishedEntry, context: LoggingContext) -> Transition:
    if finished.stopped_at <= finished.entry.started_at:
        raise NotPossible(TimeMessageId.ENDS_BEFORE)
    done = segment_entry(finished, context)
    record: tuple[Effect, ...] = ()
    if context.destinations.timecrowd:
        record = (Effect(finished.entry.id, record_message(finished)),)
    return Transition(state, done, effects=record + _log_effects(done, context))


def _add_remote(
    state: State, finished: FinishedEntry, remote: RemoteEntry, context: LoggingContext
) -> Transition:
    done = segment_entry(finished, context)
    entry = finished.entry
    there = remote if remote.stopped_at is not None else None
    stop = Effect(entry.id, StopEntry(finished.stopped_at), there)
    effects = (_delivered_start(entry, remote), stop, *_log_effects(done, context))
    return Transition(state, done, effects=effects)


def segment_entry(finished: FinishedEntry, context: LoggingContext) -> SegmentedEntry:
    """The entry cut into the local dates of the terms' zone."""
    began, ended = finished.entry.started_at, finished.stopped_at
    segments = split_by_day(began, ended, context.zone, context.day_start)
    return SegmentedEntry(finished, segments, zone_name(context.zone, ended))


def _log_effects(done: SegmentedEntry, context: LoggingContext) -> tuple[Effect, ...]:
    entry = done.finished.entry
    card = entry.task.card
    if card is None or not context.destinations.kaiten:
        return ()
    logs = []
    for segment in done.segments:
        before = context.card_day_totals.get(segment.for_date, CardDayTotals())
        minutes = minutes_to_log(context.rounding, segment.seconds, before)
        if minutes:
            logs.append(Effect(entry.id, LogTime(card, segment.for_date, minutes, entry.comment)))
    return tuple(logs)


def _local_text(instant: datetime, context: LoggingContext) -> str:
    return instant.astimezone(context.zone).strftime("%Y-%m-%d %H:%M:%S")
