"""A day as a timeline: each entry a block, gaps left open, what shares time one below the other."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)

from timer_app.services.entries.history import Block, DayTimeline, visible_hours
from timer_app.ui.design.task_colours import task_colour
from timer_app.ui.design.tokens import CHIP_RADIUS, FOCUS_WIDTH, LINE_WIDTH, colours_of
from timer_app.ui.entries.history import words
from timer_app.ui.entries.history.chart import EDGE, ChartWidget
from timer_app.ui.plain_text import show_tooltip

_HOUR = timedelta(hours=1)
_MOST_LANES = 6
_MIN_BLOCK_WIDTH = 3.0
_PADDING = 4.0


class DayTimelineWidget(ChartWidget):
    """`entry_selected` carries the id of the selected entry, `entry_activated` of one to edit."""

    entry_selected = Signal(str)
    entry_activated = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._day: DayTimeline | None = None
        self._zone: tzinfo | None = None
        self._current = ""

    def show_day(self, day: DayTimeline, zone: tzinfo) -> None:
        """Draw this day; the current block stays current while it is there."""
        lanes = self._day.lanes if self._day else 0
        self._day, self._zone = day, zone
        if self._find_block(self._current) is None:
            self._current = ""
        if day.lanes != lanes:
            self.updateGeometry()
        self._describe()
        self.update()

    def set_current(self, entry_id: str) -> None:
        """The entry is the current one elsewhere too; "" for none."""
        self._current = entry_id if self._find_block(entry_id) else ""
        self._describe()
        self.update()

    # Size

    def sizeHint(self) -> QSize:
        """As high as its lanes, up to some; more become narrower."""
        lanes = min(self._day.lanes if self._day else 1, _MOST_LANES)
        return QSize(
            self.line() * 40,
            round(self._top_margin() + lanes * self._preferred_lane_height() + EDGE),
        )

    def minimumSizeHint(self) -> QSize:
        """Never narrower than its hours can be told apart."""
        return QSize(self.line() * 16, self.sizeHint().height())

    def _top_margin(self) -> float:
        return self.line() * 1.4 + EDGE

    def _preferred_lane_height(self) -> float:
        return self.line() * 2.2

    def _lane_height(self) -> float:
        lanes = self._day.lanes if self._day else 1
        return min(
            self._preferred_lane_height() * 1.5, (self.height() - self._top_margin() - EDGE) / lanes
        )

    # Places

    def _x_at(self, instant: datetime) -> float:
        if self._day is None:
            return 0.0
        first, last = visible_hours(self._day)
        return EDGE + (instant - first) / (last - first) * (self.width() - 2 * EDGE)

    def _block_rect(self, block: Block) -> QRectF:
        left, right, lane = self._x_at(block.begins), self._x_at(block.ends), self._lane_height()
        top = self._top_margin() + block.lane * lane
        return QRectF(left, top + 1, max(_MIN_BLOCK_WIDTH, right - left), lane - 2)

    def _sorted_blocks(self) -> list[Block]:
        return sorted(self._day.blocks, key=lambda each: each.begins) if self._day else []

    def _find_block(self, entry_id: str) -> Block | None:
        blocks = self._day.blocks if self._day else ()
        return next((each for each in blocks if each.entry.id == entry_id), None)

    def _block_at(self, point: QPointF) -> Block | None:
        blocks = self._day.blocks if self._day else ()
        inside = (each for each in blocks
                  if self._block_rect(each).adjusted(-1, 0, 1, 0).contains(point))  # fmt: skip
        return next(inside, None)

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Hours, blocks, now."""
        del event
        if self._day is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_hours(painter, self._day)
        for block in self._day.blocks:
            self._draw_block(painter, block)
        if self._day.now is not None:
            self._draw_now(painter, self._day.now)
        current = self._find_block(self._current)
        around = (
            self._block_rect(current) if current else QRectF(self.rect()).adjusted(3, 3, -3, -3)
        )
        self.draw_focus(painter, around)
        painter.end()

    def _draw_hours(self, painter: QPainter, day: DayTimeline) -> None:
        first, last = visible_hours(day)
        metrics = QFontMetricsF(self.font())
        wide = metrics.horizontalAdvance("00:00") * 1.5
        hour_wide = (self.width() - 2 * EDGE) / max(1, (last - first) // _HOUR)
        every = max(1, -int(-wide // hour_wide))
        own = colours_of(self.palette())
        for number in range((last - first) // _HOUR + 1):
            at = first + number * _HOUR
            x = self._x_at(at)
            painter.setPen(QPen(own.line, LINE_WIDTH))
            painter.drawLine(QPointF(x, self._top_margin() - 4), QPointF(x, self.height() - EDGE))
            if number % every == 0:
                said = f"{at.astimezone(self._zone):%H:%M}"
                half = metrics.horizontalAdvance(said) / 2
                left = min(max(_PADDING, x - half), self.width() - 2 * half - _PADDING)
                painter.setPen(own.muted)
                painter.drawText(QPointF(left, EDGE / 2 + metrics.ascent()), said)

    def _draw_block(self, painter: QPainter, block: Block) -> None:
        rect, own = self._block_rect(block), colours_of(self.palette())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(task_colour(block.entry.task, self.palette()))
        painter.drawRoundedRect(rect, CHIP_RADIUS, CHIP_RADIUS)
        if block.entry.id == self._current:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(own.text, FOCUS_WIDTH))
            painter.drawRoundedRect(rect, CHIP_RADIUS, CHIP_RADIUS)
        inner = rect.adjusted(_PADDING, 0, -_PADDING, 0)
        if inner.width() > self.line() and inner.height() >= self.line():
            metrics = QFontMetricsF(self.font())
            title = metrics.elidedText(
                block.entry.task.title, Qt.TextElideMode.ElideRight, inner.width()
            )
            painter.setPen(own.on_task)
            painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter), title)

    def _draw_now(self, painter: QPainter, now: datetime) -> None:
        x = self._x_at(now)
        painter.setPen(QPen(colours_of(self.palette()).accent, FOCUS_WIDTH))
        painter.drawLine(QPointF(x, self._top_margin() - 8), QPointF(x, self.height() - EDGE))
        painter.setBrush(colours_of(self.palette()).accent)
        painter.drawEllipse(QPointF(x, self._top_margin() - 8), 3, 3)

    # What a person does

    def event(self, event: QEvent) -> bool:
        """Tell what is under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            block = self._block_at(QPointF(event.pos()))
            said = words.block_description(block, self._zone) if block and self._zone else ""
            show_tooltip(event.globalPos(), said, self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the block."""
        block = self._block_at(event.position())
        if block is not None and event.button() is Qt.MouseButton.LeftButton:
            self._select(block)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Edit it."""
        block = self._block_at(event.position())
        if block is not None:
            self.entry_activated.emit(block.entry.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right go from block to block, Enter edits."""
        blocks = self._sorted_blocks()
        key = event.key()
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Home: -len(blocks),
                 Qt.Key.Key_End: len(blocks)}  # fmt: skip
        if key in steps and blocks:
            self._select(blocks[self._next_index(blocks, steps[Qt.Key(key)])])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current:
            self.entry_activated.emit(self._current)
        else:
            super().keyPressEvent(event)

    def _next_index(self, blocks: list[Block], by: int) -> int:
        ids = [each.entry.id for each in blocks]
        if self._current not in ids:
            return 0 if by > 0 and by != len(blocks) else len(blocks) - 1
        return min(max(0, ids.index(self._current) + by), len(blocks) - 1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard is here now."""
        super().focusInEvent(event)
        self.update()

    def _select(self, block: Block) -> None:
        self.set_current(block.entry.id)
        self.entry_selected.emit(block.entry.id)

    def _describe(self) -> None:
        if self._day is None or self._zone is None:
            return
        current = self._find_block(self._current)
        name = (
            words.block_description(current, self._zone)
            if current
            else words.day_total_and_goal(self._day)
        )
        self.describe(name, words.day_description(self._day, self._zone))
