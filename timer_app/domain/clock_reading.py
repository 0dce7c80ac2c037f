"""What two clocks showed at one instant: the wall clock, which may be set, and a steady one.

The wall clock says when; only the steady one says how long. Held together they tell whether the
wall clock was set in between, and by how much.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

NOT_SET = timedelta(seconds=2)
"""Less than this is how two clocks are read one after the other, or a clock chip's coarseness."""


@dataclass(frozen=True, slots=True)
class Steady:
    """Seconds since the computer was started, sleep included; comparable within one `boot` only."""

    boot: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Reading:
    """Both clocks at one instant; `wall` is aware UTC, `steady` None where there is no such."""

    wall: datetime
    steady: Steady | None = None


def elapsed(earlier: Reading, later: Reading) -> timedelta:
    """How long it was from one reading to another: by the steady clock where both have it."""
    steadily = _steadily(earlier, later)
    return later.wall - earlier.wall if steadily is None else steadily


def is_sure(earlier: Reading, later: Reading) -> bool:
    """Whether `elapsed` is measured steadily; else the wall clock may have been set in between."""
    return _steadily(earlier, later) is not None


def at_most(earlier: Reading, later: Reading) -> timedelta:
    """How long it was at most: where that is not sure, the clock may have been set by a day."""
    passed = elapsed(earlier, later)
    return passed if is_sure(earlier, later) else max(passed, timedelta(0)) + timedelta(days=1)


def set_by(earlier: Reading, later: Reading) -> timedelta:
    """How far the wall clock was set between two readings; forward is positive, none if unknown."""
    steadily = _steadily(earlier, later)
    if steadily is None:
        return timedelta(0)
    by = (later.wall - earlier.wall) - steadily
    return by if abs(by) > NOT_SET else timedelta(0)


def _steadily(earlier: Reading, later: Reading) -> timedelta | None:
    """None after a restart of the computer, which begins to count anew."""
    if earlier.steady is None or later.steady is None:
        return None
    if earlier.steady.boot != later.steady.boot:
        return None
    return timedelta(seconds=later.steady.seconds - earlier.steady.seconds)
