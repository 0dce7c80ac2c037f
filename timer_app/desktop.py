"""The desktop around the app: its buses, keyring and tray, each with its state and its events."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass

from timer_app.adapters.dbus.bus import BusProblem
from timer_app.adapters.dbus.buses import Buses
from timer_app.adapters.dbus.keyring_watch import KeyringEvents, KeyringWatch
from timer_app.adapters.desktop_kind import desktop_kind
from timer_app.adapters.secrets import KeyringSecrets
from timer_app.services.ports import Secrets
from timer_app.services.surroundings import KeyringState, Surroundings
from timer_app.ui.tray import Tray

_TRAY_WATCHER = "org.kde.StatusNotifierWatcher"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Told:
    """What is called.

    `changed` when a state has; `tokens` when they may be had by now; `anew` when there is a tray
    that only a new process can be in.
    """

    changed: Callable[[], None]
    tokens: Callable[[], None]
    anew: Callable[[], None]


class Desktop:
    """Made by the app when its icon is up."""

    def __init__(self, secrets: Secrets, tray: Tray, told: Told, *, qt_knows_the_bus: bool) -> None:
        self._secrets = secrets if isinstance(secrets, KeyringSecrets) else None
        self._tray = tray
        self._told = told
        self.buses = Buses(told.changed)
        self._keyring = KeyringWatch(
            self.buses.session,
            KeyringEvents(self._keyring_came, self._keyring_went, self._keyring_unlocked),
        )
        self._beginning: asyncio.Task[None] | None = None
        self._qt_knows_the_bus = qt_knows_the_bus
        if self._secrets is not None:
            self._secrets.attend(told.changed, self._keyring.is_locked)

    def begin(self) -> None:
        """Connect and watch, as far as there is something."""
        if sys.platform != "linux":
            return
        self.buses.when_connected(self.buses.session, self._session_connected)
        self.buses.connect()

    def now(self) -> Surroundings:
        """How everything is, as far as it was told."""
        linux = sys.platform == "linux"
        return Surroundings(
            keyring=self._secrets.state if self._secrets else KeyringState.WORKS,
            tray=self._tray.state,
            session_bus=self.buses.session.state if linux else None,
            system_bus=self.buses.system.state if linux else None,
            desktop=desktop_kind(),
        )

    async def look(self) -> Surroundings:
        """The same, the buses asked again."""
        if sys.platform == "linux":
            await asyncio.gather(self.buses.session.look(), self.buses.system.look())
        return self.now()

    @property
    def keyring_trouble(self) -> tuple[str, ...]:
        """Why tokens cannot be had, for the command line."""
        trouble = self._secrets.trouble if self._secrets else ""
        return (trouble,) if trouble else ()

    def ask_again(self) -> None:
        """A person wants to be asked for the keyring's password, though they put it away once."""
        if self._secrets is not None:
            self._secrets.ask_again()

    async def close(self) -> None:
        """Leave everything, in the reverse order."""
        if self._beginning is not None:
            self._beginning.cancel()
            await asyncio.wait([self._beginning])
        self._keyring.close()
        await self.buses.close()

    # -- events

    def _session_connected(self) -> None:
        if self._beginning is None:  # later the bus itself goes on with what was watched
            self._beginning = asyncio.get_running_loop().create_task(self._watch())

    async def _watch(self) -> None:
        try:
            await self._keyring.begin()
            await self.buses.session.watch(_TRAY_WATCHER, self._tray_watcher)
        except BusProblem as problem:
            _log.warning("the session bus is not listened to: %s", problem)
            self._beginning = None
        else:
            _log.info("keyring and tray are watched")

    def _tray_watcher(self, owned: bool) -> None:  # noqa: FBT001 - as the bus tells it
        if owned and self._qt_missed_the_bus():
            self._told.anew()
            return
        self._tray.watcher_turned(there=owned)
        _log.info("tray=%s", self._tray.state.value)
        self._told.changed()

    def _qt_missed_the_bus(self) -> bool:
        """Qt connects once in a process: a bus that is late or was restarted is lost on it."""
        from PySide6.QtDBus import QDBusConnection

        late = not self._qt_knows_the_bus or self.buses.session.was_missing
        return late and not QDBusConnection.sessionBus().isConnected()

    def _keyring_came(self) -> None:
        if self._secrets is not None:
            self._secrets.came()
            self._keyring_unlocked()

    def _keyring_went(self) -> None:
        if self._secrets is not None:
            self._secrets.went()

    def _keyring_unlocked(self) -> None:
        if self._secrets is not None and self._secrets.state.troubled:
            self._secrets.ask_again()
            self._told.tokens()
