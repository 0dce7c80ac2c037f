"""The app's socket, served for real in this process: whatever comes, it answers and lives."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.security.support import refusal
from timer_app.adapters.setup.ipc import MAX_LINE_BYTES
from timer_app.adapters.setup.ipc.server import InvalidRequest, IpcServer, _parse_request
from timer_app.services.background_tasks import TaskFactory

pytestmark = pytest.mark.qasync

GOOD = b'{"version": 1, "command": "status", "words": {}}\n'
GARBAGE = [
    b"\n", b"\0\n", b"{}\n", b"[]\n", b"null\n", b"1\n", b'"x"\n', b"\xff\xfe\n",
    b"{" * 50_000 + b"\n",
    b'{"version": 1, "command": {}}\n', b'{"version": 1, "command": "x", "words": []}\n',
    b'{"version": 1, "command": "x", "words": {"a": null}}\n', b'{"version": 1e999}\n',
    b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", b"9" * 5000 + b"\n", b"x" * (MAX_LINE_BYTES + 10),
    b'{"version": true, "command": "\\ud800"}\n',
]  # fmt: skip


@asynccontextmanager
async def serving(folder: Path) -> AsyncIterator[str]:
    """The path of a served socket, whose commands answer with their own name."""

    async def handle(command: str, words: Mapping[str, str]) -> dict[str, object]:
        return {"exit": 0, "document": [command, dict(words)], "messages": []}

    tasks: set[asyncio.Task[None]] = set()

    def spawn(work: TaskFactory) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work())
        tasks.add(task)
        return task

    server = IpcServer(handle, spawn)
    path = str(folder / "app.sock")
    await server.listen(path)
    try:
        yield path
    finally:
        server.close()
        for result in await asyncio.gather(*tasks, return_exceptions=True):
            assert result is None, result  # no command and no garbage ended a task by an error


async def say(path: str, *pieces: bytes) -> dict[str, object]:
    """What is answered to these bytes, each piece sent by itself."""
    reader, writer = await asyncio.open_unix_connection(path, limit=2 * MAX_LINE_BYTES)
    for piece in pieces:
        writer.write(piece)
        await writer.drain()
    answer = json.loads(await reader.readline())
    writer.close()
    assert isinstance(answer, dict)
    return answer


@pytest.mark.parametrize("data", GARBAGE, ids=range(len(GARBAGE)))
async def test_garbage_is_refused_and_the_next_is_served(tmp_path: Path, data: bytes) -> None:
    async with serving(tmp_path) as path:
        assert (await say(path, data))["exit"] == 2
        assert (await say(path, GOOD))["exit"] == 0


async def test_a_request_byte_by_byte(tmp_path: Path) -> None:
    async with serving(tmp_path) as path:
        answer = await say(path, *(bytes([each]) for each in GOOD))
        assert answer["document"] == ["status", {}]


async def test_half_a_line_holds_up_nobody(tmp_path: Path) -> None:
    async with serving(tmp_path) as path:
        halves = [await asyncio.open_unix_connection(path) for _ in range(50)]
        for _, writer in halves:
            writer.write(GOOD[:20])
        assert (await say(path, GOOD))["exit"] == 0
        for _, writer in halves:
            writer.close()  # and leave it at that
        assert (await say(path, GOOD))["exit"] == 0


async def test_many_at_once_each_get_their_own_answer(tmp_path: Path) -> None:
    async with serving(tmp_path) as path:

        def request(number: int) -> bytes:
            return json.dumps({"version": 1, "command": str(number)}).encode() + b"\n"

        answers = await asyncio.gather(*(say(path, request(number)) for number in range(100)))
        assert [answer["document"] for answer in answers] == [[str(n), {}] for n in range(100)]


async def test_what_comes_after_the_line_is_no_second_request(tmp_path: Path) -> None:
    async with serving(tmp_path) as path:
        reader, writer = await asyncio.open_unix_connection(path)
        writer.write(GOOD * 1000)
        assert len((await reader.read()).splitlines()) == 1
        writer.close()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    line=st.one_of(
        st.binary(),
        st.recursive(
            st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text()),
            lambda inner: st.dictionaries(
                st.sampled_from(["version", "command", "words", "a"]), inner
            ),
        ).map(lambda value: json.dumps(value).encode()),
    )
)
async def test_any_line_is_a_request_or_a_bad_one(line: bytes) -> None:
    read: list[tuple[str, dict[str, str]]] = []
    refusal(lambda: read.append(_parse_request(line)), InvalidRequest)
    for command, words in read:
        assert isinstance(command, str)
        assert all(isinstance(word, str) for word in words.values())
