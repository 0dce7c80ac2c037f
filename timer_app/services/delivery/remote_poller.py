"""Polls TimeCrowd for what other devices did, when it is due, and commits the answers."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import timedelta

from timer_app.domain.errors import JournalError
from timer_app.domain.service import Service
from timer_app.services.delivery.commit_retry import CommitRetry
from timer_app.services.delivery.ports import Journal, TimeTracker
from timer_app.services.delivery.remote_history import RemoteHistory
from timer_app.services.delivery.remote_sync import RemoteSync
from timer_app.services.delivery.stopping import ShouldStop, query
from timer_app.services.entries.ports import Clock

_log = logging.getLogger(__name__)


class RemotePoller:
    """Polls what runs and the list of entries, each when it is due.

    A bug ends one poll: deliveries do not depend on it. `tracker` returns
    None while TimeCrowd is not set up; `changed` is called after every commit.
    """

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        commits: CommitRetry,
        remote_sync: RemoteSync,
        remote_history: RemoteHistory | None,
        *,
        tracker: Callable[[], TimeTracker | None],
        changed: Callable[[], None],
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._commits = commits
        self._remote_sync = remote_sync
        self._remote_history = remote_history
        self._tracker = tracker
        self._changed = changed

    def time_until_due(self) -> timedelta | None:
        """How long until the next poll; None if none is due."""
        sources = (self._remote_sync, self._remote_history)
        waits = [source.time_until_due() for source in sources if source is not None]
        return min((wait for wait in waits if wait is not None), default=None)

    async def poll(self, should_stop: ShouldStop) -> bool:
        """Poll what runs, or the list of entries, if one is due; whether one was."""
        return await self._sync_remote(should_stop) or await self._read_history(should_stop)

    async def _sync_remote(self, should_stop: ShouldStop) -> bool:
        """Poll what runs, if that is due. It is before each start."""
        remote_sync, tracker = self._remote_sync, self._tracker()
        if tracker is None:
            return False
        due = self._journal.next_due(Service.TIMECROWD, self._clock.now())
        is_before_start = due is not None and remote_sync.should_poll_before(due)
        if not (is_before_start or remote_sync.is_due()):
            return False
        try:
            remote_state = await query(remote_sync.fetch(tracker), should_stop)
            if remote_state is not None:
                await self._commits.run(lambda: remote_sync.commit(remote_state), should_stop)
                self._changed()
        except JournalError:
            raise
        except Exception:  # noqa: BLE001 - the next poll starts over; deliveries do not depend on it
            _log.exception("remote sync failed: a bug")
        return True

    async def _read_history(self, should_stop: ShouldStop) -> bool:
        """Read the list of entries, if that is due, and import what other devices made."""
        history, tracker = self._remote_history, self._tracker()
        if history is None or tracker is None:
            return False
        if not history.is_due():
            return False
        try:
            listing = await query(history.fetch(tracker), should_stop)
            if listing is not None:
                for commit in history.commits(listing):
                    await self._commits.run(commit, should_stop)
                    self._changed()
                    await asyncio.sleep(0)
        except JournalError:
            raise
        except Exception:  # noqa: BLE001 - the next poll starts over; deliveries do not depend on it
            _log.exception("remote history failed: a bug")
        return True
