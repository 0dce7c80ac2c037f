"""The clock that nobody sets: seconds since the computer was started, sleep included."""

from __future__ import annotations

import time

_BOOT_ID = "/proc/sys/kernel/random/boot_id"


def boot_time() -> tuple[str, float] | None:
    """The name of this boot and its seconds; None where the system does not tell them."""
    if not hasattr(time, "CLOCK_BOOTTIME"):
        return None
    try:
        with open(_BOOT_ID, encoding="ascii") as file:
            boot_id = file.read().strip()
    except OSError:
        return None
    return boot_id, time.clock_gettime(time.CLOCK_BOOTTIME)
