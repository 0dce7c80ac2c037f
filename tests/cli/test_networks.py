"""Networks by the command line: what may be set, the proxy's password, and what doctor says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.certificates import Authority
from timer_app.sandbox import FaultKind

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.support import Services, TimerApp
    from tests.support.secret_service import SecretService

PASSWORD = "canary-proxy-hunter2 "


def _rows(app: TimerApp, code: int | None) -> dict[str, Any]:
    return {row["part"]: row for row in app.json("doctor", code=code)}


def test_an_address_may_name_a_user_and_never_a_password(app: TimerApp) -> None:
    for address in ("http://me@proxy:3128", "socks5://proxy", "none", ""):
        assert app.json("config", "set", "network.proxy", address) == address
    refused = app.run("config", "set", "network.proxy", "http://me:hunter2@proxy:1", code=1)
    assert "login proxy" in refused.err
    assert "hunter2" not in refused.out + refused.err + app.settings.read_text()


def test_the_proxys_password_is_in_the_keyring_alone(app: TimerApp, keyring: SecretService) -> None:
    app.run("config", "set", "network.proxy", "http://me@proxy.invalid:3128")
    ended = [
        app.run("login", "proxy", "--json", stdin=f"{PASSWORD}\r\n".encode()),
        app.run("login", "proxy", stdin=PASSWORD.encode()),
    ]
    assert ended[0].document["service"] == "proxy"
    assert keyring.read("timer-app", "proxy") == PASSWORD
    ended += [app.run("doctor", code=None), app.run("config", "get", "--json")]
    ended.append(app.run("logout", "proxy", "--json"))
    assert ended[-1].document == {"service": "proxy", "removed": True}
    assert keyring.read("timer-app", "proxy") is None
    assert "There was no password." in app.run("logout", "proxy").err
    for each in ended:
        assert PASSWORD.strip() not in each.out + each.err
    for path in app.home.rglob("*"):
        assert path.is_dir() or PASSWORD.strip().encode() not in path.read_bytes()


def test_a_password_that_nobody_would_ask_for(app: TimerApp, keyring: SecretService) -> None:
    app.run("config", "set", "network.proxy", "http://proxy.invalid:3128")
    refused = app.run("login", "proxy", stdin=PASSWORD.encode(), code=1)
    assert "USER@HOST" in refused.err
    app.run("config", "set", "network.proxy", "")
    assert "nothing was changed" in app.run("login", "proxy", stdin=b"\n", code=1).err
    keyring.lock()
    assert "locked" in app.run("login", "proxy", stdin=PASSWORD.encode(), code=1).err
    keyring.unlock()


def test_a_ca_file_is_kept_by_its_whole_name(app: TimerApp, home_of: Path, tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    company = home_of / "company.pem"
    company.write_bytes(authority.pem.read_bytes())
    assert app.json("config", "set", "network.ca_file", "~/company.pem") == str(company)
    app.run("start", "--task", "T")
    company.write_text("no certificate any more")
    app.run("stop", code=3)  # the timer goes on; what is to be told waits
    assert "it has no PEM text" in app.status()["services"]["timecrowd"]["detail"]
    row = _rows(app, 4)["ca_file"]
    assert (row["verdict"], str(company) in row["detail"]) == ("problem", True)
    assert "network.ca_file" in row["remedy"]
    assert app.json("config", "set", "network.ca_file", "") == ""
    app.run("sync")


@pytest.fixture
def home_of(app: TimerApp) -> Path:
    """The HOME of the commands."""
    from pathlib import Path

    return Path(app.environment["HOME"])


@pytest.mark.parametrize(
    ("kind", "more", "words", "remedy"),
    [
        (FaultKind.HTML, {}, "is not this service (it sent a web page)", "log in there"),
        (FaultKind.STATUS, {"status": 404}, "is not this service (HTTP 404)", "Check the address"),
        (FaultKind.REDIRECT, {"status": 302}, "redirects to", "log in there"),
        (FaultKind.STATUS, {"status": 503}, "HTTP 503", "Timer App will try again"),
    ],
)
def test_what_is_there_and_is_not_the_service(
    app: TimerApp,
    services: Services,
    kind: FaultKind,
    more: dict[str, Any],
    words: str,
    remedy: str,
) -> None:
    services.fault("kaiten", kind, times=None, **more)
    rows = _rows(app, 4)
    assert words in rows["kaiten"]["detail"]
    assert remedy in rows["kaiten"]["remedy"]
    assert services.kaiten_url in rows["kaiten"]["remedy"]
    assert rows["timecrowd"]["verdict"] == "ok"
    assert "timecrowd directly" in rows["proxy"]["detail"]
    refused = app.run("login", "kaiten", stdin=b"canary-token\n", code=1)
    assert words in refused.err
    assert "The token was not kept." in refused.err
    assert services.visits() == []  # the token went nowhere else
