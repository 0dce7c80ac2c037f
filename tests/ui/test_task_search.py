"""The search field: what it offers, and what a person's keys make of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import CARD, ORIGIN, OTHER, WORDS
from timer_app.domain.card import Card
from timer_app.services.finder import Found, Origin, Suggestion
from timer_app.services.ports import CardInfo
from timer_app.ui.task_search import TaskSearch

KNOWN = (Suggestion(CARD, Origin.RECENT), Suggestion(OTHER, Origin.RECENT))
INFO = CardInfo(Card(ORIGIN, 63258149), "Ship the tray timer", False, "Timer App", "Doing", 135)


@dataclass
class Asked:
    """Implements `Search`: notes questions, and answers when it is told to."""

    recents: Sequence[Suggestion] | None = None
    questions: list[str] = field(default_factory=list)
    answer: Callable[[Found], None] = lambda _: None

    def known(self, words: str) -> Sequence[Suggestion]:
        """Recent tasks that hold the words, and the words."""
        if self.recents is not None:
            return self.recents
        found = [each for each in KNOWN if words.casefold() in each.task.title.casefold()]
        return [*found, Suggestion(WORDS, Origin.WORDS)] if words else found

    def ask(self, words: str, answered: Callable[[Found], None]) -> None:
        """See Search."""
        self.questions.append(words)
        self.answer = answered


@pytest.fixture
def asked() -> Asked:
    """Whom the field asks."""
    return Asked()


def make(qtbot: QtBot, asked: Asked, *, keeps: bool) -> TaskSearch:
    search = TaskSearch(asked, keeps=keeps)
    qtbot.addWidget(search)
    search.show()
    qtbot.waitExposed(search)
    search.open()
    return search


@pytest.fixture
def search(qtbot: QtBot, asked: Asked) -> TaskSearch:
    """One that keeps what was chosen."""
    return make(qtbot, asked, keeps=True)


def choices(search: TaskSearch) -> list[str]:
    """The list, the current one marked."""
    shown = search._choices
    rows = [shown.item(row).text() for row in range(shown.count())]
    return [f"> {row}" if number == shown.currentRow() else row for number, row in enumerate(rows)]


def test_recents_at_once_then_the_words_then_kaiten(search: TaskSearch, asked: Asked) -> None:
    assert choices(search) == ["> #63258149  Ship the tray timer", "#63258151  Перенести справку"]
    QTest.keyClicks(search.field, "ship")
    assert choices(search) == [
        "> #63258149  Ship the tray timer", "“tidy the desk” without a card",
    ]  # fmt: skip
    assert search._about_choice.text() == "Asking Kaiten…"
    assert asked.questions == ["", "s", "sh", "shi", "ship"]
    asked.answer(Found((Suggestion(CARD, Origin.KAITEN, INFO),)))
    assert search._about_choice.text() == "Ship the tray timer — Timer App / Doing, logged 2:15"


def test_enter_takes_and_the_list_folds_away(search: TaskSearch) -> None:
    chosen = QSignalSpy(search.chosen)
    QTest.keyClick(search.field, Qt.Key.Key_Down)
    QTest.keyClick(search.field, Qt.Key.Key_Return)
    assert search.task == OTHER
    assert search.field.text() == "#63258151  Перенести справку"
    assert not search._choices.isVisible()
    assert chosen.count() == 1


def test_typing_lets_go_of_what_was_taken(search: TaskSearch) -> None:
    search.show_task(CARD)
    changed = QSignalSpy(search.changed)
    QTest.keyClicks(search.field, "x")
    assert search.task is None
    assert search._choices.isVisible()
    assert changed.count() == 1


def test_opening_it_again_keeps_what_was_taken(search: TaskSearch, asked: Asked) -> None:
    search.show_task(CARD)
    before = list(asked.questions)
    search.open()
    assert (search.task, asked.questions) == (CARD, before)
    search.clear()
    assert search.task is None
    assert choices(search)


def test_enter_before_the_answer_takes_what_it_brings(search: TaskSearch, asked: Asked) -> None:
    asked.recents = ()
    QTest.keyClicks(search.field, "63258149")
    QTest.keyClick(search.field, Qt.Key.Key_Return)
    assert search.task is None
    asked.answer(Found((Suggestion(CARD, Origin.KAITEN, INFO),)))
    assert search.task == CARD


def test_enter_on_nothing_takes_nothing_later(search: TaskSearch, asked: Asked) -> None:
    asked.recents = ()
    QTest.keyClicks(search.field, "63")
    QTest.keyClick(search.field, Qt.Key.Key_Return)
    asked.answer(Found(trouble="Kaiten does not show the card."))
    assert search._about_choice.text() == "Kaiten does not show the card."
    asked.answer(Found((Suggestion(CARD, Origin.KAITEN, INFO),)))
    assert search.task is None


def test_a_row_that_was_picked_stays_picked(search: TaskSearch, asked: Asked) -> None:
    QTest.keyClicks(search.field, "s")
    asked.recents = KNOWN
    QTest.keyClicks(search.field, "h")
    QTest.keyClick(search.field, Qt.Key.Key_Down)
    asked.answer(Found((Suggestion(CARD, Origin.KAITEN, INFO),)))
    assert choices(search)[1] == "> #63258151  Перенести справку"


def test_one_that_does_not_keep_leaves_the_field_to_its_owner(qtbot: QtBot, asked: Asked) -> None:
    search = make(qtbot, asked, keeps=False)
    QTest.keyClick(search.field, Qt.Key.Key_Return)
    assert search.task == CARD
    assert search._choices.isVisible()
