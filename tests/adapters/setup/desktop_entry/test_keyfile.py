"""The format of desktop files: what others wrote stays, and every path can be started."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.tools import tool
from timer_app.adapters.setup.desktop_entry.keyfile import (
    MAIN,
    KeyFile,
    exec_line,
    exec_words,
    read,
    write,
)

BY_HAND = """# mine
[Desktop Entry]
Type=Application
Name = Timer App
Name[ru]=Таймер
Exec=old

[Desktop Action Start]
Exec=old start
"""


def test_what_is_changed_and_what_stays() -> None:
    entries = KeyFile(BY_HAND)
    entries.set(MAIN, "Exec", "new")
    entries.set(MAIN, "Hidden", "true")
    entries.set("Other", "Key", "value")
    entries.remove(MAIN, "Type")
    entries.remove(MAIN, "Missing")
    assert str(entries) == (
        "# mine\n[Desktop Entry]\nName = Timer App\nName[ru]=Таймер\nExec=new\nHidden=true\n\n"
        "[Desktop Action Start]\nExec=old start\n\n[Other]\nKey=value\n"
    )
    assert entries.get(MAIN, "Name") == "Timer App"
    assert entries.get("Desktop Action Start", "Exec") == "old start"
    assert entries.get(MAIN, "Actions") is None
    assert entries.get("Nowhere", "Exec") is None


def test_a_group_without_lines_is_filled_in_its_place() -> None:
    entries = KeyFile("[A]\n[B]\nx=1\n")
    entries.set("A", "y", "2")
    assert str(entries) == "[A]\ny=2\n[B]\nx=1\n"


@pytest.mark.parametrize(
    ("command", "line"),
    [
        (("/usr/bin/timer-app",), "/usr/bin/timer-app"),
        (("/opt/my apps/timer-app", "start"), '"/opt/my apps/timer-app" start'),
        (('/a"b/timer-app',), r'"/a\"b/timer-app"'),
        (("/a$b`c\\d/timer-app",), r'"/a\$b\`c\\d/timer-app"'),
        (("/bin/x", "100%"), "/bin/x 100%%"),
        (("/bin/x", ""), '/bin/x ""'),
        (("/a%b/x",), r'sh -c "exec \"\$0\" \"\$@\"" /a%%b/x'),
    ],
)
def test_quoting(command: tuple[str, ...], line: str) -> None:
    assert exec_line(command) == line
    assert exec_line(command, "%u") == f"{line} %u"


_WORD = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]))


@given(st.lists(_WORD, min_size=1).map(tuple))
def test_what_is_written_is_read(command: tuple[str, ...]) -> None:
    entries = KeyFile()
    entries.set(MAIN, "Exec", exec_line(command, "%u"))
    again = KeyFile(str(entries))
    assert exec_words(again.get(MAIN, "Exec") or "") == command


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("timer-app %u", ("timer-app",)),
        ("env A='b c' timer-app --x=%%20 %U", ("env", "A=b c", "timer-app", "--x=%20")),
        (r"/my\ apps/timer-app", ("/my apps/timer-app",)),
        ('"unclosed', ()),
        ("unclosed'", ()),
        ("", ()),
    ],
)
def test_lines_that_people_write(line: str, words: tuple[str, ...]) -> None:
    assert exec_words(line) == words


@given(st.text(), st.text(alphabet="abc"))
def test_any_file_can_be_read_and_changed(text: str, key: str) -> None:
    entries = KeyFile(text)
    key = f"K{key}"
    entries.set(MAIN, key, " a\\b\n")
    assert KeyFile(str(entries)).get(MAIN, key) == " a\\b\n"
    exec_words(text)


@pytest.mark.parametrize("name", ["plain", "my apps", 'a"b', "a$b`c", "a\\b", "100%u", "a=b", "ä"])
def test_glib_starts_every_path(tmp_path: Path, name: str) -> None:
    """As GNOME, Xfce and others do it: by gio, from a file with that line."""
    folder = tmp_path / name
    folder.mkdir()
    program = folder / "timer-app"
    program.write_text(f'#!/bin/sh\nprintf "%s|" "$@" > "{tmp_path}/told"\n')
    program.chmod(0o755)
    entries = KeyFile()
    for key, value in (("Type", "Application"), ("Name", "x")):
        entries.set(MAIN, key, value)
    entries.set(MAIN, "Exec", exec_line((str(program), "50% of $x"), "%u"))
    path = tmp_path / "x.desktop"
    write(str(path), str(entries))
    fifo = tmp_path / "told"
    os.mkfifo(fifo)  # reading it waits for the program
    subprocess.run([tool("gio"), "launch", str(path), "timer-app://stop"], check=True, timeout=20)
    assert fifo.read_text() == "50% of $x|timer-app://stop|"


def test_a_file_appears_as_a_whole_and_a_link_stays_one(tmp_path: Path) -> None:
    real = tmp_path / "dotfiles" / "x.desktop"
    real.parent.mkdir()
    real.write_text("old")
    link = tmp_path / "x.desktop"
    link.symlink_to(real)
    write(str(link), "new")
    assert link.is_symlink()
    assert real.read_text() == "new"
    assert [each.name for each in real.parent.iterdir()] == ["x.desktop"]
    assert read(str(tmp_path / "none")) is None


def test_bytes_that_are_no_utf8_stay(tmp_path: Path) -> None:
    path = tmp_path / "x.desktop"
    path.write_bytes(b"[Desktop Entry]\nName=\xff\n")
    entries = read(str(path))
    assert entries
    entries.set(MAIN, "Hidden", "true")
    write(str(path), str(entries))
    assert path.read_bytes() == b"[Desktop Entry]\nName=\xff\nHidden=true\n"
