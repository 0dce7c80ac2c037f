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
        """How the notification service is, as last seen."""
        ...

    def show(self, notification: Notification, on_action: OnNotificationAction) -> None:
        """Show it in place of an earlier one of its topic; `on_action` is called on a click."""
        ...

    def withdraw(self, topic: Topic) -> None:
        """Take it away: it has become pointless. Nothing where none of the topic is shown."""
        ...

    async def run(self) -> None:
        """Do what was asked for, until cancelled."""
        ...

    async def close(self) -> None:
        """Take away what would be clicked in vain. Soon over, whatever the desktop does."""
        ...


class ReminderStore(Protocol):
    """What was reminded of, over a restart. Where it cannot be kept, it is not."""

    def load(self) -> ReminderRecord:
        """What was kept last."""
        ...

    def save(self, record: ReminderRecord) -> None:
        """Keep this in its place."""
        ...
