"""What notifications say, translated. Types come in, a Notification comes out."""

from __future__ import annotations

from datetime import timedelta, tzinfo

from PySide6.QtCore import QCoreApplication

from timer_app.domain.delivery.outbox import Delivery, LoggedEntry
from timer_app.domain.delivery.service_messages import service_of
from timer_app.domain.entries.entry import FinishedEntry
from timer_app.domain.entries.task import Task
from timer_app.domain.reminders.notice import (
    ClockChangedNotice,
    ClockWrongNotice,
    EarlierStopNotice,
    Notice,
    RemoteDeletionNotice,
    RemoteHistoryNotice,
    RemoteStartNotice,
    RemoteStopNotice,
    notice_message,
)
from timer_app.domain.reminders.notification import (
    Button,
    Notification,
    NotificationAction,
    Topic,
    Urgency,
)
from timer_app.domain.reminders.schedule import (
    LongRunningEntry,
    NothingRunning,
    Reminder,
    WorkdayEnded,
)
from timer_app.domain.user_message import fill
from timer_app.ui import messages, wording

_LONGEST = 240
"""Letters of a service's own words that fit into a notification; `problems` has them all."""


def notice_notification(notice: Notice, zone: tzinfo, *, runs: bool) -> Notification:
    """What happened without the person; `runs` says whether what began elsewhere still does."""
    body = wording.message_text(notice_message(notice, zone))
    match notice:
        case RemoteStartNotice():
            buttons = _buttons(
                *(
                    (NotificationAction.STOP, NotificationAction.OPEN)
                    if runs
                    else (NotificationAction.OPEN,)
                )
            )
            return Notification(Topic.STARTED_ELSEWHERE, "Timer App", body, buttons)
        case RemoteStopNotice() | RemoteHistoryNotice() | RemoteDeletionNotice():
            return Notification(
                Topic.STOPPED_ELSEWHERE, "Timer App", body, _buttons(NotificationAction.OPEN)
            )
        case EarlierStopNotice(local_stop=local_stop):
            label = QCoreApplication.translate("Notifications", "Use %1 instead")
            time_of_day = local_stop.astimezone(zone).strftime("%H:%M")
            use = Button(NotificationAction.USE_OWN_STOP, fill(label, time_of_day))
            return Notification(
                Topic.STOPPED_ELSEWHERE,
                "Timer App",
                body,
                (use, *_buttons(NotificationAction.OPEN)),
            )
        case ClockChangedNotice() | ClockWrongNotice():
            return Notification(Topic.CLOCK, "Timer App", body, _buttons(NotificationAction.OPEN))


def reminder_notification(reminder: Reminder, last: Task | None) -> Notification:
    """What a person is to be reminded of; `last` is the task that can be started at once."""
    match reminder:
        case LongRunningEntry(entry, elapsed):
            title = QCoreApplication.translate("Notifications", "Running for %1")
            buttons = _buttons(
                NotificationAction.STOP, NotificationAction.STOP_EARLIER, NotificationAction.SNOOZE
            )
            return Notification(
                Topic.LONG_RUN,
                fill(title, format_duration(elapsed)),
                entry.task.title,
                buttons,
                is_persistent=True,
            )
        case NothingRunning():
            return _nothing_runs(last)
        case WorkdayEnded():
            return _day_ends(reminder)


def problem_notification(logged: LoggedEntry, delivery: Delivery, count: int) -> Notification:
    """What a service refused, or what else only a person can decide; the first of `count`."""
    translate = QCoreApplication.translate
    kept = translate("Notifications", "Nothing is lost: it is kept until you decide.")
    if count > 1:
        title = translate("Notifications", "%1 deliveries need your attention")
        body = translate("Notifications", "Nothing is lost: they are kept until you decide.")
        return _needs_person(fill(title, wording.format_number(count)), body)
    title = translate("Notifications", "%1 needs your attention: %2")
    service = wording.service_name(service_of(delivery.message))
    reason = wording.elide(messages.delivery_error_text(delivery).strip(), _LONGEST)
    body = f"{reason}\n{kept}" if reason else kept
    return _needs_person(fill(title, service, logged.entry.task.title), body)


def alert_notification(topic: Topic, sentence: str) -> Notification:
    """The app or its journal has a problem: urgent, since work may go unrecorded."""
    return Notification(
        topic,
        "Timer App",
        sentence,
        _buttons(NotificationAction.OPEN),
        Urgency.CRITICAL,
        is_persistent=True,
    )


def lost_notification(sentence: str) -> Notification:
    """Something was not kept when the app ended. Without buttons: nobody could answer them."""
    return Notification(
        Topic.JOURNAL, "Timer App", sentence, urgency=Urgency.CRITICAL, is_persistent=True
    )


def update_notification(found: str, ours: str) -> Notification:
    """There is a newer version. Nothing is downloaded: who wants it gets it."""
    translate = QCoreApplication.translate
    title = fill(translate("Notifications", "Timer App %1 is available"), found)
    template = translate("Notifications", "This is %1. Get the new one where you got this one.")
    return Notification(Topic.UPDATE, title, fill(template, ours), urgency=Urgency.LOW)


def menu_notification() -> Notification:
    """An offer to put the app into the desktop's menu."""
    body = QCoreApplication.translate(
        "Notifications",
        "It is in no menu yet. Without an entry there your desktop may refuse it hot keys, and"
        " timer-app:// links do not open it. Later: Settings…, Start and links.",
    )
    return Notification(Topic.MENU, "Timer App", body, _buttons(NotificationAction.ADD_TO_MENU))


def started_notification(task: Task) -> Notification:
    """It was started where no tray shows it."""
    title = QCoreApplication.translate("Notifications", "Started")
    return Notification(
        Topic.TIMER, title, task.title, _buttons(NotificationAction.OPEN), Urgency.LOW
    )


def stopped_notification(finished: FinishedEntry) -> Notification:
    """It was stopped; Undo lets it go on."""
    title = QCoreApplication.translate("Notifications", "Stopped after %1")
    took = format_duration(timedelta(seconds=finished.seconds))
    return Notification(
        Topic.TIMER, fill(title, took), finished.entry.task.title,
        _buttons(NotificationAction.UNDO, NotificationAction.OPEN), Urgency.LOW,
    )  # fmt: skip


def format_duration(took: timedelta) -> str:
    """A length in hours and minutes."""
    minutes = took // timedelta(minutes=1)
    if minutes < 60:
        template = QCoreApplication.translate("Notifications", "%1 min")
        return fill(template, wording.format_number(minutes))
    template = QCoreApplication.translate("Notifications", "%1 h %2 min")
    return fill(template, wording.format_number(minutes // 60), f"{minutes % 60:02}")


def _nothing_runs(last: Task | None) -> Notification:
    translate = QCoreApplication.translate
    title = translate("Notifications", "Nothing is running")
    if last is None:
        body = translate("Notifications", "It is within your working hours.")
        return Notification(Topic.NOTHING_RUNS, title, body, _buttons(NotificationAction.OPEN))
    body = translate("Notifications", "It is within your working hours. Last task: %1")
    buttons = _buttons(NotificationAction.START, NotificationAction.OPEN)
    return Notification(Topic.NOTHING_RUNS, title, fill(body, last.title), buttons)


def _day_ends(over: WorkdayEnded) -> Notification:
    translate = QCoreApplication.translate
    title = translate("Notifications", "The working day is over")
    sentences = []
    if over.needing_user:
        sentences.append(wording.problem_count(over.needing_user))
    if over.waiting:
        waits = translate("Notifications", "Waiting for a service: %1. It is sent by itself.")
        sentences.append(fill(waits, wording.format_number(over.waiting)))
    return Notification(
        Topic.DAY_ENDS, title, "\n".join(sentences), _buttons(NotificationAction.OPEN)
    )


def _needs_person(title: str, text: str) -> Notification:
    return Notification(Topic.NEEDS_PERSON, title, text, _buttons(NotificationAction.OPEN))


def open_label() -> str:
    """What a click on a notification does."""
    return _label(NotificationAction.OPEN)


def _buttons(*actions: NotificationAction) -> tuple[Button, ...]:
    return tuple(Button(action, _label(action)) for action in actions)


def _label(action: NotificationAction) -> str:
    translate = QCoreApplication.translate
    return {
        NotificationAction.OPEN: translate("Notifications", "Open"),
        NotificationAction.START: translate("Notifications", "Start"),
        NotificationAction.STOP: translate("Notifications", "Stop"),
        NotificationAction.STOP_EARLIER: translate("Notifications", "Stop earlier…"),
        NotificationAction.SNOOZE: translate("Notifications", "Keep on"),
        NotificationAction.UNDO: translate("Notifications", "Undo"),
        NotificationAction.ADD_TO_MENU: translate("Notifications", "Add to the menu"),
    }[action]
