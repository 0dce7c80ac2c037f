"""logind, on the system bus: sleep and wake, locked session, shutdown (Linux).

Before the computer sleeps or is shut down, a delay lock holds it up until the beginning of the
absence is on the disk; without the lock it would be gone first. Source:
https://www.freedesktop.org/software/systemd/man/latest/org.freedesktop.login1.html and
https://systemd.io/INHIBITOR_LOCKS/
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from datetime import datetime, timedelta

from timer_app.adapters.dbus.bus import Bus, BusProblem, Handler, Signal
from timer_app.adapters.presence.errands import Errands
from timer_app.domain.away import Back, Cause, Left
from timer_app.services.ports import TellSign

_NAME = "org.freedesktop.login1"
_MANAGER = (_NAME, "/org/freedesktop/login1", "org.freedesktop.login1.Manager")
_SESSION = "org.freedesktop.login1.Session"
_PROPERTIES = "org.freedesktop.DBus.Properties"

_log = logging.getLogger(__name__)


class Logind:
    """Implements the port `PresenceSource`."""

    name = "sleep and lock (logind)"

    def __init__(self, bus: Bus, now: Callable[[], datetime]) -> None:
        self._bus = bus
        self._now = now
        self._tell: TellSign | None = None
        self._lock: int | None = None
        self._stops: list[Callable[[], None]] = []
        self._errands = Errands(self.name)
        self._locked = False

    async def start(self, tell: TellSign, idle_after: timedelta | None) -> str:
        """See the port. How long idle time must be is of no concern here."""
        del idle_after
        if self._tell is not None:
            return ""
        try:
            await self._listen(_MANAGER[1], _MANAGER[2], "PrepareForSleep", self._sleeps)
            await self._listen(_MANAGER[1], _MANAGER[2], "PrepareForShutdown", self._shuts_down)
            self._tell = tell
            self._stops.append(await self._bus.watch(_NAME, self._owned))
            await self._errands.settled()
        except BusProblem as problem:
            return str(problem)
        return await self._watch_session()

    async def last_input(self) -> datetime | None:
        """See the port. IdleSinceHint is only as true as what the desktop says of it."""
        return None

    def want(self, *, wanted: bool) -> None:
        """See the port. Nothing is polled."""

    async def stop(self) -> None:
        """See the port."""
        for stop in self._stops:
            stop()
        self._stops.clear()
        await self._errands.close()
        self._tell = None
        self._let_go()

    # The session

    async def _watch_session(self) -> str:
        try:
            path = await self._session_path()
            await self._listen(path, _SESSION, "Lock", lambda _: self._is_locked(locked=True))
            await self._listen(path, _SESSION, "Unlock", lambda _: self._is_locked(locked=False))
            await self._listen(path, _PROPERTIES, "PropertiesChanged", self._properties)
            (hint,) = await self._bus.call(_NAME, path, _PROPERTIES, "Get", "ss", _SESSION,
                                           "LockedHint")  # fmt: skip
        except BusProblem as problem:
            return f"sleep is noticed, a locked session is not: {problem}"
        if hint is True:
            self._is_locked(locked=True)
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
        except BusProblem:
            (user,) = await self._bus.call(*_MANAGER, "GetUser", "u", os.getuid())
            (display,) = await self._bus.call(
                _NAME, str(user), _PROPERTIES, "Get", "ss", "org.freedesktop.login1.User", "Display"
            )
            path = display[1] if isinstance(display, list | tuple) else ""
        return str(path)

    def _properties(self, values: list[object]) -> None:
        changed = values[1] if len(values) > 1 else {}
        if values[0] == _SESSION and isinstance(changed, dict) and "LockedHint" in changed:
            self._is_locked(locked=bool(changed["LockedHint"]))

    def _is_locked(self, *, locked: bool) -> None:
        if self._tell is None or locked is self._locked:
            return
        self._locked = locked
        self._tell(Left(Cause.LOCKED, self._now()) if locked else Back(Cause.LOCKED, self._now()))

    # Sleep and shutdown

    def _sleeps(self, values: list[object]) -> None:
        if self._tell is None:
            return
        if values == [True]:
            self._tell(Left(Cause.ASLEEP, self._now()), self._let_go)
        else:
            self._tell(Back(Cause.ASLEEP, self._now()))
            self._errands.run(self._hold_up())

    def _shuts_down(self, values: list[object]) -> None:
        if self._tell is None:
            return
        if values == [True]:
            self._tell(Left(Cause.ENDED, self._now()), self._let_go)
        else:  # somebody called it off
            self._tell(Back(Cause.ENDED, self._now()))
            self._errands.run(self._hold_up())

    def _owned(self, owned: bool) -> None:  # noqa: FBT001 - as the bus calls it
        """The service came, or came again: its locks of before are gone."""
        self._let_go()
        if owned:
            self._errands.run(self._hold_up())

    async def _hold_up(self) -> None:
        if self._lock is not None:
            return
        words = ("sleep:shutdown", "Timer App", "To note when work was interrupted", "delay")
        reply = await self._bus.send(*_MANAGER, "Inhibit", "ssss", *words)
        if reply.unix_fds:
            self._lock = reply.unix_fds[0]
            _log.info("a sleep is held up until it is noted")

    def _let_go(self) -> None:
        """The computer may sleep now, as far as we are concerned."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None
            _log.info("a sleep is held up no more")

    async def _listen(self, path: str, interface: str, member: str, handler: Handler) -> None:
        signal = Signal(_NAME, interface, member, path)
        self._stops.append(await self._bus.listen(signal, handler))
