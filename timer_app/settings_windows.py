"""The settings window and the first steps, with what stands behind their pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from timer_app.adapters.settings.reading import TIMECROWD_ADDRESS, SettingsError
from timer_app.composition import Core
from timer_app.domain.delivery import Service
from timer_app.services.at_login import Integration, NotChanged
from timer_app.services.hotkeys import HotKeyDesk
from timer_app.services.tasks import Spawn

# PySide6 reads the source of all that is imported after it: what does not need it comes before.
# isort: split
from timer_app.ui import reasons
from timer_app.ui.intents import Intents
from timer_app.ui.view import View

if TYPE_CHECKING:
    from timer_app.adapters.settings.reading import Settings
    from timer_app.adapters.settings.watching import SettingsWatch
    from timer_app.ui.first_run import FirstRun
    from timer_app.ui.settings.account_settings import AccountSettings
    from timer_app.ui.settings.network_settings import NetworkSettings
    from timer_app.ui.settings.services_page import ServicesPage
    from timer_app.ui.settings.window import SettingsWindow


@dataclass(frozen=True, slots=True)
class ForSettings:
    """What the settings need beside the core.

    `change` sets a key and answers "" or why not; `use` reads the file anew and answers None or
    what is wrong with it; `reconnect` is called when a token or the proxy's password is another
    one.
    `integration` is None where the app is no part of a desktop: the demo.
    """

    change: Callable[[str, str], str]
    use: Callable[[], SettingsError | None]
    reconnect: Callable[[], None]
    hotkeys: HotKeyDesk
    integration: Integration | None


class SettingsWindows:
    """Opens, fills and closes both. While one is there, the file is watched."""

    def __init__(self, core: Core, intents: Intents, spawn: Spawn, wanted: ForSettings) -> None:
        self._core = core
        self._intents = intents
        self._spawn = spawn
        self._wanted = wanted
        self._view: View | None = None
        self._network: NetworkSettings | None = None
        self._services: ServicesPage | None = None
        self._accounts: dict[Service, AccountSettings] = {}
        self._steps: dict[Service, AccountSettings] = {}
        self._watch: SettingsWatch | None = None
        self.settings: SettingsWindow | None = None
        self.first_run: FirstRun | None = None

    def open(self, service: Service | None = None) -> None:
        """The settings; at a service's token if one is told."""
        wrong = self._wanted.use()  # the file may have been edited
        self._begin_watching()
        self.settings = self.settings or self._make_settings()
        self.show_settings(self._core.settings.value)
        self.settings.say(reasons.settings_unusable(wrong) if wrong else "")
        if self._network is not None:
            self._network.look()
        for account in self._accounts.values():
            account.look()
        self.settings.open()
        if service is not None and self._services is not None:
            self.settings.turn_to(self._services)
            self._services.attend(service)

    def open_first_run(self, service: Service | None = None) -> None:
        """The first steps, from the first one or from a service's."""
        self._begin_watching()
        self.first_run = self.first_run or self._make_first_run()
        self.first_run.show_values(self._core.settings.value.all())
        if self._view is not None:
            self.first_run.show_view(self._view)
        self.first_run.open(service)

    def show(self, view: View) -> None:
        """Show what is the case now."""
        self._view = view
        if self.first_run is not None:
            self.first_run.show_view(view)

    def show_settings(self, values: Settings) -> None:
        """They are others now, whoever changed them."""
        if self.settings is not None:
            self.settings.show_values({**values.all(), **self._entries()})
            self.settings.say("")
        if self.first_run is not None:
            self.first_run.show_values(values.all())

    def close(self) -> None:
        """End both, and all that is asked for them."""
        if self._watch is not None:
            self._watch.close()
        if self._network is not None:
            self._network.close()
        for account in (*self._accounts.values(), *self._steps.values()):
            account.close()
        for window in (self.settings, self.first_run):
            if window is not None:
                window.close()
                window.deleteLater()

    # The file

    def _begin_watching(self) -> None:
        if self._watch is None:
            from timer_app.adapters.settings.watching import SettingsWatch

            self._watch = SettingsWatch(self._core.places.settings, self._file_changed)

    def _file_changed(self) -> None:
        wrong = self._wanted.use()
        if self.settings is not None:
            self.settings.say(reasons.settings_unusable(wrong) if wrong else "")

    # Making

    def _make_settings(self) -> SettingsWindow:
        from timer_app.ui.settings.hotkeys_page import HotkeysPage
        from timer_app.ui.settings.look_page import LookPage
        from timer_app.ui.settings.network_settings import NetworkSettings
        from timer_app.ui.settings.reminders_page import RemindersPage
        from timer_app.ui.settings.services_page import ServicesPage
        from timer_app.ui.settings.start_page import StartPage
        from timer_app.ui.settings.time_page import TimePage
        from timer_app.ui.settings.window import SettingsWindow

        core, wanted = self._core, self._wanted
        changes = _Changes(wanted.change)
        self._network = NetworkSettings(
            core.secrets, core.connections, self._spawn, wanted.change, wanted.reconnect
        )
        self._accounts = self._make_accounts()
        self._services = ServicesPage([each.form for each in self._accounts.values()])
        self._services.steps_wanted.connect(self.open_first_run)
        window = SettingsWindow()
        window.add(self._services)
        window.add(TimePage(changes))
        window.add(HotkeysPage(changes, wanted.hotkeys))
        window.add(RemindersPage(changes))
        window.add(self._network.page)
        window.add(LookPage(changes))
        if wanted.integration is not None:
            window.add(StartPage(_Changes(self._change_integration)))
        return window

    def _make_first_run(self) -> FirstRun:
        from timer_app.ui.first_run import FirstRun

        self._steps = self._make_accounts()
        forms = [each.form for each in self._steps.values()]
        window = FirstRun(forms, self._intents, lambda service: self._steps[service].look())
        window.finished.connect(self._finish)
        return window

    def _make_accounts(self) -> dict[Service, AccountSettings]:
        from timer_app.ui.settings.account_settings import AccountSettings

        core, wanted = self._core, self._wanted
        usual = {Service.TIMECROWD: TIMECROWD_ADDRESS, Service.KAITEN: ""}
        return {
            service: AccountSettings(
                service, core.secrets, core.connections, self._spawn, wanted.change,
                wanted.reconnect, self._intents.ask_for_keyring, usual[service],
            )
            for service in Service
        }  # fmt: skip

    def _finish(self) -> None:
        """Whoever skipped all of it is not asked at each start: one key says so."""
        settings = self._core.settings.value
        if not settings.names_a_service:
            self._wanted.change("timecrowd.url", settings.get_text("timecrowd.url"))

    def _entries(self) -> Mapping[str, object]:
        return self._wanted.integration.values() if self._wanted.integration else {}

    def _change_integration(self, key: str, typed: str) -> str:
        integration = self._wanted.integration
        refused = ""
        if integration is not None:
            try:
                integration.change(key, typed)
            except NotChanged as error:
                refused = reasons.of(error)
        self.show_settings(self._core.settings.value)
        return refused


class _Changes:
    """Implements what the pages of the settings want."""

    def __init__(self, change: Callable[[str, str], str]) -> None:
        self.change = change
