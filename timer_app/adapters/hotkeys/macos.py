"""Hot keys on macOS: Carbon's RegisterEventHotKey, which needs no accessibility permission.

Not run here: tested with fakes of the system's calls. By ctypes: the one library that is kept
(quickmachotkey) brings all of PyObjC for these five functions; others watch every key.

Source: Carbon's CarbonEvents.h and HIToolbox' Events.h (the codes of keys: places on a keyboard,
so the layout does not matter).
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from ctypes import byref, c_int32, c_uint32, c_void_p
from typing import Any, Protocol

from timer_app.domain.hotkeys import (
    HotKeyBinding,
    HotKeyBound,
    HotKeyProblem,
    HotKeyTaken,
    HotKeyUnavailable,
    KeyCombination,
    Modifier,
)

CARBON = "/System/Library/Frameworks/Carbon.framework/Carbon"
HOT_KEY_EXISTS = -9878
HOT_KEY_PRESSED = 5


def _four_char_code(code: str) -> int:
    return int.from_bytes(code.encode(), "big")


KEYBOARD = _four_char_code("keyb")
DIRECT_OBJECT, TYPE_HOT_KEY_ID = _four_char_code("----"), _four_char_code("hkid")
SIGNATURE = _four_char_code("TmAp")
_MODIFIERS = {
    Modifier.SUPER: 0x0100, Modifier.SHIFT: 0x0200, Modifier.ALT: 0x0800, Modifier.CTRL: 0x1000,
}  # fmt: skip
_ROWS = (
    (0x00, "ASDFHGZXCV"), (0x0B, "BQWERYT123465"), (0x19, "97"), (0x1C, "80"), (0x1F, "OU"),
    (0x22, "IP"), (0x25, "LJ"), (0x28, "K"), (0x2D, "NM"),
)  # fmt: skip
_FUNCTION_KEYS = (
    0x7A, 0x78, 0x63, 0x76, 0x60, 0x61, 0x62, 0x64, 0x65, 0x6D,
    0x67, 0x6F, 0x69, 0x6B, 0x71, 0x6A, 0x40, 0x4F, 0x50, 0x5A,
)  # fmt: skip
_NAMED = {
    "Plus": 0x18, "Minus": 0x1B, "BracketRight": 0x1E, "BracketLeft": 0x21, "Return": 0x24,
    "Apostrophe": 0x27, "Semicolon": 0x29, "Backslash": 0x2A, "Comma": 0x2B, "Slash": 0x2C,
    "Period": 0x2F, "Tab": 0x30, "Space": 0x31, "Grave": 0x32, "Backspace": 0x33, "Escape": 0x35,
    "VolumeUp": 0x48, "VolumeDown": 0x49, "VolumeMute": 0x4A, "Insert": 0x72, "Home": 0x73,
    "PageUp": 0x74, "Delete": 0x75, "End": 0x77, "PageDown": 0x79, "Left": 0x7B, "Right": 0x7C,
    "Down": 0x7D, "Up": 0x7E,
}  # fmt: skip
KEY_CODES = (
    _NAMED
    | {key: first + number for first, row in _ROWS for number, key in enumerate(row)}
    | {f"F{number}": code for number, code in enumerate(_FUNCTION_KEYS, start=1)}
)


# The type of _fields_ in typeshed is too wide for any subclass to repeat.
class EventTypeSpec(ctypes.Structure):
    """Which events are wanted."""

    _fields_ = (("event_class", c_uint32), ("kind", c_uint32))  # type: ignore[mutable-override]


class HotKeyId(ctypes.Structure):
    """A hot key as an event names it."""

    _fields_ = (("signature", c_uint32), ("number", c_uint32))  # type: ignore[mutable-override]


EventHandler = ctypes.CFUNCTYPE(c_int32, c_void_p, c_void_p, c_void_p)


class Carbon(Protocol):
    """The functions of Carbon that are called, by their own names. Each returns an OSStatus."""

    @property
    def GetEventDispatcherTarget(self) -> Callable[..., Any]: ...  # noqa: N802 - its name there

    @property
    def InstallEventHandler(self) -> Callable[..., Any]: ...  # noqa: N802 - its name there

    @property
    def RemoveEventHandler(self) -> Callable[..., Any]: ...  # noqa: N802 - its name there

    @property
    def RegisterEventHotKey(self) -> Callable[..., Any]: ...  # noqa: N802 - its name there

    @property
    def UnregisterEventHotKey(self) -> Callable[..., Any]: ...  # noqa: N802 - its name there

    @property
    def GetEventParameter(self) -> Callable[..., Any]: ...  # noqa: N802 - its name there


class MacHotKeyRegistrar:
    """Registers combinations, and gets their presses from the events of Qt's own loop."""

    def __init__(self, carbon: Carbon) -> None:
        self._carbon = carbon
        self._pressed: Callable[[int], None] | None = None
        self._keys: dict[int, c_void_p] = {}
        self._handler = EventHandler(self._on_event)  # kept: the system holds no reference
        self._installed = c_void_p()

    def listen(self, pressed: Callable[[int], None]) -> None:
        """See Registrar."""
        self._pressed = pressed
        wanted = EventTypeSpec(KEYBOARD, HOT_KEY_PRESSED)
        target = self._carbon.GetEventDispatcherTarget()
        status = self._carbon.InstallEventHandler(
            target, self._handler, 1, byref(wanted), None, byref(self._installed)
        )
        if status:
            raise OSError(f"error {status} of InstallEventHandler")

    def register(self, number: int, wanted: KeyCombination) -> HotKeyBinding:
        """See Registrar. The system does not repeat a hot key that is held down."""
        code = KEY_CODES.get(wanted.key)
        if code is None:
            return HotKeyUnavailable(HotKeyProblem.NO_SUCH_KEY, str(wanted))
        modifiers = sum(_MODIFIERS[each] for each in wanted.modifiers)
        key = c_void_p()
        target = self._carbon.GetEventDispatcherTarget()
        status = self._carbon.RegisterEventHotKey(
            code, modifiers, HotKeyId(SIGNATURE, number), target, 0, byref(key)
        )
        if status == HOT_KEY_EXISTS:
            return HotKeyTaken(str(wanted))
        if status:
            return HotKeyUnavailable(HotKeyProblem.FAILED, f"error {status}")
        self._keys[number] = key
        return HotKeyBound(str(wanted))

    def unregister(self, number: int) -> None:
        """See Registrar."""
        self._carbon.UnregisterEventHotKey(self._keys.pop(number))

    def close(self) -> None:
        """See Registrar."""
        self._carbon.RemoveEventHandler(self._installed)

    def _on_event(self, _call: int | None, event: int | None, _data: int | None) -> int:
        """An event of the system's: which of our keys it was."""
        key = HotKeyId()
        status = self._carbon.GetEventParameter(
            event, DIRECT_OBJECT, TYPE_HOT_KEY_ID, None, ctypes.sizeof(key), None, byref(key)
        )
        if not status and key.signature == SIGNATURE and self._pressed is not None:
            self._pressed(key.number)
        return int(status)


def make_mac_registrar() -> MacHotKeyRegistrar:
    """On the system itself (not run here). Raises OSError where there is no Carbon."""
    carbon = ctypes.CDLL(CARBON)
    target = carbon.GetEventDispatcherTarget
    target.argtypes, target.restype = [], c_void_p
    carbon.InstallEventHandler.argtypes = [
        c_void_p, EventHandler, ctypes.c_ulong, c_void_p, c_void_p, c_void_p,
    ]  # fmt: skip
    carbon.RemoveEventHandler.argtypes = [c_void_p]
    carbon.RegisterEventHotKey.argtypes = [
        c_uint32, c_uint32, HotKeyId, c_void_p, c_uint32, c_void_p,
    ]  # fmt: skip
    carbon.UnregisterEventHotKey.argtypes = [c_void_p]
    carbon.GetEventParameter.argtypes = [
        c_void_p, c_uint32, c_uint32, c_void_p, ctypes.c_ulong, c_void_p, c_void_p,
    ]  # fmt: skip
    return MacHotKeyRegistrar(carbon)
