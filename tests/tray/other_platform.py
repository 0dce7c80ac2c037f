"""The program as Windows or macOS would run it, in a process of its own on Linux.

`python -m tests.tray.other_platform PLATFORM`: the tray app starts on the home of TIMER_APP_HOME,
is asked `status` as a command would, and quits. With commands after it (a shell's words, each in
one argument) the command line runs those instead. Prints what happened as one line of JSON. What
only Linux has is hidden, and what only the platform has is played: its lock, its pipe and its
libraries.
"""

from __future__ import annotations

import asyncio
import ctypes
import errno
import importlib.abc
import json
import os
import queue
import shlex
import signal
import socket
import subprocess
import sys
import threading
import time
import traceback
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

# Libraries look at the platform when they are imported: these are as on Linux.
import keyring
import platformdirs
import qasync
import tzlocal
from PySide6 import QtDBus, QtNetwork, QtWidgets
from PySide6.QtCore import QDir

from tests.support.limits import TIME_LIMIT
from tests.support.windows_files import open_files

USED = (asyncio, keyring, platformdirs, qasync, tzlocal, QtDBus, QtNetwork, QtWidgets)
LINUX_ONLY = {"dbus_fast", "Xlib", "secretstorage", "jeepney"}
UNIX_ONLY = {"fcntl", "termios", "pwd", "grp", "resource"}
_LINUX_NAMES: dict[ModuleType, tuple[str, ...]] = {time: ("CLOCK_BOOTTIME",)}
_UNIX_NAMES: dict[ModuleType, tuple[str, ...]] = {
    os: ("O_CLOEXEC", "getuid", "geteuid", "set_blocking", "mkfifo", "openpty"),
    time: ("CLOCK_BOOTTIME", "clock_gettime", "CLOCK_MONOTONIC", "tzset"),
    signal: ("SIGHUP", "SIGKILL"),
}
_ERROR_BROKEN_PIPE = 109
_CALLED: list[str] = []


class _Hidden(importlib.abc.MetaPathFinder):
    """Modules that are not there, and who asked for one all the same."""

    def __init__(self, names: set[str]) -> None:
        self.names = names
        self.asked: list[str] = []

    def find_spec(self, name: str, *_: object) -> None:
        if name.partition(".")[0] in self.names:
            self.asked.append(name)
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def be(platform: str) -> _Hidden:
    """Let everything that is imported from now on find that platform."""
    windows = platform == "win32"
    hidden = _Hidden(LINUX_ONLY | UNIX_ONLY if windows else LINUX_ONLY)
    for name in [name for name in sys.modules if name.partition(".")[0] in hidden.names]:
        del sys.modules[name]
    sys.meta_path.insert(0, hidden)
    sys.platform = platform
    for module, names in (_UNIX_NAMES if windows else _LINUX_NAMES).items():
        for name in names:
            if hasattr(module, name):
                delattr(module, name)
    if windows:
        _play_windows()
    return hidden


def _play_windows() -> None:
    port = _CompletionPort()
    # What asyncio's loop has on Windows; sockets are waited for as on Linux.
    for name, member in (
        ("_proactor", port), ("_loop_self_reading", lambda _: None),
        ("_self_reading_future", None), ("_process_events", lambda _: None),
    ):  # fmt: skip
        setattr(qasync.QEventLoop, name, member)
    fakes: dict[str, dict[str, Any]] = {
        "msvcrt": {"LK_NBLCK": 2, "locking": _Locks().locking},
        "_winapi": _pipe_calls(),
        "_overlapped": {"PostQueuedCompletionStatus": port.post},
        "winreg": {"HKEY_CURRENT_USER": 0, "KEY_SET_VALUE": 2, "OpenKey": _no_such_key},
    }
    for name, members in fakes.items():
        module = ModuleType(name)
        vars(module).update(members)
        sys.modules[name] = module
    vars(subprocess).update(CREATE_NO_WINDOW=0)
    vars(ctypes).update(
        WinDLL=_Library, windll=SimpleNamespace(user32=_Library(), kernel32=_Library())
    )


def _no_such_key(*_: object) -> None:
    raise FileNotFoundError


class _CompletionPort:
    """The port of the loop's own operations: none ends, and whoever waits for one is woken."""

    _iocp = 1

    def __init__(self) -> None:
        self._posted: queue.Queue[list[object]] = queue.Queue()

    def select(self, timeout: float | None = None) -> list[object]:
        assert timeout is None  # an app that does nothing wakes for nothing
        return self._posted.get()

    def post(self, *_: object) -> None:
        """PostQueuedCompletionStatus."""
        self._posted.put([])


class _Locks:
    """msvcrt's locks of files, within this process."""

    def __init__(self) -> None:
        self._held: set[int] = set()

    def locking(self, handle: int, _mode: int, _count: int) -> None:
        """Lock, or raise what Windows raises."""
        inode = os.fstat(handle).st_ino
        if inode in self._held:
            raise PermissionError(errno.EACCES, "Permission denied")
        self._held.add(inode)


class _Library:
    """A library of Windows in which each call succeeds."""

    def __init__(self, *_: object, **__: object) -> None: ...

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as ctypes has it
        _CALLED.append(name)
        return lambda *_: 1


class _Call:
    """An overlapped call that is over at once."""

    event = 0

    def __init__(self, count: int, content: bytes = b"") -> None:
        self._count = count
        self._content = content

    def GetOverlappedResult(self, _wait: object) -> tuple[int, int]:  # noqa: N802 - its name
        return self._count, 0

    def getbuffer(self) -> bytes:
        return self._content


def _pipe_calls() -> dict[str, Any]:
    """Calls of _winapi on the socket that Qt makes of a pipe's name on Linux."""
    connections: dict[int, socket.socket] = {}

    def create_file(name: str, *_: object) -> int:
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(TIME_LIMIT)
        connection.connect(f"{QDir.tempPath()}/{name}")
        connections[connection.fileno()] = connection
        return connection.fileno()

    def read_file(handle: int, count: int, **_: object) -> tuple[_Call, int]:
        content = connections[handle].recv(count)
        if not content:
            broken = BrokenPipeError()
            vars(broken)["winerror"] = _ERROR_BROKEN_PIPE
            raise broken
        return _Call(len(content), content), 0

    def write_file(handle: int, content: bytes, **_: object) -> tuple[_Call, int]:
        return _Call(connections[handle].send(content)), 0

    return {
        "GENERIC_READ": 1, "GENERIC_WRITE": 2, "NULL": 0, "OPEN_EXISTING": 3,
        "FILE_FLAG_OVERLAPPED": 4, "ERROR_IO_PENDING": 997, "WAIT_OBJECT_0": 0,
        "CreateFile": create_file, "ReadFile": read_file, "WriteFile": write_file,
        "CloseHandle": lambda handle: connections.pop(handle).close(),
    }  # fmt: skip


def main(platform: str) -> None:
    """Start the app, ask it, quit it."""
    hidden = be(platform)
    from timer_app.adapters.paths import app_paths
    from timer_app.adapters.setup.ipc.client import AppNotRunning, send_request
    from timer_app.tray.launch import launch
    from timer_app.tray.process import run_tray

    paths = app_paths()
    answers: dict[str, object] = {}

    def ask() -> None:
        deadline = time.monotonic() + TIME_LIMIT
        ready = threading.Event()
        while time.monotonic() < deadline:
            try:
                answers["status"] = send_request(paths.socket, "status", {}, TIME_LIMIT)["document"]
            except AppNotRunning:
                ready.wait(0.02)
            else:
                _CALLED.clear()
                answers["second"] = launch(paths, None, lambda: -1)
                answers["second called"] = list(_CALLED)
                send_request(paths.socket, "quit", {}, TIME_LIMIT)
                return

    def ask_or_end() -> None:
        try:
            ask()
        except BaseException:  # noqa: BLE001 - whatever it is, the app would run for ever
            traceback.print_exc()
            os._exit(1)

    asking = threading.Thread(target=ask_or_end, daemon=True)
    asking.start()
    answers["exit"] = launch(paths, None, run_tray)
    asking.join()
    answers["asked"] = hidden.asked
    # Windows removes no folder in which a file is open; the demo's is removed after this.
    answers["open"] = sorted(open_files(str(Path(paths.settings).parent)))
    print(json.dumps(answers))  # noqa: T201 - the report


def run_commands(platform: str, commands: list[str]) -> None:
    """Run each as the command line does."""
    hidden = be(platform)
    from timer_app.cli.main import main as run_command

    exits = {each: run_command(shlex.split(each)) for each in commands}
    print(json.dumps({"exits": exits, "asked": hidden.asked}))  # noqa: T201 - the report


if __name__ == "__main__":
    if sys.argv[2:]:
        run_commands(sys.argv[1], sys.argv[2:])
    else:
        main(sys.argv[1])
