"""A company's network: everything leads through a proxy with a password, over its certificates.

The services have names of the outside world, which only the proxy can lead to; TLS in front of the
stand-ins is signed by an authority that only `network.ca_file` names.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from dbus_fast import Message

from tests.app.conftest import EACH_ENTRY_HAS_A_LOG, RunCommand, StartApp, entries_of, keep_tokens
from tests.support.bus import BusClient
from tests.support.certificates import Authority
from tests.support.environment import Home
from tests.support.proxies import HttpProxy, SocksProxy, TlsFront
from tests.support.secret_service import SecretService
from tests.support.services import LOG, START, STOP, Services
from tests.support.tray_host import TrayHost
from tests.support.whole_app import Row, WholeApp, journal_rows, settings_text
from timer_app.sandbox.world import CARD_ID

PASSWORD = "canary-proxy-4d0b6f:27 wört"
USER = "dana"
BASIC = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
BUS = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")
TIMECROWD, KAITEN = "timecrowd.example", "acme.kaiten.example"


@dataclass
class Company:
    """Its proxy, its authority, and the names that the services have there."""

    services: Services
    proxy: HttpProxy
    authority: Authority
    fronts: list[TlsFront]
    leads_to: dict[str, int]

    def settings(self, *, proxy: str = "", ca_file: str | None = None) -> str:
        """A settings.toml for this network."""
        address = proxy or f"http://{USER}@127.0.0.1:{self.proxy.port}"
        ca = str(self.authority.pem) if ca_file is None else ca_file
        network = f"[network]\nproxy = {json.dumps(address)}\nca_file = {json.dumps(ca)}\n"
        return settings_text(
            f"https://{TIMECROWD}", f"https://{KAITEN}", EACH_ENTRY_HAS_A_LOG + network
        )


@pytest.fixture
def company(services: Services, tmp_path: Path) -> Iterator[Company]:
    """A network from which only a proxy with a password leads outside."""
    authority = Authority(tmp_path)
    with ExitStack() as stack:

        def front(name: str, url: str) -> TlsFront:
            made = TlsFront(int(url.rpartition(":")[2]))
            services.run(made.start(authority.issue(name)))
            stack.callback(lambda: services.run(made.close()))
            return made

        services.sandbox.timecrowd.host_names.add(TIMECROWD)
        services.sandbox.kaiten.host_names.add(KAITEN)
        fronts = [front(TIMECROWD, services.timecrowd_url), front(KAITEN, services.kaiten_url)]
        leads_to = {TIMECROWD: fronts[0].port, KAITEN: fronts[1].port}
        proxy = services.run(HttpProxy(leads_to, f"{USER}:{PASSWORD}").start())
        stack.callback(lambda: services.run(proxy.close()))
        yield Company(services, proxy, authority, fronts, leads_to)


@pytest.fixture
def app_home(home: Home, company: Company) -> Path:
    """TIMER_APP_HOME in that network."""
    folder = home.path / "app"
    folder.mkdir(mode=0o700, parents=True)
    (folder / "settings.toml").write_text(company.settings())
    return folder


@pytest.fixture
def password_kept(signed_in: SecretService) -> SecretService:
    """The keyring with both tokens and the proxy's password."""
    signed_in.store("timer-app", "proxy", PASSWORD)
    return signed_in


def _clean(company: Company, app_home: Path, *texts: str) -> None:
    """Password and tokens are where they belong, and nowhere else."""
    tokens = [company.services.sandbox.timecrowd_token, company.services.sandbox.kaiten_token]
    for secret in (PASSWORD, BASIC, *tokens):
        for path in app_home.rglob("*"):
            assert path.is_dir() or path.is_socket() or secret.encode() not in path.read_bytes()
        assert not any(secret in text for text in texts)
        assert secret.encode() not in company.proxy.seen.passed
    for asked in company.proxy.seen.asked:
        method, target, _ = asked.split(b" ", 2)
        assert (method, target.rpartition(b":")[0].decode()) in {
            (b"CONNECT", TIMECROWD), (b"CONNECT", KAITEN),
        }  # fmt: skip
        assert not any(token.encode() in asked for token in tokens)
        assert b"Authorization: Bearer" not in asked
    for front, token in zip(company.fronts, tokens, strict=True):
        heard = bytes(front.heard).lower()
        assert b"proxy-authorization" not in heard
        assert PASSWORD.encode().lower() not in heard
        assert (f"bearer {token}".lower().encode() in heard) == bool(heard)


def test_the_command_line_delivers_through_a_proxy_with_a_password(
    password_kept: SecretService, company: Company, command: RunCommand, app_home: Path
) -> None:
    del password_kept
    card = f"https://{KAITEN}/{CARD_ID}"
    code, out = command("add", card, "--from", "-3m", "--for", "2m", "--json")
    assert code == 0, out
    assert [log.card_id for log in company.services.logs()] == [CARD_ID]
    assert len(company.services.entries()) == 1
    code, report = command("doctor", "--json")
    rows = {row["part"]: row for row in json.loads(report)}
    assert rows["timecrowd"]["verdict"] == rows["kaiten"]["verdict"] == "ok"
    assert "through 127.0.0.1" in rows["proxy"]["detail"]
    assert rows["ca_file"]["verdict"] == "ok"
    _clean(company, app_home, out, report)


def test_the_app_delivers_through_a_proxy_with_a_password(
    password_kept: SecretService,
    tray_host: TrayHost,
    start_app: StartApp,
    company: Company,
    app_home: Path,
) -> None:
    del password_kept
    app = start_app(own_interpreter=True)  # its command line is read
    item = tray_host.wait_item(app.pid)
    assert app.ask("start", card=f"https://{KAITEN}/{CARD_ID}")["exit"] == 0
    item.wait_tooltip("0:00")
    company.services.answered(START)
    item.activate()
    company.services.answered(STOP)
    company.services.answered(LOG)
    assert app.sync() == 0
    assert len(company.services.logs()) == len(company.services.entries()) == 1
    process = Path(f"/proc/{app.pid}")
    seen = [process.joinpath(name).read_bytes().decode() for name in ("cmdline", "environ")]
    app.quit()
    _clean(company, app_home, app.process.transcript(), *seen)


def test_without_the_password_all_waits_until_login(
    signed_in: SecretService,
    tray_host: TrayHost,
    start_app: StartApp,
    company: Company,
    command: RunCommand,
    app_home: Path,
) -> None:
    app = start_app()
    item = tray_host.wait_item(app.pid)
    app.ask("start", task="Behind a wall", wait="0")
    item.wait_tooltip("TimeCrowd: no connection")
    detail = app.status()["services"]["timecrowd"]["detail"]
    assert "login proxy" in detail
    assert company.proxy.seen.asked == []
    code, said = command("login", "proxy", "--json", stdin="a wrong one\n")
    assert code == 1
    assert "does not accept the user name and password" in json.loads(said)["error"]
    assert signed_in.read("timer-app", "proxy") is None
    code, out = command("login", "proxy", stdin=f"{PASSWORD}\n")
    assert code == 0, out
    assert signed_in.read("timer-app", "proxy") == PASSWORD
    company.services.answered(START)  # the app was told; nobody restarted it
    assert app.sync() == 0
    item.wait(lambda facts: "no connection" not in facts.tooltip, "the trouble to be over")
    code, _ = command("logout", "proxy")
    assert code == 0
    assert signed_in.read("timer-app", "proxy") is None
    app.ask("stop", wait="0")
    item.wait_tooltip("TimeCrowd: no connection")
    signed_in.store("timer-app", "proxy", PASSWORD)
    assert app.sync() == 0
    _clean(company, app_home, app.process.transcript(), said, out)


def test_a_change_of_network_needs_no_restart(
    password_kept: SecretService,
    tray_host: TrayHost,
    start_app: StartApp,
    company: Company,
    command: RunCommand,
    app_home: Path,
) -> None:
    """Proxy, kind of proxy and extra certificates are taken as they are set."""
    del password_kept, tray_host
    (app_home / "settings.toml").write_text(
        company.settings(proxy="http://127.0.0.1:1", ca_file="")
    )
    app = start_app()
    services = company.services
    app.ask("start", task="Moving", wait="5")
    assert "The connection was refused by the proxy 127.0.0.1" in _detail(app)
    socks = services.run(SocksProxy(company.leads_to, f"{USER}:{PASSWORD}").start())
    address = f"socks5://{USER}@127.0.0.1:{socks.port}"
    assert command("config", "set", "network.proxy", address)[0] == 0
    app.sync()
    assert f"certificate of {TIMECROWD} is signed by an unknown authority" in _detail(app)
    assert "network.ca_file" in _detail(app)
    assert command("config", "set", "network.ca_file", str(company.authority.pem))[0] == 0
    assert app.sync() == 0
    assert services.count(START) + services.count(("POST", "/user/time_entries")) >= 1
    assert socks.seen.passed
    assert journal_rows(app.home)[0].state == "done"
    assert len(entries_of(app)) == 1
    services.run(socks.close())


def _detail(app: WholeApp) -> str:
    return str(app.status()["services"]["timecrowd"]["detail"])


def test_a_ca_file_that_is_gone_loses_nothing(
    password_kept: SecretService,
    tray_host: TrayHost,
    start_app: StartApp,
    company: Company,
    command: RunCommand,
) -> None:
    """The timer goes on, deliveries wait with the reason, and the file may come back."""
    del password_kept, tray_host
    pem = company.authority.pem
    aside = pem.rename(pem.with_suffix(".aside"))
    app = start_app()
    assert app.ask("start", task="Untrusting", wait="5")["exit"] == 3
    assert f"The certificates in {pem} cannot be used: there is no such file." in _detail(app)
    assert journal_rows(app.home) == [Row("timecrowd", "start", "waiting")]
    code, out = command("doctor", "--json")
    rows = {row["part"]: row for row in json.loads(out)}
    assert code == 4
    assert rows["ca_file"]["verdict"] == rows["timecrowd"]["verdict"] == "problem"
    aside.rename(pem)
    assert app.sync() == 0
    assert len(company.services.entries()) == 1


def test_what_adds_nobody_is_refused_when_it_is_set(
    signed_in: SecretService, company: Company, command: RunCommand, app_home: Path
) -> None:
    keep_tokens(signed_in, company.services)
    before = (app_home / "settings.toml").read_text()
    empty = app_home / "empty.pem"
    empty.touch()
    for name, reason in ((str(empty), "it is empty"), ("/nowhere.pem", "there is no such file")):
        code, out = command("config", "set", "network.ca_file", name, "--json")
        assert code == 1
        assert name in json.loads(out)["error"]
        assert reason in json.loads(out)["error"]
    assert (app_home / "settings.toml").read_text() == before


def test_the_desktops_proxy_is_found_by_its_portal(
    password_kept: SecretService,
    tray_host: TrayHost,
    bus_client: BusClient,
    start_app: StartApp,
    company: Company,
    app_home: Path,
) -> None:
    """With nothing in settings and environment; who logs in is in the desktop's address."""
    del password_kept, tray_host
    text = company.settings().replace(f"http://{USER}@127.0.0.1:{company.proxy.port}", "")
    (app_home / "settings.toml").write_text(text)
    offered = [f"http://{USER}@127.0.0.1:{company.proxy.port}"]

    def answer(message: Message) -> Message | None:
        if message.member != "Lookup":
            return None
        return Message.new_method_return(message, "as", [offered])

    bus_client.bus.add_message_handler(answer)
    bus_client.call(*BUS, "RequestName", "su", "org.freedesktop.portal.Desktop", 0)
    app = start_app()
    assert app.ask("start", task="By the desktop", wait="10")["exit"] == 0
    assert len(company.services.entries()) == 1
    assert company.proxy.seen.passed
