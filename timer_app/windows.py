"""The windows of the tray app, each made when it is first wanted.

They show the same View as the tray does, and what is theirs alone only while they are seen.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from timer_app.composition import Core
from timer_app.domain.errors import NotPossible
from timer_app.domain.task import Task
from timer_app.services.at_login import Integration, NotChanged
from timer_app.services.hotkeys import HotKeyDesk
from timer_app.services.ports import JournalUnwritable

# PySide6 reads the source of all that is imported after it: what does not need it comes before.
# isort: split
from PySide6.QtWidgets import QApplication, QWidget

from timer_app.ui import reasons
from timer_app.ui.icons import Icons
from timer_app.ui.intents import Intents
from timer_app.ui.view import View

if TYPE_CHECKING:
    from timer_app.adapters.settings.reading import Settings
    from timer_app.services.manual_entry import Draft, ManualEntry, Preview
    from timer_app.services.searching import Searching
    from timer_app.ui.history.window import HistoryWindow
    from timer_app.ui.manual_entry import ManualEntryWindow
    from timer_app.ui.panel import Panel
    from timer_app.ui.problems import ProblemsWindow
    from timer_app.ui.settings.network_settings import NetworkSettings
    from timer_app.ui.settings.window import SettingsWindow

Spawn = Callable[[Callable[[], Coroutine[object, object, None]]], asyncio.Task[None] | None]


@dataclass(frozen=True, slots=True)
class ForSettings:
    """What the settings window needs beside the core.

    `change` sets a key and answers "" or why not; `reconnect` is called when the proxy's password
    is another one. `integration` is None where the app is no part of a desktop: the demo.
    """

    change: Callable[[str, str], str]
    reconnect: Callable[[], None]
    hotkeys: HotKeyDesk
    integration: Integration | None


class Windows:
    """Opens, fills and closes them. `spawn` lets the app own a task."""

    def __init__(
        self, core: Core, intents: Intents, icons: Icons, spawn: Spawn, for_settings: ForSettings
    ) -> None:
        self._core = core
        self._for_settings = for_settings
        self._intents = intents
        self._icons = icons
        self._spawn = spawn
        self._view: View | None = None
        self._searches: list[Searching] = []
        self.panel: Panel | None = None
        self.manual_entry: ManualEntryWindow | None = None
        self.problems: ProblemsWindow | None = None
        self.history: HistoryWindow | None = None
        self.settings: SettingsWindow | None = None
        self._network: NetworkSettings | None = None

    def show(self, view: View) -> None:
        """Show what is the case now in every window that shows any of it."""
        self._view = view
        if self.panel is not None:
            self.panel.show_view(view)
        if self.problems is not None and self.problems.isVisible():
            self._fill_problems(self.problems)
        if self.history is not None:
            self.history.changed()

    def open_panel(self, view: View, place: tuple[int, int] | None) -> Panel:
        """The panel, at the tray where that is known."""
        if self.panel is None:
            self.panel = self._make_panel()
        self.panel.show_view(view)
        self.panel.open_at(place)
        return self.panel

    def open_manual_entry(self, task: Task | None = None) -> None:
        """Add time."""
        self.manual_entry = self.manual_entry or self._make_manual_entry()
        self.manual_entry.open(task)

    def open_problems(self) -> None:
        """What needs a person."""
        self.problems = self.problems or self._make_problems()
        self._fill_problems(self.problems)
        self.problems.open()

    def open_history(self) -> None:
        """What was done, and when."""
        self.history = self.history or self._make_history()
        self.history.open()

    def open_settings(self, wrong: str) -> None:
        """The settings; `wrong` says why those of the file are not in force, "" if they are."""
        self.settings = self.settings or self._make_settings()
        self.show_settings(self._core.settings.value)
        self.settings.say(wrong)
        if self._network is not None:
            self._network.look()
        self.settings.open()

    def show_settings(self, values: Settings) -> None:
        """They are others now, whoever changed them."""
        if self.settings is not None:
            integration = self._for_settings.integration
            entries = integration.values() if integration else {}
            self.settings.show_values({**values.all(), **entries})
            self.settings.say("")

    def give_up(self) -> None:
        """Nobody waits for an answer of Kaiten's any more."""
        for each in self._searches:
            each.give_up()

    def close(self) -> None:
        """End all of them."""
        if self._network is not None:
            self._network.close()
        windows: tuple[QWidget | None, ...] = (
            self.panel, self.manual_entry, self.problems, self.history, self.settings,
        )  # fmt: skip
        for window in windows:
            if window is not None:
                window.close()
                window.deleteLater()

    # Making

    def _make_panel(self) -> Panel:
        from timer_app.ui.panel import Panel

        self._show_icon()
        return Panel(self._intents, self.new_search(), self._core.clock.now)

    def _make_manual_entry(self) -> ManualEntryWindow:
        from timer_app.services.manual_entry import ManualEntry
        from timer_app.ui.manual_entry import ManualEntryWindow

        self._show_icon()
        core = self._core
        adding = _Adding(core, ManualEntry(core.timer, core.journal, core.clock))
        return ManualEntryWindow(adding, self.new_search(), core.clock.zone)

    def _make_problems(self) -> ProblemsWindow:
        from timer_app.services.decisions import Decisions
        from timer_app.ui.problems import ProblemsWindow

        self._show_icon()
        core = self._core
        decisions = Decisions(core.problems, core.editor, core.journal, self._change, reasons.of)
        return ProblemsWindow(decisions, core.clock.zone)

    def _make_history(self) -> HistoryWindow:
        from timer_app.adapters.export_file import ExportFile
        from timer_app.services.exporting import Format
        from timer_app.services.history_desk import HistoryDesk
        from timer_app.ui.history.window import HistoryWindow

        self._show_icon()
        core = self._core
        desk = HistoryDesk(
            core.journal, core.clock, core.settings.rules, core.timer, core.editor,
            core.settings.daily_goal, core.auditor,
            lambda path, form: ExportFile(path, for_spreadsheets=form is Format.CSV),
            self._spawn, core.try_again, reasons.of,
        )  # fmt: skip
        return HistoryWindow(desk, self.new_search)

    def _make_settings(self) -> SettingsWindow:
        from timer_app.ui.settings.hotkeys_page import HotkeysPage
        from timer_app.ui.settings.network_settings import NetworkSettings
        from timer_app.ui.settings.reminders_page import RemindersPage
        from timer_app.ui.settings.start_page import StartPage
        from timer_app.ui.settings.window import SettingsWindow

        core, wanted = self._core, self._for_settings
        changes = _Changes(wanted.change)
        self._network = NetworkSettings(
            core.secrets, core.connections, self._spawn, wanted.change, wanted.reconnect
        )
        window = SettingsWindow()
        window.add(HotkeysPage(changes, wanted.hotkeys))
        window.add(RemindersPage(changes))
        window.add(self._network.page)
        if wanted.integration is not None:
            window.add(StartPage(_Changes(self._change_integration)))
        return window

    def _change_integration(self, key: str, typed: str) -> str:
        integration = self._for_settings.integration
        refused = ""
        if integration is not None:
            try:
                integration.change(key, typed)
            except NotChanged as error:
                refused = reasons.of(error)
        self.show_settings(self._core.settings.value)
        return refused

    def _change(self, entry_id: str) -> None:
        """An entry is to be edited."""
        self.history = self.history or self._make_history()
        self.history.edit_entry(entry_id)

    def _fill_problems(self, window: ProblemsWindow) -> None:
        from timer_app.services.problem_list import problems

        count = self._view.problems if self._view else 0
        window.show_problems(problems(self._core.journal), count)

    def new_search(self) -> Searching:
        """What one more search field asks."""
        from timer_app.services.searching import Searching

        self._searches.append(Searching(self._core.finder(), self._spawn, self._intents.refresh))
        return self._searches[-1]

    def _show_icon(self) -> None:
        QApplication.setWindowIcon(self._icons.application())


class _Adding:
    """Implements what Add time asks for, on the core."""

    def __init__(self, core: Core, manual: ManualEntry) -> None:
        self._core = core
        self._manual = manual

    def today(self) -> date:
        return self._manual.today()

    def preview(self, draft: Draft) -> Preview:
        return self._manual.preview(draft, self._core.settings.rules())

    def add(self, draft: Draft) -> str:
        span = self.preview(draft).span
        if span is None:  # time has passed, or the clock was set, since it was previewed
            return ""
        try:
            self._manual.add(draft, span)
        except (NotPossible, JournalUnwritable) as error:
            return reasons.of(error)
        self._core.try_again()
        return ""


class _Changes:
    """Implements what the pages of the settings want."""

    def __init__(self, change: Callable[[str, str], str]) -> None:
        self.change = change
