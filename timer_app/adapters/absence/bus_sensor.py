"""What the sensors that listen to a D-Bus service have in common."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from timer_app.adapters.absence.sensor_tasks import SensorTasks
from timer_app.adapters.dbus.bus import Bus
from timer_app.services.absence.ports import AbsenceSignalHandler


class BusSensor:
    """The part of the port `AbsenceSensor` that needs no certain service. Nothing is polled.

    What `_unsubscribers` has is called at `stop`. `_report` is None while nobody listens.
    """

    name = ""

    def __init__(self, bus: Bus, now: Callable[[], datetime]) -> None:
        self._bus = bus
        self._now = now
        self._report: AbsenceSignalHandler | None = None
        self._unsubscribers: list[Callable[[], None]] = []
        self._sensor_tasks = SensorTasks(self.name)

    async def last_input(self) -> datetime | None:
        """See the port. None: the service does not say, or not reliably."""
        return None

    def set_polling(self, *, enabled: bool) -> None:
        """See the port."""

    async def stop(self) -> None:
        """See the port."""
        for stop in self._unsubscribers:
            stop()
        self._unsubscribers.clear()
        await self._sensor_tasks.close()
        self._report = None
