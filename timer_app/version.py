"""Which version this is, and of which commit."""

from __future__ import annotations

import os
import sys

_PACKAGE = os.path.dirname(os.path.abspath(__file__))
_COMMIT_FILE = os.path.join(_PACKAGE, "commit.txt")
"""Written by setup.py into what is built; a checkout has none."""


def own_version() -> str:
    """The version alone, such as 1.2.0."""
    if named := _version_in_name():
        return named
    from importlib.metadata import version  # takes a MB of memory; knows zip files too

    return version("timer-app")


def _version_in_name() -> str:
    """By the name of the folder of metadata, "" where there is none.

    Source: https://packaging.python.org/specifications/recording-installed-packages/
    """
    start, end = "timer_app-", ".dist-info"
    for folder in sys.path:
        try:
            names = os.listdir(folder or os.curdir)
        except OSError:
            continue
        for name in names:
            if name.startswith(start) and name.endswith(end):
                return name[len(start) : -len(end)]
    return ""


def version_line() -> str:
    """For `--version`: name, version and commit."""
    return f"timer-app {own_version()} ({_describe_commit(commit())})"


def commit() -> str:
    """The commit, "" where the sources were neither built from git nor are a checkout of it."""
    try:
        with open(_COMMIT_FILE, encoding="utf-8") as file:
            return file.read().strip()
    except FileNotFoundError:
        return _checkout_commit(os.path.dirname(_PACKAGE))


def _describe_commit(name: str) -> str:
    return f"commit {name}" if name else "its sources were not in git"


def _checkout_commit(folder: str) -> str:
    """What git says of the checkout that this runs from; changes that are not committed too."""
    import subprocess

    if not os.path.exists(os.path.join(folder, ".git")):
        return ""
    git = ["git", "--no-optional-locks", "-C", folder]  # so that asking writes nothing
    try:
        name = subprocess.check_output([*git, "rev-parse", "--short=12", "HEAD"], text=True)
        changed = subprocess.check_output([*git, "status", "--porcelain", "-uno"], text=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return f"{name.strip()} with changes" if changed else name.strip()
