"""Lock files: one holder at a time, also within a process, and readable by nobody else."""

from __future__ import annotations

import os
import sys
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


@pytest.mark.skipif(sys.platform == "win32", reason="Windows forks no processes")
def test_a_forked_child_does_not_keep_what_was_released(tmp_path: Path) -> None:
    path = str(tmp_path / "a.lock")
    lock = acquire_file_lock(path)
    assert lock is not None
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:  # it has a copy of the open file until it ends
        os.close(writer)
        os.read(reader, 1)
        os._exit(0)
    try:
        lock.release()
        assert not is_locked(path)
    finally:
        os.close(writer)
        os.waitpid(child, 0)
        os.close(reader)
