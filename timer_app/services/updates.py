"""Tells that there is a newer version, where a person wants that asked; it only tells.

Nothing is downloaded. With no address in the settings, which is the default, nobody is asked.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from timer_app.domain.release import is_newer

ONCE_A = timedelta(days=1)

_log = logging.getLogger(__name__)


class FeedUnusable(Exception):
    """The newest version is not known. The text says why, and quotes nothing that was answered."""


class Updates:
    """Asks at the start and once a day, and tells of each version once.

    `feed` is the address of the moment, "" for none; `ask` answers what is newest there or raises
    FeedUnusable; `ours` is read when there is something to compare it with.
    """

    def __init__(
        self,
        feed: Callable[[], str],
        ask: Callable[[str], Awaitable[str]],
        ours: Callable[[], str],
        tell: Callable[[str], None],
    ) -> None:
        self._feed = feed
        self._ask = ask
        self._ours = ours
        self._tell = tell
        self._asked = ""
        self._told = ""
        self._other_feed = asyncio.Event()

    def settings_changed(self) -> None:
        """Ask at once if that leads to another address."""
        if self._feed() != self._asked:
            self._other_feed.set()

    async def run(self) -> None:
        """Until cancelled. Without an address it waits for one, and wakes for nothing else."""
        while True:
            self._other_feed.clear()
            self._asked = self._feed()
            if self._asked:
                await self._look(self._asked)
            try:
                async with asyncio.timeout(ONCE_A.total_seconds() if self._asked else None):
                    await self._other_feed.wait()
            except TimeoutError:
                continue

    async def _look(self, feed: str) -> None:
        try:
            found = await self._ask(feed)
        except FeedUnusable as reason:
            _log.info("the newest version is not known: %s", reason)
            return
        if is_newer(found, self._ours()) and found != self._told:
            self._told = found
            self._tell(found)
