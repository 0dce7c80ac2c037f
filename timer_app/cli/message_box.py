"""What a program of Windows says where it has no console: in a message box, if it ends by it."""

from __future__ import annotations

import io
import sys

_ERROR_IN_FRONT = 0x10 | 0x10000  # MB_ICONERROR, MB_SETFOREGROUND
_TITLE = "Timer App"
_PREFIX = "timer-app: "
_KEPT = 4000
"""Characters: more than a box can show."""


class MessageBoxStream(io.StringIO):
    """Stands for stderr; the last of what was written is shown when it is wanted."""

    def write(self, text: str, /) -> int:
        """Keep the end of it."""
        kept = (self.getvalue() + text)[-_KEPT:]
        self.seek(0)
        self.truncate()
        return super().write(kept) and len(text)

    def show(self, otherwise: str = "") -> None:
        """Show what was written, or `otherwise`, and wait until it was read."""
        lines = [line.removeprefix(_PREFIX) for line in self.getvalue().splitlines()]
        text = otherwise or "\n".join(lines)
        if sys.platform == "win32" and text:
            import ctypes

            ctypes.WinDLL("user32").MessageBoxW(None, text, _TITLE, _ERROR_IN_FRONT)
