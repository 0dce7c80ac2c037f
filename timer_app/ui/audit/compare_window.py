"""Compare with services: what differs, each with its repair. Nothing changes by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
)

from timer_app.domain.audit.rows import AuditRow, AuditVerdict, NextStep
from timer_app.domain.user_message import fill
from timer_app.services.audit.auditor import Audit, RepairResult
from timer_app.services.entries.listing import DeliveryStatus
from timer_app.ui import messages
from timer_app.ui.design.painting import mark_icon
from timer_app.ui.design.tokens import COMPARE_SIZE, size_for_letters
from timer_app.ui.entries.history import words
from timer_app.ui.entries.history.intents import AuditIntents, Cancellable
from timer_app.ui.entries.history.row_delegate import STATUS_MARKS
from timer_app.ui.plain_text import plain_tooltip, spoken
from timer_app.ui.window import EDGE, SPACE, AppWindow, WrappedLabel, named
from timer_app.ui.wording import format_number, format_range, join_sentences, service_name

_MOST_ROWS = 150
"""Rows that are shown: each has a button of its own, which takes its time to make."""


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
        self._progress = named(QProgressBar(), "progress")
        self._cancel = named(QPushButton(), "cancel")
        self._rows = named(QTableWidget(0, 4), "rows")
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
        self._rows.setHorizontalHeaderLabels(
            [self.tr("Verdict"), self.tr("Service"), self.tr("What it is"), self.tr("Repair")]
        )
        self._show()

    # What the audit tells

    def on_audit_progress(self, done: int, total: int) -> None:
        """See Auditing."""
        self._progress.setRange(0, max(1, total))
        self._progress.setValue(done)
        self._message.setText(words.audit_progress(done, total))

    def on_repair_progress(self, done: int, total: int) -> None:
        """See Auditing."""
        self._repaired = done, total
        self._progress.setRange(0, max(1, total))
        self._progress.setValue(done)
        self._message.setText(words.repair_progress(done, total))

    def on_audited(self, audit: Audit, repaired: RepairResult | None) -> None:
        """See Auditing."""
        self._audit = audit
        had_keyboard = self._cancel.hasFocus()
        self._end_work()
        if had_keyboard:
            self._rows.setFocus()
        lines = [words.repair_result(repaired)] if repaired else []
        self._message.setText(
            "\n".join(
                [*lines, words.verdict_counts(audit), *map(messages.error_text, audit.failures)]
            )
        )
        self._show()

    def on_refused(self, why: str) -> None:
        """See Auditing."""
        self._end_work()
        self._message.setText(why)

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
            done, total = self._repaired
            progress = words.repair_stopped(done, total) if done else ""
            self._message.setText(join_sentences(self.tr("Cancelled."), progress))

    def _begin_work(self) -> None:
        self._cancel_work()
        self._repaired = 0, 0
        self._progress.setRange(0, 0)
        self._message.setText(self.tr("Asking the services…"))
        self._set_working(working=True)

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
        self.setWindowTitle(fill(title, _period(*self._dates) if self._dates else ""))

    def _lay_out(self) -> None:
        self._rows.verticalHeader().hide()
        self._rows.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._rows.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._rows.setWordWrap(True)
        self._rows.setTabKeyNavigation(False)
        header = self._rows.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        header.sectionResized.connect(self._rows.resizeRowsToContents)
        top = QHBoxLayout()
        top.addWidget(self._progress, 1)
        top.addWidget(self._cancel)
        foot = QHBoxLayout()
        foot.addWidget(self._matched)
        foot.addStretch(1)
        for button in (self._refresh_button, self._repair_all_button, self._close):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        column.setSpacing(SPACE)
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

    def _show(self) -> None:
        audit = self._audit
        rows = audit.rows if audit else ()
        wanted = [
            row
            for row in rows
            if self._matched.isChecked() or row.verdict is not AuditVerdict.MATCHED
        ]
        shown = wanted[:_MOST_ROWS]
        self._rows.setRowCount(0)
        self._rows.setRowCount(len(shown) + (len(wanted) > len(shown)))
        for place, row in enumerate(shown):
            self._show_row(place, row)
        if len(wanted) > len(shown):
            more = self.tr("and %1 more: compare fewer days to see them")
            more = more.replace("%1", format_number(len(wanted) - len(shown)))
            self._rows.setItem(len(shown), 2, QTableWidgetItem(more))
        self._rows.resizeRowsToContents()
        self._repair_all_button.setEnabled(bool(audit and audit.repairable_rows))

    def _show_row(self, place: int, row: AuditRow) -> None:
        verdict = QTableWidgetItem(words.verdict_name(row.verdict))
        high = self.fontMetrics().height()
        mark = STATUS_MARKS[_row_status(row)]
        verdict.setIcon(mark_icon(mark, self.palette(), high, self.devicePixelRatio()))
        self._rows.setItem(place, 0, verdict)
        self._rows.setItem(place, 1, QTableWidgetItem(service_name(row.service)))
        text = messages.audit_row_text(row)
        detail = QTableWidgetItem(text)
        detail.setToolTip(plain_tooltip(text))
        self._rows.setItem(place, 2, detail)
        if row.repair is None:
            self._rows.setItem(place, 3, QTableWidgetItem(words.row_help(row)))
            return
        button = QPushButton(words.repair_label(row.repair))
        button.setAccessibleDescription(text)
        button.clicked.connect(partial(self._repair, [row]))
        self._rows.setCellWidget(place, 3, button)


def _row_status(row: AuditRow) -> DeliveryStatus:
    if row.verdict is AuditVerdict.MATCHED:
        return DeliveryStatus.DELIVERED
    if row.next_step is NextStep.WAITS:
        return DeliveryStatus.WAITING
    is_foreign = (
        row.repair is None and row.next_step is NextStep.NONE
    )  # somebody else's: left alone
    return DeliveryStatus.NOT_TOLD if is_foreign else DeliveryStatus.NEEDS_PERSON


def _period(first: date, last: date) -> str:
    if first == last:
        return words.full_date(first)
    return format_range(words.full_date(first), words.full_date(last))
