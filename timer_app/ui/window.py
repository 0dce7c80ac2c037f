"""What every window of the app does alike."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from timer_app.ui.plain_text import PlainLabel
from timer_app.ui.window_activation import bring_to_front

SPACE = 8
EDGE = 16
"""Pixels between widgets, and around them all: twice and four times the grid of 4."""

Named = TypeVar("Named", bound=QObject)


def named(widget: Named, name: str) -> Named:
    """The widget, found by this name in its window: by tests and by tools that look at windows."""
    widget.setObjectName(name)
    return widget


class AppWindow(QWidget):
    """A window of its own. Escape puts it away, another language is spoken at once."""

    def __init__(self) -> None:
        super().__init__(None, Qt.WindowType.Window)

    def retranslate(self) -> None:
        """Write every text in the language of the moment."""
        raise NotImplementedError

    def show_in_front(self) -> None:
        """Show it above all others, with the keyboard."""
        bring_to_front(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts the window away; nothing is lost by that."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Another language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    def fit_height(self) -> None:
        """Be high enough for all the sentences: a layout of wrapped labels does not see to it."""
        layout = self.layout()
        if layout is not None:
            layout.activate()  # a row within it does not notice by itself what came and went
            self.setMinimumHeight(max(0, layout.totalMinimumHeightForWidth(self.width())))


class WrappedLabel(PlainLabel):
    """Text that wraps, and is never lower than all of it.

    Qt's layouts ask a wrapped label for its height at a width that it does not get in the end.
    """

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setText(text)

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's name
        """See QLabel."""
        super().setText(text)
        self._stretch()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrower text is higher."""
        super().resizeEvent(event)
        self._stretch()

    def changeEvent(self, event: QEvent) -> None:
        """Larger letters are higher."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._stretch()

    def _stretch(self) -> None:
        self.setMinimumHeight(max(0, self.heightForWidth(self.width())))


class RichLabel(WrappedLabel):
    """A wrapped label with links in it. Whoever writes its text escapes what is not ours."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.RichText)
