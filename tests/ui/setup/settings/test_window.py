"""The settings window: pages by name, one at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QListWidget
from pytestqt.qtbot import QtBot

from timer_app.ui.setup.settings.page import SettingsPage
from timer_app.ui.setup.settings.window import SettingsWindow


class APage(SettingsPage):
    """Shows the rounding."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self._shown = QLabel(self)

    @property
    def title(self) -> str:
        """See SettingsPage."""
        return self._title

    def text(self) -> str:
        """What it shows."""
        return self._shown.text()

    def show_values(self, values: Mapping[str, object]) -> None:
        """See SettingsPage."""
        self._shown.setText(f"{self.title}: {values['time.rounding']}")


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[SettingsWindow]:
    """A window with two pages."""
    window = SettingsWindow()
    qtbot.addWidget(window)
    for title in ("Hot keys", "Time away and reminders"):
        window.add(APage(title))
    window.show_values({"time.rounding": "carry"})
    window.open()
    yield window
    window.close()


def seen(window: SettingsWindow) -> list[str]:
    """What the pages that are seen say."""
    return [page.text() for page in window.findChildren(APage) if page.isVisible()]


def test_the_keyboard_goes_from_page_to_page(window: SettingsWindow) -> None:
    assert seen(window) == ["Hot keys: carry"]
    names = window.findChild(QListWidget)
    assert names is not None
    assert window.focusWidget() is names
    QTest.keyClick(names, Qt.Key.Key_Down)
    assert seen(window) == ["Time away and reminders: carry"]
    assert names.sizeHintForColumn(0) < names.width()  # no name is cut


def test_what_is_changed_elsewhere_is_shown(window: SettingsWindow) -> None:
    window.show_values({"time.rounding": "up"})
    assert seen(window) == ["Hot keys: up"]


def test_what_is_wrong_with_the_file_is_said(window: SettingsWindow) -> None:
    said = window.findChildren(QLabel)
    window.show_message("settings.toml: line 3: unknown key 'x'.")
    assert [each.text() for each in said if each.isVisible()] == [
        "settings.toml: line 3: unknown key 'x'.", "Hot keys: carry",
    ]  # fmt: skip
    window.show_message("")
    assert [each.text() for each in said if each.isVisible()] == ["Hot keys: carry"]


def test_escape_puts_it_away_and_it_comes_back(window: SettingsWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()
    window.open()
    assert window.isVisible()
