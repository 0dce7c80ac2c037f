"""The minutes of a card's day on which several computers log.

Each computer changes its own logs alone, and all find the same minutes, because an entry's share
is made of the day's entries and of nothing else (`allocate_share`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from timer_app.domain.delivery.outbox import DeliveryState, LogTime
from timer_app.domain.delivery.outcomes import CardLog
from timer_app.domain.entries.card import Card
from timer_app.domain.entries.edits import (
    CardDayLedger,
    LedgerLog,
    SetLogMinutes,
    allocate_minutes,
    allocate_share,
    is_level,
    log_changes,
)
from timer_app.domain.entries.entry import Source
from timer_app.domain.entries.minutes import Rounding
from timer_app.services.delivery.outcomes import schedule_late_check
from timer_app.services.delivery.ports import Journal
from timer_app.services.entries.logging_context import LoggingRules
from timer_app.services.entries.ports import Clock


class SharedDays:
    """Keeps the minutes of our logs in step with what Kaiten holds for their card and day.

    Its methods raise JournalError.
    """

    def __init__(
        self, journal: Journal, clock: Clock, *, rules: Callable[[], LoggingRules]
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._rules = rules

    def is_carried(self, card: Card, for_date: date, entry_id: str) -> bool:
        """Whether the entry's minutes are a part of what the day's entries ask for together."""
        day = self._journal.card_day_ledger(card, for_date)
        return self._rules().rounding is Rounding.CARRY and entry_id in day.seconds

    def as_held(self, card: Card, for_date: date, logs: tuple[CardLog, ...]) -> CardDayLedger:
        """The day after its logs were counted as Kaiten has them.

        Of a log that another computer made, Kaiten knows the comment; it counts for nothing once
        that computer took it back.
        """
        held = {log.id: log for log in logs}
        day = self._journal.card_day_ledger(card, for_date)
        self._journal.apply_changes(
            [
                SetLogMinutes(log.delivery, minutes)
                for log in day.logs
                if _is_settled(log)
                and (minutes := _held_minutes(log, held)) is not None
                and minutes != log.minutes
            ]
        )
        day = self._journal.card_day_ledger(card, for_date)
        return replace(day, logs=tuple(_with_held_comment(log, held) for log in day.logs))

    def allocate(self, day: CardDayLedger, entry_id: str) -> None:
        """Change the logs of a day, or add one, by the minutes that the entry lacks or has over."""
        rounding = self._rules().rounding
        if rounding is not Rounding.CARRY or entry_id not in day.seconds:
            return
        is_shared = self._journal.is_shared_day(day.card, day.for_date)
        wanted = (
            allocate_share(day, entry_id) if is_shared
            else allocate_minutes(rounding, day, entry_id)
        )  # fmt: skip
        ids = {log.delivery.entry_id for log in day.logs} | {entry_id}
        found = [self._journal.entry(each) for each in ids]
        entries = {each.entry.id: each.entry for each in found if each is not None}
        for log in day.logs:
            if log.delivery.claimed:
                entry = entries[log.delivery.entry_id]
                entries[entry.id] = replace(entry, comment=log.comment)
        unchanged = {log.delivery.id: log.minutes for log in day.logs}
        if wanted.minutes != unchanged or wanted.new is not None:
            self._journal.apply_changes(log_changes(day, wanted, entries, entry_id))

    def refresh(self, message: LogTime, logs: tuple[CardLog, ...]) -> None:
        """Count the logs of a day as Kaiten has them; where minutes are off, level our own logs.

        The logs of others are theirs. A day that no other computer works on is left alone.
        """
        if not self._journal.is_shared_day(message.card, message.for_date):
            return
        day = self.as_held(message.card, message.for_date, logs)
        if self._rules().rounding is Rounding.CARRY and not is_level(day):
            for entry_id in self._own_entries(day):
                self.allocate(day, entry_id)

    def watch(self, card: Card, for_date: date, changed: str) -> None:
        """Look again at a day of which another device `changed` an entry, if a log of it is ours.

        Each computer changes its own logs, and none knows what the others make of theirs. Who
        changed the entry may have logged it too, at the moment when it was logged here.
        """
        day = self._journal.card_day_ledger(card, for_date)
        made = [log.delivery for log in day.logs if log.delivery.state is DeliveryState.DONE]
        own = [each for each in made if not each.claimed]
        for log in [each for each in own if each.entry_id == changed] or own[-1:]:
            schedule_late_check(self._journal, log, self._clock, may_be_shared=True)

    def _own_entries(self, day: CardDayLedger) -> list[str]:
        """The entries of a day that are logged here: by logs of ours, or begun here without any."""
        logged = {log.delivery.entry_id for log in day.logs}
        ours = {log.delivery.entry_id for log in day.logs if _is_ours(log)}
        for entry_id in day.seconds:
            entry = None if entry_id in logged else self._journal.entry(entry_id)
            if entry is not None and entry.entry.source is not Source.ADOPTED:
                ours.add(entry_id)
        return [each for each in day.seconds if each in ours]


def _held_minutes(log: LedgerLog, held: Mapping[str, CardLog]) -> int | None:
    """What the log counts for in Kaiten; None where what is known here stays."""
    there = held.get(log.delivery.remote_id or "")
    if there is not None:
        return there.minutes
    return 0 if log.delivery.claimed else None


def _with_held_comment(log: LedgerLog, held: Mapping[str, CardLog]) -> LedgerLog:
    there = held.get(log.delivery.remote_id or "")
    return replace(log, comment=there.comment) if there and log.delivery.claimed else log


def _is_ours(log: LedgerLog) -> bool:
    """Whether this computer made the log, and changes nothing of it now."""
    return not log.delivery.claimed and _is_settled(log)


def _is_settled(log: LedgerLog) -> bool:
    """Whether nothing of ours is under way that changes the log."""
    finished = (DeliveryState.DONE, DeliveryState.DROPPED)
    return log.delivery.state is DeliveryState.DONE and all(
        each.state in finished for each in log.about
    )
