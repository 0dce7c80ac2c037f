"""The entries as a table that knows their ids, and reads them as they come into sight."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from timer_app.domain.delivery.outbox import LoggedEntry
from timer_app.domain.service import Service
from timer_app.services.entries.history import (
    duration_seconds,
    service_delivery_status,
)
from timer_app.services.entries.listing import MAX_SCANNED, EntryCursor, EntryFilter
from timer_app.ui import messages, wording
from timer_app.ui.entries.history import words
from timer_app.ui.entries.history.intents import HistoryQueries
from timer_app.ui.plain_text import plain_tooltip

PAGE = 200
"""Ids that are fetched at once."""
_READ_AHEAD = 50
_MAX_CACHED = 1_000
_MAX_PAGES_REREAD = 12

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


class EntryColumn(IntEnum):
    """The columns of the table."""

    DATE = 0
    TIMES = 1
    LENGTH = 2
    TASK = 3
    COMMENT = 4
    SOURCE = 5
    TIMECROWD = 6
    KAITEN = 7
    MENU = 8


LAST_COLUMN = max(EntryColumn)
SERVICES = {EntryColumn.TIMECROWD: Service.TIMECROWD, EntryColumn.KAITEN: Service.KAITEN}


class EntryTableModel(QAbstractTableModel):
    """Fetches ids page by page, and entries only while they are looked at.

    `counted` is emitted when there are more rows, and when the search for them begins or ends.
    """

    counted = Signal()

    def __init__(self, reading: HistoryQueries) -> None:
        super().__init__()
        self._reading = reading
        self._entry_filter = EntryFilter()
        self._ids: list[str] = []
        self._cursor: EntryCursor | None = None
        self._has_all_rows = True
        self._entries: OrderedDict[str, LoggedEntry | None] = OrderedDict()
        self._fetch_timer = QTimer(self)
        self._fetch_timer.setSingleShot(True)
        self._fetch_timer.timeout.connect(self._fetch)
        self._wanted_rows = 0

    # What is sought

    @property
    def entry_filter(self) -> EntryFilter:
        """What is in the table."""
        return self._entry_filter

    @property
    def has_all_rows(self) -> bool:
        """Whether every id is here."""
        return self._has_all_rows

    @property
    def is_searching(self) -> bool:
        """Whether it still looks for enough of them."""
        return self._fetch_timer.isActive()

    def set_filter(self, entry_filter: EntryFilter) -> None:
        """Show these from the newest on."""
        self.beginResetModel()
        self._entry_filter = entry_filter
        self._ids, self._cursor, self._has_all_rows = [], None, False
        self._entries.clear()
        self._fetch_timer.stop()
        self.endResetModel()
        self.fetchMore()

    def stop_fetching(self) -> None:
        """Look for nothing while nobody sees it; scrolling goes on with it."""
        self._fetch_timer.stop()

    def refresh(self) -> None:
        """Show what has changed meanwhile; who looks at the middle stays there.

        What is far behind and cannot be read again at once is fetched again by scrolling.
        """
        self._entries.clear()
        now, end, pages = list[str](), None, 0
        while True:
            most = max(PAGE, min(MAX_SCANNED, len(self._ids) + 1 - len(now)))
            page = self._reading.page(self._entry_filter, end, most)
            now += page.ids
            end, pages = page.next_cursor, pages + 1
            if end is None or self._is_reread(end) or pages == _MAX_PAGES_REREAD:
                break
        self._has_all_rows, self._cursor = end is None, end
        self._update_rows(now)
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, LAST_COLUMN))
        self.counted.emit()

    def _is_reread(self, end: EntryCursor) -> bool:
        """Whether everything that was here has been read again."""
        last = self._cursor
        return last is not None and (end.started_at, end.row) <= (last.started_at, last.row)

    def _update_rows(self, now: Sequence[str]) -> None:
        """Have these rows, by taking away and putting in what differs."""
        wanted = set(now)
        kept = [each for each in self._ids if each in wanted]
        here = set(kept)
        if kept != [each for each in now if each in here]:  # some have another place
            self.beginResetModel()
            self._ids = list(now)
            self.endResetModel()
            return
        for first, last in reversed(_missing_runs(self._ids, wanted)):
            self.beginRemoveRows(_NO_INDEX, first, last)
            del self._ids[first : last + 1]
            self.endRemoveRows()
        for first, last in _missing_runs(now, here):
            self.beginInsertRows(_NO_INDEX, first, last)
            self._ids[first:first] = now[first : last + 1]
            self.endInsertRows()

    # Fetching

    def canFetchMore(self, parent: Index = _NO_INDEX) -> bool:
        """See QAbstractItemModel."""
        return not parent.isValid() and not self._has_all_rows and not self.is_searching

    def fetchMore(self, parent: Index = _NO_INDEX) -> None:
        """See QAbstractItemModel. What is rare is looked for in slices."""
        if self.canFetchMore(parent):
            self._wanted_rows = len(self._ids) + PAGE
            self._fetch()

    def _fetch(self) -> None:
        page = self._reading.page(
            self._entry_filter, self._cursor, self._wanted_rows - len(self._ids)
        )
        self._cursor, self._has_all_rows = page.next_cursor, page.next_cursor is None
        if page.ids:
            first = len(self._ids)
            self.beginInsertRows(_NO_INDEX, first, first + len(page.ids) - 1)
            self._ids += page.ids
            self.endInsertRows()
        if not self._has_all_rows and len(self._ids) < self._wanted_rows:
            self._fetch_timer.start(0)
        self.counted.emit()

    # Entries

    def entry(self, row: int) -> LoggedEntry | None:
        """The entry of a row; None if it is gone meanwhile."""
        if not 0 <= row < len(self._ids):
            return None
        entry_id = self._ids[row]
        if entry_id not in self._entries:
            self._read(row)
        return self._entries[entry_id]

    def now(self) -> datetime:
        """Until when what runs counts."""
        return self._reading.calendar().now

    def ids_at(self, rows: Iterable[int]) -> list[str]:
        """The ids of these rows. Nothing is read for them."""
        return [self._ids[row] for row in rows if 0 <= row < len(self._ids)]

    def rows_of(self, entry_ids: Iterable[str]) -> list[int]:
        """Where these entries stand, as far as they are among the rows that are here."""
        wanted = set(entry_ids)
        return [row for row, each in enumerate(self._ids) if each in wanted]

    def row_of(self, entry_id: str) -> int | None:
        """Where the entry stands among the rows that are here."""
        return self._ids.index(entry_id) if entry_id in self._ids else None

    def _read(self, row: int) -> None:
        """The entries around the row, which are wanted next."""
        first = row - row % _READ_AHEAD
        ids = self._ids[first : first + _READ_AHEAD]
        found = self._reading.entries(ids)
        for each in ids:
            self._entries[each] = found.get(each)
            self._entries.move_to_end(each)
        while len(self._entries) > _MAX_CACHED:
            self._entries.popitem(last=False)

    # What Qt asks

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """See QAbstractItemModel."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        """See QAbstractItemModel."""
        return 0 if parent.isValid() else len(EntryColumn)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """See QAbstractItemModel."""
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return _column_title(EntryColumn(section))
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """See QAbstractItemModel."""
        logged = self.entry(index.row())
        if logged is None:
            return None
        column = EntryColumn(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(logged, column)
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tooltip(self._tool_tip(logged, column))
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken_text(logged, column)
            case Qt.ItemDataRole.TextAlignmentRole if column is EntryColumn.LENGTH:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case _:
                return None

    def _text(self, logged: LoggedEntry, column: EntryColumn) -> str:
        if column in SERVICES:
            return words.service_status(service_delivery_status(logged, SERVICES[column]))
        calendar = self._reading.calendar()
        texts: dict[EntryColumn, Callable[[], str]] = {
            EntryColumn.DATE: lambda: words.start_date(logged, calendar.now, calendar.zone),
            EntryColumn.TIMES: lambda: words.entry_times(logged, calendar.zone),
            EntryColumn.LENGTH: lambda: words.duration(duration_seconds(logged, calendar.now)),
            EntryColumn.TASK: lambda: words.task_title(logged),
            EntryColumn.COMMENT: lambda: " ".join(logged.entry.comment.split()),
            EntryColumn.SOURCE: lambda: words.source_name(logged.entry.source),
            EntryColumn.MENU: lambda: "",
        }
        return texts[column]()

    def _spoken_text(self, logged: LoggedEntry, column: EntryColumn) -> str:
        """What a screen reader says, with the texts of columns that are not shown."""
        text = f"{_column_title(column)}: {self._text(logged, column)}"
        beside = {EntryColumn.TASK: EntryColumn.COMMENT, EntryColumn.TIMES: EntryColumn.SOURCE}
        more = self._text(logged, beside[column]) if column in beside else ""
        return f"{text}, {more}" if more else text

    def _tool_tip(self, logged: LoggedEntry, column: EntryColumn) -> str:
        match column:
            case EntryColumn.TASK:
                lines = [wording.task_tooltip(logged.entry.task), logged.entry.comment]
                return "\n".join(each for each in lines if each)
            case EntryColumn.COMMENT:
                return logged.entry.comment
            case EntryColumn.TIMES if logged.stopped_at is not None:
                zone = self._reading.calendar().zone
                times = words.exact_time_range(logged.entry.started_at, logged.stopped_at, zone)
                return f"{times}\n{words.source_name(logged.entry.source)}"
            case EntryColumn.TIMECROWD | EntryColumn.KAITEN:
                of = service_delivery_status(logged, SERVICES[column])
                lines = [f"{wording.service_name(SERVICES[column])}: {words.service_status(of)}"]
                lines += [
                    messages.delivery_error_text(each)
                    for each in logged.deliveries
                    if each.needs_user
                ]
                return "\n".join([*lines, *([of.address] if of.address else [])])
            case _:
                return self._text(logged, column)


def _missing_runs(ids: Sequence[str], known: set[str]) -> list[tuple[int, int]]:
    """The first and last place of each run of ids that are not known."""
    runs: list[tuple[int, int]] = []
    for place, each in enumerate(ids):
        if each in known:
            continue
        if runs and runs[-1][1] == place - 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs


def _column_title(column: EntryColumn) -> str:
    translate = QCoreApplication.translate
    return {
        EntryColumn.DATE: translate("History", "Date"),
        EntryColumn.TIMES: translate("History", "From – to"),
        EntryColumn.LENGTH: translate("History", "Length"),
        EntryColumn.TASK: translate("History", "Task"),
        EntryColumn.COMMENT: translate("History", "Comment"),
        EntryColumn.SOURCE: translate("History", "Source"),
        EntryColumn.TIMECROWD: wording.service_name(Service.TIMECROWD),
        EntryColumn.KAITEN: wording.service_name(Service.KAITEN),
        EntryColumn.MENU: translate("History", "Menu"),
    }[column]
