"""The two message buses, made once and handed to all parts of the desktop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from dbus_fast import BusType

from timer_app.adapters.dbus.bus import Bus
from timer_app.adapters.dbus.reconnector import Reconnector
from timer_app.services.background_tasks import start_task

_log = logging.getLogger(__name__)


class Buses:
    """`session` and `system`. Each that breaks is connected again when its socket is back.

    A part that begins with a bus that is there, or there again, registers by
    `on_connected`; `changed` is called when either came or broke.
    """

    def __init__(self, changed: Callable[[], None] = lambda: None) -> None:
        self._changed = changed
        self._subscribers: list[tuple[Bus, Callable[[], None]]] = []
        self.session = Bus(BusType.SESSION, changed=lambda: self._on_bus_change(self.session))
        self.system = Bus(BusType.SYSTEM, changed=lambda: self._on_bus_change(self.system))
        self._reconnectors = {id(bus): Reconnector(bus) for bus in (self.session, self.system)}
        self._connecting: list[asyncio.Task[None]] = []

    def connect(self) -> None:
        """Begin to connect to both. A silent one may take as long as it likes."""
        self._connecting = [start_task(self._connect(bus)) for bus in (self.session, self.system)]

    async def _connect(self, bus: Bus) -> None:
        if not await bus.wait_connected():
            self._reconnectors[id(bus)].start()
            self._changed()

    def on_connected(self, bus: Bus, begin: Callable[[], None]) -> None:
        """Call `begin` each time `bus` has been connected; at once if it is."""
        self._subscribers.append((bus, begin))
        if bus.connected:
            begin()

    async def close(self) -> None:
        """Leave both."""
        self._subscribers.clear()
        for connecting in self._connecting:
            connecting.cancel()
        if self._connecting:
            await asyncio.wait(self._connecting)
        for reconnector in self._reconnectors.values():
            await reconnector.close()
        for bus in (self.system, self.session):
            await bus.close()

    def _on_bus_change(self, bus: Bus) -> None:
        reconnector = self._reconnectors[id(bus)]
        _log.info("%s bus=%s", "session" if bus is self.session else "system", bus.state.value)
        if bus.connected:
            reconnector.stop()
            for subscribed, begin in list(self._subscribers):
                if subscribed is bus:
                    begin()
        else:
            reconnector.start()
        self._changed()
