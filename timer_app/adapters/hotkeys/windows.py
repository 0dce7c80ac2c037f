"""Hot keys on Windows: RegisterHotKey, received through Qt's filter of native events.

Not run here: tested with fakes of the system's calls. By ctypes: two functions are not worth a
library, and the existing ones start a thread with a message loop of its own.

Source: RegisterHotKey and Virtual-Key Codes, https://learn.microsoft.com/windows/win32/inputdev/
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from ctypes import wintypes
from typing import Protocol

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication

from timer_app.domain.hotkeys import (
    HotKeyBinding,
    HotKeyBound,
    HotKeyProblem,
    HotKeyTaken,
    HotKeyUnavailable,
    KeyCombination,
    Modifier,
)

WM_HOTKEY = 0x0312
MOD_NOREPEAT = 0x4000
ERROR_HOTKEY_ALREADY_REGISTERED = 1409
_MESSAGES = (b"windows_generic_MSG", b"windows_dispatcher_MSG")
_MODIFIERS = {Modifier.ALT: 1, Modifier.CTRL: 2, Modifier.SHIFT: 4, Modifier.SUPER: 8}
_NAMED = {
    "Backspace": 0x08, "Tab": 0x09, "Return": 0x0D, "Pause": 0x13, "Escape": 0x1B, "Space": 0x20,
    "PageUp": 0x21, "PageDown": 0x22, "End": 0x23, "Home": 0x24, "Left": 0x25, "Up": 0x26,
    "Right": 0x27, "Down": 0x28, "Print": 0x2C, "Insert": 0x2D, "Delete": 0x2E, "Menu": 0x5D,
    "ScrollLock": 0x91, "HomePage": 0xAC, "VolumeMute": 0xAD, "VolumeDown": 0xAE, "VolumeUp": 0xAF,
    "MediaNext": 0xB0, "MediaPrevious": 0xB1, "MediaStop": 0xB2, "MediaPlay": 0xB3, "Mail": 0xB4,
    "Calculator": 0xB7, "Semicolon": 0xBA, "Plus": 0xBB, "Comma": 0xBC, "Minus": 0xBD,
    "Period": 0xBE, "Slash": 0xBF, "Grave": 0xC0, "BracketLeft": 0xDB, "Backslash": 0xDC,
    "BracketRight": 0xDD, "Apostrophe": 0xDE,
}  # fmt: skip
VIRTUAL_KEYS = _NAMED | {f"F{number}": 0x6F + number for number in range(1, 25)}


class User32(Protocol):
    """The two functions of user32.dll, and the error of the last call."""

    def register(self, number: int, modifiers: int, key: int) -> bool:
        """RegisterHotKey for this thread."""
        ...

    def unregister(self, number: int) -> bool:
        """UnregisterHotKey for this thread."""
        ...

    def last_error(self) -> tuple[int, str]:
        """The number of what went wrong, and what it means."""
        ...


class WindowsHotKeyRegistrar(QAbstractNativeEventFilter):
    """Registers combinations, and gets their presses from the messages of Qt's own thread."""

    def __init__(self, user32: User32) -> None:
        super().__init__()
        self._user32 = user32
        self._pressed: Callable[[int], None] | None = None

    def listen(self, pressed: Callable[[int], None]) -> None:
        """See Registrar."""
        self._pressed = pressed
        application = QCoreApplication.instance()
        if application is not None:
            application.installNativeEventFilter(self)

    def register(self, number: int, wanted: KeyCombination) -> HotKeyBinding:
        """See Registrar. A key that is held down is reported once."""
        key = virtual_key(wanted.key)
        if key is None:
            return HotKeyUnavailable(HotKeyProblem.NO_SUCH_KEY, str(wanted))
        modifiers = sum(_MODIFIERS[each] for each in wanted.modifiers)
        if self._user32.register(number, modifiers | MOD_NOREPEAT, key):
            return HotKeyBound(str(wanted))
        code, words = self._user32.last_error()
        if code == ERROR_HOTKEY_ALREADY_REGISTERED:
            return HotKeyTaken(str(wanted))
        return HotKeyUnavailable(HotKeyProblem.FAILED, words)

    def unregister(self, number: int) -> None:
        """See Registrar."""
        self._user32.unregister(number)

    def close(self) -> None:
        """See Registrar."""
        application = QCoreApplication.instance()
        if application is not None:
            application.removeNativeEventFilter(self)

    def nativeEventFilter(
        self, event_type: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        """Hear of our keys; nothing is kept from anybody else."""
        kind = event_type.data() if isinstance(event_type, QByteArray) else event_type
        if bytes(kind) in _MESSAGES and self._pressed is not None:
            native_message = wintypes.MSG.from_address(int(message))
            if native_message.message == WM_HOTKEY:
                self._pressed(native_message.wParam)
        return False, 0


def virtual_key(key: str) -> int | None:
    """The system's code of a key; letters and digits are their own."""
    return ord(key) if len(key) == 1 else VIRTUAL_KEYS.get(key)


if sys.platform == "win32":  # not run here

    class _User32:
        def __init__(self) -> None:
            self._library = ctypes.WinDLL("user32", use_last_error=True)

        def register(self, number: int, modifiers: int, key: int) -> bool:
            return bool(self._library.RegisterHotKey(None, number, modifiers, key))

        def unregister(self, number: int) -> bool:
            return bool(self._library.UnregisterHotKey(None, number))

        def last_error(self) -> tuple[int, str]:
            code = ctypes.get_last_error()
            return code, ctypes.FormatError(code)

    def make_windows_registrar() -> WindowsHotKeyRegistrar:
        """On the system itself."""
        return WindowsHotKeyRegistrar(_User32())
