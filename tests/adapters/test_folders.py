"""A file that stands where a folder should be is told as that, also on Windows."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.windows_files import windows_error
from timer_app.adapters.entries.journal.connection import connect
from timer_app.adapters.folders import make_folder
from timer_app.adapters.paths import app_paths
from timer_app.adapters.setup.desktop_entry import keyfile
from timer_app.adapters.setup.settings.writer import change
from timer_app.domain.errors import error_message

ERROR_PATH_NOT_FOUND = 3
MAKERS: dict[str, Callable[[str], object]] = {
    "journal": connect,
    "settings": lambda path: change(path, "kaiten.url", "https://acme.kaiten.ru"),
    "desktop entry": lambda path: keyfile.write(path, "new"),
    "home": lambda _: app_paths().make(),
}


@pytest.fixture(autouse=True)
def as_windows_says_it(monkeypatch: pytest.MonkeyPatch) -> None:
    make = os.mkdir

    def mkdir(path: str, mode: int = 0o777) -> None:
        try:
            make(path, mode)
        except NotADirectoryError:
            raise windows_error(ERROR_PATH_NOT_FOUND, errno.ENOENT, path) from None

    monkeypatch.setattr(os, "mkdir", mkdir)


@pytest.mark.parametrize("what", MAKERS)
@pytest.mark.parametrize("between", ["", "folder", "folder/below"])
def test_a_file_above(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, between: str
) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / between
    monkeypatch.setenv("TIMER_APP_HOME", str(folder / "home"))
    with pytest.raises(Exception, match=r".") as refused:
        MAKERS[what](str(folder / "below" / "name"))
    assert "a file is where a folder should be" in str(error_message(refused.value))


def test_a_folder_that_is_removed_meanwhile_is_reported_as_the_system_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(path: str, _mode: int) -> None:
        raise FileNotFoundError(errno.ENOENT, "gone", path)

    monkeypatch.setattr(os, "mkdir", gone)
    with pytest.raises(FileNotFoundError):
        make_folder(str(tmp_path / "new"))


def test_one_that_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    make_folder(str(tmp_path))
    make_folder(str(tmp_path / "new" / "below"))
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file", "new"]
