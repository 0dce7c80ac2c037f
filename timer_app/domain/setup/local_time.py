"""Times of day as they are typed -> instants of a zone whose clocks are set twice a year.

A wall-clock time is one instant, none (the clocks were set forward over it) or two (they were set
back over it). Time and zone come in as values.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import NamedTuple

from timer_app.domain.errors import BadInput
from timer_app.domain.messages import TimeMessageId
from timer_app.domain.setup.time_grammar import (
    DAY_SECONDS,
    NotRead,
    clock_seconds,
    looks_like_date,
    parse_date,
    parse_duration,
    split_date_and_clock,
)
from timer_app.domain.setup.typed_text import normalize_typed

EVENING = 16 * 3600
"""An entry that starts at this time of day or later may end after midnight, without a date."""
LONGEST_NIGHT = timedelta(hours=12)
"""So long at most: what is typed without a date is otherwise a mistyped time of the same day."""
LONGEST_RUNNING = timedelta(days=366)
"""What runs did not begin longer ago: the year is mistyped."""
EARLIEST_WORK = timedelta(days=3653)
"""Ten years: what is over did not begin longer ago. Neither service is much older."""
_AGO = re.compile(r"-\s*(?P<length>.+)|(?P<before>.+?)\s*(?:\bago|\bназад|前)", re.IGNORECASE)
_NOW = frozenset(["now", "сейчас", "今"])
_NAMED_ZONE = re.compile(r"(?P<time>.+?)\s+(?P<name>[a-zа-я]{2,5}|[+-][0-9]{2}(?::?[0-9]{2})?)")
"""A time with the zone's name behind it, as it is shown where the clocks pass it twice."""
_EARLIEST = datetime(1, 1, 3, tzinfo=UTC)  # so that every zone has a local time for it
_LATEST = datetime(9999, 12, 29, tzinfo=UTC)


class NonexistentTime(BadInput):
    """A time of day that the day of a clock change does not have."""


class EndBeforeStart(BadInput):
    """An end without a date that lies before its start, and is not plausible on the next date."""


class _Clock(NamedTuple):
    """A time of day in seconds, and the zone's name that stands behind it, or ""."""

    seconds: int
    zone_name: str


def parse_instant(
    text: str, now: datetime, zone: tzinfo, on: date | None = None, *, is_end: bool = False
) -> datetime:
    """A TIME as an aware UTC instant. `now` is the instant it is typed at. Raises BadInput.

    A time of day alone is one of the date `on`, by default today; 24:00 is one of an end alone.
    A time that is passed twice is the first of the two, unless the zone's name says which.
    """
    if not is_end and clock_seconds(text) == DAY_SECONDS:
        raise BadInput(TimeMessageId.NOT_A_TIME, text)
    return _first(_readings(text, now, zone, on), text)


def parse_instant_before_now(text: str, now: datetime, zone: tzinfo) -> datetime:
    """A TIME at which what runs ended: a time of day alone is the latest that is over.

    Without one since yesterday it is that of today, still to come. Raises BadInput.
    """
    clock = _parse_clock(text)
    if clock is None:
        return parse_instant(text, now, zone)
    today = now.astimezone(zone).date()
    today_readings = _on_day(clock, today, zone, text)
    readings = [*today_readings, *_on_day(clock, today - timedelta(days=1), zone, text)]
    over = [each for each in readings if each <= now]
    return max(over) if over else _first(today_readings, text)


def parse_end(
    text: str, started_at: datetime, now: datetime, zone: tzinfo, ended: datetime | None = None
) -> datetime:
    """A TIME at which something ended that began at `started_at`. Raises BadInput.

    A time of day alone is the first such after the beginning: on the same date, on the date of
    `ended`, at which it ended so far, or on the next date. On another date than the beginning the
    length is that of a plausible night, or at most twice what it was.
    """
    clock = _parse_clock(text)
    if clock is None:
        readings = _readings(text, now, zone, None)
        return min((each for each in readings if each > started_at), default=_first(readings, text))
    day = started_at.astimezone(zone).date()
    ends_on = ended.astimezone(zone).date() if ended is not None else day
    for each_day in (day, ends_on) if ends_on > day else (day,):
        readings = _on_day(clock, each_day, zone, text)
        _first(readings, text)
        if after := [each for each in readings if each > started_at]:
            end = min(after)
            longest = max(LONGEST_NIGHT, 2 * (ended - started_at)) if ended else LONGEST_NIGHT
            if each_day == day or end - started_at <= longest:
                return end
            raise _end_before_start(text, started_at, end, zone)
    end = _first(_on_day(clock, _next_day(day, zone, text), zone, text), text)
    if not _is_plausible_night(started_at, end, zone):
        raise _end_before_start(text, started_at, end, zone)
    return end


def parse_within(
    text: str, started_at: datetime, stopped_at: datetime, now: datetime, zone: tzinfo
) -> datetime | None:
    """The first instant between two that a TIME can be, None where all lie outside.

    A time of day alone is one of any date between them. Raises BadInput.
    """
    first, last = (each.astimezone(zone).date() for each in (started_at, stopped_at))
    clock = _parse_clock(text)
    if clock is None:
        readings = _readings(text, now, zone, first)
    else:
        days = (first + timedelta(days=number) for number in range((last - first).days + 1))
        readings = [each for day in days for each in _on_day(clock, day, zone, text)]
    _first(readings, text)
    return min((each for each in readings if started_at < each < stopped_at), default=None)


def mistyped_year(
    instant: datetime, now: datetime, zone: tzinfo, limit: timedelta = EARLIEST_WORK
) -> tuple[str, str] | None:
    """An instant before that limit, and the latest that differs in its year; None for a recent."""
    if now - instant <= limit:
        return None
    local, year = instant.astimezone(zone), now.astimezone(zone).year
    recent = (_with_year(local, each) for each in range(year, year - 9, -1))
    meant = next(each for each in recent if each is not None and each <= now)
    return f"{local:%Y-%m-%d %H:%M}", f"{meant:%Y-%m-%d %H:%M}"


def _with_year(local: datetime, year: int) -> datetime | None:
    try:
        return local.replace(year=year)
    except ValueError:  # the 29th of February
        return None


def is_passed_twice(instant: datetime, zone: tzinfo) -> bool:
    """Whether the clocks show the instant's time once more, an hour before or after."""
    local = instant.astimezone(zone)
    return local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()


def format_clock(instant: datetime, zone: tzinfo) -> str:
    """The time of day, with seconds where there are some, and CET or CEST where it is twice."""
    local = instant.astimezone(zone)
    shown = f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
    return shown + zone_suffix(instant, zone)


def zone_suffix(instant: datetime, zone: tzinfo) -> str:
    """What stands behind a time that is passed twice: CET with a space, or the offset; else ""."""
    if not is_passed_twice(instant, zone):
        return ""
    local = instant.astimezone(zone)
    name, other = local.tzname() or "", local.replace(fold=1 - local.fold).tzname()
    is_telling = name != other and _NAMED_ZONE.fullmatch(f"0 {name}".casefold())
    return f" {name}" if is_telling else f" {local:%z}"


# ---------------------------------------------------------------------------- readings


def _readings(text: str, now: datetime, zone: tzinfo, on: date | None) -> list[datetime]:
    """All instants that a TIME can be; none for one that the clocks skip. Raises BadInput."""
    typed = normalize_typed(text).casefold()
    if typed in _NOW:
        return [now]
    if ago := _AGO.fullmatch(typed):
        return [_before(now, ago["length"] or ago["before"], text)]
    today = now.astimezone(zone).date()
    if clock := _parse_clock(text):
        return _on_day(clock, on or today, zone, text)
    for written, name in ((typed, ""), _split_zone(typed)):
        if both := split_date_and_clock(written):
            clock = _Clock(clock_seconds(both[1]) or 0, name)
            return _on_day(clock, _date(both[0], today, text), zone, text)
    return _iso(typed, zone, text)


def _date(typed: str, today: date, text: str) -> date:
    try:
        return parse_date(typed, today)
    except NotRead:
        raise BadInput(TimeMessageId.NOT_A_TIME, text) from None


def _before(now: datetime, length: str, text: str) -> datetime:
    try:
        return now - parse_duration(length)
    except NotRead:
        raise BadInput(TimeMessageId.NOT_A_TIME, text) from None


def _parse_clock(text: str) -> _Clock | None:
    """A time of day alone, perhaps with the zone's name; None for anything else."""
    if (seconds := clock_seconds(text)) is not None:
        return _Clock(seconds, "")
    written, name = _split_zone(normalize_typed(text).casefold())
    if not name or split_date_and_clock(text):  # 9:30 today: that is no zone
        return None
    seconds = clock_seconds(written)
    return None if seconds is None else _Clock(seconds, name)


def _split_zone(typed: str) -> tuple[str, str]:
    match = _NAMED_ZONE.fullmatch(typed)
    return (match["time"], match["name"]) if match else (typed, "")


def _on_day(clock: _Clock, day: date, zone: tzinfo, text: str) -> list[datetime]:
    """All instants of a date that a time of day can be. Raises BadInput."""
    seconds = clock.seconds
    if seconds == DAY_SECONDS:
        day, seconds = _following(day, text), 0
    local = datetime.combine(day, time(seconds // 3600, seconds // 60 % 60, seconds % 60))
    if not clock.zone_name:
        return _instants_at(local, zone, text)
    offset = _offset(clock.zone_name, local, zone)
    if offset is None:
        raise BadInput(TimeMessageId.NOT_A_TIME, text)
    return [_in_utc(local.replace(tzinfo=timezone(offset)), text)]


def _offset(name: str, local: datetime, zone: tzinfo) -> timedelta | None:
    """What a name of the zone means: on that date, else in that winter or summer."""
    moments = [local.replace(tzinfo=zone, fold=fold) for fold in (0, 1)]
    moments += [datetime(local.year, month, 1, tzinfo=zone) for month in (1, 7)]
    digits = name.replace(":", "").ljust(5, "0")
    for moment in moments:
        if name == (moment.tzname() or "").casefold() or digits == f"{moment:%z}":
            return moment.utcoffset()
    return None


def _instants_at(local: datetime, zone: tzinfo, text: str) -> list[datetime]:
    """The instants, none to two, at which the clocks of a zone show a time, in order."""
    instants = []
    for fold in (0, 1):
        instant = _in_utc(local.replace(tzinfo=zone, fold=fold), text)
        if instant.astimezone(zone).replace(tzinfo=None, fold=0) == local:
            instants.append(instant)
    return sorted(set(instants))


def _first(readings: list[datetime], text: str) -> datetime:
    if not readings:
        raise NonexistentTime(TimeMessageId.SKIPPED, text)
    return min(readings)


def _following(day: date, text: str) -> date:
    try:
        return day + timedelta(days=1)
    except OverflowError:
        raise BadInput(TimeMessageId.BEYOND_CALENDAR, text) from None


def _next_day(day: date, zone: tzinfo, text: str) -> date:
    """The next date that the zone has: Samoa went from the 29th to the 31st."""
    following = _following(day, text)
    noon = _instants_at(datetime.combine(following, time(12)), zone, text)
    return following if noon else _following(following, text)


def _is_plausible_night(started_at: datetime, end: datetime, zone: tzinfo) -> bool:
    began = started_at.astimezone(zone)
    seconds = began.hour * 3600 + began.minute * 60 + began.second
    return seconds >= EVENING and end - started_at <= LONGEST_NIGHT


def _end_before_start(
    text: str, started_at: datetime, end: datetime, zone: tzinfo
) -> EndBeforeStart:
    """The refusal of an end without a date that names both dates it could be of."""
    length, ends = end - started_at, end.astimezone(zone)
    return EndBeforeStart(
        TimeMessageId.END_BEFORE_START,
        text,
        started_at.astimezone(zone).date().isoformat(),
        format_clock(started_at, zone),
        ends.date().isoformat(),
        f"{length // timedelta(hours=1)}:{length // timedelta(minutes=1) % 60:02}",
        f"{ends:%Y-%m-%d %H:%M}",
    )


def _iso(typed: str, zone: tzinfo, text: str) -> list[datetime]:
    try:
        moment = datetime.fromisoformat(typed.upper())
    except ValueError:
        moment = None
    is_date = looks_like_date(typed)
    if moment is None or is_date:
        raise BadInput(TimeMessageId.NO_TIME_OF_DAY if is_date else TimeMessageId.NOT_A_TIME, text)
    if moment.tzinfo is not None:
        return [_in_utc(moment, text)]
    return _instants_at(moment, zone, text)


def _in_utc(moment: datetime, text: str) -> datetime:
    """The instant; the first and last days of the calendar may have none."""
    try:
        instant = moment.astimezone(UTC)
    except OverflowError:
        instant = None
    if instant is None or not _EARLIEST <= instant <= _LATEST:
        raise BadInput(TimeMessageId.BEYOND_CALENDAR, text)
    return instant
