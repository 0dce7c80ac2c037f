"""What is wrong with the app itself, shown until it is right again or the user closes it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from timer_app.domain.errors import JournalError
from timer_app.domain.messages import JournalMessageId

# PySide6 reads the source of all that is imported after it: what does not need it comes before.
# isort: split
from timer_app.ui import messages, wording

if TYPE_CHECKING:
    from timer_app.tray.notifications import NotificationController

_log = logging.getLogger(__name__)


class Alerts:
    """Keeps the sentences that every view shows; `on_change` is called when they are others.

    What is reported stays until the user closes it; what hinders the journal goes with the next
    success.
    """

    def __init__(
        self, notifications: Callable[[], NotificationController], on_change: Callable[[], None]
    ) -> None:
        self._notifications = notifications
        self._on_change = on_change
        self._reported: list[str] = []
        self._journal_problem = ""

    @property
    def message(self) -> str:
        """What is wrong, a line for each; "" if nothing is."""
        return "\n".join([*self._reported, *filter(None, [self._journal_problem])])

    @property
    def is_closable(self) -> bool:
        """Whether something stays until it is closed."""
        return bool(self._reported)

    def close(self) -> None:
        """The user has read what was reported."""
        self._reported.clear()
        self._on_change()

    def on_journal_error(self, error: JournalError | None) -> None:
        """The journal could not be read or written; None: it can be again.

        A damaged page is read in some acts and not in others: success says nothing of it.
        """
        if error is not None and error.message_id is JournalMessageId.DAMAGED:
            self.report(messages.error_text(error))
            return
        before, self._journal_problem = (
            self._journal_problem,
            messages.error_text(error) if error else "",
        )
        if self._journal_problem == before:
            return
        if self._journal_problem:
            self._show_text(self._journal_problem, clears_on_success=True)
        else:
            self._notifications().clear_problem()
            self._on_change()

    def on_failure(self, error: BaseException) -> None:
        """Something ended by an error that nobody expected; the log has its traceback."""
        if isinstance(error, JournalError):
            self.on_journal_error(error)
        else:
            self.report(wording.internal_error())

    def report(self, text: str) -> None:
        """Say it until the user closes it."""
        if text not in self._reported:
            self._reported.append(text)
            self._show_text(text, clears_on_success=False)

    def _show_text(self, text: str, *, clears_on_success: bool) -> None:
        _log.warning("shown to the user: %s", text)
        self._notifications().show_problem(text, clears_on_success=clears_on_success)
        self._on_change()
