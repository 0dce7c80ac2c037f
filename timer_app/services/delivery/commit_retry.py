"""Commits to the journal that are tried again while it cannot be written."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from timer_app.domain.errors import JournalError
from timer_app.services.delivery.backoff import Jitter, backoff
from timer_app.services.delivery.stopping import ShouldStop
from timer_app.services.retry import LOCKED_PAUSE, is_locked

_log = logging.getLogger(__name__)
_T = TypeVar("_T")
_LOCKED_LIMIT = timedelta(seconds=5)
"""How long a journal that another program holds is waited for without a word."""


class CommitRetry:
    """Commits with retries, however long the disk is full: an answer must not be lost.

    `on_journal_error` is called with the error when the journal could not be written and with None
    when it can again.
    """

    def __init__(
        self, jitter: Jitter, on_journal_error: Callable[[JournalError | None], None]
    ) -> None:
        self._jitter = jitter
        self._on_journal_error = on_journal_error

    async def run(self, commit: Callable[[], _T], should_stop: ShouldStop) -> _T:
        """Commit with retries, however long the disk is full: an answer must not be lost.

        Raises JournalError only once it is time to stop; the next start then finds the delivery
        unknown.
        """
        failures = 0
        now = asyncio.get_running_loop().time
        locked_until = now() + _LOCKED_LIMIT.total_seconds()
        while True:
            try:
                result = commit()
            except JournalError as error:
                if is_locked(error) and now() < locked_until and not should_stop():
                    await asyncio.sleep(LOCKED_PAUSE.total_seconds())
                    continue
                _log.error("journal unwritable: %s", error)
                self._on_journal_error(error)
                if should_stop():
                    raise
                await asyncio.sleep(backoff(failures, self._jitter).total_seconds())
                failures += 1
                continue
            if failures:
                self._on_journal_error(None)
            return result
