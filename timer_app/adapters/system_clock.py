"""The computer's clocks and time zone."""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, datetime, timedelta, timezone, tzinfo

TYPE_CHECKING = False
if TYPE_CHECKING:
    from timer_app.domain.clock import ClockReading

_BOOT_ID = "/proc/sys/kernel/random/boot_id"
_ZONE_FILES = (
    "/etc/localtime", "/etc/timezone", "/var/db/zoneinfo", "/etc/sysconfig/clock",
    "/etc/conf.d/clock",
)  # fmt: skip
"""What tzlocal finds the zone by. Two looks by it cost more than all else that a click does."""


class SystemClock:
    """Implements the port `Clock`."""

    def __init__(self) -> None:
        self._this_process = os.urandom(8).hex()
        self._zone: tuple[object, tzinfo] | None = None

    def now(self) -> datetime:
        """See the port."""
        return datetime.now(UTC)

    def reading(self) -> ClockReading:
        """Both clocks. The boot time counts sleep too.

        Only Linux distinguishes one boot from another; elsewhere only readings of one process
        compare.
        """
        from timer_app.domain.clock import BootTime, ClockReading  # `status` does without

        if (boot := boot_time()) is not None:
            return ClockReading(self.now(), BootTime(*boot))
        return ClockReading(self.now(), BootTime(self._this_process, _seconds_with_sleep()))

    def zone(self) -> tzinfo:
        """The zone in force at this moment; a zone without a name becomes its fixed offset.

        Looked for anew whenever what says so has changed, since a laptop travels. `TZ` is
        honoured.
        """
        fingerprint = _zone_fingerprint()
        if self._zone is None or fingerprint is None or self._zone[0] != fingerprint:
            self._zone = fingerprint, self._load_zone()
        return self._zone[1]

    def _load_zone(self) -> tzinfo:
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


def boot_time() -> tuple[str, float] | None:
    """The name of this boot and its seconds, sleep included; None where there are none such."""
    if not hasattr(time, "CLOCK_BOOTTIME"):
        return None
    try:
        with open(_BOOT_ID, encoding="ascii") as file:
            boot_id = file.read().strip()
    except OSError:
        return None
    return boot_id, time.clock_gettime(time.CLOCK_BOOTTIME)


def _zone_fingerprint() -> object:
    """A value that is equal while the zone cannot have changed; None where that is unknown."""
    if sys.platform == "win32":
        return None  # it is in the registry
    return os.environ.get("TZ"), *map(_file_version, _ZONE_FILES)


def _file_version(path: str) -> object:
    """Of a file, or of a link to one: where the link leads is the zone's name."""
    try:
        itself, target = os.lstat(path), os.stat(path)
    except OSError:
        return None
    return itself.st_ino, itself.st_mtime_ns, target.st_ino, target.st_mtime_ns


def _seconds_with_sleep() -> float:
    """Not run here: on macOS CLOCK_MONOTONIC counts sleep, time.monotonic on Windows does."""
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC)
    return time.monotonic()
