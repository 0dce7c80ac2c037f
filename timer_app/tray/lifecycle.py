"""The life of the tray app: it makes every part top to bottom, runs, and closes in reverse.

It is imported once the first icon is up (process.py); what only a window or a service needs is
imported where it is made.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from timer_app.adapters.heap import trim_heap
from timer_app.adapters.paths import Paths
from timer_app.adapters.replacing import remove_file
from timer_app.adapters.setup.first_time import is_first_time
from timer_app.adapters.setup.keyring_process import SubprocessQuestion
from timer_app.adapters.setup.secrets import KeyringSecrets
from timer_app.adapters.setup.settings.reader import Settings
from timer_app.bootstrap.connections import preload_gateways
from timer_app.bootstrap.core import Core, make_core
from timer_app.domain.reminders.notice import Notice
from timer_app.services.background_tasks import BackgroundTasks
from timer_app.services.retry import RetryReason
from timer_app.services.setup.desktop_integration import (
    LINKS,
    DesktopEntryState,
    DesktopIntegration,
)
from timer_app.services.setup.desktop_status import TrayState
from timer_app.services.setup.ports import Secrets
from timer_app.services.setup.session_end import SessionEndEvents
from timer_app.services.setup.setting_change import SettingRefused
from timer_app.tray.absence import AbsenceMonitor
from timer_app.tray.activation import ActivationHandler
from timer_app.tray.controllers.settings import SettingsController
from timer_app.tray.desktop_access import DesktopAccess
from timer_app.tray.launch import LaunchRequest
from timer_app.tray.settings_windows import SettingsActions
from timer_app.tray.signals import watch_end
from timer_app.version import own_version

# PySide6 reads the source of all that is imported after it: what does not need it comes before.
# isort: split
from PySide6.QtWidgets import QApplication

from timer_app.tray.alerts import Alerts
from timer_app.tray.controller import TrayController
from timer_app.tray.hotkeys import HotKeyBinder, make_hotkey_manager
from timer_app.tray.refresh import RefreshScheduler
from timer_app.tray.status import StatusDisplay
from timer_app.tray.unhandled import report_unhandled
from timer_app.tray.windows import WindowManager
from timer_app.ui.early_tray_icon import EarlyTrayIcon
from timer_app.ui.language import Language
from timer_app.ui.tray import Tray
from timer_app.ui.view import View

if TYPE_CHECKING:
    from timer_app.adapters.setup.ipc.server import IpcServer
    from timer_app.services.entries.task_search import DebouncedTaskSearch
    from timer_app.services.setup.updates import UpdateChecker
    from timer_app.tray.commands import SocketCommands
    from timer_app.tray.desktop_status import DesktopMonitor
    from timer_app.tray.notifications import NotificationController

SEND_TIMEOUT = timedelta(seconds=3)
"""How long a call under way is waited for when the app ends."""

BUSY_TIMEOUT = timedelta(milliseconds=40)
"""How long the loop may be held while another program writes; an act is then tried again."""

SecretsFactory = Callable[[Callable[[], None]], Secrets]
"""Makes the secrets, given what to call when one comes after its time limit."""

_log = logging.getLogger(__name__)


def keyring_secrets(on_late_answer: Callable[[], None]) -> Secrets:
    """The desktop's keyring, whose libraries are not kept in the app's own memory."""
    return KeyringSecrets(on_late_answer=on_late_answer, make_question=SubprocessQuestion)


class TrayApp:
    """The tray app. Made before the loop runs, so that the icon is there at once."""

    def __init__(
        self,
        paths: Paths,
        make_secrets: SecretsFactory,
        integration: DesktopIntegration | None = None,
        *,
        first_icon: EarlyTrayIcon | None = None,
        qt_has_session_bus: bool = True,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self.is_restart_requested = False
        self._is_session_ending = False
        self._qt_has_session_bus = qt_has_session_bus
        self._quit_event = asyncio.Event()
        self.scheduler = RefreshScheduler(self._refresh)
        self.alerts = Alerts(lambda: self.notifications, self.scheduler.schedule)
        self._tasks = BackgroundTasks(self.alerts.on_failure)
        self._secrets = make_secrets(self._on_keyring_available)
        self.core = self._make_core(paths, seconds)
        self.desktop = DesktopAccess(self._make_desktop_monitor)
        self.display = self._make_display()
        self._absence = AbsenceMonitor(
            self.core,
            self._new_search,
            self.alerts.on_journal_error,
            self.scheduler.schedule,
        )
        self.controller = TrayController(self.core, self._absence, self.alerts, self.quit)
        self._language = Language()
        self._language.apply(self.core.settings.value.get_text("ui.language"))
        self.tray = self._make_tray(first_icon or EarlyTrayIcon())
        self.hotkeys = make_hotkey_manager(self.controller)
        self.hotkeys.set_keys(self.core.settings.hotkeys())
        self.settings = SettingsController(self.core, self._tasks.spawn, self._on_settings_changed)
        self.windows = self._make_windows(integration)
        self._integration = integration
        self._key_binder = HotKeyBinder(
            self.hotkeys,
            self._tasks.spawn,
            self.desktop.session_bus,
            self.windows.settings_windows.wait_for_first_run,
        )
        self._activation = ActivationHandler(
            self.core, self.controller, self._tasks.spawn, integration
        )
        self.controller.attach(self.tray, self.windows, self.display)
        self._connect()
        self.tray.show(self.display.view())

    def _connect(self) -> None:
        """Connect the parts."""
        self.core.timer.on_before_change(self.windows.save_panel_comment)
        self.core.retry.register(self.desktop.allow_prompt, RetryReason.USER_REQUESTED)
        self.core.retry.register(
            self.hotkeys.retry, RetryReason.SETTINGS_OPENED, RetryReason.STARTED_OR_WOKE
        )
        self.display.before_refresh(self._absence.detect_sleep)
        self.display.observe(self.tray.show)
        self.display.observe(self.windows.show)
        self.display.observe(self._activation.update)
        self.display.observe(self._update_notifications)
        self.display.observe(self._absence.show_view)

    async def run(self, request: LaunchRequest | None = None) -> None:
        """Serve until quitting is wanted, then close everything in the reverse order."""
        stop_watching = watch_end(
            SessionEndEvents(self._expect_session_end, self._end_session, self.quit)
        )
        stop_reporting = report_unhandled(self.alerts.on_failure)
        self._tasks.open()
        server = await self._start_ipc_server()
        self._absence.start(self.desktop.buses)
        self.display.wait_for_day_end()
        self._open_first_windows()
        try:
            self.core.retry.now(RetryReason.STARTED_OR_WOKE)
            self._activation.start(request)
            self.notifications.start()
            self._offer_menu()
            self._tasks.spawn(self._finish_start)
            sending = self._tasks.spawn(self._run_sender)
            self._tasks.spawn(self._absence.run)
            self._tasks.spawn(self.updates.run)
            shown = self.tray.state is TrayState.SHOWN
            _log.info("started tray=%s pid=%d", shown, os.getpid())
            await self._quit_event.wait()
            _log.info("quitting")
            server.close()
            await self._finish_acts()
            await self._end_tasks(sending)
        finally:
            await self._close(stop_watching)
            stop_reporting()

    def quit(self) -> None:
        """End the app; what waits stays in the journal, also what waits for the keyring."""
        self._quit_event.set()
        if isinstance(self._secrets, KeyringSecrets):
            self._secrets.give_up()

    # Beginning

    def _open_first_windows(self) -> None:
        if self.tray.state is not TrayState.SHOWN:
            self.controller.open_panel()
        if not self.core.settings.value.has_service_settings:
            self.controller.open_first_run()
        if self.core.set_aside:
            self.alerts.report(self.core.set_aside.notice)

    async def _start_ipc_server(self) -> IpcServer:
        from timer_app.adapters.setup.ipc.server import IpcServer

        server = IpcServer(self.commands.handle, self._tasks.spawn)
        self.display.observe(lambda _: server.push_status())
        try:
            await server.listen(self.core.paths.socket)
        except OSError as error:
            _log.error("no socket for the command line: %s", error)
        return server

    async def _run_sender(self) -> None:
        await asyncio.to_thread(preload_gateways)
        await self.core.sender.run(self._quit_event)

    async def _finish_start(self) -> None:
        """Bind the keys; when the first look at the services is over, too, free what is unused."""
        await self._key_binder.bind()
        await self.core.sender.wait_until_idle()
        trim_heap()

    def _offer_menu(self) -> None:
        """Offer it once; the first steps do so by themselves."""
        integration, path = self._integration, self.core.paths.menu_offer
        if integration is None or not integration.is_in_menu or not is_first_time(path):
            return
        is_unknown = integration.links.status().state is DesktopEntryState.OFF
        if is_unknown and self.core.settings.value.has_service_settings:
            self.notifications.offer_menu()

    def _add_to_menu(self) -> None:
        change = self.windows.settings_windows.change_integration(LINKS, "on")
        if isinstance(change, SettingRefused):
            self.alerts.report(change.reason)

    # What happens meanwhile. (Each of these is wanted before what it calls is made.)

    def _refresh(self) -> None:
        self.display.refresh()

    def _on_notice(self, notice: Notice) -> None:
        self.notifications.show_notice(notice)

    def _update_notifications(self, view: View) -> None:
        self.notifications.update(view)

    def _new_search(self) -> DebouncedTaskSearch:
        return self.windows.new_search()

    def _on_settings_changed(self, settings: Settings) -> None:
        """Apply other settings, whoever changed them."""
        if self._language.apply(settings.get_text("ui.language")):
            self.tray.retranslate()
        self.hotkeys.set_keys(self.core.settings.hotkeys())
        self._tasks.spawn(self._absence.apply_settings)
        self.updates.settings_changed()
        self.windows.settings_windows.show_settings(settings)
        self.scheduler.schedule()

    def _on_keyring_available(self) -> None:
        self.core.retry.now(RetryReason.CONNECTIONS_CHANGED)

    def _request_restart(self) -> None:
        _log.info("a tray appeared that only a new process can use: restarting")
        self.is_restart_requested = True
        self.quit()

    def _expect_session_end(self, expected: bool) -> None:  # noqa: FBT001 - as it is told
        """Whoever then quits the app, the login ends."""
        self._is_session_ending = expected

    def _end_session(self) -> None:
        """The login ends; nobody knows when it begins again."""
        self._is_session_ending = True
        self.quit()

    # The end

    async def _finish_acts(self) -> None:
        """Keep what was done last while another program held the journal, or say it is lost."""
        self.windows.save_panel_comment()
        if not await self.controller.finish():
            from timer_app.ui.wording import lost_at_quit

            sentence = lost_at_quit()
            _log.warning("shown to the user: %s", sentence)
            if sys.stderr is not None:  # Windows gives an app without a console none
                sys.stderr.write(f"{sentence}\n")
            self.notifications.show_lost(sentence)

    async def _end_tasks(self, sending: asyncio.Task[None] | None) -> None:
        """Cancel everything but the delivery under way, which SEND_TIMEOUT lets end.

        One that does not end is found unknown at the next start.
        """
        self._tasks.stop_accepting()
        if self._is_session_ending:
            await self._absence.end_session()
        await self._tasks.cancel_all(but=(sending,))
        await self.hotkeys.close()
        await self.notifications.close()
        if sending is not None:
            _, late = await asyncio.wait([sending], timeout=SEND_TIMEOUT.total_seconds())
            if late:
                _log.info("the delivery under way is not waited for any longer")
        await self._tasks.cancel_all()

    async def _close(self, stop_watching: Callable[[], None]) -> None:
        stop_watching()
        self.scheduler.close()
        await self._absence.close()
        self._activation.close()
        self.windows.close()
        self._language.close()
        await self._key_binder.close()
        await self.desktop.close()
        self.tray.close()
        await self.core.close()
        try:
            remove_file(self.core.paths.socket)
        except OSError as error:  # it leads nowhere, which is an app that does not run
            _log.info("the socket was left behind: %s", error)

    # Making

    def _make_core(self, paths: Paths, seconds: Callable[[], float]) -> Core:
        core = make_core(
            paths,
            self._secrets,
            seconds=seconds,
            on_change=self.scheduler.schedule,
            on_delivery_change=self.scheduler.schedule_after_send,
            on_journal_error=self.alerts.on_journal_error,
            on_notice=self._on_notice,
        )
        core.journal.set_busy_timeout(BUSY_TIMEOUT)
        return core

    def _make_display(self) -> StatusDisplay:
        return StatusDisplay(
            self.core,
            self.scheduler,
            alerts=self.alerts,
            desktop_status=self.desktop.status,
            is_over=self._quit_event.is_set,
        )

    def _make_windows(self, integration: DesktopIntegration | None) -> WindowManager:
        return WindowManager(
            self.core,
            self.controller,
            self._tasks.spawn,
            SettingsActions(
                self.settings.change,
                self.settings.apply,
                self.settings.on_secret_changed,
                self.hotkeys,
                integration,
                lambda: self._tasks.spawn(self._key_binder.bind_again),
            ),
        )

    def _make_tray(self, first_icon: EarlyTrayIcon) -> Tray:
        tray = Tray(
            first_icon,
            self.controller,
            self._click_opens_panel,
            self.core.timer.entry_now,
            lambda: bool(self.core.settings.value["ui.tray_time"]),
            self.core.sender.wake,
        )
        QApplication.setWindowIcon(first_icon.icons.application())  # read when a window needs it
        # A blinking cursor would wake the app twice a second for as long as a window is open.
        QApplication.setCursorFlashTime(0)
        return tray

    def _click_opens_panel(self) -> bool:
        return self.core.settings.value["ui.click"] == "open"

    def _make_desktop_monitor(self) -> DesktopMonitor:
        from timer_app.tray.desktop_status import DesktopCallbacks, DesktopMonitor

        callbacks = DesktopCallbacks(
            on_change=self.scheduler.schedule,
            on_keyring_available=self._on_keyring_available,
            on_restart_needed=self._request_restart,
        )
        desktop = DesktopMonitor(
            self._secrets, self.tray, callbacks, qt_has_session_bus=self._qt_has_session_bus
        )
        desktop.start()
        return desktop

    # Made when it is first wanted, which the tray icon need not wait for

    @cached_property
    def commands(self) -> SocketCommands:
        """What comes over the socket."""
        from timer_app.tray.commands import SocketCommands

        return SocketCommands(
            self.core,
            activation=self._activation,
            settings=self.settings,
            hotkeys=self.hotkeys,
            absence=self._absence,
            desktop=self.desktop,
            notifications=lambda: self.notifications,
            is_tray_shown=lambda: self.tray.state is TrayState.SHOWN,
            quit_app=self.quit,
            is_quitting=self._quit_event.is_set,
        )

    @cached_property
    def notifications(self) -> NotificationController:
        """What is said by the desktop's notifications."""
        from timer_app.tray.notifications import NotificationController

        return NotificationController(
            self.core,
            open_panel=self.controller.open_panel,
            open_problems=self.controller.open_problems,
            add_to_menu=self._add_to_menu,
            act=self.controller.perform,
            show_in_tray=self.tray.show_notification,
            spawn=self._tasks.spawn,
            session_bus=self.desktop.session_bus,
        )

    @cached_property
    def updates(self) -> UpdateChecker:
        """Tells of a newer version, where that is wanted."""
        from timer_app.services.setup.updates import UpdateChecker

        core = self.core
        return UpdateChecker(
            lambda: core.settings.value.get_text("updates.feed"),
            core.connections.newest_release,
            own_version,
            lambda found: self.notifications.show_update(found, own_version()),
        )
