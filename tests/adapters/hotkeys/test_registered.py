"""Hot keys on Windows and macOS, with fakes of the system's calls: not run there."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from ctypes import wintypes
from typing import Any, Protocol

import pytest
from PySide6.QtCore import QByteArray

from timer_app.adapters.hotkeys.macos import (
    DIRECT_OBJECT,
    HOT_KEY_EXISTS,
    HOT_KEY_PRESSED,
    KEY_CODES,
    KEYBOARD,
    SIGNATURE,
    TYPE_HOT_KEY_ID,
    HotKeyId,
    MacHotKeyRegistrar,
)
from timer_app.adapters.hotkeys.registered import RegisteredHotKeys
from timer_app.adapters.hotkeys.windows import (
    ERROR_HOTKEY_ALREADY_REGISTERED,
    MOD_NOREPEAT,
    WM_HOTKEY,
    WindowsHotKeyRegistrar,
    virtual_key,
)
from timer_app.domain.hotkeys import (
    KEYS,
    HotKeyAction,
    HotKeyBound,
    HotKeyProblem,
    HotKeyTaken,
    HotKeyUnavailable,
    parse_combination,
)

TOGGLE, OPEN, MANUAL = HotKeyAction
WANTED = {TOGGLE: parse_combination("Ctrl+Alt+T"), OPEN: parse_combination("Super+Shift+F5")}
BOUND = {TOGGLE: HotKeyBound("Ctrl+Alt+T"), OPEN: HotKeyBound("Shift+Super+F5")}


class FakeUser32:
    """Keeps what is registered; `others` have these modifiers and keys."""

    def __init__(self) -> None:
        self.registered: dict[int, tuple[int, int]] = {}
        self.others: set[tuple[int, int]] = set()
        self.error = (0, "")

    def register(self, number: int, modifiers: int, key: int) -> bool:
        """As the system does it: a number or a combination is registered once."""
        assert modifiers & MOD_NOREPEAT
        wanted = (modifiers & ~MOD_NOREPEAT, key)
        if number in self.registered or wanted in self.others | set(self.registered.values()):
            self.error = (ERROR_HOTKEY_ALREADY_REGISTERED, "Hot key is already registered.")
            return False
        if key == 0xB7:
            self.error = (5, "Access is denied.")
            return False
        self.registered[number] = wanted
        return True

    def unregister(self, number: int) -> bool:
        """As the system does it."""
        return self.registered.pop(number, None) is not None

    def last_error(self) -> tuple[int, str]:
        """As the system does it."""
        return self.error


def post(
    keys: WindowsHotKeyRegistrar, message: int, number: int, kind: bytes = b"windows_generic_MSG"
) -> None:
    """Have Qt see a message of the thread's queue."""
    told = wintypes.MSG(message=message, wParam=number)
    assert keys.nativeEventFilter(QByteArray(kind), ctypes.addressof(told)) == (False, 0)


@pytest.mark.usefixtures("qapp")
class TestWindows:
    """RegisterHotKey and WM_HOTKEY."""

    @pytest.fixture
    def heard(self) -> list[HotKeyAction]:
        """What was pressed."""
        return []

    @pytest.fixture
    def user32(self) -> FakeUser32:
        """The system."""
        return FakeUser32()

    @pytest.fixture
    def keys(self, user32: FakeUser32) -> Iterator[WindowsHotKeyRegistrar]:
        """Keys on the fake system."""
        keys = WindowsHotKeyRegistrar(user32)
        yield keys
        keys.close()

    async def test_bound_heard_and_given_back(
        self, keys: WindowsHotKeyRegistrar, user32: FakeUser32, heard: list[HotKeyAction]
    ) -> None:
        hot_keys = RegisteredHotKeys(keys, heard.append)
        hot_keys.bind(WANTED)
        assert hot_keys.bindings == BOUND
        assert user32.registered == {1: (1 | 2, ord("T")), 2: (4 | 8, 0x74)}
        post(keys, WM_HOTKEY, 1)
        post(keys, WM_HOTKEY, 2, b"windows_dispatcher_MSG")
        post(keys, WM_HOTKEY, 1, b"xcb_generic_event_t")
        post(keys, WM_HOTKEY + 1, 1)
        post(keys, WM_HOTKEY, 3)
        assert heard == [TOGGLE, OPEN]
        hot_keys.bind({MANUAL: WANTED[TOGGLE]})
        assert user32.registered == {3: (1 | 2, ord("T"))}
        await hot_keys.close()
        assert user32.registered == {}

    def test_what_cannot_be_bound(self, keys: WindowsHotKeyRegistrar, user32: FakeUser32) -> None:
        user32.others.add((1 | 2, ord("T")))
        hot_keys = RegisteredHotKeys(keys, lambda _: None)
        hot_keys.bind(WANTED | {MANUAL: WANTED[OPEN]})
        assert hot_keys.bindings == {
            TOGGLE: HotKeyTaken("Ctrl+Alt+T"),
            OPEN: BOUND[OPEN],
            MANUAL: HotKeyTaken("Shift+Super+F5", OPEN),
        }
        hot_keys.bind({TOGGLE: parse_combination("F35"), OPEN: parse_combination("Calculator")})
        assert hot_keys.bindings == {
            TOGGLE: HotKeyUnavailable(HotKeyProblem.NO_SUCH_KEY, "F35"),
            OPEN: HotKeyUnavailable(HotKeyProblem.FAILED, "Access is denied."),
        }

    def test_each_key_has_a_code_of_its_own(self) -> None:
        codes = {key: virtual_key(key) for key in KEYS}
        missing = [key for key, code in codes.items() if code is None]
        assert missing == [f"F{number}" for number in range(25, 36)]
        assert len(set(codes.values())) == len(KEYS) - len(missing) + 1


class Reference(Protocol):
    """What ctypes.byref makes."""

    _obj: Any


class FakeCarbon:
    """Keeps what is registered and calls the handler back; `others` have these."""

    def __init__(self) -> None:
        self.registered: dict[int, tuple[int, int, int]] = {}
        self.others: set[tuple[int, int]] = set()
        self.handler: Callable[..., int] | None = None
        self.refuses = 0
        self._event = (SIGNATURE, 0)

    def GetEventDispatcherTarget(self) -> int:  # noqa: N802 - its name there
        """As the system does it."""
        return 77

    def InstallEventHandler(  # noqa: N802
        self, target: int, handler: Callable[..., int], number: int, wanted: Reference, data: None,
        made: Reference,
    ) -> int:  # fmt: skip
        """As the system does it."""
        spec = wanted._obj
        assert (target, number, data) == (77, 1, None)
        assert (spec.event_class, spec.kind) == (KEYBOARD, HOT_KEY_PRESSED)
        made._obj.value = 5
        self.handler = None if self.refuses else handler
        return self.refuses

    def RemoveEventHandler(self, handler: ctypes.c_void_p) -> int:  # noqa: N802
        """As the system does it."""
        assert handler.value == 5
        self.handler = None
        return 0

    def RegisterEventHotKey(  # noqa: N802
        self, code: int, modifiers: int, name: HotKeyId, target: int, options: int, made: Reference
    ) -> int:
        """As the system does it."""
        assert (target, options, name.signature) == (77, 0, SIGNATURE)
        if (code, modifiers) in self.others:
            return HOT_KEY_EXISTS
        if code == KEY_CODES["F20"]:
            return -50
        made._obj.value = 100 + name.number
        self.registered[made._obj.value] = (code, modifiers, name.number)
        return 0

    def UnregisterEventHotKey(self, key: ctypes.c_void_p) -> int:  # noqa: N802
        """As the system does it."""
        assert key.value is not None
        del self.registered[key.value]
        return 0

    def GetEventParameter(  # noqa: N802
        self, event: int, name: int, kind: int, a: None, size: int, b: None, told: Reference
    ) -> int:
        """As the system does it."""
        assert (event, name, kind, a, size, b) == (9, DIRECT_OBJECT, TYPE_HOT_KEY_ID, None, 8, None)
        told._obj.signature, told._obj.number = self._event
        return 0

    def press(self, number: int, signature: int = SIGNATURE) -> None:
        """Tell of a key."""
        assert self.handler is not None
        self._event = (signature, number)
        assert self.handler(8, 9, None) == 0


class TestMac:
    """RegisterEventHotKey."""

    async def test_bound_heard_and_given_back(self) -> None:
        carbon, heard = FakeCarbon(), list[HotKeyAction]()
        hot_keys = RegisteredHotKeys(MacHotKeyRegistrar(carbon), heard.append)
        hot_keys.bind(WANTED)
        assert hot_keys.bindings == BOUND
        assert carbon.registered == {101: (0x11, 0x1800, 1), 102: (0x60, 0x300, 2)}
        carbon.press(1)
        carbon.press(2)
        carbon.press(3)
        carbon.press(1, signature=1)
        assert heard == [TOGGLE, OPEN]
        hot_keys.bind({MANUAL: WANTED[TOGGLE]})
        assert carbon.registered == {103: (0x11, 0x1800, 3)}
        await hot_keys.close()
        assert carbon.registered == {}
        assert carbon.handler is None

    def test_what_cannot_be_bound(self) -> None:
        carbon = FakeCarbon()
        carbon.others.add((0x11, 0x1800))
        hot_keys = RegisteredHotKeys(MacHotKeyRegistrar(carbon), lambda _: None)
        hot_keys.bind(
            {TOGGLE: WANTED[TOGGLE], OPEN: parse_combination("Pause"),
             MANUAL: parse_combination("F20")}
        )  # fmt: skip
        assert hot_keys.bindings == {
            TOGGLE: HotKeyTaken("Ctrl+Alt+T"),
            OPEN: HotKeyUnavailable(HotKeyProblem.NO_SUCH_KEY, "Pause"),
            MANUAL: HotKeyUnavailable(HotKeyProblem.FAILED, "error -50"),
        }

    def test_a_system_that_tells_of_no_keys(self) -> None:
        carbon = FakeCarbon()
        carbon.refuses = -50
        hot_keys = RegisteredHotKeys(MacHotKeyRegistrar(carbon), lambda _: None)
        hot_keys.bind(WANTED)
        assert set(hot_keys.bindings.values()) == {
            HotKeyUnavailable(HotKeyProblem.FAILED, "error -50 of InstallEventHandler")
        }
        assert carbon.registered == {}

    def test_codes_of_a_few_keys(self) -> None:
        """As Events.h has them; none twice."""
        known = {"A": 0, "C": 8, "V": 9, "B": 11, "Y": 16, "T": 17, "5": 23, "9": 25, "7": 26,
                 "0": 29, "O": 31, "P": 35, "J": 38, "K": 40, "N": 45, "M": 46}  # fmt: skip
        assert {key: KEY_CODES[key] for key in known} == known
        assert len(set(KEY_CODES.values())) == len(KEY_CODES)
        assert set(KEY_CODES) <= set(KEYS)
