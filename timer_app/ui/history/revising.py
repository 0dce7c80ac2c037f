"""Small windows in which one entry is changed or split. They hold nothing up."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from PySide6.QtCore import QDate, Qt, Signal
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

from timer_app.domain.entry import FinishedEntry
from timer_app.domain.span_input import BadSpan, Field, TypedSpan
from timer_app.domain.task import Task
from timer_app.services.history_desk import Outlook, Revision, middle
from timer_app.services.ports import LoggedEntry
from timer_app.ui.history import words
from timer_app.ui.history.intents import Revising
from timer_app.ui.task_search import Search, TaskSearch
from timer_app.ui.window import EDGE, SPACE, Sentences, Window
from timer_app.ui.wording import time_of_day

_WIDTH = 460


class _SmallWindow(Window):
    """A form, what it would do, what was wrong, and two buttons. Enter goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.form = QFormLayout()
        self.preview = Sentences()
        self.said = Sentences()
        self.go_on = QPushButton()
        self._close = QPushButton()
        self._lay_out()

    def come(self, focus: QWidget) -> None:
        """Come to the front."""
        self.come_to_front()
        focus.setFocus(Qt.FocusReason.PopupFocusReason)
        self.fit_height()

    def say(self, sentence: str) -> None:
        """Tell why it was not done."""
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))
        self.fit_height()

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        self._close.setText(self.tr("Close"))
        self.preview.setAccessibleName(self.tr("What will happen"))

    def _lay_out(self) -> None:
        self.form.setHorizontalSpacing(SPACE * 2)
        self.form.setVerticalSpacing(SPACE)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.preview.setFrameShape(QFrame.Shape.StyledPanel)
        self.preview.setMargin(SPACE)
        self.said.setVisible(False)
        buttons = QDialogButtonBox()
        buttons.addButton(self.go_on, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self._close, QDialogButtonBox.ButtonRole.RejectRole)
        self._close.clicked.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        column.setSpacing(SPACE)
        column.addLayout(self.form)
        column.addStretch(1)
        for widget in (self.preview, self.said, buttons):
            column.addWidget(widget)
        self.resize(_WIDTH, self.sizeHint().height())


class EditWindow(_SmallWindow):
    """Times, comment and task of an entry. `saved` tells its id, and what `undoable` was before."""

    saved = Signal(str, int)

    def __init__(self, revising: Revising, search: Search) -> None:
        super().__init__()
        self._revising = revising
        self._logged: LoggedEntry | None = None
        self._before: TypedSpan | None = None
        self._task: Task | None = None
        self._what = TaskSearch(search, keeps=True)
        self._day = QDateEdit()
        self._begin, self._end, self._length = QLineEdit(), QLineEdit(), QLineEdit()
        self._comment = QLineEdit()
        self._labels = [QLabel() for _ in range(6)]
        self._fill_form()
        self.retranslate()

    def open(self, logged: LoggedEntry, *, other_card: bool = False) -> None:
        """Show an entry that is over; with `other_card` ready for another task."""
        if logged.stopped_at is None:
            return
        self._logged = None  # what the fields say while they are filled is nobody's
        entry, zone = logged.entry, self._revising.calendar().zone
        began = entry.started_at.astimezone(zone)
        self._day.setDate(QDate(began.year, began.month, began.day))
        self._begin.setText(time_of_day(entry.started_at, zone))
        self._end.setText(_end(entry.started_at, logged.stopped_at, zone))
        self._length.clear()
        self._comment.setText(entry.comment)
        self._task = entry.task
        self._what.show_task(entry.task)
        self._before = self._typed()
        self._logged = logged
        self.say("")
        self.come(self._what.field if other_card else self._begin)
        self._show()
        if other_card:
            self._what.field.selectAll()

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        super().retranslate()
        self.setWindowTitle(self.tr("Edit entry"))
        self.go_on.setText(self.tr("&Save"))
        texts = (self.tr("&Date"), self.tr("&From"), self.tr("&Until"), self.tr("&Length"),
                 self.tr("Tas&k"), self.tr("&Comment"))  # fmt: skip
        for label, text in zip(self._labels, texts, strict=True):
            label.setText(text)
        self._begin.setToolTip(self.tr("9:30, 930, -15m, or a range: 9-10:30"))
        self._length.setToolTip(self.tr("1h30m, 1:30, 90 or 1.5h; the end then follows from it"))
        self._what.retranslate()
        self._show()

    def _fill_form(self) -> None:
        self._day.setCalendarPopup(True)
        rows = (self._day, self._begin, self._end, self._length, self._what, self._comment)
        for label, widget in zip(self._labels, rows, strict=True):
            label.setBuddy(self._what.field if widget is self._what else widget)
            self.form.addRow(label, widget)
        self._day.dateChanged.connect(self._show)
        for field in (self._begin, self._end, self._length, self._comment):
            field.textChanged.connect(self._show)
            field.returnPressed.connect(self._save)
        self._length.textEdited.connect(self._end.clear)
        self._end.textEdited.connect(self._length.clear)
        self._what.chosen.connect(self._chosen)
        self._what.changed.connect(self._show)
        self.go_on.clicked.connect(self._save)

    def _chosen(self) -> None:
        self._show()
        self._comment.setFocus()
        self.resize(self.width(), self.minimumHeight())

    def _typed(self) -> TypedSpan:
        chosen = self._day.date()
        day = date(chosen.year(), chosen.month(), chosen.day())
        return TypedSpan(day, self._begin.text(), self._end.text(), self._length.text())

    def _outlook(self) -> Outlook | None:
        """What saving would do; None while no task is chosen."""
        task = self._what.task
        if self._logged is None or task is None:
            return None
        typed = self._typed()
        changed = None if typed == self._before else typed
        revision = Revision(self._logged.entry.id, changed, task, self._comment.text())
        return self._revising.outlook(revision)

    def _show(self) -> None:
        if self._logged is None or not self.isVisible():
            return
        outlook = self._outlook()
        zone = self._revising.calendar().zone
        lines = words.outlook(outlook, zone) if outlook else [self.tr("Choose a card or a task.")]
        self.preview.setText("\n".join(lines))
        self.fit_height()

    def _save(self) -> None:
        outlook = self._outlook()
        if self._logged is None or outlook is None or outlook.edit is None:
            self._wanting(outlook).setFocus()
            return
        before = self._revising.undoable()
        refused = self._revising.edit(self._logged.entry.id, outlook.edit)
        if refused:
            self.say(refused)
            return
        self.close()
        self.saved.emit(self._logged.entry.id, before)

    def _wanting(self, outlook: Outlook | None) -> QWidget:
        if outlook is None:
            return self._what.field
        if outlook.wrong is None:
            return self._comment
        fields = {Field.BEGIN: self._begin, Field.END: self._end, Field.LENGTH: self._length}
        return fields[outlook.wrong.field]


class SplitWindow(_SmallWindow):
    """Where an entry becomes two. `saved` tells its id, and what `undoable` was before."""

    saved = Signal(str, int)

    def __init__(self, revising: Revising) -> None:
        super().__init__()
        self._revising = revising
        self._finished: FinishedEntry | None = None
        self._at = QLineEdit()
        self._label = QLabel()
        self._label.setBuddy(self._at)
        self.form.addRow(self._label, self._at)
        self._at.textChanged.connect(self._show)
        self._at.returnPressed.connect(self._split)
        self.go_on.clicked.connect(self._split)
        self.retranslate()

    def open(self, logged: LoggedEntry) -> None:
        """Offer the middle of an entry that is over."""
        if logged.stopped_at is None:
            return
        self._finished = FinishedEntry(logged.entry, logged.stopped_at)
        self.say("")
        self._at.setText(time_of_day(middle(self._finished), self._revising.calendar().zone))
        self._at.selectAll()
        self.come(self._at)
        self._show()

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        super().retranslate()
        self.setWindowTitle(self.tr("Split entry"))
        self._label.setText(self.tr("Split &at"))
        self.go_on.setText(self.tr("&Split"))

    def _instant(self, of: FinishedEntry) -> datetime | BadSpan:
        try:
            return self._revising.split_at(of, self._at.text())
        except BadSpan as wrong:
            return wrong

    def _show(self) -> None:
        if self._finished is None or not self.isVisible():
            return
        at = self._instant(self._finished)
        zone = self._revising.calendar().zone
        said = (
            words.wrong(at) if isinstance(at, BadSpan) else words.halves(self._finished, at, zone)
        )
        self.preview.setText(said)
        self.fit_height()

    def _split(self) -> None:
        if self._finished is None:
            return
        at = self._instant(self._finished)
        if isinstance(at, BadSpan):
            self._at.setFocus()
            return
        before = self._revising.undoable()
        refused = self._revising.split(self._finished.entry.id, at)
        if refused:
            self.say(refused)
            return
        self.close()
        self.saved.emit(self._finished.entry.id, before)


def _end(started_at: datetime, stopped_at: datetime, zone: tzinfo) -> str:
    """The end as it is typed: with its date where the time alone would mean another one."""
    began, ended = started_at.astimezone(zone), stopped_at.astimezone(zone)
    typed = time_of_day(stopped_at, zone)
    return typed if ended.date() == began.date() else f"{ended.date().isoformat()} {typed}"
