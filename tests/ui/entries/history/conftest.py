"""The history window on a real journal, with everything outside it fake."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QLocale, QPoint
from pytestqt.qtbot import QtBot

from tests.services.fakes import NOW, run
from tests.services.world import TASK, WORDS, World
from tests.support.pages.history import HistoryPage
from tests.ui.conftest import Asked
from timer_app.adapters.entries.export_file import ExportFile
from timer_app.domain.entries.entry import Source
from timer_app.domain.entries.goals import week_goals
from timer_app.services.entries.export import ExportFormat
from timer_app.tray.controllers.history import HistoryController
from timer_app.ui.entries.history.entry_table import EntryColumn
from timer_app.ui.entries.history.window import HistoryWindow

HOUR = timedelta(hours=1)


@dataclass
class Started:
    """Something that the app owns; it goes on when the test says so, unless it is cancelled."""

    work: Callable[[], Coroutine[object, object, None]]
    cancelled: bool = False

    def cancel(self) -> None:
        """See Work."""
        self.cancelled = True


@dataclass
class Bench:
    """A window, the world behind it, and what it started or opened."""

    world: World
    started: list[Started] = field(default_factory=list)
    visited: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        world = self.world
        self.desk = HistoryController(
            world.journal, world.clock, lambda: world.rules, world.timer, world.editor,
            lambda: week_goals(8 * 3600, "", range(5)), lambda: world.auditor,
            lambda path, form: ExportFile(path, for_spreadsheets=form is ExportFormat.CSV),
            self._spawn, lambda: None,
        )  # fmt: skip
        self.window = HistoryWindow(self.desk, Asked, self.visited.append)
        self.page = HistoryPage(self.window)
        world.timer.observe(self.window.changed)

    def _spawn(
        self, work: Callable[[], Coroutine[object, object, None]]
    ) -> asyncio.Task[None] | None:
        self.started.append(Started(work))
        return self.started[-1]  # type: ignore[return-value]  # it is cancelled, and no more

    def go_on(self) -> None:
        """Let what was started come to its end."""
        works, self.started = self.started, []
        for each in works:
            if not each.cancelled:
                run(each.work(), self.world.clock)

    # What the window shows

    def rows(self, column: EntryColumn = EntryColumn.TASK) -> list[str]:
        """A column of the table."""
        model = self.page.model
        return [str(model.data(model.index(row, column))) for row in range(model.rowCount())]

    def selected(self) -> list[str]:
        """The ids of the selected entries."""
        return self.page.selected_ids()

    def select(self, *ids: str) -> None:
        """Select these, as Ctrl and clicks do."""
        model, table = self.page.model, self.page.table
        flags = QItemSelectionModel.SelectionFlag
        table.clearSelection()
        for each in ids:
            row = model.row_of(each)
            assert row is not None
            index = model.index(row, 0)
            table.selectionModel().setCurrentIndex(index, flags.Select | flags.Rows)

    def said(self) -> str:
        """What the bar of the window says."""
        return self.page.said()

    def cell(self, entry_id: str, column: EntryColumn) -> QPoint:
        """Where a cell is, in the table's viewport."""
        row = self.page.model.row_of(entry_id)
        assert row is not None
        index = self.page.model.index(row, column)
        self.page.table.scrollTo(index)
        return self.page.table.visualRect(index).center()


@pytest.fixture(autouse=True)
def weeks_begin_on_monday(english: None) -> None:
    """As they do in most places; what was the default comes back with the language."""
    assert english is None
    QLocale.setDefault(QLocale("en_GB"))


@pytest.fixture
def bench(tmp_path: Path, qtbot: QtBot) -> Iterator[Bench]:
    """Two entries of today and one of Monday, delivered; the window is open."""
    world = World(tmp_path)
    world.timer.add(WORDS, Source.MANUAL, NOW - 145 * HOUR, NOW - 142 * HOUR)
    world.timer.add(TASK, Source.MANUAL, NOW - 3 * HOUR, NOW - 2 * HOUR, comment="said")
    world.timer.add(WORDS, Source.CLI, NOW - 1.5 * HOUR, NOW - HOUR)
    world.drain()
    made = Bench(world)
    qtbot.addWidget(made.window)
    made.window.open()
    qtbot.waitExposed(made.window)
    yield made
    made.window.close()
    made.world.journal.close()
