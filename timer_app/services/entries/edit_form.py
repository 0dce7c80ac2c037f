"""An entry being edited: its fields as they are typed, and what saving them would do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from timer_app.domain.entries.entry import FinishedEntry
from timer_app.domain.entries.task import Task
from timer_app.domain.setup.span_input import BadSpan, SavedSpan, TimeSpan, TypedSpan
from timer_app.services.entries.editor import EditedEntry, EntryEdit


@dataclass(frozen=True, slots=True)
class EditForm:
    """An entry as its fields say now; `typed` is None while nobody touched the times.

    `saved` is its span, and what the fields said of it at first: one that says so still means it.
    """

    entry_id: str
    typed: TypedSpan | None
    task: Task
    comment: str
    saved: SavedSpan | None = None


@dataclass(frozen=True, slots=True)
class EditPreview:
    """What saving the form would do; `edit` is None while it cannot be saved.

    `span` is None while nobody touched the times; `result` is what each service would hold, None
    where that is not known.
    """

    span: TimeSpan | None
    error: BadSpan | None
    overlaps: tuple[Task, ...]
    comment_units_left: int
    edit: EntryEdit | None
    result: EditedEntry | None = None


def midpoint(finished: FinishedEntry) -> datetime:
    """Half-way through, at a whole minute where one lies within."""
    half = finished.entry.started_at + timedelta(seconds=finished.seconds // 2)
    minute = half.replace(second=0)
    return minute if minute > finished.entry.started_at else half
