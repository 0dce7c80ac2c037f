"""A line about work that takes long: what it is, its progress, and Cancel."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from timer_app.ui.entries.history.intents import Cancellable
from timer_app.ui.window import SPACE, WrappedLabel, named


class WorkBar(QWidget):
    """Hidden while nothing goes on and nothing is reported. `name` begins its widgets' names."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._work: Cancellable | None = None
        self._make_text: Callable[[], str] | None = None
        self._message = named(WrappedLabel(), f"{name}-message")
        self._progress = named(QProgressBar(), f"{name}-progress")
        self._cancel = named(QPushButton(), f"{name}-cancel")
        self._progress.setRange(0, 0)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(self._message, 1)
        row.addWidget(self._progress)
        row.addWidget(self._cancel)
        self._cancel.clicked.connect(self._cancel_work)
        self.setVisible(False)

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        self._cancel.setText(self.tr("Cancel"))
        if self._make_text is not None:
            self._message.setText(self._make_text())
        elif self._work is None:
            self.put_away()

    def put_away(self) -> None:
        """How the latest work ended is known by now; one that goes on stays to be seen."""
        if self._work is None:
            self._make_text = None
            self.setVisible(False)

    def _cancel_work(self) -> None:
        if self._work is not None:
            self._work.cancel()
            self._work = None
            self._on_cancelled()

    def _on_cancelled(self) -> None:
        """Say how things are now."""
        raise NotImplementedError

    def _show_text(self, make_text: Callable[[], str]) -> None:
        self._make_text = make_text
        self._message.setText(make_text())

    def _show_working(self, *, working: bool) -> None:
        self.setVisible(True)
        self._progress.setVisible(working)
        self._cancel.setVisible(working)
