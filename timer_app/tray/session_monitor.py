"""What a Linux desktop tells over D-Bus: its keyring and its tray, with their events."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass

from timer_app.adapters.dbus.bus import BusError
from timer_app.adapters.dbus.buses import Buses
from timer_app.adapters.dbus.keyring_start import start_keyring_service
from timer_app.adapters.dbus.keyring_watch import KeyringEvents, KeyringWatch
from timer_app.services.background_tasks import start_task

_TRAY_WATCHER = "org.kde.StatusNotifierWatcher"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SessionEvents:
    """What is called.

    `keyring` with the keyring's events, `on_tray_watcher` with whether there is a tray,
    `on_change` when the state of a bus has changed.
    """

    keyring: KeyringEvents
    on_tray_watcher: Callable[[bool], None]
    on_change: Callable[[], None]


class SessionMonitor:
    """Watches from `start` until `close`, also after a reconnect of the bus."""

    def __init__(self, events: SessionEvents) -> None:
        self._events = events
        self.buses = Buses(events.on_change)
        self._keyring = KeyringWatch(self.buses.session, events.keyring)
        self._watch_task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Connect and watch."""
        self.buses.on_connected(self.buses.session, self._on_session_bus_connected)
        self.buses.connect()

    async def is_keyring_locked(self) -> bool | None:
        """Whether the keyring asks for its password before it is read; None: nobody says."""
        return await self._keyring.is_locked()

    async def start_keyring_service(self) -> bool:
        """Start a keyring's service that is installed; returns whether one is there now."""
        return await start_keyring_service(self.buses.session)

    async def probe(self) -> None:
        """Ask both buses anew how they are."""
        await asyncio.gather(self.buses.session.probe(), self.buses.system.probe())

    async def close(self) -> None:
        """Leave everything, in the reverse order."""
        if self._watch_task is not None:
            self._watch_task.cancel()
            await asyncio.wait([self._watch_task])
        self._keyring.close()
        await self.buses.close()

    def _on_session_bus_connected(self) -> None:
        if self._watch_task is None:  # later the bus itself goes on with what was watched
            self._watch_task = start_task(self._watch_session_bus())

    async def _watch_session_bus(self) -> None:
        try:
            await self._keyring.start()
            await self.buses.session.watch(_TRAY_WATCHER, self._events.on_tray_watcher)
        except BusError as problem:
            _log.warning("the session bus is not listened to: %s", problem)
            self._watch_task = None
        else:
            _log.info("keyring and tray are watched")
