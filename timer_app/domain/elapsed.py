"""How long what runs has taken, and what today has: the one count for every front end.

Seconds in, seconds out, and nothing imported: `status` is asked all day by scripts and prompts.
"""

from __future__ import annotations

import math

SHIFT_TOLERANCE_SECONDS = 2.0
"""Less than this is how two clocks are read one after the other, or a clock chip's coarseness."""

CLOCK_TOLERANCE_SECONDS = 3.0
"""Clocks of different computers that differ by less are taken as equal."""

EARLIEST, LATEST = -62_134_387_200, 253_401_696_000
"""Unix seconds: a week or two within the years 1 to 9999, so that any zone can show both."""


def clock_shift(wall_passed: float, steady_passed: float) -> float:
    """Seconds by which the wall clock was set in between; forward is positive."""
    by = wall_passed - steady_passed
    return by if abs(by) > SHIFT_TOLERANCE_SECONDS else 0.0


def true_wall_seconds(by_wall: float, by_boot_time: float | None) -> float:
    """The services' time: the wall clock goes on as it was heard to be, unless it was set since.

    `by_boot_time` is what the boot time makes of it since then, None in another boot.
    """
    if by_boot_time is None or abs(by_boot_time - by_wall) <= CLOCK_TOLERANCE_SECONDS:
        return by_wall
    return by_boot_time


def running_seconds(began: float, now: float, shift: float = 0.0) -> int:
    """Whole seconds since unix time `began`, as a stop at `now` would record them.

    `shift` is how far the wall clock was set since then.
    """
    return max(0, math.floor(math.floor(now) - shift) - math.floor(began))


def todays_seconds(
    finished: int, began: float | None, day_began: float, now: float, shift: float = 0.0
) -> int:
    """What today has: its `finished` seconds, and of what runs the part since the day began."""
    if began is None:
        return finished
    return finished + running_seconds(max(began, day_began), now, shift)
