"""What the drawn pictures share: a place in the order of focus, and words for who cannot see them.

They are drawn with QPainter. A charting library was tried (pyqtgraph 0.14 with numpy 2.4): 83 MB
installed, as much as all of Qt here; 0.5 to 0.9 s to import, during which nothing else in the app
moves; 57 MB of memory where an open table takes 50; its plot is one node without a name to a screen
reader, knows no keyboard, and takes its colours from itself, not from the desktop's theme.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QAccessible, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from timer_app.ui.accessibility import set_role
from timer_app.ui.design.tokens import FOCUS_WIDTH, MARK_RADIUS, SMALL, colours_of
from timer_app.ui.plain_text import show_tooltip

EDGE = SMALL


class ChartWidget(QWidget):
    """A picture that the keyboard reaches; `describe` says what is in it."""

    def __init__(self) -> None:
        super().__init__()
        set_role(self, QAccessible.Role.Chart)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def describe(self, name: str, sentence: str) -> None:
        """What a screen reader says."""
        self.setAccessibleName(name)
        self.setAccessibleDescription(sentence)

    def text_at(self, point: QPointF) -> str:
        """The tooltip of a place under the mouse, "" for none."""
        del point
        return ""

    def event(self, event: QEvent) -> bool:
        """Tell what is under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            show_tooltip(event.globalPos(), self.text_at(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def line(self) -> int:
        """The height of a line of text."""
        return self.fontMetrics().height()

    def draw_focus(self, painter: QPainter, around: QRectF) -> None:
        """Show where the keyboard is."""
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours_of(self.palette()).focus, FOCUS_WIDTH))
            painter.drawRoundedRect(around.adjusted(-2, -2, 2, 2), MARK_RADIUS, MARK_RADIUS)
