"""The windows of the tray app, each made when it is first opened.

They show the same View as the tray, and their own data only while they are seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timer_app.adapters.setup.window_file import WindowFile
from timer_app.bootstrap.core import Core
from timer_app.domain.entries.task import Task
from timer_app.domain.entries.timer import Running
from timer_app.domain.errors import JournalError
from timer_app.domain.service import Service
from timer_app.services.background_tasks import Spawn
from timer_app.services.retry import RetryReason
from timer_app.tray.settings_windows import SettingsActions, SettingsWindows

# PySide6 reads the source of all that is imported after it: what does not need it comes before.
# isort: split
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QWidget

from timer_app.ui import messages
from timer_app.ui.design.task_colours import set_task_numbers
from timer_app.ui.intents import Intents
from timer_app.ui.view import View

if TYPE_CHECKING:
    from timer_app.services.entries.history import DayTimeline
    from timer_app.services.entries.task_search import DebouncedTaskSearch
    from timer_app.ui.delivery.problems import ProblemsWindow
    from timer_app.ui.entries.history.window import HistoryWindow
    from timer_app.ui.entries.manual_entry import ManualEntryWindow
    from timer_app.ui.entries.panel import Panel


class WindowManager:
    """Opens, fills and closes them. `spawn` lets the app own a task."""

    def __init__(
        self, core: Core, intents: Intents, spawn: Spawn, settings_actions: SettingsActions
    ) -> None:
        self._core = core
        self._intents = intents
        self._spawn = spawn
        self._view: View | None = None
        self._searches: list[DebouncedTaskSearch] = []
        self._places = WindowFile(core.paths.windows)
        self.panel: Panel | None = None
        self.manual_entry: ManualEntryWindow | None = None
        self.problems: ProblemsWindow | None = None
        self.history: HistoryWindow | None = None
        self.settings_windows = SettingsWindows(core, intents, spawn, settings_actions)
        set_task_numbers(self._task_number)

    def show(self, view: View) -> None:
        """Show the present state in every window."""
        self._view = view
        if self.panel is not None:
            self.panel.show_view(view)
        if self.problems is not None and self.problems.isVisible():
            self._fill_problems(self.problems)
        if self.history is not None:
            self.history.changed()
        self.settings_windows.show(view)

    def open_panel(self, view: View, place: tuple[int, int] | None) -> Panel:
        """The panel, at the tray where that is known."""
        if self.panel is None:
            self.panel = self._make_panel()
        self.panel.show_view(view)
        self.panel.open_at(place)
        return self.panel

    def save_panel_comment(self) -> None:
        """Save the comment that is still being typed."""
        if self.panel is not None:
            self.panel.save_comment()

    def open_manual_entry(self, task: Task | None = None) -> None:
        """Add time."""
        self.manual_entry = self.manual_entry or self._make_manual_entry()
        self.manual_entry.open(task)

    def open_problems(self) -> None:
        """What needs a person."""
        self.problems = self.problems or self._make_problems()
        self._fill_problems(self.problems)
        self.problems.open()

    def open_history(self, entry_id: str = "") -> None:
        """What was done, and when; with this entry selected, if one is given."""
        self.history = self.history or self._make_history()
        self.history.open()
        if entry_id:
            self.history.show_entry(entry_id)

    def open_settings(self, service: Service | None = None) -> None:
        """Open the settings, at the token of `service` if given."""
        self.settings_windows.open(service)

    def open_first_run(self, service: Service | None = None) -> None:
        """The first steps, from the first one or from a service's."""
        self.settings_windows.open_first_run(service)

    def close(self) -> None:
        """End all of them."""
        set_task_numbers(None)
        self.settings_windows.close()
        windows: tuple[QWidget | None, ...] = (
            self.panel, self.manual_entry, self.problems, self.history,
        )  # fmt: skip
        for window in windows:
            if window is not None:
                window.close()
                window.deleteLater()

    def _task_number(self, key: str) -> int | None:
        """The number of a task, by which it has its colour; None while nothing can be read."""
        try:
            return self._core.journal.task_number(key)
        except JournalError:
            return None

    # Making

    def _make_panel(self) -> Panel:
        from timer_app.tray.controllers.routes import RouteController
        from timer_app.ui.entries.panel import Panel

        routes = RouteController(self._core, self._spawn)
        now = self._core.timer.entry_now
        return Panel(self._intents, self.new_search(), now, routes, self._today)

    def _today(self) -> DayTimeline | None:
        """Today's entries; None while the journal cannot be read, which the View says."""
        from timer_app.services.entries.history import Calendar, day_timeline

        core, today = self._core, self._core.timer.today()
        calendar = Calendar(
            core.clock.zone(), core.settings.value.day_start, core.timer.entry_now()
        )
        try:
            found = list(core.journal.entries(today, today))
            state = core.timer.state
            running = core.journal.entry(state.entry.id) if isinstance(state, Running) else None
        except JournalError:
            return None
        return day_timeline(today, [*found, *([running] if running else [])], 0, 0, calendar)

    def _make_manual_entry(self) -> ManualEntryWindow:
        from timer_app.services.entries.manual_entry import ManualEntry
        from timer_app.tray.controllers.manual_entry import ManualEntryController
        from timer_app.ui.entries.manual_entry import ManualEntryWindow

        core = self._core
        adding = ManualEntryController(core, ManualEntry(core.timer, core.journal, core.clock))
        window = ManualEntryWindow(adding, self.new_search(), core.clock.zone)
        window.remember_place("add-time", self._places)
        return window

    def _make_problems(self) -> ProblemsWindow:
        from timer_app.tray.controllers.problems import ProblemController
        from timer_app.tray.controllers.routes import RouteController
        from timer_app.ui.delivery.problems import ProblemsWindow

        core = self._core
        decisions = ProblemController(
            core.problems,
            core.editor,
            core.journal,
            self._edit_entry,
            self._spawn,
            messages.error_text,
        )
        routes = RouteController(core, self._spawn)
        window = ProblemsWindow(decisions, core.clock.zone, routes)
        window.remember_place("problems", self._places)
        return window

    def _make_history(self) -> HistoryWindow:
        from timer_app.adapters.entries.export_file import ExportFile
        from timer_app.tray.controllers.history import HistoryController
        from timer_app.ui.entries.history.window import HistoryWindow

        core = self._core
        controller = HistoryController(
            core.journal, core.clock, core.settings.rules, core.timer, core.editor,
            lambda: core.settings.goals(_workdays()), core.auditor,
            lambda path, form: ExportFile(path, for_spreadsheets=form.is_table),
            self._spawn, lambda: core.retry.now(RetryReason.USER_ACTED), messages.error_text,
            lambda: core.settings.first_weekday(QLocale().firstDayOfWeek().value),
        )  # fmt: skip
        window = HistoryWindow(controller, self.new_search)
        window.problems_requested.connect(self._intents.open_problems)
        window.remember_place("history", self._places)
        return window

    def _edit_entry(self, entry_id: str) -> None:
        """An entry is to be edited."""
        self.history = self.history or self._make_history()
        self.history.edit_entry(entry_id)

    def _fill_problems(self, window: ProblemsWindow) -> None:
        from timer_app.services.delivery.problems import list_problems

        count = self._view.problems if self._view else 0
        window.show_problems(list_problems(self._core.journal), count)

    def new_search(self) -> DebouncedTaskSearch:
        """What one more search field asks."""
        from timer_app.services.entries.task_search import DebouncedTaskSearch

        self._searches.append(
            DebouncedTaskSearch(self._core.finder(), self._spawn, self._intents.refresh)
        )
        return self._searches[-1]


def _workdays() -> set[int]:
    """The weekdays on which one works in the region; Monday is 0."""
    return {day.value - 1 for day in QLocale().weekdays()}
