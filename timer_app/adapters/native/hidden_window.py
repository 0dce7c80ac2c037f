"""A hidden window of Windows: the system sends its messages to windows alone.

By ctypes: a handful of functions are not worth a library. Tested with a fake of the libraries, and
run under Wine. Source: https://learn.microsoft.com/windows/win32/winmsg/
"""

from __future__ import annotations

import ctypes
import logging
from collections.abc import Callable
from ctypes import byref, c_int, c_size_t, c_ssize_t, c_uint, c_void_p, c_wchar_p
from types import SimpleNamespace
from typing import Any

Procedure: Callable[..., Any] = getattr(ctypes, "WINFUNCTYPE", ctypes.CFUNCTYPE)(
    c_ssize_t, c_void_p, c_uint, c_size_t, c_ssize_t
)
_POPUP = 0x80000000  # a top-level window without a frame: broadcasts do not reach other windows

MessageHandler = Callable[[int, int, int], int | None]
"""Gets a message and its two parameters; answers it, or None for what the system does."""

_log = logging.getLogger(__name__)


class WindowClass(ctypes.Structure):
    """WNDCLASSW."""

    # The type of _fields_ in typeshed is too wide for any subclass to repeat.
    _fields_ = (  # type: ignore[mutable-override]
        ("style", c_uint),
        ("procedure", c_void_p),
        ("class_bytes", c_int),
        ("window_bytes", c_int),
        ("instance", c_void_p),
        ("icon", c_void_p),
        ("cursor", c_void_p),
        ("brush", c_void_p),
        ("menu", c_wchar_p),
        ("name", c_wchar_p),
    )


def windows_libraries() -> Any:  # noqa: ANN401 - libraries by name, or a fake of them
    """user32, kernel32 and wtsapi32. Raises OSError."""
    load = getattr(ctypes, "WinDLL", None)
    if load is None:
        raise OSError("This is not Windows.")
    names = ("user32", "kernel32", "wtsapi32")
    return SimpleNamespace(**{name: load(name, use_last_error=True) for name in names})


def last_error() -> OSError:
    """Why the last call failed, in the system's words."""
    code = getattr(ctypes, "get_last_error", lambda: 0)()
    words = getattr(ctypes, "FormatError", lambda number: f"error {number}")(code)
    return OSError(code, words)


class HiddenWindow:
    """Hands each message to `on_message`, on the thread that made it, whose events Qt runs."""

    def __init__(self, name: str, on_message: MessageHandler, libraries: Any) -> None:  # noqa: ANN401 - or a fake
        """`name` is that of its class. Raises OSError."""
        self._user32 = _declared(libraries.user32)
        self._on_message = on_message
        self._procedure = Procedure(self._handle)  # kept: the system holds no reference
        self._name = name
        kernel32 = libraries.kernel32
        kernel32.GetModuleHandleW.restype = c_void_p
        self._instance = kernel32.GetModuleHandleW(None)
        kind = WindowClass(
            procedure=ctypes.cast(self._procedure, c_void_p), instance=self._instance, name=name
        )
        if not self._user32.RegisterClassW(byref(kind)):
            raise last_error()
        self.handle = self._user32.CreateWindowExW(
            0, name, name, _POPUP, 0, 0, 0, 0, None, None, self._instance, None
        )
        if not self.handle:
            error = last_error()
            self._user32.UnregisterClassW(name, self._instance)
            raise error

    def close(self) -> None:
        """Hear of nothing any more."""
        self._user32.DestroyWindow(self.handle)
        self._user32.UnregisterClassW(self._name, self._instance)

    def _handle(self, window: int | None, message: int, first: int, second: int) -> int:
        try:
            answer = self._on_message(message, first, second)
        except Exception:  # noqa: BLE001 - the system takes no exception
            _log.exception("a message of the system was not handled: %#x", message)
            answer = None
        if answer is not None:
            return answer
        return int(self._user32.DefWindowProcW(window, message, first, second))


def _declared(user32: Any) -> Any:  # noqa: ANN401 - a library, or a fake of it
    """The library with its functions' argument types: handles are as wide as pointers."""
    user32.RegisterClassW.argtypes = [c_void_p]
    create = user32.CreateWindowExW
    create.restype = c_void_p
    create.argtypes = [
        c_uint, c_wchar_p, c_wchar_p, c_uint, c_int, c_int, c_int, c_int,
        c_void_p, c_void_p, c_void_p, c_void_p,
    ]  # fmt: skip
    default = user32.DefWindowProcW
    default.restype, default.argtypes = c_ssize_t, [c_void_p, c_uint, c_size_t, c_ssize_t]
    user32.DestroyWindow.argtypes = [c_void_p]
    user32.UnregisterClassW.argtypes = [c_wchar_p, c_void_p]
    return user32
