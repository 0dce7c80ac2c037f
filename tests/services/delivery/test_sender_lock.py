"""One sender at a time: the lock, held by a second process that is real."""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import timedelta

import pytest

from tests.services.fakes import run
from tests.services.world import TASK, World
from tests.support.process import Process
from timer_app.domain.entries.entry import Source

HOLD = """
import sys, signal
from timer_app.adapters.delivery.sender_lock import try_sender_lock
lock = try_sender_lock(sys.argv[1])
print("mine" if lock else "taken", flush=True)
signal.pause()
"""


def _other(world: World) -> Process:
    """Another process that tries to take the lock, says how that went, and stays."""
    command = [sys.executable, "-c", HOLD, str(world.folder / "sender.lock")]
    return Process(command, env=dict(os.environ) | {"PYTHONPATH": "."})


def _ask(world: World) -> str:
    """Whether another process could send now."""
    with _other(world) as other:
        return other.wait_line("mine|taken")[0]


def test_what_another_process_sends_is_left_to_it(world: World) -> None:
    world.timer.start(TASK, Source.CLI)
    with _other(world) as other:
        other.wait_line("mine")
        world.drain(seconds=5)
        assert world.tc.told == []
        assert world.clock.seconds == pytest.approx(5)

        async def take_over() -> None:
            """It dies in the middle; the system frees its lock, and this process goes on."""
            until = asyncio.Event()
            running = asyncio.create_task(world.sender.run(until))
            await asyncio.sleep(60)
            assert world.tc.told == []
            other.kill()
            await world.tc.called.wait()
            await world.sender.wait_until_idle()
            until.set()
            await running

        run(take_over(), world.clock)
    assert world.rows() == ["e1 start done"]


def test_nobody_else_sends_meanwhile(world: World) -> None:
    world.timer.start(TASK, Source.CLI)
    world.tc.takes = 1

    async def look() -> str:
        sending = asyncio.create_task(world.sender.drain(timedelta(seconds=60)))
        await world.tc.called.wait()
        seen = _ask(world)
        await sending
        return seen

    assert run(look(), world.clock) == "taken"
    assert _ask(world) == "mine"


def test_the_lock_is_freed_when_the_deadline_comes_first(world: World) -> None:
    world.drain(seconds=0)
    assert _ask(world) == "mine"
    assert (world.folder / "sender.lock").stat().st_mode & 0o777 == 0o600
