"""A token is in the keyring and in the Authorization header; nowhere else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.support import TOKENS, files_under
from timer_app.sandbox import FaultKind

if TYPE_CHECKING:
    from tests.cli.support import Services, TimerApp
    from tests.support.secret_service import SecretService

MARKS = [token.encode() for token in TOKENS.values()] + [b"canary-refused-77"]


def _clean(what: bytes) -> bool:
    return not any(mark in what for mark in MARKS)


@pytest.mark.parametrize("level", ["", "debug"])
def test_it_is_in_no_file_and_no_output(app: TimerApp, services: Services, level: str) -> None:
    app.environment["TIMER_APP_LOG"] = level
    quoted = "\n".join(TOKENS.values())
    ended = [
        app.run("login", "kaiten", stdin=TOKENS["kaiten"].encode()),
        app.run("login", "kaiten", stdin=b"canary-refused-77\n", code=1),
        app.run("start", services.card(), "--at", "-5m"),
    ]
    services.fault("kaiten", FaultKind.STATUS, "POST", status=403, body=quoted)
    services.fault("timecrowd", FaultKind.STATUS, "PATCH", status=422,
                   body=f'{{"messages": ["{TOKENS["timecrowd"]}"]}}')  # fmt: skip
    ended += [
        app.run("stop", "--json", code=4),
        app.run("problems", code=4),
        app.run("log", "--json"),
        app.run("sync", code=4),
        app.run("doctor", "--json", code=None),
        app.run("config", "get", "--json"),
        app.run("logout", "kaiten"),
    ]
    for each in ended:
        assert _clean((each.out + each.err).encode()), each
    files = files_under(app.home)
    assert any(path.suffix == ".log" and path.stat().st_size for path in files)
    for path in files:
        assert _clean(path.read_bytes()), path


def test_it_is_not_where_other_processes_look(app: TimerApp, services: Services) -> None:
    app.prepared = None  # its own command line is looked at
    services.fault("timecrowd", FaultKind.PAUSE, "POST")
    running = app.start("start", "--task", "T")
    services.arrived("timecrowd", "POST")
    process = Path(f"/proc/{running.pid}")
    assert _clean(process.joinpath("cmdline").read_bytes())
    assert _clean(process.joinpath("environ").read_bytes())
    services.release()
    assert running.wait() == 0


def test_it_does_not_travel_to_another_origin(app: TimerApp, services: Services) -> None:
    services.fault("timecrowd", FaultKind.REDIRECT, "POST", status=307)
    app.run("start", "--task", "T", code=4)
    assert services.visits() == []


def test_there_is_no_plain_text_fallback(app: TimerApp, services: Services) -> None:
    app.environment["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    app.run("login", "kaiten", stdin=TOKENS["kaiten"].encode(), code=None)
    app.run("start", services.card(), "--wait", "1", code=3)
    assert services.changes("timecrowd") == []
    assert all(_clean(path.read_bytes()) for path in files_under(app.home.parent))


@pytest.mark.parametrize("by_hand", [False, True], ids=["config set", "an editor"])
def test_a_token_goes_to_no_other_address(
    app: TimerApp,
    services: Services,
    by_hand: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    app.run("start", services.card())
    before = len(services.requests("kaiten"))
    here = services.kaiten_url
    other = here.replace("127.0.0.1", "localhost")
    assert other != here
    if by_hand:
        app.settings.write_text(app.settings.read_text().replace(here, other))
    else:
        app.run("config", "set", "kaiten.url", other)
    diagnosed = app.run("doctor", code=None).out
    assert f"is for {here}, so it is not sent to {other}" in diagnosed
    assert len(services.requests("kaiten")) == before
    app.run("login", "kaiten", stdin=TOKENS["kaiten"].encode())
    assert "so it is not sent" not in app.run("doctor", code=None).out


def test_two_homes_with_two_addresses_keep_both_tokens(
    app: TimerApp, services: Services, keyring: SecretService, tmp_path: Path
) -> None:
    here = services.kaiten_url
    other = here.replace("127.0.0.1", "localhost")
    app.run("login", "kaiten", stdin=TOKENS["kaiten"].encode())
    first = app.environment["TIMER_APP_HOME"]
    second = tmp_path / "second"
    second.mkdir(mode=0o700)
    (second / "settings.toml").write_text(app.settings.read_text().replace(here, other))
    app.environment["TIMER_APP_HOME"] = str(second)
    before = len(services.requests("kaiten"))
    diagnosed = app.run("doctor", code=None).out
    assert f"is for {here}, so it is not sent to {other}" in diagnosed
    assert len(services.requests("kaiten")) == before
    app.run("login", "kaiten", stdin=TOKENS["kaiten"].encode())
    assert keyring.read("timer-app", f"kaiten {other}") == TOKENS["kaiten"]
    assert "so it is not sent" not in app.run("doctor", code=None).out
    app.run("logout", "kaiten")
    assert keyring.read("timer-app", f"kaiten {other}") is None
    app.environment["TIMER_APP_HOME"] = first
    assert "so it is not sent" not in app.run("doctor", code=None).out
    assert keyring.read("timer-app", "kaiten") == TOKENS["kaiten"]
