"""Certificates of every kind, good and bad, made for a test."""

from __future__ import annotations

import ipaddress
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from pathlib import Path

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """From when until when a certificate is valid, as days from now."""

    first: int = -10
    last: int = 10


EXPIRED = Span(-20, -10)
NOT_YET_VALID = Span(10, 20)


class Authority:
    """A company's own certificate authority: `pem` is the file with its certificate."""

    def __init__(self, folder: Path, name: str = "A company's own authority") -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _named(name)
        builder = _builder(self._name, self._name, self._key, Span(-30, 30))
        self._certificate = builder.add_extension(
            x509.BasicConstraints(ca=True, path_length=None), critical=True
        ).sign(self._key, hashes.SHA256())
        self.pem = folder / f"authority-{id(self)}.pem"
        self.pem.write_bytes(self._certificate.public_bytes(serialization.Encoding.PEM))

    def issue(self, *hosts: str, span: Span | None = None) -> ssl.SSLContext:
        """A server's context with a certificate for these names or addresses."""
        key = ec.generate_private_key(ec.SECP256R1())
        builder = _builder(_named(hosts[0]), self._name, key, span or Span())
        names = x509.SubjectAlternativeName([_general(host) for host in hosts])
        certificate = builder.add_extension(names, critical=False).sign(self._key, hashes.SHA256())
        pem = self._folder / f"{hosts[0]}-{certificate.serial_number}.pem"
        secret = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        pem.write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + secret)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)
        return context


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _general(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, span: Span
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + span.first * _DAY)
        .not_valid_after(now + span.last * _DAY)
    )
