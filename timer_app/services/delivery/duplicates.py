"""Late checks: what a delayed request made after a look had found nothing and it was sent again.

It is looked for some minutes later, several times, and at the next start. What is found is a
delivery that waits for a person: one click removes it. A held-up correction that undid a later
one is put right at once, since both values are ours.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from timer_app.domain.clock import ClockReading, elapsed, is_elapsed_exact, max_elapsed
from timer_app.domain.delivery.matching import (
    Candidate,
    SafeToRepeat,
    attempt_window,
    duplicate_candidates,
)
from timer_app.domain.delivery.outbox import (
    Attempt,
    CorrectTimes,
    Delivery,
    DeliveryState,
    DueDelivery,
    LateCheck,
    LogTime,
    Message,
    RemoveDuplicateEntry,
    RemoveDuplicateLog,
    Service,
    UpdateLog,
    service_of,
    times_match,
)
from timer_app.domain.delivery.outcomes import (
    NotSent,
    OutcomeUnknown,
    Refused,
    RemoteEntry,
    Unauthorized,
)
from timer_app.services.delivery.outcomes import LATE_CHECK_DELAYS, Jitter, apply_backoff
from timer_app.services.delivery.ports import Gateway, Journal, ServiceCallError
from timer_app.services.delivery.reconciler import Reconciler
from timer_app.services.entries.ports import Clock

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DuplicateFound:
    """There is another one like it."""

    other: Candidate


@dataclass(frozen=True, slots=True)
class Reverted:
    """The service holds an older value of ours again; this is to be told once more."""

    message: Message
    remote_version: Message


@dataclass(frozen=True, slots=True)
class NoDuplicate:
    """Nothing is amiss so far."""


LateCheckResult = (
    DuplicateFound | Reverted | NoDuplicate | NotSent | OutcomeUnknown | Unauthorized | Refused
)


class DuplicateDetector:
    """Looks for what is watched. One look at a time, by the sender."""

    def __init__(
        self, journal: Journal, clock: Clock, reconciler: Reconciler, jitter: Jitter
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._reconciler = reconciler
        self._jitter = jitter

    def next_due_check(self, service: Service) -> LateCheck | None:
        """What is to be looked for now."""
        at, now = self.next_check_at(service), self._clock.now()
        return None if at is None or at > now else self._journal.next_late_check(service)

    def next_check_at(self, service: Service) -> datetime | None:
        """When the next look is to be: by the wall clock, so at once if that was set back far."""
        at, now = self._journal.next_late_check_at(service), self._clock.now()
        return now if at is not None and at > now + LATE_CHECK_DELAYS[-1] else at

    def check_all_now(self) -> None:
        """Look for everything that is watched."""
        self._journal.reschedule_late_checks(self._clock.now())

    async def check(self, gateway: Gateway, late_check: LateCheck) -> LateCheckResult:
        """Ask the service what it holds. Nothing is raised or committed."""
        try:
            return await self._check(gateway, late_check.due)
        except ServiceCallError as problem:
            return problem.outcome

    def commit(self, late_check: LateCheck, result: LateCheckResult) -> None:
        """Commit what a look found. Raises JournalError."""
        delivery = late_check.due.delivery
        _log.info("delivery=%d watched: %s", delivery.id, type(result).__name__)
        with self._journal.transaction():
            match result:
                case DuplicateFound(other):
                    self._offer_removal(late_check.due, other)
                    # Each of several tries may have arrived late: look for the next one at once.
                    self._journal.schedule_late_check(delivery, late_check.since, self._clock.now())
                case Reverted(message, remote_version):
                    self._save_remote_times(delivery, remote_version)
                    self._journal.enqueue(delivery.entry_id, message)
                    self._schedule_next_check(late_check)
                case NoDuplicate():
                    self._schedule_next_check(late_check)
                case Refused():
                    self._postpone_check(late_check)
                case NotSent() | OutcomeUnknown() | Unauthorized():
                    service = service_of(delivery.message)
                    apply_backoff(self._journal, service, result, self._clock, self._jitter)

    def postpone(self, late_check: LateCheck) -> None:
        """Look later: this time it could not be done. Raises JournalError."""
        with self._journal.transaction():
            self._postpone_check(late_check)

    async def _check(self, gateway: Gateway, due: DueDelivery) -> LateCheckResult:
        attempts = self._journal.unconfirmed_attempts(due.delivery.id)
        if isinstance(due.delivery.message, CorrectTimes | UpdateLog):
            return self._compare(due, attempts, await gateway.fetch_remote_version(due))
        for sent in dict.fromkeys(attempt.message for attempt in attempts):
            first = next(attempt for attempt in attempts if attempt.message == sent)
            duplicates = await self._find_duplicates(gateway, due, first)
            if duplicates:
                return DuplicateFound(duplicates[0])
        return NoDuplicate()

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

    def _offered_ids(self, due: DueDelivery) -> list[str]:
        """The doubles about which a person is, or was, asked already."""
        logged = self._journal.entry_of_delivery(due.delivery.id)
        asked = []
        for each in logged.deliveries if logged else ():
            match each.message:
                case RemoveDuplicateEntry(about, kept=kept) if about == due.delivery.id:
                    asked.append(kept.id)
                case RemoveDuplicateLog(about, kept=kept_log) if about == due.delivery.id:
                    asked.append(kept_log)
        return asked

    def _own_id(self, due: DueDelivery) -> str | None:
        """The id that the delivery has now; of an entry, what the entry has."""
        if isinstance(due.delivery.message, LogTime):
            logged = self._journal.entry_of_delivery(due.delivery.id)
            rows = logged.deliveries if logged else ()
            return next((row.remote_id for row in rows if row.id == due.delivery.id), None)
        return due.remote.id if due.remote else due.delivery.remote_id

    def _compare(
        self, due: DueDelivery, attempts: Sequence[Attempt], remote_version: Message | None
    ) -> Reverted | NoDuplicate:
        """Whether the service holds what an older try said, and not what is true now."""
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
        """What the change would say now."""
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
        """Else what TimeCrowd said last would make the correction look needless."""
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
        """We can prove of one id only that it is ours: the one that we were answered with.

        Nothing takes the place of one that was withdrawn since.
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
        """Whether an edit or a deletion has taken back what the delivery made."""
        if isinstance(delivery.message, LogTime):
            return not delivery.minutes
        logged = self._journal.entry(delivery.entry_id)
        return logged is None or logged.is_deleted

    def _postpone_check(self, late_check: LateCheck) -> None:
        """A service that would not show anything has not been looked into: not given up at once."""
        now = self._clock.reading()
        since = _watched_since(late_check, now)
        if elapsed(since, now) < _GIVE_UP_AFTER:
            self._journal.schedule_late_check(
                late_check.due.delivery, since, now.wall + LATE_CHECK_DELAYS[-1]
            )
        else:
            self._schedule_next_check(late_check)

    def _schedule_next_check(self, late_check: LateCheck) -> None:
        """A few times; then what was held up is taken for lost."""
        delivery, now = late_check.due.delivery, self._clock.reading()
        since = _watched_since(late_check, now)
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
"""The journal keeps whole seconds, and no look is to come before its time: it would be repeated."""
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


def _watched_since(late_check: LateCheck, now: ClockReading) -> ClockReading:
    """Since when it has been watched at least; anew if the computer was started in between.

    Its clock may have been set then, and a clock that is an hour ahead must not end the watch.
    """
    has_rebooted = now.boot_time is not None and not is_elapsed_exact(late_check.since, now)
    return now if has_rebooted else late_check.since


def _same_values(one: Message, other: Message | None) -> bool:
    """Whether a change says what the service holds."""
    match one, other:
        case UpdateLog(), UpdateLog():
            return (one.minutes, one.comment) == (other.minutes, other.comment)
        case CorrectTimes(), CorrectTimes():
            as_held = RemoteEntry("", "", other.started_at, other.stopped_at)
            return times_match(as_held, one.started_at, one.stopped_at)
        case _:
            return False
