"""Labels: of a size and a tone, on one line or several, and chips."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QSizePolicy, QWidget

from timer_app.ui.design.buttons import ButtonKind, kind_of, set_kind
from timer_app.ui.design.painting import draw_rounded
from timer_app.ui.design.tokens import (
    CHIP_RADIUS,
    LINE_WIDTH,
    SMALL,
    Colours,
    Scale,
    colours_of,
    scaled_font,
    tabular_font,
)
from timer_app.ui.plain_text import PlainLabel, elided, plain_tooltip


class Tone(Enum):
    """What a text is to its reader."""

    NORMAL = "text"
    MUTED = "muted"
    GOOD = "accent_text"
    WARNING = "warning"
    DANGER = "danger"


def tone_colour(own: Colours, tone: Tone) -> QColor:
    """The colour of text of that tone."""
    match tone:
        case Tone.NORMAL:
            return own.text
        case Tone.MUTED:
            return own.muted
        case Tone.GOOD:
            return own.accent_text
        case Tone.WARNING:
            return own.warning
        case Tone.DANGER:
            return own.danger


class Text(PlainLabel):
    """A label of a size and a tone. It follows the system's theme, and its font with `follow_font`.

    It wraps unless it is one `line`, which ends with an ellipsis where there is no room; then all
    of it is in the tooltip.
    """

    def __init__(
        self,
        scale: Scale = Scale.BODY,
        tone: Tone = Tone.NORMAL,
        *,
        semibold: bool | None = None,
        line: bool = False,
    ) -> None:
        self._scale, self._tone, self._semibold = scale, tone, semibold
        self._is_line = line
        super().__init__()
        self.setForegroundRole(QPalette.ColorRole.WindowText)  # a button around it has another
        self.setWordWrap(not line)
        if line:
            self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        else:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.follow_font()
        self._follow_palette()

    def set_tone(self, tone: Tone) -> None:
        """Be to the reader something else."""
        self._tone = tone
        self._follow_palette()

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's name
        """See QLabel."""
        super().setText(text)
        self._stretch()
        self._tell_all()

    @property
    def is_line(self) -> bool:
        """Whether it ends with an ellipsis where there is no room."""
        return self._is_line

    def sizeHint(self) -> QSize:
        """All of it."""
        if not self._is_line:
            return super().sizeHint()
        margins = self.contentsMargins()
        metrics = self.fontMetrics()
        wide = metrics.horizontalAdvance(self.text()) + margins.left() + margins.right()
        return QSize(wide + LINE_WIDTH, metrics.height() + margins.top() + margins.bottom())

    def minimumSizeHint(self) -> QSize:
        """A line can be as short as it must."""
        return QSize(0, self.sizeHint().height()) if self._is_line else super().minimumSizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """What there is room for."""
        if not self._is_line:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = self._elided()
        painter.drawText(self.contentsRect(), int(self.alignment()), shown)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrower text is higher, or ends earlier."""
        super().resizeEvent(event)
        self._stretch()
        self._tell_all()

    def changeEvent(self, event: QEvent) -> None:
        """Another font or theme of the system."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._stretch()
        elif event.type() is QEvent.Type.PaletteChange:
            self._follow_palette()

    def _elided(self) -> str:
        return elided(self.text(), self.fontMetrics(), self.contentsRect().width())

    def _tell_all(self) -> None:
        if self._is_line:
            is_cut = self.text() not in self._elided()
            self.setToolTip(plain_tooltip(self.text() if is_cut else ""))

    def _stretch(self) -> None:
        if not self._is_line:
            stretch(self)

    def follow_font(self) -> None:
        """Set the size as a share of the system's."""
        font = scaled_font(QApplication.font(self), self._scale, semibold=self._semibold)
        self.setFont(tabular_font(font) if self._scale is Scale.CLOCK else font)

    def _follow_palette(self) -> None:
        set_text_colour(self, tone_colour(_surrounding(self), self._tone))


def _surrounding(label: QLabel) -> Colours:
    """The colours of the window that a label is in, not of the label, which has its own text."""
    return colours_of(QApplication.palette(label))


def set_text_colour(label: QLabel, colour: QColor) -> None:
    """Write it in that colour."""
    if label.palette().color(QPalette.ColorRole.WindowText) != colour:
        palette = QPalette(label.palette())
        palette.setColor(QPalette.ColorRole.WindowText, colour)
        label.setPalette(palette)


def follow_font(window: QWidget) -> None:
    """Let every text in a window follow the system's size; Qt informs only its own labels."""
    for label in window.findChildren(QLabel):
        if isinstance(label, Text | Chip):
            label.follow_font()
    for button in window.findChildren(QPushButton):
        if kind_of(button) in (ButtonKind.CHIP, ButtonKind.LINK):
            set_kind(button, kind_of(button))


def stretch(label: QLabel) -> None:
    """Have a wrapped label be never lower than its text, and no higher than it must."""
    label.setMinimumHeight(0)  # a label asks for no less than it had to be before
    label.setMinimumHeight(max(0, label.heightForWidth(label.width())))


class Chip(PlainLabel):
    """A short word on a ground of its own: a card's number, a key."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setContentsMargins(SMALL - 2, 1, SMALL - 2, 1)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.follow_font()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground, then the word."""
        painter = QPainter(self)
        own = colours_of(QApplication.palette(self))
        line = own.line if own.chip == own.background else None
        draw_rounded(painter, QRectF(self.rect()), CHIP_RADIUS, own.chip, line)
        painter.end()
        super().paintEvent(event)

    def follow_font(self) -> None:
        """Set the size as a share of the system's."""
        self.setFont(scaled_font(QApplication.font(self), Scale.SMALL))
