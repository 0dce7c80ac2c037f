"""Carries out how a person resolves a problem."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from timer_app.domain.delivery.outbox import (
    Delivery,
    DeliveryState,
    LoggedEntry,
    drop_cascade,
    is_stop_conflict,
    rebuilt_message,
)
from timer_app.domain.delivery.service_messages import (
    CorrectTimes,
    DamagedMessage,
    DeleteLog,
    LogTime,
    RecordEntry,
    StartEntry,
    StopEntry,
    is_sent_once,
    makes_task,
    start_correction,
)
from timer_app.domain.entries.route import Route
from timer_app.domain.errors import NotPossible
from timer_app.domain.messages import DeliveryMessageId, EntryMessageId, RouteMessageId
from timer_app.services.delivery.ports import Journal
from timer_app.services.entries.logging_context import LoggingRules
from timer_app.services.entries.routing import route_for_task

_UNDECIDED = (DeliveryState.WAITING, DeliveryState.UNKNOWN, DeliveryState.BLOCKED)


class ProblemResolver:
    """Resolves problems of deliveries; `on_resolved` is called after each.

    Methods raise NotPossible and JournalError, and then nothing has changed.
    """

    def __init__(
        self,
        journal: Journal,
        on_resolved: Callable[[], None],
        rules: Callable[[], LoggingRules] | None = None,
    ) -> None:
        """Without `rules` a choice of another category counts as it is."""
        self._rules = rules
        self._journal = journal
        self._on_resolved = on_resolved

    def retry(self, delivery_id: int) -> LoggedEntry:
        """Send it again, as the user decided.

        An unknown delivery that can still be matched is matched instead. A stop that came after
        another device's is sent as a correction of the entry's times: the person saw both. A log
        beside a similar one, or a removal that asked, is sent without asking again.
        """
        with self._journal.transaction():
            logged, delivery = self._undecided(delivery_id)
            message = delivery.message
            if is_sent_once(message) and delivery.state is DeliveryState.UNKNOWN:
                raise NotPossible(DeliveryMessageId.COMMENT_ONCE, str(delivery_id))
            if isinstance(message, DamagedMessage):
                self._rebuild_message(delivery, logged)
            elif is_stop_conflict(delivery, logged.remote) and isinstance(message, StopEntry):
                times = CorrectTimes(logged.entry.started_at, message.stopped_at)
                self._journal.replace_message(delivery, times)
            elif isinstance(message, DeleteLog) and message.asks:
                self._journal.replace_message(delivery, replace(message, asks=False))
            elif delivery.state is not DeliveryState.UNKNOWN or delivery.left_to_user:
                self._journal.set_state(delivery.id, DeliveryState.WAITING)
        self._journal.after_commit(self._on_resolved)
        return logged

    def retry_elsewhere(self, delivery_id: int, route: Route) -> LoggedEntry:
        """Send what TimeCrowd refused to another team or category, which is saved for its task."""
        with self._journal.transaction():
            logged, delivery = self._undecided(delivery_id)
            message = delivery.message
            if not makes_task(message) or not delivery.is_rewritable:
                raise NotPossible(RouteMessageId.NOTHING_TO_MOVE, str(delivery_id))
            task, now = logged.entry.task, logged.entry.route
            chosen = route
            if self._rules is not None:
                chosen = route_for_task(task, self._rules(), self._journal, route)
            chosen = replace(chosen, role_id=now.role_id, is_role_open=now.is_role_open)
            self._journal.choose_route(task, route)
            self._journal.save_route(logged.entry.id, chosen)
            if isinstance(message, StartEntry | RecordEntry | CorrectTimes):
                self._journal.replace_message(delivery, replace(message, route=chosen))
            self._journal.set_state(delivery.id, DeliveryState.WAITING)
        self._journal.after_commit(self._on_resolved)
        return logged

    def drop(self, delivery_id: int) -> tuple[Delivery, ...]:
        """Never send it; returns it with the deliveries that are pointless without it.

        If another device's stop is kept, the true start is still sent. A log beside a similar one
        is not sent: the similar one is claimed for the entry.
        """
        with self._journal.transaction():
            logged, delivery = self._undecided(delivery_id)
            if logged.remote and is_stop_conflict(delivery, logged.remote):
                start = start_correction(logged.entry, logged.remote)
                if start is not None:
                    self._journal.enqueue(logged.entry.id, start)
            message = delivery.message
            if isinstance(message, LogTime) and message.similar_log:
                self._journal.claim_log(delivery.id, message.similar_log)
                self._journal.after_commit(self._on_resolved)
                return (delivery,)
            dropped = drop_cascade(delivery, logged.deliveries)
            for each in dropped:
                self._journal.set_state(each.id, DeliveryState.DROPPED, each.error)
        self._journal.after_commit(self._on_resolved)
        return dropped

    def restore_dropped(self, dropped: Sequence[Delivery], before: LoggedEntry) -> None:
        """Undo a drop: the deliveries are as before, unless they were resolved again since.

        If the entry is no longer as it was `before`, both services already got its present values,
        and the dropped ones would overwrite them.
        """
        with self._journal.transaction():
            if _changed(before, self._journal.entry(before.entry.id)):
                raise NotPossible(EntryMessageId.CHANGED_SINCE)
            for each in dropped:
                if self._state_of(each.id) is DeliveryState.DROPPED:
                    self._journal.set_state(
                        each.id, each.state, each.error, left_to_user=each.left_to_user,
                        refused_status=each.refused_status,
                    )  # fmt: skip
                elif isinstance(each.message, LogTime) and each.message.similar_log:
                    self._journal.unclaim_log(each.id, each.error)
        self._journal.after_commit(self._on_resolved)

    def _rebuild_message(self, delivery: Delivery, logged: LoggedEntry) -> None:
        """Rebuild the message of a damaged delivery; one that may have been sent stays unknown."""
        message = rebuilt_message(delivery, logged)
        if message is None:
            raise NotPossible(DeliveryMessageId.NOT_MADE_ANEW, str(delivery.id))
        self._journal.restore_message(delivery.id, message)
        self._journal.set_state(
            delivery.id,
            DeliveryState.UNKNOWN
            if delivery.state is DeliveryState.UNKNOWN and not delivery.left_to_user
            else DeliveryState.WAITING,
        )

    def _state_of(self, delivery_id: int) -> DeliveryState | None:
        delivery = self._journal.delivery(delivery_id)
        return None if delivery is None else delivery.state

    def _undecided(self, delivery_id: int) -> tuple[LoggedEntry, Delivery]:
        logged = self._journal.entry_of_delivery(delivery_id)
        if logged is None:
            raise NotPossible(DeliveryMessageId.NONE_SUCH, str(delivery_id))
        delivery = next(each for each in logged.deliveries if each.id == delivery_id)
        if delivery.state not in _UNDECIDED:
            raise NotPossible(DeliveryMessageId.DECIDED, str(delivery_id), delivery.state.value)
        return logged, delivery


def _changed(before: LoggedEntry, now: LoggedEntry | None) -> bool:
    """Whether a person changed the entry; that it ended since does not count."""
    if now is None or (now.entry, now.is_deleted) != (before.entry, before.is_deleted):
        return True
    return before.stopped_at not in (None, now.stopped_at)
