"""What an outcome changes in the journal: one commit for all of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from timer_app.domain.amending import Change, Drop
from timer_app.domain.clock_reading import elapsed
from timer_app.domain.delivery import (
    OPEN,
    ChangeLog,
    CorrectTimes,
    DeleteEntry,
    Delivery,
    DeliveryState,
    Due,
    LogTime,
    Message,
    RemoveDoubleEntry,
    RemoveDoubleLog,
    Service,
    StopEntry,
    correction,
    makes_entry,
    service_of,
)
from timer_app.domain.looking import window_of
from timer_app.domain.outcome import (
    Done,
    NothingToRemove,
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
from timer_app.services.ports import Clock, Journal
from timer_app.services.service_status import Health, ServiceStatus

FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=5)
WATCH_AFTER = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=20),
    timedelta(minutes=60),
)
"""When it is looked once more for a try that got no answer: so long after the delivery was done."""
_CLOCKS_AGREE = timedelta(seconds=3)  # the Date header tells whole seconds, and late
_HEALTH = {
    NotSentCause.OFFLINE: Health.OFFLINE,
    NotSentCause.RATE_LIMITED: Health.RATE_LIMITED,
}

Jitter = Callable[[], float]
"""A number from 0 to 1, so that many computers do not come back at the same instant."""


def settle(journal: Journal, due: Due, outcome: Outcome, clock: Clock, jitter: Jitter) -> None:
    """Commit `outcome` of `due`: its state, what it tells of the service, what follows from it."""
    delivery = due.delivery
    service = service_of(delivery.message)
    before = journal.service_status(service)
    with journal.transaction():
        match outcome:
            case Done():
                _done(journal, due, outcome, clock)
                journal.resolve_attempt(delivery.id)
                _watch_what_is_in_doubt(journal, delivery, clock)
            case NotSent(reason=reason) | Unauthorized(reason):
                journal.mark(delivery.id, DeliveryState.WAITING, reason)
            case OutcomeUnknown(reason):
                journal.mark(delivery.id, DeliveryState.UNKNOWN, reason)
            case Refused():
                journal.mark(
                    delivery.id,
                    DeliveryState.BLOCKED,
                    outcome.reason,
                    refused_status=outcome.status,
                )
        if isinstance(outcome, NotSent | Unauthorized | Refused):
            journal.resolve_attempt(delivery.id)
            forget_cancelled(journal, delivery, clock)
        journal.keep_service_status(service, status_after(outcome, before, clock.now(), jitter))


def settle_claim(
    journal: Journal, due: Due, sent: Message, answer: RemoteEntry | RemoteLog, clock: Clock
) -> None:
    """A look found what one of the tries made, which was sent as `sent`.

    Which of several tries that was is not known: the others may still arrive.
    """
    delivery = due.delivery
    with journal.transaction():
        _done(journal, due, Done(answer), clock)
        if len(journal.attempts(delivery.id)) <= 1:
            journal.resolve_attempts(delivery.id)
        _watch_what_is_in_doubt(journal, delivery, clock)
        if sent != delivery.message:
            _bring_up_to_date(journal, delivery, sent)
        journal.keep_service_status(service_of(delivery.message), ServiceStatus())


def settle_already_true(journal: Journal, due: Due, held: RemoteEntry) -> None:
    """TimeCrowd holds what is to be told: as if it had been, and its start is looked at too."""
    with journal.transaction():
        journal.complete(due.delivery.id, held.id)
        _correct(journal, due.delivery, held)


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
        case NotSent(cause, reason, retry_after, obstacle):
            wait = retry_after or backoff(before.failures, jitter)
            return ServiceStatus(_HEALTH[cause], reason, now + wait, before.failures + 1, obstacle)
        case OutcomeUnknown(reason):
            wait = backoff(before.failures, jitter)
            return ServiceStatus(Health.OFFLINE, reason, now + wait, before.failures + 1)


def rest_after(
    journal: Journal,
    service: Service,
    outcome: NotSent | OutcomeUnknown | Unauthorized | Refused,
    clock: Clock,
    jitter: Jitter,
) -> None:
    """A question was not answered: the service rests, and is asked when it is back."""
    before = journal.service_status(service)
    status = status_after(outcome, before, clock.now(), jitter)
    if status != before:
        journal.keep_service_status(service, status)


def backoff(failures: int, jitter: Jitter) -> timedelta:
    """How long to rest after `failures` failures: doubling, bounded, half of it by chance."""
    longest = min(LONGEST_WAIT, FIRST_WAIT * float(2 ** min(failures, 20)))
    return longest * (0.5 + jitter() / 2)


def _done(journal: Journal, due: Due, outcome: Done, clock: Clock) -> None:
    delivery, answer = due.delivery, outcome.answer
    match answer:
        case RemoteEntry():
            journal.keep_remote(delivery.entry_id, answer)
            earlier = _stopped_by_another(journal, due, answer, outcome.server_time, clock)
            if earlier is not None:
                journal.mark(delivery.id, DeliveryState.BLOCKED, earlier)
                return
            journal.complete(delivery.id, answer.id)
            _correct(journal, delivery, answer)
        case RemoteLog(log_id):
            journal.complete(delivery.id, log_id)
        case Removed():
            _removed(journal, due)
        case NothingToRemove():
            journal.complete(delivery.id, "")


def _removed(journal: Journal, due: Due) -> None:
    delivery = due.delivery
    match delivery.message:
        case RemoveDoubleEntry(about, removed, kept) if removed is not None:
            journal.complete(delivery.id, removed)
            journal.complete(about, kept.id)
            journal.keep_remote(delivery.entry_id, kept)
            _tell_as_it_is_now(journal, delivery, kept)
        case RemoveDoubleLog(about, removed=removed, kept=kept_log) if removed is not None:
            journal.complete(delivery.id, removed)
            journal.complete(about, kept_log)
            _tell_log_as_it_is_now(journal, delivery.message)
        case DeleteEntry():
            journal.complete(delivery.id, due.remote.id if due.remote else "")
            journal.keep_remote(delivery.entry_id, None)
        case _:
            journal.complete(delivery.id, due.log_id or "")


def _stopped_by_another(
    journal: Journal, due: Due, held: RemoteEntry, server_time: datetime | None, clock: Clock
) -> str | None:
    """A sentence with both times if another device stopped the entry earlier than it was here.

    That stop is true and is never moved by ours, unless one of our own requests made it.
    """
    message, there = due.delivery.message, held.stopped_at
    if not isinstance(message, StopEntry) or there is None:
        return None
    now = clock.reading()
    server_now = server_time or now.wall
    if there >= message.stopped_at + (server_now - now.wall) - _CLOCKS_AGREE:
        return None
    for attempt in journal.attempts(due.delivery.id):
        ago = elapsed(attempt.began, now)
        # Not before it was sent: what is seconds earlier is another device's, and stays.
        if server_now - ago - _CLOCKS_AGREE <= there <= window_of(ago, server_now).until:
            return None
    shown, here = (
        instant.astimezone(clock.zone()).strftime("%Y-%m-%d %H:%M:%S")
        for instant in (there, message.stopped_at)
    )
    return (
        f"Another device stopped this entry at {shown}; here it was stopped at {here}."
        " TimeCrowd's stop is left as it is until you decide."
    )


def forget_cancelled(journal: Journal, delivery: Delivery, clock: Clock) -> bool:
    """Let a beginning be that the service did not take and that the user cancelled meanwhile.

    Sent again it would start in TimeCrowd what nobody wants; there is nothing to delete either.
    Answers whether that was so. A try that may still arrive is watched.
    """
    if not makes_entry(delivery):
        return False
    logged = journal.entry(delivery.entry_id)
    if logged is None or not logged.forgotten:
        return False
    for each in logged.deliveries:
        about_logs = service_of(each.message) is not Service.TIMECROWD  # they go by themselves
        if each.unsent and not (about_logs or isinstance(each.message, RemoveDoubleEntry)):
            journal.mark(each.id, DeliveryState.DROPPED, each.error)
    _watch_what_is_in_doubt(journal, delivery, clock)
    return True


def leave_to_the_stop(journal: Journal, due: Due) -> bool:
    """Let a corrected start be once the entry is over: the stop's answer decides about both times.

    Alone it may lie behind a stop that TimeCrowd has by now, and would be refused for ever.
    Answers whether that was so.
    """
    message = due.delivery.message
    alone = isinstance(message, CorrectTimes) and (message.stopped_at, message.task) == (None, None)
    logged = journal.entry(due.delivery.entry_id) if alone and due.stopped_at else None
    later = [each for each in logged.deliveries if each.id > due.delivery.id] if logged else []
    if not any(isinstance(each.message, StopEntry) and each.state in OPEN for each in later):
        return False
    journal.mark(due.delivery.id, DeliveryState.DROPPED, due.delivery.error)
    return True


def carry_out(journal: Journal, changes: Sequence[Change], clock: Clock) -> None:
    """Commit what a person's act changes in what the services are told.

    What is dropped may be on its way all the same, from a try that a look did not find.
    """
    with journal.transaction():
        journal.change(changes)
        for change in changes:
            if isinstance(change, Drop):
                _watch_what_is_in_doubt(journal, change.delivery, clock)


def _watch_what_is_in_doubt(journal: Journal, delivery: Delivery, clock: Clock) -> None:
    """A try that a look did not find may have been held up on its way and arrive later."""
    if not journal.attempts(delivery.id):
        return
    repeatable = StopEntry | DeleteEntry | RemoveDoubleEntry | RemoveDoubleLog
    if isinstance(delivery.message, repeatable):  # that changes nothing twice
        journal.resolve_attempts(delivery.id)
    else:
        now = clock.reading()
        journal.watch(delivery, now, now.wall + WATCH_AFTER[0])


def _correct(journal: Journal, delivery: Delivery, held: RemoteEntry) -> None:
    """Late delivery tells the true times: what TimeCrowd stamped by its own clock is corrected."""
    logged = journal.entry(delivery.entry_id)
    if logged is None or logged.forgotten or isinstance(delivery.message, CorrectTimes):
        return
    message = correction(logged.entry, logged.stopped_at, held)
    if message:
        journal.tell(delivery.entry_id, message)


def _tell_as_it_is_now(journal: Journal, delivery: Delivery, kept: RemoteEntry) -> None:
    """What takes the place of another has the values of its try, not what was told since.

    It may be on a task that the entry has left, or run though the entry's end was told.
    """
    logged = journal.entry(delivery.entry_id)
    told = logged.deliveries if logged else ()
    moved = any(isinstance(each.message, CorrectTimes) and each.message.task for each in told)
    to_stop = any(isinstance(each.message, StopEntry) and each.state in OPEN for each in told)
    over = logged is not None and logged.stopped_at is not None
    runs_on = over and kept.stopped_at is None and not to_stop
    if logged is None or logged.forgotten or not (moved or runs_on):
        _correct(journal, delivery, kept)
        return
    entry = logged.entry
    times = CorrectTimes(entry.started_at, logged.stopped_at, entry.task if moved else None)
    journal.tell(delivery.entry_id, times)


def _tell_log_as_it_is_now(journal: Journal, message: RemoveDoubleLog) -> None:
    """The same for a log, whose values cost one request to tell again."""
    day = journal.day_of_card(message.card, message.for_date)
    for log in day.logs:
        if log.delivery.id == message.about:
            change = ChangeLog(
                message.about, message.card, message.for_date, log.minutes, log.comment
            )
            journal.tell(log.delivery.entry_id, change)


def _bring_up_to_date(journal: Journal, delivery: Delivery, sent: Message) -> None:
    """What arrived has the values of an earlier try: tell those of now."""
    logged = journal.entry(delivery.entry_id)
    message = delivery.message
    if isinstance(message, LogTime) and isinstance(sent, LogTime):
        log = ChangeLog(
            delivery.id, message.card, message.for_date, message.minutes, message.comment
        )
        journal.tell(delivery.entry_id, log)
    elif logged is not None and not logged.forgotten:
        entry = logged.entry
        times = CorrectTimes(entry.started_at, logged.stopped_at, entry.task)
        journal.tell(delivery.entry_id, times)
