"""Gives the app its style and palette, and follows the system while it runs."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QToolTip

from timer_app.ui.design.app_style import AppStyle
from timer_app.ui.design.tokens import (
    Theme,
    contrast_palette,
    has_high_contrast,
    is_dark,
    palette,
)

_INSTALLED_PROPERTY = "timer_app_appearance_is_installed"


def install_appearance() -> None:
    """Give the app its look, unless it has it: an app without a window pays nothing."""
    application = QApplication.instance()
    if isinstance(application, QApplication) and not application.property(_INSTALLED_PROPERTY):
        application.setProperty(_INSTALLED_PROPERTY, True)
        Appearance(application)


class Appearance(QObject):
    """The look of all windows; the application owns it."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._system_is_dark = is_dark(QApplication.palette())
        with _no_garbage_collection():
            application.setStyle(AppStyle())
        hints = application.styleHints()
        hints.colorSchemeChanged.connect(self.follow_system)
        if hasattr(hints, "accessibility"):  # Qt 6.10
            hints.accessibility().contrastPreferenceChanged.connect(self.follow_system)
        self.follow_system()

    def follow_system(self) -> None:
        """Be light or dark as the system says; where it asks for high contrast, be as it is.

        Some desktops ask for high contrast and tell no colours: Qt's own are not strong enough.
        """
        with _no_garbage_collection():
            if not is_high_contrast():
                self._application.setPalette(palette(self._theme()))
            elif not has_high_contrast(take_system_palette()):
                self._application.setPalette(contrast_palette(self._theme()))
        QToolTip.setPalette(QApplication.palette())

    def _theme(self) -> Theme:
        scheme = system_scheme()
        if scheme == Qt.ColorScheme.Unknown:
            return Theme.DARK if self._system_is_dark else Theme.LIGHT
        return Theme.DARK if scheme == Qt.ColorScheme.Dark else Theme.LIGHT


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Let no widget be collected while Qt tells all widgets of a change.

    It lists them first, and what overrides their events in Python may make Python collect garbage:
    a widget that nobody refers to any more would be gone when its turn comes, and Qt crashes.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def system_scheme() -> Qt.ColorScheme:
    """Light, dark, or unknown."""
    return QGuiApplication.styleHints().colorScheme()


def take_system_palette() -> QPalette:
    """Have the app look as the system says, also when that changes; returns how it looks."""
    QApplication.setPalette(QPalette())
    return QApplication.palette()


def is_high_contrast() -> bool:
    """Whether the system asks for it; older Qt than 6.10 does not know."""
    hints = QGuiApplication.styleHints()
    if not hasattr(hints, "accessibility"):
        return False
    preference = hints.accessibility().contrastPreference()
    return bool(preference == Qt.ContrastPreference.HighContrast)
