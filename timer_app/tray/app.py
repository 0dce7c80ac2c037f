"""Composition root of the tray app: the only file that knows every class.

It is imported once the first icon is up (tray_process.py); what only a window or a service needs
is imported where it is made.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from timer_app.adapters.paths import Paths
from timer_app.adapters.setup.desktop_entry.xdg_dirs import APPLICATION_ID
from timer_app.adapters.setup.secrets import KeyringSecrets
from timer_app.adapters.setup.settings.reader import Settings
from timer_app.bootstrap import Core, make_core, preload_gateways
from timer_app.domain.delivery.outbox import Service
from timer_app.domain.entries.entry import Source
from timer_app.domain.entries.minutes import start_of_day
from timer_app.domain.entries.task import Task
from timer_app.domain.errors import JournalError, NotPossible
from timer_app.domain.hotkeys import HotKeyAction
from timer_app.domain.reminders.notice import Notice
from timer_app.services.background_tasks import TaskFactory
from timer_app.services.hotkeys.manager import HotKeyManager
from timer_app.services.setup.desktop_integration import DesktopIntegration
from timer_app.services.setup.desktop_status import DesktopStatus, TrayState
from timer_app.services.setup.ports import Secrets
from timer_app.tray.activation import ActivationHandler
from timer_app.tray.controllers.settings import SettingsController
from timer_app.tray.launch import LaunchRequest
from timer_app.tray.settings_windows import SettingsActions
from timer_app.version import own_version

# PySide6 reads the source of all that is imported after it: what does not need it comes before.
# isort: split
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from timer_app.tray.status import ViewBuilder
from timer_app.tray.windows import WindowManager
from timer_app.ui import reasons, wording
from timer_app.ui.early_tray_icon import EarlyTrayIcon
from timer_app.ui.language import Language
from timer_app.ui.tray import Tray
from timer_app.ui.view import View

if TYPE_CHECKING:
    from timer_app.adapters.dbus.bus import Bus
    from timer_app.adapters.setup.ipc.server import IpcServer
    from timer_app.services.absence.tracker import AbsenceTracker
    from timer_app.services.commands import CommandReply
    from timer_app.services.setup.updates import UpdateChecker
    from timer_app.tray.controllers.absence import AbsenceController
    from timer_app.tray.desktop_status import DesktopMonitor
    from timer_app.tray.notifications import NotificationController

MENU_RECENTS = 8
REFRESH_INTERVAL = timedelta(milliseconds=250)
QUIT_TIMEOUT = timedelta(seconds=3)

SecretsFactory = Callable[[Callable[[], None]], Secrets]
"""Makes the secrets, given what to call when one comes after its time limit."""

_log = logging.getLogger(__name__)


def keyring_secrets(on_late_answer: Callable[[], None]) -> Secrets:
    """The desktop's keyring."""
    return KeyringSecrets(on_late_answer=on_late_answer)


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
        self._quit_event = asyncio.Event()
        self._is_session_ending = False
        self._absence_tracker: AbsenceTracker | None = None
        self._absence_prompt: AbsenceController | None = None
        self.is_restart_requested = False
        self._qt_has_session_bus = qt_has_session_bus
        self._desktop: DesktopMonitor | None = None
        self._problem_message = ""
        self._tasks: asyncio.TaskGroup | None = None
        self._secrets = make_secrets(self._retry_now)
        self.core: Core = make_core(
            paths,
            self._secrets,
            seconds=seconds,
            on_change=self._schedule_refresh,
            on_delivery_change=self._schedule_refresh_after_send,
            on_journal_error=self._on_journal_error,
            on_notice=self._on_notice,
        )
        self._view_builder = ViewBuilder(self.core)
        self.core.timer.on_before_change(self._save_panel_comment)
        self._language = Language()
        self._language.apply(self.core.settings.value.get_text("ui.language"))
        first_icon = first_icon or EarlyTrayIcon()
        self.tray = Tray(first_icon, self, self._click_opens_panel)
        QApplication.setWindowIcon(first_icon.icons.application())  # read when a window needs it
        # A blinking cursor would wake the app twice a second for as long as a window is open.
        QApplication.setCursorFlashTime(0)
        self.hotkeys = HotKeyManager(
            {
                HotKeyAction.TOGGLE: self._toggle_by_key,
                HotKeyAction.OPEN: self.open_panel,
                HotKeyAction.MANUAL: self.open_manual_entry,
            }
        )
        self.hotkeys.set_keys(self.core.settings.hotkeys())
        self._settings_controller = SettingsController(
            self.core, self._spawn, self._on_settings_changed, self._retry_now
        )
        settings = SettingsActions(
            self._settings_controller.change,
            self._settings_controller.apply,
            self._on_secret_changed,
            self.hotkeys,
            integration,
        )
        self.windows = WindowManager(self.core, self, self._spawn, settings)
        self._activation = ActivationHandler(self.core, self, self._spawn, integration)
        self._refresh_timer = QTimer()
        self._refresh_timer.setSingleShot(True)
        self._refresh_timer.timeout.connect(self._refresh)
        self._refreshed_at = 0.0
        self._day_end_timer = QTimer()
        self._day_end_timer.setSingleShot(True)
        self._day_end_timer.timeout.connect(self._schedule_refresh)
        self.tray.show(self._view())

    async def run(self, request: LaunchRequest | None = None) -> None:
        """Serve until quitting is wanted, then close everything in the reverse order."""
        stop_watching = self._watch_signals()
        server = self._start_ipc_server()
        self._desktop = self._desktop or self._make_desktop()
        absence_tracker = self._absence_tracker = self._make_absence_tracker(self._desktop)
        self._wait_for_day_end()
        if self.tray.state is not TrayState.SHOWN:
            self.open_panel()
        if not self.core.settings.value.has_service_settings:
            self.open_first_run()
        if self.core.set_aside:
            self._report_problem(self.core.set_aside.notice)
        try:
            async with asyncio.TaskGroup() as self._tasks:
                self._check_remotes()
                self._activation.start(request)
                self._notifications.start()
                self._spawn(self._bind_keys)
                sending = self._spawn(self._run_sender)
                watching = self._spawn(absence_tracker.run)
                updating = self._spawn(self._updates.run)
                shown = self.tray.state is TrayState.SHOWN
                _log.info("started tray=%s pid=%d", shown, os.getpid())
                await self._quit_event.wait()
                _log.info("quitting")
                if self._is_session_ending:
                    await absence_tracker.end_session()
                for task in (watching, updating):
                    if task:
                        task.cancel()
                server.close()
                await self.hotkeys.close()
                await self._notifications.close()
                self.windows.cancel_searches()
                await self._finish_sending(sending)
        finally:
            await self._close(stop_watching)

    # Intents of the windows

    def toggle(self) -> None:
        """Start the last task, or stop what runs."""
        self._perform(lambda: self.core.timer.toggle(Source.CLICK))

    def start(self, task: Task | None, comment: str) -> None:
        """Start a task, or the last one; what runs is stopped first."""
        self._perform(lambda: self.core.timer.start(task, Source.CLICK, comment=comment))

    def stop(self) -> None:
        """Stop what runs."""
        self._perform(self.core.timer.stop)

    def annotate(self, comment: str) -> None:
        """Give what runs another comment."""
        self._attempt(lambda: self.core.timer.annotate(comment))

    def pause_delivery(self) -> None:
        """Tell the services nothing more for now."""
        self.core.sender.pause()
        self._schedule_refresh()

    def resume_delivery(self) -> None:
        """Go on telling the services."""
        self.core.sender.resume()
        self._schedule_refresh()

    def open_panel(self) -> None:
        """Show the panel."""
        self.windows.open_panel(self._view(), self.tray.icon_position())

    def open_manual_entry(self) -> None:
        """Show the window that adds time."""
        self.windows.open_manual_entry()

    def open_problems(self) -> None:
        """Show what needs a person."""
        self.windows.open_problems()

    def open_history(self) -> None:
        """Show what was done, and when."""
        self.windows.open_history()

    def open_settings(self, service: Service | None = None) -> None:
        """Show the settings, at a service's token if one is told."""
        self.hotkeys.retry()
        self.windows.open_settings(service)

    def open_first_run(self, service: Service | None = None) -> None:
        """Show the first steps, at a service's if one is told."""
        self.windows.open_first_run(service)

    def unlock_keyring(self) -> None:
        """Let the keyring ask for its password."""
        self._retry_with_prompt()

    def open_absence_prompt(self) -> None:
        """Show the question about being away."""
        if self._absence_prompt is not None:
            self._absence_prompt.open(self._view())

    def refresh(self) -> None:
        """Show what is the case at this moment."""
        self._refresh()

    def quit(self) -> None:
        """End the app; what waits stays in the journal."""
        self._quit_event.set()

    # Requests of the command line

    async def handle(self, command: str, words: Mapping[str, str]) -> dict[str, object]:
        """Run a command of the command line or of a second start."""
        from timer_app.services.commands import CommandReply
        from timer_app.services.exit_codes import ExitCode

        keyring_notes: Sequence[str] = ()
        match command:
            case "raise" | "manual" | "link" | "desktop":
                reply = self._activation.handle(command, words)
            case "quit":
                self.quit()
                reply = CommandReply(ExitCode.DONE)
            case "surroundings":
                reply = CommandReply(ExitCode.DONE, await self._desktop_status_json())
            case "settings":
                reply = self._reload_settings()
            case "hotkeys" | "presence":
                reply = CommandReply(ExitCode.DONE, self._diagnostics_of(command))
            case "token":
                self._on_secret_changed()
                reply = CommandReply(ExitCode.DONE)
            case "toggle":  # most likely bound to a key
                with self._notifications.announcing_changes(
                    unless=self.tray.state is TrayState.SHOWN
                ):
                    reply = await self.core.commands(self._deliver).run(command, words)
            case _:
                reply = await self.core.commands(self._deliver).run(command, words)
                if reply.exit_code is ExitCode.STILL_WAITING and self._desktop:
                    keyring_notes = self._desktop.keyring_problems
        return {
            "exit": int(reply.exit_code),
            "document": reply.document,
            "messages": [*reply.messages, *keyring_notes],
        }

    def _diagnostics_of(self, part: str) -> object:
        """What a part knows of itself, for the doctor."""
        if part == "hotkeys":
            return self.hotkeys.to_json()
        return dict(self._absence_tracker.sensor_errors) if self._absence_tracker else {}

    async def _run_sender(self) -> None:
        await asyncio.to_thread(preload_gateways)
        await self.core.sender.run(self._quit_event)

    async def _deliver(self, seconds: float) -> None:
        self._retry_with_prompt()
        try:
            async with asyncio.timeout(seconds):
                await self.core.sender.wait_until_idle()
        except TimeoutError:
            return

    def _reload_settings(self) -> CommandReply:
        from timer_app.services.commands import CommandReply
        from timer_app.services.exit_codes import ExitCode

        wrong = self._settings_controller.apply()
        return (
            CommandReply(ExitCode.REFUSED, messages=(str(wrong),))
            if wrong
            else CommandReply(ExitCode.DONE)
        )

    def _on_settings_changed(self, settings: Settings) -> None:
        """They are others now, whoever changed them."""
        if self._language.apply(settings.get_text("ui.language")):
            self.tray.retranslate()
        self.hotkeys.set_keys(self.core.settings.hotkeys())
        if self._absence_tracker is not None:
            self._spawn(self._absence_tracker.apply_settings)
        self._updates.settings_changed()
        self.windows.settings_windows.show_settings(settings)
        self._schedule_refresh()

    def _on_secret_changed(self) -> None:
        """A token, which may be another account's, or the proxy's password is another one."""
        self._settings_controller.reconnect()
        self._retry_with_prompt()

    # Hot keys

    async def _bind_keys(self) -> None:
        """After the icon: what binds keys is imported where it holds up nobody."""
        from timer_app.adapters.hotkeys.factory import HotKeyFactory, import_back_end
        from timer_app.ui.wording import hotkey_action_label

        await asyncio.to_thread(preload_gateways)  # what the first call waits for comes first
        await asyncio.to_thread(import_back_end)
        self.hotkeys.start(
            HotKeyFactory(
                self._session_bus, APPLICATION_ID, hotkey_action_label, self._spawn
            ).make_back_end
        )

    def _toggle_by_key(self) -> None:
        self._perform(lambda: self.core.timer.toggle(Source.HOTKEY))

    # What happens when something changes

    def _save_panel_comment(self) -> None:
        if self.windows.panel is not None:
            self.windows.panel.save_comment()

    def _perform(self, act: Callable[[], object]) -> None:
        """What a person does to the timer: they may have mended something by now as well."""
        if self._absence_tracker is not None:
            self._absence_tracker.user_active()
        self._attempt(act)
        self._retry_now()

    def _attempt(self, act: Callable[[], object]) -> None:
        try:
            act()
        except NotPossible as error:
            panel = self.windows.open_panel(self._view(), self.tray.icon_position())
            panel.show_message(reasons.error_text(error))
        except JournalError as error:
            self._on_journal_error(error)
        else:
            self._on_journal_error(None)

    def _check_remotes(self) -> None:
        """After a start or a sleep: see what other devices did and who can be reached."""
        if self.core.settings.is_remote_sync_enabled():
            self.core.remote_sync.request()
        self._retry_now()

    def _retry_now(self) -> None:
        """Ask services and keyring anew that were in trouble when last seen."""
        try:
            self.core.try_again()
        except JournalError as error:
            self._on_journal_error(error)

    def _retry_with_prompt(self) -> None:
        """The same, of somebody who wants to be asked for the keyring's password."""
        if self._desktop is not None:
            self._desktop.allow_prompt()
        self._retry_now()

    def _schedule_refresh(self) -> None:
        """Show it at once, and once for all that changes together."""
        self._refresh_timer.start(0)

    def _schedule_refresh_after_send(self) -> None:
        """Show it at once, or soon: a long delivery commits more often than anybody can read."""
        if self._view_builder.backlog is None:
            self._schedule_refresh()
        elif not self._refresh_timer.isActive():
            rest = self._refreshed_at + REFRESH_INTERVAL.total_seconds() - time.monotonic()
            self._refresh_timer.start(max(0, int(rest * 1000)))

    def _refresh(self) -> None:
        self._refresh_timer.stop()
        self._refreshed_at = time.monotonic()
        if self._quit_event.is_set():
            return
        if self._absence_tracker is not None:
            self._absence_tracker.detect_sleep()
        now = self._view()
        self.tray.show(now)
        self.windows.show(now)
        self._activation.refresh()
        self._notifications.update(now)
        if now.questions and self._absence_prompt is None:
            self._absence_prompt = self._make_absence_prompt()
        if self._absence_prompt is not None:
            self._absence_prompt.show_view(now)
        self._wait_for_day_end()

    def _wait_for_day_end(self) -> None:
        """Then today's total begins anew: one waking a day."""
        core = self.core
        tomorrow = core.timer.today() + timedelta(days=1)
        begins = start_of_day(tomorrow, core.clock.zone(), core.settings.value.day_start)
        rest = begins - core.clock.now() + timedelta(seconds=1)
        self._day_end_timer.start(rest // timedelta(milliseconds=1))

    def _on_notice(self, notice: Notice) -> None:
        """Something happened without the person: say so once."""
        self._notifications.show_notice(notice)

    def _on_journal_error(self, error: JournalError | None) -> None:
        before, self._problem_message = (
            self._problem_message,
            reasons.error_text(error) if error else "",
        )
        if self._problem_message == before:
            return
        if self._problem_message:
            self._report_problem(self._problem_message, clears_on_success=True)
        else:
            self._notifications.clear_problem()
            self._schedule_refresh()

    def _report_problem(self, text: str, *, clears_on_success: bool = False) -> None:
        """Say it for good, or until it `clears_on_success`."""
        _log.warning("told the user: %s", text)
        self._notifications.show_problem(text, clears_on_success=clears_on_success)
        self._problem_message = text
        self._schedule_refresh()

    def _view(self) -> View:
        desktop_status = self._desktop.status() if self._desktop else DesktopStatus()
        return self._view_builder.view(self._problem_message, desktop_status)

    def _click_opens_panel(self) -> bool:
        return self.core.settings.value["ui.click"] == "open"

    # Beginning and end

    def _make_absence_prompt(self) -> AbsenceController:
        from timer_app.tray.controllers.absence import AbsenceController

        core = self.core
        return AbsenceController(
            core.absence_resolver, self._undo_answer, self.windows.new_search(), core.clock.now,
            self._on_journal_error,
        )  # fmt: skip

    def _undo_answer(self, absence_id: int) -> object:
        return self.core.editor.undo(expected_question_id=absence_id)

    def _spawn(self, work: TaskFactory) -> asyncio.Task[None] | None:
        """Let the one TaskGroup own it. A bug in one task must not end the others."""
        if self._tasks is None or self._quit_event.is_set():
            return None
        return self._tasks.create_task(self._guarded(work))

    async def _guarded(self, work: TaskFactory) -> None:
        try:
            await work()
        except Exception:  # noqa: BLE001 - whatever it is, it must not end the timer
            _log.exception("a task ended by a bug")
            self._report_problem(wording.internal_error())

    def _start_ipc_server(self) -> IpcServer:
        from timer_app.adapters.setup.ipc.server import IpcServer

        server = IpcServer(self.handle, self._spawn)
        try:
            server.listen(self.core.paths.socket)
        except OSError as error:
            _log.error("no socket for the command line: %s", error)
        return server

    @cached_property
    def _notifications(self) -> NotificationController:
        """Made when it is first wanted, which the tray icon need not wait for."""
        from timer_app.tray.notifications import NotificationController

        return NotificationController(
            self.core,
            open_panel=self.open_panel,
            open_problems=self.open_problems,
            act=self._perform,
            show_in_tray=self.tray.show_notification,
            spawn=self._spawn,
            session_bus=self._session_bus,
        )

    @cached_property
    def _updates(self) -> UpdateChecker:
        from timer_app.services.setup.updates import UpdateChecker

        core = self.core
        return UpdateChecker(
            lambda: core.settings.value.get_text("updates.feed"),
            core.connections.newest_release,
            own_version,
            lambda found: self._notifications.show_update(found, own_version()),
        )

    def _session_bus(self) -> Bus:
        """The one connection of all parts."""
        if self._desktop is None:
            self._desktop = self._make_desktop()
        return self._desktop.buses.session

    def _make_desktop(self) -> DesktopMonitor:
        from timer_app.tray.desktop_status import DesktopCallbacks, DesktopMonitor

        callbacks = DesktopCallbacks(
            on_change=self._schedule_refresh,
            on_keyring_available=self._retry_now,
            on_restart_needed=self._request_restart,
        )
        desktop = DesktopMonitor(
            self._secrets, self.tray, callbacks, qt_has_session_bus=self._qt_has_session_bus
        )
        desktop.start()
        return desktop

    def _request_restart(self) -> None:
        _log.info("a tray came that only a new process can be in: beginning anew")
        self.is_restart_requested = True
        self.quit()

    async def _desktop_status_json(self) -> dict[str, object]:
        from timer_app.services.setup.desktop_status import desktop_status_to_json

        return desktop_status_to_json(
            await self._desktop.probe() if self._desktop else DesktopStatus()
        )

    def _make_absence_tracker(self, desktop: DesktopMonitor) -> AbsenceTracker:
        from timer_app.adapters.absence.factory import make_sensors
        from timer_app.services.absence.tracker import AbsenceTracker

        core, buses = self.core, desktop.buses
        found = make_sensors(buses.session, buses.system, core.clock.now)
        return AbsenceTracker(
            core.journal,
            core.timer,
            core.clock,
            found,
            idle_after=core.settings.idle_after,
            awake_seconds=time.monotonic,
            changed=self._schedule_refresh,
            on_wake=self._on_wake,
            trouble=self._on_journal_error,
        )

    def _on_wake(self) -> None:
        _log.info("the computer woke")
        self.hotkeys.retry()
        self._check_remotes()
        self._schedule_refresh()

    def _watch_signals(self) -> Callable[[], None]:
        if sys.platform == "win32":
            return lambda: None
        loop = asyncio.get_running_loop()
        signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        for number in signals:
            own = number is signal.SIGINT  # Ctrl-C, by somebody who is there
            loop.add_signal_handler(number, self.quit if own else self._end_of_login)

        def stop_watching() -> None:
            for number in signals:
                loop.remove_signal_handler(number)

        return stop_watching

    def _end_of_login(self) -> None:
        """Signals come when the login ends; nobody knows when it begins again."""
        self._is_session_ending = True
        self.quit()

    async def _finish_sending(self, sending: asyncio.Task[None] | None) -> None:
        """A call under way may end; one that does not is found unknown at the next start."""
        if sending is None:
            return
        done, _ = await asyncio.wait([sending], timeout=QUIT_TIMEOUT.total_seconds())
        if not done:
            sending.cancel()

    async def _close(self, stop_watching: Callable[[], None]) -> None:
        stop_watching()
        self._day_end_timer.stop()
        self._refresh_timer.stop()
        if self._absence_prompt is not None:
            self._absence_prompt.close()
        if self._absence_tracker is not None:
            await self._absence_tracker.stop()
        self._activation.close()
        self.windows.close()
        self._language.close()
        if self._desktop is not None:
            await self._desktop.close()
        self.tray.close()
        await self.core.close()
        _unlink_if_present(self.core.paths.socket)


def _unlink_if_present(path: str) -> None:
    try:
        os.unlink(path)
    except FileNotFoundError:
        return
