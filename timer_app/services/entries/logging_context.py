"""The settings that decide what an entry becomes, and the terms under which one ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, tzinfo

from timer_app.domain.delivery.outbox import Destinations
from timer_app.domain.entries.entry import FinishedEntry
from timer_app.domain.entries.minutes import CardDayTotals, Rounding, local_date
from timer_app.domain.entries.route import Routing
from timer_app.domain.entries.timer import LoggingContext
from timer_app.services.entries.ports import EntryRepository

NO_RULES = Routing()


@dataclass(frozen=True, slots=True)
class LoggingRules:
    """The settings that decide what an entry becomes."""

    destinations: Destinations
    rounding: Rounding
    day_start: time
    kaiten: str = ""
    """The address of the Kaiten that is set up."""
    routing: Routing = NO_RULES


def logging_context_for(
    finished: FinishedEntry | None, rules: LoggingRules, zone: tzinfo, book: EntryRepository
) -> LoggingContext:
    """The terms of an entry's end in `zone`, with what its card has on those dates already."""
    days = {} if finished is None else _card_days(finished, rules, zone, book)
    return LoggingContext(
        rules.destinations, rules.rounding, rules.day_start, zone, days, rules.kaiten
    )


def _card_days(
    finished: FinishedEntry, rules: LoggingRules, zone: tzinfo, book: EntryRepository
) -> dict[date, CardDayTotals]:
    card = finished.entry.task.card
    if card is None:
        return {}
    first = local_date(finished.entry.started_at, zone, rules.day_start)
    last = local_date(finished.stopped_at, zone, rules.day_start)
    return dict(book.card_day_totals(card, first, last))
