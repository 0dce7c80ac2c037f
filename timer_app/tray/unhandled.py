"""Errors that nobody caught: in a slot of Qt's, which would be printed and forgotten."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from types import TracebackType

from timer_app.domain.errors import JournalError

_log = logging.getLogger(__name__)


def report_unhandled(on_failure: Callable[[BaseException], None]) -> Callable[[], None]:
    """Log every error that nobody catches and hand it to `on_failure`; the answer ends that."""
    before = sys.excepthook

    def report(
        kind: type[BaseException], error: BaseException, traceback: TracebackType | None
    ) -> None:
        if isinstance(error, JournalError):
            _log.error("not done: %s", error)
        elif isinstance(error, Exception):
            _log.error("a bug", exc_info=(kind, error, traceback))
        else:
            before(kind, error, traceback)
            return
        on_failure(error)

    def stop() -> None:
        if sys.excepthook is report:
            sys.excepthook = before

    sys.excepthook = report
    return stop
