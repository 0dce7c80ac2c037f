"""Kinds of buttons, which the style draws; the round button; the segmented choice."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QWidget,
)

from timer_app.ui.design.painting import Mark, draw_focus, draw_mark, draw_rounded
from timer_app.ui.design.tokens import (
    CHIP_RADIUS,
    FIELD_RADIUS,
    MAIN_TARGET,
    MARK_SIZE,
    MEDIUM,
    TARGET,
    TINY,
    Scale,
    colours_of,
    mark_size,
    scaled_font,
)

_KIND = "timer_app_kind"


class ButtonKind(Enum):
    """How much a button asks to be pressed.

    `CHIP` and `LINK` are small: a link that looks like a chip, and one that looks like text.
    """

    PRIMARY = "primary"
    PLAIN = "plain"
    QUIET = "quiet"
    CHIP = "chip"
    LINK = "link"


def set_kind(button: QPushButton, kind: ButtonKind) -> None:
    """Have the style draw it as that; the words of a primary one are semibold."""
    button.setProperty(_KIND, kind.value)
    if kind in (ButtonKind.CHIP, ButtonKind.LINK):
        button.setFont(scaled_font(QApplication.font(button), Scale.SMALL))
    else:
        font = QFont()  # of the size that the system has at any time
        font.setWeight(font.Weight.DemiBold if kind is ButtonKind.PRIMARY else font.Weight.Normal)
        button.setFont(font)
    button.update()


def kind_of(widget: QWidget | None) -> ButtonKind:
    """The kind that was set; plain unless one was."""
    value = widget.property(_KIND) if widget is not None else None
    return ButtonKind(value) if value is not None else ButtonKind.PLAIN


class RoundButton(QAbstractButton):
    """A mark on a disc. It is heard by its text, which is not drawn, and shown as a tooltip."""

    def __init__(self, mark: Mark, *, is_main: bool = False) -> None:
        super().__init__()
        self._mark = mark
        self._is_main = is_main
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    @property
    def mark(self) -> Mark:
        """What is drawn on it."""
        return self._mark

    def set_mark(self, mark: Mark) -> None:
        """Draw that on it."""
        self._mark = mark
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the disc and the focus ring around it; larger letters make it larger."""
        least = MAIN_TARGET if self._is_main else TARGET
        lines = 2 if self._is_main else 1
        side = max(least, lines * self.fontMetrics().height() + TINY)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """Never smaller."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The disc and its mark."""
        del event
        own = colours_of(self.palette())
        is_stop = self._mark is Mark.STOP
        disc, mark = (own.text, own.background) if is_stop else (own.accent, own.on_accent)
        if not self.isEnabled():
            disc, mark = own.disabled_ground, own.disabled
        painter = QPainter(self)
        whole = QRectF(self.rect())
        line = own.disabled if disc == own.background else None
        draw_rounded(painter, whole, whole.height() / 2, shaded(disc, self, mark), line)
        if self.hasFocus():
            draw_focus(painter, whole, whole.height() / 2, own.focus)
            inner = whole.adjusted(2, 2, -2, -2)
            draw_rounded(painter, inner, inner.height() / 2, None, own.background)
        share = MARK_SIZE / MAIN_TARGET if self._is_main else MARK_SIZE / TARGET
        size = whole.height() * share
        around = QRectF(0, 0, size, size)
        around.moveCenter(whole.center())
        draw_mark(painter, self._mark, around, mark)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Larger letters."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.updateGeometry()


def shaded(colour: QColor, button: QAbstractButton, towards: QColor) -> QColor:
    """The colour, a little changed while the mouse is over it, and more while it is pressed."""
    if button.isDown():
        return mixed(colour, towards, 0.2)
    return mixed(colour, towards, 0.1) if button.underMouse() and button.isEnabled() else colour


def mixed(colour: QColor, other: QColor, share: float) -> QColor:
    """The colour with a share of another in it."""
    parts = ((colour.redF(), other.redF()), (colour.greenF(), other.greenF()),
             (colour.blueF(), other.blueF()))  # fmt: skip
    return QColor.fromRgbF(*(one * (1 - share) + two * share for one, two in parts))


class MarkButton(QPushButton):
    """A plain button with a mark in place of words. It is heard by its accessible name."""

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self._mark = mark
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As high as other buttons, and as wide."""
        high = super().sizeHint().height()
        return QSize(high, high)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The mark on the button."""
        super().paintEvent(event)
        own = colours_of(self.palette())
        size = mark_size(self.fontMetrics())
        square = QRectF(0, 0, size, size)
        square.moveCenter(QRectF(self.rect()).center())
        painter = QPainter(self)
        draw_mark(painter, self._mark, square, own.text if self.isEnabled() else own.disabled)
        painter.end()


class _Segment(QRadioButton):
    """One of the segments: a radio button to keyboard and screen readers."""

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Its words, semibold or not, and room around them."""
        font = self.font()
        font.setWeight(font.Weight.DemiBold)
        metrics = self.fontMetrics()
        wide = metrics.horizontalAdvance(self.text()) * 1.12
        return QSize(round(wide) + 2 * MEDIUM, max(TARGET, metrics.height() + 2 * TINY))

    def minimumSizeHint(self) -> QSize:
        """Never smaller."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802 - Qt's name
        """All of it."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Raised while it is the chosen one."""
        del event
        own = colours_of(self.palette())
        painter = QPainter(self)
        rect = QRectF(self.rect())
        if self.isChecked():
            draw_rounded(painter, rect, CHIP_RADIUS, own.surface, own.line)
        elif self.underMouse():
            draw_rounded(painter, rect, CHIP_RADIUS, mixed(own.chip, own.text, 0.08))
        if self.hasFocus():
            draw_focus(painter, rect, CHIP_RADIUS, own.focus)
        font = self.font()
        if self.isChecked():
            font.setWeight(font.Weight.DemiBold)
        painter.setFont(font)
        # Not by its weight alone: some scripts have no heavier letters.
        words = own.text if self.isChecked() or self.hasFocus() else own.muted
        painter.setPen(words if self.isEnabled() else own.disabled)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextShowMnemonic
        painter.drawText(self.rect(), int(flags), self.text())
        painter.end()


class SegmentedChoice(QWidget):
    """A few words of which one is chosen. `chosen` carries the number when a person chooses."""

    chosen = Signal(int)

    def __init__(self, count: int) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        for number in range(count):
            segment = _Segment()
            self._group.addButton(segment, number)
            row.addWidget(segment)
        self._group.buttons()[0].setChecked(True)
        self._group.idClicked.connect(self.chosen)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def current(self) -> int:
        """The number of the chosen one."""
        return self._group.checkedId()

    def set_current(self, number: int) -> None:
        """Choose that one, without a signal."""
        self._group.button(number).setChecked(True)

    def set_texts(self, texts: Sequence[str]) -> None:
        """Write their words, in their order."""
        for number, text in enumerate(texts):
            self._group.button(number).setText(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground that they stand on."""
        del event
        own = colours_of(self.palette())
        line = own.line if own.chip == own.background else None
        painter = QPainter(self)
        draw_rounded(painter, QRectF(self.rect()), FIELD_RADIUS, own.chip, line)
        painter.end()
