"""The desktop's monitor, made when it is first wanted: D-Bus is imported after the icon is up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from timer_app.services.setup.desktop_status import DesktopStatus

if TYPE_CHECKING:
    from timer_app.adapters.dbus.bus import Bus
    from timer_app.adapters.dbus.buses import Buses
    from timer_app.tray.desktop_status import DesktopMonitor


class DesktopAccess:
    """Answers for a monitor that may not be there yet; `make` makes and starts it."""

    def __init__(self, make: Callable[[], DesktopMonitor]) -> None:
        self._make = make
        self._monitor: DesktopMonitor | None = None

    @property
    def buses(self) -> Buses | None:
        """The connections to both buses; None where there is no D-Bus."""
        return self._started().buses

    def session_bus(self) -> Bus:
        """The one connection of all parts to the session's bus. Asked for on Linux only."""
        if (buses := self.buses) is None:
            raise RuntimeError("There is no D-Bus on this system.")
        return buses.session

    def status(self) -> DesktopStatus:
        """The last known state of the desktop."""
        return self._monitor.status() if self._monitor else DesktopStatus()

    async def probe(self) -> DesktopStatus:
        """The same, the buses asked again."""
        return await self._monitor.probe() if self._monitor else DesktopStatus()

    @property
    def keyring_problems(self) -> tuple[str, ...]:
        """Why tokens cannot be had, for the command line."""
        return self._monitor.keyring_problems if self._monitor else ()

    def allow_prompt(self) -> None:
        """A person wants to be asked for the keyring's password."""
        if self._monitor is not None:
            self._monitor.allow_prompt()

    async def close(self) -> None:
        """Leave everything."""
        if self._monitor is not None:
            await self._monitor.close()

    def _started(self) -> DesktopMonitor:
        if self._monitor is None:
            self._monitor = self._make()
        return self._monitor
