"""Whatever is printed is read back: the same instant, time of day, date or length."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from timer_app.domain.errors import BadInput
from timer_app.domain.setup.local_time import (
    format_clock,
    parse_end,
    parse_instant,
    parse_instant_before_now,
    parse_within,
)
from timer_app.domain.setup.settings_schema import duration_text
from timer_app.domain.setup.span_input import BadSpan, SavedSpan, TimeSpan, TypedSpan, parse_span
from timer_app.domain.setup.time_grammar import (
    clock_seconds,
    parse_date,
    parse_duration,
    parse_time_of_day,
    split_date_and_clock,
    split_range,
)

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = date(2026, 11, 22)
ZONES = st.sampled_from(
    ["Europe/Berlin", "Europe/Moscow", "Europe/Dublin", "America/Havana", "America/St_Johns",
     "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Tokyo", "Pacific/Apia", "Asia/Tehran",
     "America/Sao_Paulo", "UTC"]
).map(ZoneInfo)  # fmt: skip
INSTANTS = st.integers(315_532_800, 3_800_000_000).map(lambda s: datetime.fromtimestamp(s, UTC))
BERLIN = ZoneInfo("Europe/Berlin")
TWICE = st.integers(0, 2 * 3600).map(
    lambda s: datetime(2026, 10, 25, 0, tzinfo=UTC) + timedelta(seconds=s)
)


def printed(instant: datetime, zone: ZoneInfo) -> str:
    return f"{instant.astimezone(zone):%Y-%m-%d} {format_clock(instant, zone)}"


@given(INSTANTS, ZONES)
@example(datetime(2026, 10, 25, 0, 30, tzinfo=UTC), BERLIN)
@example(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), BERLIN)
@example(datetime(2026, 4, 4, 15, 15, tzinfo=UTC), ZoneInfo("Australia/Lord_Howe"))
@example(datetime(2014, 10, 25, 22, 30, tzinfo=UTC), ZoneInfo("Europe/Moscow"))  # MSK twice
def test_an_instant(instant: datetime, zone: ZoneInfo) -> None:
    assert parse_instant(printed(instant, zone), NOW, zone) == instant
    on = instant.astimezone(zone).date()
    assert parse_instant(format_clock(instant, zone), NOW, zone, on) == instant


@given(TWICE, TWICE)
def test_a_span_within_the_hour_that_is_passed_twice(begin: datetime, end: datetime) -> None:
    assume(begin < end)
    typed = TypedSpan(date(2026, 10, 25), format_clock(begin, BERLIN), format_clock(end, BERLIN))
    assert parse_span(typed, NOW, BERLIN) == TimeSpan(begin, end)
    saved = SavedSpan(typed, TimeSpan(begin, end))
    assert parse_span(typed, NOW, BERLIN, saved) == TimeSpan(begin, end)


@given(TWICE)
def test_an_end_is_the_first_such_instant_after_the_start(begin: datetime) -> None:
    """Typed without the zone's name, as people do."""
    for minutes in range(1, 60):
        end = begin + timedelta(minutes=minutes)
        typed = f"{end.astimezone(BERLIN):%H:%M:%S}"
        found = parse_end(typed, begin, NOW, BERLIN)
        assert begin < found <= end
        assert f"{found.astimezone(BERLIN):%H:%M:%S}" == typed


@given(st.integers(1, 366 * 86400))
def test_a_length(seconds: int) -> None:
    length = timedelta(seconds=seconds)
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    for text in (f"{hours}:{minutes:02}:{rest:02}", duration_text(seconds),
                 f"{hours} hours, {minutes} minutes and {rest} seconds"):  # fmt: skip
        assert parse_duration(text) == length
    if not rest:
        for text in (f"{hours}:{minutes:02}", f"{hours}h{minutes:02}", f"{hours} h {minutes}",
                     f"{hours}ч{minutes:02}", f"{hours}時間{minutes}分", f"{hours}:{minutes:02}h",
                     f"{seconds // 60}", f"{seconds // 60}m"):  # fmt: skip
            assert parse_duration(text) == length


def full_width(text: str) -> str:
    return "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in text)


@given(st.integers(0, 24 * 60 - 1))
def test_a_time_of_day(minute_of_day: int) -> None:
    hour, minute = divmod(minute_of_day, 60)
    twelve, half, kanji = hour % 12 or 12, "ap"[hour // 12], "午前午後"[hour // 12 * 2 :][:2]
    texts = [f"{hour}:{minute:02}", f"{hour:02}.{minute:02}", f"{hour}h{minute:02}",
             f"{hour:02}{minute:02}", f"{hour}時{minute}分", f"{hour} ч {minute:02}",
             f"{twelve}:{minute:02}{half}m", f"{twelve}:{minute:02} {half.upper()}.M.",
             f"{kanji}{hour % 12}時{minute}分", f"{kanji}{hour % 12}:{minute:02}"]  # fmt: skip
    if minute == 0:
        texts += [f"{hour}", f"{hour}時", f"{twelve}{half}m", f"{hour}h", f"at {hour}"]
    if minute == 30:
        texts += [f"{hour}時半"]
    texts += [full_width(text) for text in texts if text.isascii()]
    for text in texts:
        clock = parse_time_of_day(text)
        assert (clock.hour, clock.minute) == (hour, minute), text


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(-180, 180))
def test_a_date(day: date, away: int) -> None:
    whole = [f"{day:%Y-%m-%d}", f"{day:%Y/%m/%d}", f"{day:%d.%m.%Y}",
             f"{day.day}.{day.month}.{day.year}",
             f"{day.year}年{day.month}月{day.day}日", f"{day:%d %b %Y}",
             f"{day:%B} {day.day}, {day.year}", f"{day:%Y%m%d}"]  # fmt: skip
    for text in (*whole, *(full_width(text) for text in whole[:4])):
        assert parse_date(text, TODAY) == day, text
    today = day + timedelta(days=away)
    for text in (f"{day.day}.{day.month}.", f"{day.month}月{day.day}日", f"{day.day} {day:%b}"):
        assume((day.month, day.day) != (2, 29))
        assert parse_date(text, today) == day, text
    if day.day > 12 or day.day == day.month:
        assert parse_date(f"{day.month}/{day.day}", today) == day
        assert parse_date(f"{day.day}/{day.month}", today) == day
    else:
        with pytest.raises(BadInput, match="may be"):
            parse_date(f"{day.month}/{day.day}", today)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 6))
def test_a_weekday_is_the_latest(today: date, back: int) -> None:
    day = today - timedelta(days=back)
    name = f"{day:%A}"
    for text in (name, name[:3], f"on {name}", "月火水木金土日"[day.weekday()] + "曜日",
                 ("пн", "вт", "ср", "чт", "пт", "сб", "вс")[day.weekday()]):  # fmt: skip
        assert parse_date(text, today) == day


@given(st.integers(0, 24 * 60 - 2), st.data())
def test_a_range(begin: int, data: st.DataObject) -> None:
    end = data.draw(st.integers(begin + 1, 24 * 60))
    texts = [f"{each // 60}:{each % 60:02}" for each in (begin, end)]
    signs = ("-", " – ", "—", "~", "〜", "～", "から", " to ", " до ", "ー", "…", "→")
    for sign in signs:
        found = split_range(sign.join(texts))
        assert found, sign
        assert [clock_seconds(each) for each in found] == [begin * 60, end * 60]


UNSEEN = (" ", "\u3000", "\u200b", "\ud800", "\x00")
WORDS = """
    9 24 12 : . , - – 〜 ー / h m am pm 午後 時 半 分 時間 日 月 年 ч мин пол полтора часа
    half an and a of quarter to from с до в at on yesterday вчера 昨日 Mon Nov ноября 22.11.
    2026 30 CET CEST +01:00 T Z ago назад 前 ９ ： ½ ² ٣ 十 一 0001-01-01 9999-12-31 w47
"""
PIECES = st.sampled_from([*WORDS.split(), *UNSEEN])
ANYTHING = st.lists(PIECES, max_size=8).map("".join) | st.text(max_size=20)


@given(ANYTHING, ZONES)
@example("9" * 5000, BERLIN)
@example("9999-12-31 24:00", BERLIN)
@example("一" * 400, BERLIN)
def test_anything_is_a_value_or_bad_input(text: str, zone: ZoneInfo) -> None:
    early, late = datetime(2026, 10, 24, 20, tzinfo=UTC), datetime(2026, 10, 25, 4, tzinfo=UTC)
    split_range(text), split_date_and_clock(text)  # these raise nothing at all
    seconds = clock_seconds(text)
    assert seconds is None or 0 <= seconds <= 86400
    for read in (
        parse_duration,
        parse_time_of_day,
        lambda typed: parse_date(typed, TODAY),
        lambda typed: parse_date(typed, date.max),
        lambda typed: parse_date(typed, date.min),
        lambda typed: parse_instant(typed, NOW, zone),
        lambda typed: parse_instant_before_now(typed, NOW, zone),
        lambda typed: parse_end(typed, early, NOW, zone),
        lambda typed: parse_within(typed, early, late, NOW, zone),
    ):
        with suppress(BadInput):
            read(text)


@given(ANYTHING, ANYTHING, ANYTHING, ZONES)
def test_any_fields_are_a_span_or_a_bad_one(
    begin: str, end: str, length: str, zone: ZoneInfo
) -> None:
    try:
        span = parse_span(TypedSpan(TODAY, begin, end, length), NOW, zone)
    except BadSpan:
        return
    assert span.started_at < span.stopped_at <= NOW


@given(INSTANTS, ZONES, st.integers(1, 40 * 3600))
def test_a_span_and_its_fields_that_nobody_touched(
    begin: datetime, zone: ZoneInfo, seconds: int
) -> None:
    end = begin + timedelta(seconds=seconds)
    now, day = end + timedelta(days=1), begin.astimezone(zone).date()
    typed = TypedSpan(day, format_clock(begin, zone), printed(end, zone))
    assert parse_span(typed, now, zone) == TimeSpan(begin, end)
    saved = SavedSpan(typed, TimeSpan(begin, end))
    for other in ("23:59", "00:30", "02:30"):
        try:
            found = parse_span(replace(typed, end=other), now, zone, saved)
        except BadSpan:
            continue
        assert found.started_at == begin


PIECES = st.lists(
    st.sampled_from([
        *"0123456789:.,-/hмч ", "30", "24:00", "am", "午後", "時", "半", "時間", "月", "日", "пол",
        "час", " and ", "yesterday", "Mon", "Nov", "2026", "T", "+03:00", "−", "１", "\u200b",
        " to ", "から", "p", "½", "²", "٣", "noon", "%",
    ]),
    max_size=9,
).map("".join)  # fmt: skip


@given(PIECES, ZONES)
def test_whatever_is_typed_is_read_or_refused(text: str, zone: ZoneInfo) -> None:
    before = NOW - timedelta(days=2)
    for read in (
        lambda: parse_duration(text),
        lambda: parse_time_of_day(text),
        lambda: parse_date(text, NOW.date()),
        lambda: parse_instant(text, NOW, zone, date(2026, 10, 25), is_end=True),
        lambda: parse_instant_before_now(text, NOW, zone),
        lambda: parse_end(text, before, NOW, zone),
        lambda: parse_within(text, before, NOW, NOW, zone),
    ):
        with suppress(BadInput):
            read()
    for typed in (
        TypedSpan(date(2026, 10, 25), text, "9"),
        TypedSpan(date(2026, 10, 25), "9", text),
        TypedSpan(date(1, 1, 1), text, text, text),
        TypedSpan(date(9999, 12, 31), "", "", text),
    ):
        with suppress(BadSpan):
            parse_span(typed, NOW, zone)
