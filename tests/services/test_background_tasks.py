"""Every task has an owner: a bug is reported and ends one task, the end cancels all of them."""

from __future__ import annotations

import asyncio

from tests.support.limits import TIME_LIMIT
from tests.support.logs import LogGuard
from timer_app.services.background_tasks import BackgroundTasks, start_task


async def test_a_bug_in_one_is_reported_and_the_others_go_on(logs: LogGuard) -> None:
    logs.expect("a task ended by a bug")
    failures: list[str] = []
    tasks = BackgroundTasks(lambda _: failures.append("bug"))
    tasks.open()
    go_on, done = asyncio.Event(), asyncio.Event()

    async def fails() -> None:
        raise ZeroDivisionError

    async def works() -> None:
        await go_on.wait()
        done.set()

    failing, working = tasks.spawn(fails), tasks.spawn(works)
    assert failing is not None
    assert working is not None
    await failing
    assert failures == ["bug"]
    go_on.set()
    await working
    assert done.is_set()


async def test_the_end_cancels_all_but_one_and_begins_nothing_more() -> None:
    tasks = BackgroundTasks(lambda _: None)
    finish = asyncio.Event()
    ended: list[str] = []

    async def lasts_long() -> None:
        try:
            await asyncio.sleep(3600)
        finally:
            ended.append("long")

    async def under_way() -> None:
        await finish.wait()
        ended.append("under way")

    async def never() -> None:
        ended.append("never")

    assert tasks.spawn(never) is None  # not open yet
    tasks.open()
    kept = tasks.spawn(under_way)
    tasks.spawn(lasts_long)
    await asyncio.sleep(0)
    await tasks.cancel_all(but=(kept,))
    assert ended == ["long"]
    assert tasks.spawn(never) is None
    finish.set()
    assert kept is not None
    await kept
    assert ended == ["long", "under way"]


async def test_a_task_that_does_not_end_holds_up_nobody(logs: LogGuard) -> None:
    logs.expect("a task does not end: .*stubborn")
    tasks = BackgroundTasks(lambda _: None)
    tasks.open()
    release = asyncio.Event()

    async def stubborn() -> None:
        try:
            await asyncio.sleep(3600)
        finally:
            await release.wait()

    task = tasks.spawn(stubborn)
    await asyncio.sleep(0)
    async with asyncio.timeout(TIME_LIMIT):
        await tasks.cancel_all()
    release.set()
    assert task is not None
    await asyncio.wait([task])


async def test_a_bug_in_a_task_that_its_caller_keeps_is_in_the_log(logs: LogGuard) -> None:
    logs.expect("a task ended by a bug")

    async def fails() -> None:
        raise ZeroDivisionError

    task = start_task(fails())
    await asyncio.wait([task])
    assert isinstance(task.exception(), ZeroDivisionError)
