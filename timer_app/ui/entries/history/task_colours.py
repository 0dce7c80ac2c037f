"""A task's colour and pattern: the same wherever it is drawn, readable in both themes."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette

from timer_app.domain.entries.task import Task

_HUES = (210, 28, 140, 285, 50, 175, 340, 245)
_PATTERNS = (
    Qt.BrushStyle.NoBrush,
    Qt.BrushStyle.BDiagPattern,
    Qt.BrushStyle.Dense6Pattern,
    Qt.BrushStyle.HorPattern,
    Qt.BrushStyle.DiagCrossPattern,
)
_FAINT = 0.16


@dataclass(frozen=True, slots=True)
class TaskColours:
    """How a task is drawn: filled, with a pattern for those who see colours alike, and an edge."""

    fill: QColor
    edge: QColor
    text: QColor
    stroke: QColor
    pattern: Qt.BrushStyle


def task_colours(task: Task, palette: QPalette) -> TaskColours:
    """The task's look on that palette."""
    number = zlib.crc32(task.key.encode("utf-8", "surrogatepass"))
    hue = _HUES[number % len(_HUES)]
    pattern = _PATTERNS[number // len(_HUES) % len(_PATTERNS)]
    dark = is_dark(palette)
    text = QColor(Qt.GlobalColor.white) if dark else QColor(Qt.GlobalColor.black)
    stroke = QColor(text)
    stroke.setAlphaF(_FAINT)
    fill = QColor.fromHsl(hue, 120, 62) if dark else QColor.fromHsl(hue, 190, 210)
    edge = QColor.fromHsl(hue, 170, 190) if dark else QColor.fromHsl(hue, 150, 90)
    return TaskColours(fill, edge, text, stroke, pattern)


def is_dark(palette: QPalette) -> bool:
    """Whether text is lighter than what it stands on."""
    window, text = QPalette.ColorRole.Window, QPalette.ColorRole.WindowText
    return palette.color(window).lightness() < palette.color(text).lightness()


def faint_text_colour(palette: QPalette, opacity: float) -> QColor:
    """The colour of text, so faint: for lines that help the eye."""
    colour = QColor(palette.color(QPalette.ColorRole.WindowText))
    colour.setAlphaF(opacity)
    return colour
