"""How far an entry has come, as a shape: a tick, a clock, a triangle, a dash."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPen, QPixmap, QPolygonF

from timer_app.services.listing import Standing

_UNIT = 16.0


class Marks:
    """Draws each mark once for a palette and a size."""

    def __init__(self) -> None:
        self._made: dict[tuple[Standing, int, int, float], QIcon] = {}

    def icon(self, standing: Standing, palette: QPalette, high: int, ratio: float) -> QIcon:
        """The mark in the colour of text, `high` pixels high on a screen of that ratio."""
        colour = palette.color(QPalette.ColorRole.Text)
        key = standing, int(colour.rgba()), high, ratio
        if key not in self._made:
            chosen = palette.color(QPalette.ColorRole.HighlightedText)
            icon = QIcon(_drawn(standing, colour, high, ratio))
            icon.addPixmap(_drawn(standing, chosen, high, ratio), QIcon.Mode.Selected)
            self._made[key] = icon
        return self._made[key]


def _drawn(standing: Standing, colour: QColor, high: int, ratio: float) -> QPixmap:
    pixmap = QPixmap(QSize(high, high) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(high / _UNIT, high / _UNIT)
    painter.setPen(QPen(colour, 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    match standing:
        case Standing.DELIVERED:
            painter.drawPolyline(QPolygonF([QPointF(3, 8.5), QPointF(6.5, 12), QPointF(13, 4.5)]))
        case Standing.WAITING:
            painter.drawEllipse(QRectF(2.5, 2.5, 11, 11))
            painter.drawPolyline(QPolygonF([QPointF(8, 5), QPointF(8, 8), QPointF(10.5, 9.5)]))
        case Standing.NEEDS_PERSON:
            painter.drawPolygon(QPolygonF([QPointF(8, 2), QPointF(14.5, 13.5), QPointF(1.5, 13.5)]))
            painter.drawLine(QPointF(8, 6), QPointF(8, 9))
            painter.drawPoint(QPointF(8, 11.4))
        case Standing.NOT_TOLD:
            painter.setOpacity(0.5)
            painter.drawLine(QPointF(4, 8), QPointF(12, 8))
    painter.end()
    return pixmap
