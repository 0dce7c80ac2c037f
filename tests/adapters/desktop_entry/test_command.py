"""What starts this installation again, tomorrow too."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.adapters.desktop_entry.support import program_at
from timer_app.adapters.desktop_entry.command import is_there, own_command
from timer_app.adapters.desktop_entry.folders import folders


def test_as_it_was_called_links_and_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program_at(tmp_path / "venv" / "timer-app")
    link = tmp_path / "bin" / "timer-app"
    link.parent.mkdir()
    link.symlink_to(tmp_path / "venv" / "timer-app")
    monkeypatch.setattr(sys, "argv", [str(link)])
    assert own_command() == (str(link),)
    monkeypatch.chdir(link.parent)
    monkeypatch.setattr(sys, "argv", ["timer-app"])
    assert own_command() == (str(link),)


def test_as_a_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", [str(tmp_path / "timer_app" / "__main__.py")])
    python = program_at(tmp_path / "python3")[0]
    monkeypatch.setattr(sys, "executable", python)
    assert own_command() == (python, "-m", "timer_app")
    beside = program_at(tmp_path / "timer-app")
    assert own_command() == beside


def test_packed_into_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert own_command() == (sys.executable,)
    monkeypatch.setenv("APPIMAGE", "/apps/Timer App.AppImage")
    assert own_command() == ("/apps/Timer App.AppImage",)


def test_whether_it_can_be_started(tmp_path: Path) -> None:
    command = program_at(tmp_path / "timer-app")
    assert is_there(command)
    assert is_there(("sh", "-c", "x"))
    Path(command[0]).chmod(0o600)
    assert not is_there(command)
    assert not is_there((str(tmp_path),))
    assert not is_there(("no-such-program",))
    assert not is_there(())


def test_folders_as_the_environment_says() -> None:
    here = folders({"HOME": "/home/me", "XDG_CONFIG_HOME": "relative", "XDG_DATA_DIRS": "/a:b:/c",
                    "XDG_CURRENT_DESKTOP": "ubuntu:GNOME"})  # fmt: skip
    assert (here.config, here.data) == ("/home/me/.config", "/home/me/.local/share")
    assert here.system_data == ("/a", "/c")
    assert here.system_config == ("/etc/xdg",)
    assert here.desktops == ("ubuntu", "gnome")
