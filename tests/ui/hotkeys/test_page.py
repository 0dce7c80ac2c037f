"""The page of hot keys: choosing, each state in words, the test, the command."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QScrollBar
from pytestqt.qtbot import QtBot

from tests.support.hotkeys import FakeHotKeys
from tests.ui.conftest import Changes
from timer_app.adapters.setup.settings.reader import parse
from timer_app.domain.hotkeys import (
    HotKeyAction,
    HotKeyBinding,
    HotKeyBound,
    HotKeyPending,
    HotKeyProblem,
    HotKeyTaken,
    HotKeyUnavailable,
    parse_combination,
)
from timer_app.services.hotkeys.manager import HotKeyManager
from timer_app.ui.hotkeys.page import HotkeysPage, command_hint
from timer_app.ui.setup.settings.window import SettingsWindow

Key = Qt.Key
CTRL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
TOGGLE, OPEN, MANUAL = HotKeyAction
T, F9 = parse_combination("Ctrl+Alt+T"), parse_combination("F9")


class World:
    """A page in its window, the desk behind it, and what a person sees of it."""

    def __init__(self, changes: Changes) -> None:
        self.done: list[HotKeyAction] = []
        self.desk = HotKeyManager({each: partial(self.done.append, each) for each in HotKeyAction})
        self.made: list[FakeHotKeys] = []
        self.desk.start(self._make)
        self.desk.set_keys({TOGGLE: T, OPEN: F9})
        self.page = HotkeysPage(changes, self.desk)
        self.window = SettingsWindow()
        self.window.add(self.page)
        self.show()
        self.window.open()

    def _make(self, pressed: object, changed: object) -> FakeHotKeys:
        assert callable(pressed)
        assert callable(changed)
        self.made.append(FakeHotKeys(pressed, changed))
        return self.made[0]

    @property
    def keys(self) -> FakeHotKeys:
        """The desktop's side."""
        return self.made[0]

    def show(self, toggle: str = "Ctrl+Alt+T", opens: str = "F9") -> None:
        """The settings are these."""
        text = f'[hotkeys]\ntoggle = "{toggle}"\nopen = "{opens}"\n'
        self.window.show_values(parse(text, "").all())

    def field(self, action: HotKeyAction) -> QLineEdit:
        """Where keys are pressed."""
        found = self.page.findChild(QLineEdit, f"hotkeys.{action.value}")
        assert isinstance(found, QLineEdit)
        return found

    def said(self, action: HotKeyAction) -> str:
        """What a screen reader says of an action's state; it is what is seen."""
        said = self.field(action).accessibleDescription()
        assert said in [""] + [each.text() for each in self.page.findChildren(QLabel)
                               if each.isVisible()]  # fmt: skip
        return said

    def button(self, text: str) -> QPushButton:
        """The button that says so."""
        (found,) = [each for each in self.page.findChildren(QPushButton)
                    if text in (each.text().replace("&", ""), each.accessibleName())]  # fmt: skip
        return found

    def sees(self, text: str) -> bool:
        """Whether a label that says so is to be seen."""
        return any(text in each.text() and each.isVisible()
                   for each in self.page.findChildren(QLabel))  # fmt: skip


@pytest.fixture
def world(qtbot: QtBot, changes: Changes) -> Iterator[World]:
    """A page that is seen."""
    world = World(changes)
    qtbot.addWidget(world.window)
    yield world
    world.window.close()


def test_what_is_set_is_shown(world: World) -> None:
    assert [world.field(each).text() for each in HotKeyAction] == ["Ctrl+Alt+T", "F9", ""]
    bound = ["Bound to Ctrl+Alt+T.", "Bound to F9.", ""]
    assert [world.said(each) for each in HotKeyAction] == bound
    assert not world.button("No keys for: Add time").isEnabled()
    world.show(toggle="")
    assert world.field(TOGGLE).text() == ""


def test_keys_are_chosen_by_pressing_them(world: World, changes: Changes) -> None:
    field = world.field(MANUAL)
    field.setFocus()
    assert field.placeholderText() == "Press the keys"
    QTest.keyClick(field, Key.Key_M, CTRL_ALT)
    assert changes.wanted == [("hotkeys.manual", "Ctrl+Alt+M")]
    world.button("No keys for: Open Timer App").click()
    assert changes.wanted[-1] == ("hotkeys.open", "")


def test_what_cannot_be_set_says_why(world: World, changes: Changes) -> None:
    changes.reason = "The file is read-only."
    QTest.keyClick(world.field(TOGGLE), Key.Key_M, CTRL_ALT)
    assert world.said(TOGGLE) == "The file is read-only."
    assert world.field(TOGGLE).text() == "Ctrl+Alt+T"
    QTest.keyClick(world.field(OPEN), Key.Key_M)
    assert world.said(OPEN).startswith("M alone would stop working everywhere")
    world.show()
    assert (world.said(OPEN), world.said(TOGGLE)) == ("Bound to F9.", "Bound to Ctrl+Alt+T.")


@pytest.mark.parametrize(
    ("binding", "said"),
    [
        (
            HotKeyBound("Press Ctrl+Alt+U"),
            "Bound to Press Ctrl",
        ),
        (
            HotKeyTaken("Ctrl+Alt+T"),
            "Ctrl+Alt+T is taken by another program or by the desktop itself.",
        ),
        (
            HotKeyTaken("Ctrl+Alt+T", OPEN),
            "Ctrl+Alt+T is already the hot key for “Open Timer App”.",
        ),
        (HotKeyPending(), "The desktop has not answered yet."),
        (HotKeyUnavailable(HotKeyProblem.DECLINED), "The desktop has no keys for it."),
        (
            HotKeyUnavailable(HotKeyProblem.LOST, "100% gone"),
            "The connection to the desktop was lost. (100% gone) B",
        ),
    ],
)
def test_each_state_in_words(world: World, binding: HotKeyBinding, said: str) -> None:
    world.keys.tell(TOGGLE, binding)
    assert world.said(TOGGLE).startswith(said)


def test_every_obstacle_has_words_and_a_way_out(world: World) -> None:
    words = set()
    for obstacle in HotKeyProblem:
        world.keys.tell(TOGGLE, HotKeyUnavailable(obstacle))
        words.add(world.said(TOGGLE))
        assert any(way in world.said(TOGGLE) for way in ("command below", "keyboard settings",
                                                         "Choose another"))  # fmt: skip
    assert len(words) == len(HotKeyProblem)


def test_long_sentences_are_shown_whole_and_need_no_scrolling(world: World) -> None:
    for action in (TOGGLE, OPEN):
        world.keys.tell(
            action, HotKeyUnavailable(HotKeyProblem.PORTAL_REFUSED, "a reason of the portal " * 5)
        )
    QApplication.processEvents()
    assert not any(bar.isVisible() for bar in world.window.findChildren(QScrollBar))
    for label in world.page.findChildren(QLabel):
        assert label.height() >= label.heightForWidth(label.width()), label.text()


def test_it_can_be_asked_for_again(world: World) -> None:
    again = world.button("Try to bind again")
    assert not again.isVisible()
    world.keys.tell(TOGGLE, HotKeyUnavailable(HotKeyProblem.DECLINED))
    assert again.isVisible()
    before = len(world.keys.asked)
    again.click()
    assert len(world.keys.asked) == before + 1


def test_the_test_shows_what_arrives_and_starts_nothing(world: World) -> None:
    world.button("Press the keys now").click()
    assert world.sees("Waiting for one of the keys above…")
    world.keys.pressed(OPEN)
    assert world.sees("It works: F9 arrived (Open Timer App).")
    assert world.done == []
    world.button("Press the keys now").click()
    world.keys.pressed(OPEN)
    assert world.done == [OPEN]


def test_a_window_that_is_put_away_tests_no_more(world: World) -> None:
    world.button("Press the keys now").click()
    QTest.keyClick(world.window, Key.Key_Escape)
    assert not world.window.isVisible()
    world.keys.pressed(TOGGLE)
    assert world.done == [TOGGLE]
    world.window.open()
    assert not world.button("Press the keys now").isChecked()


def test_a_key_of_ours_can_be_chosen_for_another_action(world: World, changes: Changes) -> None:
    """The desktop gives it to the grab, never to the field."""
    world.field(MANUAL).setFocus()
    world.keys.pressed(TOGGLE)
    assert changes.wanted == [("hotkeys.manual", "Ctrl+Alt+T")]
    assert world.done == []
    world.button("Press the keys now").setFocus()
    world.keys.pressed(TOGGLE)
    assert world.done == [TOGGLE]


@pytest.mark.parametrize(
    ("platform", "place"),
    [("linux", "keyboard settings"), ("win32", "Properties"), ("darwin", "the app Shortcuts")],
)
def test_the_command_is_bound_where_each_system_has_it(platform: str, place: str) -> None:
    said = command_hint(platform)
    assert place in said
    assert ("desktop" in said) == (platform == "linux")


def test_the_command_to_bind_instead_can_be_copied(world: World) -> None:
    world.button("Copy").click()
    assert QGuiApplication.clipboard().text() == "timer-app toggle"


def test_the_keyboard_reaches_everything(world: World) -> None:
    world.field(TOGGLE).setFocus()
    seen = []
    for _ in range(9):
        focused = world.window.focusWidget()
        assert focused is not None
        seen.append(focused.accessibleName() or getattr(focused, "text", str)())
        QTest.keyClick(focused, Key.Key_Tab)
    assert seen == [
        "Keys for: Start or stop", "No keys for: Start or stop", "Keys for: Open Timer App",
        "No keys for: Open Timer App", "Keys for: Add time", "&Press the keys now",
        "The command to bind", "&Copy", "Pages of the settings",
    ]  # fmt: skip
