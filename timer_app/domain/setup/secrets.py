"""Which secrets there are, and why one cannot be had."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from timer_app.domain.service import Service


class KeyringProblem(Enum):
    """Why the keyring gave nothing."""

    EMPTY = "empty"
    LOCKED = "locked"
    DISMISSED = "prompt dismissed"
    ABSENT = "absent"
    OUTSIDE_SESSION = "outside of the session"
    UNSAFE = "unsafe"
    SILENT = "silent"
    QUIT = "the app was quit"
    FAILED = "failed"


class ProxySecret(Enum):
    """The password of the proxy, kept like a token."""

    PROXY = "proxy"


SecretName = Service | ProxySecret
"""Whose secret it is. Its value is the user name in the keyring."""


@dataclass(frozen=True, slots=True)
class SecretUse:
    """What a secret is wanted for: the address that it goes to, and the folder of the app's files.

    One keyring serves all folders of a user, and each may be set up for other addresses. "" stands
    for an address or a folder that is not known.
    """

    origin: str = ""
    home: str = ""
