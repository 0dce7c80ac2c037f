"""Reports when the Secret Service came, went, or was unlocked (Linux).

Source: the Secret Service API of freedesktop.org: the name org.freedesktop.secrets, and `Locked` of
its collections. GNOME Keyring sends PropertiesChanged and CollectionChanged, KWallet and KeePassXC
CollectionChanged alone; after that one the property is asked.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from timer_app.adapters.dbus.bus import Bus, BusError, BusErrorKind, SignalMatch
from timer_app.services.background_tasks import start_task

_NAME = "org.freedesktop.secrets"
_PATH = "/org/freedesktop/secrets"
_DEFAULT = f"{_PATH}/aliases/default"
_SERVICE = "org.freedesktop.Secret.Service"
_COLLECTION = "org.freedesktop.Secret.Collection"
_PROPERTIES = "org.freedesktop.DBus.Properties"
_NO_COLLECTION = "/"
_TIMEOUT_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class KeyringEvents:
    """What is called.

    `on_available` and `on_gone` with the service, `on_unlocked` when it can be read now.
    """

    on_available: Callable[[], None]
    on_gone: Callable[[], None]
    on_unlocked: Callable[[], None]


class KeyringWatch:
    """Watches from `start` until `close`, also after a reconnect of the bus."""

    def __init__(self, bus: Bus, events: KeyringEvents) -> None:
        self._bus = bus
        self._events = events
        self._unsubscribers: list[Callable[[], None]] = []
        self._query_task: asyncio.Task[None] | None = None
        self._locked: bool | None = None
        self._has_owner: bool | None = None

    async def start(self) -> None:
        """Listen from now on. Raises BusError; may be called again then."""
        self.close()
        signals = (
            (SignalMatch(_NAME, _PROPERTIES, "PropertiesChanged"), self._on_properties_changed),
            (SignalMatch(_NAME, _SERVICE, "CollectionChanged"), self._on_collection_changed),
        )
        for signal, handler in signals:
            self._unsubscribers.append(await self._bus.listen(signal, handler))
        self._unsubscribers.append(await self._bus.watch(_NAME, self._on_owner_change))

    async def is_locked(self) -> bool | None:
        """Whether the keyring asks for its password before it is read; None: nobody says.

        One without a default collection asks for a first password.
        """
        try:
            (locked,) = await self._bus.call(
                _NAME, _DEFAULT, _PROPERTIES, "Get", "ss", _COLLECTION, "Locked",
                time_limit=_TIMEOUT_SECONDS, start=False,
            )  # fmt: skip
        except BusError as problem:
            if problem.kind is not BusErrorKind.REFUSED:
                return None
            return await self._lacks_collection()
        return bool(locked)

    async def _lacks_collection(self) -> bool | None:
        try:
            (path,) = await self._bus.call(
                _NAME, _PATH, _SERVICE, "ReadAlias", "s", "default",
                time_limit=_TIMEOUT_SECONDS, start=False,
            )  # fmt: skip
        except BusError:
            return None
        return path == _NO_COLLECTION

    def close(self) -> None:
        """Listen no more."""
        for end in self._unsubscribers:
            end()
        self._unsubscribers.clear()
        if self._query_task is not None:
            self._query_task.cancel()

    def _on_owner_change(self, owned: bool) -> None:  # noqa: FBT001 - as the bus reports it
        before, self._has_owner, self._locked = self._has_owner, owned, None
        if before is not None:
            (self._events.on_available if owned else self._events.on_gone)()
        elif owned:  # it was there all along, but who asked too early did not find it
            self._events.on_unlocked()

    def _on_properties_changed(self, values: list[object]) -> None:
        match values:
            case [interface, {"Locked": bool(locked)}, *_] if interface == _COLLECTION:
                self._set_locked(locked)
            case _:
                return

    def _on_collection_changed(self, _: list[object]) -> None:
        if self._query_task is None or self._query_task.done():
            self._query_task = start_task(self._query_locked())

    async def _query_locked(self) -> None:
        locked = await self.is_locked()
        if locked is not None:
            self._set_locked(locked)

    def _set_locked(self, locked: bool) -> None:  # noqa: FBT001 - the property itself
        before, self._locked = self._locked, locked
        if before is not locked and not locked:
            self._events.on_unlocked()


async def keyring_is_locked() -> bool | None:
    """The same question once, on a connection of its own: for the command line."""
    from dbus_fast import BusType

    bus = Bus(BusType.SESSION)
    nothing = KeyringEvents(lambda: None, lambda: None, lambda: None)
    try:
        return await KeyringWatch(bus, nothing).is_locked()
    finally:
        await bus.close()
