"""Looking before repeating: what is unknown is claimed, repeated, or left to a person.

the service holds it           -> done, as if its answer had come
it is certainly not there      -> waiting, to be sent again
it cannot be told              -> it stays unknown and says why
the service cannot be asked    -> it stays unknown, and is looked for when the service is back
"""

from __future__ import annotations

import logging

from timer_app.domain.delivery import DeliveryState, Due, Service, service_of
from timer_app.domain.looking import (
    CannotTell,
    Claim,
    Looked,
    NotThere,
    SafeToRepeat,
    Verdict,
    verdict,
    window_of,
)
from timer_app.domain.outcome import Done, NotSent, OutcomeUnknown, Refused, Unauthorized
from timer_app.services.ports import Clock, Gateway, Journal, ServiceProblem
from timer_app.services.settling import Jitter, settle, status_after

_log = logging.getLogger(__name__)

Finding = Verdict | NotSent | OutcomeUnknown | Unauthorized | Refused
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
            return self._judge(due, await gateway.look(due))
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
                case Claim(answer):
                    settle(self._journal, due, Done(answer), self._clock.now(), self._jitter)
                case NotThere():
                    self._journal.mark(number, DeliveryState.WAITING, due.delivery.error)
                case CannotTell(reason):
                    self._leave(due, reason)
                case Refused():
                    self._leave(due, finding.reason)
                case NotSent() | OutcomeUnknown() | Unauthorized():
                    self._could_not_look(due, finding)

    def _judge(self, due: Due, looked: Looked | SafeToRepeat) -> Verdict:
        sent_at = due.delivery.sent_at
        if isinstance(looked, SafeToRepeat):
            return NotThere()
        if sent_at is None:
            return CannotTell("When this was sent is not known.")
        service = service_of(due.delivery.message)
        claimed = [
            sighting.answer.id
            for sighting in looked.sightings
            if self._journal.is_claimed(service, sighting.answer.id, due.delivery)
        ]
        return verdict(looked.sightings, claimed, window_of(sent_at, looked.skew))

    def _still_unknown(self, due: Due) -> bool:
        """A person may have decided while we looked."""
        logged = self._journal.delivery(due.delivery.id)
        return logged is not None and any(
            each.id == due.delivery.id and each.state is DeliveryState.UNKNOWN
            for each in logged.deliveries
        )

    def _could_not_look(self, due: Due, outcome: NotSent | OutcomeUnknown | Unauthorized) -> None:
        """It stays unknown; the service rests, and is looked at when it is back."""
        service = service_of(due.delivery.message)
        before = self._journal.service_status(service)
        status = status_after(outcome, before, self._clock.now(), self._jitter)
        self._journal.keep_service_status(service, status)

    def _leave(self, due: Due, reason: str) -> None:
        self._left_to_a_person.add(due.delivery.id)
        self._journal.mark(due.delivery.id, DeliveryState.UNKNOWN, reason, left_to_person=True)
