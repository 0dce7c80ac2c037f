"""What a person can do with the app: from the tray, a window, a hot key or a link."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from timer_app.bootstrap.core import Core
from timer_app.domain.entries.entry import Source
from timer_app.domain.entries.task import Task
from timer_app.domain.errors import JournalError, NotPossible
from timer_app.domain.messages import EntryMessageId
from timer_app.domain.service import Service
from timer_app.services.retry import LOCKED_PAUSE, RetryReason, is_locked

# PySide6 reads the source of all that is imported after it: what does not need it comes before.
# isort: split
from PySide6.QtCore import QTimer

from timer_app.ui import messages
from timer_app.ui.browser import open_in_browser

if TYPE_CHECKING:
    from timer_app.tray.absence import AbsenceMonitor
    from timer_app.tray.alerts import Alerts
    from timer_app.tray.status import StatusDisplay
    from timer_app.tray.windows import WindowManager
    from timer_app.ui.entries.panel import Panel
    from timer_app.ui.tray import Tray


_log = logging.getLogger(__name__)

LOCKED_LIMIT = timedelta(seconds=2)
"""How long a click waits for a locked journal before the error is shown."""
QUIT_LOCKED_LIMIT = timedelta(seconds=5)
"""How long Quit waits for the clicks that still wait: nobody can repeat them."""


class TrayController:
    """Implements `Intents`. Each act is one commit; errors are shown, nothing is raised.

    `attach` gives it what it opens and shows, all of which need a controller to be made.
    """

    def __init__(
        self,
        core: Core,
        absence: AbsenceMonitor,
        alerts: Alerts,
        quit_app: Callable[[], None],
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._core = core
        self._absence = absence
        self._alerts = alerts
        self._quit_app = quit_app
        self._tray: Tray
        self._windows: WindowManager
        self._display: StatusDisplay
        self._seconds = seconds
        self._is_acting = False
        self._correction_undo_id = 0
        self._is_finishing = self._is_act_lost = False
        self._waiting: list[tuple[Callable[[], object], Callable[[], None], float]] = []
        self._retry_timer = QTimer()
        self._retry_timer.setSingleShot(True)
        self._retry_timer.setInterval(LOCKED_PAUSE // timedelta(milliseconds=1))
        self._retry_timer.timeout.connect(self._do_waiting)

    def attach(self, tray: Tray, windows: WindowManager, display: StatusDisplay) -> None:
        """Attach the icon, the windows, and the display that updates them."""
        self._tray = tray
        self._windows = windows
        self._display = display

    # The timer

    def toggle(self) -> None:
        """Start the last task, or stop what runs."""
        pressed = self._core.clock.reading()
        self.perform(lambda: self._core.timer.toggle(Source.CLICK, pressed=pressed))

    def toggle_by_key(self) -> None:
        """The same, by the hot key."""
        pressed = self._core.clock.reading()
        self.perform(lambda: self._core.timer.toggle(Source.HOTKEY, pressed=pressed))

    def start(self, task: Task | None, comment: str) -> None:
        """Start a task, or the last one; what runs is stopped first."""
        pressed = self._core.clock.reading()
        self.perform(
            lambda: self._core.timer.start(task, Source.CLICK, comment=comment, pressed=pressed)
        )

    def stop(self) -> None:
        """Stop what runs."""
        pressed = self._core.clock.reading()
        self.perform(lambda: self._core.timer.stop(pressed=pressed))

    def annotate(self, comment: str) -> None:
        """Give what runs another comment."""
        self._attempt(lambda: self._core.timer.annotate(comment))

    def correct_start(self, at: datetime) -> None:
        """Have what runs begin at another instant."""

        def correct() -> None:
            self._core.timer.correct_start(at)
            self._correction_undo_id = self._core.journal.latest_undo_id()

        self._attempt(correct)

    def undo_start_correction(self) -> None:
        """Take the latest correction of a start back, unless something was changed since."""

        def undo() -> None:
            if self._core.journal.latest_undo_id() != self._correction_undo_id:
                raise NotPossible(EntryMessageId.CHANGED_SINCE)
            self._core.editor.undo()

        self._attempt(undo)

    def perform(self, act: Callable[[], object]) -> None:
        """Do an act on the timer, and retry failed parts: the person may have fixed something."""
        self._absence.user_active()
        self._attempt(act, lambda: self._core.retry.now(RetryReason.USER_ACTED))

    def _attempt(self, act: Callable[[], object], then: Callable[[], None] = lambda: None) -> None:
        """Do it after the waiting acts; while the journal is locked, retry for LOCKED_LIMIT."""
        if self._is_acting:  # a draft that is saved before the act: both fail together
            self._do(act)
            return
        self._waiting.append((act, then, self._seconds() + LOCKED_LIMIT.total_seconds()))
        if not self._retry_timer.isActive():
            self._do_waiting()

    async def finish(self) -> bool:
        """Wait for the acts that wait for the journal; returns whether all were done.

        The app is quitting: they get QUIT_LOCKED_LIMIT from now on.
        """
        until = self._seconds() + QUIT_LOCKED_LIMIT.total_seconds()
        self._is_finishing = True
        self._waiting = [(act, then, until) for act, then, _ in self._waiting]
        while self._waiting:  # noqa: ASYNC110 - the timer does them, and has no event
            await asyncio.sleep(LOCKED_PAUSE.total_seconds())
        return not self._is_act_lost

    def _do_waiting(self) -> None:
        while self._waiting:
            act, then, until = self._waiting[0]
            self._is_acting = True
            try:
                self._do(act)
            except JournalError as error:
                if is_locked(error) and self._seconds() < until:
                    self._retry_timer.start()
                    return
                if self._is_finishing:
                    _log.error("not kept at the end: %s", error)
                    self._is_act_lost = True
                else:
                    self._alerts.on_journal_error(error)
            else:
                self._alerts.on_journal_error(None)
            finally:
                self._is_acting = False
            del self._waiting[0]
            then()

    def _do(self, act: Callable[[], object]) -> None:
        try:
            act()
        except NotPossible as error:
            self._panel_opened().show_message(messages.error_text(error))

    # Delivery

    def pause_delivery(self) -> None:
        """Pause delivery."""
        self._core.sender.pause()
        self._display.refresh_soon()

    def resume_delivery(self) -> None:
        """Resume delivery."""
        self._core.sender.resume()
        self._display.refresh_soon()

    def unlock_keyring(self) -> None:
        """Let the keyring ask for its password."""
        self._core.retry.now(RetryReason.USER_REQUESTED)

    def close_alert(self) -> None:
        """Close the alert: the person has read it."""
        self._alerts.close()

    # Windows

    def open_panel(self) -> None:
        """Show the panel."""
        self._panel_opened()

    def _panel_opened(self) -> Panel:
        return self._windows.open_panel(self._display.view(), self._tray.panel_position())

    def open_manual_entry(self) -> None:
        """Show the window that adds time."""
        self._windows.open_manual_entry()

    def open_problems(self) -> None:
        """Show what needs a person."""
        self._windows.open_problems()

    def open_history(self, entry_id: str = "") -> None:
        """Show the history, with this entry selected if one is given."""
        self._windows.open_history(entry_id)

    def open_address(self, address: str) -> None:
        """Open a task's address in the person's browser."""
        open_in_browser(address)

    def open_settings(self, service: Service | None = None) -> None:
        """Show the settings, at the token of `service` if given."""
        self._core.retry.now(RetryReason.SETTINGS_OPENED)
        self._windows.open_settings(service)

    def open_first_run(self, service: Service | None = None) -> None:
        """Show the first steps, at those of `service` if given."""
        self._windows.open_first_run(service)

    def open_absence_prompt(self) -> None:
        """Show the question about being away."""
        self._absence.open_prompt(self._display.view())

    def refresh(self) -> None:
        """Show the present state."""
        self._display.refresh()

    def quit(self) -> None:
        """End the app; what waits stays in the journal."""
        self._quit_app()
