"""What people type for a time, a date or a duration -> values.

A TIME is `09:30`, `yesterday 17:00`, `2026-11-22 09:30`, ISO 8601, or `-15m`.
A DURATION is `1h30m`, `1:30`, `90m`, `90` (minutes), `1.5h`, `1ч 30м`, `1時間30分`.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from fractions import Fraction

from timer_app.domain.errors import BadInput
from timer_app.domain.messages import TimeMessageId


class NonexistentTime(BadInput):
    """A time of day that the day of a clock change does not have."""


_UNITS = {
    "d": 86400, "day": 86400, "days": 86400, "д": 86400, "дн": 86400, "日": 86400,
    "h": 3600, "hr": 3600, "hrs": 3600, "hour": 3600, "hours": 3600,
    "ч": 3600, "час": 3600, "часа": 3600, "часов": 3600, "時間": 3600,
    "m": 60, "min": 60, "mins": 60, "minute": 60, "minutes": 60,
    "м": 60, "мин": 60, "минут": 60, "минута": 60, "минуты": 60, "分": 60, "分間": 60,
    "s": 1, "sec": 1, "secs": 1, "second": 1, "seconds": 1,
    "с": 1, "сек": 1, "секунд": 1, "秒": 1,
}  # fmt: skip
_AMOUNT = r"([0-9]+(?:[.,][0-9]+)?)\s*([^\W\d_]+)\.?"
_PARTS = re.compile(rf"(?:{_AMOUNT}\s*)+")
_CLOCK_LENGTH = re.compile(r"([0-9]{1,4}):([0-5][0-9])(?::([0-5][0-9]))?")
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?")
_AGO = re.compile(r"-\s*(.+)")
_DAY_AND_CLOCK = re.compile(r"(\S+)\s+(\S+)")
_DAYS_BACK = {
    "today": 0, "сегодня": 0, "今日": 0,
    "yesterday": 1, "вчера": 1, "昨日": 1,
}  # fmt: skip
_LONGEST = timedelta(days=366)
_MOST_LETTERS = 100
_EARLIEST = datetime(1, 1, 3, tzinfo=UTC)  # so that every zone has a local time for it
_LATEST = datetime(9999, 12, 29, tzinfo=UTC)


def parse_duration(text: str) -> timedelta:
    """A DURATION, of whole seconds, more than none and at most a year. Raises BadInput."""
    typed = " ".join(text.casefold().split())
    seconds = _seconds(typed) if len(typed) <= _MOST_LETTERS else None
    if seconds is None:
        raise BadInput(TimeMessageId.NOT_A_LENGTH, text)
    if not 0 < round(seconds) <= _LONGEST.total_seconds():
        raise BadInput(TimeMessageId.LENGTH_OUT_OF_RANGE, text)
    return timedelta(seconds=round(seconds))


def parse_instant(text: str, now: datetime, zone: tzinfo, on: date | None = None) -> datetime:
    """A TIME as an aware UTC instant. `now` is the instant it is typed at. Raises BadInput.

    A time of day alone is one of the date `on`, today unless told.
    """
    typed = " ".join(text.split())
    if ago := _AGO.fullmatch(typed):
        return now - parse_duration(ago[1])
    today = now.astimezone(zone).date()
    if (clock := _clock(typed)) is not None:
        return _at(on or today, clock, zone, text)
    if (both := _DAY_AND_CLOCK.fullmatch(typed)) and (clock := _clock(both[2])) is not None:
        return _at(parse_date(both[1], today), clock, zone, text)
    return _iso(typed, zone, text)


def parse_end(text: str, started_at: datetime, now: datetime, zone: tzinfo) -> datetime:
    """A TIME at which something ended that began at `started_at`. Raises BadInput.

    A time of day alone is the first such after the beginning, be it on the next day.
    """
    clock = _clock(" ".join(text.split()))
    if clock is None:
        return parse_instant(text, now, zone)
    day = started_at.astimezone(zone).date()
    end = _at(day, clock, zone, text)
    return end if end > started_at else _at(day + timedelta(days=1), clock, zone, text)


def parse_date(text: str, today: date) -> date:
    """A date: `2026-11-22`, `today` or `yesterday`. Raises BadInput."""
    if (back := _DAYS_BACK.get(text.strip().casefold())) is not None:
        return today - timedelta(days=back)
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise BadInput(TimeMessageId.NOT_A_DATE, text) from None


def parse_time_of_day(text: str) -> time:
    """A wall-clock time alone: `9:30`, `04:30`, or `4` for 4:00. Raises BadInput."""
    typed = text.strip()
    clock = _clock(f"{typed}:00" if typed.isascii() and typed.isdigit() else typed)
    if clock is None:
        raise BadInput(f"{text!r} is not a time of day. Write 04:30.")
    return clock


def local_instant(day: date, clock: time, zone: tzinfo) -> datetime:
    """The instant of a wall-clock time on a day. Raises BadInput, or NonexistentTime."""
    return _at(day, clock, zone, f"{day} {clock:%H:%M}")


def _seconds(text: str) -> Fraction | None:
    if text.isascii() and text.isdigit():
        return Fraction(text) * 60
    if clock := _CLOCK_LENGTH.fullmatch(text):
        hours, minutes, seconds = (int(part or 0) for part in clock.groups())
        return Fraction(hours * 3600 + minutes * 60 + seconds)
    if not _PARTS.fullmatch(text):
        return None
    total = Fraction(0)
    for amount, unit in re.findall(_AMOUNT, text):
        if unit not in _UNITS:
            return None
        total += Fraction(amount.replace(",", ".")) * _UNITS[unit]
    return total


def _clock(text: str) -> time | None:
    if not (match := _CLOCK.fullmatch(text)):
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return time(hours, minutes, seconds)


def _at(day: date, clock: time, zone: tzinfo, text: str) -> datetime:
    """The instant of a wall-clock time, which the day of a clock change may not have."""
    local = datetime.combine(day, clock, zone)
    instant = _in_utc(local, text)
    if instant.astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NonexistentTime(TimeMessageId.SKIPPED, text)
    return instant


def _iso(typed: str, zone: tzinfo, text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(typed)
    except ValueError:
        raise BadInput(TimeMessageId.NOT_A_TIME, text) from None
    if _is_date(typed):
        raise BadInput(TimeMessageId.NO_TIME_OF_DAY, text)
    if moment.tzinfo is not None:
        return _in_utc(moment, text)
    return _at(moment.date(), moment.time(), zone, text)


def _is_date(typed: str) -> bool:
    try:
        date.fromisoformat(typed)
    except ValueError:
        return False
    return True


def _in_utc(moment: datetime, text: str) -> datetime:
    """The instant; the first and last days of the calendar may have none."""
    try:
        instant = moment.astimezone(UTC)
    except OverflowError:
        instant = None
    if instant is None or not _EARLIEST <= instant <= _LATEST:
        raise BadInput(TimeMessageId.BEYOND_CALENDAR, text)
    return instant
