"""logind, on the system bus: sleep and wake, locked session, shutdown (Linux).

Before the computer sleeps or is shut down, a delay lock holds it up until the beginning of the
absence is on the disk; without the lock it would be gone first. Source:
https://www.freedesktop.org/software/systemd/man/latest/org.freedesktop.login1.html and
https://systemd.io/INHIBITOR_LOCKS/
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from datetime import datetime, timedelta

from timer_app.adapters.absence.bus_sensor import BusSensor
from timer_app.adapters.dbus.bus import Bus, BusError, BusErrorKind, Handler, SignalMatch
from timer_app.domain.absence import AbsenceCause, CauseBegan, CauseEnded
from timer_app.services.absence.ports import AbsenceSignalHandler

_NAME = "org.freedesktop.login1"
_MANAGER = (_NAME, "/org/freedesktop/login1", "org.freedesktop.login1.Manager")
_SESSION = "org.freedesktop.login1.Session"
_PROPERTIES = "org.freedesktop.DBus.Properties"

_log = logging.getLogger(__name__)


class LogindSensor(BusSensor):
    """Implements the port `AbsenceSensor`."""

    name = "sleep and lock (logind)"

    def __init__(self, bus: Bus, now: Callable[[], datetime]) -> None:
        super().__init__(bus, now)
        self._inhibitor_fd: int | None = None
        self._locked = False

    async def start(self, report: AbsenceSignalHandler, idle_after: timedelta | None) -> str:
        """See the port. How long idle time must be is of no concern here."""
        del idle_after
        if self._report is not None:
            return ""
        try:
            await self._listen(
                _MANAGER[1], _MANAGER[2], "PrepareForSleep", self._on_prepare_for_sleep
            )
            await self._listen(
                _MANAGER[1], _MANAGER[2], "PrepareForShutdown", self._on_prepare_for_shutdown
            )
            self._report = report
            self._unsubscribers.append(await self._bus.watch(_NAME, self._on_owner_changed))
            await self._sensor_tasks.wait_all()
        except BusError as problem:
            return str(problem)
        return await self._watch_session()

    async def stop(self) -> None:
        """See the port."""
        await super().stop()
        self._release_inhibitor()

    # The session

    async def _watch_session(self) -> str:
        try:
            path = await self._session_path()
            await self._listen(path, _SESSION, "Lock", lambda _: self._set_locked(locked=True))
            await self._listen(path, _SESSION, "Unlock", lambda _: self._set_locked(locked=False))
            await self._listen(path, _PROPERTIES, "PropertiesChanged", self._on_properties_changed)
            (hint,) = await self._bus.call(_NAME, path, _PROPERTIES, "Get", "ss", _SESSION,
                                           "LockedHint")  # fmt: skip
        except BusError as problem:
            return f"sleep is noticed, a locked session is not: {problem}"
        if hint is True:
            self._set_locked(locked=True)
        return ""

    async def _session_path(self) -> str:
        """Our session: by its number, by our process, or the one that our user sees.

        An app that the user's systemd started belongs to no session.
        """
        number = os.environ.get("XDG_SESSION_ID", "")
        try:
            if number:
                (path,) = await self._bus.call(*_MANAGER, "GetSession", "s", number)
            else:
                (path,) = await self._bus.call(*_MANAGER, "GetSessionByPID", "u", os.getpid())
        except BusError:
            (user,) = await self._bus.call(*_MANAGER, "GetUser", "u", _user_id())
            (display,) = await self._bus.call(
                _NAME, str(user), _PROPERTIES, "Get", "ss", "org.freedesktop.login1.User", "Display"
            )
            path = display[1] if isinstance(display, list | tuple) else ""
        return str(path)

    def _on_properties_changed(self, values: list[object]) -> None:
        changed = values[1] if len(values) > 1 else {}
        if values[0] == _SESSION and isinstance(changed, dict) and "LockedHint" in changed:
            self._set_locked(locked=bool(changed["LockedHint"]))

    def _set_locked(self, *, locked: bool) -> None:
        if self._report is None or locked is self._locked:
            return
        self._locked = locked
        self._report(
            CauseBegan(AbsenceCause.LOCKED, self._now())
            if locked
            else CauseEnded(AbsenceCause.LOCKED, self._now())
        )

    # Sleep and shutdown

    def _on_prepare_for_sleep(self, values: list[object]) -> None:
        if self._report is None:
            return
        if values == [True]:
            self._report(CauseBegan(AbsenceCause.ASLEEP, self._now()), self._release_inhibitor)
        else:
            self._report(CauseEnded(AbsenceCause.ASLEEP, self._now()))
            self._sensor_tasks.run(self._take_inhibitor())

    def _on_prepare_for_shutdown(self, values: list[object]) -> None:
        if self._report is None:
            return
        if values == [True]:
            self._report(CauseBegan(AbsenceCause.LOGIN_ENDED, self._now()), self._release_inhibitor)
        else:  # somebody called it off
            self._report(CauseEnded(AbsenceCause.LOGIN_ENDED, self._now()))
            self._sensor_tasks.run(self._take_inhibitor())

    def _on_owner_changed(self, owned: bool) -> None:  # noqa: FBT001 - as the bus calls it
        """The service came, or came back: its earlier locks are gone."""
        self._release_inhibitor()
        if owned:
            self._sensor_tasks.run(self._take_inhibitor())

    async def _take_inhibitor(self) -> None:
        if self._inhibitor_fd is not None:
            return
        words = ("sleep:shutdown", "Timer App", "To note when work was interrupted", "delay")
        reply = await self._bus.send(*_MANAGER, "Inhibit", "ssss", *words)
        if reply.unix_fds:
            self._inhibitor_fd = reply.unix_fds[0]
            _log.info("a sleep is held up until it is noted")

    def _release_inhibitor(self) -> None:
        """The computer may sleep now, as far as we are concerned."""
        if self._inhibitor_fd is not None:
            os.close(self._inhibitor_fd)
            self._inhibitor_fd = None
            _log.info("a sleep is held up no more")

    async def _listen(self, path: str, interface: str, member: str, handler: Handler) -> None:
        signal = SignalMatch(_NAME, interface, member, path)
        self._unsubscribers.append(await self._bus.listen(signal, handler))


def _user_id() -> int:
    if sys.platform == "linux":
        return os.getuid()
    raise BusError(BusErrorKind.NO_BUS, "logind is on Linux only")
