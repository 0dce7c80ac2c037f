"""Compare with services: what differs, each with its repair. Nothing changes by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QCloseEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from timer_app.domain.audit.rows import AuditRow, AuditVerdict, NextStep
from timer_app.domain.user_message import fill
from timer_app.services.audit.auditor import Audit, RepairResult
from timer_app.services.entries.listing import DeliveryStatus
from timer_app.ui import messages
from timer_app.ui.accessibility import set_role, set_tab_order
from timer_app.ui.audit import words
from timer_app.ui.design.buttons import ButtonKind, set_kind
from timer_app.ui.design.surfaces import MarkLabel, Surface
from timer_app.ui.design.text import Text, Tone
from timer_app.ui.design.tokens import COMPARE_SIZE, MEDIUM, SMALL, TINY, Scale, size_for_letters
from timer_app.ui.entries.history.intents import AuditIntents, Cancellable
from timer_app.ui.entries.history.row_delegate import STATUS_MARKS
from timer_app.ui.entries.history.words import full_date
from timer_app.ui.flow_layout import FlowLayout
from timer_app.ui.plain_text import spoken
from timer_app.ui.window import EDGE, SPACE, AppWindow, WrappedLabel, named
from timer_app.ui.wording import format_number, format_range, join_sentences, service_name

_MOST_ROWS = 150
"""Rows that are shown: each has a button of its own, which takes its time to make."""
_TONES = {DeliveryStatus.DELIVERED: Tone.GOOD, DeliveryStatus.NEEDS_PERSON: Tone.WARNING}


class CompareWindow(AppWindow):
    """Implements `AuditListener`: shows how an audit goes, and what it found."""

    def __init__(self, intents: AuditIntents) -> None:
        super().__init__()
        self._intents = intents
        self._dates: tuple[date, date] | None = None
        self._work: Cancellable | None = None
        self._repaired = 0, 0
        """Of how many rows how many are repaired by what goes on."""
        self._audit: Audit | None = None
        self._message = spoken(named(WrappedLabel(), "message"))
        self._say: Callable[[], str] = str
        """What the message is in the language of the moment."""
        self._progress = named(QProgressBar(), "progress")
        self._cancel = named(QPushButton(), "cancel")
        self._heading = Text(Scale.HEADING)
        self._rows = named(QScrollArea(), "rows")
        self._column = QVBoxLayout()
        self._surfaces: list[Surface] = []
        self._more = Text(Scale.SMALL, Tone.MUTED)
        self._matched = named(QCheckBox(), "matched")
        self._refresh_button = named(QPushButton(), "refresh")
        self._repair_all_button = named(QPushButton(), "repair-all")
        self._close = named(QPushButton(), "close")
        self._lay_out()
        self.retranslate()

    def open(self, first: date, last: date) -> None:
        """Come to the front and compare these dates."""
        self._dates = first, last
        self._show_title()
        self.show_in_front()
        self._start_audit()

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        self._show_title()
        self._cancel.setText(self.tr("&Cancel"))
        self._matched.setText(self.tr("Show &matched"))
        self._refresh_button.setText(self.tr("Compare a&gain"))
        self._repair_all_button.setText(self.tr("Repair &all"))
        self._close.setText(self.tr("Close"))
        self._progress.setAccessibleName(self.tr("Asking the services"))
        self._rows.setAccessibleName(self.tr("What the journal and the services hold"))
        self._message.setText(self._say())
        self._show()

    # What the audit tells

    def on_audit_progress(self, done: int, total: int) -> None:
        """See Auditing."""
        self._progress.setRange(0, max(1, total))
        self._progress.setValue(done)
        self._show_message(partial(words.audit_progress, done, total))

    def on_repair_progress(self, done: int, total: int) -> None:
        """See Auditing."""
        self._repaired = done, total
        self._progress.setRange(0, max(1, total))
        self._progress.setValue(done)
        self._show_message(partial(words.repair_progress, done, total))

    def on_audited(self, audit: Audit, repaired: RepairResult | None) -> None:
        """See Auditing."""
        self._audit = audit
        had_keyboard = self._cancel.hasFocus()
        self._end_work()
        if had_keyboard:
            self._focus_repair()
        self._show_message(partial(_result_text, audit, repaired))
        self._show()

    def on_refused(self, why: str) -> None:
        """See Auditing."""
        self._end_work()
        self._show_message(lambda: why)
        self._say = str  # another language drops that sentence

    # What a person does

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nobody waits for the answers any more."""
        self._cancel_work()
        super().closeEvent(event)

    def _start_audit(self) -> None:
        if self._dates is not None:
            self._begin_work()
            self._work = self._intents.audit(*self._dates, self)

    def _repair(self, rows: Sequence[AuditRow]) -> None:
        if self._dates is not None:
            self._begin_work()
            self._work = self._intents.repair(*self._dates, rows, self)

    def _repair_all(self) -> None:
        if self._audit is not None:
            self._repair(self._audit.repairable_rows)

    def _cancel_work(self) -> None:
        if self._work is not None:
            self._work.cancel()
            self._end_work()
            self._show_message(partial(self._stopped_text, *self._repaired))

    def _begin_work(self) -> None:
        self._cancel_work()
        self._repaired = 0, 0
        self._progress.setRange(0, 0)
        self._show_message(lambda: self.tr("Asking the services…"))
        self._set_working(working=True)

    def _stopped_text(self, done: int, total: int) -> str:
        progress = words.repair_stopped(done, total) if done else ""
        return join_sentences(self.tr("Cancelled."), progress)

    def _show_message(self, say: Callable[[], str]) -> None:
        self._say = say
        self._message.setText(say())

    def _end_work(self) -> None:
        self._work = None
        self._set_working(working=False)

    def _set_working(self, *, working: bool) -> None:
        self._progress.setVisible(working)
        self._cancel.setVisible(working)
        self._rows.setEnabled(not working)
        self._refresh_button.setEnabled(not working)
        self._repair_all_button.setEnabled(not working and self._audit is not None)
        if working:
            self._cancel.setFocus()

    # What it shows

    def _show_title(self) -> None:
        title = self.tr("Compare with services: %1")
        period = _period(*self._dates) if self._dates else ""
        self.setWindowTitle(fill(title, period))
        self._heading.setText(period)

    def _lay_out(self) -> None:
        inner = QWidget()
        self._column.setContentsMargins(0, 0, SPACE, 0)
        self._column.setSpacing(SPACE)
        self._column.addWidget(self._more)
        self._column.addStretch(1)
        inner.setLayout(self._column)
        inner.setAutoFillBackground(False)
        self._rows.setWidget(inner)
        self._rows.setWidgetResizable(True)
        self._rows.setFrameShape(QFrame.Shape.NoFrame)
        set_role(self._rows, QAccessible.Role.List)
        self._rows.viewport().setAutoFillBackground(False)
        self._rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._more.setVisible(False)
        set_kind(self._repair_all_button, ButtonKind.PRIMARY)
        set_kind(self._close, ButtonKind.QUIET)
        top = QHBoxLayout()
        top.addWidget(self._progress, 1)
        top.addWidget(self._cancel)
        foot = FlowLayout(SPACE, is_at_end=True)
        for widget in (
            self._matched, self._refresh_button, self._repair_all_button, self._close
        ):  # fmt: skip
            foot.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        column.setSpacing(SPACE)
        column.addWidget(self._heading)
        column.addWidget(self._message)
        column.addLayout(top)
        column.addWidget(self._rows, 1)
        column.addLayout(foot)
        self._cancel.clicked.connect(self._cancel_work)
        self._matched.toggled.connect(self._show)
        self._refresh_button.clicked.connect(self._start_audit)
        self._repair_all_button.clicked.connect(self._repair_all)
        self._close.clicked.connect(self.close)
        self._set_working(working=False)
        self.resize(size_for_letters(COMPARE_SIZE, self.font()))

    def _repair_buttons(self) -> list[QPushButton]:
        return [each for row in self._surfaces for each in row.findChildren(QPushButton)]

    def _focus_repair(self, place: int = 0) -> None:
        """Go to that repair or the last; without one, to what compares again."""
        buttons = self._repair_buttons()
        button = buttons[min(place, len(buttons) - 1)] if buttons else self._refresh_button
        button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        audit = self._audit
        rows = audit.rows if audit else ()
        wanted = [
            row
            for row in rows
            if self._matched.isChecked() or row.verdict is not AuditVerdict.MATCHED
        ]
        shown = wanted[:_MOST_ROWS]
        keyboard = self.focusWidget()
        before = self._repair_buttons()
        place = before.index(keyboard) if keyboard in before else None
        for surface in self._surfaces:
            self._column.removeWidget(surface)
            surface.hide()
            surface.deleteLater()
        self._surfaces = [self._row_surface(each) for each in shown]
        for number, surface in enumerate(self._surfaces):
            self._column.insertWidget(number, surface)
            surface.show()  # at once: the keyboard goes to what is seen
        set_tab_order([self._rows, *self._repair_buttons(), self._matched, self._refresh_button])
        more = self.tr("and %1 more: compare fewer days to see them")
        self._more.setText(more.replace("%1", format_number(len(wanted) - len(shown))))
        self._more.setVisible(len(wanted) > len(shown))
        if place is not None:
            self._focus_repair(place)
        self._repair_all_button.setEnabled(bool(audit and audit.repairable_rows))

    def _row_surface(self, row: AuditRow) -> Surface:
        """How a row stands to its service, what it is, and what can be done about it."""
        surface = Surface()
        set_role(surface, QAccessible.Role.Grouping)
        verdict, text = words.verdict_name(row.verdict), messages.audit_row_text(row)
        surface.setAccessibleName(f"{verdict}, {service_name(row.service)}")
        surface.setAccessibleDescription(text)
        status = _row_status(row)
        heading = QHBoxLayout()
        heading.setSpacing(SPACE)
        heading.addWidget(MarkLabel(STATUS_MARKS[status], _TONES.get(status, Tone.MUTED)))
        heading.addWidget(_text(verdict, Text(semibold=True, line=True)))
        heading.addWidget(_text(service_name(row.service), Text(Scale.SMALL, Tone.MUTED)), 1)
        column = QVBoxLayout(surface)
        column.setContentsMargins(MEDIUM, SMALL, MEDIUM, SMALL)
        column.setSpacing(TINY)
        column.addLayout(heading)
        column.addWidget(_text(text, Text()))
        if row.repair is not None:
            button = QPushButton(words.repair_label(row.repair))
            button.setAccessibleDescription(text)
            button.clicked.connect(partial(self._repair, [row]))
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        elif helped := words.row_help(row):
            column.addWidget(_text(helped, Text(Scale.SMALL, Tone.MUTED)))
        return surface


def _result_text(audit: Audit, repaired: RepairResult | None) -> str:
    """What was repaired, how much differs, and what could not be asked."""
    repair = words.repair_result(repaired) if repaired else ""
    failures = map(messages.error_text, audit.failures)
    return "\n".join(filter(None, [repair, words.verdict_counts(audit), *failures]))


def _text(text: str, label: Text) -> Text:
    """The label with that text, which can be marked and copied."""
    label.setText(text)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _row_status(row: AuditRow) -> DeliveryStatus:
    if row.verdict is AuditVerdict.MATCHED:
        return DeliveryStatus.DELIVERED
    if row.next_step is NextStep.WAITS:
        return DeliveryStatus.WAITING
    is_foreign = (
        row.repair is None and row.next_step is NextStep.NONE
    )  # somebody else's: left alone
    return DeliveryStatus.NOT_SENT if is_foreign else DeliveryStatus.NEEDS_PERSON


def _period(first: date, last: date) -> str:
    if first == last:
        return full_date(first)
    return format_range(full_date(first), full_date(last))
