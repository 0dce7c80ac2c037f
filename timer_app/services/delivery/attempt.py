"""One attempt at one delivery: leased in the journal, sent, its outcome committed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

from timer_app.domain.delivery.outbox import (
    DeliveryState,
    DueDelivery,
    is_redundant,
    refreshed_message,
)
from timer_app.domain.delivery.outcomes import Done, FoundCard, Outcome
from timer_app.domain.delivery.service_messages import (
    CommentEntry,
    DamagedMessage,
    FindCard,
    kind_of,
    service_of,
)
from timer_app.domain.entries.card import Card, CardKey
from timer_app.domain.errors import JournalError
from timer_app.domain.messages import DeliveryMessageId
from timer_app.domain.user_message import UserMessage
from timer_app.services.delivery.backoff import Jitter
from timer_app.services.delivery.commit_retry import CommitRetry
from timer_app.services.delivery.log_coordinator import LogCoordinator
from timer_app.services.delivery.outcomes import (
    TakeEarlierStop,
    apply_outcome,
    complete_redundant,
    drop_if_cancelled,
    drop_if_superseded,
)
from timer_app.services.delivery.ports import Gateway, Journal
from timer_app.services.delivery.stopping import ShouldStop
from timer_app.services.entries.ports import Clock

_log = logging.getLogger(__name__)


class Attempt:
    """Sends deliveries, one at a time.

    Without `log_coordinator` logs have no references. `take_earlier_stop` lets an entry end when
    another device stopped it; `changed` is called after every commit, `on_card_found` within the
    commit with an entry's id and the card that its task names; `sends_comments` says whether
    TimeCrowd gets comments.
    """

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        jitter: Jitter,
        commits: CommitRetry,
        *,
        log_coordinator: LogCoordinator | None,
        take_earlier_stop: TakeEarlierStop,
        changed: Callable[[], None],
        on_card_found: Callable[[str, Card], None],
        sends_comments: Callable[[], bool],
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._jitter = jitter
        self._commits = commits
        self._log_coordinator = log_coordinator
        self._take_earlier_stop = take_earlier_stop
        self._changed = changed
        self._on_card_found = on_card_found
        self._sends_comments = sends_comments

    async def run(
        self,
        gateway: Gateway,
        due: DueDelivery,
        should_stop: ShouldStop,
        *,
        is_paused: Callable[[], bool],
    ) -> None:
        """Send the delivery, unless nobody wants it any more, and commit its outcome."""

        def lease() -> DueDelivery | None:
            return None if should_stop() or is_paused() else self._lease(due)

        leased = await self._commits.run(lease, should_stop)
        if leased is None:
            return
        outcome = await gateway.deliver(leased, lambda: self._stamp_attempt(due.delivery.id))
        _log.info(
            "delivery=%d entry=%s service=%s kind=%s attempt=%d outcome=%s",
            due.delivery.id, due.delivery.entry_id, service_of(due.delivery.message).value,
            kind_of(leased.delivery.message).value, due.delivery.attempts + 1,
            type(outcome).__name__,
        )  # fmt: skip
        await self._commits.run(lambda: self._apply_outcome(leased, outcome), should_stop)

    def _lease(self, due: DueDelivery) -> DueDelivery | None:
        """Lease the delivery for sending; None if there is nothing left to send."""
        with self._journal.transaction():
            # As it is now: another process may have changed it since it was read, or a person
            # while the disk was full.
            now = self._journal.next_due(service_of(due.delivery.message), self._clock.now())
            if now is None or now.delivery.id != due.delivery.id:
                return None
            due, message = now, refreshed_message(now)
            if isinstance(message, DamagedMessage):
                self._set_damaged_aside(due)
                return None
            if self._log_coordinator is not None:
                message = self._log_coordinator.with_reference(now, message)
            if message != due.delivery.message:
                self._journal.replace_message(due.delivery, message)
                due = replace(due, delivery=replace(due.delivery, message=message))
            dropped = drop_if_cancelled(self._journal, due.delivery, self._clock)
            if (
                dropped
                or drop_if_superseded(self._journal, due)
                or (isinstance(message, FindCard) and self._knows_card(due, message.card_key))
                or self._drop_unwanted_comment(due)
            ):
                leased = False
            elif due.remote and is_redundant(due):
                complete_redundant(self._journal, due, due.remote)
                leased = False
            else:
                leased = self._journal.lease(due.delivery.id, self._clock.reading())
        self._changed()
        return due if leased else None

    def _set_damaged_aside(self, due: DueDelivery) -> None:
        """Block a delivery that cannot be read; drop it if its entry is deleted."""
        delivery_id = due.delivery.id
        if not drop_if_cancelled(self._journal, due.delivery, self._clock):
            _log.error("delivery=%d is damaged in the journal: left to the user", delivery_id)
            reason = str(UserMessage(DeliveryMessageId.DAMAGED, delivery_id))
            self._journal.set_state(delivery_id, DeliveryState.BLOCKED, reason)
        self._journal.after_commit(self._changed)

    def _drop_unwanted_comment(self, due: DueDelivery) -> bool:
        """Drop a comment that waited when its setting was turned off; whether it was dropped."""
        unwanted = isinstance(due.delivery.message, CommentEntry) and not self._sends_comments()
        if unwanted:
            self._journal.set_state(due.delivery.id, DeliveryState.DROPPED)
        return unwanted

    def _knows_card(self, due: DueDelivery, card_key: CardKey) -> bool:
        """Whether the key's card is known from an earlier answer; its entry then gets the card."""
        card = self._journal.cards_by_key().get(card_key)
        if card is None:
            return False
        self._journal.complete(due.delivery.id, "")
        self._on_card_found(due.delivery.entry_id, card)
        return True

    def _stamp_attempt(self, delivery_id: int) -> None:
        """Stamp the attempt: matching considers what was made from this instant on."""
        try:
            self._journal.stamp_attempt(delivery_id, self._clock.reading())
        except JournalError as error:  # the stamp of the lease is early, and still there
            _log.warning("delivery=%d: its attempt keeps an early stamp: %s", delivery_id, error)

    def _apply_outcome(self, due: DueDelivery, outcome: Outcome) -> None:
        with self._journal.transaction():
            apply_outcome(
                self._journal, due, outcome, self._clock, self._jitter, self._take_earlier_stop
            )
            if isinstance(outcome, Done) and isinstance(outcome.answer, FoundCard):
                self._on_card_found(due.delivery.entry_id, outcome.answer.card)
        self._changed()
