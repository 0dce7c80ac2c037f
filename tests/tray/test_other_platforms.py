"""The tray app starts, answers, is one and quits where nothing of Linux is there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.environment import ROOT
from tests.support.limits import TIME_LIMIT


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_tray_app_needs_nothing_of_linux(tmp_path: Path, platform: str) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.tray.other_platform", platform],
        cwd=ROOT, env={**os.environ, "TIMER_APP_HOME": str(tmp_path / "home")},
        capture_output=True, text=True, timeout=TIME_LIMIT, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
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
