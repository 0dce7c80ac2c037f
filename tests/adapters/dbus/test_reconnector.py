"""A bus is connected to when its socket comes, wherever its folder was meanwhile."""

from __future__ import annotations

import asyncio
import shutil

import pytest
from dbus_fast import BusType

from tests.support.bus import SessionBus
from tests.support.environment import Home
from tests.support.limits import TIME_LIMIT
from timer_app.adapters.dbus.address import ADDRESS_VARIABLE
from timer_app.adapters.dbus.bus import Bus
from timer_app.adapters.dbus.buses import Buses
from timer_app.adapters.dbus.reconnector import Reconnector
from timer_app.services.setup.desktop_status import BusState

pytestmark = pytest.mark.qasync


async def test_it_comes_for_the_first_time_and_comes_back(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(ADDRESS_VARIABLE)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(home.runtime))
    changes: asyncio.Queue[BusState] = asyncio.Queue()
    begun: list[BusState] = []
    buses = Buses(lambda: changes.put_nowait(buses.session.state))
    buses.on_connected(buses.session, lambda: begun.append(buses.session.state))
    buses.connect()
    async with asyncio.timeout(TIME_LIMIT):
        assert await changes.get() is BusState.NONE
        for times in (1, 2):
            daemon = await asyncio.to_thread(SessionBus, home)
            while (state := await changes.get()) is not BusState.CONNECTED:
                assert state is not BusState.SILENT
            assert begun == [BusState.CONNECTED] * times
            await asyncio.to_thread(daemon.close)
            assert await changes.get() is BusState.LOST
    await buses.close()


async def test_its_folder_comes_before_it(home: Home) -> None:
    address = f"unix:path={home.runtime}/bus"
    shutil.rmtree(home.runtime)
    connected = asyncio.Event()
    bus = Bus(BusType.SESSION, address=address, changed=connected.set)
    reconnector = Reconnector(bus)
    reconnector.start()
    home.runtime.mkdir()
    await asyncio.sleep(0)
    daemon = await asyncio.to_thread(SessionBus, home)
    async with asyncio.timeout(TIME_LIMIT):
        await connected.wait()
    await reconnector.close()
    await bus.close()
    await asyncio.to_thread(daemon.close)


async def test_a_silent_one_is_waited_for(session_bus: SessionBus) -> None:
    session_bus.hang()
    bus = Bus(BusType.SESSION, address=session_bus.address)
    waiting = asyncio.create_task(bus.wait_connected())
    await asyncio.sleep(0)
    assert await bus.probe() is BusState.SILENT
    session_bus.go_on()
    async with asyncio.timeout(TIME_LIMIT):
        assert await waiting
    assert bus.state is BusState.CONNECTED
    session_bus.hang()
    assert await bus.probe() is BusState.SILENT
    session_bus.go_on()
    assert await bus.probe() is BusState.CONNECTED
    await bus.close()
