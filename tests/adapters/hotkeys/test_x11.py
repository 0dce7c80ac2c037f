"""Hot keys on a real X server, pressed by xdotool."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager

import pytest
from Xlib import XK, X
from Xlib.display import Display
from Xlib.error import BadAccess, CatchError

from tests.support.desktop import Desktop
from tests.support.limits import TIME_LIMIT
from timer_app.adapters.hotkeys.x11 import X11HotKeys, _Repeats
from timer_app.domain.hotkeys import (
    HotKeyAction,
    HotKeyBound,
    HotKeyProblem,
    HotKeyTaken,
    HotKeyUnavailable,
    parse_combination,
)

pytestmark = pytest.mark.qasync

TOGGLE, OPEN, MANUAL = HotKeyAction
T = "37+64+28"
"""Ctrl+Alt+T by keycodes: where the layout has no T, xdotool would make one."""
F9, F12 = "75", "96"
"""Keycodes: with the keyboards of xkb-data 2.48 xdotool presses Alt with the names."""
SUPER_F9 = f"133+{F9}"


class Keys:
    """The hot keys of a test, and what was heard of them."""

    def __init__(self, desktop: Desktop) -> None:
        self.desktop = desktop
        self.heard: asyncio.Queue[HotKeyAction] = asyncio.Queue()
        self.changes: asyncio.Queue[None] = asyncio.Queue()
        self.reads = 0
        self.hot_keys = X11HotKeys(
            self.heard.put_nowait, lambda: self.changes.put_nowait(None), desktop.display
        )

    def bind(self, **wanted: str) -> None:
        """Bind combinations by action."""
        self.hot_keys.bind(
            {HotKeyAction(name): parse_combination(text) for name, text in wanted.items()}
        )

    async def press(self, *keys: str) -> None:
        """Press keys, and see that nothing is heard before or beside what the test awaits."""
        assert self.heard.empty()
        await asyncio.to_thread(self.desktop.key, *keys)

    async def hears(self, *actions: HotKeyAction) -> None:
        """These come in this order, and no others with them."""
        async with asyncio.timeout(TIME_LIMIT):
            assert [await self.heard.get() for _ in actions] == list(actions)
        await self.is_quiet()

    async def is_quiet(self) -> None:
        """Whatever was pressed before has been told by now: a key of ours comes after it."""
        await asyncio.to_thread(self.desktop.key, F12)
        async with asyncio.timeout(TIME_LIMIT):
            assert await self.heard.get() is MANUAL
        assert self.heard.empty()


@pytest.fixture
async def keys(desktop: Desktop) -> AsyncIterator[Keys]:
    """Hot keys on the test's X server; F12 is bound to see what has come."""
    keys = Keys(desktop)
    yield keys
    await keys.hot_keys.close()


@contextmanager
def another_client(desktop: Desktop, key: str, modifiers: int) -> Iterator[None]:
    """A client that takes a key, which is free."""
    display = Display(desktop.display)
    keycode = display.keysym_to_keycode(XK.string_to_keysym(key))
    refused = CatchError(BadAccess)
    display.screen().root.grab_key(
        keycode, modifiers, False, X.GrabModeAsync, X.GrabModeAsync, refused
    )
    display.sync()
    assert refused.get_error() is None
    yield
    display.close()


async def test_pressed_anywhere(keys: Keys) -> None:
    keys.bind(toggle="Ctrl+Alt+T", open="Super+F9", manual="F12")
    assert keys.hot_keys.bindings == {
        TOGGLE: HotKeyBound("Ctrl+Alt+T"),
        OPEN: HotKeyBound("Super+F9"),
        MANUAL: HotKeyBound("F12"),
    }
    await keys.press("ctrl+alt+t")
    await keys.hears(TOGGLE)
    await keys.press(SUPER_F9, "ctrl+alt+t")
    await keys.hears(OPEN, TOGGLE)
    await keys.press("t", "ctrl+t", "alt+t", "ctrl+alt+shift+t", "ctrl+alt+r", F9)
    await keys.is_quiet()


@pytest.mark.parametrize("lock", ["Num_Lock", "Caps_Lock"])
async def test_with_a_lock_on(keys: Keys, desktop: Desktop, lock: str) -> None:
    keys.bind(toggle="Ctrl+Alt+T", manual="F12")
    desktop.key(lock)
    try:
        await keys.press("ctrl+alt+t")
        await keys.hears(TOGGLE)
        other = {"Num_Lock": "Caps_Lock", "Caps_Lock": "Num_Lock"}[lock]
        desktop.key(other)
        try:
            await keys.press("ctrl+alt+t")
            await keys.hears(TOGGLE)
        finally:
            desktop.key(other)
    finally:
        desktop.key(lock)


@pytest.mark.parametrize("first", ["ru", "us"])
async def test_layouts_come_and_go(keys: Keys, desktop: Desktop, first: str) -> None:
    desktop.layout(first)
    keys.bind(toggle="Ctrl+Alt+T", open="Ctrl+Slash", manual="F12")
    for layout in ("ru", "us", "us,ru", "ru,us", "de", "ru"):
        desktop.layout(layout)
        await keys.press(T)
        await keys.hears(TOGGLE)
    await keys.press("37+61")  # where a US keyboard has its slash, a Russian one has a full stop
    await keys.hears(OPEN)


async def test_in_the_second_group(keys: Keys, desktop: Desktop) -> None:
    desktop.layout("us,ru")
    keys.bind(toggle="Ctrl+Alt+T", manual="F12")
    desktop.key("ISO_Next_Group")
    await keys.press(T)
    await keys.hears(TOGGLE)


async def test_a_key_of_another_place_in_another_layout(keys: Keys, desktop: Desktop) -> None:
    """What is written on it counts, not where it is."""
    keys.bind(toggle="Ctrl+Alt+Z", manual="F12")
    desktop.layout("de")
    await keys.press("37+64+29")  # Y of a US keyboard
    await keys.hears(TOGGLE)
    await keys.press("37+64+52")
    await keys.is_quiet()


async def test_held_down_it_is_pressed_once(keys: Keys, desktop: Desktop) -> None:
    keys.bind(toggle="Ctrl+Alt+T", manual="F12")
    repeated = watch_repeats(keys.hot_keys)
    desktop.hold("ctrl+alt+t")
    try:
        async with asyncio.timeout(TIME_LIMIT):
            await repeated(3)
    finally:
        desktop.release("ctrl+alt+t")
    await keys.hears(TOGGLE)
    await keys.press("ctrl+alt+t", "ctrl+alt+t")
    await keys.hears(TOGGLE, TOGGLE)


def watch_repeats(hot_keys: X11HotKeys) -> Callable[[int], asyncio.Future[object]]:
    """Waits until the server has repeated a key so often."""
    told: asyncio.Queue[bool] = asyncio.Queue()
    original = hot_keys._repeats.pressed

    def pressed(keycode: int, at: int) -> bool:
        repeats = original(keycode, at)
        told.put_nowait(repeats)
        return repeats

    hot_keys._repeats.pressed = pressed  # type: ignore[method-assign]

    async def wait(number: int) -> None:
        while number:
            number -= await told.get()

    return lambda number: asyncio.ensure_future(wait(number))


def test_presses_without_releases() -> None:
    repeats = _Repeats()
    assert not repeats.pressed(28, 1000)
    assert repeats.pressed(28, 1660)
    assert repeats.pressed(28, 1690)
    assert not repeats.pressed(28, 9000)  # its release was lost
    repeats.released(28, 9001)
    assert not repeats.pressed(28, 9050)
    assert not repeats.pressed(29, 9060)
    repeats.released(29, (1 << 32) - 1)
    assert repeats.pressed(29, (1 << 32) - 1)
    assert repeats.pressed(29, 500)  # the server's clock began again
    assert not repeats.pressed(29, 3000)


async def test_a_key_of_another_client_is_named(keys: Keys, desktop: Desktop) -> None:
    with another_client(desktop, "t", X.ControlMask | X.Mod1Mask):
        keys.bind(toggle="Ctrl+Alt+T", open="Super+F9", manual="F12")
        assert keys.hot_keys.bindings[TOGGLE] == HotKeyTaken("Ctrl+Alt+T")
        assert keys.hot_keys.bindings[OPEN] == HotKeyBound("Super+F9")
        await keys.press("ctrl+alt+t", SUPER_F9)
        await keys.hears(OPEN)
    keys.bind(toggle="Ctrl+Alt+T", manual="F12")
    assert keys.hot_keys.bindings[TOGGLE] == HotKeyBound("Ctrl+Alt+T")


async def test_taken_in_one_state_of_the_locks_it_is_not_half_bound(
    keys: Keys, desktop: Desktop
) -> None:
    with another_client(desktop, "t", X.ControlMask | X.Mod1Mask | X.Mod2Mask):
        keys.bind(toggle="Ctrl+Alt+T", manual="F12")
        assert keys.hot_keys.bindings[TOGGLE] == HotKeyTaken("Ctrl+Alt+T")
        with another_client(desktop, "t", X.ControlMask | X.Mod1Mask):
            pass
        await keys.press("ctrl+alt+t")
        await keys.is_quiet()


async def test_two_actions_cannot_have_one_key(keys: Keys) -> None:
    keys.bind(toggle="Ctrl+Alt+T", open="Alt+Ctrl+T", manual="F12")
    assert keys.hot_keys.bindings[OPEN] == HotKeyTaken("Ctrl+Alt+T", TOGGLE)
    await keys.press("ctrl+alt+t")
    await keys.hears(TOGGLE)


async def test_other_keys_instead(keys: Keys) -> None:
    keys.bind(toggle="Ctrl+Alt+T", manual="F12")
    keys.bind(toggle="Ctrl+Alt+R", manual="F12")
    await keys.press("ctrl+alt+t", "ctrl+alt+r")
    await keys.hears(TOGGLE)
    keys.bind(manual="F12")
    await keys.press("ctrl+alt+r")
    await keys.is_quiet()


async def test_with_no_keys_wanted_there_is_no_connection(keys: Keys) -> None:
    keys.bind()
    assert keys.hot_keys._display is None


async def test_other_keys_wake_nobody(keys: Keys, desktop: Desktop) -> None:
    keys.bind(manual="F12")
    assert keys.hot_keys._notifier is not None
    woken: list[object] = []
    keys.hot_keys._notifier.activated.connect(lambda socket, _: woken.append(socket))
    desktop.key("a", "b", "ctrl+c", "F11", "Return")
    await keys.is_quiet()
    assert 1 <= len(woken) <= 2  # F12 pressed, and released


async def test_a_key_that_no_keyboard_has(keys: Keys) -> None:
    keys.bind(toggle="F35", manual="F12")
    assert keys.hot_keys.bindings[TOGGLE] == HotKeyUnavailable(HotKeyProblem.NO_SUCH_KEY, "F35")


async def test_the_connection_is_lost_and_made_again(keys: Keys, desktop: Desktop) -> None:
    keys.bind(toggle="Ctrl+Alt+T", manual="F12")
    display = keys.hot_keys._display
    assert display is not None
    killer = Display(desktop.display)
    window = display.screen().root.create_window(0, 0, 1, 1, 0, 0)
    display.sync()
    killer.create_resource_object("window", window.id).kill_client()
    killer.sync()
    killer.close()
    async with asyncio.timeout(TIME_LIMIT):
        await keys.changes.get()
    lost = keys.hot_keys.bindings[TOGGLE]
    assert isinstance(lost, HotKeyUnavailable)
    assert lost.problem is HotKeyProblem.LOST
    keys.bind(toggle="Ctrl+Alt+T", manual="F12")
    await keys.press("ctrl+alt+t")
    await keys.hears(TOGGLE)


# python-xlib leaves the sockets of a connection that failed to the garbage collector.
@pytest.mark.filterwarnings("ignore:.*socket:pytest.PytestUnraisableExceptionWarning")
async def test_no_screen(qapp: object) -> None:
    assert qapp
    hot_keys = X11HotKeys(lambda _: None, lambda: None, ":4711")
    hot_keys.bind({TOGGLE: parse_combination("Ctrl+Alt+T")})
    binding = hot_keys.bindings[TOGGLE]
    assert isinstance(binding, HotKeyUnavailable)
    assert binding.problem is HotKeyProblem.NO_SCREEN
    assert ":4711" in binding.detail
    await hot_keys.close()
