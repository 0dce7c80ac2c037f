"""What each task or card has in the range that is shown, also as a list to copy."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
)

from timer_app.services.entries.export import spreadsheet_text
from timer_app.services.entries.history import BarChart, card_totals
from timer_app.ui.design.buttons import ButtonKind, SegmentedChoice, set_kind
from timer_app.ui.design.pictures import dot_icon
from timer_app.ui.design.task_colours import task_colour
from timer_app.ui.design.text import Text, Tone
from timer_app.ui.design.tokens import FORM_WIDTH, Scale, colours_of, size_for_letters
from timer_app.ui.entries.history import words
from timer_app.ui.plain_text import plain_tooltip
from timer_app.ui.window import EDGE, SPACE, AppWindow, named

_MOST_SHOWN = 500
"""Rows that are shown: the list that is copied has all of them."""
_BY_TASK, _BY_CARD = range(2)


def _copied(name: str) -> str:
    """A name as one cell that no spreadsheet takes for a formula or for two."""
    return spreadsheet_text(re.sub(r"[\t\n\r\x0b\x0c\x85\u2028\u2029]", " ", name))


class TotalsWindow(AppWindow):
    """A row for each task or card, the largest first."""

    def __init__(self) -> None:
        super().__init__()
        self._bars: BarChart | None = None
        self._heading = Text(Scale.HEADING)
        self._status = named(Text(Scale.SMALL, Tone.MUTED), "status")
        self._kind = named(SegmentedChoice(2), "kind")
        self._rows = named(QTableWidget(0, 2), "rows")
        self._buttons = QDialogButtonBox()
        self._copy = named(QPushButton(), "copy")
        self._close = named(QPushButton(), "close")
        self._lay_out()
        self._kind.chosen.connect(self._fill)
        self._copy.clicked.connect(self.copy)
        self._close.clicked.connect(self.close)
        self.retranslate()

    def show_bars(self, bars: BarChart) -> None:
        """Show the totals of these."""
        self._bars = bars
        self._fill()

    def copy(self) -> None:
        """Put all rows on the clipboard, as a spreadsheet takes them."""
        lines = [f"{_copied(name)}\t{seconds}" for name, seconds, _ in self._totals()]
        QGuiApplication.clipboard().setText("\n".join(lines) + "\n" if lines else "")
        self._status.setText(self.tr("Copied."))

    def retranslate(self) -> None:
        """Write every text in the language of the moment."""
        self.setWindowTitle(self.tr("Totals"))
        self._kind.set_texts([self.tr("By task"), self.tr("By card")])
        self._kind.setAccessibleName(self.tr("Totals"))
        self._rows.setAccessibleName(self.tr("Totals"))
        self._copy.setText(self.tr("&Copy list"))
        self._close.setText(self.tr("C&lose"))
        self._fill()

    def _lay_out(self) -> None:
        rows = self._rows
        rows.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        rows.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        rows.setShowGrid(False)
        rows.setWordWrap(False)
        rows.setTabKeyNavigation(False)
        rows.verticalHeader().hide()
        rows.horizontalHeader().hide()
        rows.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        rows.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._buttons.addButton(self._copy, QDialogButtonBox.ButtonRole.ActionRole)
        self._buttons.addButton(self._close, QDialogButtonBox.ButtonRole.RejectRole)
        set_kind(self._copy, ButtonKind.PRIMARY)
        set_kind(self._close, ButtonKind.QUIET)
        head = QHBoxLayout()
        head.addWidget(self._heading, 1)
        head.addWidget(self._kind)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        column.setSpacing(SPACE)
        column.addLayout(head)
        column.addWidget(rows, 1)
        column.addWidget(self._status)
        column.addWidget(self._buttons)
        self.resize(size_for_letters((FORM_WIDTH, FORM_WIDTH), self.font()))

    def _totals(self) -> list[tuple[str, str, QColor | None]]:
        """Name, length and colour of each row."""
        if self._bars is None:
            return []
        if self._kind.current == _BY_CARD:
            return [
                (words.card_total_name(each), words.duration(each.seconds), None)
                for each in card_totals(self._bars.totals)
            ]
        neutral = colours_of(self.palette()).neutral
        return [
            (
                words.task_total_name(each), words.duration(each.seconds),
                task_colour(each.task, self.palette()) if each.task else neutral,
            )
            for each in self._bars.totals
        ]  # fmt: skip

    def _fill(self, *_: object) -> None:
        if self._bars is None:
            return
        self._heading.setText(words.period_name(self._bars))
        totals = self._totals()
        self._rows.setRowCount(min(len(totals), _MOST_SHOWN))
        for row, (name, seconds, colour) in enumerate(totals[:_MOST_SHOWN]):
            title, length = QTableWidgetItem(name), QTableWidgetItem(seconds)
            if colour is not None:
                title.setIcon(dot_icon(colour, self.devicePixelRatio()))
            title.setToolTip(plain_tooltip(name))
            length.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._rows.setItem(row, 0, title)
            self._rows.setItem(row, 1, length)
        translate = QCoreApplication.translate
        self._status.setText(
            words.totals_line(self._bars, len(totals))
            if totals
            else translate("History", "No entries.")
        )
