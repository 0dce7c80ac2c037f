"""The rules in the settings window: written at once, named by what both services offer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from timer_app.adapters.paths import PathUnusable
from timer_app.adapters.setup.settings.reader import Rules, SettingsError
from timer_app.bootstrap.core import Core
from timer_app.domain.errors import JournalError
from timer_app.domain.setup.edited_rule import EditedRule
from timer_app.services.background_tasks import Spawn
from timer_app.services.setup.rule_lists import RuleListReader
from timer_app.ui import messages
from timer_app.ui.setup.settings.rules_page import RulesPage


class RulesController:
    """Implements `RulesIntents` and owns the page. `apply` reads the settings file again."""

    def __init__(self, core: Core, spawn: Spawn, apply: Callable[[], SettingsError | None]) -> None:
        self._core = core
        self._spawn = spawn
        self._apply = apply
        self._lists = RuleListReader(
            core.journal, core.route_lists, lambda: core.connections.kaiten
        )
        self.page = RulesPage(self)

    def load(self) -> None:
        """The page is shown: show what was seen before, and ask what there is now."""
        try:
            self.page.show_lists(self._lists.known(), "")
        except JournalError as error:
            self.page.show_message(messages.error_text(error))
            return
        self._spawn(self._read)

    async def _read(self) -> None:
        problems: list[str] = []
        try:
            async for lists, service, problem in self._lists.read():
                problems += [messages.error_text(problem, service)] if problem else []
                self.page.show_lists(lists, " ".join(problems))
        except JournalError as error:
            self.page.show_message(messages.error_text(error))

    def save(self, seen: Rules, wanted: Sequence[EditedRule]) -> str:
        from timer_app.adapters.setup.settings.rules_writer import write_rules

        try:
            self._core.paths.make()
            write_rules(self._core.paths.settings, seen, wanted)
        except (SettingsError, PathUnusable) as error:
            return messages.setting_error_text(error)
        wrong = self._apply()
        return messages.settings_file_error_text(wrong) if wrong else ""
