"""The rows of a list of tasks: two lines, today's time, and the button that starts the task."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QMouseEvent, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from timer_app.ui.design.painting import Mark, draw_focus, draw_mark, draw_rounded
from timer_app.ui.design.tokens import (
    FIELD_RADIUS,
    LINE_WIDTH,
    SMALL,
    TARGET,
    TINY,
    Colours,
    Scale,
    colours_of,
    mark_size,
    scaled_font,
    tabular_font,
)
from timer_app.ui.plain_text import elided

Index = QModelIndex | QPersistentModelIndex


class TaskRow(NamedTuple):
    """What a row says: `detail` stands below the title, `time` at the end; "" for nothing."""

    title: str
    detail: str = ""
    time: str = ""
    is_pinned: bool = False


class SectionRow(NamedTuple):
    """The heading of the rows below it. Such an item is neither enabled nor selectable."""

    title: str


class TaskRowDelegate(QStyledItemDelegate):
    """Draws what `content` returns. `start_requested` carries the index whose button is pressed.

    `has_button`: rows can be started. The text of an item is what screen readers say of it.
    """

    start_requested = Signal(QModelIndex)

    def __init__(
        self, content: Callable[[Index], TaskRow | SectionRow], *, has_button: bool = True
    ) -> None:
        super().__init__()
        self._content = content
        self._has_button = has_button

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line for a heading, two for a task, and room around them."""
        small = QFontMetrics(scaled_font(option.font, Scale.SMALL)).height()
        match self._content(index):
            case SectionRow():
                return QSize(0, small + SMALL + TINY)
            case TaskRow(detail=detail):
                high = QFontMetrics(option.font).height() + (small if detail else 0)
                return QSize(0, max(TARGET, high) + SMALL + TINY)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The row in its state."""
        painter.save()
        match self._content(index):
            case SectionRow(title):
                _draw_section(painter, option, title)
            case TaskRow() as row:
                _draw_task(painter, option, row, has_button=self._has_button)
        painter.restore()

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """A click on the round button starts the task."""
        is_release = event.type() is QEvent.Type.MouseButtonRelease
        if (
            is_release
            and isinstance(event, QMouseEvent)
            and self._is_on_button(event, option, index)
        ):
            self.start_requested.emit(index)
            return True
        return super().editorEvent(event, model, option, index)

    def _is_on_button(self, event: QMouseEvent, option: QStyleOptionViewItem, index: Index) -> bool:
        is_task = isinstance(self._content(index), TaskRow)
        return self._has_button and is_task and _button_rect(option).contains(event.position())


class NameDelegate(QStyledItemDelegate):
    """Draws the names of pages: the one that is shown in the accent's colour, semibold."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A line with room around it, wide enough for the semibold name."""
        font = scaled_font(option.font, Scale.BODY, semibold=True)
        metrics = QFontMetrics(font)
        name = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        high = max(TARGET, metrics.height() + SMALL + TINY)
        return QSize(metrics.horizontalAdvance(name) + 2 * SMALL, high)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The name in its state."""
        own = colours_of(option.palette)
        painter.save()
        ground = QRectF(option.rect)
        words = own.accent_text if _is_chosen(option) else own.text
        if _is_chosen(option) and own.accent_soft == own.background:
            draw_rounded(painter, ground, FIELD_RADIUS, own.accent)
            words = own.on_accent
        elif _is_chosen(option):
            draw_rounded(painter, ground, FIELD_RADIUS, own.accent_soft)
        elif _is_hovered(option):
            draw_rounded(painter, ground, FIELD_RADIUS, own.chip)
        if option.state & QStyle.StateFlag.State_HasFocus:
            draw_focus(painter, ground, FIELD_RADIUS, own.focus)
            if words == own.on_accent:  # the ring has the colour of the ground
                inner = ground.adjusted(2, 2, -2, -2)
                draw_rounded(painter, inner, FIELD_RADIUS - 2, None, own.on_accent)
        font = scaled_font(option.font, Scale.BODY, semibold=_is_chosen(option))
        painter.setPen(words)
        name = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        rect = option.rect.adjusted(SMALL, 0, -SMALL, 0)
        _draw_line(painter, option, rect, name, font, Qt.AlignmentFlag.AlignVCenter)
        painter.restore()


def _is_chosen(option: QStyleOptionViewItem) -> bool:
    return bool(option.state & QStyle.StateFlag.State_Selected)


def _is_hovered(option: QStyleOptionViewItem) -> bool:
    return bool(option.state & QStyle.StateFlag.State_MouseOver)


def _mirrored(option: QStyleOptionViewItem, rect: QRect) -> QRect:
    """The place for a language that is read from the other side."""
    return QStyle.visualRect(option.direction, option.rect, rect)


def _button_rect(option: QStyleOptionViewItem) -> QRectF:
    side = max(TARGET, QFontMetrics(option.font).height() + TINY)
    rect = option.rect
    left = rect.right() - SMALL - side
    place = QRect(left, rect.center().y() - side // 2, side, side)
    return QRectF(_mirrored(option, place))


def _draw_section(painter: QPainter, option: QStyleOptionViewItem, title: str) -> None:
    font = scaled_font(option.font, Scale.SMALL, semibold=True)
    rect = option.rect.adjusted(TINY, 0, -TINY, -TINY)
    painter.setFont(font)
    palette = QPalette(option.palette)
    palette.setCurrentColorGroup(QPalette.ColorGroup.Active)  # its item is none to be chosen
    painter.setPen(colours_of(palette).muted)
    _draw_line(painter, option, rect, title, font, Qt.AlignmentFlag.AlignBottom)


def _draw_task(
    painter: QPainter, option: QStyleOptionViewItem, row: TaskRow, *, has_button: bool
) -> None:
    own = colours_of(option.palette)
    ground = QRectF(option.rect).adjusted(0, 1, 0, -1)
    if _is_chosen(option):
        draw_rounded(painter, ground, FIELD_RADIUS, own.surface, own.line)
    elif _is_hovered(option):
        draw_rounded(painter, ground, FIELD_RADIUS, own.chip)
    right = option.rect.right() - SMALL
    if has_button and (_is_chosen(option) or _is_hovered(option)):
        button = _button_rect(option)
        draw_rounded(painter, button, button.height() / 2, own.accent)
        inner = button.adjusted(6, 6, -6, -6)
        draw_mark(painter, Mark.PLAY, inner, own.on_accent)
        right -= round(button.width()) + SMALL
    right = _draw_time(painter, option, row.time, right, own)
    left = option.rect.left() + SMALL
    if row.is_pinned:
        left = _draw_pin(painter, option, left, own)
    _draw_words(painter, option, row, QRect(left, option.rect.top(), right - left, 0), own)


def _draw_time(
    painter: QPainter, option: QStyleOptionViewItem, time: str, right: int, own: Colours
) -> int:
    """Draw today's time; answers where the room for words ends, in pixels."""
    if not time:
        return right
    font = tabular_font(scaled_font(option.font, Scale.SMALL))
    wide = QFontMetrics(font).horizontalAdvance(time) + LINE_WIDTH
    rect = QRect(right - wide, option.rect.top(), wide, option.rect.height())
    painter.setPen(own.muted)
    _draw_line(painter, option, rect, time, font, Qt.AlignmentFlag.AlignVCenter)
    return right - wide - SMALL


def _draw_pin(painter: QPainter, option: QStyleOptionViewItem, left: int, own: Colours) -> int:
    size = mark_size(option.fontMetrics)
    place = QRect(left, option.rect.top(), size, option.rect.height())
    rect = QRectF(_mirrored(option, place))
    draw_mark(painter, Mark.PIN, rect, own.muted)
    return left + size + TINY


def _draw_words(
    painter: QPainter, option: QStyleOptionViewItem, row: TaskRow, room: QRect, own: Colours
) -> None:
    small = scaled_font(option.font, Scale.SMALL)
    title_high = QFontMetrics(option.font).height()
    detail_high = QFontMetrics(small).height() if row.detail else 0
    top = option.rect.top() + (option.rect.height() - title_high - detail_high) // 2
    painter.setPen(own.text)
    title = QRect(room.left(), top, room.width(), title_high)
    _draw_line(painter, option, title, row.title, option.font, Qt.AlignmentFlag.AlignVCenter)
    painter.setPen(own.muted)
    detail = QRect(room.left(), top + title_high, room.width(), detail_high)
    _draw_line(painter, option, detail, row.detail, small, Qt.AlignmentFlag.AlignVCenter)


def _draw_line(
    painter: QPainter,
    option: QStyleOptionViewItem,
    rect: QRect,
    text: str,
    font: QFont,
    vertical: Qt.AlignmentFlag,
) -> None:
    """One line, from where reading begins, with an ellipsis where there is no room."""
    painter.setFont(font)
    shown = elided(text, QFontMetrics(font), rect.width())
    leading = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft)
    painter.drawText(_mirrored(option, rect), int(leading | vertical), shown)
