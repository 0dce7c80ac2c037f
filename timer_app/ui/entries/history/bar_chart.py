"""A week or a month as bars, by task, against the goal of each day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby

from PySide6.QtCore import QLocale, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)

from timer_app.services.entries.history import Bar, BarChart, Scope, TaskTotal
from timer_app.ui.design.painting import draw_focus
from timer_app.ui.design.pictures import fitting_font, paint_goal_line, paint_ring, paint_stack
from timer_app.ui.design.task_colours import PictureColours
from timer_app.ui.design.tokens import (
    CHART_BAR_WIDTH,
    CHIP_RADIUS,
    LINE_WIDTH,
    SMALL,
    TINY,
    Scale,
    colours_of,
    scaled_font,
    tabular_font,
)
from timer_app.ui.entries.history import words
from timer_app.ui.entries.history.chart import EDGE, ChartWidget
from timer_app.ui.wording import format_hm

_DAY = timedelta(days=1)
_MIN_AXIS_SECONDS = 4 * 3600
_BAR_WIDTH_SHARE = 0.62


class BarChartWidget(ChartWidget):
    """`date_chosen` is emitted with the date of the chosen bar.

    `period_shift_requested` carries how many periods to go on.
    """

    date_chosen = Signal(date)
    period_shift_requested = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._bars: BarChart | None = None
        self._current: date | None = None

    def show_bars(self, bars: BarChart, current: date) -> None:
        """Draw these, with this date as the current one."""
        self._bars, self._current = bars, current
        self._describe()
        self.update()

    def sizeHint(self) -> QSize:
        """High enough to tell a quarter of an hour."""
        return QSize(self.line() * 40, self.line() * 8 + 2 * EDGE)

    def minimumSizeHint(self) -> QSize:
        """Low enough for a small screen."""
        return QSize(self.line() * 16, self.line() * 6 + 2 * EDGE)

    # Places

    def _plot_rect(self) -> QRectF:
        """Where the bars stand, between a line for their lengths and one for their dates."""
        line = self.line()
        return QRectF(self.rect()).adjusted(EDGE, EDGE + line, -EDGE, -(EDGE + line * 1.3))

    def _axis_seconds(self) -> int:
        """The seconds at the upper edge."""
        if self._bars is None:
            return _MIN_AXIS_SECONDS
        most = max(bar.seconds for bar in self._bars.bars)
        return max(most, *(bar.goal for bar in self._bars.bars), _MIN_AXIS_SECONDS)

    def _slot_rect(self, number: int) -> QRectF:
        plot = self._plot_rect()
        count = len(self._bars.bars) if self._bars else 1
        wide = plot.width() / count
        return QRectF(plot.left() + number * wide, 0, wide, self.height())

    def _bar_rect(self, number: int, bar: Bar) -> QRectF:
        plot, slot = self._plot_rect(), self._slot_rect(number)
        high = plot.height() * bar.seconds / self._axis_seconds()
        wide = min(slot.width() * _BAR_WIDTH_SHARE, CHART_BAR_WIDTH)
        return QRectF(slot.center().x() - wide / 2, plot.bottom() - high, wide, high)

    def _bar_at(self, point: QPointF) -> Bar | None:
        bars = self._bars.bars if self._bars else ()
        inside = (bar for number, bar in enumerate(bars) if self._slot_rect(number).contains(point))
        return next(inside, None)

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bars, their lengths and dates, the goal."""
        del event
        if self._bars is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, plot = colours_of(self.palette()), self._plot_rect()
        painter.setPen(QPen(colours.line, LINE_WIDTH))
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())
        stacks = [[each.task for each in bar.parts if each.task] for bar in self._bars.bars]
        seen = PictureColours(stacks, self.palette())
        for number, bar in enumerate(self._bars.bars):
            self._draw_bar(painter, number, bar, seen)
        self._draw_goals(painter)
        for number, bar in enumerate(self._bars.bars):
            self._draw_texts(painter, number, bar)
        painter.end()

    def _draw_bar(self, painter: QPainter, number: int, bar: Bar, seen: PictureColours) -> None:
        rect, colours = self._bar_rect(number, bar), colours_of(self.palette())
        if bar.seconds:
            parts = bar.parts or (TaskTotal(None, bar.seconds),)
            shares = [
                (seen.colour(each.task) if each.task else colours.neutral,
                 each.seconds / bar.seconds) for each in parts
            ]  # fmt: skip
            paint_stack(painter, rect, shares, colours.background)
        if bar.date == self._current:
            ring = rect if bar.seconds else rect.adjusted(0, -TINY, 0, 0)
            paint_ring(painter, ring, colours.accent, CHIP_RADIUS)
            if self.hasFocus():  # around all of the day: in high contrast one colour is both
                draw_focus(painter, self._slot_rect(number), CHIP_RADIUS, colours.focus)

    def _draw_goals(self, painter: QPainter) -> None:
        """A line at each date's goal: one line where they are alike."""
        plot, bars = self._plot_rect(), self._bars.bars if self._bars else ()
        for goal, run in groupby(enumerate(bars), key=lambda each: each[1].goal):
            numbers = [number for number, _ in run]
            if goal:
                y = plot.bottom() - plot.height() * goal / self._axis_seconds()
                left = QPointF(self._slot_rect(numbers[0]).left(), y)
                right = QPointF(self._slot_rect(numbers[-1]).right(), y)
                paint_goal_line(painter, left, right, colours_of(self.palette()))

    def _draw_texts(self, painter: QPainter, number: int, bar: Bar) -> None:
        """The length above a bar, the date below it."""
        rect, slot = self._bar_rect(number, bar), self._slot_rect(number)
        colours = colours_of(self.palette())
        metrics = fitting_font(painter, tabular_font(scaled_font(self.font(), Scale.SMALL)))
        label = format_hm(bar.seconds)
        if bar.seconds and metrics.horizontalAdvance(label) < slot.width():
            high, wide = metrics.height(), metrics.horizontalAdvance(label) + SMALL
            gap = TINY if bar.date == self._current else 0
            above = QRectF(slot.center().x() - wide / 2, rect.top() - high - gap, wide, high)
            painter.fillRect(above.adjusted(0, 0, 0, -1), colours.background)
            painter.setPen(colours.text)
            painter.drawText(above, int(Qt.AlignmentFlag.AlignCenter), label)
        is_current = bar.date == self._current
        painter.setFont(scaled_font(self.font(), Scale.SMALL, semibold=is_current))
        painter.setPen(colours.accent_text if is_current else colours.muted)
        if bar.date == self._today() and not is_current:
            painter.setPen(colours.text)
        below = QRectF(slot.left(), self._plot_rect().bottom() + TINY, slot.width(), self.line())
        if label := self._date_label(number, bar, slot.width()):
            flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip)
            painter.drawText(below, flags, label)

    def _today(self) -> date | None:
        return self._bars.today if self._bars else None

    def _date_label(self, number: int, bar: Bar, wide: float) -> str:
        """The weekday and the day, or as much of it as there is room for."""
        metrics = QFontMetricsF(self.font())
        if self._bars is None:
            return ""
        day = str(bar.date.day)
        if self._bars.scope is Scope.WEEK:
            form = QLocale.FormatType.ShortFormat
            named = f"{QLocale().standaloneDayName(bar.date.isoweekday(), form)} {day}"
            return named if metrics.horizontalAdvance(named) < wide else day
        fits = metrics.horizontalAdvance("00") + 2 < wide
        return day if fits or number % 7 == 0 or bar.date == self._current else ""

    # What a person does

    def text_at(self, point: QPointF) -> str:
        """See ChartWidget."""
        bar = self._bar_at(point)
        return words.bar_description(bar) if bar else ""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to that day."""
        bar = self._bar_at(event.position())
        if bar is not None and event.button() is Qt.MouseButton.LeftButton:
            self.date_chosen.emit(bar.date)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right go from day to day, PageUp and PageDown by the whole."""
        if self._bars is None or self._current is None:
            return
        days = {Qt.Key.Key_Left: self._current - _DAY, Qt.Key.Key_Right: self._current + _DAY,
                Qt.Key.Key_Home: self._bars.first, Qt.Key.Key_End: self._bars.last}  # fmt: skip
        pages = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        key = event.key()
        if key in days:
            self.date_chosen.emit(days[Qt.Key(key)])
        elif key in pages:
            self.period_shift_requested.emit(pages[Qt.Key(key)])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard is here now."""
        super().focusInEvent(event)
        self.update()

    def _describe(self) -> None:
        if self._bars is None:
            return
        bars = {bar.date: bar for bar in self._bars.bars}
        current = bars.get(self._current) if self._current else None
        name = words.bar_description(current) if current else words.period_total(self._bars)
        self.describe(name, words.period_description(self._bars))
