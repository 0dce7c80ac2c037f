"""The notification service of a Linux desktop, org.freedesktop.Notifications.

Source: https://specifications.freedesktop.org/notification-spec/latest/
Ours, on our own connection to the bus, and not a library's (desktop-notifier 6.2 was tried): that
one replaces nothing (`replaces_id` is always 0), waits for ever for a service that hangs, keeps its
view of a service that was restarted, and drops the activation token.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from dbus_fast import BusType, Variant

from timer_app.adapters.dbus.bus import Bus, BusError, BusErrorKind, SignalMatch
from timer_app.adapters.reminders.notification_queue import (
    CLOSING_SECONDS,
    GIVEN_UP_SECONDS,
    SLOW_SECONDS,
    NotificationFailed,
    NotificationFallback,
    NotificationQueue,
    QueuedNotification,
)
from timer_app.domain.markup import escape
from timer_app.domain.reminders.notification import (
    Notification,
    NotificationAction,
    NotifierState,
    Topic,
    Urgency,
)

T = TypeVar("T")

SERVICE = "org.freedesktop.Notifications"
_OBJECT = (SERVICE, "/org/freedesktop/Notifications", SERVICE)
_APPLICATION = "Timer App"
_DESKTOP_ENTRY = "io.github.timer_app"
_DEFAULT_ACTION = "default"
_URGENCY = {Urgency.LOW: 0, Urgency.NORMAL: 1, Urgency.CRITICAL: 2}
_DEFAULT_EXPIRY, _NO_EXPIRY = -1, 0


@dataclass(frozen=True, slots=True)
class _Shown:
    """What is shown, by the service's number; `actions` by the keys we gave them."""

    number: int
    queued: QueuedNotification
    actions: Mapping[str, NotificationAction]


class FreedesktopNotifier(NotificationQueue):
    """Implements the port `Notifier`.

    What nobody took is shown when the service comes; numbers die with the service that gave them.
    """

    def __init__(
        self,
        bus: Bus,
        icon: str,
        fallback: NotificationFallback,
        slow_seconds: float = SLOW_SECONDS,
    ) -> None:
        super().__init__(fallback, slow_seconds)
        self._bus = bus
        self._icon = icon
        self._capabilities: frozenset[str] | None = None
        self._shown: dict[Topic, _Shown] = {}
        self._waiting: dict[Topic, QueuedNotification] = {}
        self._tokens: dict[int, str] = {}
        self._unsubscribers: list[Callable[[], None]] = []

    def withdraw(self, topic: Topic) -> None:
        """See the port."""
        self._waiting.pop(topic, None)
        super().withdraw(topic)

    async def close(self) -> None:
        """See the port. The buttons would have nobody to answer them."""
        await self._show_critical()
        for stop in self._unsubscribers:
            stop()
        stale = [each.number for each in self._shown.values() if each.actions]
        self._shown.clear()
        if self._state is not NotifierState.SLOW:
            await asyncio.gather(*(self._close_number(each, CLOSING_SECONDS) for each in stale))

    async def _show(self, queued: QueuedNotification) -> NotifierState:
        try:
            await self._listen()
            if self._capabilities is None:
                self._capabilities = await query_capabilities(self._bus, GIVEN_UP_SECONDS)
            shown = await self._notify(queued, self._capabilities)
        except BusError as problem:
            raise NotificationFailed(state_from_problem(problem), str(problem)) from problem
        self._shown[queued.notification.topic] = shown
        return state_from_capabilities(self._capabilities)

    async def _notify(self, queued: QueuedNotification, capabilities: frozenset[str]) -> _Shown:
        notification = queued.notification
        before = self._shown.get(notification.topic)
        keys = _action_keys(notification) if "actions" in capabilities else {}
        title, text = _title_and_text(notification, capabilities)
        reply = await self._bus.call(
            *_OBJECT, "Notify", "susssasa{sv}i",
            _APPLICATION, before.number if before else 0, self._icon, title, text,
            _action_pairs(notification, keys), self._hints(notification),
            _NO_EXPIRY if notification.is_persistent else _DEFAULT_EXPIRY,
            time_limit=GIVEN_UP_SECONDS,
        )  # fmt: skip
        (number,) = reply
        return _Shown(int(str(number)), queued, keys)

    def _hints(self, notification: Notification) -> dict[str, Variant]:
        """Without `image-path`, which names the icon again: Cinnamon then shows nothing at all."""
        return {
            "urgency": Variant("y", _URGENCY[notification.urgency]),
            "desktop-entry": Variant("s", _DESKTOP_ENTRY),
        }

    async def _withdraw_shown(self, topic: Topic) -> None:
        shown = self._shown.pop(topic, None)
        if shown is not None:
            await self._close_number(shown.number, self._slow_seconds)

    async def _close_number(self, number: int, time_limit: float) -> None:
        try:
            await self._bus.call(
                *_OBJECT, "CloseNotification", "u", number, time_limit=time_limit, start=False
            )
        except BusError:
            return  # it is closed already, or its service is gone

    def _is_shown(self, topic: Topic) -> bool:
        return topic in self._shown

    def _keep_for_later(self, queued: QueuedNotification) -> None:
        self._waiting[queued.notification.topic] = queued

    # What the service says

    async def _listen(self) -> None:
        if self._unsubscribers:
            return
        unsubscribers: list[Callable[[], None]] = []
        try:
            unsubscribers.append(
                await self._bus.watch(SERVICE, _deferred(self._on_service_changed))
            )
            for member, handler in (
                ("ActivationToken", self._on_activation_token),
                ("ActionInvoked", self._on_action_invoked),
                ("NotificationClosed", self._on_closed),
            ):
                unsubscribers.append(
                    await self._bus.listen(
                        SignalMatch(SERVICE, SERVICE, member), _deferred(handler)
                    )
                )
        except BusError:
            for stop in unsubscribers:
                stop()
            raise
        self._unsubscribers = unsubscribers

    def _on_service_changed(self, there: bool) -> None:  # noqa: FBT001 - as the bus reports it
        self._capabilities = None
        self._shown.clear()
        self._tokens.clear()
        if there:
            waiting, self._waiting = self._waiting, {}
            for topic, queued in waiting.items():
                if topic not in self._pending:
                    self._enqueue(topic, queued)

    def _on_activation_token(self, values: list[object]) -> None:
        number, token = values
        self._tokens[int(str(number))] = str(token)

    def _on_action_invoked(self, values: list[object]) -> None:
        number, key = values
        shown = self._by_number(number)
        if shown is None:
            return
        action = NotificationAction.OPEN if key == _DEFAULT_ACTION else shown.actions.get(str(key))
        if action is None:
            return
        self._shown.pop(shown.queued.notification.topic)  # the service closes what was answered
        shown.queued.on_action(action, self._tokens.pop(shown.number, ""))

    def _on_closed(self, values: list[object]) -> None:
        number, _ = values
        shown = self._by_number(number)
        if shown is not None:
            self._shown.pop(shown.queued.notification.topic)
        self._tokens.pop(int(str(number)), None)

    def _by_number(self, number: object) -> _Shown | None:
        """Whether the notification is ours: the service reports every notification to everybody."""
        return next((each for each in self._shown.values() if each.number == number), None)


def _deferred(handler: Callable[[T], None]) -> Callable[[T], None]:
    """After what was read together with the signal, and before it.

    The number that it speaks of may be among that, or the end of a call to a service that has
    gone since, whose wish is kept for the service that comes now.
    """
    loop = asyncio.get_running_loop()

    def handle(value: T) -> None:
        loop.call_soon(handler, value)

    return handle


async def query_capabilities(bus: Bus, time_limit: float) -> frozenset[str]:
    """What the service can do, in the words of its specification. Raises BusError."""
    (found,) = await bus.call(*_OBJECT, "GetCapabilities", time_limit=time_limit)
    return frozenset(str(each) for each in found) if isinstance(found, list) else frozenset()


def state_from_capabilities(capabilities: frozenset[str]) -> NotifierState:
    """The state of a service that answers."""
    can = "actions" in capabilities
    return NotifierState.WITH_ACTIONS if can else NotifierState.WITHOUT_ACTIONS


async def probe_freedesktop(address: str = "", time_limit: float = SLOW_SECONDS) -> NotifierState:
    """How the service of this session is at this moment. Shows nothing."""
    bus = Bus(BusType.SESSION, address=address)
    try:
        return state_from_capabilities(await query_capabilities(bus, time_limit))
    except BusError as problem:
        return state_from_problem(problem)
    finally:
        await bus.close()


def state_from_problem(problem: BusError) -> NotifierState:
    """The state of a service that took nothing."""
    return NotifierState.SLOW if problem.kind is BusErrorKind.TIMED_OUT else NotifierState.ABSENT


def _action_keys(notification: Notification) -> dict[str, NotificationAction]:
    """A key for each button that no other program's notification has.

    After a restart of the service another's may get a number of ours.
    """
    return {
        f"{button.action.value}-{secrets.token_hex(4)}": button.action
        for button in notification.buttons
    }


def _action_pairs(notification: Notification, keys: Mapping[str, NotificationAction]) -> list[str]:
    """Key and label by turns; the first is for a click on the notification itself.

    Xfce draws that one as a button too, so it has a label.
    """
    if not keys:
        return []
    labels = {button.action: button.label for button in notification.buttons}
    pairs = [_DEFAULT_ACTION, labels.get(NotificationAction.OPEN, notification.open_label)]
    for key, action in keys.items():
        pairs += [key, labels[action]]
    return pairs


def _title_and_text(notification: Notification, capabilities: frozenset[str]) -> tuple[str, str]:
    """Title and text as this service wants them: some show no text, some take it for markup."""
    title, text = notification.title, notification.text
    if text and "body" not in capabilities:
        return f"{title}: {text}", ""
    return title, escape(text, quote=False) if "body-markup" in capabilities else text
