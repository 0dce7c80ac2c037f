"""What the page of networks asks for, done beside the loop: the keyring and the services."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine

from timer_app.domain.service import Service
from timer_app.domain.setup.secrets import KeyringProblem, ProxySecret
from timer_app.services.background_tasks import Spawn
from timer_app.services.setup.checks import ServiceChecker, check_all
from timer_app.services.setup.ports import Secrets, SecretUnavailable
from timer_app.services.setup.setting_change import ChangeSetting, SettingChange
from timer_app.ui.setup.settings.network_page import NetworkPage


class NetworkController:
    """Implements `NetworkIntents` and owns the page.

    `reconnect` is called when the password has changed, so that connections are made again.
    """

    def __init__(
        self,
        secrets: Secrets,
        checker: ServiceChecker,
        spawn: Spawn,
        change: ChangeSetting,
        reconnect: Callable[[], None],
    ) -> None:
        self._secrets = secrets
        self._checker = checker
        self._spawn = spawn
        self._change = change
        self._reconnect = reconnect
        self._checking: asyncio.Task[None] | None = None
        self.page = NetworkPage(self)

    def load(self) -> None:
        """The page is shown: see whether a password is kept."""
        self._spawn(self._load)

    def change(self, key: str, typed: str) -> SettingChange:
        """See NetworkIntents."""
        return self._change(key, typed)

    def save_proxy_password(self, password: str) -> None:
        """See NetworkIntents."""

        async def keep() -> None:
            await self._run_and_show(self._secrets.store(ProxySecret.PROXY, password), None)

        self._spawn(keep)

    def delete_proxy_password(self) -> None:
        """See NetworkIntents."""

        async def forget() -> None:
            forgetting = self._secrets.delete(ProxySecret.PROXY)
            await self._run_and_show(forgetting, KeyringProblem.EMPTY)

        self._spawn(forget)

    def check_services(self) -> None:
        """See NetworkIntents."""
        self.stop_checking()
        self._checking = self._spawn(self._check)
        if self._checking is None:
            self.page.show_checked()

    def stop_checking(self) -> None:
        """See NetworkIntents."""
        if self._checking is not None:
            self._checking.cancel()

    def close(self) -> None:
        """Ask nobody any more; the page goes."""
        self.stop_checking()
        self.page.deleteLater()

    async def _load(self) -> None:
        try:
            await self._secrets.token(ProxySecret.PROXY)
        except SecretUnavailable as error:
            self.page.show_password(error.problem)
        else:
            self.page.show_password(None)

    async def _run_and_show(
        self, work: Coroutine[object, object, object], then: KeyringProblem | None
    ) -> None:
        try:
            await work
        except SecretUnavailable as error:
            self.page.show_password(error.problem)
        else:
            self.page.show_password(then)
            self._reconnect()

    async def _check(self) -> None:
        mine = asyncio.current_task()
        try:
            await check_all(self._checker, Service, self.page.show_check)
        finally:
            if self._checking is mine:  # else another round has begun
                self._checking = None
                self.page.show_checked()
