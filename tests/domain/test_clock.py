"""How long it was, and how far the wall clock was set meanwhile."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timer_app.domain.clock import (
    BootTime,
    ClockReading,
    elapsed,
    wall_clock_shift,
)
from timer_app.domain.elapsed import SHIFT_TOLERANCE_SECONDS

NINE = datetime(2026, 11, 22, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
SHIFT_TOLERANCE = timedelta(seconds=SHIFT_TOLERANCE_SECONDS)


def reading(after: timedelta, steady: timedelta | None, boot: str = "a") -> ClockReading:
    known = None if steady is None else BootTime(boot, steady.total_seconds())
    return ClockReading(NINE + after, known)


@given(st.timedeltas(timedelta(0), timedelta(days=3)), st.timedeltas(-30 * HOUR, 30 * HOUR))
def test_the_steady_clock_says_how_long(passed: timedelta, by: timedelta) -> None:
    earlier, later = reading(timedelta(0), 5 * HOUR), reading(passed + by, 5 * HOUR + passed)
    assert abs(elapsed(earlier, later) - passed) < timedelta(milliseconds=1)
    wanted = by if abs(by) > SHIFT_TOLERANCE + timedelta(milliseconds=1) else timedelta(0)
    if abs(by) > SHIFT_TOLERANCE + timedelta(milliseconds=1) or abs(by) < SHIFT_TOLERANCE:
        assert abs(wall_clock_shift(earlier, later) - wanted) < timedelta(milliseconds=1)


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (reading(timedelta(0), None), reading(HOUR, HOUR)),
        (reading(timedelta(0), HOUR), reading(HOUR, None)),
        (reading(timedelta(0), 90 * HOUR, "a"), reading(HOUR, timedelta(0), "b")),
    ],
)
def test_without_one_or_after_a_restart_only_the_wall_clock_is_there(
    earlier: ClockReading, later: ClockReading
) -> None:
    assert (elapsed(earlier, later), wall_clock_shift(earlier, later)) == (HOUR, timedelta(0))
