"""A stretch of time as a strip: what there was, and one block that can be dragged and resized."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from enum import Enum, auto

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from timer_app.domain.entries.task import Task
from timer_app.ui.accessibility import set_role
from timer_app.ui.design.pictures import (
    fitting_font,
    paint_block,
    paint_handle,
    paint_ring,
    paint_surface,
)
from timer_app.ui.design.task_colours import PictureColours
from timer_app.ui.design.tokens import (
    CHIP_RADIUS,
    LINE_WIDTH,
    MEDIUM,
    SMALL,
    SURFACE_RADIUS,
    TARGET,
    TINY,
    Scale,
    colours_of,
    scaled_font,
    tabular_font,
)
from timer_app.ui.plain_text import show_tooltip

_HOUR = timedelta(hours=1)
_STEP, _FINE_STEP = timedelta(minutes=15), timedelta(minutes=1)
_GRIP = SMALL
_MIN_WIDTH = 3.0


class BlockKind(Enum):
    """What a block is: of a task, of other entries, or time in question."""

    TASK = auto()
    OTHER = auto()
    OPEN = auto()


@dataclass(frozen=True, slots=True)
class StripBlock:
    """A block from one instant to another; `description` is heard, and shown as a tooltip."""

    begins: datetime
    ends: datetime
    lines: tuple[str, ...] = ()
    task: Task | None = None
    kind: BlockKind = BlockKind.TASK
    description: str = ""


class _Grip(Enum):
    """What of the block is dragged."""

    BEGIN = auto()
    WHOLE = auto()
    END = auto()
    NEW = auto()


class DayStrip(QWidget):
    """Blocks between two instants. `draft_moved` carries begin and end while one is dragged.

    `drag_ended` is emitted when the mouse lets go or a key has moved the draft. With the mouse a
    draft moves in steps of 15 minutes, with Shift of one; on the empty strip a new one is drawn.
    """

    draft_moved = Signal(object, object)
    drag_ended = Signal()

    def __init__(self, *, is_draggable: bool = False, has_hours: bool = True) -> None:
        super().__init__()
        self._is_draggable, self._has_hours = is_draggable, has_hours
        self._first: datetime | None = None
        self._last: datetime | None = None
        self._zone: tzinfo | None = None
        self._blocks: tuple[StripBlock, ...] = ()
        self._draft: StripBlock | None = None
        self._grip: _Grip | None = None
        self._grabbed_at = QPointF()
        self._grabbed: tuple[datetime, datetime] | None = None
        set_role(self, QAccessible.Role.Graphic)
        self.setMouseTracking(is_draggable)
        if is_draggable:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def draft(self) -> StripBlock | None:
        """The block that can be dragged."""
        return self._draft

    def show_time(
        self,
        first: datetime,
        last: datetime,
        zone: tzinfo,
        blocks: Sequence[StripBlock],
        draft: StripBlock | None = None,
    ) -> None:
        """Draw these. While something is dragged, the first and last instant stay as they are."""
        if self._grip is None:
            self._first, self._last = first, last
        self._zone, self._blocks, self._draft = zone, tuple(blocks), draft
        self.setAccessibleDescription("; ".join(
            each.description for each in (*blocks, *([draft] if draft else [])) if each.description
        ))  # fmt: skip
        self.update()

    # Size and places

    def sizeHint(self) -> QSize:
        """A line for the hours, two for the blocks."""
        return QSize(self._line() * 24, round(self._top() + self._line() * 2.1 + SMALL))

    def minimumSizeHint(self) -> QSize:
        """Wide enough to tell hours apart."""
        return QSize(self._line() * 12, self.sizeHint().height())

    def _line(self) -> int:
        return self.fontMetrics().height()

    def _top(self) -> float:
        return TINY + self._line() if self._has_hours else SMALL

    def _plot(self) -> QRectF:
        return QRectF(self.rect()).adjusted(MEDIUM, self._top(), -MEDIUM, -SMALL)

    def x_at(self, instant: datetime) -> float:
        """Where an instant is."""
        if self._first is None or self._last is None:
            return 0.0
        plot = self._plot()
        x = plot.left() + (instant - self._first) / (self._last - self._first) * plot.width()
        return min(max(x, plot.left()), plot.right())

    def block_rect(self, block: StripBlock) -> QRectF:
        """Where a block is."""
        plot, left, right = self._plot(), self.x_at(block.begins), self.x_at(block.ends)
        return QRectF(left, plot.top(), max(_MIN_WIDTH, right - left), plot.height())

    def _instant_at(self, x: float, step: timedelta) -> datetime | None:
        """The instant at a place, on the nearest step of the clock."""
        if self._first is None or self._last is None:
            return None
        plot = self._plot()
        share = (x - plot.left()) / plot.width()
        return self._clamped(_stepped(self._first, (self._last - self._first) * share, step))

    def _clamped(self, instant: datetime) -> datetime:
        if self._first is None or self._last is None:
            return instant
        return min(max(instant, self._first), self._last)

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground, hours, blocks, the draft above them."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = colours_of(self.palette())
        paint_surface(painter, QRectF(self.rect()), colours)
        if self._first is not None and self._last is not None:
            if self._has_hours:
                self._draw_hours(painter, self._first, self._last)
            fitting_font(painter, tabular_font(scaled_font(self.font(), Scale.SMALL)))
            seen = self._colours_seen()
            for block in self._blocks:
                self._draw_block(painter, block, self._fill(block, seen))
            if self._draft is not None:
                self._draw_draft(painter, self._draft, self._fill(self._draft, seen))
        if self.hasFocus():
            inside = QRectF(self.rect()).adjusted(TINY, TINY, -TINY, -TINY)
            paint_ring(painter, inside, colours.focus, SURFACE_RADIUS - TINY)
        painter.end()

    def _draw_hours(self, painter: QPainter, first: datetime, last: datetime) -> None:
        colours = colours_of(self.palette())
        metrics = fitting_font(painter, tabular_font(scaled_font(self.font(), Scale.SMALL)))
        hours = max(1, (last - first) // _HOUR)
        room = self._plot().width() / hours
        every = next(
            (n for n in (1, 2, 3, 4, 6, 12) if n * room > metrics.horizontalAdvance("00:00")), 24
        )
        for number in range(hours + 1):
            at = first + number * _HOUR
            local = at.astimezone(self._zone)
            if local.hour % every:
                continue
            label, x = f"{local:%H}", self.x_at(at)
            left = min(x, self.width() - SMALL - metrics.horizontalAdvance(label))
            painter.setPen(colours.muted)
            painter.drawText(QPointF(left, TINY + metrics.ascent()), label)
            painter.setPen(QPen(colours.line, LINE_WIDTH))
            if number:
                painter.drawLine(QPointF(x, self._plot().top()), QPointF(x, self._plot().bottom()))

    def _colours_seen(self) -> PictureColours:
        """Blocks differ from those before them in time."""
        shown = (*self._blocks, *([self._draft] if self._draft else []))
        tasks = [each.task for each in sorted(shown, key=lambda each: each.begins) if each.task]
        return PictureColours([tasks], self.palette())

    def _fill(self, block: StripBlock, seen: PictureColours) -> QColor:
        if block.kind is BlockKind.TASK and block.task is not None:
            return seen.colour(block.task)
        return colours_of(self.palette()).neutral

    def _draw_block(self, painter: QPainter, block: StripBlock, fill: QColor) -> None:
        paint_block(
            painter, self.block_rect(block), fill, colours_of(self.palette()), block.lines,
            is_striped=block.kind is BlockKind.OPEN, seen=self._seen(block),
        )  # fmt: skip

    def _seen(self, block: StripBlock) -> QRectF:
        """The larger part of a block that the draft leaves uncovered."""
        rect = self.block_rect(block)
        if self._draft is None:
            return rect
        over = self.block_rect(self._draft)
        before = QRectF(rect.left(), rect.top(), over.left() - rect.left(), rect.height())
        after = QRectF(over.right(), rect.top(), rect.right() - over.right(), rect.height())
        if over.right() <= rect.left() or rect.right() <= over.left():
            return rect
        return max(before, after, key=QRectF.width)

    def _draw_draft(self, painter: QPainter, draft: StripBlock, fill: QColor) -> None:
        """The draft, with what it shares with others striped, and handles where they fit."""
        colours, rect = colours_of(self.palette()), self.block_rect(draft)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.surface)
        painter.drawRoundedRect(rect.adjusted(-2, 0, 2, 0), CHIP_RADIUS, CHIP_RADIUS)
        paint_block(painter, rect, fill, colours)
        for block in self._blocks:
            begins, ends = max(block.begins, draft.begins), min(block.ends, draft.ends)
            if begins < ends and block.kind is not BlockKind.OPEN:
                left, right = self.x_at(begins), self.x_at(ends)
                shared = QRectF(left, rect.top(), max(_MIN_WIDTH, right - left), rect.height())
                paint_block(painter, shared, colours.warning, colours, is_striped=True)
        if rect.width() > TARGET and self._is_draggable:
            paint_handle(painter, QRectF(rect.left(), rect.top(), _GRIP, rect.height()), colours)
            right_grip = QRectF(rect.right() - _GRIP, rect.top(), _GRIP, rect.height())
            paint_handle(painter, right_grip, colours)
        inner = rect.adjusted(TINY, 0, -TINY, 0)
        metrics = QFontMetricsF(painter.font())
        if draft.lines and metrics.horizontalAdvance(draft.lines[0]) < inner.width() - 2 * _GRIP:
            painter.setPen(colours.on_task)
            painter.drawText(inner, int(Qt.AlignmentFlag.AlignCenter), draft.lines[0])

    # What a person does

    def event(self, event: QEvent) -> bool:
        """Tell what is under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            point = QPointF(event.pos())
            shown = (*([self._draft] if self._draft else []), *self._blocks)
            inside = (each for each in shown if self.block_rect(each).contains(point))
            block = next(inside, None)
            show_tooltip(event.globalPos(), block.description if block else "", self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the draft, or begin a new one."""
        if not self._is_draggable or event.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self._grip = self._grip_at(event.position())
        self._grabbed_at = event.position()
        if self._grip is _Grip.NEW or self._draft is None:
            at = self._instant_at(event.position().x(), _step_of(event.modifiers()))
            self._grabbed = (at, at) if at is not None else None
        else:
            self._grabbed = self._draft.begins, self._draft.ends

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag what is held; without that, the pointer says what can be done."""
        if not self._is_draggable:
            return
        if self._grip is None or self._grabbed is None:
            edge = self._grip_at(event.position()) in (_Grip.BEGIN, _Grip.END)
            whole = self._grip_at(event.position()) is _Grip.WHOLE
            shape = Qt.CursorShape.SizeHorCursor if edge else Qt.CursorShape.OpenHandCursor
            self.setCursor(shape if edge or whole else Qt.CursorShape.CrossCursor)
            return
        moved = self._dragged(event.position(), _step_of(event.modifiers()))
        if moved is not None and moved[0] < moved[1]:
            self.draft_moved.emit(*moved)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if self._grip is None:
            super().mouseReleaseEvent(event)
            return
        self._grip = self._grabbed = None
        self.drag_ended.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right move the draft, with Ctrl its end; Shift makes the steps minutes."""
        ways = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        way, draft = ways.get(Qt.Key(event.key())), self._draft
        if way is None or draft is None or not self._is_draggable:
            super().keyPressEvent(event)
            return
        by = way * _step_of(event.modifiers())
        begins, ends = draft.begins, self._clamped(draft.ends + by)
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            begins = self._clamped(draft.begins + by)
            if ends - begins != draft.ends - draft.begins:
                return
        if begins < ends:
            self.draft_moved.emit(begins, ends)
            self.drag_ended.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard is here now."""
        super().focusInEvent(event)
        self.update()

    def _grip_at(self, point: QPointF) -> _Grip:
        if self._draft is None:
            return _Grip.NEW
        rect = self.block_rect(self._draft)
        grip = min(_GRIP, rect.width() / 3)
        if abs(point.x() - rect.left()) <= grip:
            return _Grip.BEGIN
        if abs(point.x() - rect.right()) <= grip:
            return _Grip.END
        return _Grip.WHOLE if rect.left() < point.x() < rect.right() else _Grip.NEW

    def _dragged(self, point: QPointF, step: timedelta) -> tuple[datetime, datetime] | None:
        """Begin and end of what is held, now that the mouse is there."""
        at = self._instant_at(point.x(), step)
        if at is None or self._grabbed is None or self._first is None or self._last is None:
            return None
        begins, ends = self._grabbed
        match self._grip:
            case _Grip.BEGIN:
                return min(at, ends - _FINE_STEP), ends
            case _Grip.END:
                return begins, max(at, begins + _FINE_STEP)
            case _Grip.NEW:
                return min(begins, at), max(ends, at)
            case _:
                plot = self._plot()
                share = (point.x() - self._grabbed_at.x()) / plot.width()
                by = (self._last - self._first) * share
                moved = _stepped(begins, by, step)
                moved = min(max(moved, self._first), self._last - (ends - begins))
                return moved, moved + (ends - begins)


def _step_of(modifiers: Qt.KeyboardModifier) -> timedelta:
    return _FINE_STEP if modifiers & Qt.KeyboardModifier.ShiftModifier else _STEP


def _stepped(begins: datetime, by: timedelta, step: timedelta) -> datetime:
    """So much later, on the nearest step since the hour of `begins`."""
    hour = begins.replace(minute=0, second=0, microsecond=0)
    return hour + round((begins + by - hour) / step) * step
