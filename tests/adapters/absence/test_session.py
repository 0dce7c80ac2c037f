"""Sleep, wake and a locked session as Windows and macOS tell them, on systems that are played."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from tests.adapters.native.windows_system import HANDLE, PlayedWindows
from tests.adapters.native.workspace_system import PlayedWorkspace
from timer_app.adapters.absence.macos_session import MacosSessionSensor
from timer_app.adapters.absence.windows_session import (
    CONSOLE_CONNECT,
    REMOTE_DISCONNECT,
    RESUME,
    RESUME_BY_USER,
    SESSION_LOCK,
    SESSION_UNLOCK,
    SUSPEND,
    WINDOW,
    WM_POWERBROADCAST,
    WM_WTSSESSION_CHANGE,
    WindowsSessionSensor,
)
from timer_app.adapters.native.workspace import (
    DID_WAKE,
    SCREEN_LOCKED,
    SCREEN_UNLOCKED,
    SESSION_ACTIVE,
    SESSION_RESIGNED,
    WILL_SLEEP,
)
from timer_app.domain.absence import AbsenceCause, AbsenceSignal, CauseBegan, CauseEnded

pytestmark = pytest.mark.usefixtures("qapp")

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ASLEEP, AWAKE = CauseBegan(AbsenceCause.ASLEEP, NOW), CauseEnded(AbsenceCause.ASLEEP, NOW)
LOCKED, UNLOCKED = CauseBegan(AbsenceCause.LOCKED, NOW), CauseEnded(AbsenceCause.LOCKED, NOW)


class Committing:
    """Takes signals; each is committed when Qt's loop has run, as a transaction of the app is."""

    def __init__(self) -> None:
        self.signals: list[AbsenceSignal] = []
        self.committed: list[AbsenceSignal] = []

    def __call__(
        self, signal: AbsenceSignal, on_committed: Callable[[], None] | None = None
    ) -> None:
        self.signals.append(signal)

        def commit() -> None:
            self.committed.append(signal)
            if on_committed is not None:
                on_committed()

        QTimer.singleShot(0, commit)


def start(sensor: WindowsSessionSensor | MacosSessionSensor, report: Committing) -> str:
    return asyncio.run(sensor.start(report, None))


def test_windows() -> None:
    windows, report = PlayedWindows(), Committing()
    sensor = WindowsSessionSensor(lambda: NOW, windows.libraries)
    assert start(sensor, report) == ""
    assert start(sensor, report) == ""  # once more, with another idle time
    assert windows.names().count("CreateWindowExW") == 1
    for kind in (SUSPEND, SUSPEND):  # to all windows, and to ours
        windows.send(WINDOW, WM_POWERBROADCAST, kind)
    assert report.committed == [ASLEEP]  # before the system goes on
    for kind in (RESUME, RESUME_BY_USER):
        windows.send(WINDOW, WM_POWERBROADCAST, kind)
    assert report.signals == [ASLEEP, AWAKE]
    report.signals.clear()
    for kind in (SESSION_LOCK, REMOTE_DISCONNECT, CONSOLE_CONNECT, SESSION_UNLOCK):
        windows.send(WINDOW, WM_WTSSESSION_CHANGE, kind)
    assert report.signals == [LOCKED, UNLOCKED]
    asyncio.run(sensor.stop())
    windows.send(WINDOW, WM_POWERBROADCAST, SUSPEND)
    assert report.signals == [LOCKED, UNLOCKED]
    assert ("WTSUnRegisterSessionNotification", HANDLE) in windows.calls
    assert ("DestroyWindow", HANDLE) in windows.calls
    assert "UnregisterSuspendResumeNotification" in windows.names()


def test_windows_that_tells_of_no_lock() -> None:
    windows = PlayedWindows(WTSRegisterSessionNotification=0)
    sensor = WindowsSessionSensor(lambda: NOW, windows.libraries)
    assert start(sensor, Committing()).startswith("sleep is noticed, a locked session is not")
    asyncio.run(sensor.stop())


def test_no_windows() -> None:
    sensor = WindowsSessionSensor(lambda: NOW)
    assert start(sensor, Committing()) == "This is not Windows."
    asyncio.run(sensor.stop())


def test_a_commit_that_does_not_come_holds_up_no_sleep(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("timer_app.adapters.absence.session_sensor._COMMIT_SECONDS", 0.01)
    windows = PlayedWindows()
    signals: list[AbsenceSignal] = []
    sensor = WindowsSessionSensor(lambda: NOW, windows.libraries)
    asyncio.run(sensor.start(lambda signal, _=None: signals.append(signal), None))
    windows.send(WINDOW, WM_POWERBROADCAST, SUSPEND)
    assert signals == [ASLEEP]
    asyncio.run(sensor.stop())


def test_macos() -> None:
    workspace, report = PlayedWorkspace(), Committing()
    sensor = MacosSessionSensor(lambda: NOW, workspace)
    assert start(sensor, report) == ""
    workspace.post(WILL_SLEEP)
    assert report.committed == [ASLEEP]
    workspace.post(DID_WAKE)
    workspace.post(SCREEN_LOCKED)
    workspace.post(SESSION_RESIGNED)
    workspace.post(SESSION_ACTIVE)
    workspace.post(SCREEN_UNLOCKED)
    assert report.signals == [ASLEEP, AWAKE, LOCKED, UNLOCKED]
    asyncio.run(sensor.stop())
    assert workspace.observed == {}


def test_no_macos(qapp: QApplication) -> None:
    sensor = MacosSessionSensor(lambda: NOW)
    assert "libobjc" in start(sensor, Committing())
    asyncio.run(sensor.stop())
    assert qapp is not None
