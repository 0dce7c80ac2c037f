"""The version, found without the weight of importlib.metadata."""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from timer_app.version import own_version


def test_it_is_that_of_the_metadata() -> None:
    assert own_version() == version("timer-app")


def test_it_is_found_where_no_folder_is_named_by_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a zip file, or an egg."""
    metadata = tmp_path / "timer_app.egg-info"
    metadata.mkdir()
    (metadata / "PKG-INFO").write_text("Metadata-Version: 2.1\nName: timer-app\nVersion: 7.8\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path), str(tmp_path / "none")])
    assert own_version() == "7.8"
