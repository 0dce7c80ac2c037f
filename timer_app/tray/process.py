"""The process of the tray app: one of a home, Qt's application, its loop and its end.

The icon comes first. What it needs is imported here and read from the journal in three questions.
All else, the core, the loop and all their dataclasses, is imported by a thread while Qt hands
the icon to the tray, for which it needs no Python. The thread ends before anything else begins.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NoReturn

from timer_app.adapters.entries.journal.connection import JournalUnusable
from timer_app.adapters.paths import Paths, PathUnusable, app_paths
from timer_app.adapters.setup.desktop_entry.xdg_dirs import APPLICATION_ID
from timer_app.adapters.setup.display import DisplayUnavailable, usable_display
from timer_app.adapters.setup.settings.reader import SettingsError
from timer_app.domain.errors import JournalError
from timer_app.services.exit_codes import ExitCode
from timer_app.stored_status import read_status
from timer_app.terminal import print_messages
from timer_app.tray.launch import RESTART_EXIT, LaunchRequest, launch

# PySide6 reads the source of all that is imported after it: what does not need it comes before.
# isort: split
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QMetaObject, Qt
from PySide6.QtGui import QSessionManager
from PySide6.QtWidgets import QApplication

from timer_app.ui.early_tray_icon import EarlyTrayIcon
from timer_app.ui.icon_state import TrayBadge, TrayMark
from timer_app.ui.linecache_guard import install_linecache_guard

if TYPE_CHECKING:
    from timer_app.services.setup.desktop_integration import DesktopIntegration
    from timer_app.tray.lifecycle import SecretsFactory


def run_tray(request: LaunchRequest | None = None) -> int:
    """Run the tray app until it quits, as the only one of its home; see `launch`."""
    return run_locked(app_paths(), None, request, repairs_desktop_entries=True)


def run_tray_with(paths: Paths, make_secrets: SecretsFactory) -> int:
    """Run the tray app on files and secrets of the caller's choice, as their only instance."""
    return max(0, launch(paths, None, lambda: run_locked(paths, make_secrets)))


def run_locked(
    paths: Paths,
    make_secrets: SecretsFactory | None,
    request: LaunchRequest | None = None,
    *,
    repairs_desktop_entries: bool = False,
) -> int:
    """Run the tray app, whose lock the caller holds; `request` is done once it is up.

    The secrets are those of the keyring unless others are given. With `repairs_desktop_entries` the
    app mends what the desktop starts. Returns RESTART_EXIT where only a new process can have an
    icon again.
    """
    try:
        with usable_display():
            application, qt_has_session_bus = _make_application()
    except DisplayUnavailable as error:
        print_messages([str(error)])
        return int(ExitCode.REFUSED)
    first_icon = EarlyTrayIcon()
    initial = _initial_icon(paths)
    if initial is not None:
        first_icon.show(*initial)
    _import_remaining()

    from timer_app.adapters.logs import log_to
    from timer_app.tray.lifecycle import TrayApp, keyring_secrets
    from timer_app.ui.event_loop import EventLoop

    with log_to(paths.logs, "app"):
        try:
            app = TrayApp(
                paths,
                make_secrets or keyring_secrets,
                _integration() if repairs_desktop_entries else None,
                first_icon=first_icon,
                qt_has_session_bus=qt_has_session_bus,
            )
        except (SettingsError, PathUnusable, JournalUnusable) as error:
            return _cannot_start(error)
        application.on_quit = app.quit
        if application.is_quit_requested:
            app.quit()
        with EventLoop(application) as loop:
            loop.run_until_complete(app.run(request))
        return RESTART_EXIT if app.is_restart_requested else 0


def _import_remaining() -> None:
    """Have the app's modules, with Qt at work meanwhile. What fails is raised by who imports it."""
    install_linecache_guard()
    loop = QEventLoop()

    def load() -> None:
        try:
            import timer_app.tray.lifecycle
            import timer_app.ui.event_loop  # noqa: F401 - to have it, not to use it
        finally:
            QMetaObject.invokeMethod(loop, "quit", Qt.ConnectionType.QueuedConnection)

    thread = threading.Thread(target=load, name="imports", daemon=True)
    thread.start()
    loop.exec()
    thread.join()


def _initial_icon(paths: Paths) -> tuple[TrayMark, TrayBadge] | None:
    """What the icon shows, or None if that cannot be read: App says why."""
    try:
        status, _ = read_status(paths)
    except (SettingsError, JournalUnusable, JournalError, OSError):
        return None
    mark = TrayMark.RUNNING if status["entry"] else TrayMark.IDLE
    counts = status["deliveries"]
    if not isinstance(counts, dict):  # for mypy: a document's members are objects
        return None
    if counts["blocked"]:
        return mark, TrayBadge.ATTENTION
    open_ones = counts["waiting"] + counts["sending"] + counts["unknown"]
    return mark, TrayBadge.UNDELIVERED if open_ones else TrayBadge.NONE


def _integration() -> DesktopIntegration:
    from timer_app.adapters.setup.autostart.factory import desktop_integration

    return desktop_integration()


def _make_application() -> tuple[_Application, bool]:
    """Qt, and whether it was let near the session bus."""
    if sys.platform == "win32":
        _name_application()
    if sys.platform == "linux":
        from timer_app.adapters.dbus.probe import hidden_session_bus, is_session_bus_responsive

        if not is_session_bus_responsive():
            from PySide6.QtDBus import QDBusConnection

            with hidden_session_bus():
                application = _Application(sys.argv[:1])
                QDBusConnection.sessionBus()  # it looks once, and remembers that there is none
            return application, False
    return _Application(sys.argv[:1]), True


def _name_application() -> None:
    """Windows joins windows, notifications and the menu's entry by this name, not by the program.

    Source: https://learn.microsoft.com/windows/win32/shell/appids
    """
    if sys.platform == "win32":
        import ctypes

        ctypes.WinDLL("shell32").SetCurrentProcessExplicitAppUserModelID(APPLICATION_ID)


def restart_process() -> NoReturn:
    """Become a new process of the same number: what runs is in the journal."""
    from timer_app.adapters.dbus.address import remove_bus_guid

    remove_bus_guid()
    program = [] if getattr(sys, "frozen", False) else sys.orig_argv[1:]
    arguments = program[: len(program) - len(sys.argv[1:])]  # what this start was for is done
    os.execv(sys.executable, [sys.executable, *arguments])  # noqa: S606 - what this one is


def _cannot_start(error: Exception) -> int:
    import logging

    logging.getLogger(__name__).error("cannot start: %s", error)
    print(f"timer-app: {error}", file=sys.stderr)
    return int(ExitCode.REFUSED if isinstance(error, SettingsError) else ExitCode.JOURNAL)


class _Application(QApplication):
    """Turns Qt's request to quit (the desktop's, the platform's) into ours."""

    def __init__(self, arguments: Sequence[str]) -> None:
        QCoreApplication.setApplicationName("Timer App")
        QApplication.setDesktopFileName(APPLICATION_ID)
        super().__init__(arguments)
        self.setQuitOnLastWindowClosed(False)
        self.on_quit: Callable[[], None] | None = None
        self.is_quit_requested = False
        """Before there was anything to end."""
        # Autostart decides what the next login starts; a session that was saved would start a
        # second app beside it, and that would bring the first one's window up. (PySide6's wheels
        # are built without libSM and ask nothing; a distribution's own PySide6 does.)
        for asked in (self.commitDataRequest, self.saveStateRequest):
            asked.connect(_never_restart, Qt.ConnectionType.DirectConnection)

    def event(self, event: QEvent) -> bool:
        """Take what Qt would do by ending its loop, with cleanup left to await."""
        if event.type() is QEvent.Type.Quit:
            if self.on_quit is None:
                self.is_quit_requested = True
            else:
                self.on_quit()
            return True
        return super().event(event)


def _never_restart(session: QSessionManager) -> None:
    session.setRestartHint(QSessionManager.RestartHint.RestartNever)
