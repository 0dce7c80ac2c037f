"""The one field in which a task is found: recent ones at once, what services say as it comes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from timer_app.domain.entries.task import Task
from timer_app.domain.user_message import fill
from timer_app.services.entries.suggestions import Suggestion, SuggestionSource, TaskSearchResult
from timer_app.ui import messages, wording
from timer_app.ui.accessibility import announce
from timer_app.ui.design.fields import MarkedField
from timer_app.ui.design.painting import Mark
from timer_app.ui.design.rows import Index, SectionRow, TaskRow, TaskRowDelegate
from timer_app.ui.design.text import Text, Tone
from timer_app.ui.design.tokens import LIST_HEIGHT, Scale
from timer_app.ui.entries.address_form import AddressForm, TakenTask
from timer_app.ui.entries.search_rows import (
    SearchRow,
    Section,
    card_place,
    row_key,
    row_label,
    search_rows,
    section_heading,
    spoken_row,
    task_label,
)
from timer_app.ui.entries.task_search_source import CardsAlone, TaskSearchSource
from timer_app.ui.plain_text import plain_tooltip
from timer_app.ui.window import SPACE, named

SEARCH_ROW = Qt.ItemDataRole.UserRole
"""The role of an item's `SearchRow`; a heading has none."""
_PASSING = (
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)
"""Why the keyboard goes away and comes back without a person having left the field."""
_LIST_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class TaskSearch(QWidget):
    """`chosen` is emitted when a person takes a suggestion, `changed` when none is taken now.

    `settled` is emitted when the highlighted suggestion is taken because the field is left: the
    keyboard is on its way to somewhere else and stays there.

    Emits `highlighted` when Enter would take another suggestion.
    `height_changed` is emitted when its message needs more or less room.

    Where the choice stays to be seen (`shows_choice`), the list folds away and the field shows the
    task.
    """

    chosen = Signal()
    changed = Signal()
    settled = Signal()
    height_changed = Signal()
    highlighted = Signal()

    def __init__(self, source: TaskSearchSource, *, shows_choice: bool) -> None:
        super().__init__()
        self._source = source
        self._shows_choice = shows_choice
        self._known: tuple[Suggestion, ...] = ()
        self._found: dict[SuggestionSource, TaskSearchResult] = {}
        self._failed: set[SuggestionSource] = set()
        self._asking: frozenset[SuggestionSource] = frozenset()
        self._take_on_answer = False
        self._was_left = False
        self._is_picked = False
        self._was_emptied = False
        self._task: Task | None = None
        self._running: Task | None = None
        self.field = named(MarkedField(Mark.SEARCH), "search-field")
        self._choices = named(QListWidget(), "search-choices")
        self._pin = named(QAction(self), "pin")
        self._details = named(Text(Scale.SMALL, Tone.MUTED), "search-details")
        self._delegate = TaskRowDelegate(_row_content, has_button=not shows_choice)
        self._address_form: AddressForm | None = None  # made once an address asks for it
        self._lay_out()
        self._connect()
        self.retranslate()

    @property
    def task(self) -> Task | None:
        """The task that was taken."""
        return self._task

    @property
    def current_suggestion(self) -> Suggestion | None:
        """The suggestion that Enter would take."""
        if self._choices.currentRow() < 0:
            return None
        row: SearchRow = self._choices.currentItem().data(SEARCH_ROW)  # no heading is ever current
        return row.suggestion

    def set_running(self, task: Task | None) -> None:
        """Offer what else could run, and nothing until a person types or picks: Enter is safe."""
        if task == self._running:
            return
        self._running = task
        self._is_picked = False
        self.refresh_known()

    def refresh_known(self) -> None:
        """Offer what is known by now; a row that a person picked stays picked."""
        self._known = tuple(self._source.local_suggestions(self.field.text()))
        self._fill_list(self._status())

    def place_of(self, task: Task) -> str:
        """Where the task's card lies, as far as a service has said it; "" if none has."""
        answered = (each for found in self._found.values() for each in found.suggestions)
        for each in (*self._known, *answered):
            if each.task.key == task.key and each.info is not None:
                return card_place(each.info)
        return ""

    def open(self) -> None:
        """Be ready to be typed into; what is asked about an address stays open."""
        if self._is_form_open:
            return
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)
        self.field.selectAll()
        if self._task is None:
            self._on_query_changed(self.field.text())

    def clear(self) -> None:
        """Nothing taken, nothing typed."""
        self._task = None
        self._was_emptied = False
        self._close_address_form()
        self.field.clear()
        self._set_folded(folded=False)
        self._on_query_changed("")

    def show_task(self, task: Task) -> None:
        """Have this task taken."""
        self._close_address_form()
        self._task = task
        self._was_emptied = False
        self.field.setText(task_label(task))
        self.field.setCursorPosition(0)
        self._set_folded(folded=True)

    def accept_suggestion(self) -> None:
        """Take the current suggestion, or the first one that an answer brings."""
        if self._address_form is not None and self._is_form_open:
            self._address_form.submit()
            return
        suggestion = self.current_suggestion
        if suggestion is None:
            self._take_on_answer = self._is_asking_for_words
            self.field.setFocus()
            return
        if suggestion.origin is SuggestionSource.ADDRESS:
            self._ask_about_address(suggestion.task)
            return
        self._take(suggestion.task)

    def _take(self, task: Task) -> None:
        self._task = task
        if self._shows_choice:
            self.show_task(task)
        self.chosen.emit()

    def show_message(self, sentence: str) -> None:
        """Tell something about what was typed."""
        self._details.setText(sentence)
        self._details.setVisible(bool(sentence))
        self.height_changed.emit()

    def add_beside_details(self, widget: QWidget) -> None:
        """Put a widget at the end of the line that shows what Enter would take."""
        self._below.addStretch()
        self._below.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """No: for a box layout the height for a width is the least one, and the list can be lower.

        Wrapped details would else push the field over what lies above it.
        """
        return False

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        self.field.setPlaceholderText(self.tr("Find a card, paste its address, or type a task"))
        self.field.setAccessibleName(self.tr("What to work on"))
        self._choices.setAccessibleName(self.tr("Tasks to choose from"))
        if self._address_form is not None:
            self._address_form.retranslate()
        self._update_pin_action()
        if self._choices.count() and self._task is None:
            self._fill_list(self._status())

    # Making

    def _lay_out(self) -> None:
        self._choices.setItemDelegate(self._delegate)
        self._choices.setMinimumHeight(LIST_HEIGHT)
        self._choices.setMouseTracking(True)
        self._choices.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._choices.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._choices.setFrameShape(QFrame.Shape.NoFrame)
        self._choices.viewport().setAutoFillBackground(False)
        self._details.setVisible(False)
        self._column = QVBoxLayout(self)
        self._below = QHBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE)
        for widget in (self.field, self._choices):
            self._column.addWidget(widget)
        self._column.setStretchFactor(self._choices, 1)
        self._below.addWidget(self._details, 1)
        self._column.addLayout(self._below)
        self.setFocusProxy(self.field)

    def _connect(self) -> None:
        self.field.textEdited.connect(self._on_text_edited)
        self.field.returnPressed.connect(self.accept_suggestion)
        self.field.installEventFilter(self)
        self._choices.installEventFilter(self)
        self._choices.itemActivated.connect(self.accept_suggestion)
        self._choices.itemPressed.connect(self._on_item_pressed)
        self._delegate.start_requested.connect(self._on_start_requested)
        self._choices.currentItemChanged.connect(self._show_details)
        self._pin.setShortcut(QKeySequence("Ctrl+D"))  # as browsers keep a page at hand
        self._pin.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._pin.triggered.connect(self._toggle_pin)
        self.addAction(self._pin)
        self._choices.addAction(self._pin)
        self._choices.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down in the field choose in the list below it; leaving both takes the choice."""
        if isinstance(event, QFocusEvent) and event.type() is QEvent.Type.FocusOut:
            self._on_left(event.reason())
        if watched is self.field and isinstance(event, QKeyEvent):
            pressed = event.type() is QEvent.Type.KeyPress
            if pressed and event.key() in _LIST_KEYS and self._choices.isVisible():
                self._choices.keyPressEvent(event)
                self._is_picked = True
                return True
        return super().eventFilter(watched, event)

    def _on_left(self, reason: Qt.FocusReason) -> None:
        """Take what is highlighted, unless the keyboard comes back by itself."""
        if not self._shows_choice or self._task is not None or reason in _PASSING:
            return
        if QApplication.focusWidget() in (self.field, self._choices):
            return
        if self._was_emptied and not self._is_picked:  # who took the task away wants no other
            return
        suggestion = self.current_suggestion
        if suggestion is None:
            self._take_on_answer = self._was_left = self._is_asking_for_words
            return
        if suggestion.origin is SuggestionSource.ADDRESS:
            QTimer.singleShot(0, self, lambda: self._ask_about_address(suggestion.task))
            return
        self.show_task(suggestion.task)
        self.settled.emit()

    # What an address needs

    def _make_card_search(self) -> tuple[QWidget, TakenTask, Callable[[], None]]:
        """A field for a card, which this field's own source finds: nothing else asks it then."""
        search = TaskSearch(CardsAlone(self._source), shows_choice=True)
        search.height_changed.connect(self.height_changed)
        if (form := self._address_form) is not None:
            search.chosen.connect(form.focus_title)
            for signal, is_found in (
                (search.chosen, True), (search.settled, True), (search.changed, False),
            ):  # fmt: skip
                signal.connect(partial(form.make_room, for_list=not is_found))
        search.open()
        return search, lambda: search.task, search.retranslate

    def _ask_about_address(self, task: Task) -> None:
        self._set_folded(folded=True)
        self.field.setCursorPosition(0)
        if self._address_form is None:
            self._address_form = self._make_address_form()
        self._address_form.ask(task)

    def _make_address_form(self) -> AddressForm:
        form = AddressForm(self._make_card_search)
        form.done.connect(self._on_address_done)
        form.gave_up.connect(self._on_address_given_up)
        form.refused.connect(self.show_message)
        form.resized.connect(self.height_changed)
        self._column.insertWidget(self._column.indexOf(self._below), form)
        return form

    def _on_address_done(self, task: Task) -> None:
        self._close_address_form()
        self._take(task)

    def _on_address_given_up(self) -> None:
        self._close_address_form()
        self._set_folded(folded=False)
        self._on_query_changed(self.field.text())
        self.field.setFocus()

    @property
    def _is_form_open(self) -> bool:
        return self._address_form is not None and self._address_form.isVisibleTo(self)

    def _close_address_form(self) -> None:
        if self._address_form is not None and self._is_form_open:
            self._address_form.hide()
            self.show_message("")

    # What is typed, and what comes of it

    def _on_text_edited(self, words: str) -> None:
        if self._task is not None:
            self._task = None
            self._set_folded(folded=False)
        if self._is_form_open:
            self._close_address_form()
            self._set_folded(folded=False)
        self._was_emptied = not words.strip()
        self._on_query_changed(words)
        self.changed.emit()

    def _on_query_changed(self, words: str) -> None:
        self._known, self._found, self._is_picked = (
            tuple(self._source.local_suggestions(words)),
            {},
            False,
        )
        self._take_on_answer = self._was_left = False
        self._asking = self._source.search(words, self._on_answer)
        self._fill_list(self._status())

    @property
    def _is_asking_for_words(self) -> bool:
        """Whether an answer may still bring what was typed."""
        return bool(self._asking and self.field.text().strip())

    def _on_answer(self, found: TaskSearchResult) -> None:
        self._found[found.source] = found
        self._asking -= {found.source}
        self._speak_error(found)
        self._fill_list(self._status())
        if self._take_on_answer and (self.current_suggestion is not None or not self._asking):
            self._take_on_answer = False
            if self._was_left:
                self._on_left(Qt.FocusReason.OtherFocusReason)
            else:
                self.accept_suggestion()

    def _speak_error(self, found: TaskSearchResult) -> None:
        """Say once why a section is missing, not with each letter that is typed."""
        if found.error is None:
            self._failed.discard(found.source)
        elif found.source not in self._failed:
            self._failed.add(found.source)
            if self.isVisible():
                announce(self.field, messages.error_text(found.error))

    def _status(self) -> str:
        """That a service is asked, or why it could not be."""
        if self.field.text().strip() and self._task is None:
            if SuggestionSource.KAITEN in self._asking:
                return self.tr("Asking Kaiten…")
            if SuggestionSource.TIMECROWD in self._asking:
                return self.tr("Asking TimeCrowd…")
        errors = (each.error for each in self._found.values() if each.error is not None)
        return " ".join(dict.fromkeys(map(messages.error_text, errors)))

    def _on_item_pressed(self) -> None:
        """The person chose a row: it stays chosen when Kaiten's answer comes."""
        self._is_picked = True

    def _on_start_requested(self, index: QModelIndex) -> None:
        """The round button of a row: the press has chosen the row already."""
        self._choices.setCurrentIndex(index)
        self.accept_suggestion()

    def _toggle_pin(self) -> None:
        chosen = self.current_suggestion
        if chosen is None:
            return
        refused = self._source.pin(chosen.task, pinned=not chosen.pinned)
        self._known, self._is_picked = (
            tuple(self._source.local_suggestions(self.field.text())),
            True,
        )
        self._fill_list(messages.error_text(refused) if refused else "")

    def _update_pin_action(self) -> None:
        current = self.current_suggestion
        is_task = current is not None and current.origin is not SuggestionSource.ADDRESS
        pinned = current is not None and current.pinned
        self._pin.setText(self.tr("Unpin") if pinned else self.tr("Pin"))
        self._pin.setEnabled(is_task)

    def _set_folded(self, *, folded: bool) -> None:
        self._choices.setVisible(not folded)
        if folded:
            self.show_message("")

    def _fill_list(self, message: str) -> None:
        kept = (
            row_key(self.current_suggestion)
            if self._is_picked and self.current_suggestion
            else None
        )
        rows = search_rows(
            self._known, self._found, self._source.seconds_today(), without=self._running
        )
        self._choices.clear()
        section = None
        for row in rows:
            if row.section is not section and (heading := section_heading(row.section)):
                item = QListWidgetItem(heading, self._choices)
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            section = row.section
            item = self._add_row(row)
            if row_key(row.suggestion) == kept:
                self._choices.setCurrentItem(item)
        preselects = self._running is None or bool(self.field.text().strip())
        if self._choices.currentRow() < 0 and preselects:
            self._select_first()
        if message:
            self.show_message(message)
        else:
            self._show_details()

    def _add_row(self, row: SearchRow) -> QListWidgetItem:
        item = QListWidgetItem(row_label(row), self._choices)
        item.setData(SEARCH_ROW, row)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken_row(row))
        item.setToolTip(plain_tooltip(wording.task_tooltip(row.suggestion.task)))
        return item

    def _select_first(self) -> None:
        items = (self._choices.item(number) for number in range(self._choices.count()))
        first = next((each for each in items if each.data(SEARCH_ROW) is not None), None)
        if first is not None:
            self._choices.setCurrentItem(first)

    def _show_details(self) -> None:
        """Board, column and minutes of the card that Enter would take."""
        self._update_pin_action()
        self.highlighted.emit()
        info = self.current_suggestion.info if self.current_suggestion else None
        if info is None:
            self.show_message("")
            return
        where = card_place(info)
        logged = wording.format_hm(info.minutes * 60)
        sentence = fill(self.tr("%1 — %2, logged %3"), info.title, where, logged)
        self.show_message(sentence + (" " + self.tr("(archived)") if info.archived else ""))


def _row_content(index: Index) -> TaskRow | SectionRow:
    """What is drawn of an item."""
    row: SearchRow | None = index.data(SEARCH_ROW)
    text: str = index.data(Qt.ItemDataRole.DisplayRole) or ""
    if row is None:
        return SectionRow(text)
    title = text if row.section is Section.TYPED else row.title
    seen = (QCoreApplication.translate("TaskSearch", "seen earlier"),) if row.is_old else ()
    minutes = row.minutes_today
    time = "" if minutes is None else wording.format_hm(minutes * 60)
    return TaskRow(title, " · ".join((*row.details, *seen)), time)
