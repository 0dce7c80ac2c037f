"""Add time: an entry that was forgotten, and a preview of what each service will receive."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, tzinfo
from typing import Protocol

from PySide6.QtCore import QDate, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QDateEdit,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from timer_app.domain.entries.task import Task
from timer_app.domain.setup.span_input import SpanField, TypedSpan
from timer_app.services.entries.history import DayTimeline, visible_hours, widened
from timer_app.services.entries.manual_entry import EntryDraft, EntryPreview
from timer_app.ui.accessibility import announce, set_tab_order
from timer_app.ui.design.buttons import ButtonKind, set_kind
from timer_app.ui.design.day_strip import BlockKind, DayStrip, StripBlock
from timer_app.ui.design.receipt import Receipt
from timer_app.ui.design.text import Text, Tone
from timer_app.ui.design.tokens import FORM_WIDTH, MEDIUM, TINY, Scale, width_for_letters
from timer_app.ui.entries import manual_entry_words
from timer_app.ui.entries.history.words import block_description
from timer_app.ui.entries.task_search import TaskSearch
from timer_app.ui.entries.task_search_source import TaskSearchSource
from timer_app.ui.plain_text import plain_tooltip, spoken
from timer_app.ui.window import EDGE, SPACE, AppWindow, WrappedLabel, named
from timer_app.ui.wording import format_time

_TYPING_PAUSE = 700
"""Milliseconds after which what was typed is heard as a whole."""


class ManualEntryIntents(Protocol):
    """Whom the window asks. Nothing of it raises."""

    def today(self) -> date:
        """The calendar's date here and now."""
        ...

    def timeline(self, on_date: date) -> DayTimeline:
        """What there is on a date already."""
        ...

    def day_of(self, instant: datetime) -> date:
        """The date that an instant counts for."""
        ...

    def preview(self, draft: EntryDraft) -> EntryPreview:
        """What adding the draft would do."""
        ...

    def add(self, draft: EntryDraft) -> str:
        """Add it; "" if that is done, else a sentence that says why not."""
        ...


class ManualEntryWindow(AppWindow):
    """Fields, the day as a strip, receipts, Add.

    What was typed stays when it is closed, and goes once it is added. Fields and strip agree: what
    is dragged is written into the fields, and what is typed moves the block.
    """

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
        self._room = named(Text(Scale.SMALL, Tone.MUTED), "comment-room")
        self._strip = named(DayStrip(is_draggable=True), "strip")
        self._receipts = named(Receipt(), "timecrowd-gets"), named(Receipt(), "kaiten-gets")
        self._preview = named(Text(), "preview")
        self._message = spoken(named(WrappedLabel(), "message"))
        self._heading = Text(Scale.HEADING)
        self._labels = {
            name: Text(Scale.SMALL, Tone.MUTED) for name in ("what", "day", *SpanField, "comment")
        }
        self._buttons = QDialogButtonBox()
        self._add = named(QPushButton(), "add")
        self._close = named(QPushButton(), "close")
        self._default_date: date | None = None
        self._spoken_receipts = ""
        self._typing_timer = QTimer(self)
        self._typing_timer.setSingleShot(True)
        self._typing_timer.setInterval(_TYPING_PAUSE)
        self._typing_timer.timeout.connect(self._speak_receipts)
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
        if self._task_search.task is not None:
            self._shrink_to_fit()

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        self.setWindowTitle(self.tr("Add time"))
        self._heading.setText(self.tr("Add time"))
        self._strip.setAccessibleName(self.tr("The day as a strip"))
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
        self._add.setText(self.tr("&Add"))
        self._close.setText(self.tr("Close"))
        self._task_search.retranslate()
        self._show()

    # Making

    def _lay_out(self) -> None:
        self._day.setCalendarPopup(True)
        self._room.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._buttons.addButton(self._add, QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.addButton(self._close, QDialogButtonBox.ButtonRole.RejectRole)
        set_kind(self._add, ButtonKind.PRIMARY)
        set_kind(self._close, ButtonKind.QUIET)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        column.setSpacing(SPACE)
        column.addWidget(self._heading)
        column.addLayout(self._labelled("what", self._task_search, self._task_search.field))
        column.addLayout(self._time_row())
        column.addWidget(self._strip)
        column.addWidget(self._preview)
        comment = self._labelled("comment", self._comment)
        comment.addWidget(self._room)
        column.addLayout(comment)
        receipts = QHBoxLayout()
        receipts.setSpacing(SPACE)
        for receipt in self._receipts:
            receipts.addWidget(receipt, 1)
        column.addLayout(receipts)
        column.addStretch(1)
        for widget in (self._message, self._buttons):
            column.addWidget(widget)
        self._set_tab_order()
        wide = width_for_letters(FORM_WIDTH, self.font())
        self.resize(wide, self.sizeHint().height())

    def _labelled(
        self, name: str | SpanField, widget: QWidget, buddy: QWidget | None = None
    ) -> QVBoxLayout:
        """A field with its label above it."""
        self._labels[name].setBuddy(buddy or widget)
        column = QVBoxLayout()
        column.setSpacing(TINY // 2)
        column.addWidget(self._labels[name])
        column.addWidget(widget)
        return column

    def _time_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addLayout(self._labelled("day", self._day), 5)
        for name, field in self._fields.items():
            row.addLayout(self._labelled(name, field), 4)
        self._fit_fields()
        return row

    def _fit_fields(self) -> None:
        """Fields as high as the date beside them, and wide enough for what is typed there."""
        for field in self._fields.values():
            field.setMinimumHeight(self._day.sizeHint().height())
            room = field.fontMetrics().horizontalAdvance("10h30m") + 2 * MEDIUM
            field.setMinimumWidth(room)

    def _set_tab_order(self) -> None:
        """Who types needs no strip: it comes behind the fields."""
        stops = [self._day, *self._fields.values(), self._comment, self._strip, self._add]
        set_tab_order([*stops, self._close])

    def _connect(self) -> None:
        self._task_search.chosen.connect(self._on_task_chosen)
        self._task_search.changed.connect(self._show)
        self._task_search.settled.connect(self._on_task_settled)
        self._day.dateChanged.connect(self._show)
        for field in (*self._fields.values(), self._comment):
            field.textChanged.connect(self._show)
            field.returnPressed.connect(self._submit)
        for watched in (self._day, self._strip):
            watched.installEventFilter(self)
        self._strip.draft_moved.connect(self._on_dragged)
        self._add.clicked.connect(self._submit)
        self._close.clicked.connect(self.close)

    # What a person does

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the date or the strip goes on as in every other field."""
        enter = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if (
            watched in (self._day, self._strip)
            and isinstance(event, QKeyEvent)
            and event.key() in enter
        ):
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

    def _on_dragged(self, begins: datetime, ends: datetime) -> None:
        """Write what is dragged into the fields; the length follows from the other two."""
        zone = self._zone()
        began, ended = begins.astimezone(zone), ends.astimezone(zone)
        written = {
            SpanField.BEGIN: format_time(begins, zone),
            SpanField.END: format_time(ends, zone),
            SpanField.LENGTH: "",
        }
        if ended.date() != began.date():
            written[SpanField.END] = f"{ended:%Y-%m-%d} {format_time(ends, zone)}"
        editors = [self._day, *self._fields.values()]
        blocked = [each.blockSignals(True) for each in editors]
        self._day.setDate(QDate(began.year, began.month, began.day))
        for name, text in written.items():
            self._fields[name].setText(text)
        for each, was in zip(editors, blocked, strict=True):
            each.blockSignals(was)
        self._show()

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
        self._show_receipts(preview)
        hint = manual_entry_words.hint(preview)
        self._preview.set_tone(Tone.WARNING if preview.overlaps else Tone.MUTED)
        self._preview.setText(hint)
        self._preview.setVisible(bool(hint))
        self._message.clear()
        self._message.setVisible(False)
        self._room.setText(manual_entry_words.comment_room(preview.comment_units_left))
        self._show_derived(preview)
        self._show_strip(preview)
        self.fit_height()

    def _show_receipts(self, preview: EntryPreview) -> None:
        """What each service gets; one that gets nothing has no receipt."""
        to_timecrowd, to_kaiten = self._receipts
        words = manual_entry_words.timecrowd_receipt(preview, self._zone())
        to_timecrowd.show_words(words.heading, words.amount, words.details)
        words = manual_entry_words.kaiten_receipt(preview)
        to_kaiten.show_words(words.heading, words.amount, words.details)
        is_open = preview.span is None
        to_timecrowd.setVisible(is_open or preview.to_timecrowd)
        has_card = preview.task is None or preview.task.card is not None
        to_kaiten.setVisible(bool(preview.to_kaiten) or (is_open and has_card))
        if preview.span is None:
            self._spoken_receipts = ""
            self._typing_timer.stop()
        else:
            self._typing_timer.start()

    def _speak_receipts(self) -> None:
        """Have screen readers say what each service would get, once nothing is typed any more."""
        shown = [each.words for each in self._receipts if not each.isHidden()]
        said = "\n".join(shown).replace("\n", ", ")
        if said != self._spoken_receipts and self.isVisible():
            announce(self, said)
        self._spoken_receipts = said

    def _show_strip(self, preview: EntryPreview) -> None:
        """The day, and the new entry on it."""
        span, zone = preview.span, self._zone()
        of = self._intents.day_of(span.started_at) if span else self._draft().typed.day
        day = self._intents.timeline(of)
        blocks = [
            StripBlock(
                each.begins, each.ends, (each.entry.task.title,), kind=BlockKind.OTHER,
                description=block_description(each, zone),
            )
            for each in day.blocks
        ]  # fmt: skip
        first, last = visible_hours(day)
        draft = None
        if span is not None:
            length = manual_entry_words.derived_fields(span, zone)[SpanField.LENGTH]
            times = manual_entry_words.span_times(span, zone)
            draft = StripBlock(
                span.started_at, span.stopped_at, (length,), preview.task,
                BlockKind.TASK if preview.task else BlockKind.OTHER, times,
            )  # fmt: skip
            first, last = widened(first, last, span.started_at, span.stopped_at)
        self._strip.show_time(first, last, zone, blocks, draft)

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
