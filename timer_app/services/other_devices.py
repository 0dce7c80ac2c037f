"""Other devices: what runs in TimeCrowd is asked for now and then, and followed.

Asked at the start, on wake, before a start is told, and at most once a minute while something
runs here or every five minutes otherwise. The sender does it between two deliveries, so what is
seen is never the trace of a request that is still under way.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

from timer_app.domain.delivery import (
    DeliveryState,
    Due,
    Service,
    StartEntry,
    last_beginning,
)
from timer_app.domain.errors import NotPossible
from timer_app.domain.following import Seen, TrackedEntry, task_of_tracked
from timer_app.domain.outcome import NotSent, RemoteEntry, Unauthorized
from timer_app.domain.timer import Running, State
from timer_app.services.ports import Clock, Journal, LoggedEntry, ServiceProblem, TimeTracker
from timer_app.services.service_status import ServiceStatus
from timer_app.services.settling import Jitter, rest_after
from timer_app.services.timer_service import TimerService

WHILE_RUNNING = timedelta(seconds=60)
OTHERWISE = timedelta(minutes=5)

_log = logging.getLogger(__name__)


class OtherDevices:
    """Follows what other devices do.

    `may_ask` says whether the settings allow it; `seconds` is a clock that only goes forward;
    `suspect` is called when what runs may be a late request of ours, which doubles.py finds out.
    """

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        timer: TimerService,
        jitter: Jitter,
        *,
        may_ask: Callable[[], bool],
        seconds: Callable[[], float],
        suspect: Callable[[], None],
        kaiten: Callable[[], str],
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._timer = timer
        self._jitter = jitter
        self._may_ask = may_ask
        self._seconds = seconds
        self._suspect = suspect
        self._kaiten = kaiten
        self._asked_at: float | None = None
        self._wanted = False
        self._asked_for: int | None = None

    def want(self) -> None:
        """Ask as soon as it is possible."""
        self._wanted = True

    def is_due(self) -> bool:
        """Whether it is time to ask."""
        rest = self.rest()
        return rest is not None and rest <= timedelta(0)

    def rest(self) -> timedelta | None:
        """How long until it is time to ask; None: not at all."""
        if self._wanted:
            return timedelta(0)
        if not self._may_ask() or self._asked_at is None:
            return None
        running = isinstance(self._journal.state(), Running)
        interval = WHILE_RUNNING if running else OTHERWISE
        since = timedelta(seconds=self._seconds() - self._asked_at)
        return max(timedelta(0), interval - since)

    def ask_before(self, due: Due) -> bool:
        """Whether to ask before this is told: a start ends what another device runs.

        Once for each try, so that what is seen is never older than the try itself.
        """
        attempt = (due.delivery.id << 16) + due.delivery.attempts
        if not isinstance(due.delivery.message, StartEntry) or due.stopped_at is not None:
            return False
        asked, self._asked_for = self._asked_for == attempt, attempt
        return not asked

    async def ask(self, tracker: TimeTracker) -> Seen | ServiceProblem:
        """Ask what runs there and, where that is not ours, what has become of ours."""
        self._asked_at = self._seconds()
        self._wanted = False
        try:
            running = await tracker.running()
            ours = await self._ours(tracker, running)
        except ServiceProblem as problem:
            return problem
        return Seen(running, ours)

    def commit(self, seen: Seen | ServiceProblem) -> None:
        """Follow what was seen. Raises JournalUnwritable."""
        if isinstance(seen, ServiceProblem):
            if isinstance(seen.outcome, NotSent | Unauthorized):
                self._asked_for = None  # nobody was asked: a start that waits is asked about again
            rest_after(self._journal, Service.TIMECROWD, seen.outcome, self._clock, self._jitter)
            return
        if self._journal.service_status(Service.TIMECROWD) != ServiceStatus():
            self._journal.keep_service_status(Service.TIMECROWD, ServiceStatus())
        try:
            self._follow(seen)
        except NotPossible as reason:
            _log.warning("another device was not followed: %s", reason)

    async def _ours(self, tracker: TimeTracker, running: TrackedEntry | None) -> RemoteEntry | None:
        logged = self._logged(self._journal.state())
        if logged is None or logged.remote is None:
            return None
        if running is not None and running.remote.id == logged.remote.id:
            return running.remote
        return await tracker.held(logged.remote)

    def _follow(self, seen: Seen) -> None:
        state = self._journal.state()
        logged = self._logged(state)
        if self._in_doubt(logged) or self._is_late_request(seen):
            return
        running = seen.running
        if running is not None and self._journal.is_known(running.remote.id):
            running = None
        remote = logged.remote if logged else None
        if remote and seen.ours and seen.ours.id != remote.id:
            return  # the answer is about an entry that has ended here meanwhile
        self._timer.follow(Seen(running, seen.ours), remote, self._kaiten())

    def _in_doubt(self, logged: LoggedEntry | None) -> bool:
        """Whether TimeCrowd may hold the running entry without our knowing its id."""
        if logged is None:
            return False
        begun = last_beginning(logged.deliveries)
        doubtful = (DeliveryState.SENDING, DeliveryState.UNKNOWN)
        return begun is not None and begun.state in doubtful

    def _is_late_request(self, seen: Seen) -> bool:
        """Whether what runs may be a start of ours that had been given up for lost.

        While a person has to say which of two is to go, nothing about them is followed.
        """
        if seen.running is None:
            return False
        if self._journal.is_double(seen.running.remote.id):
            return True
        number = seen.running.remote.id
        if self._journal.is_known(number) or self._journal.is_kept_double(number):
            return False
        if not self._journal.is_in_doubt(task_of_tracked(seen.running, self._kaiten())):
            return False
        self._suspect()
        return True

    def _logged(self, state: State) -> LoggedEntry | None:
        return self._journal.entry(state.entry.id) if isinstance(state, Running) else None
