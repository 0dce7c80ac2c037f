"""What a person is to be reminded of at an instant, and how long until that may change.

Three things: an entry that has run for long, nothing that runs in working hours, and a working day
that ends while something still waits. Each is told once; what was told is a value too.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, tzinfo

from timer_app.domain.entry import Entry
from timer_app.domain.timer import Idle, Running, State
from timer_app.domain.working_hours import Span, WorkingHours, ends_of_days

UNTOUCHED = timedelta(minutes=10)
"""How long nothing runs in working hours before it is said."""
_BACK = timedelta(days=8)
_AHEAD = timedelta(days=9)
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class LongRun:
    """An entry runs since long."""

    entry: Entry
    ran: timedelta


@dataclass(frozen=True, slots=True)
class NothingRuns:
    """It is working time, and nothing has run for some minutes."""


@dataclass(frozen=True, slots=True)
class DayEnds:
    """The working day is over; `waiting` go by themselves, `needing` need a person."""

    waiting: int
    needing: int


Reminder = LongRun | NothingRuns | DayEnds


@dataclass(frozen=True, slots=True)
class Wishes:
    """The settings: `remind_after` None turns off reminders of a long run, no `hours` the rest."""

    remind_after: timedelta | None = None
    hours: WorkingHours = field(default_factory=WorkingHours)


@dataclass(frozen=True, slots=True)
class Facts:
    """The moment: instants are aware UTC.

    `clock_set` is how far the wall clock was set since what runs began. `watched_since` is when
    the app began to look: what was due before, when nobody could be told, is not brought up.
    """

    now: datetime
    zone: tzinfo
    state: State
    last_stop: datetime | None
    waiting: int
    needing: int
    watched_since: datetime
    clock_set: timedelta = timedelta(0)

    @property
    def by_entry(self) -> datetime:
        """The present on the clock by which the entry began."""
        return self.now - self.clock_set


@dataclass(frozen=True, slots=True)
class Reminded:
    """What was told, so that a restart does not repeat it.

    `entry_id` was last spoken of at `spoken_at` (told, or answered); `idle_since` is the stop
    after which it was said that nothing runs; `day` is the latest working day seen to its end.
    """

    entry_id: str = ""
    spoken_at: datetime = _NEVER
    idle_since: datetime | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What to tell now, what to remember, and after how long to decide anew (None: no need)."""

    tell: tuple[Reminder, ...]
    reminded: Reminded
    wait: timedelta | None


def decide(wishes: Wishes, facts: Facts, reminded: Reminded) -> Decision:
    """Decide for this moment. What changes meanwhile (a start, a setting) is decided anew."""
    spans = _spans(wishes.hours, facts)
    decisions = [_long_run(wishes.remind_after, facts, reminded)]
    decisions.append(_nothing_runs(spans, facts, decisions[-1].reminded))
    decisions.append(_day_ends(spans, facts, decisions[-1].reminded))
    waits = [each.wait for each in decisions if each.wait is not None]
    told = tuple(reminder for each in decisions for reminder in each.tell)
    return Decision(told, decisions[-1].reminded, min(waits, default=None))


def kept_on(facts: Facts, entry_id: str, reminded: Reminded) -> Reminded:
    """The person wants the entry to go on: it is spoken of again after as long as before."""
    return replace(reminded, entry_id=entry_id, spoken_at=facts.by_entry)


def _long_run(after: timedelta | None, facts: Facts, reminded: Reminded) -> Decision:
    match facts.state:
        case Idle():
            return Decision((), reminded, None)
        case Running(entry):
            if after is None:
                return Decision((), reminded, None)
            return _of_entry(entry, after, facts, reminded)


def _of_entry(entry: Entry, after: timedelta, facts: Facts, reminded: Reminded) -> Decision:
    spoken = reminded.spoken_at if reminded.entry_id == entry.id else entry.started_at
    due = max(entry.started_at, spoken) + after
    now = facts.by_entry
    if now < due:
        return Decision((), reminded, due - now)
    told = LongRun(entry, now - entry.started_at)
    return Decision((told,), replace(reminded, entry_id=entry.id, spoken_at=now), after)


def _nothing_runs(spans: tuple[Span, ...], facts: Facts, reminded: Reminded) -> Decision:
    """Once for each time that something ended; nobody who is on holiday is asked every day."""
    since = facts.last_stop or _NEVER
    if isinstance(facts.state, Running) or reminded.idle_since == since:
        return Decision((), reminded, None)
    for span in spans:
        due = max(span.begin, since, facts.watched_since) + UNTOUCHED
        if due >= span.end or facts.now >= span.end:
            continue
        if facts.now < due:
            return Decision((), reminded, due - facts.now)
        return Decision((NothingRuns(),), replace(reminded, idle_since=since), None)
    return Decision((), reminded, _later(spans))


def _day_ends(spans: tuple[Span, ...], facts: Facts, reminded: Reminded) -> Decision:
    """Looked at once for each working day, at its end, or on waking after it."""
    ends = [span for span in ends_of_days(spans) if span.end >= facts.watched_since]
    over = [span for span in ends if span.end <= facts.now]
    wait = min((span.end - facts.now for span in ends if span.end > facts.now), default=None)
    if not over or (reminded.day is not None and over[-1].day <= reminded.day):
        return Decision((), reminded, wait)
    told = DayEnds(facts.waiting, facts.needing)
    tell = (told,) if told.waiting or told.needing else ()
    return Decision(tell, replace(reminded, day=over[-1].day), wait)


def _later(spans: tuple[Span, ...]) -> timedelta | None:
    """No span of the next days will do: look again when others can be seen."""
    return timedelta(days=1) if spans else None


def _spans(hours: WorkingHours, facts: Facts) -> tuple[Span, ...]:
    if not hours.ranges:
        return ()
    now = facts.now.astimezone(facts.zone)
    return hours.spans((now - _BACK).date(), (now + _AHEAD).date(), facts.zone)
