"""Each part looks another way in each state, and does what a widget of its kind does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QFont, QFontMetricsF, QPalette, QPixmap
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from tests.gallery.looks import PALETTES
from tests.gallery.parts import PARTS, State, picture
from timer_app.domain.entries.task import Task
from timer_app.ui.design.appearance import install_appearance
from timer_app.ui.design.buttons import (
    ButtonKind,
    RoundButton,
    SegmentedChoice,
    kind_of,
    set_kind,
)
from timer_app.ui.design.day_strip import BlockKind, DayStrip, StripBlock
from timer_app.ui.design.painting import Mark
from timer_app.ui.design.rows import Index, SectionRow, TaskRow, TaskRowDelegate
from timer_app.ui.design.surfaces import (
    Banner,
    ChoiceCard,
    Ground,
    Line,
    SettingsGroup,
    SettingsRow,
)
from timer_app.ui.design.text import Text, Tone
from timer_app.ui.design.tokens import (
    MAIN_TARGET,
    SMALL,
    TARGET,
    Scale,
    Theme,
    colours,
    palette,
)
from timer_app.ui.entries.history.day_timeline import DayTimelineWidget
from timer_app.ui.flow_layout import FlowLayout
from timer_app.ui.window import AppWindow

PRESSABLE = [name for name in PARTS if name.split()[0] in ("button", "round", "choice", "banner")
             and name != "choice of a list"]  # fmt: skip
SHOWN_ONLY = {"text", "task rows", "step marks", "progress", "receipt", "absence"}
"""Parts without a place for the keyboard."""
PICTURES = {"day strip", "bars", "day's timeline"}
"""Parts that are never switched off."""
every_look = pytest.mark.parametrize("look", ["light", "contrast-system"])
FOCUSABLE = [name for name in PARTS if name not in SHOWN_ONLY]


@pytest.fixture(autouse=True)
def app_look(qapp: QApplication) -> Iterator[None]:
    """The app's own."""
    install_appearance()
    yield
    qapp.setPalette(palette(Theme.LIGHT))


def at(hour: int) -> datetime:
    """An hour of a day."""
    return datetime(2026, 11, 20, hour, tzinfo=UTC)


def looks(name: str, state: State) -> bytes:
    return bytes(picture(name, state).toImage().constBits())


@pytest.mark.parametrize("name", PRESSABLE)
def test_pressing_is_seen(name: str) -> None:
    assert len({looks(name, each) for each in (State.NORMAL, State.HOVER, State.PRESSED)}) == 3


@every_look
@pytest.mark.parametrize("name", FOCUSABLE)
def test_the_keyboard_is_seen(name: str, look: str, qapp: QApplication) -> None:
    qapp.setPalette(PALETTES[look]())
    assert looks(name, State.FOCUS) != looks(name, State.NORMAL)


@every_look
@pytest.mark.parametrize("name", [name for name in FOCUSABLE if name not in PICTURES])
def test_what_cannot_be_used_is_seen(name: str, look: str, qapp: QApplication) -> None:
    qapp.setPalette(PALETTES[look]())
    assert looks(name, State.DISABLED) != looks(name, State.NORMAL)


@pytest.mark.parametrize("name", PARTS)
def test_another_theme_is_seen(name: str, qapp: QApplication) -> None:
    before = looks(name, State.NORMAL)
    qapp.setPalette(palette(Theme.DARK))
    assert looks(name, State.NORMAL) != before


def role_of(widget: QWidget) -> QAccessible.Role:
    return QAccessible.queryAccessibleInterface(widget).role()


def test_a_round_button_is_heard_by_its_text_and_large_enough() -> None:
    button = RoundButton(Mark.PLAY, is_main=True)
    button.setText("Start")
    assert QAccessible.queryAccessibleInterface(button).text(QAccessible.Text.Name) == "Start"
    assert button.sizeHint().height() >= MAIN_TARGET
    assert RoundButton(Mark.PLAY).sizeHint().height() >= TARGET


def test_a_kind_is_kept_and_a_button_without_one_is_plain() -> None:
    button = QPushButton("Add")
    assert kind_of(button) is ButtonKind.PLAIN
    set_kind(button, ButtonKind.PRIMARY)
    assert kind_of(button) is ButtonKind.PRIMARY
    assert button.font().weight() == QFont.Weight.DemiBold
    assert button.sizeHint().height() >= TARGET


def test_segments_are_radio_buttons_and_tell_only_what_a_person_chooses() -> None:
    segments = SegmentedChoice(3)
    segments.set_texts(["Day", "Week", "Month"])
    told = QSignalSpy(segments.chosen)
    segments.set_current(1)
    assert (segments.current, told.count()) == (1, 0)
    month = segments.findChildren(QWidget)[-1]
    segments.show()
    QTest.mouseClick(month, Qt.MouseButton.LeftButton)
    assert (segments.current, told.count()) == (2, 1)
    assert role_of(month) is QAccessible.Role.RadioButton
    segments.close()


def test_a_banner_has_no_button_without_a_word_for_it() -> None:
    banner = Banner(Ground.WARNING)
    told = QSignalSpy(banner.pressed)
    banner.show_words("Kaiten does not accept the token.")
    assert banner.button.isHidden()
    banner.show_words("Kaiten does not accept the token.", "2 logs wait.", "New token")
    banner.button.click()
    assert (banner.button.isHidden(), told.count(), banner.detail) == (False, 1, "2 logs wait.")


def test_a_choice_is_heard_with_what_comes_of_it_and_shows_its_key() -> None:
    card = ChoiceCard()
    card.setText("Remove it && &continue")
    card.set_detail("Ends at 11:00.")
    heard = QAccessible.queryAccessibleInterface(card)
    assert heard.text(QAccessible.Text.Description) == "Ends at 11:00."
    assert card.shortcut().toString() == "Alt+C"
    assert [each.text() for each in card.findChildren(Text)] == [
        "Remove it & continue", "Ends at 11:00.",
    ]  # fmt: skip


@pytest.mark.usefixtures("qapp")
def test_a_line_stands_between_rows_that_are_shown_and_nowhere_else() -> None:
    group, rows = SettingsGroup(), [Text(), Text(), Text()]
    for row in rows:
        group.add(row)

    def lines() -> int:
        return sum(each.isVisibleTo(group) for each in group.findChildren(Line))

    assert lines() == 2
    rows[0].hide()
    assert lines() == 1
    rows[1].hide()
    assert lines() == 0
    rows[0].show()
    assert lines() == 1
    group.be_bare()
    assert lines() == 0


@pytest.mark.usefixtures("qapp")
def test_what_is_hidden_leaves_no_gap_in_a_flow() -> None:
    window, buttons = QWidget(), [QPushButton(each) for each in ("Copy", "Open the page")]
    flow = FlowLayout(8)
    window.setLayout(flow)
    for button in buttons:
        flow.addWidget(button)
    buttons[0].hide()
    window.show()
    QApplication.processEvents()
    assert buttons[1].x() == 0
    window.close()


@pytest.mark.usefixtures("qapp")
def test_the_widgets_of_a_line_have_one_middle_in_a_flow() -> None:
    window, buttons = QWidget(), [QPushButton("Day") for _ in range(4)]
    flow = FlowLayout(8)
    window.setLayout(flow)
    for button, high in zip(buttons, (60, 20, 40, 20), strict=True):
        button.setFixedSize(100, high)
        flow.addWidget(button)
    window.resize(220, 200)
    window.show()
    QApplication.processEvents()
    middles = [button.y() + button.height() // 2 for button in buttons]
    assert middles == [30, 30, 88, 88]
    window.close()


def test_a_row_of_settings_names_what_is_set() -> None:
    button = QPushButton("Check")
    row = SettingsRow(button)
    row.show_words("Team", "The team that gets your entries.")
    assert row.label.buddy() is button


class Window(AppWindow):
    """A window with a clock in it."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = Text(Scale.CLOCK)
        QVBoxLayout(self).addWidget(self.clock)

    def retranslate(self) -> None:
        """It says nothing."""


@pytest.mark.usefixtures("qapp")
def test_a_text_is_as_high_as_its_words_and_no_higher() -> None:
    text = Text()
    text.resize(200, 20)
    heights = []
    for words in ("word", "word " * 100, "word"):
        text.setText(words)
        heights.append(text.minimumHeight())
    assert heights[0] == heights[2] < heights[1]


def test_a_text_keeps_its_share_of_the_system_s_font(qapp: QApplication) -> None:
    window = Window()
    window.show()
    before, size = qapp.font(), window.clock.font().pointSizeF()
    larger = qapp.font()
    larger.setPointSizeF(before.pointSizeF() * 2)
    qapp.setFont(larger)
    qapp.processEvents()
    assert window.clock.font().pointSizeF() == pytest.approx(2 * size)
    qapp.setFont(before)
    window.close()


def test_a_text_keeps_its_tone_in_another_theme(qapp: QApplication) -> None:
    label = Text(tone=Tone.MUTED)
    label.show()
    qapp.setPalette(palette(Theme.DARK))
    qapp.processEvents()
    written = label.palette().color(QPalette.ColorRole.WindowText)
    assert written == colours(Theme.DARK).muted
    label.close()


def is_drawn_on(picture: QPixmap) -> bool:
    """Whether it has more than one colour."""
    blank = QPixmap(picture.size())
    blank.fill(picture.toImage().pixelColor(0, 0))
    return picture.toImage() != blank.toImage().convertToFormat(picture.toImage().format())


@pytest.mark.parametrize("direction", Qt.LayoutDirection)
@pytest.mark.parametrize("words", ["9:00 – 10:30", "إرسال تطبيق المؤقت"])
def test_words_of_any_script_begin_where_the_window_is_read_from(
    words: str, direction: Qt.LayoutDirection, qapp: QApplication
) -> None:
    if direction is Qt.LayoutDirection.LayoutDirectionAuto:
        return
    label = Text()
    label.setLayoutDirection(direction)
    label.setText(words)
    label.resize(400, 24)
    label.show()
    qapp.processEvents()
    half = QRect(0, 0, 200, 24)
    is_written = [is_drawn_on(label.grab(each)) for each in (half, half.translated(200, 0))]
    is_mirrored = direction is Qt.LayoutDirection.RightToLeft
    assert is_written == [not is_mirrored, is_mirrored]
    label.close()


@pytest.mark.parametrize("kind", ["button plain", "choice of a list", "check box"])
def test_words_without_room_end_with_an_ellipsis(kind: str) -> None:
    """What is cut at both ends cannot be read."""
    long, longer = PARTS[kind]("W" * 200), PARTS[kind]("W" * 200 + "i" * 40)
    for part in (long, longer):
        part.resize(200, 32)
    assert long.grab().toImage() == longer.grab().toImage()


def drawn_columns(one: QWidget, other: QWidget) -> list[int]:
    """From left to right: where two widgets of one size look different."""
    first, second = one.grab().toImage(), other.grab().toImage()
    rows = range(first.height())
    return [
        x
        for x in range(first.width())
        if any(first.pixel(x, y) != second.pixel(x, y) for y in rows)
    ]


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(("begins", "ends"), [(9, 12), (13, 16), (8, 11)])
def test_what_a_draft_leaves_of_a_block_has_its_words(begins: int, ends: int) -> None:
    """They begin where the block is seen, and are not cut in the middle."""

    def strip(words: str) -> DayStrip:
        made = DayStrip()
        block = StripBlock(at(10), at(15), (words,), kind=BlockKind.OTHER)
        draft = StripBlock(at(begins), at(ends), task=Task("x"))
        made.resize(600, 80)
        made.show_time(at(8), at(18), UTC, [block], draft)
        return made

    shown, blank = strip("Ship the timer"), strip("")
    columns = drawn_columns(shown, blank)
    seen = max(10, ends) if begins <= 10 else 10
    left = shown.x_at(at(seen))
    assert left + SMALL - 1 <= columns[0] <= left + SMALL + 4
    assert columns[-1] <= shown.x_at(at(15 if begins <= 10 else begins)) - SMALL + 1


@pytest.mark.usefixtures("qapp")
def test_a_block_that_is_too_narrow_for_three_letters_has_none() -> None:
    def strip(words: str) -> DayStrip:
        made = DayStrip()
        made.resize(600, 80)
        block = StripBlock(at(10), at(10) + timedelta(minutes=45), (words,), kind=BlockKind.OTHER)
        made.show_time(at(8), at(18), UTC, [block])
        return made

    assert drawn_columns(strip("Ship the timer"), strip("")) == []
    assert drawn_columns(strip("0:45"), strip("")), "what fits is there"


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("width", range(240, 900, 31))
def test_no_hour_of_a_timeline_stands_over_another(width: int) -> None:
    timeline = PARTS["day's timeline"]("Ship")
    assert isinstance(timeline, DayTimelineWidget)
    timeline.resize(width, 120)
    metrics = QFontMetricsF(timeline.font())
    labels = timeline.hour_labels(metrics)
    wide = metrics.horizontalAdvance("00")
    assert labels[0][1] == "08"
    assert all(one + wide < other for (one, _), (other, _) in pairwise(labels))
    assert labels[-1][0] + wide <= width


@pytest.mark.usefixtures("qapp")
def test_words_on_a_bar_can_be_read_on_both_of_its_grounds() -> None:
    """Dark on what is to come, and on what is done in the colour for that ground."""
    bar = QProgressBar()
    bar.resize(400, 24)
    bar.setFormat("W" * 90)
    bar.setValue(50)
    own, image = colours(Theme.LIGHT), bar.grab().toImage()
    found = [{image.pixelColor(x, y).name() for x in columns for y in range(24)}
             for columns in (range(8, 190), range(210, 392))]  # fmt: skip
    assert own.on_accent.name() in found[0]
    assert own.text.name() not in found[0]
    assert own.text.name() in found[1]


def test_marks_grow_with_large_letters(qapp: QApplication) -> None:
    box, metric = QCheckBox("on"), QStyle.PixelMetric.PM_IndicatorWidth
    usual = box.style().pixelMetric(metric, None, box)
    larger = QFont(qapp.font())
    larger.setPointSizeF(larger.pointSizeF() * 3)
    box.setFont(larger)
    assert box.style().pixelMetric(metric, None, box) > 2 * usual


def test_a_line_that_is_cut_is_whole_in_its_tooltip(qapp: QApplication) -> None:
    label = Text(line=True)
    label.setText("A title that is longer than its room " * 3)
    label.resize(80, 20)
    label.show()
    qapp.processEvents()
    label.setText(label.text() + "<b>")
    assert "&lt;b&gt;" in label.toolTip()
    label.resize(4000, 20)
    qapp.processEvents()
    assert label.toolTip() == ""
    label.close()


ROWS = (SectionRow("Recent"), TaskRow("Ship", "#63258149", "2:15"), TaskRow("Read mail"))


def _content(index: Index) -> TaskRow | SectionRow:
    return ROWS[index.row()]


@pytest.fixture
def listed(qapp: QApplication) -> Iterator[tuple[QListWidget, TaskRowDelegate]]:
    """A heading and two tasks."""
    widget = QListWidget()
    delegate = TaskRowDelegate(_content)
    widget.setItemDelegate(delegate)
    for row in ROWS:
        QListWidgetItem(row.title, widget)
    widget.resize(300, 200)
    widget.show()
    qapp.processEvents()
    yield widget, delegate
    widget.close()
    widget.deleteLater()


@pytest.mark.parametrize(("row", "from_right", "started"), [
    (1, 20, [1]), (1, 120, []), (0, 20, []), (2, 20, [2]),
])  # fmt: skip
def test_the_button_of_a_row_starts_its_task(
    listed: tuple[QListWidget, TaskRowDelegate], row: int, from_right: int, started: list[int]
) -> None:
    widget, delegate = listed
    told: list[int] = []

    def note(index: QModelIndex) -> None:
        told.append(index.row())

    delegate.start_requested.connect(note)
    rect = widget.visualItemRect(widget.item(row))
    place = QPoint(rect.right() - from_right, rect.center().y())
    QTest.mouseClick(widget.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told == started


def test_a_row_has_room_for_two_lines_and_the_button(
    listed: tuple[QListWidget, TaskRowDelegate],
) -> None:
    widget, _ = listed
    heights = [widget.visualItemRect(widget.item(row)).height() for row in range(3)]
    lines = widget.fontMetrics().height()
    assert heights[1] >= max(TARGET, 1.8 * lines)
    assert heights[2] >= TARGET
    assert heights[0] < heights[1]
