"""Locks that make a process the only one: the only tray app of its home, the only sender.

By the system's own calls, which are a few lines: the library for it takes 10 ms of every command
and a megabyte of the tray app.
"""

from __future__ import annotations

import os
import sys

if sys.platform == "win32":
    import errno
    import msvcrt

    _HELD = (errno.EACCES, 0)
    """How it says that another process has it; Wine's says nothing."""

    def _lock(handle: int) -> None:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            if error.errno in _HELD:
                raise BlockingIOError(*error.args) from None
            raise

    def _unlock(handle: int) -> None:
        """Closing does it: no other process has the same open file there."""

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)


class FileLock:
    """The lock, held. The system frees a dead process's lock."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def release(self) -> None:
        """Let another process have it."""
        # Closing alone would leave it with a child that is forked, and has not closed its copy yet.
        _unlock(self._handle)
        os.close(self._handle)


def is_locked(path: str) -> bool:
    """Whether a process holds the lock file at `path`."""
    try:
        lock = acquire_file_lock(path)
    except OSError:  # no folder: nobody ever ran
        return False
    if lock is not None:
        lock.release()
    return lock is None


def acquire_file_lock(path: str) -> FileLock | None:
    """Take the lock file at `path`, or None at once if another process has it. Raises OSError."""
    # No child inherits it: Python opens every file so.
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(handle)
    except BlockingIOError:
        os.close(handle)
        return None
    except BaseException:
        os.close(handle)
        raise
    return FileLock(handle)
