"""Idle time on the real X server, with a real mouse."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.adapters.absence.signal_recorder import SignalRecorder
from tests.support.desktop import Desktop
from timer_app.adapters.absence.x11_idle import X11IdleSensor
from timer_app.domain.absence import AbsenceCause, CauseBegan, CauseEnded

AFTER = timedelta(milliseconds=150)


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
async def idle(desktop: Desktop) -> AsyncIterator[X11IdleSensor]:
    idle = X11IdleSensor(now, desktop.environment)
    yield idle
    await idle.stop()


async def move(desktop: Desktop, x: int) -> None:
    await asyncio.to_thread(desktop.move, (x, 300))


async def test_idle_since_the_last_input_and_back_with_the_next(
    desktop: Desktop, idle: X11IdleSensor
) -> None:
    told = SignalRecorder()
    before = now()
    await move(desktop, 300)
    assert await idle.start(told, AFTER) == ""
    for turn in range(2):
        left = await told.next()
        assert isinstance(left, CauseBegan)
        assert left.cause is AbsenceCause.IDLE
        assert before - timedelta(seconds=0.1) <= left.since <= now() - AFTER
        last = await idle.last_input()
        assert last is not None
        assert abs(last - left.since) < timedelta(milliseconds=100)
        before = now()
        await move(desktop, 400 + turn)
        back = await told.next()
        assert isinstance(back, CauseEnded)
        assert back.cause is AbsenceCause.IDLE
        assert before - timedelta(seconds=0.1) <= back.at <= now()
    assert told.signals.empty()


async def test_another_length_takes_the_place_of_the_first(
    desktop: Desktop, idle: X11IdleSensor
) -> None:
    told = SignalRecorder()
    assert await idle.start(told, timedelta(hours=1)) == ""
    assert await idle.start(told, AFTER) == ""
    assert isinstance(await told.next(), CauseBegan)
    assert await idle.start(told, None) == ""
    assert isinstance(await told.next(), CauseEnded)  # who changes the setting is there
    await move(desktop, 500)
    await idle.last_input()  # the server has told everything that it had to tell by then
    assert told.signals.empty()


@pytest.mark.parametrize(
    ("environment", "why"),
    [
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, "Under Wayland the X server sees"),
        ({"DISPLAY": ":0", "XDG_SESSION_TYPE": "wayland"}, "Under Wayland the X server sees"),
        ({}, "There is no X server here."),
        ({"DISPLAY": "nonsense"}, "The X server nonsense cannot be reached: "),
    ],
)
async def test_why_it_cannot(environment: dict[str, str], why: str) -> None:
    idle = X11IdleSensor(now, environment)
    assert (await idle.start(SignalRecorder(), AFTER)).startswith(why)
    assert await idle.last_input() is None
    await idle.stop()


async def test_a_server_that_goes_takes_the_source_along() -> None:
    desktop = Desktop()
    idle = X11IdleSensor(now, desktop.environment)
    assert await idle.start(SignalRecorder(), AFTER) == ""
    await asyncio.to_thread(desktop.close)
    assert await idle.last_input() is None
    await idle.stop()
