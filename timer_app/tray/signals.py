"""What ends the app from outside: a terminal, and the end of the login."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from collections.abc import Callable

from timer_app.services.setup.session_end import SessionEndEvents

_log = logging.getLogger(__name__)


def watch_end(events: SessionEndEvents) -> Callable[[], None]:
    """Call `quit_app` on Ctrl-C, by somebody who is there, and `end` when the login ends.

    Returns a function that stops watching.
    """
    if sys.platform == "win32":
        stop = [_watch_interrupts(events), _watch_session(events)]
    elif sys.platform == "darwin":
        stop = [_watch_signals(events), _watch_session(events)]
    else:
        stop = [_watch_signals(events)]

    def stop_watching() -> None:
        for each in stop:
            each()

    return stop_watching


def _watch_session(events: SessionEndEvents) -> Callable[[], None]:
    from timer_app.adapters.setup.session_end import SessionEndObserver, SessionEndWindow

    watch = SessionEndWindow if sys.platform == "win32" else SessionEndObserver
    try:
        return watch(events).close
    except OSError as error:
        _log.warning("the end of the login is not noticed: %s", error)
        return lambda: None


def _watch_interrupts(events: SessionEndEvents) -> Callable[[], None]:
    """Ctrl-C in a terminal of Windows; the loop wakes for it."""
    before = signal.signal(signal.SIGINT, lambda *_: events.quit_app())

    def stop_watching() -> None:
        signal.signal(signal.SIGINT, before)

    return stop_watching


def _watch_signals(events: SessionEndEvents) -> Callable[[], None]:
    loop = asyncio.get_running_loop()
    handlers = {signal.SIGINT: events.quit_app, signal.SIGTERM: events.end}
    if sys.platform != "win32":
        handlers[signal.SIGHUP] = events.end
    for number, handler in handlers.items():
        loop.add_signal_handler(number, handler)

    def stop_watching() -> None:
        for number in handlers:
            loop.remove_signal_handler(number)

    return stop_watching
