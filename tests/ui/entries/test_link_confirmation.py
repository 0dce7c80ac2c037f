"""The question about a link: what it shows, and that no is the easy answer."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.support.pages.entry_windows import LinkPage
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
def page(qtbot: QtBot, person: Person) -> LinkPage:
    """The window, asking whether to start."""
    page = LinkPage(LinkConfirmation(person, lambda: NOW, lambda: UTC))
    qtbot.addWidget(page.window)
    page.window.show_prompt(START)
    qtbot.waitExposed(page.window)
    return page


def shown(page: LinkPage) -> list[str]:
    """All the labels that can be seen, from top to bottom."""
    labels = [label for label in page.window.findChildren(QLabel) if label.isVisible()]
    places = {label: label.mapTo(page.window, QPoint()) for label in labels}
    labels.sort(key=lambda label: (places[label].y(), places[label].x()))
    return [label.text() for label in labels]


def test_a_start_link_shows_what_it_would_do(page: LinkPage) -> None:
    assert shown(page) == [
        "A link asks to start an entry.",
        "Ship the tray timer",
        "#63258149",
        "Stops",
        "<b>Before</b>",
        "Running since 11:00",
    ]
    assert page.comment.toPlainText() == "Из ссылки"
    assert (page.accept.text(), page.dismiss.text()) == ("&Start", "&Cancel")
    assert not page.window.isModal()


def test_foreign_text_is_never_markup(page: LinkPage) -> None:
    for label in page.window.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText
        assert not label.openExternalLinks()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Escape])
def test_a_key_under_way_means_no(page: LinkPage, person: Person, key: Qt.Key) -> None:
    focused = page.window.focusWidget()
    assert focused is page.dismiss
    QTest.keyClick(focused, key)
    assert person.said == ["no"]


def test_closing_the_window_means_no(page: LinkPage, person: Person) -> None:
    page.window.close()
    assert person.said == ["no"]


def test_yes_by_the_keyboard(page: LinkPage, person: Person) -> None:
    QTest.keyClick(page.dismiss, Qt.Key.Key_Tab)
    while (focused := page.window.focusWidget()) is not page.accept:
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    QTest.keyClick(focused, Qt.Key.Key_Return)
    assert person.said == ["yes"]


def test_while_kaiten_is_asked_there_is_no_yes(page: LinkPage, person: Person) -> None:
    page.window.update_prompt(replace(START, task=None, is_loading=True))
    assert "Asking Kaiten for the card…" in shown(page)
    assert "https://acme.kaiten.ru/63258149" in shown(page)
    assert "Ship the tray timer" not in shown(page)
    page.accept.click()
    assert person.said == []
    assert page.dismiss.text() == "&Cancel"


def test_a_card_that_is_refused_cannot_be_started(page: LinkPage) -> None:
    page.window.update_prompt(replace(START, task=None, note=BadInput(LinkMessageId.NO_KAITEN)))
    assert "Kaiten is not set up, so this link's card cannot be found." in shown(page)
    assert not page.accept.isEnabled()
    assert page.dismiss.text() == "&Close"


def test_a_stop_link_shows_what_it_would_stop(page: LinkPage) -> None:
    yesterday = replace(RUNNING, started_at=NOW - timedelta(days=1))
    page.window.show_prompt(LinkPrompt(LinkAction.STOP, running=yesterday))
    assert shown(page) == [
        "A link asks to stop what runs.",
        "<b>Before</b>",
        "Running since Sun 22 Nov 12:00",
    ]
    assert page.accept.text() == "&Stop"
    page.window.update_prompt(LinkPrompt(LinkAction.STOP))
    assert shown(page)[1:] == ["Nothing is running."]
    assert not page.accept.isEnabled()


def test_a_link_that_cannot_be_used(page: LinkPage) -> None:
    page.window.show_prompt(
        LinkPrompt(
            LinkAction.NOTHING, note=BadInput(LinkMessageId.TWICE, "card"), has_rejected_link=True
        )
    )
    assert shown(page) == [
        "A link was opened that cannot be used.",
        "The link gives “card” twice.",
        "Another link was opened meanwhile and was ignored.",
        "Answer this one, then open it again.",
    ]
    assert not page.accept.isVisible()


@pytest.mark.parametrize("comment", ["x", "Слово " * 600, "x" * 4096])
@pytest.mark.parametrize(
    "title",
    ["Очень длинное название карточки " * 15, "W" * 500, "é" * 499, "مهمة طويلة جدا " * 30],
)
def test_nothing_is_clipped(page: LinkPage, title: str, comment: str) -> None:
    task = Task(title, CARD.card)
    note = BadInput(LinkMessageId.TWICE, "word " * 60)
    running = replace(RUNNING, task=task)
    page.window.show_prompt(replace(START, task=task, comment=comment, note=note, running=running))
    for label in page.window.findChildren(QLabel):
        if label.isVisible():
            assert label.height() >= label.heightForWidth(label.width()), label.text()
    assert page.window.width() == 440
    assert page.comment.height() < 140
    page.window.show_prompt(START)
    assert page.window.height() < 300


def test_a_comment_is_as_high_as_its_lines(page: LinkPage) -> None:
    heights = []
    for comment in ("x", "日本語のコメント" * 10, "x" * 4096):
        page.window.update_prompt(replace(START, comment=comment))
        heights.append(page.comment.height())
        fits = page.comment.verticalScrollBar().maximum() == 0
        assert fits is (len(comment) < 4096)
    assert heights == sorted(set(heights))


def test_a_screen_reader_hears_the_rows(page: LinkPage) -> None:
    def heard() -> dict[str, str]:
        labels = page.window.findChildren(QLabel)
        return {each.text(): each.accessibleDescription() for each in labels if each.isVisible()}

    assert heard()["Ship the tray timer"] == "Task"
    assert heard()["#63258149"] == "Card"
    assert heard()["<b>Before</b>"] == "Stops"
    assert page.comment.accessibleName() == "Comment"
    page.window.update_prompt(replace(START, task=None, is_loading=True))
    assert heard()["https://acme.kaiten.ru/63258149"] == "Card"
