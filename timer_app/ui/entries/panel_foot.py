"""The foot of the panel: today's time, how a long delivery goes, and the ways to other windows."""

from __future__ import annotations

from datetime import tzinfo

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout

from timer_app.domain.markup import escape
from timer_app.domain.user_message import fill
from timer_app.services.entries.history import Block, DayTimeline, visible_hours
from timer_app.ui import wording
from timer_app.ui.design.buttons import ButtonKind, MarkButton, set_kind
from timer_app.ui.design.day_bar import BarPiece, DayBar
from timer_app.ui.design.painting import Mark
from timer_app.ui.design.text import Text, Tone
from timer_app.ui.design.tokens import (
    LINE_WIDTH,
    MEDIUM,
    PROGRESS_HEIGHT,
    SMALL,
    TINY,
    Scale,
    colours_of,
)
from timer_app.ui.plain_text import plain_tooltip
from timer_app.ui.view import View
from timer_app.ui.window import RichLabel, named

ADD_TIME, HISTORY, SETTINGS = "Ctrl+N", "Ctrl+H", "Ctrl+,"


class PanelFoot(QFrame):
    """Its signals ask for a window, and for delivery to pause or to go on."""

    add_time = Signal()
    history = Signal()
    entry_wanted = Signal(str)
    settings = Signal()
    pause_or_resume = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._progress_bar = named(QProgressBar(), "delivery-progress")
        self._delivery_label = named(Text(Scale.SMALL, Tone.MUTED), "delivery")
        self._pause = named(QPushButton(), "delivery-pause")
        self._bar = named(DayBar(), "today-bar")
        self._today = named(RichLabel(), "today")  # its figures alone are not escaped
        self._add_time = named(QPushButton(), "add-time")
        self._history = named(QPushButton(), "history")
        self._settings = named(MarkButton(Mark.SETTINGS), "settings")
        self._lay_out()
        self._connect()

    def show_view(self, view: View) -> None:
        """Show a long delivery and the way to pause it; nothing of it while there is none."""
        progress = view.progress
        if progress is not None:
            self._progress_bar.setMaximum(progress.total)
            self._progress_bar.setValue(progress.done)
        self._delivery_label.setText(_delivery_words(view))
        self._pause.setText(self.tr("&Resume") if view.paused else self.tr("&Pause"))
        self._pause.setAccessibleName(
            self.tr("Resume delivery") if view.paused else self.tr("Pause delivery")
        )
        self._progress_bar.setVisible(progress is not None)
        for widget in (self._pause, self._delivery_label):
            widget.setVisible(view.paused or progress is not None)

    def show_today(self, seconds: int, goal: int) -> None:
        """Show today's time, and the goal where there is one."""
        words = self.tr("%1 of %2 today") if goal else self.tr("%1 today")
        figures = f"<b>{escape(wording.format_hm(seconds))}</b>", escape(wording.format_hm(goal))
        self._today.setText(fill(escape(words), *figures))

    def show_day(self, day: DayTimeline, zone: tzinfo) -> None:
        """Show today's entries from the first hour to the last."""
        pieces = [
            BarPiece(each.entry.id, each.entry.task, each.begins, each.ends, _described(each, zone))
            for each in day.blocks
        ]
        self._bar.show_day(*visible_hours(day), zone, pieces)

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        self._progress_bar.setAccessibleName(self.tr("Delivery"))
        self._bar.setAccessibleName(self.tr("Today"))
        self._add_time.setText(self.tr("A&dd time"))
        self._history.setText(self.tr("&History"))
        self._settings.setAccessibleName(self.tr("Settings"))
        keys = ((self._add_time, ADD_TIME), (self._history, HISTORY), (self._settings, SETTINGS))
        for button, key in keys:
            shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
            name = button.accessibleName() or button.text().replace("&", "")
            button.setToolTip(plain_tooltip(f"{name} ({shown})"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A surface from edge to edge, below a line."""
        del event
        own = colours_of(self.palette())
        painter = QPainter(self)
        painter.fillRect(self.rect(), own.surface)
        painter.fillRect(QRectF(0, 0, self.width(), LINE_WIDTH), own.line)
        painter.end()

    # Making

    def _lay_out(self) -> None:
        set_kind(self._pause, ButtonKind.QUIET)
        self._progress_bar.setTextVisible(False)
        self._progress_bar.setFixedHeight(PROGRESS_HEIGHT)
        delivery = QHBoxLayout()
        delivery.setSpacing(SMALL)
        delivery.addWidget(self._delivery_label, 1)
        delivery.addWidget(self._pause)
        row = QHBoxLayout()
        row.setSpacing(TINY)
        row.addWidget(self._today, 1)
        for button in (self._add_time, self._history, self._settings):
            row.addWidget(button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(MEDIUM, SMALL + 2, MEDIUM, SMALL + 2)
        self._column.setSpacing(TINY)
        self._column.addWidget(self._progress_bar)
        self._column.addLayout(delivery)
        self._column.addLayout(row)
        self._column.addWidget(self._bar)

    def _connect(self) -> None:
        self._add_time.clicked.connect(self.add_time)
        self._history.clicked.connect(self.history)
        self._bar.pressed.connect(self.entry_wanted)
        self._settings.clicked.connect(self.settings)
        self._pause.clicked.connect(self.pause_or_resume)


def _described(block: Block, zone: tzinfo) -> str:
    """When, and what."""
    begins, ends = (wording.format_time(each, zone) for each in (block.begins, block.ends))
    when = wording.format_range(begins, "…" if block.running else ends)
    return f"{when}  {block.entry.task.title}"


def _delivery_words(view: View) -> str:
    """How far it is and how long it takes yet, or that it is paused."""
    if view.paused:
        return wording.delivery_paused(view.waiting)
    if view.progress is None:
        return ""
    words = wording.delivery_progress(view.progress)
    left = view.progress.remaining
    return f"{words} · {wording.time_remaining(left)}" if left else words
