"""Text that was written by anybody is shown letter by letter, never taken for markup.

Qt guesses the format of labels and tooltips: a title such as `<img src="/path">` opens the file.
Every label and tooltip of the app is made with what is in here, and tests/ui/test_plain_text.py
holds that.
"""

from __future__ import annotations

import re
from typing import TypeVar
from unicodedata import bidirectional

from PySide6.QtCore import QEvent, QPoint, QTextBoundaryFinder
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QShowEvent, Qt
from PySide6.QtWidgets import QLabel, QToolTip, QWidget

from timer_app.domain.markup import escape
from timer_app.ui.accessibility import announce

_BREAK = "\u200b"
"""A space of no width. A `<` or `&` before it begins no tag and no entity."""
_ISOLATE, _END_OF_ISOLATE = "\u2068", "\u2069"
_FROM_THE_RIGHT = ("R", "AL")
_COULD_BEGIN_MARKUP = re.compile(r"<(?=\s*[A-Za-z/!?])|&(?=#?\w+;)")


class PlainLabel(QLabel):
    """A label without markup. It begins where the window is read from, whatever it says."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._is_spoken = False
        self._unspoken = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._align()
        self.setText(text)

    def be_spoken(self) -> None:
        """Have screen readers say its words when they change: they come of what somebody did."""
        self._is_spoken = True

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's name
        """See QLabel."""
        if self._is_spoken and text != self.text():
            self._unspoken = text
        super().setText(text)
        self._speak()

    def showEvent(self, event: QShowEvent) -> None:
        """Words may be written before they are shown."""
        super().showEvent(event)
        self._speak()

    def _speak(self) -> None:
        if self._unspoken and self.isVisible():
            announce(self, self._unspoken)
            self._unspoken = ""

    def changeEvent(self, event: QEvent) -> None:
        """The window is read from the other side."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._align()

    def _align(self) -> None:
        """Qt goes by the direction of the words: a title in another script stood apart."""
        sides = Qt.AlignmentFlag.AlignHorizontal_Mask
        if self.alignment() & sides & Qt.AlignmentFlag.AlignHCenter:
            return
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if is_mirrored else Qt.AlignmentFlag.AlignLeft
        upright = self.alignment() & Qt.AlignmentFlag.AlignVertical_Mask
        self.setAlignment(upright | side | Qt.AlignmentFlag.AlignAbsolute)


Label = TypeVar("Label", bound=PlainLabel)


def spoken(label: Label) -> Label:
    """The label, which screen readers say when it changes."""
    label.be_spoken()
    return label


def plain_tooltip(text: str) -> str:
    """The text as Qt's tooltips show it letter by letter.

    Only what they would take for markup is escaped: a widget without a description of its own
    hands its tooltip to screen readers as it is.
    """
    if not Qt.mightBeRichText(text):
        return text
    lines = escape(text).replace("\n", "<br>")
    return f'<p style="white-space: pre-wrap">{lines}</p>'


def show_tooltip(at: QPoint, text: str, widget: QWidget) -> None:
    """Show a tooltip at a place on the screen; "" takes away the one that is shown."""
    QToolTip.showText(at, plain_tooltip(text), widget)


def without_markup(text: str) -> str:
    """The text for whoever may or may not understand markup, such as a desktop's tray.

    It looks the same in both: a space of no width is put behind what could begin markup, and
    behind nothing else.
    """
    return _COULD_BEGIN_MARKUP.sub(rf"\g<0>{_BREAK}", text)


def breakable(text: str, metrics: QFontMetricsF, room: float) -> str:
    """The text for a wrapped label of that many pixels: a label breaks no word that is too long.

    A space of no width is put between the letters of such a word, and nowhere else.
    """
    return "".join(
        _BREAK.join(_parts(word, QTextBoundaryFinder.BoundaryType.Grapheme))
        if metrics.horizontalAdvance(word) > room
        else word
        for word in _parts(text, QTextBoundaryFinder.BoundaryType.Line)
    )


def elided(text: str, metrics: QFontMetrics | QFontMetricsF, room: float) -> str:
    """The text for one line of that many pixels, with an ellipsis where it does not fit.

    Words that are read from the right are kept apart from the line around them: their ellipsis
    and their full stop stand at their own end, which is the left one.
    """
    if isinstance(metrics, QFontMetricsF):
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
    else:
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(room))
    return f"{_ISOLATE}{shown}{_END_OF_ISOLATE}" if _is_read_from_the_right(shown) else shown


def _is_read_from_the_right(text: str) -> bool:
    """Whether the first letter that has a direction is Hebrew, Arabic or alike (Unicode's P2)."""
    kinds = (kind for kind in map(bidirectional, text) if kind in ("L", *_FROM_THE_RIGHT))
    return next(kinds, "L") in _FROM_THE_RIGHT


def _parts(text: str, kind: QTextBoundaryFinder.BoundaryType) -> list[str]:
    """The text in pieces: what stays on one line, or letters with their accents."""
    finder = QTextBoundaryFinder(kind, text)
    units = text.encode("utf-16-le", "surrogatepass")  # Qt counts in these, two bytes each
    parts, begin = [], 0
    while (end := finder.toNextBoundary()) >= 0:
        parts.append(units[2 * begin : 2 * end].decode("utf-16-le", "surrogatepass"))
        begin = end
    return parts
