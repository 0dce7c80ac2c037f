"""Looking before repeating: what is unknown is claimed, repeated, or left to a person.

the service holds it           -> done, as if its answer had come
it is certainly not there      -> waiting, to be sent again
it cannot be told              -> it stays unknown and says why
the service cannot be asked    -> it stays unknown, and is looked for when the service is back
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import timedelta

from timer_app.domain.clock_reading import Reading, at_most, elapsed, is_sure
from timer_app.domain.delivery import Attempt, DeliveryState, Due, Message, Service, service_of
from timer_app.domain.looking import (
    CannotTell,
    Claim,
    NotThere,
    SafeToRepeat,
    Sighting,
    Verdict,
    verdict,
    window_of,
)
from timer_app.domain.outcome import NotSent, OutcomeUnknown, Refused, Unauthorized
from timer_app.services.ports import Clock, Gateway, Journal, ServiceProblem
from timer_app.services.settling import Jitter, rest_after, settle_claim

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Found:
    """It is there; `sent` is the message whose values it has."""

    claim: Claim
    sent: Message


Finding = Found | NotThere | CannotTell | NotSent | OutcomeUnknown | Unauthorized | Refused
"""What a look found, or why it could not look."""


class Reconciler:
    """Resolves unknown deliveries.

    What a look could not tell is not looked at again until `look_again`, which a person's act
    or a new start brings.
    """

    def __init__(self, journal: Journal, clock: Clock, jitter: Jitter) -> None:
        self._journal = journal
        self._clock = clock
        self._jitter = jitter
        self._left_to_a_person: set[int] = set()

    def look_again(self) -> None:
        """Look at everything unknown once more."""
        self._left_to_a_person.clear()

    def next_unknown(self, service: Service) -> Due | None:
        """The oldest unknown delivery that is still to be looked for."""
        return self._journal.next_unknown(service, self._left_to_a_person)

    async def look(self, gateway: Gateway, due: Due) -> Finding:
        """Ask the service what it holds, and judge that. Nothing is raised or committed."""
        try:
            return await self._search(gateway, due)
        except ServiceProblem as problem:
            return problem.outcome

    def commit(self, due: Due, finding: Finding) -> None:
        """Commit what a look found, unless a person decided meanwhile. Raises JournalUnwritable."""
        number = due.delivery.id
        _log.info("delivery=%d looked for: %s", number, type(finding).__name__)
        with self._journal.transaction():
            if not self._still_unknown(due):
                return
            match finding:
                case Found(claim, sent):
                    settle_claim(self._journal, due, sent, claim.answer, self._clock)
                case NotThere():
                    self._journal.mark(number, DeliveryState.WAITING, due.delivery.error)
                case CannotTell(reason):
                    self._leave(due, reason)
                case Refused():
                    self._leave(due, finding.reason)
                case NotSent() | OutcomeUnknown() | Unauthorized():
                    service = service_of(due.delivery.message)
                    rest_after(self._journal, service, finding, self._clock, self._jitter)

    async def _search(self, gateway: Gateway, due: Due) -> Finding:
        """Look for what each try sent; they may have sent different values. ServiceProblem."""
        attempts = self._attempts(due)
        if not attempts:
            return CannotTell("When this was sent is not known.")
        doubt: CannotTell | None = None
        for sent in dict.fromkeys(attempt.message for attempt in attempts):
            tries = [attempt for attempt in attempts if attempt.message == sent]
            found = await self._search_for(gateway, due, sent, tries)
            if isinstance(found, Claim):
                return Found(found, sent)
            if isinstance(found, CannotTell):
                doubt = found
        return doubt or NotThere()

    async def _search_for(
        self, gateway: Gateway, due: Due, sent: Message, tries: list[Attempt]
    ) -> Verdict:
        as_sent = replace(due, delivery=replace(due.delivery, message=sent))
        looked = await gateway.look(as_sent, at_most(tries[0].began, self._clock.reading()))
        if isinstance(looked, SafeToRepeat):
            return NotThere()
        server_now = self._clock.now() + looked.skew
        windows = [window_of(age, server_now) for age in self._ages(tries)]
        now = self._clock.reading()
        sure = all(is_sure(attempt.began, now) for attempt in tries)
        return verdict(looked.sightings, self.claimed(due, looked.sightings), windows, sure=sure)

    def _ages(self, tries: list[Attempt]) -> list[timedelta]:
        now = self._clock.reading()
        return [elapsed(attempt.began, now) for attempt in tries]

    def claimed(self, due: Due, sightings: tuple[Sighting, ...]) -> list[str]:
        """The ids that other deliveries have."""
        service = service_of(due.delivery.message)
        return [
            sighting.answer.id
            for sighting in sightings
            if self._journal.is_claimed(service, sighting.answer.id, due.delivery)
        ]

    def _attempts(self, due: Due) -> tuple[Attempt, ...]:
        """The tries in doubt; of one that an older version sent only the wall clock is known."""
        known = self._journal.attempts(due.delivery.id)
        sent_at = due.delivery.sent_at
        if known or sent_at is None:
            return known
        return (Attempt(due.delivery.message, Reading(sent_at)),)

    def _still_unknown(self, due: Due) -> bool:
        """A person may have decided while we looked."""
        logged = self._journal.delivery(due.delivery.id)
        return logged is not None and any(
            each.id == due.delivery.id and each.state is DeliveryState.UNKNOWN
            for each in logged.deliveries
        )

    def _leave(self, due: Due, reason: str) -> None:
        self._left_to_a_person.add(due.delivery.id)
        self._journal.mark(due.delivery.id, DeliveryState.UNKNOWN, reason, left_to_person=True)
