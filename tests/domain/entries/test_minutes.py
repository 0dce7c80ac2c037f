"""Minutes are conserved: in any zone, over any clock change, for any sequence of entries."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from timer_app.domain.entries.minutes import (
    CardDayTotals,
    DaySegment,
    Rounding,
    carry_shares,
    local_date,
    minutes_to_log,
    rounded_minutes,
    split_by_day,
    start_of_day,
)

MIDNIGHT = time(0)
# Both hemispheres, half and quarter hours, changes at midnight (Santiago, Cairo, Beirut, Havana,
# Asuncion), a change of half an hour (Lord Howe), none at all, and the far ends of the calendar.
ZONES = [
    "UTC", "Europe/Berlin", "Europe/Moscow", "America/New_York", "America/St_Johns",
    "America/Santiago", "America/Havana", "America/Asuncion", "Africa/Cairo", "Africa/Casablanca",
    "Asia/Beirut", "Asia/Tokyo", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tehran",
    "Australia/Lord_Howe", "Pacific/Chatham", "Pacific/Kiritimati", "Pacific/Pago_Pago",
]  # fmt: skip
zones = st.sampled_from(ZONES).map(ZoneInfo)
day_starts = st.builds(time, st.integers(0, 23), st.sampled_from([0, 1, 15, 30, 59]))


def _changes() -> list[tuple[str, datetime]]:
    """Every clock change of those zones in three years: the hours of each day that has one."""
    first, days = datetime(2024, 1, 1, tzinfo=UTC), range(3 * 366)
    found = []
    for name in ZONES:
        zone = ZoneInfo(name)

        def differs(at: datetime, length: timedelta, zone: ZoneInfo = zone) -> bool:
            return at.astimezone(zone).utcoffset() != (at + length).astimezone(zone).utcoffset()

        for begin in (first + timedelta(days=number) for number in days):
            if differs(begin, timedelta(days=1)):
                hours = (begin + timedelta(hours=number) for number in range(24))
                found += [(name, hour) for hour in hours if differs(hour, timedelta(hours=1))]
    return found


CHANGES = _changes()
anywhere = st.tuples(
    st.sampled_from(ZONES),
    st.integers(1_325_376_000, 2_114_380_800).map(lambda unix: datetime.fromtimestamp(unix, UTC)),
)
near_a_change = st.builds(
    lambda change, seconds: (change[0], change[1] + timedelta(seconds=seconds)),
    st.sampled_from(CHANGES),
    st.integers(-2 * 86400, 2 * 86400),
)
lengths = st.integers(0, 7200) | st.integers(0, 5 * 86400)


def test_clock_changes_were_found() -> None:
    assert {name for name, _ in CHANGES} >= {
        "Europe/Berlin", "Africa/Cairo", "Asia/Beirut", "America/Havana", "Australia/Lord_Howe",
    }  # fmt: skip


@given(anywhere | near_a_change, lengths, day_starts)
@example(("Europe/Berlin", datetime(2026, 3, 28, 22, tzinfo=UTC)), 86400, time(2, 30))
@example(("Africa/Cairo", datetime(2026, 10, 29, 19, tzinfo=UTC)), 86400, time(23, 30))
def test_split(where: tuple[str, datetime], seconds: int, day_start: time) -> None:
    zone, begin = ZoneInfo(where[0]), where[1]
    end = begin + timedelta(seconds=seconds)
    segments = split_by_day(begin, end, zone, day_start)
    assert sum(segment.seconds for segment in segments) == seconds
    assert all(segment.seconds > 0 for segment in segments) or len(segments) == 1
    for one, next_one in pairwise(segments):
        assert next_one.for_date == one.for_date + timedelta(days=1)
    at = begin
    for segment in segments:  # each second counts for the date of its stretch
        last = at + timedelta(seconds=max(0, segment.seconds - 1))
        assert (
            local_date(at, zone, day_start) == local_date(last, zone, day_start) == segment.for_date
        )
        at += timedelta(seconds=segment.seconds)


@given(anywhere | near_a_change, day_starts)
def test_each_instant_is_of_one_date(where: tuple[str, datetime], day_start: time) -> None:
    zone, instant = ZoneInfo(where[0]), where[1]
    day = local_date(instant, zone, day_start)
    tomorrow = start_of_day(day + timedelta(days=1), zone, day_start)
    assert start_of_day(day, zone, day_start) <= instant < tomorrow


def utc(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "begin", "end", "day_start", "segments"),
    [
        (  # over midnight
            "Europe/Moscow", utc(2026, 11, 22, 20, 30), utc(2026, 11, 22, 21, 15),
            MIDNIGHT, (DaySegment(date(2026, 11, 22), 1800), DaySegment(date(2026, 11, 23), 900)),
        ),
        (  # the same with days that begin at four
            "Europe/Moscow", utc(2026, 11, 22, 20, 30), utc(2026, 11, 22, 21, 15),
            time(4), (DaySegment(date(2026, 11, 22), 2700),),
        ),
        (  # ends at midnight sharp: nothing on the next date
            "Europe/Moscow", utc(2026, 11, 22, 20, 30), utc(2026, 11, 22, 21),
            MIDNIGHT, (DaySegment(date(2026, 11, 22), 1800),),
        ),
        (  # no time at all, at midnight sharp
            "Europe/Moscow", utc(2026, 11, 22, 21), utc(2026, 11, 22, 21),
            MIDNIGHT, (DaySegment(date(2026, 11, 23), 0),),
        ),
        (  # the day of 23 hours
            "Europe/Berlin", utc(2026, 3, 28, 12), utc(2026, 3, 30, 12), MIDNIGHT,
            (DaySegment(date(2026, 3, 28), 11 * 3600), DaySegment(date(2026, 3, 29), 23 * 3600),
             DaySegment(date(2026, 3, 30), 14 * 3600)),
        ),
        (  # the day of 25 hours
            "Europe/Berlin", utc(2026, 10, 24, 12), utc(2026, 10, 26, 12), MIDNIGHT,
            (DaySegment(date(2026, 10, 24), 10 * 3600), DaySegment(date(2026, 10, 25), 25 * 3600),
             DaySegment(date(2026, 10, 26), 13 * 3600)),
        ),
        (  # midnight is skipped in Cairo: 24 April 2026 begins at one
            "Africa/Cairo", utc(2026, 4, 23, 21, 30), utc(2026, 4, 23, 22, 30), MIDNIGHT,
            (DaySegment(date(2026, 4, 23), 1800), DaySegment(date(2026, 4, 24), 1800)),
        ),
        (  # 23:00 comes twice in Cairo: 29 October 2026 has 25 hours
            "Africa/Cairo", utc(2026, 10, 29, 20, 30), utc(2026, 10, 29, 22, 30),
            MIDNIGHT, (DaySegment(date(2026, 10, 29), 5400), DaySegment(date(2026, 10, 30), 1800)),
        ),
        (  # St John's, once: at 00:01 the clock was set back to 23:01, and 7 November went on
            "America/St_Johns", utc(2010, 11, 7, 2), utc(2010, 11, 7, 3), MIDNIGHT,
            (DaySegment(date(2010, 11, 6), 1800), DaySegment(date(2010, 11, 7), 1800)),
        ),
        (  # begun in the hour that came twice
            "America/St_Johns", utc(2010, 11, 7, 3), utc(2010, 11, 7, 4), MIDNIGHT,
            (DaySegment(date(2010, 11, 7), 3600),),
        ),
        (  # Samoa had no 30 December 2011
            "Pacific/Apia", utc(2011, 12, 30, 9), utc(2011, 12, 30, 11), MIDNIGHT,
            (DaySegment(date(2011, 12, 29), 3600), DaySegment(date(2011, 12, 31), 3600)),
        ),
        (  # half an hour's offset
            "Asia/Kolkata", utc(2026, 11, 22, 18), utc(2026, 11, 22, 19), MIDNIGHT,
            (DaySegment(date(2026, 11, 22), 1800), DaySegment(date(2026, 11, 23), 1800)),
        ),
    ],
)  # fmt: skip
def test_splits_by_value(
    zone: str, begin: datetime, end: datetime, day_start: time, segments: tuple[DaySegment, ...]
) -> None:
    assert split_by_day(begin, end, ZoneInfo(zone), day_start) == segments


@pytest.mark.parametrize(
    ("seconds", "minutes"), [(0, 0), (29, 0), (30, 1), (89, 1), (90, 2), (150, 3), (3599, 60)]
)
def test_half_up(seconds: int, minutes: int) -> None:
    assert rounded_minutes(seconds) == minutes


@pytest.mark.parametrize(
    ("rounding", "minutes"),
    [
        (Rounding.NEAREST, {0: 1, 29: 1, 89: 1, 90: 2, 149: 2, 3600: 60}),
        (Rounding.UP, {0: 1, 1: 1, 60: 1, 61: 2, 119: 2, 3600: 60}),
        (Rounding.DOWN, {0: 1, 59: 1, 60: 1, 119: 1, 120: 2, 3599: 59}),
        (Rounding.CARRY, {0: 1, 29: 1, 89: 1, 90: 2, 149: 2, 3600: 60}),
    ],
)
def test_an_entry_alone(rounding: Rounding, minutes: dict[int, int]) -> None:
    assert {s: minutes_to_log(rounding, s, CardDayTotals()) for s in minutes} == minutes


@pytest.mark.parametrize("rounding", [Rounding.NEAREST, Rounding.UP, Rounding.DOWN])
@given(
    seconds=st.integers(0, 90000), before=st.builds(CardDayTotals, st.integers(0), st.integers(0))
)
def test_the_other_modes_round_each_entry_by_itself(
    rounding: Rounding, seconds: int, before: CardDayTotals
) -> None:
    minutes = minutes_to_log(rounding, seconds, before)
    assert minutes == minutes_to_log(rounding, seconds, CardDayTotals()) >= 1
    assert abs(minutes * 60 - seconds) < 60 or minutes == 1


@pytest.mark.parametrize(
    ("before", "seconds", "minutes"),
    [
        (CardDayTotals(20, 1), 20, 0),  # 40 s are one minute, which is logged
        (CardDayTotals(80, 1), 10, 1),  # 90 s are two
        (CardDayTotals(40, 1), 170, 3),  # 210 s are four: three are missing
        (CardDayTotals(600, 12), 60, 0),  # more was logged, in another mode: never take back
        (CardDayTotals(600, 0), 0, 10),  # what no log told yet comes with the next one
    ],
)
def test_carry_by_value(before: CardDayTotals, seconds: int, minutes: int) -> None:
    assert minutes_to_log(Rounding.CARRY, seconds, before) == minutes


@given(zones, day_starts, st.lists(st.tuples(st.integers(-86400, 86400), lengths), max_size=12))
def test_carry_keeps_each_days_sum_true(
    zone: ZoneInfo, day_start: time, entries: list[tuple[int, int]]
) -> None:
    """Rule 9, for entries in any order on any dates: the logs of a day make up its seconds."""
    days: dict[date, CardDayTotals] = {}
    for offset, seconds in entries:
        begin = datetime(2026, 10, 25, 0, 30, tzinfo=UTC) + timedelta(seconds=offset)
        for segment in split_by_day(begin, begin + timedelta(seconds=seconds), zone, day_start):
            before = days.get(segment.for_date, CardDayTotals())
            more = minutes_to_log(Rounding.CARRY, segment.seconds, before)
            assert more >= 0
            after = CardDayTotals(before.seconds + segment.seconds, before.minutes + more)
            assert after.minutes == max(1, (after.seconds + 30) // 60)
            days[segment.for_date] = after


@given(st.lists(st.integers(0, 90_000), min_size=1, max_size=8))
def test_shares_add_up_to_the_day_and_stay_as_entries_are_added(lengths: list[int]) -> None:
    seconds = {str(number): length for number, length in enumerate(lengths)}
    shares = carry_shares(seconds)
    assert sum(shares.values()) == max(1, rounded_minutes(sum(lengths)))
    assert all(0 <= shares[key] <= length // 60 + 1 for key, length in seconds.items())
    without_last = dict(list(seconds.items())[:-1])
    assert carry_shares(without_last) == {key: shares[key] for key in without_last}


def test_a_day_without_entries_has_no_shares() -> None:
    assert carry_shares({}) == {}
