"""The core in this process: what a click costs, and what a million entries add to it."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from tests.bench.budgets import Figure
from tests.bench.taking_turns import NotMeasuredError, in_turns
from tests.support.services import START, STOP, Services
from tests.support.whole_app import settings_text
from timer_app.adapters.entries.journal.message_json import message_to_json
from timer_app.adapters.http.rate_limiter import RateLimiter
from timer_app.adapters.http.trust import make_ssl_context
from timer_app.adapters.paths import Paths
from timer_app.adapters.setup.cached_secrets import FixedSecrets
from timer_app.bootstrap.core import Core, make_core
from timer_app.domain.delivery.service_messages import RecordEntry
from timer_app.domain.entries.entry import Source
from timer_app.domain.entries.task import Task
from timer_app.domain.service import Service

MILLION = 1_000_000
WEEK = 140
"""Entries of the last seven days, the same in both journals: twenty a day."""
_NOBODY = "http://127.0.0.1:9"
_TASK = Task("A task")
WORKING = ("GET", "/working_users$")


def _places(folder: Path, timecrowd: str = _NOBODY, kaiten: str = _NOBODY) -> Paths:
    (folder / "settings.toml").write_text(settings_text(timecrowd, kaiten))
    names = ("settings.toml", "journal.sqlite3", "log", "run")
    return Paths(*(str(folder / name) for name in names))


@contextmanager
def core_in(folder: Path) -> Iterator[Core]:
    """A core on a folder's files, told to nobody."""
    core = make_core(_places(folder), FixedSecrets({}))
    try:
        yield core
    finally:
        core.journal.close()


@contextmanager
def _folder() -> Iterator[Path]:
    with TemporaryDirectory(prefix="timer-app-bench-") as name:
        yield Path(name)


def ms(work: Callable[[], object]) -> float:
    """How long it takes."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


# -- a click


def click_commit(rounds: int) -> dict[str, Figure]:
    """Click after click, each beside a bare commit of one row."""
    with _folder() as folder, core_in(folder) as core, _bare_commit() as commit:
        core.timer.start(_TASK, Source.CLICK)

        def click() -> None:
            core.timer.toggle(Source.CLICK)

        return {"click-commit": in_turns(lambda: ms(click), lambda: ms(commit), rounds * 20)}


@contextmanager
def _bare_commit() -> Iterator[Callable[[], object]]:
    """One row in a table of two columns, on the disk when the call returns."""
    with _folder() as folder:
        path = folder / "bare.sqlite3"
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("CREATE TABLE a (b INTEGER, c TEXT)")
            yield lambda: connection.execute("INSERT INTO a VALUES (1, 'as long as one of ours')")


def click_request(rounds: int) -> dict[str, Figure]:
    """From a click until the stand-in begins to deal with its request."""
    with _folder() as folder, Services() as services, _bare_commit() as commit:
        services.sandbox.rate.limit = 1000
        pairs = asyncio.run(_click_request(folder, services, commit, rounds * 2))
    ours, bare = (iter(each) for each in zip(*pairs, strict=True))
    return {"click-request": in_turns(lambda: next(ours), lambda: next(bare), rounds * 2)}


async def _click_request(
    folder: Path, services: Services, commit: Callable[[], object], rounds: int
) -> list[tuple[float, float]]:
    import httpx

    sandbox = services.sandbox
    tokens = FixedSecrets(
        {Service.TIMECROWD: sandbox.timecrowd_token, Service.KAITEN: sandbox.kaiten_token}
    )
    core = make_core(_places(folder, services.timecrowd_url, services.kaiten_url), tokens)
    core.connections.rate_limiters.update((each, RateLimiter(1000)) for each in Service)
    quitting = asyncio.Event()
    sending = asyncio.create_task(core.sender.run(quitting))
    origin = services.timecrowd_url
    headers = {"Authorization": f"Bearer {sandbox.timecrowd_token}"}
    form = {"task": {"key": "B", "parent_id": "36543", "team_id": "11609", "title": "B"}}
    pairs = []
    limits = httpx.Limits(max_keepalive_connections=0)
    async with httpx.AsyncClient(
        verify=make_ssl_context(""), headers=headers, limits=limits
    ) as client:
        for _ in range(rounds + 1):
            began = datetime.now(UTC)
            core.timer.start(_TASK, Source.CLICK)
            await core.sender.wait_until_idle()
            click = _since(began, services)
            core.timer.stop()
            await core.sender.wait_until_idle()
            began = datetime.now(UTC)
            commit()
            commit()
            answer = await client.post(f"{origin}/api/v1/time_entries", json=form)
            pairs.append((click, _since(began, services)))
            await client.patch(f"{origin}/api/v1/time_entries/{answer.json()['id']}/stop")
    quitting.set()
    await sending
    await core.close()
    assert services.count(STOP) == services.count(START) == 2 * (rounds + 1)
    return pairs


def _since(began: datetime, services: Services) -> float:
    (*_, latest) = services.do(lambda: services.sandbox.timecrowd.requests.matching(*START))
    return (latest.at - began) / timedelta(milliseconds=1)


# -- a look at what other devices do


def poll(rounds: int = 200) -> dict[str, Figure]:
    """CPU time of the app's thread for each look while an entry runs.

    They come a minute apart, when no connection is kept any more: each makes a new one.
    """
    with _folder() as folder, Services() as services:
        services.sandbox.rate.limit = 1_000_000
        with patch("timer_app.adapters.http.http_clients.KEEPALIVE", timedelta(0)):
            return {"poll": Figure(asyncio.run(_poll_ms(folder, services, rounds)))}


async def _poll_ms(folder: Path, services: Services, rounds: int) -> float:
    sandbox = services.sandbox
    tokens = FixedSecrets(
        {Service.TIMECROWD: sandbox.timecrowd_token, Service.KAITEN: sandbox.kaiten_token}
    )
    core = make_core(_places(folder, services.timecrowd_url, services.kaiten_url), tokens)
    core.connections.rate_limiters.update((each, RateLimiter(1_000_000)) for each in Service)
    quitting = asyncio.Event()
    sending = asyncio.create_task(core.sender.run(quitting))
    core.timer.start(_TASK, Source.CLICK)
    await core.sender.wait_until_idle()
    asked = services.count(WORKING)
    began = time.thread_time()
    for _ in range(rounds):
        core.remote_sync.request()
        core.sender.wake()
        await asyncio.sleep(0)
        await core.sender.wait_until_idle()
    spent = (time.thread_time() - began) * 1000 / rounds
    if services.count(WORKING) - asked < rounds:
        raise NotMeasuredError(f"{services.count(WORKING) - asked} looks, not {rounds}")
    quitting.set()
    await sending
    await core.close()
    return spent


# -- a million entries


def million(rounds: int, entries: int = MILLION) -> dict[str, Figure]:
    """Start, today's total, a click and a week, beside the same without the million."""
    with _folder() as many, _folder() as few:
        for folder, more in ((many, entries), (few, 0)):
            with core_in(folder) as core:
                fill(core.journal.connection, more)
        figures = {"million-start": in_turns(lambda: _open(many), lambda: _open(few), rounds * 4)}
        with core_in(many) as ours, core_in(few) as yardstick:
            for name, work in (
                ("million-today", lambda core: core.status()),
                ("million-insert", _start_and_stop),
                ("million-week", _week),
            ):
                figures[name] = in_turns(
                    lambda work=work: ms(lambda: work(ours)),  # type: ignore[misc]
                    lambda work=work: ms(lambda: work(yardstick)),  # type: ignore[misc]
                    rounds * 20,
                )
        return figures


def _open(folder: Path) -> float:
    from timer_app.services.setup.desktop_status import DesktopStatus
    from timer_app.tray.status import ViewBuilder

    began = time.perf_counter()
    with core_in(folder) as core:
        ViewBuilder(core).view(DesktopStatus())
        return (time.perf_counter() - began) * 1000


def _start_and_stop(core: Core) -> None:
    core.timer.start(_TASK, Source.CLICK)
    core.timer.stop()


def _week(core: Core) -> None:
    today = core.timer.today()
    found = list(core.journal.entries(today - timedelta(days=7), today - timedelta(days=1)))
    assert len(found) == WEEK


def fill(journal: sqlite3.Connection, many: int) -> None:
    """A working week of yesterday and before, and so many entries of the years before it."""
    midnight = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    noon = int(midnight.timestamp()) + 12 * 3600
    journal.execute("BEGIN")
    journal.executemany(
        "INSERT INTO task (id, key, title, used_at) VALUES (?, ?, ?, ?)",
        ((n, f"old {n}", f"old {n}", n) for n in range(1, 501)),
    )
    starts = [noon - (1 + n % 7) * 86_400 + 600 * (n // 7) for n in range(WEEK)]
    _insert(journal, "week", starts)
    _insert(journal, "old", [noon - 10 * 86_400 - 300 * n for n in range(many)])
    journal.execute("COMMIT")
    journal.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _insert(journal: sqlite3.Connection, name: str, starts: list[int]) -> None:
    journal.executemany(
        "INSERT INTO entry (id, task_id, comment, source, started_at, stopped_at)"
        " VALUES (?, ?, '', 'cli', ?, ?)",
        ((f"{name}{n}", n % 500 + 1, at, at + 240) for n, at in enumerate(starts)),
    )
    journal.executemany(
        "INSERT INTO stretch VALUES (?, ?, 240, NULL)",
        (
            (f"{name}{n}", datetime.fromtimestamp(at).astimezone().date().isoformat())
            for n, at in enumerate(starts)
        ),
    )
    at = datetime(2026, 1, 1, tzinfo=UTC)
    message = message_to_json(RecordEntry(_TASK, at, at + timedelta(minutes=4)))
    journal.executemany(
        "INSERT INTO delivery (entry_id, service, kind, message, state)"
        " VALUES (?, 'timecrowd', 'entry', ?, 'done')",
        ((f"{name}{n}", message) for n in range(len(starts))),
    )
