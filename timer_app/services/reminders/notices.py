"""Notices: what happened without the person, told once by whoever talks to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, tzinfo

from timer_app.domain.clock import shift_length
from timer_app.domain.reminders.notice import (
    ClockChangedNotice,
    Notice,
    RemoteStartNotice,
    RemoteStopNotice,
)


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


def notice_message(notice: Notice, zone: tzinfo) -> str:
    """A notice for the terminal; windows have words of their own, in their language."""
    match notice:
        case RemoteStartNotice(task, at):
            return f"Started on another device at {_local_time(at, zone)}: {task.title}."
        case RemoteStopNotice(task, at):
            return f"Stopped on another device at {_local_time(at, zone)}: {task.title}."
        case ClockChangedNotice(by, at):
            way = "forward" if by.total_seconds() > 0 else "back"
            return (
                f"The computer's clock was set {way} by {_shift_text(by)} while this ran. The entry"
                " keeps its start and its true length, and ends at"
                f" {_local_time(at, zone)}: edit it if its start was wrong."
            )


def _shift_text(shift: timedelta) -> str:
    days, seconds = shift_length(shift)
    said = [f"{days} day{'s' if days > 1 else ''}"] if days else []
    hours, rest = divmod(seconds, 3600)
    clock = [f"{hours}:{rest // 60:02}:{rest % 60:02}"] if seconds or not days else []
    return " ".join([*said, *clock])


def _local_time(instant: datetime, zone: tzinfo) -> str:
    return instant.astimezone(zone).strftime("%H:%M:%S")
