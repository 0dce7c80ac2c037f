"""How the desktop is, as the app tells it to its command line."""

from __future__ import annotations

import json
from itertools import product

import pytest

from timer_app.services.surroundings import (
    BusState,
    DesktopKind,
    KeyringState,
    Surroundings,
    TrayState,
    document,
    read_document,
)


def test_what_is_told_is_read_back() -> None:
    for keyring, tray, bus, desktop in product(
        KeyringState, TrayState, [*BusState, None], DesktopKind
    ):
        around = Surroundings(keyring, tray, bus, None, desktop)
        assert read_document(json.loads(json.dumps(document(around)))) == around


@pytest.mark.parametrize(
    "told", [None, [], {}, document(Surroundings()) | {"keyring": "new in a later version"}]
)
def test_what_another_version_tells_is_not_taken(told: object) -> None:
    assert read_document(told) is None


def test_a_keyring_behind_a_bus_that_is_not_heard_is_not_called_absent() -> None:
    for bus in (BusState.SILENT, BusState.LOST):
        around = Surroundings(KeyringState.ABSENT, session_bus=bus)
        assert around.keyring is KeyringState.SLOW
    assert Surroundings(KeyringState.ABSENT, session_bus=BusState.NONE).keyring.troubled
    assert Surroundings(KeyringState.LOCKED, session_bus=BusState.LOST).keyring.troubled
