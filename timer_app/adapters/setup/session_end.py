"""The end of the login on Windows and macOS, where no signal reports it.

Windows asks every window, then reports whether the login ends; once we have answered it may end the
process. An installer's Restart Manager asks in the same way, for this app alone.

Source: WM_QUERYENDSESSION and WM_ENDSESSION, https://learn.microsoft.com/windows/win32/shutdown/;
NSWorkspaceWillPowerOffNotification of AppKit.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer

from timer_app.adapters.native.event_wait import EventWait
from timer_app.adapters.native.hidden_window import HiddenWindow, windows_libraries
from timer_app.adapters.native.workspace import (
    WILL_POWER_OFF,
    WorkspaceObserver,
    WorkspaceRuntime,
    workspace_runtime,
)
from timer_app.services.setup.session_end import SessionEndEvents

WINDOW = "TimerApp.Session"
WM_QUERYENDSESSION = 0x11
WM_ENDSESSION = 0x16
CLOSE_APP = 0x1
_QUIT_SECONDS = 4.0
"""Windows ends who takes longer than five."""
_END_SECONDS = 120.0
"""How long the end of a login takes at most; another app may have called it off."""
_ONLY_AFTER_AN_UPDATE = 1 | 2 | 8  # RESTART_NO_CRASH, RESTART_NO_HANG, RESTART_NO_REBOOT


class SessionEndWindow:
    """Watches until `close` (Windows)."""

    def __init__(self, events: SessionEndEvents, libraries: Any = None) -> None:  # noqa: ANN401 - or a fake
        """`libraries` default to Windows' own. Raises OSError."""
        libraries = libraries or windows_libraries()
        self._events = events
        self._window = HiddenWindow(WINDOW, self._on_message, libraries)
        # An installer that ends us starts us again.
        libraries.kernel32.RegisterApplicationRestart(None, _ONLY_AFTER_AN_UPDATE)

    def close(self) -> None:
        """Watch no more."""
        self._window.close()

    def _on_message(self, message: int, is_certain: int, reason: int) -> int | None:
        is_ours_alone = bool(reason & CLOSE_APP)
        if message == WM_QUERYENDSESSION:
            if not is_ours_alone:
                self._events.expect(True)  # Qt's own windows may hear of the end before this one
            return 1
        if message != WM_ENDSESSION:
            return None
        if not is_certain:
            self._events.expect(False)
            return 0
        (self._events.quit_app if is_ours_alone else self._events.end)()
        EventWait().wait(_QUIT_SECONDS)  # the end of the app ends this, too
        return 0


class SessionEndObserver:
    """Watches until `close` (macOS, not run). Qt then quits the app, as the system asks it to."""

    def __init__(self, events: SessionEndEvents, runtime: WorkspaceRuntime | None = None) -> None:
        """Raises OSError."""
        self._events = events
        self._called_off = QTimer()  # macOS does not tell
        self._called_off.setSingleShot(True)
        self._called_off.setInterval(int(_END_SECONDS * 1000))
        self._called_off.timeout.connect(lambda: events.expect(False))
        self._observer = WorkspaceObserver(
            {WILL_POWER_OFF: self._on_will_power_off}, {}, runtime or workspace_runtime()
        )

    def close(self) -> None:
        """Watch no more."""
        self._called_off.stop()
        self._observer.close()

    def _on_will_power_off(self) -> None:
        self._events.expect(True)
        self._called_off.start()
