"""The desktop's screen saver or lock, on the session bus.

KDE and others own org.freedesktop.ScreenSaver, GNOME, Cinnamon and MATE a name of their own; all
say ActiveChanged(b). GetSessionIdleTime of the first is not asked: it would have to be polled, and
says 0 for ever where only the compositor sees input (Plasma on Wayland).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from timer_app.adapters.dbus.bus import Bus, BusProblem, Signal
from timer_app.adapters.presence.errands import Errands
from timer_app.domain.away import Back, Cause, Left
from timer_app.services.ports import TellSign

_SAVERS = {
    "org.gnome.ScreenSaver": "/org/gnome/ScreenSaver",
    "org.freedesktop.ScreenSaver": "/org/freedesktop/ScreenSaver",
    "org.cinnamon.ScreenSaver": "/org/cinnamon/ScreenSaver",
    "org.mate.ScreenSaver": "/org/mate/ScreenSaver",
}


class ScreenSaver:
    """Implements the port `PresenceSource`."""

    name = "locked screen (screen saver)"

    def __init__(self, bus: Bus, now: Callable[[], datetime]) -> None:
        self._bus = bus
        self._now = now
        self._tell: TellSign | None = None
        self._there: set[str] = set()
        self._active: set[str] = set()
        self._stops: list[Callable[[], None]] = []
        self._errands = Errands(self.name)

    async def start(self, tell: TellSign, idle_after: timedelta | None) -> str:
        """See the port. One that comes later is listened to as well."""
        del idle_after
        if self._tell is None:
            self._tell = tell
            try:
                for name in _SAVERS:
                    signal = Signal(name, name, "ActiveChanged")
                    heard = await self._bus.listen(signal, partial(self._heard, name))
                    self._stops += [heard, await self._bus.watch(name, partial(self._owned, name))]
            except BusProblem as problem:
                self._tell = None
                return str(problem)
            await self._errands.settled()
        return "" if self._there else "This desktop has no screen saver on the session bus."

    async def last_input(self) -> datetime | None:
        """See the port."""
        return None

    def want(self, *, wanted: bool) -> None:
        """See the port. Nothing is polled."""

    async def stop(self) -> None:
        """See the port."""
        for stop in self._stops:
            stop()
        self._stops.clear()
        await self._errands.close()
        self._tell = None

    def _owned(self, name: str, owned: bool) -> None:  # noqa: FBT001 - as the bus calls it
        if owned:
            self._there.add(name)
            self._errands.run(self._ask(name))
        else:
            self._there.discard(name)
            self._is_active(name, active=False)

    async def _ask(self, name: str) -> None:
        """It may be active already."""
        (active,) = await self._bus.call(name, _SAVERS[name], name, "GetActive", start=False)
        self._is_active(name, active=active is True)

    def _heard(self, name: str, values: list[object]) -> None:
        self._is_active(name, active=values == [True])

    def _is_active(self, name: str, *, active: bool) -> None:
        before = bool(self._active)
        (self._active.add if active else self._active.discard)(name)
        now = bool(self._active)
        if self._tell is not None and before is not now:
            at = self._now()
            self._tell(Left(Cause.LOCKED, at) if now else Back(Cause.LOCKED, at))
