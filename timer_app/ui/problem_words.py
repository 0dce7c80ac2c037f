"""What the problems window says: values in, translated sentences out."""

from __future__ import annotations

from datetime import datetime, tzinfo

from PySide6.QtCore import QCoreApplication

from timer_app.domain.delivery import (
    ChangeLog,
    CorrectTimes,
    DeleteEntry,
    DeleteLog,
    Delivery,
    DeliveryState,
    LogTime,
    RecordEntry,
    RemoveDoubleEntry,
    RemoveDoubleLog,
    StartEntry,
    StopEntry,
    ToKaiten,
    ToTimeCrowd,
    is_conflict,
    service_of,
)
from timer_app.services.ports import LoggedEntry
from timer_app.services.problem_list import Problem
from timer_app.services.ways import Way
from timer_app.ui import reasons
from timer_app.ui.wording import day, filled, from_to, joined, number, service_name, time_of_day, tr


def when(logged: LoggedEntry, zone: tzinfo) -> str:
    """From when to when the entry was."""
    began = logged.entry.started_at.astimezone(zone)
    begin = f"{day(began.date())} {time_of_day(logged.entry.started_at, zone)}"
    if logged.stopped_at is None:
        return begin
    return from_to(begin, time_of_day(logged.stopped_at, zone))


def what(delivery: Delivery) -> str:
    """What was to be told."""
    message = delivery.message
    return _to_kaiten(message) if isinstance(message, ToKaiten) else _to_timecrowd(message)


def _to_timecrowd(message: ToTimeCrowd) -> str:
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
        case DeleteEntry():
            return translate("Problems", "TimeCrowd: the removal of the entry")
        case RemoveDoubleEntry():
            return translate("Problems", "TimeCrowd: the entry is there twice")


def _to_kaiten(message: ToKaiten) -> str:
    translate, date = QCoreApplication.translate, day(message.for_date)
    match message:
        case LogTime(minutes=minutes):
            return filled(translate("Problems", "Kaiten: %1 min on %2"), number(minutes), date)
        case ChangeLog(minutes=minutes):
            changed = translate("Problems", "Kaiten: the log of %2 changed to %1 min")
            return filled(changed, number(minutes), date)
        case DeleteLog():
            return filled(translate("Problems", "Kaiten: the removal of the log of %1"), date)
        case RemoveDoubleLog():
            return filled(translate("Problems", "Kaiten: the log of %1 is there twice"), date)


def why(problem: Problem, zone: tzinfo) -> str:
    """In plain words what happened, and what is safe."""
    translate, delivery = QCoreApplication.translate, problem.delivery
    name = service_name(service_of(delivery.message))
    if is_conflict(delivery, problem.logged.remote):
        return _both_stopped(problem, zone)
    match delivery.message:
        case RemoveDoubleEntry() | RemoveDoubleLog():
            return translate(
                "Problems", "A request that was held up arrived after it had been sent again."
            )
        case _ if delivery.state is DeliveryState.UNKNOWN:
            text = translate(
                "Problems",
                "It was sent, no answer came, and looking could not tell whether it arrived. Look"
                " into %1 first: sent again it might be there twice.",
            )
        case _:
            text = filled(_refused(delivery.refused_status), name)
            return joined(text, reasons.of_delivery(delivery)) if delivery.wordless else text
    return filled(text, name)


def _refused(status: int | None) -> str:
    """In plain words; what the service says of these is often nothing at all (API page "403")."""
    translate = QCoreApplication.translate
    text = translate("Problems", "%1 said no. The time is kept here until you decide.")
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


def their_words(problem: Problem) -> str:
    """What the service itself said, "" where the plain words say all of it."""
    refused = problem.delivery.state is DeliveryState.BLOCKED
    ours = is_conflict(problem.delivery, problem.logged.remote)
    double = isinstance(problem.delivery.message, RemoveDoubleEntry | RemoveDoubleLog)
    theirs = refused and not ours and not double and not problem.delivery.wordless
    return problem.delivery.error if theirs else ""


def button(way: Way) -> str:
    """What a button says."""
    translate = QCoreApplication.translate
    return {
        Way.SEND_AGAIN: translate("Problems", "Try again"),
        Way.SEND_IF_NOT_THERE: translate("Problems", "It is not there: send again"),
        Way.OTHER_CARD: translate("Problems", "Other card…"),
        Way.CHANGE: translate("Problems", "Change…"),
        Way.NEVER_SEND: translate("Problems", "Never send"),
        Way.TAKE_THEIRS: translate("Problems", "Take the other stop"),
        Way.KEEP_OURS: translate("Problems", "Keep the stop made here"),
        Way.LEAVE_BOTH: translate("Problems", "Leave both"),
        Way.REMOVE_OURS: translate("Problems", "Remove one"),
        Way.KEEP_BOTH: translate("Problems", "Keep both"),
        Way.LOOK_AGAIN: translate("Problems", "I removed it: look again"),
        Way.LEAVE_THERE: translate("Problems", "Leave it there"),
    }[way]


def dropped(delivery: Delivery) -> str:
    """After a drop."""
    return filled(QCoreApplication.translate("Problems", "Will not be sent: %1"), what(delivery))


def more(count: int) -> str:
    """That not all are shown."""
    return tr("And %Ln more.", "problems", count)


def _both_stopped(problem: Problem, zone: tzinfo) -> str:
    text = QCoreApplication.translate(
        "Problems",
        "Another device stopped this entry at %1; here it was stopped at %2. TimeCrowd's stop is"
        " left as it is until you decide.",
    )
    message, remote = problem.delivery.message, problem.logged.remote
    there = remote.stopped_at if remote else None
    here = message.stopped_at if isinstance(message, StopEntry) else None
    return filled(text, _time(there, zone), _time(here, zone))


def _time(instant: datetime | None, zone: tzinfo) -> str:
    return time_of_day(instant, zone) if instant else ""
