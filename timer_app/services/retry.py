"""Tries again what failed, whenever something changed that may help.

Each part that gives up for a while registers how it tries again. Whoever knows of a reason names
it, and every part that the reason concerns tries again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from enum import Enum, auto

from timer_app.domain.errors import JournalError
from timer_app.domain.messages import JournalMessageId

_log = logging.getLogger(__name__)


LOCKED_PAUSE = timedelta(milliseconds=50)
"""How long to wait before a locked journal is tried again."""


def is_locked(error: JournalError) -> bool:
    """Whether another program has the journal locked, which usually lasts a moment."""
    return error.message_id is JournalMessageId.HELD


class RetryReason(Enum):
    """Why something that failed may work now."""

    USER_ACTED = auto()
    """A person did something: they may have mended a service or a token by now."""
    USER_REQUESTED = auto()
    """A person wants it now, and may be asked for the keyring's password."""
    SETTINGS_OPENED = auto()
    """A person opened the settings, which show what failed."""
    CONNECTIONS_CHANGED = auto()
    """Settings or secrets are others, or the keyring can be had by now."""
    STARTED_OR_WOKE = auto()
    """The app started, or the computer woke: anything may be different."""


class Retry:
    """Retries in every part; `on_journal_error` gets the error of one that could not."""

    def __init__(self, on_journal_error: Callable[[JournalError | None], None]) -> None:
        self._on_journal_error = on_journal_error
        self._steps: list[tuple[Callable[[], None], frozenset[RetryReason]]] = []

    def register(self, step: Callable[[], None], *reasons: RetryReason) -> None:
        """Call `step` for these reasons, or for every reason if none is given."""
        self._steps.append((step, frozenset(reasons or RetryReason)))

    def now(self, reason: RetryReason) -> None:
        """Try everything again that the reason concerns, in the order of registration."""
        for step, reasons in self._steps:
            if reason not in reasons:
                continue
            try:
                step()
            except JournalError as error:
                _log.error("not tried again: %s", error)
                self._on_journal_error(error)
