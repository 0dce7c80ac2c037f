"""Subject and yardstick in turns (A B A B …): whatever else the machine does meets both."""

from __future__ import annotations

import statistics
from collections.abc import Callable

from tests.bench.budgets import Figure

Measure = Callable[[], float]


class NotMeasuredError(Exception):
    """A subject or yardstick did not do what was to be measured."""


def in_turns(subject: Measure, yardstick: Measure, rounds: int) -> Figure:
    """Medians of so many rounds, after one of each that warms caches and is not counted."""
    yardstick()
    subject()
    pairs = [(subject(), yardstick()) for _ in range(rounds)]
    subjects, yardsticks = zip(*pairs, strict=True)
    ratios = [a / b for a, b in pairs if b]
    spread = f"{min(ratios):.2f}-{max(ratios):.2f}" if ratios else ""
    return Figure(statistics.median(subjects), statistics.median(yardsticks), spread)
