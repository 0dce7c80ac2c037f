"""The top of the panel: what runs and for how long, or what a click would go on with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from timer_app.domain.delivery.log_reference import MAX_UNITS_WITH_REFERENCE
from timer_app.domain.entries.entry import Entry, whole_second
from timer_app.domain.errors import BadInput
from timer_app.domain.setup.local_time import parse_instant_before_now
from timer_app.domain.user_message import fill
from timer_app.ui import messages, wording
from timer_app.ui.accessibility import announce
from timer_app.ui.design.buttons import ButtonKind, RoundButton, set_kind
from timer_app.ui.design.painting import Mark
from timer_app.ui.design.surfaces import Ground, Line, Surface
from timer_app.ui.design.text import Text, Tone
from timer_app.ui.design.tokens import MEDIUM, SMALL, TINY, Scale
from timer_app.ui.entries.route_chip import RouteChip, RouteSource
from timer_app.ui.menu_text import without_mnemonic
from timer_app.ui.plain_text import plain_tooltip
from timer_app.ui.view import View
from timer_app.ui.window import named


class RunningSurface(Surface):
    """Emits what the person wants; `height_changed` when it needs more or less room.

    `toggled` is the round button: stop what runs, or go on with the last task.
    """

    toggled = Signal()
    start_corrected = Signal(datetime)
    correction_undone = Signal()
    address_opened = Signal(str)
    refused = Signal(str)
    comment_finished = Signal()
    height_changed = Signal()

    def __init__(self, now: Callable[[], datetime], routes: RouteSource | None) -> None:
        super().__init__()
        self._now = now
        self._view: View | None = None
        self._addresses: dict[QPushButton, str] = {}
        self._clock = named(Text(Scale.CLOCK, line=True), "elapsed")
        self._ready = named(Text(semibold=True, line=True), "ready")
        self._last = named(Text(Scale.SMALL, Tone.MUTED, line=True), "last-task")
        self._details = QWidget()
        self._title = named(Text(semibold=True, line=True), "task")
        self._chip = named(QPushButton(), "task-address")
        self._card = named(QPushButton(), "task-card")
        self._route = named(RouteChip(routes), "running-route")
        self._where = named(Text(Scale.SMALL, Tone.MUTED, line=True), "task-place")
        self._since = named(QPushButton(), "since")
        self._start = named(QLineEdit(), "start-time")
        self._start_message = named(Text(Scale.SMALL), "start-message")
        self._corrected: tuple[str, datetime] | None = None
        self._corrected_row = QWidget()
        self._corrected_said = named(Text(Scale.SMALL, Tone.MUTED, line=True), "corrected-start")
        self._undo = named(QPushButton(), "undo-start")
        self.comment = named(QLineEdit(), "comment")
        self._round = named(RoundButton(Mark.PLAY, is_main=True), "start-stop")
        self._lay_out()
        self._connect()

    # What it shows

    def show_view(self, view: View) -> None:
        """Show what runs, or the last task."""
        before, self._view = self._view, view
        running = view.running
        was = before.running if before else None
        if was is None or running is None or was.id != running.id:
            self._end_correction()
        self._route.show_task(running.task if running else None, running)
        self.set_ground(Ground.PLAIN if running is None else Ground.ACTIVE)
        for widget in (self._clock, self._details):
            widget.setVisible(running is not None)
        for widget in (self._ready, self._last):
            widget.setVisible(running is None)
        if running is None:
            self._show_idle(view)
        else:
            self._show_running(running, view.zone)
        self._show_corrected(running, view.zone)
        self._show_comment(was, running)
        self.update_elapsed()

    def set_place(self, place: str) -> None:
        """Show where the running task's card lies, "" if that is unknown."""
        self._where.setText(f"{place} ·" if place else "")
        self._where.setVisible(bool(place))

    def update_elapsed(self) -> None:
        """Another second."""
        if self._view is not None and self._view.running is not None:
            self._clock.setText(wording.format_hms(self._view.elapsed(self._now())))

    def look_up_name(self) -> bool:
        """Have the category's name found, where only its number is known; whether it is asked."""
        return self._route.look_up_name()

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        self.comment.setPlaceholderText(self.tr("Comment"))
        self.comment.setAccessibleName(self.tr("Comment of the running entry"))
        self._clock.setAccessibleDescription(self.tr("Elapsed time"))
        self._start.setAccessibleName(self.tr("When it began"))
        self._start.setPlaceholderText(self.tr("10:30 or -25m"))
        self._route.retranslate()
        self._since.setToolTip(plain_tooltip(self.tr("Correct the start")))
        self._undo.setText(self.tr("&Undo"))

    # Making

    def _lay_out(self) -> None:
        for chip in (self._chip, self._card, self._route):
            set_kind(chip, ButtonKind.CHIP)
        for link in (self._since, self._undo):
            set_kind(link, ButtonKind.LINK)
        self.comment.setMaxLength(MAX_UNITS_WITH_REFERENCE)
        self.comment.setFrame(False)
        self._clock.setCursor(Qt.CursorShape.PointingHandCursor)
        self._clock.installEventFilter(self)
        self._start.installEventFilter(self)
        self._start.setVisible(False)
        self._start_message.setVisible(False)
        words = QVBoxLayout()
        words.setSpacing(0)
        for widget in (self._clock, self._ready, self._last):
            words.addWidget(widget)
        top = _row()
        top.addLayout(words)
        top.addStretch(1)
        top.addWidget(self._round, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(MEDIUM - TINY, MEDIUM, MEDIUM - TINY, SMALL)
        column.setSpacing(TINY)
        top.setContentsMargins(TINY, 0, TINY, 0)
        column.addLayout(top)
        self._lay_out_details()
        column.addWidget(self._details)
        corrected = QHBoxLayout(self._corrected_row)
        corrected.setContentsMargins(0, 0, 0, 0)
        corrected.addWidget(self._corrected_said)
        corrected.addWidget(self._undo)
        corrected.addStretch(1)
        self._corrected_row.setVisible(False)
        below = QVBoxLayout()
        below.setContentsMargins(TINY, 0, TINY, 0)
        below.setSpacing(TINY)
        for each in (self._start, self._start_message, self._corrected_row, Line(), self.comment):
            below.addWidget(each)
        column.addLayout(below)

    def _lay_out_details(self) -> None:
        """Title and place. A link has room around its words, which all others get here, too."""
        self._where.setContentsMargins(TINY, 0, TINY, 0)
        title, place = _row(self._title, self._chip, self._card), _row(self._where, self._since)
        title.setContentsMargins(TINY, 0, TINY, 0)
        place.setSpacing(0)
        place.addSpacing(TINY)
        place.addWidget(self._route)
        details = QVBoxLayout(self._details)
        details.setContentsMargins(0, 0, 0, 0)
        details.setSpacing(0)
        for row in (title, place):
            row.addStretch(1)
            details.addLayout(row)

    def _connect(self) -> None:
        self._round.clicked.connect(self.toggled)
        self._chip.clicked.connect(lambda: self._open(self._chip))
        self._card.clicked.connect(lambda: self._open(self._card))
        self._route.message_ready.connect(self.refused)
        self._since.clicked.connect(self._begin_correction)
        self._undo.clicked.connect(self._undo_correction)
        self._start.returnPressed.connect(self._correct)
        self._start.textEdited.connect(self._preview_correction)
        self.comment.editingFinished.connect(self.comment_finished)

    # What a person does

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click on the clock corrects the start; Escape in its field leaves it as it is."""
        pressed = QEvent.Type.MouseButtonRelease
        if watched is self._clock and isinstance(event, QMouseEvent) and event.type() is pressed:
            self._begin_correction()
            return True
        if watched is self._start and isinstance(event, QKeyEvent):
            is_escape = event.key() == Qt.Key.Key_Escape
            if is_escape and event.type() is QEvent.Type.KeyPress:
                self._end_correction()
                self._since.setFocus()
                return True
        return super().eventFilter(watched, event)

    def _open(self, chip: QPushButton) -> None:
        self.address_opened.emit(self._addresses[chip])

    def _begin_correction(self) -> None:
        running = self._view.running if self._view else None
        if running is None or self._view is None:
            return
        self.forget_correction()
        self._start.setText(wording.format_time(running.started_at, self._view.zone))
        self._start.setVisible(True)
        self._start.selectAll()
        self._start.setFocus()
        self._preview_correction()

    def _end_correction(self) -> None:
        self._start.setVisible(False)
        self._start_message.setVisible(False)
        self.height_changed.emit()

    def _preview_correction(self) -> None:
        """How long it would have run then, or why it cannot have."""
        at, message = self._typed_start()
        self._start_message.set_tone(Tone.MUTED if at is not None else Tone.DANGER)
        self._start_message.setText(message)
        self._start_message.setVisible(bool(message))
        self.height_changed.emit()

    def _typed_start(self) -> tuple[datetime | None, str]:
        if self._view is None or self._view.running is None:
            return None, ""
        now, zone = self._now(), self._view.zone
        try:
            at = parse_instant_before_now(self._start.text(), now, zone)
        except BadInput as error:
            return None, messages.error_text(error)
        when = wording.format_time_and_date(at, now, zone)
        if at > now:
            return None, fill(self.tr("%1 is still to come."), when)
        length = wording.format_hm(int((now - at).total_seconds()))
        return at, fill(self.tr("Since %1: %2. TimeCrowd and Kaiten follow."), when, length)

    def _correct(self) -> None:
        at, _ = self._typed_start()
        if at is None or self._view is None or self._view.running is None:
            return
        if whole_second(at) != self._view.running.started_at:
            self._corrected = self._view.running.id, whole_second(at)
        self._end_correction()
        self.comment.setFocus()
        self.start_corrected.emit(at)

    def forget_correction(self) -> None:
        """Offer no Undo any more."""
        self._corrected = None
        if not self._corrected_row.isHidden():
            self._corrected_row.setVisible(False)
            self.height_changed.emit()

    def _undo_correction(self) -> None:
        self.forget_correction()
        self.comment.setFocus()
        self.correction_undone.emit()

    # Parts of what is shown

    def _show_corrected(self, running: Entry | None, zone: tzinfo) -> None:
        """That the start is another one, with its Undo, while it is the one that was typed."""
        is_so = running is not None and (running.id, running.started_at) == self._corrected
        if running is not None and is_so:
            began = wording.format_time_and_date(running.started_at, self._now(), zone)
            self._corrected_said.setText(fill(self.tr("Start changed to %1."), began))
        if is_so == self._corrected_row.isHidden():
            self._corrected_row.setVisible(is_so)
            self.height_changed.emit()
            if is_so:
                announce(
                    self, f"{self._corrected_said.text()} {without_mnemonic(self._undo.text())}"
                )

    def _show_running(self, running: Entry, zone: tzinfo) -> None:
        task = running.task
        self._title.setText(task.title)
        card = task.card
        has_both = bool(task.address) and card is not None
        number = f"#{card.id}" if card else ""
        name = number if number and not has_both else task.room_name or self.tr("Open")
        self._show_chip(self._chip, name, task.url, task.title)
        self._show_chip(self._card, number, card.url if card and has_both else "", number)
        began = wording.format_time_and_date(running.started_at, self._now(), zone)
        self._since.setText(fill(self.tr("since %1"), began))
        self._round.set_mark(Mark.STOP)
        self._round.setText(self.tr("S&top"))
        self._round.setEnabled(True)

    def _show_chip(self, chip: QPushButton, name: str, address: str, what: str) -> None:
        """A chip that opens an address; none where there is none."""
        self._addresses[chip] = address
        chip.setText(name.replace("&", "&&"))
        chip.setAccessibleName(fill(self.tr("Open %1 in the browser"), what))
        chip.setToolTip(plain_tooltip(address))
        chip.setVisible(bool(address))

    def _show_idle(self, view: View) -> None:
        last = view.recents[0] if view.recents else None
        self._ready.setText(self.tr("Ready"))
        self._last.setText(
            fill(self.tr("Continue: %1"), last.title)
            if last is not None
            else self.tr("Find a task below to start it.")
        )
        self._round.set_mark(Mark.PLAY)
        self._round.setText(self.tr("&Start"))
        self._round.setEnabled(last is not None)

    def _show_comment(self, before: Entry | None, running: Entry | None) -> None:
        if running is None:
            if before is not None:
                self.comment.clear()
            return
        typed_before_it_began = before is None and self.comment.text() and not running.comment
        if (before is None or before.id != running.id) and not typed_before_it_began:
            self.comment.setText(running.comment)


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(SMALL)
    for widget in widgets:
        row.addWidget(widget)
    return row
