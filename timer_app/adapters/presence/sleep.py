"""The computer wakes: logind says so on the system bus (Linux).

Source: org.freedesktop.login1.Manager, signal PrepareForSleep(b): true before sleep, false after.
Without a system bus nobody tells; what is due then comes with the next look of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import QDBusConnection

_LOGIND = ("org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager")


class Wakes(QObject):
    """Calls `woke` each time the computer has woken."""

    def __init__(self, woke: Callable[[], None]) -> None:
        super().__init__()
        self._woke = woke

    def watch(self) -> bool:
        """Listen from now on; False where there is nobody to listen to."""
        bus = QDBusConnection.systemBus()
        if not bus.isConnected():
            return False
        # PySide6's stub says bytes, and its own SLOT gives the text that the call really takes.
        slot: Any = SLOT("sleeping(bool)")
        return bus.connect(*_LOGIND, "PrepareForSleep", self, slot)

    @Slot(bool)
    def sleeping(self, falls_asleep: bool) -> None:  # noqa: FBT001 - as the bus calls it
        """The signal's receiver."""
        if not falls_asleep:
            self._woke()
