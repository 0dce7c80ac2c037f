"""A field that takes keys as they are pressed.

Qt's own QKeySequenceEdit names keys by what the layout writes: with a Russian one it would keep
letters that no hot key can have. It also waits a second for more keys.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from timer_app.domain.errors import BadInput
from timer_app.domain.hotkeys import (
    KeyCombination,
    Modifier,
    find_key,
    key_for_us_code,
    make_combination,
)
from timer_app.domain.messages import HotkeyMessageId
from timer_app.ui import messages

_Key = Qt.Key
_Modifiers = Qt.KeyboardModifier
_KEY_NAMES = {
    _Key.Key_Space: "Space", _Key.Key_Tab: "Tab", _Key.Key_Backtab: "Tab",
    _Key.Key_Return: "Return", _Key.Key_Enter: "Return", _Key.Key_Backspace: "Backspace",
    _Key.Key_Escape: "Escape", _Key.Key_Insert: "Insert", _Key.Key_Delete: "Delete",
    _Key.Key_Home: "Home", _Key.Key_End: "End", _Key.Key_PageUp: "PageUp",
    _Key.Key_PageDown: "PageDown", _Key.Key_Left: "Left", _Key.Key_Right: "Right",
    _Key.Key_Up: "Up", _Key.Key_Down: "Down", _Key.Key_Pause: "Pause",
    _Key.Key_ScrollLock: "ScrollLock", _Key.Key_Print: "Print", _Key.Key_SysReq: "Print",
    _Key.Key_Menu: "Menu", _Key.Key_MediaPlay: "MediaPlay",
    _Key.Key_MediaTogglePlayPause: "MediaPlay", _Key.Key_MediaStop: "MediaStop",
    _Key.Key_MediaPrevious: "MediaPrevious", _Key.Key_MediaNext: "MediaNext",
    _Key.Key_VolumeUp: "VolumeUp", _Key.Key_VolumeDown: "VolumeDown",
    _Key.Key_VolumeMute: "VolumeMute", _Key.Key_Calculator: "Calculator",
    _Key.Key_LaunchMail: "Mail", _Key.Key_HomePage: "HomePage",
} | {_Key(_Key.Key_F1 + number): f"F{number + 1}" for number in range(35)}  # fmt: skip
_MODIFIER_KEYS = {
    _Key.Key_Control, _Key.Key_Alt, _Key.Key_Shift, _Key.Key_Meta, _Key.Key_AltGr,
    _Key.Key_Super_L, _Key.Key_Super_R, _Key.Key_CapsLock, _Key.Key_NumLock,
}  # fmt: skip
# Qt calls Command "Control" on a Mac, and the key of that name "Meta".
_CTRL, _SUPER = (
    (_Modifiers.MetaModifier, _Modifiers.ControlModifier)
    if sys.platform == "darwin"
    else (_Modifiers.ControlModifier, _Modifiers.MetaModifier)
)
_FIRST_SCAN_CODE = 8 if sys.platform == "linux" else 0
"""X11 and Wayland count keys from 8; Windows' scan codes are Linux's numbers of these keys."""


class KeyField(QLineEdit):
    """Shows a combination. Emits `chosen` with another, "" for none; `refused` with the reason.

    Backspace clears, Tab goes on, Escape leaves it as it was.
    """

    chosen = Signal(str)
    refused = Signal(str)
    focus_changed = Signal(bool)
    """Whether it has the keyboard."""

    def __init__(self) -> None:
        super().__init__()
        self._value = ""
        self.setReadOnly(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._update_placeholder(has_focus=False)

    def show_value(self, text: str) -> None:
        """Show what is set."""
        self._value = text
        self.setText(text)

    def event(self, event: QEvent) -> bool:
        """Have every key, those that would be a menu's or a button's too."""
        if not isinstance(event, QKeyEvent) or _moves_focus(event):
            return super().event(event)
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            self._on_key_pressed(event)
        elif event.type() == QEvent.Type.KeyRelease:
            self.setText(self._value)
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Ask for keys."""
        super().focusInEvent(event)
        self._update_placeholder(has_focus=True)
        self.focus_changed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leave it as it was."""
        super().focusOutEvent(event)
        self.setText(self._value)
        self._update_placeholder(has_focus=False)
        self.focus_changed.emit(False)

    def changeEvent(self, event: QEvent) -> None:
        """Another language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._update_placeholder(has_focus=self.hasFocus())

    def _update_placeholder(self, *, has_focus: bool) -> None:
        asks, none = self.tr("Press the keys"), self.tr("No keys")
        self.setPlaceholderText(asks if has_focus else none)

    def _on_key_pressed(self, event: QKeyEvent) -> None:
        held = modifiers_from_qt(event.modifiers())
        if event.key() in _MODIFIER_KEYS:
            names = [each.value for each in Modifier if each in held]
            self.setText("+".join([*names, "…"]))
        elif not held and event.key() in (_Key.Key_Backspace, _Key.Key_Delete):
            self.chosen.emit("")
        elif not held and event.key() == _Key.Key_Escape:
            self.setText(self._value)
        elif not event.isAutoRepeat():
            self._emit_combination(event)

    def _emit_combination(self, event: QKeyEvent) -> None:
        try:
            self.chosen.emit(str(combination_from_event(event)))
        except BadInput as error:
            self.setText(self._value)
            self.refused.emit(messages.error_text(error))


def combination_from_event(event: QKeyEvent) -> KeyCombination:
    """What was pressed, by the names on a US keyboard. Raises BadInput if it can be no hot key."""
    return make_combination(modifiers_from_qt(event.modifiers()), _key_name(event))


def modifiers_from_qt(held: Qt.KeyboardModifier) -> frozenset[Modifier]:
    """What is held down."""
    flags = {
        Modifier.CTRL: _CTRL, Modifier.ALT: _Modifiers.AltModifier,
        Modifier.SHIFT: _Modifiers.ShiftModifier, Modifier.SUPER: _SUPER,
    }  # fmt: skip
    return frozenset(modifier for modifier, flag in flags.items() if held & flag)


def _key_name(event: QKeyEvent) -> str:
    """By its name, by what it writes, or where the layout has no Latin letters, by its place."""
    code = event.key()
    if code in _KEY_NAMES:
        return _KEY_NAMES[_Key(code)]
    of_number_pad = bool(event.modifiers() & _Modifiers.KeypadModifier)
    named = find_key(chr(code)) if 32 < code < 127 else None
    key = named or key_for_us_code(event.nativeScanCode() - _FIRST_SCAN_CODE)
    if key is None or of_number_pad:
        raise BadInput(HotkeyMessageId.NOT_USABLE)
    return key


def _moves_focus(event: QKeyEvent) -> bool:
    """Tab without Ctrl, Alt or Super moves to the next field, as everywhere."""
    tab = event.key() in (_Key.Key_Tab, _Key.Key_Backtab)
    return tab and not modifiers_from_qt(event.modifiers()) - {Modifier.SHIFT}
