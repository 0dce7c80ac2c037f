"""Each part of a window by itself, in every state: to be looked at, and compared by tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from enum import Enum

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from timer_app.domain.delivery.outbox import LoggedEntry
from timer_app.domain.entries.entry import Entry, Source
from timer_app.domain.entries.task import Task
from timer_app.services.entries.history import (
    Bar,
    BarChart,
    Calendar,
    Scope,
    TaskTotal,
    day_timeline,
)
from timer_app.ui.design.buttons import ButtonKind, RoundButton, SegmentedChoice, set_kind
from timer_app.ui.design.day_strip import BlockKind, DayStrip, StripBlock
from timer_app.ui.design.fields import MarkedField
from timer_app.ui.design.painting import Mark
from timer_app.ui.design.receipt import Receipt
from timer_app.ui.design.rows import Index, SectionRow, TaskRow, TaskRowDelegate
from timer_app.ui.design.surfaces import (
    Banner,
    ChoiceCard,
    EmptyState,
    Ground,
    SettingsGroup,
    SettingsRow,
    StepMarks,
    Surface,
)
from timer_app.ui.design.text import Chip, Text, Tone
from timer_app.ui.design.tokens import MEDIUM, SMALL, Scale
from timer_app.ui.entries.history.bar_chart import BarChartWidget
from timer_app.ui.entries.history.day_timeline import DayTimelineWidget

WIDTH = 300
_NINE, _HOUR = datetime(2026, 11, 18, 9, tzinfo=UTC), timedelta(hours=1)
SHORT, LONG = (
    "Ship the tray timer",
    "Перенести справку с картинками на новый сервер: 長い題名のカード",
)
RTL = "إرسال تطبيق المؤقت"


class State(Enum):
    """What a part can be in."""

    NORMAL = "normal"
    HOVER = "hover"
    PRESSED = "pressed"
    FOCUS = "focus"
    DISABLED = "disabled"
    LONG = "long text"
    RIGHT_TO_LEFT = "right to left"


def _button(kind: ButtonKind) -> Callable[[str], QWidget]:
    def make(text: str) -> QWidget:
        button = QPushButton(text)
        set_kind(button, kind)
        return button

    return make


def _round(mark: Mark, *, is_main: bool) -> Callable[[str], QWidget]:
    def make(text: str) -> QWidget:
        button = RoundButton(mark, is_main=is_main)
        button.setText(text)
        return button

    return make


def _field(text: str) -> QWidget:
    field = MarkedField(Mark.SEARCH)
    field.setText(text)
    return field


def _segments(text: str) -> QWidget:
    segments = SegmentedChoice(3)
    segments.set_texts(["Day", text.split(maxsplit=1)[0], "Month"])
    segments.set_current(1)
    return segments


def _banner(ground: Ground) -> Callable[[str], QWidget]:
    def make(text: str) -> QWidget:
        banner = Banner(ground)
        banner.show_words(text, text, text.split(maxsplit=1)[0])
        return banner

    return make


def _choice(text: str) -> QWidget:
    card = ChoiceCard()
    card.setText(f"&{text}")
    card.set_detail(text)
    return card


def _settings(text: str) -> QWidget:
    group = SettingsGroup()
    for tone in (Tone.MUTED, Tone.DANGER):
        row = SettingsRow(QComboBox())
        row.show_words(text, text, tone)
        group.add(row)
    return group


def _texts(text: str) -> QWidget:
    surface = Surface(Ground.ACTIVE)
    column = QVBoxLayout(surface)
    column.setContentsMargins(MEDIUM, MEDIUM, MEDIUM, MEDIUM)
    for scale, tone in ((Scale.CLOCK, Tone.NORMAL), (Scale.HEADING, Tone.NORMAL),
                        (Scale.BODY, Tone.GOOD), (Scale.SMALL, Tone.MUTED)):  # fmt: skip
        label = Text(scale, tone, line=True)
        label.setText("1:15:21" if scale is Scale.CLOCK else text)
        column.addWidget(label)
    column.addWidget(Chip("#63258149"))
    return surface


def _rows(text: str) -> QWidget:
    rows = (SectionRow("Recent"), TaskRow(text, f"#63258149 · {text}", "2:15"),
            TaskRow(text, "TimeCrowd", "0:21", is_pinned=True))  # fmt: skip
    listed = QListWidget()

    def content(index: Index) -> TaskRow | SectionRow:
        return rows[index.row()]

    delegate = TaskRowDelegate(content)
    delegate.setParent(listed)
    listed.setItemDelegate(delegate)
    for row in rows:
        QListWidgetItem(row.title, listed)
    listed.setCurrentRow(1)
    listed.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    listed.setFixedHeight(140)
    return listed


def _steps(text: str) -> QWidget:
    marks = StepMarks(3)
    marks.set_reached(2)
    marks.setAccessibleName(text)
    return marks


def _empty(text: str) -> QWidget:
    empty = EmptyState()
    empty.show_words(text, text.split(maxsplit=1)[0])
    return empty


def _strip(text: str) -> QWidget:
    strip = DayStrip(is_draggable=True)
    draft = StripBlock(_NINE, _NINE + 3 * _HOUR, ("3:00",), Task(text), description=text)
    blocks = (
        StripBlock(_NINE + 2 * _HOUR, _NINE + 5 * _HOUR, (text,), kind=BlockKind.OTHER),
        StripBlock(_NINE + 6 * _HOUR, _NINE + 8 * _HOUR, (text,), Task(f"{text}.")),
    )
    strip.show_time(_NINE - _HOUR, _NINE + 9 * _HOUR, UTC, blocks, draft)
    return strip


def _absence(text: str) -> QWidget:
    strip = DayStrip(has_hours=False)
    blocks = [
        StripBlock(_NINE, _NINE + 2 * _HOUR, (text,), Task(text)),
        StripBlock(_NINE + 2 * _HOUR, _NINE + 4 * _HOUR, (text,), kind=BlockKind.OPEN),
        StripBlock(_NINE + 4 * _HOUR, _NINE + 5 * _HOUR, (text,), Task(text)),
    ]
    strip.show_time(_NINE - _HOUR / 4, _NINE + 5.25 * _HOUR, UTC, blocks)
    return strip


def _receipt(text: str) -> QWidget:
    receipt = Receipt()
    receipt.show_words(text, "9:00 – 10:30", (f"Sun 22 Nov · {text}",))
    return receipt


def _bars(text: str) -> QWidget:
    widget = BarChartWidget()
    tasks = [TaskTotal(Task(f"{text}{n}"), (n + 1) * 3600) for n in range(3)]
    bars = [
        Bar(_NINE.date() + timedelta(days=n), sum(each.seconds for each in tasks[:n]), 4 * 3600,
            tuple(tasks[:n]))
        for n in range(4)
    ]  # fmt: skip
    widget.show_bars(BarChart(Scope.WEEK, tuple(bars), 16 * 3600, bars[-1].date), bars[2].date)
    widget.setFixedHeight(widget.sizeHint().height())
    return widget


def _timeline(text: str) -> QWidget:
    widget = DayTimelineWidget()
    logged = [
        LoggedEntry(
            Entry(f"e{n}", Task(f"{text}{n}"), _NINE + begin * _HOUR, Source.CLICK),
            _NINE + (begin + 2) * _HOUR, (), None,
        )
        for n, begin in enumerate((0, 1, 4))
    ]  # fmt: skip
    calendar = Calendar(UTC, time(0), _NINE + 9 * _HOUR)
    widget.show_day(day_timeline(_NINE.date(), logged, 6 * 3600, 8 * 3600, calendar), UTC)
    widget.set_current("e1")
    widget.setFixedHeight(widget.sizeHint().height())
    return widget


def _progress(text: str) -> QWidget:
    bar = QProgressBar()
    bar.setFormat(text)
    bar.setValue(30)
    return bar


def _combo(text: str) -> QWidget:
    box = QComboBox()
    box.addItem(text)
    return box


def _checked(text: str) -> QWidget:
    box = QCheckBox(text)
    box.setChecked(True)
    return box


def _radio(text: str) -> QWidget:
    box = QRadioButton(text)
    box.setChecked(True)
    return box


PARTS: dict[str, Callable[[str], QWidget]] = {
    "text": _texts,
    "button primary": _button(ButtonKind.PRIMARY),
    "button plain": _button(ButtonKind.PLAIN),
    "button quiet": _button(ButtonKind.QUIET),
    "button chip": _button(ButtonKind.CHIP),
    "button link": _button(ButtonKind.LINK),
    "round start": _round(Mark.PLAY, is_main=True),
    "round stop": _round(Mark.STOP, is_main=True),
    "round small": _round(Mark.PLAY, is_main=False),
    "field": QLineEdit,
    "field with mark": _field,
    "choice of a list": _combo,
    "check box": _checked,
    "radio button": _radio,
    "segmented choice": _segments,
    "banner warning": _banner(Ground.WARNING),
    "banner danger": _banner(Ground.DANGER),
    "banner good": _banner(Ground.GOOD),
    "choice card": _choice,
    "settings": _settings,
    "task rows": _rows,
    "step marks": _steps,
    "empty state": _empty,
    "progress": _progress,
    "day strip": _strip,
    "absence": _absence,
    "receipt": _receipt,
    "bars": _bars,
    "day's timeline": _timeline,
}


def picture(name: str, state: State) -> QPixmap:
    """The part in that state."""
    part = PARTS[name]({State.LONG: LONG, State.RIGHT_TO_LEFT: RTL}.get(state, SHORT))
    window = QWidget()
    if state is State.RIGHT_TO_LEFT:
        window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    column = QVBoxLayout(window)
    column.setContentsMargins(SMALL, SMALL, SMALL, SMALL)
    column.addWidget(part)
    other = QPushButton()  # has the keyboard otherwise
    other.setFixedSize(0, 0)
    column.addWidget(other)
    window.setFixedWidth(WIDTH)
    window.show()
    QTest.qWaitForWindowActive(window, 1000)
    other.setFocus()
    QApplication.processEvents()
    _put_into(part, state)
    for _ in range(6):  # each surface within another lays out once more
        QApplication.processEvents()
    layout = window.layout()
    window.resize(WIDTH, layout.totalHeightForWidth(WIDTH) if layout else WIDTH)
    QApplication.processEvents()
    taken = window.grab()
    window.close()
    window.deleteLater()
    return taken


def _put_into(part: QWidget, state: State) -> None:
    inner = [part, *part.findChildren(QAbstractButton)]
    for each in inner:  # wherever the mouse is now
        each.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, state is State.HOVER)
        each.update()
    match state:
        case State.PRESSED:
            for each in inner:
                if isinstance(each, QAbstractButton):
                    each.setDown(True)
        case State.FOCUS:
            takes = [each for each in (part, *part.findChildren(QWidget))
                     if each.focusPolicy() & Qt.FocusPolicy.TabFocus]  # fmt: skip
            part.window().activateWindow()
            if takes:
                takes[0].setFocus(Qt.FocusReason.TabFocusReason)
        case State.DISABLED:
            part.setEnabled(False)
        case State.NORMAL | State.HOVER | State.LONG | State.RIGHT_TO_LEFT:
            pass


def sheet() -> QPixmap:
    """All parts below each other, their states beside each other."""
    rows = [[picture(name, state) for state in State] for name in PARTS]
    ratio = rows[0][0].devicePixelRatio()
    heights = [max(each.height() for each in row) for row in rows]
    whole = QPixmap(round(WIDTH * ratio) * len(State), sum(heights))
    whole.fill(QApplication.palette().window().color())
    painter = QPainter(whole)
    top = 0
    for row, high in zip(rows, heights, strict=True):
        for number, each in enumerate(row):
            place = QRect(number * round(WIDTH * ratio), top, each.width(), each.height())
            painter.drawPixmap(place, each)
        top += high
    painter.end()
    return whole
