"""What the history window asks for. Nothing raises; an act answers "" or why it was not done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from timer_app.domain.audit.rows import AuditRow
from timer_app.domain.delivery.outbox import LoggedEntry
from timer_app.domain.entries.entry import FinishedEntry
from timer_app.services.audit.auditor import Audit, RepairResult
from timer_app.services.entries.edit_form import EditForm, EditPreview
from timer_app.services.entries.editor import EntryEdit
from timer_app.services.entries.export import ExportFormat
from timer_app.services.entries.history import BarChart, Calendar, DayTimeline, Scope
from timer_app.services.entries.listing import EntryCursor, EntryFilter, EntryPage


@dataclass(frozen=True, slots=True)
class UndoableEdits:
    """Acts that one Undo takes back.

    `latest_undo_id` is the journal's number of the last of them.
    """

    count: int
    latest_undo_id: int


class EditListener(Protocol):
    """Hears the progress of a deletion or an undo. Finished steps are kept if a later one fails."""

    def on_deleted(self, undoable: UndoableEdits) -> None:
        """A step of the deletion is done; this takes it back."""
        ...

    def on_undone(self, undoable: UndoableEdits) -> None:
        """These are taken back."""
        ...

    def on_ended(self, why: str) -> None:
        """It is over; `why` says why the rest was not done, "" if all was."""
        ...


class AuditListener(Protocol):
    """Hears the progress of an audit."""

    def on_audit_progress(self, done: int, total: int) -> None:
        """Of so many cards and dates so many were asked for."""
        ...

    def on_repair_progress(self, done: int, total: int) -> None:
        """Of so many rows so many are repaired."""
        ...

    def on_audited(self, audit: Audit, repaired: RepairResult | None) -> None:
        """It is over; `repaired` is what was repaired before it, if that was wanted."""
        ...

    def on_refused(self, why: str) -> None:
        """A repair was not possible."""
        ...


class ExportListener(Protocol):
    """Hears the progress of an export."""

    def on_export_progress(self, entries: int) -> None:
        """So many are written."""
        ...

    def on_exported(self, entries: int) -> None:
        """It is whole."""
        ...

    def on_refused(self, why: str) -> None:
        """It could not be written; the file is as it was."""
        ...


class Cancellable(Protocol):
    """Something that goes on by itself."""

    def cancel(self) -> object:
        """Leave it."""
        ...


class HistoryQueries(Protocol):
    """What there is to show."""

    def calendar(self) -> Calendar:
        """By what instants become dates at this moment."""
        ...

    def today(self) -> date:
        """The date that this instant counts for."""
        ...

    def day(self, on_date: date) -> DayTimeline:
        """A day with its entries."""
        ...

    def week(self, on_date: date) -> tuple[DayTimeline, ...]:
        """The days of the week of a date, each with its entries."""
        ...

    def bars(self, scope: Scope, on_date: date) -> BarChart:
        """The day, week or month of a date."""
        ...

    @property
    def first_weekday(self) -> Callable[[], int]:
        """With which weekday a week begins; Monday is 1."""
        ...

    def page(self, entry_filter: EntryFilter, after: EntryCursor | None, limit: int) -> EntryPage:
        """The next ids of what is sought, the newest first."""
        ...

    def entries(self, ids: Sequence[str]) -> Mapping[str, LoggedEntry]:
        """The entries of these ids, as far as they are there."""
        ...


class EditIntents(Protocol):
    """What can be done to one entry."""

    def calendar(self) -> Calendar:
        """By what instants become dates at this moment."""
        ...

    def latest_undo_id(self) -> int:
        """The journal's number of the latest act that can be taken back, 0 without one."""
        ...

    def preview_edit(self, revision: EditForm) -> EditPreview:
        """What saving a revision would do."""
        ...

    def edit(self, entry_id: str, edit: EntryEdit) -> str:
        """Give an entry what `edit` says."""
        ...

    def parse_split_instant(self, finished: FinishedEntry, typed: str) -> datetime:
        """The instant that was meant. Raises BadSpan, which says what is wrong with it."""
        ...

    def split(self, entry_id: str, at: datetime) -> str:
        """Make two entries of one."""
        ...


class AuditIntents(Protocol):
    """The journal beside what the services hold."""

    def audit(self, first: date, last: date, listener: AuditListener) -> Cancellable | None:
        """Compare with both services; changes nothing."""
        ...

    def repair(
        self, first: date, last: date, rows: Sequence[AuditRow], listener: AuditListener
    ) -> Cancellable | None:
        """Repair these rows, and compare again."""
        ...


class HistoryIntents(HistoryQueries, EditIntents, AuditIntents, Protocol):
    """All of it."""

    def delete(self, entry_ids: Sequence[str], listener: EditListener) -> Cancellable | None:
        """Remove entries from here and from both services, many of them in steps.

        Few are removed when this returns.
        """
        ...

    def resume(self, entry_id: str) -> str:
        """Go on with an entry in a new one, from now; what runs is stopped first."""
        ...

    def undo(self, undoable: Sequence[UndoableEdits], listener: EditListener) -> Cancellable | None:
        """Take these acts back, the last first, unless something else was changed since."""
        ...

    def export(
        self, entry_filter: EntryFilter, form: ExportFormat, path: str, listener: ExportListener
    ) -> Cancellable | None:
        """Write what is sought to a file, the oldest first."""
        ...
