"""The desktop around the app: its buses, keyring and tray, each with its state and its events."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass

from timer_app.adapters.dbus.bus import BusError
from timer_app.adapters.dbus.buses import Buses
from timer_app.adapters.dbus.keyring_watch import KeyringEvents, KeyringWatch
from timer_app.adapters.setup.desktop_kind import desktop_kind
from timer_app.adapters.setup.secrets import KeyringSecrets
from timer_app.services.background_tasks import start_task
from timer_app.services.setup.desktop_status import DesktopStatus, KeyringState
from timer_app.services.setup.ports import Secrets
from timer_app.ui.tray import Tray

_TRAY_WATCHER = "org.kde.StatusNotifierWatcher"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DesktopCallbacks:
    """What is called.

    `on_change` when a state has; `on_keyring_available` when tokens may be had by now;
    `on_restart_needed` when there is a tray
    that only a new process can be in.
    """

    on_change: Callable[[], None]
    on_keyring_available: Callable[[], None]
    on_restart_needed: Callable[[], None]


class DesktopMonitor:
    """Made by the app when its icon is up."""

    def __init__(
        self, secrets: Secrets, tray: Tray, callbacks: DesktopCallbacks, *, qt_has_session_bus: bool
    ) -> None:
        self._secrets = secrets if isinstance(secrets, KeyringSecrets) else None
        self._tray = tray
        self._callbacks = callbacks
        self.buses = Buses(callbacks.on_change)
        self._keyring = KeyringWatch(
            self.buses.session,
            KeyringEvents(
                self._on_keyring_available, self._on_keyring_gone, self._on_keyring_unlocked
            ),
        )
        self._watch_task: asyncio.Task[None] | None = None
        self._qt_has_session_bus = qt_has_session_bus
        if self._secrets is not None:
            self._secrets.bind(callbacks.on_change, self._keyring.is_locked)

    def start(self) -> None:
        """Connect and watch, as far as there is something."""
        if sys.platform != "linux":
            return
        self.buses.on_connected(self.buses.session, self._on_session_bus_connected)
        self.buses.connect()

    def status(self) -> DesktopStatus:
        """The last known state of the desktop."""
        linux = sys.platform == "linux"
        return DesktopStatus(
            keyring=self._secrets.state if self._secrets else KeyringState.WORKS,
            tray=self._tray.state,
            session_bus=self.buses.session.state if linux else None,
            system_bus=self.buses.system.state if linux else None,
            desktop=desktop_kind(),
        )

    async def probe(self) -> DesktopStatus:
        """The same, the buses asked again."""
        if sys.platform == "linux":
            await asyncio.gather(self.buses.session.probe(), self.buses.system.probe())
        return self.status()

    @property
    def keyring_problems(self) -> tuple[str, ...]:
        """Why tokens cannot be had, for the command line."""
        trouble = self._secrets.problem_message if self._secrets else ""
        return (trouble,) if trouble else ()

    def allow_prompt(self) -> None:
        """A person wants to be asked for the keyring's password, though they put it away once."""
        if self._secrets is not None:
            self._secrets.allow_prompt()

    async def close(self) -> None:
        """Leave everything, in the reverse order."""
        if self._watch_task is not None:
            self._watch_task.cancel()
            await asyncio.wait([self._watch_task])
        self._keyring.close()
        await self.buses.close()

    # -- events

    def _on_session_bus_connected(self) -> None:
        if self._watch_task is None:  # later the bus itself goes on with what was watched
            self._watch_task = start_task(self._watch_session_bus())

    async def _watch_session_bus(self) -> None:
        try:
            await self._keyring.start()
            await self.buses.session.watch(_TRAY_WATCHER, self._on_tray_watcher)
        except BusError as problem:
            _log.warning("the session bus is not listened to: %s", problem)
            self._watch_task = None
        else:
            _log.info("keyring and tray are watched")

    def _on_tray_watcher(self, owned: bool) -> None:  # noqa: FBT001 - as the bus tells it
        if owned and self._qt_lacks_session_bus():
            self._callbacks.on_restart_needed()
            return
        self._tray.on_watcher_changed(is_available=owned)
        _log.info("tray=%s", self._tray.state.value)
        self._callbacks.on_change()

    def _qt_lacks_session_bus(self) -> bool:
        """Qt connects once in a process: a bus that is late or was restarted is lost on it."""
        from PySide6.QtDBus import QDBusConnection

        late = not self._qt_has_session_bus or self.buses.session.was_unavailable
        return late and not QDBusConnection.sessionBus().isConnected()

    def _on_keyring_available(self) -> None:
        if self._secrets is not None:
            self._secrets.on_available()
            self._on_keyring_unlocked()

    def _on_keyring_gone(self) -> None:
        if self._secrets is not None:
            self._secrets.on_gone()

    def _on_keyring_unlocked(self) -> None:
        if self._secrets is not None and self._secrets.state.is_unavailable:
            self._secrets.allow_prompt()
            self._callbacks.on_keyring_available()
