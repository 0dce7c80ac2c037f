"""Whose turn it is to make a log of an entry that several computers may know, and its name."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace

from timer_app.domain.delivery.log_reference import timecrowd_reference
from timer_app.domain.delivery.outbox import (
    OPEN,
    DeleteLog,
    Delivery,
    DeliveryState,
    DueDelivery,
    LogTime,
    Message,
    StopEntry,
    UpdateLog,
    creating_delivery,
)
from timer_app.domain.delivery.turns import Turn, turn_of
from timer_app.domain.service import Service
from timer_app.services.delivery.outcomes import (
    Jitter,
)
from timer_app.services.delivery.ports import Journal
from timer_app.services.delivery.service_status import Health
from timer_app.services.entries.ports import Clock

_log = logging.getLogger(__name__)


class LogTurns:
    """Gives each log its name and its turn.

    `has_references` says whether logs are to have names by the settings.
    """

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        jitter: Jitter,
        *,
        has_references: Callable[[], bool],
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._jitter = jitter
        self._has_references = has_references

    def named(self, due: DueDelivery, message: Message) -> Message:
        """The message as it is sent: with the name that its log has by now, all answered."""
        if not isinstance(message, LogTime | UpdateLog):
            return message
        name = ""
        if self._has_references():
            name = timecrowd_reference(due.remote.id) if due.remote else due.delivery.entry_id
        if isinstance(message, LogTime):
            return replace(message, reference=name, similar_log="")
        return replace(message, reference=name)

    def awaits_timecrowd(self, due: DueDelivery) -> bool:
        """Whether TimeCrowd, which is in no trouble, is about to hear of the entry or its stop.

        Its answer names the log, and says whether another device stopped the entry earlier.
        """
        if not isinstance(due.delivery.message, LogTime):
            return False
        logged = self._journal.entry(due.delivery.entry_id)
        rows = logged.deliveries if logged else ()
        coming = (DeliveryState.WAITING, DeliveryState.SENDING)
        health = self._journal.service_status(Service.TIMECROWD).health
        return health is Health.OK and any(each.state in coming for each in _start_and_stops(rows))

    def assign(self, due: DueDelivery) -> Turn | None:
        """The turn of a new log, which is kept, or of a change that follows another device.

        None for every other message. Raises JournalError.
        """
        delivery, message = due.delivery, due.delivery.message
        if isinstance(message, UpdateLog | DeleteLog) and delivery.look_first:
            return Turn(look_first=True, not_before=delivery.not_before)
        if not isinstance(message, LogTime) or due.stopped_at is None:
            return None
        if delivery.look_first or delivery.not_before is not None:
            return Turn(delivery.look_first, delivery.not_before)
        turn = turn_of(
            due.entry.source,
            due.stopped_at,
            self._clock.now(),
            self._jitter(),
            stopped_elsewhere=due.stopped_elsewhere or self._is_stop_open(due),
            is_shared_day=self._journal.is_shared_day(message.card, message.for_date),
        )
        if turn.look_first:
            self._journal.set_turn(delivery.id, turn)
        return turn

    def _is_stop_open(self, due: DueDelivery) -> bool:
        """Whether other devices may know the entry, and TimeCrowd has not answered to its stop."""
        logged = self._journal.entry(due.delivery.entry_id)
        begun_and_stopped = _start_and_stops(logged.deliveries if logged else ())
        is_known = any(each.attempts or each.remote_id for each in begun_and_stopped)
        return is_known and any(each.state in OPEN for each in begun_and_stopped)

    def must_look(self, due: DueDelivery) -> bool:
        """Whether a log whose turn has come is looked up before it is sent."""
        now = self._journal.delivery(due.delivery.id) or due.delivery
        return now.look_first and (now.not_before is None or now.not_before <= self._clock.now())


def _start_and_stops(deliveries: Sequence[Delivery]) -> list[Delivery]:
    """The deliveries by which TimeCrowd learns of the entry and of its stop."""
    begun = creating_delivery(tuple(deliveries))
    stops = [each for each in deliveries if isinstance(each.message, StopEntry)]
    return [begun, *stops] if begun is not None else stops
