"""An interpreter that has imported what a program needs, and forks itself for each run of it.

A program, run by its path (`PreparedInterpreter` in tests/support/prepared.py starts it). Its first
argument is the descriptor of a socket, the others are the modules to import. Each message is one
run: a JSON object with `command`, `env` and `cwd`, and three descriptors for stdin, stdout and
stderr. The answer is the new process's number. A message that is a number alone asks for the exit
code of that process; it keeps its number until then.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import os
import signal
import socket
import sys
import time
from pathlib import Path

PR_SET_PDEATHSIG = 1
MESSAGE_BYTES = 1 << 17


def serve(control: socket.socket) -> None:
    """Answer until the socket is closed. Returns in each new process, which is to run `main`."""
    libc = ctypes.CDLL(None)
    while True:
        data, descriptors, _, _ = socket.recv_fds(control, MESSAGE_BYTES, 3)
        if not data:
            os._exit(0)  # nothing is left to be flushed, and nobody to be told of it
        request = json.loads(data)
        if isinstance(request, int):
            _, status = os.waitpid(request, 0)
            control.send(str(os.waitstatus_to_exitcode(status)).encode())
        elif _fork(control, descriptors):
            libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
            _become(request, descriptors)
            return


def _fork(control: socket.socket, descriptors: list[int]) -> bool:
    """Whether this is the new process. It leads a session before anyone hears of it."""
    ready, begun = os.pipe()
    number = os.fork()
    if number == 0:
        os.setsid()
        control.close()
        os.close(ready)
        os.close(begun)
        return True
    os.close(begun)
    os.read(ready, 1)
    os.close(ready)
    for descriptor in descriptors:
        os.close(descriptor)
    control.send(str(number).encode())
    return False


def _become(request: dict[str, object], descriptors: list[int]) -> None:
    """Take over the streams, the environment, the folder and the words of the command."""
    for stream, descriptor in enumerate(descriptors):
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


if __name__ == "__main__":
    for name in sys.argv[2:]:
        importlib.import_module(name)
    assert "keyring.core" not in sys.modules, "it has read an environment that is not the program's"
    gc.freeze()  # pages that are not written to stay shared
    serve(socket.socket(fileno=int(sys.argv[1])))

    from timer_app.cli.main import main

    sys.exit(main())
