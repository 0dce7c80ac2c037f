"""The log: what was delivered when and how it ended; never a token, never a body.

One file for the app and one for the command line, since two processes cannot rotate one file.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler

LARGEST = 1_000_000
KEPT = 3


class _PrivateRotatingFileHandler(RotatingFileHandler):
    """A rotating file that only its owner can read, also after it was rotated."""

    def _open(self) -> TextIOWrapper:
        handle = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return os.fdopen(handle, "a", encoding="utf-8")

    def doRollover(self) -> None:  # noqa: N802 - logging's name
        """Begin a new file; go on in this one where another process has it open (Windows)."""
        if self.stream is not None:
            self.stream.close()
        full = f"{self.baseFilename}.full"
        try:
            os.replace(self.baseFilename, full)
        except OSError:
            self.stream = self._open()
        else:
            super().doRollover()

    def rotate(self, _source: str, dest: str) -> None:
        """The full file gets the name of the newest older one."""
        os.replace(f"{self.baseFilename}.full", dest)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """On a full disk work goes on without a log; the journal says what is wrong."""


@contextmanager
def log_to(folder: str, name: str) -> Iterator[None]:
    """Write the log to `folder`/`name`.log, readable by its owner only, and close it at the end.

    `TIMER_APP_LOG=debug` turns it up and copies it to stderr. A log that cannot be written is
    said once and done without.
    """
    root = logging.getLogger()
    debug = os.environ.get("TIMER_APP_LOG", "").casefold() == "debug"
    root.setLevel(logging.DEBUG if debug else logging.INFO)
    for noisy in ("httpx", "httpcore", "asyncio", "qasync", "keyring", "tzlocal",
                  "desktop_notifier"):  # fmt: skip
        logging.getLogger(noisy).setLevel(logging.WARNING)
    layout = logging.Formatter("{asctime} {levelname} {process} {name} {message}", style="{")
    handlers = _handlers(os.path.join(folder, f"{name}.log"), debug=debug)
    for handler in handlers:
        handler.setFormatter(layout)
        root.addHandler(handler)
    try:
        yield
    finally:
        for handler in handlers:
            root.removeHandler(handler)
            handler.close()


def _handlers(path: str, *, debug: bool) -> list[logging.Handler]:
    handlers: list[logging.Handler] = []
    try:
        handlers.append(
            _PrivateRotatingFileHandler(path, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8")
        )
    except OSError as error:
        from timer_app.domain.file_problems import file_problem

        sys.stderr.write(f"timer-app: no log: {path}: {file_problem(error)}\n")
    if debug:
        handlers.append(logging.StreamHandler())
    return handlers
