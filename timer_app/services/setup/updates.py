"""Checks for a newer version, if a person wants that, and only reports it.

Nothing is downloaded. Without an address in the settings, the default, nobody is asked.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from timer_app.domain.setup.release import is_newer

CHECK_INTERVAL = timedelta(days=1)

_log = logging.getLogger(__name__)


class ReleaseFeedError(Exception):
    """The newest version is not known. The text says why, and quotes nothing that was answered."""


class UpdateChecker:
    """Asks at the start and once a day, and reports each version once.

    `feed` returns the present address, "" for none; `fetch_newest` returns the newest version there
    or raises ReleaseFeedError; `installed` is read when there is something to compare it with.
    """

    def __init__(
        self,
        feed: Callable[[], str],
        fetch_newest: Callable[[str], Awaitable[str]],
        installed: Callable[[], str],
        announce: Callable[[str], None],
    ) -> None:
        self._feed = feed
        self._fetch_newest = fetch_newest
        self._installed = installed
        self._announce = announce
        self._asked_feed = ""
        self._announced = ""
        self._feed_changed = asyncio.Event()

    def settings_changed(self) -> None:
        """Ask at once if that leads to another address."""
        if self._feed() != self._asked_feed:
            self._feed_changed.set()

    async def run(self) -> None:
        """Until cancelled. Without an address it waits for one, and wakes for nothing else."""
        while True:
            self._feed_changed.clear()
            self._asked_feed = self._feed()
            if self._asked_feed:
                await self._check(self._asked_feed)
            try:
                async with asyncio.timeout(
                    CHECK_INTERVAL.total_seconds() if self._asked_feed else None
                ):
                    await self._feed_changed.wait()
            except TimeoutError:
                continue

    async def _check(self, feed: str) -> None:
        try:
            found = await self._fetch_newest(feed)
        except ReleaseFeedError as reason:
            _log.info("the newest version is not known: %s", reason)
            return
        if is_newer(found, self._installed()) and found != self._announced:
            self._announced = found
            self._announce(found)
