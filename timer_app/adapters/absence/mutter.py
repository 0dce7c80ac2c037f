"""Idle time from GNOME's compositor, on X11 and Wayland alike.

Source: org.gnome.Mutter.IdleMonitor.xml of mutter. A watch for idle time fires once for each idle
stretch; a watch for activity fires once and is gone. Nothing is polled.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from timer_app.adapters.absence.bus_sensor import BusSensor
from timer_app.adapters.dbus.bus import Bus, BusError, SignalMatch
from timer_app.domain.absence import AbsenceCause, CauseBegan, CauseEnded
from timer_app.services.absence.ports import AbsenceSignalHandler

_NAME = "org.gnome.Mutter.IdleMonitor"
_MONITOR = (_NAME, "/org/gnome/Mutter/IdleMonitor/Core", _NAME)
_MILLISECOND = timedelta(milliseconds=1)


class MutterIdleSensor(BusSensor):
    """Implements the port `AbsenceSensor`."""

    name = "idle time (GNOME)"

    def __init__(self, bus: Bus, now: Callable[[], datetime]) -> None:
        super().__init__(bus, now)
        self._after: timedelta | None = None
        self._idle_watch = self._active_watch = 0

    async def start(self, report: AbsenceSignalHandler, idle_after: timedelta | None) -> str:
        """See the port."""
        self._after = idle_after
        try:
            if self._report is None:
                await self._bus.call(*_MONITOR, "GetIdletime", start=False)
                fired = SignalMatch(_NAME, _NAME, "WatchFired", _MONITOR[1])
                self._unsubscribers.append(await self._bus.listen(fired, self._on_watch_fired))
                self._report = report
                self._unsubscribers.append(await self._bus.watch(_NAME, self._on_owner_changed))
                await self._sensor_tasks.wait_all()
            else:
                await self._renew_watches()
        except BusError as problem:
            return str(problem)
        return ""

    async def last_input(self) -> datetime | None:
        """See the port."""
        if self._report is None:
            return None
        try:
            (idle,) = await self._bus.call(*_MONITOR, "GetIdletime", start=False)
        except BusError:
            return None
        return self._now() - int(str(idle)) * _MILLISECOND

    def _on_owner_changed(self, owned: bool) -> None:  # noqa: FBT001 - as the bus calls it
        """The compositor came, or came back: its earlier watches are gone."""
        self._idle_watch = 0
        was_idle, self._active_watch = self._active_watch, 0
        if was_idle and self._report is not None:
            self._report(CauseEnded(AbsenceCause.IDLE, self._now()))
        if owned:
            self._sensor_tasks.run(self._renew_watches())

    async def _renew_watches(self) -> None:
        """Watch for the present idle time; who changes the setting is present."""
        active, self._active_watch = self._active_watch, 0
        if active and self._report is not None:
            self._report(CauseEnded(AbsenceCause.IDLE, self._now()))
        before, self._idle_watch = self._idle_watch, 0
        if before:
            await self._bus.call(*_MONITOR, "RemoveWatch", "u", before)
        if self._after is not None:
            length = self._after // _MILLISECOND
            (number,) = await self._bus.call(*_MONITOR, "AddIdleWatch", "t", length, start=False)
            self._idle_watch = int(str(number))

    def _on_watch_fired(self, values: list[object]) -> None:
        if self._report is None:
            return
        if values == [self._idle_watch]:
            self._sensor_tasks.run(self._became_idle())
        elif values == [self._active_watch]:
            self._active_watch = 0
            self._report(CauseEnded(AbsenceCause.IDLE, self._now()))

    async def _became_idle(self) -> None:
        """Watch for the return first, so that none is missed; then signal since when."""
        (number,) = await self._bus.call(*_MONITOR, "AddUserActiveWatch", start=False)
        self._active_watch = int(str(number))
        since = await self.last_input()
        if self._report is not None and self._after is not None:
            self._report(CauseBegan(AbsenceCause.IDLE, since or self._now() - self._after))
