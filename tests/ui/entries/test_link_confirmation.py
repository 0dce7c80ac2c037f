"""The question about a link: what it shows, and that no is the easy answer."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import CARD, NOW
from timer_app.domain.entries.entry import Entry, Source
from timer_app.domain.entries.task import Task
from timer_app.domain.errors import BadInput
from timer_app.domain.messages import LinkMessageId
from timer_app.services.setup.links import LinkAction, LinkPrompt
from timer_app.ui.entries.link_confirmation import LinkConfirmation

RUNNING = Entry("e1", Task("<b>Before</b>"), NOW - timedelta(hours=1), Source.CLICK)
START = LinkPrompt(LinkAction.START, "https://acme.kaiten.ru/63258149", CARD, "Из ссылки", RUNNING)


@dataclass
class Person:
    """Notes the answers."""

    said: list[str] = field(default_factory=list)

    def accept(self) -> None:
        """See Answers."""
        self.said.append("yes")

    def dismiss(self) -> None:
        """See Answers."""
        self.said.append("no")


@pytest.fixture
def person() -> Person:
    """Who is asked."""
    return Person()


@pytest.fixture
def window(qtbot: QtBot, person: Person) -> LinkConfirmation:
    """The window, asking whether to start."""
    window = LinkConfirmation(person, lambda: NOW, lambda: UTC)
    qtbot.addWidget(window)
    window.show_prompt(START)
    qtbot.waitExposed(window)
    return window


def shown(window: LinkConfirmation) -> list[str]:
    """All the labels that can be seen, from top to bottom."""
    labels = [label for label in window.findChildren(QLabel) if label.isVisible()]
    return [label.text() for label in sorted(labels, key=lambda it: (it.y(), it.x()))]


def test_what_would_happen(window: LinkConfirmation) -> None:
    assert shown(window) == [
        "A link wants to start an entry.",
        "Task",
        "Ship the tray timer",
        "Card",
        "https://acme.kaiten.ru/63258149",
        "Comment",
        "Stops",
        "<b>Before</b>, running since 11:00",
    ]
    assert window._comment.toPlainText() == "Из ссылки"
    assert (window._accept_button.text(), window._dismiss_button.text()) == ("&Start", "&Cancel")
    assert not window.isModal()


def test_nobodys_markup_is_obeyed(window: LinkConfirmation) -> None:
    for label in window.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText
        assert not label.openExternalLinks()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Escape])
def test_a_key_under_way_means_no(window: LinkConfirmation, person: Person, key: Qt.Key) -> None:
    focused = window.focusWidget()
    assert focused is window._dismiss_button
    QTest.keyClick(focused, key)
    assert person.said == ["no"]


def test_closing_the_window_means_no(window: LinkConfirmation, person: Person) -> None:
    window.close()
    assert person.said == ["no"]


def test_yes_by_the_keyboard(window: LinkConfirmation, person: Person) -> None:
    QTest.keyClick(window._dismiss_button, Qt.Key.Key_Tab)
    while (focused := window.focusWidget()) is not window._accept_button:
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    QTest.keyClick(focused, Qt.Key.Key_Return)
    assert person.said == ["yes"]


def test_while_kaiten_is_asked_there_is_no_yes(window: LinkConfirmation, person: Person) -> None:
    window.update_prompt(replace(START, task=None, is_loading=True))
    assert "Asking Kaiten for the card…" in shown(window)
    assert "Task" not in shown(window)
    window._accept_button.click()
    assert person.said == []
    assert window._dismiss_button.text() == "&Cancel"


def test_a_refused_card(window: LinkConfirmation) -> None:
    window.update_prompt(replace(START, task=None, note=BadInput(LinkMessageId.NO_KAITEN)))
    assert "Kaiten is not set up, so this link's card cannot be found." in shown(window)
    assert not window._accept_button.isEnabled()
    assert window._dismiss_button.text() == "&Close"


def test_a_stop(window: LinkConfirmation) -> None:
    yesterday = replace(RUNNING, started_at=NOW - timedelta(days=1))
    window.show_prompt(LinkPrompt(LinkAction.STOP, running=yesterday))
    assert shown(window) == [
        "A link wants to stop what runs.",
        "Stops",
        "<b>Before</b>, running since Sun 22 Nov 12:00",
    ]
    assert window._accept_button.text() == "&Stop"
    window.update_prompt(LinkPrompt(LinkAction.STOP))
    assert shown(window)[1:] == ["Nothing is running."]
    assert not window._accept_button.isEnabled()


def test_a_link_that_cannot_be_used(window: LinkConfirmation) -> None:
    window.show_prompt(
        LinkPrompt(
            LinkAction.NOTHING, note=BadInput(LinkMessageId.TWICE, "card"), has_rejected_link=True
        )
    )
    heading, note = shown(window)
    assert heading == "A link was opened that cannot be used."
    assert note.startswith("The link gives “card” twice.\nAnother link")
    assert not window._accept_button.isVisible()


@pytest.mark.parametrize("comment", ["x", "Слово " * 600, "x" * 4096])
def test_nothing_is_clipped(window: LinkConfirmation, comment: str) -> None:
    task = Task("Очень длинное название карточки " * 15)
    window.show_prompt(replace(START, task=task, comment=comment, note=BadInput("word " * 60)))
    for label in window.findChildren(QLabel):
        if label.isVisible():
            assert label.height() >= label.heightForWidth(label.width()), label.text()
    assert window.width() == 440
    assert window._comment.height() < 140
    window.show_prompt(START)
    assert window.height() < 300


def test_a_screen_reader_hears_the_rows(window: LinkConfirmation) -> None:
    named = {
        widget.accessibleName() for widget in window.findChildren(QWidget) if widget.isVisible()
    }
    assert {"Task", "Card", "Comment", "Stops"} <= named
