"""Completions and the manual page: as the grammar is, and of use to a shell."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.support.environment import ROOT
from tests.support.limits import TIME_LIMIT
from tests.support.tools import tool
from timer_app.cli.parser import COMMANDS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.environment import Home

PACKAGING = ROOT / "packaging"
BASH = PACKAGING / "completions" / "bash" / "timer-app"
FISH = PACKAGING / "completions" / "fish" / "timer-app.fish"
ZSH = PACKAGING / "completions" / "zsh" / "_timer-app"
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


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("timer-app sta", {"start", "status"}),
        ("timer-app doctor --b", {"--bundle"}),
        ("timer-app autostart o", {"on", "off"}),
    ],
)
def test_fish_completes(line: str, offered: set[str], home: Home) -> None:
    asked = f"source {FISH}; complete --do-complete '{line}'"
    ended = subprocess.run(
        [tool("fish"), "--no-config", "--command", asked],
        capture_output=True, text=True, check=True, timeout=TIME_LIMIT, env=home.environment(),
    )  # fmt: skip
    assert not ended.stderr
    assert {row.partition("\t")[0] for row in ended.stdout.splitlines()} == offered


def test_zsh_completes(home: Home) -> None:
    """In a terminal, by the tabulator: zsh completes nowhere else."""
    master, slave = pty.openpty()
    environment = home.environment(TERM="dumb")
    with subprocess.Popen(
        [tool("zsh"), "-f", "-i"], stdin=slave, stdout=slave, stderr=slave, env=environment
    ) as shell:
        os.close(slave)
        try:
            setup = f"fpath=({ZSH.parent} $fpath); autoload -Uz compinit; compinit -u -D"
            os.write(master, f"{setup}; print rea''dy\n".encode())
            _read_until(master, b"ready")
            for typed, completed in ((b"doctor --bu", b"ndle"), (b"stat", b"us")):
                os.write(master, b"timer-app " + typed + b"\t")
                _read_until(master, typed + completed)
                os.write(master, b"\x15")  # Ctrl+U: the line is never run
        finally:
            shell.kill()
            os.close(master)


def _read_until(terminal: int, words: bytes) -> None:
    """Read what a program writes until it has written these words."""
    read, deadline = b"", time.monotonic() + TIME_LIMIT
    while words not in read:
        rest = deadline - time.monotonic()
        assert rest > 0, read
        if select.select([terminal], [], [], rest)[0]:
            read += os.read(terminal, 4096)


def test_the_manual_page_has_every_command() -> None:
    text = MANUAL.read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f".SS timer\\-app {name}\n" not in text] == []
    assert "\\-\\-bundle FILE" in text


def test_roff_understands_the_manual_page() -> None:
    command = [tool("groff"), "-man", "-Tutf8", "-ww", "-z", str(MANUAL)]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    assert told.stderr == ""
