"""The one field in which a task is found: recent ones at once, Kaiten's cards as they come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from timer_app.domain.task import Task
from timer_app.services.finder import Found, Origin, Suggestion
from timer_app.ui import wording
from timer_app.ui.window import SPACE, Sentences

_ITEM = Qt.ItemDataRole.UserRole
_KEYS_OF_THE_LIST = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class Search(Protocol):
    """Whom the field asks."""

    def known(self, words: str) -> Sequence[Suggestion]:
        """What the words may mean, without asking anybody."""
        ...

    def ask(self, words: str, answered: Callable[[Found], None]) -> None:
        """Call `answered` with what Kaiten says, unless another question comes before."""
        ...

    def pin(self, task: Task, *, pinned: bool) -> str:
        """Keep a task at hand, or let it go; "", or why it is as it was."""
        ...


class TaskSearch(QWidget):
    """`chosen` is told when a person takes a suggestion, `changed` when none is taken any more.

    `grew` is told when what it says needs more or less room.

    Where the choice stays to be seen (`keeps`), the list folds away and the field shows the task.
    """

    chosen = Signal()
    changed = Signal()
    grew = Signal()

    def __init__(self, search: Search, *, keeps: bool) -> None:
        super().__init__()
        self._asks = search
        self._keeps = keeps
        self._known: tuple[Suggestion, ...] = ()
        self._found = Found()
        self._asking = False
        self._take_when_found = False
        self._picked = False
        self._taken: Task | None = None
        self.field = QLineEdit()
        self._choices = QListWidget()
        self._pin = QAction(self)
        self._about_choice = Sentences()
        self._lay_out()
        self._connect()
        self.retranslate()

    @property
    def task(self) -> Task | None:
        """The task that was taken."""
        return self._taken

    @property
    def suggested(self) -> Suggestion | None:
        """The suggestion that Enter would take."""
        row = self._choices.currentRow()
        if row < 0:
            return None
        suggestion: Suggestion = self._choices.item(row).data(_ITEM)
        return suggestion

    def open(self) -> None:
        """Be ready to be typed into."""
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)
        self.field.selectAll()
        if self._taken is None:
            self._typed(self.field.text())

    def clear(self) -> None:
        """Nothing taken, nothing typed."""
        self._taken = None
        self.field.clear()
        self._unfold(folded=False)
        self._typed("")

    def show_task(self, task: Task) -> None:
        """Have this task taken."""
        self._taken = task
        self.field.setText(_named(task))
        self.field.setCursorPosition(0)
        self._unfold(folded=True)

    def take(self) -> None:
        """Take the current suggestion, or the first one that Kaiten's answer brings."""
        suggestion = self.suggested
        if suggestion is None:
            self._take_when_found = self._asking
            self.field.setFocus()
            return
        self._taken = suggestion.task
        if self._keeps:
            self.show_task(suggestion.task)
        self.chosen.emit()

    def say(self, sentence: str) -> None:
        """Tell something about what was typed."""
        self._about_choice.setText(sentence)
        self._about_choice.setVisible(bool(sentence))
        self.grew.emit()

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        self.field.setPlaceholderText(self.tr("Card address, number, or title"))
        self.field.setAccessibleName(self.tr("What to work on"))
        self._choices.setAccessibleName(self.tr("Tasks to choose from"))
        self._name_pin()

    # Making

    def _lay_out(self) -> None:
        self._choices.setMinimumHeight(120)
        self._choices.setSpacing(2)
        self._choices.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._choices.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._choices.setFrameShape(QFrame.Shape.StyledPanel)
        self._about_choice.setVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        for widget in (self.field, self._choices, self._about_choice):
            column.addWidget(widget)
        column.setStretchFactor(self._choices, 1)
        self.setFocusProxy(self.field)

    def _connect(self) -> None:
        self.field.textEdited.connect(self._edited)
        self.field.returnPressed.connect(self.take)
        self.field.installEventFilter(self)
        self._choices.itemActivated.connect(self.take)
        self._choices.itemPressed.connect(self._pick)
        self._choices.currentItemChanged.connect(self._describe)
        self._pin.setShortcut(QKeySequence("Ctrl+D"))  # as browsers keep a page at hand
        self._pin.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._pin.triggered.connect(self._pin_or_let_go)
        self.addAction(self._pin)
        self._choices.addAction(self._pin)
        self._choices.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down in the field choose in the list below it."""
        if watched is self.field and isinstance(event, QKeyEvent):
            pressed = event.type() is QEvent.Type.KeyPress
            if pressed and event.key() in _KEYS_OF_THE_LIST and self._choices.isVisible():
                self._choices.keyPressEvent(event)
                self._picked = True
                return True
        return super().eventFilter(watched, event)

    # What is typed, and what comes of it

    def _edited(self, words: str) -> None:
        if self._taken is not None:
            self._taken = None
            self._unfold(folded=False)
        self._typed(words)
        self.changed.emit()

    def _typed(self, words: str) -> None:
        self._known, self._found, self._picked = tuple(self._asks.known(words)), Found(), False
        self._asking, self._take_when_found = bool(words.strip()), False
        self._fill(self.tr("Asking Kaiten…") if self._asking else "")
        self._asks.ask(words, self._answered)

    def _answered(self, found: Found) -> None:
        self._found, self._asking = found, False
        self._fill(found.trouble)
        if self._take_when_found:
            self._take_when_found = False
            self.take()

    def _pick(self) -> None:
        """The person chose a row: it stays chosen when Kaiten's answer comes."""
        self._picked = True

    def _pin_or_let_go(self) -> None:
        chosen = self.suggested
        if chosen is None:
            return
        refused = self._asks.pin(chosen.task, pinned=not chosen.pinned)
        self._known, self._picked = tuple(self._asks.known(self.field.text())), True
        self._fill(refused)

    def _name_pin(self) -> None:
        pinned = self.suggested is not None and self.suggested.pinned
        self._pin.setText(self.tr("Unpin") if pinned else self.tr("Pin"))
        self._pin.setEnabled(self.suggested is not None)

    def _unfold(self, *, folded: bool) -> None:
        self._choices.setVisible(not folded)
        if folded:
            self.say("")

    def _fill(self, said: str) -> None:
        kept = self.suggested.task.key if self._picked and self.suggested else None
        self._choices.clear()
        for suggestion in self._merged():
            item = QListWidgetItem(self._label(suggestion), self._choices)
            item.setData(_ITEM, suggestion)
            item.setToolTip(wording.whole_task(suggestion.task))
            if suggestion.task.key == kept:
                self._choices.setCurrentItem(item)
        if self._choices.currentRow() < 0 and self._choices.count():
            self._choices.setCurrentRow(0)
        if said:
            self.say(said)
        else:
            self._describe()

    def _merged(self) -> list[Suggestion]:
        """Kaiten's fresh words on a card replace what we remember; the typed words come last."""
        pinned = {each.task.key for each in self._known if each.pinned}
        merged = {
            each.task.key: replace(each, pinned=each.task.key in pinned)
            for each in self._found.suggestions
        }
        for each in self._known:
            if each.origin is Origin.RECENT:
                merged.setdefault(each.task.key, each)
        for each in self._known:
            merged.setdefault(each.task.key, each)
        return list(merged.values())

    def _label(self, suggestion: Suggestion) -> str:
        if suggestion.pinned:
            return f"★ {_named(suggestion.task)}"
        match suggestion.origin:
            case Origin.WORDS:
                return wording.filled(self.tr("“%1” without a card"), suggestion.task.title)
            case Origin.RECENT | Origin.KAITEN:
                return _named(suggestion.task)

    def _describe(self) -> None:
        """Board, column and minutes of the card that Enter would take."""
        self._name_pin()
        info = self.suggested.info if self.suggested else None
        if info is None:
            self.say("")
            return
        where = " / ".join(part for part in (info.board, info.column) if part)
        logged = wording.short(info.minutes * 60)
        said = wording.filled(self.tr("%1 — %2, logged %3"), info.title, where, logged)
        self.say(said + (" " + self.tr("(archived)") if info.archived else ""))


def _named(task: Task) -> str:
    return f"#{task.card.id}  {task.title}" if task.card else task.title
