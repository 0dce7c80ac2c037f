"""The panel: what it shows, and what a person's keys make of it."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, time, timedelta

import pytest
from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QAccessible, QKeySequence, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.support.environment import ROOT
from tests.support.pages.panel import PanelPage
from tests.ui.absence.test_prompt import question
from tests.ui.conftest import (
    ANSWER,
    CARD,
    DRAINING,
    IDLE,
    KNOWN,
    NOW,
    ORIGIN,
    OTHER,
    PAUSED,
    Asked,
    Noted,
    running,
)
from tests.ui.entries.two_screens import SCREENS
from timer_app.domain.delivery.outbox import LoggedEntry
from timer_app.domain.entries.card import Card
from timer_app.domain.entries.entry import Entry, Source
from timer_app.domain.entries.task import Task
from timer_app.domain.messages import ConnectionProblemKind
from timer_app.domain.service import Service
from timer_app.domain.setup.connection_problems import ConnectionProblem
from timer_app.services.delivery.progress import Progress
from timer_app.services.delivery.service_status import Health
from timer_app.services.entries.history import Calendar, DayTimeline, day_timeline
from timer_app.services.entries.suggestions import Suggestion, SuggestionSource, TaskSearchResult
from timer_app.services.setup.desktop_status import DesktopStatus, KeyringState
from timer_app.ui.design.day_bar import DayBar
from timer_app.ui.design.painting import Mark
from timer_app.ui.design.tokens import PANEL_WIDTH, TINY
from timer_app.ui.entries.panel import Panel
from timer_app.ui.view import ServiceLine, View


@pytest.fixture
def asked() -> Asked:
    """Whom the search field asks; what was worked on is known."""
    return Asked(KNOWN)


@pytest.fixture
def panel(qtbot: QtBot, noted: Noted, asked: Asked) -> PanelPage:
    """The panel, open and idle."""
    panel = PanelPage(Panel(noted, asked, lambda: NOW))
    qtbot.addWidget(panel.window)
    panel.window.show_view(IDLE)
    panel.window.open_at(None)
    qtbot.waitExposed(panel.window)
    return panel


SHIP, MOVE = "#63258149  Ship the tray timer", "#63258151  Перенести справку"


UNTRUSTED = ConnectionProblem(ConnectionProblemKind.CERTIFICATE_EXPIRED, "acme.kaiten.ru")


def seen(label: QLabel) -> str:
    """What is read of a label with marked words."""
    document = QTextDocument()
    document.setHtml(label.text())
    return document.toPlainText()


# -- what it shows


def test_an_idle_panel_offers_the_recent_tasks(panel: PanelPage) -> None:
    assert not panel.elapsed.isVisible()
    assert panel.last.text() == "Continue: Ship the tray timer"
    assert seen(panel.today) == "2:01 today"
    assert (panel.start_stop.mark, panel.start_stop.text()) == (Mark.PLAY, "&Start")
    assert panel.said() == []
    assert panel.search.rows() == [f"> {SHIP}", MOVE]


def test_today_against_the_goal(panel: PanelPage) -> None:
    panel.window.show_view(replace(IDLE, goal=8 * 3600))
    assert seen(panel.today) == "2:01 of 8:00 today"


def test_a_running_entry_is_shown_with_its_card_and_comment(panel: PanelPage) -> None:
    panel.window.show_view(running(comment="first half"))
    assert panel.elapsed.text() == "0:01:01"
    assert (panel.task.text(), panel.address.text()) == ("Ship the tray timer", "#63258149")
    assert panel.since.text() == "since 11:58"
    assert panel.comment.text() == "first half"
    assert (panel.start_stop.mark, panel.start_stop.text()) == (Mark.STOP, "S&top")


def test_markup_in_a_title_is_text(panel: PanelPage) -> None:
    for card in (None, Card(ORIGIN, 1)):
        panel.window.show_view(running(Task("<b>bold</b> & <img src=x>", card)))
        assert panel.task.text() == "<b>bold</b> & <img src=x>"
        assert panel.task.textFormat() is Qt.TextFormat.PlainText
    panel.window.show_message("<h1>No</h1>")
    assert panel.message.textFormat() is Qt.TextFormat.PlainText
    line = ServiceLine(
        Service.KAITEN,
        Health.OFFLINE,
        1,
        ConnectionProblem(ConnectionProblemKind.NO_ANSWER, "<script>"),
    )
    panel.window.show_view(replace(IDLE, services=(line,)))
    ((sentence, _, _),) = panel.said()
    assert "<script>" in sentence
    labels = panel.banners[0].findChildren(QLabel)
    assert {each.textFormat() for each in labels} == {Qt.TextFormat.PlainText}


def test_troubles_are_whole_sentences_and_wholly_seen(panel: PanelPage) -> None:
    lines = (
        ServiceLine(
            Service.TIMECROWD,
            Health.OFFLINE,
            3,
            ConnectionProblem(ConnectionProblemKind.NO_ANSWER, "timecrowd.net"),
        ),
        ServiceLine(Service.KAITEN, Health.UNAUTHORIZED, 1),
    )
    view = replace(
        running(Task("Очень длинное название задачи " * 8)),
        services=lines,
        problems=2,
        alert="The disk is full. Nothing was changed. Free some space and try again. " * 5,
    )
    panel.window.show_view(view)
    alert, problems, timecrowd, kaiten = panel.said()
    assert alert[0].startswith("The disk is full.")
    assert problems == ("Needs your attention: 2.", "", "Show")
    assert "no connection, 3 waiting. There was no answer from timecrowd.net" in timecrowd[0]
    assert timecrowd[1:] == ("Timer App will try again.", "")
    waiting = "1 waiting. Everything is saved on this computer."
    assert kaiten == ("Kaiten needs a new token.", waiting, "New token…")
    not_clipped(panel)
    panel.window.show_view(IDLE)
    assert panel.said() == []


def test_what_needs_you_opens_the_problems_by_keyboard(panel: PanelPage, noted: Noted) -> None:
    panel.window.show_view(replace(IDLE, problems=2))
    panel.comment.setFocus()
    QTest.keyClick(panel.window, Qt.Key.Key_Tab)
    button = panel.banners[0].button
    assert button.hasFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert noted.take() == [("open_problems",)]


# -- a long delivery


def about_delivery(panel: PanelPage) -> tuple[str, str, str]:
    """What is seen of it: the bar, the button, the line below; "" for what is not."""
    parts = (
        (panel.progress, str(panel.progress.value())),
        (panel.pause, panel.pause.text()),
        (panel.delivery, panel.delivery.text()),
    )
    bar, button, line = (text if widget.isVisible() else "" for widget, text in parts)
    return bar, button, line


def test_a_long_delivery_is_followed(panel: PanelPage) -> None:
    assert about_delivery(panel) == ("", "", "")
    panel.window.show_view(DRAINING)
    assert about_delivery(panel) == (
        "1234", "&Pause", "1,234 of 10,000 delivered · About 30 min left",
    )  # fmt: skip
    assert (
        panel.progress.value(),
        panel.progress.minimum(),
        panel.progress.maximum(),
    ) == (1234, 0, 10_000)
    not_clipped(panel)
    panel.window.show_view(replace(DRAINING, progress=Progress(20, 40)))
    assert about_delivery(panel) == ("20", "&Pause", "20 of 40 delivered")
    panel.window.show_view(PAUSED)
    paused = "Delivery is paused: 8,766 waiting"
    assert about_delivery(panel) == ("1234", "&Resume", paused)
    not_clipped(panel)
    panel.window.show_view(replace(IDLE, paused=True, waiting=3))
    assert about_delivery(panel) == ("", "&Resume", "Delivery is paused: 3 waiting")
    panel.window.show_view(IDLE)
    assert about_delivery(panel) == ("", "", "")


def test_a_panel_that_grew_for_a_delivery_is_as_it_was_afterwards(panel: PanelPage) -> None:
    before = panel.window.minimumHeight()
    panel.window.show_view(DRAINING)
    assert panel.window.minimumHeight() > before
    panel.window.show_view(IDLE)
    assert panel.window.minimumHeight() == before


def test_the_panel_does_not_jump_when_the_time_left_gets_known(panel: PanelPage) -> None:
    panel.window.show_view(replace(DRAINING, progress=Progress(1, 10_000)))
    before = panel.search.choices.height(), panel.window.minimumHeight()
    panel.window.show_view(DRAINING)
    assert (panel.search.choices.height(), panel.window.minimumHeight()) == before


def test_a_long_delivery_is_paused_and_resumed_by_keyboard_and_mouse(
    panel: PanelPage, noted: Noted
) -> None:
    panel.window.show_view(DRAINING)
    QTest.mouseClick(panel.pause, Qt.MouseButton.LeftButton)
    assert noted.take() == [("pause_delivery",)]
    panel.window.show_view(PAUSED)
    panel.search.field.setFocus()
    QTest.keyClick(panel.window, Qt.Key.Key_Tab)
    QTest.keyClick(panel.search.choices, Qt.Key.Key_Tab)
    assert panel.pause.hasFocus()
    QTest.keyClick(panel.pause, Qt.Key.Key_Space)
    assert noted.take() == [("resume_delivery",)]


def test_a_screen_reader_reads_the_delivery(panel: PanelPage) -> None:
    panel.window.show_view(DRAINING)
    assert (panel.progress.accessibleName(), panel.pause.accessibleName()) == (
        "Delivery", "Pause delivery",
    )  # fmt: skip
    panel.window.show_view(PAUSED)
    assert panel.pause.accessibleName() == "Resume delivery"


def test_a_delivery_that_is_shown_wakes_nobody(panel: PanelPage) -> None:
    panel.window.show_view(DRAINING)
    assert not ticking(panel)


def not_clipped(panel: PanelPage) -> None:
    """No label is lower than its text, or reaches beyond the panel."""
    QApplication.processEvents()  # has the layout done
    for label in panel.window.findChildren(QLabel):
        if label.isVisible() and label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width()), label.text()
            assert label.mapTo(panel.window, QPoint(0, label.height())).y() <= panel.window.height()


@pytest.mark.parametrize("title", ["長い題名のカードを確認する" * 20, "Длинное название " * 20])
def test_a_long_title_ends_early_and_is_whole_in_its_tooltip(panel: PanelPage, title: str) -> None:
    panel.window.show_view(running(Task(title.strip()[:300], Card(ORIGIN, 7))))
    not_clipped(panel)
    assert panel.window.width() == PANEL_WIDTH
    assert panel.task.toolTip() == title.strip()[:300]
    assert panel.address.isVisible()
    at = panel.address.mapTo(panel.window, panel.address.rect().topRight())
    assert at.x() < panel.window.width()


def test_a_screen_reader_names_each_part(panel: PanelPage) -> None:
    widgets = (
        panel.comment,
        panel.search.field,
        panel.search.choices,
    )
    assert [widget.accessibleName() for widget in widgets] == [
        "Comment of the running entry", "What to work on", "Tasks to choose from",
    ]  # fmt: skip
    panel.window.show_view(running())
    elapsed = QAccessible.queryAccessibleInterface(panel.elapsed)
    assert elapsed.text(QAccessible.Text.Name) == "0:01:01"
    assert elapsed.text(QAccessible.Text.Description) == "Elapsed time"
    button = QAccessible.queryAccessibleInterface(panel.start_stop)
    assert button.role() is QAccessible.Role.Button
    assert button.text(QAccessible.Text.Name) == "Stop"
    address = QAccessible.queryAccessibleInterface(panel.address)
    assert address.text(QAccessible.Text.Name) == "Open Ship the tray timer in the browser"


def test_for_a_service_that_is_not_set_up_it_says_how_to(panel: PanelPage) -> None:
    panel.window.show_view(replace(IDLE, unconfigured=(Service.KAITEN,)))
    assert panel.said() == [("Kaiten is not set up.", "", "Set up…")]


# -- keys


def test_keys_choose_and_enter_starts(panel: PanelPage, noted: Noted) -> None:
    QTest.keyClick(panel.search.field, Qt.Key.Key_Down)
    assert panel.search.rows() == [SHIP, f"> {MOVE}"]
    QTest.keyClick(panel.search.field, Qt.Key.Key_Up)
    QTest.keyClick(panel.search.field, Qt.Key.Key_Up)
    assert panel.search.rows() == [f"> {SHIP}", MOVE]
    QTest.keyClick(panel.search.field, Qt.Key.Key_Return)
    assert noted.take() == [("start", CARD, "")]
    assert panel.search.field.text() == ""
    assert panel.comment.hasFocus()


def test_enter_with_nothing_typed_does_nothing_while_something_runs(
    panel: PanelPage, noted: Noted
) -> None:
    panel.window.show_view(running())
    assert panel.search.rows() == [MOVE]  # what runs is no choice
    QTest.keyClick(panel.search.field, Qt.Key.Key_Return)
    assert noted.take() == []
    QTest.keyClick(panel.search.field, Qt.Key.Key_Down)
    assert panel.search.rows() == [f"> {MOVE}"]
    QTest.keyClick(panel.search.field, Qt.Key.Key_Return)
    assert noted.take() == [("start", OTHER, "")]


def test_what_runs_is_not_offered_whatever_is_typed(
    panel: PanelPage, noted: Noted, asked: Asked
) -> None:
    asked.recents = None  # it searches what it knows
    panel.window.show_view(running())
    QTest.keyClicks(panel.search.field, "Ship")
    assert panel.search.rows() == ["> “tidy the desk” without a card"]
    asked.answer(ANSWER)
    assert SHIP not in " ".join(panel.search.rows())
    panel.window.show_view(running(OTHER, number=2))
    assert panel.search.rows()[0] == f"> {SHIP}"
    QTest.keyClick(panel.search.field, Qt.Key.Key_Return)
    assert noted.take() == [("start", CARD, "")]
    panel.window.show_view(IDLE)
    QTest.keyClick(panel.search.field, Qt.Key.Key_Return)
    assert noted.take() == [("start", CARD, "")]


def test_enter_before_the_answer_starts_what_it_brings(
    panel: PanelPage, noted: Noted, asked: Asked
) -> None:
    asked.recents = ()
    QTest.keyClicks(panel.search.field, "63258149")
    QTest.keyClick(panel.search.field, Qt.Key.Key_Return)
    assert noted.take() == []
    asked.answer(ANSWER)
    assert noted.take() == [("start", CARD, "")]


def test_enter_on_nothing_does_nothing(panel: PanelPage, noted: Noted, asked: Asked) -> None:
    asked.recents = ()
    panel.window.open_at(None)
    QTest.keyClick(panel.search.field, Qt.Key.Key_Return)
    asked.answer(TaskSearchResult())
    assert noted.take() == []


def test_the_mouse_chooses_and_starts(panel: PanelPage, noted: Noted) -> None:
    panel.search.click_row(1)
    assert noted.take() == []
    panel.search.click_start(1)
    assert noted.take() == [("start", OTHER, "")]


def test_the_round_button_goes_on_with_the_last_task(panel: PanelPage, noted: Noted) -> None:
    QTest.keyClicks(panel.comment, "about to")
    QTest.mouseClick(panel.start_stop, Qt.MouseButton.LeftButton)
    assert noted.take() == [("start", CARD, "about to")]


def test_without_a_last_task_the_round_button_cannot_be_pressed(panel: PanelPage) -> None:
    panel.window.show_view(replace(IDLE, recents=()))
    assert not panel.start_stop.isEnabled()
    assert panel.last.text() == "Find a task below to start it."


def test_what_could_not_be_done_is_said_until_the_next_thing(panel: PanelPage) -> None:
    panel.window.show_message("There is no last task yet.")
    assert panel.message.text() == "There is no last task yet."
    not_clipped(panel)
    QTest.keyClick(panel.search.field, Qt.Key.Key_Return)
    assert panel.message.text() == ""


def test_escape_puts_it_away(panel: PanelPage) -> None:
    QTest.keyClick(panel.search.field, Qt.Key.Key_Escape)
    assert not panel.window.isVisible()


def test_the_stop_button_stops(panel: PanelPage, noted: Noted) -> None:
    panel.window.show_view(running())
    QTest.mouseClick(panel.start_stop, Qt.MouseButton.LeftButton)
    assert noted.take() == [("stop",)]


# -- another start of what runs


@pytest.mark.parametrize("way", ["clock", "since"])
def test_the_start_is_corrected_where_it_is_shown(panel: PanelPage, noted: Noted, way: str) -> None:
    panel.window.show_view(running(seconds=1800))
    assert not panel.start_time.isVisible()
    target = panel.elapsed if way == "clock" else panel.since
    QTest.mouseClick(target, Qt.MouseButton.LeftButton)
    assert panel.start_time.hasFocus()
    assert panel.start_time.text() == "11:30"
    QTest.keyClicks(panel.start_time, "11:15")
    assert panel.start_message.text() == "Since 11:15: 0:45. TimeCrowd and Kaiten follow."
    QTest.keyClick(panel.start_time, Qt.Key.Key_Return)
    assert noted.take() == [("correct_start", NOW - timedelta(minutes=45))]
    assert not panel.start_time.isVisible()


def test_a_corrected_start_can_be_undone_where_it_is_shown(panel: PanelPage, noted: Noted) -> None:
    panel.window.show_view(running(seconds=1800))
    QTest.mouseClick(panel.since, Qt.MouseButton.LeftButton)
    QTest.keyClicks(panel.start_time, "11:15\r")
    assert not panel.undo_start.isVisible(), "it is not done yet"
    panel.window.show_view(running(seconds=2700))
    assert panel.corrected_start.text() == "Start changed to 11:15."
    noted.take()
    QTest.mouseClick(panel.undo_start, Qt.MouseButton.LeftButton)
    assert noted.take() == [("undo_start_correction",)]
    assert not panel.undo_start.isVisible()


def test_undo_of_a_start_goes_with_its_entry_and_with_another_start(panel: PanelPage) -> None:
    for later in (running(number=2, seconds=2700), running(seconds=2000), IDLE):
        panel.window.show_view(running(seconds=1800))
        QTest.mouseClick(panel.since, Qt.MouseButton.LeftButton)
        QTest.keyClicks(panel.start_time, "11:15\r")
        panel.window.show_view(running(seconds=2700))
        assert panel.undo_start.isVisible()
        panel.window.show_view(later)
        assert not panel.undo_start.isVisible()


@pytest.mark.parametrize("typed", ["13:15", "soon", ""])
def test_a_start_that_cannot_be_is_refused_there(
    panel: PanelPage, noted: Noted, typed: str
) -> None:
    panel.window.show_view(running(seconds=1800))
    QTest.mouseClick(panel.since, Qt.MouseButton.LeftButton)
    panel.start_time.setText(f"{NOW.date().isoformat()} {typed}" if typed == "13:15" else typed)
    QTest.keyClick(panel.start_time, Qt.Key.Key_Return)
    QTest.keyClick(panel.start_time, Qt.Key.Key_End)
    assert noted.take() == []
    assert panel.start_time.isVisible()


def test_escape_leaves_the_start_and_then_the_panel(panel: PanelPage, noted: Noted) -> None:
    panel.window.show_view(running(seconds=1800))
    QTest.mouseClick(panel.since, Qt.MouseButton.LeftButton)
    QTest.keyClicks(panel.start_time, "11:15")
    QTest.keyClick(panel.start_time, Qt.Key.Key_Escape)
    assert (panel.start_time.isVisible(), panel.window.isVisible()) == (False, True)
    QTest.keyClick(panel.since, Qt.Key.Key_Escape)
    assert not panel.window.isVisible()
    assert noted.take() == []


def test_a_refresh_leaves_the_start_that_is_being_typed(panel: PanelPage) -> None:
    panel.window.show_view(running(seconds=1800))
    QTest.mouseClick(panel.since, Qt.MouseButton.LeftButton)
    QTest.keyClicks(panel.start_time, "11:1")
    panel.window.show_view(running(seconds=1801))
    assert panel.start_time.text() == "11:1"
    panel.window.show_view(running(OTHER, number=2))
    assert not panel.start_time.isVisible()


# -- the ways to other windows


@pytest.mark.parametrize(("name", "key", "wanted"), [
    ("add-time", "Ctrl+N", ("open_manual_entry",)),
    ("history", "Ctrl+H", ("open_history",)),
    ("settings", "Ctrl+,", ("open_settings", None)),
])  # fmt: skip
def test_other_windows_are_a_button_and_a_key_away(
    panel: PanelPage, noted: Noted, name: str, key: str, wanted: tuple[object, ...]
) -> None:
    QTest.mouseClick(panel.button(name), Qt.MouseButton.LeftButton)
    QTest.keySequence(panel.window, QKeySequence(key))
    assert noted.take() == [wanted, wanted]
    assert key in panel.button(name).toolTip()


def test_a_piece_of_today_opens_its_entry_in_the_history(qtbot: QtBot, noted: Noted) -> None:
    hour = timedelta(hours=1)
    entry = LoggedEntry(Entry("e7", CARD, NOW - 2 * hour, Source.CLICK), NOW - hour, ())
    day = day_timeline(NOW.date(), [entry], 3600, 0, Calendar(UTC, time(0), NOW))
    reads: list[int] = []

    def today() -> DayTimeline:
        reads.append(1)
        return day

    panel = PanelPage(Panel(noted, Asked(KNOWN), lambda: NOW, None, today))
    qtbot.addWidget(panel.window)
    panel.window.show_view(IDLE)
    assert reads == []  # nobody sees it
    panel.window.open_at(None)
    bar = panel.find(DayBar, "today-bar")
    assert "Ship the tray timer" in bar.accessibleDescription()
    inside = round(bar.width() * 2.5 / 10)  # of the hours from 8 to 18
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(inside, 4))
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(bar.width() - 2, 4))
    assert noted.take() == [("open_history", "e7"), ("open_history",)]


def test_on_a_low_screen_banners_scroll_and_the_foot_is_seen(
    panel: PanelPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(panel.window, "highest", lambda: 460)
    view = replace(running(), problems=2, unconfigured=tuple(Service), alert="It failed. " * 20)
    panel.window.show_view(view)
    QApplication.processEvents()
    assert panel.window.minimumHeight() <= 460
    monkeypatch.undo()
    panel.window.show_view(view)
    QApplication.processEvents()
    assert panel.window.minimumHeight() > 460


def test_the_card_is_opened_by_its_number(panel: PanelPage, noted: Noted) -> None:
    panel.window.show_view(running())
    QTest.mouseClick(panel.address, Qt.MouseButton.LeftButton)
    assert noted.take() == [("open_address", f"{ORIGIN}/63258149")]
    panel.window.show_view(running(Task("Read mail"), number=2))
    assert not panel.address.isVisible()


def test_an_address_and_its_card_are_opened_each_by_its_chip(
    panel: PanelPage, noted: Noted
) -> None:
    room = "https://kcw.kddi.ne.jp/#!rid12-34"
    panel.window.show_view(running(Task("R&D", Card(ORIGIN, 7), room, "R&D room")))
    assert panel.address.text() == "R&&D room"
    for chip in (panel.address, panel.button("task-card")):
        QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert noted.take() == [("open_address", room), ("open_address", f"{ORIGIN}/7")]


def test_where_the_running_card_lies_is_said_once_it_is_known(
    panel: PanelPage, asked: Asked
) -> None:
    panel.window.show_view(running())
    assert not panel.place.isVisible()
    asked.answer(ANSWER)
    assert panel.place.text() == "Timer App / Doing ·"


def test_words_of_what_runs_begin_below_each_other(panel: PanelPage, asked: Asked) -> None:
    def begins(widget: QWidget, inside: int) -> int:
        return widget.mapTo(panel.window, QPoint(inside, 0)).x()

    panel.window.show_view(running())
    panel.window.open_at(None)
    QApplication.processEvents()
    words = begins(panel.task, panel.task.contentsRect().left())
    assert begins(panel.since, TINY) == words  # a link has that room before its words
    asked.answer(ANSWER)
    QApplication.processEvents()
    assert begins(panel.place, panel.place.contentsRect().left()) == words


# -- the comment


def test_a_comment_typed_before_the_start_goes_with_it(panel: PanelPage, noted: Noted) -> None:
    QTest.keyClicks(panel.comment, "about to")
    QTest.keyClick(panel.search.field, Qt.Key.Key_Return)
    assert noted.take() == [("start", CARD, "about to")]


def test_a_comment_typed_before_a_start_from_elsewhere_is_not_lost(
    panel: PanelPage, noted: Noted
) -> None:
    QTest.keyClicks(panel.comment, "about to")
    panel.window.show_view(running())
    assert panel.comment.text() == "about to"
    panel.window.save_comment()
    assert noted.take() == [("annotate", "about to")]


@pytest.mark.parametrize("leave", ["enter", "tab", "escape", "keep"])
def test_a_comment_is_committed_when_it_is_left(panel: PanelPage, noted: Noted, leave: str) -> None:
    panel.window.show_view(running())
    panel.comment.setFocus()
    QTest.keyClicks(panel.comment, "  done  ")
    match leave:
        case "enter":
            QTest.keyClick(panel.comment, Qt.Key.Key_Return)
        case "tab":
            panel.search.field.setFocus()
        case "escape":
            QTest.keyClick(panel.comment, Qt.Key.Key_Escape)
        case _:
            panel.window.save_comment()
    assert ("annotate", "  done  ") in noted.take()


def test_a_panel_that_is_gone_has_kept_the_comment(
    panel: PanelPage, noted: Noted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who saw it go and pulls the plug loses no word, whatever has the keyboard."""
    seen: list[bool] = []
    monkeypatch.setattr(
        noted, "annotate", lambda _: seen.append(panel.window.windowHandle().isVisible())
    )
    panel.window.show_view(running())
    panel.search.field.setFocus()
    panel.comment.setText("done")
    panel.window.close()
    assert seen[0] is True
    assert not panel.window.isVisible()


def test_a_start_is_committed_before_the_list_folds_away(
    panel: PanelPage, noted: Noted, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    monkeypatch.setattr(noted, "start", lambda *_: seen.append(panel.search.field.text()))
    QTest.keyClicks(panel.search.field, "Ship")
    QTest.keyClick(panel.search.field, Qt.Key.Key_Return)
    assert seen == ["Ship"]
    assert panel.search.field.text() == ""


def test_an_unchanged_comment_is_not_committed(panel: PanelPage, noted: Noted) -> None:
    panel.window.show_view(running(comment="same"))
    panel.window.save_comment()
    panel.window.close()
    assert noted.take() == []


def test_a_refresh_leaves_what_is_being_typed(panel: PanelPage) -> None:
    panel.window.show_view(running(comment="old"))
    panel.comment.setText("typing")
    panel.window.show_view(running(comment="old", seconds=62))
    assert panel.comment.text() == "typing"
    panel.window.show_view(running(OTHER, comment="other", number=2))
    assert panel.comment.text() == "other"
    panel.window.show_view(IDLE)
    assert panel.comment.text() == ""


# -- ticking


def ticking(panel: PanelPage) -> bool:
    """Whether any timer of the panel would wake the computer."""
    return any(timer.isActive() for timer in panel.window.findChildren(QTimer))


def test_seconds_tick_only_while_seen_and_running(panel: PanelPage) -> None:
    assert not ticking(panel)
    panel.window.show_view(running())
    assert ticking(panel)
    panel.window.hide()
    assert not ticking(panel)
    panel.window.show_view(running(seconds=70))
    assert not ticking(panel)
    panel.window.show()
    assert ticking(panel)
    assert panel.elapsed.text() == "0:01:10"
    panel.window.show_view(IDLE)
    assert not ticking(panel)


def test_elapsed_comes_from_the_clock(qtbot: QtBot, noted: Noted) -> None:
    moments = [NOW]
    panel = PanelPage(Panel(noted, Asked(), lambda: moments[-1]))
    qtbot.addWidget(panel.window)
    view: View = running()
    panel.window.show_view(view)
    panel.window.open_at(None)
    assert view.running is not None
    moments.append(view.running.started_at.replace(hour=23, minute=0, second=0))
    panel.second_timer.timeout.emit()
    assert panel.elapsed.text() == "11:01:01"


# -- its place


def test_it_opens_at_the_tray_and_on_the_screen(qtbot: QtBot, noted: Noted) -> None:
    for place in ((5, 5), (790, 595), (400, 300)):
        panel = PanelPage(Panel(noted, Asked(), lambda: NOW))
        qtbot.addWidget(panel.window)
        panel.window.show_view(IDLE)
        panel.window.open_at(place)
        assert panel.window.screen().availableGeometry().contains(panel.window.frameGeometry())


def test_it_opens_on_the_screen_of_the_icon_beside_the_bar() -> None:
    """Qt knows no bars where there are several screens of X11."""
    icons = {
        (1950, 112): (1, QRect(1000, 100, 1000, 24)),  # in a bar above
        (1300, 790): (1, QRect(1000, 780, 1000, 20)),  # below
        (1015, 400): (1, QRect(1000, 100, 30, 700)),  # at the left
        (985, 300): (0, QRect(970, 0, 30, 700)),  # at the right
        (1999, 101): (1, QRect(1000, 100, 1000, 24)),  # in the very corner
    }
    places = [f"{x},{y}" for x, y in icons]
    program = [sys.executable, "-m", "tests.ui.entries.two_screens", *places]
    opened = subprocess.run(program, capture_output=True, text=True, check=True, cwd=ROOT)
    for (icon, (screen, bar)), frame in zip(icons.items(), json.loads(opened.stdout), strict=True):
        panel = QRect(*frame)
        assert QRect(*SCREENS[screen]).contains(panel), icon
        assert not panel.intersects(bar), icon
        assert panel.adjusted(-80, -80, 80, 80).contains(QPoint(*icon)), icon


# -- each banner has one button


@pytest.mark.parametrize(("view", "button", "wanted"), [
    (replace(IDLE, unconfigured=(Service.TIMECROWD,)), "Set up…",
     ("open_first_run", Service.TIMECROWD)),
    (replace(IDLE, services=(ServiceLine(Service.KAITEN, Health.UNAUTHORIZED, 0),)), "New token…",
     ("open_settings", Service.KAITEN)),
    (replace(IDLE, desktop_status=DesktopStatus(keyring=KeyringState.LOCKED)), "Unlock…",
     ("ask_for_keyring",)),
    (replace(IDLE, problems=1), "Show", ("open_problems",)),
    (replace(IDLE, questions=(question(1),)), "&Answer…", ("open_question",)),
    (replace(IDLE, alert="It failed.", is_alert_closable=True), "Close", ("close_alert",)),
    (replace(IDLE, services=(ServiceLine(Service.KAITEN, Health.OFFLINE, 1, UNTRUSTED),)),
     "Settings…", ("open_settings", None)),
])  # fmt: skip
def test_a_banner_s_button_opens_the_right_place(
    panel: PanelPage, noted: Noted, view: View, button: str, wanted: tuple[object, ...]
) -> None:
    panel.window.show_view(view)
    ((_, _, shown),) = panel.said()
    assert shown == button
    QTest.mouseClick(panel.banners[0].button, Qt.MouseButton.LeftButton)
    assert noted.wanted[-1] == wanted


def test_a_banner_that_stays_keeps_the_keyboard(panel: PanelPage) -> None:
    panel.window.show_view(replace(IDLE, problems=1))
    panel.banners[0].button.setFocus()
    panel.window.show_view(replace(IDLE, problems=2))
    assert panel.banners[0].button.hasFocus()
    assert panel.banners[0].sentence == "Needs your attention: 2."


def test_where_the_keyring_is_what_is_missing_no_token_is_asked_for(panel: PanelPage) -> None:
    line = ServiceLine(Service.KAITEN, Health.UNAUTHORIZED, 2, None, KeyringState.LOCKED)
    panel.window.show_view(replace(IDLE, services=(line,)))
    assert [button for _, _, button in panel.said()] == [""]


def test_the_open_list_shows_what_was_worked_on_elsewhere(panel: PanelPage, asked: Asked) -> None:
    assert panel.search.rows() == [f"> {SHIP}", MOVE]
    words = Task("tidy the desk")
    asked.recents = (Suggestion(words, SuggestionSource.RECENT), *KNOWN)
    panel.window.show_view(replace(IDLE, recents=(words, CARD, OTHER)))
    assert panel.search.rows() == ["> tidy the desk", SHIP, MOVE]
