"""The lock that makes a process the only one that sends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from filelock import BaseFileLock, FileLock, Timeout

ASK_AGAIN_AFTER = 0.1
"""Seconds between two tries while another process has the lock; it keeps it for seconds."""


@asynccontextmanager
async def turn(path: str) -> AsyncIterator[None]:
    """Hold the lock file at `path`; wait for it as long as another process does."""
    lock = try_lock(path)
    while lock is None:
        await asyncio.sleep(ASK_AGAIN_AFTER)
        lock = try_lock(path)
    try:
        yield
    finally:
        lock.release()


def try_lock(path: str) -> BaseFileLock | None:
    """Take the lock, or None at once if another process has it.

    The system frees a dead process's lock by itself.
    """
    lock = FileLock(path, mode=0o600)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        return None
    return lock
