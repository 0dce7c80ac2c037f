"""The rule of Windows for files, played on Linux: nothing that is open is renamed or removed."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

_SHARING_VIOLATION = 32


def windows_error(number: int, code: int = errno.EINVAL, path: str | None = None) -> OSError:
    """What the interpreter raises there; elsewhere `code` decides on its class."""
    error = OSError(code, f"error {number}", path, number)
    if not hasattr(error, "winerror"):  # not Windows
        vars(error)["winerror"] = number
    return error


class WindowsFiles:
    """While it is installed, this process meets that rule.

    What this process has open counts, and what another program holds by `hold`.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.refused: list[str] = []
        self._held: dict[str, int] = {}
        for name in ("rename", "replace", "unlink", "remove"):
            monkeypatch.setattr(os, name, self._guarded(getattr(os, name)))

    def hold(self, path: Path, *, tries: int) -> None:
        """Another program has the file open until it was asked for so many times."""
        self._held[str(path)] = tries

    def _guarded(self, act: Callable[..., None]) -> Callable[..., None]:
        def guarded(*paths: Any, **options: Any) -> None:  # noqa: ANN401 - as os has them
            for path in paths:
                self._check(path)
            act(*paths, **options)

        return guarded

    def _check(self, path: object) -> None:
        if not isinstance(path, str | os.PathLike):
            return
        name = os.fspath(path)
        left = self._held.get(name, 0)
        self._held[name] = left - 1
        if left > 0 or name in open_files():
            self.refused.append(name)
            raise windows_error(_SHARING_VIOLATION, errno.EACCES, name)


def open_files(folder: str = "/") -> set[str]:
    """The files below `folder` that are open here; on Windows none: it refuses by itself."""
    if sys.platform == "win32":
        return set()
    found = set()
    for number in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # the folder's own, which is closed by now
            found.add(str(number.readlink()))
    return {path for path in found if path.startswith(folder)}
