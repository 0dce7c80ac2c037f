"""What happened without the person: told once, by whoever talks to them at the moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, tzinfo

from timer_app.domain.notice import ClockWasSet, Notice, StartedElsewhere, StoppedElsewhere


class Notices:
    """Passes notices on: to `always`, and to every command that is under way."""

    def __init__(self, always: Callable[[Notice], None] = lambda _: None) -> None:
        self._always = always
        self._listening: list[list[Notice]] = []

    def tell(self, notice: Notice) -> None:
        """Something happened."""
        self._always(notice)
        for heard in self._listening:
            heard.append(notice)

    @contextmanager
    def hearing(self) -> Iterator[list[Notice]]:
        """What is told meanwhile, in order."""
        heard: list[Notice] = []
        self._listening.append(heard)
        try:
            yield heard
        finally:
            self._listening = [each for each in self._listening if each is not heard]


def sentence(notice: Notice, zone: tzinfo) -> str:
    """A notice for the terminal; windows have words of their own, in their language."""
    match notice:
        case StartedElsewhere(task, at):
            return f"Started on another device at {_shown(at, zone)}: {task.title}."
        case StoppedElsewhere(task, at):
            return f"Stopped on another device at {_shown(at, zone)}: {task.title}."
        case ClockWasSet(by, at):
            way = "forward" if by.total_seconds() > 0 else "back"
            return (
                f"The computer's clock was set {way} by {abs(by)} while this ran. The entry keeps"
                f" its start and its true length, and ends at {_shown(at, zone)}: edit it if its"
                " start was wrong."
            )


def _shown(instant: datetime, zone: tzinfo) -> str:
    return instant.astimezone(zone).strftime("%H:%M:%S")
