"""One sender at a time: the lock, held by a second process that is real."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import IO, cast

import pytest

from tests.services.fakes import run
from tests.services.world import TASK, World
from tests.support.environment import ROOT
from timer_app.domain.entries.entry import Source

HOLD = """
import sys
from timer_app.adapters.delivery.sender_lock import try_sender_lock
lock = try_sender_lock(sys.argv[1])
print("mine" if lock else "taken", flush=True)
sys.stdin.read()
"""


@contextmanager
def _other(world: World) -> Iterator[subprocess.Popen[str]]:
    """Another process that tries to take the lock, says how that went, and stays.

    On every system: it ends with us at the latest, as its stdin does.
    """
    command = [sys.executable, "-c", HOLD, str(world.folder / "sender.lock")]
    pipe = subprocess.PIPE
    environment = dict(os.environ) | {"PYTHONPATH": "."}
    with subprocess.Popen(
        command, env=environment, cwd=ROOT, stdin=pipe, stdout=pipe, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def _said(process: subprocess.Popen[str]) -> str:
    """Its one line; nothing if it has ended without it."""
    return cast("IO[str]", process.stdout).readline().strip()


def _ask(world: World) -> str:
    """Whether another process could send now."""
    with _other(world) as other:
        return _said(other)


def test_what_another_process_sends_is_left_to_it(world: World) -> None:
    world.timer.start(TASK, Source.CLI)
    with _other(world) as other:
        assert _said(other) == "mine"
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
    if sys.platform != "win32":  # there the folder's owner decides
        assert (world.folder / "sender.lock").stat().st_mode & 0o777 == 0o600
