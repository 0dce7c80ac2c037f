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
