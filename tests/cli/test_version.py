"""--version: the version, and the commit that it is of."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.environment import PROGRAMS, ROOT
from tests.support.tools import tool
from timer_app import version

if TYPE_CHECKING:
    from tests.cli.support import TimerApp


def _git(folder: Path, *words: str) -> str:
    who = ("-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false")
    command = [tool("git"), "-C", str(folder), *who, *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with one commit, and a package in it that was not built."""
    (tmp_path / "timer_app").mkdir()
    (tmp_path / "file").write_text("1")
    _git(tmp_path, "init", "--quiet")
    _git(tmp_path, "add", ".")
    _git(tmp_path, "commit", "--quiet", "--message", "one")
    monkeypatch.setattr(version, "_PACKAGE", str(tmp_path / "timer_app"))
    monkeypatch.setattr(version, "_COMMIT_FILE", str(tmp_path / "timer_app" / "commit.txt"))
    return tmp_path


def test_a_checkout_asks_git(checkout: Path) -> None:
    name = _git(checkout, "rev-parse", "--short=12", "HEAD")
    assert version.commit() == name
    (checkout / "new").touch()
    assert version.commit() == name, "a file that git does not know changes nothing"
    (checkout / "file").write_text("2")
    assert version.commit() == f"{name} with changes"


def test_asking_git_writes_nothing(checkout: Path) -> None:
    """Its index would be refreshed, and half written if this process were killed meanwhile."""
    os.utime(checkout / "file", (1, 1))
    index = checkout / ".git" / "index"
    before = index.read_bytes()
    version.commit()
    assert index.read_bytes() == before


def test_what_was_built_says_what_was_noted(checkout: Path) -> None:
    (checkout / "timer_app" / "commit.txt").write_text("0123456789ab")
    assert version.version_line().endswith(" (commit 0123456789ab)")


def test_a_folder_without_git_says_so(checkout: Path) -> None:
    (checkout / ".git").rename(checkout / "was-git")
    assert version.version_line().endswith(" (its sources were not in git)")


def test_the_command_tells_version_and_commit(bare_app: TimerApp) -> None:
    line = bare_app.run("--version").out.strip()
    of = r"commit [0-9a-f]{12}( with changes)?"
    if not (ROOT / ".git").exists() and PROGRAMS.is_relative_to(ROOT / ".venv"):
        of = "its sources were not in git"
    assert re.fullmatch(rf"timer-app \d+\.\d+\.\d+ \({of}\)", line), line
