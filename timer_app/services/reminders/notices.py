"""Notices: what happened without the person, shown once by the front end in use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from timer_app.domain.reminders.notice import Notice


class Notices:
    """Passes notices to `on_notice`, and to every command under way."""

    def __init__(self, on_notice: Callable[[Notice], None] = lambda _: None) -> None:
        self._on_notice = on_notice
        self._captures: list[list[Notice]] = []

    def publish(self, notice: Notice) -> None:
        """Something happened."""
        self._on_notice(notice)
        for captured in self._captures:
            captured.append(notice)

    @contextmanager
    def capture(self) -> Iterator[list[Notice]]:
        """The notices that come meanwhile, in order."""
        captured: list[Notice] = []
        self._captures.append(captured)
        try:
            yield captured
        finally:
            self._captures = [each for each in self._captures if each is not captured]
