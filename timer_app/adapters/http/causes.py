"""Why there is no connection, in plain words."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from datetime import timedelta


def no_connection(peer: str, fault: Exception, connect_limit: timedelta) -> str:
    """Why there is no connection, in plain words."""
    import httpx

    if isinstance(fault, httpx.ConnectTimeout):
        return f"{peer} did not answer within {connect_limit.total_seconds():g} seconds."
    if isinstance(fault, httpx.ProxyError):
        if str(fault).startswith("407"):
            return f"The proxy {peer} wants a login. Give it in the proxy's address."
        return f"The proxy {peer} does not connect ({fault})."
    named = (_in_words(peer, cause) for cause in _causes(fault))
    return next(filter(None, named), f"No connection to {peer} ({type(fault).__name__}).")


def _in_words(peer: str, cause: BaseException) -> str:
    """The cause as people know it, "" if it is only a wrapping."""
    match cause:
        case socket.gaierror() | UnicodeError():
            words = f"The name {peer} was not found."
        case ssl.SSLCertVerificationError():
            words = f"The certificate of {peer} is not trusted: {cause.verify_message}."
        case ssl.SSLError():
            words = f"No secure connection to {peer}: {cause.reason or 'the handshake broke'}."
        case ConnectionRefusedError():
            words = f"{peer} refused the connection."
        case OSError(strerror=str() as text):
            words = f"No connection to {peer}: {text}."
        case _:
            words = ""
    return words


def _causes(fault: BaseException | None) -> Iterator[BaseException]:
    """The error, what it came from and so on; of a group its first."""
    while fault is not None:
        yield fault
        if isinstance(fault, BaseExceptionGroup):
            fault = fault.exceptions[0]
        else:
            fault = fault.__cause__ or fault.__context__
