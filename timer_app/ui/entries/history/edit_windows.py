"""Small windows in which one entry is changed or split. They hold nothing up."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QDateEdit,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from timer_app.domain.delivery.outbox import LoggedEntry
from timer_app.domain.entries.entry import FinishedEntry
from timer_app.domain.entries.task import Task, with_other_card
from timer_app.domain.setup.span_input import BadSpan, SavedSpan, SpanField, TimeSpan, TypedSpan
from timer_app.services.entries.edit_form import EditForm, EditPreview, midpoint
from timer_app.ui.design.buttons import ButtonKind, set_kind
from timer_app.ui.design.surfaces import Surface
from timer_app.ui.design.text import Text, Tone
from timer_app.ui.design.tokens import EDIT_WIDTH, MEDIUM, SMALL, Scale, width_for_letters
from timer_app.ui.entries import manual_entry_words
from timer_app.ui.entries.history import words
from timer_app.ui.entries.history.intents import EditIntents
from timer_app.ui.entries.task_search import TaskSearch
from timer_app.ui.entries.task_search_source import TaskSearchSource
from timer_app.ui.plain_text import PlainLabel, plain_tooltip, spoken
from timer_app.ui.window import EDGE, SPACE, AppWindow, WrappedLabel, named
from timer_app.ui.wording import format_time


class _EntryWindow(AppWindow):
    """A form, what it would do, what was wrong, and two buttons. Enter goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.heading = Text(Scale.HEADING)
        self.form = QFormLayout()
        self.preview = named(WrappedLabel(), "preview")
        self.message = spoken(named(Text(tone=Tone.DANGER), "message"))
        self.accept_button = named(QPushButton(), "accept")
        self._close = named(QPushButton(), "close")

    def open_focused(self, focus: QWidget) -> None:
        """Come to the front."""
        self.show_in_front()
        focus.setFocus(Qt.FocusReason.PopupFocusReason)
        self.fit_height()

    def show_message(self, sentence: str) -> None:
        """Tell why it was not done."""
        self.message.setText(sentence)
        self.message.setVisible(bool(sentence))
        self.fit_height()

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        self._close.setText(self.tr("Close"))
        self.message.setVisible(False)  # words of before
        self.preview.setAccessibleDescription(self.tr("What will happen"))

    def _lay_out(self) -> None:
        """Put all of it into the window, once the form is filled.

        What is put in first is met first, by Tab and by screen readers.
        """
        self.form.setHorizontalSpacing(SPACE * 2)
        self.form.setVerticalSpacing(SPACE)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        surface = Surface()
        around = QVBoxLayout(surface)
        around.setContentsMargins(MEDIUM, SMALL, MEDIUM, SMALL)
        around.addWidget(self.preview)
        self.message.setVisible(False)
        set_kind(self.accept_button, ButtonKind.PRIMARY)
        set_kind(self._close, ButtonKind.QUIET)
        buttons = QDialogButtonBox()
        buttons.addButton(self.accept_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self._close, QDialogButtonBox.ButtonRole.RejectRole)
        self._close.clicked.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        column.setSpacing(SPACE)
        column.addWidget(self.heading)
        column.addLayout(self.form)
        column.addStretch(1)
        for widget in (surface, self.message, buttons):
            column.addWidget(widget)
        # As high as what is in it once it is shown.
        self.resize(width_for_letters(EDIT_WIDTH, self.font()), 0)


class EditEntryWindow(_EntryWindow):
    """Times, comment and task of an entry. `saved` carries its id and the latest undo id before."""

    saved = Signal(str, int)

    def __init__(self, intents: EditIntents, search: TaskSearchSource) -> None:
        super().__init__()
        self._intents = intents
        self._logged: LoggedEntry | None = None
        self._before: SavedSpan | None = None
        self._task: Task | None = None
        self._wants_other_card = False
        self._task_search = TaskSearch(search, shows_choice=True)
        self._day = named(QDateEdit(), "day")
        self._begin_field = named(QLineEdit(), SpanField.BEGIN.value)
        self._end_field = named(QLineEdit(), SpanField.END.value)
        self._length_field = named(QLineEdit(), SpanField.LENGTH.value)
        self._comment = named(QLineEdit(), "comment")
        self._labels = [PlainLabel() for _ in range(6)]
        self._fill_form()
        self.retranslate()

    def open(self, logged: LoggedEntry, *, other_card: bool = False) -> None:
        """Show an entry that is over; with `other_card` ready for another card of its task."""
        if logged.stopped_at is None:
            return
        self._logged = None  # what the fields say while they are filled is nobody's
        entry, zone = logged.entry, self._intents.calendar().zone
        began = entry.started_at.astimezone(zone)
        self._day.setDate(QDate(began.year, began.month, began.day))
        self._begin_field.setText(format_time(entry.started_at, zone))
        self._end_field.setText(_end_field(entry.started_at, logged.stopped_at, zone))
        span = TimeSpan(entry.started_at, logged.stopped_at)
        self._length_field.setText(manual_entry_words.derived_fields(span, zone)[SpanField.LENGTH])
        self._comment.setText(entry.comment)
        self._task, self._wants_other_card = entry.task, other_card
        self._task_search.show_task(entry.task)
        self._before = SavedSpan(self._typed_span(), TimeSpan(entry.started_at, logged.stopped_at))
        self._logged = logged
        self.show_message("")
        self.open_focused(self._task_search.field if other_card else self._begin_field)
        self._show()
        if other_card:
            self._task_search.field.selectAll()

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        super().retranslate()
        self.setWindowTitle(self.tr("Edit entry"))
        self.heading.setText(self.windowTitle())
        self.accept_button.setText(self.tr("&Save"))
        texts = (self.tr("&Date"), self.tr("&From"), self.tr("&Until"), self.tr("&Length"),
                 self.tr("Tas&k"), self.tr("&Comment"))  # fmt: skip
        for label, text in zip(self._labels, texts, strict=True):
            label.setText(text)
        self._begin_field.setToolTip(plain_tooltip(self.tr("9:30, 930, -15m, or a range: 9-10:30")))
        self._length_field.setToolTip(
            plain_tooltip(self.tr("1h30m, 1:30, 90 or 1.5h; the end then follows from it"))
        )
        self._task_search.retranslate()
        self._show()

    def _fill_form(self) -> None:
        self._day.setCalendarPopup(True)
        rows = (
            self._day,
            self._begin_field,
            self._end_field,
            self._length_field,
            self._task_search,
            self._comment,
        )
        for label, widget in zip(self._labels, rows, strict=True):
            label.setBuddy(self._task_search.field if widget is self._task_search else widget)
            self.form.addRow(label, widget)
        self._lay_out()
        self._day.dateChanged.connect(self._show)
        for field in (self._begin_field, self._end_field, self._length_field, self._comment):
            field.textChanged.connect(self._show)
            field.returnPressed.connect(self._save)
        self._begin_field.textEdited.connect(self._length_field.clear)
        self._day.dateChanged.connect(self._length_field.clear)
        self._length_field.textEdited.connect(self._end_field.clear)
        self._end_field.textEdited.connect(self._length_field.clear)
        self._task_search.chosen.connect(self._on_task_chosen)
        self._task_search.changed.connect(self._show)
        self._task_search.settled.connect(self._on_task_settled)
        self.accept_button.clicked.connect(self._save)

    def _keep_address(self) -> None:
        """Another card was asked for: a task at an address stays there."""
        chosen = self._task_search.task
        if self._wants_other_card and self._task is not None and chosen is not None:
            self._task_search.show_task(with_other_card(self._task, chosen))

    def _on_task_settled(self) -> None:
        self._keep_address()
        self._show()
        self.resize(self.width(), self.minimumHeight())

    def _on_task_chosen(self) -> None:
        self._keep_address()
        self._show()
        self._comment.setFocus()
        self.resize(self.width(), self.minimumHeight())

    def _typed_span(self) -> TypedSpan:
        chosen = self._day.date()
        day = date(chosen.year(), chosen.month(), chosen.day())
        return TypedSpan(
            day, self._begin_field.text(), self._end_field.text(), self._length_field.text()
        )

    def _make_preview(self) -> EditPreview | None:
        """What saving would do; None while no task is chosen."""
        task = self._task_search.task
        if self._logged is None or task is None:
            return None
        typed = self._typed_span()
        changed = None if self._before and typed == self._before.typed else typed
        revision = EditForm(
            self._logged.entry.id, changed, task, self._comment.text(), self._before
        )
        return self._intents.preview_edit(revision)

    def _show(self) -> None:
        if self._logged is None or not self.isVisible():
            return
        outlook = self._make_preview()
        zone = self._intents.calendar().zone
        lines = (
            words.edit_preview(outlook, zone) if outlook else [self.tr("Choose a card or a task.")]
        )
        self.preview.setText("\n".join(lines))
        self._show_derived(outlook)
        self.fit_height()

    def _show_derived(self, outlook: EditPreview | None) -> None:
        """What was left empty shows what follows from the rest."""
        span = outlook.span if outlook else None
        zone = self._intents.calendar().zone
        derived = manual_entry_words.derived_fields(span, zone) if span else {}
        for name, field in self._span_fields().items():
            field.setPlaceholderText(derived.get(name, ""))

    def _span_fields(self) -> dict[SpanField, QLineEdit]:
        return {
            SpanField.BEGIN: self._begin_field,
            SpanField.END: self._end_field,
            SpanField.LENGTH: self._length_field,
        }

    def _save(self) -> None:
        outlook = self._make_preview()
        if self._logged is None or outlook is None or outlook.edit is None:
            self._first_wrong_field(outlook).setFocus()
            return
        before = self._intents.latest_undo_id()
        refused = self._intents.edit(self._logged.entry.id, outlook.edit)
        if refused:
            self.show_message(refused)
            return
        self.close()
        self.saved.emit(self._logged.entry.id, before)

    def _first_wrong_field(self, outlook: EditPreview | None) -> QWidget:
        if outlook is None:
            return self._task_search.field
        if outlook.error is None:
            return self._comment
        return self._span_fields()[outlook.error.field]


class SplitEntryWindow(_EntryWindow):
    """Where an entry becomes two. `saved` carries its id and the latest undo id before."""

    saved = Signal(str, int)

    def __init__(self, intents: EditIntents) -> None:
        super().__init__()
        self._intents = intents
        self._finished: FinishedEntry | None = None
        self._at = named(QLineEdit(), "at")
        self._label = PlainLabel()
        self._label.setBuddy(self._at)
        self.form.addRow(self._label, self._at)
        self._lay_out()
        self._at.textChanged.connect(self._show)
        self._at.returnPressed.connect(self._split)
        self.accept_button.clicked.connect(self._split)
        self.retranslate()

    def open(self, logged: LoggedEntry) -> None:
        """Offer the middle of an entry that is over."""
        if logged.stopped_at is None:
            return
        self._finished = FinishedEntry(logged.entry, logged.stopped_at)
        self._show_heading()
        self.show_message("")
        self._at.setText(format_time(midpoint(self._finished), self._intents.calendar().zone))
        self._at.selectAll()
        self.open_focused(self._at)
        self._show()

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        super().retranslate()
        self.setWindowTitle(self.tr("Split entry"))
        self._show_heading()
        self._label.setText(self.tr("Split &at"))
        self.accept_button.setText(self.tr("&Split"))
        self._show()

    def _show_heading(self) -> None:
        task = self._finished.entry.task if self._finished else None
        self.heading.setText(task.title if task else self.windowTitle())

    def _instant(self, entry: FinishedEntry) -> datetime | BadSpan:
        try:
            return self._intents.parse_split_instant(entry, self._at.text())
        except BadSpan as wrong:
            return wrong

    def _show(self) -> None:
        if self._finished is None or not self.isVisible():
            return
        at = self._instant(self._finished)
        zone = self._intents.calendar().zone
        message = (
            words.span_error(at)
            if isinstance(at, BadSpan)
            else words.split_preview(self._finished, at, zone)
        )
        self.preview.setText(message)
        self.fit_height()

    def _split(self) -> None:
        if self._finished is None:
            return
        at = self._instant(self._finished)
        if isinstance(at, BadSpan):
            self._at.setFocus()
            return
        before = self._intents.latest_undo_id()
        refused = self._intents.split(self._finished.entry.id, at)
        if refused:
            self.show_message(refused)
            return
        self.close()
        self.saved.emit(self._finished.entry.id, before)


def _end_field(started_at: datetime, stopped_at: datetime, zone: tzinfo) -> str:
    """The end as it is typed: with its date where the time alone would mean another one."""
    began, ended = started_at.astimezone(zone), stopped_at.astimezone(zone)
    typed = format_time(stopped_at, zone)
    return typed if ended.date() == began.date() else f"{ended.date().isoformat()} {typed}"
