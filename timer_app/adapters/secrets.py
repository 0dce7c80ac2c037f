"""Tokens in the keyring of the operating system, and nowhere else.

A keyring that is locked while a screen is there blocks until its prompt is answered. So each
call runs in a thread of its own that nobody waits for when quitting, within a time limit, and
every way it can end has a name.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Mapping
from functools import partial
from typing import Generic, TypeVar

from timer_app.domain.delivery import Service
from timer_app.services.ports import (
    KeyringTrouble,
    ProxySecret,
    SecretName,
    Secrets,
    TokenUnavailable,
)

KEYRING_SERVICE = "timer-app"
PATIENCE = 10.0

_log = logging.getLogger(__name__)
_T = TypeVar("_T")


class KeyringSecrets:
    """Implements the port `Secrets`.

    `late` is called when an answer came after its time limit: whoever held back may try again.
    """

    def __init__(
        self, *, patience: float = PATIENCE, late: Callable[[], None] | None = None
    ) -> None:
        self._patience = patience
        self._late = late or (lambda: None)

    async def token(self, service: SecretName) -> str:
        """See the port."""
        token = await self._in_thread(lambda: _get(service))
        if not token:
            raise TokenUnavailable(
                f"There is no {_title(service)} yet. Enter one: timer-app login {service.value}",
                KeyringTrouble.EMPTY,
            )
        return token

    async def keep(self, service: SecretName, token: str) -> None:
        """See the port."""
        await self._in_thread(lambda: _set(service, token))

    async def forget(self, service: SecretName) -> bool:
        """See the port."""
        return await self._in_thread(lambda: _delete(service))

    async def _in_thread(self, work: Callable[[], _T]) -> _T:
        call = _Call(work, asyncio.get_running_loop(), self._late)
        threading.Thread(target=call.run, name="keyring", daemon=True).start()
        try:
            await asyncio.wait([call.answer], timeout=self._patience)
        except asyncio.CancelledError:
            call.answer.cancel()  # nobody waits any more, nobody is to be told
            raise
        if call.answer.done():
            return call.answer.result()
        call.abandoned = True
        raise TokenUnavailable(
            "The keyring does not answer. It may be waiting for its password: look for its window.",
            KeyringTrouble.SILENT,
        )


class RememberedSecrets:
    """Implements the port `Secrets` on another one, asking it once for each token.

    A request would otherwise wait for the keyring each time. `doubt` forgets what is remembered.
    """

    def __init__(self, secrets: Secrets) -> None:
        self._secrets = secrets
        self._tokens: dict[SecretName, str] = {}

    def doubt(self) -> None:
        """Ask the keyring again: a token was refused or may have been changed."""
        self._tokens.clear()

    async def token(self, service: SecretName) -> str:
        """See the port."""
        if service not in self._tokens:
            self._tokens[service] = await self._secrets.token(service)
        return self._tokens[service]

    async def keep(self, service: SecretName, token: str) -> None:
        """See the port."""
        self.doubt()
        await self._secrets.keep(service, token)

    async def forget(self, service: SecretName) -> bool:
        """See the port."""
        self.doubt()
        return await self._secrets.forget(service)


class FixedSecrets:
    """Implements the port `Secrets` with what was handed over: for the stand-ins, and for a check.

    What is not among it is asked of `others`.
    """

    def __init__(
        self,
        tokens: Mapping[Service, str] | Mapping[SecretName, str],
        others: Secrets | None = None,
    ) -> None:
        self._tokens: dict[SecretName, str] = {name: text for name, text in tokens.items()}  # noqa: C416 - dict() takes no union of mappings
        self._others = others

    async def token(self, service: SecretName) -> str:
        """See the port."""
        if service in self._tokens:
            return self._tokens[service]
        if self._others is not None:
            return await self._others.token(service)
        raise TokenUnavailable(f"There is no {_title(service)}.", KeyringTrouble.EMPTY)

    async def keep(self, service: SecretName, token: str) -> None:
        """See the port."""
        self._tokens[service] = token

    async def forget(self, service: SecretName) -> bool:
        """See the port."""
        return self._tokens.pop(service, None) is not None


class _Call(Generic[_T]):
    """One question to the keyring, asked in a thread and answered on the loop."""

    def __init__(
        self, work: Callable[[], _T], loop: asyncio.AbstractEventLoop, late: Callable[[], None]
    ) -> None:
        self.answer: asyncio.Future[_T] = loop.create_future()
        self.abandoned = False
        self._work = work
        self._loop = loop
        self._late = late

    def run(self) -> None:
        """In the thread: ask, and hand the answer to the loop if that is still there."""
        try:
            settle = partial(self._succeed, self._work())
        except Exception as error:  # noqa: BLE001 - back ends raise what they like
            settle = partial(self._fail, _explained(error))
        try:
            self._loop.call_soon_threadsafe(settle)
        except RuntimeError:
            _log.debug("the keyring answered after the loop was closed")

    def _succeed(self, result: _T) -> None:
        if self.abandoned:
            self._late()
        elif not self.answer.cancelled():
            self.answer.set_result(result)

    def _fail(self, error: TokenUnavailable) -> None:
        if not (self.abandoned or self.answer.cancelled()):
            self.answer.set_exception(error)


def _get(service: SecretName) -> str | None:
    import keyring

    return keyring.get_password(KEYRING_SERVICE, service.value)


def _set(service: SecretName, token: str) -> None:
    import keyring

    keyring.set_password(KEYRING_SERVICE, service.value, token)


def _delete(service: SecretName) -> bool:
    import keyring
    from keyring.errors import PasswordDeleteError

    try:
        keyring.delete_password(KEYRING_SERVICE, service.value)
    except PasswordDeleteError:
        return False
    return True


def _explained(error: Exception) -> TokenUnavailable:
    """A back end's error in words; its own text is left out, it might quote what it was given."""
    from keyring import errors

    if isinstance(error, errors.NoKeyringError):
        return TokenUnavailable(
            "There is no keyring on this computer. Install and start one that offers the Secret"
            " Service (GNOME Keyring, KWallet, KeePassXC): tokens are kept nowhere else.",
            KeyringTrouble.ABSENT,
        )
    if isinstance(error, errors.KeyringLocked):
        return TokenUnavailable(
            "The keyring is locked. Unlock it and try again.", KeyringTrouble.LOCKED
        )
    return TokenUnavailable(f"The keyring failed ({type(error).__name__}). Try again.")


def _title(service: SecretName) -> str:
    return {
        Service.TIMECROWD: "token for TimeCrowd",
        Service.KAITEN: "token for Kaiten",
        ProxySecret.PROXY: "password for the proxy",
    }[service]
