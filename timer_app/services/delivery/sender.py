"""The sender: takes due deliveries from the journal, sends them, commits their outcomes.

A lock allows one sender at a time across the app and the command line. The two services are served
side by side, the deliveries of one entry in order. The sender sleeps until it is woken or a backoff
ends, and while it is paused.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from typing import Any

from timer_app.domain.delivery.outbox import (
    DeliveryState,
    DueDelivery,
    LateCheck,
)
from timer_app.domain.delivery.outcomes import (
    NotSent,
    OutcomeUnknown,
    Refused,
    Unauthorized,
)
from timer_app.domain.delivery.service_messages import StartEntry
from timer_app.domain.errors import JournalError
from timer_app.domain.messages import DeliveryMessageId
from timer_app.domain.service import Service
from timer_app.domain.user_message import UserMessage
from timer_app.services.delivery.attempt import Attempt
from timer_app.services.delivery.backoff import (
    MAX_BACKOFF,
    Jitter,
    apply_backoff,
)
from timer_app.services.delivery.commit_retry import CommitRetry
from timer_app.services.delivery.duplicates import DuplicateDetector
from timer_app.services.delivery.ports import Gateway, Journal, ServiceCallError
from timer_app.services.delivery.preparation import Preparation
from timer_app.services.delivery.reconciler import Reconciler
from timer_app.services.delivery.remote_poller import RemotePoller
from timer_app.services.delivery.service_status import Health, ServiceStatus
from timer_app.services.delivery.stopping import Deadline, Quitting, ShouldStop, query
from timer_app.services.entries.ports import Clock

_log = logging.getLogger(__name__)


_ANSWER_LIMIT = timedelta(seconds=20)
"""How long a log waits until TimeCrowd has the entry and its stop; a request takes 15 s at most."""
_JOURNAL_RESOLUTION = timedelta(seconds=1)  # the journal keeps whole seconds, rounded up
_RESET_BY_RETRY = (Health.OFFLINE, Health.UNAUTHORIZED)


async def _time_query_problem(
    gateway: Gateway,
) -> NotSent | OutcomeUnknown | Unauthorized | Refused | None:
    """Why a query for the time was not answered, None if it was."""
    try:
        await gateway.query_time()
    except ServiceCallError as problem:
        return problem.outcome
    return None


class Sender:
    """Delivers the outbox through the gateways.

    `gateway_of` returns None for a service that is not set up: its deliveries wait.
    `attempt` sends one delivery, `commits` writes what a service answered. Without `preparation`
    no other computer is waited for, and each entry's route is known; without `poller` other
    devices are not polled.
    `is_time_known` says whether a service's time was received in this boot of the computer; until
    then each is asked for it once before anything is sent or matched.
    `sender_lock` is the lock that makes it the only sender; `changed` is called after every commit,
    `on_journal_error` with the error when the journal cannot even be read.
    """

    def __init__(
        self,
        journal: Journal,
        gateway_of: Callable[[Service], Gateway | None],
        clock: Clock,
        sender_lock: Callable[[], AbstractAsyncContextManager[None]],
        reconciler: Reconciler,
        duplicates: DuplicateDetector,
        jitter: Jitter,
        attempt: Attempt,
        commits: CommitRetry,
        *,
        preparation: Preparation | None = None,
        poller: RemotePoller | None = None,
        is_time_known: Callable[[], bool] = lambda: True,
        changed: Callable[[], None] = lambda: None,
        on_journal_error: Callable[[JournalError | None], None] = lambda _: None,
    ) -> None:
        self._journal = journal
        self._gateway_of = gateway_of
        self._clock = clock
        self._sender_lock = sender_lock
        self._reconciler = reconciler
        self._duplicates = duplicates
        self._attempt = attempt
        self._commits = commits
        self._preparation = preparation
        self._poller = poller
        self._is_time_known = is_time_known
        self._time_queried: set[Service] = set()
        self._jitter = jitter
        self._changed = changed
        self._on_journal_error = on_journal_error
        self._paused = False
        self._finished = False
        self._busy_services: set[Service] = set()
        self._step_done = {service: asyncio.Event() for service in Service}
        self._wake_events = {service: asyncio.Event() for service in Service}
        self._idle_events = {service: asyncio.Event() for service in Service}

    def wake(self) -> None:
        """Look for due deliveries. Call it after every commit that may have made one due."""
        for service, wake in self._wake_events.items():
            if not self._finished:  # else nobody would set it again
                self._idle_events[service].clear()
            wake.set()

    @property
    def paused(self) -> bool:
        """Whether a person paused it. Only this process remembers that; a restart resumes."""
        return self._paused

    def pause(self) -> None:
        """Start nothing new; a request under way runs to its end."""
        self._paused = True
        self.wake()  # it then sleeps without a timer

    def resume(self) -> None:
        """Resume."""
        self._paused = False
        self.wake()

    def retry(self) -> None:
        """Forget that services were unreachable or refused the token; see `Retry`.

        Ambiguous matches are looked up once more, too. Raises JournalError.
        """
        self._reconciler.recheck_all()
        try:
            for service in Service:
                if self._journal.service_status(service).health in _RESET_BY_RETRY:
                    self._journal.save_service_status(service, ServiceStatus())
        finally:
            self.wake()

    async def run(self, until: asyncio.Event) -> None:
        """Deliver until the event is set; a request under way then is awaited."""
        try:
            async with self._sender_lock():
                await self._run_services(until)
        finally:
            self._finished = True
            for idle_event in self._idle_events.values():
                idle_event.set()  # nobody needs to wait for it any more

    async def _run_services(self, until: asyncio.Event) -> None:
        try:
            await self._commits.run(self._recover_interrupted, Quitting(until))
            await self._commits.run(self._duplicates.check_all_now, Quitting(until))
        except JournalError:
            _log.warning("delivering ended: the journal cannot be written")
            return
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._run_service(service, until)) for service in Service]
            await until.wait()
            self.wake()
            await asyncio.wait(tasks)

    async def drain(self, within: timedelta) -> None:
        """Deliver what can be delivered now; nothing new is started after `within`.

        A delivery that has begun is awaited to its end, since cancelling it would make it
        unknown; a query is cancelled, since it changes nothing. A journal that cannot be
        written ends it too; `on_journal_error` was called, nothing is lost.
        """
        should_stop = Deadline(asyncio.get_running_loop().time() + within.total_seconds())
        try:
            async with asyncio.timeout_at(should_stop.at):
                sender_lock = self._sender_lock()
                await sender_lock.__aenter__()
        except TimeoutError:
            _log.info("another process is sending; left to it")
            return
        try:
            await self._commits.run(self._recover_interrupted, should_stop)
            async with asyncio.TaskGroup() as group:
                for service in Service:
                    group.create_task(self._drain_service_until(service, should_stop))
            # TimeCrowd's answer may have given Kaiten something to do.
            await self._drain_service_until(Service.KAITEN, should_stop)
        except JournalError:
            _log.warning("delivering ended: the journal cannot be written")
        finally:
            await sender_lock.__aexit__(None, None, None)

    async def wait_until_idle(self) -> None:
        """Wait until nothing can be sent now: everything is delivered or backs off."""
        for idle_event in self._idle_events.values():
            await idle_event.wait()

    def _recover_interrupted(self) -> None:
        if found := self._journal.recover_interrupted():
            _log.warning("deliveries=%d were being sent when a process ended: unknown now", found)
            self._changed()

    async def _run_service(self, service: Service, until: asyncio.Event) -> None:
        wake = self._wake_events[service]
        while not until.is_set():
            wake.clear()
            try:
                await self._drain_service(service, Quitting(until))
                wait = self._time_until_retry(service)
            except Exception as bug:  # noqa: BLE001 - a bug with one service does not stop the other
                wait = self._pause_after_bug(service, bug)
            self._idle_events[service].set()
            if not until.is_set():
                await self._sleep(wake, wait)

    def _pause_after_bug(self, service: Service, bug: Exception) -> timedelta:
        """Handle a bug of no single delivery: the service backs off, and its state says why."""
        if isinstance(bug, JournalError):  # not even what is due could be read
            _log.error("journal unusable: %s", bug)
            self._on_journal_error(bug)
            return MAX_BACKOFF
        _log.error("service=%s backs off: a bug", service.value, exc_info=bug)
        reason = str(UserMessage(DeliveryMessageId.SERVICE_BUG, type(bug).__name__))
        until = self._clock.now() + MAX_BACKOFF
        try:
            self._journal.save_service_status(service, ServiceStatus(Health.OFFLINE, reason, until))
            self._changed()
        except Exception:  # noqa: BLE001 - the journal, or who watches it, may be what is broken
            _log.exception("service=%s state not saved", service.value)
        return MAX_BACKOFF

    async def _sleep(self, wake: asyncio.Event, limit: timedelta | None) -> None:
        try:
            async with asyncio.timeout(None if limit is None else limit.total_seconds()):
                await wake.wait()
        except TimeoutError:
            return

    async def _drain_service_until(self, service: Service, should_stop: Deadline) -> None:
        """Deliver everything; wait for short backoffs, of a lookup or of a busy service."""
        now = asyncio.get_running_loop().time
        while True:
            try:
                await self._drain_service(service, should_stop)
                wait = self._time_until_retry(service) if self._is_worth_waiting(service) else None
            except Exception as bug:  # noqa: BLE001 - a bug with one service does not stop the other
                self._pause_after_bug(service, bug)
                return
            if wait is None or now() + wait.total_seconds() >= should_stop.at:
                return
            await asyncio.sleep(wait.total_seconds())

    def _is_worth_waiting(self, service: Service) -> bool:
        if self._reconciler.next_unknown(service) is not None:
            return True
        busy = self._journal.service_status(service).health is Health.RATE_LIMITED
        return busy and self._journal.next_due(service, self._clock.now()) is not None

    async def _drain_service(self, service: Service, should_stop: ShouldStop) -> None:
        """Resolve unknown deliveries, then send due ones, as long as the service accepts them.

        A journal that cannot be written when it is time to stop ends the work for this service
        only: a request to the other service is not interrupted.
        """
        self._busy_services.add(service)
        try:
            while self._can_send(service) and not should_stop():
                gateway = self._gateway_of(service)
                if gateway is None:
                    return
                if not await self._run_next_step(gateway, service, should_stop):
                    return
                self._step_done[service].set()
                await asyncio.sleep(0)  # a thousand rows without a call must not hold up a click
        except JournalError:
            _log.warning("delivering ended: the journal cannot be written")
        finally:
            self._busy_services.discard(service)
            self._step_done[service].set()

    async def _run_next_step(
        self, gateway: Gateway, service: Service, should_stop: ShouldStop
    ) -> bool:
        """Take the next step; False if there is nothing to do."""
        unknown = self._reconciler.next_unknown(service)
        if unknown is None and await self._poll_remote(service, should_stop):
            return True
        due = None if unknown else self._journal.next_due(service, self._clock.now())
        late_check = None if unknown or due else self._duplicates.next_due_check(service)
        if not (unknown or due or late_check):
            return False
        if await self._query_time(gateway, service, due, should_stop):
            return True
        if unknown:
            step = self._reconcile(gateway, unknown, should_stop)
            await self._contain(step, unknown.delivery.id, should_stop)
        elif due:
            step = self._prepare_and_send(gateway, service, due, should_stop)
            await self._contain(step, due.delivery.id, should_stop)
        elif late_check:
            step = self._check_late(gateway, late_check, should_stop)
            await self._contain(step, late_check.due.delivery.id, should_stop, late_check)
        return True

    async def _query_time(
        self, gateway: Gateway, service: Service, due: DueDelivery | None, should_stop: ShouldStop
    ) -> bool:
        """Query the service's time if it is not known, so that the instants that are sent are true.

        A start needs no instant, and its answer has the time.
        """
        is_start = due is not None and isinstance(due.delivery.message, StartEntry)
        if is_start and due is not None and due.stopped_at is None:
            return False
        if service in self._time_queried or self._is_time_known():
            return False
        problem = await query(_time_query_problem(gateway), should_stop)
        if isinstance(problem, NotSent | OutcomeUnknown | Unauthorized):
            await self._commits.run(
                lambda: apply_backoff(self._journal, service, problem, self._clock, self._jitter),
                should_stop,
            )
            self._changed()
        if not isinstance(problem, NotSent | Unauthorized):
            self._time_queried.add(service)
        return True

    async def _contain(
        self,
        step: Coroutine[Any, Any, None],
        delivery_id: int,
        should_stop: ShouldStop,
        late_check: LateCheck | None = None,
    ) -> None:
        """Run a step of one delivery. A bug in it blocks that delivery only, with the reason."""
        try:
            await step
        except JournalError:
            raise
        except Exception as bug:  # noqa: BLE001 - the other deliveries go on
            _log.exception("delivery=%d is left to the user: a bug", delivery_id)
            reason = str(UserMessage(DeliveryMessageId.BUG, type(bug).__name__))

            def set_aside() -> None:
                if late_check is not None:
                    self._duplicates.postpone(late_check)
                else:
                    self._leave_to_user(delivery_id, reason)

            await self._commits.run(set_aside, should_stop)
            self._changed()

    def _leave_to_user(self, delivery_id: int, reason: str) -> None:
        """Keep a delivery that may have been sent unknown; block one that certainly was not."""
        with self._journal.transaction():
            delivery = self._journal.delivery(delivery_id)
            match delivery.state if delivery else None:
                case DeliveryState.SENDING | DeliveryState.UNKNOWN:
                    self._reconciler.leave_to_user(delivery_id, reason)
                case DeliveryState.WAITING:
                    self._journal.set_state(delivery_id, DeliveryState.BLOCKED, reason)
                case _:  # its outcome was committed before the bug, or the user decided meanwhile
                    pass

    async def _poll_remote(self, service: Service, should_stop: ShouldStop) -> bool:
        """Poll TimeCrowd for what other devices did, if that is due."""
        if service is not Service.TIMECROWD or self._poller is None:
            return False
        return await self._poller.poll(should_stop)

    async def _check_late(
        self, gateway: Gateway, late_check: LateCheck, should_stop: ShouldStop
    ) -> None:
        result = await query(self._duplicates.check(gateway, late_check), should_stop)
        if result is not None:
            await self._commits.run(
                lambda: self._duplicates.commit(late_check, result), should_stop
            )
            self._changed()

    def _can_send(self, service: Service) -> bool:
        if self._paused or self._journal.service_status(service).health is Health.UNAUTHORIZED:
            return False
        return self._remaining_backoff(service) <= timedelta(0)

    def _time_until_retry(self, service: Service) -> timedelta | None:
        """How long until the service may be tried again; None: until woken."""
        is_unauthorized = self._journal.service_status(service).health is Health.UNAUTHORIZED
        if self._paused or is_unauthorized or self._gateway_of(service) is None:
            return None
        remaining = max(timedelta(0), self._remaining_backoff(service))
        due = self._journal.next_due(service, self._clock.now())
        if due or self._reconciler.next_unknown(service):
            return remaining
        later = self._time_until_next_check(service)
        return None if later is None else max(remaining, later)

    def _time_until_next_check(self, service: Service) -> timedelta | None:
        """How long until the next late check; None if there is none."""
        waits = []
        if (at := self._duplicates.next_check_at(service)) is not None:
            waits.append(max(timedelta(0), at - self._clock.now()))
        if (at := self._journal.next_timed_at(service)) is not None:
            waits.append(min(MAX_BACKOFF, max(timedelta(0), at - self._clock.now())))
        if service is Service.TIMECROWD and self._poller is not None:
            waits += [wait for wait in [self._poller.time_until_due()] if wait is not None]
        return min(waits, default=None)

    def _remaining_backoff(self, service: Service) -> timedelta:
        """How long the service still backs off; bounded even if the clock was set back."""
        not_before = self._journal.service_status(service).not_before
        if not_before is None:
            return timedelta(0)
        remaining = not_before - self._clock.now()
        return remaining if remaining <= MAX_BACKOFF + _JOURNAL_RESOLUTION else timedelta(0)

    async def _reconcile(
        self, gateway: Gateway, unknown: DueDelivery, should_stop: ShouldStop
    ) -> None:
        result = await query(self._reconciler.find_match(gateway, unknown), should_stop)
        if result is not None:
            await self._commits.run(lambda: self._reconciler.commit(unknown, result), should_stop)
            self._changed()

    async def _prepare_and_send(
        self, gateway: Gateway, service: Service, due: DueDelivery, should_stop: ShouldStop
    ) -> None:
        """Prepare what is due, and send it if it is ready."""
        preparation = self._preparation
        if preparation is not None:
            if not await preparation.is_addressed(due, should_stop):
                return
            await self._wait_for_timecrowd(preparation, due, should_stop)
            now = self._journal.next_due(service, self._clock.now())
            if now is None or now.delivery.id != due.delivery.id:
                return
            due = now  # TimeCrowd's answer may have changed it
            if not await preparation.is_ready(gateway, due, should_stop):
                return
        await self._attempt.run(gateway, due, should_stop, is_paused=lambda: self._paused)

    async def _wait_for_timecrowd(
        self, preparation: Preparation, due: DueDelivery, should_stop: ShouldStop
    ) -> None:
        """Wait for TimeCrowd's answer: it has the log's reference, and perhaps an earlier stop."""
        until = asyncio.get_running_loop().time() + _ANSWER_LIMIT.total_seconds()
        step_done = self._step_done[Service.TIMECROWD]
        while Service.TIMECROWD in self._busy_services and preparation.awaits_timecrowd(due):
            remaining = until - asyncio.get_running_loop().time()
            if remaining <= 0 or should_stop():
                return
            step_done.clear()
            await query(self._sleep(step_done, timedelta(seconds=remaining)), should_stop)
