"""Working hours: what is typed -> hours of each weekday -> instants.

`Mon-Fri 09:00-18:00`, or several ranges: `Mon-Thu 09:00-13:00, 14:00-18:00, Fri 09:00-14:00`. A
range without days belongs to the days before it. Weekdays may be English, Russian or Japanese.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise

from timer_app.domain.errors import BadInput
from timer_app.domain.messages import WorkingHoursMessageId
from timer_app.domain.setup.time_grammar import clock_seconds, split_range
from timer_app.domain.setup.weekdays import SHOWN_DAYS, split_days, split_parts

EXAMPLE = "Mon-Fri 09:00-18:00"
_HYPHEN = re.compile(r"\s*[-~]\s*")
_DAY_MINUTES = 24 * 60
_MAX_LENGTH = 500


@dataclass(frozen=True, slots=True, order=True)
class WeekdayRange:
    """Minutes of one weekday (0 is Monday): from `begin` to `end`, at most 24 * 60."""

    weekday: int
    begin: int
    end: int

    def __str__(self) -> str:
        return (
            f"{SHOWN_DAYS[self.weekday]} {_format_minutes(self.begin)}-{_format_minutes(self.end)}"
        )


@dataclass(frozen=True, slots=True)
class WorkingPeriod:
    """Working time from one instant to another, both UTC; `day` is the local date it began on."""

    begin: datetime
    end: datetime
    day: date


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """The ranges of a week, in order; none share time. Without any there are no working hours."""

    ranges: tuple[WeekdayRange, ...] = ()

    def periods(self, first: date, last: date, zone: tzinfo) -> tuple[WorkingPeriod, ...]:
        """The working time of the local dates from `first` to `last`, in order.

        What touches is one span, so a night shift is not cut at midnight.
        """
        periods: list[WorkingPeriod] = []
        for each in self._periods_by_day(first, last, zone):
            if periods and periods[-1].end >= each.begin:
                periods[-1] = WorkingPeriod(
                    periods[-1].begin, max(periods[-1].end, each.end), periods[-1].day
                )
            else:
                periods.append(each)
        return tuple(periods)

    def _periods_by_day(self, first: date, last: date, zone: tzinfo) -> Iterator[WorkingPeriod]:
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            for each in self.ranges:
                if each.weekday == day.weekday():
                    begin, end = _at(day, each.begin, zone), _at(day, each.end, zone)
                    if begin < end:  # not swallowed by a clock that is set forward
                        yield WorkingPeriod(begin, end, day)


def workday_ends(periods: tuple[WorkingPeriod, ...]) -> tuple[WorkingPeriod, ...]:
    """Of each date's spans the last, after which the working day is over; spans in order."""
    return tuple(one for one, following in pairwise(periods) if one.day != following.day)


def parse_working_hours(text: str) -> WorkingHours:
    """Working hours as typed; nothing typed means none. Raises BadInput."""
    if len(text) > _MAX_LENGTH:
        raise BadInput(WorkingHoursMessageId.TOO_LONG, str(_MAX_LENGTH))
    ranges: list[WeekdayRange] = []
    days: tuple[int, ...] = ()
    are_new = False
    for part in split_parts(text):
        more_days, hours = split_days(part)
        if more_days:  # days without hours wait for those of the next part: Mon, Wed 9-17
            days, are_new = (*(days if are_new else ()), *more_days), True
        if hours:
            begin, end = _parse_hours(hours, part)
            if not days:
                raise BadInput(WorkingHoursMessageId.NO_DAYS, part, EXAMPLE)
            ranges += [WeekdayRange(day, begin, end) for day in dict.fromkeys(days)]
            are_new = False
    if are_new:
        raise BadInput(WorkingHoursMessageId.NOT_A_RANGE, text, EXAMPLE)
    ranges.sort()
    for one, following in pairwise(ranges):
        if one.weekday == following.weekday and following.begin < one.end:
            raise BadInput(WorkingHoursMessageId.OVERLAP, str(one), str(following))
    return WorkingHours(tuple(ranges))


def _parse_hours(typed: str, part: str) -> tuple[int, int]:
    """Two times of day, in minutes after midnight. Raises BadInput."""
    found = split_range(typed)
    if found is None:
        for each in _HYPHEN.split(typed):
            if _HYPHEN.search(typed) and re.match("[0-9]", each) and clock_seconds(each) is None:
                raise BadInput(WorkingHoursMessageId.NOT_A_TIME, each)
        raise BadInput(WorkingHoursMessageId.NOT_A_RANGE, part, EXAMPLE)
    seconds = [clock_seconds(each) for each in found]
    if any(each is not None and each % 60 for each in seconds):
        raise BadInput(WorkingHoursMessageId.WITH_SECONDS, part, EXAMPLE)
    begin, end = (each // 60 if each is not None else _DAY_MINUTES for each in seconds)
    if begin >= end:
        raise BadInput(WorkingHoursMessageId.ENDS_BEFORE, part)
    return begin, end


def _at(day: date, minutes: int, zone: tzinfo) -> datetime:
    if minutes == _DAY_MINUTES:
        day, minutes = day + timedelta(days=1), 0
    return datetime.combine(day, time(minutes // 60, minutes % 60), zone).astimezone(UTC)


def _format_minutes(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
