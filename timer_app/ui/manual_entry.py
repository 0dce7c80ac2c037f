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
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from timer_app.domain.span_input import Field, TypedSpan
from timer_app.domain.task import Task
from timer_app.services.manual_entry import Draft, Preview
from timer_app.ui import manual_entry_words
from timer_app.ui.task_search import Search, TaskSearch
from timer_app.ui.window import EDGE, SPACE, Sentences, Window

_WIDTH = 460


class Adding(Protocol):
    """Whom the window asks. Nothing of it raises."""

    def today(self) -> date:
        """The calendar's date here and now."""
        ...

    def preview(self, draft: Draft) -> Preview:
        """What adding the draft would do."""
        ...

    def add(self, draft: Draft) -> str:
        """Add it; "" if that is done, else a sentence that says why not."""
        ...


class ManualEntryWindow(Window):
    """Fields, a preview, Add. What was typed stays when it is closed, and goes once it is added."""

    def __init__(self, adding: Adding, search: Search, zone: Callable[[], tzinfo]) -> None:
        super().__init__()
        self._adding = adding
        self._zone = zone
        self._what = TaskSearch(search, keeps=True)
        self._day = QDateEdit()
        self._fields = {each: QLineEdit() for each in Field}
        self._comment = QLineEdit()
        self._room = QLabel()
        self._preview = Sentences()
        self._said = Sentences()
        self._labels = {name: QLabel() for name in ("what", "day", *Field, "comment")}
        self._buttons = QDialogButtonBox()
        self._add = QPushButton()
        self._close = QPushButton()
        self._opened_on: date | None = None
        self._lay_out()
        self._connect()
        self.retranslate()

    def open(self, task: Task | None = None) -> None:
        """Come to the front with the first field that wants something; `task` is taken already."""
        self._be_of_today()
        if task is not None:
            self._what.show_task(task)
            self._fold()
        self.come_to_front()
        if self._what.task is None:
            self._what.open()
        else:
            self._fields[Field.BEGIN].setFocus(Qt.FocusReason.PopupFocusReason)
        self._show()

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        self.setWindowTitle(self.tr("Add time"))
        texts = {
            "what": self.tr("Tas&k"),
            "day": self.tr("&Date"),
            Field.BEGIN: self.tr("&From"),
            Field.END: self.tr("&Until"),
            Field.LENGTH: self.tr("&Length"),
            "comment": self.tr("&Comment"),
        }
        for name, text in texts.items():
            self._labels[name].setText(text)
        self._fields[Field.BEGIN].setToolTip(self.tr("9:30, 930, -15m, or a range: 9-10:30"))
        self._fields[Field.LENGTH].setToolTip(self.tr("1h30m, 1:30, 90 or 1.5h"))
        self._preview.setAccessibleName(self.tr("What the services will receive"))
        self._add.setText(self.tr("&Add"))
        self._close.setText(self.tr("Close"))
        self._what.retranslate()
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
        rows: list[tuple[str | Field, QWidget]] = [
            ("what", self._what), ("day", self._day), *self._fields.items(),
            ("comment", self._comment),
        ]  # fmt: skip
        for name, widget in rows:
            label = self._labels[name]
            label.setBuddy(self._what.field if widget is self._what else widget)
            form.addRow(label, widget)
        form.addRow("", self._room)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        column.setSpacing(SPACE)
        column.addLayout(form)
        column.addStretch(1)
        for widget in (self._preview, self._said, self._buttons):
            column.addWidget(widget)
        self.resize(_WIDTH, self.sizeHint().height())

    def _connect(self) -> None:
        self._what.chosen.connect(self._chosen)
        self._what.changed.connect(self._show)
        self._day.dateChanged.connect(self._show)
        for field in (*self._fields.values(), self._comment):
            field.textChanged.connect(self._show)
            field.returnPressed.connect(self._go_on)
        self._day.installEventFilter(self)
        self._add.clicked.connect(self._go_on)
        self._close.clicked.connect(self.close)

    # What a person does

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the date goes on as in every other field."""
        enter = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if watched is self._day and isinstance(event, QKeyEvent) and event.key() in enter:
            if event.type() is QEvent.Type.KeyPress:
                self._go_on()
            return True
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        """Time has passed since it was closed."""
        super().showEvent(event)
        self._show()

    def _chosen(self) -> None:
        self._fields[Field.BEGIN].setFocus()
        self._show()
        self._fold()

    def _fold(self) -> None:
        """The list has folded away, and its room with it."""
        self.fit_height()
        self.resize(self.width(), self.minimumHeight())

    def _go_on(self) -> None:
        """Add it, or go to what is still missing."""
        draft = self._draft()
        preview = self._adding.preview(draft)
        if not preview.complete:
            self._show()
            self._wanting(preview).setFocus()
            return
        refused = self._adding.add(draft)
        if refused:
            self._said.setText(refused)
            self._said.setVisible(True)
            self.fit_height()
            return
        self._forget()
        self.close()

    def _wanting(self, preview: Preview) -> QWidget:
        if preview.task is None:
            return self._what.field
        if preview.wrong is not None:
            return self._fields[preview.wrong.field]
        return self._comment

    # What it shows

    def _draft(self) -> Draft:
        typed = TypedSpan(
            date(self._day.date().year(), self._day.date().month(), self._day.date().day()),
            self._fields[Field.BEGIN].text(),
            self._fields[Field.END].text(),
            self._fields[Field.LENGTH].text(),
        )
        return Draft(self._what.task, typed, self._comment.text())

    def _show(self) -> None:
        preview = self._adding.preview(self._draft())
        self._preview.setText("\n".join(manual_entry_words.preview(preview, self._zone())))
        self._said.clear()
        self._said.setVisible(False)
        self._room.setText(manual_entry_words.room(preview.comment_left))
        self._show_derived(preview)
        self.fit_height()

    def _show_derived(self, preview: Preview) -> None:
        """The one that was left empty shows what follows from the other two."""
        derived = manual_entry_words.derived(preview.span, self._zone()) if preview.span else {}
        for name, field in self._fields.items():
            field.setPlaceholderText(derived.get(name, ""))

    def _be_of_today(self) -> None:
        """A date that nobody chose is today's, also after midnight."""
        today = self._adding.today()
        if self._opened_on != today:
            untouched = self._opened_on is None or self._draft().typed.day == self._opened_on
            self._opened_on = today
            if untouched:
                self._day.setDate(QDate(today.year, today.month, today.day))

    def _forget(self) -> None:
        for field in (*self._fields.values(), self._comment):
            field.clear()
        self._what.clear()
        self._opened_on = None
