"""Hot keys of the tray app: what each does, and when they are bound."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from timer_app.adapters.setup.desktop_entry.xdg_dirs import APPLICATION_ID
from timer_app.bootstrap.connections import preload_gateways
from timer_app.domain.hotkeys import HotKeyAction
from timer_app.services.background_tasks import Spawn
from timer_app.services.hotkeys.manager import HotKeyManager
from timer_app.tray.controller import TrayController

if TYPE_CHECKING:
    from timer_app.adapters.dbus.bus import Bus
    from timer_app.adapters.hotkeys.factory import HotKeyFactory


def make_hotkey_manager(controller: TrayController) -> HotKeyManager:
    """What knows which key does what; nothing is bound yet."""
    return HotKeyManager(
        {
            HotKeyAction.TOGGLE: controller.toggle_by_key,
            HotKeyAction.OPEN: controller.open_panel,
            HotKeyAction.MANUAL: controller.open_manual_entry,
        }
    )


class HotKeyBinder:
    """Binds the manager's keys after the icon is shown, and anew when the desktop knows the app.

    `wait_for_first_run` returns once the first steps are over: a portal asks in a window.
    """

    def __init__(
        self,
        manager: HotKeyManager,
        spawn: Spawn,
        session_bus: Callable[[], Bus],
        wait_for_first_run: Callable[[], Awaitable[None]],
    ) -> None:
        self._manager = manager
        self._spawn = spawn
        self._session_bus = session_bus
        self._wait_for_first_run = wait_for_first_run
        self._factory: HotKeyFactory | None = None
        self._portal_bus: Bus | None = None

    async def bind(self) -> None:
        """Bind the keys; what that needs is imported in a thread, where it blocks no window."""
        from timer_app.adapters.hotkeys.factory import HotKeyFactory, import_back_end
        from timer_app.ui.wording import hotkey_action_label

        await asyncio.to_thread(preload_gateways)  # what the first call waits for comes first
        await asyncio.to_thread(import_back_end)
        self._factory = HotKeyFactory(
            self._session_bus,
            APPLICATION_ID,
            hotkey_action_label,
            self._spawn,
            self._wait_for_first_run,
        )
        self._manager.start(self._factory.make_back_end)

    async def bind_again(self) -> None:
        """Bind them as the program that the desktop has just come to know.

        A portal looks once who is behind a connection to the bus, so they get one of their own.
        """
        factory = self._factory
        if factory is None or not factory.asks_portal:
            return
        from dbus_fast import BusType

        from timer_app.adapters.dbus.bus import Bus

        before, self._portal_bus = self._portal_bus, Bus(BusType.SESSION)
        bus = self._portal_bus
        await self._manager.restart(replace(factory, bus=lambda: bus).make_back_end)
        if before is not None:
            await before.close()

    async def close(self) -> None:
        """Close the connection that was made for the portal."""
        if self._portal_bus is not None:
            await self._portal_bus.close()
