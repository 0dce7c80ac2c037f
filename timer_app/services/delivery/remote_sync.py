"""Remote sync: follow what other devices do in TimeCrowd.

TimeCrowd is asked at start-up, on wake, before a start is sent, at each full minute of what runs
here, and every five minutes otherwise. The sender asks between two deliveries, so the
answer never shows a request that is still under way.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from timer_app.domain.delivery.outbox import (
    DeliveryState,
    DueDelivery,
    LoggedEntry,
    creating_delivery,
)
from timer_app.domain.delivery.outcomes import NotSent, RemoteEntry, Unauthorized
from timer_app.domain.delivery.remote_changes import RemoteState, TrackedEntry, may_be_on
from timer_app.domain.delivery.service_messages import StartEntry
from timer_app.domain.entries.timer import Running, State
from timer_app.domain.errors import NotPossible
from timer_app.domain.service import Service
from timer_app.services.delivery.backoff import Jitter, apply_backoff
from timer_app.services.delivery.ports import Journal, ServiceCallError, TimeTracker
from timer_app.services.delivery.service_status import ServiceStatus
from timer_app.services.entries.ports import Clock
from timer_app.services.entries.timer_service import TimerService

RUNNING_INTERVAL = timedelta(seconds=60)
IDLE_INTERVAL = timedelta(minutes=5)
_SECOND = timedelta(seconds=1)
"""To which the length of what runs is known. By then the tray has shown a full minute, and woken
the sender as well: one waking for both.
"""
_GONE_AFTER = timedelta(seconds=30)
"""An entry that TimeCrowd does not show for so long was deleted there."""

_log = logging.getLogger(__name__)


class RemoteSync:
    """Follows what other devices do.

    While `is_allowed` returns False (a setting), nothing is polled and nothing followed, before a
    start either; `seconds` is a clock that only goes forward;
    `on_suspected_duplicate` is called when what runs may be a delayed request of ours.
    """

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        timer: TimerService,
        jitter: Jitter,
        *,
        is_allowed: Callable[[], bool],
        seconds: Callable[[], float],
        on_suspected_duplicate: Callable[[], None],
        kaiten: Callable[[], str],
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._timer = timer
        self._jitter = jitter
        self._is_allowed = is_allowed
        self._seconds = seconds
        self._on_suspected_duplicate = on_suspected_duplicate
        self._kaiten = kaiten
        self._on_followed: Callable[[], None] = lambda: None
        self._fetched_at: float | None = None
        self._requested = False
        self._polled_before: int | None = None
        self._missing: tuple[str, float] | None = None
        self._account: str | None = None

    def on_followed(self, listener: Callable[[], None]) -> None:
        """Call `listener` after a change of another device was applied."""
        self._on_followed = listener

    def request(self) -> None:
        """Ask as soon as possible."""
        self._requested = self._is_allowed()

    def is_due(self) -> bool:
        """Whether it is time to ask."""
        time_left = self.time_until_due()
        return time_left is not None and time_left <= timedelta(0)

    def time_until_due(self) -> timedelta | None:
        """How long until it is time to ask; None: not at all."""
        if not self._is_allowed():
            return None
        if self._requested:
            return timedelta(0)
        if self._fetched_at is None:
            return None
        state = self._journal.state()
        since = timedelta(seconds=self._seconds() - self._fetched_at)
        if not isinstance(state, Running):
            return max(timedelta(0), IDLE_INTERVAL - since)
        into_minute = (self._timer.entry_now() - state.entry.started_at) % RUNNING_INTERVAL
        if since >= into_minute + _SECOND:  # a full minute came after the latest question
            return timedelta(0)
        return RUNNING_INTERVAL - into_minute + _SECOND

    def should_poll_before(self, due: DueDelivery) -> bool:
        """Whether to poll before this delivery: a start ends what another device runs.

        Once for each attempt, so that the answer is never older than the attempt.
        """
        attempt = (due.delivery.id << 16) + due.delivery.attempts
        if not isinstance(due.delivery.message, StartEntry) or due.stopped_at is not None:
            return False
        if not self._is_allowed():
            return False
        is_known, self._polled_before = self._polled_before == attempt, attempt
        return not is_known

    async def fetch(self, tracker: TimeTracker) -> RemoteState | ServiceCallError:
        """Ask what runs in TimeCrowd and, if that is another entry, what became of ours."""
        self._fetched_at = self._seconds()
        self._requested = False
        try:
            running = await tracker.running_entry()
            ours = await self._fetch_ours(tracker, running)
            self._account = await tracker.account_name()
        except ServiceCallError as problem:
            return problem
        return RemoteState(running, ours)

    def commit(self, remote_state: RemoteState | ServiceCallError) -> None:
        """Follow the remote state. Raises JournalError."""
        if isinstance(remote_state, ServiceCallError):
            if isinstance(remote_state.outcome, NotSent | Unauthorized):
                self._polled_before = None  # no answer: poll again before a waiting start
            apply_backoff(
                self._journal, Service.TIMECROWD, remote_state.outcome, self._clock, self._jitter
            )
            return
        if self._journal.service_status(Service.TIMECROWD) != ServiceStatus():
            self._journal.save_service_status(Service.TIMECROWD, ServiceStatus())
        if not self._is_allowed():
            return  # the setting was changed while the service answered
        if self._account is not None:  # from now on, what other devices record is taken in
            self._journal.account_use(self._account, self._clock.now())
        try:
            self._apply(remote_state)
        except NotPossible as reason:
            _log.warning("remote change not applied: %s", reason)

    async def _fetch_ours(
        self, tracker: TimeTracker, running: TrackedEntry | None
    ) -> RemoteEntry | None:
        logged = self._running_logged(self._journal.state())
        if logged is None or logged.remote is None:
            return None
        if running is not None and running.remote.id == logged.remote.id:
            return running.remote
        ours = await tracker.find_entry(logged.remote)
        if ours is None:
            return None
        # The task stays as it was known: the list of entries is read next and follows a move.
        return replace(ours, task_id=logged.remote.task_id)

    def _apply(self, remote_state: RemoteState) -> None:
        state = self._journal.state()
        logged = self._running_logged(state)
        if self._is_unconfirmed(logged) or self._is_late_request(remote_state):
            return
        running = remote_state.running
        if running is not None and self._journal.is_known_entry(running.remote.id):
            running = None
        if logged is not None and self._apply_to_running(logged, remote_state):
            return
        remote = logged.remote if logged else None
        if remote and remote_state.ours and remote_state.ours.id != remote.id:
            return  # the answer is about an entry that has ended here meanwhile
        if self._timer.apply_remote_changes(
            RemoteState(running, remote_state.ours), remote, self._kaiten()
        ):
            self._on_followed()

    def _apply_to_running(self, logged: LoggedEntry, remote_state: RemoteState) -> bool:
        """Apply remote changes of the running entry; whether it was deleted remotely.

        It counts as deleted if it was missing twice, some time apart: a list may be late.
        """
        missing, self._missing = self._missing, None
        remote = logged.remote
        if remote is None or self._journal.has_open_timecrowd(logged.entry.id):
            return False
        if remote_state.ours is None:
            since = missing[1] if missing and missing[0] == remote.id else self._seconds()
            if self._seconds() - since < _GONE_AFTER.total_seconds():
                self._missing = (remote.id, since)
                return False
            self._timer.forget_running()
            self._on_followed()
            return True
        running = remote_state.running
        if running is not None and running.remote.id == remote.id and running.remote != remote:
            self._timer.follow_running(running, self._kaiten())
        return False

    def _is_unconfirmed(self, logged: LoggedEntry | None) -> bool:
        """Whether TimeCrowd may hold the running entry under an id that we do not know."""
        if logged is None:
            return False
        start = creating_delivery(logged.deliveries)
        unconfirmed = (DeliveryState.SENDING, DeliveryState.UNKNOWN)
        return start is not None and start.state in unconfirmed

    def _is_late_request(self, remote_state: RemoteState) -> bool:
        """Whether what runs may be a start of ours that was given up as lost.

        While a person must choose between two duplicates, neither is followed.
        """
        if remote_state.running is None:
            return False
        if self._journal.is_suspected_duplicate(remote_state.running.remote.id):
            return True
        number = remote_state.running.remote.id
        if self._journal.is_known_entry(number) or self._journal.is_kept_duplicate(number):
            return False
        running, kaiten, cards = remote_state.running, self._kaiten(), self._journal.cards_by_key()
        tasks = self._journal.unconfirmed_tasks()
        if not any(may_be_on(running, task, kaiten, cards) for task in tasks):
            return False
        self._on_suspected_duplicate()
        return True

    def _running_logged(self, state: State) -> LoggedEntry | None:
        return self._journal.entry(state.entry.id) if isinstance(state, Running) else None
