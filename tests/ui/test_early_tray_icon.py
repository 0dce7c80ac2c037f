"""The icon before there is an app behind it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from tests.ui.conftest import IDLE, Noted
from timer_app.adapters.paths import Paths
from timer_app.adapters.setup.cached_secrets import FixedSecrets
from timer_app.adapters.setup.settings.writer import change
from timer_app.bootstrap.core import make_core
from timer_app.domain.entries.entry import Source
from timer_app.domain.entries.task import Task
from timer_app.tray.process import _initial_icon
from timer_app.ui.early_tray_icon import EarlyTrayIcon
from timer_app.ui.icon_state import TrayBadge, TrayMark
from timer_app.ui.tray import Tray

pytestmark = [
    pytest.mark.usefixtures("qapp"),
    pytest.mark.qt_log_ignore("No such signal QPlatformNativeInterface"),
]


def test_a_click_of_that_moment_is_done_once_the_loop_runs(noted: Noted) -> None:
    first = EarlyTrayIcon()
    first.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    tray = Tray(first, noted, lambda: False)
    tray.show(IDLE)
    assert noted.take() == []
    QApplication.processEvents()
    assert noted.take() == [("toggle",)]
    first.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    assert noted.take() == [("toggle",)]  # once, not twice
    tray.close()


def test_its_menu_is_at_no_time_empty(noted: Noted) -> None:
    """GNOME's tray reads it when the icon comes, and opens no empty one, so that it stays empty."""
    first = EarlyTrayIcon()
    assert [(each.text(), each.isEnabled()) for each in first.menu.actions()] == [
        ("Timer App", False)
    ]
    counts: list[int] = []

    class Watch(QObject):
        def eventFilter(self, _: QObject, event: QEvent) -> bool:
            if event.type() is QEvent.Type.ActionRemoved:
                counts.append(len([each for each in first.menu.actions() if each.isVisible()]))
            return False

    watch = Watch()
    first.menu.installEventFilter(watch)
    tray = Tray(first, noted, lambda: False)
    tray.show(IDLE)
    assert min(counts) > 1
    assert "Timer App" not in [each.text() for each in first.menu.actions()]
    tray.close()


def test_what_it_shows_is_not_set_again(noted: Noted) -> None:
    first = EarlyTrayIcon()
    first.show(IDLE.mark, IDLE.badge)
    before = first.icon.icon().cacheKey()
    tray = Tray(first, noted, lambda: False)
    tray.show(IDLE)
    assert tray.findChildren(QSystemTrayIcon) == [first.icon]
    assert first.icon.icon().cacheKey() == before
    tray.close()


def places(folder: object) -> Paths:
    """The files of a home."""
    return Paths(*(f"{folder}/{name}" for name in ("settings.toml", "journal", "log", "run")))


def test_it_shows_what_the_app_will(tmp_path: object) -> None:
    where = places(tmp_path)
    assert _initial_icon(where) == (TrayMark.IDLE, TrayBadge.NONE)
    change(where.settings, "timecrowd.team_id", "1")
    core = make_core(where, FixedSecrets({}))
    core.timer.start(Task("A task"), Source.CLICK)
    assert _initial_icon(where) == (TrayMark.RUNNING, TrayBadge.UNDELIVERED)
    core.timer.stop()
    assert _initial_icon(where) == (TrayMark.IDLE, TrayBadge.UNDELIVERED)
    core.journal.connection.execute("UPDATE delivery SET state = 'blocked'")
    assert _initial_icon(where) == (TrayMark.IDLE, TrayBadge.ATTENTION)
    core.journal.close()


def test_what_cannot_be_read_is_left_to_the_app_to_say(tmp_path: object) -> None:
    where = places(tmp_path)
    where.make()
    with open(where.settings, "w", encoding="utf-8") as file:  # noqa: PTH123 - paths are text there
        file.write("nonsense = ")
    assert _initial_icon(where) is None
