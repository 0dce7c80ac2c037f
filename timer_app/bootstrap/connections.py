"""The two services, connected as the settings and the secrets say."""

from __future__ import annotations

import sys
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from timer_app.adapters.setup.cached_secrets import CachedSecrets, FixedSecrets
from timer_app.adapters.setup.settings import reader as settings_file
from timer_app.adapters.setup.settings.reader import Settings
from timer_app.domain.entries.card import CardInfo, CardsByKey
from timer_app.domain.messages import ConnectionProblemKind
from timer_app.domain.service import Service
from timer_app.domain.setup.accounts import Choice
from timer_app.domain.setup.connection_problems import ConnectionProblem
from timer_app.domain.setup.secrets import ProxySecret, SecretName, SecretUse
from timer_app.services.delivery.ports import Gateway
from timer_app.services.entries.ports import Clock
from timer_app.services.entries.true_clock import ClockCorrector, TrueClock
from timer_app.services.setup.checks import ServiceCheck
from timer_app.services.setup.ports import Secrets

if TYPE_CHECKING:
    from timer_app.adapters.delivery.kaiten.gateway import KaitenGateway
    from timer_app.adapters.delivery.timecrowd.gateway import TimeCrowdGateway
    from timer_app.adapters.http.client import ServiceClient
    from timer_app.adapters.http.proxies import Proxies
    from timer_app.adapters.http.rate_limiter import RateLimiter
    from timer_app.adapters.http.trust import SharedTrust


class ServiceConnections:
    """The two services as the settings say; `apply` takes other settings.

    A gateway is made when it is first wanted: importing HTTP takes longer than showing the tray.
    """

    def __init__(
        self,
        secrets: Secrets,
        clock: Clock,
        cards: Callable[[], CardsByKey] = dict,
        corrector: ClockCorrector | None = None,
        on_cards_shown: Callable[[Sequence[CardInfo]], None] = lambda _: None,
    ) -> None:
        """`cards` returns the cards whose keys are known, `corrector` learns the services' time.

        `on_cards_shown` is called with cards that Kaiten showed.
        """
        self._on_cards_shown = on_cards_shown
        self._cards = cards
        self._corrector = corrector
        self._secrets = secrets
        self._clock = clock
        self._settings: Settings | None = None
        self._clients: list[ServiceClient] = []
        self._timecrowd: TimeCrowdGateway | None = None
        self._kaiten: KaitenGateway | None = None
        self._proxies: Proxies | None = None
        self._trust: SharedTrust | None = None
        self.rate_limiters: dict[Service, RateLimiter] = {}
        """One for each service, whatever the settings: the service counts all that we ask."""

    def apply(self, settings: Settings) -> list[ServiceClient]:
        """Connect with `settings`; returns the earlier clients, for the caller to close."""
        before, self._clients = self._clients, []
        self._settings = settings
        self._timecrowd = self._kaiten = self._proxies = self._trust = None
        return before

    @property
    def timecrowd(self) -> TimeCrowdGateway | None:
        """TimeCrowd, if it is set up."""
        if self._timecrowd is None and self._settings is not None:
            self._timecrowd = self._make_timecrowd(self._settings)
        return self._timecrowd

    @property
    def kaiten(self) -> KaitenGateway | None:
        """Kaiten, if it is set up."""
        if self._kaiten is None and self._settings is not None:
            self._kaiten = self._make_kaiten(self._settings)
        return self._kaiten

    def gateway(self, service: Service) -> Gateway | None:
        """The service's gateway, if it is set up."""
        match service:
            case Service.TIMECROWD:
                return self.timecrowd
            case Service.KAITEN:
                return self.kaiten

    def _make_timecrowd(self, settings: Settings) -> TimeCrowdGateway | None:
        team_id = settings.get_number("timecrowd.team_id")
        if team_id is None:
            return None
        from timer_app.adapters.delivery.timecrowd.gateway import TimeCrowdGateway

        client = self.client(Service.TIMECROWD, settings)
        category_id = settings.get_number("timecrowd.category_id")
        return TimeCrowdGateway(client, team_id, category_id, cards=self._cards)

    def _make_kaiten(self, settings: Settings) -> KaitenGateway | None:
        if not settings.configured["kaiten"]:
            return None
        from timer_app.adapters.delivery.kaiten.gateway import KaitenGateway
        from timer_app.adapters.delivery.kaiten.wire import EMPLOYEE

        role_id = settings.get_number("kaiten.role_id") or EMPLOYEE.id
        client = self.client(Service.KAITEN, settings)
        url = settings.get_text("kaiten.url")
        return KaitenGateway(client, url, role_id, on_shown=self._on_cards_shown)

    def client(self, service: Service, settings: Settings) -> ServiceClient:
        """A client of the service, closed with the others."""
        self._proxies = self._proxies or self._make_proxies(settings)
        self._trust = self._trust or self._make_trust(settings)
        client = self._make_client(service, settings, self._proxies, self._trust)
        self._clients.append(client)
        return client

    def _make_proxies(self, settings: Settings) -> Proxies:
        from timer_app.adapters.http.proxies import Proxies

        return Proxies(
            settings.get_text("network.proxy"),
            partial(self._secret, ProxySecret.PROXY),
            _resolve_desktop_proxy,
        )

    def _make_trust(self, settings: Settings) -> SharedTrust:
        from timer_app.adapters.http.trust import SharedTrust

        return SharedTrust(settings.ca_file)

    def _make_client(
        self, service: Service, settings: Settings, proxies: Proxies, trust: SharedTrust
    ) -> ServiceClient:
        from timer_app.adapters.delivery.kaiten.wire import client_headers
        from timer_app.adapters.http.client import ServiceClient
        from timer_app.adapters.http.rate_limiter import RateLimiter

        return ServiceClient(
            {Service.TIMECROWD: "TimeCrowd", Service.KAITEN: "Kaiten"}[service],
            settings.get_text(f"{service.value}.url"),
            partial(self._secret, service, settings.get_text(f"{service.value}.url")),
            now=self._clock.now,
            trust=partial(trust.context_for, service.value),
            proxies=proxies,
            # Kaiten allows 5 requests a second. TimeCrowd names no limit: it gets the same, so
            # that a long drain is polite.
            limiter=self.rate_limiters.setdefault(
                service, RateLimiter(tick=time.get_clock_info("monotonic").resolution)
            ),
            headers=client_headers if service is Service.KAITEN else dict,
            listen=partial(self._listen, service),
        )

    def _listen(self, service: Service) -> Callable[[datetime], None]:
        """A request leaves for the service; what is to be told the date of its answer."""
        if self._corrector is None:
            return lambda _: None
        return self._corrector.listen(is_of_entries=service is Service.TIMECROWD)

    async def _secret(self, name: SecretName, origin: str) -> str:
        """A secret for a service or a proxy at `origin`. Raises SecretUnavailable."""
        return await self._secrets.token(name, SecretUse(origin))

    async def check(self, service: Service) -> ServiceCheck:
        """Implements `Checker`, on connections of its own: proxies are found again."""
        from timer_app.adapters.delivery.kaiten import wire as kaiten
        from timer_app.adapters.delivery.timecrowd import wire as timecrowd
        from timer_app.adapters.setup.checks import check

        settings = self._settings
        if isinstance(self._secrets, CachedSecrets):  # a check is of what the keyring holds now
            self._secrets.invalidate()
        if settings is None or not settings.get_text(f"{service.value}.url"):
            return ServiceCheck(service, ConnectionProblem(ConnectionProblemKind.NOT_SET_UP, ""))
        client = self._make_client(
            service, settings, self._make_proxies(settings), self._make_trust(settings)
        )
        try:
            match service:
                case Service.TIMECROWD:
                    return await check(
                        client, service, timecrowd.me(), timecrowd.account, self._wall_clock
                    )
                case Service.KAITEN:
                    return await check(
                        client, service, kaiten.current_user(), kaiten.account, self._wall_clock
                    )
        finally:
            await client.close()

    def _wall_clock(self) -> datetime:
        """The computer's own, whether it is right or not."""
        own = self._clock.own if isinstance(self._clock, TrueClock) else self._clock
        return own.now()

    async def check_token(self, service: Service, token: str) -> ServiceCheck:
        """Implements `Accounts`, on connections of its own like `check`."""
        others = ServiceConnections(FixedSecrets({service: token}, self._secrets), self._clock)
        others.rate_limiters = self.rate_limiters
        if self._settings is not None:
            others.apply(self._settings)
        return await others.check(service)

    async def teams(self) -> Sequence[Choice]:
        """Implements `Accounts`."""
        from timer_app.adapters.delivery.timecrowd.gateway import TimeCrowdGateway

        async with self._temporary_client(Service.TIMECROWD) as client:
            return await TimeCrowdGateway(client, 0, None).teams()

    async def categories(self, team_id: int) -> Sequence[Choice]:
        """Implements `Accounts`."""
        from timer_app.adapters.delivery.timecrowd.gateway import TimeCrowdGateway

        async with self._temporary_client(Service.TIMECROWD) as client:
            return await TimeCrowdGateway(client, team_id, None).categories(team_id)

    async def roles(self) -> Sequence[Choice]:
        """Implements `Accounts`."""
        from timer_app.adapters.delivery.kaiten.gateway import KaitenGateway
        from timer_app.adapters.delivery.kaiten.wire import EMPLOYEE

        async with self._temporary_client(Service.KAITEN) as client:
            return await KaitenGateway(client, "", EMPLOYEE.id).roles()

    @asynccontextmanager
    async def _temporary_client(self, service: Service) -> AsyncIterator[ServiceClient]:
        """A client for one question, which needs no team."""
        settings = self._settings or settings_file.parse("", "")
        client = self._make_client(
            service, settings, self._make_proxies(settings), self._make_trust(settings)
        )
        try:
            yield client
        finally:
            await client.close()

    async def newest_release(self, feed: str) -> str:
        """The version that `feed` names, asked the way that services are.

        Raises ReleaseFeedError.
        """
        from timer_app.adapters.http.trust import make_ssl_context
        from timer_app.adapters.setup.releases import fetch_newest_version

        settings = self._settings or settings_file.parse("", "")
        return await fetch_newest_version(
            feed, partial(make_ssl_context, settings.ca_file), self._make_proxies(settings)
        )

    async def close(self) -> None:
        """Close every connection."""
        clients, self._clients = self._clients, []
        for client in clients:
            await client.close()


async def _resolve_desktop_proxy(origin: str) -> Sequence[str]:
    if sys.platform == "linux":
        from timer_app.adapters.dbus.proxy_resolver import resolve_proxy

        return await resolve_proxy(origin)
    else:  # noqa: RET505 - mypy checks the branch of one platform at a time
        from timer_app.adapters.http.system_proxy import system_proxies

        return await system_proxies(origin)


def preload_gateways() -> None:
    """In a thread, beforehand: at the first call it would be felt in the tray."""
    import timer_app.adapters.delivery.kaiten.gateway
    import timer_app.adapters.delivery.timecrowd.gateway
    import timer_app.adapters.http.client  # noqa: F401 - to have it, not to use it
