"""`python -m tests.bench.open_history FOLDER`: CPU seconds from the wish to the painted history.

The folder holds a journal of tests/support/many_entries.py. What is imported once is not counted.
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.services.fakes import FakeClock
from tests.services.world import World
from tests.support.many_entries import A_DAY, journal_of
from tests.support.pages.history import HistoryPage
from timer_app.domain.entries.goals import week_goals
from timer_app.tray.controllers.history import HistoryController
from timer_app.ui.entries.history.filter_bar import DateScope
from timer_app.ui.entries.history.window import HistoryWindow

LAST = date(2026, 11, 24)
GOALS = week_goals(28_800, "", range(5))
NOW = datetime(2026, 11, 24, 20, tzinfo=UTC)


def make(folder: Path, number: int) -> None:
    """Put a journal into the folder."""
    journal_of(folder, number, LAST).close()


def window_on(world: World) -> HistoryWindow:
    """A history that shows all dates."""

    def nobody(*_: object) -> None:
        """No audit, no export and no search is wanted here."""

    desk = HistoryController(
        world.journal, world.clock, lambda: world.rules, world.timer, world.editor, lambda: GOALS,
        lambda: world.auditor, nobody, nobody, nobody,  # type: ignore[arg-type]
    )  # fmt: skip
    window = HistoryWindow(desk, nobody)  # type: ignore[arg-type]
    HistoryPage(window).filter_dates.setCurrentIndex(tuple(DateScope).index(DateScope.ALL))
    return window


def main(folder: Path) -> None:
    """Open it twice in a process: the second time nothing is imported any more."""
    application = QApplication([])
    world = World(folder, FakeClock(NOW, UTC))
    seconds = 0.0
    for _ in range(2):
        window = window_on(world)
        began = time.process_time()
        window.open()
        application.processEvents()
        seconds = time.process_time() - began
        assert HistoryPage(window).model.rowCount() >= 5 * A_DAY, "it shows entries"
        window.close()
    world.journal.close()
    print(seconds)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
