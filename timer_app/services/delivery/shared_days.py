"""The minutes of a card and date on which several computers log.

Each computer changes only its own logs, and all compute the same minutes, because an entry's share
depends on the entries of the day and on nothing else (`allocate_share`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from timer_app.domain.delivery.outbox import DeliveryState
from timer_app.domain.delivery.outcomes import CardLog
from timer_app.domain.delivery.service_messages import LogMessage
from timer_app.domain.entries.card import Card
from timer_app.domain.entries.edits import (
    CardDayLedger,
    LedgerLog,
    SetLogMinutes,
    allocate_minutes,
    allocate_share,
    is_level,
    log_changes,
    missing_shares,
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
        """Whether the entry's minutes are a share of the day's total."""
        day = self._journal.card_day_ledger(card, for_date)
        return self._rules().rounding is Rounding.CARRY and entry_id in day.seconds

    def with_remote_minutes(
        self, card: Card, for_date: date, logs: tuple[CardLog, ...]
    ) -> CardDayLedger:
        """The ledger of the day with the minutes that Kaiten holds.

        A log that another computer made has Kaiten's comment too, and no minutes once that
        computer has removed it.
        """
        remote_logs = {log.id: log for log in logs}
        day = self._journal.card_day_ledger(card, for_date)
        self._journal.apply_changes(
            [
                SetLogMinutes(log.delivery, minutes)
                for log in day.logs
                if _has_no_open_change(log)
                and (minutes := _remote_minutes(log, remote_logs)) is not None
                and minutes != log.minutes
            ]
        )
        day = self._journal.card_day_ledger(card, for_date)
        return replace(day, logs=tuple(_with_remote_comment(log, remote_logs) for log in day.logs))

    def allocate(self, day: CardDayLedger, entry_id: str) -> None:
        """Change the logs of a day, or add one, so that the entry has the minutes it should."""
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

    def allocate_day(self, entry_id: str, message: LogMessage, logs: tuple[CardLog, ...]) -> None:
        """Give the entry its minutes of the day of `message`; then log what the day still lacks."""
        day = self.with_remote_minutes(message.card, message.for_date, logs)
        self.allocate(day, entry_id)
        if self._journal.is_shared_day(message.card, message.for_date):
            self._log_missing_shares(message.card, message.for_date)

    def refresh(self, message: LogMessage, logs: tuple[CardLog, ...]) -> None:
        """Count the logs of a day as Kaiten has them; where minutes are off, change our own logs.

        Logs of other computers are not changed, nor is a day without other computers.
        """
        if not self._journal.is_shared_day(message.card, message.for_date):
            return
        day = self.with_remote_minutes(message.card, message.for_date, logs)
        if self._rules().rounding is Rounding.CARRY and not is_level(day):
            for entry_id in self._own_entries(day):
                self.allocate(day, entry_id)
            self._log_missing_shares(message.card, message.for_date)

    def schedule_check(self, card: Card, for_date: date, changed: str) -> None:
        """Schedule a late check of a day on which another device `changed` an entry.

        Each computer changes its own logs and does not know of the others' changes. The other
        device may have logged the entry too, at the same moment as this one.
        """
        day = self._journal.card_day_ledger(card, for_date)
        made = [log.delivery for log in day.logs if log.delivery.state is DeliveryState.DONE]
        own = [each for each in made if not each.claimed]
        for log in [each for each in own if each.entry_id == changed] or own[-1:]:
            schedule_late_check(self._journal, log, self._clock, may_be_shared=True)

    def _own_entries(self, day: CardDayLedger) -> list[str]:
        """The entries of a day that this computer logs: those with our log, or started here."""
        logged = {log.delivery.entry_id for log in day.logs}
        ours = {log.delivery.entry_id for log in day.logs if _is_ours(log)}
        for entry_id in day.seconds:
            entry = None if entry_id in logged else self._journal.entry(entry_id)
            if entry is not None and entry.entry.source is not Source.ADOPTED:
                ours.add(entry_id)
        return [each for each in day.seconds if each in ours]

    def _log_missing_shares(self, card: Card, for_date: date) -> None:
        """Log the entries of other devices whose minutes nobody has logged.

        Each computer that knows such an entry does so, and looks for another one's log first.
        """
        if self._rules().rounding is not Rounding.CARRY:
            return
        day = self._journal.card_day_ledger(card, for_date)
        for entry_id in missing_shares(day):
            self.allocate(day, entry_id)


def _remote_minutes(log: LedgerLog, remote_logs: Mapping[str, CardLog]) -> int | None:
    """The minutes of the log in Kaiten; None: those that are known here are right."""
    remote_log = remote_logs.get(log.delivery.remote_id or "")
    if remote_log is not None:
        return remote_log.minutes
    return 0 if log.delivery.claimed else None


def _with_remote_comment(log: LedgerLog, remote_logs: Mapping[str, CardLog]) -> LedgerLog:
    remote_log = remote_logs.get(log.delivery.remote_id or "")
    return replace(log, comment=remote_log.comment) if remote_log and log.delivery.claimed else log


def _is_ours(log: LedgerLog) -> bool:
    """Whether this computer made the log and is not changing it."""
    return not log.delivery.claimed and _has_no_open_change(log)


def _has_no_open_change(log: LedgerLog) -> bool:
    """Whether the log is made and no delivery of ours still changes it."""
    finished = (DeliveryState.DONE, DeliveryState.DROPPED)
    return log.delivery.state is DeliveryState.DONE and all(
        each.state in finished for each in log.about
    )
