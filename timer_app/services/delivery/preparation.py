"""What a due delivery needs before it is sent: its task, its route, and its turn.

Each may need an answer of a service; without it the delivery is left for later.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, TypeVar

from timer_app.domain.delivery.outbox import DueDelivery
from timer_app.services.delivery.commit_retry import CommitRetry
from timer_app.services.delivery.log_lookup import LogLookup
from timer_app.services.delivery.log_turns import LogTurns
from timer_app.services.delivery.ports import Gateway
from timer_app.services.delivery.routes import RouteResolver
from timer_app.services.delivery.stopping import ShouldStop, query
from timer_app.services.delivery.task_details import TaskDetails
from timer_app.services.entries.ports import Clock

_T = TypeVar("_T")


class Preparation:
    """Prepares deliveries, one at a time.

    `routes` decides where an entry goes whose card was not known when it began, `task_details`
    learns what a task is of which the number alone was known, `log_turns` and `log_lookup` let
    other computers make a log first. `changed` is called after every commit.
    """

    def __init__(
        self,
        clock: Clock,
        commits: CommitRetry,
        log_turns: LogTurns,
        log_lookup: LogLookup,
        routes: RouteResolver,
        task_details: TaskDetails,
        *,
        changed: Callable[[], None],
    ) -> None:
        self._clock = clock
        self._commits = commits
        self._log_turns = log_turns
        self._log_lookup = log_lookup
        self._routes = routes
        self._task_details = task_details
        self._changed = changed

    async def is_addressed(self, due: DueDelivery, should_stop: ShouldStop) -> bool:
        """Learn what the task is and where the entry goes; whether both are known now."""
        return await self._is_described(due, should_stop) and await self._has_route(
            due, should_stop
        )

    def awaits_timecrowd(self, due: DueDelivery) -> bool:
        """Whether TimeCrowd's answer is to come first; see `LogTurns`."""
        return self._log_turns.awaits_timecrowd(due)

    async def has_turn(self, gateway: Gateway, due: DueDelivery, should_stop: ShouldStop) -> bool:
        """Look first where another computer may have logged it; whether to send it now."""
        turn = await self._commits.run(lambda: self._log_turns.assign(due), should_stop)
        if turn is None:
            return True
        if not self._log_turns.must_look(due):
            return turn.not_before is None or turn.not_before <= self._clock.now()
        look = self._log_lookup.look(gateway, due)
        return await self._learn(look, partial(self._log_lookup.commit, due), should_stop)

    async def _is_described(self, due: DueDelivery, should_stop: ShouldStop) -> bool:
        """Learn what the entry's task is, if its number alone is known; whether to go on."""
        details = self._task_details
        if not details.is_needed(due):
            return True
        return await self._learn(details.ask(due), partial(details.commit, due), should_stop)

    async def _has_route(self, due: DueDelivery, should_stop: ShouldStop) -> bool:
        """Decide where the entry goes, if that waits for its card; whether it is decided."""
        routes = self._routes
        if not routes.is_needed(due):
            return True
        if not routes.can_ask():
            await self._commits.run(lambda: routes.postpone(due), should_stop)
            return False
        return await self._learn(routes.ask(due), partial(routes.commit, due), should_stop)

    async def _learn(
        self,
        question: Coroutine[Any, Any, _T],
        commit: Callable[[_T], bool],
        should_stop: ShouldStop,
    ) -> bool:
        """Ask a service and commit its answer; whether the delivery goes on now."""
        answer = await query(question, should_stop)
        if answer is None:
            return False
        goes_on = await self._commits.run(lambda: commit(answer), should_stop)
        self._changed()
        return goes_on
