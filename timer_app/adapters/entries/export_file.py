"""A file that an export is written to: whole, or as it was before."""

from __future__ import annotations

import os
import tempfile

_UTF8_BOM = "\ufeff"


class ExportFile:
    """Implements the port `ExportSink`. `write` and `commit` raise OSError."""

    def __init__(self, path: str, *, for_spreadsheets: bool) -> None:
        """Raises OSError. Spreadsheets take a file for UTF-8 by the mark at its beginning."""
        self._path = path
        folder = os.path.dirname(os.path.abspath(path))
        handle, self._partial = tempfile.mkstemp(prefix=".timer-app-", dir=folder)
        self._file = os.fdopen(handle, "w", encoding="utf-8", errors="replace", newline="")
        if for_spreadsheets:
            self._file.write(_UTF8_BOM)

    def write(self, text: str) -> None:
        """Add a piece."""
        self._file.write(text)

    def commit(self) -> None:
        """The file is whole: give it its name."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        os.replace(self._partial, self._path)

    def discard(self) -> None:
        """The file of before stays."""
        try:
            self._file.close()
        except OSError:  # what could not be written is to be thrown away
            pass
        finally:
            os.unlink(self._partial)
