"""Idle time from the X server, by alarms on its counter IDLETIME: nothing is polled.

One alarm fires when there was no input for the set time, another when there is input again; each
fires once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from timer_app.domain.absence import AbsenceCause, CauseBegan, CauseEnded
from timer_app.services.absence.ports import AbsenceSignalHandler

if TYPE_CHECKING:
    from timer_app.adapters.absence.x11_sync import XSyncConnection

_MILLISECOND = timedelta(milliseconds=1)


class X11IdleSensor:
    """Implements the port `AbsenceSensor`."""

    name = "idle time (X11)"

    def __init__(self, now: Callable[[], datetime], environment: Mapping[str, str]) -> None:
        self._now = now
        self._environment = environment
        self._report: AbsenceSignalHandler | None = None
        self._after: timedelta | None = None
        self._sync: XSyncConnection | None = None
        self._number = -1
        self._idle_alarm = self._active_alarm = 0

    async def start(self, report: AbsenceSignalHandler, idle_after: timedelta | None) -> str:
        """See the port."""
        self._report, self._after = report, idle_after
        if self._sync is None and (error := self._connect()):
            return error
        self._renew_watches()
        return ""

    async def last_input(self) -> datetime | None:
        """See the port."""
        idle = self._query(lambda sync: sync.idle_milliseconds())
        return None if idle is None else self._now() - idle * _MILLISECOND

    def set_polling(self, *, enabled: bool) -> None:
        """See the port. Nothing is polled."""

    async def stop(self) -> None:
        """See the port."""
        self._disconnect()
        self._report = None

    def _connect(self) -> str:
        display = self._environment.get("DISPLAY", "")
        wayland = self._environment.get("WAYLAND_DISPLAY") or (
            self._environment.get("XDG_SESSION_TYPE") == "wayland"
        )
        if wayland:
            return "Under Wayland the X server sees only what goes to X11 programs."
        if not display:
            return "There is no X server here."
        from timer_app.adapters.absence.x11_sync import XSyncConnection, XSyncError

        try:
            self._sync = XSyncConnection(display)
        except XSyncError as error:
            return str(error)
        self._number = self._sync.fileno()
        asyncio.get_running_loop().add_reader(self._number, self._read)
        return ""

    def _disconnect(self) -> None:
        sync, self._sync = self._sync, None
        if sync is not None:
            asyncio.get_running_loop().remove_reader(self._number)
            sync.close()

    def _renew_watches(self) -> None:
        if self._active_alarm and self._report is not None:
            self._report(
                CauseEnded(AbsenceCause.IDLE, self._now())
            )  # who changes a setting is there
        for alarm in (self._idle_alarm, self._active_alarm):
            if alarm:
                self._query(partial(_destroy, alarm))
        self._idle_alarm = self._active_alarm = 0
        if self._after is not None:
            after = self._after // _MILLISECOND
            self._idle_alarm = self._query(lambda sync: sync.alarm_at_least(after)) or 0
        self._read()

    def _read(self) -> None:
        """Take every alarm that has come in, also with an answer to a request."""
        while (alarm := self._query(lambda sync: sync.next_fired())) is not None:
            if alarm == self._idle_alarm:
                self._became_idle()
            elif alarm == self._active_alarm:
                self._became_active()

    def _became_idle(self) -> None:
        self._idle_alarm = 0
        if self._report is None or self._after is None:
            return
        after = self._after // _MILLISECOND
        idle = self._query(lambda sync: sync.idle_milliseconds()) or 0
        self._active_alarm = self._query(lambda sync: sync.alarm_at_most(after - 1)) or 0
        self._report(CauseBegan(AbsenceCause.IDLE, self._now() - max(idle, after) * _MILLISECOND))

    def _became_active(self) -> None:
        self._active_alarm = 0
        if self._report is None or self._after is None:
            return
        after = self._after // _MILLISECOND
        self._idle_alarm = self._query(lambda sync: sync.alarm_at_least(after)) or 0
        self._report(CauseEnded(AbsenceCause.IDLE, self._now()))

    def _query(self, question: Callable[[XSyncConnection], Any]) -> Any:  # noqa: ANN401 - its answer
        """The server's answer; None where it is gone, and the desktop with it."""
        from timer_app.adapters.absence.x11_sync import XSyncError

        if self._sync is None:
            return None
        try:
            return question(self._sync)
        except XSyncError:
            self._disconnect()
            return None


def _destroy(alarm: int, sync: XSyncConnection) -> None:
    sync.destroy_alarm(alarm)
