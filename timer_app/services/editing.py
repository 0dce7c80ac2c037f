"""Edit, delete, split and undo: the journal first, both services follow, each exactly once.

One commit holds the entry's new values, what was before, and what the services must be told.
Nothing here awaits anything.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo

from timer_app.domain.amending import (
    Act,
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
from timer_app.domain.delivery import DeleteLog, LogTime, is_told
from timer_app.domain.entry import Entry, FinishedEntry, whole_second
from timer_app.domain.errors import NotPossible
from timer_app.domain.reasons import OfEntry, OfTime
from timer_app.domain.task import Task
from timer_app.domain.timer import Add, Ending, Idle, Start, ending, step
from timer_app.services.ports import Clock, Journal, LoggedEntry
from timer_app.services.settling import carry_out
from timer_app.services.terms import Rules, terms_for

_CardDate = tuple[Card, date]


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to be different; None stays as it is."""

    started_at: datetime | None = None
    stopped_at: datetime | None = None
    comment: str | None = None
    task: Task | None = None


class Editor:
    """Changes finished entries.

    Every method raises NotPossible or JournalUnwritable, and then nothing has changed; it returns
    the ids of all entries that it touched.
    """

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        rules: Callable[[], Rules],
        new_id: Callable[[], str],
        changed: Callable[[], None],
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._rules = rules
        self._new_id = new_id
        self._changed = changed

    def edit(self, entry_id: str, edit: Edit) -> tuple[str, ...]:
        """Give an entry other times, another comment or another task."""
        with self._journal.transaction():
            logged, before = self._finished(entry_id)
            after = self._edited(before, edit)
            if after == before:
                return (entry_id,)
            self._remember(Act.EDIT, logged, before)
            self._amend(logged, before, after)
        self._changed()
        return (entry_id,)

    def delete(self, entry_id: str) -> tuple[str, ...]:
        """Remove an entry from both services, and from every total."""
        with self._journal.transaction():
            logged, before = self._finished(entry_id)
            self._remember(Act.DELETE, logged, before)
            self._remove(logged, before)
        self._changed()
        return (entry_id,)

    def split(self, entry_id: str, at: datetime) -> tuple[str, ...]:
        """Make two entries of one; the second begins where the first ends."""
        at = whole_second(at)
        with self._journal.transaction():
            logged, before = self._finished(entry_id)
            if not before.entry.started_at < at < before.stopped_at:
                raise NotPossible(OfEntry.NOT_WITHIN, self._shown(at))
            second = replace(before.entry, id=self._new_id(), started_at=at)
            self._remember(Act.SPLIT, logged, before, made=second.id)
            self._amend(logged, before, replace(before, stopped_at=at))
            self._add(FinishedEntry(second, before.stopped_at), self._zone(logged))
        self._changed()
        return entry_id, second.id

    def undo(self) -> tuple[str, ...]:
        """Take back the latest edit, deletion, split or cancellation that is not taken back yet."""
        with self._journal.transaction():
            last = self._journal.last_amendment()
            if last is None:
                raise NotPossible(OfEntry.NOTHING_TO_UNDO)
            touched = self._take_back(last)
            self._journal.mark_undone(last)
        self._changed()
        return touched

    def go_on(self, entry_id: str) -> None:
        """Take back a stop: the entry runs again from its own start, as if never stopped.

        For the services it is a new one; what they have of the old one is removed there.
        """
        with self._journal.transaction():
            logged, before = self._finished(entry_id)
            self._run_again(before.entry)
            self._remove(logged, before)
            while (last := self._journal.last_amendment()) and last.before.id == entry_id:
                self._journal.mark_undone(last)  # they are about what is there no more
        self._changed()

    # Parts of an act

    def _take_back(self, last: Amendment) -> tuple[str, ...]:
        entry_id = last.before.id
        match last.act, last.stopped_at:
            case Act.CANCEL, _:
                self._run_again(last.before)
            case Act.DELETE, datetime() as stopped_at:
                self._bring_back(last, stopped_at)
            case Act.EDIT, datetime() as stopped_at:
                logged, now = self._finished(entry_id)
                self._amend(logged, now, FinishedEntry(last.before, stopped_at))
            case Act.SPLIT, datetime() as stopped_at:
                if last.made is not None:
                    self._remove(*self._finished(last.made))
                logged, now = self._finished(entry_id)
                self._amend(logged, now, FinishedEntry(last.before, stopped_at))
            case _:
                raise NotPossible(OfEntry.NO_UNDO)
        return (entry_id, last.made) if last.made else (entry_id,)

    def _run_again(self, before: Entry) -> None:
        """An entry that ended or was cancelled goes on, as one that TimeCrowd has not heard of."""
        state = self._journal.state()
        if not isinstance(state, Idle):
            raise NotPossible(OfEntry.ANOTHER_RUNS)
        entry = replace(before, id=self._new_id())
        terms = terms_for(None, self._rules(), self._clock.zone(), self._journal)
        self._journal.apply(step(state, Start(entry), terms))

    def _bring_back(self, last: Amendment, stopped_at: datetime) -> None:
        logged = self._journal.entry(last.before.id)
        if logged is None or not logged.forgotten:
            raise NotPossible(OfEntry.NOT_DELETED)
        finished = FinishedEntry(last.before, stopped_at)
        self._journal.amend(self._ending(finished, self._zone(logged)))
        if last.told:
            carry_out(self._journal, restored(finished, logged.deliveries), self._clock)
        self._balance(finished.entry.id, self._card_dates(finished, self._zone(logged)))

    def _amend(self, logged: LoggedEntry, before: FinishedEntry, after: FinishedEntry) -> None:
        zone = self._zone(logged)
        days = self._days_with_logs(logged) | self._card_dates(before, zone)
        self._journal.amend(self._ending(after, zone))
        if _times_and_task(before) != _times_and_task(after):
            moved = before.entry.task.key != after.entry.task.key
            carry_out(self._journal, corrected(after, logged.deliveries, moved=moved), self._clock)
        self._balance(after.entry.id, days | self._card_dates(after, zone))

    def _remove(self, logged: LoggedEntry, before: FinishedEntry) -> None:
        days = self._days_with_logs(logged) | self._card_dates(before, self._zone(logged))
        self._journal.forget(logged.entry.id)
        carry_out(self._journal, withdrawn(logged.entry.id, logged.deliveries), self._clock)
        self._balance(logged.entry.id, days)

    def _add(self, finished: FinishedEntry, zone: tzinfo) -> None:
        terms = terms_for(finished, self._rules(), zone, self._journal)
        self._journal.apply(step(self._journal.state(), Add(finished), terms))

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

    def _remember(
        self, act: Act, logged: LoggedEntry, before: FinishedEntry, made: str | None = None
    ) -> None:
        told = is_told(logged.deliveries)
        self._journal.remember(Amendment(act, before.entry, before.stopped_at, told, made))

    # What an entry is

    def _finished(self, entry_id: str) -> tuple[LoggedEntry, FinishedEntry]:
        logged = self._journal.entry(entry_id)
        if logged is None or logged.forgotten:
            raise NotPossible(OfEntry.NONE_SUCH, entry_id)
        if logged.stopped_at is None:
            raise NotPossible(OfEntry.RUNS, entry_id)
        return logged, FinishedEntry(logged.entry, logged.stopped_at)

    def _edited(self, before: FinishedEntry, edit: Edit) -> FinishedEntry:
        entry = replace(
            before.entry,
            started_at=whole_second(edit.started_at or before.entry.started_at),
            task=edit.task or before.entry.task,
            comment=before.entry.comment if edit.comment is None else edit.comment.strip(),
        )
        after = FinishedEntry(entry, whole_second(edit.stopped_at or before.stopped_at))
        if _times_and_task(after)[:2] != _times_and_task(before)[:2]:
            self._must_be_past(after)
        return after

    def _must_be_past(self, after: FinishedEntry) -> None:
        if after.stopped_at > self._clock.now():
            raise NotPossible(OfTime.TO_COME, self._shown(after.stopped_at))
        if after.stopped_at <= after.entry.started_at:
            raise NotPossible(
                OfEntry.WOULD_END_BEFORE,
                self._shown(after.stopped_at),
                self._shown(after.entry.started_at),
            )

    def _ending(self, finished: FinishedEntry, zone: tzinfo) -> Ending:
        return ending(finished, terms_for(None, self._rules(), zone, self._journal))

    def _zone(self, logged: LoggedEntry) -> tzinfo:
        """The zone in which the entry's dates were found: it stays, wherever the computer is."""
        return self._clock.zone_named(logged.zone) if logged.zone else self._clock.zone()

    def _shown(self, instant: datetime) -> str:
        return instant.astimezone(self._clock.zone()).strftime("%Y-%m-%d %H:%M:%S")


def _removes(change: Change) -> bool:
    return isinstance(change, Tell) and isinstance(change.message, DeleteLog)


def _times_and_task(finished: FinishedEntry) -> tuple[datetime, datetime, str]:
    return finished.entry.started_at, finished.stopped_at, finished.entry.task.key
