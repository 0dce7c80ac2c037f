"""A pasted address in the search field: what is asked about it, by keyboard alone and by mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.support.pages.panel import PanelPage
from tests.support.pages.search import SearchPage
from tests.ui.conftest import CARD, IDLE, KNOWN, NOW, Asked, Noted
from timer_app.domain.entries.task import Task
from timer_app.domain.errors import BadInput
from timer_app.domain.messages import AddressMessageId
from timer_app.services.entries.suggestions import Suggestion, SuggestionSource, TaskSearchResult
from timer_app.ui.entries.panel import Panel
from timer_app.ui.entries.task_search import TaskSearch

PAGE = "https://example.com/a"
MESSAGE = "https://www.chatwork.com/#!rid123456-1"


@pytest.fixture
def asked() -> Asked:
    """Whom the field asks: it offers a new task at an address, whatever is typed."""
    return Asked()


def offer(asked: Asked, address: str, room_name: str = "") -> None:
    task = Task("", None, address, room_name)
    asked.recents = [Suggestion(task, SuggestionSource.ADDRESS)]


@pytest.fixture
def search(qtbot: QtBot, asked: Asked) -> SearchPage:
    """A field that keeps what was chosen."""
    search = SearchPage(TaskSearch(asked, shows_choice=True))
    qtbot.addWidget(search.window)
    search.window.show()
    qtbot.waitExposed(search.window)
    search.window.open()
    return search


def focused(widget: QWidget) -> str:
    """The name of what has the keyboard."""
    return keyboard(widget).objectName()


def keyboard(widget: QWidget) -> QWidget:
    found: QWidget | None = widget.window().focusWidget()
    assert found is not None
    return found


def press(widget: QWidget, key: Qt.Key) -> None:
    QTest.keyClick(keyboard(widget), key)


def type_words(widget: QWidget, words: str) -> None:
    QTest.keyClicks(keyboard(widget), words)


def test_an_address_is_asked_for_its_title(search: SearchPage, asked: Asked) -> None:
    chosen = QSignalSpy(search.window.chosen)
    offer(asked, PAGE)
    type_words(search.window, PAGE)
    assert search.rows() == [f"> New task at {PAGE}"]
    press(search.window, Qt.Key.Key_Return)
    assert (focused(search.window), chosen.count()) == ("address-title", 0)
    assert not search.line("address-room").isVisible()
    press(search.window, Qt.Key.Key_Return)
    assert search.details.text() == "The task needs a title."
    type_words(search.window, "Read it")
    press(search.window, Qt.Key.Key_Return)
    assert (chosen.count(), search.window.task) == (1, Task("Read it", None, PAGE))
    assert (search.details.text(), search.field.text()) == ("", "Read it")


def test_a_room_without_a_name_is_asked_for_it(search: SearchPage, asked: Asked) -> None:
    offer(asked, MESSAGE)
    type_words(search.window, MESSAGE)
    press(search.window, Qt.Key.Key_Return)
    type_words(search.window, "Answer")
    room = search.line("address-room")
    assert (room.isVisible(), room.placeholderText()) == (True, "Chatwork 123456")
    press(search.window, Qt.Key.Key_Tab)
    assert focused(search.window) == "address-room"
    type_words(search.window, "Sales")
    press(search.window, Qt.Key.Key_Return)
    assert search.window.task == Task("Answer", None, MESSAGE, "Sales")


def test_a_room_with_a_name_is_not_asked_again(search: SearchPage, asked: Asked) -> None:
    offer(asked, MESSAGE, "Sales")
    type_words(search.window, MESSAGE)
    press(search.window, Qt.Key.Key_Return)
    assert not search.line("address-room").isVisible()
    type_words(search.window, "Answer")
    search.click("address-use")
    assert search.window.task == Task("Answer", None, MESSAGE, "Sales")


def test_a_card_is_linked_by_keyboard_alone(search: SearchPage, asked: Asked) -> None:
    offer(asked, PAGE)
    type_words(search.window, PAGE)
    press(search.window, Qt.Key.Key_Return)
    type_words(search.window, "Read it")
    press(search.window, Qt.Key.Key_Tab)
    assert focused(search.window) == "address-link-card"
    asked.recents = [*KNOWN, Suggestion(Task("words"), SuggestionSource.WORDS)]
    press(search.window, Qt.Key.Key_Space)
    (cards,) = search.window.findChildren(TaskSearch)
    assert SearchPage(cards).rows() == [
        "> #63258149  Ship the tray timer",
        "#63258151  Перенести справку",
    ]
    press(search.window, Qt.Key.Key_Return)
    assert focused(search.window) == "address-title"
    press(search.window, Qt.Key.Key_Return)
    assert search.window.task == Task("Read it", CARD.card, PAGE)


def test_escape_goes_back_to_the_list(search: SearchPage, asked: Asked) -> None:
    offer(asked, PAGE)
    type_words(search.window, PAGE)
    press(search.window, Qt.Key.Key_Return)
    press(search.window, Qt.Key.Key_Escape)
    assert search.window.isVisible()
    assert (focused(search.window), search.choices.isVisible()) == ("search-field", True)
    type_words(search.window, "x")
    assert search.window.task is None


def test_another_word_in_the_field_ends_the_question(search: SearchPage, asked: Asked) -> None:
    offer(asked, PAGE)
    type_words(search.window, PAGE)
    press(search.window, Qt.Key.Key_Return)
    title = search.line("address-title")
    assert title.isVisible()
    QTest.keyClicks(search.field, "y")
    assert (title.isVisible(), search.choices.isVisible()) == (False, True)


def test_leaving_the_field_asks_too(search: SearchPage, asked: Asked, qtbot: QtBot) -> None:
    offer(asked, PAGE)
    type_words(search.window, PAGE)
    other = QLineEdit(search.window)
    other.show()
    other.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: focused(search.window) == "address-title")


def test_a_new_address_cannot_be_pinned(search: SearchPage, asked: Asked) -> None:
    offer(asked, PAGE)
    type_words(search.window, PAGE)
    assert not search.pin.isEnabled()


def test_why_an_address_will_not_do(search: SearchPage, asked: Asked) -> None:
    asked.recents = []
    type_words(search.window, "https://me:pw@example.com/")
    asked.answer(TaskSearchResult(error=BadInput(AddressMessageId.HOLDS_A_LOGIN)))
    assert search.rows() == []
    assert search.details.text() == "The address must not contain a user name or a password."


@pytest.fixture
def intents() -> Noted:
    """What the panel wants done."""
    return Noted()


@pytest.fixture
def panel(qtbot: QtBot, asked: Asked, intents: Noted) -> PanelPage:
    """The panel after the address of a page was pasted."""
    panel = PanelPage(Panel(intents, asked, lambda: NOW))
    qtbot.addWidget(panel.window)
    panel.window.show_view(IDLE)
    panel.window.show()
    qtbot.waitExposed(panel.window)
    panel.window.open_at(None)
    offer(asked, PAGE)
    type_words(panel.window, PAGE)
    press(panel.window, Qt.Key.Key_Return)
    return panel


def test_a_linked_card_stays_below_the_title(panel: PanelPage, asked: Asked) -> None:
    asked.recents = KNOWN
    panel.click("address-link-card")
    (cards,) = panel.search.window.findChildren(TaskSearch)
    field = SearchPage(cards).field
    QApplication.processEvents()  # the layout follows
    before = field.mapTo(panel.window, QPoint(0, 0))
    press(panel.window, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert not SearchPage(cards).choices.isVisible()
    assert field.mapTo(panel.window, QPoint(0, 0)) == before, "not amid the room of its list"


def test_the_panel_starts_it(panel: PanelPage, intents: Noted) -> None:
    type_words(panel.window, "Read it")
    panel.click("address-use")
    assert intents.wanted == [("start", Task("Read it", None, PAGE), "")]
    assert not panel.line("address-title").isVisible()
