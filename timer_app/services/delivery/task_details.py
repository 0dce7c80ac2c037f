"""Looks up a task of TimeCrowd that was started by its number without a connection.

TimeCrowd is queried right before the first delivery that names the task, and the answer is
committed before anything is sent: the title, the address, and the card, which then gets the logs.
Without an answer the delivery waits; after a refusal the task is queried once more before the stop.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Protocol

from timer_app.domain.delivery.outbox import DueDelivery
from timer_app.domain.delivery.outcomes import NotSent, OutcomeUnknown, Refused, Unauthorized
from timer_app.domain.delivery.service_messages import (
    RecordEntry,
    StartEntry,
    StopEntry,
)
from timer_app.domain.entries.task import Task, TimeCrowdTask
from timer_app.domain.entries.timecrowd_task import (
    TimeCrowdTaskInfo,
    is_unnamed,
    task_from_timecrowd,
)
from timer_app.domain.service import Service
from timer_app.services.delivery.backoff import Jitter, apply_backoff
from timer_app.services.delivery.ports import Journal, ServiceCallError
from timer_app.services.entries.ports import Clock

_log = logging.getLogger(__name__)

TaskLookupResult = Task | NotSent | OutcomeUnknown | Unauthorized
"""The task, unchanged if TimeCrowd does not show it, or why TimeCrowd did not answer."""


class TaskLookup(Protocol):
    """Looks up tasks in TimeCrowd. Raises ServiceCallError."""

    async def find_task(self, task: TimeCrowdTask) -> TimeCrowdTaskInfo | None:
        """The task in its team, or in any team if its own is not known; None: not found."""
        ...


class TaskDetails:
    """Looks up tasks without a title. `tasks` returns None while TimeCrowd is not set up.

    `save_task` gives an entry the task, within the commit; `kaiten` is the address of the own
    Kaiten.
    """

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        jitter: Jitter,
        tasks: Callable[[], TaskLookup | None],
        kaiten: Callable[[], str],
        save_task: Callable[[str, Task], None],
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._jitter = jitter
        self._tasks = tasks
        self._kaiten = kaiten
        self._save_task = save_task

    def is_needed(self, due: DueDelivery) -> bool:
        """Whether the entry or its stop is about to be sent, and only the task's number is known.

        A start is judged by its message: another entry may have brought the task's title since.
        """
        match due.delivery.message:
            case StartEntry(task=task) | RecordEntry(task=task):
                return is_unnamed(task)
            case StopEntry():
                return is_unnamed(due.entry.task)
            case _:
                return False

    async def look_up(self, due: DueDelivery) -> TaskLookupResult:
        """The task, unchanged after a refusal."""
        task, tasks = due.entry.task, self._tasks()
        if task.timecrowd is None or not is_unnamed(task) or tasks is None:
            return task
        try:
            info = await tasks.find_task(task.timecrowd)
        except ServiceCallError as problem:
            return task if isinstance(problem.outcome, Refused) else problem.outcome
        if info is None:
            return task
        return task_from_timecrowd(info, self._kaiten(), self._journal.cards_by_key())

    def commit(self, due: DueDelivery, result: TaskLookupResult) -> bool:
        """Save the task, or back off; whether the delivery can be sent. JournalError."""
        if isinstance(result, NotSent | OutcomeUnknown | Unauthorized):
            apply_backoff(self._journal, Service.TIMECROWD, result, self._clock, self._jitter)
            return False
        if not is_unnamed(result):
            self._save_task(due.entry.id, result)
            _log.info("entry=%s: task looked up in TimeCrowd", due.entry.id)
        return True
