"""Idle time from a Wayland compositor by ext-idle-notify-v1: Plasma, sway, Hyprland, COSMIC.

GNOME does not have it, and reports idle time over D-Bus. Nothing is polled.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from timer_app.domain.absence import AbsenceCause, CauseBegan, CauseEnded
from timer_app.services.absence.ports import AbsenceSignalHandler

if TYPE_CHECKING:
    from timer_app.adapters.absence.wayland_client import IdleNotifier

_MILLISECOND = timedelta(milliseconds=1)


class WaylandIdleSensor:
    """Implements the port `AbsenceSensor`."""

    name = "idle time (Wayland)"

    def __init__(self, now: Callable[[], datetime], environment: Mapping[str, str]) -> None:
        self._now = now
        self._environment = environment
        self._report: AbsenceSignalHandler | None = None
        self._after: timedelta | None = None
        self._notifier: IdleNotifier | None = None
        self._idle_since: datetime | None = None

    async def start(self, report: AbsenceSignalHandler, idle_after: timedelta | None) -> str:
        """See the port."""
        self._report = report
        if (self._notifier is None or not self._notifier.is_connected) and (
            error := await self._connect()
        ):
            return error
        self._after = idle_after
        if self._notifier is not None:
            self._notifier.watch(None if idle_after is None else idle_after // _MILLISECOND)
        return ""

    async def last_input(self) -> datetime | None:
        """See the port. Presence is not reported: the compositor reports when the person left."""
        return self._idle_since

    def set_polling(self, *, enabled: bool) -> None:
        """See the port. Nothing is polled."""

    async def stop(self) -> None:
        """See the port."""
        self._report = None
        if self._notifier is not None:
            await self._notifier.close()
            self._notifier = None

    async def _connect(self) -> str:
        from timer_app.adapters.absence.wayland_client import (
            IdleNotifier,
            WaylandError,
            socket_path,
        )

        path = socket_path(self._environment)
        if not path:
            return "There is no Wayland compositor here."
        self._notifier = IdleNotifier(self._on_idled, self._on_resumed)
        try:
            await self._notifier.connect(path)
        except WaylandError as error:
            self._notifier = None
            return str(error)
        return ""

    def _on_idled(self) -> None:
        if self._after is not None:
            self._idle_since = self._now() - self._after
            if self._report is not None:
                self._report(CauseBegan(AbsenceCause.IDLE, self._idle_since))

    def _on_resumed(self) -> None:
        self._idle_since = None
        if self._report is not None:
            self._report(CauseEnded(AbsenceCause.IDLE, self._now()))
