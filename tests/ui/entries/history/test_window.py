"""The history with a person's keys and mouse: what it shows, and what the journal holds then."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QDate, QEvent, QModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QAction, QFont, QFontMetrics, QKeySequence, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QScrollArea,
    QTableWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.services.fakes import NOW, FakeTracker
from tests.services.world import TASK, WORDS
from tests.support.pages.entry_windows import EditPage, SplitPage
from tests.support.pages.history import ENTRY_ACTIONS, ComparePage
from tests.support.pages.page import opened, tooltip_at
from tests.ui.entries.history.conftest import HOUR, Bench
from timer_app.domain.delivery.outbox import DeliveryState
from timer_app.domain.delivery.outcomes import RemoteEntry
from timer_app.domain.delivery.remote_changes import TrackedEntry
from timer_app.domain.entries.entry import Source
from timer_app.domain.entries.task import Task
from timer_app.domain.entries.timer import Running
from timer_app.domain.errors import NotPossible
from timer_app.domain.messages import AuditMessageId, EntryMessageId
from timer_app.services.audit.auditor import Audit
from timer_app.services.entries.editor import EntryEdit
from timer_app.services.entries.history import Scope
from timer_app.services.entries.listing import DeliveryStatus, EntryFilter
from timer_app.tray.controllers.history import HistoryController
from timer_app.ui.design.buttons import SegmentedChoice
from timer_app.ui.design.tokens import SMALL, TINY, Scale, scaled_font, tabular_font
from timer_app.ui.entries.history import words
from timer_app.ui.entries.history.edit_windows import EditEntryWindow
from timer_app.ui.entries.history.entry_table import PAGE, EntryColumn
from timer_app.ui.entries.history.filter_bar import DateScope
from timer_app.ui.entries.history.layout import ActionButton
from timer_app.ui.entries.history.row_delegate import STATUS_MARKS, width_beside_title
from timer_app.ui.entries.history.totals_window import TotalsWindow
from timer_app.ui.language import Language

SUNDAY = date(2026, 11, 22)


def key(of: QWidget, *keys: Qt.Key, ctrl: bool = False) -> None:
    """Press keys where the keyboard is put first."""
    held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    QApplication.processEvents()  # a window that was just opened becomes the active one
    of.window().activateWindow()
    of.setFocus()
    for each in keys:
        QTest.keyClick(of, each, held)


# -- what it shows


def test_the_week_the_day_and_the_entries_agree(bench: Bench) -> None:
    frame = bench.page
    assert frame.period.text() == "16 – 22 November"
    assert (frame.bars_total.text(), frame.bars_goal.text()) == ("4:30", "of 40:00")
    assert frame.day_total.text() == "Sun 22 Nov  ·  1:30 of 8:00"
    assert bench.rows(EntryColumn.DATE) == ["Sun 22 Nov", "Sun 22 Nov", "Mon 16 Nov"]
    assert bench.rows(EntryColumn.TIMES) == ["10:30 – 11:00", "09:00 – 10:00", "11:00 – 14:00"]
    assert bench.rows(EntryColumn.LENGTH) == ["0:30", "1:00", "3:00"]
    assert bench.rows(EntryColumn.TASK) == ["Read mail", "#7  Ship it", "Read mail"]
    assert bench.rows(EntryColumn.COMMENT) == ["", "said", ""]
    assert bench.rows(EntryColumn.SOURCE) == ["Command line", "By hand", "By hand"]
    assert [row[:9] for row in bench.rows(EntryColumn.TIMECROWD)] == ["Delivered"] * 3
    assert [row.partition(" ")[0] for row in bench.rows(EntryColumn.KAITEN)] == [
        "–",
        "Delivered",
        "–",
    ]
    assert frame.counted.text() == "Entries: 3"


def test_it_opens_with_the_keyboard_in_the_newest_entry(bench: Bench) -> None:
    assert bench.page.table.hasFocus()
    assert bench.selected() == ["e3"]


def test_marks_differ_by_shape_and_by_words(bench: Bench) -> None:
    bench.world.timer.add(TASK, Source.CLICK, NOW - HOUR / 2, NOW)
    bench.window.changed()
    assert bench.rows(EntryColumn.KAITEN)[0] == "Waiting"
    assert len(set(STATUS_MARKS.values())) == len(DeliveryStatus)


def test_what_runs_is_shown_and_cannot_be_changed(bench: Bench) -> None:
    bench.world.timer.start(TASK, Source.CLICK)
    bench.world.clock.move(minutes=5)
    bench.window.changed()
    running = bench.world.state()
    assert isinstance(running, Running)
    assert bench.rows(EntryColumn.TIMES)[0] == "12:00 – now"
    bench.select(running.entry.id)
    actions = [bench.page.action(each) for each in ENTRY_ACTIONS]
    enabled = [act.text() for act in actions if act.isEnabled()]
    assert enabled == ["Open in b&rowser"]


def test_nothing_ticks_while_nobody_looks(bench: Bench) -> None:
    assert bench.page.refresh_timer.isActive()
    bench.window.close()
    assert not bench.page.refresh_timer.isActive()
    bench.world.timer.add(WORDS, Source.MANUAL, NOW - HOUR / 2, NOW)
    assert len(bench.rows()) == 3
    bench.window.open()
    assert len(bench.rows()) == 4


def test_what_is_selected_stays_selected_when_something_comes(bench: Bench) -> None:
    bench.select("e2")
    bench.world.timer.add(WORDS, Source.MANUAL, NOW - HOUR / 2, NOW)
    assert bench.selected() == ["e2"]
    assert bench.rows(EntryColumn.TIMES)[0] == "11:30 – 12:00"


def test_the_sum_of_what_is_selected(bench: Bench) -> None:
    bench.select("e1", "e2")
    assert bench.page.selected.text() == "Selected: 2, 4:00"


# -- the pictures


def test_a_click_on_a_bar_goes_to_its_day(bench: Bench) -> None:
    bars = bench.page.bars
    QTest.mouseClick(bars, Qt.MouseButton.LeftButton, pos=bench.page.place_of(bars, "Mon 16 Nov"))
    assert bench.page.day_total.text() == "Mon 16 Nov  ·  3:00 of 8:00"
    assert "11:00 – 14:00, Read mail" in bench.page.day_description()


def test_keys_in_the_bars_go_from_day_to_day_and_from_week_to_week(bench: Bench) -> None:
    frame = bench.page
    frame.bars.setFocus()
    key(frame.bars, Qt.Key.Key_Home)
    assert frame.day_total.text().startswith("Mon 16 Nov")
    key(frame.bars, Qt.Key.Key_Left)
    assert frame.day_total.text().startswith("Sun 15 Nov")
    assert frame.period.text() == "9 – 15 November"
    assert bench.rows() == []
    key(frame.bars, Qt.Key.Key_PageDown)
    assert frame.day_total.text().startswith("Sun 22 Nov")
    assert len(bench.rows()) == 3


def test_a_click_on_a_block_selects_its_entry(bench: Bench) -> None:
    picture = bench.page.day
    place = bench.page.place_of(picture, "09:00 – 10:00")
    QTest.mouseClick(picture, Qt.MouseButton.LeftButton, pos=place)
    assert bench.selected() == ["e2"]


def test_a_click_on_a_block_with_ctrl_held_selects_that_entry_alone(bench: Bench) -> None:
    """Else Ctrl and a click would add to the selection, and Edit would have none to act on."""
    bench.select("e3")
    picture = bench.page.day
    place = bench.page.place_of(picture, "09:00 – 10:00")
    QTest.mouseClick(
        picture,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.ControlModifier,
        place,
    )
    assert bench.selected() == ["e2"]


def test_keys_in_the_timeline_select_and_open(bench: Bench) -> None:
    picture = bench.page.day
    picture.setFocus()
    key(picture, Qt.Key.Key_Left)
    assert bench.selected() == ["e2"]
    key(picture, Qt.Key.Key_Right)
    assert bench.selected() == ["e3"]
    key(picture, Qt.Key.Key_Home, Qt.Key.Key_Return)
    editing = EditPage.opened()
    assert editing.window.isVisible()
    assert editing.begin.text() == "09:00"


def test_a_block_whose_entry_is_filtered_out_is_found_all_the_same(bench: Bench) -> None:
    filters = bench.page.filters
    bench.page.filter_words.setText("nothing has this")
    key(bench.page.filter_words, Qt.Key.Key_Return)
    assert bench.rows() == []
    bench.page.day.entry_selected.emit("e2")
    assert bench.selected() == ["e2"]
    assert filters.dates is DateScope.DAY


def test_the_pictures_are_charts_read_out_with_their_numbers(bench: Bench) -> None:
    frame = bench.page
    bars = QAccessible.queryAccessibleInterface(frame.bars)
    day = QAccessible.queryAccessibleInterface(frame.day)
    assert bars.role() is day.role() is QAccessible.Role.Chart
    assert bars.text(QAccessible.Text.Description) == (
        "16 – 22 November: 4:30 of 40:00. Mon 16 Nov 3:00; Sun 22 Nov 1:30."
    )
    assert day.text(QAccessible.Text.Description) == (
        "Sun 22 Nov  ·  1:30 of 8:00. 09:00 – 10:00, Ship it, 1:00; 10:30 – 11:00, Read mail, 0:30."
    )
    assert day.text(QAccessible.Text.Name) == "10:30 – 11:00, Read mail, 0:30"  # the selected one


def test_a_week_is_named_by_its_months_and_another_year(bench: Bench) -> None:
    names = []
    for weeks in (-3, 5, 1):
        for _ in range(abs(weeks)):
            bench.page.action("later" if weeks > 0 else "earlier").trigger()
        names.append(bench.page.period.text())
    assert names == ["26 October – 1 November", "30 November – 6 December", "7 – 13 December"]
    for _ in range(3):
        bench.page.action("later").trigger()
    assert bench.page.period.text() == "28 December 2026 – 3 January 2027"


def test_the_week_can_be_seen_as_strips(bench: Bench) -> None:
    frame = bench.page
    assert not frame.week.isVisible()
    frame.choose_strips()
    assert frame.week.isVisible()
    assert not frame.bars.isVisible()
    seen = QAccessible.queryAccessibleInterface(frame.week)
    assert seen.text(QAccessible.Text.Name) == "Sun 22 Nov 1:30"
    assert seen.text(QAccessible.Text.Description).count("\n") == 1, "two days have entries"
    monday = frame.week.piece_rect("e1").center().toPoint()
    assert tooltip_at(frame.week, monday) == "11:00 – 14:00, Read mail, 3:00"
    QTest.mouseClick(frame.week, Qt.MouseButton.LeftButton, pos=monday)
    assert frame.day_total.text().startswith("Mon 16 Nov")
    assert bench.selected() == ["e1"]
    frame.week.setFocus()
    key(frame.week, Qt.Key.Key_Down)
    assert frame.day_total.text().startswith("Tue 17 Nov")
    key(frame.week, Qt.Key.Key_PageUp)
    assert frame.period.text() == "9 – 15 November"


def test_strips_are_of_a_week_alone(bench: Bench) -> None:
    bench.page.choose_strips()
    bench.page.choose_scope(Scope.MONTH)
    assert bench.page.bars.isVisible()
    assert not bench.page.week.isVisible()
    bench.page.choose_scope(Scope.WEEK)
    assert bench.page.week.isVisible()


def test_a_month_has_its_bars_and_its_total(bench: Bench) -> None:
    frame = bench.page
    frame.choose_scope(Scope.MONTH)
    assert (frame.period.text(), frame.bars_total.text()) == ("November 2026", "4:30")
    key(frame.bars, Qt.Key.Key_PageUp)
    assert frame.period.text() == "October 2026"
    assert frame.date.date() == QDate(2026, 10, 22)


def test_the_date_that_is_typed_is_shown(bench: Bench) -> None:
    bench.page.date.setDate(QDate(2026, 11, 16))
    assert bench.page.day_total.text().startswith("Mon 16 Nov")


# -- filters


def test_typing_filters_after_a_pause_and_drops_no_key(bench: Bench, qtbot: QtBot) -> None:
    filters = bench.page.filters
    with qtbot.waitSignal(filters.changed):
        QTest.keyClicks(bench.page.filter_words, "ship it")
    assert bench.page.filter_words.text() == "ship it"
    assert bench.rows() == ["#7  Ship it"]


@pytest.mark.parametrize(
    ("delivery_status", "rows"),
    [(DeliveryStatus.DELIVERED, 3), (DeliveryStatus.WAITING, 1), (DeliveryStatus.NEEDS_PERSON, 0)],
)
def test_a_filter_shows_entries_of_one_delivery_status(
    bench: Bench, delivery_status: DeliveryStatus, rows: int
) -> None:
    bench.world.timer.add(TASK, Source.CLICK, NOW - HOUR / 2, NOW)
    box = bench.page.filter_standing
    box.setFocus()
    for _ in range(tuple(DeliveryStatus).index(delivery_status) + 1):
        key(box, Qt.Key.Key_Down)
    assert len(bench.rows()) == rows


def test_a_filter_takes_chosen_dates(bench: Bench) -> None:
    filters = bench.page.filters
    bench.page.filter_dates.setFocus()
    key(bench.page.filter_dates, Qt.Key.Key_End)
    assert bench.page.filter_first.isVisible()
    assert filters.entry_filter() == EntryFilter(first=date(2026, 11, 16), last=SUNDAY)
    bench.page.filter_last.setDate(QDate(2026, 11, 20))
    assert len(bench.rows()) == 1


# -- paging


def many(bench: Bench, number: int) -> None:
    """Entries of years ago."""
    with bench.world.journal.transaction():
        bench.world.journal.connection.executemany(
            "INSERT INTO entry (id, task_id, comment, source, started_at, stopped_at)"
            " VALUES (?, 1, ?, 'cli', ?, ?)",
            ((f"m{n}", "first" if n == 0 else "", n * 600, n * 600 + 60) for n in range(number)),
        )


def show_all(bench: Bench) -> None:
    """All dates."""
    bench.page.filters.show_dates(DateScope.ALL)


def test_it_is_never_read_whole_and_scrolling_fetches_more(
    bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(bench, 3_000)
    read: set[str] = set()
    entries = HistoryController.entries

    def noted(desk: HistoryController, ids: Sequence[str]) -> object:
        read.update(ids)
        return entries(desk, ids)

    monkeypatch.setattr(HistoryController, "entries", noted)
    show_all(bench)
    model, table = bench.page.model, bench.page.table
    assert model.rowCount() == PAGE
    assert bench.page.counted.text() == f"Entries: {PAGE}, more as you scroll"
    table.setFocus()
    key(table, Qt.Key.Key_End, ctrl=True)
    qtbot.waitUntil(lambda: 2 * PAGE <= model.rowCount() <= 3 * PAGE)
    assert 0 < len(read) <= 150


def test_what_is_rare_is_searched_for_in_slices(bench: Bench, qtbot: QtBot) -> None:
    many(bench, 9_000)
    show_all(bench)
    model = bench.page.model
    bench.page.filter_words.setText("first")
    key(bench.page.filter_words, Qt.Key.Key_Return)
    assert model.is_searching
    assert bench.page.counted.text() == "Found 0, still searching…"
    qtbot.waitUntil(lambda: model.has_all_rows)
    assert len(bench.rows()) == 1
    assert bench.page.counted.text() == "Entries: 1"


def test_who_looks_at_the_middle_stays_there(bench: Bench) -> None:
    many(bench, 3_000)
    show_all(bench)
    model, table = bench.page.model, bench.page.table
    for _ in range(3):
        model.fetchMore()
    bench.select("m2500")
    table.scrollTo(model.index(500, 0))
    top = table.rowAt(0)
    rows = model.rowCount()
    bench.world.timer.add(WORDS, Source.MANUAL, NOW - HOUR / 2, NOW)
    assert bench.selected() == ["m2500"]
    assert model.rowCount() >= rows + 1
    assert abs(table.rowAt(0) - top) <= 1
    shown = [model.entry(row) for row in range(model.rowCount())]
    ids = [each.entry.id for each in shown if each is not None]
    assert len(ids) == model.rowCount() == len(set(ids))


def test_an_entry_that_is_gone_meanwhile_is_an_empty_row(bench: Bench) -> None:
    many(bench, 150)
    show_all(bench)
    row = bench.page.model.row_of("m20")
    assert row is not None
    assert row > 100, "nobody has looked at it yet"
    bench.world.journal.mark_deleted("m20")  # nobody tells the window
    assert bench.rows(EntryColumn.TASK)[row] == "None"
    bench.window.changed()
    assert "None" not in bench.rows(EntryColumn.TASK)


def test_the_model_is_sound(bench: Bench, qtmodeltester: object) -> None:
    many(bench, 500)
    show_all(bench)
    qtmodeltester.check(bench.page.model)  # type: ignore[attr-defined]


# -- acts


def test_delete_and_undo_by_the_keys(bench: Bench) -> None:
    before = bench.world.dump()
    table = bench.page.table
    bench.select("e2")
    key(table, Qt.Key.Key_Delete)
    assert bench.rows() == ["Read mail", "Read mail"]
    assert bench.said() == "Deleted here and in both services: Ship it"
    assert bench.selected() == ["e1"]  # the row that took its place
    key(table, Qt.Key.Key_Z, ctrl=True)
    assert bench.rows() == ["Read mail", "#7  Ship it", "Read mail"]
    assert bench.said() == "Undone."
    assert not bench.page.action("undo").isEnabled()
    after = bench.world.dump()
    assert after["entry"] == before["entry"]
    assert after["stretch"] == before["stretch"]


def test_several_are_deleted_and_one_undo_brings_all_back(bench: Bench) -> None:
    bench.select("e1", "e3")
    key(bench.page.table, Qt.Key.Key_Delete)
    assert bench.rows() == ["#7  Ship it"]
    assert bench.said() == "2 entries are deleted here and in both services"
    undo = bench.page.undo
    QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert bench.rows() == ["Read mail", "#7  Ship it", "Read mail"]


@pytest.fixture
def thirty(bench: Bench) -> Bench:
    """All of thirty entries are selected."""
    for number in range(27):
        began = NOW - 48 * HOUR + number * HOUR
        bench.world.timer.add(WORDS, Source.CLI, began, began + HOUR / 2)
    bench.page.table.selectAll()
    assert len(bench.selected()) == 30
    return bench


def test_many_are_deleted_while_it_shows_how_far_it_is(thirty: Bench) -> None:
    key(thirty.page.table, Qt.Key.Key_Delete)
    assert thirty.page.edit_message.text() == "Deleting entries: 5 of 30"
    assert thirty.page.edit_cancel.isVisible()
    key(thirty.page.table, Qt.Key.Key_Delete)
    assert len(thirty.started) == 1  # one at a time
    thirty.go_on()
    assert thirty.rows() == []
    assert thirty.said() == "30 entries are deleted here and in both services"
    assert not thirty.page.edit_cancel.isVisible()
    QTest.mouseClick(thirty.page.undo, Qt.MouseButton.LeftButton)
    assert thirty.page.edit_message.text() == "Undoing: 5 of 30"
    thirty.go_on()
    assert len(thirty.rows()) == len(thirty.selected()) == 30
    assert thirty.said() == "Undone."


def test_a_deletion_that_is_cancelled_keeps_what_is_done_and_its_undo(thirty: Bench) -> None:
    key(thirty.page.table, Qt.Key.Key_Delete)
    QTest.mouseClick(thirty.page.edit_cancel, Qt.MouseButton.LeftButton)
    thirty.go_on()
    assert len(thirty.rows()) == 25
    assert thirty.said() == "Deleted: 5 of 30 entries."
    QTest.mouseClick(thirty.page.undo, Qt.MouseButton.LeftButton)
    assert len(thirty.rows()) == 30
    assert thirty.said() == "Undone."


def test_an_undo_that_is_cancelled_can_go_on(thirty: Bench) -> None:
    key(thirty.page.table, Qt.Key.Key_Delete)
    thirty.go_on()
    QTest.mouseClick(thirty.page.undo, Qt.MouseButton.LeftButton)
    QTest.mouseClick(thirty.page.edit_cancel, Qt.MouseButton.LeftButton)
    thirty.go_on()
    assert (len(thirty.rows()), thirty.said()) == (5, "Undone: 5 of 30.")
    QTest.mouseClick(thirty.page.undo, Qt.MouseButton.LeftButton)
    thirty.go_on()
    assert (len(thirty.rows()), thirty.said()) == (30, "Undone.")


def test_an_entry_that_cannot_go_ends_a_deletion_and_is_named(thirty: Bench) -> None:
    gone = thirty.selected()[-1]
    thirty.world.journal.mark_deleted(gone)  # nobody tells the window
    key(thirty.page.table, Qt.Key.Key_Delete)
    thirty.go_on()
    assert thirty.said().startswith("Deleted: 25 of 30 entries. There is no such entry.")
    assert len(thirty.rows()) == 4
    assert thirty.page.action("undo").isEnabled()


def test_edit_by_the_keys(bench: Bench) -> None:
    bench.select("e2")
    key(bench.page.table, Qt.Key.Key_Return)
    editing = EditPage.opened()
    assert editing.window.focusWidget() is editing.begin
    editing.begin.selectAll()
    QTest.keyClicks(editing.begin, "8:15")
    assert editing.preview.text() == (
        "TimeCrowd: Ship it, Sun 22 Nov 2026 08:15 – 10:00 (1:45)\nKaiten: Sun 22 Nov, 105 min"
    )
    key(editing.begin, Qt.Key.Key_Return)
    assert not editing.window.isVisible()
    assert bench.rows(EntryColumn.TIMES)[1] == "08:15 – 10:00"
    assert bench.said() == "Changed: Ship it"
    assert bench.selected() == ["e2"]
    assert bench.page.day_total.text() == "Sun 22 Nov  ·  2:15 of 8:00"


def test_what_each_service_gets_is_previewed_and_is_what_they_get(bench: Bench) -> None:
    bench.select("e2")
    before = bench.world.dump()
    key(bench.page.table, Qt.Key.Key_Return)
    editing = EditPage.opened()
    assert editing.preview.text().endswith("\nKaiten: Sun 22 Nov, 60 min")  # nothing changed yet
    editing.length.selectAll()
    QTest.keyClicks(editing.length, "1h15m")
    assert editing.preview.text().endswith("\nKaiten: Sun 22 Nov, 75 min")
    assert bench.world.dump() == before  # a preview changes nothing
    key(editing.length, Qt.Key.Key_Return)
    bench.world.drain()
    logged = bench.world.journal.entry("e2")
    assert logged
    assert sum(each.minutes or 0 for each in logged.deliveries) == 75


def test_an_edit_of_an_entry_without_a_card_goes_to_timecrowd_alone(bench: Bench) -> None:
    key(bench.page.table, Qt.Key.Key_Return)
    assert EditPage.opened().preview.text() == (
        "TimeCrowd: Read mail, Sun 22 Nov 2026 10:30 – 11:00 (0:30)"
    )


def test_the_small_windows_go_once_their_change_is_committed(bench: Bench) -> None:
    """Who saw one go and pulls the plug has changed the entry."""
    seen: list[bool] = []
    small: list[QWidget] = []
    bench.world.timer.observe(lambda: seen.append(small[-1].windowHandle().isVisible()))
    bench.select("e2")
    key(bench.page.table, Qt.Key.Key_Return)
    editing = EditPage.opened()
    small.append(editing.window)
    QTest.keyClicks(editing.comment, "more")
    key(editing.comment, Qt.Key.Key_Return)
    bench.page.action("split").trigger()
    splitting = SplitPage.opened()
    small.append(splitting.window)
    key(splitting.at, Qt.Key.Key_Return)
    assert seen == [True, True]
    assert not any(each.isVisible() for each in small)


def test_an_entry_of_another_day_is_brought_to_be_edited(bench: Bench) -> None:
    bench.window.close()
    bench.window.edit_entry("e1", other_card=True)
    editing = EditPage.opened()
    assert editing.window.isVisible()
    assert editing.begin.text() == "11:00"
    assert bench.selected() == ["e1"]
    assert bench.page.day_total.text().startswith("Mon 16 Nov")


def test_a_length_typed_moves_the_end(bench: Bench) -> None:
    bench.select("e2")
    key(bench.page.table, Qt.Key.Key_F2)
    editing = EditPage.opened()
    assert editing.length.text() == "1:00"
    editing.length.selectAll()
    QTest.keyClicks(editing.length, "20m")
    assert editing.end.text() == ""
    key(editing.length, Qt.Key.Key_Return)
    assert bench.rows(EntryColumn.TIMES)[1] == "09:00 – 09:20"


def test_a_start_typed_anew_keeps_the_end_and_gives_up_the_length(bench: Bench) -> None:
    bench.select("e2")
    key(bench.page.table, Qt.Key.Key_F2)
    editing = EditPage.opened()
    editing.begin.selectAll()
    QTest.keyClicks(editing.begin, "9:15")
    assert (editing.end.text(), editing.length.text()) == ("10:00", "")
    assert editing.length.placeholderText() == "0:45"
    key(editing.begin, Qt.Key.Key_Return)
    assert bench.rows(EntryColumn.TIMES)[1] == "09:15 – 10:00"


def test_an_edit_of_nothing_offers_no_undo(bench: Bench) -> None:
    before = bench.world.dump()
    key(bench.page.table, Qt.Key.Key_Return)
    editing = EditPage.opened()
    key(editing.comment, Qt.Key.Key_Return)
    assert not editing.window.isVisible()
    assert not bench.page.action("undo").isEnabled()
    assert bench.world.dump() == before


def test_an_end_edited_leaves_the_start_in_the_second_pass_of_an_hour(bench: Bench) -> None:
    """The clocks of Berlin went back at 03:00 on 25 October: 02:30 is twice."""
    bench.world.clock.in_zone = ZoneInfo("Europe/Berlin")
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    bench.world.timer.add(TASK, Source.MANUAL, second, second + timedelta(minutes=15))
    bench.window.edit_entry("e4")
    editing = EditPage.opened()
    assert editing.begin.text() == "02:30 CET"
    editing.end.selectAll()
    QTest.keyClicks(editing.end, "2:50")
    times = "Sun 25 Oct 2026 02:30 CET – 02:50 CET (0:20)"
    assert editing.preview.text().startswith(f"TimeCrowd: Ship it, {times}\n")
    key(editing.end, Qt.Key.Key_Return)
    logged = bench.world.journal.entry("e4")
    assert logged
    assert logged.entry.started_at == second
    assert logged.stopped_at == second + timedelta(minutes=20)


def test_an_entry_over_midnight_is_shown_as_it_is_typed(bench: Bench) -> None:
    bench.world.timer.add(TASK, Source.MANUAL, NOW - 40 * HOUR, NOW - 15 * HOUR)
    bench.select("e4")
    key(bench.page.table, Qt.Key.Key_Return)
    editing = EditPage.opened()
    assert (editing.begin.text(), editing.end.text()) == ("20:00", "2026-11-21 21:00")
    QTest.keyClicks(editing.comment, "night")
    key(editing.comment, Qt.Key.Key_Return)
    logged = bench.world.journal.entry("e4")
    assert logged
    assert (logged.entry.comment, logged.stopped_at) == ("night", NOW - 15 * HOUR)


def test_times_that_nobody_touched_stay_as_they_are(bench: Bench) -> None:
    """In the hour that there is twice, too."""
    bench.world.clock.in_zone = ZoneInfo("Europe/Berlin")
    began = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # 2:30, the second time
    bench.world.timer.add(TASK, Source.MANUAL, began, began + HOUR)
    show_all(bench)
    bench.select("e4")
    key(bench.page.table, Qt.Key.Key_Return)
    editing = EditPage.opened()
    assert editing.begin.text() == "02:30 CET"
    QTest.keyClicks(editing.comment, "x")
    key(editing.comment, Qt.Key.Key_Return)
    logged = bench.world.journal.entry("e4")
    assert logged
    assert (logged.entry.comment, logged.entry.started_at) == ("x", began)


def test_what_is_wrong_gets_the_keyboard_and_says_so(bench: Bench) -> None:
    key(bench.page.table, Qt.Key.Key_Return)
    editing = EditPage.opened()
    editing.end.setText("soon")
    assert "is not a time" in editing.preview.text()
    key(editing.comment, Qt.Key.Key_Return)
    assert editing.window.isVisible()
    assert editing.window.focusWidget() is editing.end
    key(editing.window, Qt.Key.Key_Escape)
    assert not editing.window.isVisible()


def test_other_card_gives_the_entry_another_task(bench: Bench) -> None:
    bench.select("e2")
    key(bench.page.table, Qt.Key.Key_L, ctrl=True)
    editing = EditPage.opened()
    assert editing.window.focusWidget() is editing.search.field
    QTest.keyClicks(editing.search.field, "sweep")
    assert editing.preview.text() == "Choose a card or a task."
    key(editing.search.field, Qt.Key.Key_Return)
    key(editing.comment, Qt.Key.Key_Return)
    logged = bench.world.journal.entry("e2")
    assert logged
    assert logged.entry.task != TASK
    assert logged.entry.comment == "said"


def test_other_card_keeps_the_address(bench: Bench) -> None:
    page = "https://example.com/a"
    at_page = Task("Read it", None, page)
    bench.world.editor.edit("e2", EntryEdit(task=at_page))
    bench.select("e2")
    key(bench.page.table, Qt.Key.Key_L, ctrl=True)
    editing = EditPage.opened()
    QTest.keyClicks(editing.search.field, "Ship")
    key(editing.search.field, Qt.Key.Key_Return)
    key(editing.comment, Qt.Key.Key_Return)
    logged = bench.world.journal.entry("e2")
    assert logged
    assert logged.entry.task.card is not None
    assert logged.entry.task == Task("Read it", logged.entry.task.card, page)


def test_split_in_the_middle_or_where_one_says(bench: Bench) -> None:
    bench.select("e2")
    key(bench.page.table, Qt.Key.Key_T, ctrl=True)
    splitting = SplitPage.opened()
    assert splitting.at.text() == "09:30"
    assert splitting.preview.text() == "09:00 – 09:30 (0:30) and 09:30 – 10:00 (0:30)"
    QTest.keyClicks(splitting.at, "11")
    assert splitting.preview.text() == "“11” is outside the entry."
    splitting.at.setText("9:45")
    key(splitting.at, Qt.Key.Key_Return)
    assert bench.rows(EntryColumn.TIMES) == [
        "10:30 – 11:00", "09:45 – 10:00", "09:00 – 09:45", "11:00 – 14:00",
    ]  # fmt: skip
    QTest.mouseClick(bench.page.undo, Qt.MouseButton.LeftButton)
    assert bench.rows(EntryColumn.TIMES)[1] == "09:00 – 10:00"


def test_continue_starts_its_task(bench: Bench) -> None:
    bench.select("e2")
    key(bench.page.table, Qt.Key.Key_Return, ctrl=True)
    running = bench.world.state()
    assert isinstance(running, Running)
    assert running.entry.task == TASK
    assert bench.said() == "Started: Ship it"
    assert bench.rows(EntryColumn.TIMES)[0] == "12:00 – now"


def test_what_cannot_be_written_is_said_and_nothing_is_lost(bench: Bench) -> None:
    bench.world.make_unwritable()
    key(bench.page.table, Qt.Key.Key_Delete)
    assert "is read-only" in bench.said()
    assert len(bench.rows()) == 3
    bench.world.make_unwritable(unwritable=False)


def test_keys_of_entries_do_nothing_while_something_is_typed(bench: Bench) -> None:
    words = bench.page.filter_words
    words.setFocus()
    QTest.keyClicks(words, "ab")
    key(words, Qt.Key.Key_Delete, Qt.Key.Key_Return)
    assert not any(isinstance(each, EditEntryWindow) for each in QApplication.topLevelWidgets())
    bench.page.filters.show_dates(DateScope.PERIOD)
    assert len(bench.rows()) == 3


def test_a_link_opens_by_mouse_and_by_key(bench: Bench) -> None:
    table = bench.page.table
    QTest.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, pos=bench.cell("e2", EntryColumn.KAITEN)
    )
    assert bench.visited == ["https://acme.kaiten.ru/7"]
    QTest.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, pos=bench.cell("e2", EntryColumn.TIMECROWD)
    )
    key(table, Qt.Key.Key_O, ctrl=True)
    assert bench.visited == ["https://acme.kaiten.ru/7"] * 2


@pytest.mark.qt_log_ignore("This plugin does not support grabbing", extend=True)
def test_the_menu_of_an_entry_has_all_that_the_buttons_have(bench: Bench) -> None:
    bench.page.table.customContextMenuRequested.emit(QPoint(5, 5))
    menu = QApplication.activePopupWidget()
    assert menu is not None
    assert [act.text() for act in menu.actions()] == [
        "&Edit…", "&Other card…", "&Split…", "&Continue", "&Delete", "Open in b&rowser",
    ]  # fmt: skip
    menu.close()


# -- what is said


def delete_one(bench: Bench) -> None:
    """So something is said, with an Undo."""
    bench.select("e2")
    key(bench.page.table, Qt.Key.Key_Delete)
    assert bench.said() == "Deleted here and in both services: Ship it"


def test_what_was_said_goes_with_the_next_act(bench: Bench) -> None:
    delete_one(bench)
    bench.page.action("edit").trigger()
    assert bench.said() == ""
    assert bench.page.action("undo").isEnabled()  # by its key


def test_what_was_said_goes_by_itself(bench: Bench) -> None:
    delete_one(bench)
    timer = bench.page.message_timer
    assert timer.isActive()
    assert timer.isSingleShot()
    timer.timeout.emit()
    assert bench.said() == ""
    key(bench.page.table, Qt.Key.Key_Z, ctrl=True)
    assert bench.said() == "Undone."


def test_what_was_said_goes_with_the_window(bench: Bench) -> None:
    delete_one(bench)
    bench.window.close()
    assert not bench.page.message_timer.isActive()
    bench.window.open()
    assert bench.said() == ""


def test_what_was_said_follows_the_language(bench: Bench, language: Language) -> None:
    delete_one(bench)
    language.apply("ru")
    QApplication.processEvents()
    assert bench.said() == "Удаляется здесь и в обоих сервисах: Ship it"
    bench.world.make_unwritable()
    bench.page.action("delete").trigger()
    assert bench.said()
    language.apply("ja")
    QApplication.processEvents()
    assert bench.said() == ""  # a sentence of another language would stay there
    bench.world.make_unwritable(unwritable=False)


@pytest.mark.parametrize("ids", [("e2",), ("e2", "e3")])
def test_another_language_keeps_the_selection(
    bench: Bench, language: Language, ids: tuple[str, ...]
) -> None:
    show_all(bench)
    bench.select(*ids)
    before = bench.selected()
    for code in ("ru", "en", "ja"):  # weeks begin on another day
        language.apply(code)
        QApplication.processEvents()
        assert bench.selected() == before


def test_another_week_keeps_the_selection(bench: Bench, language: Language) -> None:
    bench.select("e2")
    for code in ("ru", "en"):
        language.apply(code)
        QApplication.processEvents()
        assert bench.selected() == ["e2"]


def test_a_click_on_a_button_leaves_the_keys_with_the_entries(bench: Bench, tmp_path: Path) -> None:
    bench.page.table.setFocus()
    for each in bench.window.findChildren(ActionButton):
        assert each.focusPolicy() is Qt.FocusPolicy.TabFocus
    export = next(
        each for each in bench.window.findChildren(ActionButton) if "xport" in each.text()
    )
    QTest.mouseClick(export, Qt.MouseButton.LeftButton)
    dialog = bench.page.export_dialog()
    dialog.fileSelected.emit(str(tmp_path / "week.json"))
    dialog.reject()
    bench.go_on()
    bench.window.activateWindow()
    QApplication.processEvents()
    assert bench.window.focusWidget() is bench.page.table
    QTest.keyClick(bench.window.focusWidget(), Qt.Key.Key_Delete)
    assert len(bench.rows()) == 2


def test_how_an_export_ended_goes_with_the_next_act(
    bench: Bench, tmp_path: Path, language: Language
) -> None:
    bench.page.action("export").trigger()
    dialog = bench.page.export_dialog()
    dialog.fileSelected.emit(str(tmp_path / "week.json"))
    dialog.close()
    bench.go_on()
    language.apply("ru")
    QApplication.processEvents()
    assert bench.page.export_message.text() == "Экспортированы 3 записи"
    bench.page.action("edit").trigger()
    assert not bench.page.export_message.isVisible()


def test_it_opens_no_larger_than_the_screen(bench: Bench) -> None:
    screen = bench.window.screen().availableGeometry()
    assert bench.window.height() < screen.height()
    assert bench.window.width() <= max(screen.width(), bench.window.minimumSizeHint().width())


@pytest.mark.parametrize("scope", [Scope.DAY, Scope.WEEK])
def test_rows_have_the_room_of_the_pictures_in_a_low_window(bench: Bench, scope: Scope) -> None:
    """First the bars give way, then the day; in a high window both are there."""
    bench.page.choose_scope(scope)
    bars, day = bench.page.bars, bench.page.day
    row = bench.page.table.verticalHeader().defaultSectionSize()
    seen = []
    for high in (*range(900, 180, -40), 900):
        bench.window.resize(900, high)
        QApplication.processEvents()
        pictures = bars.isVisible(), day.isVisible()
        seen.append(pictures)
        assert bench.page.table.viewport().height() > 3.8 * row or pictures == (False, False), high
    has_bars = scope is Scope.WEEK
    assert seen[0] == seen[-1] == (has_bars, True)
    assert seen[:-1] == sorted(seen[:-1], reverse=True)
    assert (False, True) in seen
    assert (False, False) in seen


def test_all_lines_of_the_filter_are_whole(bench: Bench) -> None:
    bench.window.resize(640, 480)
    QApplication.processEvents()
    filters = bench.page.filters
    shown = [each for each in filters.findChildren(QWidget)
             if each.parent() is filters and each.isVisible()]  # fmt: skip
    assert max(each.geometry().top() for each in shown) > shown[0].height(), "on two lines"
    assert all(each.geometry().bottom() < filters.height() for each in shown)


def test_a_list_without_rows_says_so(bench: Bench) -> None:
    key(bench.page.bars, Qt.Key.Key_Home)
    key(bench.page.bars, Qt.Key.Key_Left)  # the week before
    assert bench.rows() == []
    picture = bench.page.table.viewport().grab().toImage()
    middle = picture.height() // 2
    ground = picture.pixel(2, 2)
    columns = range(picture.width() // 4, 3 * picture.width() // 4)
    rows = range(middle - 12, middle + 12)
    assert any(picture.pixel(x, y) != ground for x in columns for y in rows)


def test_an_undo_is_heard_with_its_key(bench: Bench, said: list[str]) -> None:
    bench.select("e1")
    key(bench.page.table, Qt.Key.Key_Delete)
    assert said[-1] == "Undo: Ctrl+Z"


# -- compare


def compare(bench: Bench) -> None:
    """What both services hold: one entry that nobody here knows."""
    held = RemoteEntry("999", "1", NOW - 8 * HOUR, NOW - 7 * HOUR)
    bench.world.tracker = FakeTracker(TrackedEntry(held, "Made elsewhere"))
    key(bench.page.table, Qt.Key.Key_M, ctrl=True)


def test_comparing_changes_nothing_and_each_row_has_its_repair(bench: Bench) -> None:
    before = bench.world.dump()
    compare(bench)
    comparing = ComparePage.opened()
    assert comparing.progress.isVisible()
    bench.go_on()
    assert bench.world.dump() == before
    assert not comparing.progress.isVisible()
    verdicts = [row.accessibleName() for row in comparing.rows]
    assert sorted(each.partition(",")[0] for each in verdicts) == ["Extra"] + ["Missing"] * 3
    extra = next(row for row in comparing.rows if row.accessibleName() == "Extra, TimeCrowd")
    assert "Made elsewhere" in extra.accessibleDescription()
    button = extra.findChild(QPushButton)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    bench.go_on()
    assert bench.world.journal.entry("e4") is not None
    assert comparing.message.text().startswith("Repaired: 1.")


def test_rows_that_come_anew_keep_the_keyboard_and_are_as_wide_as_the_window(bench: Bench) -> None:
    compare(bench)
    bench.go_on()
    comparing = ComparePage.opened()
    larger = QFont(comparing.window.font())
    larger.setPointSizeF(larger.pointSizeF() * 2)
    comparing.window.setFont(larger)
    comparing.window.resize(500, 500)
    bench.go_on()
    area = comparing.find(QScrollArea, "rows")
    assert all(row.width() <= area.viewport().width() for row in comparing.rows)
    first = comparing.rows[0].findChild(QPushButton)
    assert first is not None
    first.setFocus()
    comparing.find(QCheckBox, "matched").toggle()
    again = comparing.rows[0].findChild(QPushButton)
    assert again is not None
    assert again is not first
    assert comparing.window.focusWidget() is again


def test_comparing_nothing_says_so_in_one_sentence(bench: Bench) -> None:
    compare(bench)
    comparing = ComparePage.opened()
    comparing.window.on_audited(Audit(SUNDAY, SUNDAY, ()), None)
    assert comparing.message.text() == "There is nothing to compare."
    unasked = NotPossible(AuditMessageId.NO_KAITEN, "no connection.")
    comparing.window.on_audited(Audit(SUNDAY, SUNDAY, (), (unasked,)), None)
    assert comparing.message.text() == str(unasked)


def test_all_are_repaired_by_one_button(bench: Bench) -> None:
    compare(bench)
    bench.go_on()
    comparing = ComparePage.opened()
    comparing.click("repair-all")
    bench.go_on()
    assert comparing.message.text().startswith("Repaired: 4.")


def test_a_repair_shows_how_far_it_is_and_what_it_did_before_it_was_cancelled(
    bench: Bench,
) -> None:
    compare(bench)
    bench.go_on()
    comparing = ComparePage.opened()
    comparing.click("repair-all")
    comparing.window.on_repair_progress(1_025, 1_030)
    assert comparing.message.text() == "Repairing: 1,025 of 1,030"
    assert (comparing.progress.value(), comparing.progress.maximum()) == (1_025, 1_030)
    comparing.click("cancel")
    assert bench.started[-1].cancelled
    assert comparing.message.text() == "Cancelled. Repaired: 1,025 of 1,030."


def test_an_audit_that_is_cancelled_or_closed_is_left(bench: Bench) -> None:
    compare(bench)
    comparing = ComparePage.opened()
    key(comparing.cancel, Qt.Key.Key_Space)
    assert bench.started[0].cancelled
    assert comparing.message.text() == "Cancelled."
    comparing.click("refresh")
    key(comparing.window, Qt.Key.Key_Escape)
    assert not comparing.window.isVisible()
    assert bench.started[1].cancelled


# -- export


def test_an_export_writes_the_entries_to_the_chosen_file(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "week.json"
    key(bench.page.table, Qt.Key.Key_E, ctrl=True)
    dialog = bench.page.export_dialog()
    assert not dialog.testAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.emit(str(path))
    dialog.close()
    assert bench.page.export_progress.isVisible()
    bench.go_on()
    assert bench.page.export_message.text() == "Exported: 3 entries"
    assert [each["id"] for each in json.loads(path.read_text())] == ["e1", "e2", "e3"]


def test_an_export_is_cancelled(bench: Bench, tmp_path: Path) -> None:
    bench.page.action("export").trigger()
    dialog = bench.page.export_dialog()
    dialog.fileSelected.emit(str(tmp_path / "a.csv"))
    dialog.close()
    QTest.mouseClick(bench.page.export_cancel, Qt.MouseButton.LeftButton)
    assert bench.started[0].cancelled
    assert bench.page.export_message.text() == "Export cancelled: the file is as it was before."
    assert not bench.page.export_cancel.isVisible()


# -- for everybody


def controls(window: QWidget) -> list[QWidget]:
    """What the keyboard can reach."""
    return [each for each in window.findChildren(QWidget)
            if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisible()]  # fmt: skip


def test_every_control_has_a_name(bench: Bench) -> None:
    compare(bench)
    bench.page.action("edit").trigger()
    bench.page.action("split").trigger()
    windows = (bench.window, EditPage.opened().window, SplitPage.opened().window,
               ComparePage.opened().window)  # fmt: skip
    for window in windows:
        assert window is not None
        for each in controls(window):
            if each.focusProxy() is not None or each.objectName().startswith("qt_"):
                continue
            found = QAccessible.queryAccessibleInterface(each)
            assert found.text(QAccessible.Text.Name), (window.windowTitle(), each)


def test_tab_goes_through_everything_once(bench: Bench) -> None:
    bench.page.date.setFocus()
    seen: list[QWidget] = []
    for _ in range(40):  # a date has three parts, each a stop
        here = QApplication.focusWidget()
        assert here is not None
        seen.append(here)
        QTest.keyClick(here, Qt.Key.Key_Tab)
    assert seen.index(seen[-1]) < len(seen) - 1, "it comes round"
    names = {type(each).__name__ for each in seen}
    assert {"QDateEdit", "QComboBox", "BarChartWidget", "DayTimelineWidget",
            "ActionButton"} <= names  # fmt: skip
    assert any(isinstance(each, QLineEdit) for each in seen)
    assert bench.page.table in seen
    buttons = [each for each in bench.window.findChildren(ActionButton)
               if each.isVisible() and each.isEnabled()]  # fmt: skip
    assert {*buttons} <= {*seen}


def test_keys_are_not_given_twice(bench: Bench) -> None:
    actions = [each for each in bench.window.findChildren(QAction) if each.shortcuts()]
    keys = [key.toString() for act in actions for key in act.shortcuts()]
    assert len(keys) == len(set(keys))
    letters = [QKeySequence.mnemonic(act.text()).toString() for act in actions]
    given = [each for each in letters if each]
    assert len(given) == len(set(given))


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_text_is_clipped_at_any_font_size(bench: Bench, scale: float) -> None:
    font = QFont(QApplication.font())
    font.setPointSizeF(font.pointSizeF() * scale)
    window = bench.window
    window.setFont(font)
    QApplication.sendEvent(window, QEvent(QEvent.Type.FontChange))
    QApplication.processEvents()
    for button in window.findChildren(ActionButton):
        if button.isVisible():
            assert button.width() >= button.sizeHint().width(), button.text()
    for label in window.findChildren(QLabel):
        if label.isVisible() and label.text():
            assert label.height() >= label.fontMetrics().height(), label.text()
    assert bench.page.table.verticalHeader().defaultSectionSize() > window.fontMetrics().height()


def test_long_titles_are_cut_with_the_whole_in_the_tip(bench: Bench) -> None:
    long = Task("Перенести справку " * 20)
    bench.world.timer.add(long, Source.MANUAL, NOW - HOUR / 2, NOW)
    model = bench.page.model
    index = model.index(0, EntryColumn.TASK)
    assert model.data(index, Qt.ItemDataRole.ToolTipRole) == long.title
    assert bench.page.table.textElideMode() is Qt.TextElideMode.ElideRight
    assert bench.window.minimumSizeHint().width() < 900


@pytest.mark.parametrize(
    ("width", "title", "wanted", "number", "kept"),
    [
        (400, 100, 150, 80, 150),  # all has room
        (200, 300, 150, 80, 80),  # a long title leaves the number its room
        (150, 300, 150, 80, 0),  # or has what there is, when that is too little for both
        (60, 300, 80, 80, 0),
        (60, 30, 80, 80, 0),
        (120, 30, 200, 80, 90),  # nothing of a short title is cut for a comment
        (200, 300, 150, 0, 50),
        (300, 300, 0, 0, 0),
    ],
)
def test_a_title_keeps_its_least_width_beside_number_and_comment(
    width: int, title: int, wanted: int, number: int, kept: int
) -> None:
    assert width_beside_title(width, title, wanted, number, least=100) == kept


def test_the_words_of_the_services_come_back_with_the_room_for_them(bench: Bench) -> None:
    bench.window.show()
    table = bench.page.table
    widths = []
    for width in (2000, 500, 2000):
        bench.window.resize(width, 700)
        table.resize(width - 40, table.height())  # a window may be kept wider by its buttons
        widths.append(table.columnWidth(EntryColumn.TIMECROWD))
    assert widths[1] < widths[0] / 2
    assert widths[2] == widths[0]


@pytest.mark.parametrize("seconds", [5, 59, 60, 99 * 3600])
def test_the_length_of_an_entry_is_whole(bench: Bench, seconds: int) -> None:
    table = bench.page.table
    font = tabular_font(scaled_font(table.font(), Scale.BODY, semibold=True))
    text = QFontMetrics(font).horizontalAdvance(words.duration(seconds))
    assert text <= table.columnWidth(EntryColumn.LENGTH) - SMALL - TINY


def test_a_service_that_needs_a_person_says_why_in_the_tip(bench: Bench) -> None:
    bench.world.timer.add(TASK, Source.CLICK, NOW - HOUR / 2, NOW)
    logged = bench.world.journal.entry("e4")
    assert logged
    bench.world.journal.set_state(
        logged.deliveries[1].id, DeliveryState.BLOCKED, "The card is archived.", refused_status=422
    )
    bench.window.changed()
    index = bench.page.model.index(0, EntryColumn.KAITEN)
    assert bench.rows(EntryColumn.KAITEN)[0] == "Needs your attention"
    assert bench.page.model.data(index, Qt.ItemDataRole.ToolTipRole) == (
        "Kaiten: Needs your attention\nThe card is archived."
    )


def test_an_index_of_nowhere_has_no_data(bench: Bench) -> None:
    assert bench.page.model.data(QModelIndex()) is None


# -- dragging in the day


def drag(bench: Bench, from_: datetime, to: datetime, *, shift: bool = False, row: int = 1) -> None:
    """Take what is at one time of the day to another; `row` is where the entry of nine is."""
    day = bench.page.day
    high = bench.page.place_of(day, "09:00").y()
    begin, end = (QPoint(round(day.x_at(at)), high) for at in (from_, to))
    held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    QTest.mousePress(day, Qt.MouseButton.LeftButton, held, begin)
    for at in ((begin + end) / 2, end):
        move = QMouseEvent(
            QEvent.Type.MouseMove, QPointF(at), day.mapToGlobal(QPointF(at)),
            Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton, held,
        )  # fmt: skip
        QApplication.sendEvent(day, move)
    assert bench.rows(EntryColumn.TIMES)[row] == "09:00 – 10:00", "nothing changes while it is held"
    QTest.mouseRelease(day, Qt.MouseButton.LeftButton, held, end)


def test_an_edge_that_is_dragged_changes_the_entry_and_can_be_undone(bench: Bench) -> None:
    drag(bench, NOW - 2 * HOUR, NOW - 1.72 * HOUR)
    assert bench.rows(EntryColumn.TIMES)[1] == "09:00 – 10:15"
    assert bench.selected() == ["e2"]
    assert bench.said() == "Changed: Ship it"
    QTest.mouseClick(bench.page.undo, Qt.MouseButton.LeftButton)
    assert bench.rows(EntryColumn.TIMES)[1] == "09:00 – 10:00"
    drag(bench, NOW - 3 * HOUR, NOW - 2.7 * HOUR, shift=True)
    assert bench.rows(EntryColumn.TIMES)[1] in ("09:17 – 10:00", "09:18 – 10:00", "09:19 – 10:00")


def test_the_start_of_what_runs_can_be_dragged_and_not_its_end(bench: Bench) -> None:
    bench.world.timer.start(TASK, Source.CLICK, at=NOW - 0.75 * HOUR)
    drag(bench, NOW, NOW - HOUR / 4, row=2)
    assert bench.rows(EntryColumn.TIMES)[0] == "11:15 – now"
    drag(bench, NOW - 0.75 * HOUR, NOW - HOUR / 4, row=2)
    assert bench.rows(EntryColumn.TIMES)[0] == "11:45 – now"
    assert bench.said() == "Changed: Ship it"
    QTest.mouseClick(bench.page.undo, Qt.MouseButton.LeftButton)
    assert bench.rows(EntryColumn.TIMES)[0] == "11:15 – now"


def test_an_edge_cannot_pass_the_other_and_a_click_changes_nothing(bench: Bench) -> None:
    drag(bench, NOW - 2 * HOUR, NOW - 2 * HOUR)
    assert bench.said() == ""
    drag(bench, NOW - 2 * HOUR, NOW - 3.8 * HOUR)
    assert bench.rows(EntryColumn.TIMES)[1] == "09:00 – 09:01"


def test_why_a_drag_was_refused_is_said(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise NotPossible(EntryMessageId.CHANGED_SINCE)

    monkeypatch.setattr(bench.world.editor, "edit", refuse)
    drag(bench, NOW - 2 * HOUR, NOW - 1.75 * HOUR)
    assert "changed since" in bench.said()
    assert bench.rows(EntryColumn.TIMES)[1] == "09:00 – 10:00"
    assert not bench.page.action("undo").isEnabled()


# -- totals, and the day of a row


def test_a_selected_row_shows_its_day_and_stays_in_its_list(bench: Bench) -> None:
    bench.select("e1")
    assert bench.page.day_total.text().startswith("Mon 16 Nov")
    assert bench.selected() == ["e1"]
    assert len(bench.rows()) == 3
    bench.select("e3")
    assert bench.page.day_total.text().startswith("Sun 22 Nov")


def test_the_totals_of_the_range_by_task_and_by_card_can_be_copied(bench: Bench) -> None:
    bench.page.action("totals").trigger()
    window = opened(TotalsWindow)
    rows = window.findChild(QTableWidget, "rows")
    kind = window.findChild(SegmentedChoice, "kind")
    assert rows is not None
    assert kind is not None

    def shown() -> list[tuple[str, str]]:
        model = rows.model()
        return [
            (str(model.index(row, 0).data()), str(model.index(row, 1).data()))
            for row in range(model.rowCount())
        ]

    assert shown() == [("Read mail", "3:30"), ("#7  Ship it", "1:00")]
    copy = window.findChild(QPushButton, "copy")
    assert copy is not None
    QTest.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == "Read mail\t3:30\n#7  Ship it\t1:00\n"
    QTest.mouseClick(kind.findChildren(QAbstractButton)[1], Qt.MouseButton.LeftButton)
    assert shown() == [("Without a card", "3:30"), ("#7  Ship it", "1:00")]
    bench.page.choose_scope(Scope.DAY)
    assert shown() == [("#7  Ship it", "1:00"), ("Without a card", "0:30")]
    window.close()


@pytest.mark.parametrize(
    ("title", "copied"),
    [
        ('=HYPERLINK("https://evil.example")', '\'=HYPERLINK("https://evil.example")'),
        ("＠SUM(1)", "'＠SUM(1)"),
        ("Ship\t=1+1", "Ship =1+1"),
    ],
)
def test_copied_totals_hold_no_formula(bench: Bench, title: str, copied: str) -> None:
    bench.world.timer.add(Task(title), Source.MANUAL, NOW - 2 * HOUR, NOW - HOUR)
    bench.page.action("totals").trigger()
    window = opened(TotalsWindow)
    window.copy()
    assert f"{copied}\t1:00\n" in QApplication.clipboard().text()
    window.close()


def test_a_mark_that_needs_a_person_leads_to_the_problems(bench: Bench) -> None:
    requested: list[bool] = []
    bench.window.problems_requested.connect(lambda: requested.append(True))
    (number,) = bench.world.journal.connection.execute(
        "SELECT max(id) FROM delivery WHERE entry_id = 'e2' AND service = 'kaiten'"
    ).fetchone()
    bench.world.journal.set_state(number, DeliveryState.BLOCKED, "No such card.")
    bench.window.changed()
    place = bench.cell("e2", EntryColumn.KAITEN)
    QTest.mouseClick(bench.page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert requested == [True]


@pytest.mark.qt_log_ignore("grabbing the keyboard")
def test_the_menu_of_a_row_opens_at_its_end(bench: Bench) -> None:
    place = bench.cell("e2", EntryColumn.MENU)
    QTest.mouseClick(bench.page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    (menu,) = [each for each in bench.window.findChildren(QMenu) if each.isVisible()]
    assert bench.page.action("split") in menu.actions()
    assert bench.selected() == ["e2"]
    menu.close()
