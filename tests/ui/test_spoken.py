"""What a screen reader says by itself: what changes, once, wherever the keyboard is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.support.pages.entry_windows import ManualEntryPage
from tests.support.pages.panel import PanelPage
from tests.support.routes import OTHER, FakeRoutes
from tests.ui.absence.test_prompt import Wanted, question
from tests.ui.conftest import CARD, KNOWN, NOW, Asked, Noted, running
from tests.ui.entries.test_manual_entry import MOSCOW, Adding
from timer_app.domain.absence import DropTime
from timer_app.domain.delivery.outcomes import Refused
from timer_app.services.delivery.ports import ServiceCallError
from timer_app.services.entries.suggestions import SuggestionSource, TaskSearchResult
from timer_app.ui.absence.prompt import AbsencePrompt
from timer_app.ui.entries.manual_entry import ManualEntryWindow
from timer_app.ui.entries.panel import Panel
from timer_app.ui.entries.route_chip import RouteMenu


@pytest.fixture
def asked() -> Asked:
    return Asked(KNOWN)


@pytest.fixture
def panel(qtbot: QtBot, asked: Asked) -> Iterator[PanelPage]:
    window = Panel(Noted(), asked, lambda: NOW, FakeRoutes())
    qtbot.addWidget(window)
    window.show_view(running())
    window.open_at(None)
    yield PanelPage(window)
    window.close()


def test_why_a_section_is_missing_is_said_once(
    panel: PanelPage, asked: Asked, said: list[str]
) -> None:
    """Not with each letter that is typed; again once it was there meanwhile."""
    gone = TaskSearchResult(error=ServiceCallError(Refused(404, ("No such card.",))))
    for letter in "rel":
        QTest.keyClicks(panel.search.field, letter)
        asked.answer(gone)
    assert len(said) == 1
    asked.answer(TaskSearchResult((), source=SuggestionSource.KAITEN))
    asked.answer(gone)
    assert len(said) == 2
    assert said[0] == said[1] != ""


def test_another_category_is_said(panel: PanelPage, said: list[str]) -> None:
    menu = next(each for each in panel.window.findChildren(RouteMenu) if each.shown())
    menu.aboutToShow.emit()
    action = next(each for each in menu.findChildren(QAction) if each.text() == OTHER.name)
    action.trigger()
    assert said[-1] == f"Category: {OTHER.name}"


def test_what_services_would_get_is_said_after_a_pause(qtbot: QtBot, said: list[str]) -> None:
    window = ManualEntryWindow(Adding(), Asked(KNOWN), lambda: MOSCOW)
    qtbot.addWidget(window)
    window.open(CARD)
    page = ManualEntryPage(window)
    QTest.keyClicks(page.begin, "9-10:30")
    assert said == []
    qtbot.waitUntil(lambda: bool(said))
    assert len(said) == 1
    assert "90 min" in said[0]
    QTest.keyClicks(page.comment, "x")
    assert len(said) == 1


def test_an_answer_is_said_where_its_undo_is(qtbot: QtBot, said: list[str]) -> None:
    window = AbsencePrompt(Wanted(), Asked(KNOWN), lambda: NOW)
    qtbot.addWidget(window)
    window.show_questions([question(1)])
    window.show_prompt()
    window.show_questions([])
    window.show_answered(question(1), DropTime())
    assert said[-1].startswith("Removed ")


def test_a_changed_start_is_said_with_its_undo(panel: PanelPage, said: list[str]) -> None:
    panel.window.show_view(running(seconds=1800))
    QTest.mouseClick(panel.since, Qt.MouseButton.LeftButton)
    QTest.keyClicks(panel.start_time, "11:15\r")
    panel.window.show_view(running(seconds=2700))
    assert said[-1] == "Start changed to 11:15. Undo"
