"""What to remind a person of at an instant, and how long until that may change.

Three things: an entry that has run for long, working hours in which nothing runs, and a working day
that ends while deliveries wait. Each is shown once; what was shown is a value too.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, tzinfo

from timer_app.domain.entries.entry import Entry
from timer_app.domain.entries.timer import Idle, Running, State
from timer_app.domain.reminders.working_hours import WorkingHours, WorkingPeriod, workday_ends

NOTHING_RUNNING_DELAY = timedelta(minutes=10)
"""How long nothing runs in working hours before a reminder."""
_PERIODS_BACK = timedelta(days=8)
_PERIODS_AHEAD = timedelta(days=9)
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class LongRunningEntry:
    """An entry has run for long."""

    entry: Entry
    elapsed: timedelta


@dataclass(frozen=True, slots=True)
class NothingRunning:
    """It is working time, and nothing has run for some minutes."""


@dataclass(frozen=True, slots=True)
class WorkdayEnded:
    """The working day is over; `waiting` deliveries need nobody, `needing_user` a person."""

    waiting: int
    needing_user: int


Reminder = LongRunningEntry | NothingRunning | WorkdayEnded


@dataclass(frozen=True, slots=True)
class ReminderSettings:
    """The settings: `remind_after` None turns off reminders of a long run, no `hours` the rest."""

    remind_after: timedelta | None = None
    hours: WorkingHours = field(default_factory=WorkingHours)


@dataclass(frozen=True, slots=True)
class ReminderContext:
    """The present: instants are aware UTC.

    `wall_clock_shift` is how far the wall clock was set since the running entry began.
    Nothing that was due before `app_started_at` is shown.
    """

    now: datetime
    zone: tzinfo
    state: State
    last_stop: datetime | None
    waiting: int
    needing_user: int
    app_started_at: datetime
    wall_clock_shift: timedelta = timedelta(0)

    @property
    def now_by_entry_clock(self) -> datetime:
        """The present on the clock by which the entry began."""
        return self.now - self.wall_clock_shift


@dataclass(frozen=True, slots=True)
class ReminderRecord:
    """What was shown, so that a restart does not repeat it.

    `entry_id` was last reminded of at `reminded_at`; `idle_since` is the stop after which a
    reminder said that nothing runs; `day` is the latest finished working day.
    """

    entry_id: str = ""
    reminded_at: datetime = _NEVER
    idle_since: datetime | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class ReminderDecision:
    """The reminders to show now, the new record, and when to decide again (None: no need)."""

    reminders: tuple[Reminder, ...]
    record: ReminderRecord
    next_check_in: timedelta | None


def decide_reminders(
    settings: ReminderSettings, context: ReminderContext, record: ReminderRecord
) -> ReminderDecision:
    """Decide for this moment. Decide again when something changes (a start, a setting)."""
    periods = _working_periods(settings.hours, context)
    decisions = [_long_run(settings.remind_after, context, record)]
    decisions.append(_nothing_runs(periods, context, decisions[-1].record))
    decisions.append(_day_ends(periods, context, decisions[-1].record))
    waits = [each.next_check_in for each in decisions if each.next_check_in is not None]
    due_reminders = tuple(reminder for each in decisions for reminder in each.reminders)
    return ReminderDecision(due_reminders, decisions[-1].record, min(waits, default=None))


def with_snooze(context: ReminderContext, entry_id: str, record: ReminderRecord) -> ReminderRecord:
    """The person wants the entry to go on: remind again after the same time."""
    return replace(record, entry_id=entry_id, reminded_at=context.now_by_entry_clock)


def _long_run(
    after: timedelta | None, context: ReminderContext, record: ReminderRecord
) -> ReminderDecision:
    match context.state:
        case Idle():
            return ReminderDecision((), record, None)
        case Running(entry):
            if after is None:
                return ReminderDecision((), record, None)
            return _long_run_of_entry(entry, after, context, record)


def _long_run_of_entry(
    entry: Entry, after: timedelta, context: ReminderContext, record: ReminderRecord
) -> ReminderDecision:
    last_reminded = record.reminded_at if record.entry_id == entry.id else entry.started_at
    due = max(entry.started_at, last_reminded) + after
    now = context.now_by_entry_clock
    if now < due:
        return ReminderDecision((), record, due - now)
    due_reminders = LongRunningEntry(entry, now - entry.started_at)
    return ReminderDecision(
        (due_reminders,), replace(record, entry_id=entry.id, reminded_at=now), after
    )


def _nothing_runs(
    periods: tuple[WorkingPeriod, ...], context: ReminderContext, record: ReminderRecord
) -> ReminderDecision:
    """Once after each stop; nobody on holiday is reminded every day."""
    since = context.last_stop or _NEVER
    if isinstance(context.state, Running) or record.idle_since == since:
        return ReminderDecision((), record, None)
    for period in periods:
        due = max(period.begin, since, context.app_started_at) + NOTHING_RUNNING_DELAY
        if due >= period.end or context.now >= period.end:
            continue
        if context.now < due:
            return ReminderDecision((), record, due - context.now)
        return ReminderDecision((NothingRunning(),), replace(record, idle_since=since), None)
    return ReminderDecision((), record, _next_lookahead(periods))


def _day_ends(
    periods: tuple[WorkingPeriod, ...], context: ReminderContext, record: ReminderRecord
) -> ReminderDecision:
    """Decided once for each working day, at its end, or on waking after it."""
    ends = [period for period in workday_ends(periods) if period.end >= context.app_started_at]
    over = [period for period in ends if period.end <= context.now]
    wait = min(
        (period.end - context.now for period in ends if period.end > context.now), default=None
    )
    if not over or (record.day is not None and over[-1].day <= record.day):
        return ReminderDecision((), record, wait)
    due_reminders = WorkdayEnded(context.waiting, context.needing_user)
    reminders = (due_reminders,) if due_reminders.waiting or due_reminders.needing_user else ()
    return ReminderDecision(reminders, replace(record, day=over[-1].day), wait)


def _next_lookahead(periods: tuple[WorkingPeriod, ...]) -> timedelta | None:
    """No working hours in the next days: decide again when later days are in view."""
    return timedelta(days=1) if periods else None


def _working_periods(hours: WorkingHours, context: ReminderContext) -> tuple[WorkingPeriod, ...]:
    if not hours.ranges:
        return ()
    now = context.now.astimezone(context.zone)
    return hours.periods((now - _PERIODS_BACK).date(), (now + _PERIODS_AHEAD).date(), context.zone)
