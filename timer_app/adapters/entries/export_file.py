"""A file that an export is written to: whole, or as it was before."""

from __future__ import annotations

import os
import stat
import sys
import tempfile

from timer_app.adapters.replacing import remove_file, replace_file

_UTF8_BOM = "\ufeff"
_SYSTEM_FOLDERS = ("/dev/", "/proc/")
"""What is named there stands for something else, such as the output of this process."""


class ExportFile:
    """Implements the port `ExportSink`. `write` and `commit` raise OSError.

    A link is followed and a file that is there keeps its mode. What is no file, such as a pipe or
    a device, is written to as it is.
    """

    def __init__(self, path: str, *, for_spreadsheets: bool) -> None:
        """Raises OSError. Spreadsheets take a file for UTF-8 by the mark at its beginning."""
        self._path = os.path.realpath(path)
        self._partial: str | None = None
        mode = _mode_of(path)
        if os.path.abspath(path).startswith(_SYSTEM_FOLDERS) or (mode and not stat.S_ISREG(mode)):
            handle = _open_as_it_is(path)
        else:
            folder = os.path.dirname(self._path)
            handle, self._partial = tempfile.mkstemp(prefix=".timer-app-", dir=folder)
            if mode is not None:
                os.chmod(self._partial, stat.S_IMODE(mode))
        self._file = os.fdopen(handle, "w", encoding="utf-8", errors="replace", newline="")
        if for_spreadsheets:
            self._file.write(_UTF8_BOM)

    def write(self, text: str) -> None:
        """Add a piece."""
        self._file.write(text)

    def commit(self) -> None:
        """The file is whole: give it its name."""
        self._file.flush()
        if self._partial is not None:
            os.fsync(self._file.fileno())
        self._file.close()
        if self._partial is not None:
            replace_file(self._partial, self._path)

    def discard(self) -> None:
        """Discard the new file; the old one stays."""
        try:
            self._file.close()
        except OSError:  # what could not be written is to be thrown away
            pass
        finally:
            if self._partial is not None:
                remove_file(self._partial)


def _open_as_it_is(path: str) -> int:
    """A handle to write with. Raises OSError, also for a pipe that nobody reads."""
    handle = os.open(path, os.O_WRONLY | os.O_TRUNC | getattr(os, "O_NONBLOCK", 0))
    if sys.platform != "win32":
        os.set_blocking(handle, True)
    return handle


def _mode_of(path: str) -> int | None:
    """Type and mode of what is there, through links; None if there is nothing."""
    try:
        return os.stat(path).st_mode
    except FileNotFoundError:
        return None
