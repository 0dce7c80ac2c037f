"""Why there is no connection: httpx's errors, and those behind them -> a ConnectionProblem.

A library's words go to the log only; people read a message of ours.
"""

from __future__ import annotations

import errno
import logging
import re
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
    # Windows: CERT_E_… and CRYPT_E_… of winerror.h, as truststore hands them on.
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
_CERTIFICATE_DETAILS = {
    7: ConnectionMessageId.SIGNATURE_WRONG,
    18: ConnectionMessageId.SELF_SIGNED,
    19: ConnectionMessageId.SELF_SIGNED,
    26: ConnectionMessageId.OTHER_PURPOSE,
    66: ConnectionMessageId.WEAK_KEY,
    67: ConnectionMessageId.WEAK_KEY,
    68: ConnectionMessageId.WEAK_KEY,
}
"""By OpenSSL's numbers. Another of an unknown authority is an issuer that is not known here."""
_TLS_DETAILS = (
    # OpenSSL: SSL_R_… of openssl/sslerr.h, as ssl.SSLError.reason has them.
    (re.compile("CERTIFICATE_REQUIRED|BAD_CERTIFICATE|CERTIFICATE_UNKNOWN|ALERT_UNKNOWN_CA"),
     ConnectionMessageId.WANTS_CERTIFICATE),
    (re.compile("UNRECOGNIZED_NAME"), ConnectionMessageId.NAME_UNKNOWN_THERE),
    (re.compile("WRONG_VERSION_NUMBER|HTTP_REQUEST|HTTPS_PROXY_REQUEST|UNKNOWN_PROTOCOL"
                "|PACKET_LENGTH_TOO_LONG|RECORD_LAYER_FAILURE|WRONG_SSL_VERSION"),
     ConnectionMessageId.NO_TLS),
    (re.compile("PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|NO_PROTOCOLS_AVAILABLE|VERSION_TOO_LOW"
                "|UNSUPPORTED_SSL_VERSION|UNSAFE_LEGACY_RENEGOTIATION|INAPPROPRIATE_FALLBACK"),
     ConnectionMessageId.OLD_TLS),
    (re.compile("TOO_SMALL|TOO_WEAK|INSUFFICIENT_SECURITY"), ConnectionMessageId.WEAK_KEY),
    (re.compile("HANDSHAKE_FAILURE|NO_SHARED_CIPHER|NO_CIPHER|WRONG_CIPHER|SIGNATURE_ALGORITHMS"),
     ConnectionMessageId.NO_COMMON_CIPHER),
)  # fmt: skip
_SOCKS_DETAILS = {
    # httpcore: REPLY_CODES of httpcore/_async/socks_proxy.py, the replies of RFC 1928.
    "Connection not allowed by ruleset": ConnectionMessageId.NOT_ALLOWED_BY_PROXY,
    "Network unreachable": ConnectionMessageId.PROXY_NETWORK,
    "Host unreachable": ConnectionMessageId.PROXY_NETWORK,
    "Connection refused": ConnectionMessageId.REFUSED_THERE,
    "TTL expired": ConnectionMessageId.NOT_REACHED_IN_TIME,
    "Command not supported": ConnectionMessageId.PROXY_CANNOT,
    "Address type not supported": ConnectionMessageId.PROXY_CANNOT,
}

_log = logging.getLogger(__name__)


def connection_problem_from(
    fault: BaseException, request_trace: RequestTrace, limit: timedelta, *, logged_in: bool = False
) -> ConnectionProblem:
    """What stopped a call that was not sent.

    `limit` is how long a connection was waited for; `logged_in` says whether the proxy was given
    a user name and a password.
    """
    import httpx

    _log.debug("not connected to %s: %r", request_trace.peer, fault)
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
    if found:  # of several addresses, the one that came furthest explains most
        return min(found, key=lambda each: _FARTHEST_FIRST.index(each.kind))
    if request_trace.at_proxy and isinstance(fault, httpx.ProtocolError):
        return _problem_at(request_trace, ConnectionProblemKind.NOT_A_PROXY)
    return _problem_at(request_trace, ConnectionProblemKind.BROKEN)


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
        error_text = str(fault)
        # Of SOCKS there is nothing but httpcore's words: _init_socks5_connection in
        # httpcore/_async/socks_proxy.py says "Requested …, but got …" and "Invalid …".
        if request_trace.proxy_status is None and error_text.startswith(("Requested ", "Invalid ")):
            return _problem_at(request_trace, login)
        detail = _printable(error_text) if request_trace.proxy_status else _socks_detail(error_text)
        return _problem_at(request_trace, ConnectionProblemKind.PROXY_REFUSES_CONNECTION, detail)
    if not isinstance(fault, httpx.HTTPError | OSError):
        return _problem_at(
            request_trace, ConnectionProblemKind.NOT_A_PROXY
        )  # socksio cannot read what it says
    return None


def _printable(text: str) -> str:
    return "".join(each if each.isprintable() else " " for each in text)[
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
            found = _problem_at(request_trace, ConnectionProblemKind.TLS, _tls_detail(cause))
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
    code = getattr(cause, "verify_code", None) or 0
    kind = _CERTIFICATES.get(code, ConnectionProblemKind.CERTIFICATE_INVALID)
    if code in _CERTIFICATE_DETAILS:
        detail = UserMessage(_CERTIFICATE_DETAILS[code])
    elif kind is _AUTHORITY:
        detail = UserMessage(ConnectionMessageId.ISSUER_UNKNOWN)
    else:
        detail = UserMessage(ConnectionMessageId.CODE, code)
    return _problem_at(request_trace, kind, detail)


def _tls_detail(cause: ssl.SSLError) -> UserMessage:
    """Why there was no TLS; truststore's own errors have no reason."""
    reason = getattr(cause, "reason", None) or str(cause).replace(" ", "_").upper()
    found = (message for pattern, message in _TLS_DETAILS if pattern.search(reason))
    return UserMessage(next(found, ConnectionMessageId.HANDSHAKE))


def _socks_detail(error_text: str) -> UserMessage:
    found = (message for words, message in _SOCKS_DETAILS.items() if words in error_text)
    return UserMessage(next(found, ConnectionMessageId.NO_DETAIL))


def _causes(fault: BaseException | None) -> Iterator[BaseException]:
    """The error, all those of a group, and what each came from."""
    while fault is not None:
        yield fault
        if isinstance(fault, BaseExceptionGroup):
            for each in fault.exceptions:
                yield from _causes(each)
            return
        fault = fault.__cause__ or fault.__context__
