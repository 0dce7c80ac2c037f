"""The notification service of a Linux desktop, org.freedesktop.Notifications.

Source: https://specifications.freedesktop.org/notification-spec/latest/
Ours, on our own connection to the bus, and not a library's (desktop-notifier 6.2 was tried): that
one replaces nothing (`replaces_id` is always 0), waits for ever for a service that hangs, keeps its
view of a service that was restarted, and drops the activation token.
"""

from __future__ import annotations

import asyncio
import html
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from dbus_fast import BusType, Variant

from timer_app.adapters.dbus.bus import Bus, BusProblem, Handler, Signal, Trouble
from timer_app.adapters.notify.orders import (
    CLOSING_SECONDS,
    GIVEN_UP_SECONDS,
    SLOW_SECONDS,
    NotTold,
    Order,
    Orders,
    Untold,
)
from timer_app.domain.notification import Action, Notification, NotifierState, Topic, Urgency

SERVICE = "org.freedesktop.Notifications"
_OBJECT = (SERVICE, "/org/freedesktop/Notifications", SERVICE)
_APPLICATION = "Timer App"
_DESKTOP_ENTRY = "io.github.timer_app"
_CLICKED = "default"
_URGENCY = {Urgency.LOW: 0, Urgency.NORMAL: 1, Urgency.LOUD: 2}
_AS_LONG_AS_USUAL, _FOR_EVER = -1, 0


@dataclass(frozen=True, slots=True)
class _Shown:
    """What is shown, by the service's number; `actions` by the keys we gave them."""

    number: int
    order: Order
    actions: Mapping[str, Action]


class DesktopNotifications(Orders):
    """Implements the port `Notifier`.

    What nobody took is shown when the service comes; numbers die with the service that gave them.
    """

    def __init__(
        self, bus: Bus, icon: str, untold: Untold, slow_seconds: float = SLOW_SECONDS
    ) -> None:
        super().__init__(untold, slow_seconds)
        self._bus = bus
        self._icon = icon
        self._abilities: frozenset[str] | None = None
        self._shown: dict[Topic, _Shown] = {}
        self._waiting: dict[Topic, Order] = {}
        self._tokens: dict[int, str] = {}
        self._stops: list[Callable[[], None]] = []

    def withdraw(self, topic: Topic) -> None:
        """See the port."""
        self._waiting.pop(topic, None)
        super().withdraw(topic)

    async def close(self) -> None:
        """See the port. The buttons would have nobody to answer them."""
        for stop in self._stops:
            stop()
        stale = [each.number for each in self._shown.values() if each.actions]
        self._shown.clear()
        if self._state is not NotifierState.SLOW:
            await asyncio.gather(*(self._close_number(each, CLOSING_SECONDS) for each in stale))

    async def _show(self, order: Order) -> NotifierState:
        try:
            await self._listen()
            if self._abilities is None:
                self._abilities = await abilities_of(self._bus, GIVEN_UP_SECONDS)
            shown = await self._notify(order, self._abilities)
        except BusProblem as problem:
            raise NotTold(state_after(problem), str(problem)) from problem
        self._shown[order.notification.topic] = shown
        return state_by(self._abilities)

    async def _notify(self, order: Order, abilities: frozenset[str]) -> _Shown:
        notification = order.notification
        before = self._shown.get(notification.topic)
        keys = _keys(notification) if "actions" in abilities else {}
        title, text = _words(notification, abilities)
        reply = await self._bus.call(
            *_OBJECT, "Notify", "susssasa{sv}i",
            _APPLICATION, before.number if before else 0, self._icon, title, text,
            _pairs(notification, keys), self._hints(notification),
            _FOR_EVER if notification.stays else _AS_LONG_AS_USUAL,
            patience=GIVEN_UP_SECONDS,
        )  # fmt: skip
        (number,) = reply
        return _Shown(int(str(number)), order, keys)

    def _hints(self, notification: Notification) -> dict[str, Variant]:
        return {
            "urgency": Variant("y", _URGENCY[notification.urgency]),
            "desktop-entry": Variant("s", _DESKTOP_ENTRY),
            "image-path": Variant("s", Path(self._icon).as_uri()),
        }

    async def _take_away(self, topic: Topic) -> None:
        shown = self._shown.pop(topic, None)
        if shown is not None:
            await self._close_number(shown.number, self._slow_seconds)

    async def _close_number(self, number: int, patience: float) -> None:
        try:
            await self._bus.call(
                *_OBJECT, "CloseNotification", "u", number, patience=patience, start=False
            )
        except BusProblem:
            return  # it is closed already, or its service is gone

    def _is_shown(self, topic: Topic) -> bool:
        return topic in self._shown

    def _missed(self, order: Order) -> None:
        self._waiting[order.notification.topic] = order

    # What the service says

    async def _listen(self) -> None:
        if self._stops:
            return
        stops: list[Callable[[], None]] = []
        try:
            stops.append(await self._bus.watch(SERVICE, self._comes_or_goes))
            for member, handler in (
                ("ActivationToken", self._token_given),
                ("ActionInvoked", self._clicked),
                ("NotificationClosed", self._closed),
            ):
                stops.append(
                    await self._bus.listen(Signal(SERVICE, SERVICE, member), _afterwards(handler))
                )
        except BusProblem:
            for stop in stops:
                stop()
            raise
        self._stops = stops

    def _comes_or_goes(self, there: bool) -> None:  # noqa: FBT001 - as the bus tells it
        self._abilities = None
        self._shown.clear()
        self._tokens.clear()
        if there:
            waiting, self._waiting = self._waiting, {}
            for topic, order in waiting.items():
                if topic not in self._wishes:
                    self._wish(topic, order)

    def _token_given(self, values: list[object]) -> None:
        number, token = values
        self._tokens[int(str(number))] = str(token)

    def _clicked(self, values: list[object]) -> None:
        number, key = values
        shown = self._by_number(number)
        if shown is None:
            return
        action = Action.OPEN if key == _CLICKED else shown.actions.get(str(key))
        if action is None:
            return
        self._shown.pop(shown.order.notification.topic)  # the service closes what was answered
        shown.order.chosen(action, self._tokens.pop(shown.number, ""))

    def _closed(self, values: list[object]) -> None:
        number, _ = values
        shown = self._by_number(number)
        if shown is not None:
            self._shown.pop(shown.order.notification.topic)
        self._tokens.pop(int(str(number)), None)

    def _by_number(self, number: object) -> _Shown | None:
        """The service tells everybody of every notification: most are not ours."""
        return next((each for each in self._shown.values() if each.number == number), None)


def _afterwards(handler: Handler) -> Handler:
    """After what was read together with the signal: the number it speaks of may be among that."""
    loop = asyncio.get_running_loop()

    def handle(values: list[object]) -> None:
        loop.call_soon(handler, values)

    return handle


async def abilities_of(bus: Bus, patience: float) -> frozenset[str]:
    """What the service can do, in the words of its specification. Raises BusProblem."""
    (found,) = await bus.call(*_OBJECT, "GetCapabilities", patience=patience)
    return frozenset(str(each) for each in found) if isinstance(found, list) else frozenset()


def state_by(abilities: frozenset[str]) -> NotifierState:
    """The state of a service that answers."""
    can = "actions" in abilities
    return NotifierState.WITH_ACTIONS if can else NotifierState.WITHOUT_ACTIONS


async def probe_service(address: str = "", patience: float = SLOW_SECONDS) -> NotifierState:
    """How the service of this session is at this moment. Shows nothing."""
    bus = Bus(BusType.SESSION, address=address)
    try:
        return state_by(await abilities_of(bus, patience))
    except BusProblem as problem:
        return state_after(problem)
    finally:
        await bus.close()


def state_after(problem: BusProblem) -> NotifierState:
    """The state of a service that took nothing."""
    return NotifierState.SLOW if problem.trouble is Trouble.SLOW else NotifierState.ABSENT


def _keys(notification: Notification) -> dict[str, Action]:
    """A key for each button that no other program's notification has.

    After a restart of the service another's may get a number of ours.
    """
    return {
        f"{button.action.value}-{secrets.token_hex(4)}": button.action
        for button in notification.buttons
    }


def _pairs(notification: Notification, keys: Mapping[str, Action]) -> list[str]:
    """Key and label by turns; the first is for a click on the notification itself."""
    if not keys:
        return []
    labels = {button.action: button.label for button in notification.buttons}
    pairs = [_CLICKED, labels.get(Action.OPEN, "")]
    for key, action in keys.items():
        pairs += [key, labels[action]]
    return pairs


def _words(notification: Notification, abilities: frozenset[str]) -> tuple[str, str]:
    """Title and text as this service wants them: some show no text, some take it for markup."""
    title, text = notification.title, notification.text
    if text and "body" not in abilities:
        return f"{title}: {text}", ""
    return title, html.escape(text, quote=False) if "body-markup" in abilities else text
