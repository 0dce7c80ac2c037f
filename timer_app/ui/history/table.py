"""The entries as a table that knows their ids, and reads them as they come into sight."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
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
from PySide6.QtGui import QFont, QGuiApplication, QIcon, QPalette

from timer_app.domain.delivery import Service
from timer_app.services.history import ServiceMark, length, mark
from timer_app.services.listing import MOST_EXAMINED, Place, Sought
from timer_app.services.ports import LoggedEntry
from timer_app.ui import reasons, wording
from timer_app.ui.history import words
from timer_app.ui.history.intents import Reading
from timer_app.ui.history.marks import Marks

PAGE = 200
"""Ids that are fetched at once."""
_BLOCK = 50
_MOST_KEPT = 1_000
_MOST_PAGES_AGAIN = 12
_MARK = 48
"""Pixels of a mark: enough for large letters; the table makes it as high as its own."""

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


class Column(IntEnum):
    """What stands in each column."""

    DATE = 0
    TIMES = 1
    LENGTH = 2
    TASK = 3
    COMMENT = 4
    SOURCE = 5
    TIMECROWD = 6
    KAITEN = 7


SERVICES = {Column.TIMECROWD: Service.TIMECROWD, Column.KAITEN: Service.KAITEN}


class EntryModel(QAbstractTableModel):
    """Fetches ids page by page, and entries only while they are looked at.

    `counted` tells that there are more rows, or that the search for them goes on or has ended.
    """

    counted = Signal()

    def __init__(self, reading: Reading, ratio: Callable[[], float]) -> None:
        super().__init__()
        self._reading = reading
        self._ratio = ratio
        self._sought = Sought()
        self._ids: list[str] = []
        self._end: Place | None = None
        self._finished = True
        self._entries: OrderedDict[str, LoggedEntry | None] = OrderedDict()
        self._marks = Marks()
        self._going_on = QTimer(self)
        self._going_on.setSingleShot(True)
        self._going_on.timeout.connect(self._fetch)
        self._wanted = 0

    # What is sought

    @property
    def sought(self) -> Sought:
        """What is in the table."""
        return self._sought

    @property
    def finished(self) -> bool:
        """Whether every id is here."""
        return self._finished

    @property
    def searching(self) -> bool:
        """Whether it still looks for enough of them."""
        return self._going_on.isActive()

    def seek(self, sought: Sought) -> None:
        """Show these from the newest on."""
        self.beginResetModel()
        self._sought = sought
        self._ids, self._end, self._finished = [], None, False
        self._entries.clear()
        self._going_on.stop()
        self.endResetModel()
        self.fetchMore()

    def rest(self) -> None:
        """Look for nothing while nobody sees it; scrolling goes on with it."""
        self._going_on.stop()

    def refresh(self) -> None:
        """Show what has changed meanwhile; who looks at the middle stays there.

        What is far behind and cannot be read again at once is fetched again by scrolling.
        """
        self._entries.clear()
        now, end, pages = list[str](), None, 0
        while True:
            most = max(PAGE, min(MOST_EXAMINED, len(self._ids) + 1 - len(now)))
            page = self._reading.page(self._sought, end, most)
            now += page.ids
            end, pages = page.end, pages + 1
            if end is None or self._behind(end) or pages == _MOST_PAGES_AGAIN:
                break
        self._finished, self._end = end is None, end
        self._become(now)
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, Column.KAITEN))
        self.counted.emit()

    def _behind(self, end: Place) -> bool:
        """Whether everything that was here has been read again."""
        last = self._end
        return last is not None and (end.started_at, end.row) <= (last.started_at, last.row)

    def _become(self, now: Sequence[str]) -> None:
        """Have these rows, by taking away and putting in what differs."""
        wanted = set(now)
        kept = [each for each in self._ids if each in wanted]
        here = set(kept)
        if kept != [each for each in now if each in here]:  # some have another place
            self.beginResetModel()
            self._ids = list(now)
            self.endResetModel()
            return
        for first, last in reversed(_runs(self._ids, wanted)):
            self.beginRemoveRows(_NO_INDEX, first, last)
            del self._ids[first : last + 1]
            self.endRemoveRows()
        for first, last in _runs(now, here):
            self.beginInsertRows(_NO_INDEX, first, last)
            self._ids[first:first] = now[first : last + 1]
            self.endInsertRows()

    # Fetching

    def canFetchMore(self, parent: Index = _NO_INDEX) -> bool:
        """See QAbstractItemModel."""
        return not parent.isValid() and not self._finished and not self.searching

    def fetchMore(self, parent: Index = _NO_INDEX) -> None:
        """See QAbstractItemModel. What is rare is looked for in slices."""
        if self.canFetchMore(parent):
            self._wanted = len(self._ids) + PAGE
            self._fetch()

    def _fetch(self) -> None:
        page = self._reading.page(self._sought, self._end, self._wanted - len(self._ids))
        self._end, self._finished = page.end, page.end is None
        if page.ids:
            first = len(self._ids)
            self.beginInsertRows(_NO_INDEX, first, first + len(page.ids) - 1)
            self._ids += page.ids
            self.endInsertRows()
        if not self._finished and len(self._ids) < self._wanted:
            self._going_on.start(0)
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

    def row_of(self, entry_id: str) -> int | None:
        """Where the entry stands among the rows that are here."""
        return self._ids.index(entry_id) if entry_id in self._ids else None

    def _read(self, row: int) -> None:
        """The entries around the row, which are wanted next."""
        first = row - row % _BLOCK
        ids = self._ids[first : first + _BLOCK]
        found = self._reading.entries(ids)
        for each in ids:
            self._entries[each] = found.get(each)
            self._entries.move_to_end(each)
        while len(self._entries) > _MOST_KEPT:
            self._entries.popitem(last=False)

    # What Qt asks

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """See QAbstractItemModel."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        """See QAbstractItemModel."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """See QAbstractItemModel."""
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return _heading(Column(section))
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """See QAbstractItemModel."""
        logged = self.entry(index.row())
        if logged is None:
            return None
        column = Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(logged, column)
            case Qt.ItemDataRole.ToolTipRole:
                return self._tool_tip(logged, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{_heading(column)}: {self._text(logged, column)}"
            case Qt.ItemDataRole.TextAlignmentRole if column is Column.LENGTH:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case _:
                return self._service_look(logged, column, role)

    def _text(self, logged: LoggedEntry, column: Column) -> str:
        if column in SERVICES:
            return words.mark(mark(logged, SERVICES[column]))
        calendar = self._reading.calendar()
        texts: dict[Column, Callable[[], str]] = {
            Column.DATE: lambda: words.date_of(logged, calendar.now, calendar.zone),
            Column.TIMES: lambda: words.when(logged, calendar.zone),
            Column.LENGTH: lambda: words.lasted(length(logged, calendar.now)),
            Column.TASK: lambda: words.task(logged),
            Column.COMMENT: lambda: " ".join(logged.entry.comment.split()),
            Column.SOURCE: lambda: words.source(logged.entry.source),
        }
        return texts[column]()

    def _tool_tip(self, logged: LoggedEntry, column: Column) -> str:
        match column:
            case Column.TASK:
                return wording.whole_task(logged.entry.task)
            case Column.COMMENT:
                return logged.entry.comment
            case Column.TIMES if logged.stopped_at is not None:
                zone = self._reading.calendar().zone
                return words.exact_span(logged.entry.started_at, logged.stopped_at, zone)
            case Column.TIMECROWD | Column.KAITEN:
                of = mark(logged, SERVICES[column])
                lines = [f"{wording.service_name(SERVICES[column])}: {words.mark(of)}"]
                lines += [
                    reasons.of_delivery(each) for each in logged.deliveries if each.needs_person
                ]
                return "\n".join([*lines, *([of.address] if of.address else [])])
            case _:
                return self._text(logged, column)

    def _service_look(self, logged: LoggedEntry, column: Column, role: int) -> object:
        """A service's mark as a shape; an id that is a link looks like one."""
        if column not in SERVICES:
            return None
        of = mark(logged, SERVICES[column])
        if role == Qt.ItemDataRole.DecorationRole:
            return self._icon(of)
        if not of.address:
            return None
        if role == Qt.ItemDataRole.FontRole:
            font = QFont()
            font.setUnderline(True)
            return font
        if role == Qt.ItemDataRole.ForegroundRole:
            return QGuiApplication.palette().color(QPalette.ColorRole.Link)
        return None

    def _icon(self, of: ServiceMark) -> QIcon:
        return self._marks.icon(of.standing, QGuiApplication.palette(), _MARK, self._ratio())


def _runs(ids: Sequence[str], known: set[str]) -> list[tuple[int, int]]:
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


def _heading(column: Column) -> str:
    translate = QCoreApplication.translate
    return {
        Column.DATE: translate("History", "Date"),
        Column.TIMES: translate("History", "From – to"),
        Column.LENGTH: translate("History", "Length"),
        Column.TASK: translate("History", "Task"),
        Column.COMMENT: translate("History", "Comment"),
        Column.SOURCE: translate("History", "Source"),
        Column.TIMECROWD: wording.service_name(Service.TIMECROWD),
        Column.KAITEN: wording.service_name(Service.KAITEN),
    }[column]
