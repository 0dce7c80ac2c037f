"""What every window does alike: its size and place."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QVBoxLayout
from pytestqt.qtbot import QtBot

from timer_app.adapters.setup.window_file import WindowFile
from timer_app.ui.window import AppWindow, WrappedLabel


class Plain(AppWindow):
    """A window with nothing in it."""

    def retranslate(self) -> None:
        """Nothing to write."""


def shown(qtbot: QtBot, window: AppWindow) -> AppWindow:
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    return window


def on_screen(window: AppWindow) -> bool:
    return window.screen().availableGeometry().contains(window.frameGeometry())


@pytest.fixture
def file(tmp_path: Path) -> WindowFile:
    """Where places are kept."""
    return WindowFile(str(tmp_path / "windows.json"))


def test_no_window_is_larger_than_its_screen(qtbot: QtBot) -> None:
    window = Plain()
    window.resize(5000, 4000)
    window.move(300, 200)
    shown(qtbot, window)
    assert on_screen(window), (window.frameGeometry(), window.screen().availableGeometry())


def test_a_window_that_grows_stays_on_its_screen(qtbot: QtBot) -> None:
    window = Plain()
    window.resize(300, 200)
    shown(qtbot, window)
    screen = window.screen().availableGeometry()
    window.move(screen.left() + 5, screen.bottom() - 260)
    window.resize(300, 500)
    assert on_screen(window), (window.frameGeometry(), screen)
    assert window.x() == screen.left() + 5


def test_a_window_with_endless_sentences_is_no_higher_than_its_screen(qtbot: QtBot) -> None:
    window = Plain()
    QVBoxLayout(window).addWidget(WrappedLabel("word " * 20_000))
    shown(qtbot, window)
    window.fit_height()
    assert window.minimumHeight() <= window.screen().availableGeometry().height()


def test_a_window_comes_back_where_and_as_large_as_it_was(qtbot: QtBot, file: WindowFile) -> None:
    first = Plain()
    first.remember_place("plain", file)
    shown(qtbot, first)
    first.setGeometry(QRect(120, 90, 333, 222))
    first.close()
    again = Plain()
    again.remember_place("plain", file)
    shown(qtbot, again)
    assert (again.pos(), again.size()) == (first.pos(), first.size())
    other = Plain()
    other.remember_place("other", file)
    assert other.size() != again.size()


@pytest.mark.parametrize("place", [(50_000, 50_000, 300, 200), (-4000, 10, 300, 200)])
def test_a_place_that_is_on_no_screen_any_more_is_not_taken(
    qtbot: QtBot, file: WindowFile, place: tuple[int, int, int, int]
) -> None:
    file.save("plain", place)
    window = Plain()
    window.remember_place("plain", file)
    shown(qtbot, window)
    assert on_screen(window), (window.frameGeometry(), window.screen().availableGeometry())
    assert window.width() == 300


def test_a_maximized_window_keeps_the_size_it_had_before(qtbot: QtBot, file: WindowFile) -> None:
    file.save("plain", (10, 10, 300, 200))
    window = Plain()
    window.remember_place("plain", file)
    shown(qtbot, window)
    window.showMaximized()
    window.close()
    assert file.load("plain") == (10, 10, 300, 200)
