"""The items of the keyring that hold a secret, and which of them a folder of the app may use.

Usually a secret is in one item, under its own name (`kaiten`). A second item, `kaiten address`,
says for which address it was checked, by which folder of the app's files (TIMER_APP_HOME), and of
which secret that is so. A folder that is set up for another address keeps a secret of its own
beside it, as `kaiten https://other.kaiten.ru`, so that neither overwrites nor sends the other's.

What is said of a secret that was replaced since, or by a folder that is gone, does not count.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from timer_app.domain.setup.secrets import SecretName, SecretUse

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

KEYRING_SERVICE = "timer-app"


class NotKeptError(Exception):
    """The keyring took a secret and holds something else."""


@dataclass(frozen=True, slots=True)
class FoundSecret:
    """A secret; `other_origin` is the address that it is for where that is not the wanted one."""

    secret: str
    other_origin: str = ""


def read_item(keyring: KeyringBackend, name: SecretName, use: SecretUse) -> FoundSecret | None:
    """The secret for that use, or the one that is for another address. None if there is none."""
    shared = _read(keyring, name.value)
    claim = _claim(keyring, name, shared) if shared and use.origin else None
    if shared is not None and (claim is None or claim.origin == use.origin):
        return FoundSecret(shared)
    own = _read(keyring, _own_item(name, use)) if use.origin else None
    if own is not None:
        return FoundSecret(own)
    return FoundSecret("", claim.origin) if claim else None


def write_item(keyring: KeyringBackend, name: SecretName, secret: str, use: SecretUse) -> None:
    """Keep a secret for that use, and read it back. Raises NotKeptError."""
    if not use.origin:
        _write(keyring, name.value, secret)
        return
    claim = _claim(keyring, name, _read(keyring, name.value))
    if claim is not None and claim.origin != use.origin and claim.home != use.home:
        _write(keyring, _own_item(name, use), secret)
        return
    _write(keyring, _claim_item(name), SecretClaim(use.origin, use.home, _digest(secret)).to_json())
    _write(keyring, name.value, secret)
    _delete(keyring, _own_item(name, use))


def delete_item(keyring: KeyringBackend, name: SecretName, use: SecretUse) -> bool:
    """Remove the secret for that use; False if there was none."""
    claim = _claim(keyring, name, _read(keyring, name.value)) if use.origin else None
    was_there = False
    if claim is None or claim.origin == use.origin or claim.home == use.home:
        was_there = _delete(keyring, name.value)
        if was_there and claim is not None:
            _delete(keyring, _claim_item(name))
    if use.origin and _read(keyring, _own_item(name, use)) is not None:
        was_there |= _delete(keyring, _own_item(name, use))
    return was_there


@dataclass(frozen=True, slots=True)
class SecretClaim:
    """For which address a secret was checked, and by which folder; `digest` says which secret."""

    origin: str
    home: str
    digest: str

    def to_json(self) -> str:
        """The text of the keyring's item."""
        return json.dumps({"origin": self.origin, "home": self.home, "digest": self.digest})

    @classmethod
    def from_json(cls, text: str) -> SecretClaim | None:
        """The claim of an item's text, None if that cannot be read."""
        with suppress(ValueError, KeyError, TypeError, RecursionError):
            document = json.loads(text)
            return cls(str(document["origin"]), str(document["home"]), str(document["digest"]))
        return None


def _claim(keyring: KeyringBackend, name: SecretName, secret: str | None) -> SecretClaim | None:
    """What is said of the secret under its own name, as far as it counts."""
    text = _read(keyring, _claim_item(name)) if secret else None
    claim = SecretClaim.from_json(text) if text else None
    if claim is None or claim.digest != _digest(secret or "") or not os.path.isdir(claim.home):
        return None
    return claim


def _digest(secret: str) -> str:
    """A digest that identifies a secret. It is kept in the keyring alone."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _claim_item(name: SecretName) -> str:
    return f"{name.value} address"


def _own_item(name: SecretName, use: SecretUse) -> str:
    return f"{name.value} {use.origin}"


def _read(keyring: KeyringBackend, item: str) -> str | None:
    """One item. What a failed key exchange makes of it (nothing, garbage) is read again."""
    text = keyring.get_password(KEYRING_SERVICE, item)
    if text is None or (text and text.isprintable()):
        return text
    return keyring.get_password(KEYRING_SERVICE, item)


def _write(keyring: KeyringBackend, item: str, text: str) -> None:
    keyring.set_password(KEYRING_SERVICE, item, text)
    if keyring.get_password(KEYRING_SERVICE, item) != text:
        raise NotKeptError


def _delete(keyring: KeyringBackend, item: str) -> bool:
    from keyring.errors import PasswordDeleteError

    try:
        keyring.delete_password(KEYRING_SERVICE, item)
    except PasswordDeleteError:
        return False
    return True
