"""From when until when a certificate is valid, read from its DER form.

Source: RFC 5280, 4.1: Certificate, TBSCertificate, Validity.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

_SEQUENCE, _INTEGER, _VERSION = 0x30, 0x02, 0xA0
_UTC_TIME, _GENERALIZED_TIME = 0x17, 0x18
_LONG_LENGTH = 0x80


@dataclass(frozen=True, slots=True)
class Validity:
    """Both ends are inside."""

    begins: datetime
    ends: datetime


def read_validity(certificate: bytes) -> Validity:
    """The dates of a certificate. Raises ValueError if there are none to read."""
    _, whole, _ = _value(certificate)
    _, signed, _ = _value(whole)
    tag, _, rest = _value(signed)
    if tag == _VERSION:
        tag, _, rest = _value(rest)
    if tag != _INTEGER:  # the serial number
        raise ValueError("no certificate")
    for _ in ("signature", "issuer"):
        _, _, rest = _value(rest)
    tag, dates, _ = _value(rest)
    if tag != _SEQUENCE:
        raise ValueError("no dates")
    first, begins, rest = _value(dates)
    last, ends, _ = _value(rest)
    return Validity(_time(first, begins), _time(last, ends))


def _value(data: bytes) -> tuple[int, bytes, bytes]:
    """The tag and the content of the first value, and what follows it."""
    if len(data) < 2:
        raise ValueError("cut off")
    tag, length, begin = data[0], data[1], 2
    if length >= _LONG_LENGTH:
        begin += length - _LONG_LENGTH
        length = int.from_bytes(data[2:begin], "big")
    if len(data) < begin + length:
        raise ValueError("cut off")
    return tag, data[begin : begin + length], data[begin + length :]


def _time(tag: int, value: bytes) -> datetime:
    """YYMMDDHHMMSSZ, where YY of 50 and more is of the last century, or YYYYMMDDHHMMSSZ."""
    text = value.decode("ascii")
    if tag == _UTC_TIME:
        text = ("19" if text >= "50" else "20") + text
    elif tag != _GENERALIZED_TIME:
        raise ValueError("no time")
    return datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)
