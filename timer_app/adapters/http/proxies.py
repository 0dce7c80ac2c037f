"""Which proxy leads to a service: the setting, the environment, the desktop, and its password.

    network.proxy = ""      the system's: of the environment (https_proxy, all_proxy, no_proxy, in
                            small letters or capitals), else as Windows, macOS or the Linux desktop
                            are set
    network.proxy = "none"  none, whatever the system says
    network.proxy = "http://user@proxy.example:3128"    this one (http, https, socks5, socks5h)

A password is in the keyring alone, and asked for only where an address names a user. Loopback
addresses never go through a proxy.
"""

from __future__ import annotations

import asyncio
import ipaddress
import re
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import unquote, urlsplit

from timer_app.domain.messages import ConnectionMessageId, ConnectionProblemKind, KeyringMessageId
from timer_app.domain.setup.addresses import is_loopback
from timer_app.domain.setup.connection_problems import ConnectionProblem
from timer_app.domain.setup.secrets import KeyringProblem
from timer_app.domain.user_message import UserMessage
from timer_app.services.setup.ports import SecretUnavailable

NO_PROXY = "none"
SCHEMES = ("http", "https", "socks5", "socks5h")
DIRECT = "direct"
LOGIN_RETRY_DELAY = timedelta(minutes=30)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


class ConnectionSetupError(Exception):
    """A service cannot be called with these settings, or not now; `connection_problem` says why."""

    def __init__(self, connection_problem: ConnectionProblem) -> None:
        super().__init__(connection_problem.reason)
        self.connection_problem = connection_problem


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy by its address (scheme, host, port), and how to log in there."""

    address: str
    host: str
    user: str = ""
    password: str | None = field(default=None, repr=False)


AskPassword = Callable[[str], Awaitable[str]]
"""The password of the keyring for the proxy at an address. Raises SecretUnavailable."""
AskDesktop = Callable[[str], Awaitable[Sequence[str]]]
"""The addresses that the desktop offers for an origin, the best first; none if it cannot say."""


async def _no_password(_address: str) -> str:
    raise SecretUnavailable(KeyringMessageId.NO_PROXY_PASSWORD, problem=KeyringProblem.EMPTY)


class Proxies:
    """Finds the proxy for a service, one for all services. `setting` is network.proxy.

    A login that was refused is not tried again for LOGIN_RETRY_DELAY: after a few wrong ones in a
    row a company locks the account. Another password counts at once. `seconds` only goes forward.
    """

    def __init__(
        self,
        setting: str = "",
        password: AskPassword = _no_password,
        desktop: AskDesktop | None = None,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._setting = setting
        self._password = password
        self._desktop = desktop
        self._seconds = seconds
        self._rejected_login: tuple[Proxy, float] | None = None

    def reject_login(self, proxy: Proxy) -> None:
        """The proxy did not accept this login."""
        self._rejected_login = (proxy, self._seconds())

    async def proxy_for(self, origin: str) -> Proxy | None:
        """The proxy that leads to `origin`, None for no proxy. Raises ConnectionSetupError."""
        host = urlsplit(origin).hostname or ""
        if self._setting == NO_PROXY or is_loopback(host):
            return None
        address = self._setting or await self._system_proxy(origin, host)
        if not address:
            return None
        proxy = await self._with_password(read_proxy(address))
        if self._rejected_login is not None and self._rejected_login[0] == proxy:
            if self._seconds() - self._rejected_login[1] < LOGIN_RETRY_DELAY.total_seconds():
                raise ConnectionSetupError(
                    ConnectionProblem(
                        ConnectionProblemKind.PROXY_REFUSES_LOGIN, proxy.host, at_proxy=True
                    )
                )
            self._rejected_login = None
        return proxy

    async def _system_proxy(self, origin: str, host: str) -> str:
        parts = urlsplit(origin)
        scheme = parts.scheme
        port = parts.port or _default_port(scheme)
        if sys.platform == "linux":
            named = _environment_proxy(scheme, host, port)
        else:  # in a thread: there asking may look names up
            named = await asyncio.to_thread(_environment_proxy, scheme, host, port)
        if named is not None or self._desktop is None:
            return named or ""
        return _first_usable(await self._desktop(origin))

    async def _with_password(self, proxy: Proxy) -> Proxy:
        if not proxy.user or proxy.password is not None:
            return proxy
        try:
            password = await self._password(proxy.address)
        except SecretUnavailable as reason:
            if reason.problem is KeyringProblem.QUIT:
                raise
            kind = ConnectionProblemKind.PROXY_PASSWORD
            raise ConnectionSetupError(
                ConnectionProblem(kind, proxy.host, at_proxy=True, detail=reason.message)
            ) from None
        return Proxy(proxy.address, proxy.host, proxy.user, password)


def read_proxy(address: str) -> Proxy:
    """A proxy's address in its parts.

    Raises ConnectionSetupError, whose text quotes nothing of it.
    """
    try:
        address = address.strip()
        if address.lower().startswith("socks://"):  # GNOME's word for any version; 5 is in use
            address = f"socks5{address[len('socks') :]}"
        parts = urlsplit(address if _SCHEME.match(address) else f"http://{address}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _unusable_address(UserMessage(ConnectionMessageId.NOT_AN_ADDRESS)) from None
    if parts.scheme not in SCHEMES:
        raise _unusable_address(UserMessage(ConnectionMessageId.KIND_OF_PROXY, ", ".join(SCHEMES)))
    if port == 0 or "@" in f"{parts.path}{parts.query}{parts.fragment}":
        # A # or / of a password ends what is read as the host, which would be the user's name.
        raise _unusable_address(UserMessage(ConnectionMessageId.NOT_AN_ADDRESS))
    if not host or not host.isprintable() or " " in host:
        raise _unusable_address(UserMessage(ConnectionMessageId.NO_HOST))
    shown = f"[{host}]" if ":" in host else host
    return Proxy(
        f"{parts.scheme}://{shown}:{port or _default_port(parts.scheme)}",
        host,
        unquote(parts.username or ""),
        None if parts.password is None else unquote(parts.password),
    )


def _unusable_address(why: UserMessage) -> ConnectionSetupError:
    return ConnectionSetupError(
        ConnectionProblem(ConnectionProblemKind.PROXY_ADDRESS, "", at_proxy=True, detail=why)
    )


def _default_port(scheme: str) -> int:
    return {"http": 80, "https": 443}.get(scheme, 1080)


def _environment_proxy(scheme: str, host: str, port: int) -> str | None:
    """What the environment, or else fixed settings of Windows or macOS, say.

    "" is no proxy, None nothing at all: a proxy script may say more.
    """
    from urllib.request import getproxies, getproxies_environment, proxy_bypass

    in_environment = getproxies_environment()
    named = in_environment or getproxies()
    address = named.get(scheme) or named.get("all")
    if address is None:
        return None
    if in_environment:
        return "" if bypasses_proxy(in_environment.get("no", ""), host, port) else address
    # Windows' "socks=host" names no version: Python takes it for 4, servers of today speak 5.
    return "" if proxy_bypass(host) else address.replace("socks4://", "socks5://")


def bypasses_proxy(no_proxy: str, host: str, port: int) -> bool:
    """Whether no_proxy names the host, by the rules that curl and Go share.

    Entries stand between commas or blanks: a name with its subdomains, `*.name` for these alone, an
    address, a network such as 10.0.0.0/8, each perhaps with a port; `*` is everything.
    """
    host = _encoded(host.lower().rstrip("."))
    entries = no_proxy.lower().replace(",", " ").replace(";", " ").split()  # ; as Windows writes it
    return any(_entry_matches(entry, host, port) for entry in entries)


def _encoded(name: str) -> str:
    """A name in another script as name servers know it: both forms are written."""
    if name.isascii():
        return name
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:  # no name that any server knows
        return name


def _entry_matches(entry: str, host: str, port: int) -> bool:
    name, wanted_port = _without_port(entry)
    if wanted_port and wanted_port.lstrip("0") != str(port):
        return False
    if name == "*":
        return True
    address = _ip_address(host)
    network = _ip_network(name)
    if address is not None or network is not None:
        return address is not None and network is not None and address in network
    name = name.rstrip(".")
    name = f"*.{_encoded(name[2:])}" if name.startswith("*.") else _encoded(name)
    if name.startswith("*."):
        return host.endswith(name[1:])
    name = name.removeprefix(".")
    return bool(name) and (host == name or host.endswith(f".{name}"))


def _without_port(entry: str) -> tuple[str, str]:
    """An entry's name and its port, "" for none. An IPv6 address with a port is in brackets."""
    if entry.startswith("["):
        name, _, rest = entry[1:].partition("]")
        network, _, port = rest.partition(":")
        return name + network, port
    if entry.count(":") == 1:
        name, _, port = entry.partition(":")
        return name, port
    return entry, ""


def _ip_address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


def _ip_network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None


def _first_usable(offered: Sequence[str]) -> str:
    for address in offered:
        scheme = address.partition("://")[0].lower()
        if scheme == DIRECT:
            return ""
        if scheme == "socks":  # GLib's word for any version; 5 is the one in use
            return f"socks5{address[len(scheme) :]}"
        if scheme in SCHEMES:
            return address
    return ""
