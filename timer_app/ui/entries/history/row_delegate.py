"""How a row of the entries is drawn: title with card and comment, a mark for each service."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from timer_app.domain.delivery.outbox import LoggedEntry
from timer_app.services.entries.history import duration_seconds, service_delivery_status
from timer_app.services.entries.listing import DeliveryStatus
from timer_app.ui.design.painting import Mark, draw_mark
from timer_app.ui.design.task_colours import task_colour
from timer_app.ui.design.tokens import (
    LINE_WIDTH,
    MARK_SIZE,
    SMALL,
    TINY,
    Scale,
    colours_of,
    scaled_font,
    tabular_font,
)
from timer_app.ui.entries.history import words
from timer_app.ui.entries.history.entry_table import SERVICES, EntryColumn, EntryTableModel
from timer_app.ui.plain_text import elided

Index = QModelIndex | QPersistentModelIndex
STATUS_MARKS = {
    DeliveryStatus.DELIVERED: Mark.TICK,
    DeliveryStatus.WAITING: Mark.CLOCK,
    DeliveryStatus.NEEDS_PERSON: Mark.WARNING,
    DeliveryStatus.NOT_SENT: Mark.DASH,
}
"""The delivery status of an entry, as a shape."""
_LEAST_LETTERS = 14


class EntryRowDelegate(QStyledItemDelegate):
    """Draws the model's rows; a screen reader reads the model's own text."""

    def __init__(self, model: EntryTableModel) -> None:
        super().__init__(model)
        self._model = model
        self._has_service_words = True

    def show_service_words(self, *, shown: bool) -> None:
        """Have words beside the services' marks, or the marks alone; tooltips have the words."""
        self._has_service_words = shown

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """See QStyledItemDelegate."""
        logged = self._model.entry(index.row())
        self._draw_ground(painter, option, index)
        if logged is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = option.rect.adjusted(SMALL, 0, -TINY, 0)
        column = EntryColumn(index.column())
        if column is EntryColumn.TASK:
            self._draw_task(painter, option, rect, logged)
        elif column in SERVICES:
            self._draw_service(painter, option, rect, logged, column)
        elif column is EntryColumn.MENU:
            size = _mark_size(option.font)
            mark = QRectF(0, 0, size, size)
            mark.moveCenter(QRectF(option.rect).center())
            draw_mark(painter, Mark.MORE, mark, colours_of(option.palette).muted)
        else:
            is_length = column is EntryColumn.LENGTH
            font = scaled_font(option.font, Scale.BODY, semibold=is_length)
            is_muted = column is EntryColumn.DATE
            own = colours_of(option.palette)
            text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
            if is_length:
                text = words.duration(duration_seconds(logged, self._model.now()))
            _draw_text(painter, rect, text, tabular_font(font), own.muted if is_muted else own.text)
        painter.restore()

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """A selected row is softly filled; a line stands below each, two where the keyboard is."""
        own = colours_of(option.palette)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, own.accent_soft)
            if EntryColumn(index.column()) is EntryColumn.DATE:
                bar = QRect(option.rect.left(), option.rect.top(), TINY, option.rect.height())
                painter.fillRect(bar, own.accent)
        line = QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), LINE_WIDTH)
        painter.fillRect(line, own.line)
        table = option.widget
        is_current = (
            isinstance(table, QTableView)
            and table.hasFocus()
            and table.currentIndex().row() == index.row()
        )
        if is_current:
            ring = QRect(option.rect.left(), option.rect.top(), option.rect.width(), LINE_WIDTH * 2)
            painter.fillRect(ring, own.focus)
            ring.moveBottom(option.rect.bottom())
            painter.fillRect(ring, own.focus)

    def _draw_task(
        self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, logged: LoggedEntry
    ) -> None:
        """A dot in the task's colour, the title, and small: the card's number, the comment."""
        own, task = colours_of(option.palette), logged.entry.task
        wide = _mark_size(option.font) / 2
        dot = QRectF(rect.left(), rect.center().y() - wide / 2 + 1, wide, wide)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(task_colour(task, option.palette))
        painter.drawEllipse(dot)
        rect = rect.adjusted(round(wide) + SMALL, 0, 0, 0)
        small = scaled_font(option.font, Scale.SMALL)
        parts = [f"#{task.card.id}"] if task.card else []
        comment = " ".join(logged.entry.comment.split())
        more = " · ".join([*parts, *([comment] if comment else [])])
        title = QFontMetrics(option.font).horizontalAdvance(task.title)
        wanted = QFontMetrics(small).horizontalAdvance(more) + 2 * SMALL if more else 0
        number = QFontMetrics(small).horizontalAdvance(parts[0]) + 2 * SMALL if parts else 0
        least = least_title_width(option.font)
        kept = width_beside_title(rect.width(), title, wanted, number, least)
        _draw_text(painter, rect.adjusted(0, 0, -kept, 0), task.title, option.font, own.text)
        if kept:
            left = min(title + SMALL, rect.width() - kept + TINY)
            _draw_text(painter, rect.adjusted(left, 0, 0, 0), more, small, own.muted)

    def _draw_service(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        rect: QRect,
        logged: LoggedEntry,
        column: EntryColumn,
    ) -> None:
        """A mark with a colour and a shape, then few words; one that is a link is underlined."""
        status = service_delivery_status(logged, SERVICES[column])
        text = words.service_mark(logged, SERVICES[column], status)
        if not text:
            return
        own = colours_of(option.palette)
        is_over = logged.stopped_at is not None
        colour = {
            DeliveryStatus.DELIVERED: own.accent_text if is_over else own.muted,
            DeliveryStatus.NEEDS_PERSON: own.danger,
        }.get(status.delivery_status, own.muted)
        font = tabular_font(scaled_font(option.font, Scale.SMALL))
        font.setUnderline(bool(status.address))
        size = min(_mark_size(font), rect.height())
        mark = QRectF(rect.left(), rect.center().y() - size / 2 + 1, size, size)
        kind = STATUS_MARKS[status.delivery_status] if is_over else Mark.CLOCK
        draw_mark(painter, kind, mark, colour)
        if self._has_service_words:
            _draw_text(painter, rect.adjusted(size + TINY, 0, 0, 0), text, font, colour)


def width_beside_title(width: int, title: int, wanted: int, number: int, least: int) -> int:
    """The pixels for card number and comment in a cell of that width; 0 where they give way.

    They have what the title leaves, and of a long title the room for the number or a quarter of
    the cell, unless it would keep less than `least`. `wanted` is the width of both, `number` of
    the number alone, 0 without one; both contain the space before them.
    """
    kept = min(wanted, max(width - title, number, width // 4), width - min(title, least))
    return kept if kept >= max(number, 1) else 0


def least_title_width(font: QFont) -> int:
    """How much of a long title is to be seen at least, in pixels."""
    return QFontMetrics(font).horizontalAdvance("0" * _LEAST_LETTERS)


def least_task_width(font: QFont) -> int:
    """The narrowest column in which that much of a title has room, in pixels."""
    return SMALL + _mark_size(font) // 2 + 1 + SMALL + least_title_width(font) + TINY


def _mark_size(font: QFont) -> int:
    """Marks grow with the letters beside them."""
    return max(MARK_SIZE, QFontMetrics(font).ascent())


def _draw_text(painter: QPainter, rect: QRect, text: str, font: QFont, colour: QColor) -> None:
    """One line, with an ellipsis where there is no room."""
    painter.setFont(font)
    painter.setPen(colour)
    shown = elided(text, QFontMetrics(font), rect.width())
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
