"""The computer's clocks and time zone."""

from __future__ import annotations

import io
import os
import re
import struct
import sys
import time
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from timer_app.domain.clock import ClockReading

_BOOT_ID = "/proc/sys/kernel/random/boot_id"
_ZONE_FOLDERS = ("/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/etc/zoneinfo")
_POSIX_NAME = r"(?:[A-Za-z]{3,10}|<[A-Za-z0-9+-]{3,10}>)"
_POSIX_TIME = r"[+-]?[0-9]{1,3}(?::[0-5]?[0-9]){0,2}"
_POSIX_RULES = re.compile(
    rf"{_POSIX_NAME}{_POSIX_TIME}(?P<summer>{_POSIX_NAME}(?:{_POSIX_TIME})?(?P<rules>,[^,]+,[^,]+)?)?",
    re.ASCII,
)
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

        Looked up again whenever what says so has changed, since a laptop travels. `TZ` is
        honoured: a zone's name, a file of one, or POSIX rules; an unknown one means UTC.
        """
        fingerprint = _zone_fingerprint()
        if self._zone is None or fingerprint is None or self._zone[0] != fingerprint:
            self._zone = fingerprint, _load_zone()
        return self._zone[1]

    def zone_named(self, name: str) -> tzinfo:
        """See the port."""
        if (zone := _zone_called(name)) is not None:
            return zone
        try:
            return timezone(timedelta(seconds=float(name)))
        except ValueError:
            return self.zone()


def unknown_zone() -> str:
    """What `TZ` says where that is no time zone, else ""."""
    text = os.environ.get("TZ", "")
    return text if text and _zone_from_variable(text) is None else ""


def _load_zone() -> tzinfo:
    if (text := os.environ.get("TZ")) is not None:
        # Without a zone the C library takes UTC, and so does every other program.
        return _zone_from_variable(text) or UTC
    import warnings

    import tzlocal

    try:
        with warnings.catch_warnings():  # of a system without /etc/localtime, which is in UTC
            warnings.simplefilter("ignore")
            return tzlocal.reload_localzone()
    except (LookupError, ValueError, OSError):
        fixed = datetime.now().astimezone().tzinfo
        return fixed or UTC


def _zone_from_variable(text: str) -> tzinfo | None:
    """The zone that a value of `TZ` means, None if it means none."""
    name = text.removeprefix(":")
    if not name:
        return UTC
    if not os.path.isabs(name):
        return _zone_called(name)
    from zoneinfo import ZoneInfo

    for folder in (f"{path}/" for path in _ZONE_FOLDERS):
        if name.startswith(folder) and (zone := _zone_called(name.removeprefix(folder))):
            return zone
    if not os.path.isfile(name):  # reading a pipe would wait for its writer
        return None
    try:
        with open(name, "rb") as file:
            return ZoneInfo.from_file(file, key=None)
    except (ValueError, OSError, EOFError):
        return None


def _zone_called(name: str) -> tzinfo | None:
    """The zone of that name in the system's data, or with these POSIX rules; None for neither."""
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return _zone_with_rules(name)


def _zone_with_rules(rules: str) -> tzinfo | None:
    """A zone by rules such as `CET-1CEST,M3.5.0,M10.5.0/3` (POSIX.1, 8.3); None for no rules.

    A file of a zone (RFC 8536) may hold nothing but such rules, so one of these is read.
    """
    from zoneinfo import ZoneInfo

    match = _POSIX_RULES.fullmatch(rules)
    if match is None:
        return None
    # The C library takes the American rules where there are none.
    whole = rules if match["rules"] or not match["summer"] else f"{rules},M3.2.0,M11.1.0"
    header = struct.pack(">4sc15x6I", b"TZif", b"2", 0, 0, 0, 0, 1, 4)
    content = header + struct.pack(">iBB", 0, 0, 0) + b"UTC\0"
    try:
        zone = ZoneInfo.from_file(io.BytesIO(content * 2 + f"\n{whole}\n".encode()), key=rules)
        for month in (1, 7):  # an offset of a day or more is allowed there, and not in Python
            datetime(2026, month, 1, tzinfo=zone).utcoffset()
    except (ValueError, OverflowError):
        return None
    return zone


def boot_time() -> tuple[str, float] | None:
    """The name of this boot and its seconds, sleep included; None where there are none such."""
    if sys.platform == "linux":
        try:
            boot_id = _text_of(_BOOT_ID)
        except OSError:
            return None
        return boot_id, time.clock_gettime(time.CLOCK_BOOTTIME)
    else:  # noqa: RET505 - mypy checks the branch of one platform at a time
        return None


@cache
def _text_of(path: str) -> str:
    """Read once: the clock is read a dozen times a minute, and no process outlives its boot.

    Raises OSError.
    """
    with open(path, encoding="ascii") as file:
        return file.read().strip()


def _zone_fingerprint() -> object:
    """A value that is equal while the zone cannot have changed; None where that is unknown."""
    if sys.platform != "win32":
        return os.environ.get("TZ"), *map(_file_version, _ZONE_FILES)
    else:  # noqa: RET505 - mypy checks the branch of one platform at a time
        return None  # it is in the registry


def _file_version(path: str) -> object:
    """Of a file, or of a link to one: where the link leads is the zone's name."""
    try:
        itself, target = os.lstat(path), os.stat(path)
    except OSError:
        return None
    return itself.st_ino, itself.st_mtime_ns, target.st_ino, target.st_mtime_ns


def _seconds_with_sleep() -> float:
    """On macOS CLOCK_MONOTONIC counts sleep, on Windows time.monotonic does."""
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC)
    else:  # noqa: RET505 - mypy checks the branch of one platform at a time
        return time.monotonic()


def awake_seconds() -> float:
    """Seconds of a steady clock that stands still while the computer sleeps.

    Source: https://learn.microsoft.com/windows/win32/api/realtimeapiset/ for Windows, where
    time.monotonic goes on; elsewhere it stands still.
    """
    if sys.platform == "win32":
        import ctypes

        ticks = ctypes.c_ulonglong()  # of 100 nanoseconds
        if ctypes.WinDLL("kernel32").QueryUnbiasedInterruptTime(ctypes.byref(ticks)):
            return ticks.value / 10_000_000
    return time.monotonic()
