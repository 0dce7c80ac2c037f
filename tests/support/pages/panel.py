"""The panel."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QLineEdit, QProgressBar, QPushButton

from tests.support.pages.page import Page
from tests.support.pages.search import SearchPage
from timer_app.ui.design.buttons import RoundButton
from timer_app.ui.design.surfaces import Banner
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
    def start_stop(self) -> RoundButton:
        """The round button: stop what runs, or go on with the last task."""
        return self.find(RoundButton, "start-stop")

    @property
    def address(self) -> QPushButton:
        """The chip with the card's number, which opens it."""
        return self.button("task-address")

    @property
    def place(self) -> QLabel:
        """Board and column of its card."""
        return self.label("task-place")

    @property
    def last(self) -> QLabel:
        """While nothing runs: what the round button goes on with."""
        return self.label("last-task")

    @property
    def since(self) -> QPushButton:
        """When it began; opens the field for another start."""
        return self.button("since")

    @property
    def start_time(self) -> QLineEdit:
        """Another start, while it is typed."""
        return self.line("start-time")

    @property
    def corrected_start(self) -> QLabel:
        """That the start was changed."""
        return self.label("corrected-start")

    @property
    def undo_start(self) -> QPushButton:
        """Takes that back."""
        return self.button("undo-start")

    @property
    def start_message(self) -> QLabel:
        """What that start comes to."""
        return self.label("start-message")

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
    def banners(self) -> list[Banner]:
        """What is not as it should be."""
        found = self.window.findChildren(Banner, "banner")
        return [each for each in found if not each.isHidden()]

    def said(self) -> list[tuple[str, str, str]]:
        """Each banner's sentence, small line and button."""
        return [(each.sentence, each.detail, each.button.text()) for each in self.banners]

    @property
    def second_timer(self) -> QTimer:
        """What moves the elapsed time on."""
        return self.find(QTimer, "second")
