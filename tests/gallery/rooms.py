"""Every window of the app, filled as on a busy day; nothing is behind them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QWidget

from tests.gallery import history_rooms
from tests.ui.conftest import (
    ANSWER,
    CARD,
    DRAINING,
    IDLE,
    KNOWN,
    NOW,
    OTHER,
    Asked,
    Noted,
    running,
)
from tests.ui.test_away import Wanted, question
from tests.ui.test_manual_entry import Adding
from tests.ui.test_problems import LOG, REMOTE, Deciding, problem
from timer_app.domain.card import Card
from timer_app.domain.delivery import DeliveryState, RemoveDoubleLog, Service, StopEntry
from timer_app.domain.obstacle import Obstacle, Trouble
from timer_app.domain.span_input import Field
from timer_app.domain.task import Task
from timer_app.services.history import Scope
from timer_app.services.service_status import Health
from timer_app.ui.away import AwayWindow
from timer_app.ui.manual_entry import ManualEntryWindow
from timer_app.ui.panel import Panel
from timer_app.ui.problems import ProblemsWindow
from timer_app.ui.view import ServiceLine, View

ZONE = ZoneInfo("Europe/Moscow")
LONG = Task(
    "Перенести справку с картинками на новый сервер и проверить все ссылки в ней", CARD.card
)
JAPANESE = Task("長い題名のカードを確認する", Card("https://acme.kaiten.ru", 63258153))
SILENT = Obstacle(Trouble.NO_ANSWER, "timecrowd.net")
TROUBLED = replace(
    running(LONG, seconds=5025, comment="first half"),
    services=(
        ServiceLine(Service.TIMECROWD, Health.OFFLINE, 3, SILENT),
        ServiceLine(Service.KAITEN, Health.UNAUTHORIZED, 1),
    ),
    problems=2,
)


@dataclass(frozen=True)
class Room:
    """A window in a state: `make` gives it, open."""

    name: str
    make: Callable[[], QWidget]


def _panel(view: View) -> QWidget:
    asked = Asked(KNOWN)
    panel = Panel(Noted(), asked, lambda: NOW)
    panel.show_view(view)
    panel.open_at(None)
    asked.answer(ANSWER)
    return panel


def _manual_entry(*, filled: bool) -> QWidget:
    adding = Adding(overlaps=True)
    window = ManualEntryWindow(adding, Asked(KNOWN), lambda: ZONE)
    window.open(OTHER if filled else None)
    if filled:
        window._fields[Field.BEGIN].setText("9:00")
        window._fields[Field.LENGTH].setText("1h30m")
        window._comment.setText("forgotten")
    return window


def _away() -> QWidget:
    window = AwayWindow(Wanted(), Asked(KNOWN), lambda: NOW)
    window.show_questions([question(1), question(2)])
    window.come_up()
    return window


def _problems() -> QWidget:
    window = ProblemsWindow(Deciding(), lambda: ZONE)
    window.show_problems(
        (
            problem(),
            problem(StopEntry(NOW), number=4, remote=REMOTE),
            problem(LOG, number=5, state=DeliveryState.UNKNOWN, error=""),
            problem(RemoveDoubleLog(3, LOG.card, LOG.for_date, "1", "2"), number=6),
            problem(number=7),
        ),
        1234,
    )
    window.open()
    return window


ROOMS = (
    Room("panel-idle", lambda: _panel(IDLE)),
    Room("panel-running", lambda: _panel(running(seconds=4521, comment="first half"))),
    Room("panel-troubled", lambda: _panel(TROUBLED)),
    Room("panel-delivering", lambda: _panel(replace(DRAINING, recents=(JAPANESE,)))),
    Room("add-time-empty", lambda: _manual_entry(filled=False)),
    Room("add-time", lambda: _manual_entry(filled=True)),
    Room("problems", _problems),
    Room("away", _away),
    Room("history", history_rooms.history),
    Room("history-month", lambda: history_rooms.history(Scope.MONTH)),
    Room("history-deleted", history_rooms.after_a_deletion),
    Room("history-edit", history_rooms.edit),
    Room("history-split", history_rooms.split),
    Room("history-compare", history_rooms.compare),
)
