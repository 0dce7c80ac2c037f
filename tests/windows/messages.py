"""Sends what Windows tells of sleep, a lock and the end of the login; run on Windows.

python messages.py sleep wake lock unlock query cancel end installer
"""

from __future__ import annotations

import ctypes
import sys
from ctypes import wintypes

PRESENCE, SESSION = "TimerApp.Presence", "TimerApp.Session"
LOGOFF, CLOSE_APP = -(1 << 31), 1
MESSAGES = {
    "sleep": [(PRESENCE, 0x218, 4, 0)],
    "wake": [(PRESENCE, 0x218, 18, 0), (PRESENCE, 0x218, 7, 0)],
    "lock": [(PRESENCE, 0x2B1, 7, 1)],
    "unlock": [(PRESENCE, 0x2B1, 8, 1)],
    "query": [(SESSION, 0x11, 0, LOGOFF)],
    "cancel": [(SESSION, 0x16, 0, LOGOFF)],
    "end": [(SESSION, 0x16, 1, LOGOFF)],
    "installer": [(SESSION, 0x11, 0, CLOSE_APP), (SESSION, 0x16, 1, CLOSE_APP)],
}
"""What each word sends: to which window, and the message with its two parameters."""


def main(words: list[str]) -> None:
    """Send what the words name; each waits for its answer, as the system does."""
    if sys.platform == "win32":
        user32 = ctypes.WinDLL("user32")
        user32.FindWindowW.restype = wintypes.HWND
        user32.SendMessageW.argtypes = [
            wintypes.HWND, ctypes.c_uint, ctypes.c_size_t, ctypes.c_ssize_t,
        ]  # fmt: skip
        for word in words:
            for name, message, first, second in MESSAGES[word]:
                window = user32.FindWindowW(name, None)
                if not window:
                    raise SystemExit(f"There is no window {name}.")
                user32.SendMessageW(window, message, first, second)


if __name__ == "__main__":
    main(sys.argv[1:])
