"""More clients than the app's named pipe has instances: they wait, and no longer than they may.

Both ends are real, so this file has a test on Windows only (`make windows`); test_pipe_client plays
the system.
"""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import _winapi
    import asyncio
    from collections.abc import Iterator, Mapping
    from contextlib import contextmanager
    from pathlib import Path

    import pytest

    from timer_app.adapters.setup.ipc.client import AppError, send_request
    from timer_app.adapters.setup.ipc.server import IpcServer
    from timer_app.services.background_tasks import TaskFactory

    pytestmark = pytest.mark.qasync

    _PIPE_BUSY = 231

    def _open(name: str) -> int | None:
        """One more client; None where no instance is left."""
        try:
            return _winapi.CreateFile(
                name, _winapi.GENERIC_READ | _winapi.GENERIC_WRITE, 0, _winapi.NULL,
                _winapi.OPEN_EXISTING, _winapi.FILE_FLAG_OVERLAPPED, _winapi.NULL,
            )  # fmt: skip
        except OSError as error:
            if error.winerror != _PIPE_BUSY:
                raise
            return None

    @contextmanager
    def _all_instances(path: str) -> Iterator[None]:
        """Clients that connect and say nothing, until nobody else can."""
        name = Path(path).read_text(encoding="ascii")
        handles: list[int] = []
        try:
            while (handle := _open(name)) is not None:
                handles.append(handle)
                assert len(handles) < 300, "the pipe has instances without end"
            yield
        finally:
            for each in handles:
                _winapi.CloseHandle(each)

    async def test_a_client_waits_for_an_instance_and_not_without_end(tmp_path: Path) -> None:
        async def handle(name: str, _: Mapping[str, str]) -> dict[str, object]:
            return {"version": 1, "exit": 0, "document": name, "messages": []}

        tasks: list[asyncio.Task[None]] = []

        def spawn(work: TaskFactory) -> asyncio.Task[None]:
            tasks.append(asyncio.get_running_loop().create_task(work()))
            return tasks[-1]

        path = str(tmp_path / "app.sock")
        server = IpcServer(handle, spawn)
        await server.listen(path)
        try:
            with _all_instances(path):
                with pytest.raises(AppError, match=r"Timer App is busy. Try again in a moment\."):
                    send_request(path, "status", {}, 0.3)  # holds the loop: the app hangs
                answers = await asyncio.gather(
                    *(asyncio.to_thread(send_request, path, "status", {}, 30) for _ in range(20))
                )
            assert [each["document"] for each in answers] == ["status"] * 20
        finally:
            server.close()
            await asyncio.gather(*tasks)
