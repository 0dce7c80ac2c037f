"""The panel."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QLineEdit, QProgressBar, QPushButton

from tests.support.pages.page import Page
from tests.support.pages.search import SearchPage
from timer_app.ui.entries.panel import Panel
from timer_app.ui.entries.task_search import TaskSearch


class PanelPage(Page[Panel]):
    """What runs, the search, the delivery, and the sentences below."""

    @property
    def elapsed(self) -> QLabel:
        """How long it has run."""
        return self.label("elapsed")

    @property
    def task(self) -> QLabel:
        """What runs."""
        return self.label("task")

    @property
    def comment(self) -> QLineEdit:
        """Its comment."""
        return self.line("comment")

    @property
    def today(self) -> QLabel:
        """Today's total."""
        return self.label("today")

    @property
    def stop(self) -> QPushButton:
        """Stop."""
        return self.button("stop")

    @property
    def start(self) -> QPushButton:
        """Start, or Switch."""
        return self.button("start")

    @property
    def running_route(self) -> QPushButton:
        """Where what runs goes."""
        return self.button("running-route")

    @property
    def next_route(self) -> QPushButton:
        """Where what Enter would start goes."""
        return self.button("next-route")

    @property
    def search(self) -> SearchPage:
        """Where the next task is found."""
        return SearchPage(self.window.findChildren(TaskSearch)[0])

    @property
    def message(self) -> QLabel:
        """Why what was wanted could not be done."""
        return self.label("message")

    @property
    def progress(self) -> QProgressBar:
        """How far a long delivery has come."""
        return self.find(QProgressBar, "delivery-progress")

    @property
    def pause(self) -> QPushButton:
        """Pause, or Resume."""
        return self.button("delivery-pause")

    @property
    def delivery(self) -> QLabel:
        """The line below the bar."""
        return self.label("delivery")

    @property
    def notices(self) -> QLabel:
        """What is not as it should be."""
        return self.label("notices")

    @property
    def second_timer(self) -> QTimer:
        """What moves the elapsed time on."""
        return self.find(QTimer, "second")
