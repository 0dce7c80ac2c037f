"""The history window's widgets and acts, laid out: nothing in here knows what they mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import (
    QCoreApplication,
    QDate,
    QItemSelection,
    QItemSelectionModel,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QAction, QFontMetrics, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDateEdit,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from timer_app.services.entries.history import BarChart, Scope
from timer_app.ui.accessibility import announce
from timer_app.ui.design.buttons import SegmentedChoice
from timer_app.ui.design.painting import Mark, draw_mark
from timer_app.ui.design.text import Text
from timer_app.ui.design.tokens import (
    MARK_SIZE,
    MEDIUM,
    TARGET,
    Scale,
    colours_of,
    mark_size,
    scaled_font,
    tabular_font,
)
from timer_app.ui.entries.history import words
from timer_app.ui.entries.history.bar_chart import BarChartWidget
from timer_app.ui.entries.history.day_timeline import DayTimelineWidget
from timer_app.ui.entries.history.entry_table import (
    LAST_COLUMN,
    SERVICES,
    EntryColumn,
    EntryTableModel,
)
from timer_app.ui.entries.history.filter_bar import FilterBar
from timer_app.ui.entries.history.row_delegate import EntryRowDelegate, least_task_width
from timer_app.ui.entries.history.week_strips import WeekStripsWidget
from timer_app.ui.flow_layout import FlowRow
from timer_app.ui.menu_text import without_mnemonic
from timer_app.ui.plain_text import PlainLabel, plain_tooltip, spoken
from timer_app.ui.window import EDGE, SPACE, WrappedLabel, named

translate = QCoreApplication.translate
_WIDTH, _HEIGHT = 80, 54  # in lines of text
_STRIPS = 1
_SHARES = [4_000, 3_000]
"""Of the height, for the pictures and for the entries, until a person chooses others."""
_LEAST_ROWS = 4
"""Rows that are to be seen before there is room for pictures."""
_FIRST, _LAST = QDate(1990, 1, 1), QDate(2199, 12, 31)
_SAMPLES = {
    EntryColumn.DATE: "Wed 28 Nov 26",
    EntryColumn.TIMES: "00:00 – 00:00 +1",
    EntryColumn.LENGTH: "0:00:00",
    EntryColumn.MENU: "    ",
}
"""What a column must have room for."""


class HistoryActions:
    """What can be done, each with its key."""

    def __init__(self, owner: QWidget) -> None:
        act = partial(_make_action, owner)
        self.earlier = act("Alt+Left")
        self.later = act("Alt+Right")
        self.today = act("Alt+Home")
        self.edit = act("F2", "Return", "Enter")
        self.link = act("Ctrl+L")
        self.split = act("Ctrl+T")
        self.resume = act("Ctrl+Return")
        self.delete = act("Del")
        self.open_task = act("Ctrl+O")
        self.undo = act("Ctrl+Z")
        self.totals = act("Ctrl+B")
        self.compare = act("Ctrl+M")
        self.export = act("Ctrl+E")
        self.undo.setEnabled(False)
        for name, action in vars(self).items():
            action.setObjectName(name)

    @property
    def on_entries(self) -> list[QAction]:
        """What is done to the selected entries."""
        return [self.edit, self.link, self.split, self.resume, self.delete, self.open_task]


class _EntryTable(QTableView):
    """Calls `fit` when it has got another width."""

    def __init__(self, fit: Callable[[], None]) -> None:
        super().__init__()
        self._fit = fit

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See QAbstractScrollArea."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Without rows, a sentence in their place."""
        super().paintEvent(event)
        if self.model().rowCount():
            return
        painter = QPainter(self.viewport())
        painter.setPen(colours_of(self.palette()).muted)
        words = translate("History", "No entries here.")
        painter.drawText(self.viewport().rect(), int(Qt.AlignmentFlag.AlignCenter), words)
        painter.end()


class HistoryLayout:
    """The widgets of the window, in it."""

    def __init__(self, window: QWidget, model: EntryTableModel, *bars: QWidget) -> None:
        self._window = window
        self._model = model
        self.actions = HistoryActions(window)
        self.date = named(QDateEdit(), "date")
        self.scope = named(SegmentedChoice(len(Scope)), "scope")
        self.period = named(_label(Scale.HEADING), "period")
        self.bars_total = named(_label(Scale.CLOCK), "bars-total")
        self.bars_goal = named(Text(line=True), "bars-goal")
        self.bars = named(BarChartWidget(), "bars")
        self.week = named(WeekStripsWidget(), "week")
        self.picture = named(SegmentedChoice(2), "picture")
        self.day_total = named(_label(Scale.BODY, semibold=True), "day-total")
        self.day = named(DayTimelineWidget(), "day")
        self.filters = named(FilterBar(), "filters")
        self.table = named(_EntryTable(self.fit), "entries")
        self._delegate = EntryRowDelegate(model)
        self.counted = named(PlainLabel(), "counted")
        self.selected = named(PlainLabel(), "selected")
        self._message = spoken(named(WrappedLabel(), "message"))
        self._undo = named(ActionButton(self.actions.undo), "undo")
        self._message_row = named(QWidget(), "message-row")
        self.scope.set_current(tuple(Scope).index(Scope.WEEK))
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._folded = 0
        self._list = QWidget()
        self.is_selecting = False
        """Whether the program selects rows, and no person does."""
        self._lay_out(bars)
        self.fit()

    @property
    def chosen_scope(self) -> Scope:
        """Over how long the bars go."""
        return tuple(Scope)[self.scope.current]

    @property
    def has_week(self) -> bool:
        """Whether the strips of a week are seen in place of its bars."""
        return self.chosen_scope is Scope.WEEK and self.picture.current == _STRIPS

    def show_bars(self, bars: BarChart, current: date) -> None:
        """The range's total, and a bar for each of its dates; one date needs no bars."""
        self.period.setText(words.period_name(bars))
        self.bars_total.setText(words.duration(bars.seconds))
        self.bars_goal.setText(words.period_goal(bars))
        self.bars.show_bars(bars, current)
        self.picture.setVisible(bars.scope is Scope.WEEK)
        self.fold()

    def fold(self) -> None:
        """Give the rows the room of the pictures, first of the range's, where few would be seen."""
        has_range = self.chosen_scope is not Scope.DAY
        chart = self.week if self.has_week else self.bars
        gap = SPACE // 2
        high = chart.minimumSizeHint().height() + gap if has_range else 0
        day = self.day.minimumSizeHint().height() + self.day_total.sizeHint().height() + 2 * gap
        seen = self._split.minimumSizeHint().height()
        seen -= high if chart.isVisibleTo(self._window) else 0
        seen -= day if self.day.isVisibleTo(self._window) else 0
        more = (_LEAST_ROWS - 1) * self.table.verticalHeader().defaultSectionSize()
        seen += more
        room = self._window.height() - 2 * EDGE
        folded = (seen + day + high > room) + (seen + day > room)
        if not self._window.isVisible():  # nothing has its size yet
            folded = 0
        for picture in (self.bars, self.week):
            picture.setVisible(has_range and picture is chart and not folded)
        for widget in (self.day_total, self.day):
            widget.setVisible(folded < 2)
        if folded != self._folded:
            self._folded = folded
            self._split.setSizes([0, room] if folded else _SHARES)
        least = self._list.minimumSizeHint().height() + more
        if self._window.isVisible() and self._split.sizes()[1] < least:
            self._split.setSizes([max(0, room - self._split.handleWidth() - least), least])

    def show_date(self, on_date: date) -> None:
        """Show the date that is drawn, without emitting a signal."""
        blocked = self.date.blockSignals(True)
        self.date.setDate(QDate(on_date.year, on_date.month, on_date.day))
        self.date.blockSignals(blocked)

    def show_message(self, sentence: str) -> None:
        """Show what was done, or why not, with Undo while there is something to undo."""
        self._message.setText(sentence)
        self._message_row.setVisible(bool(sentence))
        self._undo.setVisible(self.actions.undo.isEnabled())
        if sentence and self.actions.undo.isEnabled():
            keys = self.actions.undo.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            announce(self._undo, f"{without_mnemonic(self._undo.text())}: {keys}")

    def select_rows(self, rows: list[int]) -> None:
        """Select these rows and no others."""
        self.is_selecting = True
        selection = QItemSelection()
        for first, last in _runs(rows):
            selection.select(self._model.index(first, 0), self._model.index(last, LAST_COLUMN))
        flags = QItemSelectionModel.SelectionFlag
        model = self.table.selectionModel()
        model.select(selection, flags.ClearAndSelect)
        if rows:
            model.setCurrentIndex(self._model.index(rows[0], 0), flags.NoUpdate)
        self.is_selecting = False

    def fit(self) -> None:
        """Rows and columns as the font asks for."""
        metrics = self.table.fontMetrics()
        self.table.verticalHeader().setDefaultSectionSize(metrics.height() + 2 * SPACE)
        small = QFontMetrics(scaled_font(self.table.font(), Scale.SMALL))
        mark = max(MARK_SIZE, small.ascent())
        self.table.horizontalHeader().setMinimumSectionSize(mark + SPACE)
        self.table.setMinimumHeight(metrics.height() + 2 * SPACE + 2 * self.table.frameWidth())
        semibold = QFontMetrics(scaled_font(self.table.font(), Scale.BODY, semibold=True))
        for column, sample in _SAMPLES.items():
            letters = semibold if column is EntryColumn.LENGTH else metrics
            self.table.setColumnWidth(column, letters.horizontalAdvance(sample) + 2 * SPACE)
        self._fit_columns(small, mark)

    def _fit_columns(self, small: QFontMetrics, mark: int) -> None:
        """Share what is left: the words of the services give way before the titles.

        Where that is not enough the table is scrolled sideways.
        """
        table, header = self.table, self.table.horizontalHeader()
        bar = table.verticalScrollBar().sizeHint().width()  # also where it is not seen now
        left = table.width() - bar - 2 * table.frameWidth() - sum(map(table.columnWidth, _SAMPLES))
        least = least_task_width(table.font())
        text_widths = {
            column: max(map(small.horizontalAdvance, words.longest_marks(service))) + SPACE
            for column, service in SERVICES.items()
        }
        marks = len(text_widths) * (mark + 2 * SPACE)
        has_words = left - marks - sum(text_widths.values()) >= least
        for column, wide in text_widths.items():
            table.setColumnWidth(column, mark + 2 * SPACE + (wide if has_words else 0))
        self._delegate.show_service_words(shown=has_words)
        has_room = left - marks >= least
        mode = QHeaderView.ResizeMode.Stretch if has_room else QHeaderView.ResizeMode.Fixed
        header.setSectionResizeMode(EntryColumn.TASK, mode)
        if not has_room:
            table.setColumnWidth(EntryColumn.TASK, least)

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        actions = self.actions
        self._window.setWindowTitle(translate("History", "History"))
        texts = {
            actions.earlier: translate("History", "Earlier"),
            actions.later: translate("History", "Later"),
            actions.today: translate("History", "&Today"),
            actions.edit: translate("History", "&Edit…"),
            actions.link: translate("History", "&Other card…"),
            actions.split: translate("History", "&Split…"),
            actions.resume: translate("History", "&Continue"),
            actions.delete: translate("History", "&Delete"),
            actions.open_task: translate("History", "Open in b&rowser"),
            actions.undo: translate("History", "&Undo"),
            actions.totals: translate("History", "Totals &by task…"),
            actions.compare: translate("History", "Co&mpare with services…"),
            actions.export: translate("History", "E&xport…"),
        }
        for act, text in texts.items():
            act.setText(text)
        names = {
            Scope.DAY: translate("History", "Day"),
            Scope.WEEK: translate("History", "Week"),
            Scope.MONTH: translate("History", "Month"),
        }
        self.scope.set_texts([names[each] for each in Scope])
        self.picture.set_texts([translate("History", "Bars"), translate("History", "Hours")])
        self.picture.setAccessibleName(translate("History", "Week view"))
        self.date.setAccessibleName(translate("History", "Day"))
        self.scope.setAccessibleName(translate("History", "Range"))
        self.table.setAccessibleName(translate("History", "Entries"))
        self.filters.retranslate()
        self.fit()

    def _lay_out(self, bars: Sequence[QWidget]) -> None:
        self._fill_table()
        self.date.setCalendarPopup(True)
        self.date.setDateRange(_FIRST, _LAST)
        split = self._split
        split.setChildrenCollapsible(False)
        split.addWidget(self._pictures())
        split.addWidget(self._entries(bars))
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        column = QVBoxLayout(self._window)
        column.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        column.addWidget(split)
        line = self._window.fontMetrics().height()
        self._window.resize(line * _WIDTH, line * _HEIGHT)
        split.setSizes(_SHARES)

    def _pictures(self) -> QWidget:
        pictures = QWidget()
        top = FlowRow(SPACE, is_at_end=True)
        for widget in (
            self.scope,
            ArrowButton(self.actions.earlier, Mark.LEFT),
            ActionButton(self.actions.today),
            self.date,
            ArrowButton(self.actions.later, Mark.RIGHT),
        ):
            top.flow.addWidget(widget)
        heading = QHBoxLayout()
        heading.addWidget(self.period, 2)
        heading.addWidget(top, 3)
        column = QVBoxLayout(pictures)
        column.setContentsMargins(0, 0, 0, SPACE)
        column.setSpacing(SPACE // 2)
        column.addLayout(heading)
        total = QHBoxLayout()
        total.setSpacing(MEDIUM)
        total.addWidget(self.bars_total)
        total.addWidget(self.bars_goal)
        total.addStretch(1)
        total.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignVCenter)
        total.addWidget(ActionButton(self.actions.totals), 0, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(total)
        column.addWidget(self.bars, 3)
        column.addWidget(self.week, 3)
        column.addWidget(self.day_total)
        column.addWidget(self.day, 1)
        return pictures

    def _entries(self, bars: Sequence[QWidget]) -> QWidget:
        entries = self._list
        counts = QHBoxLayout()
        counts.addWidget(self.counted)
        counts.addStretch(1)
        counts.addWidget(self.selected)
        message_row = QHBoxLayout(self._message_row)
        message_row.setContentsMargins(0, 0, 0, 0)
        message_row.addWidget(self._message, 1)
        message_row.addWidget(self._undo)
        self._message_row.setVisible(False)
        search_row = QHBoxLayout()
        search_row.addWidget(self.filters, 1)
        for act in (self.actions.compare, self.actions.export):
            search_row.addWidget(ActionButton(act), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(entries)
        column.setContentsMargins(0, SPACE, 0, 0)
        column.setSpacing(SPACE)
        column.addLayout(search_row)
        column.addWidget(self.table, 1)
        column.addLayout(counts)
        column.addWidget(self._message_row)
        for bar in bars:
            column.addWidget(bar)
        return entries

    def _fill_table(self) -> None:
        table = self.table
        table.setModel(self._model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.setWordWrap(False)
        table.setTextElideMode(Qt.TextElideMode.ElideRight)
        table.setItemDelegate(self._delegate)
        for column in (EntryColumn.COMMENT, EntryColumn.SOURCE):  # shown beside task and times
            table.setColumnHidden(column, True)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = table.horizontalHeader()
        header.hide()
        # The keys of entries are the table's: elsewhere Enter and Delete mean other things.
        for act in self.actions.on_entries:
            self._window.removeAction(act)
            table.addAction(act)


def _make_action(owner: QWidget, *keys: str) -> QAction:
    act = QAction(owner)
    act.setShortcuts([QKeySequence(each) for each in keys])
    act.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    owner.addAction(act)
    return act


class ActionButton(QPushButton):
    """A button for an act: its text, its key, and whether it can be done now."""

    def __init__(self, act: QAction) -> None:
        super().__init__()
        # A click leaves the keyboard with the entries: their keys are the table's.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._make_action = act
        act.changed.connect(self._update)
        self.clicked.connect(act.trigger)
        self._update()

    def _update(self) -> None:
        keys = self._make_action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self.setText(self._make_action.text())
        self.setEnabled(self._make_action.isEnabled())
        self.setToolTip(plain_tooltip(keys))


class ArrowButton(ActionButton):
    """A button with an arrow in place of its text, which is heard and in its tooltip."""

    def __init__(self, act: QAction, mark: Mark) -> None:
        self._mark = mark
        super().__init__(act)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def _update(self) -> None:
        super()._update()
        name, keys = self.text(), self.toolTip()
        self.setText("")
        self.setAccessibleName(name)
        self.setToolTip(plain_tooltip(f"{name} ({keys})"))

    def sizeHint(self) -> QSize:
        """A square as high as its neighbours."""
        high = max(TARGET, super().sizeHint().height())
        return QSize(high, high)

    def minimumSizeHint(self) -> QSize:
        """Never smaller."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The button, and the arrow on it."""
        super().paintEvent(event)
        painter = QPainter(self)
        size = mark_size(self.fontMetrics())
        rect = QRectF(0, 0, size, size)
        rect.moveCenter(QRectF(self.rect()).center())
        own = colours_of(self.palette())
        draw_mark(painter, self._mark, rect, own.text if self.isEnabled() else own.muted)
        painter.end()


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """The first and the last of each run of rows: thousands of single ones are slow to select."""
    runs: list[tuple[int, int]] = []
    for row in sorted(set(rows)):
        if runs and runs[-1][1] == row - 1:
            runs[-1] = runs[-1][0], row
        else:
            runs.append((row, row))
    return runs


def _label(scale: Scale, *, semibold: bool | None = None) -> PlainLabel:
    label = PlainLabel()
    label.setFont(tabular_font(scaled_font(label.font(), scale, semibold=semibold)))
    return label
