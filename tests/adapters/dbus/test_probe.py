"""A bus that is silent is told from one that answers, before Qt asks it."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from tests.support.bus import SessionBus
from timer_app.adapters.dbus.address import (
    ADDRESS_VARIABLE,
    expected_session_address,
    remove_bus_guid,
    session_address,
    socket_path,
)
from timer_app.adapters.dbus.probe import hidden_session_bus, is_responsive


def test_a_bus_that_answers_and_one_that_does_not(session_bus: SessionBus) -> None:
    assert is_responsive(session_bus.address)
    session_bus.hang()
    assert not is_responsive(session_bus.address, timeout=0.05)
    session_bus.go_on()
    assert is_responsive(session_bus.address)


def test_what_cannot_be_reached_is_not_silent(tmp_path: Path) -> None:
    path = tmp_path / "bus"
    assert is_responsive(f"unix:path={path}")
    with socket.socket(socket.AF_UNIX) as nobody_listens:
        nobody_listens.bind(str(path))
        assert is_responsive(f"unix:path={path}")
    assert is_responsive("unix:abstract=/tmp/dbus-1")
    assert is_responsive("")


def test_no_bus_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    for before in ("unix:path=/here", None):
        if before is None:
            monkeypatch.delenv(ADDRESS_VARIABLE)
        else:
            monkeypatch.setenv(ADDRESS_VARIABLE, before)
        with hidden_session_bus():
            assert os.environ[ADDRESS_VARIABLE] == "disabled:"
        assert os.environ.get(ADDRESS_VARIABLE) == before


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("unix:path=/run/user/1000/bus", "/run/user/1000/bus"),
        ("unix:guid=12,path=/a%20b", "/a b"),
        ("tcp:host=here;unix:path=/second", "/second"),
        ("unix:abstract=/tmp/x", ""),
        ("disabled:", ""),
        ("", ""),
    ],
)
def test_the_path_in_an_address(address: str, path: str) -> None:
    assert socket_path(address) == path


def test_the_usual_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(ADDRESS_VARIABLE)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert session_address() == ""
    assert expected_session_address() == f"unix:path={tmp_path}/bus"
    (tmp_path / "bus").touch()
    assert session_address() == expected_session_address()


def test_another_bus_at_the_same_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ADDRESS_VARIABLE, "unix:path=/a,guid=0f;unix:abstract=/b,guid=1e")
    remove_bus_guid()
    assert os.environ[ADDRESS_VARIABLE] == "unix:path=/a;unix:abstract=/b"
