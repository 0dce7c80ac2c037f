"""What the window does costs the same with 20,000 entries as with 100, in steps of SQLite."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.adapters.entries.journal.test_cost import steps
from tests.bench.open_history import NOW, make, window_on
from tests.services.fakes import FakeClock
from tests.services.world import World
from tests.support.pages.entry_windows import EditPage
from tests.support.pages.history import HistoryPage
from timer_app.services.entries.listing import DeliveryStatus
from timer_app.ui.entries.history.window import HistoryWindow

NUMBERS = (100, 20_000)


def opened(window: HistoryWindow) -> None:
    """Open it, and let it be painted."""
    window.open()
    QApplication.processEvents()


def something_changed(window: HistoryWindow) -> None:
    """A delivery is done, say."""
    window.changed()
    QApplication.processEvents()


def pending_reason(window: HistoryWindow) -> None:
    """Only what waits."""
    box = HistoryPage(window).filter_standing
    box.setCurrentIndex(1 + tuple(DeliveryStatus).index(DeliveryStatus.WAITING))
    box.activated.emit(box.currentIndex())


def newest_edited(window: HistoryWindow) -> None:
    """An entry gets another comment, and everything is shown anew."""
    HistoryPage(window).action("edit").trigger()
    editing = EditPage.opened()
    QApplication.processEvents()  # it becomes the active window
    QTest.keyClicks(editing.comment, "x")
    QTest.keyClick(editing.comment, Qt.Key.Key_Return)
    assert not editing.window.isVisible()
    window.changed()


ASKED: dict[str, Callable[[HistoryWindow], None]] = {
    "open": opened,
    "something changed": something_changed,
    "what waits": pending_reason,
    "the newest edited": newest_edited,
}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A short journal and a long one, of the same last days."""
    made = [tmp_path_factory.mktemp(str(number)) for number in NUMBERS]
    for folder, number in zip(made, NUMBERS, strict=True):
        make(folder, number)
    return made


@pytest.fixture
def worlds(folders: list[Path]) -> Iterator[list[World]]:
    """Both computers."""
    made = [World(folder, FakeClock(NOW, UTC)) for folder in folders]
    yield made
    for world in made:
        world.journal.close()


@pytest.mark.parametrize("name", ASKED)
def test_cost_does_not_grow(worlds: list[World], qtbot: QtBot, name: str) -> None:
    taken = []
    for world in worlds:
        window = window_on(world)
        qtbot.addWidget(window)
        if name != "open":
            opened(window)
        taken.append(steps(world.journal, lambda _, window=window: ASKED[name](window)))  # type: ignore[misc]
        window.close()
    few, many = taken
    assert few > 0
    # The long one fills its first page with twice as many ids; the rest is the same.
    assert many <= 2 * few
