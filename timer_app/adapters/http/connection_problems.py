"""Why there is no connection: httpx's errors, and those behind them -> an Obstacle."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator
from datetime import timedelta

from timer_app.adapters.http.request_trace import RequestTrace
from timer_app.domain.messages import ConnectionMessageId, ConnectionProblemKind
from timer_app.domain.setup.connection_problems import ConnectionProblem
from timer_app.domain.user_message import UserMessage

_MAX_DETAIL_LENGTH = 100
_NO_ROUTE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL}
_AUTHORITY, _NAME = (
    ConnectionProblemKind.CERTIFICATE_UNKNOWN_AUTHORITY,
    ConnectionProblemKind.CERTIFICATE_NAME_MISMATCH,
)
_CERTIFICATES = {
    # OpenSSL: X509_V_ERR_… of openssl/x509_vfy.h.
    7: _AUTHORITY,  # one of the same name, with another key: a renewed authority
    9: ConnectionProblemKind.CERTIFICATE_NOT_YET_VALID,
    10: ConnectionProblemKind.CERTIFICATE_EXPIRED,
    18: _AUTHORITY,
    19: _AUTHORITY,
    20: _AUTHORITY,
    21: _AUTHORITY,
    23: ConnectionProblemKind.CERTIFICATE_REVOKED,
    62: _NAME,
    64: _NAME,
    # Windows: CERT_E_… and CRYPT_E_… of winerror.h, as truststore hands them on. Not run here.
    0x800B0101: ConnectionProblemKind.CERTIFICATE_EXPIRED,
    0x800B0109: _AUTHORITY,
    0x800B010A: _AUTHORITY,
    0x800B010C: ConnectionProblemKind.CERTIFICATE_REVOKED,
    0x800B010F: _NAME,
    0x80092010: ConnectionProblemKind.CERTIFICATE_REVOKED,
    # macOS: errSec… of SecBase.h, as truststore hands them on. Not run here.
    -67602: _NAME,
    -67818: ConnectionProblemKind.CERTIFICATE_EXPIRED,
    -67819: ConnectionProblemKind.CERTIFICATE_NOT_YET_VALID,
    -67820: ConnectionProblemKind.CERTIFICATE_REVOKED,
    -67843: _AUTHORITY,
    -25318: _AUTHORITY,
}


def connection_problem_from(
    fault: BaseException, request_trace: RequestTrace, limit: timedelta, *, logged_in: bool = False
) -> ConnectionProblem:
    """What stopped a call that was not sent.

    `limit` is how long a connection was waited for; `logged_in` says whether the proxy was given
    a user name and a password.
    """
    import httpx

    if isinstance(fault, httpx.ConnectTimeout | TimeoutError):
        return _problem_at(
            request_trace,
            ConnectionProblemKind.NO_ANSWER,
            UserMessage(ConnectionMessageId.SECONDS, f"{limit.total_seconds():g}"),
        )
    if (
        request_trace.at_proxy
        and (proxy_problem := _problem_from_proxy(fault, request_trace, logged_in=logged_in))
        is not None
    ):
        return proxy_problem
    causes = list(_causes(fault))
    found = [
        found
        for cause in causes
        if (found := _problem_from_cause(cause, request_trace)) is not None
    ]
    if found:  # of several addresses the one that came nearest tells most
        return min(found, key=lambda each: _FARTHEST_FIRST.index(each.kind))
    if request_trace.at_proxy and isinstance(fault, httpx.ProtocolError):
        return _problem_at(request_trace, ConnectionProblemKind.NOT_A_PROXY)
    return _problem_at(request_trace, ConnectionProblemKind.BROKEN, type(fault).__name__)


_FARTHEST_FIRST = [
    *dict.fromkeys(_CERTIFICATES.values()),
    ConnectionProblemKind.CERTIFICATE_INVALID,
    ConnectionProblemKind.TLS,
    ConnectionProblemKind.NAME_NOT_FOUND,
    ConnectionProblemKind.CONNECTION_REFUSED,
    ConnectionProblemKind.NO_ROUTE,
    ConnectionProblemKind.NO_ANSWER,
    ConnectionProblemKind.BROKEN,
]


def _problem_at(
    request_trace: RequestTrace, kind: ConnectionProblemKind, detail: str | UserMessage = ""
) -> ConnectionProblem:
    return ConnectionProblem(
        kind, request_trace.peer, at_proxy=request_trace.at_proxy, detail=detail
    )


def _problem_from_proxy(
    fault: BaseException, request_trace: RequestTrace, *, logged_in: bool
) -> ConnectionProblem | None:
    """What the proxy itself said or did."""
    import httpx

    login = (
        ConnectionProblemKind.PROXY_REFUSES_LOGIN
        if logged_in
        else ConnectionProblemKind.PROXY_WANTS_LOGIN
    )
    if request_trace.proxy_status == 407:
        return _problem_at(request_trace, login)
    if isinstance(fault, httpx.ProxyError):
        said = str(fault)
        # Of SOCKS there is nothing but httpcore's words: _init_socks5_connection in
        # httpcore/_async/socks_proxy.py says "Requested …, but got …" and "Invalid …".
        if request_trace.proxy_status is None and said.startswith(("Requested ", "Invalid ")):
            return _problem_at(request_trace, login)
        return _problem_at(
            request_trace, ConnectionProblemKind.PROXY_REFUSES_CONNECTION, _printable(said)
        )
    if not isinstance(fault, httpx.HTTPError | OSError):
        return _problem_at(
            request_trace, ConnectionProblemKind.NOT_A_PROXY
        )  # socksio cannot read what it says
    return None


def _printable(said: str) -> str:
    return "".join(each if each.isprintable() else " " for each in said)[
        :_MAX_DETAIL_LENGTH
    ].strip()


def _problem_from_cause(
    cause: BaseException, request_trace: RequestTrace
) -> ConnectionProblem | None:
    """The problem of one error, None if it only wraps another."""
    match cause:
        case socket.gaierror() | UnicodeError():
            found = _problem_at(request_trace, ConnectionProblemKind.NAME_NOT_FOUND)
        case ssl.SSLCertVerificationError():
            found = _certificate_problem(cause, request_trace)
        case ssl.SSLEOFError():
            found = _problem_at(
                request_trace,
                ConnectionProblemKind.BROKEN,
                UserMessage(ConnectionMessageId.HANDSHAKE),
            )
        case ssl.SSLError():
            # truststore's own errors have no reason.
            reason = (getattr(cause, "reason", None) or "").replace("_", " ").lower()
            found = _problem_at(
                request_trace,
                ConnectionProblemKind.TLS,
                reason or UserMessage(ConnectionMessageId.HANDSHAKE),
            )
        case ConnectionRefusedError():
            found = _problem_at(request_trace, ConnectionProblemKind.CONNECTION_REFUSED)
        case OSError(errno=int() as number) if number in _NO_ROUTE:
            name = errno.errorcode[number]
            found = _problem_at(request_trace, ConnectionProblemKind.NO_ROUTE, name)
        case OSError(errno=errno.ETIMEDOUT):
            found = _problem_at(
                request_trace,
                ConnectionProblemKind.NO_ANSWER,
                UserMessage(ConnectionMessageId.SYSTEM_LIMIT),
            )
        case OSError(errno=int() as number):
            name = errno.errorcode.get(number, f"error {number}")
            found = _problem_at(request_trace, ConnectionProblemKind.BROKEN, name)
        case _:
            return None
    return found


def _certificate_problem(
    cause: ssl.SSLCertVerificationError, request_trace: RequestTrace
) -> ConnectionProblem:
    # The stub of ssl knows both, truststore's own errors of Windows may lack them.
    code = getattr(cause, "verify_code", None)
    said = getattr(cause, "verify_message", "") or ""
    kind = _CERTIFICATES.get(code or 0, ConnectionProblemKind.CERTIFICATE_INVALID)
    return _problem_at(request_trace, kind, _printable(said))


def _causes(fault: BaseException | None) -> Iterator[BaseException]:
    """The error, all those of a group, and what each came from."""
    while fault is not None:
        yield fault
        if isinstance(fault, BaseExceptionGroup):
            for each in fault.exceptions:
                yield from _causes(each)
            return
        fault = fault.__cause__ or fault.__context__
