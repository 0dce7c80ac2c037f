"""Lock files: one holder at a time, also within a process, and readable by nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest

from timer_app.adapters.file_lock import acquire_file_lock, is_locked


def test_one_at_a_time(tmp_path: Path) -> None:
    path = str(tmp_path / "a.lock")
    lock = acquire_file_lock(path)
    assert lock is not None
    assert is_locked(path)
    assert acquire_file_lock(path) is None
    lock.release()
    assert not is_locked(path)


def test_it_is_the_owners_and_needs_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "a.lock"
    lock = acquire_file_lock(str(path))
    assert lock is not None
    lock.release()
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileNotFoundError):
        acquire_file_lock(str(tmp_path / "nowhere" / "a.lock"))
    assert not is_locked(str(tmp_path / "nowhere" / "a.lock"))
