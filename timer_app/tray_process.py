"""The process of the tray app: one of a home, Qt's application, its loop and its end."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

from timer_app.adapters.dbus.address import forget_which_bus_it_was
from timer_app.adapters.dbus.alive import no_session_bus, session_bus_answers
from timer_app.adapters.journal.schema import JournalUnusable
from timer_app.adapters.logs import start_log
from timer_app.adapters.places import Places, PlaceUnusable, places
from timer_app.adapters.secrets import KeyringSecrets
from timer_app.adapters.settings.reading import SettingsError
from timer_app.command_line.starting import BEGIN_ANEW, Wish, start
from timer_app.services.at_login import Integration

# PySide6 reads the source of all that is imported after it: what does not need it comes before.
# isort: split
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QSessionManager
from PySide6.QtWidgets import QApplication

from timer_app.app import APPLICATION_ID, App, MakeSecrets
from timer_app.ui.event_loop import EventLoop

_log = logging.getLogger(__name__)


def run_app(wish: Wish | None = None) -> int:
    """Run the tray app until it is told to quit, as the only one of its home: see `starting`."""
    from timer_app.adapters.autostart.choosing import integration

    return run_alone(places(), lambda late: KeyringSecrets(late=late), wish, integration())


def run_with(where: Places, make_secrets: MakeSecrets) -> int:
    """Run the tray app on files and secrets of the caller's choice, as their only instance."""
    return max(0, start(where, None, lambda: run_alone(where, make_secrets)))


def run_alone(
    where: Places,
    make_secrets: MakeSecrets,
    wish: Wish | None = None,
    integration: Integration | None = None,
) -> int:
    """Run the tray app, whose lock the caller holds; `wish` is done once it is up.

    Answers BEGIN_ANEW where only a new process can have an icon again.
    """
    start_log(where.logs, "app")
    application, qt_knows_the_bus = _make_application()
    try:
        app = App(where, make_secrets, integration, qt_knows_the_bus=qt_knows_the_bus)
    except (SettingsError, PlaceUnusable, JournalUnusable) as error:
        return _cannot_start(error)
    application.quit_wanted = app.quit
    with EventLoop(application) as loop:
        loop.run_until_complete(app.run(wish))
    return BEGIN_ANEW if app.anew else 0


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
    from timer_app.services.commands import Exit

    _log.error("cannot start: %s", error)
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
        # Autostart decides what the next login starts; a session that was saved would start a
        # second app beside it, and that would bring the first one's window up. (PySide6's wheels
        # are built without libSM and ask nothing; a distribution's own PySide6 does.)
        for asked in (self.commitDataRequest, self.saveStateRequest):
            asked.connect(_never_restart, Qt.ConnectionType.DirectConnection)

    def event(self, event: QEvent) -> bool:
        """Take what Qt would do by ending its loop, with cleanup left to await."""
        if event.type() is QEvent.Type.Quit and self.quit_wanted is not None:
            self.quit_wanted()
            return True
        return super().event(event)


def _never_restart(session: QSessionManager) -> None:
    session.setRestartHint(QSessionManager.RestartHint.RestartNever)
