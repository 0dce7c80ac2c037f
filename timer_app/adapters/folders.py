"""Making a folder that is its owner's alone."""

from __future__ import annotations

import errno
import os


def make_folder(path: str) -> None:
    """Make the folder at `path` with those above it, unless it is there. Raises OSError.

    Where a file stands in the place of one above it, that is NotADirectoryError. Windows only
    says that nothing is there.
    """
    try:
        os.makedirs(path, mode=0o700, exist_ok=True)
    except FileNotFoundError as error:
        if _has_file_above(path):
            raise NotADirectoryError(errno.ENOTDIR, "a file", path) from error
        raise


def _has_file_above(path: str) -> bool:
    above = os.path.dirname(path)
    while above != os.path.dirname(above) and not os.path.lexists(above):
        above = os.path.dirname(above)
    return os.path.isfile(above)
