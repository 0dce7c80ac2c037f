"""The icon before there is an app behind it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from tests.ui.conftest import IDLE, Noted
from timer_app.adapters.places import Places
from timer_app.adapters.secrets import FixedSecrets
from timer_app.adapters.settings.writing import change
from timer_app.composition import make_core
from timer_app.domain.entry import Source
from timer_app.domain.task import Task
from timer_app.tray_process import _glance
from timer_app.ui.first_icon import FirstIcon
from timer_app.ui.marks import Badge, Mark
from timer_app.ui.tray import Tray

pytestmark = [
    pytest.mark.usefixtures("qapp"),
    pytest.mark.qt_log_ignore("No such signal QPlatformNativeInterface"),
]


def test_a_click_of_that_moment_is_done_once_the_loop_runs(noted: Noted) -> None:
    first = FirstIcon()
    first.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    tray = Tray(first, noted, lambda: False)
    tray.show(IDLE)
    assert noted.take() == []
    QApplication.processEvents()
    assert noted.take() == [("toggle",)]
    tray._icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    assert noted.take() == [("toggle",)]  # once, not twice
    tray.close()


def test_what_it_shows_is_not_set_again(noted: Noted) -> None:
    first = FirstIcon()
    first.show(IDLE.mark, IDLE.badge)
    before = first.icon.icon().cacheKey()
    tray = Tray(first, noted, lambda: False)
    tray.show(IDLE)
    assert tray._icon is first.icon
    assert tray._icon.icon().cacheKey() == before
    tray.close()


def places(folder: object) -> Places:
    """The files of a home."""
    return Places(*(f"{folder}/{name}" for name in ("settings.toml", "journal", "log", "run")))


def test_it_shows_what_the_app_will(tmp_path: object) -> None:
    where = places(tmp_path)
    assert _glance(where) == (Mark.IDLE, Badge.NONE)
    change(where.settings, "timecrowd.team_id", "1")
    core = make_core(where, FixedSecrets({}))
    core.timer.start(Task("A task"), Source.CLICK)
    assert _glance(where) == (Mark.RUNNING, Badge.UNDELIVERED)
    core.timer.stop()
    assert _glance(where) == (Mark.IDLE, Badge.UNDELIVERED)
    core.journal.connection.execute("UPDATE delivery SET state = 'blocked'")
    assert _glance(where) == (Mark.IDLE, Badge.ATTENTION)
    core.journal.close()


def test_what_cannot_be_read_is_left_to_the_app_to_say(tmp_path: object) -> None:
    where = places(tmp_path)
    where.make()
    with open(where.settings, "w", encoding="utf-8") as file:  # noqa: PTH123 - paths are text there
        file.write("nonsense = ")
    assert _glance(where) is None
