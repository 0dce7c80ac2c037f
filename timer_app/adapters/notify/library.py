"""Notifications of Windows and macOS, by desktop-notifier's back ends.

Not run here on either: run here over the library's own D-Bus back end, which takes the same calls.
Source: https://desktop-notifier.readthedocs.io
"""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from pathlib import Path

from desktop_notifier import Button, Capability, DesktopNotifier, Icon
from desktop_notifier import Notification as Theirs
from desktop_notifier import Urgency as TheirUrgency

from timer_app.adapters.notify.orders import (
    CLOSING_SECONDS,
    GIVEN_UP_SECONDS,
    SLOW_SECONDS,
    NotTold,
    Order,
    Orders,
    Untold,
)
from timer_app.domain.notification import Action, NotifierState, Topic, Urgency

_APPLICATION = "Timer App"
_URGENCY = {
    Urgency.LOW: TheirUrgency.Low,
    Urgency.NORMAL: TheirUrgency.Normal,
    Urgency.LOUD: TheirUrgency.Critical,
}

_log = logging.getLogger(__name__)


class LibraryNotifications(Orders):
    """Implements the port `Notifier`. A topic is the platform's identifier of a notification."""

    def __init__(self, icon: str, untold: Untold, slow_seconds: float = SLOW_SECONDS) -> None:
        super().__init__(untold, slow_seconds)
        self._library = DesktopNotifier(_APPLICATION, Icon(path=Path(icon)))
        self._shown: dict[Topic, Order] = {}

    async def close(self) -> None:
        """See the port."""
        stale = [topic for topic, order in self._shown.items() if order.notification.buttons]
        if self._state is NotifierState.SLOW:
            return
        try:
            async with asyncio.timeout(CLOSING_SECONDS):
                for topic in stale:
                    await self._take_away(topic)
        except TimeoutError:
            return

    async def _show(self, order: Order) -> NotifierState:
        topic = order.notification.topic
        try:
            async with asyncio.timeout(GIVEN_UP_SECONDS):
                state = state_by(await self._library.get_capabilities())
                await self._take_away(topic)
                await self._send(order, state)
        except TimeoutError:
            raise NotTold(NotifierState.SLOW, "The platform did not answer.") from None
        except NotTold:
            raise
        except Exception as error:
            raise NotTold(NotifierState.ABSENT, str(error)) from error
        self._shown[topic] = order
        return state

    async def _send(self, order: Order, state: NotifierState) -> None:
        """The library keeps to its log what went wrong, and says only what went well."""
        if state is NotifierState.ABSENT:
            raise NotTold(state, "There is no notification service here.")
        notification, sent = order.notification, asyncio.Event()
        buttons = notification.buttons if state is NotifierState.WITH_ACTIONS else ()
        await self._library.send_notification(
            Theirs(
                notification.title,
                notification.text,
                _URGENCY[notification.urgency],
                buttons=tuple(
                    Button(each.label, partial(self._clicked, order, each.action))
                    for each in buttons
                ),
                on_clicked=partial(self._clicked, order, Action.OPEN),
                on_dispatched=sent.set,
                identifier=notification.topic.value,
            )
        )
        if not sent.is_set():
            raise NotTold(NotifierState.ABSENT, "The platform did not show it.")

    def _clicked(self, order: Order, action: Action) -> None:
        if self._shown.get(order.notification.topic) is order:
            del self._shown[order.notification.topic]
        order.chosen(action, "")

    async def _take_away(self, topic: Topic) -> None:
        if self._shown.pop(topic, None) is None:
            return
        try:
            await self._library.clear(topic.value)
        except Exception as error:  # noqa: BLE001 - whatever the platform raises: it is gone
            _log.info("a notification was not withdrawn: %s", error)

    def _is_shown(self, topic: Topic) -> bool:
        return topic in self._shown

    def _missed(self, order: Order) -> None:
        """The platform's service is part of it: there is none that comes later."""


def state_by(capabilities: frozenset[Capability]) -> NotifierState:
    """The state by what the platform can do: nothing at all where the library knows no way."""
    if not capabilities:
        return NotifierState.ABSENT
    can = Capability.BUTTONS in capabilities
    return NotifierState.WITH_ACTIONS if can else NotifierState.WITHOUT_ACTIONS


async def probe_library() -> NotifierState:
    """How the platform's service is at this moment. Shows nothing."""
    try:
        async with asyncio.timeout(SLOW_SECONDS):
            return state_by(await DesktopNotifier(_APPLICATION).get_capabilities())
    except TimeoutError:
        return NotifierState.SLOW
    except Exception as error:  # noqa: BLE001 - whatever the platform raises
        _log.info("no notification service: %s", error)
        return NotifierState.ABSENT
