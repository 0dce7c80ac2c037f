"""Reminds a person when it is time: one timer at the exact next instant, no ticking.

A timer of the loop stands still while the computer sleeps and ignores changes of the wall clock, so
`check` is called on wake and on every change. A timer that fires too early waits on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

from timer_app.domain.clock import wall_clock_shift
from timer_app.domain.entries.timer import Running, State
from timer_app.domain.reminders.schedule import (
    Reminder,
    ReminderContext,
    ReminderRecord,
    ReminderSettings,
    decide_reminders,
    with_snooze,
)
from timer_app.services.delivery.ports import Journal
from timer_app.services.entries.ports import Clock
from timer_app.services.reminders.ports import ReminderStore


class ReminderScheduler:
    """Decides at each `check`, reminds of what is due, and sets a timer for the next instant.

    Needs a running event loop. `settings` returns the present settings.
    """

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        store: ReminderStore,
        settings: Callable[[], ReminderSettings],
        tell: Callable[[Reminder], None],
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._store = store
        self._settings = settings
        self._on_reminder = tell
        self._app_started_at = clock.now()
        self._record = store.load()
        self._timer: asyncio.TimerHandle | None = None

    def check(self) -> None:
        """Remind of what is due, and set the timer for what is due next."""
        decision = decide_reminders(self._settings(), self._context(), self._record)
        self._save(decision.record)
        self._schedule(decision.next_check_in)
        for reminder in decision.reminders:
            self._on_reminder(reminder)

    def snooze(self, entry_id: str) -> None:
        """The person wants the entry to go on: remind of it later again."""
        state = self._journal.state()
        if isinstance(state, Running) and state.entry.id == entry_id:
            self._save(with_snooze(self._context(), entry_id, self._record))
            self.check()

    def close(self) -> None:
        """Remind of nothing any more."""
        self._schedule(None)

    def _save(self, record: ReminderRecord) -> None:
        if record != self._record:
            self._record = record
            self._store.save(record)

    def _schedule(self, wait: timedelta | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None
        if wait is not None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(wait.total_seconds(), self.check)

    def _context(self) -> ReminderContext:
        state = self._journal.state()
        open_counts = self._journal.open_counts()
        return ReminderContext(
            now=self._clock.now(),
            zone=self._clock.zone(),
            state=state,
            last_stop=self._journal.last_stop(),
            waiting=sum(number for (_, person), number in open_counts.items() if not person),
            needing_user=sum(number for (_, person), number in open_counts.items() if person),
            app_started_at=self._app_started_at,
            wall_clock_shift=self._wall_clock_shift(state),
        )

    def _wall_clock_shift(self, state: State) -> timedelta:
        began = self._journal.start_reading(state.entry.id) if isinstance(state, Running) else None
        return timedelta(0) if began is None else wall_clock_shift(began, self._clock.reading())
