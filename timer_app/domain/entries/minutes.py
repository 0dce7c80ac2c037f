"""Seconds -> whole minutes per local date, nothing lost in rounding.

Kaiten's time log holds whole minutes, at least 1, on one date (API page "Add time log").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import Enum

_DAY = timedelta(days=1)


class Rounding(Enum):
    """How a stretch is rounded to whole minutes."""

    CARRY = "carry"
    NEAREST = "nearest"
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class DaySegment:
    """The seconds of one entry that fall on one local date."""

    for_date: date
    seconds: int


@dataclass(frozen=True, slots=True)
class CardDayTotals:
    """What one card has on one date: seconds worked, and minutes in logs sent or to be sent."""

    seconds: int = 0
    minutes: int = 0


def local_date(instant: datetime, zone: tzinfo, day_start: time) -> date:
    """The local date of `instant` in `zone`, where days begin at `day_start`."""
    day = instant.astimezone(zone).date()
    if instant < start_of_day(day, zone, day_start):
        return day - _DAY
    if instant >= start_of_day(day + _DAY, zone, day_start):  # the clock was set back over it
        return day + _DAY
    return day


def start_of_day(day: date, zone: tzinfo, day_start: time) -> datetime:
    """The UTC instant at which `day` begins, also near a clock change."""
    return datetime.combine(day, day_start, zone).astimezone(UTC)


def split_by_day(
    started_at: datetime, stopped_at: datetime, zone: tzinfo, day_start: time
) -> tuple[DaySegment, ...]:
    """Cut the time from `started_at` to `stopped_at` (UTC instants) at the borders of local days.

    The segments are in order and their seconds add up to the whole. An entry without length is one
    segment of 0 seconds.
    """
    segments: list[DaySegment] = []
    begin, day = started_at, local_date(started_at, zone, day_start)
    while True:
        end = min(stopped_at, start_of_day(day + _DAY, zone, day_start))
        if end > begin or not segments:
            segments.append(DaySegment(day, int((end - begin).total_seconds())))
        if end >= stopped_at:
            return tuple(segments)
        begin, day = end, day + _DAY


def zone_name(zone: tzinfo, at: datetime) -> str:
    """The stored form of a zone: its IANA name, or its offset from UTC in seconds."""
    key = getattr(zone, "key", None)
    if isinstance(key, str):
        return key
    return str((at.astimezone(zone).utcoffset() or timedelta(0)).total_seconds())


def rounded_minutes(seconds: int) -> int:
    """Seconds in whole minutes; 30 seconds round up."""
    return (seconds + 30) // 60


def carry_shares(seconds: Mapping[str, int]) -> dict[str, int]:
    """The minutes of each entry of a card and date, given its seconds in the order of their start.

    Together they are what `carry` asks for, max(1, all seconds rounded). Every computer that knows
    the same entries finds the same shares.
    """
    shares: dict[str, int] = {}
    passed = logged = 0
    for entry_id, length in seconds.items():
        passed += length
        total = max(1, rounded_minutes(passed))
        shares[entry_id] = total - logged
        logged = total
    return shares


def minutes_to_log(rounding: Rounding, seconds: int, before: CardDayTotals) -> int:
    """The minutes that the log of a new stretch of `seconds` carries; 0 means no log.

    `before` is what the card has on that date without the stretch. Only `carry` looks at it: the
    day's logs together hold max(1, rounded_minutes(all seconds)), so this one adds what is missing.
    """
    match rounding:
        case Rounding.CARRY:
            return max(0, max(1, rounded_minutes(before.seconds + seconds)) - before.minutes)
        case Rounding.NEAREST:
            return max(1, rounded_minutes(seconds))
        case Rounding.UP:
            return max(1, -(-seconds // 60))
        case Rounding.DOWN:
            return max(1, seconds // 60)
