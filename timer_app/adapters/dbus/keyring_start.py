"""Starts KWallet, which offers the Secret Service only while it runs (Linux).

The bus starts GNOME Keyring by the name org.freedesktop.secrets. KWallet takes that name once it
runs, and can be started by a name of its own alone.
"""

from __future__ import annotations

import asyncio

from timer_app.adapters.dbus.bus import Bus, BusError

_NAME = "org.freedesktop.secrets"
_KWALLETS = ("org.kde.kwalletd6", "org.kde.kwalletd5")
_BUS = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")
_START_SECONDS = 5.0
_NAME_SECONDS = 2.0
"""How long a KWallet that has just been started may take to offer the Secret Service."""


async def start_keyring_service(bus: Bus) -> bool:
    """Start KWallet where there is no Secret Service; returns whether there is one now."""
    available = asyncio.Event()
    try:
        stop = await bus.watch(_NAME, lambda owned: available.set() if owned else None)
    except BusError:
        return False
    try:
        if not available.is_set():
            await _start_kwallet(bus)
            async with asyncio.timeout(_NAME_SECONDS):
                await available.wait()
    except (BusError, TimeoutError):
        return False  # there is no KWallet, or it is switched off
    finally:
        stop()
    return True


async def _start_kwallet(bus: Bus) -> None:
    """Start the newest one that is installed. Raises BusError."""
    for name in _KWALLETS:
        try:
            await bus.call(*_BUS, "StartServiceByName", "su", name, 0, time_limit=_START_SECONDS)
        except BusError:
            if name == _KWALLETS[-1]:
                raise
        else:
            return


async def start_keyring_service_once() -> bool:
    """The same on a connection of its own: for the command line."""
    from dbus_fast import BusType

    bus = Bus(BusType.SESSION)
    try:
        return await start_keyring_service(bus)
    finally:
        await bus.close()
