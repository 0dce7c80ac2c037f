"""The question about being away, and who carries the answers out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from tests.support.pages.page import opened
from tests.ui.conftest import CARD, IDLE, NOW, OTHER, Asked, running
from timer_app.domain.absence import (
    Absence,
    AbsenceCause,
    AbsenceResolution,
    DropAndContinue,
    DropTime,
    KeepTime,
    ReassignTime,
    UnresolvedAbsence,
)
from timer_app.domain.entries.entry import Entry, Source
from timer_app.services.entries.suggestions import Suggestion, SuggestionSource, TaskSearchResult
from timer_app.tray.controllers.absence import AbsenceController
from timer_app.ui import wording
from timer_app.ui.absence.prompt import AbsencePrompt
from timer_app.ui.design.day_strip import DayStrip
from timer_app.ui.design.surfaces import ChoiceCard
from timer_app.ui.icon_state import TrayBadge

if TYPE_CHECKING:
    from timer_app.services.absence.resolver import AbsenceResolver

BEGAN, ENDED = NOW - timedelta(minutes=60), NOW - timedelta(minutes=30)


def question(number: int = 1, *, stopped: bool = False) -> UnresolvedAbsence:
    entry = Entry("e1", CARD, NOW - timedelta(hours=3), Source.CLICK)
    absence = Absence(BEGAN, ENDED, frozenset({AbsenceCause.LOCKED, AbsenceCause.IDLE}))
    return UnresolvedAbsence(number, entry, NOW if stopped else None, absence)


@dataclass
class Wanted:
    """Implements `AbsenceIntents`."""

    answers: list[tuple[int, AbsenceResolution]] = field(default_factory=list)
    taken_back: list[int] = field(default_factory=list)

    def answer(self, question: UnresolvedAbsence, answer: AbsenceResolution) -> None:
        self.answers.append((question.id, answer))

    def undo_answer(self, question: UnresolvedAbsence) -> None:
        self.taken_back.append(question.id)


@pytest.fixture
def wanted() -> Wanted:
    return Wanted()


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
def window(qtbot: QtBot, wanted: Wanted, asked: Asked) -> Iterator[AbsencePrompt]:
    window = AbsencePrompt(wanted, asked, lambda: NOW)
    qtbot.addWidget(window)
    window.show_questions([question()])
    window.show_prompt()
    yield window
    window.close()


def press(
    window: AbsencePrompt, qtbot: QtBot, key: Qt.Key, then: AbsenceResolution, wanted: Wanted
) -> None:
    QTest.keyClick(window, key, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: wanted.answers[-1:] == [(1, then)])


def texts(window: AbsencePrompt) -> str:
    return "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


def buttons(window: AbsencePrompt) -> dict[str, str]:
    """What is offered, each with what it does."""
    return {
        each.text().replace("&", ""): each.detail
        for each in window.findChildren(ChoiceCard)
        if each.isVisible()
    }


def test_it_says_when_on_what_why_and_what_each_answer_does(window: AbsencePrompt) -> None:
    began, ended = wording.absence_bounds(question().absence)
    assert "You were away for 30 min" in texts(window)
    assert f"{began} – {ended} · “Ship the tray timer” kept running." in texts(window)
    assert "no keyboard or mouse activity, the screen was locked" in texts(window)
    assert buttons(window) == {
        "Keep it": "I was working on this.",
        "Remove it and continue": f"Ends at {began}, starts again at {ended}.",
        "Remove it and stop": (
            f"Ends at {began}. Nothing runs. The 0:30 since you came back are removed as well."
        ),
        "It was another task…": "Give these 30 min to it.",
    }


def test_the_strip_shows_the_time_in_question_within_the_entry(window: AbsencePrompt) -> None:
    (strip,) = window.findChildren(DayStrip)
    assert strip.isVisible()
    left, right = strip.x_at(BEGAN), strip.x_at(ENDED)
    assert strip.x_at(BEGAN - timedelta(minutes=30)) < left < right < strip.x_at(NOW)
    assert strip.accessibleDescription() == wording.absence_range(question().absence)


def test_of_an_entry_that_is_over_only_the_gap_goes(window: AbsencePrompt) -> None:
    window.show_questions([question(2, stopped=True)])
    began, ended = wording.absence_bounds(question().absence)
    assert list(buttons(window)) == ["Keep it", "Remove it", "It was another task…"]
    assert buttons(window)["Remove it"] == f"{began}–{ended} is taken out."


@pytest.mark.parametrize(
    ("key", "answer"),
    [(Qt.Key.Key_K, KeepTime()), (Qt.Key.Key_S, DropTime()), (Qt.Key.Key_C, DropAndContinue())],
    ids=["k", "s", "c"],
)
def test_each_answer_has_its_letter(
    window: AbsencePrompt, qtbot: QtBot, wanted: Wanted, key: Qt.Key, answer: AbsenceResolution
) -> None:
    press(window, qtbot, key, answer, wanted)
    assert wanted.answers == [(1, answer)]


def test_keys_meant_for_another_window_answer_nothing(
    window: AbsencePrompt, wanted: Wanted
) -> None:
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Enter, Qt.Key.Key_K):
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)
    QTest.qWait(0)
    assert wanted.answers == []
    assert window.isVisible()


def test_escape_leaves_it_unanswered(window: AbsencePrompt, wanted: Wanted) -> None:
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()
    assert wanted.answers == []


def give(window: AbsencePrompt, qtbot: QtBot) -> QLineEdit:
    QTest.keyClick(window, Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    (search,) = window.findChildren(QLineEdit)
    qtbot.waitUntil(search.isVisible)
    return search


def test_given_to_a_task_of_the_list(window: AbsencePrompt, qtbot: QtBot, wanted: Wanted) -> None:
    search = give(window, qtbot)
    QTest.keyClick(search, Qt.Key.Key_Down)
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert wanted.answers == [(1, ReassignTime(OTHER))]


def test_given_to_its_own_task_it_is_kept(
    window: AbsencePrompt, qtbot: QtBot, wanted: Wanted
) -> None:
    QTest.keyClick(give(window, qtbot), Qt.Key.Key_Return)
    assert wanted.answers == [(1, KeepTime())]


def test_enter_before_kaitens_answer_counts_when_it_comes(
    window: AbsencePrompt, qtbot: QtBot, wanted: Wanted, asked: Asked
) -> None:
    search = give(window, qtbot)
    asked.recents = ()
    QTest.keyClicks(search, "63258151")
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert wanted.answers == []
    asked.answer(TaskSearchResult((Suggestion(OTHER, SuggestionSource.KAITEN),)))
    assert wanted.answers == [(1, ReassignTime(OTHER))]


def test_escape_ends_the_search_first(window: AbsencePrompt, qtbot: QtBot) -> None:
    search = give(window, qtbot)
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert not search.isVisible()
    assert window.isVisible()


def test_after_an_answer_a_line_with_the_way_back(
    window: AbsencePrompt, qtbot: QtBot, wanted: Wanted
) -> None:
    window.show_answered(question(), DropTime())
    window.show_questions([])
    assert texts(window) == "Removed {}–{}.".format(*wording.absence_bounds(question().absence))
    assert buttons(window) == {}
    QTest.keyClick(window, Qt.Key.Key_U, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: wanted.taken_back == [1])
    window.show_answer_undone()
    window.show_questions([question()])
    assert "Dropped" not in texts(window)


def test_several_are_asked_one_after_the_other(window: AbsencePrompt) -> None:
    window.show_questions([question(1), question(2)])
    assert "1 of 2" in texts(window)
    window.show_answered(question(1), KeepTime())
    window.show_questions([question(2)])
    assert "1 of" not in texts(window)
    assert "Kept" in texts(window)
    assert len(buttons(window)) == 4


def test_a_screen_reader_hears_what_each_does(window: AbsencePrompt) -> None:
    for button in window.findChildren(ChoiceCard):
        assert button.accessibleDescription() == button.detail
    for field_ in (*window.findChildren(QLineEdit), *window.findChildren(QListWidget)):
        assert field_.accessibleName()
    assert all(each.text() or each.accessibleName() for each in window.findChildren(QPushButton))


def test_long_titles_and_narrow_windows_do_not_clip(window: AbsencePrompt) -> None:
    from dataclasses import replace

    long = replace(CARD, title="A title " * 60)
    asked = question()
    window.show_questions([replace(asked, entry=replace(asked.entry, task=long))])
    window.resize(280, 100)
    for label in window.findChildren(QLabel):
        if label.isVisible():
            assert label.height() >= label.heightForWidth(label.width())


def test_tooltip_and_badge() -> None:
    from dataclasses import replace

    shown = replace(running(), questions=(question(),), badge=TrayBadge.QUESTION)
    assert wording.absence_range(question().absence) in wording.tooltip(shown, NOW)
    assert "away" not in wording.tooltip(IDLE, NOW)


# -- answered elsewhere


@pytest.fixture
def controller() -> Iterator[AbsenceController]:
    """The window is open, with one question."""
    resolved: list[int] = []

    class Resolver:
        def resolve(self, absence_id: int, answer: AbsenceResolution) -> None:
            assert answer == KeepTime()
            resolved.append(absence_id)
            made.show_view(IDLE)  # the app shows what changed before the act returns

    made = AbsenceController(
        cast("AbsenceResolver", Resolver()), resolved.remove, Asked(), lambda: NOW, lambda _: None
    )
    made.show_view(replace(IDLE, questions=(question(),)))
    yield made
    made.close()


def test_the_window_goes_when_its_question_was_answered_elsewhere(
    controller: AbsenceController,
) -> None:
    window = opened(AbsencePrompt)
    controller.show_view(replace(IDLE, questions=(question(), question(2))))
    assert window.isVisible()
    controller.show_view(IDLE)
    assert not window.isVisible()


def test_a_click_after_the_answer_opens_no_empty_window(controller: AbsenceController) -> None:
    """A notification's button, pressed after the command line has answered."""
    window = opened(AbsencePrompt)
    controller.show_view(IDLE)
    controller.open(IDLE)
    assert not window.isVisible()


def test_the_window_stays_with_its_undo_when_it_was_answered_in_it(
    controller: AbsenceController, qtbot: QtBot
) -> None:
    window = opened(AbsencePrompt)
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: window.has_answer)
    controller.show_view(IDLE)
    assert window.isVisible()
    assert "Kept" in texts(window)
    window.close()
    controller.show_view(replace(IDLE, questions=(question(3),)))
    assert "Kept" not in texts(window), "it is about an earlier question"
    controller.show_view(IDLE)
    assert not window.isVisible()


def test_on_a_low_screen_no_answer_is_cut(
    window: AbsencePrompt, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The picture and the hint have given way; they are there again where there is room."""
    window.show_questions([question(1)])
    window.show_prompt()
    strip, all_of_it = window.findChild(DayStrip), window.height()
    assert strip is not None
    monkeypatch.setattr(window, "highest", lambda: 330)
    window.resize(window.screen().availableGeometry().width(), 330)
    window.show_message("")
    QApplication.processEvents()
    assert strip.isHidden()
    cards = [each for each in window.findChildren(ChoiceCard) if each.isVisible()]
    assert len(cards) == 4
    assert all(each.height() >= each.minimumSizeHint().height() for each in cards)
    assert cards[-1].geometry().bottom() <= window.height() <= 330
    monkeypatch.undo()
    window.show_message("")
    assert not strip.isHidden()
    assert window.height() <= all_of_it
