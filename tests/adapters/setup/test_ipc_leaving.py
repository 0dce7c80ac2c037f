"""A client that leaves before its answer: what it only reads for is broken off."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from timer_app.adapters.setup.ipc.server import IpcServer
from timer_app.services.background_tasks import TaskFactory

pytestmark = pytest.mark.qasync


@pytest.mark.parametrize(
    ("command", "words", "is_broken_off"),
    [
        ("sync", {"from": "2026-01-01"}, True),
        ("sync", {}, False),
        ("start", {"from": "2026-01-01"}, False),
    ],
)
async def test_the_client_leaves(
    tmp_path: Path,
    command: str,
    words: dict[str, str],
    is_broken_off: bool,  # noqa: FBT001 - a case of the table
) -> None:
    began, go_on, ended = asyncio.Event(), asyncio.Event(), list[str]()

    async def handle(name: str, given: Mapping[str, str]) -> dict[str, object]:
        del given
        began.set()
        try:
            await go_on.wait()
            ended.append(name)
        except asyncio.CancelledError:
            ended.append("broken off")
            raise
        return {"exit": 0, "document": None, "messages": []}

    tasks: list[asyncio.Task[None]] = []

    def spawn(work: TaskFactory) -> asyncio.Task[None]:
        tasks.append(asyncio.get_running_loop().create_task(work()))
        return tasks[-1]

    server = IpcServer(handle, spawn)
    path = str(tmp_path / "app.sock")
    await server.listen(path)
    _, writer = await asyncio.open_unix_connection(path)
    request = {"version": 1, "command": command, "words": words}
    writer.write(json.dumps(request).encode() + b"\n")
    await began.wait()
    writer.close()
    await writer.wait_closed()
    if not is_broken_off:
        go_on.set()
    async with asyncio.timeout(10):
        assert await asyncio.gather(*tasks) == [None]
    assert ended == ["broken off" if is_broken_off else command]
    server.close()
