"""A week at a glance: a strip for each day, all between the same hours, with the day's total."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta, tzinfo

from PySide6.QtCore import QLocale, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent

from timer_app.services.entries.history import Bar, BarChart, Block, DayTimeline, visible_hours
from timer_app.ui.design.painting import draw_rounded
from timer_app.ui.design.pictures import fitting_font
from timer_app.ui.design.task_colours import PictureColours
from timer_app.ui.design.tokens import (
    CHIP_RADIUS,
    FOCUS_WIDTH,
    MARK_RADIUS,
    MEDIUM,
    SMALL,
    TINY,
    Scale,
    colours_of,
    scaled_font,
    tabular_font,
)
from timer_app.ui.entries.history import words
from timer_app.ui.entries.history.chart import ChartWidget
from timer_app.ui.wording import format_hm

_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)
_LEAST = 2.0
"""The least width of a piece: a minute is seen, too."""
_ROW = 1.35
"""The height of a row, in lines of text."""


class WeekStripsWidget(ChartWidget):
    """`date_chosen` carries the date of the chosen day, `entry_selected` an entry's id.

    `period_shift_requested` carries how many weeks to go on.
    """

    date_chosen = Signal(date)
    entry_selected = Signal(str)
    period_shift_requested = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._days: tuple[DayTimeline, ...] = ()
        self._bars: dict[date, Bar] = {}
        self._current: date | None = None
        self._zone: tzinfo | None = None

    def show_week(
        self, days: Sequence[DayTimeline], bars: BarChart, current: date, zone: tzinfo
    ) -> None:
        """Draw these days, whose totals are those of `bars`, with this date as the current one."""
        self._days, self._current, self._zone = tuple(days), current, zone
        self._bars = {bar.date: bar for bar in bars.bars}
        bar = self._bars.get(current)
        name = words.bar_description(bar) if bar else words.period_total(bars)
        descriptions = (words.day_description(day, zone) for day in days if day.blocks)
        self.describe(name, "\n".join(descriptions) or words.period_description(bars))
        self.update()

    def sizeHint(self) -> QSize:
        """A line for the hours and a row for each day."""
        return QSize(self.line() * 40, round(self._top() + 7 * self.line() * _ROW) + TINY)

    def minimumSizeHint(self) -> QSize:
        """Rows that can be told apart."""
        return QSize(self.line() * 16, round(self._top() + 7 * self.line()) + TINY)

    # Places

    def _top(self) -> float:
        return self.line() + TINY

    def _row_rect(self, number: int) -> QRectF:
        high = (self.height() - self._top() - TINY) / max(1, len(self._days))
        return QRectF(0, self._top() + number * high, self.width(), high)

    def _plot_rect(self, number: int) -> QRectF:
        """Where a day's pieces are, between its name and its total."""
        metrics = QFontMetricsF(tabular_font(scaled_font(self.font(), Scale.SMALL, semibold=True)))
        names = max((metrics.horizontalAdvance(self._name(each.date)) for each in self._days),
                    default=0)  # fmt: skip
        totals = metrics.horizontalAdvance("00:00")
        row = self._row_rect(number)
        return row.adjusted(names + SMALL + MEDIUM, TINY / 2, -(totals + SMALL + MEDIUM), -TINY / 2)

    def _hours(self) -> tuple[timedelta, timedelta]:
        """What of each day is drawn, from its beginning on: enough for every one of them."""
        seen = [(each.begins, *visible_hours(each)) for each in self._days]
        first = min(first - begins for begins, first, _ in seen)
        return first, max(last - begins for begins, _, last in seen)

    def _x_at(self, day: DayTimeline, instant: datetime, plot: QRectF) -> float:
        first, last = self._hours()
        share = (instant - day.begins - first) / (last - first)
        return plot.left() + min(max(share, 0.0), 1.0) * plot.width()

    def _piece_rect(self, number: int, block: Block) -> QRectF:
        day, plot = self._days[number], self._plot_rect(number)
        lane = plot.height() / day.lanes
        left, right = (self._x_at(day, at, plot) for at in (block.begins, block.ends))
        return QRectF(left, plot.top() + block.lane * lane, max(_LEAST, right - left), lane - 1)

    def piece_rect(self, entry_id: str) -> QRectF:
        """Where an entry's first piece is; empty where it is not seen."""
        for number, day in enumerate(self._days):
            for block in day.blocks:
                if block.entry.id == entry_id:
                    return self._piece_rect(number, block)
        return QRectF()

    def _number_at(self, point: QPointF) -> int | None:
        numbers = range(len(self._days))
        return next((each for each in numbers if self._row_rect(each).contains(point)), None)

    def _block_at(self, point: QPointF) -> Block | None:
        number = self._number_at(point)
        if number is None:
            return None
        inside = (
            each
            for each in self._days[number].blocks
            if self._piece_rect(number, each).adjusted(-1, 0, 1, 0).contains(point)
        )
        return next(inside, None)

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """The hours, and each day with its name and total."""
        del event
        if not self._days:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rows = [
            [each.entry.task for each in sorted(day.blocks, key=lambda block: block.begins)]
            for day in self._days
        ]
        seen = PictureColours(rows, self.palette())
        self._draw_hours(painter)
        for number in range(len(self._days)):
            self._draw_day(painter, number, seen)
        painter.end()

    def _draw_hours(self, painter: QPainter) -> None:
        metrics = fitting_font(painter, tabular_font(scaled_font(self.font(), Scale.SMALL)))
        painter.setPen(colours_of(self.palette()).muted)
        first, last = self._hours()
        plot, day = self._plot_rect(0), self._days[0]
        room = plot.width() / max(1, (last - first) // _HOUR)
        needed = metrics.horizontalAdvance("00") * 2
        every = next((n for n in (1, 2, 3, 4, 6, 12) if n * room > needed), 24)
        for number in range(0, (last - first) // _HOUR + 1, every):
            at = day.begins + first + number * _HOUR
            label = f"{at.astimezone(self._zone):%H}"
            x = self._x_at(day, at, plot) - metrics.horizontalAdvance(label) / 2
            painter.drawText(QPointF(x, metrics.ascent()), label)

    def _draw_day(self, painter: QPainter, number: int, seen: PictureColours) -> None:
        own, day = colours_of(self.palette()), self._days[number]
        row, plot = self._row_rect(number), self._plot_rect(number)
        is_current = day.date == self._current
        if is_current:
            soft = row.adjusted(FOCUS_WIDTH, FOCUS_WIDTH / 2, -FOCUS_WIDTH, -FOCUS_WIDTH / 2)
            draw_rounded(painter, soft, CHIP_RADIUS, own.accent_soft)
            self.draw_focus(painter, soft.adjusted(2, 2, -2, -2))
        draw_rounded(painter, plot, MARK_RADIUS, own.chip)
        for block in day.blocks:
            rect = self._piece_rect(number, block)
            radius = min(MARK_RADIUS, rect.width() / 2)
            draw_rounded(painter, rect, radius, seen.colour(block.entry.task))
        painter.setFont(tabular_font(scaled_font(self.font(), Scale.SMALL, semibold=is_current)))
        painter.setPen(own.accent_text if is_current else own.muted)
        middle = Qt.AlignmentFlag.AlignVCenter
        inside = row.adjusted(SMALL, 0, -SMALL, 0)
        painter.drawText(inside, int(middle | Qt.AlignmentFlag.AlignLeft), self._name(day.date))
        bar = self._bars.get(day.date)
        if bar is not None and bar.seconds:
            painter.setPen(own.accent_text if bar.has_reached_goal else own.text)
            total = format_hm(bar.seconds)
            painter.drawText(inside, int(middle | Qt.AlignmentFlag.AlignRight), total)

    def _name(self, on_date: date) -> str:
        form = QLocale.FormatType.ShortFormat
        return f"{QLocale().standaloneDayName(on_date.isoweekday(), form)} {on_date.day}"

    # What a person does

    def text_at(self, point: QPointF) -> str:
        """See ChartWidget."""
        block = self._block_at(point)
        return words.block_description(block, self._zone) if block and self._zone else ""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to that day, and select the entry that was clicked."""
        number = self._number_at(event.position())
        if number is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        block = self._block_at(event.position())
        self.date_chosen.emit(self._days[number].date)
        if block is not None:
            self.entry_selected.emit(block.entry.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go from day to day, PageUp and PageDown by the week."""
        if not self._days or self._current is None:
            return
        key = event.key()
        first, last = self._days[0].date, self._days[-1].date
        days = {Qt.Key.Key_Up: self._current - _DAY, Qt.Key.Key_Down: self._current + _DAY,
                Qt.Key.Key_Home: first, Qt.Key.Key_End: last}  # fmt: skip
        pages = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        if key in days:
            self.date_chosen.emit(days[Qt.Key(key)])
        elif key in pages:
            self.period_shift_requested.emit(pages[Qt.Key(key)])
        else:
            super().keyPressEvent(event)
