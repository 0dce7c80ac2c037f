"""What the problems window says: values in, translated sentences out."""

from __future__ import annotations

from datetime import datetime, tzinfo

from PySide6.QtCore import QCoreApplication

from timer_app.domain.delivery.outbox import (
    Delivery,
    DeliveryState,
    LoggedEntry,
    is_stop_conflict,
)
from timer_app.domain.delivery.own_messages import find_own_message
from timer_app.domain.delivery.service_messages import (
    CommentEntry,
    CorrectTimes,
    DamagedMessage,
    DeleteEntry,
    DeleteLog,
    FindCard,
    KaitenMessage,
    LogTime,
    RecordEntry,
    RemoveDuplicateEntry,
    RemoveDuplicateLog,
    StartEntry,
    StopEntry,
    TimeCrowdMessage,
    UpdateLog,
    service_of,
)
from timer_app.domain.messages import DeliveryMessageId, RefusalMessageId
from timer_app.domain.user_message import UserMessage, fill
from timer_app.services.delivery.problems import Problem
from timer_app.ui import messages
from timer_app.ui.wording import (
    format_number,
    format_range,
    format_time,
    join_sentences,
    message_text,
    service_name,
    short_date,
    tr,
)


def entry_times(logged: LoggedEntry, zone: tzinfo) -> str:
    """From when to when the entry was."""
    began = logged.entry.started_at.astimezone(zone)
    begin = f"{short_date(began.date())} {format_time(logged.entry.started_at, zone)}"
    if logged.stopped_at is None:
        return begin
    end, ended = format_time(logged.stopped_at, zone), logged.stopped_at.astimezone(zone).date()
    return format_range(begin, end if ended == began.date() else f"{short_date(ended)} {end}")


def message_description(delivery: Delivery) -> str:
    """What the delivery sends."""
    message = delivery.message
    if isinstance(message, DamagedMessage):
        name = service_name(message.service)
        return fill(QCoreApplication.translate("Problems", "%1: it cannot be read here"), name)
    return (
        _kaiten_message(message)
        if isinstance(message, KaitenMessage)
        else _timecrowd_message(message)
    )


def _timecrowd_message(message: TimeCrowdMessage) -> str:  # noqa: PLR0911 - one for each message
    translate = QCoreApplication.translate
    match message:
        case StartEntry():
            return translate("Problems", "TimeCrowd: the start")
        case StopEntry():
            return translate("Problems", "TimeCrowd: the stop")
        case RecordEntry():
            return translate("Problems", "TimeCrowd: the entry")
        case CorrectTimes():
            return translate("Problems", "TimeCrowd: the true times")
        case CommentEntry():
            return translate("Problems", "TimeCrowd: the comment")
        case DeleteEntry():
            return translate("Problems", "TimeCrowd: the removal of the entry")
        case RemoveDuplicateEntry():
            return translate("Problems", "TimeCrowd: the entry is there twice")


def _kaiten_message(message: KaitenMessage) -> str:
    translate = QCoreApplication.translate
    if isinstance(message, FindCard):
        text = translate("Problems", "Kaiten: the card %1, which TimeCrowd names")
        return fill(text, message.card_key.key)
    date = short_date(message.for_date)
    match message:
        case LogTime(minutes=minutes):
            return fill(translate("Problems", "Kaiten: %1 min on %2"), format_number(minutes), date)
        case UpdateLog(minutes=minutes):
            changed = translate("Problems", "Kaiten: the log of %2 changed to %1 min")
            return fill(changed, format_number(minutes), date)
        case DeleteLog():
            return fill(translate("Problems", "Kaiten: the removal of the log of %1"), date)
        case RemoveDuplicateLog():
            return fill(translate("Problems", "Kaiten: the log of %1 is there twice"), date)


def explanation(  # noqa: PLR0911 - one for each kind of problem
    problem: Problem, zone: tzinfo
) -> str:
    """In plain words what happened, and what is safe."""
    translate, delivery = QCoreApplication.translate, problem.delivery
    name = service_name(service_of(delivery.message))
    if is_stop_conflict(delivery, problem.logged.remote):
        return _conflict_text(problem, zone)
    match delivery.message:
        case DamagedMessage():
            return translate(
                "Problems",
                "What was to be sent cannot be read: a part of the journal is damaged. Nothing else"
                " is affected. Look into %1 before you decide.",
            ).replace("%1", name)
        case RemoveDuplicateEntry() | RemoveDuplicateLog():
            return translate(
                "Problems", "A request that was held up arrived after it had been sent again."
            )
        case LogTime(similar_log=log_id) if log_id:
            return message_text(UserMessage(DeliveryMessageId.SIMILAR_LOG, log_id))
        case DeleteLog(asks=True):
            return message_text(UserMessage(DeliveryMessageId.DELETED_ELSEWHERE))
        case CommentEntry() if delivery.state is DeliveryState.UNKNOWN:
            text = translate(
                "Problems",
                "The comment was sent and no answer came. It is not sent again, since it might be"
                " there twice. The entry and its time are safe: look into TimeCrowd, and type the"
                " comment there if it is missing.",
            )
        case FindCard(card_key):
            name = card_key.key
            text = translate(
                "Problems",
                "TimeCrowd names the card %1, and Kaiten does not show it to you. The entry and its"
                " time are safe, and nothing is logged on any other card. Choose its card, or try"
                " again once Kaiten shows it.",
            )
        case _ if delivery.state is DeliveryState.UNKNOWN:
            text = translate(
                "Problems",
                "It was sent, no answer came, and whether it arrived could not be found out. Look"
                " into %1 first: sent again it might be there twice.",
            )
        case _ if (own := find_own_message(delivery.error)) and not _tells_status(own):
            return messages.delivery_error_text(delivery)
        case _:
            text = fill(_refusal_text(delivery.refused_status), name)
            return (
                join_sentences(text, messages.delivery_error_text(delivery))
                if delivery.is_refused_without_message
                else text
            )
    return fill(text, name)


def _tells_status(own: UserMessage) -> bool:
    """Whether it says what a status means, which is said here together with what to do."""
    return isinstance(own.id, RefusalMessageId)


def _refusal_text(status: int | None) -> str:
    """In plain words; what the service says of these is often nothing at all (API page "403")."""
    translate = QCoreApplication.translate
    text = translate("Problems", "%1 refused. The time is kept here until you decide.")
    match status:
        case 402:
            text = translate(
                "Problems",
                "%1 does not allow this with your company's plan. The time is kept here; try again"
                " when that has changed.",
            )
        case 403 | 404:
            text = translate(
                "Problems",
                "%1 does not show this to you: it may have been removed, or you have no access."
                " The time is kept here until you decide.",
            )
        case 422:
            text = translate(
                "Problems",
                "%1 does not take it like this. The time is kept here until you decide.",
            )
        case _:
            pass
    return text


def service_error(problem: Problem) -> str:
    """What the service itself said, "" where the plain words say all of it."""
    delivery = problem.delivery
    if isinstance(delivery.message, FindCard):
        return ""
    theirs = delivery.state is DeliveryState.BLOCKED and delivery.refused_status is not None
    theirs = theirs and find_own_message(delivery.error) is None
    return delivery.error if theirs and not delivery.is_refused_without_message else ""


def dropped_message(delivery: Delivery) -> str:
    """After a drop."""
    translate = QCoreApplication.translate
    match delivery.message:
        case LogTime(similar_log=log_id) if log_id:
            return translate("Problems", "Nothing is sent: the log in Kaiten is this entry's.")
        case DeleteLog(asks=True):
            return translate("Problems", "The log stays in Kaiten.")
        case _:
            template = translate("Problems", "Will not be sent: %1")
            return fill(template, message_description(delivery))


def more_count(count: int) -> str:
    """That not all are shown."""
    return tr("And %Ln more.", "problems", count)


def _conflict_text(problem: Problem, zone: tzinfo) -> str:
    text = QCoreApplication.translate(
        "Problems",
        "Another device stopped this entry at %1; here it was stopped at %2. TimeCrowd's stop is"
        " left as it is until you decide.",
    )
    message, remote = problem.delivery.message, problem.logged.remote
    there = remote.stopped_at if remote else None
    here = message.stopped_at if isinstance(message, StopEntry) else None
    return fill(text, _time(there, zone), _time(here, zone))


def _time(instant: datetime | None, zone: tzinfo) -> str:
    return format_time(instant, zone) if instant else ""
