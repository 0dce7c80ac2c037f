"""Widgets beside each other, on as many lines as the width needs: long words never clip."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Lines of widgets, `space` pixels apart; `is_at_end` puts the free room before them."""

    def __init__(self, space: int, *, is_at_end: bool = False) -> None:
        super().__init__()
        self._space = space
        self._is_at_end = is_at_end
        self._items: list[QLayoutItem] = []

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 - Qt's name
        """See QLayout."""
        self._items.append(item)

    def count(self) -> int:
        """See QLayout."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        """See QLayout."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        """See QLayout."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 - Qt's name
        """It wants no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """Narrower means more lines."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """How high all lines are together."""
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802 - Qt's name
        """Move the widgets."""
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        """All on one line."""
        hints = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(each.width() for each in hints) + self._space * max(0, len(hints) - 1)
        return QSize(width, max((each.height() for each in hints), default=0))

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as the widest."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, rect: QRect, *, move: bool) -> int:
        """How high all lines are; each widget stands in the middle of its line."""
        before = max(0, rect.width() - self.sizeHint().width()) if self._is_at_end else 0
        x, y = rect.x() + before, rect.y()
        line: list[tuple[QLayoutItem, int]] = []
        high = 0
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            if x > rect.x() and x + hint.width() > rect.right() + 1:
                if move:
                    _place_line(line, y, high)
                x, y, high, line = rect.x(), y + high + self._space, 0, []
            line.append((item, x))
            x, high = x + hint.width() + self._space, max(high, hint.height())
        if move:
            _place_line(line, y, high)
        return y + high - rect.y()


def _place_line(line: list[tuple[QLayoutItem, int]], y: int, high: int) -> None:
    for item, x in line:
        hint = item.sizeHint()
        item.setGeometry(QRect(QPoint(x, y + (high - hint.height()) // 2), hint))


class FlowRow(QWidget):
    """Widgets in a flow, never lower than all of its lines: a splitter asks for one alone."""

    def __init__(self, space: int, *, is_at_end: bool = False) -> None:
        super().__init__()
        self.flow = FlowLayout(space, is_at_end=is_at_end)
        self.flow.setContentsMargins(0, 0, 0, 0)
        self.setLayout(self.flow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrower, it has more lines."""
        super().resizeEvent(event)
        self._be_high_enough()

    def event(self, event: QEvent) -> bool:
        """So it has with more in it."""
        handled = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._be_high_enough()
        return handled

    def _be_high_enough(self) -> None:
        self.setMinimumHeight(max(0, self.heightForWidth(self.width())))
