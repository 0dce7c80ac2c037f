"""The Secret Service comes, is unlocked and goes; each is told once."""

from __future__ import annotations

import asyncio

from dbus_fast import BusType, Message, NameFlag

from tests.support.bus import BusClient, SessionBus
from tests.support.environment import Home
from tests.support.limits import TIME_LIMIT
from tests.support.secret_service import SecretService
from timer_app.adapters.dbus.bus import Bus
from timer_app.adapters.dbus.keyring_watch import KeyringEvents, KeyringWatch


async def test_it_comes_and_goes_and_is_unlocked(home: Home, session_bus: SessionBus) -> None:
    told: asyncio.Queue[str] = asyncio.Queue()
    bus = Bus(BusType.SESSION, address=session_bus.address)
    watch = KeyringWatch(bus, _into(told))
    await watch.start()
    assert await watch.is_locked() is None
    assert told.empty()  # there was none before: nothing has come or gone
    service = await asyncio.to_thread(SecretService, home, session_bus)
    async with asyncio.timeout(TIME_LIMIT):
        assert await told.get() == "came"
        while not told.empty() or await watch.is_locked() is None:
            if not told.empty():
                assert told.get_nowait() == "unlocked"  # it says so while it opens
        await asyncio.to_thread(service.lock)
        assert await watch.is_locked() is True
        await asyncio.to_thread(service.unlock)
        assert await told.get() == "unlocked"
        assert await watch.is_locked() is False
        service.hang()
        assert await watch.is_locked() is None
        await asyncio.to_thread(service.close)
        assert await told.get() == "went"
    watch.close()
    await bus.close()


async def test_one_that_was_there_is_worth_a_question(
    session_bus: SessionBus, secret_service: SecretService
) -> None:
    told: asyncio.Queue[str] = asyncio.Queue()
    bus = Bus(BusType.SESSION, address=session_bus.address)
    watch = KeyringWatch(bus, _into(told))
    await watch.start()
    assert not secret_service.locked
    assert told.get_nowait() == "unlocked"
    watch.close()
    await bus.close()


def _into(told: asyncio.Queue[str]) -> KeyringEvents:
    return KeyringEvents(
        lambda: told.put_nowait("came"),
        lambda: told.put_nowait("went"),
        lambda: told.put_nowait("unlocked"),
    )


async def test_a_keyring_without_a_collection_asks_for_its_first_password(
    session_bus: SessionBus,
) -> None:
    client = BusClient(session_bus.address)

    def answer(message: Message) -> Message | None:
        if message.member == "ReadAlias":
            return Message.new_method_return(message, "o", ["/"])
        if message.member == "Get":
            error = "org.freedesktop.DBus.Error.UnknownMethod"
            return Message.new_error(message, error, "No such object")
        return None

    client.bus.add_message_handler(answer)
    client.run(client.bus.request_name("org.freedesktop.secrets", NameFlag.DO_NOT_QUEUE))
    bus = Bus(BusType.SESSION, address=session_bus.address)
    assert await KeyringWatch(bus, _into(asyncio.Queue())).is_locked() is True
    await bus.close()
    client.close()
