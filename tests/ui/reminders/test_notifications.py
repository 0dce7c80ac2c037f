"""What notifications say, and what can be pressed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from tests.ui.conftest import CARD, NOW, WORDS
from timer_app.domain.delivery.outbox import (
    Delivery,
    DeliveryState,
    LoggedEntry,
)
from timer_app.domain.delivery.service_messages import StartEntry
from timer_app.domain.entries.entry import Entry, FinishedEntry, Source
from timer_app.domain.reminders.notice import (
    ClockChangedNotice,
    EarlierStopNotice,
    RemoteStartNotice,
    RemoteStopNotice,
)
from timer_app.domain.reminders.notification import Notification, NotificationAction, Topic, Urgency
from timer_app.domain.reminders.schedule import LongRunningEntry, NothingRunning, WorkdayEnded
from timer_app.ui.reminders.notifications import (
    alert_notification,
    format_duration,
    notice_notification,
    problem_notification,
    reminder_notification,
    started_notification,
    stopped_notification,
    update_notification,
)

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
ENTRY = Entry("e1", CARD, NOW - 4 * HOUR, Source.CLICK)


def actions(notification: Notification) -> list[NotificationAction]:
    assert all(button.label for button in notification.buttons)
    return [button.action for button in notification.buttons]


def test_a_long_run() -> None:
    said = reminder_notification(LongRunningEntry(ENTRY, 4 * HOUR + 5 * MINUTE), CARD)
    assert (said.topic, said.title, said.text) == (
        Topic.LONG_RUN, "Running for 4 h 05 min", CARD.title,
    )  # fmt: skip
    assert actions(said) == [
        NotificationAction.STOP,
        NotificationAction.STOP_EARLIER,
        NotificationAction.SNOOZE,
    ]
    assert said.is_persistent


def test_nothing_runs() -> None:
    said = reminder_notification(NothingRunning(), CARD)
    assert said.title == "Nothing is running"
    assert CARD.title in said.text
    assert actions(said) == [NotificationAction.START, NotificationAction.OPEN]
    assert actions(reminder_notification(NothingRunning(), None)) == [NotificationAction.OPEN]


@pytest.mark.parametrize(
    ("waiting", "needing_user", "text"),
    [
        (2, 0, "Waiting for a service: 2. It is sent by itself."),
        (0, 1, "Needs your attention: 1"),
        (2, 1, "Needs your attention: 1\nWaiting for a service: 2. It is sent by itself."),
    ],
)
def test_the_day_ends(waiting: int, needing_user: int, text: str) -> None:
    said = reminder_notification(WorkdayEnded(waiting, needing_user), None)
    assert (said.title, said.text) == ("The working day is over", text)
    assert actions(said) == [NotificationAction.OPEN]


def test_elsewhere() -> None:
    started = RemoteStartNotice(CARD, NOW)
    runs = notice_notification(started, UTC, runs=True)
    assert runs.text == "Started on another device at 12:00:00: Ship the tray timer."
    assert actions(runs) == [NotificationAction.STOP, NotificationAction.OPEN]
    assert actions(notice_notification(started, UTC, runs=False)) == [NotificationAction.OPEN]
    stopped = notice_notification(RemoteStopNotice(CARD, NOW), UTC, runs=False)
    assert actions(stopped) == [NotificationAction.OPEN]
    assert stopped.topic is not runs.topic  # a switch elsewhere says both


def test_a_switch_may_be_timecrowds_calendars_doing() -> None:
    said = notice_notification(RemoteStartNotice(CARD, NOW, is_switch=True), UTC, runs=True)
    assert "or by TimeCrowd's calendar at 12:00:00" in said.text


def test_an_earlier_stop_elsewhere_offers_the_one_made_here() -> None:
    notice = EarlierStopNotice("e1", CARD, NOW, NOW + 3 * HOUR)
    said = notice_notification(notice, UTC, runs=False)
    assert actions(said) == [NotificationAction.USE_OWN_STOP, NotificationAction.OPEN]
    assert said.buttons[0].label == "Use 15:00 instead"
    assert "12:00:00, before it was stopped here at 15:00:00" in said.text


def test_a_clock_that_was_set_is_said_with_the_place_to_look() -> None:
    said = notice_notification(ClockChangedNotice(HOUR, NOW), UTC, runs=False)
    assert actions(said) == [NotificationAction.OPEN]
    assert "set forward by 1:00:00" in said.text


def problem(number: int, error: str) -> tuple[LoggedEntry, Delivery]:
    delivery = Delivery(
        number, "e1", StartEntry(CARD, NOW), DeliveryState.BLOCKED, 1, None, error,
        refused_status=422 if error else None,
    )  # fmt: skip
    return LoggedEntry(ENTRY, NOW, (delivery,)), delivery


def test_what_needs_a_person() -> None:
    said = problem_notification(*problem(1, "No such team."), 1)
    assert said.title == "TimeCrowd needs your attention: Ship the tray timer"
    assert said.text == "No such team.\nNothing is lost: it is kept until you decide."
    assert actions(said) == [NotificationAction.OPEN]
    assert (
        problem_notification(*problem(1, ""), 1).text
        == "Nothing is lost: it is kept until you decide."
    )
    assert len(problem_notification(*problem(1, "long " * 500), 1).text) < 300
    several = problem_notification(*problem(1, "a"), 2)
    assert several.title == "2 deliveries need your attention"


def test_trouble_is_loud() -> None:
    said = alert_notification(Topic.JOURNAL, "The disk is full.")
    assert said.urgency is Urgency.CRITICAL
    assert said.is_persistent


def test_a_newer_version_is_reported_quietly() -> None:
    said = update_notification("0.2.0", "0.1.0")
    assert (said.title, said.urgency, said.is_persistent) == (
        "Timer App 0.2.0 is available",
        Urgency.LOW,
        False,
    )
    assert said.text.startswith("This is 0.1.0.")
    assert actions(said) == []


def test_a_key_s_answer_is_quiet_and_a_stop_can_be_undone() -> None:
    finished = FinishedEntry(replace(ENTRY, task=WORDS), NOW)
    stopped = stopped_notification(finished)
    assert (stopped.title, stopped.text) == ("Stopped after 4 h 00 min", WORDS.title)
    assert actions(stopped) == [NotificationAction.UNDO, NotificationAction.OPEN]
    started = started_notification(WORDS)
    assert started.topic is stopped.topic is Topic.TIMER
    assert started.urgency is stopped.urgency is Urgency.LOW


@pytest.mark.parametrize(
    ("took", "said"),
    [(timedelta(0), "0 min"), (59 * MINUTE, "59 min"), (HOUR, "1 h 00 min"),
     (26 * HOUR + 5 * MINUTE, "26 h 05 min")],
)  # fmt: skip
def test_lengths(took: timedelta, said: str) -> None:
    assert format_duration(took) == said


def test_what_a_title_holds_is_left_as_it_is() -> None:
    task = replace(WORDS, title="100%1 <b>&amp;")
    assert (
        reminder_notification(LongRunningEntry(replace(ENTRY, task=task), 4 * HOUR), None).text
        == task.title
    )
