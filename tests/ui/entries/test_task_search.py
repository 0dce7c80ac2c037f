"""The search field: what it offers, and what a person's keys make of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from pytestqt.qtbot import QtBot

from tests.support.pages.search import SearchPage
from tests.ui.conftest import ANSWER, CARD, INFO, KNOWN, ORIGIN, OTHER, Asked
from timer_app.domain.delivery.outcomes import Refused
from timer_app.domain.entries.card import Card
from timer_app.domain.entries.task import Task, TimeCrowdTask
from timer_app.domain.entries.timecrowd_task import TimeCrowdTaskInfo
from timer_app.services.delivery.ports import ServiceCallError
from timer_app.services.entries.suggestions import Suggestion, SuggestionSource, TaskSearchResult
from timer_app.ui.entries.search_rows import SearchRow, Section, search_rows
from timer_app.ui.entries.task_search import TaskSearch


@pytest.fixture
def asked() -> Asked:
    """Whom the field asks."""
    return Asked()


def make(qtbot: QtBot, asked: Asked, *, shows_choice: bool) -> SearchPage:
    search = SearchPage(TaskSearch(asked, shows_choice=shows_choice))
    qtbot.addWidget(search.window)
    search.window.show()
    qtbot.waitExposed(search.window)
    search.window.open()
    return search


@pytest.fixture
def search(qtbot: QtBot, asked: Asked) -> SearchPage:
    """One that keeps what was chosen."""
    return make(qtbot, asked, shows_choice=True)


def test_recents_at_once_then_the_words_then_kaiten(search: SearchPage, asked: Asked) -> None:
    assert search.rows() == ["> #63258149  Ship the tray timer", "#63258151  Перенести справку"]
    QTest.keyClicks(search.field, "ship")
    assert search.rows() == [
        "> #63258149  Ship the tray timer", "“tidy the desk” without a card",
    ]  # fmt: skip
    assert search.details.text() == "Asking Kaiten…"
    assert asked.questions == ["", "s", "sh", "shi", "ship"]
    asked.answer(ANSWER)
    assert search.details.text() == "Ship the tray timer — Timer App / Doing, logged 2:15"


def test_enter_takes_and_the_list_folds_away(search: SearchPage) -> None:
    chosen = QSignalSpy(search.window.chosen)
    QTest.keyClick(search.field, Qt.Key.Key_Down)
    QTest.keyClick(search.field, Qt.Key.Key_Return)
    assert search.window.task == OTHER
    assert search.field.text() == "#63258151  Перенести справку"
    assert not search.choices.isVisible()
    assert chosen.count() == 1


def test_typing_lets_go_of_what_was_taken(search: SearchPage) -> None:
    search.window.show_task(CARD)
    changed = QSignalSpy(search.window.changed)
    QTest.keyClicks(search.field, "x")
    assert search.window.task is None
    assert search.choices.isVisible()
    assert changed.count() == 1


def test_opening_it_again_keeps_what_was_taken(search: SearchPage, asked: Asked) -> None:
    search.window.show_task(CARD)
    before = list(asked.questions)
    search.window.open()
    assert (search.window.task, asked.questions) == (CARD, before)
    search.window.clear()
    assert search.window.task is None
    assert search.rows()


def test_enter_before_the_answer_takes_what_it_brings(search: SearchPage, asked: Asked) -> None:
    asked.recents = ()
    QTest.keyClicks(search.field, "63258149")
    QTest.keyClick(search.field, Qt.Key.Key_Return)
    assert search.window.task is None
    asked.answer(ANSWER)
    assert search.window.task == CARD


def test_enter_on_nothing_takes_nothing_later(search: SearchPage, asked: Asked) -> None:
    asked.recents = ()
    QTest.keyClicks(search.field, "63")
    QTest.keyClick(search.field, Qt.Key.Key_Return)
    asked.answer(TaskSearchResult(error=ServiceCallError(Refused(404, ("No such card.",)))))
    assert search.details.text() == "Kaiten: No such card. (HTTP 404)"
    asked.answer(ANSWER)
    assert search.window.task is None


def test_a_row_that_was_picked_stays_picked(search: SearchPage, asked: Asked) -> None:
    QTest.keyClicks(search.field, "s")
    asked.recents = KNOWN
    QTest.keyClicks(search.field, "h")
    QTest.keyClick(search.field, Qt.Key.Key_Down)
    asked.answer(ANSWER)
    assert search.rows()[1] == "> #63258151  Перенести справку"


def test_one_that_does_not_keep_leaves_the_field_to_its_owner(qtbot: QtBot, asked: Asked) -> None:
    search = make(qtbot, asked, shows_choice=False)
    QTest.keyClick(search.field, Qt.Key.Key_Return)
    assert search.window.task == CARD
    assert search.choices.isVisible()


def test_kaitens_words_on_a_card_replace_what_was_remembered(
    search: SearchPage, asked: Asked
) -> None:
    QTest.keyClicks(search.field, "ship")
    renamed = Task("Ship it to everybody", CARD.card)
    asked.answer(TaskSearchResult((Suggestion(renamed, SuggestionSource.KAITEN, INFO),)))
    assert search.rows() == [
        "> #63258149  Ship it to everybody", "“tidy the desk” without a card",
    ]  # fmt: skip


def test_an_archived_card_and_one_without_a_board(search: SearchPage, asked: Asked) -> None:
    archived = replace(INFO, archived=True, board="")
    asked.answer(TaskSearchResult((Suggestion(CARD, SuggestionSource.KAITEN, archived),)))
    assert search.details.text() == "Ship the tray timer — Doing, logged 2:15 (archived)"


def test_percent_signs_and_markup_are_a_titles_own(search: SearchPage, asked: Asked) -> None:
    odd = replace(INFO, title="100 %2 <b>done", board="%3", column="")
    asked.answer(TaskSearchResult((Suggestion(CARD, SuggestionSource.KAITEN, odd),)))
    assert search.details.text() == "100 %2 <b>done — %3, logged 2:15"
    assert search.details.textFormat() is Qt.TextFormat.PlainText


def test_the_mouse_picks_and_takes(search: SearchPage) -> None:
    search.click_row(1)
    search.window.accept_suggestion()
    assert search.window.task == OTHER


CALL = Suggestion(
    Task("Weekly call"),
    SuggestionSource.TIMECROWD,
    remote=TimeCrowdTaskInfo(
        TimeCrowdTask(41003, 11710), "Weekly call", team="Client projects", category="Clients"
    ),
)
OWN = Suggestion(Task("Mine", Card(ORIGIN, 5)), SuggestionSource.MY_CARDS, replace(INFO, space="S"))


def of(source: SuggestionSource, *found: Suggestion) -> TaskSearchResult:
    """An answer."""
    return TaskSearchResult(found, source=source)


def test_sections_stand_in_order_however_their_answers_come(
    search: SearchPage, asked: Asked
) -> None:
    asked.recents = (*KNOWN[:1], replace(KNOWN[1], pinned=True), OWN)
    asked.sources = frozenset({SuggestionSource.KAITEN, SuggestionSource.TIMECROWD})
    QTest.keyClicks(search.field, "e")
    typed = Suggestion(Task("Typed", Card(ORIGIN, 123)), SuggestionSource.KAITEN)
    asked.answer(of(SuggestionSource.TIMECROWD, CALL))
    assert search.details.text() == "Asking Kaiten…"
    asked.answer(of(SuggestionSource.KAITEN, typed))
    assert search.sections() == [
        ("Pinned", ["★ #63258151  Перенести справку"]),
        ("Recent", ["#63258149  Ship the tray timer"]),
        ("My cards", ["#5  Mine"]),
        ("Kaiten", ["#123  Typed"]),
        ("TimeCrowd", ["Weekly call"]),
    ]
    assert search.rows()[0].startswith("> ★"), "a heading is never chosen"


def test_headings_are_passed_over_by_the_keys_and_named_to_a_screen_reader(
    search: SearchPage, asked: Asked
) -> None:
    asked.recents = (KNOWN[0], OWN, CALL)
    search.window.refresh_known()
    for title in ("#5  Mine", "Weekly call", "Weekly call"):
        QTest.keyClick(search.field, Qt.Key.Key_Down)
        assert f"> {title}" in search.rows()
    spoken = [search.item(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in (1, 2)]
    assert spoken == [
        "#5  Mine, S / Timer App / Doing, My cards",
        "Weekly call, Client projects / Clients, TimeCrowd",
    ]
    QTest.keyClick(search.field, Qt.Key.Key_Return)
    assert search.window.task == CALL.task


def test_what_a_service_showed_earlier_is_marked_and_each_task_offered_once(
    search: SearchPage, asked: Asked
) -> None:
    asked.recents = (KNOWN[0],)
    QTest.keyClicks(search.field, "e")
    same = replace(OWN, task=CARD, origin=SuggestionSource.KAITEN, is_old=True)
    alias = replace(CALL, same_keys=frozenset({CARD.key}))
    asked.answer(of(SuggestionSource.KAITEN, same, replace(OWN, is_old=True)))
    asked.answer(of(SuggestionSource.TIMECROWD, alias))
    assert search.rows() == ["> #63258149  Ship the tray timer", "#5  Mine (seen earlier)"]


def test_a_row_is_a_value_with_all_that_is_drawn() -> None:
    rows = search_rows(KNOWN, {}, {CARD.key: 8159}, without=OTHER)
    assert rows == [
        SearchRow(Section.RECENT, "Ship the tray timer", ("#63258149",), 135, False, KNOWN[0])
    ]
    alone = Suggestion(Task("tidy"), SuggestionSource.RECENT)
    assert search_rows((alone,), {}, {})[0].details == ("TimeCrowd only",)


def test_enter_waits_for_the_answer_that_brings_something(search: SearchPage, asked: Asked) -> None:
    asked.recents = ()
    asked.sources = frozenset({SuggestionSource.KAITEN, SuggestionSource.TIMECROWD})
    QTest.keyClicks(search.field, "call")
    QTest.keyClick(search.field, Qt.Key.Key_Return)
    asked.answer(of(SuggestionSource.KAITEN))
    assert search.window.task is None
    asked.answer(of(SuggestionSource.TIMECROWD, CALL))
    assert search.window.task == CALL.task


@pytest.mark.parametrize("title", ["長い題名のカードを確認する" * 20, "Длинное название " * 20])
def test_long_titles_are_cut_in_the_list_and_whole_beside_it(
    qtbot: QtBot, asked: Asked, title: str
) -> None:
    task = Task(title.strip()[:300], Card(ORIGIN, 7))
    asked.recents = (Suggestion(task, SuggestionSource.RECENT),)
    search = make(qtbot, asked, shows_choice=True)
    shown = search.choices
    assert not shown.horizontalScrollBar().isVisible()
    assert shown.textElideMode() is Qt.TextElideMode.ElideRight
    assert task.title in search.item(0).toolTip()


def test_a_task_is_pinned_and_let_go_by_keyboard(search: SearchPage, asked: Asked) -> None:
    QTest.keyClick(search.field, Qt.Key.Key_Down)
    QTest.keyClick(search.field, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert asked.pinned == [(OTHER, True)]
    assert search.rows() == ["> ★ #63258151  Перенести справку", "#63258149  Ship the tray timer"]
    assert search.pin.text() == "Unpin"
    search.pin.trigger()  # as the list's menu does
    assert asked.pinned[-1] == (OTHER, False)
    assert search.pin.text() == "Pin"


def test_a_pinned_card_stays_marked_when_kaiten_answers(search: SearchPage, asked: Asked) -> None:
    search.pin.trigger()
    asked.answer(ANSWER)
    assert search.rows()[0] == "> ★ #63258149  Ship the tray timer"


def test_what_kaiten_answers_after_the_field_was_left_is_taken_where_nothing_else_was(
    qtbot: QtBot, asked: Asked
) -> None:
    asked.recents = ()
    search = make(qtbot, asked, shows_choice=True)
    with qtbot.waitActive(search.window):
        search.window.activateWindow()
    search.field.setFocus()
    chosen, settled = QSignalSpy(search.window.chosen), QSignalSpy(search.window.settled)
    QTest.keyClicks(search.field, "63258149")
    search.field.clearFocus()
    assert search.field.text() == "63258149"
    asked.answer(ANSWER)
    assert search.window.task == CARD
    assert (chosen.count(), settled.count()) == (0, 1)


def test_one_that_starts_at_once_starts_nothing_by_being_left(qtbot: QtBot, asked: Asked) -> None:
    search = make(qtbot, asked, shows_choice=False)
    with qtbot.waitActive(search.window):
        search.window.activateWindow()
    search.field.setFocus()
    search.field.clearFocus()
    assert search.window.task is None


def test_a_field_that_was_emptied_takes_no_other_task_by_being_left(
    qtbot: QtBot, asked: Asked
) -> None:
    search = make(qtbot, asked, shows_choice=True)
    search.window.show_task(CARD)
    with qtbot.waitActive(search.window):
        search.window.activateWindow()
    search.field.setFocus()
    search.field.selectAll()
    QTest.keyClick(search.field, Qt.Key.Key_Delete)
    assert search.rows(), "recent tasks are offered"
    search.field.clearFocus()
    assert search.window.task is None
    assert search.field.text() == ""
    search.field.setFocus()
    QTest.keyClick(search.field, Qt.Key.Key_Down)
    search.field.clearFocus()
    assert search.window.task is not None, "one that was picked is one that was chosen"
