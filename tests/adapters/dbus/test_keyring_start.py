"""KWallet is started where it is installed and nobody offers the Secret Service."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from dbus_fast import BusType

from tests.support.bus import BusClient, SessionBus
from timer_app.adapters.dbus.bus import Bus
from timer_app.adapters.dbus.keyring_start import start_keyring_service

SECRETS = "org.freedesktop.secrets"
KWALLET = "org.kde.kwalletd6"


def _install(session_bus: SessionBus, folder: Path, name: str, *owned: str) -> None:
    """Let the bus start a program by `name` that then owns these names."""
    program = f"{sys.executable} -m tests.desktop.programs.bus_names {' '.join(owned)}"
    service = folder / f"{name}.service"
    service.write_text(f"[D-BUS Service]\nName={name}\nExec={program}\n")
    session_bus.allow_activation(service)


async def _start(session_bus: SessionBus) -> tuple[bool, bool]:
    """What is answered, and whether KWallet runs."""
    bus = Bus(BusType.SESSION, address=session_bus.address)
    started = await start_keyring_service(bus)
    names = "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus"
    (runs,) = await bus.call(*names, "NameHasOwner", "s", KWALLET)
    await bus.close()
    return started, bool(runs)


async def test_one_that_is_installed(session_bus: SessionBus, tmp_path: Path) -> None:
    _install(session_bus, tmp_path, KWALLET, KWALLET, SECRETS)
    assert await _start(session_bus) == (True, True)
    assert await _start(session_bus) == (True, True)


async def test_one_that_offers_no_secret_service(
    session_bus: SessionBus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("timer_app.adapters.dbus.keyring_start._NAME_SECONDS", 0.05)
    _install(session_bus, tmp_path, KWALLET, KWALLET)
    assert await _start(session_bus) == (False, True)


async def test_none_is_installed(session_bus: SessionBus) -> None:
    assert await _start(session_bus) == (False, False)


async def test_an_older_one(session_bus: SessionBus, tmp_path: Path) -> None:
    _install(session_bus, tmp_path, "org.kde.kwalletd5", "org.kde.kwalletd5", SECRETS)
    assert await _start(session_bus) == (True, False)


async def test_one_came_meanwhile(session_bus: SessionBus, tmp_path: Path) -> None:
    _install(session_bus, tmp_path, KWALLET, KWALLET, SECRETS)
    client = BusClient(session_bus.address)
    client.run(client.bus.request_name(SECRETS))
    assert await _start(session_bus) == (True, False)
    client.close()
