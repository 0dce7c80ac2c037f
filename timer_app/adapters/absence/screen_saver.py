"""The desktop's screen saver or lock, on the session bus.

KDE and others own org.freedesktop.ScreenSaver, GNOME, Cinnamon, MATE and Xfce a name of their own;
all say ActiveChanged(b). GetSessionIdleTime of the first is not asked: it would have to be polled,
and says 0 for ever where only the compositor sees input (Plasma on Wayland).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from timer_app.adapters.absence.bus_sensor import BusSensor
from timer_app.adapters.dbus.bus import Bus, BusError, SignalMatch
from timer_app.domain.absence import AbsenceCause, CauseBegan, CauseEnded
from timer_app.services.absence.ports import AbsenceSignalHandler

_SAVERS = {
    "org.gnome.ScreenSaver": "/org/gnome/ScreenSaver",
    "org.freedesktop.ScreenSaver": "/org/freedesktop/ScreenSaver",
    "org.cinnamon.ScreenSaver": "/org/cinnamon/ScreenSaver",
    "org.mate.ScreenSaver": "/org/mate/ScreenSaver",
    "org.xfce.ScreenSaver": "/org/xfce/ScreenSaver",
}


class ScreenSaverSensor(BusSensor):
    """Implements the port `AbsenceSensor`."""

    name = "locked screen (screen saver)"

    def __init__(self, bus: Bus, now: Callable[[], datetime]) -> None:
        super().__init__(bus, now)
        self._available: set[str] = set()
        self._active: set[str] = set()

    async def start(self, report: AbsenceSignalHandler, idle_after: timedelta | None) -> str:
        """See the port. One that comes later is listened to as well."""
        del idle_after
        if self._report is None:
            self._report = report
            try:
                for name in _SAVERS:
                    signal = SignalMatch(name, name, "ActiveChanged")
                    heard = await self._bus.listen(signal, partial(self._on_active_changed, name))
                    self._unsubscribers += [
                        heard,
                        await self._bus.watch(name, partial(self._on_owner_changed, name)),
                    ]
            except BusError as problem:
                self._report = None
                return str(problem)
            await self._sensor_tasks.wait_all()
        return "" if self._available else "This desktop has no screen saver on the session bus."

    def _on_owner_changed(self, name: str, owned: bool) -> None:  # noqa: FBT001 - as the bus calls it
        if owned:
            self._available.add(name)
            self._sensor_tasks.run(self._query_active(name))
        else:
            self._available.discard(name)
            self._set_active(name, active=False)

    async def _query_active(self, name: str) -> None:
        """It may be active already."""
        (active,) = await self._bus.call(name, _SAVERS[name], name, "GetActive", start=False)
        self._set_active(name, active=active is True)

    def _on_active_changed(self, name: str, values: list[object]) -> None:
        self._set_active(name, active=values == [True])

    def _set_active(self, name: str, *, active: bool) -> None:
        before = bool(self._active)
        (self._active.add if active else self._active.discard)(name)
        now = bool(self._active)
        if self._report is not None and before is not now:
            at = self._now()
            self._report(
                CauseBegan(AbsenceCause.LOCKED, at) if now else CauseEnded(AbsenceCause.LOCKED, at)
            )
