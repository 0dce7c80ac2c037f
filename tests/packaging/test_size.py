"""What is built may not be larger than its limit."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.environment import ROOT

SIZE = ROOT / "packaging" / "bundle" / "size.py"


def _ended(kind: str, path: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SIZE), kind, str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def _file(path: Path, size: int) -> Path:
    """A file of so many bytes, of which the disk keeps none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.truncate(size)
    return path


@pytest.mark.parametrize(
    ("kind", "most"),
    [("linux-bundle", 90), ("deb", 35), ("windows-bundle", 95), ("windows-installer", 35)],
)
def test_a_package_may_be_as_large_as_its_limit_and_no_larger(
    kind: str, most: int, tmp_path: Path
) -> None:
    assert _ended(kind, _file(tmp_path / "at", most * 1_000_000)).returncode == 0
    ended = _ended(kind, _file(tmp_path / "above", most * 1_000_000 + 1))
    assert ended.returncode == 1
    assert f"of {most} at most" in ended.stdout


def test_all_files_of_a_folder_count(tmp_path: Path) -> None:
    _file(tmp_path / "folder" / "program", 50_000_000)
    _file(tmp_path / "folder" / "lib" / "deep" / "library", 40_000_000)
    assert "90.0 MB" in _ended("linux-bundle", tmp_path / "folder").stdout
    _file(tmp_path / "folder" / "lib" / "more", 1)
    assert _ended("linux-bundle", tmp_path / "folder").returncode == 1


@pytest.mark.parametrize(
    ("recipe", "kinds"),
    [
        ("bundle/build.sh", ["linux-bundle"]),
        ("deb/build.sh", ["deb"]),
        ("windows/build.ps1", ["windows-bundle", "windows-installer"]),
    ],
)
def test_each_recipe_asks_for_it(recipe: str, kinds: list[str]) -> None:
    text = (ROOT / "packaging" / recipe).read_text(encoding="utf-8")
    for kind in kinds:
        assert f"size.py {kind} " in text.replace("\\", "/").replace('"', "")
