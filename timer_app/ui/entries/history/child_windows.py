"""The windows that the history opens over itself: edit, split, totals and compare."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from timer_app.domain.delivery.outbox import LoggedEntry
from timer_app.services.entries.history import BarChart
from timer_app.ui.audit.compare_window import CompareWindow
from timer_app.ui.entries.history.edit_windows import EditEntryWindow, SplitEntryWindow
from timer_app.ui.entries.history.intents import HistoryIntents
from timer_app.ui.entries.history.totals_window import TotalsWindow
from timer_app.ui.entries.task_search_source import TaskSearchSource
from timer_app.ui.window import AppWindow, WindowPlaces

OnSaved = Callable[[str, int], None]
"""Called with the id of a saved entry, and the undo record that was the latest before."""


class ChildWindows:
    """Makes each window when it is first opened, and centres it over `parent`.

    `search` makes a search for a card; `on_edited` and `on_split` are called after saving.
    """

    def __init__(
        self,
        parent: AppWindow,
        intents: HistoryIntents,
        search: Callable[[], TaskSearchSource],
        *,
        on_edited: OnSaved,
        on_split: OnSaved,
    ) -> None:
        self._parent = parent
        self._intents = intents
        self._search = search
        self._on_edited = on_edited
        self._on_split = on_split
        self._places: WindowPlaces | None = None
        self._edit_window: EditEntryWindow | None = None
        self._split_window: SplitEntryWindow | None = None
        self._totals_window: TotalsWindow | None = None
        self._compare_window: CompareWindow | None = None

    def remember_places(self, places: WindowPlaces) -> None:
        """Give windows that are made from now on their last size."""
        self._places = places

    def close(self) -> None:
        """Close those that are open."""
        windows = self._edit_window, self._split_window, self._totals_window, self._compare_window
        for window in windows:
            if window is not None:
                window.close()

    def edit(self, logged: LoggedEntry, *, other_card: bool = False) -> None:
        """Edit an entry, or choose another card for it."""
        if self._edit_window is None:
            self._edit_window = EditEntryWindow(self._intents, self._search())
            self._edit_window.saved.connect(self._on_edited)
            self._remember_place("edit", self._edit_window)
        self._center(self._edit_window)
        self._edit_window.open(logged, other_card=other_card)

    def split(self, logged: LoggedEntry) -> None:
        """Split an entry."""
        if self._split_window is None:
            self._split_window = SplitEntryWindow(self._intents)
            self._split_window.saved.connect(self._on_split)
            self._remember_place("split", self._split_window)
        self._center(self._split_window)
        self._split_window.open(logged)

    def show_totals(self, bars: BarChart) -> None:
        """Show the totals of a chart."""
        if self._totals_window is None:
            self._totals_window = TotalsWindow()
            self._remember_place("totals", self._totals_window)
        self._center(self._totals_window)
        self._totals_window.show_bars(bars)
        self._totals_window.show_in_front()

    def update_totals(self, bars: BarChart) -> None:
        """Show another chart in the totals, if they are open."""
        if self._totals_window is not None and self._totals_window.isVisible():
            self._totals_window.show_bars(bars)

    def compare(self, dates: tuple[date, date] | None) -> None:
        """Compare the journal with the services; without `dates` only the window is made."""
        if self._compare_window is None:
            self._compare_window = CompareWindow(self._intents)
            self._remember_place("compare", self._compare_window)
        self._center(self._compare_window)
        if dates is not None:
            self._compare_window.open(*dates)

    def _remember_place(self, name: str, window: AppWindow) -> None:
        if self._places is not None:
            window.remember_place(name, self._places)

    def _center(self, window: AppWindow) -> None:
        """Put the window over its parent, and never behind it."""
        if window.isVisible():
            return
        window.winId()  # only then does the desktop know the window
        window.windowHandle().setTransientParent(self._parent.windowHandle())
        window.move(self._parent.geometry().center() - window.rect().center())
