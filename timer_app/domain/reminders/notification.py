"""The desktop's notifications as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Topic(Enum):
    """The subject of a notification. One of each topic is shown: a newer one replaces it."""

    STARTED_ELSEWHERE = "started-elsewhere"
    STOPPED_ELSEWHERE = "stopped-elsewhere"
    CLOCK = "clock"
    TIMER = "timer"
    NEEDS_PERSON = "needs-person"
    JOURNAL = "journal"
    APP = "app"
    UPDATE = "update"
    MENU = "menu"
    LONG_RUN = "long-run"
    NOTHING_RUNS = "nothing-runs"
    DAY_ENDS = "day-ends"


class NotificationAction(Enum):
    """What a button does."""

    OPEN = "open"
    START = "start"
    STOP = "stop"
    STOP_EARLIER = "stop-earlier"
    SNOOZE = "keep-on"
    UNDO = "undo"
    ADD_TO_MENU = "add-to-menu"
    USE_OWN_STOP = "use-own-stop"


class Urgency(Enum):
    """How important it is; the desktop decides what it shows in quiet hours."""

    LOW = "low"
    NORMAL = "normal"
    CRITICAL = "loud"


@dataclass(frozen=True, slots=True)
class Button:
    """An action with its label, in the present language."""

    action: NotificationAction
    label: str


@dataclass(frozen=True, slots=True)
class Notification:
    """Title and text are plain text.

    One that `is_persistent` asks something: it stays until it is answered.

    A click on the notification itself opens the app, whatever its buttons are; `open_label` says
    so where a desktop draws a button for it.
    """

    topic: Topic
    title: str
    text: str = ""
    buttons: tuple[Button, ...] = ()
    urgency: Urgency = Urgency.NORMAL
    is_persistent: bool = False
    open_label: str = "Open"


class NotifierState(Enum):
    """The last known state of the desktop's notification service."""

    UNTRIED = "untried"
    WITH_ACTIONS = "with actions"
    WITHOUT_ACTIONS = "without actions"
    ABSENT = "absent"
    SLOW = "slow"
