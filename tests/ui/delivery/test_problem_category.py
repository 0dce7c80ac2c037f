"""A category that TimeCrowd refuses: another one is chosen in the problems window."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from tests.support.routes import FakeRoutes
from tests.ui.conftest import CARD, NOW
from tests.ui.delivery.test_problems import Deciding
from timer_app.domain.delivery.outbox import (
    Delivery,
    DeliveryState,
    LoggedEntry,
)
from timer_app.domain.delivery.service_messages import StartEntry
from timer_app.domain.entries.entry import Entry, Source
from timer_app.services.delivery.problems import Problem, Resolution
from timer_app.ui.delivery.problems import ProblemsWindow

TASK = CARD
ENTRY = Entry("e1", TASK, NOW, Source.CLICK)
REFUSED = Delivery(
    7, "e1", StartEntry(TASK, NOW), DeliveryState.BLOCKED, 1,
    error="Category is already deleted. (HTTP 422)", refused_status=422,
)  # fmt: skip


def _problem(delivery: Delivery) -> Problem:
    return Problem.for_delivery(LoggedEntry(ENTRY, None, (delivery,)), delivery)


def test_only_a_task_that_could_not_be_made_is_made_elsewhere() -> None:
    assert _problem(REFUSED).resolutions[0] is Resolution.CHANGE_CATEGORY
    forbidden = replace(REFUSED, refused_status=403)
    assert Resolution.CHANGE_CATEGORY not in _problem(forbidden).resolutions


def test_another_category_is_chosen_from_its_button(qtbot: QtBot) -> None:
    deciding, routes = Deciding(), FakeRoutes()
    window = ProblemsWindow(deciding, lambda: UTC, routes)
    qtbot.addWidget(window)
    window.show_problems([_problem(REFUSED)], 1)
    [button] = [each for each in window.findChildren(QPushButton)
                if each.text() == "Choose another category…"]  # fmt: skip
    assert button.accessibleDescription() == f"Choose another category…: {TASK.title}"
    menu = button.menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    below = [each.menu() for each in menu.actions()]
    found = [each for one in below if isinstance(one, QMenu) for each in one.actions()]
    next(each for each in found if each.text() == "Clients").trigger()
    assert deciding.others == ["7 11710 41001"]
