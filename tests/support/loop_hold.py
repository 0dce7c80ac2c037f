"""How long an act holds the loop: what a click has to wait for."""

from __future__ import annotations

import asyncio
import gc
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

MAX_HOLD_MS = 50.0
_INSTRUCTIONS_AT_ONCE = 200
"""How finely SQLite's work is counted: telling us each would take longer than the work."""


@dataclass
class LoopHold:
    """The longest time between two rounds of the loop, in milliseconds of this thread's CPU.

    CPU time is the same beside other load. The garbage collector is off meanwhile: it would take
    its time of whatever happens to run.
    """

    longest_ms: float = 0.0
    most_instructions: int = 0
    """Of SQLite, between two rounds: the same on every machine."""


@asynccontextmanager
async def loop_hold(journal: sqlite3.Connection | None = None) -> AsyncIterator[LoopHold]:
    """Measure while the block runs; SQLite's instructions are those on this connection."""
    loop = asyncio.get_running_loop()
    found = LoopHold()
    is_over = False
    latest = 0.0
    instructions = 0

    def count() -> int:
        nonlocal instructions
        instructions += _INSTRUCTIONS_AT_ONCE
        return 0

    def tick() -> None:
        nonlocal latest, instructions
        now = time.thread_time()
        found.longest_ms = max(found.longest_ms, (now - latest) * 1000)
        found.most_instructions = max(found.most_instructions, instructions)
        latest, instructions = now, 0
        if not is_over:
            loop.call_soon(tick)

    await asyncio.sleep(0)
    gc.collect()
    gc.disable()
    if journal is not None:
        journal.set_progress_handler(count, _INSTRUCTIONS_AT_ONCE)
    latest = time.thread_time()
    loop.call_soon(tick)
    try:
        yield found
        await asyncio.sleep(0)
    finally:
        is_over = True
        gc.enable()
        if journal is not None:
            journal.set_progress_handler(None, 0)
