"""An hour of the whole app in this process: nothing wakes it beyond the budget."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from tests.support.services import Services
from tests.support.whole_app import settings_text
from tests.ui.wakeups import MINUTE, Hour
from timer_app.adapters.paths import Paths
from timer_app.adapters.setup.cached_secrets import FixedSecrets
from timer_app.domain.entries.task import Task
from timer_app.domain.service import Service
from timer_app.tray.lifecycle import TrayApp

pytestmark = [
    pytest.mark.qasync,
    pytest.mark.qt_log_ignore("No such signal QPlatformNativeInterface"),
]

POLL, TOOLTIP, SECOND = "the loop", MINUTE, "every 1000 ms"
WORKING = ("GET", "/working_users$")
_TURNS = 5
"""Of the loop, until a task whose timer has run is awake."""
ENDED_BY_THEMSELVES = 5
"""One an hour looks for what other devices have recorded; on a busy machine seconds pass for real
before a full minute, and Qt's timer ends in them."""
MORNING = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def closing_windows_ends_nothing(qapp: QApplication) -> Iterator[None]:
    """As the app has it: without this the loop would end with the panel."""
    qapp.setQuitOnLastWindowClosed(False)
    yield
    qapp.setQuitOnLastWindowClosed(True)


class Clock:
    """The computer's clocks: they stand still until they are moved."""

    def __init__(self, traveller: time_machine.Traveller) -> None:
        self._traveller = traveller
        self._seconds = time.monotonic()

    def seconds(self) -> float:
        """The one that nobody sets."""
        return self._seconds

    def reading(self, which: int) -> float:
        """Any of them, as the system counts them."""
        return time.time() if which == time.CLOCK_REALTIME else self._seconds

    def shift(self, by: float) -> None:
        """Move all forward."""
        self._seconds += by
        self._traveller.shift(by)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    """All clocks stand still until they are moved."""
    with time_machine.travel(MORNING, tick=False) as traveller:
        clock = Clock(traveller)
        monkeypatch.setattr(time, "monotonic", clock.seconds)
        monkeypatch.setattr(time, "clock_gettime", clock.reading)
        yield clock
        monkeypatch.undo()


@pytest.fixture
def services() -> Iterator[Services]:
    """Both services."""
    with Services() as services:
        yield services


@asynccontextmanager
async def an_app(folder: Path, services: Services, clock: Clock) -> AsyncIterator[TrayApp]:
    """The app, signed in to both services, its panel open: there is no tray here."""
    home = str(folder)
    (folder / "settings.toml").write_text(
        settings_text(services.timecrowd_url, services.kaiten_url)
    )
    where = Paths(f"{home}/settings.toml", f"{home}/journal", f"{home}/log", f"{home}/run")
    tokens = {
        Service.TIMECROWD: services.sandbox.timecrowd_token,
        Service.KAITEN: services.sandbox.kaiten_token,
    }
    app = TrayApp(where, lambda _late: FixedSecrets(tokens), seconds=clock.seconds)
    running = asyncio.create_task(app.run())
    try:
        while app.windows.panel is None and not running.done():  # noqa: ASYNC110 - nobody says so
            await asyncio.sleep(0)
        yield app
    finally:
        app.quit()
        await running


class _Sleeping:
    """Knows when the sender sleeps for both services."""

    def __init__(self, app: TrayApp) -> None:
        self._asleep = 0
        self._changed = asyncio.Event()
        self._sleep = app.core.sender._sleep
        app.core.sender._sleep = self._note  # type: ignore[method-assign]
        app.core.sender.wake()

    async def _note(self, wake: asyncio.Event, limit: timedelta | None) -> None:
        self._turn(+1)
        try:
            await self._sleep(wake, limit)
        finally:
            self._turn(-1)

    def _turn(self, by: int) -> None:
        self._asleep += by
        self._changed.set()

    async def both(self) -> None:
        """Wait until it does, after what was woken just now has had its turn."""
        for _ in range(_TURNS):
            await asyncio.sleep(0)
        while self._asleep < len(Service):
            self._changed.clear()
            await self._changed.wait()


def hour(app: TrayApp, clock: Clock) -> Hour:
    """An hour of this app, which is at rest whenever its sender sleeps and its view is shown."""
    sleeping = _Sleeping(app)

    async def settle() -> None:
        await sleeping.both()
        if app.scheduler.timer.isActive():
            app.controller.refresh()

    return Hour(clock.seconds, clock.shift, settle)


async def test_stopped_and_nobody_looks(tmp_path: Path, services: Services, clock: Clock) -> None:
    async with an_app(tmp_path, services, clock) as app:
        assert app.windows.panel is not None
        app.windows.panel.hide()
        woken = await hour(app, clock).pass_by()
        assert set(woken) == {POLL}
        assert 11 <= woken[POLL] <= 13  # one may be that of midnight


async def test_running_and_nobody_looks(tmp_path: Path, services: Services, clock: Clock) -> None:
    async with an_app(tmp_path, services, clock) as app:
        assert app.windows.panel is not None
        app.controller.start(Task("A task"), "")
        app.windows.panel.hide()
        asked = services.count(WORKING)
        woken = await hour(app, clock).pass_by()
        assert woken[TOOLTIP] >= 59
        assert woken.total() <= 60 + ENDED_BY_THEMSELVES  # the look at the services comes with it
        assert services.count(WORKING) - asked >= 59


async def test_running_and_the_panel_in_the_taskbar(
    tmp_path: Path, services: Services, clock: Clock
) -> None:
    async with an_app(tmp_path, services, clock) as app:
        assert app.windows.panel is not None
        app.controller.start(Task("A task"), "")
        app.windows.panel.showMinimized()
        woken = await hour(app, clock).pass_by()
        assert SECOND not in woken
        assert woken.total() <= 60 + ENDED_BY_THEMSELVES
        app.windows.panel.showNormal()
        woken = await hour(app, clock).pass_by(60)
        assert woken[SECOND] in (59, 60)


async def test_running_and_somebody_looks(tmp_path: Path, services: Services, clock: Clock) -> None:
    async with an_app(tmp_path, services, clock) as app:
        app.controller.start(Task("A task"), "")
        woken = await hour(app, clock).pass_by(600)
        assert set(woken) <= {POLL, TOOLTIP, SECOND}
        assert woken[SECOND] <= 600
        assert woken.total() <= 600 + 10 + ENDED_BY_THEMSELVES


async def test_stopped_and_somebody_looks(tmp_path: Path, services: Services, clock: Clock) -> None:
    async with an_app(tmp_path, services, clock) as app:
        assert app.windows.panel is not None
        assert QGuiApplication.styleHints().cursorFlashTime() == 0  # Qt's own timer: none
        woken = await hour(app, clock).pass_by()
        assert set(woken) == {POLL}
