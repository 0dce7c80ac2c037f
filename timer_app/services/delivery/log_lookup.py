"""The lookup of Kaiten's logs before one is sent that another computer may have made.

claimed    Kaiten has the log                  -> done; its minutes count
missing    Kaiten certainly does not have it   -> sent, and checked again later
similar    Kaiten has one without a reference  -> a person says whether it is this entry's
no answer  Kaiten does not answer              -> it waits
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from timer_app.domain.delivery.log_reference import timecrowd_reference
from timer_app.domain.delivery.log_timing import LogTiming
from timer_app.domain.delivery.matching import (
    LookupResult,
    SafeToRepeat,
    id_order,
)
from timer_app.domain.delivery.outbox import (
    Delivery,
    DeliveryState,
    DueDelivery,
)
from timer_app.domain.delivery.outcomes import (
    CardLog,
    NotSent,
    OutcomeUnknown,
    Refused,
    RemoteLog,
    Unauthorized,
)
from timer_app.domain.delivery.service_messages import (
    DeleteLog,
    LogTime,
    UpdateLog,
)
from timer_app.domain.entries.edits import (
    SetLogMinutes,
)
from timer_app.domain.entries.entry import Source
from timer_app.domain.entries.minutes import Rounding
from timer_app.domain.messages import DeliveryMessageId
from timer_app.domain.service import Service
from timer_app.domain.user_message import UserMessage
from timer_app.services.delivery.backoff import Jitter, apply_backoff
from timer_app.services.delivery.log_coordinator import LogCoordinator
from timer_app.services.delivery.outcomes import schedule_late_check
from timer_app.services.delivery.ports import Gateway, Journal, ServiceCallError
from timer_app.services.delivery.reconciler import Reconciler
from timer_app.services.delivery.shared_days import SharedDays
from timer_app.services.entries.logging_context import LoggingRules
from timer_app.services.entries.ports import Clock

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ClaimedLog:
    """Another computer has logged the entry."""

    log: RemoteLog
    logs: tuple[CardLog, ...]


@dataclass(frozen=True, slots=True)
class MissingLog:
    """No computer has logged the entry."""

    logs: tuple[CardLog, ...]


@dataclass(frozen=True, slots=True)
class SimilarLog:
    """A log without a reference has the same minutes; a person may have made it."""

    log_id: str


@dataclass(frozen=True, slots=True)
class DayLogs:
    """The logs of the card and date; a change or a removal is about one of them."""

    logs: tuple[CardLog, ...]


LogLookupResult = (
    DayLogs
    | ClaimedLog
    | MissingLog
    | SimilarLog
    | NotSent
    | OutcomeUnknown
    | Unauthorized
    | Refused
)


class LogLookup:
    """Looks up whether Kaiten has a log, and commits what follows.

    `coordinator` knows the reference of a log; `days` counts the minutes of its day;
    `has_references` says whether the settings want logs to have references.
    """

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        reconciler: Reconciler,
        jitter: Jitter,
        coordinator: LogCoordinator,
        days: SharedDays,
        *,
        rules: Callable[[], LoggingRules],
        has_references: Callable[[], bool],
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._reconciler = reconciler
        self._jitter = jitter
        self._coordinator = coordinator
        self._days = days
        self._rules = rules
        self._has_references = has_references

    async def look_up(self, gateway: Gateway, due: DueDelivery) -> LogLookupResult:
        """Ask Kaiten whether it has the log. Commits nothing."""
        message = self._coordinator.with_reference(due, due.delivery.message)
        is_change, query = False, message
        if isinstance(message, UpdateLog | DeleteLog):
            is_change, query = True, LogTime(message.card, message.for_date, 0, "")
        as_queried = replace(due, delivery=replace(due.delivery, message=query))
        try:
            found = await gateway.find_candidates(as_queried, timedelta(0))
        except ServiceCallError as problem:
            return problem.outcome
        if isinstance(found, SafeToRepeat):
            return MissingLog(())
        return DayLogs(found.logs) if is_change else self._lookup_result(due, found)

    def commit(self, due: DueDelivery, result: LogLookupResult) -> bool:
        """Commit the result of a lookup, unless a person decided meanwhile. Raises JournalError.

        Returns whether the delivery is to be sent now.
        """
        _log.info("delivery=%d log lookup: %s", due.delivery.id, type(result).__name__)
        with self._journal.transaction():
            if not self._still_waits(due.delivery):
                return False
            match result:
                case DayLogs(logs):
                    self._follow_log(due, logs)  # sent next, if it still differs
                case ClaimedLog(log, logs):
                    self._claim(due, log, logs)
                case MissingLog(logs):
                    self._prepare(due, logs)
                    return True
                case SimilarLog(log_id):
                    self._ask_user(due, log_id)
                case NotSent() | OutcomeUnknown() | Unauthorized():
                    apply_backoff(self._journal, Service.KAITEN, result, self._clock, self._jitter)
                case Refused() if _is_answered_by_kaiten(due):
                    return True  # Kaiten's answer to the log itself counts
                case Refused():
                    self._block(due, result)
        return False

    # -- changes and removals that follow another device

    def _follow_log(self, due: DueDelivery, logs: tuple[CardLog, ...]) -> None:
        """Complete the delivery if the log is right already; else change or remove the log next."""
        delivery, message = due.delivery, due.delivery.message
        kaiten_log = next((log for log in logs if log.id == due.log_id), None)
        match message:
            case DeleteLog(asks=True) if kaiten_log is not None:
                reason = str(UserMessage(DeliveryMessageId.DELETED_ELSEWHERE))
                self._journal.set_state(delivery.id, DeliveryState.BLOCKED, reason)
            case UpdateLog() | DeleteLog() if kaiten_log is not None and self._days.is_carried(
                message.card, message.for_date, due.entry.id
            ):
                self._reallocate(due, message, kaiten_log, logs)
            case UpdateLog(minutes=minutes) if (
                kaiten_log is not None and kaiten_log.minutes != minutes
            ):
                # Its present comment is newer than the one that is known here.
                self._journal.replace_message(
                    delivery, replace(message, comment=kaiten_log.comment)
                )
            case DeleteLog() if kaiten_log is not None and self._is_of(due, kaiten_log):
                self._journal.replace_message(delivery, message)
            case _:
                self._journal.complete(delivery.id, due.log_id or "")

    def _reallocate(
        self,
        due: DueDelivery,
        message: UpdateLog | DeleteLog,
        kaiten_log: CardLog,
        logs: tuple[CardLog, ...],
    ) -> None:
        """Change the log by the minutes that the day lacks now: others may have changed theirs."""
        self._journal.complete(due.delivery.id, kaiten_log.id)
        changed = self._journal.delivery(message.about)
        if changed is not None:
            self._journal.apply_changes([SetLogMinutes(changed, kaiten_log.minutes)])
        self._days.allocate_day(due.entry.id, message, logs)

    @staticmethod
    def _is_of(due: DueDelivery, log: CardLog) -> bool:
        """Whether a log has the reference of the entry, or none: another entry's is not touched."""
        own = timecrowd_reference(due.remote.id) if due.remote else ""
        return log.reference in ("", own, due.entry.id)

    # -- the results of a lookup

    def _lookup_result(self, due: DueDelivery, found: LookupResult) -> LogLookupResult:
        similar_logs = (*found.candidates, *found.unreferenced)
        claimed = self._reconciler.claimed_ids(due, similar_logs)
        claimed += self._ids_in_question(due)
        free = [each for each in similar_logs if each.answer.id not in claimed]
        named = [each.answer for each in free if each.is_exact]
        if named:
            log = min(named, key=lambda answer: id_order(answer.id))
            if isinstance(log, RemoteLog):
                return ClaimedLog(log, found.logs)
        unreferenced = [
            each for each in free if not each.is_exact and _may_be_log_of(due, each.created_at)
        ]
        if due.entry.source is Source.ADOPTED:
            similar = self._find_similar_log(due, found.logs)
        elif unreferenced and not self._has_references():  # else its log would have a reference
            similar = unreferenced[0].answer.id
        else:
            similar = None
        return MissingLog(found.logs) if similar is None else SimilarLog(similar)

    def _find_similar_log(self, due: DueDelivery, logs: tuple[CardLog, ...]) -> str | None:
        """A log without a reference that has the minutes of an entry that was started elsewhere.

        Comments are not compared: the comment of the entry is not known here.
        """
        message = due.delivery.message
        if not isinstance(message, LogTime) or message.similar_log:  # a person has answered
            return None
        in_question = self._ids_in_question(due)
        for log in logs:
            is_similar = not log.reference and log.minutes == message.minutes
            if not is_similar or log.id in in_question or not _may_be_log_of(due, log.created_at):
                continue
            if not self._journal.is_claimed(Service.KAITEN, log.id, due.delivery):
                return log.id
        return None

    def _ids_in_question(self, due: DueDelivery) -> list[str]:
        """The logs that a person is asked about for other entries of the day."""
        message = due.delivery.message
        if not isinstance(message, LogTime):
            return []
        day = self._journal.card_day_ledger(message.card, message.for_date)
        others = [log.delivery for log in day.logs if log.delivery.id != due.delivery.id]
        return [
            each.message.similar_log
            for each in others
            if isinstance(each.message, LogTime) and each.state is DeliveryState.BLOCKED
        ]

    def _claim(self, due: DueDelivery, log: RemoteLog, logs: tuple[CardLog, ...]) -> None:
        delivery, message = due.delivery, due.delivery.message
        if not isinstance(message, LogTime):
            return
        self._journal.claim_log(delivery.id, log.id)
        schedule_late_check(self._journal, delivery, self._clock)
        if log.minutes is not None:
            self._journal.apply_changes([SetLogMinutes(delivery, log.minutes)])
        if due.entry.source is Source.ADOPTED:
            self._days.refresh(message, logs)
            return
        self._days.allocate_day(due.entry.id, message, logs)
        self._correct(due, log)

    def _correct(self, due: DueDelivery, log: RemoteLog) -> None:
        """Enqueue this computer's comment, and its minutes if each entry is rounded by itself."""
        message = due.delivery.message
        logged = self._journal.entry_of_delivery(due.delivery.id)
        if logged is None or not isinstance(message, LogTime):
            return
        now = next(each for each in logged.deliveries if each.id == due.delivery.id)
        is_carried = self._rules().rounding is Rounding.CARRY
        minutes = (now.minutes or message.minutes) if is_carried else message.minutes
        if (minutes, message.comment) == (log.minutes, log.comment):
            return
        change = UpdateLog(now.id, message.card, message.for_date, minutes, message.comment)
        about = [
            each
            for each in logged.deliveries
            if isinstance(each.message, UpdateLog)
            and each.message.about == now.id
            and each.is_rewritable
        ]
        if about:
            self._journal.replace_message(about[-1], change)
        else:
            self._journal.enqueue(due.entry.id, change)
        self._journal.apply_changes([SetLogMinutes(now, minutes)])

    def _prepare(self, due: DueDelivery, logs: tuple[CardLog, ...]) -> None:
        """Set the minutes that the day lacks now: the log is sent next."""
        message = due.delivery.message
        if not isinstance(message, LogTime):
            return
        self._days.allocate_day(due.entry.id, message, logs)

    def _ask_user(self, due: DueDelivery, log_id: str) -> None:
        """Ask a person whether the log is this entry's; see `ProblemResolver`."""
        delivery, message = due.delivery, due.delivery.message
        if not isinstance(message, LogTime):
            return
        self._journal.replace_message(delivery, replace(message, similar_log=log_id))
        reason = str(UserMessage(DeliveryMessageId.SIMILAR_LOG, log_id))
        self._journal.set_state(delivery.id, DeliveryState.BLOCKED, reason)

    def _block(self, due: DueDelivery, refused: Refused) -> None:
        """Let a person decide; if sent again, it is not looked up."""
        number = due.delivery.id
        self._journal.set_timing(number, LogTiming(lookup_first=False, not_before=due.stopped_at))
        self._journal.set_state(
            number, DeliveryState.BLOCKED, refused.reason, refused_status=refused.status
        )

    def _still_waits(self, delivery: Delivery) -> bool:
        now = self._journal.delivery(delivery.id)
        return now is not None and now.state is DeliveryState.WAITING


def _may_be_log_of(due: DueDelivery, created_at: datetime | None) -> bool:
    """Whether a log may be the entry's: not if it was made before the entry began."""
    return created_at is None or created_at >= due.entry.started_at


def _is_answered_by_kaiten(due: DueDelivery) -> bool:
    """Whether a message may be sent although its lookup was refused.

    A removal that asks may not: it is sent when a person has answered.
    """
    message = due.delivery.message
    asks = isinstance(message, DeleteLog) and message.asks
    return due.entry.source is not Source.ADOPTED and not asks
