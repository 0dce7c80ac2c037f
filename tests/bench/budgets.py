"""The budgets of budgets.toml, and a figure beside its own."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

_FILE = Path(__file__).with_name("budgets.toml")


class Verdict(Enum):
    """How a figure stands to its budget; the value is what the table says."""

    GOOD = "good"
    EXPLAINED = "over, explained"
    OVER = "OVER"


@dataclass(frozen=True)
class Budget:
    """At most `times` the yardstick plus `plus`, both in `unit`."""

    name: str
    unit: str
    subject: str
    yardstick: str
    times: float = 0.0
    plus: float = 0.0
    counted: str = ""
    holds_at: float = 0.0
    explained: str = ""
    """The heading of README.md that says why it is not met, and what was tried."""
    released: float | None = None
    """The best of the last release: times its yardstick, or in its unit where it has none."""

    def limit(self, yardstick: float) -> float:
        """How much there may be, beside a yardstick of that much."""
        return self.times * yardstick + self.plus

    def judge(self, figure: Figure) -> Verdict:
        """How a figure stands to it."""
        if figure.subject <= self.limit(figure.yardstick):
            return Verdict.GOOD
        if self.explained and figure.subject <= self.holds_at * figure.yardstick + self.plus:
            return Verdict.EXPLAINED
        return Verdict.OVER


@dataclass(frozen=True)
class Figure:
    """What was measured, in the budget's unit: medians, and how far the pairs lie apart."""

    subject: float
    yardstick: float = 0.0
    spread: str = ""


def budgets() -> dict[str, Budget]:
    """All there are, in the file's order."""
    with _FILE.open("rb") as file:
        return {name: Budget(name, **fields) for name, fields in tomllib.load(file).items()}


HEADER = (
    f"{'figure':<15} {'unit':<16} {'subject':>9} {'yardstick':>9} {'ratio':>6} {'of pairs':>11} "
    f"{'at most':>9} {'released':>9}"
)


def row(budget: Budget, figure: Figure) -> str:
    """One line of the table."""
    ratio = f"{figure.subject / figure.yardstick:.2f}" if figure.yardstick else ""
    released = "-" if budget.released is None else f"{budget.released:.2f}"
    return (
        f"{budget.name:<15} {budget.unit:<16} {figure.subject:>9.2f} "
        f"{_or_none(figure.yardstick):>9} {ratio:>6} {figure.spread:>11} "
        f"{budget.limit(figure.yardstick):>9.2f} {released:>9}  {budget.judge(figure).value}"
    )


def _or_none(number: float) -> str:
    return f"{number:.2f}" if number else "-"
