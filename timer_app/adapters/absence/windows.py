"""Idle time on Windows. Tested with a fake of user32 and kernel32.

Source: https://learn.microsoft.com/windows/win32/api/winuser/nf-winuser-getlastinputinfo
"""

from __future__ import annotations

import ctypes
from typing import Any

from timer_app.adapters.absence.polled import IdleTimeUnavailable

_WRAPS_AT = 1 << 32  # milliseconds since the start of Windows, 49.7 days


def idle_seconds(system: Any = None) -> float:  # noqa: ANN401 - ctypes.windll, or a fake of it
    """Seconds since the last input. Raises IdleTimeUnavailable."""
    dlls = system or getattr(ctypes, "windll", None)
    if dlls is None:
        raise IdleTimeUnavailable("This is not Windows.")
    info = (ctypes.c_uint * 2)(8, 0)  # LASTINPUTINFO: its own size, then the tick of the input
    if not dlls.user32.GetLastInputInfo(ctypes.byref(info)):
        raise IdleTimeUnavailable("Windows does not say when the last input was.")
    ticks = int(dlls.kernel32.GetTickCount()) - int(info[1])
    return (ticks % _WRAPS_AT) / 1000
