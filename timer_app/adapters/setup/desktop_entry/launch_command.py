"""The command that starts this installation, in words that stay right after an upgrade."""

from __future__ import annotations

import os
import sys

PROGRAM = "timer-app"


def launch_command() -> tuple[str, ...]:
    """An absolute path and its arguments.

    Links are not followed: pipx and others keep theirs in ~/.local/bin while what it points to
    moves with each new version of Python.
    """
    if image := os.environ.get("APPIMAGE"):
        return (image,)
    if getattr(sys, "frozen", False):
        return (sys.executable,)
    called = os.path.abspath(sys.argv[0])
    beside = os.path.join(os.path.dirname(sys.executable), PROGRAM)
    for path in (called, beside):
        if os.path.basename(path) == PROGRAM and _is_executable_file(path):
            return (path,)
    return (sys.executable, "-m", "timer_app")


def is_executable(command: tuple[str, ...]) -> bool:
    """Whether the program of a command can be started."""
    program = command[0] if command else ""
    if os.path.isabs(program):
        return _is_executable_file(program)
    import shutil

    return shutil.which(program) is not None


def _is_executable_file(path: str) -> bool:
    return os.path.isfile(path) and os.access(path, os.X_OK)
