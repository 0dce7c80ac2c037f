"""Late checks: find what a delayed request made after its delivery was repeated.

They run several times, minutes apart, and at the next start. A duplicate becomes a delivery that
needs a person: one click removes it. A delayed correction that undid a later one is repaired at
once, since both values are ours.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from timer_app.domain.clock import ClockReading, elapsed, is_elapsed_exact, max_elapsed
from timer_app.domain.delivery.matching import (
    Candidate,
    SafeToRepeat,
    attempt_window,
    duplicate_candidates,
    id_order,
)
from timer_app.domain.delivery.outbox import (
    OPEN,
    Attempt,
    Delivery,
    DeliveryState,
    DueDelivery,
    LateCheck,
)
from timer_app.domain.delivery.outcomes import (
    CardLog,
    NotSent,
    OutcomeUnknown,
    Refused,
    RemoteEntry,
    RemoteLog,
    Unauthorized,
)
from timer_app.domain.delivery.service_messages import (
    CorrectTimes,
    DamagedMessage,
    DeleteLog,
    LogTime,
    Message,
    RemoveDuplicateEntry,
    RemoveDuplicateLog,
    UpdateLog,
    service_of,
    times_match,
)
from timer_app.domain.entries.comment import truncate_comment
from timer_app.domain.service import Service
from timer_app.services.delivery.backoff import Jitter, apply_backoff
from timer_app.services.delivery.outcomes import LATE_CHECK_DELAYS
from timer_app.services.delivery.ports import Gateway, Journal, ServiceCallError
from timer_app.services.delivery.reconciler import Reconciler
from timer_app.services.entries.ports import Clock

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DuplicateFound:
    """The service holds a second one like it."""

    other: Candidate


@dataclass(frozen=True, slots=True)
class SecondLog:
    """Two logs have the reference of one entry; `removed` is the one that our request made."""

    removed: str
    kept: str


@dataclass(frozen=True, slots=True)
class LateLogWithdrawn:
    """Our own request made the log `log_id` after the log had been withdrawn here."""

    log_id: str


@dataclass(frozen=True, slots=True)
class Reverted:
    """The service holds an older value of ours again; the message must be sent once more."""

    message: Message
    remote_version: Message


@dataclass(frozen=True, slots=True)
class NoDuplicate:
    """No duplicate so far; `logs` are those of the card and date, where they were looked up."""

    logs: tuple[CardLog, ...] = ()


LateCheckResult = (
    DuplicateFound
    | SecondLog
    | LateLogWithdrawn
    | Reverted
    | NoDuplicate
    | NotSent
    | OutcomeUnknown
    | Unauthorized
    | Refused
)


OnDaySeen = Callable[[LogTime, tuple[CardLog, ...]], None]


class DuplicateDetector:
    """Runs the late checks, one at a time, called by the sender.

    `on_day_seen` is called with a log and all logs of its card and date, within the transaction.
    """

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        reconciler: Reconciler,
        jitter: Jitter,
        *,
        on_day_seen: OnDaySeen = lambda *_: None,
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._reconciler = reconciler
        self._jitter = jitter
        self._on_day_seen = on_day_seen

    def next_due_check(self, service: Service) -> LateCheck | None:
        """The late check that is due."""
        at, now = self.next_check_at(service), self._clock.now()
        return None if at is None or at > now else self._journal.next_late_check(service)

    def next_check_at(self, service: Service) -> datetime | None:
        """When the next late check is due, by the wall clock; at once if that was set back far."""
        at, now = self._journal.next_late_check_at(service), self._clock.now()
        return now if at is not None and at > now + LATE_CHECK_DELAYS[-1] else at

    def check_all_now(self) -> None:
        """Make every late check due now."""
        self._journal.reschedule_late_checks(self._clock.now())

    async def check(self, gateway: Gateway, late_check: LateCheck) -> LateCheckResult:
        """Ask the service what it holds. Raises and commits nothing."""
        try:
            return await self._check(gateway, late_check.due)
        except ServiceCallError as problem:
            return problem.outcome

    def commit(self, late_check: LateCheck, result: LateCheckResult) -> None:
        """Commit the result of a late check. Raises JournalError."""
        delivery = late_check.due.delivery
        _log.info("delivery=%d late check: %s", delivery.id, type(result).__name__)
        with self._journal.transaction():
            match result:
                case DuplicateFound(other):
                    self._offer_removal(late_check.due, other)
                    self._check_again_now(late_check)
                case SecondLog(removed, kept):
                    self._remove_second_log(delivery, removed, kept)
                    self._check_again_now(late_check)
                case LateLogWithdrawn(log_id):
                    self._withdraw_late_log(delivery, log_id)
                    self._schedule_next_check(late_check)
                case Reverted(message, remote_version):
                    self._save_remote_times(delivery, remote_version)
                    self._journal.enqueue(delivery.entry_id, message)
                    self._schedule_next_check(late_check)
                case NoDuplicate(logs):
                    message = self._row(delivery).message
                    if logs and isinstance(message, LogTime):
                        self._on_day_seen(message, logs)
                    self._schedule_next_check(late_check)
                case Refused():
                    self._postpone_check(late_check)
                case NotSent() | OutcomeUnknown() | Unauthorized():
                    service = service_of(delivery.message)
                    apply_backoff(self._journal, service, result, self._clock, self._jitter)

    def _check_again_now(self, late_check: LateCheck) -> None:
        """Check once more at once: each of several attempts may have arrived late."""
        delivery, now = late_check.due.delivery, self._clock.now()
        self._journal.schedule_late_check(delivery, late_check.since, now)

    def postpone(self, late_check: LateCheck) -> None:
        """Postpone the check: the service did not answer. Raises JournalError."""
        with self._journal.transaction():
            self._postpone_check(late_check)

    async def _check(self, gateway: Gateway, due: DueDelivery) -> LateCheckResult:
        attempts = [
            each
            for each in self._journal.unconfirmed_attempts(due.delivery.id)
            if not isinstance(each.message, DamagedMessage)  # it has no duplicates
        ]
        if isinstance(due.delivery.message, CorrectTimes | UpdateLog):
            return self._compare(due, attempts, await gateway.fetch_remote_version(due))
        sent_messages = [attempt.message for attempt in attempts]
        if isinstance(due.delivery.message, LogTime):
            sent_messages.append(due.delivery.message)  # a second log may be another computer's
        logs: tuple[CardLog, ...] = ()
        for sent in dict.fromkeys(sent_messages):
            lost = [attempt for attempt in attempts if attempt.message == sent]
            if isinstance(sent, LogTime) and sent.reference and self._own_id(due) is not None:
                second = await self._find_second_log(gateway, due, sent, lost)
                if not isinstance(second, NoDuplicate):
                    return second
                logs = second.logs
            elif (
                lost
                and len(attempts) > self._offered_count(due)
                and (duplicates := await self._find_duplicates(gateway, due, lost[0]))
            ):
                return DuplicateFound(duplicates[0])
        return NoDuplicate(logs)

    async def _find_second_log(
        self, gateway: Gateway, due: DueDelivery, sent: LogTime, lost: Sequence[Attempt]
    ) -> SecondLog | LateLogWithdrawn | NoDuplicate:
        """Find a second log with the same reference. The one with the lower id is kept.

        Only a log that our own request made is removed: the id that we were answered with, or a
        log with the values of one of the `lost` attempts, made after it was sent.
        """
        as_sent = replace(due, delivery=replace(due.delivery, message=sent))
        lookup = await gateway.find_candidates(as_sent, timedelta(0))
        own = self._own_id(due)
        if isinstance(lookup, SafeToRepeat) or own is None:
            return NoDuplicate()
        claimed = {*self._reconciler.claimed_ids(due, lookup.candidates), *self._removed_ids(due)}
        others = [each for each in lookup.candidates
                  if each.is_exact and each.answer.id not in {own, *claimed}]  # fmt: skip
        none = NoDuplicate(lookup.logs)
        if not others:
            return none
        made_late = self._made_by_lost(others, sent, lost, lookup.skew)
        row = self._row(due.delivery)
        if self._is_withdrawn(row):
            is_removed = not self._is_removal_open(row)
            return LateLogWithdrawn(made_late[0]) if made_late and is_removed else none
        kept = min([own, *(each.answer.id for each in others)], key=id_order)
        if kept != own:
            return none if row.claimed else SecondLog(own, kept)
        return SecondLog(made_late[0], own) if made_late else none

    def _made_by_lost(
        self, others: Sequence[Candidate], sent: LogTime, lost: Sequence[Attempt], skew: timedelta
    ) -> list[str]:
        """The ids of the logs that one of the lost attempts made, however late it arrived."""
        if not lost:
            return []
        now = self._clock.reading()
        since = attempt_window(elapsed(lost[0].began, now), now.wall + skew).since
        return [each.answer.id for each in others if _was_made_by(each, sent, since)]

    def _rows(self, delivery: Delivery) -> tuple[Delivery, ...]:
        """The deliveries of the entry, as they are now."""
        logged = self._journal.entry_of_delivery(delivery.id)
        return logged.deliveries if logged else ()

    def _row(self, delivery: Delivery) -> Delivery:
        """The delivery as it is now."""
        return self._journal.delivery(delivery.id) or delivery

    def _is_removal_open(self, delivery: Delivery) -> bool:
        """Whether what the delivery made is still to be removed."""
        return any(
            isinstance(each.message, DeleteLog | RemoveDuplicateLog)
            and each.message.about == delivery.id
            and each.state in OPEN
            for each in self._rows(delivery)
        )

    def _withdraw_late_log(self, delivery: Delivery, log_id: str) -> None:
        """Claim the log that came late for the delivery, and remove it as the first one."""
        message = delivery.message
        if isinstance(message, LogTime):
            self._journal.claim_remote_id(delivery.id, log_id)
            removal = DeleteLog(delivery.id, message.card, message.for_date)
            self._journal.enqueue(delivery.entry_id, removal)

    def _removed_ids(self, due: DueDelivery) -> list[str]:
        """The logs of the delivery that are already to be removed."""
        return [
            each.message.removed
            for each in self._rows(due.delivery)
            if isinstance(each.message, RemoveDuplicateLog)
            and each.message.about == due.delivery.id
            and each.message.removed is not None
        ]

    def _remove_second_log(self, delivery: Delivery, removed: str, kept: str) -> None:
        """Remove one without a question: both have one reference, and one is certainly ours."""
        message = delivery.message
        if isinstance(message, LogTime):
            removal = RemoveDuplicateLog(delivery.id, message.card, message.for_date, removed, kept)
            self._journal.enqueue(delivery.entry_id, removal)

    async def _find_duplicates(
        self, gateway: Gateway, due: DueDelivery, first: Attempt
    ) -> tuple[Candidate, ...]:
        as_sent = replace(due, delivery=replace(due.delivery, message=first.message))
        lookup = await gateway.find_candidates(
            as_sent, max_elapsed(first.began, self._clock.reading())
        )
        if isinstance(lookup, SafeToRepeat):
            return ()
        server_now = self._clock.now() + lookup.skew
        window = attempt_window(max_elapsed(first.began, self._clock.reading()), server_now)
        claimed = self._reconciler.claimed_ids(due, lookup.candidates)
        claimed += self._offered_ids(due)
        return duplicate_candidates(lookup.candidates, claimed, self._own_id(due), window)

    def _offered_count(self, due: DueDelivery) -> int:
        """How many duplicates are removed or asked about: a lost attempt makes one at most."""
        return sum(
            isinstance(each.message, RemoveDuplicateEntry | RemoveDuplicateLog)
            and each.message.about == due.delivery.id
            and each.state is not DeliveryState.DROPPED  # by a person: it is no duplicate
            for each in self._rows(due.delivery)
        )

    def _offered_ids(self, due: DueDelivery) -> list[str]:
        """The duplicates that a person is, or was, already asked about."""
        offered = []
        for each in self._rows(due.delivery):
            match each.message:
                case RemoveDuplicateEntry(about, kept=kept) if about == due.delivery.id:
                    offered.append(kept.id)
                case RemoveDuplicateLog(about, kept=kept_log) if about == due.delivery.id:
                    offered.append(kept_log)
        return offered

    def _own_id(self, due: DueDelivery) -> str | None:
        """The remote id of the delivery now; for an entry, that of the entry."""
        if isinstance(due.delivery.message, LogTime):
            return self._row(due.delivery).remote_id
        return due.remote.id if due.remote else due.delivery.remote_id

    def _compare(
        self, due: DueDelivery, attempts: Sequence[Attempt], remote_version: Message | None
    ) -> Reverted | NoDuplicate:
        """Whether the service holds the values of an older attempt, not the present ones."""
        is_stale = any(_same_values(attempt.message, remote_version) for attempt in attempts)
        current = self._current_message(due)
        if (
            remote_version is None
            or current is None
            or not is_stale
            or _same_values(current, remote_version)
        ):
            return NoDuplicate()
        return Reverted(current, remote_version)

    def _current_message(self, due: DueDelivery) -> Message | None:
        """The change with its present values."""
        message = due.delivery.message
        if isinstance(message, UpdateLog):
            day = self._journal.card_day_ledger(message.card, message.for_date)
            for log in day.logs:
                if log.delivery.id == message.about:
                    return replace(message, minutes=log.minutes, comment=log.comment)
            return None
        logged = self._journal.entry(due.delivery.entry_id)
        if logged is None or logged.is_deleted:
            return None
        return CorrectTimes(logged.entry.started_at, logged.stopped_at)

    def _save_remote_times(self, delivery: Delivery, remote_version: Message) -> None:
        """Save the times that TimeCrowd holds; else the correction would look redundant."""
        logged = self._journal.entry(delivery.entry_id)
        if (
            isinstance(remote_version, CorrectTimes)
            and logged is not None
            and logged.remote is not None
        ):
            times = replace(
                logged.remote,
                started_at=remote_version.started_at,
                stopped_at=remote_version.stopped_at,
            )
            self._journal.save_remote(delivery.entry_id, times)

    def _offer_removal(self, due: DueDelivery, other: Candidate) -> None:
        delivery = due.delivery
        number = self._journal.enqueue(delivery.entry_id, self._removal_message(due, other))
        self._journal.claim_remote_id(number, other.answer.id)
        self._journal.set_state(
            number, DeliveryState.BLOCKED, _DUPLICATE_MESSAGES[service_of(delivery.message)]
        )

    def _removal_message(self, due: DueDelivery, other: Candidate) -> Message:
        """Only the id that we were answered with is provably ours.

        Nothing replaces a record that was withdrawn since.
        """
        delivery, answer = due.delivery, other.answer
        is_ours = delivery.state is DeliveryState.DONE and not self._is_withdrawn(delivery)
        own = self._own_id(due) if is_ours else None
        if isinstance(answer, RemoteEntry):
            return RemoveDuplicateEntry(delivery.id, own, answer)
        match delivery.message:
            case LogTime(card, for_date):
                return RemoveDuplicateLog(delivery.id, card, for_date, own, answer.id)
            case message:
                raise TypeError(f"a {type(message).__name__} makes no log")

    def _is_withdrawn(self, delivery: Delivery) -> bool:
        """Whether an edit or a deletion withdrew what the delivery made."""
        if isinstance(delivery.message, LogTime):
            return not delivery.minutes
        logged = self._journal.entry(delivery.entry_id)
        return logged is None or logged.is_deleted

    def _postpone_check(self, late_check: LateCheck) -> None:
        """Postpone the check, or skip it after a day: a refused lookup proves nothing."""
        now = self._clock.reading()
        since = _late_checks_since(late_check, now)
        if elapsed(since, now) < _GIVE_UP_AFTER:
            self._journal.schedule_late_check(
                late_check.due.delivery, since, now.wall + LATE_CHECK_DELAYS[-1]
            )
        else:
            self._schedule_next_check(late_check)

    def _schedule_next_check(self, late_check: LateCheck) -> None:
        """Schedule the next check, or end them after the last one."""
        delivery, now = late_check.due.delivery, self._clock.reading()
        since = _late_checks_since(late_check, now)
        passed = elapsed(since, now)
        for after in LATE_CHECK_DELAYS:
            if after > passed:
                self._journal.schedule_late_check(
                    delivery, since, now.wall + after - passed + _JOURNAL_RESOLUTION
                )
                return
        self._journal.end_late_checks(delivery.id)


_GIVE_UP_AFTER = timedelta(days=1)
_JOURNAL_RESOLUTION = timedelta(seconds=1)
"""Round up to whole seconds, as the journal keeps them, so that no check comes early."""
_DUPLICATE_MESSAGES = {
    Service.TIMECROWD: (
        "TimeCrowd holds one more entry like this. It was made after a request of ours had been"
        " given up for lost, and is most likely that one."
    ),
    Service.KAITEN: (
        "Kaiten holds one more log like this. It was made after a request of ours had been given"
        " up for lost, and is most likely that one."
    ),
}


def _late_checks_since(late_check: LateCheck, now: ClockReading) -> ClockReading:
    """How long the late checks have lasted at least; from zero after a restart of the computer.

    The wall clock may have been set then, and a clock an hour ahead must not end the checks.
    """
    has_rebooted = now.boot_time is not None and not is_elapsed_exact(late_check.since, now)
    return now if has_rebooted else late_check.since


def _was_made_by(candidate: Candidate, sent: LogTime, since: datetime) -> bool:
    """Whether an attempt of that instant may have made the log: it has the sent values."""
    answer, created_at = candidate.answer, candidate.created_at
    if not isinstance(answer, RemoteLog) or created_at is None or created_at < since:
        return False
    return (answer.minutes, answer.comment) == (sent.minutes, truncate_comment(sent.comment))


def _same_values(one: Message, other: Message | None) -> bool:
    """Whether a change has the values that the service holds."""
    match one, other:
        case UpdateLog(), UpdateLog():
            return (one.minutes, one.comment, one.reference) == (
                other.minutes,
                other.comment,
                other.reference,
            )
        case CorrectTimes(), CorrectTimes():
            remote = RemoteEntry("", "", other.started_at, other.stopped_at)
            return times_match(remote, one.started_at, one.stopped_at)
        case _:
            return False
