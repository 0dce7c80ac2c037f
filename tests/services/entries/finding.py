"""A task finder on a world, and tasks that TimeCrowd has."""

from __future__ import annotations

from collections.abc import Callable

from tests.services.fakes import FakeCardDirectory, FakeTaskDirectory
from tests.services.world import CARD, World
from timer_app.domain.entries.task import TimeCrowdTask
from timer_app.domain.entries.timecrowd_task import TimeCrowdTaskInfo
from timer_app.services.entries.task_finder import TaskFinder
from timer_app.services.entries.task_memory import TaskMemory

TEAM_ID = 11609
CALL = TimeCrowdTaskInfo(
    TimeCrowdTask(41003, 11710), "Weekly call", "Weeklycall", "", "Client projects", "Clients"
)


def make_finder(
    world: World,
    book: FakeCardDirectory | Callable[[], FakeCardDirectory] | None = None,
    tasks: FakeTaskDirectory | None = None,
    *,
    origin: str = CARD.origin,
) -> TaskFinder:
    """A finder that asks these two, and remembers nothing yet."""
    return TaskFinder(
        world.journal,
        world.clock,
        book if callable(book) else lambda: book,
        lambda: origin,
        memory=TaskMemory(world.journal, lambda: origin, lambda: TEAM_ID),
        task_directory=lambda: tasks,
        today=world.timer.today,
    )
