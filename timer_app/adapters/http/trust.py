"""Whom we believe: the system's trust store, and what `network.ca_file` adds to it."""

from __future__ import annotations

import logging
import os
import re
import ssl

from timer_app.domain.file_problems import file_problem
from timer_app.domain.messages import ConnectionMessageId
from timer_app.domain.user_message import UserMessage

_log = logging.getLogger(__name__)
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

    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if ca_file:
        _add_ca_file(context, ca_file)
    return context


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
