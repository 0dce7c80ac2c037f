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
from timer_app.domain.hotkeys import Combination, Modifier, combination, key_at, named_key

_Key = Qt.Key
_Held = Qt.KeyboardModifier
_NAMED = {
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
_ONLY_HELD = {
    _Key.Key_Control, _Key.Key_Alt, _Key.Key_Shift, _Key.Key_Meta, _Key.Key_AltGr,
    _Key.Key_Super_L, _Key.Key_Super_R, _Key.Key_CapsLock, _Key.Key_NumLock,
}  # fmt: skip
# Qt calls Command "Control" on a Mac, and the key of that name "Meta".
_CTRL, _SUPER = (
    (_Held.MetaModifier, _Held.ControlModifier)
    if sys.platform == "darwin"
    else (_Held.ControlModifier, _Held.MetaModifier)
)
_FIRST_SCAN_CODE = 8 if sys.platform == "linux" else 0
"""X11 and Wayland count keys from 8; Windows' scan codes are Linux's numbers of these keys."""


class KeyField(QLineEdit):
    """Shows a combination. Emits `chosen` with another, "" for none; `refused` with the reason.

    Backspace clears, Tab goes on, Escape leaves it as it was.
    """

    chosen = Signal(str)
    refused = Signal(str)
    attended = Signal(bool)
    """Whether it has the keyboard."""

    def __init__(self) -> None:
        super().__init__()
        self._kept = ""
        self.setReadOnly(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._invite(attended=False)

    def keep(self, text: str) -> None:
        """Show what is set."""
        self._kept = text
        self.setText(text)

    def event(self, event: QEvent) -> bool:
        """Have every key, those that would be a menu's or a button's too."""
        if not isinstance(event, QKeyEvent) or _goes_on(event):
            return super().event(event)
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            self._pressed(event)
        elif event.type() == QEvent.Type.KeyRelease:
            self.setText(self._kept)
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Ask for keys."""
        super().focusInEvent(event)
        self._invite(attended=True)
        self.attended.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leave it as it was."""
        super().focusOutEvent(event)
        self.setText(self._kept)
        self._invite(attended=False)
        self.attended.emit(False)

    def changeEvent(self, event: QEvent) -> None:
        """Another language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._invite(attended=self.hasFocus())

    def _invite(self, *, attended: bool) -> None:
        asks, none = self.tr("Press the keys"), self.tr("No keys")
        self.setPlaceholderText(asks if attended else none)

    def _pressed(self, event: QKeyEvent) -> None:
        held = modifiers_of(event.modifiers())
        if event.key() in _ONLY_HELD:
            names = [each.value for each in Modifier if each in held]
            self.setText("+".join([*names, "…"]))
        elif not held and event.key() in (_Key.Key_Backspace, _Key.Key_Delete):
            self.chosen.emit("")
        elif not held and event.key() == _Key.Key_Escape:
            self.setText(self._kept)
        elif not event.isAutoRepeat():
            self._choose(event)

    def _choose(self, event: QKeyEvent) -> None:
        try:
            self.chosen.emit(str(combination_of(event)))
        except BadInput as error:
            self.setText(self._kept)
            self.refused.emit(str(error))


def combination_of(event: QKeyEvent) -> Combination:
    """What was pressed, by the names on a US keyboard. Raises BadInput if it can be no hot key."""
    return combination(modifiers_of(event.modifiers()), _key_of(event))


def modifiers_of(held: Qt.KeyboardModifier) -> frozenset[Modifier]:
    """What is held down."""
    flags = {
        Modifier.CTRL: _CTRL, Modifier.ALT: _Held.AltModifier,
        Modifier.SHIFT: _Held.ShiftModifier, Modifier.SUPER: _SUPER,
    }  # fmt: skip
    return frozenset(modifier for modifier, flag in flags.items() if held & flag)


def _key_of(event: QKeyEvent) -> str:
    """By its name, by what it writes, or where the layout has no Latin letters, by its place."""
    code = event.key()
    if code in _NAMED:
        return _NAMED[_Key(code)]
    of_number_pad = bool(event.modifiers() & _Held.KeypadModifier)
    named = named_key(chr(code)) if 32 < code < 127 else None
    key = named or key_at(event.nativeScanCode() - _FIRST_SCAN_CODE)
    if key is None or of_number_pad:
        raise BadInput("This key cannot be used here. Try a letter, a digit or F1 to F35.")
    return key


def _goes_on(event: QKeyEvent) -> bool:
    """Tab without Ctrl, Alt or Super moves to the next field, as everywhere."""
    tab = event.key() in (_Key.Key_Tab, _Key.Key_Backtab)
    return tab and not modifiers_of(event.modifiers()) - {Modifier.SHIFT}
