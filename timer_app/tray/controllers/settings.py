"""The present settings: changed from the windows, read again, and applied."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from timer_app.adapters.paths import PathUnusable
from timer_app.adapters.setup.settings.reader import Settings, SettingsError
from timer_app.bootstrap.core import Core
from timer_app.bootstrap.settings import change_setting
from timer_app.domain.setup.settings_schema import SETTINGS
from timer_app.services.background_tasks import Spawn
from timer_app.services.retry import RetryReason
from timer_app.services.setup.setting_change import SettingChange, SettingKept, SettingRefused
from timer_app.ui import messages

if TYPE_CHECKING:
    from timer_app.adapters.http.client import ServiceClient

_log = logging.getLogger(__name__)


class SettingsController:
    """Keeps the core with settings.toml.

    `on_change` is called with settings that were read.
    """

    def __init__(
        self,
        core: Core,
        spawn: Spawn,
        on_change: Callable[[Settings], None],
    ) -> None:
        self._core = core
        self._spawn = spawn
        self._on_change = on_change

    def change(self, key: str, typed: str) -> SettingChange:
        """Set a key, effective at once."""
        try:
            change_setting(self._core.paths, key, typed)
        except (SettingsError, PathUnusable) as error:
            return SettingRefused(messages.setting_error_text(error))
        wrong = self.apply()
        if wrong:
            return SettingRefused(messages.settings_file_error_text(wrong))
        return SettingKept(SETTINGS[key].as_text(self._core.settings.value[key]))

    def apply(self) -> SettingsError | None:
        """Read the settings and apply them; None, or the error.

        A file with the present settings changes nothing: a change of a window is applied once,
        though the file's watcher sees it as well.
        """
        before = self._core.settings.value
        try:
            settings = self._core.settings.reload()
        except SettingsError as error:
            _log.info("the settings of before stay in force: %s", error)
            return error
        if settings.text == before.text:
            return None
        _log.info("other settings are in force")
        must_reconnect = not before.has_same_connections(settings)
        if must_reconnect:
            self._reconnect()
        self._on_change(settings)
        if must_reconnect:
            self._core.retry.now(RetryReason.CONNECTIONS_CHANGED)
        return None

    def on_secret_changed(self) -> None:
        """A token, which may be another account's, or the proxy's password is another one."""
        self._reconnect()
        self._core.retry.now(RetryReason.USER_REQUESTED)

    def _reconnect(self) -> None:
        """Calls from now on go the way that the settings and the secrets say."""
        core = self._core
        core.secrets.invalidate()
        clients = core.connections.apply(core.settings.value)
        self._spawn(partial(self._close_when_idle, clients))

    async def _close_when_idle(self, clients: Sequence[ServiceClient]) -> None:
        """Calls under way end first: one that is broken off would be unknown."""
        await self._core.sender.wait_until_idle()
        for client in clients:
            await client.close()
