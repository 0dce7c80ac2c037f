"""Working hours: strict in what they take, right in every zone."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timer_app.domain.errors import BadInput
from timer_app.domain.reminders.working_hours import (
    WeekdayRange,
    WorkingHours,
    parse_working_hours,
    workday_ends,
)

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = [UTC, BERLIN, ZoneInfo("America/St_Johns"), ZoneInfo("Asia/Tokyo"),
         ZoneInfo("Australia/Lord_Howe")]  # fmt: skip
NINE_TO_SIX = WorkingHours(tuple(WeekdayRange(day, 540, 1080) for day in range(5)))
MONDAY = date(2026, 11, 23)


@st.composite
def hours(draw: st.DrawFn) -> WorkingHours:
    """Any week: up to three ranges on each of some days."""
    ranges = []
    for day in draw(st.sets(st.integers(0, 6))):
        marks = sorted(draw(st.sets(st.integers(0, 1440), min_size=2, max_size=6)))
        ranges += [WeekdayRange(day, a, b) for a, b in zip(marks[::2], marks[1::2], strict=False)]
    return WorkingHours(tuple(ranges))


@given(hours())
def test_what_is_shown_is_understood(week: WorkingHours) -> None:
    assert parse_working_hours(", ".join(map(str, week.ranges))) == week


@pytest.mark.parametrize(
    "typed",
    [
        "Mon-Fri 09:00-18:00",
        "mon-fri 9:00-18:00",
        "  Monday – Friday   9:00 – 18:00 ",
        "Пн-Пт 9:00—18:00",
        "月-金 9:00-18:00",
        "Mon. - Fri. 09:00-18:00",
        "Wed-Fri 09:00-18:00, Mon-Tue 09:00-18:00",
        "Mon-Fri 09:00-12:00, 12:00-18:00",
    ],
)
def test_ways_to_write_the_same(typed: str) -> None:
    day = timedelta(days=1)
    assert parse_working_hours(typed).periods(
        MONDAY, MONDAY + 20 * day, UTC
    ) == NINE_TO_SIX.periods(MONDAY, MONDAY + 20 * day, UTC)


def test_days_may_go_over_the_weekend() -> None:
    days = {each.weekday for each in parse_working_hours("Fri-Mon 10:00-11:00").ranges}
    assert days == {4, 5, 6, 0}


@pytest.mark.parametrize("typed", ["", "   "])
def test_none(typed: str) -> None:
    assert parse_working_hours(typed) == WorkingHours()
    assert WorkingHours().periods(MONDAY, MONDAY, UTC) == ()


@pytest.mark.parametrize(
    "typed",
    [
        "月〜金 9時〜18時", "пн–пт с 9 до 18", "月-金９：００－１８：００", "平日 9:00〜18:00",
        "будни 9-18",
        "Mon-Fri 9am-6pm", "Mon to Fri 9 to 18", "Mon, Tue, Wed-Fri 9-18", "Mon-Fri: 900-1800",
        "月曜日〜金曜日 午前9時〜午後6時", "Mon\u200b-Fri\u3000９-18", "Mon-Fri 9-12; 12-18",
    ],
)  # fmt: skip
def test_forms_of_the_same_week(typed: str) -> None:
    hours = parse_working_hours(typed)
    monday = date(2026, 11, 23)
    periods = hours.periods(monday, monday + timedelta(days=6), BERLIN)
    assert [(each.day.weekday(), each.end - each.begin) for each in periods] == [
        (day, timedelta(hours=9)) for day in range(5)
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("always", "“always” is not a range of working hours. Write Mon-Fri 09:00-18:00."),
        ("Mon-Fri", "is not a range"),
        ("Mon-Fri 9", "is not a range"),
        ("Mon-Fri 09:00-18:00,", "“” is not a range"),
        ("09:00-18:00", "names no days"),
        ("Mox 09:00-18:00", "“Mox” is not a weekday. Write Mon, Tue"),
        ("Mon-Tue-Wed 09:00-18:00", "not a range of weekdays"),
        ("Mon 09:60-18:00", "“09:60” is not a time of day"),
        ("Mon 09:00-24:01", "“24:01” is not a time of day"),
        ("Mon 18:00-09:00", "ends before it starts. Write a night as two ranges"),
        ("Mon 09:00-09:00", "ends before it starts"),
        ("Mon-Fri 09:00-18:00, Wed 17:00-19:00",
         "overlap: Wed 09:00-18:00 and Wed 17:00-19:00"),
        ("Mon 9:00-18:00" * 50, "too long"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(typed: str, said: str) -> None:
    with pytest.raises(BadInput) as problem:
        parse_working_hours(typed)
    assert said in str(problem.value)


@given(st.text(alphabet="MonTueFriпт月 0123456789:-–,.", max_size=60))
def test_any_text_is_hours_or_a_sentence(typed: str) -> None:
    with suppress(BadInput):
        week = parse_working_hours(typed)
        assert list(week.ranges) == sorted(week.ranges)


@given(hours(), st.dates(date(1990, 1, 2), date(2037, 12, 1)), st.sampled_from(ZONES))
def test_spans_are_in_order_and_apart(week: WorkingHours, first: date, zone: ZoneInfo) -> None:
    periods = week.periods(first, first + timedelta(days=14), zone)
    assert all(period.begin < period.end for period in periods)
    assert all(one.end < following.begin for one, following in pairwise(periods))
    for period in periods:
        assert period.begin.astimezone(zone).date() in (period.day, period.day + timedelta(days=1))
    assert set(workday_ends(periods)) <= set(periods)
    days = [each.day for each in workday_ends(periods)]
    assert sorted(set(days)) == days


@given(hours(), st.dates(date(2026, 1, 1), date(2026, 12, 1)), st.integers(0, 1439))
def test_an_instant_is_in_a_span_if_its_clock_is_in_a_range(
    week: WorkingHours, day: date, minute: int
) -> None:
    instant = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minute)
    periods = week.periods(day - timedelta(days=1), day + timedelta(days=1), UTC)
    wanted = any(
        each.weekday == day.weekday() and each.begin <= minute < each.end for each in week.ranges
    )
    assert any(period.begin <= instant < period.end for period in periods) is wanted


def test_a_night_shift_is_one_span_and_ends_once() -> None:
    week = parse_working_hours("Mon-Tue 22:00-24:00, Tue-Wed 00:00-06:00")
    periods = week.periods(MONDAY, MONDAY + timedelta(days=7), UTC)
    assert [(period.begin.hour, period.end.hour) for period in periods] == [
        (22, 6),
        (22, 6),
        (22, 0),
    ]
    assert [period.day.weekday() for period in workday_ends(periods)] == [0, 1]


def test_the_length_of_a_day_follows_the_clock() -> None:
    week = parse_working_hours("Sun 00:00-24:00")
    spring, autumn = date(2026, 3, 29), date(2026, 10, 25)
    (short,), (long,) = week.periods(spring, spring, BERLIN), week.periods(autumn, autumn, BERLIN)
    assert short.end - short.begin == timedelta(hours=23)
    assert long.end - long.begin == timedelta(hours=25)


def test_a_range_within_the_hour_that_is_left_out_is_none() -> None:
    assert parse_working_hours("Sun 02:00-03:00").periods(
        date(2026, 3, 29), date(2026, 3, 29), BERLIN
    ) == ()  # fmt: skip


@pytest.mark.parametrize(
    "typed", ["Mon-Fri 9:00-18:00:30", "Mon 9:00:01-18", "月-金 9時0分15秒-18時", "Fri 9-17:59:59"]
)
def test_seconds_are_refused(typed: str) -> None:
    with pytest.raises(BadInput, match="has seconds"):
        parse_working_hours(typed)
