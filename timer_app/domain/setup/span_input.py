"""What people type for a stretch of work: from, to and how long, of which two suffice.

A range such as `9-10:30` may stand in any of the fields. What is wrong is an error and a field,
for the window to point at.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import Enum

from timer_app.domain.errors import BadInput
from timer_app.domain.messages import TimeMessageId
from timer_app.domain.setup.local_time import (
    mistyped_year,
    parse_end,
    parse_instant,
    parse_within,
)
from timer_app.domain.setup.time_grammar import clock_seconds, parse_duration, split_range
from timer_app.domain.setup.typed_text import normalize_typed

MAX_SPAN = timedelta(days=31)


class SpanField(Enum):
    """Where something was typed."""

    BEGIN = "begin"
    END = "end"
    LENGTH = "length"


class BadSpan(Exception):
    """No span yet: the field, and the error of what it holds."""

    def __init__(self, field: SpanField, error: BadInput) -> None:
        super().__init__(f"{field.value}: {error}")
        self.field = field
        self.error = error

    @property
    def is_missing(self) -> bool:
        """Whether nothing is wrong yet: there is only too little."""
        return self.error.message_id is TimeMessageId.SPAN_MISSING


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


@dataclass(frozen=True, slots=True)
class SavedSpan:
    """A span that is being changed, and what stood in the fields for it before.

    A field that says what it said before means the same instant, seconds and clock change included.
    """

    typed: TypedSpan
    span: TimeSpan


def parse_span(
    typed: TypedSpan, now: datetime, zone: tzinfo, saved: SavedSpan | None = None
) -> TimeSpan:
    """The span that was meant. `now` is the instant it is typed at. Raises BadSpan.

    A length alone is one that ends now, on today's date.
    """
    typed = _split_range(typed, saved)
    if typed.begin and typed.end:
        span = _begin_to_end(typed, now, zone, saved)
    elif typed.length:
        span = _with_length(typed, _length(typed), now, zone, saved)
    else:
        raise _bad(SpanField.END if typed.begin else SpanField.BEGIN, TimeMessageId.SPAN_MISSING)
    if span.stopped_at <= span.started_at:
        raise _bad(SpanField.END, TimeMessageId.ENDS_BEFORE)
    if span.length > MAX_SPAN:
        field = SpanField.LENGTH if typed.length else SpanField.END
        raise _bad(field, TimeMessageId.SPAN_TOO_LONG)
    if span.stopped_at > now:
        field, text = (SpanField.END, typed.end) if typed.end else (SpanField.BEGIN, typed.begin)
        raise _bad(field, TimeMessageId.TO_COME, text)
    is_new = saved is None or span.started_at != saved.span.started_at
    if is_new and (years := mistyped_year(span.started_at, now, zone)):
        raise _bad(SpanField.BEGIN, TimeMessageId.LONG_AGO, *years)
    return span


def parse_instant_within(text: str, span: TimeSpan, now: datetime, zone: tzinfo) -> datetime:
    """An instant within a span; a time of day is one of its dates. Raises BadSpan."""
    if not normalize_typed(text):
        raise _bad(SpanField.BEGIN, TimeMessageId.SPAN_MISSING)
    try:
        instant = parse_within(text, span.started_at, span.stopped_at, now, zone)
    except BadInput as error:
        raise BadSpan(SpanField.BEGIN, error) from None
    if instant is None:
        raise _bad(SpanField.BEGIN, TimeMessageId.OUTSIDE, text)
    return instant


def _bad(field: SpanField, message: TimeMessageId, *values: str) -> BadSpan:
    return BadSpan(field, BadInput(message, *values))


def _split_range(typed: TypedSpan, saved: SavedSpan | None) -> TypedSpan:
    """A range typed into one field fills two. Raises BadSpan where another field says otherwise.

    A field that says what it said before is filled: only the range was typed.
    """
    fields = _fields(typed)
    for field, text in fields.items():
        if found := split_range(text):
            before = _fields(saved.typed) if saved else {}
            others = {
                each: other
                for each, other in fields.items()
                if each is not field and other and other != before.get(each)
            }
            for each, part in zip((SpanField.BEGIN, SpanField.END), found, strict=True):
                if each in others and not _says_the_same(others[each], part):
                    raise _bad(each, TimeMessageId.SPAN_DISAGREES)
            return TypedSpan(typed.day, *found, others.get(SpanField.LENGTH, ""))
    return TypedSpan(typed.day, *fields.values())


def _fields(typed: TypedSpan) -> dict[SpanField, str]:
    """What stands in each field; "" where nothing of it can be seen."""
    texts = (typed.begin.strip(), typed.end.strip(), typed.length.strip())
    shown = (text if normalize_typed(text) else "" for text in texts)
    return dict(zip((SpanField.BEGIN, SpanField.END, SpanField.LENGTH), shown, strict=True))


def _says_the_same(one: str, other: str) -> bool:
    """Whether two texts are the same time of day, or the same text."""
    seconds = clock_seconds(one)
    return normalize_typed(one) == other or (
        seconds is not None and seconds == clock_seconds(other)
    )


def _begin_to_end(
    typed: TypedSpan, now: datetime, zone: tzinfo, saved: SavedSpan | None
) -> TimeSpan:
    begin = _begin(typed, now, zone, saved)
    if saved and (typed.day, typed.end) == (saved.typed.day, saved.typed.end):
        end = saved.span.stopped_at
    else:
        end = _end(typed, begin, now, zone)
    span = TimeSpan(begin, end)
    if typed.length and _length(typed) != span.length:
        raise _bad(SpanField.LENGTH, TimeMessageId.SPAN_DISAGREES)
    return span


def _with_length(
    typed: TypedSpan, length: timedelta, now: datetime, zone: tzinfo, saved: SavedSpan | None
) -> TimeSpan:
    if typed.begin:
        begin = _begin(typed, now, zone, saved)
        return TimeSpan(begin, begin + length)
    if typed.end:
        end = _instant(SpanField.END, typed, now, zone)
        return TimeSpan(end - length, end)
    if typed.day != now.astimezone(zone).date():
        raise _bad(SpanField.BEGIN, TimeMessageId.SPAN_MISSING)
    return TimeSpan(now - length, now)


def _length(typed: TypedSpan) -> timedelta:
    try:
        return parse_duration(typed.length)
    except BadInput as error:
        raise BadSpan(SpanField.LENGTH, error) from None


def _begin(typed: TypedSpan, now: datetime, zone: tzinfo, saved: SavedSpan | None) -> datetime:
    if saved and (typed.day, typed.begin) == (saved.typed.day, saved.typed.begin):
        return saved.span.started_at
    return _instant(SpanField.BEGIN, typed, now, zone)


def _instant(field: SpanField, typed: TypedSpan, now: datetime, zone: tzinfo) -> datetime:
    is_end = field is SpanField.END
    try:
        text = typed.end if is_end else typed.begin
        return parse_instant(text, now, zone, typed.day, is_end=is_end)
    except BadInput as error:
        raise BadSpan(field, error) from None


def _end(typed: TypedSpan, begin: datetime, now: datetime, zone: tzinfo) -> datetime:
    try:
        return parse_end(typed.end, begin, now, zone)
    except BadInput as error:
        raise BadSpan(SpanField.END, error) from None
