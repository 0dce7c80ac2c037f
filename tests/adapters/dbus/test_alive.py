"""A bus that is silent is told from one that answers, before Qt asks it."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from tests.support.bus import SessionBus
from timer_app.adapters.dbus.address import (
    VARIABLE,
    forget_which_bus_it_was,
    hoped_session_address,
    session_address,
    socket_of,
)
from timer_app.adapters.dbus.alive import answers, no_session_bus


def test_a_bus_that_answers_and_one_that_does_not(session_bus: SessionBus) -> None:
    assert answers(session_bus.address)
    session_bus.hang()
    assert not answers(session_bus.address, patience=0.05)
    session_bus.go_on()
    assert answers(session_bus.address)


def test_what_cannot_be_reached_is_not_silent(tmp_path: Path) -> None:
    path = tmp_path / "bus"
    assert answers(f"unix:path={path}")
    with socket.socket(socket.AF_UNIX) as nobody_listens:
        nobody_listens.bind(str(path))
        assert answers(f"unix:path={path}")
    assert answers("unix:abstract=/tmp/dbus-1")
    assert answers("")


def test_no_bus_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    for before in ("unix:path=/here", None):
        if before is None:
            monkeypatch.delenv(VARIABLE)
        else:
            monkeypatch.setenv(VARIABLE, before)
        with no_session_bus():
            assert os.environ[VARIABLE] == "disabled:"
        assert os.environ.get(VARIABLE) == before


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
    assert socket_of(address) == path


def test_the_usual_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(VARIABLE)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert session_address() == ""
    assert hoped_session_address() == f"unix:path={tmp_path}/bus"
    (tmp_path / "bus").touch()
    assert session_address() == hoped_session_address()


def test_another_bus_at_the_same_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "unix:path=/a,guid=0f;unix:abstract=/b,guid=1e")
    forget_which_bus_it_was()
    assert os.environ[VARIABLE] == "unix:path=/a;unix:abstract=/b"
