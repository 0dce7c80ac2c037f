"""The sender: takes due deliveries from the journal, sends them, commits their outcomes.

A lock allows one sender at a time across the app and the command line. The two services are served
side by side, the deliveries of one entry in order. The sender sleeps until it is woken or a backoff
ends, and while it is paused.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Protocol, TypeVar

from timer_app.domain.delivery.outbox import (
    CommentEntry,
    DamagedMessage,
    DeliveryState,
    DueDelivery,
    FindCard,
    LateCheck,
    Service,
    StartEntry,
    is_redundant,
    kind_of,
    refreshed_message,
    service_of,
)
from timer_app.domain.delivery.outcomes import (
    Done,
    FoundCard,
    NotSent,
    Outcome,
    OutcomeUnknown,
    Refused,
    Unauthorized,
)
from timer_app.domain.entries.card import Card, CardKey
from timer_app.domain.errors import JournalError
from timer_app.domain.messages import DeliveryMessageId
from timer_app.domain.user_message import UserMessage
from timer_app.services.delivery.duplicates import DuplicateDetector
from timer_app.services.delivery.log_turns import LogTurns
from timer_app.services.delivery.outcomes import (
    MAX_BACKOFF,
    Jitter,
    TakeEarlierStop,
    apply_backoff,
    apply_outcome,
    backoff,
    complete_redundant,
    drop_if_cancelled,
    drop_if_superseded,
)
from timer_app.services.delivery.ports import Gateway, Journal, ServiceCallError, TimeTracker
from timer_app.services.delivery.reconciler import Reconciler
from timer_app.services.delivery.remote_history import RemoteHistory
from timer_app.services.delivery.remote_sync import RemoteSync
from timer_app.services.delivery.routes import RouteResolver
from timer_app.services.delivery.service_status import Health, ServiceStatus
from timer_app.services.delivery.task_details import TaskDetails
from timer_app.services.entries.ports import Clock
from timer_app.services.retry import HELD_PAUSE, is_held

_log = logging.getLogger(__name__)
_T = TypeVar("_T")


class ShouldStop(Protocol):
    """Whether to stop: nothing new is started then."""

    def __call__(self) -> bool:
        """Whether it is time."""
        ...

    def query_limit(self) -> AbstractAsyncContextManager[object]:
        """Break off what runs within it when it is time to stop, by TimeoutError."""
        ...


_ANSWER_LIMIT = timedelta(seconds=20)
"""How long a log waits for TimeCrowd to hear of the entry and its stop; a request takes 15 s."""
_HELD_LIMIT = timedelta(seconds=5)
"""How long a journal that another program holds is waited for without a word."""
_DEADLINE_GRACE_SECONDS = 0.5
"""The keyring is awaited until the deadline too; after it, the message names the keyring."""
_JOURNAL_RESOLUTION = timedelta(seconds=1)  # the journal keeps whole seconds, rounded up
_RESET_BY_RETRY = (Health.OFFLINE, Health.UNAUTHORIZED)


@dataclass(frozen=True, slots=True)
class _Deadline:
    """Stop at an instant of the loop's clock."""

    at: float

    def __call__(self) -> bool:
        return asyncio.get_running_loop().time() >= self.at

    def query_limit(self) -> asyncio.Timeout:
        return asyncio.timeout_at(self.at + _DEADLINE_GRACE_SECONDS)


@dataclass(frozen=True, slots=True)
class _Quitting:
    """Stop when the event is set."""

    event: asyncio.Event

    def __call__(self) -> bool:
        return self.event.is_set()

    @asynccontextmanager
    async def query_limit(self) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()
        answered = False
        async with asyncio.timeout(None) as limit:
            stopping = loop.create_task(self.event.wait())

            def break_off(_: asyncio.Task[bool]) -> None:
                if not answered:  # else it is told of what came at the same moment
                    limit.reschedule(loop.time())

            stopping.add_done_callback(break_off)
            try:
                yield
            finally:
                answered = True
                stopping.cancel()


async def _query(call: Coroutine[Any, Any, _T], should_stop: ShouldStop) -> _T | None:
    """The answer of a service to a query, or None if it is time to stop first.

    A query changes nothing, so it is broken off.
    """
    try:
        async with should_stop.query_limit():
            return await call
    except TimeoutError:
        return None


async def _time_problem(
    gateway: Gateway,
) -> NotSent | OutcomeUnknown | Unauthorized | Refused | None:
    """Why a question for the time was not answered, None if it was."""
    try:
        await gateway.ask_time()
    except ServiceCallError as problem:
        return problem.outcome
    return None


class Sender:
    """Delivers the outbox through the gateways.

    `gateway_of` returns None for a service that is not set up: its deliveries wait.
    Without `log_turns` logs have no names, and no other computer is waited for; `routes` decides
    where an entry goes whose card was not known when it began, `task_details` learns what a task
    is of which the number alone was known.
    `take_earlier_stop` lets an entry end when another device stopped it.
    `is_time_known` says whether a service said its time in this boot of the computer; until then
    each is asked once before anything is told or looked for.
    `sender_lock` is the lock that makes it the only sender; `changed` is called after every commit,
    `on_card_found` within the commit with an entry's id and the card that its task names,
    `sends_comments` says whether TimeCrowd gets comments,
    `on_journal_error` with the error when the journal could not be written and None when it can
    again.
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
        *,
        log_turns: LogTurns | None = None,
        routes: RouteResolver | None = None,
        task_details: TaskDetails | None = None,
        is_time_known: Callable[[], bool] = lambda: True,
        remote_sync: RemoteSync | None = None,
        remote_history: RemoteHistory | None = None,
        tracker: Callable[[], TimeTracker | None] = lambda: None,
        take_earlier_stop: TakeEarlierStop,
        changed: Callable[[], None] = lambda: None,
        on_card_found: Callable[[str, Card], None] = lambda *_: None,
        sends_comments: Callable[[], bool] = lambda: True,
        on_journal_error: Callable[[JournalError | None], None] = lambda _: None,
    ) -> None:
        self._journal = journal
        self._gateway_of = gateway_of
        self._clock = clock
        self._sender_lock = sender_lock
        self._reconciler = reconciler
        self._duplicates = duplicates
        self._log_turns = log_turns
        self._routes = routes
        self._task_details = task_details
        self._is_time_known = is_time_known
        self._time_asked: set[Service] = set()
        self._remote_sync = remote_sync
        self._remote_history = remote_history
        self._tracker = tracker
        self._jitter = jitter
        self._take_earlier_stop = take_earlier_stop
        self._changed = changed
        self._on_card_found = on_card_found
        self._sends_comments = sends_comments
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
            if not self._finished:  # else nobody would ever rest again
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
                idle_event.set()  # whoever waits for it need not any more

    async def _run_services(self, until: asyncio.Event) -> None:
        try:
            await self._commit_with_retry(self._recover_interrupted, _Quitting(until))
            await self._commit_with_retry(self._duplicates.check_all_now, _Quitting(until))
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

        A delivery that has begun is awaited to its end, since breaking it off would make it
        unknown; a question is broken off, since it changes nothing. A journal that cannot be
        written ends it too; `on_journal_error` has been told, nothing is lost.
        """
        should_stop = _Deadline(asyncio.get_running_loop().time() + within.total_seconds())
        try:
            async with asyncio.timeout_at(should_stop.at):
                sender_lock = self._sender_lock()
                await sender_lock.__aenter__()
        except TimeoutError:
            _log.info("another process is sending; left to it")
            return
        try:
            await self._commit_with_retry(self._recover_interrupted, should_stop)
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
                await self._drain_service(service, _Quitting(until))
                rest = self._time_until_retry(service)
            except Exception as bug:  # noqa: BLE001 - the services share no fate
                rest = self._pause_after_bug(service, bug)
            self._idle_events[service].set()
            if not until.is_set():
                await self._sleep(wake, rest)

    def _pause_after_bug(self, service: Service, bug: Exception) -> timedelta:
        """Handle a bug of no single delivery: the service backs off, and its state says why."""
        if isinstance(bug, JournalError):  # not even what is due could be read
            _log.error("journal unusable: %s", bug)
            self._on_journal_error(bug)
            return MAX_BACKOFF
        _log.error("service=%s rests: a bug", service.value, exc_info=bug)
        reason = str(UserMessage(DeliveryMessageId.SERVICE_BUG, type(bug).__name__))
        until = self._clock.now() + MAX_BACKOFF
        try:
            self._journal.save_service_status(service, ServiceStatus(Health.OFFLINE, reason, until))
            self._changed()
        except Exception:  # noqa: BLE001 - the journal, or who watches it, may be what is broken
            _log.exception("service=%s state not saved", service.value)
        return MAX_BACKOFF

    async def _sleep(self, wake: asyncio.Event, rest: timedelta | None) -> None:
        try:
            async with asyncio.timeout(None if rest is None else rest.total_seconds()):
                await wake.wait()
        except TimeoutError:
            return

    async def _drain_service_until(self, service: Service, should_stop: _Deadline) -> None:
        """Deliver everything, and wait out short backoffs: of a lookup, or of a busy service."""
        now = asyncio.get_running_loop().time
        while True:
            try:
                await self._drain_service(service, should_stop)
                rest = self._time_until_retry(service) if self._is_worth_waiting(service) else None
            except Exception as bug:  # noqa: BLE001 - the services share no fate
                self._pause_after_bug(service, bug)
                return
            if rest is None or now() + rest.total_seconds() >= should_stop.at:
                return
            await asyncio.sleep(rest.total_seconds())

    def _is_worth_waiting(self, service: Service) -> bool:
        if self._reconciler.next_unknown(service) is not None:
            return True
        busy = self._journal.service_status(service).health is Health.RATE_LIMITED
        return busy and self._journal.next_due(service, self._clock.now()) is not None

    async def _drain_service(self, service: Service, should_stop: ShouldStop) -> None:
        """Resolve unknown deliveries, then send due ones, as long as the service accepts them.

        A journal that cannot be written when it is time to stop ends this service's turn alone:
        a request to the other service is not interrupted.
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
        if unknown is None and await self._follow_devices(service, should_stop):
            return True
        due = None if unknown else self._journal.next_due(service, self._clock.now())
        late_check = None if unknown or due else self._duplicates.next_due_check(service)
        if not (unknown or due or late_check):
            return False
        if await self._ask_time(gateway, service, due, should_stop):
            return True
        if unknown:
            step = self._reconcile(gateway, unknown, should_stop)
            await self._contain(step, unknown.delivery.id, should_stop)
        elif due:
            step = self._take_turn(gateway, service, due, should_stop)
            await self._contain(step, due.delivery.id, should_stop)
        elif late_check:
            step = self._check_late(gateway, late_check, should_stop)
            await self._contain(step, late_check.due.delivery.id, should_stop, late_check)
        return True

    async def _ask_time(
        self, gateway: Gateway, service: Service, due: DueDelivery | None, should_stop: ShouldStop
    ) -> bool:
        """Ask what the time is, where that is not known: then nothing untrue is told.

        A start needs no instant, and its own answer says the time.
        """
        begins = due is not None and isinstance(due.delivery.message, StartEntry)
        if begins and due is not None and due.stopped_at is None:
            return False
        if service in self._time_asked or self._is_time_known():
            return False
        problem = await _query(_time_problem(gateway), should_stop)
        if isinstance(problem, NotSent | OutcomeUnknown | Unauthorized):
            await self._commit_with_retry(
                lambda: apply_backoff(self._journal, service, problem, self._clock, self._jitter),
                should_stop,
            )
            self._changed()
        if not isinstance(problem, NotSent | Unauthorized):
            self._time_asked.add(service)
        return True

    async def _contain(
        self,
        step: Coroutine[Any, Any, None],
        delivery_id: int,
        should_stop: ShouldStop,
        late_check: LateCheck | None = None,
    ) -> None:
        """Run a step of one delivery. A bug in it blocks that delivery alone, and says so."""
        try:
            await step
        except JournalError:
            raise
        except Exception as bug:  # noqa: BLE001 - whatever it is, the other deliveries go on
            _log.exception("delivery=%d is left to the user: a bug", delivery_id)
            reason = str(UserMessage(DeliveryMessageId.BUG, type(bug).__name__))

            def set_aside() -> None:
                if late_check is not None:
                    self._duplicates.postpone(late_check)
                else:
                    self._leave_to_user(delivery_id, reason)

            await self._commit_with_retry(set_aside, should_stop)
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

    async def _check_late(
        self, gateway: Gateway, late_check: LateCheck, should_stop: ShouldStop
    ) -> None:
        result = await _query(self._duplicates.check(gateway, late_check), should_stop)
        if result is not None:
            await self._commit_with_retry(
                lambda: self._duplicates.commit(late_check, result), should_stop
            )
            self._changed()

    async def _follow_devices(self, service: Service, should_stop: ShouldStop) -> bool:
        """Ask what runs, or read the list of entries, if it is time to."""
        return await self._sync_remote(service, should_stop) or await self._read_history(
            service, should_stop
        )

    async def _sync_remote(self, service: Service, should_stop: ShouldStop) -> bool:
        """Ask what other devices did, if it is time to. A due start makes it time."""
        remote_sync, tracker = self._remote_sync, self._tracker()
        if service is not Service.TIMECROWD or remote_sync is None or tracker is None:
            return False
        due = self._journal.next_due(service, self._clock.now())
        is_before_start = due is not None and remote_sync.should_ask_before(due)
        if not (is_before_start or remote_sync.is_due()):
            return False
        try:
            remote_state = await _query(remote_sync.fetch(tracker), should_stop)
            if remote_state is not None:
                await self._commit_with_retry(lambda: remote_sync.commit(remote_state), should_stop)
                self._changed()
        except JournalError:
            raise
        except Exception:  # noqa: BLE001 - the next time is asked anew; deliveries do not depend on it
            _log.exception("other devices were not followed: a bug")
        return True

    async def _read_history(self, service: Service, should_stop: ShouldStop) -> bool:
        """Read the list of entries, if it is time to, and take in what other devices made."""
        history, tracker = self._remote_history, self._tracker()
        if service is not Service.TIMECROWD or history is None or tracker is None:
            return False
        if not history.is_due():
            return False
        try:
            listing = await _query(history.fetch(tracker), should_stop)
            if listing is not None:
                for commit in history.commits(listing):
                    await self._commit_with_retry(commit, should_stop)
                    self._changed()
                    await asyncio.sleep(0)
        except JournalError:
            raise
        except Exception:  # noqa: BLE001 - the next time is read anew; deliveries do not depend on it
            _log.exception("the list of entries was not followed: a bug")
        return True

    def _can_send(self, service: Service) -> bool:
        if self._paused or self._journal.service_status(service).health is Health.UNAUTHORIZED:
            return False
        return self._remaining_backoff(service) <= timedelta(0)

    def _time_until_retry(self, service: Service) -> timedelta | None:
        """How long until the service may be tried again; None: until woken."""
        held = self._journal.service_status(service).health is Health.UNAUTHORIZED
        if self._paused or held or self._gateway_of(service) is None:
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
        if (turn := self._journal.next_turn_at(service)) is not None:
            waits.append(min(MAX_BACKOFF, max(timedelta(0), turn - self._clock.now())))
        if service is Service.TIMECROWD and self._remote_sync is not None:
            waits += [rest for rest in [self._remote_sync.time_until_due()] if rest is not None]
        if service is Service.TIMECROWD and self._remote_history is not None:
            waits += [rest for rest in [self._remote_history.time_until_due()] if rest is not None]
        return min(waits, default=None)

    def _remaining_backoff(self, service: Service) -> timedelta:
        """How long the service still backs off; bounded even if the clock was set back."""
        not_before = self._journal.service_status(service).not_before
        if not_before is None:
            return timedelta(0)
        rest = not_before - self._clock.now()
        return rest if rest <= MAX_BACKOFF + _JOURNAL_RESOLUTION else timedelta(0)

    async def _reconcile(
        self, gateway: Gateway, unknown: DueDelivery, should_stop: ShouldStop
    ) -> None:
        result = await _query(self._reconciler.find_match(gateway, unknown), should_stop)
        if result is not None:
            await self._commit_with_retry(
                lambda: self._reconciler.commit(unknown, result), should_stop
            )
            self._changed()

    async def _take_turn(
        self, gateway: Gateway, service: Service, due: DueDelivery, should_stop: ShouldStop
    ) -> None:
        """Deliver what needs no look; look first where another computer may have logged it."""
        if not await self._is_described(due, should_stop):
            return
        if not await self._has_route(due, should_stop):
            return
        turns = self._log_turns
        if turns is not None:
            await self._wait_for_timecrowd(turns, due, should_stop)
            now = self._journal.next_due(service, self._clock.now())
            if now is None or now.delivery.id != due.delivery.id:
                return
            due = now  # TimeCrowd's answer may have changed it
            turn = await self._commit_with_retry(lambda: turns.assign(due), should_stop)
            if turn is not None and turns.must_look(due):
                result = await _query(turns.look(gateway, due), should_stop)
                if result is None:
                    return
                sends = await self._commit_with_retry(
                    lambda: turns.commit(due, result), should_stop
                )
                self._changed()
                if not sends:
                    return
            elif turn is not None and turn.not_before and turn.not_before > self._clock.now():
                return
        await self._deliver(gateway, service, due, should_stop)

    async def _is_described(self, due: DueDelivery, should_stop: ShouldStop) -> bool:
        """Learn what the entry's task is, if its number alone is known; whether to go on."""
        details = self._task_details
        if details is None or not details.is_needed(due):
            return True
        described = await _query(details.ask(due), should_stop)
        if described is None:
            return False
        goes_on = await self._commit_with_retry(lambda: details.commit(due, described), should_stop)
        self._changed()
        return goes_on

    async def _has_route(self, due: DueDelivery, should_stop: ShouldStop) -> bool:
        """Decide where the entry goes, if that waits for its card; whether it is decided."""
        routes = self._routes
        if routes is None or not routes.is_needed(due):
            return True
        if not routes.can_ask():
            await self._commit_with_retry(lambda: routes.postpone(due), should_stop)
            return False
        shown = await _query(routes.ask(due), should_stop)
        if shown is None:
            return False
        decided = await self._commit_with_retry(lambda: routes.commit(due, shown), should_stop)
        self._changed()
        return decided

    async def _wait_for_timecrowd(
        self, turns: LogTurns, due: DueDelivery, should_stop: ShouldStop
    ) -> None:
        """Let TimeCrowd answer first: it names the log, and another device's stop may count."""
        until = asyncio.get_running_loop().time() + _ANSWER_LIMIT.total_seconds()
        step_done = self._step_done[Service.TIMECROWD]
        while Service.TIMECROWD in self._busy_services and turns.awaits_timecrowd(due):
            rest = until - asyncio.get_running_loop().time()
            if rest <= 0 or should_stop():
                return
            step_done.clear()
            await _query(self._sleep(step_done, timedelta(seconds=rest)), should_stop)

    async def _deliver(
        self, gateway: Gateway, service: Service, due: DueDelivery, should_stop: ShouldStop
    ) -> None:
        def lease() -> DueDelivery | None:
            return None if should_stop() or self._paused else self._lease(due)

        leased = await self._commit_with_retry(lease, should_stop)
        if leased is None:
            return
        outcome = await gateway.deliver(leased, lambda: self._stamp_attempt(due.delivery.id))
        _log.info(
            "delivery=%d entry=%s service=%s kind=%s attempt=%d outcome=%s",
            due.delivery.id, due.delivery.entry_id, service.value,
            kind_of(leased.delivery.message).value, due.delivery.attempts + 1,
            type(outcome).__name__,
        )  # fmt: skip
        await self._commit_with_retry(lambda: self._apply_outcome(leased, outcome), should_stop)

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
            if self._log_turns is not None:
                message = self._log_turns.named(now, message)
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
        """Block a delivery that cannot be read; of an entry that is deleted it is not wanted."""
        delivery_id = due.delivery.id
        if not drop_if_cancelled(self._journal, due.delivery, self._clock):
            _log.error("delivery=%d is damaged in the journal: left to the user", delivery_id)
            reason = str(UserMessage(DeliveryMessageId.DAMAGED, delivery_id))
            self._journal.set_state(delivery_id, DeliveryState.BLOCKED, reason)
        self._journal.after_commit(self._changed)

    def _drop_unwanted_comment(self, due: DueDelivery) -> bool:
        """Drop a comment that waited when the setting was turned off; whether it is one."""
        unwanted = isinstance(due.delivery.message, CommentEntry) and not self._sends_comments()
        if unwanted:
            self._journal.set_state(due.delivery.id, DeliveryState.DROPPED)
        return unwanted

    def _knows_card(self, due: DueDelivery, card_key: CardKey) -> bool:
        """Whether Kaiten was asked for the key before; then its entry gets the card at once."""
        card = self._journal.cards_by_key().get(card_key)
        if card is None:
            return False
        self._journal.complete(due.delivery.id, "")
        self._on_card_found(due.delivery.entry_id, card)
        return True

    def _stamp_attempt(self, delivery_id: int) -> None:
        """Matching looks from this instant on, not from before the queue."""
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

    async def _commit_with_retry(self, commit: Callable[[], _T], should_stop: ShouldStop) -> _T:
        """Commit with retries, however long the disk is full: an answer must not be lost.

        Raises JournalError only once it is time to stop; the next start then finds the delivery
        unknown.
        """
        failures = 0
        now = asyncio.get_running_loop().time
        held_until = now() + _HELD_LIMIT.total_seconds()
        while True:
            try:
                result = commit()
            except JournalError as error:
                if is_held(error) and now() < held_until and not should_stop():
                    await asyncio.sleep(HELD_PAUSE.total_seconds())
                    continue
                _log.error("journal unwritable: %s", error)
                self._on_journal_error(error)
                if should_stop():
                    raise
                await asyncio.sleep(backoff(failures, self._jitter).total_seconds())
                failures += 1
                continue
            if failures:
                self._on_journal_error(None)
            return result
