"""Add time, Edit, Split, Stop earlier, and the question about a link."""

from __future__ import annotations

from PySide6.QtWidgets import QDateEdit, QLabel, QLineEdit, QPlainTextEdit, QPushButton

from tests.support.pages.page import Page, W, opened
from tests.support.pages.search import SearchPage
from timer_app.domain.setup.span_input import SpanField
from timer_app.ui.design.day_strip import DayStrip
from timer_app.ui.design.receipt import Receipt
from timer_app.ui.entries.history.edit_windows import EditEntryWindow, SplitEntryWindow
from timer_app.ui.entries.link_confirmation import LinkConfirmation
from timer_app.ui.entries.manual_entry import ManualEntryWindow
from timer_app.ui.entries.stop_earlier import StopEarlierDialog
from timer_app.ui.entries.task_search import TaskSearch


class _EntryPage(Page[W]):
    """What windows about one entry have in common."""

    @property
    def preview(self) -> QLabel:
        """What will happen."""
        return self.label("preview")

    @property
    def message(self) -> QLabel:
        """Why it was not done."""
        return self.label("message")

    @property
    def accept(self) -> QPushButton:
        """The button that does it."""
        return self.button("accept")


class _SpanPage(_EntryPage[W]):
    """A task, a stretch of time, a comment."""

    @property
    def search(self) -> SearchPage:
        """Where the task is found."""
        return SearchPage(self.window.findChildren(TaskSearch)[0])

    @property
    def day(self) -> QDateEdit:
        """The date."""
        return self.find(QDateEdit, "day")

    @property
    def begin(self) -> QLineEdit:
        """From."""
        return self.line(SpanField.BEGIN.value)

    @property
    def end(self) -> QLineEdit:
        """Until."""
        return self.line(SpanField.END.value)

    @property
    def length(self) -> QLineEdit:
        """Length."""
        return self.line(SpanField.LENGTH.value)

    @property
    def comment(self) -> QLineEdit:
        """Comment."""
        return self.line("comment")


class ManualEntryPage(_SpanPage[ManualEntryWindow]):
    """Add time."""

    @property
    def strip(self) -> DayStrip:
        """The day, and the new entry on it."""
        return self.find(DayStrip, "strip")

    def receipt(self, service: str) -> Receipt:
        """What a service gets."""
        return self.find(Receipt, f"{service}-gets")

    @property
    def room(self) -> QLabel:
        """How much longer the comment may be."""
        return self.label("comment-room")


class EditPage(_SpanPage[EditEntryWindow]):
    """An entry that is edited."""

    @classmethod
    def opened(cls) -> EditPage:
        """The one that is open."""
        return cls(opened(EditEntryWindow))


class SplitPage(_EntryPage[SplitEntryWindow]):
    """An entry that is split."""

    @classmethod
    def opened(cls) -> SplitPage:
        """The one that is open."""
        return cls(opened(SplitEntryWindow))

    @property
    def at(self) -> QLineEdit:
        """Where."""
        return self.line("at")


class StopEarlierPage(Page[StopEarlierDialog]):
    """Stop earlier."""

    @property
    def time(self) -> QLineEdit:
        """When it ended."""
        return self.line("time")

    @property
    def message(self) -> QLabel:
        """What stopping then comes to."""
        return self.label("message")

    @property
    def stop(self) -> QPushButton:
        """Stop then."""
        return self.button("stop")


class LinkPage(Page[LinkConfirmation]):
    """The question about a link."""

    @property
    def comment(self) -> QPlainTextEdit:
        """The comment that the link brings."""
        return self.find(QPlainTextEdit, "comment")

    @property
    def accept(self) -> QPushButton:
        """Yes."""
        return self.button("accept")

    @property
    def dismiss(self) -> QPushButton:
        """No."""
        return self.button("dismiss")
