"""Owns the names it is given on the session bus, in the reverse order, until it is ended."""

from __future__ import annotations

import asyncio
import sys

from dbus_fast.aio import MessageBus


async def _own(names: list[str]) -> None:
    bus = await MessageBus().connect()
    for name in reversed(names):
        await bus.request_name(name)
    await bus.wait_for_disconnect()


if __name__ == "__main__":
    asyncio.run(_own(sys.argv[1:]))
