"""Reminds a person when it is time: one timer at the exact next instant, nothing that ticks.

A timer of the loop stands still while the computer sleeps, and knows nothing of a clock that is
set: so `look` is called when the computer wakes, and whenever anything changes. What is due then is
told then; a timer that fires too early waits on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

from timer_app.domain.clock_reading import set_by
from timer_app.domain.reminding import Facts, Reminded, Reminder, Wishes, decide, kept_on
from timer_app.domain.timer import Running, State
from timer_app.services.ports import Clock, Journal, ReminderMemory


class Reminders:
    """Decides at each `look`, tells what is due, and looks again by itself when more is due.

    Needs a running event loop. `wishes` are the settings of the moment.
    """

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        memory: ReminderMemory,
        wishes: Callable[[], Wishes],
        tell: Callable[[Reminder], None],
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._memory = memory
        self._wishes = wishes
        self._tell = tell
        self._watched_since = clock.now()
        self._reminded = memory.recall()
        self._timer: asyncio.TimerHandle | None = None

    def look(self) -> None:
        """Tell what is due, and wait for what is due next."""
        decision = decide(self._wishes(), self._facts(), self._reminded)
        self._keep(decision.reminded)
        self._wait(decision.wait)
        for reminder in decision.tell:
            self._tell(reminder)

    def keep_on(self, entry_id: str) -> None:
        """The person knows that it runs, and wants it to: speak of it later again."""
        state = self._journal.state()
        if isinstance(state, Running) and state.entry.id == entry_id:
            self._keep(kept_on(self._facts(), entry_id, self._reminded))
            self.look()

    def close(self) -> None:
        """Remind of nothing any more."""
        self._wait(None)

    def _keep(self, reminded: Reminded) -> None:
        if reminded != self._reminded:
            self._reminded = reminded
            self._memory.keep(reminded)

    def _wait(self, wait: timedelta | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None
        if wait is not None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(wait.total_seconds(), self.look)

    def _facts(self) -> Facts:
        state = self._journal.state()
        open_counts = self._journal.open_counts()
        return Facts(
            now=self._clock.now(),
            zone=self._clock.zone(),
            state=state,
            last_stop=self._journal.last_stop(),
            waiting=sum(number for (_, person), number in open_counts.items() if not person),
            needing=sum(number for (_, person), number in open_counts.items() if person),
            watched_since=self._watched_since,
            clock_set=self._clock_set(state),
        )

    def _clock_set(self, state: State) -> timedelta:
        began = self._journal.beginning(state.entry.id) if isinstance(state, Running) else None
        return timedelta(0) if began is None else set_by(began, self._clock.reading())
