"""Stop earlier: what runs ended before now, and the person says when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
)

from timer_app.domain.entries.entry import Entry
from timer_app.domain.errors import BadInput
from timer_app.domain.setup.local_time import parse_end
from timer_app.domain.user_message import fill
from timer_app.ui import messages, wording
from timer_app.ui.design.appearance import install_appearance
from timer_app.ui.design.buttons import ButtonKind, set_kind
from timer_app.ui.design.day_strip import BlockKind, DayStrip, StripBlock
from timer_app.ui.design.text import Text, Tone
from timer_app.ui.design.tokens import QUESTION_WIDTH, Scale, width_for_letters
from timer_app.ui.reminders.notifications import format_duration
from timer_app.ui.window import EDGE, SPACE, fit_height, named

_LEAST_SHOWN = timedelta(minutes=1)


class StopEarlierDialog(QDialog):
    """Asks for a time and says what it comes to; `stop_at` is sent with the instant (aware UTC).

    Nothing is stopped by opening it or closing it.
    """

    stop_at = Signal(datetime)

    def __init__(self, entry: Entry, now: Callable[[], datetime], zone: tzinfo) -> None:
        install_appearance()
        super().__init__()
        self.entry = entry
        self._now = now
        self._zone = zone
        self._instant: datetime | None = None
        self._time_field = named(QLineEdit(), "time")
        self._strip = named(DayStrip(is_draggable=True), "strip")
        self._message = named(Text(), "message")
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        # Some styles bring a picture for it, which no button of another window has.
        self._buttons.button(QDialogButtonBox.StandardButton.Cancel).setIcon(QIcon())
        self._stop = named(QPushButton(), "stop")
        self._buttons.addButton(self._stop, QDialogButtonBox.ButtonRole.AcceptRole)
        self._label = Text(Scale.SMALL, Tone.MUTED)
        self._lay_out()
        self._strip.draft_moved.connect(self._on_dragged)
        self._time_field.textChanged.connect(self._show_preview)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self.retranslate()

    def retranslate(self) -> None:
        """Write every text in the language of the moment."""
        self.setWindowTitle(self.tr("Stop earlier"))
        self._stop.setText(self.tr("&Stop then"))
        self._label.setText(self.tr("&Ended at"))
        self._time_field.setPlaceholderText(self.tr("17:30 or -25m"))
        self._time_field.setAccessibleName(self.tr("When it ended"))
        self._strip.setAccessibleName(self.tr("What is counted"))
        self._show_preview()

    def changeEvent(self, event: QEvent) -> None:
        """Another language, or letters of another size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() is QEvent.Type.FontChange:
            fit_height(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrower text is higher."""
        super().resizeEvent(event)
        fit_height(self)

    def accept(self) -> None:
        """Stop at the instant that is shown, if there is one; then go."""
        self._show_preview()
        if self._instant is not None:
            self.stop_at.emit(self._instant)
            super().accept()

    def _lay_out(self) -> None:
        set_kind(self._stop, ButtonKind.PRIMARY)
        self._label.setBuddy(self._time_field)
        title = Text(Scale.HEADING)
        title.setText(self.entry.task.title)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        column.setSpacing(SPACE)
        for widget in (title, self._label, self._time_field, self._strip, self._message):
            column.addWidget(widget)
        column.addStretch(1)
        column.addWidget(self._buttons)
        wide = width_for_letters(QUESTION_WIDTH, self.font())
        self.resize(wide, self.sizeHint().height())
        self._time_field.setFocus()

    def _show_preview(self) -> None:
        """What stopping then comes to, or why it cannot be."""
        self._instant, message = self._parse()
        self._message.setText(message)
        self._message.set_tone(Tone.NORMAL if self._instant else Tone.MUTED)
        self._stop.setEnabled(self._instant is not None)
        self._show_strip()
        fit_height(self)

    def _show_strip(self) -> None:
        """What runs, and what of it would go."""
        began, now, at = self.entry.started_at, self._now(), self._instant
        over = max(now, began + _LEAST_SHOWN)
        rest = self.tr("not counted")
        blocks = (
            [StripBlock(at, over, (rest,), kind=BlockKind.OPEN, description=rest)] if at else []
        )
        ends = at or over
        length = format_duration(ends - began)
        draft = StripBlock(began, ends, (length,), self.entry.task, description=length)
        self._strip.show_time(began, over, self._zone, blocks, draft if began < ends else None)

    def _on_dragged(self, _begins: datetime, ends: datetime) -> None:
        """Write the end that is dragged to; the entry began when it began."""
        local = min(ends, self._now()).astimezone(self._zone)
        is_today = local.date() == self._now().astimezone(self._zone).date()
        typed = wording.format_minute(local, self._zone)
        self._time_field.setText(typed if is_today else f"{local.date()} {typed}")

    def _parse(self) -> tuple[datetime | None, str]:
        began = self.entry.started_at
        if not self._time_field.text().strip():
            return None, fill(self.tr("Runs since %1."), self._format(began))
        try:
            at = parse_end(self._time_field.text(), began, self._now(), self._zone)
        except BadInput as error:
            return None, messages.error_text(error)
        if at > self._now():
            return None, fill(self.tr("%1 is still to come."), self._format(at))
        if at < began:
            template = self.tr("%1 lies before its start, %2.")
            return None, fill(template, self._format(at), self._format(began))
        template = self.tr("%1 – %2: %3")
        return at, fill(
            template, self._format(began), self._format(at), format_duration(at - began)
        )

    def _format(self, instant: datetime) -> str:
        return wording.format_time_and_date(instant, self._now(), self._zone)
