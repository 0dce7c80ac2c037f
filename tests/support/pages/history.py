"""The history and its comparing window."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDateEdit,
    QFileDialog,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QTableView,
    QWidget,
)

from tests.support.pages.page import Page, opened, place_with_tooltip
from timer_app.services.entries.history import Scope
from timer_app.ui.audit.compare_window import CompareWindow
from timer_app.ui.design.buttons import SegmentedChoice
from timer_app.ui.design.surfaces import Surface
from timer_app.ui.entries.history.bar_chart import BarChartWidget
from timer_app.ui.entries.history.day_timeline import DayTimelineWidget
from timer_app.ui.entries.history.entry_table import EntryTableModel
from timer_app.ui.entries.history.filter_bar import FilterBar
from timer_app.ui.entries.history.week_strips import WeekStripsWidget
from timer_app.ui.entries.history.window import HistoryWindow

ENTRY_ACTIONS = ("edit", "link", "split", "resume", "delete", "open_task")


class HistoryPage(Page[HistoryWindow]):
    """Pictures above, entries below."""

    # Above

    @property
    def date(self) -> QDateEdit:
        """The day that is drawn."""
        return self.find(QDateEdit, "date")

    @property
    def scope(self) -> SegmentedChoice:
        """Over how long the bars go."""
        return self.find(SegmentedChoice, "scope")

    def choose_scope(self, scope: Scope) -> None:
        """Click on one of them."""
        segments = self.scope.findChildren(QAbstractButton)
        QTest.mouseClick(segments[tuple(Scope).index(scope)], Qt.MouseButton.LeftButton)

    @property
    def bars(self) -> BarChartWidget:
        """A bar for each day."""
        return self.find(BarChartWidget, "bars")

    @property
    def week(self) -> WeekStripsWidget:
        """A strip for each day of the week."""
        return self.find(WeekStripsWidget, "week")

    def choose_strips(self) -> None:
        """Show the week as strips."""
        segments = self.find(SegmentedChoice, "picture").findChildren(QAbstractButton)
        QTest.mouseClick(segments[1], Qt.MouseButton.LeftButton)

    @property
    def period(self) -> QLabel:
        """Which day, week or month."""
        return self.label("period")

    @property
    def bars_goal(self) -> QLabel:
        """What their sum is held against."""
        return self.label("bars-goal")

    @property
    def bars_total(self) -> QLabel:
        """Their sum."""
        return self.label("bars-total")

    @property
    def day(self) -> DayTimelineWidget:
        """The day's entries along its hours."""
        return self.find(DayTimelineWidget, "day")

    @property
    def day_total(self) -> QLabel:
        """Its sum."""
        return self.label("day-total")

    # Below

    @property
    def filters(self) -> FilterBar:
        """What is sought."""
        return self.find(FilterBar, "filters")

    @property
    def filter_words(self) -> QLineEdit:
        """Find in task and comment."""
        return self.line("filter-words")

    @property
    def filter_standing(self) -> QComboBox:
        """How far entries have come."""
        return self.find(QComboBox, "filter-standing")

    @property
    def filter_dates(self) -> QComboBox:
        """Which dates."""
        return self.find(QComboBox, "filter-dates")

    @property
    def filter_first(self) -> QDateEdit:
        """From."""
        return self.find(QDateEdit, "filter-first")

    @property
    def filter_last(self) -> QDateEdit:
        """To."""
        return self.find(QDateEdit, "filter-last")

    @property
    def table(self) -> QTableView:
        """The entries."""
        return self.find(QTableView, "entries")

    @property
    def model(self) -> EntryTableModel:
        """What the table shows."""
        model = self.table.model()
        assert isinstance(model, EntryTableModel)
        return model

    @property
    def counted(self) -> QLabel:
        """How many there are."""
        return self.label("counted")

    @property
    def selected(self) -> QLabel:
        """The sum of the selected ones."""
        return self.label("selected")

    @property
    def undo(self) -> QPushButton:
        """Undo, beside what was done."""
        return self.button("undo")

    @property
    def refresh_timer(self) -> QTimer:
        """What moves the present on."""
        return self.find(QTimer, "refresh")

    @property
    def message_timer(self) -> QTimer:
        """What puts away what was said."""
        return self.find(QTimer, "message")

    def said(self) -> str:
        """What was done, or why not."""
        return self.label("message").text() if self.find(QWidget, "message-row").isVisible() else ""

    def action(self, name: str) -> QAction:
        """Something that can be done."""
        return self.find(QAction, name)

    def selected_ids(self) -> list[str]:
        """The ids of the selected entries."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [found.entry.id for row in rows if (found := self.model.entry(row))]

    def place_of(self, picture: QWidget, words: str) -> QPoint:
        """Where in a picture something with these words is."""
        return place_with_tooltip(picture, words)

    def day_description(self) -> str:
        """The day's entries, as a screen reader says them."""
        interface = QAccessible.queryAccessibleInterface(self.day)
        return str(interface.text(QAccessible.Text.Description))

    # Many entries at once

    @property
    def edit_message(self) -> QLabel:
        """How far a deletion or its undo has come."""
        return self.label("edit-message")

    @property
    def edit_cancel(self) -> QPushButton:
        """The end of it."""
        return self.button("edit-cancel")

    # Export

    @property
    def export_message(self) -> QLabel:
        """How far an export has come."""
        return self.label("export-message")

    @property
    def export_progress(self) -> QProgressBar:
        """That it goes on."""
        return self.find(QProgressBar, "export-progress")

    @property
    def export_cancel(self) -> QPushButton:
        """The end of it."""
        return self.button("export-cancel")

    def export_dialog(self) -> QFileDialog:
        """The question where to."""
        dialogs = [each for each in self.window.findChildren(QFileDialog) if each.isVisible()]
        assert len(dialogs) == 1
        return dialogs[0]


class ComparePage(Page[CompareWindow]):
    """Compare with services."""

    @classmethod
    def opened(cls) -> ComparePage:
        """The one that is open."""
        return cls(opened(CompareWindow))

    @property
    def message(self) -> QLabel:
        """What was found."""
        return self.label("message")

    @property
    def progress(self) -> QProgressBar:
        """How far it has come."""
        return self.find(QProgressBar, "progress")

    @property
    def rows(self) -> list[Surface]:
        """What differs, each with its name for screen readers and perhaps a button."""
        found = self.find(QScrollArea, "rows").findChildren(Surface)
        return [each for each in found if not each.isHidden()]

    @property
    def cancel(self) -> QPushButton:
        """The end of it."""
        return self.button("cancel")
