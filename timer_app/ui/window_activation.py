"""A window really comes to the front, with the keyboard, though another program was last used.

X11: window managers compare the time of the request with that of the person's last key or click,
and Qt sends the time of the last event that it saw itself, which may be hours old. A property of
our own window, changed, brings an event with the time of now.

Wayland: only who was just used may bring a window forward, and it says so by a token that it hands
to what it starts (xdg-activation). Qt takes it from the environment at the next activation. Without
a token, or with one that the compositor does not accept any more, a window that others cover is
hidden and shown: compositors put a new window in front.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractEventDispatcher,
    QAbstractNativeEventFilter,
    QByteArray,
    QObject,
    QProcessEnvironment,
    Qt,
    QTimer,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

_TOKEN_VARIABLE = "XDG_ACTIVATION_TOKEN"  # noqa: S105 - the name of a variable
_LONGEST_TOKEN = 1024
_ACTIVATION_LIMIT_MS = 2000
"""Milliseconds after which a window is activated though the server has not said its time."""
_TOKEN_LIMIT_MS = 300
"""Milliseconds in which a compositor gives a window the keyboard if it accepts our token."""
_PROPERTY_NOTIFY = 28


def store_activation_token(token: str) -> None:
    """Keep what a second start was given, for the window that comes forward next."""
    if _is_wayland() and _is_token(token):
        os.environ[_TOKEN_VARIABLE] = token


def bring_to_front(window: QWidget) -> None:
    """Show it, over others and ready to be typed into."""
    is_covered = window.isVisible() and not window.isActiveWindow()
    window.show()
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.raise_()
    if QGuiApplication.platformName() == "xcb":
        QTimer.singleShot(0, window, lambda: _refresh_user_time(window))
    elif is_covered and _is_wayland():
        _uncover(window)
    else:
        window.activateWindow()


def _is_wayland() -> bool:
    return QGuiApplication.platformName().startswith("wayland")


def _uncover(window: QWidget) -> None:
    """Bring a window forward that others may cover: nothing tells a Wayland client whether."""
    # Read as Qt reads it: it also puts tokens there itself, which os.environ does not show.
    if not QProcessEnvironment.systemEnvironment().value(_TOKEN_VARIABLE):
        _show_anew(window)
        return
    window.activateWindow()
    QTimer.singleShot(_TOKEN_LIMIT_MS, window, lambda: _show_anew_if_inactive(window))


def _show_anew_if_inactive(window: QWidget) -> None:
    if window.isVisible() and not window.isActiveWindow():
        _show_anew(window)


def _show_anew(window: QWidget) -> None:
    window.hide()
    window.show()
    window.activateWindow()


def _refresh_user_time(window: QWidget) -> None:
    if window.isVisible():
        _ActivationAtServerTime(window)
        window.windowHandle().setTitle(window.windowTitle())


class _ActivationAtServerTime(QObject):
    """Activates a window as soon as Qt has had an event of its property, with the time of now.

    A busy server takes its time, so no length of a pause would do. It ends itself.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._filter = _PropertyFilter(int(window.winId()), self._on_changed)
        dispatcher = QAbstractEventDispatcher.instance()
        if dispatcher is not None:
            dispatcher.installNativeEventFilter(self._filter)
        self._limit = QTimer(self, singleShot=True, interval=_ACTIVATION_LIMIT_MS)
        self._limit.timeout.connect(self._activate)
        self._limit.start()

    def _on_changed(self) -> None:
        self._limit.start(0)  # Qt takes the event's time after its filters

    def _activate(self) -> None:
        dispatcher = QAbstractEventDispatcher.instance()
        if dispatcher is not None:
            dispatcher.removeNativeEventFilter(self._filter)
        if self._window.isVisible():
            self._window.activateWindow()
        self.deleteLater()


class _PropertyFilter(QAbstractNativeEventFilter):
    """Tells of each change of a property of an X11 window."""

    def __init__(self, window_id: int, on_changed: Callable[[], None]) -> None:
        super().__init__()
        self._window_id = window_id
        self._on_changed = on_changed

    def nativeEventFilter(
        self, event_type: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        """Hear of our window's properties; nothing is kept from anybody else."""
        kind = event_type.data() if isinstance(event_type, QByteArray) else event_type
        if bytes(kind) == b"xcb_generic_event_t" and self._is_meant(int(message)):
            self._on_changed()
        return False, 0

    def _is_meant(self, address: int) -> bool:
        """An xcb_property_notify_event_t begins with a byte of its kind; its window is at 4."""
        event = ctypes.string_at(address, 8)
        window_id = int.from_bytes(event[4:], sys.byteorder)
        return event[0] & 0x7F == _PROPERTY_NOTIFY and window_id == self._window_id


def _is_token(token: str) -> bool:
    return bool(token) and len(token) <= _LONGEST_TOKEN and token.isascii() and token.isprintable()
