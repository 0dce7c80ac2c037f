"""For which address each secret is kept: a token goes to no other.

A small file beside the locks, which holds addresses and no secret. A secret without an address,
kept before there was this file, belongs to the address that it is first used for.
"""

from __future__ import annotations

import contextlib
import json
import os

from timer_app.adapters.replacing import replace_file
from timer_app.domain.messages import KeyringMessageId
from timer_app.domain.service import Service
from timer_app.domain.setup.addresses import shown_origin
from timer_app.domain.setup.secrets import KeyringProblem, ProxySecret, SecretName
from timer_app.services.setup.ports import SecretUnavailable

_UNREADABLE = "?"


class SecretOrigins:
    """Reads and writes the file at `path`. What cannot be written is asked for again."""

    def __init__(self, path: str) -> None:
        self._path = path
        self.home = os.path.realpath(os.path.dirname(path))
        """The folder that holds the file: it identifies the setup."""

    def require(self, name: SecretName, origin: str) -> None:
        """See that the secret is for `origin`. Raises SecretUnavailable if it is for another."""
        kept = self._read().get(name.value, "")
        if not kept:
            self.record(name, origin)
        elif kept == _UNREADABLE:
            raise SecretUnavailable(
                KeyringMessageId.ADDRESS_UNREADABLE,
                shown_origin(origin),
                name.value,
                problem=KeyringProblem.EMPTY,
            )
        elif kept != origin:
            raise secret_of_another_origin(name, kept, origin)

    def record(self, name: SecretName, origin: str) -> None:
        """The secret is for `origin` from now on; "" is for the first that it is used for."""
        self._write({**self._read(), name.value: origin})

    def adopt(self, name: SecretName, origin: str) -> None:
        """The secret is for `origin` unless it is for another already."""
        if origin and not self._read().get(name.value):
            self.record(name, origin)

    def _read(self) -> dict[str, str]:
        try:
            with open(self._path, encoding="utf-8") as file:
                document = json.load(file)
            return {
                str(name): origin if isinstance(origin, str) else _UNREADABLE
                for name, origin in document.items()
            }
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, AttributeError, RecursionError):
            return {name.value: _UNREADABLE for name in (*Service, *ProxySecret)}

    def _write(self, origins: dict[str, str]) -> None:
        if origins == self._read():
            return
        beside = f"{self._path}.new"
        with contextlib.suppress(OSError):
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(origins, file)
            replace_file(beside, self._path)


def secret_of_another_origin(name: SecretName, kept: str, origin: str) -> SecretUnavailable:
    """The secret that is kept is for `kept`, so it does not go to `origin`."""
    message = (
        KeyringMessageId.TOKEN_OF_ANOTHER_ADDRESS
        if isinstance(name, Service)
        else KeyringMessageId.PASSWORD_OF_ANOTHER_PROXY
    )
    return SecretUnavailable(
        message,
        shown_origin(kept),
        shown_origin(origin),
        name.value,
        problem=KeyringProblem.EMPTY,
    )
