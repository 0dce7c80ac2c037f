"""Deciding where an entry goes whose card's place was not known when it began.

Kaiten is asked for the card right before the first delivery that depends on it. What it shows is
committed with the entry before anything is sent, so that no repeat goes to another team. While
Kaiten cannot be asked, such a delivery waits; where it refuses, the plain settings count.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Protocol

from timer_app.domain.delivery.outbox import (
    CorrectTimes,
    DeliveryState,
    DueDelivery,
    LogTime,
    RecordEntry,
    StartEntry,
    service_of,
)
from timer_app.domain.delivery.outcomes import NotSent, OutcomeUnknown, Refused, Unauthorized
from timer_app.domain.delivery.turns import Turn
from timer_app.domain.entries.card import Card, CardInfo
from timer_app.domain.entries.route import UNKNOWN_PLACE, CardPlace
from timer_app.domain.messages import DeliveryMessageId
from timer_app.domain.service import Service
from timer_app.domain.setup.accounts import Choice
from timer_app.domain.user_message import UserMessage
from timer_app.services.delivery.outcomes import Jitter, apply_backoff
from timer_app.services.delivery.ports import Journal, ServiceCallError
from timer_app.services.delivery.service_status import Health
from timer_app.services.entries.logging_context import LoggingRules
from timer_app.services.entries.ports import Clock

_log = logging.getLogger(__name__)

PAUSE = timedelta(seconds=20)
"""How long a delivery waits before Kaiten is asked for its card again."""

Shown = CardPlace | NotSent | OutcomeUnknown | Unauthorized
"""Where the card is, or why Kaiten did not say it."""


class CardPlaces(Protocol):
    """Where Kaiten shows cards. Every call raises ServiceCallError."""

    async def card(self, card: Card) -> CardInfo:
        """The card."""
        ...

    async def boards(self, space_id: int) -> Sequence[Choice]:
        """The boards of a space."""
        ...


class RouteResolver:
    """Decides open routes. `book` is None while Kaiten is not set up."""

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        jitter: Jitter,
        rules: Callable[[], LoggingRules],
        book: Callable[[], CardPlaces | None],
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._jitter = jitter
        self._rules = rules
        self._book = book

    def is_needed(self, due: DueDelivery) -> bool:
        """Whether the delivery depends on what is still open of its entry's route."""
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

    async def ask(self, due: DueDelivery) -> Shown:
        """Where the entry's card is. What Kaiten refuses is nowhere that a rule is about."""
        card, book = due.entry.task.card, self._book()
        if card is None or book is None:
            return UNKNOWN_PLACE
        try:
            place = self._journal.card_place(card) or (await book.card(card)).place
            return await self._with_space(place, book)
        except ServiceCallError as problem:
            outcome = problem.outcome
            return UNKNOWN_PLACE if isinstance(outcome, Refused) else outcome

    async def _with_space(self, place: CardPlace, book: CardPlaces) -> CardPlace:
        """The place with its space, which some cards do not show. Raises ServiceCallError."""
        routing = self._rules().routing
        if place.board_id is None or routing.is_enough(place):
            return place
        for space_id in routing.space_ids():
            if place.board_id in {each.id for each in await book.boards(space_id)}:
                return CardPlace(place.board_id, space_id)
        return place

    def can_ask(self) -> bool:
        """Whether Kaiten may be asked now: it has a token, and does not back off."""
        status = self._journal.service_status(Service.KAITEN)
        rests = status.not_before is not None and status.not_before > self._clock.now()
        return status.health is not Health.UNAUTHORIZED and not rests

    def commit(self, due: DueDelivery, shown: Shown) -> bool:
        """Keep the route, or let the delivery wait; whether it can be sent. JournalError."""
        with self._journal.transaction():
            logged = self._journal.entry(due.entry.id)
            if logged is None:
                return False
            route = logged.entry.route
            if not isinstance(shown, CardPlace):
                apply_backoff(self._journal, Service.KAITEN, shown, self._clock, self._jitter)
                self.postpone(due)
                return False
            decided = self._rules().routing.decide(route, shown)
            self._journal.save_route(due.entry.id, decided)
        _log.info("entry=%s: its card's place decides where it goes", due.entry.id)
        return True

    def postpone(self, due: DueDelivery) -> None:
        """Let TimeCrowd's delivery wait; Kaiten's own wait for Kaiten as all others. JournalError.

        Entries do not wait for each other: only this one does.
        """
        delivery = due.delivery
        if service_of(delivery.message) is Service.KAITEN:
            return
        with self._journal.transaction():
            reason = str(UserMessage(DeliveryMessageId.AWAITS_CARD))
            self._journal.set_state(delivery.id, DeliveryState.WAITING, reason)
            self._journal.set_turn(delivery.id, Turn(False, self._clock.now() + PAUSE))
