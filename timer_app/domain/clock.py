"""Readings of two clocks at one instant: the wall clock, which may be set, and the boot time.

The wall clock has the date and time, the boot time measures lengths. Together they show whether the
wall clock was set in between, and by how much.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from timer_app.domain.elapsed import CLOCK_TOLERANCE_SECONDS, clock_shift


@dataclass(frozen=True, slots=True)
class BootTime:
    """Seconds since the computer was started, sleep included.

    Comparable within one `boot_id` only.
    """

    boot_id: str
    seconds: float


@dataclass(frozen=True, slots=True)
class ClockReading:
    """Both clocks at one instant; `wall` is aware UTC, `boot_time` None where there is none."""

    wall: datetime
    boot_time: BootTime | None = None

    def back_to(self, instant: datetime) -> ClockReading:
        """What the clocks would have shown at an instant of this wall clock, if it was not set."""
        if self.boot_time is None:
            return ClockReading(instant)
        seconds = self.boot_time.seconds - (self.wall - instant).total_seconds()
        return ClockReading(instant, replace(self.boot_time, seconds=seconds))


def elapsed(earlier: ClockReading, later: ClockReading) -> timedelta:
    """The time between two readings, by the boot time where both have it."""
    by_boot_time = _elapsed_by_boot_time(earlier, later)
    return later.wall - earlier.wall if by_boot_time is None else by_boot_time


def is_elapsed_exact(earlier: ClockReading, later: ClockReading) -> bool:
    """Whether `elapsed` goes by the boot time; else the wall clock may have been set."""
    return _elapsed_by_boot_time(earlier, later) is not None


def max_elapsed(earlier: ClockReading, later: ClockReading) -> timedelta:
    """The longest possible time between two readings.

    Without a boot time the clock may have been set by up to a day.
    """
    passed = elapsed(earlier, later)
    return (
        passed
        if is_elapsed_exact(earlier, later)
        else max(passed, timedelta(0)) + timedelta(days=1)
    )


def wall_clock_shift(earlier: ClockReading, later: ClockReading) -> timedelta:
    """How far the wall clock was set between two readings; forward is positive, zero if unknown."""
    by_boot_time = _elapsed_by_boot_time(earlier, later)
    if by_boot_time is None:
        return timedelta(0)
    passed = (later.wall - earlier.wall).total_seconds()
    return timedelta(seconds=clock_shift(passed, by_boot_time.total_seconds()))


def shift_length(shift: timedelta) -> tuple[int, int]:
    """How far a clock was set, whichever way: whole days, and seconds beside them."""
    return divmod(round(abs(shift.total_seconds())), 86_400)


def _elapsed_by_boot_time(earlier: ClockReading, later: ClockReading) -> timedelta | None:
    """None after a restart of the computer, where the boot time starts from zero."""
    if earlier.boot_time is None or later.boot_time is None:
        return None
    if earlier.boot_time.boot_id != later.boot_time.boot_id:
        return None
    return timedelta(seconds=later.boot_time.seconds - earlier.boot_time.seconds)


CLOCK_TOLERANCE = timedelta(seconds=CLOCK_TOLERANCE_SECONDS)
NOTICE_THRESHOLD = timedelta(minutes=1)
"""A clock that is wrong by more than this causes a notice."""
_DATE_RESOLUTION = timedelta(seconds=1)  # of a Date header (RFC 9110, 5.6.7)


@dataclass(frozen=True, slots=True)
class ServiceClock:
    """What is known of the services' clock: `difference` is it less the wall clock of `reading`.

    Zero where the wall clock is right. `reading` is the computer's own clocks at that moment.
    `is_of_entries`: it comes from the service that holds the entries.
    """

    difference: timedelta
    reading: ClockReading
    is_of_entries: bool = True

    @property
    def needs_notice(self) -> bool:
        """Whether the computer's clock is wrong by so much that a person should know."""
        return abs(self.difference) > NOTICE_THRESHOLD

    def is_of_boot(self, boot_time: BootTime | None) -> bool:
        """Whether it was received in the same boot, so that boot times can be compared."""
        own = self.reading.boot_time
        if own is None or boot_time is None:
            return False
        return own.boot_id == boot_time.boot_id

    def time_of(self, reading: ClockReading) -> datetime:
        """The service's time at a reading of this computer, also an earlier one of this boot.

        For the rule see `true_wall_seconds`. After a restart of the computer the wall clock is
        assumed to be wrong by the same difference.
        """
        by_wall = reading.wall + self.difference
        if reading.boot_time is None or not self.is_of_boot(reading.boot_time):
            return by_wall
        by_boot_time = self.time_at(reading.boot_time)
        return by_wall if abs(by_boot_time - by_wall) <= CLOCK_TOLERANCE else by_boot_time

    def time_at(self, boot_time: BootTime) -> datetime:
        """The service's time at an instant of this boot, whatever the wall clock showed then."""
        reading = replace(self.reading, boot_time=boot_time)
        return self.reading.wall + self.difference + elapsed(self.reading, reading)


@dataclass(frozen=True, slots=True)
class ClockStamp:
    """The start or the stop of an entry, set when this computer's clocks showed `reading`.

    `instant` is what the entry got then; another one in the entry was set later. `is_typed`: a
    person typed it, it is not the instant of a click.
    """

    entry_id: str
    is_stop: bool
    instant: datetime
    reading: ClockReading
    is_typed: bool = False

    def is_misread(self, known: ServiceClock) -> bool:
        """Whether a person certainly read it from a wrong clock: it would lie in the future."""
        boot_time = self.reading.boot_time
        return self.is_typed and boot_time is not None and self.instant > known.time_at(boot_time)

    def corrected(self, known: ServiceClock, *, is_misread: bool) -> ClockStamp:
        """The stamp, corrected by the services' clock.

        A click gets its true instant. A typed instant is kept, unless a start or stop of the entry
        `is_misread`.
        """
        if self.reading.boot_time is None:
            return self
        true_time_then = known.time_at(self.reading.boot_time)
        difference = true_time_then - self.reading.wall
        reading = replace(self.reading, wall=true_time_then)
        if self.is_typed and not is_misread:
            return replace(self, reading=reading)
        # For a click the clock counts: a stop that it showed before the start got the start.
        shown = self.instant if self.is_typed else self.reading.wall.replace(microsecond=0)
        moved = shown + timedelta(seconds=round(difference.total_seconds()))
        return replace(self, instant=moved, reading=reading)


def true_time(known: ServiceClock | None, reading: ClockReading) -> datetime:
    """The true time at a reading: that of the wall clock while no difference is known."""
    return reading.wall if known is None else known.time_of(reading)


def updated_service_clock(
    known: ServiceClock | None,
    server_time: datetime,
    took: timedelta,
    reading: ClockReading,
    *,
    is_of_entries: bool = True,
) -> ServiceClock:
    """The service's clock at `reading`, after an answer dated `server_time` that `took` so long.

    A Date header is coarse: it was written at some instant of that time, without the fraction of a
    second. The known difference is kept while it agrees, so that a start and its stop are measured
    by one clock to the second. So is a wall clock that is right.
    """
    latest = server_time + _DATE_RESOLUTION + took

    def agrees(instant: datetime) -> bool:
        return server_time - CLOCK_TOLERANCE <= instant <= latest + CLOCK_TOLERANCE

    expected = true_time(known, reading)
    difference = known.difference if known else timedelta(0)
    if not agrees(expected):
        expected = server_time + (latest - server_time) / 2
    if agrees(reading.wall) and not (difference and expected == reading.wall + difference):
        return ServiceClock(timedelta(0), reading, is_of_entries)
    return ServiceClock(expected - reading.wall, reading, is_of_entries)
