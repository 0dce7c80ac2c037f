"""The process of the tray app: one of a home, Qt's application, its loop and its end.

The icon comes first. What it needs is imported here and read from the journal in three questions.
All else, the core, the loop and every dataclass of theirs, is imported by a thread while Qt hands
the icon to the tray, for which it needs no Python. The thread ends before anything else begins.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NoReturn

from timer_app.adapters.dbus.address import forget_which_bus_it_was
from timer_app.adapters.dbus.alive import no_session_bus, session_bus_answers
from timer_app.adapters.desktop_entry.folders import APPLICATION_ID
from timer_app.adapters.journal.schema import JournalUnusable
from timer_app.adapters.places import Places, PlaceUnusable, places
from timer_app.adapters.settings.reading import SettingsError
from timer_app.command_line.starting import BEGIN_ANEW, Wish, start
from timer_app.command_line.status import read_status
from timer_app.services.exit import Exit

# PySide6 reads the source of all that is imported after it: what does not need it comes before.
# isort: split
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QMetaObject, Qt
from PySide6.QtGui import QSessionManager
from PySide6.QtWidgets import QApplication

from timer_app.ui.first_icon import FirstIcon
from timer_app.ui.marks import Badge, Mark
from timer_app.ui.no_sources import keep_no_sources

if TYPE_CHECKING:
    from timer_app.app import MakeSecrets
    from timer_app.services.at_login import Integration


def run_app(wish: Wish | None = None) -> int:
    """Run the tray app until it is told to quit, as the only one of its home: see `starting`."""
    return run_alone(places(), None, wish, part_of_desktop=True)


def run_with(where: Places, make_secrets: MakeSecrets) -> int:
    """Run the tray app on files and secrets of the caller's choice, as their only instance."""
    return max(0, start(where, None, lambda: run_alone(where, make_secrets)))


def run_alone(
    where: Places,
    make_secrets: MakeSecrets | None,
    wish: Wish | None = None,
    *,
    part_of_desktop: bool = False,
) -> int:
    """Run the tray app, whose lock the caller holds; `wish` is done once it is up.

    The secrets are the keyring's unless told. An app that is `part_of_desktop` sees to what the
    desktop starts. Answers BEGIN_ANEW where only a new process can have an icon again.
    """
    application, qt_knows_the_bus = _make_application()
    first = FirstIcon()
    seen = _glance(where)
    if seen is not None:
        first.show(*seen)
    _import_the_rest()

    from timer_app.adapters.logs import start_log
    from timer_app.app import App, keyring_secrets
    from timer_app.ui.event_loop import EventLoop

    start_log(where.logs, "app")
    try:
        app = App(
            where,
            make_secrets or keyring_secrets,
            _integration() if part_of_desktop else None,
            first=first,
            qt_knows_the_bus=qt_knows_the_bus,
        )
    except (SettingsError, PlaceUnusable, JournalUnusable) as error:
        return _cannot_start(error)
    application.quit_wanted = app.quit
    if application.quit_was_wanted:
        app.quit()
    with EventLoop(application) as loop:
        loop.run_until_complete(app.run(wish))
    return BEGIN_ANEW if app.anew else 0


def _import_the_rest() -> None:
    """Have the app's modules, with Qt at work meanwhile. What fails is raised by who imports it."""
    keep_no_sources()
    loop = QEventLoop()

    def load() -> None:
        try:
            import timer_app.app
            import timer_app.ui.event_loop  # noqa: F401 - to have it, not to use it
        finally:
            QMetaObject.invokeMethod(loop, "quit", Qt.ConnectionType.QueuedConnection)

    thread = threading.Thread(target=load, name="imports", daemon=True)
    thread.start()
    loop.exec()
    thread.join()


def _glance(where: Places) -> tuple[Mark, Badge] | None:
    """What the icon shows, or None if that cannot be read: App says why."""
    try:
        status, _ = read_status(where)
    except (SettingsError, JournalUnusable, sqlite3.Error, OSError):
        return None
    mark = Mark.RUNNING if status["entry"] else Mark.IDLE
    counts = status["deliveries"]
    if not isinstance(counts, dict):  # for mypy: a document's members are objects
        return None
    if counts["blocked"]:
        return mark, Badge.ATTENTION
    open_ones = counts["waiting"] + counts["sending"] + counts["unknown"]
    return mark, Badge.UNDELIVERED if open_ones else Badge.NONE


def _integration() -> Integration:
    from timer_app.adapters.autostart.choosing import integration

    return integration()


def _make_application() -> tuple[_Application, bool]:
    """Qt, and whether it was let near the session bus."""
    if sys.platform != "linux" or session_bus_answers():
        return _Application(sys.argv[:1]), True
    from PySide6.QtDBus import QDBusConnection

    with no_session_bus():
        application = _Application(sys.argv[:1])
        QDBusConnection.sessionBus()  # it looks once, and remembers that there is none
    return application, False


def begin_anew() -> NoReturn:
    """Become a new process of the same number: what runs is in the journal."""
    forget_which_bus_it_was()
    program = [] if getattr(sys, "frozen", False) else sys.orig_argv[1:]
    arguments = program[: len(program) - len(sys.argv[1:])]  # what this start was for is done
    os.execv(sys.executable, [sys.executable, *arguments])  # noqa: S606 - what this one is


def _cannot_start(error: Exception) -> int:
    import logging

    logging.getLogger(__name__).error("cannot start: %s", error)
    print(f"timer-app: {error}", file=sys.stderr)
    return int(Exit.REFUSED if isinstance(error, SettingsError) else Exit.JOURNAL)


class _Application(QApplication):
    """Turns Qt's request to quit (the desktop's, the platform's) into ours."""

    def __init__(self, arguments: Sequence[str]) -> None:
        QCoreApplication.setApplicationName("Timer App")
        QApplication.setDesktopFileName(APPLICATION_ID)
        super().__init__(arguments)
        self.setQuitOnLastWindowClosed(False)
        self.quit_wanted: Callable[[], None] | None = None
        self.quit_was_wanted = False
        """Before there was anything to end."""
        # Autostart decides what the next login starts; a session that was saved would start a
        # second app beside it, and that would bring the first one's window up. (PySide6's wheels
        # are built without libSM and ask nothing; a distribution's own PySide6 does.)
        for asked in (self.commitDataRequest, self.saveStateRequest):
            asked.connect(_never_restart, Qt.ConnectionType.DirectConnection)

    def event(self, event: QEvent) -> bool:
        """Take what Qt would do by ending its loop, with cleanup left to await."""
        if event.type() is QEvent.Type.Quit:
            if self.quit_wanted is None:
                self.quit_was_wanted = True
            else:
                self.quit_wanted()
            return True
        return super().event(event)


def _never_restart(session: QSessionManager) -> None:
    session.setRestartHint(QSessionManager.RestartHint.RestartNever)
