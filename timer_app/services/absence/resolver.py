"""Resolve absences, and undo a resolution.

One commit holds the parts of the entry, their messages, and that the absence is resolved. From then
on the deliveries on hold are due.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from timer_app.domain.absence import (
    AbsenceResolution,
    DropAndContinue,
    DropTime,
    EntrySpan,
    KeepTime,
    ReassignTime,
    SplitParts,
    UnresolvedAbsence,
    split_by_resolution,
)
from timer_app.domain.delivery.outbox import is_enqueued_for_timecrowd
from timer_app.domain.entries.edits import EditKind, UndoRecord
from timer_app.domain.entries.entry import Entry, FinishedEntry, Source, whole_second
from timer_app.domain.entries.timer import Running
from timer_app.domain.errors import NotPossible
from timer_app.domain.messages import AbsenceMessageId
from timer_app.services.absence.ports import AbsenceJournal
from timer_app.services.entries.entry_writer import EntryWriter
from timer_app.services.entries.logging_context import LoggingRules
from timer_app.services.entries.ports import Clock
from timer_app.services.entries.routing import route_for_task
from timer_app.services.entries.timer_service import TimerService


@dataclass(frozen=True, slots=True)
class ResolvedAbsence:
    """A resolved absence, and the entries that it changed."""

    unresolved: UnresolvedAbsence
    resolution: AbsenceResolution
    entry_ids: tuple[str, ...]


_RESOLUTION_NAMES: dict[type[AbsenceResolution], str] = {
    KeepTime: "keep", DropTime: "drop", DropAndContinue: "continue", ReassignTime: "give",
}  # fmt: skip


class AbsenceResolver:
    """Resolves absences.

    Raises NotPossible or JournalError; then nothing has changed.
    """

    def __init__(
        self,
        journal: AbsenceJournal,
        clock: Clock,
        rules: Callable[[], LoggingRules],
        new_id: Callable[[], str],
        timer: TimerService,
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._timer = timer
        self._rules = rules
        self._entry_writer = EntryWriter(journal, clock, rules, new_id)

    def unresolved(self) -> Sequence[UnresolvedAbsence]:
        """The unresolved absences, the earliest first."""
        return self._journal.unresolved_absences(self._clock.now())

    def resolve(self, absence_id: int | None, resolution: AbsenceResolution) -> ResolvedAbsence:
        """Resolve an absence, the earliest one by default.

        A person who resolves an absence is present: an ongoing one ends now.
        """
        with self._journal.transaction():
            now = whole_second(self._clock.now())
            self._journal.end_absence(now)
            unresolved = self._find(absence_id)
            logged = self._journal.entry(unresolved.entry.id)
            is_enqueued = logged is not None and is_enqueued_for_timecrowd(logged.deliveries)
            pieces = self._apply(unresolved, resolution)
            self._journal.mark_resolved(unresolved.id, _RESOLUTION_NAMES[type(resolution)])
            self._journal.save_undo_record(
                UndoRecord(
                    EditKind.ANSWER, unresolved.entry, unresolved.stopped_at, is_enqueued,
                    piece_ids=pieces, absence_id=unresolved.id,
                )
            )  # fmt: skip
        self._timer.notify_observers()
        return ResolvedAbsence(unresolved, resolution, (unresolved.entry.id, *(pieces or ())))

    def _find(self, absence_id: int | None) -> UnresolvedAbsence:
        found = self.unresolved()
        if not found:
            raise NotPossible(AbsenceMessageId.NONE)
        for unresolved in found:
            if absence_id in (None, unresolved.id):
                return unresolved
        raise NotPossible(AbsenceMessageId.NONE_SUCH, str(absence_id))

    def _apply(
        self, unresolved: UnresolvedAbsence, resolution: AbsenceResolution
    ) -> tuple[str, ...] | None:
        """Apply the resolution; the ids of the new entries, None if the entry was not split."""
        absence, entry = unresolved.absence, unresolved.entry
        if isinstance(resolution, ReassignTime) and resolution.task.key == entry.task.key:
            raise NotPossible(AbsenceMessageId.SAME_TASK)
        if absence.ended is None:
            raise NotPossible(AbsenceMessageId.STILL_AWAY)
        span = EntrySpan(entry.started_at, unresolved.stopped_at)
        parts = split_by_resolution(span, absence.began, absence.ended, resolution)
        if isinstance(resolution, KeepTime):
            return None
        if unresolved.stopped_at is None:
            return self._split_running(entry, parts, resolution)
        return self._split_finished(FinishedEntry(entry, unresolved.stopped_at), parts, resolution)

    def _split_running(
        self, entry: Entry, parts: SplitParts, resolution: AbsenceResolution
    ) -> tuple[str, ...]:
        if parts.before is not None:
            self._timer.stop(at=parts.before.ended)
        else:
            self._timer.save_drafts()
            self._entry_writer.discard_running(entry)
        pieces = self._add_reassigned(parts.reassigned, resolution)
        if parts.after is not None:
            comment = self._current_comment(entry)
            began = parts.after.began
            self._timer.start_again(entry.id, entry.source, comment=comment, at=began)
            state = self._journal.state()
            if isinstance(state, Running):
                pieces += (state.entry.id,)
                self._journal.reassign_absences(entry.id, state.entry.id, began)
        return pieces

    def _current_comment(self, entry: Entry) -> str:
        """The comment of the journal: the panel commits what is being typed when the entry ends."""
        logged = self._journal.entry(entry.id)
        return logged.entry.comment if logged else entry.comment

    def _split_finished(
        self, before: FinishedEntry, parts: SplitParts, resolution: AbsenceResolution
    ) -> tuple[str, ...]:
        entry = before.entry
        logged, _ = self._entry_writer.finished_entry(entry.id)
        zone = self._entry_writer.zone(logged)
        pieces: tuple[str, ...] = ()
        first, second = parts.before, parts.after
        if first is None:
            first, second = second, None
        if first is None or first.ended is None:
            self._entry_writer.remove((logged, before))
        else:
            shorter = replace(entry, started_at=first.began)
            self._entry_writer.update(logged, before, FinishedEntry(shorter, first.ended))
        pieces += self._add_reassigned(parts.reassigned, resolution)
        if second is not None and second.ended is not None:
            second_part = replace(entry, id=self._entry_writer.new_id(), started_at=second.began)
            self._entry_writer.add(FinishedEntry(second_part, second.ended), zone)
            self._entry_writer.search_card_as(entry.id, second_part)
            self._journal.copy_clock_stamps(entry.id, second_part.id)
            self._journal.reassign_absences(entry.id, second_part.id, second.began)
            pieces += (second_part.id,)
        return pieces

    def _add_reassigned(
        self, span: EntrySpan | None, resolution: AbsenceResolution
    ) -> tuple[str, ...]:
        """The time of the absence as an entry of the other task, without a comment."""
        if not isinstance(resolution, ReassignTime) or span is None or span.ended is None:
            return ()
        route = route_for_task(resolution.task, self._rules(), self._journal)
        reassigned_entry = Entry(
            self._entry_writer.new_id(), resolution.task, span.began, Source.MANUAL, route=route
        )
        self._entry_writer.add(FinishedEntry(reassigned_entry, span.ended), self._clock.zone())
        return (reassigned_entry.id,)


def undo_resolution(
    journal: AbsenceJournal, entry_writer: EntryWriter, last: UndoRecord
) -> tuple[str, ...]:
    """Join the parts of an entry again, and reopen its absence. Raises NotPossible.

    TimeCrowd cannot resume an entry that it has stopped: if nothing ended the entry since, it is
    continued as a new one with the old start.
    """
    entry_id = last.before.id
    if last.piece_ids is not None:
        ended = last.stopped_at or _end_after_resolution(journal, last.piece_ids)
        for piece in last.piece_ids:
            _remove_entry(journal, entry_writer, piece)
            journal.reassign_absences(piece, entry_id)
        if ended is None:
            comment = _remove_entry(journal, entry_writer, entry_id)
            entry_id = entry_writer.restart(replace(last.before, comment=comment))
        else:
            _restore_entry(journal, entry_writer, last, ended)
    if last.absence_id is not None:
        journal.reopen_absence(last.absence_id, entry_id)
    return tuple(dict.fromkeys((last.before.id, entry_id, *(last.piece_ids or ()))))


def _end_after_resolution(journal: AbsenceJournal, pieces: Sequence[str]) -> datetime | None:
    """The stop of the part after the absence; None if it runs or does not exist."""
    logged = journal.entry(pieces[-1]) if pieces else None
    return logged.stopped_at if logged else None


def _remove_entry(journal: AbsenceJournal, entry_writer: EntryWriter, entry_id: str) -> str:
    """Remove an entry, if it exists; returns its comment."""
    logged = journal.entry(entry_id)
    if logged is None:
        return ""
    if logged.is_deleted:
        return logged.entry.comment
    if logged.stopped_at is None:
        entry_writer.discard_running(logged.entry)
    else:
        entry_writer.remove(entry_writer.finished_entry(entry_id))
    return logged.entry.comment


def _restore_entry(
    journal: AbsenceJournal, entry_writer: EntryWriter, last: UndoRecord, ended: datetime
) -> None:
    logged = journal.entry(last.before.id)
    if logged is not None and logged.is_deleted:
        entry_writer.restore(last, ended)
    else:
        logged, now = entry_writer.finished_entry(last.before.id)
        entry_writer.update(logged, now, FinishedEntry(last.before, ended))
