"""Coordinates the logs of several computers: when each log may be sent, and its reference."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace

from timer_app.domain.delivery.log_reference import timecrowd_reference
from timer_app.domain.delivery.log_timing import LogTiming, log_timing
from timer_app.domain.delivery.outbox import (
    OPEN,
    Delivery,
    DeliveryState,
    DueDelivery,
    creating_delivery,
)
from timer_app.domain.delivery.service_messages import (
    DeleteLog,
    LogTime,
    Message,
    StopEntry,
    UpdateLog,
)
from timer_app.domain.service import Service
from timer_app.services.delivery.backoff import Jitter
from timer_app.services.delivery.ports import Journal
from timer_app.services.delivery.service_status import Health
from timer_app.services.entries.ports import Clock

_log = logging.getLogger(__name__)


class LogCoordinator:
    """Gives each log its reference and its timing.

    `has_references` says whether the settings want logs to have references.
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

    def with_reference(self, due: DueDelivery, message: Message) -> Message:
        """The message as it is sent: with the reference of its log, and no question open."""
        if not isinstance(message, LogTime | UpdateLog):
            return message
        reference = ""
        if self._has_references():
            reference = timecrowd_reference(due.remote.id) if due.remote else due.delivery.entry_id
        if isinstance(message, LogTime):
            return replace(message, reference=reference, similar_log="")
        return replace(message, reference=reference)

    def awaits_timecrowd(self, due: DueDelivery) -> bool:
        """Whether TimeCrowd is available and is about to get the entry or its stop.

        Its answer gives the log its reference, and shows whether another device stopped the entry
        earlier.
        """
        if not isinstance(due.delivery.message, LogTime):
            return False
        logged = self._journal.entry(due.delivery.entry_id)
        rows = logged.deliveries if logged else ()
        pending = (DeliveryState.WAITING, DeliveryState.SENDING)
        health = self._journal.service_status(Service.TIMECROWD).health
        return health is Health.OK and any(each.state in pending for each in _start_and_stops(rows))

    def timing_for(self, due: DueDelivery) -> LogTiming | None:
        """The timing of a new log, which is saved, or of a change that follows another device.

        None for every other message. Raises JournalError.
        """
        delivery, message = due.delivery, due.delivery.message
        if isinstance(message, UpdateLog | DeleteLog) and delivery.lookup_first:
            return LogTiming(lookup_first=True, not_before=delivery.not_before)
        if not isinstance(message, LogTime) or due.stopped_at is None:
            return None
        if delivery.lookup_first or delivery.not_before is not None:
            return LogTiming(delivery.lookup_first, delivery.not_before)
        timing = log_timing(
            due.entry.source,
            due.stopped_at,
            self._clock.now(),
            self._jitter(),
            stopped_elsewhere=due.stopped_elsewhere or self._is_stop_open(due),
            is_shared_day=self._journal.is_shared_day(message.card, message.for_date),
        )
        if timing.lookup_first:
            self._journal.set_timing(delivery.id, timing)
        return timing

    def _is_stop_open(self, due: DueDelivery) -> bool:
        """Whether other devices may know the entry, and TimeCrowd has not confirmed its stop."""
        logged = self._journal.entry(due.delivery.entry_id)
        starts_and_stops = _start_and_stops(logged.deliveries if logged else ())
        is_known = any(each.attempts or each.remote_id for each in starts_and_stops)
        return is_known and any(each.state in OPEN for each in starts_and_stops)

    def must_look_up(self, due: DueDelivery) -> bool:
        """Whether a log that may be sent now is looked up before."""
        now = self._journal.delivery(due.delivery.id) or due.delivery
        return now.lookup_first and (now.not_before is None or now.not_before <= self._clock.now())


def _start_and_stops(deliveries: Sequence[Delivery]) -> list[Delivery]:
    """The deliveries by which TimeCrowd learns of the entry and of its stop."""
    start = creating_delivery(tuple(deliveries))
    stops = [each for each in deliveries if isinstance(each.message, StopEntry)]
    return [start, *stops] if start is not None else stops
