"""A token of Wayland's is kept for the next window, and nothing else reaches the environment."""

from __future__ import annotations

import os

import pytest
from PySide6.QtGui import QGuiApplication

from timer_app.ui.window_activation import store_activation_token

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
