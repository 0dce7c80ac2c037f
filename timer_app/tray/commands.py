"""The commands that come over the app's socket: of the command line and of second starts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from timer_app.bootstrap.core import Core
from timer_app.services.command_context import CommandReply
from timer_app.services.exit_codes import ExitCode
from timer_app.services.hotkeys.manager import HotKeyManager
from timer_app.services.retry import RetryReason
from timer_app.services.setup.desktop_status import desktop_status_to_json
from timer_app.tray.absence import AbsenceMonitor
from timer_app.tray.activation import ActivationHandler
from timer_app.tray.controllers.settings import SettingsController
from timer_app.tray.desktop_access import DesktopAccess

if TYPE_CHECKING:
    from timer_app.tray.notifications import NotificationController


class SocketCommands:
    """Runs each command on the running app."""

    def __init__(
        self,
        core: Core,
        *,
        activation: ActivationHandler,
        settings: SettingsController,
        hotkeys: HotKeyManager,
        absence: AbsenceMonitor,
        desktop: DesktopAccess,
        notifications: Callable[[], NotificationController],
        is_tray_shown: Callable[[], bool],
        quit_app: Callable[[], None],
        is_quitting: Callable[[], bool],
    ) -> None:
        self._core = core
        self._activation = activation
        self._settings = settings
        self._hotkeys = hotkeys
        self._absence = absence
        self._desktop = desktop
        self._notifications = notifications
        self._is_tray_shown = is_tray_shown
        self._quit_app = quit_app
        self._is_quitting = is_quitting

    async def handle(self, command: str, words: Mapping[str, str]) -> dict[str, object]:
        """Run a command; the answer goes over the socket."""
        reply = await self._run(command, words)
        is_waiting = reply.exit_code is ExitCode.STILL_WAITING
        keyring_notes = self._desktop.keyring_problems if is_waiting else ()
        return {
            "exit": int(reply.exit_code),
            "document": reply.document,
            "messages": [*reply.messages, *keyring_notes],
        }

    async def _run(self, command: str, words: Mapping[str, str]) -> CommandReply:
        match command:
            case "raise" | "manual" | "link" | "desktop":
                return self._activation.handle(command, words)
            case "surroundings" | "hotkeys" | "presence":
                return CommandReply(ExitCode.DONE, await self._diagnostics(command))
            case "settings" | "token" | "quit":
                return self._notify_app(command)
            case "toggle":  # most likely bound to a key
                with self._notifications().announcing_changes(unless=self._is_tray_shown()):
                    return await self._core.commands(self._deliver).run(command, words)
            case _:
                return await self._core.commands(self._deliver).run(command, words)

    async def _diagnostics(self, part: str) -> object:
        """What a part of the app knows of itself, for the doctor."""
        match part:
            case "surroundings":
                return desktop_status_to_json(await self._desktop.probe())
            case "hotkeys":
                return self._hotkeys.to_json()
            case _:
                return dict(self._absence.sensor_errors)

    def _notify_app(self, event: str) -> CommandReply:
        """The command line changed something, or ends the app."""
        match event:
            case "settings":
                return self._reload_settings()
            case "token":
                self._settings.on_secret_changed()
            case _:
                self._quit_app()
        return CommandReply(ExitCode.DONE)

    def _reload_settings(self) -> CommandReply:
        wrong = self._settings.apply()
        if wrong is not None:
            return CommandReply(ExitCode.REFUSED, messages=(str(wrong),))
        return CommandReply(ExitCode.DONE)

    async def _deliver(self, seconds: float) -> None:
        """Let deliveries happen for so long at most, or until the app ends.

        What the command did is committed by then: its answer says what still waits.
        """
        self._core.retry.now(RetryReason.USER_REQUESTED)
        try:
            async with asyncio.timeout(seconds):
                await self._core.sender.wait_until_idle()
        except TimeoutError:
            return
        except asyncio.CancelledError:
            if not self._is_quitting():
                raise
