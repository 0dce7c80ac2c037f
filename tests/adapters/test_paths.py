"""Where files are, and that they are the owner's alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from timer_app.adapters.paths import Paths, PathUnusable, app_paths


def all_paths(where: Paths) -> tuple[str, ...]:
    return (
        where.settings, where.journal, where.logs, where.run,
        where.socket, where.instance_lock, where.sender_lock,
    )  # fmt: skip


def test_timer_app_home_holds_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIMER_APP_HOME", str(tmp_path))
    assert all_paths(app_paths()) == (
        f"{tmp_path}/settings.toml",
        f"{tmp_path}/journal.sqlite3",
        f"{tmp_path}/log",
        f"{tmp_path}/run",
        f"{tmp_path}/run/app.sock",
        f"{tmp_path}/run/app.lock",
        f"{tmp_path}/run/sender.lock",
    )


def test_a_short_form_of_timer_app_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("TIMER_APP_HOME", "~/timer")
    assert app_paths().settings == f"{tmp_path}/timer/settings.toml"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TIMER_APP_HOME", "timer")
    assert app_paths().settings == f"{tmp_path}/timer/settings.toml"


def test_the_platforms_own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TIMER_APP_HOME", raising=False)
    for name in ("CONFIG_HOME", "DATA_HOME", "STATE_HOME", "RUNTIME_DIR"):
        folder = tmp_path / name.lower()
        folder.mkdir(mode=0o700)
        monkeypatch.setenv(f"XDG_{name}", str(folder))
    where = app_paths()
    assert (where.settings, where.journal, where.logs, where.run) == (
        f"{tmp_path}/config_home/timer-app/settings.toml",
        f"{tmp_path}/data_home/timer-app/journal.sqlite3",
        f"{tmp_path}/state_home/timer-app/log",
        f"{tmp_path}/state_home/timer-app",
    )
    monkeypatch.delenv("XDG_RUNTIME_DIR")  # cron, su: the same locks, or there are two senders
    assert app_paths().run == where.run


def test_making_one_touches_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIMER_APP_HOME", str(tmp_path / "new"))
    app_paths()
    assert list(tmp_path.iterdir()) == []


def test_folders_are_their_owners_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIMER_APP_HOME", str(tmp_path / "new"))
    before = os.umask(0)
    try:
        app_paths().make()
        app_paths().make()
    finally:
        os.umask(before)
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.rglob("*")}
    assert modes == {"new": 0o700, "log": 0o700, "run": 0o700}


def test_settings_that_an_editor_made_are_their_owners_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIMER_APP_HOME", str(tmp_path / "new"))
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "settings.toml").touch()
    (tmp_path / "new" / "settings.toml").chmod(0o644)
    app_paths().make()
    assert (tmp_path / "new" / "settings.toml").stat().st_mode & 0o777 == 0o600


def test_settings_kept_elsewhere_are_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIMER_APP_HOME", str(tmp_path / "new"))
    (tmp_path / "new").mkdir()
    kept = tmp_path / "kept.toml"
    kept.touch()
    kept.chmod(0o644)
    (tmp_path / "new" / "settings.toml").symlink_to(kept)
    app_paths().make()
    assert kept.stat().st_mode & 0o777 == 0o644


def test_a_part_of_a_path_in_a_folder_that_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    monkeypatch.setenv("TIMER_APP_HOME", "timer")
    with pytest.raises(PathUnusable, match="TIMER_APP_HOME=timer"):
        app_paths()


def test_a_file_in_the_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "run").touch()
    monkeypatch.setenv("TIMER_APP_HOME", str(tmp_path))
    with pytest.raises(PathUnusable) as refused:
        app_paths().make()
    assert (
        str(refused.value)
        == f"The folder {tmp_path}/run cannot be used: a file is where a folder should be."
    )


def test_a_folder_of_another_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIMER_APP_HOME", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    with pytest.raises(PathUnusable) as refused:
        app_paths().make()
    assert str(refused.value) == f"The folder {tmp_path} belongs to another user."


@pytest.mark.parametrize("mode", [0o755, 0o750, 0o775])
def test_a_folder_that_is_there_keeps_its_mode(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int
) -> None:
    home = tmp_path / "mine"
    home.mkdir()
    home.chmod(mode)
    monkeypatch.setenv("TIMER_APP_HOME", str(home))
    app_paths().make()
    assert home.stat().st_mode & 0o7777 == mode
    assert (home / "run").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("mode", [0o1777, 0o777, 0o703])
def test_a_folder_that_everybody_writes_to_is_refused_and_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int
) -> None:
    home = tmp_path / "shared"
    home.mkdir()
    home.chmod(mode)
    monkeypatch.setenv("TIMER_APP_HOME", str(home))
    with pytest.raises(PathUnusable) as refused:
        app_paths().make()
    assert str(refused.value) == (
        f"Everybody can write to the folder {home} (mode {mode:o}), so nothing is kept there."
        f" Choose a folder of your own, such as TIMER_APP_HOME={home}/timer-app."
    )
    assert home.stat().st_mode & 0o7777 == mode
    assert list(home.iterdir()) == []
    monkeypatch.setenv("TIMER_APP_HOME", str(home / "timer-app"))
    app_paths().make()
    assert (home / "timer-app").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("kind", ["file", "pipe", "device"])
def test_a_home_that_is_no_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kind: str
) -> None:
    home = tmp_path / "home"
    if kind == "file":
        home.touch()
    elif kind == "pipe":
        os.mkfifo(home)
    else:
        home.symlink_to("/dev/null")
    monkeypatch.setenv("TIMER_APP_HOME", str(home))
    with pytest.raises(PathUnusable, match="cannot be used: a file is where a folder should be"):
        app_paths()
