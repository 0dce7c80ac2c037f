"""Changes of files in a folder, as the system reports them. Nothing is polled.

Source: inotify(7). Elsewhere there are no events: the caller polls.
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from collections.abc import Iterable

_MODIFY, _MOVED_TO, _CREATE, _DELETE, _OVERFLOW = 0x2, 0x80, 0x100, 0x200, 0x4000
_NONBLOCK_CLOEXEC = 0o2000000 | 0o4000
_HEADER = struct.Struct("iIII")
_BUFFER_BYTES = 16_384


class FileEvents:
    """Watches `folders` for changes of content, and of what is there by a name.

    `fileno` is readable once something changed, -1 where the system reports nothing. `written` are
    names whose content counts, `replaced` those that count also when they come and go.
    """

    def __init__(
        self, folders: Iterable[str], *, written: tuple[str, ...], replaced: tuple[str, ...]
    ) -> None:
        self._written = {name.encode() for name in (*written, *replaced)}
        self._replaced = {name.encode() for name in replaced}
        self._fd = _open(folders)

    def fileno(self) -> int:
        """See the class."""
        return self._fd

    def has_changed(self) -> bool:
        """Whether one of the files changed since it was last asked."""
        changed = False
        while self._fd >= 0:
            try:
                events = os.read(self._fd, _BUFFER_BYTES)
            except BlockingIOError:
                break
            while events:
                _, mask, _, length = _HEADER.unpack_from(events)
                name = events[_HEADER.size : _HEADER.size + length].rstrip(b"\0")
                events = events[_HEADER.size + length :]
                counts = self._written if mask & _MODIFY else self._replaced
                changed = changed or name in counts or bool(mask & _OVERFLOW)
        return changed

    def close(self) -> None:
        """Watch no more."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1


def _open(folders: Iterable[str]) -> int:
    """The descriptor of a watch; -1 if there can be none."""
    if sys.platform == "linux":
        return _open_inotify(folders)
    else:  # noqa: RET505 - mypy checks the branch of one platform at a time
        return -1


def _open_inotify(folders: Iterable[str]) -> int:
    library = ctypes.CDLL(None, use_errno=True)
    fd = int(library.inotify_init1(_NONBLOCK_CLOEXEC))
    if fd < 0:
        return -1  # too many are open already
    mask = _MODIFY | _MOVED_TO | _CREATE | _DELETE
    watches = [library.inotify_add_watch(fd, os.fsencode(each), mask) for each in folders]
    if max(watches) < 0:
        os.close(fd)
        return -1
    return fd
