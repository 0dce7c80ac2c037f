"""An interpreter that has imported what a program needs, and forks itself for each run of it.

A program, run by its path (`PreparedInterpreter` in tests/support/prepared.py starts it). Its first
argument is the descriptor of a socket, the others are the modules to import. Each message is one
run: a JSON object with `command`, `env` and `cwd`, and three descriptors for stdin, stdout and
stderr. The answer is the new process's number. A message that is a number alone asks for the exit
code of that process; it keeps its number until then.

The keyring's process, which the tray app starts for each token that it reads, is a fork as well: it
would import the keyring's libraries anew. A run asks for it through a socket that it inherits.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable

PR_SET_PDEATHSIG = 1
MESSAGE_BYTES = 1 << 17
KEYRING_PROCESS = "timer_app.adapters.setup.keyring_process"


def serve(control: socket.socket) -> Callable[[], int]:
    """Answer until the socket is closed. Returns in each new process what it is to run."""
    libc = ctypes.CDLL(None)
    runs, asked_by_runs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    while True:
        readable, _, _ = select.select([control, runs], [], [])
        data, descriptors, _, _ = socket.recv_fds(readable[0], MESSAGE_BYTES, 4)
        if not data:
            os._exit(0)  # nothing is left to be flushed, and nobody to be told of it
        request = json.loads(data)
        if isinstance(request, int):
            _, status = os.waitpid(request, 0)
            control.send(str(os.waitstatus_to_exitcode(status)).encode())
            continue
        told = descriptors[3] if readable[0] is runs else control.fileno()
        if not _fork(descriptors, told):
            continue
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        control.close()
        runs.close()
        _become(request, descriptors)
        if readable[0] is runs:
            asked_by_runs.close()
            return _keyring_process
        _start_keyring_processes_by(asked_by_runs)
        return _program


def _fork(descriptors: list[int], told: int) -> bool:
    """Whether this is the new process. It leads a session before its number is told."""
    ready, begun = os.pipe()
    number = os.fork()
    if number == 0:
        os.setsid()
        os.close(ready)
        os.close(begun)
        return True
    os.close(begun)
    os.read(ready, 1)
    os.close(ready)
    os.write(told, str(number).encode())
    for descriptor in descriptors:
        os.close(descriptor)
    return False


def _become(request: dict[str, object], descriptors: list[int]) -> None:
    """Take over the streams, the environment, the folder and the words of the command."""
    for stream, descriptor in enumerate(descriptors):
        if stream in (0, 1, 2):
            os.dup2(descriptor, stream)
        os.close(descriptor)
    command, env = request["command"], request["env"]
    assert isinstance(command, list)
    assert isinstance(env, dict)
    os.environ.clear()
    os.environ.update(env)
    time.tzset()
    os.chdir(str(request["cwd"]))
    sys.argv = command
    sys.orig_argv = [sys.executable, *command]
    sys.path[0] = str(Path(command[0]).parent)


def _start_keyring_processes_by(server: socket.socket) -> None:
    """Let this run have the keyring's process from the server; other processes are started."""
    start = subprocess.Popen

    def popen(command: object, **options: object) -> object:
        if isinstance(command, list) and command[-2:] == ["-m", KEYRING_PROCESS]:
            return ForkedKeyringProcess(server)
        return start(command, **options)  # type: ignore[call-overload]  # whatever it is

    subprocess.Popen = popen  # type: ignore[assignment, misc]  # as far as it is used


class ForkedKeyringProcess:
    """What the app uses of `subprocess.Popen`. The server keeps its number when it has ended."""

    def __init__(self, server: socket.socket) -> None:
        (stdin, to_stdin), (from_stdout, stdout), (number, told) = os.pipe(), os.pipe(), os.pipe()
        stderr = os.open(os.devnull, os.O_WRONLY)
        theirs = [stdin, stdout, stderr, told]
        request = {"command": sys.argv, "env": dict(os.environ), "cwd": str(Path.cwd())}
        try:
            socket.send_fds(server, [json.dumps(request).encode()], theirs)
            self._pid = int(os.read(number, 64))
        finally:
            for descriptor in (*theirs, number):
                os.close(descriptor)
        self._pidfd = os.pidfd_open(self._pid)
        self.stdin = os.fdopen(to_stdin, "wb", buffering=0)
        self.stdout = os.fdopen(from_stdout, "rb", buffering=0)

    def terminate(self) -> None:
        """End it."""
        os.kill(self._pid, signal.SIGTERM)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stdout.close()
        self.stdin.close()
        end = select.poll()
        end.register(self._pidfd, select.POLLIN)
        end.poll()
        os.close(self._pidfd)


def _program() -> int:
    from timer_app.cli.main import main

    return main()


def _keyring_process() -> int:
    from timer_app.adapters.setup.keyring_process import main

    return main()


if __name__ == "__main__":
    for name in sys.argv[2:]:
        importlib.import_module(name)
    assert "keyring.core" not in sys.modules, "it has read an environment that is not the program's"
    gc.freeze()  # pages that are not written to stay shared
    sys.exit(serve(socket.socket(fileno=int(sys.argv[1])))())
