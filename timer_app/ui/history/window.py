"""The history window: pictures above, entries below, and what can be done to them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QDate, QEvent, QLocale, QModelIndex, QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QCloseEvent,
    QDesktopServices,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QShowEvent,
)
from PySide6.QtWidgets import QMenu, QWidget

from timer_app.domain.minutes import date_of
from timer_app.services.history import mark, moved
from timer_app.services.history_desk import Undoable
from timer_app.services.ports import LoggedEntry
from timer_app.ui.history import words
from timer_app.ui.history.comparing import CompareWindow
from timer_app.ui.history.exporting import ExportLine
from timer_app.ui.history.filters import Dates, Drawn
from timer_app.ui.history.frame import Frame
from timer_app.ui.history.intents import HistoryIntents
from timer_app.ui.history.revising import EditWindow, SplitWindow
from timer_app.ui.history.table import SERVICES, Column, EntryModel
from timer_app.ui.task_search import Search
from timer_app.ui.window import Window

_SEEN_ANEW = timedelta(seconds=30)
_MOST_SUMMED = 1_000
_MOST_FETCHES = 20


def _in_browser(address: str) -> None:
    QDesktopServices.openUrl(QUrl(address))


class HistoryWindow(Window):
    """Shows what `intents` reads; `changed` is to be called when the journal has changed.

    `search` makes a search for a card of its own; `visit` opens an address.
    """

    def __init__(
        self,
        intents: HistoryIntents,
        search: Callable[[], Search],
        visit: Callable[[str], None] = _in_browser,
    ) -> None:
        super().__init__()
        self._intents = intents
        self._search = search
        self._visit = visit
        self._day = intents.today()
        self._undoable: Undoable | None = None
        self._changed_ids: list[str] = []
        self._fresh = False
        self._editing: EditWindow | None = None
        self._splitting: SplitWindow | None = None
        self._comparing: CompareWindow | None = None
        self._model = EntryModel(intents, self.devicePixelRatio)
        self._export = ExportLine(intents)
        self._frame = Frame(self, self._model, self._export)
        self._seen_anew = QTimer(self)
        self._seen_anew.setInterval(_SEEN_ANEW // timedelta(milliseconds=1))
        self._connect()
        self.retranslate()

    # What the app tells

    def open(self) -> None:
        """Come to the front, with the newest entry chosen."""
        if self.isVisible():
            self._refresh()
        else:
            self._day, self._fresh = self._intents.today(), False
        self.come_to_front()
        table = self._frame.table
        table.setFocus(Qt.FocusReason.ActiveWindowFocusReason)
        if not table.currentIndex().isValid() and self._model.rowCount():
            self._frame.select_rows([0])

    def edit_entry(self, entry_id: str, *, other_card: bool = False) -> None:
        """Come to the front with an entry that is being edited, or is to get another card."""
        self.open()
        logged = self._intents.entries([entry_id]).get(entry_id)
        if logged is not None:
            calendar = self._intents.calendar()
            self._go_to(date_of(logged.entry.started_at, calendar.zone, calendar.day_start))
            self._edit_shown(entry_id, other_card=other_card)

    def changed(self) -> None:
        """The journal has changed: show it, or when it is next seen."""
        self._fresh = False
        if self.isVisible():
            self._refresh()

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        self._frame.retranslate()
        self._export.retranslate()
        self._fresh = False
        if self.isVisible():
            self._refresh()

    # Making

    def _connect(self) -> None:
        frame = self._frame
        frame.date.dateChanged.connect(self._go_to_typed)
        frame.scope.activated.connect(self._scope_changed)
        frame.bars.chosen.connect(self._go_to)
        frame.bars.turned.connect(self._turn)
        frame.day.picked.connect(self._select)
        frame.day.opened.connect(self._edit_shown)
        frame.filters.changed.connect(self._seek)
        frame.table.clicked.connect(self._clicked)
        frame.table.doubleClicked.connect(self._edit)
        frame.table.customContextMenuRequested.connect(self._show_menu)
        frame.table.selectionModel().selectionChanged.connect(self._selection_changed)
        self._model.counted.connect(self._count)
        acts = frame.acts
        acts.earlier.triggered.connect(lambda: self._turn(-1))
        acts.later.triggered.connect(lambda: self._turn(1))
        acts.today.triggered.connect(lambda: self._go_to(self._intents.today()))
        acts.edit.triggered.connect(self._edit)
        acts.link.triggered.connect(lambda: self._edit(other_card=True))
        acts.split.triggered.connect(self._split)
        acts.resume.triggered.connect(self._resume)
        acts.delete.triggered.connect(self._delete)
        acts.visit.triggered.connect(self._visit_card)
        acts.undo.triggered.connect(self._undo)
        acts.compare.triggered.connect(self._compare)
        acts.export.triggered.connect(self._choose_file)
        self._seen_anew.timeout.connect(self._time_passes)

    # What is seen

    def showEvent(self, event: QShowEvent) -> None:
        """Seen again: time has passed, and things may have changed."""
        super().showEvent(event)
        self._seen_anew.start()
        if not self._fresh:
            self._refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """What nobody sees needs no time."""
        self._seen_anew.stop()
        self._model.rest()
        self._fresh = False
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Another font or palette."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._frame.fit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Its small windows go with it; an export goes on."""
        for window in (self._editing, self._splitting, self._comparing):
            if window is not None:
                window.close()
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+F goes to the search."""
        if event.matches(QKeySequence.StandardKey.Find):
            self._frame.filters.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._frame.filters.words.selectAll()
        else:
            super().keyPressEvent(event)

    def _refresh(self) -> None:
        """Read everything that is seen again."""
        self._fresh = True
        self._draw()
        if self._sought_changed():
            self._model.seek(self._frame.filters.sought())
        else:
            kept = [each.entry.id for each in self._selected()]
            self._model.refresh()
            self._select_again(kept)
        self._selection_changed()

    def _draw(self) -> None:
        frame, zone = self._frame, self._intents.calendar().zone
        first_weekday = QLocale().firstDayOfWeek().value
        bars = self._intents.bars(frame.chosen_scope, self._day, first_weekday)
        day = self._intents.day(self._day)
        frame.show_date(self._day)
        frame.bars.show_bars(bars, self._day)
        frame.bars_total.setText(words.bars_total(bars))
        frame.day.show_day(day, zone)
        frame.day_total.setText(words.day_total(day))
        frame.filters.follow(Drawn(self._day, bars.first, bars.last))

    def _time_passes(self) -> None:
        """The present moves on in the pictures, and in the row of what runs."""
        self._draw()
        self._frame.table.viewport().update()

    def _sought_changed(self) -> bool:
        return self._frame.filters.sought() != self._model.sought or not self._model.rowCount()

    def _seek(self) -> None:
        if self._frame.filters.sought() != self._model.sought:
            self._model.seek(self._frame.filters.sought())
            if self._model.rowCount():
                self._frame.select_rows([0])
            self._selection_changed()

    def _count(self) -> None:
        rows, model = self._model.rowCount(), self._model
        said = words.listed(rows, finished=model.finished, searching=model.searching)
        self._frame.counted.setText(said)

    # Which date

    def _go_to(self, day: date) -> None:
        self._day = day
        self._draw()
        self._seek()

    def _go_to_typed(self, typed: QDate) -> None:
        self._go_to(date(typed.year(), typed.month(), typed.day()))

    def _turn(self, by: int) -> None:
        self._go_to(moved(self._frame.chosen_scope, self._day, by))

    def _scope_changed(self) -> None:
        self._go_to(self._day)

    # Which entries

    def _selected(self) -> list[LoggedEntry]:
        rows = sorted(index.row() for index in self._frame.table.selectionModel().selectedRows())
        return [found for row in rows if (found := self._model.entry(row))]

    def _one(self) -> LoggedEntry | None:
        """The entry that is selected alone and is over."""
        selected = self._selected()
        return selected[0] if len(selected) == 1 and selected[0].stopped_at else None

    def _select(self, entry_id: str) -> None:
        """Select the entry of a block, whatever the table shows now."""
        row = self._find(entry_id)
        if row is None:
            self._frame.filters.show_dates(Dates.DAY)
            row = self._find(entry_id)
        if row is not None:
            self._frame.select_rows([row])
            self._frame.table.scrollTo(self._model.index(row, 0))

    def _find(self, entry_id: str) -> int | None:
        for _ in range(_MOST_FETCHES):
            row = self._model.row_of(entry_id)
            if row is not None or not self._model.canFetchMore():
                return row
            self._model.fetchMore()
        return self._model.row_of(entry_id)

    def _select_again(self, ids: list[str]) -> None:
        """What was selected, as far as it is there."""
        if [each.entry.id for each in self._selected()] == ids:
            return
        rows = [row for each in ids if (row := self._model.row_of(each)) is not None]
        self._frame.select_rows(rows)

    def _selection_changed(self) -> None:
        rows = self._frame.table.selectionModel().selectedRows()
        several = len(rows) > _MOST_SUMMED
        selected = [] if several else self._selected()
        now = self._intents.calendar().now
        self._frame.selected.setText(words.selected(selected, now) if len(selected) > 1 else "")
        self._frame.day.mark(selected[0].entry.id if len(selected) == 1 else "")
        over = [each for each in selected if each.stopped_at is not None]
        one = len(selected) == len(over) == 1
        acts = self._frame.acts
        for act in (acts.edit, acts.link, acts.split):
            act.setEnabled(one)
        acts.resume.setEnabled(len(selected) == 1 and bool(over))
        acts.delete.setEnabled(bool(over) and len(over) == len(selected))
        acts.visit.setEnabled(len(selected) == 1 and selected[0].entry.task.card is not None)

    def _show_menu(self, where: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self._frame.acts.on_entries)
        menu.popup(self._frame.table.viewport().mapToGlobal(where))

    def _clicked(self, index: QModelIndex) -> None:
        """An id that is a link opens."""
        column, logged = Column(index.column()), self._model.entry(index.row())
        if column in SERVICES and logged is not None:
            address = mark(logged, SERVICES[column]).address
            if address:
                self._visit(address)

    def _visit_card(self) -> None:
        selected = self._selected()
        card = selected[0].entry.task.card if selected else None
        if card is not None:
            self._visit(card.url)

    # What is done to them

    def _edit(self, *_: object, other_card: bool = False) -> None:
        logged = self._one()
        if logged is not None:
            window = self._edit_window()
            self._place(window)
            window.open(logged, other_card=other_card)

    def _edit_shown(self, entry_id: str, *, other_card: bool = False) -> None:
        self._select(entry_id)
        self._edit(other_card=other_card)

    def _edit_window(self) -> EditWindow:
        if self._editing is None:
            self._editing = EditWindow(self._intents, self._search())
            self._editing.saved.connect(self._edited)
        return self._editing

    def _split(self) -> None:
        logged = self._one()
        if logged is None:
            return
        if self._splitting is None:
            self._splitting = SplitWindow(self._intents)
            self._splitting.saved.connect(self._was_split)
        self._place(self._splitting)
        self._splitting.open(logged)

    def _edited(self, entry_id: str, before: int) -> None:
        logged = self._intents.entries([entry_id]).get(entry_id)
        if logged is not None:
            self._offer_undo(words.edited(logged), [entry_id], before)

    def _was_split(self, entry_id: str, before: int) -> None:
        logged = self._intents.entries([entry_id]).get(entry_id)
        if logged is not None:
            self._offer_undo(words.split(logged), [entry_id], before)

    def _delete(self) -> None:
        selected = self._selected()
        if not selected:
            return
        row = min(index.row() for index in self._frame.table.selectionModel().selectedRows())
        before = self._intents.undoable()
        ids = [each.entry.id for each in selected]
        refused = self._intents.delete(ids)
        if refused:
            self._say(refused)
            return
        self._offer_undo(words.deleted(selected), ids, before, len(ids))
        if self._model.rowCount():
            self._frame.select_rows([min(row, self._model.rowCount() - 1)])

    def _resume(self) -> None:
        logged = self._one()
        if logged is not None:
            refused = self._intents.resume(logged.entry.task)
            self._say(refused or words.resumed(logged))
            self.changed()

    def _undo(self) -> None:
        if self._undoable is None:
            return
        undoable, changed = self._undoable, self._changed_ids
        refused = self._intents.undo(undoable)
        self._say(refused or words.undone())
        self.changed()
        if not refused:
            self._select_again(changed)

    def _offer_undo(self, said: str, ids: list[str], before: int, acts: int = 1) -> None:
        """Say what was done, with its Undo; what changed nothing has none."""
        self.changed()
        latest = self._intents.undoable()
        self._say(said, Undoable(acts, latest) if latest != before else None)
        self._changed_ids = ids

    def _say(self, sentence: str, undoable: Undoable | None = None) -> None:
        self._undoable = undoable
        self._frame.acts.undo.setEnabled(undoable is not None)
        self._frame.say(sentence)

    def _place(self, window: QWidget) -> None:
        """Over this window, and never behind it."""
        if window.isVisible():
            return
        window.winId()  # only then is there a window for the desktop
        window.windowHandle().setTransientParent(self.windowHandle())
        window.move(self.geometry().center() - window.rect().center())

    # What goes beyond entries

    def _compare(self) -> None:
        if self._comparing is None:
            self._comparing = CompareWindow(self._intents)
        self._place(self._comparing)
        dates = self._frame.filters.compared()
        if dates is not None:
            self._comparing.open(*dates)

    def _choose_file(self) -> None:
        self._export.choose(self, self._frame.filters.sought())
