"""Whether the tray app grows over a month of use, lived in minutes.

    python -m tests.bench.month [--days N] [--clicks N] [--polls N] [--windows N]

The real tray app, on a screen that nobody sees, with stand-ins of both services in a process of
their own that answer as fast as they are asked. Each day has its share of the clicks, of the looks
at what other devices did, and of the openings of every window. Then the clocks of both go on to the
next day, and what the process holds is noted. Exit code 1 if the last day ended with 5 % more
private memory than the first, or with more objects, widgets or descriptors.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
import time_machine
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from tests.support.whole_app import settings_text
from timer_app.adapters.http.rate_limiter import RateLimiter
from timer_app.adapters.paths import Paths
from timer_app.adapters.setup.cached_secrets import FixedSecrets
from timer_app.domain.service import Service
from timer_app.tray.lifecycle import TrayApp
from timer_app.ui.event_loop import EventLoop
from timer_app.ui.linecache_guard import install_linecache_guard

MEMORY_GROWTH = 1.05
OBJECT_GROWTH = 1.02
"""By how much the last day may hold more objects than the first."""
KEPT = 4
"""Connections that may be there for the next question: two of each service."""
_NO_LIMIT = 1_000_000
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Month:
    """How much is done in how many days."""

    days: int
    clicks: int
    polls: int
    windows: int


@dataclass(frozen=True)
class Held:
    """What the process holds after a day."""

    megabytes: float
    objects: int
    widgets: int
    descriptors: int

    def faults(self, first: Held) -> list[str]:
        """What is more than after the first day, in words."""
        return [
            f"{name}: {mine:g} after the last day, {theirs:g} after the first"
            for name, mine, theirs, at_most in (
                ("MB", self.megabytes, first.megabytes, first.megabytes * MEMORY_GROWTH),
                ("objects", self.objects, first.objects, first.objects * OBJECT_GROWTH),
                ("widgets", self.widgets, first.widgets, first.widgets),
                ("descriptors", self.descriptors, first.descriptors, first.descriptors + KEPT),
            )
            if mine > at_most
        ]


def held() -> Held:
    """As it is now, without what only waits to be collected."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    return Held(
        _written_mb(),
        len(gc.get_objects()),
        len(QApplication.allWidgets()),
        len(list(Path("/proc/self/fd").iterdir())),
    )


def _written_mb() -> float:
    """Private memory that was written to.

    Pages of a library count as private as long as no other process has the same file open: they
    would come and go with what else the computer does.
    """
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_Dirty")) / 1024


def live(month: Month) -> list[Held]:
    """Live through it; what the process held after each day."""
    install_linecache_guard()
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    application.setQuitOnLastWindowClosed(False)
    with TemporaryDirectory(prefix="timer-app-") as name, _stand_ins() as services:
        app = _make_app(Path(name), services)
        with EventLoop(application) as loop:
            return loop.run_until_complete(_run(app, month, services))


def _make_app(folder: Path, services: dict[str, Any]) -> TrayApp:
    settings = settings_text(services["timecrowd_url"], services["kaiten_url"])
    (folder / "settings.toml").write_text(settings)
    names = ("settings.toml", "journal.sqlite3", "log", "run")
    tokens = {each: str(services[f"{each.value}_token"]) for each in Service}
    app = TrayApp(Paths(*(str(folder / name) for name in names)), lambda _: FixedSecrets(tokens))
    app.core.connections.rate_limiters.update((each, RateLimiter(_NO_LIMIT)) for each in Service)
    return app


async def _run(app: TrayApp, month: Month, services: dict[str, Any]) -> list[Held]:
    living = asyncio.create_task(app.run())
    try:
        found = []
        with time_machine.travel(datetime.now(UTC), tick=True) as traveller:
            await _settle(app)
            for _ in range(month.days):
                await _day(app, month, services["card_ids"][0])
                await _next_day(app, traveller, services)
                found.append(held())
        return found
    finally:
        app.quit()
        await living


async def _next_day(
    app: TrayApp, traveller: time_machine.Traveller, services: dict[str, Any]
) -> None:
    """Let 24 hours pass, for the app and for both services."""
    async with httpx.AsyncClient(base_url=services["timecrowd_url"]) as client:
        answer = await client.post(
            "/_sandbox/clock", json={"advance_seconds": _DAY.total_seconds()}
        )
        answer.raise_for_status()
    traveller.shift(_DAY)
    app.controller.refresh()
    app.core.remote_sync.request()
    app.core.sender.wake()
    await _settle(app)


async def _day(app: TrayApp, month: Month, card_id: int) -> None:
    for number in range(month.clicks // month.days):
        if number % 10 == 0:
            await app.commands.handle("start", {"card": str(card_id), "wait": "0"})
        else:
            app.controller.toggle()
        await _settle(app)
    for _ in range(month.polls // month.days):
        app.core.remote_sync.request()
        app.core.sender.wake()
        await _settle(app)
    for _ in range(month.windows // month.days):
        await _open_every_window(app)


async def _settle(app: TrayApp) -> None:
    await asyncio.sleep(0)
    await app.core.sender.wait_until_idle()


async def _open_every_window(app: TrayApp) -> None:
    """Open each, see it painted, and close it."""
    opened = (
        app.controller.open_panel,
        app.controller.open_manual_entry,
        app.controller.open_problems,
        app.controller.open_history,
        app.controller.open_settings,
        app.controller.open_first_run,
    )
    for open_it in opened:
        open_it()
        await asyncio.sleep(0)
        seen = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
        assert seen, open_it
        for window in seen:
            window.repaint()
            _close(window)
    await _settle(app)


def _close(window: QWidget) -> None:
    window.close()
    assert not window.isVisible(), window


@contextmanager
def _stand_ins() -> Iterator[dict[str, Any]]:
    """Both services in another process, which ends with this one."""
    command = [sys.executable, "-c", _STAND_INS]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline())
        finally:
            process.stdin.close()


_STAND_INS = """
import asyncio, json, os
from timer_app.sandbox.__main__ import _introduction
from timer_app.sandbox import Sandbox
async def serve():
    async with Sandbox() as sandbox:
        sandbox.rate.limit = 1_000_000
        print(json.dumps(_introduction(sandbox)), flush=True)
        await asyncio.to_thread(os.read, 0, 1)
asyncio.run(serve())
"""


def main(arguments: Sequence[str]) -> int:
    """Print what each day left; 1 if the app has grown."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.month")
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--clicks", type=int, default=10_000)
    parser.add_argument("--polls", type=int, default=40_000)
    parser.add_argument("--windows", type=int, default=500)
    month = Month(**vars(parser.parse_args(arguments)))
    days = live(month)
    print(f"{'day':>3} {'MB':>8} {'objects':>9} {'widgets':>8} {'descriptors':>12}")
    for number, day in enumerate(days, 1):
        print(
            f"{number:>3} {day.megabytes:>8.2f} {day.objects:>9} {day.widgets:>8}"
            f" {day.descriptors:>12}"
        )
    faults = days[-1].faults(days[0])
    print("\n".join(faults) or "it has not grown")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
