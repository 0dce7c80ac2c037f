"""Add time: an entry that was forgotten, and a preview of what each service will receive."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, tzinfo
from typing import Protocol

from PySide6.QtCore import QDate, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QDateEdit,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from timer_app.domain.entries.task import Task
from timer_app.domain.setup.span_input import SpanField, TypedSpan
from timer_app.services.entries.manual_entry import EntryDraft, EntryPreview
from timer_app.ui.entries import manual_entry_words
from timer_app.ui.entries.task_search import TaskSearch, TaskSearchSource
from timer_app.ui.plain_text import PlainLabel, plain_tooltip
from timer_app.ui.window import EDGE, SPACE, AppWindow, WrappedLabel, named

_WIDTH = 460


class ManualEntryIntents(Protocol):
    """Whom the window asks. Nothing of it raises."""

    def today(self) -> date:
        """The calendar's date here and now."""
        ...

    def preview(self, draft: EntryDraft) -> EntryPreview:
        """What adding the draft would do."""
        ...

    def add(self, draft: EntryDraft) -> str:
        """Add it; "" if that is done, else a sentence that says why not."""
        ...


class ManualEntryWindow(AppWindow):
    """Fields, a preview, Add. What was typed stays when it is closed, and goes once it is added."""

    def __init__(
        self, intents: ManualEntryIntents, search: TaskSearchSource, zone: Callable[[], tzinfo]
    ) -> None:
        super().__init__()
        self._intents = intents
        self._zone = zone
        self._task_search = TaskSearch(search, shows_choice=True)
        self._day = named(QDateEdit(), "day")
        self._fields = {each: named(QLineEdit(), each.value) for each in SpanField}
        self._comment = named(QLineEdit(), "comment")
        self._room = named(PlainLabel(), "comment-room")
        self._preview = named(WrappedLabel(), "preview")
        self._message = named(WrappedLabel(), "message")
        self._labels = {name: PlainLabel() for name in ("what", "day", *SpanField, "comment")}
        self._buttons = QDialogButtonBox()
        self._add = named(QPushButton(), "add")
        self._close = named(QPushButton(), "close")
        self._default_date: date | None = None
        self._lay_out()
        self._connect()
        self.retranslate()

    def open(self, task: Task | None = None) -> None:
        """Come to the front with the first field that wants something; `task` is taken already."""
        self._update_default_date()
        if task is not None:
            self._task_search.show_task(task)
            self._shrink_to_fit()
        self.show_in_front()
        if self._task_search.task is None:
            self._task_search.open()
        else:
            self._fields[SpanField.BEGIN].setFocus(Qt.FocusReason.PopupFocusReason)
        self._show()

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        self.setWindowTitle(self.tr("Add time"))
        texts = {
            "what": self.tr("Tas&k"),
            "day": self.tr("&Date"),
            SpanField.BEGIN: self.tr("&From"),
            SpanField.END: self.tr("&Until"),
            SpanField.LENGTH: self.tr("&Length"),
            "comment": self.tr("&Comment"),
        }
        for name, text in texts.items():
            self._labels[name].setText(text)
        self._fields[SpanField.BEGIN].setToolTip(
            plain_tooltip(self.tr("9:30, 930, -15m, or a range: 9-10:30"))
        )
        self._fields[SpanField.LENGTH].setToolTip(plain_tooltip(self.tr("1h30m, 1:30, 90 or 1.5h")))
        self._preview.setAccessibleDescription(self.tr("What the services will receive"))
        self._add.setText(self.tr("&Add"))
        self._close.setText(self.tr("Close"))
        self._task_search.retranslate()
        self._show()

    # Making

    def _lay_out(self) -> None:
        self._day.setCalendarPopup(True)
        self._room.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._preview.setFrameShape(QFrame.Shape.StyledPanel)
        self._preview.setMargin(SPACE)
        self._preview.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._buttons.addButton(self._add, QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.addButton(self._close, QDialogButtonBox.ButtonRole.RejectRole)
        form = QFormLayout()
        form.setHorizontalSpacing(SPACE * 2)
        form.setVerticalSpacing(SPACE)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows: list[tuple[str | SpanField, QWidget]] = [
            ("what", self._task_search), ("day", self._day), *self._fields.items(),
            ("comment", self._comment),
        ]  # fmt: skip
        for name, widget in rows:
            label = self._labels[name]
            label.setBuddy(self._task_search.field if widget is self._task_search else widget)
            form.addRow(label, widget)
        form.addRow("", self._room)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        column.setSpacing(SPACE)
        column.addLayout(form)
        column.addStretch(1)
        for widget in (self._preview, self._message, self._buttons):
            column.addWidget(widget)
        self.resize(_WIDTH, self.sizeHint().height())

    def _connect(self) -> None:
        self._task_search.chosen.connect(self._on_task_chosen)
        self._task_search.changed.connect(self._show)
        self._task_search.settled.connect(self._on_task_settled)
        self._day.dateChanged.connect(self._show)
        for field in (*self._fields.values(), self._comment):
            field.textChanged.connect(self._show)
            field.returnPressed.connect(self._submit)
        self._day.installEventFilter(self)
        self._add.clicked.connect(self._submit)
        self._close.clicked.connect(self.close)

    # What a person does

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the date goes on as in every other field."""
        enter = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if watched is self._day and isinstance(event, QKeyEvent) and event.key() in enter:
            if event.type() is QEvent.Type.KeyPress:
                self._submit()
            return True
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        """Time has passed since it was closed."""
        super().showEvent(event)
        self._show()

    def _on_task_chosen(self) -> None:
        self._fields[SpanField.BEGIN].setFocus()
        self._show()
        self._shrink_to_fit()

    def _on_task_settled(self) -> None:
        self._show()
        self._shrink_to_fit()

    def _shrink_to_fit(self) -> None:
        """The list has folded away, and its room with it."""
        self.fit_height()
        self.resize(self.width(), self.minimumHeight())

    def _submit(self) -> None:
        """Add it, or go to what is still missing."""
        draft = self._draft()
        preview = self._intents.preview(draft)
        if not preview.is_complete:
            self._show()
            self._first_incomplete_field(preview).setFocus()
            return
        refused = self._intents.add(draft)
        if refused:
            self._message.setText(refused)
            self._message.setVisible(True)
            self.fit_height()
            return
        self._clear()
        self.close()

    def _first_incomplete_field(self, preview: EntryPreview) -> QWidget:
        error = preview.error
        if error is not None and not error.is_missing:
            return self._fields[error.field]
        if preview.task is None:
            return self._task_search.field
        if error is not None:
            return self._fields[error.field]
        return self._comment

    # What it shows

    def _draft(self) -> EntryDraft:
        typed = TypedSpan(
            date(self._day.date().year(), self._day.date().month(), self._day.date().day()),
            self._fields[SpanField.BEGIN].text(),
            self._fields[SpanField.END].text(),
            self._fields[SpanField.LENGTH].text(),
        )
        return EntryDraft(self._task_search.task, typed, self._comment.text())

    def _show(self) -> None:
        preview = self._intents.preview(self._draft())
        self._preview.setText("\n".join(manual_entry_words.preview_lines(preview, self._zone())))
        self._message.clear()
        self._message.setVisible(False)
        self._room.setText(manual_entry_words.comment_room(preview.comment_units_left))
        self._show_derived(preview)
        self.fit_height()

    def _show_derived(self, preview: EntryPreview) -> None:
        """The one that was left empty shows what follows from the other two."""
        derived = (
            manual_entry_words.derived_fields(preview.span, self._zone()) if preview.span else {}
        )
        for name, field in self._fields.items():
            field.setPlaceholderText(derived.get(name, ""))

    def _update_default_date(self) -> None:
        """A date that nobody chose is today's, also after midnight."""
        today = self._intents.today()
        if self._default_date != today:
            untouched = self._default_date is None or self._draft().typed.day == self._default_date
            self._default_date = today
            if untouched:
                self._day.setDate(QDate(today.year, today.month, today.day))

    def _clear(self) -> None:
        for field in (*self._fields.values(), self._comment):
            field.clear()
        self._task_search.clear()
        self._default_date = None
