"""`python -m timer_app.sandbox`: one line, then service, then a clean end."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest

from timer_app.sandbox import Sandbox

Start = Callable[..., Awaitable[tuple[Process, dict[str, Any]]]]


@pytest.fixture
async def start() -> AsyncIterator[Start]:
    """Start the sandbox as a process; answers it and the line it printed."""
    processes: list[Process] = []

    async def run(*options: str) -> tuple[Process, dict[str, Any]]:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "timer_app.sandbox",
            *options,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
        )
        processes.append(process)
        assert process.stdout is not None
        async with asyncio.timeout(30):
            line = await process.stdout.readline()
        return process, json.loads(line) if line else {}

    yield run
    for process in processes:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def _end(process: Process) -> tuple[int | None, bytes, bytes]:
    async with asyncio.timeout(30):
        out, err = await process.communicate()
    return process.returncode, out, err


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_it_serves_until_a_signal(start: Start, number: int) -> None:
    process, line = await start("--seed-demo")
    assert set(line) == {
        "timecrowd_url",
        "kaiten_url",
        "timecrowd_token",
        "kaiten_token",
        "team_id",
        "category_id",
        "card_ids",
        "card_key",
        "archived_card_id",
        "forbidden_card_id",
    }
    async with httpx.AsyncClient(trust_env=False) as client:
        timecrowd = {"Authorization": f"Bearer {line['timecrowd_token']}"}
        entries = await client.get(
            f"{line['timecrowd_url']}/api/v1/user/time_entries", headers=timecrowd
        )
        kaiten = {"Authorization": f"Bearer {line['kaiten_token']}"}
        card = await client.get(
            f"{line['kaiten_url']}/api/latest/cards/{line['card_key']}", headers=kaiten
        )
    assert (len(entries.json()), card.json()["id"]) == (6, line["card_ids"][1])
    process.send_signal(number)
    assert await _end(process) == (0, b"", b"")


async def test_it_ends_when_stdin_closes(start: Start) -> None:
    process, line = await start("--until-stdin-closes")
    async with httpx.AsyncClient(trust_env=False) as client:
        await client.post(
            f"{line['kaiten_url']}/_sandbox/faults", json={"kind": "hang_after_commit"}
        )
        hanging = asyncio.create_task(client.get(f"{line['kaiten_url']}/api/latest/user-roles"))
        await client.get(f"{line['kaiten_url']}/_sandbox/wait")
        assert process.stdin is not None
        process.stdin.close()
        assert await _end(process) == (0, b"", b"")
        with pytest.raises(httpx.TransportError):
            await hanging


async def test_ports_may_be_chosen_and_a_taken_one_is_said(start: Start) -> None:
    async with Sandbox() as sandbox:
        port = sandbox.kaiten_url.rpartition(":")[2]
        process, line = await start("--kaiten-port", port)
        code, _, err = await _end(process)
    assert (line, code) == ({}, 1)
    assert b"cannot listen" in err
    again, line = await start("--kaiten-port", port)
    assert line["kaiten_url"] == f"http://127.0.0.1:{port}"
    again.terminate()
    assert (await _end(again))[0] == 0
