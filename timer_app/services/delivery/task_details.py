"""Learning what a task of TimeCrowd's is that was started by its number alone.

Without a connection nothing but the number is known. TimeCrowd is asked right before the first
delivery that names the task, and what it says is committed before anything is sent: the title, the
address, and the card, which then gets the logs. A service in trouble is asked again later; where it
refuses to show the task, it is asked once more before the stop.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Protocol

from timer_app.domain.delivery.outbox import (
    DueDelivery,
    RecordEntry,
    StartEntry,
    StopEntry,
)
from timer_app.domain.delivery.outcomes import NotSent, OutcomeUnknown, Refused, Unauthorized
from timer_app.domain.entries.task import Task, TimeCrowdTask
from timer_app.domain.entries.timecrowd_task import (
    TimeCrowdTaskInfo,
    is_unnamed,
    task_from_timecrowd,
)
from timer_app.domain.service import Service
from timer_app.services.delivery.outcomes import Jitter, apply_backoff
from timer_app.services.delivery.ports import Journal, ServiceCallError
from timer_app.services.entries.ports import Clock

_log = logging.getLogger(__name__)

Described = Task | NotSent | OutcomeUnknown | Unauthorized
"""The task, as unknown as before where TimeCrowd does not show it, or why it could not be asked."""


class TaskBook(Protocol):
    """TimeCrowd's tasks. Raises ServiceCallError."""

    async def find_task(self, task: TimeCrowdTask) -> TimeCrowdTaskInfo | None:
        """The task in its team, in any of one's teams where that is not known; None: in none."""
        ...


class TaskDetails:
    """Asks what unnamed tasks are. `book` is None while TimeCrowd is not set up.

    `take` gives an entry the task, within the commit; `kaiten` is the address of the own Kaiten.
    """

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        jitter: Jitter,
        book: Callable[[], TaskBook | None],
        kaiten: Callable[[], str],
        take: Callable[[str, Task], None],
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._jitter = jitter
        self._book = book
        self._kaiten = kaiten
        self._take = take

    def is_needed(self, due: DueDelivery) -> bool:
        """Whether the entry is about to be sent, or its stop, and its number alone is known.

        Before it is sent the message says so: another entry may have brought the task's title
        meanwhile.
        """
        match due.delivery.message:
            case StartEntry(task=task) | RecordEntry(task=task):
                return is_unnamed(task)
            case StopEntry():
                return is_unnamed(due.entry.task)
            case _:
                return False

    async def ask(self, due: DueDelivery) -> Described:
        """What the task is. A refusal leaves it as unknown as before."""
        task, book = due.entry.task, self._book()
        if task.timecrowd is None or not is_unnamed(task) or book is None:
            return task
        try:
            info = await book.find_task(task.timecrowd)
        except ServiceCallError as problem:
            return task if isinstance(problem.outcome, Refused) else problem.outcome
        if info is None:
            return task
        return task_from_timecrowd(info, self._kaiten(), self._journal.cards_by_key())

    def commit(self, due: DueDelivery, described: Described) -> bool:
        """Keep what is known, or back off; whether the delivery can be sent. JournalError."""
        if isinstance(described, NotSent | OutcomeUnknown | Unauthorized):
            apply_backoff(self._journal, Service.TIMECROWD, described, self._clock, self._jitter)
            return False
        if not is_unnamed(described):
            self._take(due.entry.id, described)
            _log.info("entry=%s: its task in TimeCrowd is known now", due.entry.id)
        return True
