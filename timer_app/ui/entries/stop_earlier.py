"""Stop earlier: what runs ended before now, and the person says when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
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
from timer_app.ui.plain_text import PlainLabel
from timer_app.ui.reminders.notifications import format_duration
from timer_app.ui.window import EDGE, SPACE, WrappedLabel, named

_WIDTH = 380


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
        self._message = named(WrappedLabel(), "message")
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        # Some styles bring a picture for it, which no button of another window has.
        self._buttons.button(QDialogButtonBox.StandardButton.Cancel).setIcon(QIcon())
        self._stop = named(QPushButton(), "stop")
        self._buttons.addButton(self._stop, QDialogButtonBox.ButtonRole.AcceptRole)
        self._label = PlainLabel()
        self._lay_out()
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
        self._show_preview()

    def changeEvent(self, event: QEvent) -> None:
        """Another language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    def accept(self) -> None:
        """Stop at the instant that is shown, if there is one; then go."""
        self._show_preview()
        if self._instant is not None:
            self.stop_at.emit(self._instant)
            super().accept()

    def _lay_out(self) -> None:
        self._message.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        form = QFormLayout()
        form.setSpacing(SPACE)
        self._label.setBuddy(self._time_field)
        form.addRow(self._label, self._time_field)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        column.setSpacing(SPACE)
        column.addWidget(WrappedLabel(self.entry.task.title))
        column.addLayout(form)
        column.addWidget(self._message)
        column.addStretch(1)
        column.addWidget(self._buttons)
        self.resize(_WIDTH, self.sizeHint().height())
        self._time_field.setFocus()

    def _show_preview(self) -> None:
        """What stopping then comes to, or why it cannot be."""
        self._instant, said = self._parse()
        self._message.setText(said)
        self._stop.setEnabled(self._instant is not None)

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
            said = self.tr("%1 lies before its start, %2.")
            return None, fill(said, self._format(at), self._format(began))
        said = self.tr("%1 – %2: %3")
        return at, fill(said, self._format(began), self._format(at), format_duration(at - began))

    def _format(self, instant: datetime) -> str:
        return wording.format_time_and_date(instant, self._now(), self._zone)
