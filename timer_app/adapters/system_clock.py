"""The computer's clocks and time zone."""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from timer_app.domain.clock_reading import Reading, Steady

_BOOT_ID = "/proc/sys/kernel/random/boot_id"


class SystemClock:
    """Implements the port `Clock`."""

    def __init__(self) -> None:
        self._this_process = os.urandom(8).hex()

    def now(self) -> datetime:
        """See the port."""
        return datetime.now(UTC)

    def reading(self) -> Reading:
        """Both clocks. The steady one counts sleep too.

        Only Linux tells one boot from another; elsewhere readings of one process can be compared.
        """
        boot = _boot()
        if boot is not None:
            return Reading(self.now(), Steady(boot, time.clock_gettime(time.CLOCK_BOOTTIME)))
        return Reading(self.now(), Steady(self._this_process, _awake_or_asleep()))

    def zone(self) -> tzinfo:
        """The zone in force at this moment; a zone without a name becomes its fixed offset.

        Asked anew each time, since a laptop travels. `TZ` is honoured.
        """
        import tzlocal

        try:
            return tzlocal.reload_localzone()
        except (LookupError, ValueError, OSError):
            fixed = datetime.now().astimezone().tzinfo
            return fixed or UTC

    def zone_named(self, name: str) -> tzinfo:
        """See the port."""
        from zoneinfo import ZoneInfo

        try:
            return ZoneInfo(name)
        except (LookupError, ValueError, OSError):
            pass
        try:
            return timezone(timedelta(seconds=float(name)))
        except ValueError:
            return self.zone()


def _awake_or_asleep() -> float:
    """Not run here: on macOS CLOCK_MONOTONIC counts sleep, time.monotonic on Windows does."""
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC)
    return time.monotonic()


def _boot() -> str | None:
    if not hasattr(time, "CLOCK_BOOTTIME"):
        return None
    try:
        with open(_BOOT_ID, encoding="ascii") as file:
            return file.read().strip()
    except OSError:
        return None
