"""The settings window and the first steps, with what stands behind their pages."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from timer_app.adapters.setup.settings.reader import SettingsError
from timer_app.adapters.setup.window_file import WindowFile
from timer_app.bootstrap.core import Core
from timer_app.domain.service import Service
from timer_app.domain.setup.settings_schema import TIMECROWD_ADDRESS, Page
from timer_app.services.background_tasks import Spawn
from timer_app.services.hotkeys.manager import HotKeyManager
from timer_app.services.setup.desktop_integration import (
    LINKS,
    DesktopEntryError,
    DesktopIntegration,
)
from timer_app.services.setup.setting_change import (
    ChangeSetting,
    SettingChange,
    SettingKept,
    SettingRefused,
)

# PySide6 reads the source of all that is imported after it: what does not need it comes before.
# isort: split
from timer_app.ui import messages
from timer_app.ui.intents import Intents
from timer_app.ui.view import View

if TYPE_CHECKING:
    from timer_app.adapters.setup.settings.reader import Settings
    from timer_app.adapters.setup.settings.watcher import SettingsWatcher
    from timer_app.tray.controllers.account import AccountController
    from timer_app.tray.controllers.network import NetworkController
    from timer_app.tray.controllers.rules import RulesController
    from timer_app.ui.setup.first_run import FirstRunWizard
    from timer_app.ui.setup.settings.services_page import ServicesPage
    from timer_app.ui.setup.settings.window import SettingsWindow


@dataclass(frozen=True, slots=True)
class SettingsActions:
    """What the settings need beside the core.

    `change` sets a key; `apply` reads the file anew and answers None or
    what is wrong with it; `reconnect` is called when a token or the proxy's password is another
    one.
    `integration` is None where the app is no part of a desktop: the demo. `on_installed` is called
    when the desktop has come to know the app.
    """

    change: ChangeSetting
    apply: Callable[[], SettingsError | None]
    reconnect: Callable[[], None]
    hotkeys: HotKeyManager
    integration: DesktopIntegration | None
    on_installed: Callable[[], object]


class SettingsWindows:
    """Opens, fills and closes both. While one is there, the file is watched."""

    def __init__(
        self, core: Core, intents: Intents, spawn: Spawn, actions: SettingsActions
    ) -> None:
        self._core = core
        self._intents = intents
        self._spawn = spawn
        self._actions = actions
        self._view: View | None = None
        self._network: NetworkController | None = None
        self._services: ServicesPage | None = None
        self._rules: RulesController | None = None
        self._accounts: dict[Service, AccountController] = {}
        self._first_run_accounts: dict[Service, AccountController] = {}
        self._watch: SettingsWatcher | None = None
        self._places = WindowFile(core.paths.windows)
        self.settings: SettingsWindow | None = None
        self.first_run: FirstRunWizard | None = None

    def open(self, service: Service | None = None) -> None:
        """Open the settings, at the token of `service` if given."""
        wrong = self._actions.apply()  # the file may have been edited
        self._watch_settings_file()
        self.settings = self.settings or self._make_settings()
        self.show_settings(self._core.settings.value)
        self.settings.show_message(messages.settings_file_error_text(wrong) if wrong else "")
        if self._network is not None:
            self._network.load()
        if self._rules is not None:
            self._rules.load()
        for account in self._accounts.values():
            account.load()
        self.settings.open()
        if service is not None and self._services is not None:
            self.settings.show_page(self._services)
            self._services.focus_token(service)

    def open_first_run(self, service: Service | None = None) -> None:
        """The first steps, from the first one or from a service's."""
        self._watch_settings_file()
        self.first_run = self.first_run or self._make_first_run()
        self.show_settings(self._core.settings.value)
        if self._view is not None:
            self.first_run.show_view(self._view)
        self.first_run.open(service)

    async def wait_for_first_run(self) -> None:
        """Return once the first steps are not seen."""
        if self.first_run is not None and self.first_run.isVisible():
            closed = asyncio.Event()
            self.first_run.closed.connect(closed.set)
            try:
                await closed.wait()
            finally:
                self.first_run.closed.disconnect(closed.set)

    def show(self, view: View) -> None:
        """Show the present state."""
        self._view = view
        if self.first_run is not None:
            self.first_run.show_view(view)

    def show_settings(self, values: Settings) -> None:
        """Show other settings, whoever changed them."""
        if self.settings is not None:
            self.settings.show_values({**values.all(), **self._desktop_entry_states()})
            self.settings.show_message("")
        if self.first_run is not None:
            self.first_run.show_values({**values.all(), **self._desktop_entry_states()})

    def close(self) -> None:
        """End both, and all that is asked for them."""
        if self._watch is not None:
            self._watch.close()
        if self._network is not None:
            self._network.close()
        for account in (*self._accounts.values(), *self._first_run_accounts.values()):
            account.close()
        for window in (self.settings, self.first_run):
            if window is not None:
                window.close()
                window.deleteLater()

    # The file

    def _watch_settings_file(self) -> None:
        if self._watch is None:
            from timer_app.adapters.setup.settings.watcher import SettingsWatcher

            self._watch = SettingsWatcher(self._core.paths.settings, self._file_changed)

    def _file_changed(self) -> None:
        wrong = self._actions.apply()
        if self.settings is not None:
            self.settings.show_message(messages.settings_file_error_text(wrong) if wrong else "")

    # Making

    def _make_settings(self) -> SettingsWindow:
        from timer_app.tray.controllers.network import NetworkController
        from timer_app.tray.controllers.rules import RulesController
        from timer_app.ui.hotkeys.page import HotkeysPage
        from timer_app.ui.setup.settings.plain_page import PlainPage
        from timer_app.ui.setup.settings.services_page import ServicesPage
        from timer_app.ui.setup.settings.startup_page import StartupPage
        from timer_app.ui.setup.settings.window import SettingsWindow

        core, actions = self._core, self._actions
        changes = _SettingChanges(actions.change)
        self._network = NetworkController(
            core.secrets, core.connections, self._spawn, actions.change, actions.reconnect
        )
        self._accounts = self._make_accounts()
        self._rules = RulesController(core, self._spawn, actions.apply)
        self._services = ServicesPage([each.form for each in self._accounts.values()])
        self._services.first_run_requested.connect(self.open_first_run)
        window = SettingsWindow()
        window.remember_place("settings", self._places)
        window.add(self._services)
        window.add(self._rules.page)
        window.add(PlainPage(Page.TIME, changes))
        window.add(HotkeysPage(changes, actions.hotkeys))
        window.add(PlainPage(Page.REMINDERS, changes))
        window.add(self._network.page)
        window.add(PlainPage(Page.LOOK, changes))
        if actions.integration is not None:
            window.add(StartupPage(_SettingChanges(self.change_integration)))
        return window

    def _make_first_run(self) -> FirstRunWizard:
        from timer_app.ui.setup.first_run import FirstRunWizard

        self._first_run_accounts = self._make_accounts(takes_only_team=True)
        forms = [each.form for each in self._first_run_accounts.values()]
        window = FirstRunWizard(
            forms, self._intents, lambda service: self._first_run_accounts[service].load(),
            _SettingChanges(self.change_integration) if self._has_menu else None,
        )  # fmt: skip
        window.finished.connect(self._finish)
        window.remember_place("first-steps", self._places)
        return window

    def _make_accounts(self, *, takes_only_team: bool = False) -> dict[Service, AccountController]:
        from timer_app.tray.controllers.account import AccountController

        core, actions = self._core, self._actions
        usual = {Service.TIMECROWD: TIMECROWD_ADDRESS, Service.KAITEN: ""}
        return {
            service: AccountController(
                service, core.secrets, core.connections, self._spawn, actions.change,
                actions.reconnect, self._intents.unlock_keyring, usual[service],
                takes_only_team=takes_only_team,
            )
            for service in Service
        }  # fmt: skip

    def _finish(self) -> None:
        """Whoever skipped all of it is not asked at each start: one key says so."""
        settings = self._core.settings.value
        if not settings.has_service_settings:
            self._actions.change("timecrowd.url", settings.get_text("timecrowd.url"))

    @property
    def _has_menu(self) -> bool:
        return self._actions.integration is not None and self._actions.integration.is_in_menu

    def _desktop_entry_states(self) -> Mapping[str, object]:
        return self._actions.integration.values() if self._actions.integration else {}

    def change_integration(self, key: str, typed: str) -> SettingChange:
        """Change an entry of ours in the desktop, AUTOSTART or LINKS, to "on" or "off"."""
        integration = self._actions.integration
        change: SettingChange = SettingKept(typed)
        if integration is not None:
            try:
                integration.change(key, typed)
            except DesktopEntryError as error:
                change = SettingRefused(messages.error_text(error))
            else:
                if (key, typed) == (LINKS, "on"):
                    self._actions.on_installed()
        self.show_settings(self._core.settings.value)
        return change


class _SettingChanges:
    """Implements SettingsIntents."""

    def __init__(self, change: ChangeSetting) -> None:
        self.change = change
