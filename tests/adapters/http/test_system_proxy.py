"""The proxy of Windows and macOS, by what Qt reads there: fixed, SOCKS, a script's, none."""

from __future__ import annotations

import threading
import urllib.request

import pytest
from PySide6.QtNetwork import QNetworkProxy, QNetworkProxyFactory, QNetworkProxyQuery

from timer_app.adapters.http.proxies import Proxies
from timer_app.adapters.http.system_proxy import system_proxies

ORIGIN = "https://acme.kaiten.ru"
Kind = QNetworkProxy.ProxyType


def offer(monkeypatch: pytest.MonkeyPatch, *proxies: QNetworkProxy) -> list[str]:
    """Let the system offer these; what it is asked about."""
    asked: list[str] = []

    def answer(query: QNetworkProxyQuery) -> list[QNetworkProxy]:
        assert threading.current_thread() is not threading.main_thread()  # it may take long
        asked.append(query.url().toString())
        return list(proxies)

    monkeypatch.setattr(QNetworkProxyFactory, "systemProxyForQuery", answer)
    return asked


@pytest.mark.parametrize(
    ("offered", "wanted"),
    [
        ([QNetworkProxy(Kind.HttpProxy, "p.example", 3128)], "http://p.example:3128"),
        ([QNetworkProxy(Kind.Socks5Proxy, "fd00::5", 1080)], "socks5://[fd00::5]:1080"),
        ([QNetworkProxy(Kind.NoProxy), QNetworkProxy(Kind.HttpProxy, "p", 1)], ""),
        (
            [QNetworkProxy(Kind.FtpCachingProxy, "f", 1), QNetworkProxy(Kind.HttpProxy, "p", 80)],
            "http://p:80",
        ),
        ([], ""),
    ],
)
async def test_the_first_that_is_of_use(
    monkeypatch: pytest.MonkeyPatch, offered: list[QNetworkProxy], wanted: str
) -> None:
    asked = offer(monkeypatch, *offered)
    proxy = await Proxies(desktop=system_proxies).proxy_for(ORIGIN)
    assert (proxy.address if proxy else "") == wanted
    assert asked == [f"{ORIGIN}/"]


async def test_a_script_that_does_not_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("timer_app.adapters.http.system_proxy._LIMIT_SECONDS", 0.01)
    released = threading.Event()

    def wait(_: QNetworkProxyQuery) -> list[QNetworkProxy]:
        released.wait()
        return []

    monkeypatch.setattr(QNetworkProxyFactory, "systemProxyForQuery", wait)
    try:
        assert await system_proxies(ORIGIN) == ()
    finally:
        released.set()


@pytest.mark.parametrize(
    ("named", "wanted"),
    [
        ({"https": "socks4://s.example:1080"}, "socks5://s.example:1080"),  # "socks=" of Windows
        ({"https": "http://p.example:3128"}, "http://p.example:3128"),
        ({"http": "http://p.example:3128"}, "socks5://pac.example:9"),  # the script says the rest
        ({}, "socks5://pac.example:9"),
    ],
)
async def test_what_is_fixed_comes_before_a_script(
    monkeypatch: pytest.MonkeyPatch, named: dict[str, str], wanted: str
) -> None:
    monkeypatch.setattr(urllib.request, "getproxies_environment", dict)
    monkeypatch.setattr(urllib.request, "getproxies", lambda: named)
    monkeypatch.setattr(urllib.request, "proxy_bypass", lambda host: host == "acme.local")
    offer(monkeypatch, QNetworkProxy(Kind.Socks5Proxy, "pac.example", 9))
    find = Proxies(desktop=system_proxies)
    proxy = await find.proxy_for(ORIGIN)
    assert proxy
    assert proxy.address == wanted
    if "https" in named:
        assert await find.proxy_for("https://acme.local") is None
