"""The field in which a task is found."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QListWidgetItem

from tests.support.pages.page import Page
from timer_app.ui.entries.task_search import TaskSearch


class SearchPage(Page[TaskSearch]):
    """A search field, its list, and the line below it."""

    @property
    def field(self) -> QLineEdit:
        """What is typed into."""
        return self.line("search-field")

    @property
    def choices(self) -> QListWidget:
        """The tasks to choose from."""
        return self.find(QListWidget, "search-choices")

    @property
    def details(self) -> QLabel:
        """What is told of the current one, or why nothing was found."""
        return self.label("search-details")

    @property
    def pin(self) -> QAction:
        """Pin, or Unpin."""
        return self.find(QAction, "pin")

    def rows(self) -> list[str]:
        """The tasks of the list, the current one marked."""
        current = self.choices.currentItem()
        return [f"> {item.text()}" if item is current else item.text() for item in self._items()]

    def sections(self) -> list[tuple[str, list[str]]]:
        """The headings, each with the tasks below it; "" where there is none."""
        found: list[tuple[str, list[str]]] = []
        for item in map(self.choices.item, range(self.choices.count())):
            if not item.flags() & Qt.ItemFlag.ItemIsSelectable:
                found.append((item.text(), []))
            else:
                found = found or [("", [])]
                found[-1][1].append(item.text())
        return found

    def item(self, row: int) -> QListWidgetItem:
        """A task of the list, counted without the headings."""
        return self._items()[row]

    def _items(self) -> list[QListWidgetItem]:
        items = map(self.choices.item, range(self.choices.count()))
        return [item for item in items if item.flags() & Qt.ItemFlag.ItemIsSelectable]

    def click_row(self, row: int) -> None:
        """Choose a row with the mouse."""
        place = self.choices.visualItemRect(self.item(row)).center()
        QTest.mouseClick(self.choices.viewport(), Qt.MouseButton.LeftButton, pos=place)

    def click_start(self, row: int) -> None:
        """Press the round button of a row, which is there while the row is chosen."""
        rect = self.choices.visualItemRect(self.item(row))
        place = QPoint(rect.right() - 20, rect.center().y())
        QTest.mouseClick(self.choices.viewport(), Qt.MouseButton.LeftButton, pos=place)
