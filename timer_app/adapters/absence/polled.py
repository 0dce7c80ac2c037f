"""Idle time where the system only answers when asked: at most once a minute.

Not asked before idle time can be long enough, and not at all while nothing runs.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from timer_app.domain.absence import AbsenceCause, CauseBegan, CauseEnded
from timer_app.services.absence.ports import AbsenceSignalHandler

_MINUTE = 60.0


class IdleTimeUnavailable(Exception):
    """The system does not tell. The text says why."""


class PolledIdleSensor:
    """Implements the port `AbsenceSensor`.

    `read` answers seconds, or raises IdleTimeUnavailable.
    """

    def __init__(
        self,
        name: str,
        read: Callable[[], float],
        now: Callable[[], datetime],
    ) -> None:
        self._name = name
        self._read = read
        self._now = now
        self._report: AbsenceSignalHandler | None = None
        self._after = _MINUTE
        self._polling_enabled = False
        self._idle = False
        self._poll_timer: asyncio.TimerHandle | None = None

    @property
    def name(self) -> str:
        """See the port."""
        return self._name

    async def start(self, report: AbsenceSignalHandler, idle_after: timedelta | None) -> str:
        """See the port. Who changes the length is there."""
        if self._idle and self._report is not None:
            self._idle = False
            self._report(CauseEnded(AbsenceCause.IDLE, self._now()))
        await self.stop()
        try:
            self._read()
        except IdleTimeUnavailable as why:
            return str(why)
        if idle_after is not None:
            self._report, self._after = report, idle_after.total_seconds()
            self._poll()
        return ""

    async def last_input(self) -> datetime | None:
        """See the port."""
        try:
            return self._now() - timedelta(seconds=self._read())
        except IdleTimeUnavailable:
            return None

    def set_polling(self, *, enabled: bool) -> None:
        """See the port. The end of an absence is noticed with the next start at the latest."""
        self._polling_enabled = enabled
        if enabled and self._poll_timer is None:
            self._poll()

    async def stop(self) -> None:
        """See the port."""
        self._report = None
        if self._poll_timer is not None:
            self._poll_timer.cancel()
            self._poll_timer = None

    def _poll(self) -> None:
        self._poll_timer = None
        if self._report is None or not self._polling_enabled:
            return
        try:
            idle = self._read()
        except IdleTimeUnavailable:
            return
        if (idle >= self._after) is not self._idle:
            self._idle = not self._idle
            since = self._now() - timedelta(seconds=idle)
            self._report(
                CauseBegan(AbsenceCause.IDLE, since)
                if self._idle
                else CauseEnded(AbsenceCause.IDLE, since)
            )
        delay = _MINUTE if self._idle else max(_MINUTE, self._after - idle)
        self._poll_timer = asyncio.get_running_loop().call_later(delay, self._poll)
