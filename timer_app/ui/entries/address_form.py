"""What a task at a web address still needs: its title, its room's name, perhaps a card."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from timer_app.domain.entries.card import Card
from timer_app.domain.entries.task import MAX_TITLE_LENGTH, Task, clean_title, task_at_address
from timer_app.domain.entries.web_address import room_of
from timer_app.domain.errors import BadInput
from timer_app.ui import messages
from timer_app.ui.design.buttons import ButtonKind, set_kind
from timer_app.ui.plain_text import PlainLabel
from timer_app.ui.window import SPACE, named

_ALL_THE_REST = 100
"""The stretch of a list, beside that of the empty space below."""
TakenTask = Callable[[], Task | None]
"""The task that was taken in a search field, None while none is."""


class AddressForm(QWidget):
    """Asks for what an address does not say. Enter and the button are the same; Escape gives up.

    `done` carries the task; `refused` why what was typed will not do; `resized` comes when the form
    needs more room.
    `make_search` makes a field in which a card is found, says what was taken there, and writes it
    in another language.
    """

    done = Signal(object)
    gave_up = Signal()
    refused = Signal(str)
    resized = Signal()

    def __init__(
        self, make_search: Callable[[], tuple[QWidget, TakenTask, Callable[[], None]]]
    ) -> None:
        super().__init__()
        self._make_search = make_search
        self._asked_for: Task | None = None
        self._card_search: QWidget | None = None
        self._retranslate_search: Callable[[], None] = _write_nothing
        self._linked: TakenTask = _nothing
        self._title = named(QLineEdit(), "address-title")
        self._title_label = PlainLabel()
        self._room = named(QLineEdit(), "address-room")
        self._room_label = PlainLabel()
        self._link = named(QPushButton(), "address-link-card")
        self._use = named(QPushButton(), "address-use")
        set_kind(self._use, ButtonKind.PRIMARY)
        self._lay_out()
        self._title.returnPressed.connect(self.submit)
        self._room.returnPressed.connect(self.submit)
        self._use.clicked.connect(self.submit)
        self._link.clicked.connect(self._open_card_search)
        self.retranslate()

    def ask(self, task: Task) -> None:
        """Ask about the task of an address, which has no title yet."""
        self._asked_for = task
        room = room_of(task.address)
        self._title.clear()
        self._room.setText("")
        self._room.setPlaceholderText(room.default_name if room else "")
        for widget in (self._room, self._room_label):
            widget.setVisible(room is not None and not task.room_name)
        self._close_card_search()
        self.show()
        self.focus_title()
        self.resized.emit()

    def focus_title(self) -> None:
        """Go on with the title: Enter hands the task over from there."""
        self._title.setFocus(Qt.FocusReason.OtherFocusReason)

    def make_room(self, *, for_list: bool) -> None:
        """Leave the card's field all the rest for its list; without one it stays above."""
        if self._card_search is not None:
            stretch = _ALL_THE_REST if for_list else 0
            self._column.setStretchFactor(self._card_search, stretch)

    def submit(self) -> None:
        """Hand over the task, or say what is missing."""
        asked_for = self._asked_for
        if asked_for is None:
            return
        name = clean_title(self._room.text()) or asked_for.room_name
        try:
            task = task_at_address(asked_for.address, self._title.text(), self._card(), name)
        except BadInput as error:
            self.focus_title()
            self.refused.emit(messages.error_text(error))
            return
        self.done.emit(task)

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        for label, field, text in (
            (self._title_label, self._title, self.tr("T&itle")),
            (self._room_label, self._room, self.tr("Name of the chat &room")),
        ):
            label.setText(text)
            field.setAccessibleName(text.replace("&", ""))
        self._link.setText(self.tr("&Link a card"))
        self._use.setText(self.tr("&Use this task"))
        self._retranslate_search()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives the form up, and leaves the window where it is."""
        if event.key() == Qt.Key.Key_Escape:
            self.gave_up.emit()
        else:
            super().keyPressEvent(event)

    # Parts

    def _card(self) -> Card | None:
        task = self._linked()
        return task.card if task else None

    def _open_card_search(self) -> None:
        self._card_search, self._linked, self._retranslate_search = self._make_search()
        above_buttons = self._column.count() - 2
        self._column.insertWidget(above_buttons, self._card_search, _ALL_THE_REST)
        self._link.setVisible(False)
        self._card_search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.resized.emit()

    def _close_card_search(self) -> None:
        if self._card_search is not None:
            self._card_search.hide()
            self._card_search.deleteLater()
        self._card_search, self._linked, self._retranslate_search = None, _nothing, _write_nothing
        self._link.setVisible(True)

    def _lay_out(self) -> None:
        self._title.setMaxLength(MAX_TITLE_LENGTH)
        self._room.setMaxLength(MAX_TITLE_LENGTH)
        self._title_label.setBuddy(self._title)
        self._room_label.setBuddy(self._room)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE)
        for widget in (self._title_label, self._title, self._room_label, self._room):
            self._column.addWidget(widget)
        buttons = QHBoxLayout()
        buttons.addWidget(self._link)
        buttons.addStretch(1)
        buttons.addWidget(self._use)
        self._column.addLayout(buttons)
        self._column.addStretch(1)


def _nothing() -> None:
    """Say that nothing was taken."""


def _write_nothing() -> None:
    """There is no search whose texts could be written anew."""
