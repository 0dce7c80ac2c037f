"""The settings that decide what an entry becomes, and the terms under which one ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, tzinfo

from timer_app.domain.delivery import Destinations
from timer_app.domain.entry import FinishedEntry
from timer_app.domain.minutes import CardDay, Rounding, date_of
from timer_app.domain.timer import Terms
from timer_app.services.ports import EntryBook


@dataclass(frozen=True, slots=True)
class Rules:
    """The settings that decide what an entry becomes."""

    destinations: Destinations
    rounding: Rounding
    day_start: time


def terms_for(finished: FinishedEntry | None, rules: Rules, zone: tzinfo, book: EntryBook) -> Terms:
    """The terms of an entry's end in `zone`, with what its card has on those dates already."""
    days = {} if finished is None else _card_days(finished, rules, zone, book)
    return Terms(rules.destinations, rules.rounding, rules.day_start, zone, days)


def _card_days(
    finished: FinishedEntry, rules: Rules, zone: tzinfo, book: EntryBook
) -> dict[date, CardDay]:
    card = finished.entry.task.card
    if card is None:
        return {}
    first = date_of(finished.entry.started_at, zone, rules.day_start)
    last = date_of(finished.stopped_at, zone, rules.day_start)
    return dict(book.card_days(card, first, last))
