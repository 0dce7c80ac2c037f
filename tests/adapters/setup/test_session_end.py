"""The end of the login, and an installer that asks this app alone to end."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.adapters.native.windows_system import PlayedWindows
from tests.adapters.native.workspace_system import PlayedWorkspace
from tests.support.logs import LogGuard
from timer_app.adapters.native.workspace import WILL_POWER_OFF
from timer_app.adapters.setup.session_end import (
    CLOSE_APP,
    WINDOW,
    WM_ENDSESSION,
    WM_QUERYENDSESSION,
    SessionEndObserver,
    SessionEndWindow,
)
from timer_app.services.setup.session_end import SessionEndEvents

LOGOFF = -(1 << 31)


class App:
    """An app that takes a while to quit; `done` is what it heard and did."""

    def __init__(self, application: QApplication) -> None:
        self._application = application
        self.done: list[str] = []

    def events(self) -> SessionEndEvents:
        return SessionEndEvents(
            lambda expected: self.done.append(f"expect {expected}"),
            lambda: self._end("end"),
            lambda: self._end("quit"),
        )

    def _end(self, word: str) -> None:
        self.done.append(word)
        QTimer.singleShot(0, self._finish)

    def _finish(self) -> None:
        self.done.append("has quit")
        self._application.exit()


@pytest.fixture
def app(qapp: QApplication) -> App:
    return App(qapp)


def in_the_loop(qapp: QApplication, act: object) -> None:
    """Run the app; the system sends its message while it runs."""
    assert callable(act)
    QTimer.singleShot(0, act)
    qapp.exec()


def test_the_login_ends_once_the_app_has_quit(app: App, qapp: QApplication) -> None:
    windows = PlayedWindows()
    watch = SessionEndWindow(app.events(), windows.libraries)
    assert windows.send(WINDOW, WM_QUERYENDSESSION, 0, LOGOFF) == 1

    def end() -> None:
        assert windows.send(WINDOW, WM_ENDSESSION, 1, LOGOFF) == 0
        app.done.append("answered")

    in_the_loop(qapp, end)
    assert app.done == ["expect True", "end", "has quit", "answered"]
    watch.close()


def test_somebody_calls_it_off(app: App) -> None:
    windows = PlayedWindows()
    watch = SessionEndWindow(app.events(), windows.libraries)
    windows.send(WINDOW, WM_QUERYENDSESSION, 0, LOGOFF)
    windows.send(WINDOW, WM_ENDSESSION, 0, LOGOFF)
    assert app.done == ["expect True", "expect False"]
    watch.close()


def test_an_installer_ends_the_app_and_not_the_login(app: App, qapp: QApplication) -> None:
    windows = PlayedWindows()
    watch = SessionEndWindow(app.events(), windows.libraries)
    assert "RegisterApplicationRestart" in windows.names()  # the installer starts it again
    assert windows.send(WINDOW, WM_QUERYENDSESSION, 0, CLOSE_APP) == 1
    in_the_loop(qapp, lambda: windows.send(WINDOW, WM_ENDSESSION, 1, CLOSE_APP))
    assert app.done == ["quit", "has quit"]
    watch.close()


def test_an_app_that_does_not_end_is_not_waited_for_longer_than_windows_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("timer_app.adapters.setup.session_end._QUIT_SECONDS", 0.01)
    windows = PlayedWindows()
    watch = SessionEndWindow(
        SessionEndEvents(lambda _: None, lambda: None, lambda: None), windows.libraries
    )
    assert windows.send(WINDOW, WM_ENDSESSION, 1, LOGOFF) == 0
    watch.close()


def test_other_messages_are_the_systems_and_a_bug_is_in_the_log(logs: LogGuard) -> None:
    def fail(_: bool) -> None:  # noqa: FBT001 - as it is called
        raise RuntimeError("a bug")

    windows = PlayedWindows(DefWindowProcW=3)
    watch = SessionEndWindow(SessionEndEvents(fail, lambda: None, lambda: None), windows.libraries)
    assert windows.send(WINDOW, 0x1) == 3
    logs.expect("a message of the system was not handled: 0x11")
    assert windows.send(WINDOW, WM_QUERYENDSESSION, 0, LOGOFF) == 3
    watch.close()


@pytest.mark.parametrize("refused", ["RegisterClassW", "CreateWindowExW"])
def test_no_window(app: App, refused: str) -> None:
    windows = PlayedWindows(**{refused: 0})
    with pytest.raises(OSError, match="error 0"):
        SessionEndWindow(app.events(), windows.libraries)


def test_macos(app: App, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("timer_app.adapters.setup.session_end._END_SECONDS", 0.01)
    workspace = PlayedWorkspace()
    watch = SessionEndObserver(app.events(), workspace)
    workspace.post(WILL_POWER_OFF)
    assert app.done == ["expect True"]
    qtbot.waitUntil(lambda: app.done == ["expect True", "expect False"])  # it was called off
    watch.close()
    assert workspace.observed == {}
