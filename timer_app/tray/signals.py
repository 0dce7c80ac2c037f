"""The signals that end the app."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Callable


def watch_signals(
    quit_app: Callable[[], None], end_session: Callable[[], None]
) -> Callable[[], None]:
    """Call `quit_app` on Ctrl-C, by somebody who is there, and `end_session` when the login ends.

    Returns a function that stops watching. On Windows no signal tells that the login ends.
    """
    if sys.platform == "win32":
        return _watch_on_windows(quit_app)
    else:  # noqa: RET505 - mypy checks the branch of one platform at a time
        return _watch_on_unix(quit_app, end_session)


def _watch_on_windows(quit_app: Callable[[], None]) -> Callable[[], None]:
    """Ctrl-C in a terminal. The interpreter sees it once it runs: the loop's next callback."""
    before = signal.signal(signal.SIGINT, lambda *_: quit_app())

    def stop_watching() -> None:
        signal.signal(signal.SIGINT, before)

    return stop_watching


def _watch_on_unix(
    quit_app: Callable[[], None], end_session: Callable[[], None]
) -> Callable[[], None]:
    loop = asyncio.get_running_loop()
    handlers = {signal.SIGINT: quit_app, signal.SIGTERM: end_session}
    if sys.platform != "win32":
        handlers[signal.SIGHUP] = end_session
    for number, handler in handlers.items():
        loop.add_signal_handler(number, handler)

    def stop_watching() -> None:
        for number in handlers:
            loop.remove_signal_handler(number)

    return stop_watching
