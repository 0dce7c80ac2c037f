"""What the drawn pictures share: a place in the order of focus, and words for who cannot see them.

They are drawn with QPainter. A charting library was tried (pyqtgraph 0.14 with numpy 2.4): 83 MB
installed, as much as all of Qt here; 0.5 to 0.9 s to import, during which nothing else in the app
moves; 57 MB of memory where an open table takes 50; its plot is one node without a name to a screen
reader, knows no keyboard, and takes its colours from itself, not from the desktop's theme.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QPainter, QPalette, QPen
from PySide6.QtWidgets import QAccessibleWidget, QApplication, QWidget

EDGE = 8
_INSTALLED_PROPERTY = "timer_app_pictures_are_charts"


class ChartWidget(QWidget):
    """A picture that the keyboard reaches; `describe` says what is in it."""

    def __init__(self) -> None:
        super().__init__()
        _install_chart_accessibility()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def describe(self, name: str, sentence: str) -> None:
        """What a screen reader says."""
        self.setAccessibleName(name)
        self.setAccessibleDescription(sentence)

    def line(self) -> int:
        """The height of a line of text."""
        return self.fontMetrics().height()

    def draw_focus(self, painter: QPainter, around: QRectF) -> None:
        """Show where the keyboard is."""
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 2))
            painter.drawRoundedRect(around.adjusted(-2, -2, 2, 2), 4, 4)


def _install_chart_accessibility() -> None:
    """To a screen reader a picture is a chart; Qt knows that of none of its own widgets."""
    application = QApplication.instance()
    if application is not None and not application.property(_INSTALLED_PROPERTY):
        QAccessible.installFactory(_chart_accessible)
        application.setProperty(_INSTALLED_PROPERTY, True)


def _chart_accessible(_kind: str, widget: QObject) -> QAccessibleInterface | None:
    if isinstance(widget, ChartWidget):
        return QAccessibleWidget(widget, QAccessible.Role.Chart, "")
    return None
