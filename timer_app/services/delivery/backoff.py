"""How long a service backs off after a call, and its status then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from timer_app.domain.delivery.outcomes import (
    Done,
    NotSent,
    NotSentCause,
    Outcome,
    OutcomeUnknown,
    Refused,
    Unauthorized,
)
from timer_app.domain.service import Service
from timer_app.services.delivery.ports import Journal
from timer_app.services.delivery.service_status import Health, ServiceStatus
from timer_app.services.entries.ports import Clock

INITIAL_BACKOFF = timedelta(seconds=2)
MAX_BACKOFF = timedelta(minutes=5)
_HEALTH = {
    NotSentCause.OFFLINE: Health.OFFLINE,
    NotSentCause.RATE_LIMITED: Health.RATE_LIMITED,
}
Jitter = Callable[[], float]
"""A random number from 0 to 1, so that many computers do not retry at the same instant."""


def status_after(
    outcome: Outcome, before: ServiceStatus, now: datetime, jitter: Jitter
) -> ServiceStatus:
    """The status of a service after the last request.

    The service backs off after an unknown outcome as well: the next delivery would only become
    unknown too.
    """
    match outcome:
        case Done() | Refused():
            return ServiceStatus()
        case Unauthorized(reason):
            return ServiceStatus(Health.UNAUTHORIZED, reason)
        case NotSent(NotSentCause.QUIT):
            return before
        case NotSent(cause, reason, retry_after, connection_problem):
            wait = retry_after or backoff(before.failures, jitter)
            return ServiceStatus(
                _HEALTH[cause], reason, now + wait, before.failures + 1, connection_problem
            )
        case OutcomeUnknown(reason):
            wait = backoff(before.failures, jitter)
            return ServiceStatus(Health.OFFLINE, reason, now + wait, before.failures + 1)


def apply_backoff(
    journal: Journal,
    service: Service,
    outcome: NotSent | OutcomeUnknown | Unauthorized | Refused,
    clock: Clock,
    jitter: Jitter,
) -> None:
    """Back off after an unanswered query; the service is asked again later."""
    before = journal.service_status(service)
    status = status_after(outcome, before, clock.now(), jitter)
    if status != before:
        journal.save_service_status(service, status)


def backoff(failures: int, jitter: Jitter) -> timedelta:
    """How long to back off after `failures` failures: doubling, bounded, half of it random."""
    longest = min(MAX_BACKOFF, INITIAL_BACKOFF * float(2 ** min(failures, 20)))
    return longest * (0.5 + jitter() / 2)
