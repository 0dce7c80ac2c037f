"""How far a burst of deliveries has come, from counts alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.services.fakes import NOW
from timer_app.services.progress import MANY, Burst, Progress, follow


def at(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


def after(
    burst: Burst | None, waiting: int, delivered: int, seconds: float = 0, *, moving: bool = True
) -> Burst | None:
    return follow(burst, waiting, delivered, NOW + at(seconds), moving=moving)


def shown(burst: Burst | None) -> Progress | None:
    return burst.progress if burst else None


@pytest.mark.parametrize("moving", [True, False])
def test_a_few_are_nothing_to_watch(*, moving: bool) -> None:
    assert after(None, 0, 500, moving=moving) is None
    assert after(None, MANY - 1, 500, moving=moving) is None
    assert shown(after(None, MANY, 500, moving=moving)) == Progress(0, MANY)


def test_it_is_shown_to_its_very_end() -> None:
    burst = after(None, MANY, 500)
    burst = after(burst, 1, 500 + MANY - 1)
    assert shown(burst) == Progress(MANY - 1, MANY)
    assert after(burst, 0, 500 + MANY) is None


def test_the_next_one_begins_at_nothing() -> None:
    burst = after(after(None, 100, 0), 50, 50)
    assert shown(after(after(burst, 0, 100), 30, 100)) == Progress(0, 30)


def test_what_comes_meanwhile_is_part_of_it() -> None:
    burst = after(after(None, 100, 0), 90, 10)
    assert shown(after(burst, 93, 10)) == Progress(10, 103)


def test_what_came_to_need_a_person_was_not_delivered() -> None:
    burst = after(None, 100, 0)
    assert shown(after(burst, 80, 15)) == Progress(15, 95)


def test_a_few_that_are_left_and_cannot_go_are_no_burst() -> None:
    burst = after(None, 100, 0)
    burst = after(burst, 3, 97)
    assert after(burst, 3, 97, moving=False) is None
    held = after(after(None, 100, 0), 50, 50, moving=False)
    assert shown(held) == Progress(50, 100)


def test_how_long_it_takes_is_known_once_some_are_delivered() -> None:
    burst = after(None, 10_000, 0)
    assert shown(after(burst, 9_981, 19, 2)) == Progress(19, 10_000, None)
    assert shown(after(burst, 9_950, 50, 10)) == Progress(50, 10_000, at(1990))


def test_a_pause_does_not_count_as_slow() -> None:
    burst = after(None, 1000, 0)
    burst = after(burst, 900, 100, 20)
    burst = after(burst, 900, 100, 20, moving=False)
    assert shown(burst) == Progress(100, 1000, None)
    burst = after(burst, 900, 100, 7220)
    assert shown(burst) == Progress(100, 1000, None)
    assert shown(after(burst, 800, 200, 7240)) == Progress(200, 1000, at(160))


def test_a_clock_set_back_says_nothing_of_the_time_left() -> None:
    burst = after(None, 1000, 0)
    assert shown(after(burst, 900, 100, -3600)) == Progress(100, 1000, None)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 30), st.booleans())))
def test_it_never_shows_more_done_than_there_are(steps: list[tuple[int, int, bool]]) -> None:
    """Whatever comes and goes: what is shown adds up to what waits."""
    burst, waiting, delivered = None, 0, 0
    for come, go, moving in steps:
        gone = min(go, waiting + come)
        waiting, delivered = waiting + come - gone, delivered + gone
        burst = after(burst, waiting, delivered, moving=moving)
        if burst:
            progress = burst.progress
            assert progress.done >= 0
            assert progress.total - progress.done == waiting
