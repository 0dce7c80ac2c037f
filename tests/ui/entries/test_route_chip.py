"""The chips of the panel: where time goes, and choosing otherwise by mouse and keyboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from tests.support.pages.panel import PanelPage
from tests.support.routes import CHOICES, FakeRoutes
from tests.ui.conftest import KNOWN, NOW, Asked, Noted, running
from timer_app.domain.entries.entry import Entry
from timer_app.domain.entries.route import PLAIN, Route
from timer_app.domain.entries.task import Task
from timer_app.services.entries.route_lists import ShownRoute
from timer_app.ui.entries.panel import Panel
from timer_app.ui.view import View


@pytest.fixture
def routes() -> FakeRoutes:
    return FakeRoutes()


@pytest.fixture
def panel(qtbot: QtBot, routes: FakeRoutes) -> PanelPage:
    page = PanelPage(Panel(Noted(), Asked(KNOWN), lambda: NOW, routes))
    qtbot.addWidget(page.window)
    page.window.show_view(running())
    page.window.open_at(None)
    qtbot.waitExposed(page.window)
    return page


def _open(chip: QPushButton) -> QMenu:
    """Its menu as it is when it opens; offscreen none can grab the keyboard."""
    menu = chip.menu()
    assert menu is not None
    menu.aboutToShow.emit()
    return menu


def _actions(menu: QMenu) -> list[QAction]:
    """All actions that can be chosen, those of submenus in their place."""
    found: list[QAction] = []
    for action in menu.actions():
        below = action.menu()
        found += _actions(below) if isinstance(below, QMenu) else [action]
    return [each for each in found if not each.isSeparator()]


def test_it_says_the_category_and_reads_it_out(panel: PanelPage) -> None:
    chip = panel.running_route
    assert chip.text() == "Timer App"
    assert chip.accessibleName() == "Category: Development / Timer App"
    assert "stays in its category" in chip.accessibleDescription()
    assert chip.focusPolicy() & Qt.FocusPolicy.TabFocus


class NamelessRoutes(FakeRoutes):
    """Knows the category by its number alone until TimeCrowd has answered."""

    loads: int = 0

    def shown(self, task: Task, entry: Entry | None) -> ShownRoute | None:
        shown = super().shown(task, entry)
        if shown is None or shown.category is None or self.loads > 1:
            return shown
        return replace(shown, category=replace(shown.category, name=""))

    def load(self, answered: Callable[[str], None]) -> bool:
        self.loads += 1
        return super().load(answered)


def test_a_name_that_was_never_seen_is_asked_for_when_the_panel_opens(qtbot: QtBot) -> None:
    routes = NamelessRoutes()
    page = PanelPage(Panel(Noted(), Asked(KNOWN), lambda: NOW, routes))
    qtbot.addWidget(page.window)
    page.window.show_view(running())
    assert routes.loads == 0
    page.window.open_at(None)
    assert (page.running_route.text(), routes.loads) == ("Category 36544", 1)
    page.window.open_at(None)
    assert routes.answered is not None
    routes.answered("")
    assert page.running_route.text() == "Timer App"
    page.window.open_at(None)
    assert routes.loads == 2


def test_another_choice_is_remembered_for_the_task(panel: PanelPage, routes: FakeRoutes) -> None:
    chip, view = panel.running_route, running()
    assert view.running
    menu = _open(chip)
    labels = [each.text() for each in _actions(menu)]
    assert labels == [
        "As rules and settings say", "Development / Timer App", "No category of its own",
        "Clients", "No category of its own", "Asking TimeCrowd…",
    ]  # fmt: skip
    assert [each.title() for each in menu.findChildren(QMenu)] == ["Demo team", "R&&D <Client>"]
    next(each for each in _actions(menu) if each.text() == "Clients").trigger()
    assert routes.chosen == {view.running.task.key: Route(11710, 41001)}
    assert chip.text() == "Clients"
    _actions(_open(chip))[0].trigger()
    assert routes.chosen[view.running.task.key] == PLAIN


def test_an_answer_fills_the_menu_that_is_open(panel: PanelPage, routes: FakeRoutes) -> None:
    routes.known = ()
    menu = _open(panel.running_route)
    assert [each.text() for each in _actions(menu)][1:] == ["Asking TimeCrowd…"]
    assert routes.answered
    routes.answered("TimeCrowd did not answer.")
    assert [each.text() for each in _actions(menu)][1:] == ["TimeCrowd did not answer."]
    routes.known = CHOICES
    routes.answered("")
    assert "Clients" in [each.text() for each in _actions(menu)]


def test_why_a_choice_was_not_kept_is_said(panel: PanelPage, routes: FakeRoutes) -> None:
    routes.error = "The disk is full."
    menu = _open(panel.running_route)
    _actions(menu)[1].trigger()
    assert panel.message.text() == "The disk is full."


def test_what_would_start_has_a_chip_before_it_starts(panel: PanelPage, routes: FakeRoutes) -> None:
    routes.is_open = True
    assert not panel.next_route.isVisible()  # while something runs, nothing is picked
    QTest.keyClick(panel.search.field, Qt.Key.Key_Down)
    assert panel.next_route.isVisible()
    assert panel.next_route.text() == "By its board"
    assert "Kaiten shows the card" in panel.next_route.toolTip()


def test_without_timecrowd_there_is_none(qtbot: QtBot) -> None:
    page = PanelPage(Panel(Noted(), Asked(KNOWN), lambda: NOW))
    qtbot.addWidget(page.window)
    view: View = running()
    page.window.show_view(view)
    assert not page.running_route.isVisibleTo(page.window)


def test_an_answer_without_news_leaves_the_menu_as_it_is(
    panel: PanelPage, routes: FakeRoutes
) -> None:
    menu = _open(panel.running_route)
    before = _actions(menu)
    assert routes.answered
    routes.answered("")
    assert _actions(menu) == before[:-1]  # but for the line that says who is asked
