"""Hot keys on X11: XGrabKey on the root window, read on Qt's loop.

The server reports grabbed combinations only, so nobody's typing is seen and no other key wakes the
app. While a grabbed key is held it also reports other keys: those are dropped.

On python-xlib. Its connection is a second one, beside Qt's: Qt has no way to grab a key.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from PySide6.QtCore import QSocketNotifier
from Xlib import XK, X
from Xlib.display import Display
from Xlib.error import (
    BadAccess,
    CatchError,
    ConnectionClosedError,
    DisplayError,
    XauthError,
    XError,
)
from Xlib.protocol import event as xevent
from Xlib.protocol.rq import Event, Request
from Xlib.xobject.drawable import Window

from timer_app.adapters.hotkeys.keysyms import KEYSYMS
from timer_app.adapters.x11_display import CoreDisplay
from timer_app.domain.hotkeys import (
    HotKeyAction,
    HotKeyBinding,
    HotKeyBound,
    HotKeyProblem,
    HotKeyTaken,
    HotKeyUnavailable,
    KeyCombination,
    Modifier,
    us_key_code,
)

_FIRST_KEYCODE = 8
"""The X server's keycodes are Linux's plus this, also where the keyboard is not Linux's own."""
_REPEAT_PAUSE = 2000
"""Milliseconds. A press without a release before it is a repeat, unless it comes later."""
_CLOCK = 1 << 32
"""The server's clock starts again at this many milliseconds."""
_MODIFIER_KEYS = {Modifier.ALT: ("Alt_L", "Alt_R"), Modifier.SUPER: ("Super_L", "Super_R")}
_ALL = X.ControlMask | X.ShiftMask | X.Mod1Mask | X.Mod2Mask | X.Mod3Mask | X.Mod4Mask | X.Mod5Mask

_log = logging.getLogger(__name__)
XK.load_keysym_group("xf86")


@dataclass(frozen=True, slots=True)
class KeyGrab:
    """A key's code with the modifiers that are held, locks aside."""

    keycode: int
    modifiers: int


class X11HotKeys:
    """Calls `pressed` with the action of a key, once for each press; `changed` with any change.

    Made without a connection: `bind` makes it, and makes it again after it was lost.
    """

    def __init__(
        self,
        pressed: Callable[[HotKeyAction], None],
        changed: Callable[[], None],
        display: str = "",
    ) -> None:
        self._pressed = pressed
        self._changed = changed
        self._name = display or None
        self._display: Display | None = None
        self._notifier: QSocketNotifier | None = None
        self._wanted: dict[HotKeyAction, KeyCombination] = {}
        self._bindings: dict[HotKeyAction, HotKeyBinding] = {}
        self._grabs: dict[KeyGrab, HotKeyAction] = {}
        self._locks: tuple[int, ...] = (0,)
        self._repeats = _Repeats()

    @property
    def bindings(self) -> Mapping[HotKeyAction, HotKeyBinding]:
        """How each wanted one is now."""
        return self._bindings

    def bind(self, wanted: Mapping[HotKeyAction, KeyCombination]) -> None:
        """Grab these and no others."""
        self._wanted, self._bindings = dict(wanted), {}
        if not wanted and self._display is None:
            return
        try:
            self._grab_all(self._display or self._connect())
            self._read()
        except (DisplayError, XauthError, ConnectionClosedError, OSError) as error:
            self._connection_lost(error)

    async def close(self) -> None:
        """Leave the server: with the connection all grabs go."""
        self._disconnect()

    # -- the connection

    def _connect(self) -> Display:
        display = self._display = CoreDisplay(self._name)
        display.set_error_handler(_log_error)
        self._notifier = QSocketNotifier(display.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._on_readable)
        return display

    def _disconnect(self) -> None:
        notifier, self._notifier = self._notifier, None
        if notifier is not None:
            notifier.setEnabled(False)
            notifier.deleteLater()
        display, self._display = self._display, None
        self._grabs = {}
        if display is not None:
            try:
                display.close()
            except ConnectionClosedError:
                _log.debug("the X server was gone before us")

    def _connection_lost(self, error: Exception) -> None:
        had = self._display is not None
        _log.info("no hot keys by the X server: %s", error)
        self._disconnect()
        problem = HotKeyProblem.LOST if had else HotKeyProblem.NO_SCREEN
        which = "" if had else self._name or os.environ.get("DISPLAY", "")
        self._bindings = {action: HotKeyUnavailable(problem, which) for action in self._wanted}

    # -- what comes

    def _on_readable(self) -> None:
        try:
            self._read()
        except (ConnectionClosedError, OSError) as error:
            self._connection_lost(error)
            self._changed()

    def _read(self) -> None:
        """Handle all queued events: those read with an answer do not wake the loop again."""
        while self._display is not None and self._display.pending_events():
            self._handle(self._display, self._display.next_event())

    def _handle(self, display: Display, event: Event) -> None:
        match event:
            case xevent.KeyPress():
                action = self._grabs.get(KeyGrab(event.detail, self._without_locks(event.state)))
                if not self._repeats.pressed(event.detail, event.time) and action is not None:
                    self._pressed(action)
            case xevent.KeyRelease():
                self._repeats.released(event.detail, event.time)
            case xevent.MappingNotify():
                display.refresh_keyboard_mapping(event)
                if event.request != X.MappingPointer:
                    self._layout_changed(display)
            case _:
                return

    def _without_locks(self, state: int) -> int:
        locks = 0
        for lock in self._locks:
            locks |= lock
        return state & _ALL & ~locks

    def _layout_changed(self, display: Display) -> None:
        """Keys have other codes now, perhaps. A tool that types borrows codes all the time."""
        layout = _Layout(display)
        plan = {action: layout.grabs(each) for action, each in self._wanted.items()}
        planned = {grab for grabs in plan.values() for grab in grabs}
        if (layout.locks, planned) != (self._locks, set(self._grabs)):
            self._grab_all(display)
            self._changed()

    # -- grabbing

    def _grab_all(self, display: Display) -> None:
        root = display.screen().root
        for grab in self._grabs:
            self._ungrab(root, grab)
        layout = _Layout(display)
        self._locks, self._grabs = layout.locks, {}
        self._bindings = {
            action: self._grab(display, layout, action, each)
            for action, each in self._wanted.items()
        }
        _log.info("hot keys: %s", self._bindings)

    def _grab(
        self, display: Display, layout: _Layout, action: HotKeyAction, wanted: KeyCombination
    ) -> HotKeyBinding:
        grabs = layout.grabs(wanted)
        if not grabs:
            return HotKeyUnavailable(HotKeyProblem.NO_SUCH_KEY, str(wanted))
        for grab in grabs:
            if grab in self._grabs:
                return HotKeyTaken(str(wanted), self._grabs[grab])
        root = display.screen().root
        refused = CatchError(BadAccess)
        for grab, lock in product(grabs, self._locks):
            root.grab_key(grab.keycode, grab.modifiers | lock, False, X.GrabModeAsync,
                          X.GrabModeAsync, refused)  # fmt: skip
        display.sync()
        if refused.get_error() is not None:
            for grab in grabs:
                self._ungrab(root, grab)
            return HotKeyTaken(str(wanted))
        self._grabs |= dict.fromkeys(grabs, action)
        return HotKeyBound(str(wanted))

    def _ungrab(self, root: Window, grab: KeyGrab) -> None:
        for lock in self._locks:
            root.ungrab_key(grab.keycode, grab.modifiers | lock)


class _Layout:
    """The keyboard as the server has it now."""

    def __init__(self, display: Display) -> None:
        self._display = display
        self._holders = [set(keycodes) for keycodes in display.get_modifier_mapping()]
        number_lock = self._mask("Num_Lock")
        self.locks = tuple(dict.fromkeys(
            capitals | numbers for capitals, numbers in product((0, X.LockMask), (0, number_lock))
        ))  # fmt: skip
        """The states of CapsLock and NumLock in which a key must work all the same."""

    def grabs(self, wanted: KeyCombination) -> tuple[KeyGrab, ...]:
        """What to grab for a combination; nothing if the keyboard has not its keys."""
        modifiers = 0
        for modifier in wanted.modifiers:
            mask = self._modifier(modifier)
            if not mask:
                return ()
            modifiers |= mask
        return tuple(KeyGrab(keycode, modifiers) for keycode in self._keycodes(wanted.key))

    def _modifier(self, modifier: Modifier) -> int:
        match modifier:
            case Modifier.CTRL:
                return X.ControlMask
            case Modifier.SHIFT:
                return X.ShiftMask
            case Modifier.ALT | Modifier.SUPER:
                return self._mask(*_MODIFIER_KEYS[modifier])

    def _mask(self, *keys: str) -> int:
        """The modifier that one of these keys sets, 0 if none does."""
        keycodes = {code for key in keys for code, _ in self._keycodes_with_level(key)}
        for number, holders in enumerate(self._holders):
            if holders & keycodes:
                return 1 << number
        return 0

    def _keycodes(self, key: str) -> list[int]:
        """The keys that write it, best unshifted; in a Russian layout the key at its place."""
        place = us_key_code(key)
        if place is not None and not self._is_latin():
            return [place + _FIRST_KEYCODE]
        places = list(self._keycodes_with_level(KEYSYMS[key]))
        codes = [code for code, level in places if level % 2 == 0]
        return list(dict.fromkeys(codes or [code for code, _ in places]))

    def _is_latin(self) -> bool:
        return any(True for _ in self._keycodes_with_level("a"))

    def _keycodes_with_level(self, keysym: str) -> Iterator[tuple[int, int]]:
        number = XK.string_to_keysym(keysym.replace("XF86", "XF86_"))
        if number:
            yield from self._display.keysym_to_keycodes(number)


class _Repeats:
    """Distinguishes presses from the repeats that the server makes of a held key.

    It says that as a release and a press of the same instant.
    """

    def __init__(self) -> None:
        self._keycode = 0
        self._pressed_at = 0
        self._released_at: int | None = 0

    def pressed(self, keycode: int, at: int) -> bool:
        """Note a press; whether it is a repeat."""
        held = self._released_at is None and (at - self._pressed_at) % _CLOCK < _REPEAT_PAUSE
        repeats = keycode == self._keycode and (held or self._released_at == at)
        self._keycode, self._pressed_at, self._released_at = keycode, at, None
        return repeats

    def released(self, keycode: int, at: int) -> None:
        """Note a release."""
        if keycode == self._keycode:
            self._released_at = at


def _log_error(error: XError, _request: Request | None) -> None:
    """An error that nobody waits for, of an ungrab for example. python-xlib would print it."""
    _log.debug("the X server says: %s", error)
