"""The sender: takes what is due from the journal, tells the service, commits how it ended.

One sender at a time across the app and the command line (a lock), the two services side by
side, the rows of one entry in order. It sleeps until it is woken or a rest is over, and while a
person has paused it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, TypeVar

from timer_app.domain.delivery import (
    Due,
    Service,
    already_true,
    as_true_as_now,
    kind_of,
    service_of,
)
from timer_app.domain.outcome import Outcome
from timer_app.services.doubles import Doubles
from timer_app.services.other_devices import OtherDevices
from timer_app.services.ports import Clock, Gateway, Journal, JournalUnwritable, TimeTracker
from timer_app.services.reconciler import Reconciler
from timer_app.services.service_status import Health, ServiceStatus
from timer_app.services.settling import (
    LONGEST_WAIT,
    Jitter,
    backoff,
    forget_cancelled,
    leave_to_the_stop,
    settle,
    settle_already_true,
)

_log = logging.getLogger(__name__)
_T = TypeVar("_T")
Enough = Callable[[], bool]
"""Whether it is time to end: nothing new is begun then."""

_LAST_WORDS_SECONDS = 0.5
"""A keyring is waited for until the deadline too, and then it is to be said that it was that."""
_JOURNAL_SECOND = timedelta(seconds=1)  # the journal keeps whole seconds, rounded up
_USER_MAY_HAVE_MENDED = (Health.OFFLINE, Health.UNAUTHORIZED)


@dataclass(frozen=True, slots=True)
class _Deadline:
    """It is time to end at an instant of the loop's clock."""

    at: float

    def __call__(self) -> bool:
        return asyncio.get_running_loop().time() >= self.at


async def _in_time(asking: Coroutine[Any, Any, _T], enough: Enough) -> _T | None:
    """What a service answers to a question, or None if its answer comes after the deadline."""
    at = enough.at + _LAST_WORDS_SECONDS if isinstance(enough, _Deadline) else None
    try:
        async with asyncio.timeout_at(at):
            return await asking
    except TimeoutError:
        return None


class Sender:
    """Delivers what the journal holds through the gateways.

    `gateway_of` answers None for a service that is not set up: what was meant for it waits.
    `turn` is the lock that makes it the only sender; `changed` is called after every commit,
    `trouble` with the error when the journal could not be written and None when it can again.
    """

    def __init__(
        self,
        journal: Journal,
        gateway_of: Callable[[Service], Gateway | None],
        clock: Clock,
        turn: Callable[[], AbstractAsyncContextManager[None]],
        reconciler: Reconciler,
        doubles: Doubles,
        jitter: Jitter,
        *,
        devices: OtherDevices | None = None,
        tracker: Callable[[], TimeTracker | None] = lambda: None,
        changed: Callable[[], None] = lambda: None,
        trouble: Callable[[JournalUnwritable | None], None] = lambda _: None,
    ) -> None:
        self._journal = journal
        self._gateway_of = gateway_of
        self._clock = clock
        self._turn = turn
        self._reconciler = reconciler
        self._doubles = doubles
        self._devices = devices
        self._tracker = tracker
        self._jitter = jitter
        self._changed = changed
        self._trouble = trouble
        self._paused = False
        self._over = False
        self._wakes = {service: asyncio.Event() for service in Service}
        self._resting = {service: asyncio.Event() for service in Service}

    def wake(self) -> None:
        """Look for what is due. Call it after every commit that may have made something due."""
        for service, wake in self._wakes.items():
            if not self._over:  # else nobody would ever rest again
                self._resting[service].clear()
            wake.set()

    @property
    def paused(self) -> bool:
        """Whether a person paused it. Only this process remembers that: a restart goes on."""
        return self._paused

    def pause(self) -> None:
        """Begin nothing new; a call that is under way ends as it does."""
        self._paused = True
        self.wake()  # it then sleeps without a timer

    def resume(self) -> None:
        """Go on."""
        self._paused = False
        self.wake()

    def try_again(self) -> None:
        """Forget that services were unreachable or refused the token: a person did something.

        What a look could not tell is looked at once more, too.
        """
        self._reconciler.look_again()
        try:
            for service in Service:
                if self._journal.service_status(service).health in _USER_MAY_HAVE_MENDED:
                    self._journal.keep_service_status(service, ServiceStatus())
        except JournalUnwritable as error:
            _log.error("journal unwritable: %s", error)
            self._trouble(error)
        self.wake()

    async def run(self, until: asyncio.Event) -> None:
        """Deliver until the event is set; a call that is under way then is awaited."""
        try:
            async with self._turn():
                await self._serve_both(until)
        finally:
            self._over = True
            for resting in self._resting.values():
                resting.set()  # whoever waits for it need not any more

    async def _serve_both(self, until: asyncio.Event) -> None:
        try:
            await self._surely(self._find_interrupted, until.is_set)
            await self._surely(self._doubles.look_now, until.is_set)
        except JournalUnwritable:
            _log.warning("delivering ended: the journal cannot be written")
            return
        async with asyncio.TaskGroup() as group:
            serving = [group.create_task(self._serve(service, until)) for service in Service]
            await until.wait()
            self.wake()
            await asyncio.wait(serving)

    async def drain(self, within: timedelta) -> None:
        """Deliver what can be delivered now; nothing new is begun after `within`.

        A delivery that has begun is awaited to its end, since breaking it off would make it
        unknown; a question is broken off, since it changes nothing. A journal that cannot be
        written ends it too; `trouble` has been told, nothing is lost.
        """
        enough = _Deadline(asyncio.get_running_loop().time() + within.total_seconds())
        try:
            async with asyncio.timeout_at(enough.at):
                turn = self._turn()
                await turn.__aenter__()
        except TimeoutError:
            _log.info("another process is sending; left to it")
            return
        try:
            await self._surely(self._find_interrupted, enough)
            async with asyncio.TaskGroup() as group:
                for service in Service:
                    group.create_task(self._empty_until(service, enough))
        except JournalUnwritable:
            _log.warning("delivering ended: the journal cannot be written")
        finally:
            await turn.__aexit__(None, None, None)

    async def idle(self) -> None:
        """Wait until nothing can be sent at the moment: all is delivered, or rests."""
        for resting in self._resting.values():
            await resting.wait()

    def _find_interrupted(self) -> None:
        if found := self._journal.interrupted():
            _log.warning("deliveries=%d were being sent when a process ended: unknown now", found)
            self._changed()

    async def _serve(self, service: Service, until: asyncio.Event) -> None:
        wake = self._wakes[service]
        while not until.is_set():
            wake.clear()
            await self._empty(service, until.is_set)
            self._resting[service].set()
            if not until.is_set():
                await self._sleep(wake, self._rest(service))

    async def _sleep(self, wake: asyncio.Event, rest: timedelta | None) -> None:
        try:
            async with asyncio.timeout(None if rest is None else rest.total_seconds()):
                await wake.wait()
        except TimeoutError:
            return

    async def _empty_until(self, service: Service, enough: _Deadline) -> None:
        """Empty, and stay for what a short rest helps: a look, or a service that is too busy."""
        now = asyncio.get_running_loop().time
        while True:
            await self._empty(service, enough)
            rest = self._rest(service) if self._rest_helps(service) else None
            if rest is None or now() + rest.total_seconds() >= enough.at:
                return
            await asyncio.sleep(rest.total_seconds())

    def _rest_helps(self, service: Service) -> bool:
        if self._reconciler.next_unknown(service) is not None:
            return True
        busy = self._journal.service_status(service).health is Health.RATE_LIMITED
        return busy and self._journal.next_due(service) is not None

    async def _empty(self, service: Service, enough: Enough) -> None:
        """Resolve what is unknown, then send what is due, as long as the service takes them.

        A journal that cannot be written when it is time to end ends this service's turn alone:
        what the other one is being told right now is not broken off.
        """
        while self._may_send(service) and not enough():
            gateway = self._gateway_of(service)
            if gateway is None:
                return
            try:
                if not await self._next_step(gateway, service, enough):
                    return
            except JournalUnwritable:
                _log.warning("delivering ended: the journal cannot be written")
                return
            await asyncio.sleep(0)  # a thousand rows that need no call must not hold up a click

    async def _next_step(self, gateway: Gateway, service: Service, enough: Enough) -> bool:
        """Do what comes next; False if there is nothing to do."""
        if unknown := self._reconciler.next_unknown(service):
            await self._look(gateway, unknown, enough)
        elif await self._follow(service, enough):
            pass
        elif due := self._journal.next_due(service):
            await self._deliver(gateway, service, due, enough)
        elif watched := self._doubles.next(service):
            finding = await _in_time(self._doubles.look(gateway, watched), enough)
            if finding is not None:
                await self._surely(lambda: self._doubles.commit(watched, finding), enough)
                self._changed()
        else:
            return False
        return True

    async def _follow(self, service: Service, enough: Enough) -> bool:
        """Ask what other devices did, if it is time to; a start that is due makes it so."""
        devices, tracker = self._devices, self._tracker()
        if service is not Service.TIMECROWD or devices is None or tracker is None:
            return False
        due = self._journal.next_due(service)
        before_start = due is not None and devices.ask_before(due)
        if not (before_start or devices.is_due()):
            return False
        seen = await _in_time(devices.ask(tracker), enough)
        if seen is not None:
            await self._surely(lambda: devices.commit(seen), enough)
            self._changed()
        return True

    def _may_send(self, service: Service) -> bool:
        if self._paused or self._journal.service_status(service).health is Health.UNAUTHORIZED:
            return False
        return self._rests_for(service) <= timedelta(0)

    def _rest(self, service: Service) -> timedelta | None:
        """How long until the service may be tried again; None: until woken."""
        held = self._journal.service_status(service).health is Health.UNAUTHORIZED
        if self._paused or held or self._gateway_of(service) is None:
            return None
        rests = max(timedelta(0), self._rests_for(service))
        if self._journal.next_due(service) or self._reconciler.next_unknown(service):
            return rests
        later = self._later(service)
        return None if later is None else max(rests, later)

    def _later(self, service: Service) -> timedelta | None:
        """How long until it is time for the next look; None: there is none to come."""
        waits = []
        if (at := self._doubles.next_at(service)) is not None:
            waits.append(max(timedelta(0), at - self._clock.now()))
        if service is Service.TIMECROWD and self._devices is not None:
            waits += [rest for rest in [self._devices.rest()] if rest is not None]
        return min(waits, default=None)

    def _rests_for(self, service: Service) -> timedelta:
        """How long the service is to be left alone; never long, even if the clock was set back."""
        not_before = self._journal.service_status(service).not_before
        if not_before is None:
            return timedelta(0)
        rest = not_before - self._clock.now()
        return rest if rest <= LONGEST_WAIT + _JOURNAL_SECOND else timedelta(0)

    async def _look(self, gateway: Gateway, unknown: Due, enough: Enough) -> None:
        finding = await _in_time(self._reconciler.look(gateway, unknown), enough)
        if finding is not None:
            await self._surely(lambda: self._reconciler.commit(unknown, finding), enough)
            self._changed()

    async def _deliver(self, gateway: Gateway, service: Service, due: Due, enough: Enough) -> None:
        def take() -> Due | None:
            return None if enough() or self._paused else self._take_in_hand(due)

        taken = await self._surely(take, enough)
        if taken is None:
            return
        outcome = await gateway.deliver(taken)
        _log.info(
            "delivery=%d entry=%s service=%s kind=%s attempt=%d outcome=%s",
            due.delivery.id, due.delivery.entry_id, service.value,
            kind_of(taken.delivery.message).value, due.delivery.attempts + 1,
            type(outcome).__name__,
        )  # fmt: skip
        await self._surely(lambda: self._settle(taken, outcome), enough)

    def _take_in_hand(self, due: Due) -> Due | None:
        """Commit that the delivery is being sent; None if there is nothing to send after all."""
        with self._journal.transaction():
            # As it is now: another process may have changed it since it was read, or a person
            # while the disk was full.
            now = self._journal.next_due(service_of(due.delivery.message))
            if now is None or now.delivery.id != due.delivery.id:
                return None
            due, message = now, as_true_as_now(now)
            if message != due.delivery.message:
                self._journal.rewrite(due.delivery, message)
                due = replace(due, delivery=replace(due.delivery, message=message))
            forgotten = forget_cancelled(self._journal, due.delivery, self._clock)
            if forgotten or leave_to_the_stop(self._journal, due):
                taken = False
            elif due.remote and already_true(due):
                settle_already_true(self._journal, due, due.remote)
                taken = False
            else:
                taken = self._journal.begin_sending(due.delivery.id, self._clock.reading())
        self._changed()
        return due if taken else None

    def _settle(self, due: Due, outcome: Outcome) -> None:
        settle(self._journal, due, outcome, self._clock, self._jitter)
        self._changed()

    async def _surely(self, commit: Callable[[], _T], enough: Enough) -> _T:
        """Commit, however long the disk is full: what a service answered must not be forgotten.

        Raises JournalUnwritable only once it is time to end; what was being sent is then found
        unknown at the next start.
        """
        failures = 0
        while True:
            try:
                result = commit()
            except JournalUnwritable as error:
                _log.error("journal unwritable: %s", error)
                self._trouble(error)
                if enough():
                    raise
                await asyncio.sleep(backoff(failures, self._jitter).total_seconds())
                failures += 1
                continue
            if failures:
                self._trouble(None)
            return result
