"""The proxy of Windows or macOS, as Qt reads it: fixed ones, SOCKS, and proxy scripts (PAC).

Qt asks WinHTTP and CFNetwork, which may look names up and fetch a script: that takes a thread.
Source: https://doc.qt.io/qt-6/qnetworkproxyfactory.html#systemProxyForQuery
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtNetwork import QNetworkProxy

_LIMIT_SECONDS = 10.0
"""For a script that does not come. Then no proxy is named, as browsers have it."""

_log = logging.getLogger(__name__)


async def system_proxies(origin: str) -> Sequence[str]:
    """The addresses that the system offers for `origin`, the best first, `direct://` for no proxy.

    None at all where the system does not answer in time.
    """
    try:
        async with asyncio.timeout(_LIMIT_SECONDS):
            return await asyncio.to_thread(_ask, origin)
    except TimeoutError:
        _log.info("the system names no proxy in time")
        return ()


def _ask(origin: str) -> list[str]:
    from PySide6.QtCore import QUrl
    from PySide6.QtNetwork import QNetworkProxyFactory, QNetworkProxyQuery

    query = QNetworkProxyQuery(QUrl(f"{origin}/"))
    return [
        address
        for proxy in QNetworkProxyFactory.systemProxyForQuery(query)
        if (address := _address(proxy))
    ]


def _address(proxy: QNetworkProxy) -> str:
    """A proxy of Qt's as an address, "" for a kind that leads to no service."""
    from PySide6.QtNetwork import QNetworkProxy

    kinds = QNetworkProxy.ProxyType
    if proxy.type() is kinds.NoProxy:
        return "direct://"
    scheme = {kinds.HttpProxy: "http", kinds.Socks5Proxy: "socks5"}.get(proxy.type())
    if scheme is None:
        return ""
    host = f"[{proxy.hostName()}]" if ":" in proxy.hostName() else proxy.hostName()
    return f"{scheme}://{host}:{proxy.port()}"
