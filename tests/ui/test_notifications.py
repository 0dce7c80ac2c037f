"""What notifications say, and what can be pressed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from tests.ui.conftest import CARD, NOW, WORDS
from timer_app.domain.delivery import Delivery, DeliveryState, StartEntry
from timer_app.domain.entry import Entry, FinishedEntry, Source
from timer_app.domain.notice import ClockWasSet, StartedElsewhere, StoppedElsewhere
from timer_app.domain.notification import Action, Notification, Topic, Urgency
from timer_app.domain.reminding import DayEnds, LongRun, NothingRuns
from timer_app.services.ports import LoggedEntry
from timer_app.ui.notifications import (
    length,
    of_notice,
    of_problems,
    of_reminder,
    of_start,
    of_stop,
    of_trouble,
    of_update,
)

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
ENTRY = Entry("e1", CARD, NOW - 4 * HOUR, Source.CLICK)


def actions(notification: Notification) -> list[Action]:
    assert all(button.label for button in notification.buttons)
    return [button.action for button in notification.buttons]


def test_a_long_run() -> None:
    said = of_reminder(LongRun(ENTRY, 4 * HOUR + 5 * MINUTE), CARD)
    assert (said.topic, said.title, said.text) == (
        Topic.LONG_RUN, "Running for 4 h 05 min", CARD.title,
    )  # fmt: skip
    assert actions(said) == [Action.STOP, Action.STOP_EARLIER, Action.KEEP_ON]
    assert said.stays


def test_nothing_runs() -> None:
    said = of_reminder(NothingRuns(), CARD)
    assert said.title == "Nothing is running"
    assert CARD.title in said.text
    assert actions(said) == [Action.START, Action.OPEN]
    assert actions(of_reminder(NothingRuns(), None)) == [Action.OPEN]


@pytest.mark.parametrize(
    ("waiting", "needing", "text"),
    [
        (2, 0, "Waiting for a service: 2. It is sent by itself."),
        (0, 1, "Needs you: 1"),
        (2, 1, "Needs you: 1\nWaiting for a service: 2. It is sent by itself."),
    ],
)
def test_the_day_ends(waiting: int, needing: int, text: str) -> None:
    said = of_reminder(DayEnds(waiting, needing), None)
    assert (said.title, said.text) == ("The working day is over", text)
    assert actions(said) == [Action.OPEN]


def test_elsewhere() -> None:
    started = StartedElsewhere(CARD, NOW)
    runs = of_notice(started, UTC, runs=True)
    assert runs.text == "Started on another device at 12:00:00: Ship the tray timer"
    assert actions(runs) == [Action.STOP, Action.OPEN]
    assert actions(of_notice(started, UTC, runs=False)) == [Action.OPEN]
    stopped = of_notice(StoppedElsewhere(CARD, NOW), UTC, runs=False)
    assert actions(stopped) == [Action.OPEN]
    assert stopped.topic is not runs.topic  # a switch elsewhere says both


def test_a_clock_that_was_set_is_said_with_the_place_to_look() -> None:
    said = of_notice(ClockWasSet(HOUR, NOW), UTC, runs=False)
    assert actions(said) == [Action.OPEN]
    assert "+1:00:00" in said.text


def problem(number: int, error: str) -> tuple[LoggedEntry, Delivery]:
    delivery = Delivery(number, "e1", StartEntry(CARD, NOW), DeliveryState.BLOCKED, 1, None, error)
    return LoggedEntry(ENTRY, NOW, (delivery,)), delivery


def test_what_needs_a_person() -> None:
    said = of_problems([problem(1, "No such team.")])
    assert said.title == "TimeCrowd needs you: Ship the tray timer"
    assert said.text == "No such team.\nNothing is lost: it is kept until you decide."
    assert actions(said) == [Action.OPEN]
    assert of_problems([problem(1, "")]).text == "Nothing is lost: it is kept until you decide."
    assert len(of_problems([problem(1, "long " * 500)]).text) < 300
    several = of_problems([problem(1, "a"), problem(2, "b")])
    assert several.title == "2 deliveries need you"


def test_trouble_is_loud() -> None:
    said = of_trouble(Topic.JOURNAL, "The disk is full.")
    assert said.urgency is Urgency.LOUD
    assert said.stays


def test_a_newer_version_is_told_quietly() -> None:
    said = of_update("0.2.0", "0.1.0")
    assert (said.title, said.urgency, said.stays) == (
        "Timer App 0.2.0 is there",
        Urgency.LOW,
        False,
    )
    assert said.text.startswith("This is 0.1.0.")
    assert actions(said) == []


def test_a_key_s_answer_is_quiet_and_a_stop_can_be_undone() -> None:
    finished = FinishedEntry(replace(ENTRY, task=WORDS), NOW)
    stopped = of_stop(finished)
    assert (stopped.title, stopped.text) == ("Stopped after 4 h 00 min", WORDS.title)
    assert actions(stopped) == [Action.UNDO, Action.OPEN]
    started = of_start(WORDS)
    assert started.topic is stopped.topic is Topic.TIMER
    assert started.urgency is stopped.urgency is Urgency.LOW


@pytest.mark.parametrize(
    ("took", "said"),
    [(timedelta(0), "0 min"), (59 * MINUTE, "59 min"), (HOUR, "1 h 00 min"),
     (26 * HOUR + 5 * MINUTE, "26 h 05 min")],
)  # fmt: skip
def test_lengths(took: timedelta, said: str) -> None:
    assert length(took) == said


def test_what_a_title_holds_is_left_as_it_is() -> None:
    task = replace(WORDS, title="100%1 <b>&amp;")
    assert of_reminder(LongRun(replace(ENTRY, task=task), 4 * HOUR), None).text == task.title
