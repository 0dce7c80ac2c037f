"""`timer-app watch`: a line at once, at every change, and once a minute while something runs.

A running app pushes its changes over the socket. Without it the journal's files are watched. In
between the process sleeps; it ends when nobody reads its lines any more.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from timer_app.adapters.entries.journal.connection import JournalUnusable
from timer_app.adapters.folders import make_folder
from timer_app.adapters.paths import Paths
from timer_app.adapters.setup.file_events import FileEvents
from timer_app.adapters.setup.ipc.client import (
    AppError,
    AppNotRunning,
    RequestStream,
    reading_answer,
)
from timer_app.adapters.setup.settings import reader as settings
from timer_app.adapters.setup.settings.reader import SettingsError
from timer_app.domain.entries.document import without_running_seconds
from timer_app.stored_status import read_status
from timer_app.terminal import print_messages

Document = Mapping[str, Any]
_MINUTE = 60
_SETTLING_SECONDS = (0.05, 0.2, 1.0)
"""When the journal is read after its files changed. A commit can be read a moment after it is
written, and no event reports when.
"""
FIRST_ANSWER_SECONDS = 5.0
"""How long an app may take for its first line. If it hangs, the journal is read instead."""
_NO_EVENTS_SECONDS = 60.0
"""How often the journal is read where the system reports no changes of files."""


class ReaderGone(Exception):
    """Nobody reads the lines any more."""


def watch(paths: Paths, write: Callable[[Document], bool]) -> int:
    """Write each status by `write`, which answers whether it could be. Returns the exit code.

    Raises SettingsError or JournalUnusable if there is no first one.
    """
    watched = _WrittenStatus(write)
    try:
        for document, is_due in _statuses(paths):
            watched.show(document, is_due=is_due)
    except ReaderGone:
        return 0
    return 0


class _WrittenStatus:
    """Writes a status that differs from the one before, or is due."""

    def __init__(self, write: Callable[[Document], bool]) -> None:
        self._write = write
        self._before: object = None

    def show(self, document: Document, *, is_due: bool) -> None:
        """Raises ReaderGone."""
        timeless = without_running_seconds(document)
        if timeless != self._before or is_due:
            self._before = timeless
            if not self._write(document):
                raise ReaderGone


def _statuses(paths: Paths) -> Iterator[tuple[Document, bool]]:
    """The status whenever it may have changed, and whether a minute of it is over."""
    yield from _pushed(paths)
    yield from _stored(paths)


def _pushed(paths: Paths) -> Iterator[tuple[Document, bool]]:
    """What a running app pushes, until it ends. An older app pushes nothing."""
    try:
        stream = RequestStream(paths.socket, "watch")
    except AppNotRunning:
        return
    try:
        document: Document | None = None
        while True:
            is_due = not _wait(stream.fileno(), _next_line(paths, document))
            if is_due:
                document, _ = read_status(paths)
            else:
                document = _answer(stream)
                if document is None:
                    return
            yield document, is_due
    finally:
        stream.close()


def _answer(stream: RequestStream) -> Document | None:
    """The next document; None once the app ends, or if it knows no such command."""
    try:
        answer = stream.read()
    except AppError:
        return None
    with reading_answer():
        return answer["document"] if isinstance(answer["document"], dict) else None


def _stored(paths: Paths) -> Iterator[tuple[Document, bool]]:
    """What the journal says whenever its files change."""
    folder, name = os.path.split(paths.journal)
    settings_name = os.path.basename(paths.settings)
    make_folder(folder)
    folders = {folder, os.path.dirname(paths.settings)}
    events = FileEvents(folders, written=(f"{name}-wal",), replaced=(name, settings_name))
    try:
        document: Document = read_status(paths)[0]
        yield document, False
        while True:
            is_due = not _wait(events.fileno(), _next_line(paths, document))
            if is_due:
                document = _read(paths, document)
                yield document, True
            elif events.has_changed():
                for seconds in _SETTLING_SECONDS:
                    _pause(seconds)
                    document = _read(paths, document)
                    yield document, False
    finally:
        events.close()


def _read(paths: Paths, before: Document) -> Document:
    """The present status; the one before while it cannot be read, which is said."""
    try:
        return read_status(paths)[0]
    except (SettingsError, JournalUnusable) as error:
        print_messages([str(error)])
        return before


def _next_line(paths: Paths, document: Document | None) -> float:
    """In how many seconds a line is due though nothing changes."""
    if document is None:
        return FIRST_ANSWER_SECONDS
    if document["state"] == "running":
        return _MINUTE - int(document["elapsed_seconds"]) % _MINUTE
    if sys.platform == "linux":
        return _seconds_to_day_start(paths)
    else:  # noqa: RET505 - mypy checks the branch of one platform at a time
        return _NO_EVENTS_SECONDS


def _seconds_to_day_start(paths: Paths) -> float:
    try:
        day_start = settings.load(paths.settings).day_start
    except SettingsError:
        return _NO_EVENTS_SECONDS
    now = datetime.now().astimezone()
    begins = datetime.combine(now.date(), day_start).astimezone()
    return ((begins if begins > now else begins + timedelta(days=1)) - now).total_seconds() + 1


def _pause(seconds: float) -> None:
    _wait(-1, seconds)


if sys.platform == "win32":  # a pipe of Qt's cannot be waited for together with something else

    def _wait(fd: int, seconds: float) -> bool:
        del fd
        time.sleep(min(seconds, _NO_EVENTS_SECONDS))
        return False

else:

    def _wait(fd: int, seconds: float) -> bool:
        """Whether `fd` became readable within so many seconds. Raises ReaderGone."""
        import select

        poll = select.poll()
        stdout = sys.stdout.fileno()
        poll.register(stdout, 0)  # reports only that the pipe has no reader any more
        if fd >= 0:
            poll.register(fd, select.POLLIN)
        until = time.monotonic() + seconds
        while (rest := until - time.monotonic()) > 0:
            for ready, event in poll.poll(rest * 1000):
                if ready == stdout and event & (select.POLLERR | select.POLLHUP | select.POLLNVAL):
                    raise ReaderGone
                if ready == fd:
                    return True
        return False
