"""Completions and the manual page: as the grammar is, and of use to a shell."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.environment import ROOT
from tests.support.tools import tool
from timer_app.command_line.parser import COMMANDS

if TYPE_CHECKING:
    from pathlib import Path

PACKAGING = ROOT / "packaging"
BASH = PACKAGING / "completions" / "bash" / "timer-app"
MANUAL = PACKAGING / "manual" / "timer-app.1"


def test_they_are_what_the_grammar_says() -> None:
    check = [sys.executable, str(PACKAGING / "help_files.py"), "--check"]
    ended = subprocess.run(check, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, f"run `make help-files`: {ended.stdout}{ended.stderr}"


def _completed(folder: Path, *words: str) -> list[str]:
    """What bash offers for the last word, by the function that our file registers."""
    asked = (
        'source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; '
        "COMP_POINT=${#COMP_LINE}; "
        "function=$(complete -p timer-app); function=${function##*-F }; function=${function%% *}; "
        '"$function" timer-app "${@: -1}" "${@: -2:1}"; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    ended = subprocess.run(
        [tool("bash"), "--norc", "-c", asked, str(BASH), *words],
        capture_output=True, text=True, check=True, cwd=folder, timeout=20,
    )  # fmt: skip
    assert not ended.stderr
    return ended.stdout.split()


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("timer-app", ""), set(COMMANDS)),
        (("timer-app", "sta"), {"start", "status"}),
        (("timer-app", "doctor", "--b"), {"--bundle"}),
        (("timer-app", "doctor", "--bundle", "rep"), {"report.txt"}),
        (("timer-app", "login", "k"), {"kaiten"}),
        (("timer-app", "config", ""), {"get", "set", "path"}),
        (("timer-app", "autostart", "o"), {"on", "off"}),
        (("timer-app", "add", "--f"), {"--from", "--for"}),
    ],
)
def test_bash_completes(words: tuple[str, ...], offered: set[str], tmp_path: Path) -> None:
    (tmp_path / "report.txt").touch()
    assert set(_completed(tmp_path, *words)) == offered


def test_the_manual_page_has_every_command() -> None:
    text = MANUAL.read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f".SS timer\\-app {name}\n" not in text] == []
    assert "\\-\\-bundle FILE" in text


def test_roff_understands_the_manual_page() -> None:
    command = [tool("groff"), "-man", "-Tutf8", "-ww", "-z", str(MANUAL)]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    assert told.stderr == ""
