"""Doubles: what a held-up request made after a look had found nothing and it was sent again.

It is looked for some minutes later, several times, and at the next start. What is found is a
delivery that waits for a person: one click removes it. A held-up correction that undid a later
one is put right at once, since both values are ours.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from timer_app.domain.clock_reading import Reading, at_most, elapsed, is_sure
from timer_app.domain.delivery import (
    Attempt,
    ChangeLog,
    CorrectTimes,
    Delivery,
    DeliveryState,
    Due,
    LogTime,
    Message,
    RemoveDoubleEntry,
    RemoveDoubleLog,
    Service,
    holds,
    service_of,
)
from timer_app.domain.looking import SafeToRepeat, Sighting, doubles, window_of
from timer_app.domain.outcome import NotSent, OutcomeUnknown, Refused, RemoteEntry, Unauthorized
from timer_app.services.ports import Clock, Gateway, Journal, ServiceProblem, Watched
from timer_app.services.reconciler import Reconciler
from timer_app.services.settling import WATCH_AFTER, Jitter, rest_after

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Twice:
    """There is another one like it."""

    other: Sighting


@dataclass(frozen=True, slots=True)
class Undone:
    """The service holds an older value of ours again; this is to be told once more."""

    message: Message
    held: Message


@dataclass(frozen=True, slots=True)
class Fine:
    """Nothing is amiss so far."""


Finding = Twice | Undone | Fine | NotSent | OutcomeUnknown | Unauthorized | Refused


class Doubles:
    """Looks for what is watched. One look at a time, by the sender."""

    def __init__(
        self, journal: Journal, clock: Clock, reconciler: Reconciler, jitter: Jitter
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._reconciler = reconciler
        self._jitter = jitter

    def next(self, service: Service) -> Watched | None:
        """What is to be looked for now."""
        at, now = self.next_at(service), self._clock.now()
        return None if at is None or at > now else self._journal.next_watched(service)

    def next_at(self, service: Service) -> datetime | None:
        """When the next look is to be: by the wall clock, so at once if that was set back far."""
        at, now = self._journal.next_watch(service), self._clock.now()
        return now if at is not None and at > now + WATCH_AFTER[-1] else at

    def look_now(self) -> None:
        """Look for everything that is watched."""
        self._journal.watch_all(self._clock.now())

    async def look(self, gateway: Gateway, watched: Watched) -> Finding:
        """Ask the service what it holds. Nothing is raised or committed."""
        try:
            return await self._search(gateway, watched.due)
        except ServiceProblem as problem:
            return problem.outcome

    def commit(self, watched: Watched, finding: Finding) -> None:
        """Commit what a look found. Raises JournalUnwritable."""
        delivery = watched.due.delivery
        _log.info("delivery=%d watched: %s", delivery.id, type(finding).__name__)
        with self._journal.transaction():
            match finding:
                case Twice(other):
                    self._offer_removal(watched.due, other)
                    # Each of several tries may have arrived late: look for the next one at once.
                    self._journal.watch(delivery, watched.since, self._clock.now())
                case Undone(message, held):
                    self._know_what_is_held(delivery, held)
                    self._journal.tell(delivery.entry_id, message)
                    self._look_later(watched)
                case Fine():
                    self._look_later(watched)
                case Refused():
                    self._look_again(watched)
                case NotSent() | OutcomeUnknown() | Unauthorized():
                    service = service_of(delivery.message)
                    rest_after(self._journal, service, finding, self._clock, self._jitter)

    async def _search(self, gateway: Gateway, due: Due) -> Finding:
        attempts = self._journal.attempts(due.delivery.id)
        if isinstance(due.delivery.message, CorrectTimes | ChangeLog):
            return self._judge(due, attempts, await gateway.holds(due))
        for sent in dict.fromkeys(attempt.message for attempt in attempts):
            first = next(attempt for attempt in attempts if attempt.message == sent)
            others = await self._others(gateway, due, first)
            if others:
                return Twice(others[0])
        return Fine()

    async def _others(self, gateway: Gateway, due: Due, first: Attempt) -> tuple[Sighting, ...]:
        as_sent = replace(due, delivery=replace(due.delivery, message=first.message))
        looked = await gateway.look(as_sent, at_most(first.began, self._clock.reading()))
        if isinstance(looked, SafeToRepeat):
            return ()
        server_now = self._clock.now() + looked.skew
        window = window_of(at_most(first.began, self._clock.reading()), server_now)
        claimed = self._reconciler.claimed(due, looked.sightings)
        claimed += self._offered(due)
        return doubles(looked.sightings, claimed, self._own(due), window)

    def _offered(self, due: Due) -> list[str]:
        """The doubles about which a person is, or was, asked already."""
        logged = self._journal.delivery(due.delivery.id)
        asked = []
        for each in logged.deliveries if logged else ():
            match each.message:
                case RemoveDoubleEntry(about, kept=kept) if about == due.delivery.id:
                    asked.append(kept.id)
                case RemoveDoubleLog(about, kept=kept_log) if about == due.delivery.id:
                    asked.append(kept_log)
        return asked

    def _own(self, due: Due) -> str | None:
        """The id that the delivery has now; of an entry, what the entry has."""
        if isinstance(due.delivery.message, LogTime):
            logged = self._journal.delivery(due.delivery.id)
            rows = logged.deliveries if logged else ()
            return next((row.remote_id for row in rows if row.id == due.delivery.id), None)
        return due.remote.id if due.remote else due.delivery.remote_id

    def _judge(self, due: Due, attempts: Sequence[Attempt], held: Message | None) -> Undone | Fine:
        """Whether the service holds what an older try said, and not what is true now."""
        stale = any(_same(attempt.message, held) for attempt in attempts)
        wanted = self._wanted(due)
        if held is None or wanted is None or not stale or _same(wanted, held):
            return Fine()
        return Undone(wanted, held)

    def _wanted(self, due: Due) -> Message | None:
        """What the change would say now."""
        message = due.delivery.message
        if isinstance(message, ChangeLog):
            day = self._journal.day_of_card(message.card, message.for_date)
            for log in day.logs:
                if log.delivery.id == message.about:
                    return replace(message, minutes=log.minutes, comment=log.comment)
            return None
        logged = self._journal.entry(due.delivery.entry_id)
        if logged is None or logged.forgotten:
            return None
        return CorrectTimes(logged.entry.started_at, logged.stopped_at)

    def _know_what_is_held(self, delivery: Delivery, held: Message) -> None:
        """Else what TimeCrowd said last would make the correction look needless."""
        logged = self._journal.entry(delivery.entry_id)
        if isinstance(held, CorrectTimes) and logged is not None and logged.remote is not None:
            times = replace(logged.remote, started_at=held.started_at, stopped_at=held.stopped_at)
            self._journal.keep_remote(delivery.entry_id, times)

    def _offer_removal(self, due: Due, other: Sighting) -> None:
        delivery = due.delivery
        number = self._journal.tell(delivery.entry_id, self._removal(due, other))
        self._journal.claim(number, other.answer.id)
        self._journal.mark(number, DeliveryState.BLOCKED, _SENTENCE[service_of(delivery.message)])

    def _removal(self, due: Due, other: Sighting) -> Message:
        """We can prove of one id only that it is ours: the one that we were answered with.

        Nothing takes the place of one that was withdrawn since.
        """
        delivery, answer = due.delivery, other.answer
        stays = delivery.state is DeliveryState.DONE and not self._is_withdrawn(delivery)
        own = self._own(due) if stays else None
        if isinstance(answer, RemoteEntry):
            return RemoveDoubleEntry(delivery.id, own, answer)
        match delivery.message:
            case LogTime(card, for_date):
                return RemoveDoubleLog(delivery.id, card, for_date, own, answer.id)
            case message:
                raise TypeError(f"a {type(message).__name__} makes no log")

    def _is_withdrawn(self, delivery: Delivery) -> bool:
        """Whether an edit or a deletion has taken back what the delivery made."""
        if isinstance(delivery.message, LogTime):
            return not delivery.minutes
        logged = self._journal.entry(delivery.entry_id)
        return logged is None or logged.forgotten

    def _look_again(self, watched: Watched) -> None:
        """A service that would not show anything has not been looked into: not given up at once."""
        now = self._clock.reading()
        since = _surely_since(watched, now)
        if elapsed(since, now) < _GIVEN_UP_AFTER:
            self._journal.watch(watched.due.delivery, since, now.wall + WATCH_AFTER[-1])
        else:
            self._look_later(watched)

    def _look_later(self, watched: Watched) -> None:
        """A few times; then what was held up is taken for lost."""
        delivery, now = watched.due.delivery, self._clock.reading()
        since = _surely_since(watched, now)
        passed = elapsed(since, now)
        for after in WATCH_AFTER:
            if after > passed:
                self._journal.watch(delivery, since, now.wall + after - passed + _JOURNAL_SECOND)
                return
        self._journal.end_watch(delivery.id)


_GIVEN_UP_AFTER = timedelta(days=1)
_JOURNAL_SECOND = timedelta(seconds=1)
"""The journal keeps whole seconds, and no look is to come before its time: it would be repeated."""
_SENTENCE = {
    Service.TIMECROWD: (
        "TimeCrowd holds one more entry like this. It was made after a request of ours had been"
        " given up for lost, and is most likely that one."
    ),
    Service.KAITEN: (
        "Kaiten holds one more log like this. It was made after a request of ours had been given"
        " up for lost, and is most likely that one."
    ),
}


def _surely_since(watched: Watched, now: Reading) -> Reading:
    """Since when it has been watched at least; anew if the computer was started in between.

    Its clock may have been set then, and a clock that is an hour ahead must not end the watch.
    """
    started_anew = now.steady is not None and not is_sure(watched.since, now)
    return now if started_anew else watched.since


def _same(one: Message, other: Message | None) -> bool:
    """Whether a change says what the service holds."""
    match one, other:
        case ChangeLog(), ChangeLog():
            return (one.minutes, one.comment) == (other.minutes, other.comment)
        case CorrectTimes(), CorrectTimes():
            as_held = RemoteEntry("", "", other.started_at, other.stopped_at)
            return holds(as_held, one.started_at, one.stopped_at)
        case _:
            return False
