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

    Returns a function that stops watching. On Windows there is nothing to watch.
    """
    if sys.platform == "win32":
        return lambda: None
    loop = asyncio.get_running_loop()
    handlers = {
        signal.SIGINT: quit_app,
        signal.SIGTERM: end_session,
        signal.SIGHUP: end_session,
    }
    for number, handler in handlers.items():
        loop.add_signal_handler(number, handler)

    def stop_watching() -> None:
        for number in handlers:
            loop.remove_signal_handler(number)

    return stop_watching
