"""The test's bus is its own: nothing is on it, and nothing can be started by it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from dbus_fast import DBusError

if TYPE_CHECKING:
    from tests.conftest import StartProcess
    from tests.support.bus import BusClient, SessionBus
    from tests.support.environment import Home

BUS = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")
OWN_A_NAME = """
import asyncio
from dbus_fast.aio import MessageBus
async def main():
    bus = await MessageBus().connect()
    await bus.request_name("io.github.timer_app.late")
    await bus.wait_for_disconnect()
asyncio.run(main())
"""


def test_nothing_can_be_activated(bus_client: BusClient) -> None:
    (names,) = bus_client.call(*BUS, "ListActivatableNames")
    assert names == ["org.freedesktop.DBus"]
    with pytest.raises(DBusError, match="not provided by any"):
        bus_client.call("org.freedesktop.secrets", "/", "org.freedesktop.DBus.Peer", "Ping")


def test_a_name_is_awaited(
    home: Home, session_bus: SessionBus, bus_client: BusClient, start_process: StartProcess
) -> None:
    owner = start_process(
        [sys.executable, "-c", OWN_A_NAME], env=home.environment(**session_bus.environment)
    )
    bus_client.wait_name("io.github.timer_app.late")
    assert bus_client.pid_of("io.github.timer_app.late") == owner.pid
