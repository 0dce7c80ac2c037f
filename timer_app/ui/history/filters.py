"""Which entries the table shows: words, how far they have come, and from which dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from PySide6.QtCore import QDate, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QLabel, QLineEdit, QWidget

from timer_app.services.listing import Sought, Standing
from timer_app.ui.flow_layout import FlowLayout
from timer_app.ui.history import words
from timer_app.ui.window import SPACE

_TYPING_PAUSE = 200  # milliseconds
_STANDINGS = (None, *Standing)


class Dates(Enum):
    """From which dates."""

    PERIOD = "the week or month that is drawn"
    DAY = "the day that is drawn"
    ALL = "all there are"
    OWN = "from … to …"


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the pictures show: the day, and the first and last date of the bars."""

    day: date
    first: date
    last: date


class Filters(QWidget):
    """`changed` tells that something else is sought."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._drawn: Drawn | None = None
        self.words = QLineEdit()
        self._standing = QComboBox()
        self._dates = QComboBox()
        self._first, self._last = QDateEdit(), QDateEdit()
        self._between = QLabel("–")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._lay_out()
        self.retranslate()

    def follow(self, drawn: Drawn) -> None:
        """The pictures show this now."""
        self._drawn = drawn

    def sought(self) -> Sought:
        """What is wanted."""
        first, last = self._span()
        standing = _STANDINGS[max(0, self._standing.currentIndex())]
        return Sought(self.words.text(), standing, first, last)

    def compared(self) -> tuple[date, date] | None:
        """The dates that are compared with the services: never all there are."""
        first, last = self._span()
        if first is not None and last is not None:
            return first, last
        return (self._drawn.first, self._drawn.last) if self._drawn else None

    @property
    def dates(self) -> Dates:
        """From which dates."""
        return tuple(Dates)[max(0, self._dates.currentIndex())]

    def show_dates(self, dates: Dates) -> None:
        """Choose these dates and nothing else."""
        self.words.clear()
        self._standing.setCurrentIndex(0)
        self._dates.setCurrentIndex(tuple(Dates).index(dates))
        self._now()

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        self.words.setPlaceholderText(self.tr("Find in task and comment"))
        self.words.setAccessibleName(self.tr("Find in task and comment"))
        self._standing.setAccessibleName(self.tr("How far entries have come"))
        self._dates.setAccessibleName(self.tr("Dates"))
        self._first.setAccessibleName(self.tr("From"))
        self._last.setAccessibleName(self.tr("To"))
        standings = [words.standing(each) for each in Standing]
        _fill(self._standing, [self.tr("Delivered or not"), *standings])
        named = {
            Dates.PERIOD: self.tr("Week or month above"),
            Dates.DAY: self.tr("Day above"),
            Dates.ALL: self.tr("All dates"),
            Dates.OWN: self.tr("From … to …"),
        }
        _fill(self._dates, [named[each] for each in Dates])

    def _lay_out(self) -> None:
        self.words.setClearButtonEnabled(True)
        self.words.setMinimumWidth(self.fontMetrics().averageCharWidth() * 32)
        row = FlowLayout(SPACE)
        for widget in (self.words, self._standing, self._dates, self._first, self._between,
                       self._last):  # fmt: skip
            row.addWidget(widget)
        row.setContentsMargins(0, 0, 0, 0)
        self.setLayout(row)
        for each in (self._first, self._last):
            each.setCalendarPopup(True)
        self._show_own()
        self.words.textChanged.connect(lambda: self._pause.start(_TYPING_PAUSE))
        self.words.returnPressed.connect(self._now)
        self._pause.timeout.connect(self.changed)
        self._standing.activated.connect(self._now)
        self._dates.activated.connect(self._choose_dates)
        self._first.dateChanged.connect(self._now)
        self._last.dateChanged.connect(self._now)

    def _choose_dates(self) -> None:
        if self.dates is Dates.OWN and self._drawn is not None:
            for edit, of in ((self._first, self._drawn.first), (self._last, self._drawn.last)):
                blocked = edit.blockSignals(True)
                edit.setDate(QDate(of.year, of.month, of.day))
                edit.blockSignals(blocked)
        self._now()

    def _now(self) -> None:
        self._pause.stop()
        self._show_own()
        self.changed.emit()

    def _show_own(self) -> None:
        own = self.dates is Dates.OWN
        for widget in (self._first, self._between, self._last):
            widget.setVisible(own)

    def _span(self) -> tuple[date | None, date | None]:
        drawn = self._drawn
        match self.dates:
            case Dates.OWN:
                first, last = sorted((_date(self._first), _date(self._last)))
                return first, last
            case Dates.PERIOD if drawn is not None:
                return drawn.first, drawn.last
            case Dates.DAY if drawn is not None:
                return drawn.day, drawn.day
            case _:
                return None, None


def _fill(box: QComboBox, texts: list[str]) -> None:
    """The choices in the language of the moment; what was chosen stays chosen."""
    chosen = max(0, box.currentIndex())
    box.clear()
    box.addItems(texts)
    box.setCurrentIndex(chosen)


def _date(edit: QDateEdit) -> date:
    return date(edit.date().year(), edit.date().month(), edit.date().day())
