"""The file is seen to change, however it is changed, and other files are not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from timer_app.adapters.setup.settings.watcher import SettingsWatcher
from timer_app.adapters.setup.settings.writer import change


class Told(QObject):
    """Hears of changes."""

    told = Signal()


@pytest.fixture
def told(qapp: object) -> Told:
    """Who hears of changes."""
    assert qapp
    return Told()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The file, which is not there yet."""
    return tmp_path / "settings.toml"


@pytest.fixture
def watch(file: Path, told: Told) -> Iterator[SettingsWatcher]:
    """Watches it."""
    watch = SettingsWatcher(str(file), told.told.emit)
    yield watch
    watch.close()


@pytest.mark.usefixtures("watch")
def test_made_written_over_replaced_and_removed(qtbot: QtBot, file: Path, told: Told) -> None:
    with qtbot.waitSignal(told.told):
        file.write_text("[time]\n")
    with qtbot.waitSignal(told.told):
        file.write_text("[time]\n# mine\n")
    for value in ("up", "down", "carry"):  # each ends the watch of the file itself
        with qtbot.waitSignal(told.told):
            change(str(file), "time.rounding", value)
    with qtbot.waitSignal(told.told):
        file.write_text("")
    with qtbot.waitSignal(told.told):
        file.unlink()


@pytest.mark.usefixtures("watch")
def test_where_a_link_leads(qtbot: QtBot, file: Path, told: Told, tmp_path: Path) -> None:
    elsewhere = tmp_path / "dotfiles"
    elsewhere.mkdir()
    (elsewhere / "mine.toml").write_text("")
    with qtbot.waitSignal(told.told):
        file.symlink_to(elsewhere / "mine.toml")
    with qtbot.waitSignal(told.told):
        change(str(file), "time.rounding", "up")
    assert file.is_symlink()


def test_other_files_are_not_its_business(
    qtbot: QtBot, watch: SettingsWatcher, told: Told, file: Path
) -> None:
    heard: list[None] = []
    told.told.connect(lambda: heard.append(None))
    with qtbot.waitSignal(watch._debounce.timeout):
        (file.parent / "journal.sqlite3-wal").write_text("x")
    assert heard == []
