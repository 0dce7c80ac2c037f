"""What is to be shown or withdrawn, one after the other, and what happens when nobody answers.

Of each topic only the latest wish is kept, so a service that hangs holds up nothing but itself.
"""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass

from timer_app.domain.notification import Notification, NotifierState, Topic, Urgency
from timer_app.services.ports import Chosen

SLOW_SECONDS = 5.0
"""After so long without an answer the service counts as slow. What it was told is not taken back:
it may still show it."""
GIVEN_UP_SECONDS = 120.0
CLOSING_SECONDS = 0.25

Untold = Callable[[Notification], None]

_log = logging.getLogger(__name__)


class NotTold(Exception):
    """The service did not take it. The text says why, `state` how the service is."""

    def __init__(self, state: NotifierState, text: str) -> None:
        super().__init__(text)
        self.state = state


@dataclass(eq=False)
class Order:
    """A notification to show; `untold` once it had to be told in another way."""

    notification: Notification
    chosen: Chosen
    untold: bool = False


class Orders(ABC):
    """Implements the port `Notifier` but for the service itself."""

    def __init__(self, untold: Untold, slow_seconds: float = SLOW_SECONDS) -> None:
        self._untold = untold
        self._slow_seconds = slow_seconds
        self._state = NotifierState.UNTRIED
        self._wishes: dict[Topic, Order | None] = {}
        self._wished = asyncio.Event()

    @property
    def state(self) -> NotifierState:
        """See the port."""
        return self._state

    def show(self, notification: Notification, chosen: Chosen) -> None:
        """See the port."""
        order = Order(notification, chosen)
        self._wish(notification.topic, order)
        if self._state is NotifierState.SLOW:
            self._tell_otherwise_if_loud(order)

    def withdraw(self, topic: Topic) -> None:
        """See the port."""
        if topic in self._wishes or self._is_shown(topic):
            self._wish(topic, None)

    async def run(self) -> None:
        """See the port."""
        while True:
            await self._wished.wait()
            self._wished.clear()
            while self._wishes:
                topic = next(iter(self._wishes))
                order = self._wishes.pop(topic)
                if order is None:
                    await self._take_away(topic)
                else:
                    await self._put_up(order)

    def _wish(self, topic: Topic, order: Order | None) -> None:
        self._wishes[topic] = order
        self._wished.set()

    async def _put_up(self, order: Order) -> None:
        loop = asyncio.get_running_loop()
        watch = loop.call_later(self._slow_seconds, self._is_slow, order)
        try:
            self._state = await self._show(order)
        except NotTold as problem:
            self._state = problem.state
            _log.info("a notification was not shown: %s", problem)
            self._tell_otherwise(order)
            self._missed(order)
        finally:
            watch.cancel()

    def _is_slow(self, order: Order) -> None:
        self._state = NotifierState.SLOW
        _log.info("the notification service does not answer")
        for each in (order, *self._wishes.values()):
            if each is not None:
                self._tell_otherwise_if_loud(each)

    def _tell_otherwise_if_loud(self, order: Order) -> None:
        """Rather twice than never."""
        if order.notification.urgency is Urgency.LOUD:
            self._tell_otherwise(order)

    def _tell_otherwise(self, order: Order) -> None:
        if not order.untold:
            order.untold = True
            self._untold(order.notification)

    @abstractmethod
    async def _show(self, order: Order) -> NotifierState:
        """Show it in place of what is shown of its topic; how the service is. Raises NotTold."""

    @abstractmethod
    async def _take_away(self, topic: Topic) -> None:
        """Withdraw what is shown of the topic. Raises nothing."""

    @abstractmethod
    def _is_shown(self, topic: Topic) -> bool:
        """Whether there is anything to withdraw, as far as is known."""

    @abstractmethod
    def _missed(self, order: Order) -> None:
        """It was not taken: keep it, where there may be a better moment."""

    @abstractmethod
    async def close(self) -> None:
        """See the port."""
