"""Notifications of Windows and macOS, by desktop-notifier's back ends.

Not run here on either: run here over the library's own D-Bus back end, which takes the same calls.
The library is imported and made when something is shown, since both fail where the system has no
notifications of that kind (an old Windows, Wine, a macOS program that is not signed).

Source: https://desktop-notifier.readthedocs.io
"""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from timer_app.adapters.reminders.notification_queue import (
    CLOSING_SECONDS,
    GIVEN_UP_SECONDS,
    SLOW_SECONDS,
    NotificationFailed,
    NotificationFallback,
    NotificationQueue,
    QueuedNotification,
)
from timer_app.domain.reminders.notification import (
    NotificationAction,
    NotifierState,
    Topic,
    Urgency,
)

if TYPE_CHECKING:
    from desktop_notifier import Capability, DesktopNotifier
    from desktop_notifier import Urgency as LibraryUrgency

_APPLICATION = "Timer App"

_log = logging.getLogger(__name__)


class NativeNotifier(NotificationQueue):
    """Implements the port `Notifier`. A topic is the platform's identifier of a notification."""

    def __init__(
        self, icon: str, fallback: NotificationFallback, slow_seconds: float = SLOW_SECONDS
    ) -> None:
        super().__init__(fallback, slow_seconds)
        self._icon = icon
        self._library: DesktopNotifier | None = None
        self._shown: dict[Topic, QueuedNotification] = {}

    async def close(self) -> None:
        """See the port."""
        stale = [topic for topic, queued in self._shown.items() if queued.notification.buttons]
        if self._state is NotifierState.SLOW:
            return
        try:
            async with asyncio.timeout(CLOSING_SECONDS):
                await self._show_critical()
                for topic in stale:
                    await self._withdraw_shown(topic)
        except TimeoutError:
            return

    async def _show(self, queued: QueuedNotification) -> NotifierState:
        topic = queued.notification.topic
        try:
            async with asyncio.timeout(GIVEN_UP_SECONDS):
                library = self._made_library()
                state = state_from_capabilities(await library.get_capabilities())
                await self._withdraw_shown(topic)
                await self._send(library, queued, state)
        except TimeoutError:
            raise NotificationFailed(NotifierState.SLOW, "The platform did not answer.") from None
        except NotificationFailed:
            raise
        except Exception as error:
            _log.info("notifications of the system: %r", error)
            failed = "The system's notifications failed."
            raise NotificationFailed(NotifierState.ABSENT, failed) from error
        self._shown[topic] = queued
        return state

    def _made_library(self) -> DesktopNotifier:
        """The library, made once. Raises whatever the platform raises."""
        if self._library is None:
            from desktop_notifier import DesktopNotifier, Icon

            self._library = DesktopNotifier(_APPLICATION, Icon(path=Path(self._icon)))
        return self._library

    async def _send(
        self, library: DesktopNotifier, queued: QueuedNotification, state: NotifierState
    ) -> None:
        """The library keeps to its log what went wrong, and says only what went well."""
        from desktop_notifier import Button
        from desktop_notifier import Notification as LibraryNotification

        if state is NotifierState.ABSENT:
            raise NotificationFailed(state, "There is no notification service here.")
        notification, sent = queued.notification, asyncio.Event()
        buttons = notification.buttons if state is NotifierState.WITH_ACTIONS else ()
        await library.send_notification(
            LibraryNotification(
                notification.title,
                notification.text,
                _library_urgency(notification.urgency),
                buttons=tuple(
                    Button(each.label, partial(self._on_action_invoked, queued, each.action))
                    for each in buttons
                ),
                on_clicked=partial(self._on_action_invoked, queued, NotificationAction.OPEN),
                on_dispatched=sent.set,
                identifier=notification.topic.value,
            )
        )
        if not sent.is_set():
            raise NotificationFailed(NotifierState.ABSENT, "The platform did not show it.")

    def _on_action_invoked(self, queued: QueuedNotification, action: NotificationAction) -> None:
        if self._shown.get(queued.notification.topic) is queued:
            del self._shown[queued.notification.topic]
        queued.on_action(action, "")

    async def _withdraw_shown(self, topic: Topic) -> None:
        if self._shown.pop(topic, None) is None or self._library is None:
            return
        try:
            await self._library.clear(topic.value)
        except Exception as error:  # noqa: BLE001 - whatever the platform raises: it is gone
            _log.info("a notification was not withdrawn: %s", error)

    def _is_shown(self, topic: Topic) -> bool:
        return topic in self._shown

    def _keep_for_later(self, queued: QueuedNotification) -> None:
        """The platform's service is part of it: there is none that comes later."""


def _library_urgency(urgency: Urgency) -> LibraryUrgency:
    from desktop_notifier import Urgency as LibraryUrgency

    return {
        Urgency.LOW: LibraryUrgency.Low,
        Urgency.NORMAL: LibraryUrgency.Normal,
        Urgency.CRITICAL: LibraryUrgency.Critical,
    }[urgency]


def state_from_capabilities(capabilities: frozenset[Capability]) -> NotifierState:
    """The state by what the platform can do: nothing at all where the library knows no way."""
    if not capabilities:
        return NotifierState.ABSENT
    from desktop_notifier import Capability

    can = Capability.BUTTONS in capabilities
    return NotifierState.WITH_ACTIONS if can else NotifierState.WITHOUT_ACTIONS


async def probe_native() -> NotifierState:
    """How the platform's service is at this moment. Shows nothing."""
    try:
        from desktop_notifier import DesktopNotifier

        async with asyncio.timeout(SLOW_SECONDS):
            return state_from_capabilities(await DesktopNotifier(_APPLICATION).get_capabilities())
    except TimeoutError:
        return NotifierState.SLOW
    except Exception as error:  # noqa: BLE001 - whatever the platform raises
        _log.info("no notification service: %s", error)
        return NotifierState.ABSENT
