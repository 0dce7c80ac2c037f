"""How an outcome changes the journal, in one commit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from timer_app.domain.clock import elapsed
from timer_app.domain.delivery.log_reference import timecrowd_reference
from timer_app.domain.delivery.matching import attempt_window
from timer_app.domain.delivery.outbox import (
    OPEN,
    Delivery,
    DeliveryState,
    DueDelivery,
    creates_entry,
)
from timer_app.domain.delivery.outcomes import (
    Commented,
    Done,
    FoundCard,
    NothingToRemove,
    NotSent,
    Outcome,
    OutcomeUnknown,
    Refused,
    RemoteEntry,
    RemoteLog,
    Removed,
    Unauthorized,
)
from timer_app.domain.delivery.service_messages import (
    TIME_TOLERANCE,
    CommentEntry,
    CorrectTimes,
    DeleteEntry,
    FindCard,
    LogTime,
    Message,
    RecordEntry,
    RemoveDuplicateEntry,
    RemoveDuplicateLog,
    StartEntry,
    StopEntry,
    UpdateLog,
    correction,
    is_same_instant,
    is_sent_once,
    service_of,
)
from timer_app.domain.entries.comment import truncate_comment
from timer_app.domain.entries.edits import (
    DeliveryChange,
    DropDelivery,
    ledger_logs,
    relog_without_comment,
)
from timer_app.domain.entries.entry import Source
from timer_app.domain.entries.route import PLAIN
from timer_app.domain.service import Service
from timer_app.services.delivery.backoff import Jitter, status_after
from timer_app.services.delivery.ports import Journal
from timer_app.services.delivery.service_status import ServiceStatus
from timer_app.services.entries.ports import Clock

LATE_CHECK_DELAYS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=20),
    timedelta(minutes=60),
)
"""Late checks for an unconfirmed attempt come this long after the delivery was done."""
_BAD_REQUEST = 400
_CLOCK_TOLERANCE = timedelta(seconds=3)  # the Date header has whole seconds and is late

TakeEarlierStop = Callable[[str, datetime, RemoteEntry], None]
"""Let an entry, stopped here at an instant, end when another device had stopped it."""


def apply_outcome(
    journal: Journal,
    due: DueDelivery,
    outcome: Outcome,
    clock: Clock,
    jitter: Jitter,
    take_earlier_stop: TakeEarlierStop,
) -> None:
    """Commit the `outcome` of `due`: its state, the status of the service, what follows from it."""
    delivery = due.delivery
    service = service_of(delivery.message)
    before = journal.service_status(service)
    with journal.transaction():
        match outcome:
            case Done():
                is_earlier = _is_earlier_stop(journal, due, outcome, clock)
                _apply_done(journal, due, outcome, is_corrected=not is_earlier)
                if is_earlier:
                    _take_stop(due, outcome, take_earlier_stop)
                    _check_logs_later(journal, due, clock)
                journal.confirm_latest_attempt(delivery.id)
                schedule_late_check(journal, delivery, clock, may_be_shared=delivery.lookup_first)
            case NotSent(reason=reason) | Unauthorized(reason):
                journal.set_state(delivery.id, DeliveryState.WAITING, reason)
            case OutcomeUnknown(reason):
                journal.set_state(delivery.id, DeliveryState.UNKNOWN, reason)
            case Refused() if _replace_uncleared_log(journal, delivery, outcome):
                pass
            case Refused():
                journal.set_state(
                    delivery.id,
                    DeliveryState.BLOCKED,
                    outcome.reason,
                    refused_status=outcome.status,
                )
        if isinstance(outcome, NotSent | Unauthorized | Refused):
            journal.confirm_latest_attempt(delivery.id)
            drop_if_cancelled(journal, delivery, clock)
        journal.save_service_status(service, status_after(outcome, before, clock.now(), jitter))


def _replace_uncleared_log(journal: Journal, delivery: Delivery, refused: Refused) -> bool:
    """Make a log without a comment where Kaiten does not clear one; whether it is that case."""
    message = delivery.message
    if refused.status != _BAD_REQUEST or not isinstance(message, UpdateLog):
        return False
    if message.comment or message.reference:
        return False
    log = journal.delivery(message.about)
    if log is None:
        return False
    journal.set_state(delivery.id, DeliveryState.DROPPED, refused.reason)
    journal.apply_changes(relog_without_comment(delivery.entry_id, message, log))
    return True


def apply_match(
    journal: Journal, due: DueDelivery, sent: Message, answer: RemoteEntry | RemoteLog, clock: Clock
) -> None:
    """Commit that matching found what one of the attempts made; it was sent as `sent`.

    Which of several attempts made it is unknown: the others may still arrive. A log with the
    right name may be another computer's, with other values; ours may still arrive, too.
    """
    delivery = due.delivery
    with journal.transaction():
        _apply_done(journal, due, Done(answer))
        is_named = isinstance(sent, LogTime) and sent.reference != ""
        if len(journal.unconfirmed_attempts(delivery.id)) <= 1 and not is_named:
            journal.confirm_attempts(delivery.id)
        schedule_late_check(journal, delivery, clock)
        if sent != delivery.message or _differs(answer, sent):
            _enqueue_current_values(journal, delivery, sent)
        journal.save_service_status(service_of(delivery.message), ServiceStatus())


def _differs(answer: RemoteEntry | RemoteLog, sent: Message) -> bool:
    """Whether a log was found by its name and holds other values than were sent."""
    if not isinstance(answer, RemoteLog) or not isinstance(sent, LogTime):
        return False
    if answer.minutes is None or not sent.reference:
        return False
    return (answer.minutes, answer.comment) != (sent.minutes, truncate_comment(sent.comment))


def complete_redundant(journal: Journal, due: DueDelivery, remote: RemoteEntry) -> None:
    """Commit that TimeCrowd already holds the message, and check its start as after a delivery."""
    with journal.transaction():
        journal.complete(due.delivery.id, remote.id)
        _enqueue_correction(journal, due.delivery, remote)


def _take_stop(due: DueDelivery, outcome: Done, take_earlier_stop: TakeEarlierStop) -> None:
    message = due.delivery.message
    if isinstance(message, StopEntry) and isinstance(outcome.answer, RemoteEntry):
        take_earlier_stop(due.delivery.entry_id, message.stopped_at, outcome.answer)


def _check_logs_later(journal: Journal, due: DueDelivery, clock: Clock) -> None:
    """Another computer may have logged what ended there, before a log of ours went out."""
    logged = journal.entry(due.delivery.entry_id)
    for each in logged.deliveries if logged else ():
        if isinstance(each.message, LogTime) and each.state is DeliveryState.DONE:
            schedule_late_check(journal, each, clock, may_be_shared=True)


def _apply_done(
    journal: Journal, due: DueDelivery, outcome: Done, *, is_corrected: bool = True
) -> None:
    delivery, answer = due.delivery, outcome.answer
    match answer:
        case RemoteEntry():
            _apply_entry(journal, due, answer, is_corrected=is_corrected)
        case RemoteLog(log_id):
            journal.complete(delivery.id, log_id)
            logged = journal.entry(delivery.entry_id)
            if logged is not None and logged.remote is not None:
                _rename_logs(journal, delivery.entry_id, logged.remote)
        case Commented(remote_id):
            journal.complete(delivery.id, remote_id)
        case FoundCard(card):
            if isinstance(delivery.message, FindCard):
                journal.save_card_key(delivery.message.card_key, card)
            journal.complete(delivery.id, "")
        case Removed():
            _apply_removed(journal, due)
        case NothingToRemove():
            journal.complete(delivery.id, "")


def _apply_entry(
    journal: Journal, due: DueDelivery, answer: RemoteEntry, *, is_corrected: bool
) -> None:
    delivery = due.delivery
    journal.save_remote(delivery.entry_id, _with_followed_task(due, answer))
    journal.complete(delivery.id, answer.id)
    if isinstance(delivery.message, StartEntry):
        journal.save_switch(answer.started_at)
    if is_corrected:
        _enqueue_correction(journal, delivery, answer)
    _rename_logs(journal, delivery.entry_id, answer)


def _with_followed_task(due: DueDelivery, answer: RemoteEntry) -> RemoteEntry:
    """The answer with the task that is known here, unless the message itself gave it another.

    If it was moved elsewhere, the list of entries shows the difference, and the move is followed.
    """
    message, known = due.delivery.message, due.remote
    sets_task = isinstance(message, StartEntry | RecordEntry) or (
        isinstance(message, CorrectTimes) and message.task is not None
    )
    if sets_task or known is None or known.id != answer.id or not known.task_id:
        return answer
    return replace(answer, task_id=known.task_id)


def _apply_removed(journal: Journal, due: DueDelivery) -> None:
    delivery = due.delivery
    match delivery.message:
        case RemoveDuplicateEntry(about, removed, kept) if removed is not None:
            journal.complete(delivery.id, removed)
            journal.complete(about, kept.id)
            journal.save_remote(delivery.entry_id, kept)
            _enqueue_current_entry(journal, delivery, kept)
            _enqueue_comment(journal, delivery, removed)
        case RemoveDuplicateLog(about, removed=removed, kept=kept_log) if removed is not None:
            journal.complete(delivery.id, removed)
            if due.entry.source is Source.ADOPTED and removed == due.log_id:
                journal.claim_log(about, kept_log)  # its computer knows the minutes
                return
            journal.complete(about, kept_log)
            _enqueue_current_log(journal, delivery.message)
        case DeleteEntry():
            journal.complete(delivery.id, due.remote.id if due.remote else "")
            journal.save_remote(delivery.entry_id, None)
            _forget_unknown_comment(journal, delivery)
        case _:
            journal.complete(delivery.id, due.log_id or "")


def _is_earlier_stop(journal: Journal, due: DueDelivery, outcome: Done, clock: Clock) -> bool:
    """Whether another device stopped the entry earlier than this one.

    The earlier stop is true and is never overwritten, unless one of our own requests made it. Only
    one that was `found` can be another device's: what the present request made is its own stamp.
    """
    message, answer = due.delivery.message, outcome.answer
    if not (isinstance(message, StopEntry) and isinstance(answer, RemoteEntry) and outcome.found):
        return False
    now = clock.reading()
    server_now = outcome.server_time or now.wall
    shift, tolerance = server_now - now.wall, _CLOCK_TOLERANCE
    if abs(shift) <= _CLOCK_TOLERANCE:  # one clock, as far as whole seconds tell
        shift, tolerance = timedelta(0), TIME_TOLERANCE
    if answer.stopped_at is None or answer.stopped_at >= message.stopped_at + shift - tolerance:
        return False
    switched_at = journal.switched_at(due.entry.id)
    if switched_at is not None and is_same_instant(switched_at, answer.stopped_at):
        return False  # TimeCrowd ended it when our own next entry began there
    for attempt in journal.unconfirmed_attempts(due.delivery.id)[:-1]:  # the last sent nothing
        ago = elapsed(attempt.began, now)
        # Not before it was sent: a stop seconds earlier is another device's, and stays.
        begun = server_now - ago - _CLOCK_TOLERANCE
        if begun <= answer.stopped_at <= attempt_window(ago, server_now).until:
            return False
    return True


def drop_if_cancelled(journal: Journal, delivery: Delivery, clock: Clock) -> bool:
    """Drop a start that the service never accepted and the user has cancelled.

    Sent again it would start an entry that nobody wants. Returns whether it was dropped. An attempt
    that may still arrive is checked later.
    """
    if not creates_entry(delivery):
        return False
    logged = journal.entry(delivery.entry_id)
    if logged is None or not logged.is_deleted:
        return False
    for each in logged.deliveries:
        is_about_log = (
            service_of(each.message) is not Service.TIMECROWD
        )  # they are deleted by deliveries of their own
        if each.is_rewritable and not (
            is_about_log or isinstance(each.message, RemoveDuplicateEntry)
        ):
            journal.set_state(each.id, DeliveryState.DROPPED, each.error)
    schedule_late_check(journal, delivery, clock)
    return True


def drop_if_superseded(journal: Journal, due: DueDelivery) -> bool:
    """Drop a correction of the start once the entry has ended: its stop corrects both times.

    Alone it may lie after the stop that TimeCrowd has by now, and would be refused for ever.
    Returns whether it was dropped.
    """
    message = due.delivery.message
    is_start_only = isinstance(message, CorrectTimes) and (message.stopped_at, message.task) == (
        None,
        None,
    )
    logged = journal.entry(due.delivery.entry_id) if is_start_only and due.stopped_at else None
    later = [each for each in logged.deliveries if each.id > due.delivery.id] if logged else []
    if not any(isinstance(each.message, StopEntry) and each.state in OPEN for each in later):
        return False
    journal.set_state(due.delivery.id, DeliveryState.DROPPED, due.delivery.error)
    return True


def commit_changes(journal: Journal, changes: Sequence[DeliveryChange], clock: Clock) -> None:
    """Commit how a person's act changes the outbox.

    A dropped delivery may still arrive, from an attempt that matching did not find.
    """
    with journal.transaction():
        journal.apply_changes(changes)
        for change in changes:
            if isinstance(change, DropDelivery):
                schedule_late_check(journal, change.delivery, clock)


def schedule_late_check(
    journal: Journal, delivery: Delivery, clock: Clock, *, may_be_shared: bool = False
) -> None:
    """Schedule late checks: an attempt that matching did not find may have been delayed.

    A log that `may_be_shared` may have been made by another computer at the same moment.
    """
    if not may_be_shared and not journal.unconfirmed_attempts(delivery.id):
        return
    if is_sent_once(delivery.message):
        return  # what is sent once is not there twice
    repeatable = StopEntry | DeleteEntry | RemoveDuplicateEntry | RemoveDuplicateLog
    if isinstance(delivery.message, repeatable):  # a repeat of these changes nothing
        journal.confirm_attempts(delivery.id)
    else:
        now = clock.reading()
        journal.schedule_late_check(delivery, now, now.wall + LATE_CHECK_DELAYS[0])


def _enqueue_correction(journal: Journal, delivery: Delivery, remote: RemoteEntry) -> None:
    """Enqueue a correction of the times that TimeCrowd stamped by its own clock."""
    logged = journal.entry(delivery.entry_id)
    if logged is None or logged.is_deleted or isinstance(delivery.message, CorrectTimes):
        return
    message = correction(logged.entry, logged.stopped_at, remote)
    if message:
        journal.enqueue(delivery.entry_id, message)


def _rename_logs(journal: Journal, entry_id: str, remote: RemoteEntry) -> None:
    """Bring the names of an entry's logs up to date, now that TimeCrowd knows it as `remote`.

    A log without a name keeps none: it is an older version's, or the settings want it so.
    """
    logged = journal.entry(entry_id)
    if logged is None or logged.is_deleted:
        return
    name = timecrowd_reference(remote.id)
    for log in ledger_logs(logged.deliveries):
        message = log.delivery.message
        changes = [each for each in log.about if isinstance(each.message, UpdateLog)]
        is_open = any(each.state in OPEN for each in changes)
        names = [each.message.reference for each in (log.delivery, *changes)
                 if isinstance(each.message, LogTime | UpdateLog)
                 and each.state is DeliveryState.DONE]  # fmt: skip
        if not isinstance(message, LogTime) or not names or names[-1] in ("", name) or is_open:
            continue
        update = UpdateLog(
            log.delivery.id, message.card, message.for_date, log.minutes, log.comment, name
        )
        journal.enqueue(entry_id, update)


def _enqueue_current_entry(journal: Journal, delivery: Delivery, kept: RemoteEntry) -> None:
    """Enqueue the present values for a record that replaces another.

    It has the values of its attempt: perhaps an earlier task, or no stop.
    """
    logged = journal.entry(delivery.entry_id)
    deliveries = logged.deliveries if logged else ()
    moved = any(isinstance(each.message, CorrectTimes) and each.message.task for each in deliveries)
    is_stop_open = any(
        isinstance(each.message, StopEntry) and each.state in OPEN for each in deliveries
    )
    is_over = logged is not None and logged.stopped_at is not None
    runs_on = is_over and kept.stopped_at is None and not is_stop_open
    if logged is None or logged.is_deleted or not (moved or runs_on):
        _enqueue_correction(journal, delivery, kept)
        return
    entry = logged.entry
    task, route = (entry.task, entry.route) if moved else (None, PLAIN)
    times = CorrectTimes(entry.started_at, logged.stopped_at, task, route)
    journal.enqueue(delivery.entry_id, times)


def _enqueue_comment(journal: Journal, delivery: Delivery, removed: str) -> None:
    """Enqueue the comment for the record that replaces the one that had it."""
    logged = journal.entry(delivery.entry_id)
    comments = [
        each
        for each in (logged.deliveries if logged else ())
        if isinstance(each.message, CommentEntry)
        and (each.state, each.remote_id) == (DeliveryState.DONE, removed)
    ]
    if logged is not None and not logged.is_deleted and comments:
        journal.enqueue(delivery.entry_id, comments[-1].message)


def _forget_unknown_comment(journal: Journal, delivery: Delivery) -> None:
    """Drop a comment that may have been sent: its entry is gone from TimeCrowd, with whatever."""
    logged = journal.entry(delivery.entry_id)
    for each in logged.deliveries if logged else ():
        is_before = each.id < delivery.id and is_sent_once(each.message)
        if is_before and each.state in (DeliveryState.UNKNOWN, DeliveryState.BLOCKED):
            journal.set_state(each.id, DeliveryState.DROPPED, each.error)


def _enqueue_current_log(journal: Journal, message: RemoveDuplicateLog) -> None:
    """The same for a log; it costs one request."""
    day = journal.card_day_ledger(message.card, message.for_date)
    for log in day.logs:
        if log.delivery.id == message.about:
            change = UpdateLog(
                message.about, message.card, message.for_date, log.minutes, log.comment
            )
            journal.enqueue(log.delivery.entry_id, change)


def _enqueue_current_values(journal: Journal, delivery: Delivery, sent: Message) -> None:
    """Enqueue the present values for a record that has those of an earlier attempt."""
    logged = journal.entry(delivery.entry_id)
    message = delivery.message
    if isinstance(message, LogTime) and isinstance(sent, LogTime):
        log = UpdateLog(
            delivery.id, message.card, message.for_date, message.minutes, message.comment
        )
        journal.enqueue(delivery.entry_id, log)
    elif logged is not None and not logged.is_deleted:
        entry = logged.entry
        times = CorrectTimes(entry.started_at, logged.stopped_at, entry.task, entry.route)
        journal.enqueue(delivery.entry_id, times)
