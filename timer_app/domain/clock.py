"""Readings of two clocks at one instant: the wall clock, which may be set, and the boot time.

The wall clock says when, the boot time says how long. Together they tell whether the wall clock was
set in between, and by how much.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from timer_app.domain.elapsed import clock_shift


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


def elapsed(earlier: ClockReading, later: ClockReading) -> timedelta:
    """The time between two readings, by the boot time where both have it."""
    steadily = _boot_elapsed(earlier, later)
    return later.wall - earlier.wall if steadily is None else steadily


def is_elapsed_exact(earlier: ClockReading, later: ClockReading) -> bool:
    """Whether `elapsed` goes by the boot time; else the wall clock may have been set."""
    return _boot_elapsed(earlier, later) is not None


def max_elapsed(earlier: ClockReading, later: ClockReading) -> timedelta:
    """How long it was at most: where that is not sure, the clock may have been set by a day."""
    passed = elapsed(earlier, later)
    return (
        passed
        if is_elapsed_exact(earlier, later)
        else max(passed, timedelta(0)) + timedelta(days=1)
    )


def wall_clock_shift(earlier: ClockReading, later: ClockReading) -> timedelta:
    """How far the wall clock was set between two readings; forward is positive, zero if unknown."""
    steadily = _boot_elapsed(earlier, later)
    if steadily is None:
        return timedelta(0)
    passed = (later.wall - earlier.wall).total_seconds()
    return timedelta(seconds=clock_shift(passed, steadily.total_seconds()))


def shift_length(shift: timedelta) -> tuple[int, int]:
    """How far a clock was set, whichever way: whole days, and seconds beside them."""
    return divmod(round(abs(shift.total_seconds())), 86_400)


def _boot_elapsed(earlier: ClockReading, later: ClockReading) -> timedelta | None:
    """None after a restart of the computer, where the boot time starts from zero."""
    if earlier.boot_time is None or later.boot_time is None:
        return None
    if earlier.boot_time.boot_id != later.boot_time.boot_id:
        return None
    return timedelta(seconds=later.boot_time.seconds - earlier.boot_time.seconds)


CLOCK_TOLERANCE = timedelta(seconds=3)
"""Clocks that differ by less are taken as equal: a Date header has whole seconds and is late."""
WORTH_SAYING = timedelta(minutes=1)
"""A clock that is wrong by more than this is told to the person."""


@dataclass(frozen=True, slots=True)
class ServiceClock:
    """What is known of the services' clock: `difference` is it less the wall clock of `reading`.

    Zero where the wall clock is right. `reading` is the computer's own clocks at that moment.
    """

    difference: timedelta
    reading: ClockReading

    @property
    def is_worth_saying(self) -> bool:
        """Whether the computer's clock is wrong by so much that a person should know."""
        return abs(self.difference) > WORTH_SAYING

    def time_of(self, reading: ClockReading) -> datetime:
        """The service's time at a reading of this computer, also an earlier one of this boot.

        By the boot time, so it does not matter whether the wall clock was set in between; after a
        restart of the computer the wall clock is taken to be as wrong as it was.
        """
        passed = _boot_elapsed(self.reading, reading)
        if passed is None:
            return reading.wall + self.difference
        return self.reading.wall + self.difference + passed


def true_time(known: ServiceClock | None, reading: ClockReading) -> datetime:
    """The true time at a reading; the wall clock's while nothing is known against it."""
    if known is None or not known.difference:
        return reading.wall
    return known.time_of(reading)


def heard_time(
    known: ServiceClock | None, server_time: datetime, took: timedelta, reading: ClockReading
) -> ServiceClock | None:
    """What is known after a service said its time in an answer that `took` so long.

    What was known stays while it agrees: a start and its stop lie on one clock to the second.
    """
    slack = CLOCK_TOLERANCE + took
    expected = true_time(known, reading)
    agrees = abs(server_time - expected) <= slack
    held = known.difference if known else timedelta(0)
    if agrees and abs(expected - reading.wall - held) <= CLOCK_TOLERANCE:
        return known
    if abs(server_time - reading.wall) <= slack:
        return ServiceClock(timedelta(0), reading)
    return ServiceClock((expected if agrees else server_time) - reading.wall, reading)
