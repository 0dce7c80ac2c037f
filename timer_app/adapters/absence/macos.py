"""Idle time on macOS. Not run here: tested with a fake of CoreGraphics.

Source: CGEventSourceSecondsSinceLastEventType of CoreGraphics, which asks for no permission.
"""

from __future__ import annotations

import ctypes
from typing import Any

from timer_app.adapters.absence.polled import IdleTimeUnavailable

_FRAMEWORK = "/System/Library/Frameworks/ApplicationServices.framework/ApplicationServices"
_HARDWARE = 1  # kCGEventSourceStateHIDSystemState
_ANY_INPUT = 0xFFFFFFFF  # kCGAnyInputEventType


def idle_seconds(framework: Any = None) -> float:  # noqa: ANN401 - a library, or a fake of it
    """Seconds since the last input. Raises IdleTimeUnavailable."""
    try:
        library = framework or ctypes.CDLL(_FRAMEWORK)
    except OSError as error:
        raise IdleTimeUnavailable("This is not macOS.") from error
    ask = library.CGEventSourceSecondsSinceLastEventType
    ask.restype, ask.argtypes = ctypes.c_double, (ctypes.c_int32, ctypes.c_uint32)
    return float(ask(_HARDWARE, _ANY_INPUT))
