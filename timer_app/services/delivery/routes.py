"""Decides the route of an entry whose card's place was not known when it began.

Kaiten is asked for the card right before the first delivery that depends on it. The answer is
committed with the entry before anything is sent, so that no repeat goes to another team. While
Kaiten does not answer, such a delivery waits; if it refuses, the settings without rules apply.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Protocol

from timer_app.domain.delivery.log_timing import LogTiming
from timer_app.domain.delivery.outbox import DeliveryState, DueDelivery
from timer_app.domain.delivery.outcomes import NotSent, OutcomeUnknown, Refused, Unauthorized
from timer_app.domain.delivery.service_messages import (
    CorrectTimes,
    LogTime,
    RecordEntry,
    StartEntry,
    service_of,
)
from timer_app.domain.entries.card import Card, CardInfo
from timer_app.domain.entries.route import UNKNOWN_PLACE, CardPlace
from timer_app.domain.messages import DeliveryMessageId
from timer_app.domain.service import Service
from timer_app.domain.setup.accounts import Choice
from timer_app.domain.user_message import UserMessage
from timer_app.services.delivery.backoff import Jitter, apply_backoff
from timer_app.services.delivery.ports import Journal, ServiceCallError
from timer_app.services.delivery.service_status import Health
from timer_app.services.entries.logging_context import LoggingRules
from timer_app.services.entries.ports import Clock

_log = logging.getLogger(__name__)

PAUSE = timedelta(seconds=20)
"""How long a delivery waits before Kaiten is asked for its card again."""

PlaceLookupResult = CardPlace | NotSent | OutcomeUnknown | Unauthorized
"""Where the card is, or why Kaiten did not answer."""


class CardPlaceLookup(Protocol):
    """Looks up places of cards in Kaiten. Every call raises ServiceCallError."""

    async def card(self, card: Card) -> CardInfo:
        """The card."""
        ...

    async def boards(self, space_id: int) -> Sequence[Choice]:
        """The boards of a space."""
        ...


class RouteResolver:
    """Decides open routes. `cards` returns None while Kaiten is not set up."""

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        jitter: Jitter,
        rules: Callable[[], LoggingRules],
        cards: Callable[[], CardPlaceLookup | None],
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._jitter = jitter
        self._rules = rules
        self._cards = cards

    def is_needed(self, due: DueDelivery) -> bool:
        """Whether the delivery depends on a part of the route that is still open."""
        route = due.entry.route
        match due.delivery.message:
            case StartEntry() | RecordEntry():
                return route.is_open
            case CorrectTimes(task=task):
                return route.is_open and task is not None
            case LogTime():
                return route.is_open or route.is_role_open
            case _:
                return False

    async def look_up(self, due: DueDelivery) -> PlaceLookupResult:
        """Where the entry's card is. A card that Kaiten refuses matches no rule."""
        card, cards = due.entry.task.card, self._cards()
        if card is None or cards is None:
            return UNKNOWN_PLACE
        try:
            place = self._journal.card_place(card) or (await cards.card(card)).place
            return await self._with_space(place, cards)
        except ServiceCallError as problem:
            outcome = problem.outcome
            return UNKNOWN_PLACE if isinstance(outcome, Refused) else outcome

    async def _with_space(self, place: CardPlace, cards: CardPlaceLookup) -> CardPlace:
        """The place with its space, which not every card shows. Raises ServiceCallError."""
        routing = self._rules().routing
        if place.board_id is None or routing.is_enough(place):
            return place
        for space_id in routing.space_ids():
            if place.board_id in {each.id for each in await cards.boards(space_id)}:
                return CardPlace(place.board_id, space_id)
        return place

    def can_look_up(self) -> bool:
        """Whether Kaiten can be queried now: its token is accepted, and it is not backing off."""
        status = self._journal.service_status(Service.KAITEN)
        is_backing_off = status.not_before is not None and status.not_before > self._clock.now()
        return status.health is not Health.UNAUTHORIZED and not is_backing_off

    def commit(self, due: DueDelivery, result: PlaceLookupResult) -> bool:
        """Save the route, or let the delivery wait; whether it can be sent. JournalError."""
        with self._journal.transaction():
            logged = self._journal.entry(due.entry.id)
            if logged is None:
                return False
            route = logged.entry.route
            if not isinstance(result, CardPlace):
                apply_backoff(self._journal, Service.KAITEN, result, self._clock, self._jitter)
                self.postpone(due)
                return False
            decided = self._rules().routing.decide(route, result)
            self._journal.save_route(due.entry.id, decided)
        _log.info("entry=%s: route decided by the place of its card", due.entry.id)
        return True

    def postpone(self, due: DueDelivery) -> None:
        """Let a delivery to TimeCrowd wait; those to Kaiten wait for Kaiten anyway. JournalError.

        Only the deliveries of this entry wait.
        """
        delivery = due.delivery
        if service_of(delivery.message) is Service.KAITEN:
            return
        with self._journal.transaction():
            reason = str(UserMessage(DeliveryMessageId.AWAITS_CARD))
            self._journal.set_state(delivery.id, DeliveryState.WAITING, reason)
            self._journal.set_timing(delivery.id, LogTiming(False, self._clock.now() + PAUSE))
