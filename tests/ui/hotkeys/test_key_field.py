"""Keys as a keyboard sends them, as combinations."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from timer_app.ui.hotkeys.key_field import KeyField

Key = Qt.Key
Held = Qt.KeyboardModifier
CTRL, ALT, SHIFT, SUPER = (
    Held.ControlModifier, Held.AltModifier, Held.ShiftModifier, Held.MetaModifier,
)  # fmt: skip
NOTHING = Held.NoModifier


class Heard:
    """A field, and what it said."""

    def __init__(self, qtbot: QtBot) -> None:
        self.field = KeyField()
        qtbot.addWidget(self.field)
        self.chosen: list[str] = []
        self.refused: list[str] = []
        self.field.chosen.connect(self.chosen.append)
        self.field.refused.connect(self.refused.append)
        self.field.show_value("Ctrl+Alt+T")

    def press(
        self, key: int, held: Qt.KeyboardModifier = NOTHING, scan_code: int = 0, text: str = ""
    ) -> None:
        """A key goes down and comes up, as X11 counts keys."""
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(self.field, QKeyEvent(kind, key, held, scan_code, 0, 0, text))


@pytest.fixture
def heard(qtbot: QtBot) -> Heard:
    """A field that holds Ctrl+Alt+T."""
    return Heard(qtbot)


@pytest.mark.parametrize(
    ("key", "held", "scan_code", "chosen"),
    [
        (Key.Key_R, CTRL | ALT, 27, "Ctrl+Alt+R"),
        (Key.Key_R, CTRL | ALT | SHIFT | SUPER, 27, "Ctrl+Alt+Shift+Super+R"),
        (Key.Key_F9, NOTHING, 75, "F9"),
        (Key.Key_F35, NOTHING, 0, "F35"),
        (Key.Key_Space, SUPER, 65, "Super+Space"),
        (Key.Key_Tab, CTRL, 23, "Ctrl+Tab"),
        (Key.Key_Backtab, CTRL | SHIFT, 23, "Ctrl+Shift+Tab"),
        (Key.Key_Delete, CTRL, 119, "Ctrl+Delete"),
        (Key.Key_Escape, ALT, 9, "Alt+Escape"),
        (Key.Key_Comma, CTRL, 59, "Ctrl+Comma"),
        (Key.Key_Plus, CTRL, 21, "Ctrl+Plus"),
        (Key.Key_MediaTogglePlayPause, NOTHING, 172, "MediaPlay"),
        (Key.Key_Exclam, CTRL | SHIFT, 10, "Ctrl+Shift+1"),
        (Key.Key_Question, CTRL | SHIFT, 61, "Ctrl+Shift+Slash"),
        (0x415, CTRL | ALT, 28, "Ctrl+Alt+T"),  # Е of a Russian layout, where T is
        (0x42E, CTRL, 60, "Ctrl+Period"),  # Ю
        (Key.Key_Period, CTRL, 60, "Ctrl+Period"),
    ],
)
def test_what_is_pressed_is_chosen(
    heard: Heard, key: int, held: Qt.KeyboardModifier, scan_code: int, chosen: str
) -> None:
    heard.press(key, held, scan_code)
    assert (heard.chosen, heard.refused) == ([chosen], [])


@pytest.mark.parametrize("key", [Key.Key_Backspace, Key.Key_Delete])
def test_cleared(heard: Heard, key: int) -> None:
    heard.press(key)
    assert heard.chosen == [""]


@pytest.mark.parametrize(
    ("key", "held", "why"),
    [
        (Key.Key_T, NOTHING, "T alone would stop working everywhere else"),
        (Key.Key_T, SHIFT, "Shift+T alone would stop working everywhere else"),
        (Key.Key_5, CTRL | Held.KeypadModifier, "This key cannot be used here"),
        (Key.Key_Hangul, CTRL, "This key cannot be used here"),
    ],
)
def test_what_cannot_be_a_hot_key_is_refused(
    heard: Heard, key: int, held: Qt.KeyboardModifier, why: str
) -> None:
    heard.press(key, held)
    assert heard.chosen == []
    assert heard.refused[0].startswith(why)
    assert heard.field.text() == "Ctrl+Alt+T"


def test_what_is_held_is_shown_until_it_is_let_go(heard: Heard) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, Key.Key_Alt, CTRL)  # held before it
    QApplication.sendEvent(heard.field, event)
    assert heard.field.text() == "Ctrl+Alt+…"
    QApplication.sendEvent(heard.field, QKeyEvent(QEvent.Type.KeyRelease, Key.Key_Alt, CTRL | ALT))
    assert heard.field.text() == "Ctrl+Alt+T"
    heard.press(Key.Key_Escape)
    assert (heard.chosen, heard.refused) == ([], [])


def test_a_key_that_repeats_is_chosen_once(heard: Heard) -> None:
    heard.press(Key.Key_R, CTRL)
    again = QKeyEvent(QEvent.Type.KeyPress, Key.Key_R, CTRL, "r", True)
    QApplication.sendEvent(heard.field, again)
    assert heard.chosen == ["Ctrl+R"]


def test_shortcuts_of_the_window_come_to_the_field(heard: Heard) -> None:
    """Alt+C would press a button otherwise."""
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Key.Key_C, ALT)
    event.ignore()
    QApplication.sendEvent(heard.field, event)
    assert event.isAccepted()
