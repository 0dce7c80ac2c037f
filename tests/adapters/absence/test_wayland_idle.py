"""Idle time of a Wayland compositor, played by one of a few objects."""

from __future__ import annotations

import asyncio
import struct
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.adapters.absence.signal_recorder import SignalRecorder
from tests.support.compositor import NOTIFIER, SEAT, Compositor, Watch
from timer_app.adapters.absence.wayland_idle import WaylandIdleSensor
from timer_app.domain.absence import AbsenceCause, CauseBegan, CauseEnded

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
AFTER = timedelta(minutes=5)
BEGAN = CauseBegan(AbsenceCause.IDLE, NOW - AFTER)
ENDED = CauseEnded(AbsenceCause.IDLE, NOW)
LIMIT = 20


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "wayland-1"


def sensor_at(path: Path) -> WaylandIdleSensor:
    environment = {"XDG_RUNTIME_DIR": str(path.parent), "WAYLAND_DISPLAY": path.name}
    return WaylandIdleSensor(lambda: NOW, environment)


async def watch_of(compositor: Compositor) -> Watch:
    return await asyncio.wait_for(compositor.watches.get(), LIMIT)


@pytest.mark.parametrize("in_pieces", [False, True])
async def test_away_and_back_twice(path: Path, *, in_pieces: bool) -> None:
    told = SignalRecorder()
    async with Compositor(path, in_pieces=in_pieces) as compositor:
        sensor = sensor_at(path)
        assert await sensor.start(told, AFTER) == ""
        watch = await watch_of(compositor)
        assert (watch.milliseconds, watch.of_input) == (300_000, False)
        assert compositor.bound[watch.seat] == ("wl_seat", 1)
        for _ in range(2):
            assert await sensor.last_input() is None
            compositor.idled(watch)
            assert await told.next() == BEGAN
            assert await sensor.last_input() == NOW - AFTER
            compositor.resumed(watch)
            assert await told.next() == ENDED
        await sensor.stop()
        await asyncio.wait_for(compositor.left.wait(), LIMIT)
    assert told.signals.empty()


async def test_a_film_does_not_count_as_input_where_that_is_known(path: Path) -> None:
    announced = ((SEAT, "wl_seat", 9), (NOTIFIER, "ext_idle_notifier_v1", 3))
    async with Compositor(path, announced) as compositor:
        sensor = sensor_at(path)
        assert await sensor.start(SignalRecorder(), AFTER) == ""
        watch = await watch_of(compositor)
        assert watch.of_input
        assert ("ext_idle_notifier_v1", 2) in compositor.bound.values()
        await sensor.stop()


async def test_another_length_takes_the_place_of_the_first(path: Path) -> None:
    told = SignalRecorder()
    async with Compositor(path) as compositor:
        sensor = sensor_at(path)
        await sensor.start(told, timedelta(hours=2000))
        first = await watch_of(compositor)
        assert first.milliseconds == 2**32 - 1  # what the protocol can say
        await sensor.start(told, AFTER)
        second = await watch_of(compositor)
        assert await asyncio.wait_for(compositor.destroyed.get(), LIMIT) == first.id
        compositor.idled(first)  # it was on its way
        compositor.idled(second)
        assert await told.next() == BEGAN
        await sensor.start(told, None)
        assert await told.next() == ENDED  # who changes the setting is there
        assert await asyncio.wait_for(compositor.destroyed.get(), LIMIT) == second.id
        await sensor.stop()
    assert told.signals.empty()


async def test_a_seat_that_goes_and_one_that_comes(path: Path) -> None:
    told = SignalRecorder()
    async with Compositor(path) as compositor:
        sensor = sensor_at(path)
        await sensor.start(told, AFTER)
        first = await watch_of(compositor)
        compositor.idled(first)
        assert await told.next() == BEGAN
        compositor.remove_seat()
        assert await told.next() == ENDED
        compositor.add_seat(12)
        second = await watch_of(compositor)
        assert second.seat != first.seat
        compositor.idled(second)
        assert await told.next() == BEGAN
        await sensor.stop()


async def test_a_compositor_that_ends_takes_the_absence_along(path: Path) -> None:
    told = SignalRecorder()
    async with Compositor(path) as compositor:
        sensor = sensor_at(path)
        await sensor.start(told, AFTER)
        compositor.idled(await watch_of(compositor))
        assert await told.next() == BEGAN
        compositor.end()
        assert await told.next() == ENDED
        assert await sensor.last_input() is None
        assert await sensor.start(told, AFTER) == ""  # it is there again
        assert (await watch_of(compositor)).milliseconds == 300_000
        await sensor.stop()


@pytest.mark.parametrize(
    "nonsense",
    [
        struct.pack("=II", 2, 8 << 16),  # a global without arguments
        struct.pack("=IIII", 2, 16 << 16, 5, 2**31),  # a text longer than the message
        struct.pack("=IIII", 2, 16 << 16, 5, 0) + b"\xff" * 8,
        struct.pack("=II", 2, 0),  # shorter than its own header
    ],
)
async def test_nonsense_ends_it(path: Path, nonsense: bytes) -> None:
    told = SignalRecorder()
    async with Compositor(path) as compositor:
        sensor = sensor_at(path)
        await sensor.start(told, AFTER)
        compositor.idled(await watch_of(compositor))
        assert await told.next() == BEGAN
        compositor.send_raw(nonsense)
        assert await told.next() == ENDED
        await asyncio.wait_for(compositor.left.wait(), LIMIT)
        await sensor.stop()


async def test_a_refusal_is_reported(path: Path) -> None:
    async with Compositor(path, answers=False) as compositor:
        starting = asyncio.create_task(sensor_at(path).start(SignalRecorder(), AFTER))
        await compositor.connected.wait()
        compositor.refuse("no more clients")
        assert await starting == "The compositor refused: no more clients"


async def test_one_that_does_not_answer(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("timer_app.adapters.absence.wayland_client._CONNECT_SECONDS", 0.05)
    async with Compositor(path, answers=False):
        why = await sensor_at(path).start(SignalRecorder(), AFTER)
    assert why == f"The compositor at {path} cannot be asked: did not answer."


async def test_one_without_the_protocol(path: Path) -> None:
    """GNOME's."""
    async with Compositor(path, ((SEAT, "wl_seat", 9),)) as compositor:
        sensor = sensor_at(path)
        assert await sensor.start(SignalRecorder(), AFTER) == "This compositor tells no idle time."
        await asyncio.wait_for(compositor.left.wait(), LIMIT)
        await sensor.stop()


NO_SUCH_SOCKET = (
    "The compositor at /nowhere/wayland-0 cannot be asked: there is no such file or folder."
)


@pytest.mark.parametrize(
    ("environment", "why"),
    [
        ({}, "There is no Wayland compositor here."),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "There is no Wayland compositor here."),
        (
            {"WAYLAND_DISPLAY": "/nowhere/wayland-0"},
            NO_SUCH_SOCKET,
        ),
        (
            {"XDG_SESSION_TYPE": "wayland", "XDG_RUNTIME_DIR": "/nowhere"},
            NO_SUCH_SOCKET,
        ),
    ],
)
async def test_why_it_cannot(environment: dict[str, str], why: str) -> None:
    sensor = WaylandIdleSensor(lambda: NOW, environment)
    assert await sensor.start(SignalRecorder(), AFTER) == why
    assert await sensor.last_input() is None
    await sensor.stop()
