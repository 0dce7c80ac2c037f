"""The two message buses, made once and handed to all parts of the desktop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from dbus_fast import BusType

from timer_app.adapters.dbus.bus import Bus
from timer_app.adapters.dbus.revival import Revival

_log = logging.getLogger(__name__)


class Buses:
    """`session` and `system`. Each that breaks is connected again when its socket is back.

    Whoever wants to begin with a bus that is there, or is there again, says so by
    `when_connected`; `changed` is called when either came or broke.
    """

    def __init__(self, changed: Callable[[], None] = lambda: None) -> None:
        self._changed = changed
        self._wanting: list[tuple[Bus, Callable[[], None]]] = []
        self.session = Bus(BusType.SESSION, changed=lambda: self._turned(self.session))
        self.system = Bus(BusType.SYSTEM, changed=lambda: self._turned(self.system))
        self._revivals = {id(bus): Revival(bus) for bus in (self.session, self.system)}
        self._connecting: list[asyncio.Task[None]] = []

    def connect(self) -> None:
        """Begin to connect to both. A silent one may take as long as it likes."""
        loop = asyncio.get_running_loop()
        self._connecting = [
            loop.create_task(self._connect(bus)) for bus in (self.session, self.system)
        ]

    async def _connect(self, bus: Bus) -> None:
        if not await bus.wait():
            self._revivals[id(bus)].hope()
            self._changed()

    def when_connected(self, bus: Bus, begin: Callable[[], None]) -> None:
        """Call `begin` each time `bus` has been connected; at once if it is."""
        self._wanting.append((bus, begin))
        if bus.connected:
            begin()

    async def close(self) -> None:
        """Leave both."""
        self._wanting.clear()
        for connecting in self._connecting:
            connecting.cancel()
        if self._connecting:
            await asyncio.wait(self._connecting)
        for revival in self._revivals.values():
            await revival.close()
        for bus in (self.system, self.session):
            await bus.close()

    def _turned(self, bus: Bus) -> None:
        revival = self._revivals[id(bus)]
        _log.info("%s bus=%s", "session" if bus is self.session else "system", bus.state.value)
        if bus.connected:
            revival.done()
            for wanted, begin in list(self._wanting):
                if wanted is bus:
                    begin()
        else:
            revival.hope()
        self._changed()
