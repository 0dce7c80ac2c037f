"""Which keyrings a secret may be kept in, and what is said of the others."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from timer_app.adapters.setup.keyrings import use_own_session_bus

FIND = """
from timer_app.adapters.setup.keyrings import find_keyrings
try:
    print(*[f"{type(each).__module__}.{type(each).__name__}" for each in find_keyrings()])
except Exception as error:
    print(type(error).__name__, error)
"""
PLAIN = """
from keyring.backend import KeyringBackend
class PlaintextKeyring(KeyringBackend):
    priority = 3
    def get_password(self, service, username): return None
    def set_password(self, service, username, password): raise AssertionError("kept in the open")
"""
SYSTEM = """
from keyring.backends import SecretService
class Good(SecretService.Keyring):
    priority = 1
    viable = True
Good.__module__, Good.__qualname__, Good.__name__ = SecretService.__name__, "Keyring", "Keyring"
"""
"""A Secret Service that needs no bus, by the class that the library has for one."""


def found(tmp_path: Path, **changes: str) -> str:
    """What is found in a process with these variables and the modules in `tmp_path`."""
    environment = {name: text for name, text in os.environ.items() if "KEYRING" not in name}
    environment |= {"PYTHONPATH": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "config")}
    ended = subprocess.run(
        [sys.executable, "-c", FIND], env=environment | changes, capture_output=True, text=True,
        check=True, timeout=60,
    )  # fmt: skip
    return ended.stdout.strip()


def install(tmp_path: Path, name: str, source: str) -> None:
    """A package whose back ends the library finds by itself, as it finds keyrings.alt."""
    (tmp_path / f"{name}.py").write_text(source)
    metadata = tmp_path / f"{name}-1.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n")
    (metadata / "entry_points.txt").write_text(f"[keyring.backends]\n{name} = {name}\n")


@pytest.mark.parametrize(
    "backend",
    ["keyring.backends.null.Keyring", "plain_keyring.PlaintextKeyring", "no.such.Backend"],
)
def test_what_the_environment_chooses_is_named(tmp_path: Path, backend: str) -> None:
    (tmp_path / "plain_keyring.py").write_text(PLAIN)
    said = found(tmp_path, PYTHON_KEYRING_BACKEND=backend)
    assert said == f"UnsafeKeyring {backend} by PYTHON_KEYRING_BACKEND"


def test_a_system_keyring_that_was_chosen_and_is_not_reached_is_not_unsafe(tmp_path: Path) -> None:
    chosen = {"PYTHON_KEYRING_BACKEND": "keyring.backends.SecretService.Keyring"}
    nowhere = {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path}/none", "XDG_RUNTIME_DIR": ""}
    assert found(tmp_path, **chosen, **nowhere) == "OutsideSession"
    refused = {"DBUS_SESSION_BUS_ADDRESS": "tcp:host=127.0.0.1,port=1"}
    by = "keyring.backends.SecretService.Keyring by PYTHON_KEYRING_BACKEND"
    assert found(tmp_path, **chosen, **refused) == f"NoKeyring {by}"
    file = tmp_path / "config" / "python_keyring" / "keyringrc.cfg"
    file.parent.mkdir(parents=True)
    file.write_text("[backend]\ndefault-keyring=keyring.backends.SecretService.Keyring\n")
    assert found(tmp_path, **nowhere) == "OutsideSession"


def test_what_a_file_chooses_is_named(tmp_path: Path) -> None:
    (tmp_path / "plain_keyring.py").write_text(PLAIN)
    file = tmp_path / "config" / "python_keyring" / "keyringrc.cfg"
    file.parent.mkdir(parents=True)
    file.write_text("[backend]\ndefault-keyring=plain_keyring.PlaintextKeyring\n")
    assert found(tmp_path) == f"UnsafeKeyring plain_keyring.PlaintextKeyring by {file}"


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf[backend]\r\ndefault-keyring=no.such.Backend\r\n", b"\xff\xfe[\x00",
        b"no section", b"[backend]\ndefault-keyring=\n",
        b"[backend]\ndefault-keyring=a\ndefault-keyring=b\n",
    ],
    ids=["a mark of bytes", "another encoding", "no section", "nothing", "twice"],
)  # fmt: skip
def test_a_file_of_choices_that_cannot_be_read_is_named(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "config" / "python_keyring" / "keyringrc.cfg"
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    assert found(tmp_path).splitlines()[-1] == f"UnsafeKeyring keyringrc.cfg by {file}"


def test_an_empty_variable_chooses_nothing(tmp_path: Path) -> None:
    install(tmp_path, "system_keyring", SYSTEM)
    bus = {"DBUS_SESSION_BUS_ADDRESS": "tcp:host=127.0.0.1,port=1"}
    said = found(tmp_path, PYTHON_KEYRING_BACKEND="", **bus)
    assert said == "keyring.backends.SecretService.Keyring"


def test_what_is_merely_installed_is_named(tmp_path: Path) -> None:
    install(tmp_path, "plain_keyring", PLAIN)
    bus = {"DBUS_SESSION_BUS_ADDRESS": "tcp:host=127.0.0.1,port=1"}
    said = found(tmp_path, **bus)
    assert said == "UnsafeKeyring plain_keyring.PlaintextKeyring by plain_keyring"


def test_a_chainer_counts_by_its_members(tmp_path: Path) -> None:
    install(tmp_path, "plain_keyring", PLAIN)
    install(tmp_path, "system_keyring", SYSTEM)
    bus = {"DBUS_SESSION_BUS_ADDRESS": "tcp:host=127.0.0.1,port=1"}
    assert found(tmp_path, **bus) == "keyring.backends.SecretService.Keyring"


def test_outside_of_the_session(tmp_path: Path) -> None:
    gone = f"unix:path={tmp_path}/gone"
    assert found(tmp_path, DBUS_SESSION_BUS_ADDRESS=gone).split()[0] == "OutsideSession"
    assert found(tmp_path, DBUS_SESSION_BUS_ADDRESS="").split()[0] == "OutsideSession"


@pytest.fixture
def own_bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The socket of the user's own bus."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    with socket.socket(socket.AF_UNIX) as bus:
        bus.bind(str(tmp_path / "bus"))
        yield f"unix:path={tmp_path}/bus"


@pytest.mark.parametrize(
    ("named", "is_replaced"),
    [
        (None, True),
        ("", True),
        ("unix:path=/no/such/socket,guid=00", True),
        ("disabled:", False),
        ("unix:abstract=/tmp/dbus-1", False),
        ("unix:path=/no/such/socket;tcp:host=127.0.0.1,port=1", True),
    ],
)
def test_the_users_own_bus_is_used_where_none_is_reached(
    own_bus: str,
    monkeypatch: pytest.MonkeyPatch,
    named: str | None,
    is_replaced: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    name = "DBUS_SESSION_BUS_ADDRESS"
    if named is None:
        monkeypatch.delenv(name)
    else:
        monkeypatch.setenv(name, named)
    use_own_session_bus()
    assert os.environ[name] == (own_bus if is_replaced else named)


def test_a_bus_of_somebody_else_is_not_used(own_bus: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "")
    monkeypatch.setattr(os, "getuid", lambda: 12345)
    use_own_session_bus()
    assert os.environ["DBUS_SESSION_BUS_ADDRESS"] != own_bus
