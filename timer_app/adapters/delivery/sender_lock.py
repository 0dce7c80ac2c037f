"""The lock that makes a process the only one that sends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from timer_app.adapters.file_lock import FileLock, acquire_file_lock
from timer_app.domain.errors import JournalError
from timer_app.domain.file_problems import file_problem
from timer_app.domain.messages import JournalMessageId

RETRY_SECONDS = 0.1
"""Seconds between two tries while another process has the lock; it keeps it for seconds."""


@asynccontextmanager
async def sender_lock(path: str) -> AsyncIterator[None]:
    """Hold the lock file at `path`; wait for it as long as another process does."""
    lock = try_sender_lock(path)
    while lock is None:
        await asyncio.sleep(RETRY_SECONDS)
        lock = try_sender_lock(path)
    try:
        yield
    finally:
        lock.release()


def try_sender_lock(path: str) -> FileLock | None:
    """Take the lock, or None at once if another process has it.

    Raises JournalError where the file cannot be made or opened.
    """
    try:
        return acquire_file_lock(path)
    except OSError as error:
        raise JournalError(JournalMessageId.NOT_LOCKED, path, file_problem(error)) from error
