"""What the sensors of sleep and lock on Windows and macOS have in common."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from timer_app.adapters.native.event_wait import EventWait
from timer_app.domain.absence import AbsenceCause, CauseBegan, CauseEnded
from timer_app.services.absence.ports import AbsenceSignalHandler

_COMMIT_SECONDS = 1.5
"""How long a sleep is held up; Windows gives two seconds."""


class SessionSensor:
    """Implements the port `AbsenceSensor`, but for the system's own calls. Nothing is polled.

    Before the computer sleeps, the system's question is answered only once the beginning of the
    absence is on the disk. A sleep that is reported twice is one.
    """

    name = ""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._report: AbsenceSignalHandler | None = None
        self._reason = ""
        self._is_asleep = False
        self._away: set[str] = set()

    async def start(self, report: AbsenceSignalHandler, idle_after: timedelta | None) -> str:
        """See the port. How long idle time must be is of no concern here."""
        del idle_after
        if self._report is None:
            try:
                self._reason = self._listen()
            except OSError as error:
                return str(error)
            self._report = report
        return self._reason

    async def last_input(self) -> datetime | None:
        """See the port. The sensor of idle time knows it."""
        return None

    def set_polling(self, *, enabled: bool) -> None:
        """See the port."""

    async def stop(self) -> None:
        """See the port."""
        if self._report is not None:
            self._report = None
            self._leave()

    def _listen(self) -> str:
        """Hear from now on; why not of everything, else "". Raises OSError."""
        raise NotImplementedError

    def _leave(self) -> None:
        """Hear no more."""
        raise NotImplementedError

    def _set_asleep(self, *, asleep: bool) -> None:
        if self._report is None or asleep is self._is_asleep:
            return
        self._is_asleep = asleep
        if asleep:
            committed = EventWait()
            self._report(CauseBegan(AbsenceCause.ASLEEP, self._now()), committed.finish)
            committed.wait(_COMMIT_SECONDS)
        else:
            self._report(CauseEnded(AbsenceCause.ASLEEP, self._now()))

    def _set_away(self, why: str, *, away: bool) -> None:
        """Another user's turn and a closed remote session count as a lock, which comes too."""
        before = bool(self._away)
        (self._away.add if away else self._away.discard)(why)
        now = bool(self._away)
        if self._report is not None and now is not before:
            at = self._now()
            self._report(
                CauseBegan(AbsenceCause.LOCKED, at) if now else CauseEnded(AbsenceCause.LOCKED, at)
            )
