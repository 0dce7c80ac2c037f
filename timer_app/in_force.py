"""The settings in force: changed from the windows, read anew, and done as they say."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from timer_app.adapters.places import PlaceUnusable
from timer_app.adapters.settings.reading import Settings, SettingsError
from timer_app.composition import Core, change_setting
from timer_app.services.tasks import Spawn
from timer_app.ui import reasons

if TYPE_CHECKING:
    from timer_app.adapters.http.client import ServiceClient

_log = logging.getLogger(__name__)


class InForce:
    """Keeps the core with settings.toml.

    `told` is called with settings that were read, `try_again` when they lead to services anew.
    """

    def __init__(
        self,
        core: Core,
        spawn: Spawn,
        told: Callable[[Settings], None],
        try_again: Callable[[], None],
    ) -> None:
        self._core = core
        self._spawn = spawn
        self._told = told
        self._try_again = try_again

    def change(self, key: str, typed: str) -> str:
        """Set a key, effective at once; "" or the reason why not."""
        path = self._core.places.settings
        try:
            change_setting(path, key, typed)
        except (SettingsError, PlaceUnusable) as error:
            return reasons.of_setting(key, error)
        wrong = self.use()
        return reasons.settings_unusable(wrong) if wrong else ""

    def use(self) -> SettingsError | None:
        """Read the settings and do as they say; None or what is wrong with them."""
        before = self._core.settings.value
        try:
            settings = self._core.settings.reload()
        except SettingsError as error:
            _log.info("the settings of before stay in force: %s", error)
            return error
        if settings.text != before.text:
            _log.info("other settings are in force")
        connects_anew = not before.connects_like(settings)
        if connects_anew:
            self.connect_anew()
        self._told(settings)
        if connects_anew:
            self._try_again()
        return None

    def connect_anew(self) -> None:
        """Calls from now on go the way that the settings and the secrets say."""
        core = self._core
        clients = core.connections.use(core.settings.value)
        self._spawn(partial(self._close_when_idle, clients))

    async def _close_when_idle(self, clients: Sequence[ServiceClient]) -> None:
        """Calls under way end first: one that is broken off would be unknown."""
        await self._core.sender.idle()
        for client in clients:
            await client.close()
