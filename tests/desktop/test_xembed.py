"""A real mouse on a real screen: the older kind of tray, menus, keys, screenshots."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.desktop import MIDDLE, RIGHT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.conftest import StartProcess
    from tests.support.desktop import Desktop
    from tests.support.process import Process

SAMPLE = [sys.executable, "-m", "tests.desktop.programs.sample_tray"]
TYPED = """
import sys
from PySide6.QtWidgets import QApplication, QLineEdit
app = QApplication(sys.argv)
field = QLineEdit()
field.setWindowTitle("Type here")
field.returnPressed.connect(lambda: (print("typed", field.text(), flush=True), field.close()))
field.show()
app.exec()
"""


@pytest.fixture
def sample(
    trayer: object, start_process: StartProcess, desktop_environment: Mapping[str, str]
) -> Process:
    """The sample program in trayer's tray: its bus has no tray host."""
    assert trayer
    return start_process(SAMPLE, env=desktop_environment)


def test_a_mouse_click_arrives(desktop: Desktop, sample: Process) -> None:
    icon = desktop.wait_tray_icon(pid=sample.pid)
    desktop.click(icon.centre)
    sample.wait_line("^activated Trigger$")
    desktop.click(icon.centre, MIDDLE)
    sample.wait_line("^activated MiddleClick$")


def test_the_menu_is_used_with_mouse_and_keys(desktop: Desktop, sample: Process) -> None:
    icon = desktop.wait_tray_icon(pid=sample.pid)
    desktop.click(icon.centre, RIGHT)
    menu = desktop.wait_popup(pid=sample.pid)
    desktop.key("Down", "Return")
    sample.wait_line("^clicked Start$")
    desktop.wait_gone(menu)


def test_a_picture_is_taken(desktop: Desktop, sample: Process, tmp_path: Path) -> None:
    desktop.wait_tray_icon(pid=sample.pid)
    picture = desktop.screenshot(tmp_path / "screen.png")
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_a_window_is_found_and_typed_into(
    desktop: Desktop, start_process: StartProcess, desktop_environment: Mapping[str, str]
) -> None:
    program = start_process([sys.executable, "-c", TYPED], env=desktop_environment)
    window = desktop.wait_window("Type here", pid=program.pid)
    desktop.click(window.centre)
    desktop.wait_active(window)
    desktop.type("Task ")
    desktop.paste("Задача 時間")
    desktop.key("Return")
    assert program.wait_line("typed (.*)")[1] == "Task Задача 時間"
    desktop.wait_gone(window)
