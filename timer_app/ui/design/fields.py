"""Fields with a mark before what is typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit

from timer_app.ui.design.painting import Mark, draw_mark
from timer_app.ui.design.tokens import SMALL, colours_of, mark_size


class MarkedField(QLineEdit):
    """A field that shows what it is for by a mark."""

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self._mark = mark
        self._make_room()

    def changeEvent(self, event: QEvent) -> None:
        """Read from the other side, or with larger letters."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LayoutDirectionChange, QEvent.Type.FontChange):
            self._make_room()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The mark at the side where reading begins."""
        super().paintEvent(event)
        left, size = SMALL + 2, mark_size(self.fontMetrics())
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            left = self.width() - left - size
        painter = QPainter(self)
        rect = QRectF(left, 0, size, self.height())
        draw_mark(painter, self._mark, rect, colours_of(self.palette()).muted)
        painter.end()

    def _make_room(self) -> None:
        room = mark_size(self.fontMetrics()) + SMALL
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self.setTextMargins(0 if mirrored else room, 0, room if mirrored else 0, 0)
