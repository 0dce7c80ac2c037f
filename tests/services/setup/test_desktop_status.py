"""How the desktop is, as the app tells it to its command line."""

from __future__ import annotations

import json
from itertools import product

import pytest

from timer_app.services.setup.desktop_status import (
    BusState,
    DesktopKind,
    DesktopStatus,
    KeyringState,
    TrayState,
    desktop_status_from_json,
    desktop_status_to_json,
)


def test_what_is_sent_is_read_back() -> None:
    for keyring, tray, bus, desktop in product(
        KeyringState, TrayState, [*BusState, None], DesktopKind
    ):
        status = DesktopStatus(keyring, tray, bus, None, desktop)
        assert (
            desktop_status_from_json(json.loads(json.dumps(desktop_status_to_json(status))))
            == status
        )


@pytest.mark.parametrize(
    "told",
    [None, [], {}, desktop_status_to_json(DesktopStatus()) | {"keyring": "new in a later version"}],
)
def test_what_another_version_tells_is_not_taken(told: object) -> None:
    assert desktop_status_from_json(told) is None


def test_a_keyring_behind_a_bus_that_is_not_heard_is_not_called_absent() -> None:
    for bus in (BusState.SILENT, BusState.LOST):
        status = DesktopStatus(KeyringState.ABSENT, session_bus=bus)
        assert status.keyring is KeyringState.SLOW
    assert DesktopStatus(KeyringState.ABSENT, session_bus=BusState.NONE).keyring.is_unavailable
    assert DesktopStatus(KeyringState.LOCKED, session_bus=BusState.LOST).keyring.is_unavailable
