"""What people type for a stretch of work: from, to and how long, of which two suffice.

More forgiving than the command line's TIME: `9`, `9.30`, `930`, `9am`, `9時半`, and a range such as
`9-10:30` in any of the fields. What is wrong is a kind and a field, for the window to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import Enum

from timer_app.domain.errors import BadInput
from timer_app.domain.setup.time_input import (
    NonexistentTime,
    local_instant,
    parse_duration,
    parse_end,
    parse_instant,
)

MAX_SPAN = timedelta(days=31)
_DASH = r"\s*(?:-|–|—|~|〜|～|\bto\b|\bдо\b|\bпо\b|から)\s*"
_RANGE = re.compile(rf"(?:from\s+|с\s+)?(\S.*?){_DASH}(\d.*?)(?:まで)?", re.IGNORECASE)
_HOUR = r"(?P<hour>[01]?[0-9]|2[0-3])"
_CLOCKS = (
    re.compile(rf"{_HOUR}(?:[:.h](?P<minute>[0-5][0-9]))?\s*(?P<half>am|pm)?", re.IGNORECASE),
    re.compile(rf"{_HOUR}(?P<minute>[0-5][0-9])"),
    re.compile(rf"{_HOUR}\s*時(?:(?P<minute>[0-5]?[0-9])分|(?P<half>半))?"),
    re.compile(rf"{_HOUR}\s*(?:ч|час|часа|часов)\.?(?:\s*(?P<minute>[0-5]?[0-9])(?:\s*м(?:ин)?\.?)?)?"),
)  # fmt: skip


class SpanField(Enum):
    """Where something was typed."""

    BEGIN = "begin"
    END = "end"
    LENGTH = "length"


class SpanFault(Enum):
    """What is wrong with it."""

    MISSING = "missing"
    NOT_A_TIME = "not a time"
    NOT_A_LENGTH = "not a length"
    SKIPPED = "skipped by a clock change"
    DISAGREES = "disagrees with the other two"
    ENDS_BEFORE = "ends before it begins"
    TOO_LONG = "too long"
    FUTURE = "still to come"
    OUTSIDE = "outside of the stretch"


class BadSpan(Exception):
    """No stretch yet: which field, and what is wrong with it."""

    def __init__(self, field: SpanField, fault: SpanFault) -> None:
        super().__init__(f"{field.value}: {fault.value}")
        self.field = field
        self.fault = fault


@dataclass(frozen=True, slots=True)
class TypedSpan:
    """What stands in the fields; a time of day is one of `day`."""

    day: date
    begin: str = ""
    end: str = ""
    length: str = ""


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """From when to when, aware and whole seconds."""

    started_at: datetime
    stopped_at: datetime

    @property
    def length(self) -> timedelta:
        """How long it is."""
        return self.stopped_at - self.started_at


def parse_span(typed: TypedSpan, now: datetime, zone: tzinfo) -> TimeSpan:
    """The stretch that was meant. `now` is the instant it is typed at. Raises BadSpan.

    A length alone is one that ends now, on today's date.
    """
    typed = _split_range(typed)
    if typed.begin and typed.end:
        span = _begin_to_end(typed, now, zone)
    elif typed.length:
        span = _with_length(typed, _length(typed), now, zone)
    else:
        raise BadSpan(SpanField.END if typed.begin else SpanField.BEGIN, SpanFault.MISSING)
    if span.stopped_at <= span.started_at:
        raise BadSpan(SpanField.END, SpanFault.ENDS_BEFORE)
    if span.length > MAX_SPAN:
        raise BadSpan(SpanField.LENGTH if typed.length else SpanField.END, SpanFault.TOO_LONG)
    if span.stopped_at > now:
        raise BadSpan(SpanField.END if typed.end else SpanField.BEGIN, SpanFault.FUTURE)
    return span


def parse_instant_within(text: str, span: TimeSpan, now: datetime, zone: tzinfo) -> datetime:
    """An instant within a stretch; a time of day is one of its dates. Raises BadSpan."""
    first, last = (each.astimezone(zone).date() for each in (span.started_at, span.stopped_at))
    text = " ".join(text.split())
    if not text:
        raise BadSpan(SpanField.BEGIN, SpanFault.MISSING)
    instant = _instant(SpanField.BEGIN, text, first, now, zone)
    if instant <= span.started_at and last != first:
        instant = _instant(SpanField.BEGIN, text, last, now, zone)
    if not span.started_at < instant < span.stopped_at:
        raise BadSpan(SpanField.BEGIN, SpanFault.OUTSIDE)
    return instant


def _split_range(typed: TypedSpan) -> TypedSpan:
    """A range typed into one field fills two; what else stands in them is left aside."""
    fields = [" ".join(text.split()) for text in (typed.begin, typed.end, typed.length)]
    for text in fields:
        match = _RANGE.fullmatch(text)
        if match and _clock(match[1]) and _clock(match[2]):
            return TypedSpan(typed.day, match[1], match[2])
    return TypedSpan(typed.day, *fields)


def _begin_to_end(typed: TypedSpan, now: datetime, zone: tzinfo) -> TimeSpan:
    begin = _instant(SpanField.BEGIN, typed.begin, typed.day, now, zone)
    span = TimeSpan(begin, _end(typed.end, begin, now, zone))
    if typed.length and _length(typed) != span.length:
        raise BadSpan(SpanField.LENGTH, SpanFault.DISAGREES)
    return span


def _with_length(typed: TypedSpan, length: timedelta, now: datetime, zone: tzinfo) -> TimeSpan:
    if typed.begin:
        begin = _instant(SpanField.BEGIN, typed.begin, typed.day, now, zone)
        return TimeSpan(begin, begin + length)
    if typed.end:
        end = _instant(SpanField.END, typed.end, typed.day, now, zone)
        return TimeSpan(end - length, end)
    if typed.day != now.astimezone(zone).date():
        raise BadSpan(SpanField.BEGIN, SpanFault.MISSING)
    return TimeSpan(now - length, now)


def _length(typed: TypedSpan) -> timedelta:
    try:
        return parse_duration(typed.length)
    except BadInput:
        raise BadSpan(SpanField.LENGTH, SpanFault.NOT_A_LENGTH) from None


def _instant(field: SpanField, text: str, day: date, now: datetime, zone: tzinfo) -> datetime:
    clock = _clock(text)
    try:
        if clock is not None:
            return local_instant(day, clock, zone)
        return parse_instant(text, now, zone, day)
    except NonexistentTime:
        raise BadSpan(field, SpanFault.SKIPPED) from None
    except BadInput:
        raise BadSpan(field, SpanFault.NOT_A_TIME) from None


def _end(text: str, begin: datetime, now: datetime, zone: tzinfo) -> datetime:
    """A time of day alone is the first such after the beginning, be it on the next day."""
    clock = _clock(text)
    try:
        return parse_end(text if clock is None else clock.isoformat(), begin, now, zone)
    except NonexistentTime:
        raise BadSpan(SpanField.END, SpanFault.SKIPPED) from None
    except BadInput:
        raise BadSpan(SpanField.END, SpanFault.NOT_A_TIME) from None


def _clock(text: str) -> time | None:
    """A time of day in any of its spellings."""
    found = (pattern.fullmatch(text) for pattern in _CLOCKS)
    match = next((each for each in found if each), None)
    if match is None:
        return None
    parts = match.groupdict()
    hour, minute, half = int(parts["hour"]), int(parts.get("minute") or 0), parts.get("half")
    if half == "半":
        return time(hour, 30)
    if half:
        return _twelve_hour_time(hour, minute, afternoon=half.casefold() == "pm")
    return time(hour, minute)


def _twelve_hour_time(hour: int, minute: int, *, afternoon: bool) -> time | None:
    if not 1 <= hour <= 12:
        return None
    return time(hour % 12 + (12 if afternoon else 0), minute)
