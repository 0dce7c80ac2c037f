"""A day, a week and a month as pure values: what the history draws. No clock, no journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from enum import Enum
from types import MappingProxyType

from timer_app.domain.delivery.outbox import (
    OPEN,
    Delivery,
    DeliveryState,
    LoggedEntry,
    is_ended_search,
)
from timer_app.domain.delivery.service_messages import (
    DeleteLog,
    LogTime,
    service_of,
)
from timer_app.domain.elapsed import running_seconds
from timer_app.domain.entries.card import Card
from timer_app.domain.entries.entry import Entry
from timer_app.domain.entries.goals import WeekGoals
from timer_app.domain.entries.minutes import split_by_day, start_of_day
from timer_app.domain.entries.task import Task
from timer_app.domain.service import Service
from timer_app.services.entries.listing import DeliveryStatus

_DAY = timedelta(days=1)
_MOST_PARTS = 12
"""Parts of a bar: more would be too thin to see."""
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """By what instants become dates: the zone, when a day begins, and what the present is."""

    zone: tzinfo
    day_start: time
    now: datetime

    def begins(self, day: date) -> datetime:
        """The instant at which the day begins."""
        return start_of_day(day, self.zone, self.day_start)


# -------------------------------------------------------------------- a day


@dataclass(frozen=True, slots=True)
class Block:
    """The part of an entry that lies on the day; those that share time have different lanes."""

    entry: Entry
    begins: datetime
    ends: datetime
    lane: int
    running: bool
    covered: bool = False
    """Whether an earlier log of its card holds its minutes of the day."""


@dataclass(frozen=True, slots=True)
class DayTimeline:
    """A day from `begins` to `ends`; `goal` is 0 where there is none, `now` is None elsewhere.

    `seconds` is the day's total, as tray and panel count it.
    """

    date: date
    begins: datetime
    ends: datetime
    blocks: tuple[Block, ...]
    seconds: int
    goal: int
    now: datetime | None

    @property
    def lanes(self) -> int:
        """How many entries share time at most."""
        return max((block.lane for block in self.blocks), default=0) + 1


def day_timeline(
    on_date: date, logged: Iterable[LoggedEntry], finished: int, goal: int, calendar: Calendar
) -> DayTimeline:
    """The day with these entries; `finished` are the seconds of those that are over."""
    begins, ends = calendar.begins(on_date), calendar.begins(on_date + _DAY)
    found = list(logged)
    blocks = _assign_lanes(
        [part for each in found if (part := _day_block(on_date, each, begins, ends, calendar.now))]
    )
    running = sum(
        _running_seconds(each, calendar).get(on_date, 0)
        for each in found
        if each.stopped_at is None
    )
    now = calendar.now if begins <= calendar.now < ends else None
    return DayTimeline(on_date, begins, ends, blocks, finished + running, goal, now)


def visible_hours(timeline: DayTimeline) -> tuple[datetime, datetime]:
    """What of the day is drawn: its working hours, wider where there are entries."""
    first = min([timeline.begins + 8 * _HOUR, *(block.begins for block in timeline.blocks)])
    last = max([timeline.begins + 18 * _HOUR, *(block.ends for block in timeline.blocks)])
    if timeline.now is not None:
        last = max(last, timeline.now)
    hours_before = (first - timeline.begins) // _HOUR
    hours_until = -((timeline.begins - last) // _HOUR)
    return timeline.begins + hours_before * _HOUR, min(
        timeline.ends, timeline.begins + hours_until * _HOUR
    )


def widened(
    first: datetime, last: datetime, begins: datetime, ends: datetime
) -> tuple[datetime, datetime]:
    """The drawn hours, with as many more as a stretch needs."""
    before = -((begins - first) // _HOUR) if begins < first else 0
    after = -((last - ends) // _HOUR) if ends > last else 0
    return first - before * _HOUR, last + after * _HOUR


def _day_block(
    on_date: date, each: LoggedEntry, begins: datetime, ends: datetime, now: datetime
) -> Block | None:
    """An entry cut to the day; one that took no time is still there to be seen."""
    entry = each.entry
    stopped_at = each.stopped_at or max(now, entry.started_at)
    began, ended = max(entry.started_at, begins), min(stopped_at, ends)
    inside = began < ended or (stopped_at == entry.started_at == began < ends)
    covered = on_date in each.covered_dates
    return Block(entry, began, ended, 0, each.stopped_at is None, covered) if inside else None


def _assign_lanes(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Each into the first lane that is free when it begins."""
    placed: list[Block] = []
    free_from: list[datetime] = []
    for each in sorted(blocks, key=lambda block: (block.begins, block.ends)):
        lane = next((n for n, free in enumerate(free_from) if free <= each.begins), None)
        if lane is None:
            lane = len(free_from)
            free_from.append(each.ends)
        free_from[lane] = each.ends
        placed.append(replace(each, lane=lane))
    return tuple(placed)


# -------------------------------------------------------------------- a week, a month


class Scope(Enum):
    """Over how long the bars go."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class TaskTotal:
    """How many seconds a task has; None stands for all other tasks together."""

    task: Task | None
    seconds: int


@dataclass(frozen=True, slots=True)
class CardTotal:
    """How many seconds a card has, with the title of its task; None: all that has no card."""

    card: Card | None
    title: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Bar:
    """What one date has, against its goal (0: none); `parts` by task, the largest first."""

    date: date
    seconds: int
    goal: int = 0
    parts: tuple[TaskTotal, ...] = ()

    @property
    def has_reached_goal(self) -> bool:
        """Whether there is a goal, and it is reached."""
        return 0 < self.goal <= self.seconds


@dataclass(frozen=True, slots=True)
class BarChart:
    """A bar for each date; `goal` is that of all of them together, 0 for none.

    `totals` are the tasks of all dates, the largest first.
    """

    scope: Scope
    bars: tuple[Bar, ...]
    goal: int
    today: date
    totals: tuple[TaskTotal, ...] = ()

    @property
    def seconds(self) -> int:
        """All of them together."""
        return sum(bar.seconds for bar in self.bars)

    @property
    def first(self) -> date:
        """The first date."""
        return self.bars[0].date

    @property
    def last(self) -> date:
        """The last date."""
        return self.bars[-1].date

    @property
    def reached(self) -> int:
        """On how many dates the goal was reached."""
        return sum(bar.has_reached_goal for bar in self.bars)


def card_totals(totals: Iterable[TaskTotal]) -> tuple[CardTotal, ...]:
    """What each card has, the largest first; all without a card is one."""
    seconds: dict[str | None, int] = {}
    first: dict[str | None, TaskTotal] = {}
    for each in totals:
        card = each.task.card if each.task else None
        key = card.url if card else None
        seconds[key] = seconds.get(key, 0) + each.seconds
        first.setdefault(key, each)
    found = []
    for key, total in seconds.items():
        task = first[key].task
        card = task.card if task else None
        found.append(CardTotal(card, task.title if task and card else "", total))
    return tuple(sorted(found, key=lambda each: -each.seconds))


def scope_dates(scope: Scope, on_date: date, first_weekday: int) -> tuple[date, date]:
    """The first and the last date of the range that a date is in; Monday is 1, Sunday 7."""
    match scope:
        case Scope.DAY:
            return on_date, on_date
        case Scope.WEEK:
            first = on_date - timedelta(days=(on_date.isoweekday() - first_weekday) % 7)
            return first, first + 6 * _DAY
        case Scope.MONTH:
            first = on_date.replace(day=1)
            return first, _next_month(first) - _DAY


def shifted_date(scope: Scope, on_date: date, by: int) -> date:
    """The date so many ranges later; where a month is too short, its last date."""
    if scope is not Scope.MONTH:
        return on_date + by * (7 if scope is Scope.WEEK else 1) * _DAY
    months = on_date.year * 12 + on_date.month - 1 + by
    first = date(months // 12, months % 12 + 1, 1)
    return min(first + (on_date.day - 1) * _DAY, _next_month(first) - _DAY)


def bar_chart(
    scope: Scope,
    dates: tuple[date, date],
    finished: Mapping[date, int],
    running: LoggedEntry | None,
    goals: WeekGoals,
    *,
    today: date,
    calendar: Calendar,
    by_task: Mapping[date, Sequence[TaskTotal]] = MappingProxyType({}),
) -> BarChart:
    """The bars of the dates. Of finished entries, `finished` are the seconds by date.

    `by_task` are the same by task; what they lack is a part without a task.
    """
    first, last = dates
    more = _running_seconds(running, calendar) if running else {}
    bars, totals = [], dict[Task | None, int]()
    for at in (first + n * _DAY for n in range((last - first).days + 1)):
        parts = {each.task: each.seconds for each in by_task.get(at, ())}
        unattributed = finished.get(at, 0) - sum(parts.values())
        if unattributed > 0:
            parts[None] = parts.get(None, 0) + unattributed
        if running and more.get(at):
            task = running.entry.task
            parts[task] = parts.get(task, 0) + more[at]
        for each, seconds in parts.items():
            totals[each] = totals.get(each, 0) + seconds
        total = finished.get(at, 0) + more.get(at, 0)
        bars.append(Bar(at, total, goals.on(at), _largest_first(parts, _MOST_PARTS)))
    goal = goals.on(first) if scope is Scope.DAY else goals.between(first, last)
    return BarChart(scope, tuple(bars), goal, today, _largest_first(totals, len(totals)))


def _largest_first(seconds: Mapping[Task | None, int], most: int) -> tuple[TaskTotal, ...]:
    """The tasks by their time; those beyond `most` are one part without a task."""
    tasks = sorted(
        ((task, each) for task, each in seconds.items() if task is not None),
        key=lambda pair: (-pair[1], pair[0].key),
    )
    rest = seconds.get(None, 0) + sum(each for _, each in tasks[most:])
    largest = tuple(TaskTotal(*pair) for pair in tasks[:most])
    return (*largest, TaskTotal(None, rest)) if rest else largest


def _next_month(first: date) -> date:
    return (first + 31 * _DAY).replace(day=1)


def _running_seconds(running: LoggedEntry, calendar: Calendar) -> dict[date, int]:
    began = running.entry.started_at
    if calendar.now <= began:  # the clock was set back
        return {}
    parts = split_by_day(began, calendar.now, calendar.zone, calendar.day_start)
    return {part.for_date: part.seconds for part in parts}


# -------------------------------------------------------------------- a row of the table


@dataclass(frozen=True, slots=True)
class ServiceDeliveryStatus:
    """How an entry stands with one service, by which id the service knows it, and its address."""

    delivery_status: DeliveryStatus
    remote_id: str = ""
    address: str = ""
    is_covered: bool = False
    """Whether it needs no log of its own: earlier logs of its card hold the day's minutes."""


def service_delivery_status(logged: LoggedEntry, service: Service) -> ServiceDeliveryStatus:
    """The status of the entry at the service.

    TimeCrowd has no address for an entry (its API notes name none); a Kaiten log is shown on its
    card.
    """
    deliveries = [
        each
        for each in logged.deliveries
        if service_of(each.message) is service and not is_ended_search(each)
    ]
    delivery_status = combined_delivery_status(deliveries)
    match service:
        case Service.TIMECROWD:
            return ServiceDeliveryStatus(delivery_status, logged.remote.id if logged.remote else "")
        case Service.KAITEN:
            card, ids = logged.entry.task.card, ", ".join(_log_ids(deliveries))
            ended = delivery_status in (DeliveryStatus.DELIVERED, DeliveryStatus.NOT_SENT)
            if logged.covered_dates and ended and not ids:
                return ServiceDeliveryStatus(DeliveryStatus.DELIVERED, is_covered=True)
            return ServiceDeliveryStatus(delivery_status, ids, card.url if card and ids else "")


def combined_delivery_status(deliveries: Sequence[Delivery]) -> DeliveryStatus:
    """How far these deliveries have come: as far as the one that has come least far."""
    if any(each.needs_user for each in deliveries):
        return DeliveryStatus.NEEDS_PERSON
    states = {each.state for each in deliveries}
    if states & OPEN:
        return DeliveryStatus.WAITING
    return DeliveryStatus.DELIVERED if DeliveryState.DONE in states else DeliveryStatus.NOT_SENT


def _log_ids(deliveries: Sequence[Delivery]) -> list[str]:
    """Kaiten's ids of the logs that are there, without those that were removed since."""
    gone = {
        each.message.about
        for each in deliveries
        if isinstance(each.message, DeleteLog) and each.state is DeliveryState.DONE
    }
    logs = (each for each in deliveries if isinstance(each.message, LogTime))
    return [each.remote_id for each in logs if each.remote_id and each.id not in gone]


def duration_seconds(logged: LoggedEntry, now: datetime) -> int:
    """How many seconds the entry took; one that runs counts until now."""
    end = logged.stopped_at or now
    return running_seconds(logged.entry.started_at.timestamp(), end.timestamp())
