"""The sensors that fit this computer. Each says why it cannot sense."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from timer_app.services.absence.ports import AbsenceSensor, AbsenceSignalHandler

if TYPE_CHECKING:
    from timer_app.adapters.dbus.bus import Bus


_log = logging.getLogger(__name__)


class FirstAvailableSensor:
    """Implements the port `AbsenceSensor` by the first of several that works.

    Each that does not is meant for another desktop: the reason is logged, and `none_works` gets it.
    """

    def __init__(self, name: str, sensors: Sequence[AbsenceSensor], none_works: str) -> None:
        self._name = name
        self._none_works = none_works
        self._sensors = sensors
        self._active: AbsenceSensor | None = None

    @property
    def name(self) -> str:
        """See the port."""
        return self._active.name if self._active else self._name

    async def start(self, report: AbsenceSignalHandler, idle_after: timedelta | None) -> str:
        """See the port."""
        if self._active is not None:
            return await self._active.start(report, idle_after)
        for sensor in self._sensors:
            reason = await sensor.start(report, idle_after)
            if not reason:
                self._active = sensor
                return ""
            _log.info("%s: %s", sensor.name, reason)
        return self._none_works

    async def last_input(self) -> datetime | None:
        """See the port."""
        return await self._active.last_input() if self._active else None

    def set_polling(self, *, enabled: bool) -> None:
        """See the port."""
        if self._active:
            self._active.set_polling(enabled=enabled)

    async def stop(self) -> None:
        """See the port."""
        for sensor in self._sensors:
            await sensor.stop()


def make_sensors(
    session: Bus | None,
    system: Bus | None,
    now: Callable[[], datetime],
    *,
    platform: str = sys.platform,
    environment: Mapping[str, str] = os.environ,
) -> list[AbsenceSensor]:
    """The sensors of this platform; the buses are those of a Linux desktop."""
    if platform == "win32":
        from timer_app.adapters.absence.polled import PolledIdleSensor
        from timer_app.adapters.absence.windows import idle_seconds
        from timer_app.adapters.absence.windows_session import WindowsSessionSensor

        return [
            PolledIdleSensor("idle time (Windows)", idle_seconds, now),
            WindowsSessionSensor(now),
        ]
    if platform == "darwin":
        from timer_app.adapters.absence.macos import idle_seconds as idle_seconds_on_macos
        from timer_app.adapters.absence.macos_session import MacosSessionSensor
        from timer_app.adapters.absence.polled import PolledIdleSensor

        return [
            PolledIdleSensor("idle time (macOS)", idle_seconds_on_macos, now),
            MacosSessionSensor(now),
        ]
    if session is None or system is None:
        return []
    from timer_app.adapters.absence.logind import LogindSensor
    from timer_app.adapters.absence.mutter import MutterIdleSensor
    from timer_app.adapters.absence.screen_saver import ScreenSaverSensor
    from timer_app.adapters.absence.wayland_idle import WaylandIdleSensor
    from timer_app.adapters.absence.x11_idle import X11IdleSensor

    idle = FirstAvailableSensor(
        "idle time",
        [
            MutterIdleSensor(session, now),
            WaylandIdleSensor(now, environment),
            X11IdleSensor(now, environment),
        ],
        "This desktop does not tell that nobody types or moves the mouse.",
    )
    return [idle, ScreenSaverSensor(session, now), LogindSensor(system, now)]
