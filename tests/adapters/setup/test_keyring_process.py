"""The process that asks the keyring: what goes through its pipes, and how it ends."""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.environment import ROOT
from timer_app.adapters.setup.keyring_process import SubprocessQuestion
from timer_app.adapters.setup.keyring_questions import (
    KeyringAct,
    KeyringFailed,
    KeyringRequest,
)
from timer_app.adapters.setup.secrets import KeyringSecrets
from timer_app.domain.service import Service
from timer_app.domain.setup.secrets import KeyringProblem, SecretUse
from timer_app.services.setup.desktop_status import KeyringState
from timer_app.services.setup.ports import SecretUnavailable

CANARY = "canary-5d0e8a77c1"
MODULE = "timer_app.adapters.setup.keyring_process"
READ = KeyringRequest(KeyringAct.READ, Service.KAITEN, SecretUse())
_LIMIT = 30.0


class _SilentBus:
    """A session bus that takes connections and never says a word: its keyring hangs."""

    def __init__(self, path: Path) -> None:
        self.address = f"unix:path={path}"
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.settimeout(_LIMIT)
        self._listening.bind(str(path))
        self._listening.listen()

    def accept(self) -> socket.socket:
        """The next one that asks."""
        connection, _ = self._listening.accept()
        connection.settimeout(_LIMIT)
        return connection

    def close(self) -> None:
        self._listening.close()


@pytest.fixture
def silent_bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[_SilentBus]:
    monkeypatch.chdir(tmp_path)
    bus = _SilentBus(Path("bus"))
    bus.address = f"unix:path={tmp_path / 'bus'}"
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.SecretService.Keyring")
    yield bus
    bus.close()


def _read_to_end(connection: socket.socket) -> bytes:
    """All that is said until the other side is gone."""
    return b"".join(iter(lambda: connection.recv(4096), b""))


def _pid(connection: socket.socket) -> int:
    """Who is at the other end: struct ucred of unix(7)."""
    credentials = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
    return int.from_bytes(credentials[:4], sys.byteorder)


def test_it_imports_little_of_the_app() -> None:
    """The tray app starts one for each token, and waits for it."""
    code = f"import sys, {MODULE}; print(*sys.modules)"
    imported = subprocess.check_output([sys.executable, "-P", "-c", code], text=True).split()
    assert "timer_app.domain.setup.secrets" in imported
    assert not [name for name in imported if name.startswith("timer_app.domain.delivery")]
    assert not {"asyncio", "httpx", "PySide6"} & set(imported)


def test_the_libraries_are_imported_before_the_question_begins() -> None:
    """The time until then may be long, and is not taken for a prompt that waits."""
    code = """
import sys
from timer_app.adapters.setup.keyring_questions import *
from timer_app.domain.service import Service
from timer_app.domain.setup.secrets import SecretUse
def on_asking():
    print(*sys.modules)
try:
    request = KeyringRequest(KeyringAct.READ, Service.KAITEN, SecretUse())
    InProcessQuestion(request).answer(on_asking)
except KeyringFailed:
    pass
"""
    imported = subprocess.check_output([sys.executable, "-P", "-c", code], text=True).split()
    assert {"keyring.core", "keyring.backends.SecretService"} <= set(imported)


async def test_a_failure_comes_through_as_it_is() -> None:
    """The suite's own environment: the library's `fail` back end."""
    secrets = KeyringSecrets(make_question=SubprocessQuestion)
    with pytest.raises(SecretUnavailable, match=r"^There is no keyring on this computer\.") as why:
        await secrets.token(Service.KAITEN)
    assert why.value.problem is KeyringProblem.ABSENT
    assert secrets.state is KeyringState.ABSENT


@pytest.mark.skipif(sys.platform != "linux", reason="D-Bus and /proc")
async def test_who_quits_ends_the_process_with_its_prompt(silent_bus: _SilentBus) -> None:
    secrets = KeyringSecrets(timeout=_LIMIT, make_question=SubprocessQuestion)
    asking = asyncio.create_task(secrets.token(Service.KAITEN))
    with await asyncio.to_thread(silent_bus.accept) as connection:
        secrets.give_up()
        with pytest.raises(SecretUnavailable) as why:
            await asking
        assert why.value.problem is KeyringProblem.QUIT
        await asyncio.to_thread(_read_to_end, connection)
    assert secrets.state is KeyringState.UNASKED  # which nothing is wrong with


@pytest.mark.skipif(sys.platform != "linux", reason="D-Bus and /proc")
@pytest.mark.parametrize("turned", [KeyringSecrets.on_gone, KeyringSecrets.on_available])
async def test_who_hangs_at_a_keyring_that_went_is_ended(
    silent_bus: _SilentBus, turned: object
) -> None:
    assert callable(turned)
    secrets = KeyringSecrets(timeout=0.5, make_question=SubprocessQuestion)
    with pytest.raises(SecretUnavailable, match="does not answer"):
        await secrets.token(Service.KAITEN)
    with await asyncio.to_thread(silent_bus.accept) as connection:
        turned(secrets)
        await asyncio.to_thread(_read_to_end, connection)


@pytest.mark.skipif(sys.platform != "linux", reason="D-Bus and /proc")
async def test_no_secret_is_in_arguments_or_environment(silent_bus: _SilentBus) -> None:
    secrets = KeyringSecrets(timeout=_LIMIT, make_question=SubprocessQuestion)
    storing = asyncio.create_task(secrets.store(Service.KAITEN, CANARY))
    with await asyncio.to_thread(silent_bus.accept) as connection:
        process = Path("/proc", str(_pid(connection)))
        seen = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
        assert MODULE.encode() in seen
        assert CANARY.encode() not in seen
        secrets.give_up()
        with pytest.raises(SecretUnavailable):
            await storing


@pytest.mark.skipif(sys.platform != "linux", reason="D-Bus and /proc")
def test_it_ends_with_who_asked(silent_bus: _SilentBus) -> None:
    request = json.dumps(["read", "kaiten", "", "", ""]).encode() + b"\n"
    with subprocess.Popen(
        [sys.executable, "-m", MODULE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(request)
        process.stdin.flush()
        with silent_bus.accept() as connection:
            assert process.stdout.readline() == b"asking\n"
            process.stdin.close()
            _read_to_end(connection)
        assert process.wait(_LIMIT) == 1


def test_a_request_that_breaks_off_is_none() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", MODULE], input=b'["read"', capture_output=True, cwd=ROOT, check=False
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, b"", b"")


@pytest.mark.parametrize(
    ("program", "detail"),
    [("/nowhere/python", "FileNotFoundError"), ("/bin/true", "KeyringProcessEnded")],
)
@pytest.mark.skipif(sys.platform == "win32", reason="Unix programs")
def test_one_that_does_not_start_or_answer(
    monkeypatch: pytest.MonkeyPatch, program: str, detail: str
) -> None:
    monkeypatch.setattr(sys, "executable", program)
    with pytest.raises(KeyringFailed) as failed:
        SubprocessQuestion(READ).answer(lambda: None)
    assert (failed.value.state, failed.value.detail) == (KeyringState.BROKEN, (detail,))
    assert not failed.value.may_pass


def test_ended_before_it_began() -> None:
    question = SubprocessQuestion(READ)
    question.end()
    with pytest.raises(KeyringFailed):
        question.answer(lambda: None)


def test_the_bundle_answers_to_it() -> None:
    start = ROOT / "packaging" / "bundle" / "start.py"
    with subprocess.Popen(
        [sys.executable, start, "-m", MODULE], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(["read", "kaiten", "", "", ""]).encode() + b"\n")
        process.stdin.flush()
        assert process.stdout.readline() == b"asking\n"
        assert json.loads(process.stdout.readline())["failed"] == KeyringState.ABSENT.value


def test_a_request_shows_no_secret() -> None:
    assert CANARY not in repr(KeyringRequest(KeyringAct.WRITE, Service.KAITEN, SecretUse(), CANARY))
