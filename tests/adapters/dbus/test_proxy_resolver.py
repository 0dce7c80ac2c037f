"""The desktop's proxy, asked of a portal on a real bus."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from dbus_fast import Message

from timer_app.adapters.dbus import proxy_resolver
from timer_app.adapters.dbus.proxy_resolver import resolve_proxy

if TYPE_CHECKING:
    from tests.support.bus import BusClient, SessionBus

pytestmark = pytest.mark.desktop
BUS = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")
PORTAL = "org.freedesktop.portal.Desktop"


@pytest.fixture(autouse=True)
def _session(session_bus: SessionBus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", session_bus.address)


async def test_the_portals_answer(bus_client: BusClient) -> None:
    asked: list[object] = []

    def answer(message: Message) -> Message | None:
        if message.member != "Lookup":
            return None
        asked.extend([message.path, message.interface, *message.body])
        return Message.new_method_return(message, "as", [["http://desk:3128", "direct://"]])

    bus_client.bus.add_message_handler(answer)
    await asyncio.to_thread(bus_client.call, *BUS, "RequestName", "su", PORTAL, 0)
    assert await resolve_proxy("https://service.example") == ["http://desk:3128", "direct://"]
    assert asked == [
        "/org/freedesktop/portal/desktop",
        "org.freedesktop.portal.ProxyResolver",
        "https://service.example/",
    ]


async def test_no_portal_a_slow_one_and_no_bus(
    bus_client: BusClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await resolve_proxy("https://service.example") == ()
    bus_client.bus.add_message_handler(lambda message: message.member == "Lookup" or None)
    await asyncio.to_thread(bus_client.call, *BUS, "RequestName", "su", PORTAL, 0)
    monkeypatch.setattr(proxy_resolver, "_TIMEOUT_SECONDS", 0.05)
    assert await resolve_proxy("https://service.example") == ()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:")
    assert await resolve_proxy("https://service.example") == ()
