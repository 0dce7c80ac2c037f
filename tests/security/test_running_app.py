"""A whole app with marked tokens: they are where they belong and nowhere else, even asked for."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.app.conftest import card_address, set_up
from tests.conftest import StartProcess
from tests.support.environment import Home
from tests.support.secret_service import SecretService
from tests.support.services import LOG, Services
from tests.support.whole_app import WholeApp
from timer_app.adapters.paths import Paths
from timer_app.adapters.setup.cached_secrets import FixedSecrets
from timer_app.bootstrap.core import make_core
from timer_app.domain.service import Service
from timer_app.domain.setup.secrets import ProxySecret
from timer_app.sandbox import FaultKind

pytestmark = pytest.mark.desktop
PASSWORD = "canary-proxy-77e1"


@pytest.fixture
def services() -> Iterator[Services]:
    """Both services."""
    with Services() as services:
        yield services


@pytest.fixture
def app(
    home: Home,
    services: Services,
    secret_service: SecretService,
    tray_host: object,
    desktop_environment: Mapping[str, str],
    start_process: StartProcess,
) -> WholeApp:
    """Signed in, with a umask that would let everybody read what it writes."""
    assert tray_host
    secret_service.store("timer-app", "timecrowd", services.sandbox.timecrowd_token)
    secret_service.store("timer-app", "kaiten", services.sandbox.kaiten_token)
    secret_service.store("timer-app", "proxy", PASSWORD)
    folder = set_up(home.path / "app", services)
    environment = {
        **desktop_environment, "TIMER_APP_HOME": str(folder), "TIMER_APP_LOG": "debug",
    }  # fmt: skip
    command = ["sh", "-c", "umask 0; exec timer-app"]
    app = WholeApp(start_process(command, env=environment), folder)
    app.wait_started()
    return app


def marks(services: Services) -> list[bytes]:
    """What must be found nowhere."""
    tokens = services.sandbox.timecrowd_token, services.sandbox.kaiten_token, PASSWORD
    return [each.encode() for each in tokens]


def test_secrets_are_nowhere_but_in_the_keyring(app: WholeApp, services: Services) -> None:
    quoted = f"{services.sandbox.kaiten_token} is not allowed"
    services.plan(FaultKind.STATUS, LOG, status=403, body=quoted)
    app.ask("start", card=card_address(services), at="-5m", comment="a comment")
    app.ask("stop")
    app.ask("surroundings")
    process = Path(f"/proc/{app.pid}")
    places = {
        "arguments": process.joinpath("cmdline").read_bytes(),
        "environment": process.joinpath("environ").read_bytes(),
        "answers": repr([app.ask(each) for each in ("status", "log", "problems")]).encode(),
        "said": app.process.transcript().encode(),
        **{str(path): path.read_bytes() for path in app.home.rglob("*") if path.is_file()},
    }
    for mark in marks(services):
        assert [place for place, held in places.items() if mark in held] == []
    assert b"403" in places["answers"], "the service did quote the token"


def test_whatever_the_umask_all_is_the_owners_alone(app: WholeApp, services: Services) -> None:
    app.ask("start", card=card_address(services))
    app.ask("stop")
    modes = {
        str(path.relative_to(app.home)): oct(stat.S_IMODE(path.stat().st_mode))
        for path in [app.home, *app.home.rglob("*")]
        if path.name != "settings.toml"  # the test's own
    }
    folders = {".", "log", "run"}
    assert {name for name, mode in modes.items() if mode == "0o700"} == folders
    assert {mode for name, mode in modes.items() if name not in folders} == {"0o600"}
    assert "run/app.sock" in modes


def test_the_core_shows_no_secret(tmp_path: Path, services: Services) -> None:
    """Neither by its repr, nor by those of its parts, nor in a traceback with all its locals."""
    held: dict[Service | ProxySecret, str] = {
        Service.TIMECROWD: services.sandbox.timecrowd_token,
        Service.KAITEN: services.sandbox.kaiten_token,
        ProxySecret.PROXY: PASSWORD,
    }
    secrets = FixedSecrets(held)
    folder = set_up(tmp_path / "app", services)
    names = ("settings.toml", "journal.sqlite3", "log", "run")
    core = make_core(Paths(*(str(folder / name) for name in names)), secrets)
    try:
        gateways = core.connections.timecrowd, core.connections.kaiten
        parts = [core, secrets, core.secrets, core.connections, *gateways, core.settings.value,
                 *core.connections._clients]  # fmt: skip
        shown = "".join(map(repr, parts)).encode()
        assert not [mark for mark in marks(services) if mark in shown]
    finally:
        core.journal.close()
