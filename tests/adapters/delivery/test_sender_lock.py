"""The lock: one at a time, freed when its holder is done; tests/services has real processes."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

import timer_app.adapters.delivery.sender_lock as sender_lock_module
from timer_app.adapters.delivery.sender_lock import sender_lock, try_sender_lock


def test_one_at_a_time(tmp_path: Path) -> None:
    path = str(tmp_path / "lock")
    first = try_sender_lock(path)
    assert first
    assert try_sender_lock(path) is None
    first.release()
    second = try_sender_lock(path)
    assert second
    second.release()
    if sys.platform != "win32":  # there the folder's owner decides
        assert Path(path).stat().st_mode & 0o777 == 0o600


async def test_a_turn_waits_for_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender_lock_module, "RETRY_SECONDS", 0)
    path, happened = str(tmp_path / "lock"), list[str]()

    async def take(name: str, may_end: asyncio.Event) -> None:
        async with sender_lock(path):
            happened.append(f"{name} begins")
            await may_end.wait()
            happened.append(f"{name} ends")

    ends = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(take("first", ends))
        for _ in range(20):
            await asyncio.sleep(0)
        group.create_task(take("second", ends))
        for _ in range(20):
            await asyncio.sleep(0)
        assert happened == ["first begins"]
        ends.set()
    assert happened == ["first begins", "first ends", "second begins", "second ends"]


async def test_freed_by_an_error_and_by_giving_up(tmp_path: Path) -> None:
    path = str(tmp_path / "lock")
    with pytest.raises(ZeroDivisionError):
        async with sender_lock(path):
            raise ZeroDivisionError
    async with sender_lock(path):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0), sender_lock(path):
                pass
    lock = try_sender_lock(path)
    assert lock
    lock.release()
