"""Why there is no connection: httpx's errors, and those behind them -> an Obstacle."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator
from datetime import timedelta

from timer_app.adapters.http.trip import Trip
from timer_app.domain.obstacle import Obstacle, Trouble
from timer_app.domain.reasons import OfWay
from timer_app.domain.saying import Said, said

_LONGEST_DETAIL = 100
_NO_ROUTE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL}
_AUTHORITY, _NAME = Trouble.CERTIFICATE_UNKNOWN_AUTHORITY, Trouble.CERTIFICATE_OF_ANOTHER_NAME
_CERTIFICATES = {
    # OpenSSL: X509_V_ERR_… of openssl/x509_vfy.h.
    7: _AUTHORITY,  # one of the same name, with another key: a renewed authority
    9: Trouble.CERTIFICATE_NOT_YET_VALID,
    10: Trouble.CERTIFICATE_EXPIRED,
    18: _AUTHORITY,
    19: _AUTHORITY,
    20: _AUTHORITY,
    21: _AUTHORITY,
    23: Trouble.CERTIFICATE_REVOKED,
    62: _NAME,
    64: _NAME,
    # Windows: CERT_E_… and CRYPT_E_… of winerror.h, as truststore hands them on. Not run here.
    0x800B0101: Trouble.CERTIFICATE_EXPIRED,
    0x800B0109: _AUTHORITY,
    0x800B010A: _AUTHORITY,
    0x800B010C: Trouble.CERTIFICATE_REVOKED,
    0x800B010F: _NAME,
    0x80092010: Trouble.CERTIFICATE_REVOKED,
    # macOS: errSec… of SecBase.h, as truststore hands them on. Not run here.
    -67602: _NAME,
    -67818: Trouble.CERTIFICATE_EXPIRED,
    -67819: Trouble.CERTIFICATE_NOT_YET_VALID,
    -67820: Trouble.CERTIFICATE_REVOKED,
    -67843: _AUTHORITY,
    -25318: _AUTHORITY,
}


def obstacle_of(
    fault: BaseException, trip: Trip, limit: timedelta, *, logged_in: bool = False
) -> Obstacle:
    """What stopped a call that was not sent.

    `limit` is how long a connection was waited for; `logged_in` says whether the proxy was given
    a user name and a password.
    """
    import httpx

    if isinstance(fault, httpx.ConnectTimeout | TimeoutError):
        return _at(trip, Trouble.NO_ANSWER, f"{limit.total_seconds():g} seconds")
    if trip.at_proxy and (by_proxy := _by_proxy(fault, trip, logged_in=logged_in)) is not None:
        return by_proxy
    causes = list(_causes(fault))
    found = [found for cause in causes if (found := _told(cause, trip)) is not None]
    if found:  # of several addresses the one that came nearest tells most
        return min(found, key=lambda each: _FARTHEST.index(each.trouble))
    if trip.at_proxy and isinstance(fault, httpx.ProtocolError):
        return _at(trip, Trouble.NOT_A_PROXY)
    return _at(trip, Trouble.BROKEN, type(fault).__name__)


_FARTHEST = [
    *dict.fromkeys(_CERTIFICATES.values()),
    Trouble.CERTIFICATE_UNSOUND,
    Trouble.TLS,
    Trouble.NAME_NOT_FOUND,
    Trouble.CONNECTION_REFUSED,
    Trouble.NO_ROUTE,
    Trouble.NO_ANSWER,
    Trouble.BROKEN,
]


def _at(trip: Trip, trouble: Trouble, detail: str | Said = "") -> Obstacle:
    return Obstacle(trouble, trip.peer, at_proxy=trip.at_proxy, detail=detail)


def _by_proxy(fault: BaseException, trip: Trip, *, logged_in: bool) -> Obstacle | None:
    """What the proxy itself said or did."""
    import httpx

    login = Trouble.PROXY_REFUSES_LOGIN if logged_in else Trouble.PROXY_WANTS_LOGIN
    if trip.proxy_said == 407:
        return _at(trip, login)
    if isinstance(fault, httpx.ProxyError):
        said = str(fault)
        # Of SOCKS there is nothing but httpcore's words: _init_socks5_connection in
        # httpcore/_async/socks_proxy.py says "Requested …, but got …" and "Invalid …".
        if trip.proxy_said is None and said.startswith(("Requested ", "Invalid ")):
            return _at(trip, login)
        return _at(trip, Trouble.PROXY_DECLINES, _printable(said))
    if not isinstance(fault, httpx.HTTPError | OSError):
        return _at(trip, Trouble.NOT_A_PROXY)  # socksio cannot read what it says
    return None


def _printable(said: str) -> str:
    return "".join(each if each.isprintable() else " " for each in said)[:_LONGEST_DETAIL].strip()


def _told(cause: BaseException, trip: Trip) -> Obstacle | None:
    """What one error tells, None if it is only a wrapping."""
    match cause:
        case socket.gaierror() | UnicodeError():
            found = _at(trip, Trouble.NAME_NOT_FOUND)
        case ssl.SSLCertVerificationError():
            found = _of_certificate(cause, trip)
        case ssl.SSLEOFError():
            found = _at(trip, Trouble.BROKEN, "during the handshake")
        case ssl.SSLError():
            # truststore's own errors have no reason.
            reason = (getattr(cause, "reason", None) or "").replace("_", " ").lower()
            found = _at(trip, Trouble.TLS, reason or said(OfWay.HANDSHAKE))
        case ConnectionRefusedError():
            found = _at(trip, Trouble.CONNECTION_REFUSED)
        case OSError(errno=int() as number, strerror=str() as text) if number in _NO_ROUTE:
            found = _at(trip, Trouble.NO_ROUTE, text)
        case OSError(errno=errno.ETIMEDOUT):
            found = _at(trip, Trouble.NO_ANSWER, "the system's time limit")
        case OSError(strerror=str() as text):
            found = _at(trip, Trouble.BROKEN, text)
        case _:
            return None
    return found


def _of_certificate(cause: ssl.SSLCertVerificationError, trip: Trip) -> Obstacle:
    # The stub of ssl knows both, truststore's own errors of Windows may lack them.
    code = getattr(cause, "verify_code", None)
    said = getattr(cause, "verify_message", "") or ""
    trouble = _CERTIFICATES.get(code or 0, Trouble.CERTIFICATE_UNSOUND)
    return _at(trip, trouble, _printable(said))


def _causes(fault: BaseException | None) -> Iterator[BaseException]:
    """The error, all those of a group, and what each came from."""
    while fault is not None:
        yield fault
        if isinstance(fault, BaseExceptionGroup):
            for each in fault.exceptions:
                yield from _causes(each)
            return
        fault = fault.__cause__ or fault.__context__
