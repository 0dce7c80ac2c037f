"""What an outcome changes in the journal: one commit for all of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from timer_app.domain.delivery import (
    CorrectTimes,
    DeleteEntry,
    Delivery,
    DeliveryState,
    Due,
    correction,
    makes_entry,
    service_of,
)
from timer_app.domain.outcome import (
    Answer,
    Done,
    NotSent,
    NotSentCause,
    Outcome,
    OutcomeUnknown,
    Refused,
    RemoteEntry,
    RemoteLog,
    Removed,
    Unauthorized,
)
from timer_app.services.ports import Journal
from timer_app.services.service_status import Health, ServiceStatus

FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=5)
_HEALTH = {
    NotSentCause.OFFLINE: Health.OFFLINE,
    NotSentCause.RATE_LIMITED: Health.RATE_LIMITED,
}

Jitter = Callable[[], float]
"""A number from 0 to 1, so that many computers do not come back at the same instant."""


def settle(journal: Journal, due: Due, outcome: Outcome, now: datetime, jitter: Jitter) -> None:
    """Commit `outcome` of `due`: its state, what it tells of the service, what follows from it."""
    delivery = due.delivery
    service = service_of(delivery.message)
    before = journal.service_status(service)
    with journal.transaction():
        match outcome:
            case Done(answer):
                _complete(journal, due, answer)
            case NotSent(reason=reason) | Unauthorized(reason):
                journal.mark(delivery.id, DeliveryState.WAITING, reason)
            case OutcomeUnknown(reason):
                journal.mark(delivery.id, DeliveryState.UNKNOWN, reason)
            case Refused():
                journal.mark(delivery.id, DeliveryState.BLOCKED, outcome.reason)
        if isinstance(outcome, NotSent | Unauthorized | Refused):
            forget_cancelled(journal, delivery)
        journal.keep_service_status(service, status_after(outcome, before, now, jitter))


def status_after(
    outcome: Outcome, before: ServiceStatus, now: datetime, jitter: Jitter
) -> ServiceStatus:
    """How the service is, given how the last call ended.

    After an unknown outcome the service rests as well: it is in trouble, and what waits would
    only become unknown too.
    """
    match outcome:
        case Done() | Refused():
            return ServiceStatus()
        case Unauthorized(reason):
            return ServiceStatus(Health.UNAUTHORIZED, reason)
        case NotSent(cause, reason, retry_after):
            wait = retry_after or backoff(before.failures, jitter)
            return ServiceStatus(_HEALTH[cause], reason, now + wait, before.failures + 1)
        case OutcomeUnknown(reason):
            wait = backoff(before.failures, jitter)
            return ServiceStatus(Health.OFFLINE, reason, now + wait, before.failures + 1)


def backoff(failures: int, jitter: Jitter) -> timedelta:
    """How long to rest after `failures` failures: doubling, bounded, half of it by chance."""
    longest = min(LONGEST_WAIT, FIRST_WAIT * float(2 ** min(failures, 20)))
    return longest * (0.5 + jitter() / 2)


def _complete(journal: Journal, due: Due, answer: Answer) -> None:
    delivery = due.delivery
    match answer:
        case RemoteEntry():
            journal.complete(delivery, answer.id)
            journal.keep_remote(delivery.entry_id, answer)
            _correct(journal, delivery, answer)
        case RemoteLog(log_id):
            journal.complete(delivery, log_id)
        case Removed():
            journal.complete(delivery, due.remote.id if due.remote else "")


def forget_cancelled(journal: Journal, delivery: Delivery) -> bool:
    """Let a beginning be that the service did not take and that the user cancelled meanwhile.

    Sent again it would start in TimeCrowd what nobody wants; there is nothing to delete either.
    Answers whether that was so.
    """
    if not makes_entry(delivery):
        return False
    logged = journal.entry(delivery.entry_id)
    deliveries = logged.deliveries if logged else ()
    if not any(isinstance(each.message, DeleteEntry) for each in deliveries):
        return False
    for each in deliveries:
        if each.state in (DeliveryState.WAITING, DeliveryState.BLOCKED):
            journal.mark(each.id, DeliveryState.DROPPED, each.error)
    return True


def _correct(journal: Journal, delivery: Delivery, held: RemoteEntry) -> None:
    """Late delivery tells the true times: what TimeCrowd stamped by its own clock is corrected."""
    logged = journal.entry(delivery.entry_id)
    if logged is None or isinstance(delivery.message, CorrectTimes):
        return
    if any(isinstance(other.message, DeleteEntry) for other in logged.deliveries):
        return
    message = correction(logged.entry, logged.stopped_at, held)
    if message:
        journal.tell(delivery.entry_id, message)
