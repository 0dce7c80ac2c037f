"""Which sources fit this computer. Each says by itself why it cannot tell."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from timer_app.services.ports import PresenceSource, TellSign

if TYPE_CHECKING:
    from timer_app.adapters.dbus.bus import Bus


class FirstThatCan:
    """Implements the port `PresenceSource` by the first of some that can tell."""

    def __init__(self, name: str, sources: Sequence[PresenceSource]) -> None:
        self._name = name
        self._sources = sources
        self._used: PresenceSource | None = None

    @property
    def name(self) -> str:
        """See the port."""
        return self._used.name if self._used else self._name

    async def start(self, tell: TellSign, idle_after: timedelta | None) -> str:
        """See the port."""
        if self._used is not None:
            return await self._used.start(tell, idle_after)
        reasons = []
        for source in self._sources:
            reason = await source.start(tell, idle_after)
            if not reason:
                self._used = source
                return ""
            reasons.append(f"{source.name}: {reason}")
        return " ".join(reasons)

    async def last_input(self) -> datetime | None:
        """See the port."""
        return await self._used.last_input() if self._used else None

    def want(self, *, wanted: bool) -> None:
        """See the port."""
        if self._used:
            self._used.want(wanted=wanted)

    async def stop(self) -> None:
        """See the port."""
        for source in self._sources:
            await source.stop()


def sources(
    session: Bus | None,
    system: Bus | None,
    now: Callable[[], datetime],
    *,
    platform: str = sys.platform,
    environment: Mapping[str, str] = os.environ,
) -> list[PresenceSource]:
    """The sources of this platform; the buses are those of a Linux desktop."""
    if platform == "win32":
        from timer_app.adapters.presence.polled import PolledIdle
        from timer_app.adapters.presence.windows import seconds_idle

        return [PolledIdle("idle time (Windows)", seconds_idle, now)]
    if platform == "darwin":
        from timer_app.adapters.presence.macos import seconds_idle as seconds_idle_on_macos
        from timer_app.adapters.presence.polled import PolledIdle

        return [PolledIdle("idle time (macOS)", seconds_idle_on_macos, now)]
    if session is None or system is None:
        return []
    from timer_app.adapters.presence.logind import Logind
    from timer_app.adapters.presence.mutter import MutterIdle
    from timer_app.adapters.presence.screen_saver import ScreenSaver
    from timer_app.adapters.presence.x11_idle import X11Idle

    idle = FirstThatCan("idle time", [MutterIdle(session, now), X11Idle(now, environment)])
    return [idle, ScreenSaver(session, now), Logind(system, now)]
