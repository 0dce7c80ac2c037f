"""Giving a file the place of another, also where a program has one of them open for a moment.

Windows neither renames nor removes a file that somebody has open: an editor, a scan for viruses,
or our own other process, which reads the settings. A moment later it does.

Source: https://learn.microsoft.com/windows/win32/debug/system-error-codes--0-499-
"""

from __future__ import annotations

import os
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_ERROR_ACCESS_DENIED = 5
_ERROR_SHARING_VIOLATION = 32
_PAUSE_SECONDS = 0.01
_TRIES = 50


def replace_file(source: str, target: str) -> None:
    """`source` becomes `target`, which may be there. Raises OSError, and then both are as before.

    Waits at most half a second for a program that has one of them open.
    """
    _try_again(lambda: os.replace(source, target))


def rename_file(source: str, target: str) -> None:
    """The same for a `target` that is not there; on Windows one that is there is an error."""
    _try_again(lambda: os.rename(source, target))


def remove_file(path: str) -> None:
    """Remove the file at `path`, if it is there. Waits as `replace_file` does. Raises OSError."""
    try:
        _try_again(lambda: os.unlink(path))
    except FileNotFoundError:
        return


def _try_again(act: Callable[[], None]) -> None:
    for _ in range(_TRIES - 1):
        try:
            act()
        except PermissionError as error:
            if getattr(error, "winerror", None) not in (
                _ERROR_ACCESS_DENIED,
                _ERROR_SHARING_VIOLATION,
            ):
                raise
            time.sleep(_PAUSE_SECONDS)
        else:
            return
    act()
