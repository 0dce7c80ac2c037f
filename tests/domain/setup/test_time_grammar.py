"""What people type for times, dates and durations; `now` is Sunday, 22 November 2026, 12:00."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from timer_app.domain.errors import BadInput
from timer_app.domain.messages import TimeMessageId
from timer_app.domain.setup.local_time import parse_end, parse_instant
from timer_app.domain.setup.time_grammar import parse_date, parse_duration, parse_time_of_day

MOSCOW = ZoneInfo("Europe/Moscow")
BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)


def moscow(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, second, tzinfo=MOSCOW).astimezone(UTC)


@pytest.mark.parametrize(
    ("typed", "length"),
    [
        ("1h30m", timedelta(hours=1, minutes=30)),
        ("1:30", timedelta(hours=1, minutes=30)),
        ("1:30:15", timedelta(hours=1, minutes=30, seconds=15)),
        ("0:05", timedelta(minutes=5)),
        ("90m", timedelta(minutes=90)),
        ("1∶30", timedelta(minutes=90)),
        ("1時間と15分", timedelta(minutes=75)),
        ("2 с половиной часа", timedelta(minutes=150)),
        ("час с четвертью", timedelta(minutes=75)),
        ("1½h", timedelta(minutes=90)),
        ("¾ h", timedelta(minutes=45)),
        ("90", timedelta(minutes=90)),
        ("1.5h", timedelta(minutes=90)),
        ("1,5h", timedelta(minutes=90)),
        ("0.1h", timedelta(minutes=6)),
        ("1ч 30м", timedelta(minutes=90)),
        ("1 час 30 минут", timedelta(minutes=90)),
        ("2 дн.", timedelta(days=2)),
        ("1時間30分", timedelta(minutes=90)),
        ("1時間 30分", timedelta(minutes=90)),
        ("45 分間", timedelta(minutes=45)),
        ("30秒", timedelta(seconds=30)),
        (" 1 H 30 Min. ", timedelta(minutes=90)),
        ("1d 2h 3m 4s", timedelta(days=1, hours=2, minutes=3, seconds=4)),
        ("366d", timedelta(days=366)),
    ],
)
def test_durations(typed: str, length: timedelta) -> None:
    assert parse_duration(typed) == length


@pytest.mark.parametrize(
    "typed",
    ["", "h", "1x", "1h90", "1:60", "-5m", "1e3", "٩٠", "1²h", "1..5h", "1h1h", "9" * 5000 + "d"],
)
def test_what_is_no_duration(typed: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_duration(typed)
    shown = typed if len(typed) <= 500 else f"{typed[:499]}…"
    why = f"“{shown}” is not a length. Write 1h30m, 1:30, 90m, 90 or 1.5h."
    assert str(refused.value) == why


@pytest.mark.parametrize("typed", ["0", "0m", "0:00", "0.4s", "367d", "9" * 30, "9" * 30 + "d"])
def test_durations_out_of_bounds(typed: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_duration(typed)
    assert str(refused.value) == f"“{typed}” is not between 1 second and 1 year."


@pytest.mark.parametrize(
    ("typed", "instant"),
    [
        ("09:30", moscow(22, 9, 30)),
        ("9:30", moscow(22, 9, 30)),
        ("09:30:15", moscow(22, 9, 30, 15)),
        (" 09:30 ", moscow(22, 9, 30)),
        ("23:59", moscow(22, 23, 59)),
        ("today 08:00", moscow(22, 8)),
        ("yesterday 17:00", moscow(21, 17)),
        ("Yesterday  17:00", moscow(21, 17)),
        ("вчера 17:00", moscow(21, 17)),
        ("今日 08:00", moscow(22, 8)),
        ("2026-11-20 09:30", moscow(20, 9, 30)),
        ("2026-11-20T09:30", moscow(20, 9, 30)),
        ("2026-11-20t09:30:15", moscow(20, 9, 30, 15)),
        ("2026-11-20T09:30Z", moscow(20, 12, 30)),
        ("2026-11-20T09:30:00+09:00", moscow(20, 3, 30)),
        ("20261120T0930", moscow(20, 9, 30)),
        ("-15m", moscow(22, 11, 45)),
        ("- 1h 30m", moscow(22, 10, 30)),
        ("-90", moscow(22, 10, 30)),
        ("-1ч", moscow(22, 11)),
    ],
)
def test_times(typed: str, instant: datetime) -> None:
    parsed = parse_instant(typed, NOW, MOSCOW)
    assert parsed == instant
    assert parsed.tzinfo is UTC


def test_today_is_the_date_here_and_not_in_utc() -> None:
    late = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)  # 01:30 on the 23rd in Moscow
    assert parse_instant("00:15", late, MOSCOW) == datetime(2026, 11, 22, 21, 15, tzinfo=UTC)
    assert parse_instant("yesterday 23:00", late, MOSCOW) == moscow(22, 23)


@pytest.mark.parametrize(
    "typed", ["", "soon", "25:00", "9:5", "9.99", "tomorrow", "24:00", "--5m", "9 XYZ"]
)
def test_what_is_no_time(typed: str) -> None:
    with pytest.raises(BadInput, match=r"is not a (time|length)\."):
        parse_instant(typed, NOW, MOSCOW)


@pytest.mark.parametrize("typed", ["2026-11-20", "20261120", "2026-W47-5"])
def test_a_date_alone_is_no_time(typed: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_instant(typed, NOW, MOSCOW)
    why = f"“{typed}” is a date without a time of day. Write {typed} 09:30."
    assert str(refused.value) == why


@pytest.mark.parametrize("typed", ["2026-03-29 02:00", "2026-03-29T02:59:59", "2026-03-29 02:30"])
def test_a_time_that_the_clock_change_left_out(typed: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_instant(typed, NOW, BERLIN)
    assert str(refused.value) == (
        f"“{typed}” does not exist: the clocks were set forward over it that day."
    )


@pytest.mark.parametrize(
    ("typed", "instant"),
    [
        ("2026-03-29 01:59:59", datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC)),
        ("2026-03-29 03:00", datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        ("2026-10-25 02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # the first of the two
        ("2026-10-25T02:30+01:00", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),  # the second
        ("2026-10-25 03:00", datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
    ],
)
def test_times_around_clock_changes(typed: str, instant: datetime) -> None:
    assert parse_instant(typed, NOW, BERLIN) == instant


@pytest.mark.parametrize(
    "typed", ["0001-01-01 00:00", "0001-01-01T00:00+14:00", "9999-12-31T23:59-05:00"]
)
def test_beyond_the_calendar(typed: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_instant(typed, NOW, MOSCOW)
    assert str(refused.value) == f"“{typed}” is outside the calendar. Write a year such as 2026."


def test_dates() -> None:
    assert parse_date("2026-11-20", TODAY) == date(2026, 11, 20)
    assert parse_date(" Today ", TODAY) == TODAY
    assert parse_date("昨日", TODAY) == date(2026, 11, 21)
    with pytest.raises(BadInput) as refused:
        parse_date("20.13.2026", TODAY)
    assert str(refused.value) == (
        "“20.13.2026” is not a date. Write 2026-11-22, today or yesterday."
    )


PIECES = st.sampled_from(
    ["-", "1", "09", ":", "30", "2026-11-22", "T", " ", "Z", "+14:00", "yesterday", "h", "分", "ч",
     "0001-01-01", "9999-12-31", ".", ",", "W47", "99999999999", "m"]
)  # fmt: skip
ZONES = st.sampled_from(["UTC", "Europe/Berlin", "Asia/Kathmandu", "Pacific/Kiritimati"])


@given(st.text() | st.lists(PIECES, max_size=6).map("".join), ZONES)
@example("9999-12-31 23:59", "Pacific/Kiritimati")
def test_anything_typed_is_a_value_or_bad_input(typed: str, zone: str) -> None:
    try:
        instant = parse_instant(typed, NOW, ZoneInfo(zone))
    except BadInput:
        pass
    else:
        assert instant.tzinfo is UTC
        assert instant.astimezone(ZoneInfo(zone)).astimezone(UTC) == instant
    try:
        length = parse_duration(typed)
    except BadInput:
        return
    assert timedelta(0) < length <= timedelta(days=366)


@given(st.integers(1, 366 * 86400 - 1))
def test_every_length_can_be_typed(seconds: int) -> None:
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    typed = [f"{hour}h{minute}m{second}s", f"{hour}ч {minute}м {second}с",
             f"{hour}時間{minute}分{second}秒", f"{hour}:{minute:02}:{second:02}"]  # fmt: skip
    assert {parse_duration(text) for text in typed} == {timedelta(seconds=seconds)}


@given(st.integers(0, 4_070_908_800_000_000), ZONES)
def test_every_instant_can_be_typed(microseconds: int, zone: str) -> None:
    instant = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
    assert parse_instant(instant.astimezone(ZoneInfo(zone)).isoformat(), NOW, MOSCOW) == instant


@pytest.mark.parametrize(
    ("typed", "end"),
    [
        ("18:00", moscow(21, 18)),
        ("24:00", moscow(22, 0)),
        ("2400", moscow(22, 0)),
        ("0:00", moscow(22, 0)),
        ("5am", moscow(22, 5)),
        ("today 09:30", moscow(22, 9, 30)),
        ("-15m", NOW - timedelta(minutes=15)),
        ("2026-11-21 19:00", moscow(21, 19)),
    ],
)
def test_an_end_is_the_first_such_time_after_the_beginning(typed: str, end: datetime) -> None:
    assert parse_end(typed, moscow(21, 17), NOW, MOSCOW) == end


@pytest.mark.parametrize(
    ("typed", "clock"), [("4:30", (4, 30)), (" 23:05 ", (23, 5)), ("4", (4, 0)), ("430", (4, 30))]
)
def test_a_time_of_day_alone(typed: str, clock: tuple[int, int]) -> None:
    assert parse_time_of_day(typed) == time(*clock)


@pytest.mark.parametrize("typed", ["", "24:00", "460", "soon"])
def test_what_is_no_time_of_day(typed: str) -> None:
    with pytest.raises(BadInput, match="Write 04:30"):
        parse_time_of_day(typed)


@pytest.mark.parametrize(
    "typed", ["22-Nov-2026", "22nd of November", "22. 11. 2026", "2026.11.22.", "22 ноя 2026 г."]
)
def test_dates_as_programs_and_people_write_them(typed: str) -> None:
    assert parse_date(typed, TODAY) == TODAY


@pytest.mark.parametrize("typed", ["1h.5", "1h½", "2 ч.5", "1時間.5"])
def test_a_decimal_behind_its_unit_is_not_guessed_at(typed: str) -> None:
    with pytest.raises(BadInput):
        parse_duration(typed)


@pytest.mark.parametrize("typed", ["9 ч. 30 мин.", "9∶30", "9꞉30"])
def test_times_of_day_as_pages_print_them(typed: str) -> None:
    assert parse_time_of_day(typed) == time(9, 30)


HOWE = ZoneInfo("Australia/Lord_Howe")
APIA = ZoneInfo("Pacific/Apia")
DUBLIN = ZoneInfo("Europe/Dublin")


@pytest.mark.parametrize(
    ("zone", "start", "typed", "minutes"),
    [
        (HOWE, datetime(2026, 4, 4, 14, 40, tzinfo=UTC), "01:50", 10),  # half an hour comes twice
        (HOWE, datetime(2026, 4, 4, 14, 40, tzinfo=UTC), "01:35", 25),
        (DUBLIN, datetime(2026, 10, 25, 0, 50, tzinfo=UTC), "01:40", 50),  # winter is below zero
        (APIA, datetime(2011, 12, 30, 8, 0, tzinfo=UTC), "02:00", 240),  # the 30th is no date there
    ],
)
def test_ends_where_clocks_are_set_in_other_ways(
    zone: ZoneInfo, start: datetime, typed: str, minutes: int
) -> None:
    assert parse_end(typed, start, start, zone) - start == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("zone", "typed"),
    [
        (HOWE, "2026-10-04 02:15"), (DUBLIN, "2026-03-29 01:30"), (APIA, "2011-12-30 09:00"),
        (ZoneInfo("America/Sao_Paulo"), "2018-11-04 00:30"),
    ],
)  # fmt: skip
def test_a_time_that_no_clock_there_showed(zone: ZoneInfo, typed: str) -> None:
    with pytest.raises(BadInput, match="does not exist"):
        parse_instant(typed, NOW, zone)


@pytest.mark.parametrize(
    "typed",
    [
        "Sun 22.11.2026", "Sunday, 22 November 2026", "2026-11-22 (Sun)", "22 Nov, Sun",
        "вс 22.11.2026", "воскресенье, 22 ноября", "11月22日(日)", "11月22日 日曜日", "11月22日日",
    ],
)  # fmt: skip
def test_a_date_may_have_its_weekday(typed: str) -> None:
    assert parse_date(typed, TODAY) == TODAY
    at_nine = moscow(22, 9)
    assert parse_instant(f"{typed} 9:00", NOW, MOSCOW) == at_nine


@pytest.mark.parametrize(
    "typed", ["Mon 22.11.2026", "Sat, 22 Nov 2026", "пн 22.11.2026", "11月22日(月)", "22 Nov (Fri)"]
)
def test_a_weekday_that_is_not_the_dates_is_refused(typed: str) -> None:
    refusal = "names a weekday that 2026-11-22 is not"
    with pytest.raises(BadInput, match=refusal):
        parse_date(typed, TODAY)
    with pytest.raises(BadInput, match=refusal):
        parse_instant(f"{typed} 9:00", NOW, MOSCOW)


def test_two_dates_before_a_time_are_both_named() -> None:
    with pytest.raises(BadInput, match="may be 2026-11-12 or 2026-12-11"):
        parse_instant("11/12 9:30", NOW, MOSCOW)


def test_two_digits_each_may_begin_with_the_year() -> None:
    with pytest.raises(BadInput, match="may be 2022-11-26 or 2026-11-22"):
        parse_instant("26-11-22 9:30", NOW, MOSCOW)
    assert parse_date("26-11-00", TODAY) == date(2000, 11, 26)
    assert parse_date("22.11.26", TODAY) == date(2026, 11, 22)


@pytest.mark.parametrize("typed", ["04:30:20", "4:30:01 am", "4時30分20秒"])
def test_a_time_of_whole_minutes_has_no_seconds(typed: str) -> None:
    with pytest.raises(BadInput):
        parse_time_of_day(typed)


@pytest.mark.parametrize(
    ("typed", "one", "other"),
    [("1.30", "1:30", "1.3h"), ("0,15", "0:15", "0.15h"), (".40", "0:40", "0.4h"),
     ("１．０５", "1:05", "1.05h"), ("12.45", "12:45", "12.45h")],
)  # fmt: skip
def test_a_length_that_may_be_two_is_refused_with_both(typed: str, one: str, other: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_duration(typed)
    assert refused.value.message_id is TimeMessageId.TWO_LENGTHS
    assert refused.value.message.values[1:] == (one, other)
    assert parse_duration(one) != parse_duration(other)


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("1.00", 60), ("1.75", 105), ("1.25", 75), ("0,25", 15), (".50", 30), ("1.5", 90), ("0,6", 36),
     ("1.30h", 78)],
)  # fmt: skip
def test_a_length_with_one_reading_is_read(typed: str, minutes: int) -> None:
    assert parse_duration(typed) == timedelta(minutes=minutes)
