"""login and logout: a token from stdin into a real keyring, checked with one call."""

from __future__ import annotations

import os
import pty
import select
from typing import TYPE_CHECKING

import pytest

from tests.cli.support import TOKENS, files_under
from tests.support.limits import TIME_LIMIT
from timer_app.sandbox import FaultKind

if TYPE_CHECKING:
    from tests.cli.support import Services, TimerApp
    from tests.support.secret_service import SecretService

SERVICES = ("timecrowd", "kaiten")


@pytest.fixture
def empty_keyring(app: TimerApp, keyring: SecretService) -> SecretService:
    """The keyring without tokens."""
    for service in SERVICES:
        app.run("logout", service)
        assert keyring.read("timer-app", service) is None
    return keyring


@pytest.mark.parametrize("service", SERVICES)
def test_login_keeps_a_token_that_is_accepted(
    app: TimerApp, services: Services, empty_keyring: SecretService, service: str
) -> None:
    ended = app.run("login", service, stdin=f"  {TOKENS[service]}\r\n".encode())
    assert "Dana Demo" in ended.err
    assert len(services.requests(service)) >= 1
    assert empty_keyring.read("timer-app", service) == TOKENS[service]
    document = app.run("login", service, "--json", stdin=TOKENS[service].encode()).document
    assert document["service"] == service
    assert app.run("logout", service, "--json").document["service"] == service
    assert empty_keyring.read("timer-app", service) is None
    app.run("logout", service)


def test_a_token_that_is_not_accepted_is_not_kept(
    app: TimerApp, services: Services, empty_keyring: SecretService
) -> None:
    wrong = (b"", b"\n", b"not-this-one\n", b"caf\xc3\xa9\n", b"\xff\xfe\n", b"a b\n", b"t\x00n\n")
    for typed in wrong:
        refused = app.run("login", "kaiten", "--json", stdin=typed, code=1)
        assert refused.document["error"]
        assert "not-this-one" not in refused.out + refused.err
        assert empty_keyring.read("timer-app", "kaiten") is None
    assert services.changes("kaiten") == []


def test_the_old_token_stays_when_a_new_one_is_refused(
    app: TimerApp, keyring: SecretService
) -> None:
    app.run("login", "timecrowd", stdin=b"wrong\n", code=1)
    assert keyring.read("timer-app", "timecrowd") == TOKENS["timecrowd"]


def test_nothing_is_kept_while_the_service_cannot_be_asked(
    app: TimerApp, services: Services, empty_keyring: SecretService
) -> None:
    services.down("kaiten")
    refused = app.run("login", "kaiten", stdin=TOKENS["kaiten"].encode(), code=1)
    assert "connection was refused" in refused.err
    services.fault("timecrowd", FaultKind.HTML)
    app.run("login", "timecrowd", stdin=TOKENS["timecrowd"].encode(), code=1)
    services.fault("timecrowd", FaultKind.STATUS, status=503)
    app.run("login", "timecrowd", stdin=TOKENS["timecrowd"].encode(), code=1)
    for service in SERVICES:
        assert empty_keyring.read("timer-app", service) is None


def test_kaiten_without_an_address(app: TimerApp, services: Services) -> None:
    app.configure(services.settings(kaiten=False))
    refused = app.run("login", "kaiten", stdin=b"token\n", code=1)
    assert "config set kaiten.url" in refused.err


def test_timecrowd_first_tells_the_teams(app: TimerApp, services: Services) -> None:
    app.configure(f'[timecrowd]\nurl = "{services.timecrowd_url}"\n')
    ended = app.run("login", "timecrowd", stdin=TOKENS["timecrowd"].encode())
    assert "config set timecrowd.team_id 11609" in ended.err


def test_a_locked_keyring_is_named(app: TimerApp, keyring: SecretService) -> None:
    keyring.lock()
    refused = app.run("login", "kaiten", stdin=TOKENS["kaiten"].encode(), code=1)
    assert "locked" in refused.err
    assert "locked" in app.run("logout", "kaiten", code=1).err
    app.run("start", "--task", "T", code=3)
    assert "locked" in app.status()["services"]["timecrowd"]["detail"]
    keyring.unlock()
    app.run("sync")


def test_no_keyring_is_named(app: TimerApp) -> None:
    app.environment["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    for command, stdin in (("login", TOKENS["kaiten"].encode()), ("logout", None)):
        refused = app.run(command, "kaiten", stdin=stdin, code=1)
        assert "keyring" in refused.err
    assert not any(TOKENS["kaiten"].encode() in p.read_bytes() for p in files_under(app.home))


def test_a_prompt_does_not_show_the_token(app: TimerApp, empty_keyring: SecretService) -> None:
    person, terminal = pty.openpty()
    try:
        # the shell leads a session: the first terminal it opens becomes its own, there getpass asks
        on_terminal = ("/bin/sh", "-c", f'exec "$0" "$@" <{os.ttyname(terminal)}')
        prompted = app.start("login", "kaiten", prefix=on_terminal)
        shown = b""
        while b"Token of kaiten" not in shown:
            shown += _read(person)
        os.write(person, f"{TOKENS['kaiten']}\n".encode())
        assert prompted.wait() == 0, prompted.transcript()
        while select.select([person], [], [], 0)[0]:
            shown += _read(person)
    finally:
        os.close(terminal)
        os.close(person)
    assert TOKENS["kaiten"].encode() not in shown
    assert TOKENS["kaiten"] not in prompted.transcript()
    assert empty_keyring.read("timer-app", "kaiten") == TOKENS["kaiten"]


def _read(terminal: int) -> bytes:
    readable, _, _ = select.select([terminal], [], [], TIME_LIMIT)
    assert readable, "nothing was written to the terminal"
    return os.read(terminal, 1000)


@pytest.mark.parametrize("backend", ["keyring.backends.null.Keyring", "no.such.Backend"])
def test_a_keyring_that_is_none_is_refused_by_name(app: TimerApp, backend: str) -> None:
    app.environment["PYTHON_KEYRING_BACKEND"] = backend
    refused = app.run("login", "kaiten", stdin=TOKENS["kaiten"].encode(), code=1)
    assert f"{backend}, chosen by PYTHON_KEYRING_BACKEND, does not protect" in refused.err
    diagnosed = {row["part"]: row for row in app.run("doctor", "--json", code=4).document}
    assert diagnosed["keyring"]["verdict"] == "problem"
    assert "PYTHON_KEYRING_BACKEND" in diagnosed["keyring"]["detail"]


def test_a_collection_that_ends_with_the_session_is_refused(
    app: TimerApp, empty_keyring: SecretService
) -> None:
    """Nothing would be there after the next login."""
    name, path = "KEYRING_PROPERTY_PREFERRED_COLLECTION", "/org/freedesktop/secrets/collection"
    token = TOKENS["kaiten"].encode()
    app.environment[name] = f"{path}/session"
    refused = app.run("login", "kaiten", stdin=token, code=1)
    assert f"{path}/session, chosen by {name}, does not protect secrets or forgets" in refused.err
    app.environment[name] = f"{path}/elsewhere"
    refused = app.run("login", "kaiten", stdin=token, code=1)
    assert f"{path}/elsewhere, chosen by {name}, cannot be used on this computer" in refused.err
    del app.environment[name]
    assert empty_keyring.read("timer-app", "kaiten") is None


def test_a_keyring_of_another_system_is_named_with_what_chose_it(app: TimerApp) -> None:
    app.environment["PYTHON_KEYRING_BACKEND"] = "keyring.backends.macOS.Keyring"
    refused = app.run("login", "kaiten", stdin=TOKENS["kaiten"].encode(), code=1)
    said = "keyring.backends.macOS.Keyring, chosen by PYTHON_KEYRING_BACKEND, cannot be used on"
    assert said in refused.err
    diagnosed = {row["part"]: row for row in app.run("doctor", "--json", code=4).document}
    assert said in diagnosed["keyring"]["detail"]
