"""When the View is read again: at once, soon, or when a day ends."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import QTimer

REFRESH_INTERVAL = timedelta(milliseconds=250)
"""How often a long delivery is shown: it commits more often than anybody can read."""


class RefreshScheduler:
    """Calls `refresh` once for all that changes together.

    `is_throttled` is set while a long delivery goes on.
    """

    def __init__(self, refresh: Callable[[], None]) -> None:
        self.is_throttled = False
        self.timer = QTimer()
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(refresh)
        self.day_end_timer = QTimer()
        self.day_end_timer.setSingleShot(True)
        self.day_end_timer.timeout.connect(self.schedule)
        self._refreshed_at = 0.0

    def schedule(self) -> None:
        """Refresh as soon as the loop is free."""
        self.timer.start(0)

    def schedule_after_send(self) -> None:
        """The same, or within REFRESH_INTERVAL while a long delivery goes on."""
        if not self.is_throttled:
            self.schedule()
        elif not self.timer.isActive():
            rest = self._refreshed_at + REFRESH_INTERVAL.total_seconds() - time.monotonic()
            self.timer.start(max(0, int(rest * 1000)))

    def schedule_day_end(self, rest: timedelta) -> None:
        """Refresh when the day has ended: today's total starts from zero. One wake-up a day."""
        self.day_end_timer.start((rest + timedelta(seconds=1)) // timedelta(milliseconds=1))

    def begin(self) -> None:
        """A refresh begins: what was scheduled is done by it."""
        self.timer.stop()
        self._refreshed_at = time.monotonic()

    def close(self) -> None:
        """Refresh no more."""
        self.timer.stop()
        self.day_end_timer.stop()
