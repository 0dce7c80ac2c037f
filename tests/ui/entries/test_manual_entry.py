"""Add time: what it shows while one types, and what Enter makes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QDate, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.support.pages.entry_windows import ManualEntryPage
from tests.ui.conftest import CARD, KNOWN, OTHER, Asked
from timer_app.domain.delivery.outbox import LoggedEntry
from timer_app.domain.entries.entry import Entry, Source
from timer_app.domain.entries.minutes import DaySegment
from timer_app.domain.errors import BadInput
from timer_app.domain.messages import TimeMessageId
from timer_app.domain.setup.span_input import BadSpan, SpanField, TypedSpan, parse_span
from timer_app.services.entries.history import Calendar, DayTimeline, day_timeline
from timer_app.services.entries.manual_entry import EntryDraft, EntryPreview, PlannedLog
from timer_app.ui.entries import manual_entry_words
from timer_app.ui.entries.manual_entry import ManualEntryWindow

MOSCOW = ZoneInfo("Europe/Moscow")
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = date(2026, 11, 22)


@dataclass
class Adding:
    """Implements `Adding`: previews truly, and notes what is added."""

    day: date = TODAY
    added: list[EntryDraft] = field(default_factory=list)
    refusal: str = ""
    overlaps: bool = False

    def today(self) -> date:
        """See Adding."""
        return self.day

    def day_of(self, instant: datetime) -> date:
        """See Adding."""
        return instant.astimezone(MOSCOW).date()

    def timeline(self, of: date) -> DayTimeline:
        """See Adding. On each day the other task takes from 10:00 to 11:00."""
        begins = datetime.combine(of, time(10), MOSCOW)
        entry = Entry("other", OTHER, begins, Source.CLICK)
        logged = LoggedEntry(entry, begins + timedelta(hours=1), (), None)
        return day_timeline(of, [logged], 3600, 0, Calendar(MOSCOW, time(0), NOW))

    def preview(self, draft: EntryDraft) -> EntryPreview:
        """See Adding."""
        left = 4096 - len(draft.comment)
        try:
            span = parse_span(draft.typed, NOW, MOSCOW)
        except BadSpan as wrong:
            return EntryPreview(draft.task, None, wrong, False, (), (), left)
        days = (PlannedLog(DaySegment(draft.typed.day, 5400), 90),)
        return EntryPreview(draft.task, span, None, True, days, (OTHER,) * self.overlaps, left)

    def add(self, draft: EntryDraft) -> str:
        """See Adding."""
        if not self.refusal:
            self.added.append(draft)
        return self.refusal


@pytest.fixture
def adding() -> Adding:
    """Whom the window asks."""
    return Adding()


@pytest.fixture
def page(qtbot: QtBot, adding: Adding) -> ManualEntryPage:
    """The window, open."""
    page = ManualEntryPage(ManualEntryWindow(adding, Asked(KNOWN), lambda: MOSCOW))
    qtbot.addWidget(page.window)
    page.window.open()
    qtbot.waitExposed(page.window)
    return page


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def type_(words: str) -> None:
    QTest.keyClicks(focused(), words)


def press(key: Qt.Key) -> None:
    QTest.keyClick(focused(), key)


def test_an_entry_is_added_by_keyboard_alone(page: ManualEntryPage, adding: Adding) -> None:
    press(Qt.Key.Key_Return)  # the first of the recent tasks
    type_("9-10:30")
    press(Qt.Key.Key_Return)
    assert adding.added == [EntryDraft(CARD, TypedSpan(TODAY, "9-10:30"))]
    assert not page.window.isVisible()


ENTER, TAB = "\r", "\t"


@pytest.mark.parametrize(
    ("keys", "comment"),
    [(f"{ENTER}9-10:30{ENTER}", ""),
     (f"Ship{ENTER}9-10{ENTER}", ""), (f"{ENTER}9-10{TAB}{TAB}{TAB}sync{ENTER}", "sync")],
    ids=["usual", "another task", "with a comment"],
)  # fmt: skip
def test_few_keys_add_an_entry(
    page: ManualEntryPage, adding: Adding, keys: str, comment: str
) -> None:
    """No more than a slow hand (three keys a second) types in five seconds, right after opening."""
    assert len(keys) <= 5 * 3
    special = {ENTER: Qt.Key.Key_Return, TAB: Qt.Key.Key_Tab}
    for each in keys:
        if each in special:
            press(special[each])
        else:
            type_(each)
    assert [each.comment for each in adding.added] == [comment]
    assert not page.window.isVisible()


def test_it_goes_once_it_is_added(
    page: ManualEntryPage, adding: Adding, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who saw it go and pulls the plug has added the entry."""
    seen: list[bool] = []

    def add(_: EntryDraft) -> str:
        seen.append(page.window.windowHandle().isVisible())
        return ""

    monkeypatch.setattr(adding, "add", add)
    press(Qt.Key.Key_Return)
    type_("9-10:30")
    press(Qt.Key.Key_Return)
    assert seen == [True]
    assert not page.window.isVisible()


def test_what_the_services_will_receive_and_what_follows(page: ManualEntryPage) -> None:
    press(Qt.Key.Key_Return)
    type_("9:00")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Tab)
    type_("1h30m")
    assert page.receipt("timecrowd").words == "TimeCrowd gets\n09:00 – 10:30\nSun 22 Nov · 1:30"
    assert page.receipt("kaiten").words == "Kaiten gets\n90 min\nSun 22 Nov · #63258149"
    assert page.preview.text() == ""
    assert page.end.placeholderText() == "10:30"


def test_overlaps_are_pointed_out(page: ManualEntryPage, adding: Adding) -> None:
    adding.overlaps = True
    press(Qt.Key.Key_Return)
    type_("9-10:30")
    assert "Overlaps with: Перенести справку." in page.preview.text()


def test_enter_goes_to_what_is_missing(page: ManualEntryPage, adding: Adding) -> None:
    QTest.keyClicks(page.search.field, " ")  # no task is highlighted for that
    page.search.choices.setCurrentRow(-1)
    page.comment.setFocus()
    press(Qt.Key.Key_Return)
    assert focused() is page.search.field
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert focused() is page.begin
    type_("9")
    press(Qt.Key.Key_Return)
    assert focused() is page.end
    assert adding.added == []
    assert "Enter two of start, end and length" in page.preview.text()


def test_enter_in_the_date_goes_on_too(page: ManualEntryPage, adding: Adding) -> None:
    press(Qt.Key.Key_Return)
    type_("9-10")
    page.day.setFocus()
    press(Qt.Key.Key_Return)
    assert len(adding.added) == 1


def test_a_highlighted_task_is_taken_on_leaving_its_field(
    page: ManualEntryPage, adding: Adding
) -> None:
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Tab)  # into the list
    assert focused() is page.search.choices
    assert page.search.field.text() == ""
    press(Qt.Key.Key_Tab)
    search = page.search
    assert search.window.task == OTHER
    assert search.field.text().endswith("Перенести справку")
    assert not page.search.choices.isVisible()
    page.begin.setFocus()
    type_("9-10:30")
    press(Qt.Key.Key_Return)
    assert [each.task for each in adding.added] == [OTHER]


def test_a_click_into_another_field_takes_the_highlighted_task_and_stays_there(
    page: ManualEntryPage,
) -> None:
    QTest.mouseClick(page.comment, Qt.MouseButton.LeftButton)
    assert page.search.window.task == CARD
    assert page.comment.hasFocus()
    assert "Ship the tray timer" in page.search.field.text()


def test_another_program_in_front_takes_nothing(page: ManualEntryPage) -> None:
    for reason in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
        QApplication.sendEvent(page.search.field, QFocusEvent(QEvent.Type.FocusOut, reason))
    assert page.search.window.task is None


def test_a_time_that_is_still_to_come_gets_the_keyboard_itself(page: ManualEntryPage) -> None:
    QTest.keyClicks(page.search.field, " ")
    page.search.choices.setCurrentRow(-1)
    page.begin.setFocus()
    type_("23:00")
    page.length.setFocus()
    type_("30m")
    page.comment.setFocus()
    press(Qt.Key.Key_Return)
    assert page.search.window.task is None
    assert focused() is page.begin


def test_what_was_typed_stays_when_it_is_closed(page: ManualEntryPage) -> None:
    press(Qt.Key.Key_Return)
    type_("9")
    press(Qt.Key.Key_Escape)
    assert not page.window.isVisible()
    page.window.open()
    assert page.begin.text() == "9"
    assert page.search.window.task == CARD


def test_what_was_added_is_forgotten(page: ManualEntryPage) -> None:
    press(Qt.Key.Key_Return)
    type_("9-10")
    press(Qt.Key.Key_Return)
    page.window.open()
    assert page.search.window.task is None
    assert [each.text() for each in (page.begin, page.end, page.length)] == ["", "", ""]
    assert page.window.focusWidget() is page.search.field


def test_what_cannot_be_added_stays_and_says_why(page: ManualEntryPage, adding: Adding) -> None:
    adding.refusal = "The journal cannot be written. Nothing was changed. (disk full)"
    press(Qt.Key.Key_Return)
    type_("9-10")
    press(Qt.Key.Key_Return)
    assert page.window.isVisible()
    assert page.message.isVisible()
    assert page.message.text() == adding.refusal
    type_(":")
    assert not page.message.isVisible()


def test_the_date_is_todays_after_midnight_unless_one_was_chosen(
    page: ManualEntryPage, adding: Adding
) -> None:
    adding.day = TODAY + timedelta(days=1)
    page.window.open()
    assert page.day.date() == QDate(2026, 11, 23)
    page.day.setDate(QDate(2026, 11, 20))
    adding.day = TODAY + timedelta(days=2)
    page.window.open()
    assert page.day.date() == QDate(2026, 11, 20)


def test_a_comment_that_is_too_long_is_not_cut(page: ManualEntryPage, adding: Adding) -> None:
    press(Qt.Key.Key_Return)
    type_("9-10")
    page.comment.setText("x" * 4097)
    assert page.room.text() == "The comment is 1 character too long for Kaiten."
    press(Qt.Key.Key_Return)
    assert adding.added == []
    assert focused() is page.comment


def test_it_opens_with_a_task_that_is_given(page: ManualEntryPage) -> None:
    page.window.open(OTHER)
    assert page.search.window.task == OTHER
    assert focused() is page.begin


def test_what_is_wrong_is_said() -> None:
    error = BadInput(TimeMessageId.OUTSIDE, "9:30")
    wrong = EntryPreview(CARD, None, BadSpan(SpanField.BEGIN, error), False, (), (), 4096)
    assert manual_entry_words.hint(wrong) == "“9:30” is outside the entry."
    assert manual_entry_words.timecrowd_receipt(wrong, MOSCOW).amount == "–"


def test_every_field_has_a_label_with_a_key(page: ManualEntryPage) -> None:
    labels = [each for each in page.window.findChildren(QLabel) if each.buddy() is not None]
    keys = [each.text().partition("&")[2][:1].casefold() for each in labels]
    assert len(labels) == 6
    assert len(set(keys)) == 6
    assert all(keys)


# -- the strip


def x_of(page: ManualEntryPage, hour: int, minute: int = 0) -> QPoint:
    at = datetime.combine(TODAY, time(hour, minute), MOSCOW)
    return QPoint(round(page.strip.x_at(at)), page.strip.height() // 2)


def drag(
    page: ManualEntryPage, begin: QPoint, end: QPoint, *, shift: bool = False, steps: int = 3
) -> None:
    """With the left button from one place to the other."""
    held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    QTest.mousePress(page.strip, Qt.MouseButton.LeftButton, held, begin)
    for step in range(1, steps + 1):
        at = begin + (end - begin) * step / steps
        move = QMouseEvent(
            QEvent.Type.MouseMove, QPointF(at), page.strip.mapToGlobal(QPointF(at)),
            Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton, held,
        )  # fmt: skip
        QApplication.sendEvent(page.strip, move)
    QTest.mouseRelease(page.strip, Qt.MouseButton.LeftButton, held, end)


def typed(page: ManualEntryPage) -> tuple[str, str, str]:
    return page.begin.text(), page.end.text(), page.length.text()


def test_what_is_typed_moves_the_block_and_what_is_dragged_is_written(
    page: ManualEntryPage, adding: Adding
) -> None:
    press(Qt.Key.Key_Return)
    type_("12-13:30")
    draft = page.strip.draft
    assert draft is not None
    assert draft.begins == datetime.combine(TODAY, time(12), MOSCOW)
    drag(page, x_of(page, 12, 30), x_of(page, 13, 33))  # the whole, by an hour and some
    assert typed(page) == ("13:00", "14:30", "")
    drag(page, x_of(page, 14, 30), x_of(page, 14, 0))  # its end
    assert typed(page) == ("13:00", "14:00", "")
    drag(page, x_of(page, 13), x_of(page, 12, 18), shift=True)  # its begin, to the minute
    begin = page.begin.text()
    assert begin.startswith("12:1")
    press(Qt.Key.Key_Return)
    assert adding.added == [EntryDraft(CARD, TypedSpan(TODAY, begin, "14:00"))]


def test_a_block_is_drawn_where_there_is_none(page: ManualEntryPage) -> None:
    press(Qt.Key.Key_Return)
    drag(page, x_of(page, 13, 2), x_of(page, 14, 20))
    assert typed(page) == ("13:00", "14:15", "")
    assert page.receipt("timecrowd").words.splitlines()[1] == "13:00 – 14:15"


def test_the_hours_stand_still_while_a_block_is_dragged_to_their_end(
    page: ManualEntryPage,
) -> None:
    press(Qt.Key.Key_Return)
    type_("8:00-9:00")
    edge = x_of(page, 8)
    drag(page, x_of(page, 8, 30), QPoint(0, edge.y()))
    assert typed(page) == ("08:00", "09:00", "")
    assert x_of(page, 8) == edge


def test_keys_move_the_block(page: ManualEntryPage) -> None:
    press(Qt.Key.Key_Return)
    type_("12-13:30")
    page.strip.setFocus()
    QTest.keyClick(page.strip, Qt.Key.Key_Left)
    assert typed(page) == ("11:45", "13:15", "")
    QTest.keyClick(page.strip, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert typed(page) == ("11:46", "13:16", "")
    QTest.keyClick(page.strip, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert typed(page) == ("11:46", "13:31", "")


def test_the_strip_shows_the_day_of_what_is_typed(page: ManualEntryPage) -> None:
    press(Qt.Key.Key_Return)
    type_("yesterday 17:00")
    page.length.setFocus()
    type_("1h")
    yesterday = TODAY - timedelta(days=1)
    assert page.strip.x_at(datetime.combine(yesterday, time(10), MOSCOW)) > 0
    assert "10:00 – 11:00, Перенести справку" in page.strip.accessibleDescription()
    drag(page, QPoint(round(page.strip.x_at(datetime.combine(yesterday, time(17, 30), MOSCOW))),
                      page.strip.height() // 2),
         QPoint(round(page.strip.x_at(datetime.combine(yesterday, time(16, 30), MOSCOW))),
                page.strip.height() // 2))  # fmt: skip
    assert page.day.date() == QDate(2026, 11, 21)
    assert typed(page) == ("16:00", "17:00", "")
