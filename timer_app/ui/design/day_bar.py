"""A day as a thin bar: a piece for each entry, with the first and last hour below."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from timer_app.domain.entries.task import Task
from timer_app.ui.accessibility import set_role
from timer_app.ui.design.painting import draw_rounded
from timer_app.ui.design.task_colours import PictureColours
from timer_app.ui.design.tokens import (
    BAR_HEIGHT,
    MARK_RADIUS,
    TINY,
    Scale,
    colours_of,
    scaled_font,
    tabular_font,
)
from timer_app.ui.plain_text import show_tooltip

_LEAST = 2.0
"""The least width of a piece: a minute is seen, too."""


class BarPiece(NamedTuple):
    """The part of an entry that lies on the day; `description` is heard, and its tooltip."""

    entry_id: str
    task: Task
    begins: datetime
    ends: datetime
    description: str


class DayBar(QWidget):
    """`pressed` carries the id of the clicked entry, "" between entries."""

    pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._first: datetime | None = None
        self._last: datetime | None = None
        self._zone: tzinfo | None = None
        self._pieces: tuple[BarPiece, ...] = ()
        set_role(self, QAccessible.Role.Graphic)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_day(
        self, first: datetime, last: datetime, zone: tzinfo, pieces: Sequence[BarPiece]
    ) -> None:
        """Draw these between two full hours."""
        self._first, self._last, self._zone, self._pieces = first, last, zone, tuple(pieces)
        self.setAccessibleDescription("; ".join(each.description for each in pieces))
        self.update()

    def sizeHint(self) -> QSize:
        """The bar, and a line for the hours."""
        return QSize(0, BAR_HEIGHT + TINY + QFontMetrics(self._small()).height())

    def minimumSizeHint(self) -> QSize:
        """As wide as there is room."""
        return self.sizeHint()

    def piece_rect(self, piece: BarPiece) -> QRectF:
        """Where a piece is."""
        left, right = self._x_at(piece.begins), self._x_at(piece.ends)
        return QRectF(left, 0, max(_LEAST, right - left), BAR_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground, the pieces, the hours."""
        del event
        if self._first is None or self._last is None:
            return
        own = colours_of(self.palette())
        painter = QPainter(self)
        whole = QRectF(0, 0, self.width(), BAR_HEIGHT)
        line = own.line if own.chip == own.background else None
        draw_rounded(painter, whole, BAR_HEIGHT / 2, own.chip, line)
        seen = PictureColours([[piece.task for piece in self._pieces]], self.palette())
        for piece in self._pieces:
            rect = self.piece_rect(piece)
            radius = min(MARK_RADIUS, rect.width() / 2)
            draw_rounded(painter, rect, radius, seen.colour(piece.task))
        painter.setFont(self._small())
        painter.setPen(own.muted)
        below = QRectF(0, BAR_HEIGHT + TINY, self.width(), self.height() - BAR_HEIGHT - TINY)
        for instant, side in (
            (self._first, Qt.AlignmentFlag.AlignLeft),
            (self._last, Qt.AlignmentFlag.AlignRight),
        ):
            painter.drawText(below, int(side), f"{instant.astimezone(self._zone):%H:%M}")
        painter.end()

    def event(self, event: QEvent) -> bool:
        """Tell what is under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            piece = self._piece_at(QPointF(event.pos()))
            show_tooltip(event.globalPos(), piece.description if piece else "", self)
            return True
        return super().event(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """That entry is wanted."""
        is_inside = self.rect().contains(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and is_inside:
            piece = self._piece_at(event.position())
            self.pressed.emit(piece.entry_id if piece else "")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Taken, or the release would not come here."""
        event.accept()

    def _piece_at(self, point: QPointF) -> BarPiece | None:
        for each in self._pieces:
            rect = self.piece_rect(each)
            if rect.left() <= point.x() <= rect.right():
                return each
        return None

    def _x_at(self, instant: datetime) -> float:
        if self._first is None or self._last is None:
            return 0.0
        share = (instant - self._first) / (self._last - self._first)
        return min(max(share, 0.0), 1.0) * self.width()

    def _small(self) -> QFont:
        return tabular_font(scaled_font(self.font(), Scale.SMALL))
