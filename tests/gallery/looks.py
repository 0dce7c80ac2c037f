"""How a window can look: theme, pseudo-translation, font size."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from timer_app.ui.design.tokens import Theme, contrast_palette, palette


class TaskNumbers:
    """Numbers tasks in the order in which they are first drawn, as the journal does by use."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def __call__(self, key: str) -> int:
        """The number of the task with this `Task.key`."""
        return self._numbers.setdefault(key, len(self._numbers) + 1)


_ROLES = QPalette.ColorRole


class Longer(QTranslator):
    """Every text half as long again and with marks around it: what is not marked is not translated.

    About what German or Russian needs beside English.
    """

    def translate(
        self, _context: str, text: str, _disambiguation: str | None = None, _n: int = -1
    ) -> str:
        """See QTranslator."""
        plain = text.replace("%Ln", "12,345").replace("%n", "12345")
        return f"⟦{plain}{'ẋ' * (len(plain) // 2 + 1)}⟧" if text else text

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        """It has a text for everything."""
        return False


def speak_longer() -> Longer:
    """Install it; the caller keeps it, and removes it."""
    longer = Longer()
    QCoreApplication.installTranslator(longer)
    return longer


def dark() -> QPalette:
    """A dark desktop's colours, as Qt's own dark Fusion has them."""
    palette = QPalette()
    colours = {
        _ROLES.Window: "#323232", _ROLES.WindowText: "#ffffff", _ROLES.Base: "#242424",
        _ROLES.AlternateBase: "#2b2b2b", _ROLES.Text: "#ffffff", _ROLES.Button: "#323232",
        _ROLES.ButtonText: "#ffffff", _ROLES.BrightText: "#ff8a80", _ROLES.Link: "#6cb6ff",
        _ROLES.Highlight: "#1f6fb5", _ROLES.HighlightedText: "#ffffff",
        _ROLES.ToolTipBase: "#323232", _ROLES.ToolTipText: "#ffffff",
        _ROLES.PlaceholderText: "#a0a0a0", _ROLES.Accent: "#1f6fb5",
        _ROLES.Light: "#4b4b4b", _ROLES.Midlight: "#2a2a2a", _ROLES.Mid: "#262626",
        _ROLES.Dark: "#212121", _ROLES.Shadow: "#000000",
    }  # fmt: skip
    for role, colour in colours.items():
        palette.setColor(role, QColor(colour))
    disabled = QPalette.ColorGroup.Disabled
    for role in (_ROLES.WindowText, _ROLES.Text, _ROLES.ButtonText):
        palette.setColor(disabled, role, QColor("#9d9d9d"))
    return palette


def system_contrast() -> QPalette:
    """Yellow on black, with cyan for what is chosen and green for what cannot be used."""
    made = QPalette(*map(QColor, ("yellow", "black", "yellow", "yellow", "yellow", "yellow",
                                  "black")))  # fmt: skip
    for role in (_ROLES.Window, _ROLES.Button, _ROLES.ToolTipBase, _ROLES.HighlightedText):
        made.setColor(role, QColor("black"))
    for role in (_ROLES.WindowText, _ROLES.Text, _ROLES.ButtonText, _ROLES.PlaceholderText):
        made.setColor(role, QColor("yellow"))
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor("#3ff23f"))
    made.setColor(_ROLES.Highlight, QColor("cyan"))
    return made


PALETTES: dict[str, Callable[[], QPalette]] = {
    "light": lambda: palette(Theme.LIGHT),
    "dark": lambda: palette(Theme.DARK),
    "contrast": lambda: contrast_palette(Theme.LIGHT),
    "contrast-dark": lambda: contrast_palette(Theme.DARK),
    "contrast-system": system_contrast,
}
"""The looks that a system can ask for. The last one is a system's own, such as Windows has."""


def scale_font(factor: float) -> None:
    """Make the application's font larger, as a person's desktop may."""
    font = QApplication.font()
    font.setPointSizeF(font.pointSizeF() * factor)
    QApplication.setFont(font)
