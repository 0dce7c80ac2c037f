"""The app in this process while much is delivered: it answers, shows how far it is, can be paused.

What waits is real, and so are the calls; only the rate is raised, on both sides.
"""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from tests.support.limits import TIME_LIMIT
from tests.support.services import Services
from tests.support.whole_app import settings_text
from timer_app.adapters.http.rate_limiter import RateLimiter
from timer_app.adapters.paths import Paths
from timer_app.adapters.setup.cached_secrets import FixedSecrets
from timer_app.domain.entries.card import Card
from timer_app.domain.entries.entry import Source
from timer_app.domain.entries.task import Task
from timer_app.domain.service import Service
from timer_app.sandbox.world import CARD_ID
from timer_app.services.delivery.progress import Progress
from timer_app.tray.lifecycle import TrayApp
from timer_app.tray.refresh import REFRESH_INTERVAL, RefreshScheduler
from timer_app.ui.view import View

FAST = 10_000
MINUTES = timedelta(minutes=3)
EACH_ENTRY_HAS_A_LOG = '[time]\nrounding = "up"\n'

pytestmark = [
    pytest.mark.qasync,
    pytest.mark.qt_log_ignore("No such signal QPlatformNativeInterface"),
]


@pytest.fixture(autouse=True)
def closing_windows_ends_nothing(qapp: QApplication) -> Iterator[None]:
    """As the app has it: without this the loop would end with the panel."""
    qapp.setQuitOnLastWindowClosed(False)
    yield
    qapp.setQuitOnLastWindowClosed(True)


@pytest.fixture
def services() -> Iterator[Services]:
    """Both services, in no hurry to turn anybody away."""
    with Services() as services:
        services.sandbox.rate.limit = FAST
        yield services


@pytest.fixture(autouse=True)
def zone_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Or each of ten thousand stops would look through the system's files for it."""
    monkeypatch.setenv("TZ", "Europe/Moscow")


@asynccontextmanager
async def paused_app(folder: Path, services: Services, entries: int) -> AsyncIterator[TrayApp]:
    """The app at rest with so many entries to tell both services of, because it is paused."""
    where = Paths(*(f"{folder}/{name}" for name in ("settings.toml", "journal", "log", "run")))
    settings = settings_text(services.timecrowd_url, services.kaiten_url, EACH_ENTRY_HAS_A_LOG)
    (folder / "settings.toml").write_text(settings)
    tokens = {
        Service.TIMECROWD: services.sandbox.timecrowd_token,
        Service.KAITEN: services.sandbox.kaiten_token,
    }
    app = TrayApp(where, lambda _late: FixedSecrets(tokens))
    app.core.connections.rate_limiters.update((service, RateLimiter(FAST)) for service in Service)
    task = Task("Ship the tray timer", Card(services.kaiten_url, CARD_ID))
    with app.core.journal.transaction():
        # Noon of a day long gone: the few entries of a test cross no midnight, which parts logs.
        began = datetime.now().astimezone().replace(hour=12, minute=0) - timedelta(days=30)
        for _ in range(entries):
            app.core.timer.add(task, Source.CLI, began, began + MINUTES)
            began += MINUTES
    app.controller.pause_delivery()
    running = asyncio.create_task(app.run())
    try:
        await shown(app)
        await app.core.sender.wait_until_idle()
        yield app
    finally:
        app.quit()
        await running


def at_once(app: TrayApp) -> bool:
    """Whether the next thing that Qt does is to show what is the case."""
    return app.scheduler.timer.isActive() and app.scheduler.timer.interval() == 0


async def shown(app: TrayApp) -> View:
    """The view once what is the case is shown."""
    refreshed = asyncio.get_running_loop().create_future()
    connection = app.scheduler.timer.timeout.connect(lambda: refreshed.set_result(None))
    async with asyncio.timeout(TIME_LIMIT):
        await refreshed
    app.scheduler.timer.timeout.disconnect(connection)
    assert app.tray._view is not None
    return app.tray._view


async def seen(app: TrayApp, wanted: Callable[[View], bool]) -> View:
    """Wait until the view is as wanted."""
    while True:
        view = await shown(app)
        if wanted(view):
            return view


async def longest_block(work: Callable[[], Awaitable[object]]) -> float:
    """For how long, at worst, Qt's loop could do nothing else while this was going on.

    In seconds of work of this thread: what else the computer does is not counted, and neither is
    collecting what thousands of earlier tests left in this process (0.3 s for 1.5 million
    objects). Up to 5 ms may belong to what came before.
    """
    blocks, last = [0.0], time.thread_time()

    def tick() -> None:
        nonlocal last
        now = time.thread_time()
        blocks.append(now - last)
        last = now

    ticking = QTimer()
    ticking.setTimerType(Qt.TimerType.PreciseTimer)
    ticking.setInterval(5)
    ticking.timeout.connect(tick)
    gc.freeze()
    ticking.start()
    try:
        await work()
    finally:
        ticking.stop()
        gc.unfreeze()
    return max(blocks)


@pytest.mark.slow
async def test_ten_thousand_waiting_never_block_the_loop(
    tmp_path: Path, services: Services
) -> None:
    """With the panel open, once the first calls have imported what they need."""
    async with paused_app(tmp_path, services, 5000) as app:

        async def delivered(number: int) -> None:
            await seen(app, lambda view: view.progress is not None and view.progress.done >= number)

        app.controller.resume_delivery()
        await delivered(10)
        assert await longest_block(lambda: delivered(200)) < 0.1  # what a person does not feel


async def test_while_much_is_delivered_a_few_refreshes_a_second_are_enough(
    tmp_path: Path, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    commits = 0
    schedule = RefreshScheduler.schedule_after_send

    def count(scheduler: RefreshScheduler) -> None:
        nonlocal commits
        commits += 1
        schedule(scheduler)

    monkeypatch.setattr(RefreshScheduler, "schedule_after_send", count)
    async with paused_app(tmp_path, services, 20) as app:
        views: list[View] = []
        app.display.observe(views.append)
        commits, began = 0, time.monotonic()
        app.controller.resume_delivery()
        await seen(app, lambda view: not view.waiting)
        took = time.monotonic() - began
        assert commits >= 80
        assert 1 < len(views) <= took / REFRESH_INTERVAL.total_seconds() + 2


async def test_a_click_is_shown_at_once_even_then(tmp_path: Path, services: Services) -> None:
    async with paused_app(tmp_path, services, 20) as app:
        app.controller.refresh()
        app.scheduler.schedule_after_send()
        assert 0.1 < app.scheduler.timer.interval() / 1000 <= REFRESH_INTERVAL.total_seconds()
        app.scheduler.schedule_after_send()
        app.controller.start(Task("Answer the phone"), "")
        assert at_once(app)
        assert (await shown(app)).running is not None


async def test_pausing_is_shown_at_once_though_nothing_is_sent(
    tmp_path: Path, services: Services
) -> None:
    async with paused_app(tmp_path, services, 0) as app:
        app.controller.resume_delivery()
        assert at_once(app)
        assert not (await shown(app)).paused
        app.controller.pause_delivery()
        assert at_once(app)
        assert (await shown(app)).paused


async def test_it_is_paused_and_goes_on_and_comes_to_an_end(
    tmp_path: Path, services: Services
) -> None:
    async with paused_app(tmp_path, services, 20) as app:
        # A second's work, so that there is a middle in which to pause it.
        slow = {service: RateLimiter(5, timedelta(seconds=0.25)) for service in Service}
        app.core.connections.rate_limiters.update(slow)
        before = app.tray._view
        assert before is not None
        assert (before.progress, before.paused, before.waiting) == (Progress(0, 40), True, 40)
        assert services.entries() == []

        app.controller.resume_delivery()
        view = await seen(app, lambda view: bool(view.progress and view.progress.done))
        assert view.progress is not None
        assert (view.progress.total, view.paused) == (40, False)

        app.controller.pause_delivery()
        view = await seen(app, lambda view: view.paused)
        await app.core.sender.wait_until_idle()
        held = len(services.entries()) + len(services.logs())
        app.controller.start(
            Task("Answer the phone"), ""
        )  # it wakes the sender, and waits with the others
        await app.core.sender.wait_until_idle()
        assert len(services.entries()) + len(services.logs()) == held < 40

        app.controller.resume_delivery()
        view = await seen(app, lambda view: not view.waiting)
        assert (view.progress, view.paused) == (None, False)
        assert (len(services.entries()), len(services.logs())) == (21, 20)


async def test_a_delivery_or_two_are_shown_at_once(tmp_path: Path, services: Services) -> None:
    async with paused_app(tmp_path, services, 1) as app:
        app.controller.refresh()
        app.scheduler.schedule_after_send()
        assert at_once(app)
