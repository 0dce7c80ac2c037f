"""The contrast of two colours."""

from __future__ import annotations

from PySide6.QtGui import QColor

TEXT = 4.5
MARK = 3.0
ENHANCED_TEXT = 7.0
"""What text and marks need at least, and text where high contrast is asked for.

Source: WCAG 2.2, 1.4.3, 1.4.11 and 1.4.6.
"""


def contrast(one: QColor, other: QColor) -> float:
    """WCAG 2.2, contrast ratio: 1 for the same colour, 21 for black and white."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    """WCAG 2.2, relative luminance."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = linear(colour.redF()), linear(colour.greenF()), linear(colour.blueF())
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
