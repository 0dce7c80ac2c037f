"""The app's look is there with its first window, and follows the system while it runs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QPushButton

from tests.ui.conftest import KNOWN, NOW, Asked, Noted
from timer_app.ui.design import appearance
from timer_app.ui.design.app_style import AppStyle
from timer_app.ui.design.appearance import install_appearance
from timer_app.ui.design.tokens import Theme, colours, colours_of
from timer_app.ui.entries.panel import Panel


@pytest.fixture
def system(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[System]:
    """A desktop that can change its mind; it is light again afterwards."""
    install_appearance()
    system = System(qapp, monkeypatch)
    yield system
    monkeypatch.undo()
    system.say()


class System:
    """What the desktop says."""

    def __init__(self, application: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
        self._application = application
        self._monkeypatch = monkeypatch

    def become(self, scheme: Qt.ColorScheme, *, high_contrast: bool = False) -> None:
        """Look like that from now on."""
        self._monkeypatch.setattr(appearance, "system_scheme", lambda: scheme)
        self._monkeypatch.setattr(appearance, "is_high_contrast", lambda: high_contrast)
        self.say()

    def say(self) -> None:
        """Tell every program that something has changed."""
        hints = self._application.styleHints()
        hints.colorSchemeChanged.emit(hints.colorScheme())
        self._application.processEvents()


@pytest.mark.usefixtures("system")
def test_a_window_brings_it(qapp: QApplication) -> None:
    panel = Panel(Noted(), Asked(KNOWN), lambda: NOW)
    assert isinstance(qapp.style(), AppStyle)
    assert colours_of(panel.palette()) is colours(Theme.LIGHT)
    panel.deleteLater()


def test_a_window_that_is_open_follows_the_system(system: System) -> None:
    button = QPushButton("Start")
    button.show()
    system.become(Qt.ColorScheme.Dark)
    assert colours_of(button.palette()) is colours(Theme.DARK)
    system.become(Qt.ColorScheme.Light)
    assert colours_of(button.palette()) is colours(Theme.LIGHT)
    button.close()
    button.deleteLater()


def test_high_contrast_is_the_system_s_own(system: System) -> None:
    system.become(Qt.ColorScheme.Dark, high_contrast=True)
    window = QGuiApplication.palette().color(QPalette.ColorRole.Window)
    assert window not in [colours(theme).background for theme in Theme]
    assert colours_of(QGuiApplication.palette()).background == window
