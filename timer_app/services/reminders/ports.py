"""What reminders need from the world: notifications, and a memory over restarts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from timer_app.domain.reminders.notification import (
    Notification,
    NotificationAction,
    NotifierState,
    Topic,
)
from timer_app.domain.reminders.schedule import ReminderRecord

OnNotificationAction = Callable[["NotificationAction", str], None]
"""A person chose that action; the token lets a window come to the front (Wayland), or is ""."""


class Notifier(Protocol):
    """The desktop's notifications. Nothing here waits or raises, whatever the desktop does."""

    @property
    def state(self) -> NotifierState:
        """The last known state of the notification service."""
        ...

    def show(self, notification: Notification, on_action: OnNotificationAction) -> None:
        """Show it in place of an earlier one of its topic; `on_action` is called on a click."""
        ...

    def withdraw(self, topic: Topic) -> None:
        """Withdraw the notification of a topic, if one is shown."""
        ...

    async def run(self) -> None:
        """Process the queue until cancelled."""
        ...

    async def close(self) -> None:
        """Show what is critical and waits, withdraw what has buttons. Bounded in time."""
        ...


class ReminderStore(Protocol):
    """Remembers reminders over a restart. Failures are ignored."""

    def load(self) -> ReminderRecord:
        """The last saved record."""
        ...

    def save(self, record: ReminderRecord) -> None:
        """Save this record in place of the last one."""
        ...
