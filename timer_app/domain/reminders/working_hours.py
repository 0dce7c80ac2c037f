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

EXAMPLE = "Mon-Fri 09:00-18:00"
_WEEKDAY_NAMES = (
    "mon", "monday", "пн", "понедельник", "月",
    "tue", "tuesday", "вт", "вторник", "火",
    "wed", "wednesday", "ср", "среда", "水",
    "thu", "thursday", "чт", "четверг", "木",
    "fri", "friday", "пт", "пятница", "金",
    "sat", "saturday", "сб", "суббота", "土",
    "sun", "sunday", "вс", "воскресенье", "日",
)  # fmt: skip
_WEEKDAY_NUMBERS = {name: place // 5 for place, name in enumerate(_WEEKDAY_NAMES)}
_SHOWN_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_RANGE = re.compile(r"(?:(?P<days>[^\d\s]+)\s+)?(?P<begin>\d+:\d+)-(?P<end>\d+:\d+)")
_CLOCK = re.compile(r"([01]?[0-9]|2[0-4]):([0-5][0-9])")
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
            f"{_SHOWN_DAYS[self.weekday]} {_format_minutes(self.begin)}-{_format_minutes(self.end)}"
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
    parts = _normalize_dashes(text).split(",") if text.strip() else []
    for part in parts:
        days, more = _parse_range(part.strip(), days)
        ranges += more
    ranges.sort()
    for one, following in pairwise(ranges):
        if one.weekday == following.weekday and following.begin < one.end:
            raise BadInput(WorkingHoursMessageId.OVERLAP, str(one), str(following))
    return WorkingHours(tuple(ranges))


def _parse_range(
    part: str, days_before: tuple[int, ...]
) -> tuple[tuple[int, ...], list[WeekdayRange]]:
    """A range's days and its hours on each of them."""
    match = _RANGE.fullmatch(part)
    if match is None:
        raise BadInput(WorkingHoursMessageId.NOT_A_RANGE, part, EXAMPLE)
    days = _weekdays(match["days"]) if match["days"] else days_before
    if not days:
        raise BadInput(WorkingHoursMessageId.NO_DAYS, part, EXAMPLE)
    begin, end = _minutes(match["begin"]), _minutes(match["end"])
    if begin >= end:
        raise BadInput(WorkingHoursMessageId.ENDS_BEFORE, part)
    return days, [WeekdayRange(day, begin, end) for day in days]


def _normalize_dashes(text: str) -> str:
    """Dashes of every length as a hyphen with no spaces around it."""
    return re.sub(r"\s*[-–—]\s*", "-", text)


def _weekdays(typed: str) -> tuple[int, ...]:
    names = typed.split("-")
    if len(names) > 2:
        raise BadInput(WorkingHoursMessageId.NOT_WEEKDAYS, typed)
    first, last = _weekday(names[0]), _weekday(names[-1])
    return tuple((first + more) % 7 for more in range((last - first) % 7 + 1))


def _weekday(name: str) -> int:
    day = _WEEKDAY_NUMBERS.get(name.casefold().removesuffix("."))
    if day is None:
        raise BadInput(WorkingHoursMessageId.NOT_A_WEEKDAY, name, ", ".join(_SHOWN_DAYS))
    return day


def _minutes(typed: str) -> int:
    match = _CLOCK.fullmatch(typed)
    minutes = int(match[1]) * 60 + int(match[2]) if match else _DAY_MINUTES + 1
    if minutes > _DAY_MINUTES:
        raise BadInput(WorkingHoursMessageId.NOT_A_TIME, typed)
    return minutes


def _at(day: date, minutes: int, zone: tzinfo) -> datetime:
    if minutes == _DAY_MINUTES:
        day, minutes = day + timedelta(days=1), 0
    return datetime.combine(day, time(minutes // 60, minutes % 60), zone).astimezone(UTC)


def _format_minutes(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
