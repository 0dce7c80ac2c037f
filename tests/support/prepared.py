"""Runs of the program that begin in an interpreter which has imported what it needs already.

Half of what a short command costs is its imports, and two thirds of what a start of the tray app
does. A run of a prepared interpreter is a process as any other: it has a session, streams, an
environment, a folder and an end of its own, and can be killed. What its interpreter was started
with is the server's: programs whose environment differs in that, and tests about the process itself
(its command line, its imports, its first second), start their own.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self

from tests.support.environment import PROGRAMS, ROOT
from tests.support.limits import TIME_LIMIT
from tests.support.tools import tool

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_PROGRAM = PROGRAMS / "timer-app"
_SERVER = ROOT / "tests" / "support" / "prepared_interpreter.py"
_READ_AT_THE_START = ("PYTHON", "LANG", "LC_", "LD_")
"""What Python and its libraries read once, when they start, begins so."""

# Not keyring: it reads PYTHON_KEYRING_BACKEND as it is imported.
COMMAND_LINE = (
    "timer_app.cli.run",
    "timer_app.cli.local",
    "timer_app.cli.render",
    "timer_app.bootstrap.core",
    "timer_app.services.commands",
    "timer_app.adapters.delivery.timecrowd.gateway",
    "timer_app.adapters.delivery.kaiten.gateway",
    "secretstorage",
    "truststore",
)
"""What most commands import."""
TRAY_APP = (
    "PySide6.QtWidgets",
    "PySide6.QtSvg",
    "PySide6.QtDBus",
    "dbus_fast.aio",
    "httpx",
    "qasync",
    "tomlkit",
    "truststore",
    # Before Python 3.12 keyring has it from a library.
    "importlib.metadata" if sys.version_info >= (3, 12) else "importlib_metadata",
    "jaraco.classes.properties",
    "jaraco.context",
    "jaraco.functools",
    "secretstorage",
    "timer_app.cli.run",
    "timer_app.cli.local",
    "timer_app.cli.render",
    "timer_app.tray.lifecycle",
    "timer_app.tray.commands",
    "timer_app.tray.process",
    "timer_app.tray.windows",
    "timer_app.tray.controllers.routes",
    "timer_app.ui.entries.panel",
    "timer_app.ui.event_loop",
    "timer_app.services.commands",
    "timer_app.services.entries.task_search",
    "timer_app.adapters.absence.x11_sync",
    "timer_app.adapters.delivery.sender_lock",
    "timer_app.adapters.delivery.timecrowd.gateway",
    "timer_app.adapters.delivery.kaiten.gateway",
    "timer_app.adapters.hotkeys.x11",
)
"""What the tray app has imported when its panel is first open, and what its commands import.

The order in which it imports its own parts decides its first second: a test about that starts the
app in an interpreter of its own.
"""


class PreparedInterpreter:
    """A server of processes. Close it when all of them have ended."""

    def __init__(self, env: Mapping[str, str], modules: Sequence[str] = COMMAND_LINE) -> None:
        self._environment = _read_at_the_start(env)
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control.settimeout(TIME_LIMIT)
        with theirs:
            # Pipes, as a command has them: Python chooses by them how it buffers.
            self._server = subprocess.Popen(
                [tool("setpriv"), "--pdeathsig", "KILL", "--",
                 sys.executable, str(_SERVER), str(theirs.fileno()), *modules],
                env=dict(env), cwd="/", pass_fds=[theirs.fileno()],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            )  # fmt: skip

    def fits(self, command: Sequence[str | Path], env: Mapping[str, str]) -> bool:
        """Whether the command is the checkout's own program, in an interpreter like this one."""
        return (
            shutil.which(command[0], path=env.get("PATH")) == str(_PROGRAM)
            and PROGRAMS.samefile(Path(sys.executable).parent)
            and _read_at_the_start(env) == self._environment
        )

    def start(
        self,
        command: Sequence[str | Path],
        env: Mapping[str, str],
        cwd: Path,
        *,
        has_stdin: bool,
    ) -> PreparedProcess:
        """Begin a run."""
        words = [str(_PROGRAM), *(str(word) for word in command[1:])]
        request = {"command": words, "env": dict(env), "cwd": str(cwd)}
        stdin, to_stdin = os.pipe() if has_stdin else (os.open(os.devnull, os.O_RDONLY), None)
        (stdout, out), (stderr, err) = os.pipe(), os.pipe()
        theirs = (stdin, out, err)
        try:
            socket.send_fds(self._control, [json.dumps(request).encode()], theirs)
            number = int(self._control.recv(64))
        finally:
            for descriptor in theirs:
                os.close(descriptor)
        return PreparedProcess(
            self,
            number,
            None if to_stdin is None else os.fdopen(to_stdin, "wb", buffering=0),
            os.fdopen(stdout, "rb"),
            os.fdopen(stderr, "rb"),
        )

    def exit_code(self, pid: int) -> int:
        """Wait for the end of a run, once; negative: the signal that ended it."""
        self._control.send(str(pid).encode())
        return int(self._control.recv(64))

    def close(self) -> None:
        """End the server."""
        self._control.close()
        self._server.communicate(timeout=TIME_LIMIT)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _read_at_the_start(env: Mapping[str, str]) -> dict[str, str]:
    return {
        name: value
        for name, value in env.items()
        if name.startswith(_READ_AT_THE_START) and name != "PYTHON_KEYRING_BACKEND"
    }


class PreparedProcess:
    """One run, with what `Process` uses of `subprocess.Popen`."""

    def __init__(
        self,
        interpreter: PreparedInterpreter,
        pid: int,
        stdin: IO[bytes] | None,
        stdout: IO[bytes],
        stderr: IO[bytes],
    ) -> None:
        self._interpreter = interpreter
        self.pid = pid
        self.stdin = stdin
        self.stdout = stdout
        self.stderr = stderr
        self.returncode: int | None = None

    def wait(self) -> int:
        """Its exit code."""
        if self.returncode is None:
            self.returncode = self._interpreter.exit_code(self.pid)
        return self.returncode
