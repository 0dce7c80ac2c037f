"""The look at Kaiten's logs before one is sent that another computer may have made.

claim      the log is there            -> done; its minutes count
missing    certainly not there         -> sent, and checked again later
question   one without a name is there -> a person says whether it is this entry's
no answer  Kaiten cannot be asked      -> it waits
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from timer_app.domain.delivery.log_reference import timecrowd_reference
from timer_app.domain.delivery.matching import (
    LookupResult,
    SafeToRepeat,
    id_order,
)
from timer_app.domain.delivery.outbox import (
    DeleteLog,
    Delivery,
    DeliveryState,
    DueDelivery,
    LogTime,
    UpdateLog,
)
from timer_app.domain.delivery.outcomes import (
    CardLog,
    NotSent,
    OutcomeUnknown,
    Refused,
    RemoteLog,
    Unauthorized,
)
from timer_app.domain.delivery.turns import Turn
from timer_app.domain.entries.edits import (
    SetLogMinutes,
)
from timer_app.domain.entries.entry import Source
from timer_app.domain.entries.minutes import Rounding
from timer_app.domain.messages import DeliveryMessageId
from timer_app.domain.service import Service
from timer_app.domain.user_message import UserMessage
from timer_app.services.delivery.log_turns import LogTurns
from timer_app.services.delivery.outcomes import (
    Jitter,
    apply_backoff,
    schedule_late_check,
)
from timer_app.services.delivery.ports import Gateway, Journal, ServiceCallError
from timer_app.services.delivery.reconciler import Reconciler
from timer_app.services.delivery.shared_days import SharedDays
from timer_app.services.entries.logging_context import LoggingRules
from timer_app.services.entries.ports import Clock

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Claim:
    """Another computer logged it."""

    log: RemoteLog
    logs: tuple[CardLog, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """Nobody has logged it."""

    logs: tuple[CardLog, ...]


@dataclass(frozen=True, slots=True)
class PerhapsByHand:
    """A log without a name has its minutes; it may be a person's own."""

    log_id: str


@dataclass(frozen=True, slots=True)
class DayHeld:
    """The logs of the day of which a change or a removal is about one."""

    logs: tuple[CardLog, ...]


LookResult = (
    DayHeld | Claim | Missing | PerhapsByHand | NotSent | OutcomeUnknown | Unauthorized | Refused
)


class LogLookup:
    """Looks whether a log is there, and commits what follows.

    `turns` knows the name that a log has; `days` counts the minutes of its day; `has_references`
    says whether logs are to have names by the settings.
    """

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        reconciler: Reconciler,
        jitter: Jitter,
        turns: LogTurns,
        days: SharedDays,
        *,
        rules: Callable[[], LoggingRules],
        has_references: Callable[[], bool],
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._reconciler = reconciler
        self._jitter = jitter
        self._turns = turns
        self._days = days
        self._rules = rules
        self._has_references = has_references

    async def look(self, gateway: Gateway, due: DueDelivery) -> LookResult:
        """Ask Kaiten whether the log is there. Commits nothing."""
        message = self._turns.named(due, due.delivery.message)
        follows, asked = False, message
        if isinstance(message, UpdateLog | DeleteLog):
            follows, asked = True, LogTime(message.card, message.for_date, 0, "")
        as_asked = replace(due, delivery=replace(due.delivery, message=asked))
        try:
            found = await gateway.find_candidates(as_asked, timedelta(0))
        except ServiceCallError as problem:
            return problem.outcome
        if isinstance(found, SafeToRepeat):
            return Missing(())
        return DayHeld(found.logs) if follows else self._look_result(due, found)

    def commit(self, due: DueDelivery, result: LookResult) -> bool:
        """Commit the result of a look, unless a person decided meanwhile. Raises JournalError.

        Returns whether the delivery is to be sent now.
        """
        _log.info("delivery=%d looked up first: %s", due.delivery.id, type(result).__name__)
        with self._journal.transaction():
            if not self._still_waits(due.delivery):
                return False
            match result:
                case DayHeld(logs):
                    self._follow_log(due, logs)  # sent next, if it still differs
                case Claim(log, logs):
                    self._claim(due, log, logs)
                case Missing(logs):
                    self._prepare(due, logs)
                    return True
                case PerhapsByHand(log_id):
                    self._ask(due, log_id)
                case NotSent() | OutcomeUnknown() | Unauthorized():
                    apply_backoff(self._journal, Service.KAITEN, result, self._clock, self._jitter)
                case Refused() if _is_answered_by_kaiten(due):
                    return True  # Kaiten's answer to the log itself counts
                case Refused():
                    self._block(due, result)
        return False

    # -- changes and removals that follow another device

    def _follow_log(self, due: DueDelivery, logs: tuple[CardLog, ...]) -> None:
        """Do nothing where the log is right already; else it is changed or removed next."""
        delivery, message = due.delivery, due.delivery.message
        held = next((log for log in logs if log.id == due.log_id), None)
        match message:
            case DeleteLog(asks=True) if held is not None:
                reason = str(UserMessage(DeliveryMessageId.DELETED_ELSEWHERE))
                self._journal.set_state(delivery.id, DeliveryState.BLOCKED, reason)
            case UpdateLog() | DeleteLog() if held is not None and self._days.is_carried(
                message.card, message.for_date, due.entry.id
            ):
                self._share_out(due, message, held, logs)
            case UpdateLog(minutes=minutes) if held is not None and held.minutes != minutes:
                # The comment that it has by now is newer than what was known here.
                self._journal.replace_message(delivery, replace(message, comment=held.comment))
            case DeleteLog() if held is not None and self._is_of(due, held):
                self._journal.replace_message(delivery, message)
            case _:
                self._journal.complete(delivery.id, due.log_id or "")

    def _share_out(
        self,
        due: DueDelivery,
        message: UpdateLog | DeleteLog,
        held: CardLog,
        logs: tuple[CardLog, ...],
    ) -> None:
        """Change the log by what the day lacks now: others may have changed theirs meanwhile."""
        self._journal.complete(due.delivery.id, held.id)
        changed = self._journal.delivery(message.about)
        if changed is not None:
            self._journal.apply_changes([SetLogMinutes(changed, held.minutes)])
        self._days.allocate(self._days.as_held(message.card, message.for_date, logs), due.entry.id)

    @staticmethod
    def _is_of(due: DueDelivery, held: CardLog) -> bool:
        """Whether a log has the name of the entry, or none: another one's is left alone."""
        own = timecrowd_reference(due.remote.id) if due.remote else ""
        return held.reference in ("", own, due.entry.id)

    # -- how a look ends

    def _look_result(self, due: DueDelivery, found: LookupResult) -> LookResult:
        alike = (*found.candidates, *found.nameless)
        claimed = self._reconciler.claimed_ids(due, alike)
        claimed += self._asked_about(due)
        free = [each for each in alike if each.answer.id not in claimed]
        named = [each.answer for each in free if each.is_exact]
        if named:
            log = min(named, key=lambda answer: id_order(answer.id))
            if isinstance(log, RemoteLog):
                return Claim(log, found.logs)
        plain = [each for each in free if not each.is_exact and _may_be(due, each.created_at)]
        if due.entry.source is Source.ADOPTED:
            similar = self._similar_log(due, found.logs)
        elif plain and not self._has_references():  # else its log would have a name
            similar = plain[0].answer.id
        else:
            similar = None
        return Missing(found.logs) if similar is None else PerhapsByHand(similar)

    def _similar_log(self, due: DueDelivery, logs: tuple[CardLog, ...]) -> str | None:
        """A log without a name that has the minutes of an entry that began elsewhere.

        Its comment says nothing: nobody here knows what was said of the entry.
        """
        message = due.delivery.message
        if not isinstance(message, LogTime) or message.similar_log:  # a person has answered
            return None
        taken = self._asked_about(due)
        for log in logs:
            is_similar = not log.reference and log.minutes == message.minutes
            if not is_similar or log.id in taken or not _may_be(due, log.created_at):
                continue
            if not self._journal.is_claimed(Service.KAITEN, log.id, due.delivery):
                return log.id
        return None

    def _asked_about(self, due: DueDelivery) -> list[str]:
        """The logs of which a person is asked whether they are another entry's of the day."""
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
        self._days.allocate(self._days.as_held(message.card, message.for_date, logs), due.entry.id)
        self._correct(due, log)

    def _correct(self, due: DueDelivery, log: RemoteLog) -> None:
        """The owner's comment, and its minutes where each entry is rounded by itself."""
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
        """Nobody has logged it: it is sent next, with the minutes that are missing by now."""
        message = due.delivery.message
        if not isinstance(message, LogTime):
            return
        self._days.allocate(self._days.as_held(message.card, message.for_date, logs), due.entry.id)

    def _ask(self, due: DueDelivery, log_id: str) -> None:
        """A person is asked whether the log is this entry's; see `ProblemResolver`."""
        delivery, message = due.delivery, due.delivery.message
        if not isinstance(message, LogTime):
            return
        self._journal.replace_message(delivery, replace(message, similar_log=log_id))
        reason = str(UserMessage(DeliveryMessageId.SIMILAR_LOG, log_id))
        self._journal.set_state(delivery.id, DeliveryState.BLOCKED, reason)

    def _block(self, due: DueDelivery, refused: Refused) -> None:
        """A person decides: sent again, it is not looked up any more."""
        number = due.delivery.id
        self._journal.set_turn(number, Turn(look_first=False, not_before=due.stopped_at))
        self._journal.set_state(
            number, DeliveryState.BLOCKED, refused.reason, refused_status=refused.status
        )

    def _still_waits(self, delivery: Delivery) -> bool:
        now = self._journal.delivery(delivery.id)
        return now is not None and now.state is DeliveryState.WAITING


def _may_be(due: DueDelivery, created_at: datetime | None) -> bool:
    """A log that was made before the entry began is another one's."""
    return created_at is None or created_at >= due.entry.started_at


def _is_answered_by_kaiten(due: DueDelivery) -> bool:
    """Whether a message may be sent though the look before it was refused.

    Not a removal that asks: it is sent when a person has answered.
    """
    message = due.delivery.message
    asks = isinstance(message, DeleteLog) and message.asks
    return due.entry.source is not Source.ADOPTED and not asks
