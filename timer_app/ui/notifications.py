"""What notifications say, translated. Types come in, a Notification comes out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta, tzinfo

from PySide6.QtCore import QCoreApplication

from timer_app.domain.delivery import Delivery, service_of
from timer_app.domain.entry import FinishedEntry
from timer_app.domain.notice import ClockWasSet, Notice, StartedElsewhere, StoppedElsewhere
from timer_app.domain.notification import Action, Button, Notification, Topic, Urgency
from timer_app.domain.reminding import DayEnds, LongRun, NothingRuns, Reminder
from timer_app.domain.task import Task
from timer_app.services.ports import LoggedEntry
from timer_app.ui import reasons, wording

_LONGEST = 240
"""Letters of a service's own words that fit into a notification; `problems` has them all."""


def of_notice(notice: Notice, zone: tzinfo, *, runs: bool) -> Notification:
    """What happened without the person; `runs` says whether what began elsewhere still does."""
    said = wording.happened(notice, zone)
    match notice:
        case StartedElsewhere():
            buttons = _buttons(*((Action.STOP, Action.OPEN) if runs else (Action.OPEN,)))
            return Notification(Topic.STARTED_ELSEWHERE, "Timer App", said, buttons)
        case StoppedElsewhere():
            return Notification(Topic.STOPPED_ELSEWHERE, "Timer App", said, _buttons(Action.OPEN))
        case ClockWasSet():
            return Notification(Topic.CLOCK, "Timer App", said, _buttons(Action.OPEN))


def of_reminder(reminder: Reminder, last: Task | None) -> Notification:
    """What a person is to be reminded of; `last` is the task that can be started at once."""
    match reminder:
        case LongRun(entry, ran):
            title = QCoreApplication.translate("Notifications", "Running for %1")
            buttons = _buttons(Action.STOP, Action.STOP_EARLIER, Action.KEEP_ON)
            return Notification(
                Topic.LONG_RUN, wording.filled(title, length(ran)), entry.task.title, buttons,
                stays=True,
            )  # fmt: skip
        case NothingRuns():
            return _nothing_runs(last)
        case DayEnds():
            return _day_ends(reminder)


def of_problems(found: Sequence[tuple[LoggedEntry, Delivery]]) -> Notification:
    """What a service refused, or what else only a person can decide; `found` is not empty."""
    translate = QCoreApplication.translate
    kept = translate("Notifications", "Nothing is lost: it is kept until you decide.")
    logged, delivery = found[0]
    if len(found) > 1:
        title = translate("Notifications", "%1 deliveries need you")
        said = translate("Notifications", "Nothing is lost: they are kept until you decide.")
        return _needs_person(wording.filled(title, wording.number(len(found))), said)
    title = translate("Notifications", "%1 needs you: %2")
    service = wording.service_name(service_of(delivery.message))
    reason = wording.cut(reasons.of_delivery(delivery).strip(), _LONGEST)
    said = f"{reason}\n{kept}" if reason else kept
    return _needs_person(wording.filled(title, service, logged.entry.task.title), said)


def of_trouble(topic: Topic, sentence: str) -> Notification:
    """The app or its journal is in trouble: loud, since work may go unrecorded."""
    return Notification(
        topic, "Timer App", sentence, _buttons(Action.OPEN), Urgency.LOUD, stays=True
    )


def of_update(found: str, ours: str) -> Notification:
    """There is a newer version. Nothing is downloaded: who wants it gets it."""
    translate = QCoreApplication.translate
    title = wording.filled(translate("Notifications", "Timer App %1 is there"), found)
    said = translate("Notifications", "This is %1. Get the new one where you got this one.")
    return Notification(Topic.UPDATE, title, wording.filled(said, ours), urgency=Urgency.LOW)


def of_start(task: Task) -> Notification:
    """It was started where no tray shows it."""
    title = QCoreApplication.translate("Notifications", "Started")
    return Notification(Topic.TIMER, title, task.title, _buttons(Action.OPEN), Urgency.LOW)


def of_stop(finished: FinishedEntry) -> Notification:
    """It was stopped; Undo lets it go on."""
    title = QCoreApplication.translate("Notifications", "Stopped after %1")
    took = length(timedelta(seconds=finished.seconds))
    return Notification(
        Topic.TIMER, wording.filled(title, took), finished.entry.task.title,
        _buttons(Action.UNDO, Action.OPEN), Urgency.LOW,
    )  # fmt: skip


def length(took: timedelta) -> str:
    """A length in hours and minutes."""
    minutes = took // timedelta(minutes=1)
    if minutes < 60:
        said = QCoreApplication.translate("Notifications", "%1 min")
        return wording.filled(said, wording.number(minutes))
    said = QCoreApplication.translate("Notifications", "%1 h %2 min")
    return wording.filled(said, wording.number(minutes // 60), f"{minutes % 60:02}")


def _nothing_runs(last: Task | None) -> Notification:
    translate = QCoreApplication.translate
    title = translate("Notifications", "Nothing is running")
    if last is None:
        said = translate("Notifications", "It is within your working hours.")
        return Notification(Topic.NOTHING_RUNS, title, said, _buttons(Action.OPEN))
    said = translate("Notifications", "It is within your working hours. Last task: %1")
    buttons = _buttons(Action.START, Action.OPEN)
    return Notification(Topic.NOTHING_RUNS, title, wording.filled(said, last.title), buttons)


def _day_ends(over: DayEnds) -> Notification:
    translate = QCoreApplication.translate
    title = translate("Notifications", "The working day is over")
    said = []
    if over.needing:
        said.append(wording.problems(over.needing))
    if over.waiting:
        waits = translate("Notifications", "Waiting for a service: %1. It is sent by itself.")
        said.append(wording.filled(waits, wording.number(over.waiting)))
    return Notification(Topic.DAY_ENDS, title, "\n".join(said), _buttons(Action.OPEN))


def _needs_person(title: str, text: str) -> Notification:
    return Notification(Topic.NEEDS_PERSON, title, text, _buttons(Action.OPEN))


def _buttons(*actions: Action) -> tuple[Button, ...]:
    return tuple(Button(action, _label(action)) for action in actions)


def _label(action: Action) -> str:
    translate = QCoreApplication.translate
    match action:
        case Action.OPEN:
            return translate("Notifications", "Open")
        case Action.START:
            return translate("Notifications", "Start")
        case Action.STOP:
            return translate("Notifications", "Stop")
        case Action.STOP_EARLIER:
            return translate("Notifications", "Stop earlier…")
        case Action.KEEP_ON:
            return translate("Notifications", "Keep on")
        case Action.UNDO:
            return translate("Notifications", "Undo")
