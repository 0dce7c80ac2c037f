"""What a due delivery needs before it is sent: its task, its route, and its timing.

Each may need an answer of a service; without it the delivery waits.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, TypeVar

from timer_app.domain.delivery.outbox import DueDelivery
from timer_app.services.delivery.commit_retry import CommitRetry
from timer_app.services.delivery.log_coordinator import LogCoordinator
from timer_app.services.delivery.log_lookup import LogLookup
from timer_app.services.delivery.ports import Gateway
from timer_app.services.delivery.routes import RouteResolver
from timer_app.services.delivery.stopping import ShouldStop, query
from timer_app.services.delivery.task_details import TaskDetails
from timer_app.services.entries.ports import Clock

_T = TypeVar("_T")


class Preparation:
    """Prepares deliveries, one at a time.

    `routes` decides the route of an entry whose card was not known when it began, `task_details`
    looks up a task of which only the number was known, `log_coordinator` and `log_lookup` let
    other computers make a log first. `changed` is called after every commit.
    """

    def __init__(
        self,
        clock: Clock,
        commits: CommitRetry,
        log_coordinator: LogCoordinator,
        log_lookup: LogLookup,
        routes: RouteResolver,
        task_details: TaskDetails,
        *,
        changed: Callable[[], None],
    ) -> None:
        self._clock = clock
        self._commits = commits
        self._log_coordinator = log_coordinator
        self._log_lookup = log_lookup
        self._routes = routes
        self._task_details = task_details
        self._changed = changed

    async def is_addressed(self, due: DueDelivery, should_stop: ShouldStop) -> bool:
        """Look up the task and the entry's route; whether both are known now."""
        return await self._is_described(due, should_stop) and await self._has_route(
            due, should_stop
        )

    def awaits_timecrowd(self, due: DueDelivery) -> bool:
        """Whether TimeCrowd's answer is to come first; see `LogCoordinator`."""
        return self._log_coordinator.awaits_timecrowd(due)

    async def is_ready(self, gateway: Gateway, due: DueDelivery, should_stop: ShouldStop) -> bool:
        """Look it up first if another computer may have logged it; whether to send it now."""
        timing = await self._commits.run(lambda: self._log_coordinator.timing_for(due), should_stop)
        if timing is None:
            return True
        if not self._log_coordinator.must_look_up(due):
            return timing.not_before is None or timing.not_before <= self._clock.now()
        lookup = self._log_lookup.look_up(gateway, due)
        return await self._apply_query(lookup, partial(self._log_lookup.commit, due), should_stop)

    async def _is_described(self, due: DueDelivery, should_stop: ShouldStop) -> bool:
        """Look up the entry's task if only its number is known; whether to go on."""
        details = self._task_details
        if not details.is_needed(due):
            return True
        return await self._apply_query(
            details.look_up(due), partial(details.commit, due), should_stop
        )

    async def _has_route(self, due: DueDelivery, should_stop: ShouldStop) -> bool:
        """Decide the entry's route if it depends on its card; whether it is decided."""
        routes = self._routes
        if not routes.is_needed(due):
            return True
        if not routes.can_look_up():
            await self._commits.run(lambda: routes.postpone(due), should_stop)
            return False
        return await self._apply_query(
            routes.look_up(due), partial(routes.commit, due), should_stop
        )

    async def _apply_query(
        self,
        request: Coroutine[Any, Any, _T],
        commit: Callable[[_T], bool],
        should_stop: ShouldStop,
    ) -> bool:
        """Query a service and commit its answer; whether the delivery is sent now."""
        answer = await query(request, should_stop)
        if answer is None:
            return False
        is_sent_now = await self._commits.run(lambda: commit(answer), should_stop)
        self._changed()
        return is_sent_now
