"""`python -m tests.bench.open_panel WHAT`: CPU ms from the wish to the painted panel.

WHAT is "panel", or "empty" for a window of the same size with nothing in it. Two figures are
printed: the first opening of a process that has imported what the tray has, and a later one.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, timedelta
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QApplication, QWidget

from tests.services.fakes import FakeClock
from tests.services.world import World
from tests.support.environment import Home
from tests.ui.conftest import KNOWN, NOW, Asked, Noted, running
from timer_app.domain.entries.entry import Source
from timer_app.services.entries.history import Calendar, day_timeline
from timer_app.ui.linecache_guard import install_linecache_guard

SIZE = QSize(384, 597)
TIMES = 5
"""Pixels of the empty window, about those of the panel; how often a window is opened again."""

Open = Callable[[], QWidget]


def panel(world: World) -> Open:
    """Opens one panel again and again, as the tray does: today's entries are read each time."""
    opened: list[QWidget] = []
    today = NOW.date()
    calendar = Calendar(world.clock.zone(), world.rules.day_start, NOW)
    view = running()

    def open_it() -> QWidget:
        from timer_app.tray.controllers.routes import RouteController  # noqa: F401 - as the tray
        from timer_app.ui.entries.panel import Panel

        found = opened[0] if opened else Panel(
            Noted(), Asked(KNOWN), lambda: NOW, None,
            lambda: day_timeline(today, list(world.journal.entries(today, today)), 0, 0, calendar),
        )  # fmt: skip
        assert isinstance(found, Panel)
        opened[:] = [found]
        found.show_view(view)
        found.open_at(None)
        return found

    return open_it


def empty() -> Open:
    """Opens one window with nothing in it again and again."""
    opened: list[QWidget] = []

    def open_it() -> QWidget:
        window = opened[0] if opened else QWidget(None, Qt.WindowType.Window)
        opened[:] = [window]
        window.resize(SIZE)
        window.show()
        window.raise_()
        window.activateWindow()
        return window

    return open_it


class _Painted(QObject):
    """Notes that a window is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.times = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Only listens."""
        if event.type() is QEvent.Type.Paint and watched.isWidgetType():
            self.times += 1
        return False


def measure(application: QApplication, open_it: Open) -> tuple[float, float]:
    """CPU ms of the first opening, and the median of later ones."""
    spent = []
    for _ in range(1 + TIMES):
        began = time.process_time()
        window = open_it()
        painted = _Painted()
        window.installEventFilter(painted)
        application.processEvents()
        spent.append((time.process_time() - began) * 1000)
        assert painted.times, "the window is seen by then"
        window.removeEventFilter(painted)
        window.close()
        application.processEvents()
    return spent[0], statistics.median(spent[1:])


def main(words: Sequence[str]) -> None:
    """Print both figures."""
    import timer_app.tray.lifecycle  # noqa: F401 - what the tray has before a window is wished for

    install_linecache_guard()
    application = QApplication([])
    with Home() as home:
        folder = Path(home.path)
        world = World(folder, FakeClock(NOW, UTC))
        for number in range(20):
            began = NOW - timedelta(minutes=20 * (number + 1))
            world.timer.add(KNOWN[0].task, Source.CLICK, began, began + timedelta(minutes=15))
        assert "timer_app.ui.entries.panel" not in sys.modules, "its import is part of the first"
        first, later = measure(application, panel(world) if words == ["panel"] else empty())
        world.journal.close()
    print(first, later)


if __name__ == "__main__":
    main(sys.argv[1:])
