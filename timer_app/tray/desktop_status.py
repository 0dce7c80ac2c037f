"""The desktop around the app: its buses, keyring and tray, each with its state and its events."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from timer_app.adapters.setup.desktop_kind import desktop_kind
from timer_app.adapters.setup.secrets import KeyringSecrets
from timer_app.services.setup.desktop_status import DesktopStatus, KeyringState
from timer_app.services.setup.ports import Secrets
from timer_app.ui.tray import Tray

if TYPE_CHECKING:
    from timer_app.adapters.dbus.buses import Buses
    from timer_app.tray.session_monitor import SessionMonitor

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
        self._qt_has_session_bus = qt_has_session_bus
        self._session = self._make_session_monitor() if sys.platform == "linux" else None
        if self._secrets is not None:
            self._secrets.bind(
                callbacks.on_change, self._is_keyring_locked, self._start_keyring_service
            )

    @property
    def buses(self) -> Buses | None:
        """The connections to both buses; None where there is no D-Bus."""
        return self._session.buses if self._session else None

    def start(self) -> None:
        """Connect and watch, as far as there is something."""
        if self._session is not None:
            self._session.start()

    def status(self) -> DesktopStatus:
        """The last known state of the desktop."""
        buses = self.buses
        return DesktopStatus(
            keyring=self._secrets.state if self._secrets else KeyringState.WORKS,
            tray=self._tray.state,
            session_bus=buses.session.state if buses else None,
            system_bus=buses.system.state if buses else None,
            desktop=desktop_kind(),
        )

    async def probe(self) -> DesktopStatus:
        """The same, the buses asked again."""
        if self._session is not None:
            await self._session.probe()
        return self.status()

    @property
    def keyring_problems(self) -> tuple[str, ...]:
        """Why tokens cannot be had, for the command line."""
        message = self._secrets.problem_message if self._secrets else ""
        return (message,) if message else ()

    def allow_prompt(self) -> None:
        """A person wants to be asked for the keyring's password, though they put it away once."""
        if self._secrets is not None:
            self._secrets.allow_prompt()

    async def close(self) -> None:
        """Leave everything."""
        if self._session is not None:
            await self._session.close()

    def _make_session_monitor(self) -> SessionMonitor:
        from timer_app.adapters.dbus.keyring_watch import KeyringEvents
        from timer_app.tray.session_monitor import SessionEvents, SessionMonitor

        keyring = KeyringEvents(
            self._on_keyring_available, self._on_keyring_gone, self._on_keyring_unlocked
        )
        return SessionMonitor(
            SessionEvents(keyring, self._on_tray_watcher, self._callbacks.on_change)
        )

    async def _is_keyring_locked(self) -> bool | None:
        return await self._session.is_keyring_locked() if self._session else None

    async def _start_keyring_service(self) -> bool:
        return await self._session.start_keyring_service() if self._session else False

    # -- events

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

        was_unavailable = self.buses is not None and self.buses.session.was_unavailable
        late = not self._qt_has_session_bus or was_unavailable
        return late and not QDBusConnection.sessionBus().isConnected()

    def _on_keyring_available(self) -> None:
        if self._secrets is not None:
            self._secrets.on_available()
            self._on_keyring_unlocked()

    def _on_keyring_gone(self) -> None:
        if self._secrets is not None:
            self._secrets.on_gone()

    def _on_keyring_unlocked(self) -> None:
        if self._secrets is None:
            return
        self._secrets.on_unlocked()
        if self._secrets.state.is_unavailable:
            self._callbacks.on_keyring_available()
