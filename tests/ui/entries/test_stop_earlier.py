"""Stop earlier: a forgiving field, a preview, and nothing stopped by accident."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.support.pages.entry_windows import StopEarlierPage
from tests.ui.conftest import CARD, NOW
from timer_app.domain.entries.entry import Entry, Source
from timer_app.domain.entries.task import Task
from timer_app.ui.design.day_strip import DayStrip
from timer_app.ui.entries.stop_earlier import StopEarlierDialog

BEGAN = NOW - timedelta(hours=3)  # 9:00
ENTRY = Entry("e1", CARD, BEGAN, Source.CLICK)


@pytest.fixture
def dialog(qtbot: QtBot) -> StopEarlierPage:
    dialog = StopEarlierPage(StopEarlierDialog(ENTRY, lambda: NOW, UTC))
    qtbot.addWidget(dialog.window)
    dialog.window.open()
    return dialog


@pytest.fixture
def stops(dialog: StopEarlierPage) -> list[datetime]:
    """The instants that were asked for."""
    asked: list[datetime] = []
    dialog.window.stop_at.connect(asked.append)
    return asked


def write(dialog: StopEarlierPage, text: str) -> str:
    """Type it; what is said then."""
    dialog.time.setText(text)
    return said(dialog)


def said(dialog: StopEarlierPage) -> str:
    return dialog.message.text()


def test_at_first_it_says_since_when_and_offers_nothing(dialog: StopEarlierPage) -> None:
    assert said(dialog) == "Runs since 09:00."
    assert not dialog.stop.isEnabled()
    assert any(label.text() == CARD.title for label in dialog.window.findChildren(QLabel))


@pytest.mark.parametrize(
    ("typed", "preview", "at"),
    [
        ("11:30", "09:00 – 11:30: 2 h 30 min", NOW - timedelta(minutes=30)),
        ("-45m", "09:00 – 11:15: 2 h 15 min", NOW - timedelta(minutes=45)),
        (" -1ч ", "09:00 – 11:00: 2 h 00 min", NOW - timedelta(hours=1)),
        ("2026-11-23 9:10", "09:00 – 09:10: 10 min", BEGAN + timedelta(minutes=10)),
    ],
)
def test_a_time_is_previewed_and_stopped_at(
    dialog: StopEarlierPage, stops: list[datetime], typed: str, preview: str, at: datetime
) -> None:
    assert write(dialog, typed) == preview
    QTest.keyClick(dialog.time, Qt.Key.Key_Return)
    assert stops == [at]
    assert not dialog.window.isVisible()


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("soon", "“soon” is not a time"),
        ("12:01", "12:01 is still to come."),
        ("8:00", "“8:00” on 2026-11-23 is before the start (09:00)"),
        ("2026-11-23 08:00", "08:00 lies before its start, 09:00."),
        ("-5h", "07:00 lies before its start, 09:00."),
    ],
)
def test_what_cannot_be_is_said_and_enter_does_nothing(
    dialog: StopEarlierPage, stops: list[datetime], typed: str, why: str
) -> None:
    assert why in write(dialog, typed)
    assert not dialog.stop.isEnabled()
    QTest.keyClick(dialog.time, Qt.Key.Key_Return)
    assert stops == []
    assert dialog.window.isVisible()


def test_it_goes_once_the_stop_is_committed(dialog: StopEarlierPage) -> None:
    """Who saw it go and pulls the plug has stopped."""
    seen: list[bool] = []
    dialog.window.stop_at.connect(lambda _: seen.append(dialog.window.windowHandle().isVisible()))
    write(dialog, "11:30")
    QTest.keyClick(dialog.time, Qt.Key.Key_Return)
    assert seen == [True]


def test_closing_it_stops_nothing(dialog: StopEarlierPage, stops: list[datetime]) -> None:
    write(dialog, "11:00")
    box = dialog.window.findChild(QDialogButtonBox)
    assert box
    box.button(QDialogButtonBox.StandardButton.Cancel).click()
    assert stops == []
    assert not dialog.window.isVisible()


def test_an_entry_of_yesterday_shows_its_date(qtbot: QtBot) -> None:
    entry = Entry("e1", CARD, NOW - timedelta(hours=14), Source.CLICK)
    dialog = StopEarlierPage(StopEarlierDialog(entry, lambda: NOW, UTC))
    qtbot.addWidget(dialog.window)
    assert write(dialog, "23:30") == "Sun 22 Nov 22:00 – Sun 22 Nov 23:30: 1 h 30 min"


def test_it_is_named_for_who_hears_it(dialog: StopEarlierPage) -> None:
    field = dialog.time
    assert field.accessibleName()
    assert field.hasFocus() or dialog.window.focusWidget() is field
    write(dialog, "11:30")
    interface = QAccessible.queryAccessibleInterface(dialog.message)
    assert interface.text(QAccessible.Text.Name) == said(dialog)


def test_the_end_can_be_dragged(dialog: StopEarlierPage, stops: list[datetime]) -> None:
    strip = dialog.find(DayStrip, "strip")
    high = strip.height() // 2
    begin = QPoint(round(strip.x_at(NOW)), high)
    end = QPoint(round(strip.x_at(NOW - timedelta(minutes=31))), high)
    QTest.mousePress(strip, Qt.MouseButton.LeftButton, pos=begin)
    QTest.mouseMove(strip, end)
    QTest.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=end)
    assert dialog.time.text() == "11:30"
    assert said(dialog) == "09:00 – 11:30: 2 h 30 min"
    dialog.stop.click()
    assert stops == [NOW - timedelta(minutes=30)]


def test_a_long_title_in_large_letters_is_not_drawn_over_the_field(
    qapp: QApplication, qtbot: QtBot
) -> None:
    title = "Проверить все ссылки в справке и переписать её " * 3
    before = qapp.font()
    large = qapp.font()
    large.setPointSizeF(large.pointSizeF() * 2)
    qapp.setFont(large)
    window = StopEarlierDialog(Entry("e1", Task(title), BEGAN, Source.CLICK), lambda: NOW, UTC)
    qtbot.addWidget(window)
    window.open()
    texts = [each for each in window.findChildren(QLabel) if each.isVisible() and each.wordWrap()]
    cut = [each.text() for each in texts if each.height() < each.heightForWidth(each.width())]
    qapp.setFont(before)
    assert cut == []
    widgets = [each for each in window.findChildren(QWidget) if each.parent() is window]
    rects = [each.geometry() for each in widgets if each.isVisible()]
    assert [pair for pair in combinations(rects, 2) if pair[0].intersects(pair[1])] == []
