"""What reaches a terminal, and what reaches a file."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.environment import ROOT
from timer_app.terminal import escape_control_characters, escape_json_controls

if TYPE_CHECKING:
    from tests.cli.support import Services, TimerApp

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u206a\u206f"
HARMFUL = {chr(code) for code in (*range(32), *range(127, 160))} - set("\t\n") | set(BIDI)


@given(st.text(), st.sampled_from(sorted(HARMFUL)))
def test_nothing_in_a_text_acts_on_the_terminal(text: str, harmful: str) -> None:
    assert not set(escape_control_characters(text + harmful + text)) & HARMFUL


@given(st.text(), st.sampled_from(sorted(HARMFUL)))
def test_json_says_the_same_without_what_acts_on_the_terminal(text: str, harmful: str) -> None:
    document = {text: [harmful + text]}
    printed = escape_json_controls(json.dumps(document, ensure_ascii=False))
    assert not set(printed) & HARMFUL
    assert json.loads(printed) == document


@pytest.mark.parametrize("form", ["--csv", "--semicolons", "--ics"])
def test_a_file_is_utf_8_whatever_the_terminals_encoding(
    app: TimerApp, services: Services, form: str
) -> None:
    del services
    app.run("add", "--task", "Учёт 時間 é", "--from", "-1h", "--for", "5m", "--wait", "0", code=3)
    for locale in ({"LC_ALL": "C", "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "cp1251"}):
        app.environment.update(locale)
        process = app.start("log", form)
        assert process.wait() == 0
        assert "Учёт 時間 é" in process.stdout


def test_a_terminal_gets_a_tables_control_characters_escaped() -> None:
    """A pseudo terminal in place of stdout."""
    program = (
        "from timer_app.cli.output import print_file\nprint_file('a\\x1b[2J\\x9b\\u202eb\\r\\n')\n"
    )
    terminal, stdout = pty.openpty()
    try:
        subprocess.run([sys.executable, "-c", program], stdout=stdout, check=True, cwd=ROOT)
        text = os.read(terminal, 1024).decode()
    finally:
        os.close(terminal)
        os.close(stdout)
    assert text == "a\\x1b[2J\\x9b\\u202eb\r\n"
