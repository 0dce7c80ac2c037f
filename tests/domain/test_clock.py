"""How long it was, and how far the wall clock was set meanwhile."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timer_app.domain.clock import (
    BootTime,
    ClockReading,
    ServiceClock,
    elapsed,
    updated_service_clock,
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


DATES = st.lists(
    st.tuples(st.floats(0, 300), st.floats(0, 2)), min_size=2, max_size=20
)  # seconds until the next answer, and how long it takes


def _hear(wrong_by: timedelta, answers: list[tuple[float, float]]) -> list[ServiceClock]:
    """What is known after each answer of a service whose clock is right, in whole seconds."""
    passed, known, heard = timedelta(0), None, list[ServiceClock]()
    for seconds, took in answers:
        written = NINE + passed + timedelta(seconds=seconds + took / 3)
        passed += timedelta(seconds=seconds + took)
        date = written.replace(microsecond=0)
        now = reading(passed + wrong_by, passed)
        known = updated_service_clock(known, date, timedelta(seconds=took), now)
        heard.append(known)
    return heard


@given(st.timedeltas(timedelta(seconds=-2), timedelta(seconds=2)), DATES)
def test_a_right_clock_is_never_moved_by_dates_of_whole_seconds(
    wrong_by: timedelta, answers: list[tuple[float, float]]
) -> None:
    assert {known.difference for known in _hear(wrong_by, answers)} == {timedelta(0)}


@given(
    st.timedeltas(timedelta(seconds=10), timedelta(days=9000)),
    st.sampled_from([1, -1]),
    DATES,
)
def test_what_is_known_of_a_wrong_clock_is_exact_and_stays(
    wrong_by: timedelta, sign: int, answers: list[tuple[float, float]]
) -> None:
    differences = {known.difference for known in _hear(sign * wrong_by, answers)}
    assert len(differences) == 1
    assert abs(differences.pop() + sign * wrong_by) <= timedelta(seconds=2)


def test_a_date_that_is_older_than_the_sleep_moves_nothing() -> None:
    """The request left, the computer slept, and the answer was read on waking."""
    known = updated_service_clock(None, NINE, 8 * HOUR, reading(8 * HOUR, 8 * HOUR))
    assert known.difference == timedelta(0)


def test_a_slow_answer_is_made_better_by_a_quick_one() -> None:
    slow = updated_service_clock(None, NINE, timedelta(seconds=14), reading(HOUR, HOUR))
    assert abs(slow.difference + HOUR) <= timedelta(seconds=8)
    quick = updated_service_clock(slow, NINE, timedelta(0), reading(HOUR, HOUR))
    assert abs(quick.difference + HOUR) <= timedelta(seconds=1)
