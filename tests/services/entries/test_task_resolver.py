"""What a command's words name, where nobody waits for a service."""

from __future__ import annotations

import asyncio

from tests.services.entries.finding import CALL
from tests.services.fakes import FakeTaskDirectory
from tests.services.world import CARD, World
from timer_app.domain.entries.task import TimeCrowdTask
from timer_app.services.entries.task_resolver import TaskResolver


def test_with_no_time_to_wait_timecrowd_is_not_asked(world: World) -> None:
    """Its token would have to be had from the keyring, which may ask a person."""
    book = FakeTaskDirectory((CALL,))
    resolver = TaskResolver(world.journal, CARD.origin, None, book)
    number = TimeCrowdTask(CALL.task.id)
    task, notes = asyncio.run(resolver.resolve_timecrowd(number, 0))
    assert (task.title, book.asked) == (f"TimeCrowd {number.id}", [])
    assert notes == ("The task's title could not be read: TimeCrowd did not answer within 0 s.",)
    task, notes = asyncio.run(resolver.resolve_timecrowd(number, 1))
    assert (task.title, book.asked, notes) == (CALL.title, [number], ())
