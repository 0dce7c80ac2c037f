"""Answers for GDM on the system bus: GNOME Shell locks its screen only where a GDM is."""

from __future__ import annotations

import asyncio

from dbus_fast import BusType, Message, MessageType, Variant
from dbus_fast.aio import MessageBus

_VERSION = Variant("s", "48.0")


def _answer(message: Message) -> Message | None:
    """The one property that is asked for, by itself or with all there are."""
    if message.message_type is not MessageType.METHOD_CALL:
        return None
    if message.member == "GetAll":
        return Message.new_method_return(message, "a{sv}", [{"Version": _VERSION}])
    if message.member == "Get":
        return Message.new_method_return(message, "v", [_VERSION])
    return None


async def main() -> None:
    """Own the name until the computer ends."""
    bus = await MessageBus(bus_type=BusType.SYSTEM).connect()
    bus.add_message_handler(_answer)
    await bus.request_name("org.gnome.DisplayManager")
    await bus.wait_for_disconnect()


if __name__ == "__main__":
    asyncio.run(main())
