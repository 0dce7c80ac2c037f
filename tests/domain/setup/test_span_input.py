"""What people type for a stretch; `now` is Sunday, 22 November 2026, 15:00 in Moscow."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from timer_app.domain.messages import TimeMessageId as Id
from timer_app.domain.setup.span_input import (
    MAX_SPAN,
    BadSpan,
    SavedSpan,
    SpanField,
    TimeSpan,
    TypedSpan,
    parse_span,
)

MOSCOW = ZoneInfo("Europe/Moscow")
BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)


def read(begin: str = "", end: str = "", length: str = "", day: date = TODAY) -> TimeSpan:
    return parse_span(TypedSpan(day, begin, end, length), NOW, MOSCOW)


def message_of(wrong: BadSpan) -> object:
    return wrong.error.message_id


def shown(span: TimeSpan) -> str:
    local = [each.astimezone(MOSCOW) for each in (span.started_at, span.stopped_at)]
    return " ".join(f"{each:%d/%H:%M}" for each in local)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (("9-10:30", "", ""), "22/09:00 22/10:30"),
        (("9-10:30", "10.30", "1.5h"), "22/09:00 22/10:30"),
        (("9:00", "9-10:30", ""), "22/09:00 22/10:30"),
        (("", "", "9–10"), "22/09:00 22/10:00"),
        (("", "9 — 10", ""), "22/09:00 22/10:00"),
        (("с 9 до 10:30", "", ""), "22/09:00 22/10:30"),
        (("from 9 to 10", "", ""), "22/09:00 22/10:00"),
        (("9時から10時半まで", "", ""), "22/09:00 22/10:30"),
        (("9〜10時15分", "", ""), "22/09:00 22/10:15"),
        (("9", "10:30", ""), "22/09:00 22/10:30"),
        (("9:30", "", "1h30m"), "22/09:30 22/11:00"),
        (("9.30", "", "1ч 30м"), "22/09:30 22/11:00"),
        (("9時半", "", "1時間30分"), "22/09:30 22/11:00"),
        (("930", "1015", ""), "22/09:30 22/10:15"),
        (("9am", "1pm", ""), "22/09:00 22/13:00"),
        (("12am", "12pm", ""), "22/00:00 22/12:00"),
        (("8 ч 15", "9 часов", ""), "22/08:15 22/09:00"),
        (("", "", "90"), "22/13:30 22/15:00"),
        (("", "12", "90"), "22/10:30 22/12:00"),
        (("yesterday 22:00", "1", ""), "21/22:00 22/01:00"),
        (("yesterday 17:00", "", "2h"), "21/17:00 21/19:00"),
        (("-15m", "", "10m"), "22/14:45 22/14:55"),
        (("9", "10", "1h"), "22/09:00 22/10:00"),
        (("  9 ", " 10 ", ""), "22/09:00 22/10:00"),
    ],
)
def test_what_is_meant(typed: tuple[str, str, str], meant: str) -> None:
    assert shown(read(*typed)) == meant


def test_a_time_of_day_is_one_of_the_day_that_was_chosen() -> None:
    assert shown(read("22", "1", day=date(2026, 11, 20))) == "20/22:00 21/01:00"


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        (("", "", ""), SpanField.BEGIN, Id.SPAN_MISSING),
        (("9", "", ""), SpanField.END, Id.SPAN_MISSING),
        (("", "10", ""), SpanField.BEGIN, Id.SPAN_MISSING),
        (("x", "10", ""), SpanField.BEGIN, Id.NOT_A_TIME),
        (("13am", "14", ""), SpanField.BEGIN, Id.NOT_A_TIME),
        (("9", "25", ""), SpanField.END, Id.NOT_A_TIME),
        (("", "x", "1h"), SpanField.END, Id.NOT_A_TIME),
        (("9", "", "long"), SpanField.LENGTH, Id.NOT_A_LENGTH),
        (("9", "10", "2h"), SpanField.LENGTH, Id.SPAN_DISAGREES),
        (("9-10:30", "11", ""), SpanField.END, Id.SPAN_DISAGREES),
        (("8", "9-10:30", ""), SpanField.BEGIN, Id.SPAN_DISAGREES),
        (("9-10:30", "", "2h"), SpanField.LENGTH, Id.SPAN_DISAGREES),
        (("8", "", "9-10:30"), SpanField.BEGIN, Id.SPAN_DISAGREES),
        (("9", "2026-11-21 10:00", ""), SpanField.END, Id.ENDS_BEFORE),
        (("2026-09-01 09:00", "2026-11-01 09:00", ""), SpanField.END, Id.SPAN_TOO_LONG),
        (("2026-09-01 09:00", "", "40d"), SpanField.LENGTH, Id.SPAN_TOO_LONG),
        (("14", "16", ""), SpanField.END, Id.TO_COME),
        (("14", "", "2h"), SpanField.BEGIN, Id.TO_COME),
        (("2007-03-04 10:00", "2007-03-04 11:00", ""), SpanField.BEGIN, Id.LONG_AGO),
        (("22.11.0026 10:00", "", "1h"), SpanField.BEGIN, Id.LONG_AGO),
    ],
)
def test_what_is_wrong(typed: tuple[str, str, str], field: SpanField, message: Id) -> None:
    with pytest.raises(BadSpan) as wrong:
        read(*typed)
    assert (wrong.value.field, message_of(wrong.value)) == (field, message)


def test_a_length_alone_needs_today() -> None:
    with pytest.raises(BadSpan) as wrong:
        read(length="90", day=date(2026, 11, 20))
    assert (wrong.value.field, message_of(wrong.value)) == (SpanField.BEGIN, Id.SPAN_MISSING)


@pytest.mark.parametrize(("begin", "end"), [("2:30", "4"), ("1", "2:30")])
def test_a_time_that_a_clock_change_skips(begin: str, end: str) -> None:
    typed = TypedSpan(date(2026, 3, 29), begin, end)
    with pytest.raises(BadSpan) as wrong:
        parse_span(typed, NOW, BERLIN)
    assert message_of(wrong.value) is Id.SKIPPED
    assert wrong.value.field is (SpanField.BEGIN if begin == "2:30" else SpanField.END)


minutes = st.integers(0, 24 * 60 - 1)


@given(begin=minutes, length=st.integers(1, 24 * 60 - 1), back=st.integers(2, 3000))
def test_any_two_say_the_same_as_the_third(begin: int, length: int, back: int) -> None:
    day = TODAY - timedelta(days=back)
    is_next_day = begin + length > 24 * 60
    assume(not is_next_day or (begin >= 16 * 60 and length <= 12 * 60))
    end = (begin + length) % (24 * 60) if is_next_day else begin + length
    texts = [f"{each // 60}:{each % 60:02}" for each in (begin, end, length)]
    by_ends = read(texts[0], texts[1], day=day)
    assert by_ends.length == timedelta(minutes=length)
    assert read(texts[0], length=texts[2], day=day) == by_ends
    assert read(f"{texts[0]} - {texts[1]}", day=day) == by_ends
    if not is_next_day:
        assert read(end=texts[1], length=texts[2], day=day) == by_ends


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("9:00", "8:50"),
        ("0:30", "0:10"),
        ("15:59", "1"),
        ("16:00", "4:01"),
        ("9", "9"),
        ("18", "6:01"),
    ],
)
def test_a_mistyped_end_is_not_taken_for_tomorrow(begin: str, end: str) -> None:
    with pytest.raises(BadSpan) as wrong:
        read(begin, end, day=date(2026, 11, 20))
    assert (wrong.value.field, message_of(wrong.value)) == (SpanField.END, Id.END_BEFORE_START)
    said = str(wrong.value.error)
    assert "2026-11-20" in said
    assert "2026-11-21" in said


def test_an_end_of_the_next_day_can_be_typed_with_its_date() -> None:
    span = read("9:00", "2026-11-21 8:50", day=date(2026, 11, 20))
    assert shown(span) == "20/09:00 21/08:50"


def berlin(begin: str, end: str, saved: SavedSpan | None = None) -> TimeSpan:
    return parse_span(TypedSpan(date(2026, 10, 25), begin, end), NOW, BERLIN, saved)


@pytest.mark.parametrize(
    ("begin", "end", "minutes"),
    [
        ("2:50", "2:10", 20),
        ("2:50 CEST", "2:10", 20),
        ("2:10", "2:50", 40),
        ("2:10 cest", "2:50 CET", 100),
        ("2:10 +0200", "2:50 +01:00", 100),
        ("2:50 CET", "3", 10),
        ("1:30", "3:30", 180),
        ("2:59:59", "2:00", 0),
    ],
)
def test_the_hour_that_is_passed_twice(begin: str, end: str, minutes: int) -> None:
    assert berlin(begin, end).length // timedelta(minutes=1) == minutes


def test_a_field_that_was_not_touched_keeps_its_instant() -> None:
    """Even where it is shown without what tells it from another."""
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # 2:30 CET
    before = TypedSpan(date(2026, 10, 25), "2:30", "2:45")
    saved = SavedSpan(before, TimeSpan(second, second + timedelta(minutes=15)))
    assert berlin("2:30", "2:50", saved).started_at == second
    assert berlin("2:40 CEST", "2:45", saved).stopped_at == saved.span.stopped_at
    assert berlin("2:30", "2:45", saved) == saved.span


pieces = st.sampled_from(
    ["9", "10:30", "-", "–", "h", "m", " ", "時", "半", "ч", "to", "x", "930", "yesterday",
     "2026-11-20", "am", "90", "から", "99999999999"]
)  # fmt: skip
texts = st.lists(pieces, max_size=5).map("".join) | st.text(max_size=12)


@given(begin=texts, end=texts, length=texts)
def test_anything_is_a_stretch_or_says_what_is_wrong(begin: str, end: str, length: str) -> None:
    try:
        span = read(begin, end, length)
    except BadSpan:
        return
    assert timedelta(0) < span.length <= MAX_SPAN
    assert span.stopped_at <= NOW
