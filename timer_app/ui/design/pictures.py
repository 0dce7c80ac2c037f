"""What pictures of time are painted of: stacks of a bar, blocks of a day, a surface below them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QIcon,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
)

from timer_app.ui.design.tokens import (
    CHIP_RADIUS,
    FOCUS_WIDTH,
    LINE_WIDTH,
    MARK_SIZE,
    SMALL,
    SURFACE_RADIUS,
    TINY,
    Colours,
)
from timer_app.ui.plain_text import elided

_LEAST = "000…"
"""What a line that is cut must have room for."""
_STRIPE = 6.0
"""How wide a stripe is, and the gap behind it."""


def paint_surface(painter: QPainter, rect: QRectF, colours: Colours) -> None:
    """A surface with its edge."""
    half = LINE_WIDTH / 2
    painter.setPen(QPen(colours.line, LINE_WIDTH))
    painter.setBrush(colours.surface)
    inside = rect.adjusted(half, half, -half, -half)
    painter.drawRoundedRect(inside, SURFACE_RADIUS, SURFACE_RADIUS)


def paint_stack(
    painter: QPainter, rect: QRectF, parts: Sequence[tuple[QColor, float]], ground: QColor
) -> None:
    """A bar of parts, the first at its foot; each has its share of the whole, 1 together.

    A line of the ground's colour keeps parts of one colour apart.
    """
    painter.save()
    shape = QPainterPath()
    radius = min(CHIP_RADIUS, rect.width() / 2, rect.height())
    shape.addRoundedRect(rect.adjusted(0, 0, 0, radius), radius, radius)
    painter.setClipRect(rect)
    painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
    bottom = rect.bottom()
    for number, (colour, share) in enumerate(parts):
        high = rect.height() * share
        painter.fillRect(QRectF(rect.left(), bottom - high, rect.width(), high), colour)
        if number and high > TINY:
            painter.fillRect(
                QRectF(rect.left(), bottom - LINE_WIDTH, rect.width(), LINE_WIDTH), ground
            )
        bottom -= high
    painter.restore()


def paint_block(
    painter: QPainter,
    rect: QRectF,
    fill: QColor,
    colours: Colours,
    lines: Sequence[str] = (),
    *,
    is_current: bool = False,
    is_striped: bool = False,
    seen: QRectF | None = None,
) -> None:
    """A block of a day with as many of its lines as there is room for, each elided.

    `seen` is the part of it that nothing is drawn over.
    """
    radius = min(CHIP_RADIUS, rect.width() / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawRoundedRect(rect, radius, radius)
    if is_striped:
        _paint_stripes(painter, rect, radius, colours.stripe)
    if is_current:
        paint_ring(painter, rect, colours.text, radius)
    inner = (rect if seen is None else seen).adjusted(SMALL, 0, -SMALL, 0)
    _paint_lines(painter, inner, lines, colours.on_task)


def paint_ring(painter: QPainter, rect: QRectF, colour: QColor, radius: float) -> None:
    """A ring around something, with a gap between."""
    gap = FOCUS_WIDTH * 1.5
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, FOCUS_WIDTH))
    painter.drawRoundedRect(rect.adjusted(-gap, -gap, gap, gap), radius + gap, radius + gap)


def paint_goal_line(painter: QPainter, left: QPointF, right: QPointF, colours: Colours) -> None:
    """The line of a goal."""
    painter.setPen(QPen(colours.muted, LINE_WIDTH, Qt.PenStyle.DashLine))
    painter.drawLine(left, right)


def paint_handle(painter: QPainter, rect: QRectF, colours: Colours) -> None:
    """What shows that an edge can be dragged."""
    wide = FOCUS_WIDTH
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.on_task)
    handle = QRectF(rect.center().x() - wide / 2, rect.center().y() - SMALL, wide, 2 * SMALL)
    painter.drawRoundedRect(handle, wide / 2, wide / 2)


def _paint_stripes(painter: QPainter, rect: QRectF, radius: float, colour: QColor) -> None:
    painter.save()
    shape = QPainterPath()
    shape.addRoundedRect(rect, radius, radius)
    painter.setClipPath(shape)
    painter.setPen(QPen(QBrush(colour), _STRIPE))
    x = rect.left() - rect.height()
    while x < rect.right() + rect.height():
        painter.drawLine(QPointF(x, rect.bottom()), QPointF(x + rect.height(), rect.top()))
        x += _STRIPE * 2 * 1.41421
    painter.restore()


def _paint_lines(painter: QPainter, inner: QRectF, lines: Sequence[str], colour: QColor) -> None:
    metrics = QFontMetricsF(painter.font())
    high = metrics.height()
    if inner.width() < metrics.horizontalAdvance("0:00") or inner.height() < high:
        return
    shown = list(lines[: max(1, int((inner.height() + 1) // high))])
    top = inner.center().y() - high * len(shown) / 2
    painter.setPen(colour)
    for number, line in enumerate(shown):
        if metrics.horizontalAdvance(line) > inner.width() < metrics.horizontalAdvance(_LEAST):
            continue  # a single letter says nothing
        text = elided(line, metrics, inner.width())
        painter.drawText(QPointF(inner.left(), top + number * high + metrics.ascent()), text)


def fitting_font(painter: QPainter, font: QFont) -> QFontMetricsF:
    """Let the painter write in this font; returns its measures."""
    painter.setFont(font)
    return QFontMetricsF(font)


def dot_icon(colour: QColor, ratio: float) -> QIcon:
    """A disc in the colour of a task."""
    pixmap = QPixmap(round(MARK_SIZE * ratio), round(MARK_SIZE * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(TINY, TINY, SMALL, SMALL)
    painter.end()
    return QIcon(pixmap)
