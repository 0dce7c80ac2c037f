"""A program of Windows without a console: what stops it is said in a message box."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.environment import ROOT

PROGRAM = """
import ctypes, json, os, shutil, sys  # shutil: argparse may import it, which looks at the platform
from timer_app.adapters.setup.ipc import client
from timer_app.cli import main as program, run
boxes = []
class User32:
    def MessageBoxW(self, owner, text, title, kind):
        boxes.append((text, title))
fdopen = os.fdopen
def without_handles(number, *words, **options):
    if number < 3:
        raise OSError(9, "Invalid handle")
    return fdopen(number, *words, **options)
os.fdopen = without_handles
ctypes.WinDLL = lambda name: User32()
sys.platform = "win32"
stdout, sys.stdin, sys.stdout, sys.stderr = sys.stdout, None, None, None
if sys.argv[1] == "bug":
    program.parse = lambda words: 1 / 0
try:
    code = program.main(sys.argv[1:])
except ZeroDivisionError:
    code = -1
print(json.dumps([code, boxes]), file=stdout)
"""


def run(home: Path, *words: str) -> tuple[int, list[list[str]]]:
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, *words],
        cwd=ROOT, env={"TIMER_APP_HOME": str(home), "LC_ALL": "C.UTF-8"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    code, boxes = json.loads(ran.stdout.splitlines()[-1])
    return code, boxes


def test_what_is_wrong_is_shown(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("broken [")
    code, [[text, title]] = run(tmp_path, "status")
    assert (code, title) == (1, "Timer App")
    assert text.startswith(f"{tmp_path}/settings.toml")
    assert "line 1" in text


def test_a_bug_is_shown_in_plain_words(tmp_path: Path) -> None:
    code, [[text, _]] = run(tmp_path, "bug")
    assert code == -1
    assert text.startswith("Something went wrong inside Timer App.")


@pytest.mark.parametrize("words", [("--version",)])
def test_nothing_wrong_nothing_shown(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert run(tmp_path, *words) == (0, [])


def test_the_end_of_a_long_text_is_kept() -> None:
    from timer_app.cli.message_box import MessageBoxStream

    stream = MessageBoxStream()
    for number in range(3000):
        print(f"timer-app: line {number}", file=stream)
    assert len(stream.getvalue()) <= 4000
    assert stream.getvalue().endswith("line 2999\n")
