"""How well two colours can be told apart."""

from __future__ import annotations

from PySide6.QtGui import QColor

TEXT = 4.5
MARK = 3.0
"""What text and marks need at least (WCAG 2.2, 1.4.3 and 1.4.11)."""


def luminance(colour: QColor) -> float:
    """WCAG 2.2, relative luminance."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = linear(colour.redF()), linear(colour.greenF()), linear(colour.blueF())
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """WCAG 2.2, contrast ratio."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
