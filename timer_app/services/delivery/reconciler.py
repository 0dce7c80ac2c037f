"""Matching before repeating: an unknown delivery is claimed, repeated, or left to a person.

match        the service holds it               -> done, as if its answer had come
no match     the service certainly does not     -> waiting, to be sent again
ambiguous    it cannot be decided               -> it stays unknown, with the reason
no answer    the service does not answer        -> it stays unknown until the service is back
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from timer_app.domain.clock import ClockReading, elapsed, is_elapsed_exact, max_elapsed
from timer_app.domain.delivery.matching import (
    Ambiguous,
    Candidate,
    Match,
    MatchResult,
    NoMatch,
    SafeToRepeat,
    attempt_window,
    match_candidates,
)
from timer_app.domain.delivery.outbox import (
    Attempt,
    DeliveryState,
    DueDelivery,
)
from timer_app.domain.delivery.outcomes import NotSent, OutcomeUnknown, Refused, Unauthorized
from timer_app.domain.delivery.service_messages import (
    DamagedMessage,
    Message,
    StartEntry,
    is_sent_once,
    service_of,
)
from timer_app.domain.messages import DeliveryMessageId
from timer_app.domain.service import Service
from timer_app.domain.user_message import UserMessage
from timer_app.services.delivery.backoff import Jitter, apply_backoff
from timer_app.services.delivery.outcomes import apply_match
from timer_app.services.delivery.ports import Gateway, Journal, ServiceCallError
from timer_app.services.entries.ports import Clock

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class MatchedAttempt:
    """The service holds it; `sent` is the message whose values it has."""

    match_found: Match
    sent: Message


ReconcileResult = (
    MatchedAttempt | NoMatch | Ambiguous | NotSent | OutcomeUnknown | Unauthorized | Refused
)
"""The result of matching, or why the service did not answer."""


class Reconciler:
    """Resolves unknown deliveries.

    An ambiguous delivery is not looked up again until `recheck_all`, which follows a person's act
    or a restart.
    """

    def __init__(self, journal: Journal, clock: Clock, jitter: Jitter) -> None:
        self._journal = journal
        self._clock = clock
        self._jitter = jitter
        self._left_to_user: set[int] = set()

    def recheck_all(self) -> None:
        """Look up every unknown delivery once more."""
        self._left_to_user.clear()

    def next_unknown(self, service: Service) -> DueDelivery | None:
        """The oldest unknown delivery that is still to be looked up."""
        return self._journal.next_unknown(service, self._left_to_user)

    async def find_match(self, gateway: Gateway, due: DueDelivery) -> ReconcileResult:
        """Ask the service what it holds, and match it. Raises and commits nothing.

        What is sent once is not matched: TimeCrowd does not list the comments of entries.
        """
        if is_sent_once(due.delivery.message):
            reason = UserMessage(DeliveryMessageId.COMMENT_ONCE, str(due.delivery.id))
            return Ambiguous(str(reason))
        try:
            return await self._match_attempts(gateway, due)
        except ServiceCallError as problem:
            return problem.outcome

    def commit(self, due: DueDelivery, result: ReconcileResult) -> None:
        """Commit a result, unless a person decided meanwhile. Raises JournalError."""
        delivery_id = due.delivery.id
        _log.info("delivery=%d matching: %s", delivery_id, type(result).__name__)
        with self._journal.transaction():
            if not self._is_still_unknown(due):
                return
            match result:
                case MatchedAttempt(match_found, sent):
                    apply_match(self._journal, due, sent, match_found.answer, self._clock)
                case NoMatch():
                    self._journal.set_state(delivery_id, DeliveryState.WAITING, due.delivery.error)
                case Ambiguous(reason):
                    self.leave_to_user(delivery_id, reason)
                case Refused():
                    self.leave_to_user(delivery_id, result.reason)
                case NotSent() | OutcomeUnknown() | Unauthorized():
                    service = service_of(due.delivery.message)
                    apply_backoff(self._journal, service, result, self._clock, self._jitter)

    async def _match_attempts(self, gateway: Gateway, due: DueDelivery) -> ReconcileResult:
        """Look up what each attempt sent; their values may differ. Raises ServiceCallError."""
        attempts = self._unconfirmed_attempts(due)
        if not attempts:
            return Ambiguous("When this was sent is not known.")
        if any(isinstance(each.message, DamagedMessage) for each in attempts):
            return Ambiguous(str(UserMessage(DeliveryMessageId.DAMAGED_ATTEMPT, due.delivery.id)))
        ambiguous: Ambiguous | None = None
        for sent in dict.fromkeys(attempt.message for attempt in attempts):
            same_attempts = [attempt for attempt in attempts if attempt.message == sent]
            matched = await self._match_attempt(gateway, due, sent, same_attempts)
            if isinstance(matched, Match):
                return MatchedAttempt(matched, sent)
            if isinstance(matched, Ambiguous):
                ambiguous = matched
        return ambiguous or NoMatch()

    async def _match_attempt(
        self, gateway: Gateway, due: DueDelivery, sent: Message, same_attempts: list[Attempt]
    ) -> MatchResult:
        as_sent = replace(due, delivery=replace(due.delivery, message=sent))
        lookup = await gateway.find_candidates(
            as_sent, max_elapsed(same_attempts[0].began, self._clock.reading())
        )
        if isinstance(lookup, SafeToRepeat):
            return NoMatch()
        server_now = self._clock.now() + lookup.skew
        windows = [attempt_window(age, server_now) for age in self._ages(same_attempts)]
        now = self._clock.reading()
        is_clock_trusted = all(is_elapsed_exact(attempt.began, now) for attempt in same_attempts)
        return match_candidates(
            lookup.candidates,
            self.claimed_ids(due, lookup.candidates),
            windows,
            is_clock_trusted=is_clock_trusted,
            worked_until=self._worked_until(due, sent, server_now),
        )

    @staticmethod
    def _worked_until(due: DueDelivery, sent: Message, server_now: datetime) -> datetime | None:
        """Until when a person works on what was started here, by the service's clock."""
        if not isinstance(sent, StartEntry):
            return None
        return server_now if due.stopped_at is None else due.stopped_at

    def _ages(self, same_attempts: list[Attempt]) -> list[timedelta]:
        now = self._clock.reading()
        return [elapsed(attempt.began, now) for attempt in same_attempts]

    def claimed_ids(self, due: DueDelivery, candidates: tuple[Candidate, ...]) -> list[str]:
        """The remote ids that belong to other deliveries."""
        service = service_of(due.delivery.message)
        return [
            candidate.answer.id
            for candidate in candidates
            if self._journal.is_claimed(service, candidate.answer.id, due.delivery)
        ]

    def _unconfirmed_attempts(self, due: DueDelivery) -> tuple[Attempt, ...]:
        """The unconfirmed attempts; for one of an older version only the wall clock is known."""
        known = self._journal.unconfirmed_attempts(due.delivery.id)
        sent_at = due.delivery.sent_at
        if known or sent_at is None:
            return known
        return (Attempt(due.delivery.message, ClockReading(sent_at)),)

    def _is_still_unknown(self, due: DueDelivery) -> bool:
        """Whether the delivery is still unknown: a person may have decided meanwhile."""
        now = self._journal.delivery(due.delivery.id)
        return now is not None and now.state is DeliveryState.UNKNOWN

    def leave_to_user(self, delivery_id: int, reason: str) -> None:
        """Keep the outcome unknown; it is not looked up again until a person acts."""
        self._left_to_user.add(delivery_id)
        self._journal.set_state(delivery_id, DeliveryState.UNKNOWN, reason, left_to_user=True)
