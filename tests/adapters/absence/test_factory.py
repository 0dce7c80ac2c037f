"""Of several ways to learn of idle time the first that works is taken, in silence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from dbus_fast import BusType

from tests.adapters.absence.signal_recorder import SignalRecorder
from tests.support.bus import SessionBus
from tests.support.compositor import Compositor
from tests.support.desktop import Desktop
from timer_app.adapters.absence.factory import make_sensors
from timer_app.adapters.dbus.bus import Bus

AFTER = timedelta(minutes=5)


def now() -> datetime:
    return datetime.now(UTC)


async def idle_time(session_bus: SessionBus, environment: Mapping[str, str]) -> tuple[str, str]:
    """Which sensor of idle time works, and what is said of it."""
    bus = Bus(BusType.SESSION, address=session_bus.address)
    idle, *others = make_sensors(bus, bus, now, platform="linux", environment=environment)
    said = await idle.start(SignalRecorder(), AFTER)
    name = idle.name
    for sensor in (idle, *others):
        await sensor.stop()
    await bus.close()
    return name, said


async def test_x11(session_bus: SessionBus, desktop: Desktop) -> None:
    assert await idle_time(session_bus, desktop.environment) == ("idle time (X11)", "")


async def test_wayland(session_bus: SessionBus, tmp_path: Path) -> None:
    async with Compositor(tmp_path / "wayland-1"):
        environment = {"WAYLAND_DISPLAY": str(tmp_path / "wayland-1"), "DISPLAY": ":0"}
        assert await idle_time(session_bus, environment) == ("idle time (Wayland)", "")


@pytest.mark.parametrize(
    "environment", [{}, {"WAYLAND_DISPLAY": "/nowhere/wayland-0", "DISPLAY": ":0"}]
)
async def test_none(session_bus: SessionBus, environment: dict[str, str]) -> None:
    """No words of D-Bus, and none of what another desktop would have."""
    assert await idle_time(session_bus, environment) == (
        "idle time",
        "This desktop does not tell that nobody types or moves the mouse.",
    )
