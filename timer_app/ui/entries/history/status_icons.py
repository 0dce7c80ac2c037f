"""How far an entry has come, as a shape: a tick, a clock, a triangle, a dash."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPen, QPixmap, QPolygonF

from timer_app.services.entries.listing import DeliveryStatus

_UNIT = 16.0


class StatusIcons:
    """Draws each mark once for a palette and a size."""

    def __init__(self) -> None:
        self._icons: dict[tuple[DeliveryStatus, int, int, float], QIcon] = {}

    def icon(
        self, delivery_status: DeliveryStatus, palette: QPalette, high: int, ratio: float
    ) -> QIcon:
        """The mark in the colour of text, `high` pixels high on a screen of that ratio."""
        colour = palette.color(QPalette.ColorRole.Text)
        key = delivery_status, int(colour.rgba()), high, ratio
        if key not in self._icons:
            chosen = palette.color(QPalette.ColorRole.HighlightedText)
            icon = QIcon(_draw_icon(delivery_status, colour, high, ratio))
            icon.addPixmap(_draw_icon(delivery_status, chosen, high, ratio), QIcon.Mode.Selected)
            self._icons[key] = icon
        return self._icons[key]


def _draw_icon(delivery_status: DeliveryStatus, colour: QColor, high: int, ratio: float) -> QPixmap:
    pixmap = QPixmap(QSize(high, high) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(high / _UNIT, high / _UNIT)
    painter.setPen(QPen(colour, 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    match delivery_status:
        case DeliveryStatus.DELIVERED:
            painter.drawPolyline(QPolygonF([QPointF(3, 8.5), QPointF(6.5, 12), QPointF(13, 4.5)]))
        case DeliveryStatus.WAITING:
            painter.drawEllipse(QRectF(2.5, 2.5, 11, 11))
            painter.drawPolyline(QPolygonF([QPointF(8, 5), QPointF(8, 8), QPointF(10.5, 9.5)]))
        case DeliveryStatus.NEEDS_PERSON:
            painter.drawPolygon(QPolygonF([QPointF(8, 2), QPointF(14.5, 13.5), QPointF(1.5, 13.5)]))
            painter.drawLine(QPointF(8, 6), QPointF(8, 9))
            painter.drawPoint(QPointF(8, 11.4))
        case DeliveryStatus.NOT_TOLD:
            painter.setOpacity(0.5)
            painter.drawLine(QPointF(4, 8), QPointF(12, 8))
    painter.end()
    return pixmap
