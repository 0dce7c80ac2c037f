"""The app in this process: at rest it wakes nobody, and what was typed is not lost."""

from __future__ import annotations

import asyncio
import sqlite3
import time as clock_time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QSessionManager
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from tests.adapters.entries.journal.test_recovery import flip, make, pages_of
from tests.support.logs import LogGuard
from tests.support.loop_hold import MAX_HOLD_MS, loop_hold
from tests.support.many_entries import journal_of
from tests.support.pages.panel import PanelPage
from timer_app.adapters.paths import Paths
from timer_app.adapters.setup.cached_secrets import FixedSecrets
from timer_app.adapters.setup.ipc.client import APP_TIMEOUT, send_request
from timer_app.domain.entries.entry import Source, whole_second
from timer_app.domain.entries.minutes import start_of_day
from timer_app.domain.entries.task import Task
from timer_app.domain.entries.timer import Idle, Running
from timer_app.domain.hotkeys import HotKeyAction, parse_combination
from timer_app.services.setup.desktop_integration import (
    DesktopEntryState,
    DesktopEntryStatus,
    DesktopIntegration,
)
from timer_app.services.setup.setting_change import SettingKept, SettingRefused
from timer_app.tray.lifecycle import TrayApp
from timer_app.tray.notifications import NotificationController
from timer_app.tray.process import _never_restart
from timer_app.ui.event_loop import EventLoop

pytestmark = [
    pytest.mark.qasync,
    pytest.mark.qt_log_ignore("No such signal QPlatformNativeInterface"),
]


@pytest.fixture(autouse=True)
def closing_windows_ends_nothing(qapp: QApplication) -> Iterator[None]:
    """As the app has it: without this the loop would end with the panel."""
    qapp.setQuitOnLastWindowClosed(False)
    yield
    qapp.setQuitOnLastWindowClosed(True)


@asynccontextmanager
async def at_rest(
    folder: Path, desktop: DesktopIntegration | None = None
) -> AsyncIterator[TrayApp]:
    """The app in this process, with nothing left to do."""
    home = str(folder)
    where = Paths(f"{home}/settings.toml", f"{home}/journal", f"{home}/log", f"{home}/run")
    app = TrayApp(where, lambda _late: FixedSecrets({}), desktop)
    running = asyncio.create_task(app.run())
    try:
        await asyncio.sleep(0)  # let it begin
        await app.core.sender.wait_until_idle()
        yield app
    finally:
        app.quit()
        await running


def wakers(app: TrayApp) -> list[str]:
    """Everything that would wake the process by itself, but for the one reminder in hours."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, EventLoop)
    owners = [app.tray, *QApplication.topLevelWidgets()]
    timers = [timer for owner in owners for timer in owner.findChildren(QTimer)]
    timers.append(app.scheduler.timer)
    reminders = app.notifications._reminders
    reminder = reminders._timer if reminders else None
    assert reminder is None or 4 * 3600 - 60 < reminder.when() - loop.time() <= 4 * 3600
    handles = [handle for handle in loop._timers._handles.values() if handle is not reminder]
    return [
        *(repr(handle) for handle in handles),
        *(f"every {timer.interval()} ms" for timer in timers if timer.isActive()),
    ]


async def test_idle_and_the_panel_open(tmp_path: Path) -> None:
    async with at_rest(tmp_path) as app:
        assert app.windows.panel is not None  # there is no tray here
        assert wakers(app) == []


async def test_running_and_nobody_looks(tmp_path: Path) -> None:
    async with at_rest(tmp_path) as app:
        assert app.windows.panel is not None
        app.controller.start(Task("A task"), "")
        app.windows.panel.hide()
        await app.core.sender.wait_until_idle()
        await asyncio.sleep(0.01)  # the view is refreshed
        assert wakers(app) == ["every 60000 ms"]


async def test_running_and_somebody_looks(tmp_path: Path) -> None:
    async with at_rest(tmp_path) as app:
        app.controller.start(Task("A task"), "")
        await app.core.sender.wait_until_idle()
        await asyncio.sleep(0.01)
        assert sorted(wakers(app)) == ["every 1000 ms", "every 60000 ms"]


async def test_a_comment_still_being_typed_is_kept_when_a_script_stops(tmp_path: Path) -> None:
    async with at_rest(tmp_path) as app:
        assert app.windows.panel is not None
        app.controller.start(Task("A task"), "")
        await asyncio.sleep(0.01)  # the panel shows it
        PanelPage(app.windows.panel).comment.setText("half a sent")
        await app.commands.handle("stop", {"wait": "0"})
        (logged,) = app.core.journal.entries(app.core.timer.today(), app.core.timer.today())
        assert logged.entry.comment == "half a sent"


async def test_after_another_token_nothing_known_of_the_account_before_is_used(
    tmp_path: Path,
) -> None:
    """Whose entries run was remembered: they would be adopted as one's own."""
    (tmp_path / "settings.toml").write_text("[timecrowd]\nteam_id = 1\n")
    async with at_rest(tmp_path) as app:
        before = app.core.connections.timecrowd
        await app.commands.handle("token", {"service": "timecrowd"})
        assert before is not app.core.connections.timecrowd


async def test_a_comment_still_being_typed_is_kept_when_the_app_ends(tmp_path: Path) -> None:
    async with at_rest(tmp_path) as app:
        assert app.windows.panel is not None
        app.controller.start(Task("A task"), "")
        await asyncio.sleep(0.01)
        PanelPage(app.windows.panel).comment.setText("half a sent")
    async with at_rest(tmp_path) as app:
        state = app.core.timer.state
        assert isinstance(state, Running)
        assert state.entry.comment == "half a sent"


async def test_today_begins_anew_when_the_day_ends(tmp_path: Path) -> None:
    """By one waking a day, and from the journal: what is shown is not yesterday's total."""
    async with at_rest(tmp_path) as app:
        await asyncio.sleep(0.01)
        core = app.core
        before = app.tray._view
        tomorrow = core.timer.today() + timedelta(days=1)
        end = start_of_day(tomorrow, core.clock.zone(), time(0))
        rest = (end - core.clock.now()).total_seconds()
        assert rest - 60 < app.scheduler.day_end_timer.remainingTime() / 1000 < rest + 60
        app.scheduler.day_end_timer.timeout.emit()
        await asyncio.sleep(0.01)
        assert app.tray._view is not before


def test_a_saved_session_does_not_start_it_a_second_time() -> None:
    """Autostart does; with PySide6's own wheels, which know no session manager, nobody asks."""
    hints: list[QSessionManager.RestartHint] = []

    class Session:
        def setRestartHint(self, hint: QSessionManager.RestartHint) -> None:  # noqa: N802 - Qt's
            hints.append(hint)

    _never_restart(cast("QSessionManager", Session()))
    assert hints == [QSessionManager.RestartHint.RestartNever]


async def test_the_settings_window_shows_and_changes_the_file(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    async with at_rest(tmp_path) as app:
        file.write_text('[hotkeys]\nopen = "F9"  # edited while the app runs\n')
        app.controller.open_settings()
        window = app.windows.settings_windows.settings
        assert window is not None
        field = window.findChild(QLineEdit, "hotkeys.open")
        assert field is not None
        assert field.text() == "F9"
        assert app.hotkeys.requested[HotKeyAction.OPEN] == parse_combination("F9")
        kept = app.settings.change("hotkeys.open", "Ctrl+Alt+O ")
        assert kept == SettingKept("Ctrl+Alt+O")
        assert 'open = "Ctrl+Alt+O"  # edited' in file.read_text()
        assert field.text() == "Ctrl+Alt+O"
        assert app.hotkeys.requested[HotKeyAction.OPEN] == parse_combination("Ctrl+Alt+O")
        reason = app.settings.change("hotkeys.open", "Hyper+O")
        assert isinstance(reason, SettingRefused)
        assert reason.reason.startswith("“Hyper” is not a modifier")
        file.write_text("[hotkeys]\nopens = 1\n")
        app.controller.open_settings()
        assert "line 2: unknown key 'hotkeys.opens'" in window._message.sentence
        assert field.text() == "Ctrl+Alt+O"  # what is in force


async def test_an_edit_of_the_file_is_seen_while_the_window_is_open(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    async with at_rest(tmp_path) as app:
        app.controller.open_settings()
        windows = app.windows.settings_windows
        assert windows.settings is not None
        assert windows._watch is not None
        field = windows.settings.findChild(QLineEdit, "hotkeys.open")
        assert field is not None
        seen = asyncio.Event()
        windows._watch._debounce.timeout.connect(seen.set)
        for text, shown, said in (
            ('[hotkeys]\nopen = "F9"\n', "F9", ""),
            ("[hotkeys]\nopens = 1\n", "F9", "unknown key"),
            ('[hotkeys]\nopen = "F8"\n', "F8", ""),
        ):
            seen.clear()
            file.write_text(text)
            await asyncio.wait_for(seen.wait(), 10)
            assert field.text() == shown
            assert said in windows.settings._message.sentence
            assert bool(windows.settings._message.sentence) is bool(said)


async def test_the_first_steps_come_until_a_service_is_named(tmp_path: Path) -> None:
    async with at_rest(tmp_path) as app:
        assert app.windows.settings_windows.first_run is not None
        app.windows.settings_windows.first_run.finished.emit()  # all of them were skipped
    async with at_rest(tmp_path) as app:
        assert app.windows.settings_windows.first_run is None


@dataclass
class Unknown:
    """Implements DesktopEntry: the desktop does not know the app."""

    def status(self) -> DesktopEntryStatus:
        """See DesktopEntry."""
        return DesktopEntryStatus(DesktopEntryState.OFF)

    def turn_on(self) -> None:
        """See DesktopEntry."""

    def turn_off(self) -> None:
        """See DesktopEntry."""


@pytest.mark.parametrize("is_in_menu", [True, False])
async def test_a_menu_is_offered_where_links_come_with_one(
    tmp_path: Path, *, is_in_menu: bool
) -> None:
    """Those of Windows do not."""
    desktop = DesktopIntegration(Unknown(), Unknown(), is_in_menu=is_in_menu)
    async with at_rest(tmp_path, desktop) as app:
        first_run = app.windows.settings_windows.first_run
        assert first_run is not None
        assert (first_run.findChild(QLabel, "menu-offer") is not None) is is_in_menu
    assert (tmp_path / "run" / "menu-offered").exists() is is_in_menu


async def test_a_hot_key_is_the_source_of_what_it_starts(tmp_path: Path) -> None:
    async with at_rest(tmp_path) as app:
        app.controller.start(Task("A task"), "")
        app.hotkeys._pressed(HotKeyAction.TOGGLE)
        app.hotkeys._pressed(HotKeyAction.TOGGLE)
        state = app.core.timer.state
        assert isinstance(state, Running)
        assert state.entry.source is Source.HOTKEY


async def test_a_notice_stays_until_it_is_closed(tmp_path: Path, logs: LogGuard) -> None:
    logs.expect("shown to the user: The journal was damaged")
    async with at_rest(tmp_path) as app:
        app.alerts.report("The journal was damaged. It is kept as old.")
        app.controller.start(Task("A task"), "")
        app.controller.toggle()
        assert app.display.view().alert == "The journal was damaged. It is kept as old."
        assert app.display.view().is_alert_closable
        app.controller.close_alert()
        assert app.display.view().alert == ""


async def test_a_damaged_page_is_said_and_the_next_start_goes_on(
    tmp_path: Path, logs: LogGuard
) -> None:
    logs.expect("shown to the user: A part of the journal cannot be read")
    logs.expect("shown to the user: The journal was damaged")
    logs.expect("were being sent when a process ended")
    logs.expect("not done: .*A part of the journal cannot be read")
    (tmp_path / "made").mkdir()
    path = make(tmp_path / "made").rename(tmp_path / "journal")
    async with at_rest(tmp_path) as app:
        running = app.core.timer.state
        assert isinstance(running, Running)
        flip(path, pages_of(path, "stretch_by_date")[-1])
        app.core.journal.connection.execute("PRAGMA shrink_memory")  # the pages are read anew
        app.controller.toggle()
        app.display.refresh()
        shown = app.display.view()
        assert "cannot be read" in shown.alert
        assert shown.running == running.entry  # what was read last
        app.controller.open_panel()
        QTimer.singleShot(0, app.controller.open_history)  # as the menu does
        await asyncio.sleep(0.05)
    assert (tmp_path / "journal.suspect").exists()
    async with at_rest(tmp_path) as app:
        assert "It is kept unchanged as" in app.display.view().alert
        assert app.core.timer.state == running
        app.controller.toggle()
        assert isinstance(app.core.timer.state, Idle)
        assert "It is kept unchanged as" in app.display.view().alert


async def test_a_bug_in_a_slot_is_said(tmp_path: Path, logs: LogGuard) -> None:
    logs.expect("a bug")
    logs.expect("shown to the user: ")
    async with at_rest(tmp_path) as app:

        def broken() -> None:
            raise ValueError("a bug")

        timer = QTimer()
        timer.setSingleShot(True)
        timer.timeout.connect(broken)
        timer.start(0)
        await asyncio.sleep(0.05)
        assert app.display.view().is_alert_closable


async def wait_until(is_true: Callable[[], bool]) -> None:
    """Let the loop run until it is so; the caller sets the time limit."""
    while not is_true():  # noqa: ASYNC110 - what is waited for has no event
        await asyncio.sleep(0.01)


@contextmanager
def another_program(folder: Path) -> Iterator[None]:
    """Something else writes to the journal, and takes its time."""
    other = sqlite3.connect(folder / "journal", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


async def test_a_click_while_another_program_writes_holds_nobody_and_counts_from_the_press(
    tmp_path: Path,
) -> None:
    async with at_rest(tmp_path) as app:
        with another_program(tmp_path):
            before = clock_time.monotonic()
            pressed_at = app.core.clock.now()
            app.controller.start(Task("A task"), "")
            app.display.refresh()
            assert clock_time.monotonic() - before < 2.5  # it was five seconds
            await asyncio.sleep(1.1)
            assert app.display.view().alert == ""
        async with asyncio.timeout(5):
            await wait_until(lambda: isinstance(app.core.timer.state, Running))
        state = app.core.timer.state
        assert isinstance(state, Running)
        assert state.entry.started_at == whole_second(pressed_at)


async def test_a_click_that_another_program_hinders_for_long_is_said(
    tmp_path: Path, logs: LogGuard, monkeypatch: pytest.MonkeyPatch
) -> None:
    logs.expect("shown to the user: Another program is using the journal")
    monkeypatch.setattr("timer_app.tray.controller.LOCKED_LIMIT", timedelta(milliseconds=100))
    async with at_rest(tmp_path) as app:
        with another_program(tmp_path):
            app.controller.start(Task("A task"), "")
            async with asyncio.timeout(5):
                await wait_until(lambda: bool(app.display.view().alert))
            assert isinstance(app.core.timer.state, Idle)
            assert "Another program is using the journal" in app.display.view().alert
            history = await app.commands.handle("log", {})
            assert (history["exit"], history["document"]) == (0, [])
        app.controller.start(Task("A task"), "")
        assert app.display.view().alert == ""


async def test_quit_waits_for_a_click_while_another_program_writes(tmp_path: Path) -> None:
    async with at_rest(tmp_path) as app:
        with another_program(tmp_path):
            app.controller.start(Task("A task"), "")
            app.quit()
            await asyncio.sleep(0.2)
            assert isinstance(app.core.timer.state, Idle)
    async with at_rest(tmp_path) as app:
        assert isinstance(app.core.timer.state, Running)


async def test_quit_says_what_was_not_kept_in_the_end(
    tmp_path: Path,
    logs: LogGuard,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.expect("not kept at the end")
    logs.expect("shown to the user: What you did last was not kept")
    shown: list[str] = []
    monkeypatch.setattr("timer_app.tray.controller.QUIT_LOCKED_LIMIT", timedelta(milliseconds=100))
    monkeypatch.setattr(NotificationController, "show_lost", lambda _, said: shown.append(said))
    with ExitStack() as after_the_end:
        async with at_rest(tmp_path) as app:
            after_the_end.enter_context(another_program(tmp_path))
            app.controller.start(Task("A task"), "")
    (sentence,) = shown
    assert "another program was using the journal" in sentence
    assert capsys.readouterr().err.strip() == sentence


async def test_a_log_of_ten_thousand_comes_whole_and_holds_nobody(tmp_path: Path) -> None:
    """It ended with "Timer App ended before it answered" beyond 1 MiB, some 1,650 entries."""
    (tmp_path / "made").mkdir()
    journal_of(tmp_path / "made", 10_000, date(2026, 11, 22)).close()
    (tmp_path / "made" / "journal.sqlite3").rename(tmp_path / "journal")
    async with at_rest(tmp_path) as app:
        words = {"from": "2024-01-01", "to": "2026-11-22"}
        async with loop_hold() as hold:
            answer = await asyncio.to_thread(
                send_request, app.core.paths.socket, "log", words, APP_TIMEOUT
            )
        document = answer["document"]
        assert isinstance(document, list)
        assert len({each["id"] for each in document}) == len(document) == 10_000
        began = [each["started_at"] for each in document]
        assert began == sorted(began)
        assert hold.longest_ms < MAX_HOLD_MS
