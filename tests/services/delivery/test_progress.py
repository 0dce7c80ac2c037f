"""How far a burst of deliveries has come, from counts alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.services.fakes import NOW
from timer_app.services.delivery.progress import BACKLOG_MINIMUM, Backlog, Progress, updated_backlog


def at(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


def after(
    backlog: Backlog | None,
    waiting: int,
    delivered: int,
    seconds: float = 0,
    *,
    is_moving: bool = True,
) -> Backlog | None:
    return updated_backlog(backlog, waiting, delivered, NOW + at(seconds), is_moving=is_moving)


def shown(backlog: Backlog | None) -> Progress | None:
    return backlog.progress if backlog else None


@pytest.mark.parametrize("is_moving", [True, False])
def test_a_few_are_nothing_to_watch(*, is_moving: bool) -> None:
    assert after(None, 0, 500, is_moving=is_moving) is None
    assert after(None, BACKLOG_MINIMUM - 1, 500, is_moving=is_moving) is None
    assert shown(after(None, BACKLOG_MINIMUM, 500, is_moving=is_moving)) == Progress(
        0, BACKLOG_MINIMUM
    )


def test_it_is_shown_to_its_very_end() -> None:
    backlog = after(None, BACKLOG_MINIMUM, 500)
    backlog = after(backlog, 1, 500 + BACKLOG_MINIMUM - 1)
    assert shown(backlog) == Progress(BACKLOG_MINIMUM - 1, BACKLOG_MINIMUM)
    assert after(backlog, 0, 500 + BACKLOG_MINIMUM) is None


def test_the_next_one_begins_at_nothing() -> None:
    backlog = after(after(None, 100, 0), 50, 50)
    assert shown(after(after(backlog, 0, 100), 30, 100)) == Progress(0, 30)


def test_what_comes_meanwhile_is_part_of_it() -> None:
    backlog = after(after(None, 100, 0), 90, 10)
    assert shown(after(backlog, 93, 10)) == Progress(10, 103)


def test_what_came_to_need_a_person_was_not_delivered() -> None:
    backlog = after(None, 100, 0)
    assert shown(after(backlog, 80, 15)) == Progress(15, 95)


def test_a_few_that_are_left_and_cannot_go_are_no_burst() -> None:
    backlog = after(None, 100, 0)
    backlog = after(backlog, 3, 97)
    assert after(backlog, 3, 97, is_moving=False) is None
    held = after(after(None, 100, 0), 50, 50, is_moving=False)
    assert shown(held) == Progress(50, 100)


def test_how_long_it_takes_is_known_once_some_are_delivered() -> None:
    backlog = after(None, 10_000, 0)
    assert shown(after(backlog, 9_981, 19, 2)) == Progress(19, 10_000, None)
    assert shown(after(backlog, 9_950, 50, 10)) == Progress(50, 10_000, at(1990))


def test_a_pause_does_not_count_as_slow() -> None:
    backlog = after(None, 1000, 0)
    backlog = after(backlog, 900, 100, 20)
    backlog = after(backlog, 900, 100, 20, is_moving=False)
    assert shown(backlog) == Progress(100, 1000, None)
    backlog = after(backlog, 900, 100, 7220)
    assert shown(backlog) == Progress(100, 1000, None)
    assert shown(after(backlog, 800, 200, 7240)) == Progress(200, 1000, at(160))


def test_a_clock_set_back_says_nothing_of_the_time_left() -> None:
    backlog = after(None, 1000, 0)
    assert shown(after(backlog, 900, 100, -3600)) == Progress(100, 1000, None)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 30), st.booleans())))
def test_it_never_shows_more_done_than_there_are(steps: list[tuple[int, int, bool]]) -> None:
    """Whatever comes and goes: what is shown adds up to what waits."""
    backlog, waiting, delivered = None, 0, 0
    for come, go, is_moving in steps:
        gone = min(go, waiting + come)
        waiting, delivered = waiting + come - gone, delivered + gone
        backlog = after(backlog, waiting, delivered, is_moving=is_moving)
        if backlog:
            progress = backlog.progress
            assert progress.done >= 0
            assert progress.total - progress.done == waiting
