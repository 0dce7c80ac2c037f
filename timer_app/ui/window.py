"""What every window of the app does alike."""

from __future__ import annotations

from typing import Protocol, TypeVar

from PySide6.QtCore import QEvent, QLocale, QObject, QRect, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QDateEdit, QLayout, QSizePolicy, QWidget

from timer_app.ui.accessibility import set_role
from timer_app.ui.design.appearance import install_appearance
from timer_app.ui.design.text import follow_font, stretch
from timer_app.ui.design.tokens import LARGE, SMALL
from timer_app.ui.plain_text import PlainLabel
from timer_app.ui.window_activation import bring_to_front

SPACE = SMALL
EDGE = LARGE
"""Pixels between widgets, and around them all."""

_TITLE_BAR = 40
"""Pixels that a desktop's title bar may take; it is not known before a window is seen."""

Named = TypeVar("Named", bound=QObject)


def named(widget: Named, name: str) -> Named:
    """The widget, found by this name in its window: by tests and by tools that look at windows."""
    widget.setObjectName(name)
    return widget


class WindowPlaces(Protocol):
    """What keeps where windows were and how large, from run to run: left, top, width, height."""

    def load(self, name: str) -> tuple[int, int, int, int] | None:
        """Where a window was; None if nobody knows."""
        ...

    def save(self, name: str, place: tuple[int, int, int, int]) -> None:
        """Keep where it is. What goes wrong is logged, and costs nothing else."""
        ...


class AppWindow(QWidget):
    """A window of its own. Escape puts it away, another language is spoken at once.

    It is never larger than its screen, and comes up where it was if it is told who knows.
    """

    def __init__(self) -> None:
        install_appearance()
        super().__init__(None, Qt.WindowType.Window)
        set_role(self, QAccessible.Role.Window)
        self._places: WindowPlaces | None = None
        self._place_name = ""

    def remember_place(self, name: str, places: WindowPlaces) -> None:
        """Be as large as last time, and there if that is still on a screen."""
        self._places, self._place_name = places, name
        place = places.load(name)
        if place is None:
            return
        rect = QRect(*place)
        self.resize(rect.size())
        title_bar = QRect(rect.topLeft(), QSize(rect.width(), _TITLE_BAR))
        if any(
            screen.availableGeometry().contains(title_bar.center())
            for screen in QGuiApplication.screens()
        ):
            self.move(rect.topLeft())

    def showEvent(self, event: QShowEvent) -> None:
        """No part of it is beyond the screen."""
        super().showEvent(event)
        self._fit_on_screen()

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep where it is."""
        super().hideEvent(event)
        is_normal = not (self.isMaximized() or self.isFullScreen() or self.isMinimized())
        if self._places is not None and is_normal:
            place = (self.x(), self.y(), self.width(), self.height())
            self._places.save(self._place_name, place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A window that grows (a list opens, a sentence comes) does not grow off its screen.

        A size that a person or the desktop gives it is theirs.
        """
        super().resizeEvent(event)
        has_grown = event.size().height() > event.oldSize().height()
        if has_grown and self.isVisible() and not event.spontaneous():
            self._fit_on_screen()

    def _fit_on_screen(self) -> None:
        if self.isMaximized() or self.isFullScreen():
            return
        available = self.screen().availableGeometry()
        available.setSize(available.size() - self.frame_size())
        if self.minimumHeight() > available.height():  # once it is set, its layout sets none
            self.setMinimumHeight(available.height())
        self.resize(self.size().boundedTo(available.size()))
        place = self.frameGeometry()
        left = max(available.left(), min(place.left(), available.right() - self.width()))
        top = max(available.top(), min(place.top(), available.bottom() - self.height()))
        if (left, top) != (place.left(), place.top()):
            self.move(left, top)

    def frame_size(self) -> QSize:
        """What the frame adds to the window, in pixels; some desktops tell it once it is seen."""
        frame = self.frameGeometry().size() - self.size()
        return frame.expandedTo(QSize(0, _TITLE_BAR))

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
        """Another language, or letters of another size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            _follow_locale(self)
            self.retranslate()
        elif event.type() is QEvent.Type.FontChange:
            follow_font(self)

    def fit_height(self) -> None:
        """Be high enough for all the sentences: a layout of wrapped labels does not see to it."""
        fit_height(self, self.highest())

    def highest(self) -> int:
        """How high it can be on its screen, in pixels."""
        return highest(self)


def _follow_locale(window: QWidget) -> None:
    """Dates are written as another language does; Qt's field keeps the one it was made with."""
    locale = QLocale()
    for field in window.findChildren(QDateEdit):
        field.setLocale(locale)
        field.setDisplayFormat(QDateEdit().displayFormat())


def fit_height(window: QWidget, most: int | None = None) -> None:
    """Let a window be high enough for all its sentences, up to `most` pixels, else its screen's."""
    layout = window.layout()
    if layout is not None:
        for inner in reversed(window.findChildren(QLayout)):
            inner.activate()  # a layout does not notice what came and went in a nested one
        layout.activate()
        needed = max(0, layout.totalMinimumHeightForWidth(window.width()))
        window.setMinimumHeight(min(needed, highest(window) if most is None else most))


def highest(window: QWidget) -> int:
    """How high a window can be on its screen, in pixels."""
    return window.screen().availableGeometry().height() - _TITLE_BAR


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
        stretch(self)


class RichLabel(WrappedLabel):
    """A wrapped label with links in it. Whoever writes its text escapes what is not ours."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.RichText)
