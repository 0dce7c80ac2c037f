"""The timer: Idle | Running. An event gives a new state and effects on the services.

state     event           new state   effects
Idle      Start           Running     TimeCrowd: start
Idle      Stop, Cancel                refused: nothing runs
Running   Start           Running     the stop of the old entry, the start of the new one (a switch)
Running   Stop            Idle        TimeCrowd: stop, comment; Kaiten: a log for each local date
Running   Cancel          Idle        TimeCrowd: delete
Running   Annotate        Running     none
any       Add             unchanged   TimeCrowd: a finished entry, comment; Kaiten: logs

What another device did is an event too, with the entry as TimeCrowd holds it:

Idle      RemoteStarted   Running     none
Running   RemoteStarted   Running     the stop of the old entry (a switch)
Running   RemoteStopped   Idle        TimeCrowd: comment; Kaiten: logs
Running   RemoteDeleted   Idle        none
any       RemoteAdded     unchanged   TimeCrowd: its stop, if it runs there; Kaiten: logs
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, tzinfo

from timer_app.domain.delivery.outcomes import RemoteEntry
from timer_app.domain.delivery.service_messages import (
    CommentEntry,
    CorrectTimes,
    DeleteEntry,
    Destinations,
    FindCard,
    LogTime,
    Message,
    StartEntry,
    StopEntry,
    record_message,
)
from timer_app.domain.entries.card import CardKey
from timer_app.domain.entries.entry import Entry, FinishedEntry, with_comment
from timer_app.domain.entries.minutes import (
    CardDayTotals,
    DaySegment,
    Rounding,
    minutes_to_log,
    split_by_day,
    zone_name,
)
from timer_app.domain.entries.timecrowd_task import key_of_task
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
    """Start `entry`; a running entry stops at the same instant."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class Stop:
    """Stop the running entry; a comment of None keeps its comment."""

    at: datetime
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class Cancel:
    """Discard the running entry."""


@dataclass(frozen=True, slots=True)
class Annotate:
    """Replace the comment of the running entry."""

    comment: str


@dataclass(frozen=True, slots=True)
class CorrectStart:
    """The running entry began at another instant, which a person names."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Add:
    """Record a finished entry."""

    finished: FinishedEntry


@dataclass(frozen=True, slots=True)
class RemoteStarted:
    """Another device started `entry`, which TimeCrowd holds as `remote`; it goes on here.

    `card_key` is the key of its card where Kaiten must be asked which card that is.
    """

    entry: Entry
    remote: RemoteEntry
    card_key: CardKey | None = None


@dataclass(frozen=True, slots=True)
class RemoteStopped:
    """Another device stopped the running entry; `remote` has the true stop."""

    remote: RemoteEntry
    at: datetime


@dataclass(frozen=True, slots=True)
class RemoteDeleted:
    """Another device deleted the running entry: TimeCrowd does not hold it any more."""


@dataclass(frozen=True, slots=True)
class RemoteAdded:
    """Another device recorded a finished entry; TimeCrowd may not have its stop yet.

    For `card_key` see `RemoteStarted`.
    """

    finished: FinishedEntry
    remote: RemoteEntry
    card_key: CardKey | None = None


RemoteEvent = RemoteStarted | RemoteStopped | RemoteDeleted | RemoteAdded
Event = Start | Stop | Cancel | Annotate | CorrectStart | Add | RemoteEvent


@dataclass(frozen=True, slots=True)
class LoggingContext:
    """How an entry ends: which services get deliveries, how time becomes dated minutes.

    `zone` is the one in force at the stop. `card_day_totals` is what the card of the ending entry
    already has, by date; a missing date has nothing. `kaiten` is the address of the one that is
    set up.
    """

    destinations: Destinations
    rounding: Rounding
    day_start: time
    zone: tzinfo
    card_day_totals: Mapping[date, CardDayTotals] = field(default_factory=dict)
    kaiten: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """A message and its entry; `remote` if TimeCrowd already holds what the message says."""

    entry_id: str
    message: Message
    remote: RemoteEntry | None = None


@dataclass(frozen=True, slots=True)
class SegmentedEntry:
    """A finished entry with its local dates, and the zone that they were found in."""

    finished: FinishedEntry
    segments: tuple[DaySegment, ...]
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Transition:
    """Everything that one event changes, committed as one.

    `stopped_elsewhere`: what ended was stopped by another device.
    """

    state: State
    ended: SegmentedEntry | None = None
    cancelled: Entry | None = None
    effects: tuple[Effect, ...] = ()
    stopped_elsewhere: bool = False


def step(state: State, event: Event, context: LoggingContext) -> Transition:
    """The transition of `event` in `state`. Raises NotPossible; then nothing has changed."""
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
        case CorrectStart():
            raise NotPossible(EntryMessageId.NOTHING_TO_CORRECT)
        case RemoteStopped() | RemoteDeleted():
            raise NotPossible(EntryMessageId.NOTHING_TO_STOP)
        case RemoteStarted():
            return Transition(Running(event.entry), effects=_adopted_effects(event, context))
        case RemoteAdded():
            return _add_remote(state, event, context)


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
        case Annotate() | CorrectStart():
            return _step_correction(entry, event, context)
        case Add(finished):
            return _add(state, finished, context)
        case RemoteStarted() | RemoteStopped() | RemoteDeleted() | RemoteAdded():
            return _step_remote(state, entry, event, context)


def _step_correction(
    entry: Entry, event: Annotate | CorrectStart, context: LoggingContext
) -> Transition:
    """The transition of an event after which the same entry runs on."""
    match event:
        case Annotate(comment):
            return Transition(Running(with_comment(entry, comment)))
        case CorrectStart(at):
            times = (Effect(entry.id, CorrectTimes(at, None)),)
            effects = times if context.destinations.timecrowd else ()
            return Transition(Running(replace(entry, started_at=at)), effects=effects)


def _step_remote(
    state: Running,
    entry: Entry,
    event: RemoteEvent,
    context: LoggingContext,
) -> Transition:
    """The transition of another device's event while an entry runs here."""
    match event:
        case RemoteStarted(new):
            ended = _finish(entry, new.started_at, context)
            effects = _finish_effects(ended, context) + _adopted_effects(event, context)
            return Transition(Running(new), ended, effects=effects, stopped_elsewhere=True)
        case RemoteStopped(remote, at):
            ended = _finish(entry, at, context)
            stop = Effect(entry.id, StopEntry(at), remote)
            rest = _comment_effects(ended, context) + _log_effects(ended, context)
            return Transition(Idle(), ended, effects=(stop, *rest), stopped_elsewhere=True)
        case RemoteDeleted():
            return Transition(Idle(), cancelled=entry)
        case RemoteAdded():
            return _add_remote(state, event, context)


def _adopted_effects(event: RemoteStarted, context: LoggingContext) -> tuple[Effect, ...]:
    search = _card_search_effects(event.entry, event.card_key, context)
    return (_delivered_start(event.entry, event.remote), *search)


def _card_search_effects(
    entry: Entry, card_key: CardKey | None, context: LoggingContext
) -> tuple[Effect, ...]:
    if card_key is None or not context.destinations.kaiten:
        return ()
    return (Effect(entry.id, FindCard(card_key)),)


def _delivered_start(entry: Entry, remote: RemoteEntry) -> Effect:
    return Effect(entry.id, StartEntry(entry.task, entry.started_at, entry.route), remote)


def _start_effects(entry: Entry, context: LoggingContext) -> tuple[Effect, ...]:
    if not context.destinations.timecrowd:
        return ()
    search = _card_search_effects(entry, key_of_task(entry.task, context.kaiten), context)
    return (Effect(entry.id, StartEntry(entry.task, entry.started_at, entry.route)), *search)


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
    return stop + _comment_effects(done, context) + _log_effects(done, context)


def _add(state: State, finished: FinishedEntry, context: LoggingContext) -> Transition:
    if finished.stopped_at <= finished.entry.started_at:
        raise NotPossible(TimeMessageId.ENDS_BEFORE)
    done = segment_entry(finished, context)
    record: tuple[Effect, ...] = ()
    if context.destinations.timecrowd:
        record = (Effect(finished.entry.id, record_message(finished)),)
    key = key_of_task(finished.entry.task, context.kaiten)
    record += _card_search_effects(finished.entry, key, context)
    rest = _comment_effects(done, context) + _log_effects(done, context)
    return Transition(state, done, effects=record + rest)


def _add_remote(state: State, event: RemoteAdded, context: LoggingContext) -> Transition:
    finished, remote = event.finished, event.remote
    done = segment_entry(finished, context)
    entry = finished.entry
    there = remote if remote.stopped_at is not None else None
    stop = Effect(entry.id, StopEntry(finished.stopped_at), there)
    search = _card_search_effects(entry, event.card_key, context)
    effects = (_delivered_start(entry, remote), stop, *search, *_log_effects(done, context))
    return Transition(state, done, effects=effects)


def segment_entry(finished: FinishedEntry, context: LoggingContext) -> SegmentedEntry:
    """The entry cut into local dates of the context's zone."""
    began, ended = finished.entry.started_at, finished.stopped_at
    segments = split_by_day(began, ended, context.zone, context.day_start)
    return SegmentedEntry(finished, segments, zone_name(context.zone, ended))


def _comment_effects(done: SegmentedEntry, context: LoggingContext) -> tuple[Effect, ...]:
    """TimeCrowd's comment of an entry that is over; one that was typed here, as all of ours are."""
    entry = done.finished.entry
    is_wanted = context.destinations.timecrowd and context.destinations.comments
    return (Effect(entry.id, CommentEntry(entry.comment)),) if is_wanted and entry.comment else ()


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
