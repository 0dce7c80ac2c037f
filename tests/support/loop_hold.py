"""How long an act holds the loop: what a click has to wait for."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

MAX_HOLD_MS = 50.0


@dataclass
class LoopHold:
    """The longest time between two rounds of the loop, in milliseconds of this thread's CPU.

    CPU time is the same beside other load. The garbage collector is off meanwhile: it would take
    its time of whatever happens to run.
    """

    longest_ms: float = 0.0


@asynccontextmanager
async def loop_hold() -> AsyncIterator[LoopHold]:
    """Measure while the block runs."""
    loop = asyncio.get_running_loop()
    found = LoopHold()
    is_over = False
    latest = 0.0

    def tick() -> None:
        nonlocal latest
        now = time.thread_time()
        found.longest_ms = max(found.longest_ms, (now - latest) * 1000)
        latest = now
        if not is_over:
            loop.call_soon(tick)

    await asyncio.sleep(0)
    gc.collect()
    gc.disable()
    latest = time.thread_time()
    loop.call_soon(tick)
    try:
        yield found
        await asyncio.sleep(0)
    finally:
        is_over = True
        gc.enable()
