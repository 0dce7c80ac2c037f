"""What the history window asks for. Nothing of it raises; an act answers "" or why it was not done.

`services/history_desk.py` does it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from timer_app.domain.auditing import Row
from timer_app.domain.entry import FinishedEntry
from timer_app.domain.task import Task
from timer_app.services.editing import Edit
from timer_app.services.exporting import Format
from timer_app.services.history import Bars, Calendar, Day, Scope
from timer_app.services.history_desk import (
    Auditing,
    Exporting,
    Outlook,
    Revision,
    Undoable,
    Work,
)
from timer_app.services.listing import Page, Place, Sought
from timer_app.services.ports import LoggedEntry


class Reading(Protocol):
    """What there is to show."""

    def calendar(self) -> Calendar:
        """By what instants become dates at this moment."""
        ...

    def today(self) -> date:
        """The date that this instant counts for."""
        ...

    def day(self, of: date) -> Day:
        """A day with its entries."""
        ...

    def bars(self, scope: Scope, of: date, first_weekday: int) -> Bars:
        """The week or month of a date; Monday is 1."""
        ...

    def page(self, sought: Sought, after: Place | None, most: int) -> Page:
        """The next ids of what is sought, the newest first."""
        ...

    def entries(self, ids: Sequence[str]) -> Mapping[str, LoggedEntry]:
        """The entries of these ids, as far as they are there."""
        ...


class Revising(Protocol):
    """What can be done to one entry."""

    def calendar(self) -> Calendar:
        """By what instants become dates at this moment."""
        ...

    def undoable(self) -> int:
        """The journal's number of the latest act that can be taken back, 0 without one."""
        ...

    def outlook(self, revision: Revision) -> Outlook:
        """What saving a revision would do."""
        ...

    def edit(self, entry_id: str, edit: Edit) -> str:
        """Give an entry what `edit` says."""
        ...

    def split_at(self, finished: FinishedEntry, typed: str) -> datetime:
        """The instant that was meant. Raises BadSpan, which says what is wrong with it."""
        ...

    def split(self, entry_id: str, at: datetime) -> str:
        """Make two entries of one."""
        ...


class Comparing(Protocol):
    """The journal beside what the services hold."""

    def audit(self, first: date, last: date, told: Auditing) -> Work | None:
        """Compare with both services; changes nothing."""
        ...

    def repair(self, first: date, last: date, rows: Sequence[Row], told: Auditing) -> Work | None:
        """Repair these rows, and compare again."""
        ...


class HistoryIntents(Reading, Revising, Comparing, Protocol):
    """All of it."""

    def delete(self, entry_ids: Sequence[str]) -> str:
        """Remove entries from here and from both services."""
        ...

    def resume(self, task: Task) -> str:
        """Start the task now; what runs is stopped first."""
        ...

    def undo(self, undoable: Undoable) -> str:
        """Take these acts back, unless something else was changed since."""
        ...

    def export(self, sought: Sought, form: Format, path: str, told: Exporting) -> Work | None:
        """Write what is sought to a file, the oldest first."""
        ...
