"""What starts this installation again, tomorrow too."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.adapters.setup.desktop_entry.support import program_at
from timer_app.adapters.setup.desktop_entry.launch_command import is_executable, launch_command
from timer_app.adapters.setup.desktop_entry.xdg_dirs import xdg_dirs


def test_as_it_was_called_links_and_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program_at(tmp_path / "venv" / "timer-app")
    link = tmp_path / "bin" / "timer-app"
    link.parent.mkdir()
    link.symlink_to(tmp_path / "venv" / "timer-app")
    monkeypatch.setattr(sys, "argv", [str(link)])
    assert launch_command() == (str(link),)
    monkeypatch.chdir(link.parent)
    monkeypatch.setattr(sys, "argv", ["timer-app"])
    assert launch_command() == (str(link),)


def test_as_a_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", [str(tmp_path / "timer_app" / "__main__.py")])
    python = program_at(tmp_path / "python3")[0]
    monkeypatch.setattr(sys, "executable", python)
    assert launch_command() == (python, "-m", "timer_app")
    beside = program_at(tmp_path / "timer-app")
    assert launch_command() == beside


def test_packed_into_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert launch_command() == (sys.executable,)
    monkeypatch.setenv("APPIMAGE", "/apps/Timer App.AppImage")
    assert launch_command() == ("/apps/Timer App.AppImage",)


def test_whether_it_can_be_started(tmp_path: Path) -> None:
    command = program_at(tmp_path / "timer-app")
    assert is_executable(command)
    assert is_executable(("sh", "-c", "x"))
    Path(command[0]).chmod(0o600)
    assert not is_executable(command)
    assert not is_executable((str(tmp_path),))
    assert not is_executable(("no-such-program",))
    assert not is_executable(())


def test_folders_as_the_environment_says() -> None:
    here = xdg_dirs({"HOME": "/home/me", "XDG_CONFIG_HOME": "relative", "XDG_DATA_DIRS": "/a:b:/c",
                    "XDG_CURRENT_DESKTOP": "ubuntu:GNOME"})  # fmt: skip
    assert (here.config, here.data) == ("/home/me/.config", "/home/me/.local/share")
    assert here.system_data == ("/a", "/c")
    assert here.system_config == ("/etc/xdg",)
    assert here.desktops == ("ubuntu", "gnome")
