"""Tells when the Secret Service came, went, or was unlocked (Linux).

Source: the Secret Service API of freedesktop.org: the name org.freedesktop.secrets, and
`Locked` of its collections. GNOME Keyring tells by PropertiesChanged and by CollectionChanged,
KWallet and KeePassXC by CollectionChanged alone; after that one the property is asked.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from timer_app.adapters.dbus.bus import Bus, BusProblem, Signal

_NAME = "org.freedesktop.secrets"
_PATH = "/org/freedesktop/secrets"
_DEFAULT = f"{_PATH}/aliases/default"
_SERVICE = "org.freedesktop.Secret.Service"
_COLLECTION = "org.freedesktop.Secret.Collection"
_PROPERTIES = "org.freedesktop.DBus.Properties"
_PATIENCE_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class KeyringEvents:
    """What is called: `came` and `went` with the service, `unlocked` when it can be read now."""

    came: Callable[[], None]
    went: Callable[[], None]
    unlocked: Callable[[], None]


class KeyringWatch:
    """Watches from `begin` until `close`; once begun it goes on after a break of the bus."""

    def __init__(self, bus: Bus, events: KeyringEvents) -> None:
        self._bus = bus
        self._events = events
        self._ends: list[Callable[[], None]] = []
        self._asking: asyncio.Task[None] | None = None
        self._locked: bool | None = None
        self._owned: bool | None = None

    async def begin(self) -> None:
        """Listen from now on. Raises BusProblem; may be called again then."""
        self.close()
        signals = (
            (Signal(_NAME, _PROPERTIES, "PropertiesChanged"), self._property),
            (Signal(_NAME, _SERVICE, "CollectionChanged"), self._collection),
        )
        for signal, handler in signals:
            self._ends.append(await self._bus.listen(signal, handler))
        self._ends.append(await self._bus.watch(_NAME, self._owner))

    async def is_locked(self) -> bool | None:
        """Whether the keyring asks for its password before it is read; None: nobody says."""
        try:
            (locked,) = await self._bus.call(
                _NAME, _DEFAULT, _PROPERTIES, "Get", "ss", _COLLECTION, "Locked",
                patience=_PATIENCE_SECONDS, start=False,
            )  # fmt: skip
        except BusProblem:
            return None
        return bool(locked)

    def close(self) -> None:
        """Listen no more."""
        for end in self._ends:
            end()
        self._ends.clear()
        if self._asking is not None:
            self._asking.cancel()

    def _owner(self, owned: bool) -> None:  # noqa: FBT001 - as the bus tells it
        before, self._owned, self._locked = self._owned, owned, None
        if before is not None:
            (self._events.came if owned else self._events.went)()
        elif owned:  # it was there all along, but who asked too early did not find it
            self._events.unlocked()

    def _property(self, values: list[object]) -> None:
        match values:
            case [interface, {"Locked": bool(locked)}, *_] if interface == _COLLECTION:
                self._learned(locked)
            case _:
                return

    def _collection(self, _: list[object]) -> None:
        if self._asking is None or self._asking.done():
            self._asking = asyncio.get_running_loop().create_task(self._ask())

    async def _ask(self) -> None:
        locked = await self.is_locked()
        if locked is not None:
            self._learned(locked)

    def _learned(self, locked: bool) -> None:  # noqa: FBT001 - the property itself
        before, self._locked = self._locked, locked
        if before is not locked and not locked:
            self._events.unlocked()


async def keyring_is_locked() -> bool | None:
    """The same question once, on a connection of its own: for the command line."""
    from dbus_fast import BusType

    bus = Bus(BusType.SESSION)
    nothing = KeyringEvents(lambda: None, lambda: None, lambda: None)
    try:
        return await KeyringWatch(bus, nothing).is_locked()
    finally:
        await bus.close()
