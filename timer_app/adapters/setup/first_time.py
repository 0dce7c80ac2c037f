"""Whether something is done for the first time, by an empty file that says so."""

from __future__ import annotations

import logging
import os

_log = logging.getLogger(__name__)


def is_first_time(path: str) -> bool:
    """True once for each path. False where that cannot be kept: it would be so at each start."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        return False
    except OSError as error:
        _log.info("%s cannot be made: %s", path, error)
        return False
    return True
