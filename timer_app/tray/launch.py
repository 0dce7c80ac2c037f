"""A start: the first one becomes the tray app, a later one hands over what it is for.

No Qt in here: a second start is over in a tenth of the time that the app takes.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from timer_app.adapters.file_lock import FileLock, acquire_file_lock
from timer_app.adapters.paths import Paths, PathUnusable
from timer_app.adapters.setup.ipc.client import (
    AppError,
    AppExited,
    AppNotRunning,
    app_error,
    send_request,
)
from timer_app.services.exit_codes import ExitCode
from timer_app.terminal import print_messages

FIRST_INSTANCE_TIMEOUT = 10.0
"""Seconds for a first one that starts, ends or is busy; ending takes it 3 at most."""
RESTART_EXIT = -1
"""What the tray app ends with where a new process is to take its place."""
RETRY_INTERVAL = 0.05
_ANY_PROCESS = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class LaunchRequest:
    """What a start is for, as the app's socket takes it."""

    command: str
    words: Mapping[str, str] = field(default_factory=dict)


RAISE_REQUEST = LaunchRequest("raise")
"""A second start that asks for nothing else."""


def launch(
    paths: Paths, request: LaunchRequest | None, run_first_instance: Callable[[], int]
) -> int:
    """Run `run_first_instance` as the only app of its home, or hand `request` to the one that runs.

    Returns the exit code.
    """
    try:
        paths.make()
        lock = _acquire_or_forward(paths, _with_activation_token(request or RAISE_REQUEST))
    except (PathUnusable, OSError) as error:
        print_messages([str(error)])
        return int(ExitCode.JOURNAL)
    except AppError as error:
        print_messages([str(error)])
        return int(ExitCode.REFUSED)
    if isinstance(lock, int):
        return lock
    try:
        return run_first_instance()
    finally:
        lock.release()


def _allow_to_come_forward() -> None:
    """Pass on the right to bring a window to the front, which Windows gave to this start.

    Source: https://learn.microsoft.com/windows/win32/api/winuser/nf-winuser-allowsetforegroundwindow
    """
    if sys.platform == "win32":
        import ctypes

        ctypes.WinDLL("user32").AllowSetForegroundWindow(_ANY_PROCESS)


def _acquire_or_forward(paths: Paths, request: LaunchRequest) -> FileLock | int:
    """The lock, or the exit code of the first one's answer. Raises AppError and OSError.

    A first one that is just ending or starting does not answer. Every request may be repeated, so
    it is, until either the lock is free or somebody answers.
    """
    deadline = time.monotonic() + FIRST_INSTANCE_TIMEOUT
    while (lock := acquire_file_lock(paths.instance_lock)) is None:
        _allow_to_come_forward()
        left = max(RETRY_INTERVAL, deadline - time.monotonic())
        try:
            answer = send_request(paths.socket, request.command, request.words, left)
        except (AppNotRunning, AppExited):
            if time.monotonic() > deadline:
                raise app_error("NOT_LISTENING") from None
            time.sleep(RETRY_INTERVAL)
            continue
        messages = answer["messages"]
        print_messages([str(message) for message in messages] if isinstance(messages, list) else [])
        return int(str(answer["exit"]))
    return lock


def _with_activation_token(request: LaunchRequest) -> LaunchRequest:
    """With what the desktop gave this start, so that the first one's window may come forward."""
    given = os.environ
    token = given.get("XDG_ACTIVATION_TOKEN") or given.get("DESKTOP_STARTUP_ID") or ""
    return LaunchRequest(
        request.command, {**request.words, "activation": token} if token else request.words
    )
