"""What is wrong with the app itself, shown until it is right again."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from timer_app.domain.errors import JournalError

# PySide6 reads the source of all that is imported after it: what does not need it comes before.
# isort: split
from timer_app.ui import messages, wording

if TYPE_CHECKING:
    from timer_app.tray.notifications import NotificationController

_log = logging.getLogger(__name__)


class Alerts:
    """Keeps the sentence that every view shows; `on_change` is called when it is another one."""

    def __init__(
        self, notifications: Callable[[], NotificationController], on_change: Callable[[], None]
    ) -> None:
        self._notifications = notifications
        self._on_change = on_change
        self._message = ""

    @property
    def message(self) -> str:
        """What is wrong, "" if nothing is."""
        return self._message

    def on_journal_error(self, error: JournalError | None) -> None:
        """The journal could not be read or written; None: it can be again."""
        before, self._message = self._message, messages.error_text(error) if error else ""
        if self._message == before:
            return
        if self._message:
            self.report(self._message, clears_on_success=True)
        else:
            self._notifications().clear_problem()
            self._on_change()

    def on_bug(self) -> None:
        """A task ended by a bug; the log has its traceback."""
        self.report(wording.internal_error())

    def report(self, text: str, *, clears_on_success: bool = False) -> None:
        """Say it for good, or until it `clears_on_success`."""
        _log.warning("told the user: %s", text)
        self._notifications().show_problem(text, clears_on_success=clears_on_success)
        self._message = text
        self._on_change()
