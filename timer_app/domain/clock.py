"""What two clocks showed at one instant: the wall clock, which may be set, and a steady one.

The wall clock says when; only the steady one says how long. Held together they tell whether the
wall clock was set in between, and by how much.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from timer_app.domain.elapsed import SHIFT_TOLERANCE_SECONDS, clock_shift

SHIFT_TOLERANCE = timedelta(seconds=SHIFT_TOLERANCE_SECONDS)


@dataclass(frozen=True, slots=True)
class BootTime:
    """Seconds since the computer was started, sleep included.

    comparable within one `boot_id` only.
    """

    boot_id: str
    seconds: float


@dataclass(frozen=True, slots=True)
class ClockReading:
    """Both clocks at one instant; `wall` is aware UTC, `boot_time` None where there is no such."""

    wall: datetime
    boot_time: BootTime | None = None


def elapsed(earlier: ClockReading, later: ClockReading) -> timedelta:
    """How long it was from one reading to another: by the steady clock where both have it."""
    steadily = _boot_elapsed(earlier, later)
    return later.wall - earlier.wall if steadily is None else steadily


def is_elapsed_exact(earlier: ClockReading, later: ClockReading) -> bool:
    """Whether `elapsed` is measured steadily; else the wall clock may have been set in between."""
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
    """How far the wall clock was set between two readings; forward is positive, none if unknown."""
    steadily = _boot_elapsed(earlier, later)
    if steadily is None:
        return timedelta(0)
    passed = (later.wall - earlier.wall).total_seconds()
    return timedelta(seconds=clock_shift(passed, steadily.total_seconds()))


def _boot_elapsed(earlier: ClockReading, later: ClockReading) -> timedelta | None:
    """None after a restart of the computer, which begins to count anew."""
    if earlier.boot_time is None or later.boot_time is None:
        return None
    if earlier.boot_time.boot_id != later.boot_time.boot_id:
        return None
    return timedelta(seconds=later.boot_time.seconds - earlier.boot_time.seconds)
