"""What the page objects of all windows have in common."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QToolTip, QWidget

W = TypeVar("W", bound=QWidget)
Found = TypeVar("Found", bound=QObject)


class Page(Generic[W]):
    """A window and the way to what is in it."""

    def __init__(self, window: W) -> None:
        self.window = window

    def find(self, kind: type[Found], name: str) -> Found:
        """The one of this kind with this object name; fails where there is none or several."""
        found = self.window.findChildren(kind, name)
        assert len(found) == 1, f"{len(found)} {kind.__name__} are named {name!r}"
        return found[0]

    def button(self, name: str) -> QPushButton:
        """A button."""
        return self.find(QPushButton, name)

    def line(self, name: str) -> QLineEdit:
        """A field of one line."""
        return self.find(QLineEdit, name)

    def label(self, name: str) -> QLabel:
        """A label."""
        return self.find(QLabel, name)

    def click(self, name: str) -> None:
        """Press a button with the mouse."""
        QTest.mouseClick(self.button(name), Qt.MouseButton.LeftButton)


def opened(kind: type[W]) -> W:
    """The one visible window of this kind."""
    found = [each for each in QApplication.topLevelWidgets()
             if isinstance(each, kind) and each.isVisible()]  # fmt: skip
    assert len(found) == 1, f"{len(found)} windows of {kind.__name__} are open"
    return found[0]


def place_with_tooltip(widget: QWidget, words: str) -> QPoint:
    """The middle of where a widget's tooltip begins with these words."""
    places = [
        place
        for y in range(0, widget.height(), 6)
        for x in range(0, widget.width(), 3)
        if tooltip_at(widget, place := QPoint(x, y)).startswith(words)
    ]
    assert places, f"nothing there says {words!r}"
    return places[len(places) // 2]


def tooltip_at(widget: QWidget, place: QPoint) -> str:
    """What the tooltip says when the pointer rests there; "" where there is none."""
    QToolTip.hideText()
    event = QHelpEvent(QEvent.Type.ToolTip, place, widget.mapToGlobal(place))
    QApplication.sendEvent(widget, event)
    said = QToolTip.text() if QToolTip.isVisible() else ""
    QToolTip.hideText()
    return said
