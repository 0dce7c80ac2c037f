"""What happens when the computer wakes from sleep.

A sensor reports the end of the sleep, or two clocks show it. The tracker records the time asleep
as an absence. Then everything that waits is tried again: the deliveries, both services' remote
changes and history, the keyring, the hot keys. `Retry` has the parts that registered for it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

from timer_app.domain.clock import ClockReading
from timer_app.services.entries.ports import Clock
from timer_app.services.retry import Retry, RetryReason

_log = logging.getLogger(__name__)


class WakeHandler:
    """Detects sleep by two clocks, and tries everything again when the computer woke.

    `awake_seconds` counts the seconds of this boot without sleep. `on_change` is called when there
    may be something else to show.
    """

    def __init__(
        self,
        clock: Clock,
        awake_seconds: Callable[[], float],
        retry: Retry,
        on_change: Callable[[], None],
    ) -> None:
        self._clock = clock
        self._awake_seconds = awake_seconds
        self._retry = retry
        self._on_change = on_change
        self._seconds_slept = self._seconds_asleep(clock.reading())

    def handle(self) -> None:
        """Try everything again: the computer woke."""
        self._seconds_slept = self._seconds_asleep(self._clock.reading())
        _log.info("the computer woke")
        self._retry.now(RetryReason.STARTED_OR_WOKE)
        self._on_change()

    def unreported_sleep(self) -> timedelta:
        """How long the computer slept since the last call or wake, by two clocks."""
        before, self._seconds_slept = (
            self._seconds_slept,
            self._seconds_asleep(self._clock.reading()),
        )
        return timedelta(seconds=self._seconds_slept - before)

    def _seconds_asleep(self, reading: ClockReading) -> float:
        """How long the computer has slept since it booted; 0 where no clock shows it."""
        return reading.boot_time.seconds - self._awake_seconds() if reading.boot_time else 0.0
