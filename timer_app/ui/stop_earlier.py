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
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
)

from timer_app.domain.entry import Entry
from timer_app.domain.errors import BadInput
from timer_app.domain.time_input import parse_end
from timer_app.ui import reasons, wording
from timer_app.ui.notifications import length
from timer_app.ui.window import EDGE, SPACE, Sentences

_WIDTH = 380


class StopEarlier(QDialog):
    """Asks for a time and says what it comes to; `stop_at` is sent with the instant (aware UTC).

    Nothing is stopped by opening it or closing it.
    """

    stop_at = Signal(datetime)

    def __init__(self, entry: Entry, now: Callable[[], datetime], zone: tzinfo) -> None:
        super().__init__()
        self.entry = entry
        self._now = now
        self._zone = zone
        self._instant: datetime | None = None
        self._typed = QLineEdit()
        self._said = Sentences()
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        # Some styles bring a picture for it, which no button of another window has.
        self._buttons.button(QDialogButtonBox.StandardButton.Cancel).setIcon(QIcon())
        self._stop = QPushButton()
        self._buttons.addButton(self._stop, QDialogButtonBox.ButtonRole.AcceptRole)
        self._ended = QLabel()
        self._lay_out()
        self._typed.textChanged.connect(self._preview)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self.retranslate()

    def retranslate(self) -> None:
        """Write every text in the language of the moment."""
        self.setWindowTitle(self.tr("Stop earlier"))
        self._stop.setText(self.tr("&Stop then"))
        self._ended.setText(self.tr("&Ended at"))
        self._typed.setPlaceholderText(self.tr("17:30 or -25m"))
        self._typed.setAccessibleName(self.tr("When it ended"))
        self._preview()

    def changeEvent(self, event: QEvent) -> None:
        """Another language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    def accept(self) -> None:
        """Stop at the instant that is shown, if there is one; then go."""
        self._preview()
        if self._instant is not None:
            self.stop_at.emit(self._instant)
            super().accept()

    def _lay_out(self) -> None:
        self._said.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        form = QFormLayout()
        form.setSpacing(SPACE)
        self._ended.setBuddy(self._typed)
        form.addRow(self._ended, self._typed)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        column.setSpacing(SPACE)
        column.addWidget(Sentences(self.entry.task.title))
        column.addLayout(form)
        column.addWidget(self._said)
        column.addStretch(1)
        column.addWidget(self._buttons)
        self.resize(_WIDTH, self.sizeHint().height())
        self._typed.setFocus()

    def _preview(self) -> None:
        """What stopping then comes to, or why it cannot be."""
        self._instant, said = self._understood()
        self._said.setText(said)
        self._said.setAccessibleName(said)
        self._stop.setEnabled(self._instant is not None)

    def _understood(self) -> tuple[datetime | None, str]:
        began = self.entry.started_at
        if not self._typed.text().strip():
            return None, wording.filled(self.tr("Runs since %1."), self._shown(began))
        try:
            at = parse_end(self._typed.text(), began, self._now(), self._zone)
        except BadInput as error:
            return None, reasons.of(error)
        if at > self._now():
            return None, wording.filled(self.tr("%1 is still to come."), self._shown(at))
        if at < began:
            said = self.tr("%1 lies before its start, %2.")
            return None, wording.filled(said, self._shown(at), self._shown(began))
        said = self.tr("%1 – %2: %3")
        return at, wording.filled(said, self._shown(began), self._shown(at), length(at - began))

    def _shown(self, instant: datetime) -> str:
        return wording.time_and_day(instant, self._now(), self._zone)
