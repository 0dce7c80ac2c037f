"""An entry: one stretch of work from start to stop."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import Enum

from timer_app.domain.entries.comment import clean_comment
from timer_app.domain.entries.route import PLAIN, Route
from timer_app.domain.entries.task import Task


class Source(Enum):
    """What made the entry."""

    CLICK = "click"
    HOTKEY = "hotkey"
    MANUAL = "manual"
    CLI = "cli"
    ADOPTED = "adopted"
    UNKNOWN = "unknown"
    """The journal's row is damaged."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Work that has started. `started_at` is an aware UTC instant of whole seconds."""

    id: str
    task: Task
    started_at: datetime
    source: Source
    comment: str = ""
    route: Route = PLAIN


@dataclass(frozen=True, slots=True)
class FinishedEntry:
    """Work that has ended. `stopped_at` is an aware UTC instant, never before the start."""

    entry: Entry
    stopped_at: datetime

    @property
    def seconds(self) -> int:
        """The length of the entry."""
        return int((self.stopped_at - self.entry.started_at).total_seconds())


def whole_second(instant: datetime) -> datetime:
    """The instant as both services and the journal keep it: UTC, whole seconds.

    TimeCrowd takes unix seconds (its "closed time_entry" example). Finer instants would be lost
    there, and the journal and the service would disagree.
    """
    return instant.astimezone(UTC).replace(microsecond=0)


def with_comment(entry: Entry, comment: str | None) -> Entry:
    """The entry with another comment; None keeps the one it has."""
    return entry if comment is None else replace(entry, comment=clean_comment(comment))
