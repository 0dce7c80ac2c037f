"""Idle time as GNOME's compositor sees it, on X11 and Wayland alike.

Source: org.gnome.Mutter.IdleMonitor.xml of mutter. A watch for idle time fires once for each time
that nobody is there; a watch for activity fires once and is gone. Nothing is polled.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from timer_app.adapters.dbus.bus import Bus, BusProblem, Signal
from timer_app.adapters.presence.errands import Errands
from timer_app.domain.away import Back, Cause, Left
from timer_app.services.ports import TellSign

_NAME = "org.gnome.Mutter.IdleMonitor"
_MONITOR = (_NAME, "/org/gnome/Mutter/IdleMonitor/Core", _NAME)
_MILLISECOND = timedelta(milliseconds=1)


class MutterIdle:
    """Implements the port `PresenceSource`."""

    name = "idle time (GNOME)"

    def __init__(self, bus: Bus, now: Callable[[], datetime]) -> None:
        self._bus = bus
        self._now = now
        self._tell: TellSign | None = None
        self._after: timedelta | None = None
        self._stops: list[Callable[[], None]] = []
        self._errands = Errands(self.name)
        self._idle_watch = self._active_watch = 0

    async def start(self, tell: TellSign, idle_after: timedelta | None) -> str:
        """See the port."""
        self._after = idle_after
        try:
            if self._tell is None:
                await self._bus.call(*_MONITOR, "GetIdletime", start=False)
                fired = Signal(_NAME, _NAME, "WatchFired", _MONITOR[1])
                self._stops.append(await self._bus.listen(fired, self._fired))
                self._tell = tell
                self._stops.append(await self._bus.watch(_NAME, self._owned))
                await self._errands.settled()
            else:
                await self._watch_anew()
        except BusProblem as problem:
            return str(problem)
        return ""

    async def last_input(self) -> datetime | None:
        """See the port."""
        if self._tell is None:
            return None
        try:
            (idle,) = await self._bus.call(*_MONITOR, "GetIdletime", start=False)
        except BusProblem:
            return None
        return self._now() - int(str(idle)) * _MILLISECOND

    def want(self, *, wanted: bool) -> None:
        """See the port. Nothing is polled."""

    async def stop(self) -> None:
        """See the port."""
        for stop in self._stops:
            stop()
        self._stops.clear()
        await self._errands.close()
        self._tell = None

    def _owned(self, owned: bool) -> None:  # noqa: FBT001 - as the bus calls it
        """The compositor came, or came again: its watches of before are gone."""
        self._idle_watch = 0
        was_idle, self._active_watch = self._active_watch, 0
        if was_idle and self._tell is not None:
            self._tell(Back(Cause.IDLE, self._now()))
        if owned:
            self._errands.run(self._watch_anew())

    async def _watch_anew(self) -> None:
        """For idle time as long as it must be now; who changes that is there."""
        active, self._active_watch = self._active_watch, 0
        if active and self._tell is not None:
            self._tell(Back(Cause.IDLE, self._now()))
        before, self._idle_watch = self._idle_watch, 0
        if before:
            await self._bus.call(*_MONITOR, "RemoveWatch", "u", before)
        if self._after is not None:
            length = self._after // _MILLISECOND
            (number,) = await self._bus.call(*_MONITOR, "AddIdleWatch", "t", length, start=False)
            self._idle_watch = int(str(number))

    def _fired(self, values: list[object]) -> None:
        if self._tell is None:
            return
        if values == [self._idle_watch]:
            self._errands.run(self._went_idle())
        elif values == [self._active_watch]:
            self._active_watch = 0
            self._tell(Back(Cause.IDLE, self._now()))

    async def _went_idle(self) -> None:
        """Hear of the return first, so that none is missed; then say since when."""
        (number,) = await self._bus.call(*_MONITOR, "AddUserActiveWatch", start=False)
        self._active_watch = int(str(number))
        since = await self.last_input()
        if self._tell is not None and self._after is not None:
            self._tell(Left(Cause.IDLE, since or self._now() - self._after))
