"""What a person can do about a delivery that needs them. Commands and windows offer the same."""

from __future__ import annotations

from enum import Enum

from timer_app.domain.delivery import (
    Delivery,
    DeliveryState,
    LogTime,
    RemoveDoubleEntry,
    RemoveDoubleLog,
    StopEntry,
    is_conflict,
)
from timer_app.services.ports import LoggedEntry


class Way(Enum):
    """One way out. Each but `TAKE_THEIRS`, `OTHER_CARD` and `CHANGE` is a retry or a drop."""

    SEND_AGAIN = "send it again"
    SEND_IF_NOT_THERE = "send it again (first see that it is not there)"
    OTHER_CARD = "log it on another card"
    CHANGE = "change it"
    NEVER_SEND = "never send it"
    TAKE_THEIRS = "take the other device's stop"
    KEEP_OURS = "keep the stop made here, and correct TimeCrowd"
    LEAVE_BOTH = "leave both stops as they are"
    REMOVE_OURS = "remove the one we were answered with; the other takes its place"
    KEEP_BOTH = "keep both"
    LOOK_AGAIN = "look again, once you have removed it there"
    LEAVE_THERE = "leave it there"

    @property
    def is_drop(self) -> bool:
        """Whether it ends the delivery without telling anybody."""
        return self in (Way.NEVER_SEND, Way.LEAVE_BOTH, Way.KEEP_BOTH, Way.LEAVE_THERE)

    @property
    def is_edit(self) -> bool:
        """Whether it changes the entry."""
        return self in (Way.OTHER_CARD, Way.CHANGE, Way.TAKE_THEIRS)


def ways(logged: LoggedEntry, delivery: Delivery) -> tuple[Way, ...]:
    """The ways out of a delivery that needs a person, the most likely one first."""
    match delivery.message:
        case StopEntry() if is_conflict(delivery, logged.remote):
            return (Way.TAKE_THEIRS, Way.KEEP_OURS, Way.LEAVE_BOTH)
        case RemoveDoubleEntry(removed=str()) | RemoveDoubleLog(removed=str()):
            return (Way.REMOVE_OURS, Way.KEEP_BOTH)
        case RemoveDoubleEntry() | RemoveDoubleLog():
            return (Way.LOOK_AGAIN, Way.LEAVE_THERE)
        case LogTime() if delivery.state is DeliveryState.BLOCKED:
            return (Way.SEND_AGAIN, Way.OTHER_CARD, Way.NEVER_SEND)
        case _ if delivery.state is DeliveryState.BLOCKED:
            return (Way.SEND_AGAIN, Way.CHANGE, Way.NEVER_SEND)
        case _:
            return (Way.SEND_IF_NOT_THERE, Way.NEVER_SEND)
