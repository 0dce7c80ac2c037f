"""The settings that decide how an entry is logged, and the logging context of one that ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, tzinfo

from timer_app.domain.delivery.log_reference import MAX_UNITS_WITH_REFERENCE
from timer_app.domain.delivery.service_messages import Destinations
from timer_app.domain.entries.comment import MAX_COMMENT_UNITS, comment_units
from timer_app.domain.entries.entry import FinishedEntry
from timer_app.domain.entries.minutes import CardDayTotals, Rounding, local_date
from timer_app.domain.entries.route import Routing
from timer_app.domain.entries.task import Task
from timer_app.domain.entries.timer import LoggingContext
from timer_app.domain.errors import NotPossible
from timer_app.domain.messages import EntryMessageId
from timer_app.services.entries.ports import EntryRepository

NO_RULES = Routing()


@dataclass(frozen=True, slots=True)
class LoggingRules:
    """The settings that decide how an entry is logged."""

    destinations: Destinations
    rounding: Rounding
    day_start: time
    kaiten: str = ""
    """The address of the Kaiten that is set up."""
    routing: Routing = NO_RULES
    has_references: bool = False
    """Whether a log in Kaiten ends its comment with a reference to its entry."""

    def comment_limit(self, task: Task | None) -> int:
        """How many UTF-16 units a comment on `task` may have, so that a reference fits too."""
        is_logged = task is not None and task.card is not None and self.destinations.kaiten
        return MAX_UNITS_WITH_REFERENCE if is_logged and self.has_references else MAX_COMMENT_UNITS

    def require_comment_fits(self, comment: str, task: Task | None) -> None:
        """Raise NotPossible for a comment that is too long for `task`."""
        units, limit = comment_units(comment), self.comment_limit(task)
        if units > MAX_COMMENT_UNITS:
            raise NotPossible(EntryMessageId.COMMENT_TOO_LONG, str(units), str(MAX_COMMENT_UNITS))
        if units > limit:
            raise NotPossible(
                EntryMessageId.COMMENT_LEAVES_NO_NAME, str(units), str(limit),
                str(MAX_COMMENT_UNITS - limit), str(MAX_COMMENT_UNITS),
            )  # fmt: skip


def logging_context_for(
    finished: FinishedEntry | None, rules: LoggingRules, zone: tzinfo, entries: EntryRepository
) -> LoggingContext:
    """The context of an entry's end in `zone`, with the totals of its card on those dates."""
    days = {} if finished is None else _card_days(finished, rules, zone, entries)
    return LoggingContext(
        rules.destinations, rules.rounding, rules.day_start, zone, days, rules.kaiten
    )


def _card_days(
    finished: FinishedEntry, rules: LoggingRules, zone: tzinfo, entries: EntryRepository
) -> dict[date, CardDayTotals]:
    card = finished.entry.task.card
    if card is None:
        return {}
    first = local_date(finished.entry.started_at, zone, rules.day_start)
    last = local_date(finished.stopped_at, zone, rules.day_start)
    return dict(entries.card_day_totals(card, first, last))
