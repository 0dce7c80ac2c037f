"""What edits, deletions and their undoing change in what the services are told.

What is certainly not sent is rewritten; what is sent, or may be, is followed by another message.
Pure: the journal carries the changes out, in one transaction with the entry's own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum

from timer_app.domain.card import Card
from timer_app.domain.delivery import (
    ChangeLog,
    CorrectTimes,
    DeleteEntry,
    DeleteLog,
    Delivery,
    DeliveryState,
    LogTime,
    Message,
    RecordEntry,
    RemoveDoubleEntry,
    RemoveDoubleLog,
    Service,
    StopEntry,
    about_of,
    last_beginning,
    recorded,
    service_of,
)
from timer_app.domain.entry import Entry, FinishedEntry
from timer_app.domain.minutes import CardDay, Rounding, half_up, minutes_to_log


@dataclass(frozen=True, slots=True)
class Tell:
    """One more message, behind those that the entry has."""

    entry_id: str
    message: Message


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A delivery that is not sent says this instead, and waits (again)."""

    delivery: Delivery
    message: Message


@dataclass(frozen=True, slots=True)
class Drop:
    """A delivery that is not sent never is: the user's act made it pointless."""

    delivery: Delivery


@dataclass(frozen=True, slots=True)
class Promise:
    """From now on the log of a delivery counts for so many minutes."""

    delivery: Delivery
    minutes: int


Change = Tell | Rewrite | Drop | Promise


class Act(Enum):
    """What a person did to an entry."""

    EDIT = "edit"
    DELETE = "delete"
    SPLIT = "split"
    CANCEL = "cancel"
    ANSWER = "answer"
    """Said what the time was that nobody was there."""


@dataclass(frozen=True, slots=True)
class Amendment:
    """An act and what was before it.

    `stopped_at` is None for a cancelled entry, which ran; `told` whether TimeCrowd had heard, or
    was to hear, of the entry; `made` is the second half that a split made. An answer to a
    `question` may have made several `pieces`, and none if they are None: the entry stayed whole.
    """

    act: Act
    before: Entry
    stopped_at: datetime | None
    told: bool
    made: str | None = None
    id: int = 0
    pieces: tuple[str, ...] | None = None
    question: int | None = None


# -------------------------------------------------------------------- TimeCrowd


def corrected(
    new: FinishedEntry, earlier: Sequence[Delivery], *, moved: bool
) -> tuple[Change, ...]:
    """TimeCrowd follows an edit; `moved` if the entry goes to another task.

    While it is in doubt whether TimeCrowd has the entry at all, its answer brings the correction:
    whatever it then holds is held against the journal.
    """
    begun = last_beginning(tuple(earlier))
    if begun is None or begun.state is DeliveryState.DROPPED:
        return ()
    later = _unsent_times(earlier, begun)
    task = new.entry.task if moved else None
    whole = isinstance(begun.message, RecordEntry) and not begun.unsent
    changes: list[Change] = [
        Rewrite(each, _newly(each, new, moved=moved, whole=whole)) for each in later
    ]
    if begun.unsent:
        return (Rewrite(begun, recorded(new)), *changes)
    has_stop = any(isinstance(each.message, StopEntry) for each in later)
    has_times = any(isinstance(change.message, CorrectTimes) for change in changes
                    if isinstance(change, Rewrite))  # fmt: skip
    answered = begun.state is DeliveryState.DONE
    if not has_times and (moved or (answered and not has_stop)):
        times = CorrectTimes(new.entry.started_at, new.stopped_at, task)
        changes.append(Tell(new.entry.id, times))
    return tuple(changes)


def _unsent_times(earlier: Sequence[Delivery], begun: Delivery) -> list[Delivery]:
    return [
        each
        for each in earlier
        if each.id > begun.id and each.unsent and isinstance(each.message, StopEntry | CorrectTimes)
    ]


def _newly(delivery: Delivery, new: FinishedEntry, *, moved: bool, whole: bool) -> Message:
    """A stop that was not taken, since another device's came first, is now a person's word.

    So is one of an entry that is told `whole`: TimeCrowd has its stop by that already.
    """
    message, entry = delivery.message, new.entry
    waits = delivery.state is DeliveryState.WAITING
    if isinstance(message, StopEntry) and waits and not whole:
        return StopEntry(new.stopped_at)
    before = message.task if isinstance(message, CorrectTimes) else None
    return CorrectTimes(entry.started_at, new.stopped_at, entry.task if moved else before)


def withdrawn(entry_id: str, earlier: Sequence[Delivery]) -> tuple[Change, ...]:
    """TimeCrowd follows a deletion: what was certainly not sent is dropped, the rest deleted."""
    begun = last_beginning(tuple(earlier))
    changes: list[Change] = [
        _pointless(each)
        for each in earlier
        if each.unsent and service_of(each.message) is Service.TIMECROWD
    ]
    gone = begun is None or begun.unsent or begun.state is DeliveryState.DROPPED
    return tuple(changes) if gone else (*changes, Tell(entry_id, DeleteEntry()))


def _pointless(delivery: Delivery) -> Change:
    """What becomes of an unsent delivery about something that is to be gone.

    A double stays to be removed, and now by hand: the one that we could prove to be ours goes by
    the deletion, so that neither may take the other's place.
    """
    message = delivery.message
    if isinstance(message, RemoveDoubleEntry | RemoveDoubleLog):
        return Rewrite(delivery, replace(message, removed=None))
    return Drop(delivery)


def restored(
    finished: FinishedEntry, earlier: Sequence[Delivery], in_doubt: Collection[int]
) -> tuple[Change, ...]:
    """TimeCrowd follows the undoing of a deletion of what it had been told before.

    A deletion that waits to be repeated, with an earlier try `in_doubt`, may have been carried out:
    it is, and what was deleted is told anew.
    """
    entry = finished.entry
    for each in reversed(earlier):
        repeats = each.state is DeliveryState.WAITING and each.id in in_doubt
        if isinstance(each.message, DeleteEntry) and each.unsent and not repeats:
            times = CorrectTimes(entry.started_at, finished.stopped_at, entry.task)
            return Drop(each), Tell(entry.id, times)
        if isinstance(each.message, DeleteEntry) and each.state is not DeliveryState.DROPPED:
            break
    return (Tell(entry.id, recorded(finished)),)


# -------------------------------------------------------------------- Kaiten


@dataclass(frozen=True, slots=True)
class PromisedLog:
    """A log that Kaiten holds, or will hold when all is delivered.

    `delivery` is the one that makes it; `comment` is what it ends up with; `about` are the
    deliveries that change or remove it.
    """

    delivery: Delivery
    comment: str
    about: tuple[Delivery, ...] = ()

    @property
    def minutes(self) -> int:
        """What it counts for."""
        return self.delivery.minutes or 0

    @property
    def settled(self) -> bool:
        """Whether the user dropped it: those minutes are decided, and it is not touched."""
        return self.delivery.state is DeliveryState.DROPPED


def promised(deliveries: Sequence[Delivery]) -> tuple[PromisedLog, ...]:
    """The logs among some deliveries that count for something, in order."""
    logs = []
    for delivery in deliveries:
        message = delivery.message
        if not isinstance(message, LogTime) or not delivery.minutes:
            continue
        about = tuple(each for each in deliveries if about_of(each.message) == delivery.id)
        comments = [each.message.comment for each in about
                    if isinstance(each.message, ChangeLog)
                    and each.state is not DeliveryState.DROPPED]  # fmt: skip
        logs.append(PromisedLog(delivery, [message.comment, *comments][-1], about))
    return tuple(logs)


@dataclass(frozen=True, slots=True)
class DayOfCard:
    """One card on one date: seconds by entry in the order of their start, and its logs."""

    card: Card
    for_date: date
    seconds: Mapping[str, int]
    logs: tuple[PromisedLog, ...]


@dataclass(frozen=True, slots=True)
class Balance:
    """The minutes each log must have, by its delivery's id, and those of a log to be made."""

    minutes: Mapping[int, int]
    new: tuple[str, int] | None = None


def balance(rounding: Rounding, day: DayOfCard, changed: str) -> Balance:
    """What the day's logs must hold after entry `changed` became what `day.seconds` says.

    With `carry` all of them together hold max(1, half_up(all seconds)); what is missing goes to
    the changed entry, what is too much is taken from it first. Otherwise only its own count.
    """
    if rounding is Rounding.CARRY:
        return _carried(day, changed)
    return _alone(rounding, day, changed)


def _alone(rounding: Rounding, day: DayOfCard, changed: str) -> Balance:
    own = [log for log in day.logs if log.delivery.entry_id == changed]
    wanted = 0
    if changed in day.seconds:
        wanted = minutes_to_log(rounding, day.seconds[changed], CardDay())
        wanted = max(0, wanted - sum(log.minutes for log in own if log.settled))
    minutes = {log.delivery.id: log.minutes for log in day.logs}
    for log in own:
        if not log.settled:
            minutes[log.delivery.id], wanted = wanted, 0
        elif changed not in day.seconds:
            minutes[log.delivery.id] = 0
    return Balance(minutes, (changed, wanted) if wanted else None)


def _carried(day: DayOfCard, changed: str) -> Balance:
    minutes = {
        log.delivery.id: log.minutes if log.delivery.entry_id in day.seconds else 0
        for log in day.logs
    }
    total = sum(day.seconds.values())
    wanted = max(1, half_up(total)) if day.seconds else 0
    missing = wanted - sum(minutes.values())
    movable = [log.delivery for log in day.logs
               if not log.settled and log.delivery.entry_id in day.seconds]  # fmt: skip
    movable.sort(key=lambda delivery: (delivery.entry_id == changed, delivery.id), reverse=True)
    if missing > 0:
        return _given(day, changed, minutes, movable, missing)
    for delivery in movable:
        taken = min(minutes[delivery.id], -missing)
        minutes[delivery.id] -= taken
        missing += taken
    return Balance(minutes)


def _given(
    day: DayOfCard,
    changed: str,
    minutes: dict[int, int],
    movable: list[Delivery],
    missing: int,
) -> Balance:
    """To the changed entry's log, which may have to be made; without it to the latest log."""
    if changed in day.seconds and not any(each.entry_id == changed for each in movable):
        return Balance(minutes, (changed, missing))
    if not movable:
        return Balance(minutes, (list(day.seconds)[-1], missing))
    minutes[movable[0].id] += missing
    return Balance(minutes)


def relogged(
    day: DayOfCard, wanted: Balance, entries: Mapping[str, Entry], changed: str
) -> tuple[Change, ...]:
    """The messages that bring the day's logs to that balance.

    The logs of the changed entry get its comment, the others keep theirs.
    """
    changes: list[Change] = []
    if wanted.new is not None:
        entry_id, minutes = wanted.new
        changes.append(Tell(entry_id, _log(day, minutes, entries[entry_id].comment)))
    for log in day.logs:
        minutes = wanted.minutes[log.delivery.id]
        own = entries.get(changed) if log.delivery.entry_id == changed else None
        if not log.settled:
            changes += _changed(day, log, minutes, own.comment if own else log.comment)
        elif minutes == 0:
            changes.append(Promise(log.delivery, 0))
    return tuple(changes)


def _changed(day: DayOfCard, log: PromisedLog, minutes: int, comment: str) -> list[Change]:
    if minutes == 0:
        return _removed(day, log)
    if (minutes, comment) == (log.minutes, log.comment):
        return []
    if log.comment and not comment and not log.delivery.unsent:
        # Whether Kaiten takes an empty comment is not known, and null it must never get.
        return [Tell(log.delivery.entry_id, _log(day, minutes, "")), *_removed(day, log)]
    kept = Promise(log.delivery, minutes)
    if log.delivery.unsent:
        return [Rewrite(log.delivery, _log(day, minutes, comment)), kept]
    change = ChangeLog(log.delivery.id, day.card, day.for_date, minutes, comment)
    for each in log.about:
        if isinstance(each.message, ChangeLog) and each.unsent:
            return [Rewrite(each, change), kept]
    return [Tell(log.delivery.entry_id, change), kept]


def _removed(day: DayOfCard, log: PromisedLog) -> list[Change]:
    about = (log.delivery, *log.about)
    changes: list[Change] = [_pointless(each) for each in about if each.unsent]
    if not log.delivery.unsent:
        removal = DeleteLog(log.delivery.id, day.card, day.for_date)
        changes.append(Tell(log.delivery.entry_id, removal))
    return [*changes, Promise(log.delivery, 0)]


def _log(day: DayOfCard, minutes: int, comment: str) -> LogTime:
    return LogTime(day.card, day.for_date, minutes, comment)
