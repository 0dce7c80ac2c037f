"""Absence in the tray app: who watches for it, and the prompt that asks about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from timer_app.bootstrap.core import Core
from timer_app.domain.errors import JournalError

if TYPE_CHECKING:
    from timer_app.adapters.dbus.buses import Buses
    from timer_app.services.absence.tracker import AbsenceTracker
    from timer_app.services.entries.task_search import DebouncedTaskSearch
    from timer_app.tray.controllers.absence import AbsenceController
    from timer_app.ui.view import View


class AbsenceMonitor:
    """Watches from `start` on; until then everybody counts as present.

    `on_change` is called when there is something else to show.
    """

    def __init__(
        self,
        core: Core,
        new_search: Callable[[], DebouncedTaskSearch],
        on_journal_error: Callable[[JournalError | None], None],
        on_change: Callable[[], None],
    ) -> None:
        self._core = core
        self._new_search = new_search
        self._on_journal_error = on_journal_error
        self._on_change = on_change
        self._tracker: AbsenceTracker | None = None
        self._prompt: AbsenceController | None = None

    def start(self, buses: Buses | None) -> None:
        """Make what watches; it is imported after the icon is up."""
        from timer_app.adapters.absence.factory import make_sensors
        from timer_app.adapters.system_clock import awake_seconds
        from timer_app.services.absence.tracker import AbsenceTracker
        from timer_app.services.absence.wake import WakeHandler

        core = self._core
        session, system = (buses.session, buses.system) if buses else (None, None)
        self._tracker = AbsenceTracker(
            core.journal,
            core.timer,
            core.clock,
            make_sensors(session, system, core.clock.now),
            idle_after=core.settings.idle_after,
            wake=WakeHandler(core.clock, awake_seconds, core.retry, self._on_change),
            changed=self._on_change,
            on_error=self._on_journal_error,
        )

    async def run(self) -> None:
        """Watch until cancelled."""
        if self._tracker is not None:
            await self._tracker.run()

    async def apply_settings(self) -> None:
        """The settings are others."""
        if self._tracker is not None:
            await self._tracker.apply_settings()

    async def end_session(self) -> None:
        """The login ends: nobody knows when it begins again."""
        if self._tracker is not None:
            await self._tracker.end_session()

    def user_active(self) -> None:
        """A person is there: they did something to the timer."""
        if self._tracker is not None:
            self._tracker.user_active()

    def detect_sleep(self) -> None:
        """Check whether the computer slept since the last check."""
        if self._tracker is not None:
            self._tracker.detect_sleep()

    @property
    def sensor_errors(self) -> Mapping[str, str]:
        """What cannot be watched, and why; for the doctor."""
        return self._tracker.sensor_errors if self._tracker else {}

    # The prompt

    def show_view(self, view: View) -> None:
        """Show the present state; a new question opens by itself."""
        if view.questions and self._prompt is None:
            self._prompt = self._make_prompt()
        if self._prompt is not None:
            self._prompt.show_view(view)

    def open_prompt(self, view: View) -> None:
        """A person wants to answer."""
        if self._prompt is not None:
            self._prompt.open(view)

    async def close(self) -> None:
        """Put the prompt away and watch no more."""
        if self._prompt is not None:
            self._prompt.close()
        if self._tracker is not None:
            await self._tracker.stop()

    def _make_prompt(self) -> AbsenceController:
        from timer_app.tray.controllers.absence import AbsenceController

        core = self._core
        return AbsenceController(
            core.absence_resolver,
            lambda absence_id: core.editor.undo(expected_question_id=absence_id),
            self._new_search(),
            core.clock.now,
            self._on_journal_error,
        )
