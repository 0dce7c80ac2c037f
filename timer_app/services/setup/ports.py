"""What setup needs from the world: the keyring."""

from __future__ import annotations

from typing import Protocol

from timer_app.domain.setup.secrets import KeyringProblem, SecretName


class SecretUnavailable(Exception):
    """No secret could be had from the keyring. The text says why and what to do."""

    def __init__(self, text: str, problem: KeyringProblem = KeyringProblem.FAILED) -> None:
        super().__init__(text)
        self.problem = problem


class Secrets(Protocol):
    """The keyring of the operating system: tokens, and the password of a proxy."""

    async def token(self, service: SecretName) -> str:
        """The service's token. Raises SecretUnavailable."""
        ...

    async def store(self, service: SecretName, token: str) -> None:
        """Store the token. Raises SecretUnavailable."""
        ...

    async def delete(self, service: SecretName) -> bool:
        """Remove the token; False if there was none. Raises SecretUnavailable."""
        ...
