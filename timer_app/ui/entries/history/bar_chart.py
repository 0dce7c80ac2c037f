"""A week or a month as bars against the goal of a day."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QEvent, QLocale, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)

from timer_app.services.entries.history import Bar, BarChart, Scope
from timer_app.ui.design.tokens import LINE_WIDTH, MARK_RADIUS, colours_of
from timer_app.ui.entries.history import words
from timer_app.ui.entries.history.chart import EDGE, ChartWidget
from timer_app.ui.plain_text import show_tooltip
from timer_app.ui.wording import format_hm

_DAY = timedelta(days=1)
_MIN_AXIS_SECONDS = 4 * 3600
_BAR_WIDTH_SHARE = 0.7
_MAX_BAR_WIDTH = 80.0
_BELOW_GOAL_ALPHA = 0.35


class BarChartWidget(ChartWidget):
    """`date_chosen` tells the date of the bar that was chosen.

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
        whole = QRectF(self.rect()).adjusted(EDGE, EDGE + line, -EDGE, -(EDGE + line * 1.3))
        if self._bars is not None and self._bars.goal:
            whole.setLeft(whole.left() + QFontMetricsF(self.font()).horizontalAdvance("00:00") + 6)
        return whole

    def _axis_seconds(self) -> int:
        """The seconds at the upper edge."""
        if self._bars is None:
            return _MIN_AXIS_SECONDS
        most = max(bar.seconds for bar in self._bars.bars)
        return max(most, round(self._bars.goal * 1.1), _MIN_AXIS_SECONDS)

    def _slot_rect(self, number: int) -> QRectF:
        plot = self._plot_rect()
        count = len(self._bars.bars) if self._bars else 1
        wide = plot.width() / count
        return QRectF(plot.left() + number * wide, 0, wide, self.height())

    def _bar_rect(self, number: int, bar: Bar) -> QRectF:
        plot, slot = self._plot_rect(), self._slot_rect(number)
        high = plot.height() * bar.seconds / self._axis_seconds()
        wide = min(slot.width() * _BAR_WIDTH_SHARE, _MAX_BAR_WIDTH)
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
        plot = self._plot_rect()
        painter.setPen(QPen(colours_of(self.palette()).line, LINE_WIDTH))
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())
        if self._bars.goal:
            self._draw_goal(painter, plot)
        for number, bar in enumerate(self._bars.bars):
            self._draw_bar(painter, number, bar)
        painter.end()

    def _draw_bar(self, painter: QPainter, number: int, bar: Bar) -> None:
        rect, slot = self._bar_rect(number, bar), self._slot_rect(number)
        if bar.seconds:
            painter.setPen(QPen(self._accent(), 1))
            painter.setBrush(self._brush(bar))
            painter.drawRect(rect)
        metrics = QFontMetricsF(self.font())
        font = self.font()
        font.setBold(self._bars is not None and bar.date == self._bars.today)
        painter.setFont(font)
        if bar.seconds and metrics.horizontalAdvance("00:00") < slot.width():
            self._draw_length(
                painter, self._length_label(bar), QPointF(slot.center().x(), rect.top())
            )
        below = QRectF(slot.left(), self._plot_rect().bottom() + 4, slot.width(), self.line() * 1.1)
        if bar.date == self._current:
            self._draw_current(painter, below)
        else:
            painter.setPen(colours_of(self.palette()).muted)
        if said := self._date_label(number, bar, slot.width()):
            flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip)
            painter.drawText(below, flags, said)
        painter.setFont(self.font())

    def _draw_length(self, painter: QPainter, said: str, bottom: QPointF) -> None:
        """Above its bar, and above the line of the goal."""
        wide = QFontMetricsF(painter.font()).horizontalAdvance(said) + 4
        above = QRectF(bottom.x() - wide / 2, bottom.y() - self.line() - 2, wide, self.line())
        painter.fillRect(above, self.palette().color(QPalette.ColorRole.Window))
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(above, int(Qt.AlignmentFlag.AlignCenter), said)

    def _draw_current(self, painter: QPainter, below: QRectF) -> None:
        """The date that is shown as a timeline: its label is filled."""
        highlight = self.palette().color(QPalette.ColorRole.Highlight)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(highlight)
        around = below.adjusted(1, 0, -1, 0)
        painter.drawRoundedRect(around, MARK_RADIUS, MARK_RADIUS)
        self.draw_focus(painter, around)
        painter.setPen(self.palette().color(QPalette.ColorRole.HighlightedText))

    def _has_reached_goal(self, bar: Bar) -> bool:
        goal = self._bars.goal if self._bars else 0
        return bar.seconds >= goal

    def _length_label(self, bar: Bar) -> str:
        """Its length, with a tick where the goal is reached: not by colour alone."""
        has_goal = self._bars is not None and self._bars.goal
        return (
            f"✓ {format_hm(bar.seconds)}"
            if has_goal and self._has_reached_goal(bar)
            else format_hm(bar.seconds)
        )

    def _brush(self, bar: Bar) -> QColor:
        """Full where the goal is reached, light where it is not."""
        colour = QColor(self._accent())
        if not self._has_reached_goal(bar):
            colour.setAlphaF(_BELOW_GOAL_ALPHA)
        return colour

    def _accent(self) -> QColor:
        return colours_of(self.palette()).accent

    def _draw_goal(self, painter: QPainter, plot: QRectF) -> None:
        goal = self._bars.goal if self._bars else 0
        muted = colours_of(self.palette()).muted
        y = plot.bottom() - plot.height() * goal / self._axis_seconds()
        painter.setPen(QPen(muted, LINE_WIDTH, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        painter.setPen(muted)
        left = QRectF(EDGE, y - self.line() / 2, plot.left() - EDGE - 6, self.line())
        flags = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(left, flags, format_hm(goal))

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

    def event(self, event: QEvent) -> bool:
        """Tell what is under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            bar = self._bar_at(QPointF(event.pos()))
            said = words.bar_description(bar, self._bars.goal) if bar and self._bars else ""
            show_tooltip(event.globalPos(), said, self)
            return True
        return super().event(event)

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
        name = (
            words.bar_description(current, self._bars.goal)
            if current
            else words.period_total(self._bars)
        )
        self.describe(name, words.period_description(self._bars))
