"""Every desktop's screen saver, by the name that it has on the bus."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from dbus_fast import BusType, Message, NameFlag

from tests.support.bus import BusClient, SessionBus
from tests.support.limits import TIME_LIMIT
from timer_app.adapters.absence.screen_saver import ScreenSaverSensor
from timer_app.adapters.dbus.bus import Bus
from timer_app.domain.absence import AbsenceCause, AbsenceSignal, CauseBegan, CauseEnded

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.desktop
@pytest.mark.parametrize("desktop", ["freedesktop", "gnome", "cinnamon", "mate", "xfce"])
async def test_a_locked_screen_is_reported(session_bus: SessionBus, desktop: str) -> None:
    name, path = f"org.{desktop}.ScreenSaver", f"/org/{desktop}/ScreenSaver"
    told: asyncio.Queue[AbsenceSignal] = asyncio.Queue()
    client = BusClient(session_bus.address)

    def answer(message: Message) -> Message | None:
        if message.member == "GetActive":
            return Message.new_method_return(message, "b", [False])
        return None

    def report(signal: AbsenceSignal, on_committed: Callable[[], None] | None = None) -> None:
        del on_committed
        told.put_nowait(signal)

    client.bus.add_message_handler(answer)
    client.run(client.bus.request_name(name, NameFlag.DO_NOT_QUEUE))
    bus = Bus(BusType.SESSION, address=session_bus.address)
    sensor = ScreenSaverSensor(bus, lambda: NOW)
    assert await sensor.start(report, None) == ""
    async with asyncio.timeout(TIME_LIMIT):
        client.emit(path, name, "ActiveChanged", "b", True)
        assert await told.get() == CauseBegan(AbsenceCause.LOCKED, NOW)
        client.emit(path, name, "ActiveChanged", "b", False)
        assert await told.get() == CauseEnded(AbsenceCause.LOCKED, NOW)
    await sensor.stop()
    await bus.close()
    client.close()
