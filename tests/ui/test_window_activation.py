"""A window comes forward: by a token of Wayland's, or as a new one would; never for nothing."""

from __future__ import annotations

import os

import pytest
from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from timer_app.ui.window_activation import bring_to_front, store_activation_token

NAME = "XDG_ACTIVATION_TOKEN"


@pytest.fixture(autouse=True)
def no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    """As after a start without one; what a test sets is taken back."""
    monkeypatch.setenv(NAME, "")
    monkeypatch.delenv(NAME)


def test_on_wayland(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "wayland")
    store_activation_token("gnome-shell/Firefox/1-0-host_TIME123")
    assert os.environ[NAME] == "gnome-shell/Firefox/1-0-host_TIME123"


@pytest.mark.parametrize("token", ["", "a\0b", "a\nb", "ä", "x" * 1025])
def test_what_is_no_token(monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "wayland")
    store_activation_token(token)
    assert NAME not in os.environ


def test_elsewhere_nobody_reads_it() -> None:
    store_activation_token("token")
    assert NAME not in os.environ


# -- a window that others cover


class Covered(QWidget):
    """A window behind another one, on a compositor that takes `token` and no other."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self._token = token
        self.noted: list[str] = []

    def activateWindow(self) -> None:  # noqa: N802 - Qt's name
        """The keyboard goes to a window with a good token and to a new one, as on Wayland."""
        is_new = self.noted[-1:] == ["shown"]
        if is_new or os.environ.pop(NAME, "") == self._token:
            super().activateWindow()

    def showEvent(self, event: QShowEvent) -> None:
        """Note it."""
        super().showEvent(event)
        self.noted.append("shown")

    def hideEvent(self, event: QHideEvent) -> None:
        """Note it."""
        super().hideEvent(event)
        self.noted.append("hidden")


@pytest.fixture
def covered(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Covered:
    """Such a window, with the token "good"."""
    window, other = Covered("good"), QWidget()
    for each in (window, other):
        qtbot.addWidget(each)
        each.show()
        QWidget.activateWindow(each)
    qtbot.waitUntil(other.isActiveWindow)
    window.noted.clear()
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "wayland")
    return window


@pytest.mark.parametrize("token", ["", "of an earlier click"])
def test_without_a_good_token_it_is_shown_anew(qtbot: QtBot, covered: Covered, token: str) -> None:
    store_activation_token(token)
    bring_to_front(covered)
    qtbot.waitUntil(covered.isActiveWindow)
    assert covered.noted == ["hidden", "shown"]


def test_with_a_good_token_it_stays_as_it_is(qtbot: QtBot, covered: Covered) -> None:
    store_activation_token("good")
    bring_to_front(covered)
    qtbot.waitUntil(covered.isActiveWindow)
    bring_to_front(covered)  # it is in front by now
    assert covered.noted == []


def test_elsewhere_it_is_never_hidden(
    qtbot: QtBot, covered: Covered, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "windows")
    monkeypatch.setenv(NAME, "good")
    bring_to_front(covered)
    qtbot.waitUntil(covered.isActiveWindow)
    assert covered.noted == []
