"""Whom we believe: the system's trust store, and what `network.ca_file` adds to it."""

from __future__ import annotations

import logging
import os
import re
import ssl
from datetime import UTC, datetime

from timer_app.adapters.http.certificate_dates import read_validity
from timer_app.domain.file_problems import file_problem
from timer_app.domain.messages import ConnectionMessageId
from timer_app.domain.user_message import UserMessage

_log = logging.getLogger(__name__)
_OUTSIDE_ITS_DATES = 0x800B0101
"""CERT_E_EXPIRED of winerror.h: expired, or not valid yet."""
_NOT_YET_VALID = 9
"""X509_V_ERR_CERT_NOT_YET_VALID of OpenSSL."""
_PEM = b"-----BEGIN "
_CERTIFICATE = re.compile(rb"-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----")


class CaFileError(Exception):
    """The file adds nobody to trust. The text is the reason, without the file's name."""

    def __init__(self, path: str, reason: str | UserMessage) -> None:
        super().__init__(str(reason))
        self.path = path
        self.reason = reason


def make_ssl_context(ca_file: str = "") -> ssl.SSLContext:
    """The system's trust store, with the certificates of `ca_file` (PEM) added to it.

    Raises CaFileError.
    """
    import truststore

    class DatedContext(truststore.SSLContext):
        """Distinguishes a certificate that is not valid yet from one that has expired."""

        def wrap_bio(
            self,
            incoming: ssl.MemoryBIO,
            outgoing: ssl.MemoryBIO,
            server_side: bool = False,  # noqa: FBT001, FBT002 - as the library has it
            server_hostname: str | None = None,
            session: ssl.SSLSession | None = None,
        ) -> ssl.SSLObject:
            connection = super().wrap_bio(incoming, outgoing, server_side, server_hostname, session)
            shake_hands = connection.do_handshake

            def do_handshake() -> None:
                try:
                    shake_hands()
                except OSError as error:
                    _mark_not_yet_valid(error, connection)
                    raise

            # Its class is made by the library for each context.
            connection.do_handshake = do_handshake  # type: ignore[method-assign]
            return connection

    context = DatedContext(ssl.PROTOCOL_TLS_CLIENT)
    if ca_file:
        _add_ca_file(context, ca_file)
    return context


class SharedTrust:
    """One context for all who go the same way: its copy of the system's store takes a megabyte.

    Who asks again has found no connection by the one before, and gets one that reads the store and
    `ca_file` anew.
    """

    def __init__(self, ca_file: str) -> None:
        self._ca_file = ca_file
        self._context: ssl.SSLContext | None = None
        self._askers: set[str] = set()

    def context_for(self, asker: str) -> ssl.SSLContext:
        """The context that the asker has not had yet. Raises CaFileError."""
        if self._context is None or asker in self._askers:
            self._context = make_ssl_context(self._ca_file)
            self._askers.clear()
        self._askers.add(asker)
        return self._context


def _mark_not_yet_valid(error: OSError, connection: ssl.SSLObject) -> None:
    """Windows has one code for both; a certificate that is not valid yet gets OpenSSL's.

    With `network.ca_file` Windows is asked twice: what the second time says carries the first.
    """
    fault: BaseException | None = error
    while fault is not None and getattr(fault, "verify_code", None) != _OUTSIDE_ITS_DATES:
        fault = fault.__context__
    if not isinstance(fault, ssl.SSLCertVerificationError):
        return
    try:
        begins = read_validity(connection.getpeercert(binary_form=True) or b"").begins
    except ValueError as unreadable:
        _log.info("the dates of a certificate cannot be read: %s", unreadable)
        return
    if begins > datetime.now(UTC):
        fault.verify_code = _NOT_YET_VALID


def check_ca_file(name: str) -> str:
    """The whole path of a file that `make_ssl_context` takes.

    Raises CaFileError if it would not.
    """
    path = os.path.abspath(os.path.expanduser(name))
    _add_ca_file(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), path)
    return path


def _add_ca_file(context: ssl.SSLContext, path: str) -> None:
    content = _read(path)
    if not content.strip():
        raise CaFileError(path, UserMessage(ConnectionMessageId.EMPTY))
    if _PEM not in content:
        raise CaFileError(path, UserMessage(ConnectionMessageId.NO_PEM))
    if not _CERTIFICATE.search(content):
        raise CaFileError(path, UserMessage(ConnectionMessageId.NO_CERTIFICATE))
    try:
        context.load_verify_locations(cafile=path)
    except ssl.SSLError as fault:
        _log.info("%s: %s", path, fault.reason)
        raise CaFileError(path, UserMessage(ConnectionMessageId.BROKEN_CERTIFICATE)) from None
    except OSError as fault:
        raise CaFileError(path, file_problem(fault)) from None


def _read(path: str) -> bytes:
    if not os.path.exists(path):
        raise CaFileError(path, UserMessage(ConnectionMessageId.NO_SUCH_FILE))
    if not os.path.isfile(path):  # reading a pipe would wait for its writer
        raise CaFileError(path, UserMessage(ConnectionMessageId.NO_FILE))
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as fault:
        raise CaFileError(path, file_problem(fault)) from None
