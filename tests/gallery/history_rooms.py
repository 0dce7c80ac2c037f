"""The history's windows, on a journal of two busy weeks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from tests.services.fakes import NOW
from tests.services.world import World
from tests.support.pages.entry_windows import EditPage, SplitPage
from tests.support.pages.history import ComparePage, HistoryPage
from tests.support.pages.page import opened
from tests.ui.conftest import Asked
from timer_app.adapters.entries.export_file import ExportFile
from timer_app.domain.audit.rows import (
    AuditRow,
    AuditVerdict,
    CorrectEntryTimes,
    ImportEntry,
    NextStep,
)
from timer_app.domain.delivery.outbox import DeliveryState
from timer_app.domain.delivery.outcomes import RemoteEntry
from timer_app.domain.delivery.remote_changes import TrackedEntry
from timer_app.domain.entries.card import Card
from timer_app.domain.entries.entry import Source
from timer_app.domain.entries.goals import week_goals
from timer_app.domain.entries.task import Task
from timer_app.domain.errors import NotPossible
from timer_app.domain.messages import AuditMessageId, AuditRowMessageId
from timer_app.domain.service import Service
from timer_app.domain.user_message import UserMessage
from timer_app.services.audit.auditor import Audit, RepairResult
from timer_app.services.entries.history import Scope
from timer_app.tray.controllers.history import HistoryController
from timer_app.ui.entries.history.totals_window import TotalsWindow
from timer_app.ui.entries.history.window import HistoryWindow

HOUR = timedelta(hours=1)
_Small = TypeVar("_Small", bound=QWidget)
_ORIGIN = "https://acme.kaiten.ru"
_TASKS = (
    Task("Ship the tray timer", Card(_ORIGIN, 63258149)),
    Task("Перенести справку с картинками на новый сервер и проверить все ссылки в ней",
         Card(_ORIGIN, 63258151)),
    Task("長い題名のカードを確認する", Card(_ORIGIN, 63258153)),
    Task("Read mail"),
    Task("Планёрка"),
)  # fmt: skip
ENGLISH = (
    Task("Ship the tray timer", Card(_ORIGIN, 63258149)),
    Task("Review the release notes", Card(_ORIGIN, 63258152)),
    Task("Answer support questions", Card(_ORIGIN, 63258155)),
    Task("Daily stand-up"),
    Task("Plan the next sprint"),
)
"""For pictures that are seen by who reads English alone."""
_SPANS = ((-3.5, 1.5), (-1.75, 2.25), (1, 2), (2.5, 1), (3.75, 3.5))
"""From noon on, in hours, and how long; two share time."""


def history(
    scope: Scope = Scope.WEEK,
    tasks: Sequence[Task] = _TASKS,
    comment: str = "Созвон с командой поддержки",
) -> HistoryWindow:
    """The history of a Sunday on which something runs."""
    folder = TemporaryDirectory()
    world = World(Path(folder.name))
    for days in range(13, 0, -1):
        for number, (begin, lasts) in enumerate(_SPANS[: 3 + days % 3]):
            began = NOW - days * 24 * HOUR + begin * HOUR
            said = comment if number == 1 else ""
            task = tasks[(number + days) % len(tasks)]
            world.timer.add(task, Source.MANUAL, began, began + lasts * HOUR, comment=said)
    world.drain()
    world.timer.add(tasks[0], Source.CLICK, NOW - 3.5 * HOUR, NOW - 1.5 * HOUR)
    world.timer.add(tasks[1], Source.CLICK, NOW - 2 * HOUR, NOW - HOUR)
    _refuse_one(world)
    world.timer.start(tasks[0], Source.CLICK, at=NOW - HOUR / 2)
    return _opened(world, folder, scope)


def empty() -> HistoryWindow:
    """The history before the first entry."""
    folder = TemporaryDirectory()
    return _opened(World(Path(folder.name)), folder, Scope.WEEK)


def _opened(world: World, folder: TemporaryDirectory[str], scope: Scope) -> HistoryWindow:
    desk = HistoryController(
        world.journal, world.clock, lambda: world.rules, world.timer, world.editor,
        lambda: week_goals(8 * 3600, "", range(5)), lambda: world.auditor,
        lambda path, _: ExportFile(path, for_spreadsheets=False), lambda _: None, lambda: None,
    )  # fmt: skip
    window = HistoryWindow(desk, Asked, lambda _: None)
    HistoryPage(window).scope.set_current(tuple(Scope).index(scope))
    window.open()

    def end() -> None:
        world.journal.close()
        folder.cleanup()

    window.destroyed.connect(end)
    return window


def _refuse_one(world: World) -> None:
    (number,) = world.journal.connection.execute("SELECT max(id) FROM delivery").fetchone()
    world.journal.set_state(number, DeliveryState.BLOCKED, "The card is archived.")


def strips() -> QWidget:
    """The week along its hours."""
    window = history()
    HistoryPage(window).choose_strips()
    return window


def after_a_deletion() -> QWidget:
    """With its Undo."""
    window = history()
    HistoryPage(window).table.selectRow(2)
    HistoryPage(window).action("delete").trigger()
    return window


def edit() -> QWidget:
    """An entry that would share time with another."""
    window = history()
    HistoryPage(window).table.selectRow(2)
    HistoryPage(window).action("edit").trigger()
    editing = EditPage.opened()
    editing.length.setText("2h30m")
    editing.end.clear()
    return _alone(window, editing.window)


def split() -> QWidget:
    """An entry to be two."""
    window = history()
    HistoryPage(window).table.selectRow(2)
    HistoryPage(window).action("split").trigger()
    return _alone(window, SplitPage.opened().window)


def totals() -> QWidget:
    """What each task has."""
    window = history()
    HistoryPage(window).action("totals").trigger()
    return _alone(window, opened(TotalsWindow))


def compare() -> QWidget:
    """What differs, with its repairs."""
    window = history()
    HistoryPage(window).action("compare").trigger()
    comparing = _alone(window, ComparePage.opened().window)
    today = NOW.date()
    held = RemoteEntry("6131", "1", NOW - 4 * HOUR, NOW - 2 * HOUR)
    found = "Ship the tray timer, 2026-11-22 08:30:00–10:30:00"
    card = "https://acme.kaiten.ru/63258149"
    rows = (
        AuditRow(
            "timecrowd:6131",
            Service.TIMECROWD,
            AuditVerdict.DIFFERENT,
            (UserMessage(AuditRowMessageId.OTHER_TIMES, found, "2026-11-22 08:00:00–10:00:00"),),
            "e1",
            "6131",
            CorrectEntryTimes("e1", held, NOW - 3.5 * HOUR, NOW - 1.5 * HOUR),
        ),
        AuditRow(
            "timecrowd:6132",
            Service.TIMECROWD,
            AuditVerdict.EXTRA,
            (
                UserMessage(AuditRowMessageId.IN_TIMECROWD, found),
                UserMessage(AuditRowMessageId.IN_NO_ENTRY),
            ),
            None,
            "6132",
            ImportEntry(TrackedEntry(held, "Ship the tray timer")),
        ),
        AuditRow(
            "kaiten:e2",
            Service.KAITEN,
            AuditVerdict.MISSING,
            (
                UserMessage(
                    AuditRowMessageId.LOG,
                    found,
                    UserMessage(AuditRowMessageId.MINUTES_AND_COMMENT, 120, "Созвон"),
                    today,
                    card,
                ),
                UserMessage(AuditRowMessageId.NOT_IN_KAITEN),
                UserMessage(AuditRowMessageId.WAITS, 3),
            ),
            "e2",
            next_step=NextStep.WAITS,
        ),
        AuditRow(
            "kaiten:9",
            Service.KAITEN,
            AuditVerdict.EXTRA,
            (
                UserMessage(
                    AuditRowMessageId.IN_KAITEN,
                    UserMessage(AuditRowMessageId.MINUTES, 95),
                    card,
                    today,
                ),
                UserMessage(AuditRowMessageId.NOT_OURS),
            ),
            remote_id="9",
        ),
    )
    unasked = NotPossible(AuditMessageId.NO_KAITEN, "no connection.")
    comparing.on_audited(Audit(today, today, rows, (unasked,)), RepairResult())
    return comparing


def _alone(window: HistoryWindow, small: _Small) -> _Small:
    """A small window; the history behind it goes with it."""
    small.destroyed.connect(window.deleteLater)
    return small
