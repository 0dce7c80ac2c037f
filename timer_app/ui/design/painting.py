"""What parts are painted of: rounded rectangles, the focus ring, and marks; crisp at any scale."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from timer_app.ui.design.tokens import FOCUS_WIDTH, LINE_WIDTH, MARK_SIZE, MARK_WIDTH


class Mark(Enum):
    """A picture of one colour, drawn on a grid of 16."""

    PLAY = auto()
    STOP = auto()
    SEARCH = auto()
    SETTINGS = auto()
    TICK = auto()
    CLOCK = auto()
    WARNING = auto()
    DASH = auto()
    PIN = auto()
    MORE = auto()
    DOWN = auto()
    UP = auto()
    LEFT = auto()
    RIGHT = auto()


_STROKES: dict[Mark, tuple[tuple[tuple[float, float], ...], ...]] = {
    Mark.PLAY: (((4.5, 2), (4.5, 14), (14, 8), (4.5, 2)),),
    Mark.SEARCH: (((10.4, 10.4), (14, 14)),),
    Mark.SETTINGS: (
        ((2, 4), (8.9, 4)), ((12.1, 4), (14, 4)), ((2, 8), (3.9, 8)), ((7.1, 8), (14, 8)),
        ((2, 12), (8.9, 12)), ((12.1, 12), (14, 12)),
    ),
    Mark.TICK: (((3, 8.5), (6.5, 12), (13, 4.5)),),
    Mark.CLOCK: (((8, 5), (8, 8), (10.5, 9.5)),),
    Mark.WARNING: (
        ((8, 2), (14.5, 13.5), (1.5, 13.5), (8, 2)), ((8, 6), (8, 9)), ((8, 11.3), (8, 11.4)),
    ),
    Mark.DASH: (((4, 8), (12, 8)),),
    Mark.PIN: (
        ((5.5, 2), (10.5, 2)), ((8, 10), (8, 14)),
        ((6.5, 2), (6.5, 7), (4.5, 10), (11.5, 10), (9.5, 7), (9.5, 2)),
    ),
    Mark.DOWN: (((4.5, 6.5), (8, 10), (11.5, 6.5)),),
    Mark.UP: (((4.5, 9.5), (8, 6), (11.5, 9.5)),),
    Mark.LEFT: (((9.5, 4.5), (6, 8), (9.5, 11.5)),),
    Mark.RIGHT: (((6.5, 4.5), (10, 8), (6.5, 11.5)),),
}  # fmt: skip
_CIRCLES: dict[Mark, tuple[tuple[float, float, float], ...]] = {
    Mark.SEARCH: ((7, 7, 4.5),),
    Mark.SETTINGS: ((10.5, 4, 1.6), (5.5, 8, 1.6), (10.5, 12, 1.6)),
    Mark.CLOCK: ((8, 8, 5.5),),
    Mark.MORE: ((3, 8, 1.5), (8, 8, 1.5), (13, 8, 1.5)),
}
"""Lines, and circles as their middle and radius."""


def draw_rounded(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    fill: QColor | None,
    line: QColor | None = None,
    width: float = LINE_WIDTH,
) -> None:
    """A rounded rectangle within `rect`, its line included: nothing of it is cut off."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush if fill is None else fill)
    if line is None:
        painter.setPen(Qt.PenStyle.NoPen)
    else:
        painter.setPen(QPen(line, width))
        half = width / 2
        rect = rect.adjusted(half, half, -half, -half)
        radius = max(0.0, radius - half)
    painter.drawRoundedRect(rect, radius, radius)
    painter.restore()


def draw_focus(painter: QPainter, rect: QRectF, radius: float, colour: QColor) -> None:
    """The ring that says where the keyboard is, within `rect`."""
    draw_rounded(painter, rect, radius, None, colour, FOCUS_WIDTH)


def draw_mark(painter: QPainter, mark: Mark, rect: QRectF, colour: QColor) -> None:
    """The mark in the middle of `rect`, as large as fits."""
    size = min(rect.width(), rect.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.center() - QPointF(size / 2, size / 2))
    painter.scale(size / MARK_SIZE, size / MARK_SIZE)
    pen = QPen(colour, MARK_WIDTH)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if mark in (Mark.PLAY, Mark.STOP, Mark.MORE):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
    else:
        painter.setPen(pen)
    painter.drawPath(_path(mark))
    painter.restore()


def _path(mark: Mark) -> QPainterPath:
    path = QPainterPath()
    for stroke in _STROKES.get(mark, ()):
        path.moveTo(*stroke[0])
        for point in stroke[1:]:
            path.lineTo(*point)
    for x, y, radius in _CIRCLES.get(mark, ()):
        path.addEllipse(QPointF(x, y), radius, radius)
    if mark is Mark.STOP:
        path.addRoundedRect(QRectF(3, 3, 10, 10), 2, 2)
    return path
