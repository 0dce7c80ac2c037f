"""The file that keeps where windows are."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from timer_app.adapters.setup.window_file import WindowFile


def test_each_window_has_a_place_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "windows.json"
    file = WindowFile(str(path))
    assert file.load("panel") is None
    file.save("panel", (1, 2, 300, 400))
    file.save("history", (-5, 0, 900, 700))
    assert WindowFile(str(path)).load("panel") == (1, 2, 300, 400)
    assert WindowFile(str(path)).load("history") == (-5, 0, 900, 700)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["windows.json"]


@pytest.mark.parametrize(
    "text",
    ["", "[]", "nonsense", "\ufeff{}", '{"panel": 1}', '{"panel": [1, 2, 3]}',
     '{"panel": [1, 2, 3, "4"]}', '{"panel": [1, 2, 3, 1e400]}', '{"panel": [true, 2, 3, 4]}',
     '{"panel": [1, 2, 3, 99999999999999]}', "[" * 100_000],
)  # fmt: skip
def test_a_file_that_cannot_be_read_counts_as_none_and_is_written_anew(
    tmp_path: Path, text: str
) -> None:
    path = tmp_path / "windows.json"
    path.write_text(text, encoding="utf-8")
    file = WindowFile(str(path))
    assert file.load("panel") is None
    file.save("panel", (1, 2, 3, 4))
    assert json.loads(path.read_text()) == {"panel": [1, 2, 3, 4]}


def test_a_folder_that_cannot_be_written_costs_nothing(tmp_path: Path) -> None:
    """A file where the folder should be: root, too, cannot write there."""
    (tmp_path / "run").write_text("")
    WindowFile(str(tmp_path / "run" / "windows.json")).save("panel", (1, 2, 3, 4))
    assert (tmp_path / "run").read_text() == ""


def test_a_folder_that_is_gone_costs_nothing(tmp_path: Path) -> None:
    WindowFile(str(tmp_path / "gone" / "windows.json")).save("panel", (1, 2, 3, 4))
