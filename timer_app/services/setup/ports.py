"""What setup needs from the world: the keyring."""

from __future__ import annotations

from typing import Protocol

from timer_app.domain.errors import DomainError
from timer_app.domain.setup.secrets import KeyringProblem, SecretName, SecretUse
from timer_app.domain.user_message import MessageId, UserMessage


class SecretUnavailable(DomainError):
    """No secret could be had from the keyring. The text says why and what to do."""

    def __init__(
        self,
        message_id: MessageId,
        *values: str | UserMessage,
        problem: KeyringProblem = KeyringProblem.FAILED,
    ) -> None:
        super().__init__(message_id, *values)
        self.problem = problem


class Secrets(Protocol):
    """The keyring of the operating system: tokens, and the password of a proxy.

    `use` says which address a secret is for, else it is the one of the settings in force.
    """

    async def token(self, service: SecretName, use: SecretUse = ...) -> str:
        """The service's token. Raises SecretUnavailable."""
        ...

    async def store(self, service: SecretName, token: str, use: SecretUse = ...) -> None:
        """Store the token. Raises SecretUnavailable."""
        ...

    async def delete(self, service: SecretName, use: SecretUse = ...) -> bool:
        """Remove the token; False if there was none. Raises SecretUnavailable."""
        ...
