"""The field in which a task is found."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget

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
        """The list, the current row marked."""
        shown = self.choices
        texts = [shown.item(row).text() for row in range(shown.count())]
        return [f"> {text}" if row == shown.currentRow() else text
                for row, text in enumerate(texts)]  # fmt: skip

    def click_row(self, row: int) -> None:
        """Choose a row with the mouse."""
        place = self.choices.visualItemRect(self.choices.item(row)).center()
        QTest.mouseClick(self.choices.viewport(), Qt.MouseButton.LeftButton, pos=place)
