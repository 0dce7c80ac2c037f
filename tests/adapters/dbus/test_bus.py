"""The connection to a bus, on real buses of the test's own."""

from __future__ import annotations

import asyncio
import gc
from typing import TYPE_CHECKING

import pytest
from dbus_fast import BusType

from timer_app.adapters.dbus.bus import Bus, BusError, BusErrorKind, SignalMatch

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.bus import BusClient, SessionBus
    from tests.support.environment import Home

BUS = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")
NAME = "io.github.timer_app.test"
PATH = "/io/github/timer_app"
pytestmark = pytest.mark.desktop


async def _owns(client: BusClient) -> None:
    await asyncio.to_thread(client.call, *BUS, "RequestName", "su", NAME, 0)


async def test_calls_and_values(session_bus: SessionBus) -> None:
    bus = Bus(BusType.SESSION, address=session_bus.address)
    assert not bus.connected
    assert await bus.call(*BUS, "NameHasOwner", "s", BUS[0]) == [True]
    properties = await bus.call(
        BUS[0], BUS[1], "org.freedesktop.DBus.Properties", "GetAll", "s", BUS[0]
    )
    assert isinstance(properties[0], dict)
    assert all(isinstance(each, list) for each in properties[0].values())  # no variants
    await bus.close()
    assert not bus.connected


async def test_each_trouble_has_its_name(session_bus: SessionBus, bus_client: BusClient) -> None:
    bus = Bus(BusType.SESSION, address=session_bus.address)
    with pytest.raises(BusError, match="not provided by any") as nobody:
        await bus.call("org.nobody.Here", "/", "org.nobody.Here", "Do")
    assert nobody.value.kind is BusErrorKind.NAME_HAS_NO_OWNER
    with pytest.raises(BusError, match="Do") as refused:
        await bus.call(*BUS, "Do")
    assert refused.value.kind is BusErrorKind.REFUSED
    assert refused.value.error_name == "org.freedesktop.DBus.Error.UnknownMethod"
    await _owns(bus_client)
    bus_client.bus.add_message_handler(lambda message: message.member == "Hang" or None)
    with pytest.raises(BusError, match=r"within 0\.05 seconds") as slow:
        await bus.call(NAME, PATH, NAME, "Hang", time_limit=0.05)
    assert slow.value.kind is BusErrorKind.TIMED_OUT
    await bus.close()


async def test_no_bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    for address in ("", f"unix:path={tmp_path}/none", "nonsense"):
        bus = Bus(BusType.SESSION, address=address)
        with pytest.raises(BusError) as problem:
            await bus.call(*BUS, "ListNames")
        assert problem.value.kind is BusErrorKind.NO_BUS
        assert not await bus.reconnect()
        await bus.close()


async def test_signals_until_disconnected(session_bus: SessionBus, bus_client: BusClient) -> None:
    bus = Bus(BusType.SESSION, address=session_bus.address)
    await _owns(bus_client)
    heard: asyncio.Queue[list[object]] = asyncio.Queue()
    stop = await bus.listen(SignalMatch(NAME, NAME, "Said", PATH), heard.put_nowait)
    await bus.listen(SignalMatch(NAME, NAME, "End"), heard.put_nowait)
    send = bus_client.emit
    await asyncio.to_thread(send, "/elsewhere", NAME, "Said", "s", "from another object")
    await asyncio.to_thread(send, PATH, NAME, "Said", "su", "hello", 7)
    assert await heard.get() == ["hello", 7]
    stop()
    await asyncio.to_thread(send, PATH, NAME, "Said", "s", "not any more")
    await asyncio.to_thread(send, PATH, NAME, "End", "s", "end")
    assert await heard.get() == ["end"]
    await bus.close()


async def test_a_name_comes_and_goes(session_bus: SessionBus, bus_client: BusClient) -> None:
    bus = Bus(BusType.SESSION, address=session_bus.address)
    owned: asyncio.Queue[bool] = asyncio.Queue()
    await bus.watch(NAME, owned.put_nowait)
    assert await owned.get() is False
    await _owns(bus_client)
    assert await owned.get() is True
    await asyncio.to_thread(bus_client.call, *BUS, "ReleaseName", "s", NAME)
    assert await owned.get() is False
    await bus.close()
    assert owned.empty()


async def test_a_bus_that_broke_unnoticed_is_a_problem_and_no_complaint(
    session_bus: SessionBus,
) -> None:
    """What is asked in that moment fails at the writing; nothing of it may be logged as a fault."""
    bus = Bus(BusType.SESSION, address=session_bus.address)
    assert await bus.reconnect()
    session_bus.close()  # the loop has not seen it yet
    with pytest.raises(BusError) as problem:
        await bus.call(*BUS, "GetId")
    assert problem.value.kind is BusErrorKind.NO_BUS
    await bus.close()
    del problem  # its traceback would keep what failed
    gc.collect()  # when asyncio complains of errors that nobody took


async def test_after_a_break_it_listens_again(home: Home) -> None:
    from tests.support.bus import BusClient, SessionBus

    changes: asyncio.Queue[bool] = asyncio.Queue()
    owned: asyncio.Queue[bool] = asyncio.Queue()
    heard: asyncio.Queue[list[object]] = asyncio.Queue()
    daemon = await asyncio.to_thread(SessionBus, home)
    client = await asyncio.to_thread(BusClient, daemon.address)
    bus = Bus(BusType.SESSION, address=daemon.address,
              changed=lambda: changes.put_nowait(bus.connected))  # fmt: skip
    await _owns(client)
    await bus.watch(NAME, owned.put_nowait)
    await bus.listen(SignalMatch(NAME, NAME, "Said"), heard.put_nowait)
    assert (await changes.get(), await owned.get()) == (True, True)
    await asyncio.to_thread(client.close)
    assert await owned.get() is False
    await asyncio.to_thread(daemon.close)
    assert await changes.get() is False
    assert not await bus.reconnect()
    daemon = await asyncio.to_thread(SessionBus, home)
    client = await asyncio.to_thread(BusClient, daemon.address)
    assert await bus.reconnect()
    assert await changes.get() is True
    await _owns(client)
    assert await owned.get() is True
    await asyncio.to_thread(client.emit, PATH, NAME, "Said", "s", "again")
    assert await heard.get() == ["again"]
    await bus.close()
    await asyncio.to_thread(client.close)
    await asyncio.to_thread(daemon.close)
