"""The app's look is there with its first window, and follows the system while it runs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QPushButton

from tests.gallery.looks import system_contrast
from tests.support.environment import ROOT
from tests.ui.conftest import KNOWN, NOW, Asked, Noted
from timer_app.ui.design import appearance
from timer_app.ui.design.app_style import AppStyle
from timer_app.ui.design.appearance import install_appearance
from timer_app.ui.design.tokens import Theme, colours, colours_of, contrast_palette
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


@pytest.mark.parametrize(("scheme", "theme"), [
    (Qt.ColorScheme.Dark, Theme.DARK), (Qt.ColorScheme.Light, Theme.LIGHT),
])  # fmt: skip
def test_high_contrast_without_colours_of_the_system_is_ours(
    system: System, scheme: Qt.ColorScheme, theme: Theme
) -> None:
    """Qt's own palette, which this test's system has, is too weak."""
    system.become(scheme, high_contrast=True)
    window = QGuiApplication.palette().color(QPalette.ColorRole.Window)
    assert window == contrast_palette(theme).color(QPalette.ColorRole.Window)
    assert colours_of(QGuiApplication.palette()).background == window


def test_high_contrast_is_the_system_s_own(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    def take() -> QPalette:
        QApplication.setPalette(system_contrast())
        return QApplication.palette()

    monkeypatch.setattr(appearance, "take_system_palette", take)
    system.become(Qt.ColorScheme.Dark, high_contrast=True)
    button = QPushButton("Start")
    assert colours_of(button.palette()).text == QColor("yellow")
    system.become(Qt.ColorScheme.Dark)
    assert colours_of(button.palette()) is colours(Theme.DARK)
    button.deleteLater()


_WIDGETS_THAT_NOBODY_REFERS_TO = """
import gc
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel
from timer_app.ui.design.appearance import install_appearance

class Label(QLabel):
    def changeEvent(self, event):
        if kept and event.type() is QEvent.Type.StyleChange:
            kept.clear()
            gc.set_threshold(1)
            [{} for _ in range(10)]  # enough for a collection to be due
        super().changeEvent(event)

application = QApplication([])
gc.set_threshold(1_000_000)
kept = [Label() for _ in range(100)]
for each in kept:
    each.ensurePolished()
    each.refers_to_itself = each
del each
install_appearance()
assert not kept
assert gc.isenabled()
"""


def test_no_widget_is_collected_while_qt_goes_through_all_of_them() -> None:
    """Qt would go on with a widget that is gone, and crash."""
    command = [sys.executable, "-X", "faulthandler", "-c", _WIDGETS_THAT_NOBODY_REFERS_TO]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
