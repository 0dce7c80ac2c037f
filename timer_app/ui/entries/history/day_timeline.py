"""A day as a timeline: each entry a block, gaps left open, what shares time one below the other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)

from timer_app.services.entries.history import Block, DayTimeline, visible_hours
from timer_app.ui.design.pictures import fitting_font, paint_block, paint_ring, paint_surface
from timer_app.ui.design.task_colours import PictureColours
from timer_app.ui.design.tokens import (
    CHIP_RADIUS,
    FOCUS_WIDTH,
    LEAST_BLOCK_WIDTH,
    LINE_WIDTH,
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
from timer_app.ui.entries.history.chart import EDGE, ChartWidget

_HOUR = timedelta(hours=1)
_STEP, _FINE = timedelta(minutes=15), timedelta(minutes=1)
_MOST_LANES = 6


@dataclass(frozen=True, slots=True)
class _Edge:
    """An edge of a block that the mouse holds."""

    block: Block
    is_begin: bool

    def moved(self, to: datetime) -> tuple[datetime, datetime]:
        """Begin and end of the block with this edge there; it keeps a minute at least."""
        if self.is_begin:
            return min(to, self.block.ends - _FINE), self.block.ends
        return self.block.begins, max(to, self.block.begins + _FINE)


class DayTimelineWidget(ChartWidget):
    """`entry_selected` carries the id of the selected entry, `entry_activated` of one to edit.

    An edge of a block can be dragged, in steps of 15 minutes, with Shift of one, and of what runs
    its begin: `entry_resized` carries the id with the new begin or end (None for the one that
    stays). What is dragged is an outline until the change is kept.
    """

    entry_selected = Signal(str)
    entry_activated = Signal(str)
    entry_resized = Signal(str, object, object)

    def __init__(self) -> None:
        super().__init__()
        self._day: DayTimeline | None = None
        self._zone: tzinfo | None = None
        self._current = ""
        self._edge: _Edge | None = None
        self._dragged_to: datetime | None = None

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
        """Never so narrow that its hours cannot be told apart."""
        return QSize(self.line() * 16, self.sizeHint().height())

    def _top_margin(self) -> float:
        return self.line() + EDGE

    def _preferred_lane_height(self) -> float:
        return self.line() * 2.2

    def _lane_height(self) -> float:
        lanes = self._day.lanes if self._day else 1
        return min(
            self._preferred_lane_height() * 1.5, (self.height() - self._top_margin() - EDGE) / lanes
        )

    # Places

    def x_at(self, instant: datetime) -> float:
        """Where an instant is."""
        if self._day is None:
            return 0.0
        first, last = visible_hours(self._day)
        return MEDIUM + (instant - first) / (last - first) * (self.width() - 2 * MEDIUM)

    def _instant_at(self, x: float, step: timedelta) -> datetime | None:
        """The instant at a place, on the nearest step of the clock."""
        if self._day is None:
            return None
        first, last = visible_hours(self._day)
        share = (x - MEDIUM) / (self.width() - 2 * MEDIUM)
        at = first + round((last - first) * share / step) * step
        return min(max(at, first), last)

    def _edge_at(self, point: QPointF) -> _Edge | None:
        """What of a block the mouse would take hold of; what runs has no end yet."""
        for block in self._day.blocks if self._day else ():
            rect = self._block_rect(block)
            grip = min(EDGE, rect.width() / 3)
            if not rect.top() <= point.y() <= rect.bottom():
                continue
            is_whole = self._day is not None and (
                self._day.begins < block.begins and block.ends < self._day.ends
            )
            if is_whole and abs(point.x() - rect.left()) <= grip:
                return _Edge(block, is_begin=True)
            if is_whole and not block.running and abs(point.x() - rect.right()) <= grip:
                return _Edge(block, is_begin=False)
        return None

    def _block_rect(self, block: Block) -> QRectF:
        left, right, lane = self.x_at(block.begins), self.x_at(block.ends), self._lane_height()
        top = self._top_margin() + block.lane * lane
        return QRectF(left, top + 1, max(LEAST_BLOCK_WIDTH, right - left), lane - 2)

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
        colours = colours_of(self.palette())
        paint_surface(painter, QRectF(self.rect()), colours)
        self._draw_hours(painter, self._day)
        fitting_font(painter, tabular_font(scaled_font(self.font(), Scale.SMALL)))
        seen = self._colours_seen()
        for block in self._day.blocks:
            self._draw_block(painter, block, seen.colour(block.entry.task))
        if self._day.now is not None:
            self._draw_now(painter, self._day.now)
        self._draw_dragged(painter)
        current = self._find_block(self._current)
        if current is not None:
            ring = colours.focus if self.hasFocus() else colours.text
            paint_ring(painter, self._block_rect(current), ring, CHIP_RADIUS)
        elif self.hasFocus():
            self.draw_focus(painter, QRectF(self.rect()).adjusted(TINY, TINY, -TINY, -TINY))
        painter.end()

    def _draw_hours(self, painter: QPainter, day: DayTimeline) -> None:
        first, last = visible_hours(day)
        metrics = fitting_font(painter, tabular_font(scaled_font(self.font(), Scale.SMALL)))
        colours = colours_of(self.palette())
        painter.setPen(QPen(colours.line, LINE_WIDTH))
        for number in range(max(1, (last - first) // _HOUR) + 1):
            x = self.x_at(first + number * _HOUR)
            painter.drawLine(QPointF(x, self._top_margin()), QPointF(x, self.height() - EDGE))
        painter.setPen(colours.muted)
        for left, label in self.hour_labels(metrics):
            painter.drawText(QPointF(left, TINY + metrics.ascent()), label)

    def hour_labels(self, metrics: QFontMetricsF) -> list[tuple[float, str]]:
        """Where each hour's figures begin, none over another. The last are within the widget."""
        if self._day is None:
            return []
        first, last = visible_hours(self._day)
        hours = max(1, (last - first) // _HOUR)
        room = (self.width() - 2 * MEDIUM) / hours
        wide = metrics.horizontalAdvance("00")
        every = next((n for n in (1, 2, 3, 4, 6, 12) if n * room > 2 * wide), 24)
        last_left = self.width() - MEDIUM - wide
        found: list[tuple[float, str]] = []
        for number in range(0, hours + 1, every):
            at = first + number * _HOUR
            left = min(self.x_at(at), last_left)
            if found and found[-1][0] + wide + TINY > left:
                found.pop()  # the last hour stands further left than its place
            found.append((left, f"{at.astimezone(self._zone):%H}"))
        return found

    def _colours_seen(self) -> PictureColours:
        """Blocks differ from those before them: in time, and in their lane."""
        blocks = self._sorted_blocks()
        lanes = [[each for each in blocks if each.lane == lane]
                 for lane in range(self._day.lanes if self._day else 0)]  # fmt: skip
        rows = [[each.entry.task for each in row] for row in (blocks, *lanes)]
        return PictureColours(rows, self.palette())

    def _draw_block(self, painter: QPainter, block: Block, fill: QColor) -> None:
        seconds = int((block.ends - block.begins).total_seconds())
        texts = (block.entry.task.title, words.duration(seconds))
        paint_block(painter, self._block_rect(block), fill, colours_of(self.palette()), texts)

    def _draw_now(self, painter: QPainter, now: datetime) -> None:
        x, accent = self.x_at(now), colours_of(self.palette()).accent
        painter.setPen(QPen(accent, FOCUS_WIDTH))
        painter.drawLine(QPointF(x, self._top_margin() - TINY), QPointF(x, self.height() - EDGE))
        painter.setBrush(accent)
        painter.drawEllipse(QPointF(x, self._top_margin() - TINY), FOCUS_WIDTH, FOCUS_WIDTH)

    def _draw_dragged(self, painter: QPainter) -> None:
        """Where the edge is held, and at what time: an outline, nothing is changed yet."""
        if self._edge is None or self._dragged_to is None or self._zone is None:
            return
        begins, ends = self._edge.moved(self._dragged_to)
        colours = colours_of(self.palette())
        rect = self._block_rect(replace(self._edge.block, begins=begins, ends=ends))
        paint_ring(painter, rect, colours.accent, CHIP_RADIUS)
        times = words.time_range(begins, ends, self._zone)
        metrics = QFontMetricsF(painter.font())
        wide = metrics.horizontalAdvance(times) + 2 * SMALL
        left = min(max(SMALL, rect.center().x() - wide / 2), self.width() - wide - SMALL)
        label = QRectF(left, TINY / 2, wide, metrics.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.accent)
        painter.drawRoundedRect(label, MARK_RADIUS, MARK_RADIUS)
        painter.setPen(colours.on_accent)
        painter.drawText(label, int(Qt.AlignmentFlag.AlignCenter), times)

    # What a person does

    def text_at(self, point: QPointF) -> str:
        """See ChartWidget."""
        block = self._block_at(point)
        return words.block_description(block, self._zone) if block and self._zone else ""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the block, and take hold of its edge."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        edge = self._edge_at(event.position())
        block = edge.block if edge else self._block_at(event.position())
        if block is not None:
            self._select(block)
        self._edge, self._dragged_to = edge, None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the edge that is held; without that, the pointer says what can be done."""
        if self._edge is None:
            can = self._edge_at(event.position()) is not None
            self.setCursor(Qt.CursorShape.SizeHorCursor if can else Qt.CursorShape.ArrowCursor)
            return
        is_fine = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        self._dragged_to = self._instant_at(event.position().x(), _FINE if is_fine else _STEP)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Have the entry begin or end there."""
        del event
        edge, at = self._edge, self._dragged_to
        self._edge = self._dragged_to = None
        self.update()
        if edge is None or at is None:
            return
        begins, ends = edge.moved(at)
        if (begins, ends) != (edge.block.begins, edge.block.ends):
            changed = (begins, None) if edge.is_begin else (None, ends)
            self.entry_resized.emit(edge.block.entry.id, *changed)

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
