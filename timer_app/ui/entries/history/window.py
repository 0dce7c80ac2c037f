"""The history window: pictures above, entries below, and what can be done to them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

from PySide6.QtCore import QDate, QEvent, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QMenu

from timer_app.domain.delivery.outbox import LoggedEntry
from timer_app.domain.entries.minutes import local_date
from timer_app.services.entries.editor import EntryEdit
from timer_app.services.entries.history import service_delivery_status, shifted_date
from timer_app.services.entries.listing import DeliveryStatus
from timer_app.ui.browser import open_in_browser
from timer_app.ui.entries.history import words
from timer_app.ui.entries.history.child_windows import ChildWindows
from timer_app.ui.entries.history.edit_bar import EditBar, EditResult
from timer_app.ui.entries.history.entry_table import SERVICES, EntryColumn, EntryTableModel
from timer_app.ui.entries.history.export_bar import ExportBar
from timer_app.ui.entries.history.filter_bar import DateScope, ShownPeriod
from timer_app.ui.entries.history.intents import HistoryIntents, UndoableEdits
from timer_app.ui.entries.history.layout import HistoryLayout
from timer_app.ui.entries.task_search_source import TaskSearchSource
from timer_app.ui.window import AppWindow, WindowPlaces, named
from timer_app.ui.wording import join_sentences

_REFRESH_INTERVAL = timedelta(seconds=30)
_MESSAGE_LASTS = timedelta(seconds=30)
_MAX_SUMMED = 1_000
_MAX_FETCHES = 20


class HistoryWindow(AppWindow):
    """Shows what `intents` reads; `changed` is to be called when the journal has changed.

    `problems_requested` asks for the window of deliveries that need a person.

    `search` makes a search for a card of its own; `open_url` opens an address.
    """

    problems_requested = Signal()

    def __init__(
        self,
        intents: HistoryIntents,
        search: Callable[[], TaskSearchSource],
        open_url: Callable[[str], None] = open_in_browser,
    ) -> None:
        super().__init__()
        self._intents = intents
        self._open_url = open_url
        self._day = intents.today()
        self._undoable: tuple[UndoableEdits, ...] = ()
        self._message: Callable[[], str] | None = None
        self._edited_ids: list[str] = []
        self._is_up_to_date = False
        self._children = ChildWindows(
            self,
            intents,
            search,
            on_edited=self._on_edit_saved,
            on_split=self._on_split_saved,
        )
        self._model = EntryTableModel(intents)
        self._export = ExportBar(intents)
        self._edits = EditBar(intents)
        self._layout = HistoryLayout(self, self._model, self._edits, self._export)
        self._refresh_timer = named(QTimer(self), "refresh")
        self._refresh_timer.setInterval(_REFRESH_INTERVAL // timedelta(milliseconds=1))
        self._message_timer = named(QTimer(self), "message")
        self._message_timer.setSingleShot(True)
        self._message_timer.setInterval(_MESSAGE_LASTS // timedelta(milliseconds=1))
        self._connect()
        self.retranslate()

    # What the app reports

    def open(self) -> None:
        """Come to the front, with the newest entry chosen."""
        if self.isVisible():
            self._refresh()
        else:
            self._day, self._is_up_to_date = self._intents.today(), False
        self.show_in_front()
        table = self._layout.table
        table.setFocus(Qt.FocusReason.ActiveWindowFocusReason)
        if not table.currentIndex().isValid() and self._model.rowCount():
            self._layout.select_rows([0])

    def show_entry(self, entry_id: str) -> None:
        """Choose an entry of today."""
        self._select(entry_id)

    def edit_entry(self, entry_id: str, *, other_card: bool = False) -> None:
        """Come to the front with an entry that is being edited, or is to get another card."""
        self.open()
        logged = self._intents.entries([entry_id]).get(entry_id)
        if logged is not None:
            calendar = self._intents.calendar()
            self._show_day(local_date(logged.entry.started_at, calendar.zone, calendar.day_start))
            self._edit_by_id(entry_id, other_card=other_card)

    def changed(self) -> None:
        """The journal has changed: show it, or when it is next seen.

        While many entries are being deleted the end of it is shown, not each step.
        """
        self._is_up_to_date = False
        if self.isVisible() and not self._edits.is_working:
            self._refresh()

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        self._layout.retranslate()
        self._edits.retranslate()
        self._export.retranslate()
        self._layout.show_message(self._message() if self._message else "")
        self._is_up_to_date = False
        if self.isVisible():
            self._refresh()

    # Making

    def _connect(self) -> None:
        frame = self._layout
        frame.date.dateChanged.connect(self._on_date_edited)
        frame.scope.chosen.connect(self._scope_changed)
        frame.picture.chosen.connect(self._scope_changed)
        for chart in (frame.bars, frame.week):
            chart.date_chosen.connect(self._show_day)
            chart.period_shift_requested.connect(self._shift_period)
        frame.week.entry_selected.connect(self._select)
        frame.day.entry_selected.connect(self._select)
        frame.day.entry_activated.connect(self._edit_by_id)
        frame.day.entry_resized.connect(self._resize_entry)
        frame.filters.changed.connect(self._apply_filter)
        frame.table.clicked.connect(self._clicked)
        frame.table.doubleClicked.connect(self._edit)
        frame.table.customContextMenuRequested.connect(self._show_menu)
        frame.table.selectionModel().selectionChanged.connect(self._selection_changed)
        self._model.counted.connect(self._count)
        actions = frame.actions
        for act in (*actions.on_entries, actions.compare, actions.export):
            act.triggered.connect(self._clear_messages)  # before what it does says something
        self._message_timer.timeout.connect(self._clear_messages)
        actions.earlier.triggered.connect(lambda: self._shift_period(-1))
        actions.later.triggered.connect(lambda: self._shift_period(1))
        actions.today.triggered.connect(lambda: self._show_day(self._intents.today()))
        actions.edit.triggered.connect(self._edit)
        actions.link.triggered.connect(lambda: self._edit(other_card=True))
        actions.split.triggered.connect(self._split)
        actions.resume.triggered.connect(self._resume)
        actions.delete.triggered.connect(self._delete)
        actions.open_task.triggered.connect(self._open_task)
        actions.undo.triggered.connect(self._undo)
        actions.totals.triggered.connect(self._show_totals)
        actions.compare.triggered.connect(self._compare)
        actions.export.triggered.connect(self._export_entries)
        self._refresh_timer.timeout.connect(self._refresh_present)

    # What is seen

    def showEvent(self, event: QShowEvent) -> None:
        """Seen again: time has passed, and things may have changed."""
        super().showEvent(event)
        self._refresh_timer.start()
        if not self._is_up_to_date:
            self._refresh()
        self._layout.fold()

    def hideEvent(self, event: QHideEvent) -> None:
        """What nobody sees needs no time."""
        self._refresh_timer.stop()
        self._clear_messages()
        self._model.stop_fetching()
        self._is_up_to_date = False
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows come before pictures."""
        super().resizeEvent(event)
        self._layout.fold()

    def changeEvent(self, event: QEvent) -> None:
        """Another font or palette."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._layout.fit()
            self._layout.fold()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Its small windows go with it; an export goes on."""
        self._children.close()
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+F goes to the search."""
        if event.matches(QKeySequence.StandardKey.Find):
            self._layout.filters.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._layout.filters.words.selectAll()
        else:
            super().keyPressEvent(event)

    def _refresh(self) -> None:
        """Read everything that is seen again."""
        self._is_up_to_date = True
        kept = self._model.ids_at(self._selected_rows())
        self._draw()
        if self._filter_changed():
            self._model.set_filter(self._layout.filters.entry_filter())
        else:
            self._model.refresh()
        self._select_again(kept)
        self._selection_changed()

    def _draw(self) -> None:
        frame, zone = self._layout, self._intents.calendar().zone
        bars = self._intents.bars(frame.chosen_scope, self._day)
        day = self._intents.day(self._day)
        frame.show_date(self._day)
        frame.show_bars(bars, self._day)
        if frame.has_week:
            frame.week.show_week(self._intents.week(self._day), bars, self._day, zone)
        self._children.update_totals(bars)
        frame.day.show_day(day, zone)
        frame.day_total.setText(words.day_total_and_goal(day))
        frame.filters.set_shown_period(ShownPeriod(self._day, bars.first, bars.last))

    def _refresh_present(self) -> None:
        """The present moves on in the pictures, and in the row of what runs."""
        self._draw()
        self._layout.table.viewport().update()

    def _filter_changed(self) -> bool:
        return (
            self._layout.filters.entry_filter() != self._model.entry_filter
            or not self._model.rowCount()
        )

    def _apply_filter(self) -> None:
        if self._layout.filters.entry_filter() != self._model.entry_filter:
            self._model.set_filter(self._layout.filters.entry_filter())
            if self._model.rowCount():
                self._layout.select_rows([0])
            self._selection_changed()

    def _count(self) -> None:
        rows, model = self._model.rowCount(), self._model
        count = words.row_count(rows, finished=model.has_all_rows, searching=model.is_searching)
        self._layout.counted.setText(count)

    # Which date

    def _show_day(self, day: date) -> None:
        self._day = day
        self._draw()
        self._apply_filter()

    def _on_date_edited(self, typed: QDate) -> None:
        self._show_day(date(typed.year(), typed.month(), typed.day()))

    def _shift_period(self, by: int) -> None:
        self._show_day(shifted_date(self._layout.chosen_scope, self._day, by))

    def _scope_changed(self, *_: object) -> None:
        self._show_day(self._day)

    # Which entries

    def _selected(self) -> list[LoggedEntry]:
        return [found for row in self._selected_rows() if (found := self._model.entry(row))]

    def _selected_rows(self) -> list[int]:
        return sorted(index.row() for index in self._layout.table.selectionModel().selectedRows())

    def _single_finished(self) -> LoggedEntry | None:
        """The entry that is selected alone and is over."""
        selected = self._selected()
        return selected[0] if len(selected) == 1 and selected[0].stopped_at else None

    def _select(self, entry_id: str) -> None:
        """Select the entry of a block, whatever the table shows now."""
        row = self._find(entry_id)
        if row is None:
            self._layout.filters.show_dates(DateScope.DAY)
            row = self._find(entry_id)
        if row is not None:
            self._layout.select_rows([row])
            self._layout.table.scrollTo(self._model.index(row, 0))

    def _find(self, entry_id: str) -> int | None:
        for _ in range(_MAX_FETCHES):
            row = self._model.row_of(entry_id)
            if row is not None or not self._model.canFetchMore():
                return row
            self._model.fetchMore()
        return self._model.row_of(entry_id)

    def _select_again(self, ids: list[str]) -> None:
        """What was selected, as far as it is there."""
        if self._model.ids_at(self._selected_rows()) != ids:
            self._layout.select_rows(self._model.rows_of(ids))

    def _show_selected_day(self, selected: list[LoggedEntry]) -> None:
        """Draw the day of the entry that a person has chosen; what is listed stays."""
        dates = self._layout.filters.dates
        if len(selected) != 1 or self._layout.is_selecting or dates is DateScope.DAY:
            return
        calendar = self._intents.calendar()
        day = local_date(selected[0].entry.started_at, calendar.zone, calendar.day_start)
        first, last = self._model.entry_filter.first, self._model.entry_filter.last
        if dates is DateScope.PERIOD and first is not None and last is not None:
            day = min(max(day, first), last)
        if day != self._day:
            self._day = day
            self._draw()

    def _selection_changed(self, *_: object) -> None:
        rows = self._selected_rows()
        several = len(rows) > _MAX_SUMMED
        selected = [] if several else self._selected()
        self._show_selected_day(selected)
        now = self._intents.calendar().now
        self._layout.selected.setText(
            words.selection_total(selected, now) if len(selected) > 1 else ""
        )
        self._layout.day.set_current(selected[0].entry.id if len(selected) == 1 else "")
        over = [each for each in selected if each.stopped_at is not None]
        one = len(selected) == len(over) == 1
        actions = self._layout.actions
        for act in (actions.edit, actions.link, actions.split):
            act.setEnabled(one)
        actions.resume.setEnabled(len(selected) == 1 and bool(over))
        actions.delete.setEnabled(several or (bool(over) and len(over) == len(selected)))
        actions.open_task.setEnabled(len(selected) == 1 and bool(selected[0].entry.task.url))

    def _show_menu(self, where: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self._layout.actions.on_entries)
        menu.popup(self._layout.table.viewport().mapToGlobal(where))

    def _clicked(self, index: QModelIndex) -> None:
        """An id that is a link opens, as does what needs a person, and the menu of the row."""
        column, logged = EntryColumn(index.column()), self._model.entry(index.row())
        if column is EntryColumn.MENU:
            self._show_menu(self._layout.table.visualRect(index).bottomLeft())
        if column in SERVICES and logged is not None:
            status = service_delivery_status(logged, SERVICES[column])
            if status.delivery_status is DeliveryStatus.NEEDS_PERSON:
                self.problems_requested.emit()
            elif status.address:
                self._open_url(status.address)

    def _open_task(self) -> None:
        selected = self._selected()
        if selected and selected[0].entry.task.url:
            self._open_url(selected[0].entry.task.url)

    # What is done to them

    def _edit(self, *_: object, other_card: bool = False) -> None:
        logged = self._single_finished()
        if logged is not None:
            self._children.edit(logged, other_card=other_card)

    def _edit_by_id(self, entry_id: str, *, other_card: bool = False) -> None:
        self._select(entry_id)
        self._edit(other_card=other_card)

    def _resize_entry(
        self, entry_id: str, started_at: datetime | None, stopped_at: datetime | None
    ) -> None:
        """Have an entry begin or end at another time, with Undo."""
        before = self._intents.latest_undo_id()
        refused = self._intents.edit(entry_id, EntryEdit(started_at, stopped_at))
        if refused:
            self._show_refusal(refused)
        else:
            self._on_edit_saved(entry_id, before)

    def _split(self) -> None:
        logged = self._single_finished()
        if logged is not None:
            self._children.split(logged)

    def _on_edit_saved(self, entry_id: str, before: int) -> None:
        logged = self._intents.entries([entry_id]).get(entry_id)
        if logged is not None:
            self._offer_undo(partial(words.edited_message, logged), [entry_id], before)

    def _on_split_saved(self, entry_id: str, before: int) -> None:
        logged = self._intents.entries([entry_id]).get(entry_id)
        if logged is not None:
            self._offer_undo(partial(words.split_message, logged), [entry_id], before)

    def _delete(self) -> None:
        rows = self._selected_rows()
        if not rows or self._edits.is_working:
            return
        ids, first = self._model.ids_at(rows), self._model.entry(rows[0])
        title = first.entry.task.title if first else ""
        self._edits.delete(ids, partial(self._on_deleted, ids, title, rows[0]))

    def _on_deleted(self, ids: list[str], title: str, row: int, result: EditResult) -> None:
        """All are deleted, or as many as there was time for."""
        self.changed()
        self._edited_ids = ids
        if result.done == result.total:
            message = partial(words.deleted_message, len(ids), title)
        else:
            message = partial(words.delete_stopped, result.done, result.total)
        self._show_result(message, result)
        if result.done and self._model.rowCount():
            self._layout.select_rows([min(row, self._model.rowCount() - 1)])

    def _resume(self) -> None:
        logged = self._single_finished()
        if logged is not None:
            refused = self._intents.resume(logged.entry.id)
            if refused:
                self._show_refusal(refused)
            else:
                self._show_message(partial(words.resumed_message, logged))
            self.changed()

    def _undo(self) -> None:
        if self._undoable and not self._edits.is_working:
            self._edits.undo(self._undoable, self._on_undone)

    def _on_undone(self, result: EditResult) -> None:
        self.changed()
        if result.done == result.total:
            self._show_message(words.undone_message)
        else:
            stopped = partial(words.undo_stopped, result.done, result.total)
            self._show_result(stopped, result)
        if result.done:
            self._select_again(self._edited_ids)

    def _show_result(self, say: Callable[[], str], result: EditResult) -> None:
        """Say what was done, and what was not: what is done can be undone all the same."""
        if not result.why:
            self._show_message(say, result.undoable)
        elif not result.done:
            self._show_refusal(result.why)
        else:
            self._show_message(lambda: join_sentences(say(), result.why), result.undoable)
            self._message = None  # another language drops the reason

    def _offer_undo(self, message: Callable[[], str], ids: list[str], before: int) -> None:
        """Say what was done, with its Undo; what changed nothing has none."""
        self.changed()
        latest = self._intents.latest_undo_id()
        self._show_message(message, (UndoableEdits(1, latest),) if latest != before else ())
        self._edited_ids = ids

    def _show_message(
        self, say: Callable[[], str], undoable: tuple[UndoableEdits, ...] = ()
    ) -> None:
        """Say what was done, in whatever language is spoken then."""
        self._undoable = undoable
        self._layout.actions.undo.setEnabled(bool(undoable))
        self._message = say
        self._layout.show_message(say())
        self._message_timer.start()

    def _show_refusal(self, refused: str) -> None:
        """Say why something was not done; another language drops that sentence."""
        self._show_message(lambda: refused)
        self._message = None

    def _clear_messages(self) -> None:
        """What was said is over; what can be undone still can, by its key."""
        self._message_timer.stop()
        self._message = None
        self._layout.show_message("")
        self._export.put_away()

    def remember_place(self, name: str, places: WindowPlaces) -> None:
        """See AppWindow. Its small windows are as large as last time too, and over this one."""
        super().remember_place(name, places)
        self._children.remember_places(places)

    # What goes beyond entries

    def _show_totals(self) -> None:
        self._children.show_totals(self._intents.bars(self._layout.chosen_scope, self._day))

    def _compare(self) -> None:
        self._children.compare(self._layout.filters.audit_dates())

    def _export_entries(self) -> None:
        self._export.choose(self, self._layout.filters.entry_filter())
