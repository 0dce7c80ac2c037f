"""Idle time where the system only answers when it is asked: at most once a minute.

Not asked before idle time can be long enough, and not at all while nothing runs.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from timer_app.domain.away import Back, Cause, Left
from timer_app.services.ports import TellSign

_MINUTE = 60.0


class IdleUnknown(Exception):
    """The system does not say. The text says why."""


class PolledIdle:
    """Implements the port `PresenceSource`; `read` answers seconds, or raises IdleUnknown."""

    def __init__(
        self,
        name: str,
        read: Callable[[], float],
        now: Callable[[], datetime],
    ) -> None:
        self._name = name
        self._read = read
        self._now = now
        self._tell: TellSign | None = None
        self._after = _MINUTE
        self._wanted = False
        self._idle = False
        self._asking: asyncio.TimerHandle | None = None

    @property
    def name(self) -> str:
        """See the port."""
        return self._name

    async def start(self, tell: TellSign, idle_after: timedelta | None) -> str:
        """See the port. Who changes the length is there."""
        if self._idle and self._tell is not None:
            self._idle = False
            self._tell(Back(Cause.IDLE, self._now()))
        await self.stop()
        try:
            self._read()
        except IdleUnknown as why:
            return str(why)
        if idle_after is not None:
            self._tell, self._after = tell, idle_after.total_seconds()
            self._ask()
        return ""

    async def last_input(self) -> datetime | None:
        """See the port."""
        try:
            return self._now() - timedelta(seconds=self._read())
        except IdleUnknown:
            return None

    def want(self, *, wanted: bool) -> None:
        """See the port. The end of an absence is noticed with the next start at the latest."""
        self._wanted = wanted
        if wanted and self._asking is None:
            self._ask()

    async def stop(self) -> None:
        """See the port."""
        self._tell = None
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None

    def _ask(self) -> None:
        self._asking = None
        if self._tell is None or not self._wanted:
            return
        try:
            idle = self._read()
        except IdleUnknown:
            return
        if (idle >= self._after) is not self._idle:
            self._idle = not self._idle
            since = self._now() - timedelta(seconds=idle)
            self._tell(Left(Cause.IDLE, since) if self._idle else Back(Cause.IDLE, since))
        rest = _MINUTE if self._idle else max(_MINUTE, self._after - idle)
        self._asking = asyncio.get_running_loop().call_later(rest, self._ask)
