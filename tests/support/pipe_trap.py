"""A pipe that notices whether anybody opens it: whoever reads a foreign text as markup does."""

from __future__ import annotations

import subprocess
from pathlib import Path

_WRITER = 'while echo > "$0"; do echo opened > "$1"; done'


class PipeTrap:
    """Another process writes to the pipe, which takes until somebody opens it to read.

    So nobody is left hanging: who reads gets a line and the end, each time.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / "pipe"
        self._sign = folder / "opened"
        subprocess.run(["mkfifo", str(self.path)], check=True)
        self._writer = subprocess.Popen(["sh", "-c", _WRITER, str(self.path), str(self._sign)])

    @property
    def was_opened(self) -> bool:
        """Whether somebody has read from it."""
        return self._sign.exists()

    def close(self) -> None:
        """End the process that waits."""
        self._writer.kill()
        self._writer.wait()
