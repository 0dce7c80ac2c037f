"""What is to be shown or withdrawn, one after the other, and what happens when nobody answers.

Of each topic only the latest wish is kept, so a service that hangs holds up nothing but itself.
"""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass

from timer_app.domain.reminders.notification import Notification, NotifierState, Topic, Urgency
from timer_app.services.reminders.ports import OnNotificationAction

SLOW_SECONDS = 5.0
"""After so long without an answer the service counts as slow; it may still show the notification.
"""
GIVEN_UP_SECONDS = 120.0
CLOSING_SECONDS = 0.25

NotificationFallback = Callable[[Notification], None]

_log = logging.getLogger(__name__)


class NotificationFailed(Exception):
    """The service did not take it. The text says why, `state` how the service is."""

    def __init__(self, state: NotifierState, text: str) -> None:
        super().__init__(text)
        self.state = state


@dataclass(eq=False)
class QueuedNotification:
    """A notification to show; `fell_back` once it was shown in another way."""

    notification: Notification
    on_action: OnNotificationAction
    fell_back: bool = False


class NotificationQueue(ABC):
    """Implements the port `Notifier` but for the service itself."""

    def __init__(self, fallback: NotificationFallback, slow_seconds: float = SLOW_SECONDS) -> None:
        self._fallback = fallback
        self._slow_seconds = slow_seconds
        self._state = NotifierState.UNTRIED
        self._pending: dict[Topic, QueuedNotification | None] = {}
        self._pending_event = asyncio.Event()

    @property
    def state(self) -> NotifierState:
        """See the port."""
        return self._state

    def show(self, notification: Notification, on_action: OnNotificationAction) -> None:
        """See the port."""
        queued = QueuedNotification(notification, on_action)
        self._enqueue(notification.topic, queued)
        if self._state is NotifierState.SLOW:
            self._use_fallback_if_critical(queued)

    def withdraw(self, topic: Topic) -> None:
        """See the port."""
        if topic in self._pending or self._is_shown(topic):
            self._enqueue(topic, None)

    async def run(self) -> None:
        """See the port."""
        while True:
            await self._pending_event.wait()
            self._pending_event.clear()
            while self._pending:
                topic = next(iter(self._pending))
                queued = self._pending.pop(topic)
                if queued is None:
                    await self._withdraw_shown(topic)
                else:
                    await self._show_queued(queued)

    def _enqueue(self, topic: Topic, queued: QueuedNotification | None) -> None:
        self._pending[topic] = queued
        self._pending_event.set()

    async def _show_queued(self, queued: QueuedNotification) -> None:
        loop = asyncio.get_running_loop()
        watch = loop.call_later(self._slow_seconds, self._on_slow, queued)
        try:
            self._state = await self._show(queued)
        except NotificationFailed as problem:
            self._state = problem.state
            _log.info("a notification was not shown: %s", problem)
            self._use_fallback(queued)
            self._keep_for_later(queued)
        finally:
            watch.cancel()

    async def _show_critical(self) -> None:
        """Show what is critical and still waits, as the app ends. CLOSING_SECONDS at most."""
        pending, self._pending = self._pending, {}
        try:
            async with asyncio.timeout(CLOSING_SECONDS):
                for queued in pending.values():
                    if queued is not None and queued.notification.urgency is Urgency.CRITICAL:
                        await self._show_queued(queued)
        except TimeoutError:
            _log.info("the notification service did not answer as the app ended")

    def _on_slow(self, queued: QueuedNotification) -> None:
        self._state = NotifierState.SLOW
        _log.info("the notification service does not answer")
        for each in (queued, *self._pending.values()):
            if each is not None:
                self._use_fallback_if_critical(each)

    def _use_fallback_if_critical(self, queued: QueuedNotification) -> None:
        """Rather twice than never."""
        if queued.notification.urgency is Urgency.CRITICAL:
            self._use_fallback(queued)

    def _use_fallback(self, queued: QueuedNotification) -> None:
        if not queued.fell_back:
            queued.fell_back = True
            self._fallback(queued.notification)

    @abstractmethod
    async def _show(self, queued: QueuedNotification) -> NotifierState:
        """Show it in place of the present one of its topic.

        Returns the state of the service. Raises NotificationFailed.
        """

    @abstractmethod
    async def _withdraw_shown(self, topic: Topic) -> None:
        """Withdraw the notification of the topic. Raises nothing."""

    @abstractmethod
    def _is_shown(self, topic: Topic) -> bool:
        """Whether there is anything to withdraw, as far as is known."""

    @abstractmethod
    def _keep_for_later(self, queued: QueuedNotification) -> None:
        """It was not taken: keep it, where there may be a better moment."""

    @abstractmethod
    async def close(self) -> None:
        """See the port."""
