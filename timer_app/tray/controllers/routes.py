"""Where an entry of a task goes, and choosing otherwise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from timer_app.bootstrap.core import Core
from timer_app.domain.entries.entry import Entry
from timer_app.domain.entries.route import Route
from timer_app.domain.entries.task import Task
from timer_app.domain.entries.timer import Running
from timer_app.domain.errors import JournalError
from timer_app.domain.messages import RouteMessageId
from timer_app.domain.service import Service
from timer_app.domain.user_message import UserMessage
from timer_app.services.background_tasks import Spawn
from timer_app.services.delivery.ports import ServiceCallError
from timer_app.services.entries.route_lists import ShownRoute, TeamChoices
from timer_app.services.retry import RetryReason
from timer_app.ui import messages
from timer_app.ui.wording import message_text

QUERY_INTERVAL = timedelta(minutes=1)
"""How long lists that were just read are taken as they are."""


class RouteController:
    """Implements `RouteSource`."""

    def __init__(self, core: Core, spawn: Spawn) -> None:
        self._core = core
        self._spawn = spawn
        self._queried_at: datetime | None = None

    def shown(self, task: Task, entry: Entry | None) -> ShownRoute | None:
        if not self._core.settings.value.configured["timecrowd"] or task.timecrowd is not None:
            return None
        try:
            return self._core.route_lists.shown(task, entry)
        except JournalError:  # other readers of the journal report it
            return None

    def choices(self) -> tuple[TeamChoices, ...]:
        return self._core.route_lists.known_choices()

    def load(self, answered: Callable[[str], None]) -> bool:
        now = self._core.clock.now()
        recent = (
            self._queried_at is not None and timedelta(0) <= now - self._queried_at < QUERY_INTERVAL
        )
        if recent and self.choices():
            return False

        async def ask() -> None:
            try:
                await self._core.route_lists.load()
            except (ServiceCallError, JournalError) as error:
                answered(messages.error_text(error, Service.TIMECROWD))
            else:
                self._queried_at = self._core.clock.now()
                answered("")

        return self._spawn(ask) is not None

    def choose(self, task: Task, route: Route) -> str:
        timer = self._core.timer
        try:
            applies, state = timer.choose_route(task, route), timer.state
        except JournalError as error:
            return messages.error_text(error)
        self._core.retry.now(RetryReason.USER_ACTED)
        if applies or not isinstance(state, Running) or state.entry.task.key != task.key:
            return ""
        return message_text(UserMessage(RouteMessageId.COUNTS_LATER))
