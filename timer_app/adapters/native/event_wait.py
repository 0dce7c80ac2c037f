"""Waiting within an event of the system's, which sleeps or ends the login once we return."""

from __future__ import annotations

from PySide6.QtCore import QEventLoop, QTimer


class EventWait:
    """Runs the app's events until `finish` is called, the app has quit, or the time is over."""

    def __init__(self) -> None:
        self._loop = QEventLoop()
        self._is_over = False

    def finish(self) -> None:
        """What was waited for is done."""
        self._is_over = True
        self._loop.quit()

    def wait(self, seconds: float) -> None:
        """Wait, at most so long."""
        if self._is_over:
            return
        limit = QTimer()
        limit.setSingleShot(True)
        limit.timeout.connect(self._loop.quit)
        limit.start(int(seconds * 1000))
        self._loop.exec()
        limit.stop()
