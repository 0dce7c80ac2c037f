"""Addresses of services: what was typed -> an origin, or the reason why not.

Light on purpose: every command reads the settings, and those hold addresses.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

from timer_app.domain.errors import BadInput
from timer_app.domain.messages import AddressMessageId

_LONGEST_LABEL, _LONGEST_HOST = 63, 253
_COMPANY = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?")
USUAL_PORTS = {"http": 80, "https": 443}
_IPV4 = re.compile(r"[0-9]{1,3}(\.[0-9]{1,3}){3}")
_IN_NO_HOST = re.compile(r"""[\s!"$%&'()*+,;<=>\\^`{|}~]""")


def is_loopback(host: str) -> bool:
    """Whether `host` can only be this computer: localhost, 127.0.0.0/8 or ::1.

    A resolver may send a name below localhost anywhere.
    """
    if host == "localhost":
        return True
    import ipaddress  # 2 ms that the usual https:// address does not need

    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    # Python 3.13 says of ::ffff:127.0.0.1 what 3.11 does not.
    return address.is_loopback if address.version == 4 else int(address) == 1


def parse_origin(text: str, *, bare_domain: str | None = None) -> str:
    """Normalise an address of a service to its origin: scheme, host and port, without a slash.

    With `bare_domain` a single word is taken as a company there: `acme` ->
    `https://acme.kaiten.ru`. Raises BadInput.
    """
    text = _plain(text)
    if bare_domain and _COMPANY.fullmatch(text) and text != "localhost":
        return f"https://{text.lower()}.{bare_domain}"
    parts = split_address(text if "://" in text else f"https://{text}", text)
    host = checked_host(parts, text)
    if " " in text:
        raise BadInput(AddressMessageId.NOT_ONE, text)
    if parts.scheme == "http" and not is_loopback(host):
        shown = f"[{host}]" if ":" in host else host
        raise BadInput(AddressMessageId.NOT_ENCRYPTED, shown_origin(f"{parts.scheme}://{shown}"))
    return origin_of(parts, host)


def checked_host(parts: SplitResult, typed: str) -> str:
    """The host of an http(s) address without a login, in small letters. Raises BadInput."""
    host = _folded_host(parts).removesuffix(".")  # the root, which is the same host
    odd = _IN_NO_HOST.search(host) or not host.isprintable() or parts.port == 0
    odd = odd or not (is_host_name(host) if host.isascii() else _has_punycode(host))
    if parts.scheme not in ("http", "https") or not host or odd:
        raise BadInput(AddressMessageId.NOT_ONE, typed)
    if parts.username is not None or parts.password is not None:
        raise BadInput(AddressMessageId.HOLDS_A_LOGIN)
    return host


def _folded_host(parts: SplitResult) -> str:
    """The host in the letters that names have: small, of usual width, composed, with usual dots."""
    host = (parts.hostname or "").lower()
    if host.isascii():
        return host
    import unicodedata

    folded = unicodedata.normalize("NFKC", host).lower()
    return unicodedata.normalize("NFKC", folded).replace("。", ".")


def ascii_host(host: str) -> str:
    """The name that a host is looked up by; one that has none is left as it is."""
    if host.isascii():
        return host.lower()
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return host


def _plain(text: str) -> str:
    """What was typed, without what an input method or a copied page adds to it."""
    if text.isascii():
        return text.strip()
    from timer_app.domain.setup.typed_text import normalize_typed, strip_invisible

    visible = strip_invisible(text)
    return normalize_typed(visible).replace("。", ".") if visible.isprintable() else text


def is_host_name(host: str) -> bool:
    """Whether a name server may know such a name (RFC 1035, 2.3.4), or it is an IP address."""
    if ":" in host:
        return True
    labels = host.split(".")
    if labels[-1].isdigit():  # no top-level domain is a number: browsers read an IP address
        return bool(_IPV4.fullmatch(host)) and all(int(label) < 256 for label in labels)
    sound = all(
        0 < len(label) <= _LONGEST_LABEL and label[0] != "-" and label[-1] != "-"
        for label in labels
    )
    return sound and len(host) <= _LONGEST_HOST


def _has_punycode(host: str) -> bool:
    """Whether a host in another script has a name that can be looked up."""
    try:
        return bool(host.encode("idna"))
    except UnicodeError:
        return False


def split_address(address: str, typed: str) -> SplitResult:
    """An address, written as `typed`, in its parts. Raises BadInput."""
    # A browser reads a backslash as a slash, and so another host; tabs and line breaks are dropped.
    if "\\" in address or any(ord(letter) < ord(" ") for letter in address):
        raise BadInput(AddressMessageId.NOT_ONE, typed)
    try:
        parts = urlsplit(address)
        _ = parts.port  # read for its check: a port that is no number raises here
    except ValueError:
        raise BadInput(AddressMessageId.UNREADABLE, typed) from None
    return parts


def origin_of(parts: SplitResult, host: str) -> str:
    """Scheme, host and port of an address in parts, without a usual port."""
    shown = f"[{host}]" if ":" in host else host
    port = "" if parts.port in (None, USUAL_PORTS[parts.scheme]) else f":{parts.port}"
    return f"{parts.scheme}://{shown}{port}"


def shown_host(host: str) -> str:
    """A host as it is shown: one in another script with its punycode, which is its real name.

    Letters of one script look like those of another, and so one host like another.
    """
    if host.isascii():
        return host
    try:
        return f"{host} ({host.encode('idna').decode('ascii')})"
    except UnicodeError:  # no name that can be looked up
        return f"{host} ({ascii(host)[1:-1]})"


def shown_origin(origin: str) -> str:
    """An origin as it is shown, its host like `shown_host`."""
    if origin.isascii():
        return origin
    return origin + shown_host(urlsplit(origin).hostname or "").removeprefix(
        urlsplit(origin).hostname or ""
    )
