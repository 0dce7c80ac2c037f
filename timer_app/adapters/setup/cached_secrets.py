"""Secrets that are kept in memory, so that the keyring is asked once."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from timer_app.adapters.setup.secret_origins import SecretOrigins
from timer_app.adapters.setup.secrets import NO_USE, secret_missing
from timer_app.domain.service import Service
from timer_app.domain.setup.secrets import SecretName, SecretUse
from timer_app.services.setup.ports import Secrets


class CachedSecrets:
    """Implements the port `Secrets` on another one, asking it once for each token.

    A request would otherwise wait for the keyring each time. With `origins` a secret is given for
    the address alone that it is kept for; `origin_of` is the address in force, "" if it has none.
    """

    def __init__(
        self,
        secrets: Secrets,
        origins: SecretOrigins | None = None,
        origin_of: Callable[[SecretName], str] = lambda _: "",
    ) -> None:
        self._secrets = secrets
        self._origins = origins
        self._origin_of = origin_of
        self._tokens: dict[tuple[SecretName, SecretUse], str] = {}

    def invalidate(self) -> None:
        """Ask the keyring again for everything: what it holds may have been changed."""
        self._tokens.clear()

    def forget(self, name: SecretName) -> None:
        """Ask the keyring again for one: it was refused."""
        for each in [each for each in self._tokens if each[0] is name]:
            del self._tokens[each]

    async def token(self, service: SecretName, use: SecretUse = NO_USE) -> str:
        """See the port."""
        use = self._use(service, use)
        if (service, use) not in self._tokens:
            self._tokens[service, use] = await self._secrets.token(service, use)
        if self._origins is not None and use.origin:
            self._origins.require(service, use.origin)
        return self._tokens[service, use]

    async def store(self, service: SecretName, token: str, use: SecretUse = NO_USE) -> None:
        """See the port."""
        self.invalidate()
        use = self._use(service, use)
        await self._secrets.store(service, token, use)
        if self._origins is not None:
            self._origins.record(service, use.origin)

    async def delete(self, service: SecretName, use: SecretUse = NO_USE) -> bool:
        """See the port."""
        self.invalidate()
        return await self._secrets.delete(service, self._use(service, use))

    def _use(self, name: SecretName, use: SecretUse) -> SecretUse:
        """The address in force and the folder of the app's files, where none is named."""
        home = self._origins.home if self._origins is not None else ""
        return SecretUse(use.origin or self._origin_of(name), use.home or home)


class FixedSecrets:
    """Implements the port `Secrets` with what was handed over: for the stand-ins, and for a check.

    What is not among it is asked of `fallback`.
    """

    def __init__(
        self,
        tokens: Mapping[Service, str] | Mapping[SecretName, str],
        fallback: Secrets | None = None,
    ) -> None:
        self._tokens: dict[SecretName, str] = {name: text for name, text in tokens.items()}  # noqa: C416 - dict() takes no union of mappings
        self._fallback = fallback

    async def token(self, service: SecretName, use: SecretUse = NO_USE) -> str:
        """See the port."""
        if service in self._tokens:
            return self._tokens[service]
        if self._fallback is not None:
            return await self._fallback.token(service, use)
        raise secret_missing(service)

    async def store(self, service: SecretName, token: str, use: SecretUse = NO_USE) -> None:
        """See the port."""
        del use
        self._tokens[service] = token

    async def delete(self, service: SecretName, use: SecretUse = NO_USE) -> bool:
        """See the port."""
        del use
        return self._tokens.pop(service, None) is not None
