"""A home, a keyring with both tokens, both services, and `timer-app` in front of them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.environment import Home

if sys.platform == "linux":
    from tests.cli.support import TOKENS, Services, TimerApp
    from tests.support.bus import SessionBus
    from tests.support.midday import midday_zone, zone_name
    from tests.support.prepared import PreparedInterpreter
    from tests.support.secret_service import NAMED, SecretService
else:
    collect_ignore_glob = ["*"]

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import timezone

    from tests.conftest import StartProcess


@pytest.fixture(scope="session")
def shared_bus() -> Iterator[SessionBus]:
    """One session bus for all commands."""
    with Home() as home, SessionBus(home) as bus:
        yield bus


@pytest.fixture(scope="session")
def shared_keyring(shared_bus: SessionBus) -> Iterator[SecretService]:
    """One keyring on that bus. Tests ask for `keyring`."""
    with Home() as home, SecretService(home, shared_bus) as service:
        yield service


@pytest.fixture
def keyring(shared_keyring: SecretService) -> SecretService:
    """An open keyring that holds both tokens."""
    if shared_keyring.locked:
        shared_keyring.unlock()
    for service, token in TOKENS.items():
        shared_keyring.store("timer-app", service, token)
    return shared_keyring


@pytest.fixture
def services() -> Iterator[Services]:
    """Both services, holding nothing of the user's."""
    with Services() as running:
        yield running


@pytest.fixture
def zone() -> timezone:
    """The zone that the commands run in; it is midday there."""
    return midday_zone()


@pytest.fixture(scope="session")
def prepared() -> Iterator[PreparedInterpreter]:
    """What most commands of `app` begin in."""
    with Home() as home, PreparedInterpreter(home.environment(**NAMED)) as interpreter:
        yield interpreter


@pytest.fixture
def bare_app(
    home: Home,
    shared_bus: SessionBus,
    start_process: StartProcess,
    zone: timezone,
    prepared: PreparedInterpreter,
) -> TimerApp:
    """`timer-app` with a new home: nothing is set up."""
    environment = home.environment(**shared_bus.environment, TZ=zone_name(zone))
    return TimerApp(start_process, environment, home.path / "timer-app", prepared)


@pytest.fixture
def app(bare_app: TimerApp, services: Services, keyring: SecretService) -> TimerApp:
    """`timer-app` set up for both services, with their tokens in the keyring."""
    del keyring
    bare_app.environment |= NAMED
    bare_app.configure(services.settings())
    return bare_app
