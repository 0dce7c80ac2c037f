"""The deliveries that need a person, and the resolutions of each.

Commands and windows offer the same ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import islice

from timer_app.domain.delivery.outbox import (
    Delivery,
    DeliveryState,
    LoggedEntry,
    is_stop_conflict,
    rebuilt_message,
)
from timer_app.domain.delivery.service_messages import (
    CommentEntry,
    DamagedMessage,
    DeleteLog,
    FindCard,
    LogTime,
    RemoveDuplicateEntry,
    RemoveDuplicateLog,
    StopEntry,
    makes_task,
)
from timer_app.domain.messages import ResolutionMessageId
from timer_app.domain.user_message import UserMessage
from timer_app.services.delivery.ports import Outbox

MAX_SHOWN = 50
_UNPROCESSABLE = 422
"""TimeCrowd's status for a task that it cannot create as requested."""

_NOT_SHOWN = (403, 404)
"""Kaiten's statuses for a card that was removed or is not visible: it rarely comes back."""


class Resolution(Enum):
    """A resolution: a drop, an edit, `CHANGE_CATEGORY`, or else a retry."""

    SEND_AGAIN = ResolutionMessageId.SEND_AGAIN
    SEND_IF_MISSING = ResolutionMessageId.SEND_IF_MISSING
    CHANGE_CARD = ResolutionMessageId.CHANGE_CARD
    CHANGE = ResolutionMessageId.CHANGE
    CHANGE_CATEGORY = ResolutionMessageId.CHANGE_CATEGORY
    NEVER_SEND = ResolutionMessageId.NEVER_SEND
    COMMENT_CHECKED = ResolutionMessageId.COMMENT_CHECKED
    TAKE_REMOTE_STOP = ResolutionMessageId.TAKE_REMOTE_STOP
    KEEP_LOCAL_STOP = ResolutionMessageId.KEEP_LOCAL_STOP
    LEAVE_BOTH_STOPS = ResolutionMessageId.LEAVE_BOTH_STOPS
    REMOVE_OURS = ResolutionMessageId.REMOVE_OURS
    KEEP_DUPLICATE = ResolutionMessageId.KEEP_DUPLICATE
    CHECK_AGAIN = ResolutionMessageId.CHECK_AGAIN
    LEAVE_DUPLICATE = ResolutionMessageId.LEAVE_DUPLICATE
    CLAIM_LOG = ResolutionMessageId.CLAIM_LOG
    LOG_THIS_TOO = ResolutionMessageId.LOG_THIS_TOO
    REMOVE_LOG = ResolutionMessageId.REMOVE_LOG
    KEEP_LOG = ResolutionMessageId.KEEP_LOG

    @property
    def label(self) -> UserMessage:
        """What it does, in a few words."""
        return UserMessage(self.value)

    @property
    def is_drop(self) -> bool:
        """Whether it ends the delivery without sending it."""
        return self in (
            Resolution.NEVER_SEND,
            Resolution.COMMENT_CHECKED,
            Resolution.LEAVE_BOTH_STOPS,
            Resolution.KEEP_DUPLICATE,
            Resolution.LEAVE_DUPLICATE,
            Resolution.CLAIM_LOG,
            Resolution.KEEP_LOG,
        )

    @property
    def is_edit(self) -> bool:
        """Whether it changes the entry."""
        return self in (Resolution.CHANGE_CARD, Resolution.CHANGE, Resolution.TAKE_REMOTE_STOP)


def resolutions_for(logged: LoggedEntry, delivery: Delivery) -> tuple[Resolution, ...]:
    """The resolutions of a delivery that needs a person, the most likely one first."""
    match delivery.message:
        case DamagedMessage():
            again = (Resolution.SEND_AGAIN,) if rebuilt_message(delivery, logged) else ()
            return (*again, Resolution.NEVER_SEND)
        case LogTime(similar_log=log_id) if log_id and delivery.state is DeliveryState.BLOCKED:
            return (Resolution.CLAIM_LOG, Resolution.LOG_THIS_TOO)
        case DeleteLog(asks=True) if delivery.state is DeliveryState.BLOCKED:
            return (Resolution.REMOVE_LOG, Resolution.KEEP_LOG)
        case _:
            return _refused_resolutions(logged, delivery)


def _refused_resolutions(logged: LoggedEntry, delivery: Delivery) -> tuple[Resolution, ...]:
    match delivery.message:
        case StopEntry() if is_stop_conflict(delivery, logged.remote):
            return (
                Resolution.TAKE_REMOTE_STOP,
                Resolution.KEEP_LOCAL_STOP,
                Resolution.LEAVE_BOTH_STOPS,
            )
        case RemoveDuplicateEntry(removed=str()) | RemoveDuplicateLog(removed=str()):
            return (Resolution.REMOVE_OURS, Resolution.KEEP_DUPLICATE)
        case RemoveDuplicateEntry() | RemoveDuplicateLog():
            return (Resolution.CHECK_AGAIN, Resolution.LEAVE_DUPLICATE)
        case message if delivery.state is DeliveryState.BLOCKED:
            is_log = isinstance(message, LogTime | FindCard)
            change = Resolution.CHANGE_CARD if is_log else Resolution.CHANGE
            runs = is_log and logged.stopped_at is None  # and cannot be changed yet
            changes = () if runs else (change,)
            is_task = delivery.refused_status == _UNPROCESSABLE and makes_task(message)
            category = (Resolution.CHANGE_CATEGORY,) if is_task else ()
            again = (Resolution.SEND_AGAIN,)
            is_gone = is_log and delivery.refused_status in _NOT_SHOWN
            retry_or_change = (*changes, *again) if is_gone else (*again, *changes)
            return (*category, *retry_or_change, Resolution.NEVER_SEND)
        case CommentEntry():  # which is never sent twice
            return (Resolution.COMMENT_CHECKED,)
        case _:
            return (Resolution.SEND_IF_MISSING, Resolution.NEVER_SEND)


@dataclass(frozen=True, slots=True)
class Problem:
    """One delivery, the entry it is about, and what can be done."""

    logged: LoggedEntry
    delivery: Delivery
    resolutions: tuple[Resolution, ...]

    @classmethod
    def for_delivery(cls, logged: LoggedEntry, delivery: Delivery) -> Problem:
        """A delivery of an entry."""
        return cls(logged, delivery, resolutions_for(logged, delivery))


def read_in_steps(journal: Outbox, per_step: int) -> Iterator[Sequence[LoggedEntry]]:
    """The entries with deliveries that need a person, each once, with all of those.

    A step takes the next `per_step` deliveries by age: the loop can go on between two of them,
    and what is decided meanwhile does not come any more.
    """
    after, yielded = 0, set[int]()
    while ids := journal.ids_needing_user(after, per_step):
        after = ids[-1]
        found = journal.needing_user([each for each in ids if each not in yielded])
        yielded.update(delivery.id for logged in found for delivery in logged.deliveries)
        yield found


def list_problems(journal: Outbox, most: int = MAX_SHOWN) -> Sequence[Problem]:
    """Those of the entries with the oldest such deliveries, by the entries' start."""
    found = (
        Problem.for_delivery(logged, delivery)
        for logged in journal.needing_user(journal.ids_needing_user(most=most))
        for delivery in logged.deliveries
    )
    return tuple(islice(found, most))
