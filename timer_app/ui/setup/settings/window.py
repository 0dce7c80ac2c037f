"""The settings window: its pages by name at the left, the chosen one at the right.

There is no OK: a page carries out each change at once, and says where it could not.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
)

from timer_app.ui.design.rows import NameDelegate
from timer_app.ui.design.surfaces import Banner, Ground, Line
from timer_app.ui.design.tokens import LARGE, SETTINGS_SIZE, SMALL, size_for_letters
from timer_app.ui.setup.settings.page import SettingsPage
from timer_app.ui.window import EDGE, SPACE, AppWindow

_LIST_EDGE = 2 * LARGE
"""Beside the longest name in the list: its frame, and room to breathe."""


class SettingsWindow(AppWindow):
    """Shows the pages that it is given, in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("settings")
        self._pages: list[SettingsPage] = []
        self._names = QListWidget()
        self._delegate = NameDelegate()
        self._stack = QStackedWidget()
        self._message = Banner(Ground.DANGER)
        self._lay_out()
        self._names.currentRowChanged.connect(self._stack.setCurrentIndex)
        self.retranslate()

    def add(self, page: SettingsPage) -> None:
        """Add a page below the others."""
        self._pages.append(page)
        QListWidgetItem(page.title, self._names)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(page)
        page.setAutoFillBackground(False)
        scroll.viewport().setAutoFillBackground(False)
        self._stack.addWidget(scroll)
        self._fit_names()
        if self._names.currentRow() < 0:
            self._names.setCurrentRow(0)

    def show_values(self, values: Mapping[str, object]) -> None:
        """Show the settings in force, whatever changed them."""
        for page in self._pages:
            page.show_values(values)

    def show_message(self, sentence: str) -> None:
        """Tell what is wrong with the settings as a whole; "" for nothing."""
        self._message.show_words(sentence)
        self._message.setVisible(bool(sentence))

    def show_page(self, page: SettingsPage) -> None:
        """Show this one of its pages. Raises ValueError for a widget that is none of them."""
        self._names.setCurrentRow([*map(id, self._pages)].index(id(page)))

    def open(self) -> None:
        """Come to the front, ready for the keyboard."""
        self.show_in_front()
        self._names.setFocus(Qt.FocusReason.PopupFocusReason)

    def retranslate(self) -> None:
        """Write every text in the language of the moment; pages see to their own."""
        self.setWindowTitle(self.tr("Timer App – Settings"))
        self._names.setAccessibleName(self.tr("Pages of the settings"))
        for row, page in enumerate(self._pages):
            self._names.item(row).setText(page.title)
        self._fit_names()

    def changeEvent(self, event: QEvent) -> None:
        """Larger letters are wider."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit_names()

    def _fit_names(self) -> None:
        self._names.setFixedWidth(self._names.sizeHintForColumn(0) + _LIST_EDGE)

    def _lay_out(self) -> None:
        self._message.hide()
        self._names.setSpacing(SPACE // 4)  # letters of two fonts would touch those below
        self._names.setFrameShape(QFrame.Shape.NoFrame)
        self._names.setItemDelegate(self._delegate)
        pages = QVBoxLayout()
        pages.setContentsMargins(EDGE, EDGE, SMALL, SMALL)
        pages.setSpacing(EDGE)
        pages.addWidget(self._message)
        pages.addWidget(self._stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._names)
        row.addWidget(Line(is_upright=True))
        row.addLayout(pages, 1)
        self.resize(size_for_letters(SETTINGS_SIZE, self.font()))
