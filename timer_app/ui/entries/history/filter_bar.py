"""Which entries the table shows: words, how far they have come, and from which dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from PySide6.QtCore import QDate, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit

from timer_app.services.entries.listing import DeliveryStatus, EntryFilter
from timer_app.ui.design.fields import MarkedField
from timer_app.ui.design.painting import Mark
from timer_app.ui.entries.history import words
from timer_app.ui.flow_layout import FlowRow
from timer_app.ui.plain_text import PlainLabel
from timer_app.ui.window import SPACE, named

_TYPING_PAUSE = 200  # milliseconds
_STANDINGS = (None, *DeliveryStatus)


class DateScope(Enum):
    """From which dates."""

    PERIOD = "the week or month that is drawn"
    DAY = "the day that is drawn"
    ALL = "all there are"
    CUSTOM = "from … to …"


@dataclass(frozen=True, slots=True)
class ShownPeriod:
    """What the pictures show: the day, and the first and last date of the bars."""

    day: date
    first: date
    last: date


class FilterBar(FlowRow):
    """`changed` is emitted when the search has changed."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(SPACE)
        self._shown_period: ShownPeriod | None = None
        self.words = named(MarkedField(Mark.SEARCH), "filter-words")
        self._standing = named(QComboBox(), "filter-standing")
        self._dates = named(QComboBox(), "filter-dates")
        self._first = named(QDateEdit(), "filter-first")
        self._last = named(QDateEdit(), "filter-last")
        self._between = PlainLabel("–")
        self._typing_timer = QTimer(self)
        self._typing_timer.setSingleShot(True)
        self._lay_out()
        self.retranslate()

    def set_shown_period(self, shown_period: ShownPeriod) -> None:
        """The pictures show this now."""
        self._shown_period = shown_period

    def entry_filter(self) -> EntryFilter:
        """What is wanted."""
        first, last = self._date_range()
        delivery_status = _STANDINGS[max(0, self._standing.currentIndex())]
        return EntryFilter(self.words.text(), delivery_status, first, last)

    def audit_dates(self) -> tuple[date, date] | None:
        """The dates that are compared with the services: never all there are."""
        first, last = self._date_range()
        if first is not None and last is not None:
            return first, last
        return (self._shown_period.first, self._shown_period.last) if self._shown_period else None

    @property
    def dates(self) -> DateScope:
        """From which dates."""
        return tuple(DateScope)[max(0, self._dates.currentIndex())]

    def show_dates(self, dates: DateScope) -> None:
        """Choose these dates and nothing else."""
        self.words.clear()
        self._standing.setCurrentIndex(0)
        self._dates.setCurrentIndex(tuple(DateScope).index(dates))
        self._apply_now()

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        self.words.setPlaceholderText(self.tr("Find in task and comment"))
        self.words.setAccessibleName(self.tr("Find in task and comment"))
        self._standing.setAccessibleName(self.tr("How far entries have come"))
        self._dates.setAccessibleName(self.tr("Dates"))
        self._first.setAccessibleName(self.tr("From"))
        self._last.setAccessibleName(self.tr("To"))
        standings = [words.delivery_status(each) for each in DeliveryStatus]
        _fill(self._standing, [self.tr("Delivered or not"), *standings])
        named = {
            DateScope.PERIOD: self.tr("Week or month above"),
            DateScope.DAY: self.tr("Day above"),
            DateScope.ALL: self.tr("All dates"),
            DateScope.CUSTOM: self.tr("From … to …"),
        }
        _fill(self._dates, [named[each] for each in DateScope])

    def _lay_out(self) -> None:
        self.words.setClearButtonEnabled(True)
        self.words.setMinimumWidth(self.fontMetrics().averageCharWidth() * 37)
        for widget in (self.words, self._standing, self._dates, self._first, self._between,
                       self._last):  # fmt: skip
            self.flow.addWidget(widget)
        for each in (self._first, self._last):
            each.setCalendarPopup(True)
        self._show_custom_dates()
        self.words.textChanged.connect(lambda: self._typing_timer.start(_TYPING_PAUSE))
        self.words.returnPressed.connect(self._apply_now)
        self._typing_timer.timeout.connect(self.changed)
        self._standing.activated.connect(self._apply_now)
        self._dates.activated.connect(self._choose_dates)
        self._first.dateChanged.connect(self._apply_now)
        self._last.dateChanged.connect(self._apply_now)

    def _choose_dates(self) -> None:
        if self.dates is DateScope.CUSTOM and self._shown_period is not None:
            for edit, of in (
                (self._first, self._shown_period.first),
                (self._last, self._shown_period.last),
            ):
                blocked = edit.blockSignals(True)
                edit.setDate(QDate(of.year, of.month, of.day))
                edit.blockSignals(blocked)
        self._apply_now()

    def _apply_now(self) -> None:
        self._typing_timer.stop()
        self._show_custom_dates()
        self.changed.emit()

    def _show_custom_dates(self) -> None:
        own = self.dates is DateScope.CUSTOM
        for widget in (self._first, self._between, self._last):
            widget.setVisible(own)

    def _date_range(self) -> tuple[date | None, date | None]:
        shown_period = self._shown_period
        match self.dates:
            case DateScope.CUSTOM:
                first, last = sorted((_to_date(self._first), _to_date(self._last)))
                return first, last
            case DateScope.PERIOD if shown_period is not None:
                return shown_period.first, shown_period.last
            case DateScope.DAY if shown_period is not None:
                return shown_period.day, shown_period.day
            case _:
                return None, None


def _fill(box: QComboBox, texts: list[str]) -> None:
    """The choices in the language of the moment; what was chosen stays chosen."""
    chosen = max(0, box.currentIndex())
    box.clear()
    box.addItems(texts)
    box.setCurrentIndex(chosen)


def _to_date(edit: QDateEdit) -> date:
    return date(edit.date().year(), edit.date().month(), edit.date().day())
