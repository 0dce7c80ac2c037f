"""What changes of entries have in common: the journal's rows, and what both services are told.

Nothing is committed here: whoever acts holds one transaction for all of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, tzinfo

from timer_app.domain.amending import (
    Amendment,
    Change,
    Tell,
    balance,
    corrected,
    relogged,
    restored,
    withdrawn,
)
from timer_app.domain.card import Card
from timer_app.domain.delivery import DeleteLog, LogTime
from timer_app.domain.entry import Entry, FinishedEntry
from timer_app.domain.errors import NotPossible
from timer_app.domain.reasons import OfEntry
from timer_app.domain.timer import Add, Ending, Idle, Start, Transition, ending, step
from timer_app.services.ports import AbsenceBook, Clock, LoggedEntry
from timer_app.services.settling import carry_out
from timer_app.services.terms import Rules, terms_for

_CardDate = tuple[Card, date]


class Rewriter:
    """Changes entries, within the transaction of its caller. Raises NotPossible."""

    def __init__(
        self,
        journal: AbsenceBook,
        clock: Clock,
        rules: Callable[[], Rules],
        new_id: Callable[[], str],
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._rules = rules
        self.new_id = new_id

    def finished(self, entry_id: str) -> tuple[LoggedEntry, FinishedEntry]:
        """An entry that is over. Raises NotPossible."""
        logged = self._journal.entry(entry_id)
        if logged is None or logged.forgotten:
            raise NotPossible(OfEntry.NONE_SUCH, entry_id)
        if logged.stopped_at is None:
            raise NotPossible(OfEntry.RUNS, entry_id)
        return logged, FinishedEntry(logged.entry, logged.stopped_at)

    def amend(self, logged: LoggedEntry, before: FinishedEntry, after: FinishedEntry) -> None:
        """Give an entry other values; both services follow."""
        zone = self.zone(logged)
        days = self._days_with_logs(logged) | self._card_dates(before, zone)
        self._journal.amend(self._ending(after, zone))
        if times_and_task(before) != times_and_task(after):
            moved = before.entry.task.key != after.entry.task.key
            carry_out(self._journal, corrected(after, logged.deliveries, moved=moved), self._clock)
        self._balance(after.entry.id, days | self._card_dates(after, zone))

    def remove(self, logged: LoggedEntry, before: FinishedEntry) -> None:
        """Take an entry out of both services."""
        days = self._days_with_logs(logged) | self._card_dates(before, self.zone(logged))
        self._journal.forget(logged.entry.id)
        carry_out(self._journal, withdrawn(logged.entry.id, logged.deliveries), self._clock)
        self._balance(logged.entry.id, days)

    def add(self, finished: FinishedEntry, zone: tzinfo) -> None:
        """Put one more finished entry into both services."""
        terms = terms_for(finished, self._rules(), zone, self._journal)
        self._journal.apply(step(self._journal.state(), Add(finished), terms))

    def bring_back(self, last: Amendment, stopped_at: datetime) -> None:
        """Put a removed entry back, as it was before."""
        logged = self._journal.entry(last.before.id)
        if logged is None or not logged.forgotten:
            raise NotPossible(OfEntry.NOT_DELETED)
        finished = FinishedEntry(last.before, stopped_at)
        self._journal.amend(self._ending(finished, self.zone(logged)))
        if last.told:
            told = logged.deliveries
            in_doubt = [each.id for each in told if self._journal.attempts(each.id)]
            carry_out(self._journal, restored(finished, told, in_doubt), self._clock)
        self._balance(finished.entry.id, self._card_dates(finished, self.zone(logged)))

    def run_again(self, before: Entry) -> str:
        """Let an entry that is gone go on as one that TimeCrowd has not heard of; its new id."""
        state = self._journal.state()
        if not isinstance(state, Idle):
            raise NotPossible(OfEntry.ANOTHER_RUNS)
        entry = replace(before, id=self.new_id())
        terms = terms_for(None, self._rules(), self._clock.zone(), self._journal)
        self._journal.apply(step(state, Start(entry), terms))
        began = self._journal.beginning(before.id)
        if began is not None:  # else its end would not show that the wall clock was set
            self._journal.keep_beginning(entry.id, began)
        self._journal.move_questions(before.id, entry.id)
        return entry.id

    def take_out_running(self, entry: Entry) -> None:
        """Take the running entry out of both services; nobody hears of a stop."""
        nothing = FinishedEntry(entry, entry.started_at)
        self._journal.apply(Transition(Idle(), self._ending(nothing, self._clock.zone())))
        self.remove(*self.finished(entry.id))

    def zone(self, logged: LoggedEntry) -> tzinfo:
        """The zone in which the entry's dates were found: it stays, wherever the computer is."""
        return self._clock.zone_named(logged.zone) if logged.zone else self._clock.zone()

    def _balance(self, entry_id: str, days: set[_CardDate]) -> None:
        """Bring the logs of each card and date to what its entries ask for now.

        Removals come last: while a new card refuses its log, the old one keeps the minutes.
        """
        if not self._rules().destinations.kaiten:
            return
        changes: list[Change] = []
        for card, for_date in sorted(days, key=lambda each: (each[0].id, each[1])):
            day = self._journal.day_of_card(card, for_date)
            wanted = balance(self._rules().rounding, day, entry_id)
            ids = {*day.seconds, *(log.delivery.entry_id for log in day.logs)}
            changes += relogged(day, wanted, self._entries(ids), entry_id)
        carry_out(self._journal, sorted(changes, key=_removes), self._clock)

    def _entries(self, ids: set[str]) -> dict[str, Entry]:
        found = (self._journal.entry(each) for each in ids)
        return {logged.entry.id: logged.entry for logged in found if logged}

    def _days_with_logs(self, logged: LoggedEntry) -> set[_CardDate]:
        messages = [each.message for each in logged.deliveries if each.minutes]
        return {(m.card, m.for_date) for m in messages if isinstance(m, LogTime)}

    def _card_dates(self, finished: FinishedEntry, zone: tzinfo) -> set[_CardDate]:
        card = finished.entry.task.card
        if card is None:
            return set()
        stretches = self._ending(finished, zone).stretches
        return {(card, stretch.for_date) for stretch in stretches}

    def _ending(self, finished: FinishedEntry, zone: tzinfo) -> Ending:
        return ending(finished, terms_for(None, self._rules(), zone, self._journal))


def times_and_task(finished: FinishedEntry) -> tuple[datetime, datetime, str]:
    """What TimeCrowd holds of an entry."""
    return finished.entry.started_at, finished.stopped_at, finished.entry.task.key


def _removes(change: Change) -> bool:
    return isinstance(change, Tell) and isinstance(change.message, DeleteLog)
