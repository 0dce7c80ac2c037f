"""The app starts, answers, is one and quits where nothing of Linux is there; so do commands."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.environment import ROOT
from tests.support.limits import TIME_LIMIT


def play(folder: Path, platform: str, *commands: str) -> subprocess.CompletedProcess[str]:
    """The program on that platform; it has ended well."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.tray.other_platform", platform, *commands],
        cwd=ROOT, env={**os.environ, "TIMER_APP_HOME": str(folder / "home")},
        capture_output=True, text=True, timeout=TIME_LIMIT, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return run


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_tray_app_needs_nothing_of_linux(tmp_path: Path, platform: str) -> None:
    run = play(tmp_path, platform)
    said = json.loads(run.stdout)
    assert said["exit"] == 0, run.stderr
    assert said["second"] == 0, run.stderr
    assert said["status"]["state"] == "idle"
    assert said["open"] == []
    allowed = "AllowSetForegroundWindow" in said["second called"]
    assert allowed is (platform == "win32")  # the window that is asked for comes to the front
    log = (tmp_path / "home" / "log" / "app.log").read_text(encoding="utf-8")
    assert " ERROR " not in log, log
    assert "Traceback" not in run.stderr
    wanted = [name for name in said["asked"] if name.startswith(("dbus_fast", "Xlib"))]
    assert not wanted


_COMMANDS = ("start --task Writing", "stop", "log", "desktop status", "autostart status")


@pytest.mark.parametrize(
    ("platform", "commands", "own"),
    [
        ("win32", _COMMANDS, []),
        # desktop_notifier looks at the computer itself, which is one of Linux, for its own part.
        ("darwin", (*_COMMANDS, "doctor"), ["dbus_fast"]),
    ],
)
def test_commands_need_nothing_of_linux(
    tmp_path: Path, platform: str, commands: tuple[str, ...], own: list[str]
) -> None:
    *shown, report = play(tmp_path, platform, *commands).stdout.splitlines()
    said = json.loads(report)
    assert set(said["exits"].values()) == {0}
    words = "\n".join(shown)
    assert not [each for each in ("dunst", "Secret Service", "logind", "D-Bus") if each in words]
    assert said["asked"] == own
