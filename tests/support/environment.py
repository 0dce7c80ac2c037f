"""A home of its own for a program under test: nothing of the user's is seen or touched."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Self

ROOT = Path(__file__).parents[2]
PROGRAMS = Path(os.environ.get("TIMER_APP_PROGRAMS", Path(sys.executable).parent))
"""The folder of the `timer-app` under test: the checkout's own, or one that was built."""
_NOT_SHIPPED = Path(__file__).parent / "not_shipped"
"""Stands in the way of what only our tools bring, so that a program has what users have."""

# All that a program under test inherits; whatever else is set here could change what it does.
_INHERITED = ("PATH", "TZ", "SSL_CERT_FILE", "SSL_CERT_DIR", "LD_LIBRARY_PATH", "VIRTUAL_ENV")


class Home:
    """HOME and the XDG folders in a fresh directory, and the environment that points there.

    It lies in /tmp and not in pytest's tmp_path, whose length can pass the 108 bytes that the
    path of a socket may have.
    """

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="timer-app-"))
        self.runtime = self._folder("run")
        self.config = self._folder("config")
        self.data = self._folder("data")
        self.state = self._folder("state")
        self.cache = self._folder("cache")

    def _folder(self, name: str) -> Path:
        folder = self.path / name
        folder.mkdir(mode=0o700)
        return folder

    def environment(self, **more: str) -> dict[str, str]:
        """A whole environment, not an addition to this one. `more` comes on top."""
        inherited = {name: os.environ[name] for name in _INHERITED if name in os.environ}
        own = {
            "PATH": os.pathsep.join(
                (
                    str(PROGRAMS),
                    str(Path(sys.executable).parent),
                    os.environ.get("PATH", os.defpath),
                )
            ),
            "PYTHONPATH": str(_NOT_SHIPPED),
            "HOME": str(self.path),
            "XDG_RUNTIME_DIR": str(self.runtime),
            "XDG_CONFIG_HOME": str(self.config),
            "XDG_DATA_HOME": str(self.data),
            "XDG_STATE_HOME": str(self.state),
            "XDG_CACHE_HOME": str(self.cache),
            "LANG": "C.UTF-8",
            "PYTHONFAULTHANDLER": "1",
        }
        return inherited | own | more

    def close(self) -> None:
        """Remove the folder and all in it."""
        shutil.rmtree(self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
