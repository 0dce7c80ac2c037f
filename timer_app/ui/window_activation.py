"""A window really comes to the front, with the keyboard, though another program was last used.

X11: window managers compare the time of the request with that of the person's last key or click,
and Qt sends the time of the last event that it saw itself, which may be hours old. A property of
our own window, changed, brings an event with the time of now.

Wayland: only who was just used may bring a window forward, and it says so by a token that it hands
to what it starts (xdg-activation). Qt takes it from the environment at the next activation.
"""

from __future__ import annotations

import os

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

_TOKEN_VARIABLE = "XDG_ACTIVATION_TOKEN"  # noqa: S105 - the name of a variable
_LONGEST_TOKEN = 1024
_USER_TIME_DELAY_MS = 30
"""Milliseconds: the server answers in less than one, and a person sees no difference."""


def store_activation_token(token: str) -> None:
    """Keep what a second start was given, for the window that comes forward next."""
    if QGuiApplication.platformName().startswith("wayland") and _is_token(token):
        os.environ[_TOKEN_VARIABLE] = token


def bring_to_front(window: QWidget) -> None:
    """Show it, over others and ready to be typed into."""
    window.show()
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.raise_()
    if QGuiApplication.platformName() == "xcb":
        QTimer.singleShot(0, window, lambda: _refresh_user_time(window))
    else:
        window.activateWindow()


def _refresh_user_time(window: QWidget) -> None:
    """Change a property; its event comes by Qt's own thread, and nothing tells that it has."""
    if not window.isVisible():
        return
    window.windowHandle().setTitle(window.windowTitle())
    QTimer.singleShot(_USER_TIME_DELAY_MS, window, lambda: _activate(window))


def _activate(window: QWidget) -> None:
    if window.isVisible():
        window.activateWindow()


def _is_token(token: str) -> bool:
    return bool(token) and len(token) <= _LONGEST_TOKEN and token.isascii() and token.isprintable()
