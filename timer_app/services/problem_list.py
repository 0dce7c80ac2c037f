"""The deliveries that need a person, as the problems window shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from timer_app.domain.delivery import Delivery
from timer_app.services.ports import LoggedEntry, Outbox
from timer_app.services.ways import Way, ways

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Problem:
    """One delivery, the entry it is about, and what can be done."""

    logged: LoggedEntry
    delivery: Delivery
    ways: tuple[Way, ...]

    @classmethod
    def of(cls, logged: LoggedEntry, delivery: Delivery) -> Problem:
        """A delivery of an entry."""
        return cls(logged, delivery, ways(logged, delivery))


def problems(journal: Outbox, most: int = MOST_SHOWN) -> Sequence[Problem]:
    """The first of them, by their entries' start."""
    found = (
        Problem.of(logged, delivery)
        for logged in journal.needing_person()
        for delivery in logged.deliveries
    )
    return tuple(islice(found, most))
