"""What is done once is done once, and never where that cannot be kept."""

from __future__ import annotations

from pathlib import Path

from timer_app.adapters.setup.first_time import is_first_time


def test_once(tmp_path: Path) -> None:
    path = tmp_path / "done"
    assert [is_first_time(str(path)) for _ in range(2)] == [True, False]
    assert path.stat().st_mode & 0o777 == 0o600


def test_not_at_all_where_it_cannot_be_kept(tmp_path: Path) -> None:
    assert not is_first_time(str(tmp_path / "nowhere" / "done"))
