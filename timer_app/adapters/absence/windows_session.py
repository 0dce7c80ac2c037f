"""Sleep, wake and a locked session on Windows, reported to a hidden window.

Source: WM_POWERBROADCAST and WM_WTSSESSION_CHANGE, https://learn.microsoft.com/windows/win32/power/
and https://learn.microsoft.com/windows/win32/termserv/
"""

from __future__ import annotations

from collections.abc import Callable
from ctypes import c_uint, c_void_p
from datetime import datetime
from typing import Any

from timer_app.adapters.absence.session_sensor import SessionSensor
from timer_app.adapters.native.hidden_window import HiddenWindow, last_error, windows_libraries

WINDOW = "TimerApp.Presence"
WM_POWERBROADCAST = 0x218
SUSPEND, RESUME_CRITICAL, RESUME_BY_USER, RESUME = 4, 6, 7, 18
WM_WTSSESSION_CHANGE = 0x2B1
CONSOLE_CONNECT, CONSOLE_DISCONNECT, REMOTE_CONNECT, REMOTE_DISCONNECT = 1, 2, 3, 4
SESSION_LOCK, SESSION_UNLOCK = 7, 8
_THIS_SESSION = 0
_TO_A_WINDOW = 0
_LOCK, _CONNECTION = "lock", "connection"
_SESSION_CHANGES = {
    SESSION_LOCK: (_LOCK, True), SESSION_UNLOCK: (_LOCK, False),
    CONSOLE_DISCONNECT: (_CONNECTION, True), CONSOLE_CONNECT: (_CONNECTION, False),
    REMOTE_DISCONNECT: (_CONNECTION, True), REMOTE_CONNECT: (_CONNECTION, False),
}  # fmt: skip


class WindowsSessionSensor(SessionSensor):
    """Implements the port `AbsenceSensor`. `libraries` default to Windows' own."""

    name = "sleep and lock (Windows)"

    def __init__(self, now: Callable[[], datetime], libraries: Any = None) -> None:  # noqa: ANN401 - or a fake
        super().__init__(now)
        self._libraries = libraries
        self._window: HiddenWindow | None = None
        self._suspend_registration: int | None = None

    def _listen(self) -> str:
        self._libraries = self._libraries or windows_libraries()
        self._window = HiddenWindow(WINDOW, self._on_message, self._libraries)
        # A computer with modern standby broadcasts no sleep: a window must subscribe to it.
        register = self._libraries.user32.RegisterSuspendResumeNotification
        register.restype, register.argtypes = c_void_p, [c_void_p, c_uint]
        self._suspend_registration = register(self._window.handle, _TO_A_WINDOW)
        wts = self._libraries.wtsapi32
        wts.WTSRegisterSessionNotification.argtypes = [c_void_p, c_uint]
        if wts.WTSRegisterSessionNotification(self._window.handle, _THIS_SESSION):
            return ""
        return f"sleep is noticed, a locked session is not: {last_error()}"

    def _leave(self) -> None:
        if self._window is None:
            return
        unregister_session = self._libraries.wtsapi32.WTSUnRegisterSessionNotification
        unregister_session.argtypes = [c_void_p]
        unregister_session(self._window.handle)
        if self._suspend_registration:
            unregister = self._libraries.user32.UnregisterSuspendResumeNotification
            unregister.argtypes = [c_void_p]
            unregister(self._suspend_registration)
        self._window.close()
        self._window = None

    def _on_message(self, message: int, kind: int, _: int) -> int | None:
        if message == WM_POWERBROADCAST and kind == SUSPEND:
            self._set_asleep(asleep=True)
        elif message == WM_POWERBROADCAST and kind in (RESUME, RESUME_BY_USER, RESUME_CRITICAL):
            self._set_asleep(asleep=False)
        elif message == WM_WTSSESSION_CHANGE and kind in _SESSION_CHANGES:
            why, away = _SESSION_CHANGES[kind]
            self._set_away(why, away=away)
        return None
