"""Edit, delete, split and undo: committed to the journal, then delivered to both services.

One commit holds the entry's new values, an undo record, and the messages. Nothing here
is asynchronous.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from timer_app.domain.clock import ClockStamp
from timer_app.domain.delivery.outbox import LoggedEntry, is_enqueued_for_timecrowd
from timer_app.domain.delivery.outcomes import RemoteEntry
from timer_app.domain.entries.card import Card
from timer_app.domain.entries.comment import clean_comment
from timer_app.domain.entries.edits import EditKind, UndoRecord
from timer_app.domain.entries.entry import Entry, FinishedEntry, whole_second
from timer_app.domain.entries.task import Task
from timer_app.domain.errors import JournalError, NotPossible
from timer_app.domain.messages import EntryMessageId, TimeMessageId
from timer_app.domain.reminders.notice import EarlierStopNotice, Notice
from timer_app.domain.setup.local_time import mistyped_year
from timer_app.services.absence.ports import AbsenceJournal
from timer_app.services.absence.resolver import undo_resolution
from timer_app.services.entries.entry_writer import EntryWriter, times_of
from timer_app.services.entries.logging_context import LoggingRules
from timer_app.services.entries.manual_entry import PlannedLog
from timer_app.services.entries.ports import Clock
from timer_app.services.entries.routing import with_route_for_task


@dataclass(frozen=True, slots=True)
class EntryEdit:
    """New values of an entry; None keeps the present one."""

    started_at: datetime | None = None
    stopped_at: datetime | None = None
    comment: str | None = None
    task: Task | None = None


@dataclass(frozen=True, slots=True)
class EditedEntry:
    """An entry as an edit would make it, and what each service would hold of it then.

    TimeCrowd may keep another comment, the first one that it got.
    """

    finished: FinishedEntry
    to_timecrowd: bool
    to_kaiten: tuple[PlannedLog, ...]
    keeps_first_comment: bool = False


class Editor:
    """Changes finished entries.

    Every method raises NotPossible or JournalError, and then nothing has changed; it returns
    the ids of all entries that it touched.
    """

    def __init__(
        self,
        journal: AbsenceJournal,
        clock: Clock,
        rules: Callable[[], LoggingRules],
        new_id: Callable[[], str],
        changed: Callable[[], None],
        publish: Callable[[Notice], None] = lambda _: None,
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._rules = rules
        self._changed = changed
        self._publish = publish
        self._entry_writer = EntryWriter(journal, clock, rules, new_id)

    def edit(self, entry_id: str, edit: EntryEdit) -> tuple[str, ...]:
        """Give an entry other times, another comment or another task."""
        with self._journal.transaction():
            logged, before = self._entry_writer.finished_entry(entry_id)
            after = self._edited(before, edit)
            if after == before:
                return (entry_id,)
            self._save_undo_record(EditKind.EDIT, logged, before)
            self._entry_writer.update(logged, before, after)
            self._stamp_ends(before, after)
        self._journal.after_commit(self._changed)
        return (entry_id,)

    def take_earlier_stop(self, entry_id: str, local_stop: datetime, remote: RemoteEntry) -> None:
        """Let an entry end when another device stopped it, before the stop made here.

        Kaiten's minutes follow. A stop that a person has set since is kept.
        """
        with self._journal.transaction():
            logged, before = self._entry_writer.finished_entry(entry_id)
            if before.stopped_at != local_stop or remote.stopped_at is None:
                return
            stop, start = whole_second(remote.stopped_at), before.entry.started_at
            if stop < start:
                start = whole_second(remote.started_at)
            after = FinishedEntry(replace(before.entry, started_at=start), stop)
            self._journal.mark_stopped_elsewhere(entry_id)
            self._entry_writer.update(logged, before, after)
            self._publish(EarlierStopNotice(entry_id, before.entry.task, stop, local_stop))
        self._journal.after_commit(self._changed)

    def preview(self, entry_id: str, edit: EntryEdit) -> EditedEntry:
        """The result of `edit`. Changes nothing; raises what `edit` raises."""
        logged, before = self._entry_writer.finished_entry(entry_id)
        after = self._edited(before, edit)
        in_timecrowd = is_enqueued_for_timecrowd(logged.deliveries)
        logs = self._entry_writer.preview_logs(logged, after)
        return EditedEntry(
            after,
            in_timecrowd or self._rules().destinations.timecrowd,
            tuple(PlannedLog(segment, minutes) for segment, minutes in logs),
            self._keeps_first_comment(before, after),
        )

    def keeps_first_comment(self, entry_id: str, edit: EntryEdit) -> bool:
        """Whether the edit gives a comment that TimeCrowd does not get: it has an earlier one."""
        _, before = self._entry_writer.finished_entry(entry_id)
        return self._keeps_first_comment(before, self._edited(before, edit))

    def _keeps_first_comment(self, before: FinishedEntry, after: FinishedEntry) -> bool:
        changed = before.entry.comment != after.entry.comment
        return changed and self._entry_writer.keeps_first_comment(after.entry)

    def delete(self, *entry_ids: str) -> tuple[str, ...]:
        """Remove entries, all or none, from both services and from every total."""
        with self._journal.transaction():
            found = [self._entry_writer.finished_entry(each) for each in dict.fromkeys(entry_ids)]
            for logged, before in found:
                self._save_undo_record(EditKind.DELETE, logged, before)
            self._entry_writer.remove(*found)
        self._journal.after_commit(self._changed)
        return entry_ids

    def split(self, entry_id: str, at: datetime) -> tuple[str, ...]:
        """Make two entries of one; the second begins where the first ends."""
        at = whole_second(at)
        with self._journal.transaction():
            logged, before = self._entry_writer.finished_entry(entry_id)
            if not before.entry.started_at < at < before.stopped_at:
                raise NotPossible(EntryMessageId.NOT_WITHIN, self._local_text(at))
            second = replace(before.entry, id=self._entry_writer.new_id(), started_at=at)
            self._save_undo_record(EditKind.SPLIT, logged, before, second_half_id=second.id)
            self._entry_writer.update(logged, before, replace(before, stopped_at=at))
            finished = FinishedEntry(second, before.stopped_at)
            self._entry_writer.add(finished, self._entry_writer.zone(logged))
            self._entry_writer.search_card_as(entry_id, second)
            self._stamp_border(entry_id, second.id, at)
            self._journal.reassign_absences(entry_id, second.id, at)
        self._journal.after_commit(self._changed)
        return entry_id, second.id

    def undo(self, acts: int = 1, *, expected_question_id: int | None = None) -> tuple[str, ...]:
        """Take back the latest edits, deletions, splits, answers or cancellations, all or none.

        Those that are taken back already do not count. With `expected_question_id` only if the
        latest is the answer to this question.
        """
        touched: list[str] = []
        with self._journal.transaction():
            for _ in range(acts):
                last = self._journal.last_undo_record()
                if last is None:
                    raise NotPossible(EntryMessageId.NOTHING_TO_UNDO)
                if expected_question_id not in (None, last.absence_id):
                    raise NotPossible(EntryMessageId.CHANGED_SINCE)
                before = self._entry_writer.with_found_card(last.before)
                touched += self._undo_one(replace(last, before=before))
                self._journal.mark_undone(last)
        self._journal.after_commit(self._changed)
        return tuple(touched)

    def resume(self, entry_id: str) -> None:
        """Take back a stop: the entry runs again from its own start, as if never stopped.

        For the services it is a new entry; the old one is removed there.
        """
        with self._journal.transaction():
            logged, before = self._entry_writer.finished_entry(entry_id)
            self._entry_writer.restart(before.entry)
            self._entry_writer.remove((logged, before))
            self._forget_undo_of(entry_id)
        self._journal.after_commit(self._changed)

    def give_card(self, entry_id: str, card: Card) -> None:
        """Give an entry, running or finished, the card that Kaiten found for its task's key."""
        with self._journal.transaction():
            self._entry_writer.give_card(entry_id, card)
        self._journal.after_commit(self._changed)

    def save_task_details(self, entry_id: str, task: Task) -> None:
        """Give an entry, running or finished, the task that TimeCrowd shows for its number."""
        with self._journal.transaction():
            self._entry_writer.save_task_details(entry_id, task)
        self._journal.after_commit(self._changed)

    # Parts of an act

    def _undo_one(self, last: UndoRecord) -> tuple[str, ...]:
        entry_id = last.before.id
        match last.kind, last.stopped_at:
            case EditKind.CANCEL, _:
                self._entry_writer.restart(last.before)
                self._forget_undo_of(entry_id)
            case EditKind.EDIT, None:
                self._undo_start(last.before)
            case EditKind.ANSWER, _:
                return undo_resolution(self._journal, self._entry_writer, last)
            case EditKind.DELETE, datetime() as stopped_at:
                self._entry_writer.restore(last, stopped_at)
            case EditKind.EDIT, datetime() as stopped_at:
                logged, now = self._entry_writer.finished_entry(entry_id)
                self._entry_writer.update(logged, now, FinishedEntry(last.before, stopped_at))
            case EditKind.SPLIT, datetime() as stopped_at:
                if last.second_half_id is not None:
                    self._entry_writer.remove(
                        self._entry_writer.finished_entry(last.second_half_id)
                    )
                    self._journal.reassign_absences(last.second_half_id, entry_id)
                logged, now = self._entry_writer.finished_entry(entry_id)
                self._entry_writer.update(logged, now, FinishedEntry(last.before, stopped_at))
            case _:
                raise NotPossible(EntryMessageId.NO_UNDO)
        return (entry_id, last.second_half_id) if last.second_half_id else (entry_id,)

    def _undo_start(self, before: Entry) -> None:
        """Undo a change of the start of an entry that ran then, and may be finished by now."""
        logged = self._journal.entry(before.id)
        if logged is not None and not logged.is_deleted and logged.stopped_at is None:
            self._entry_writer.correct_start(logged, before.started_at)
            stamp = ClockStamp(
                before.id, False, before.started_at, self._clock.reading(), is_typed=True
            )
            self._journal.save_clock_stamp(stamp)
            return
        logged, now = self._entry_writer.finished_entry(before.id)
        after = replace(now, entry=replace(now.entry, started_at=before.started_at))
        self._require_past(after)
        self._entry_writer.update(logged, now, after)
        self._stamp_ends(now, after)

    def _forget_undo_of(self, entry_id: str) -> None:
        """Mark as undone the latest edits of an entry that no longer exists."""
        with suppress(JournalError):  # the entry of a damaged record is not known
            while (last := self._journal.last_undo_record()) and last.before.id == entry_id:
                self._journal.mark_undone(last)

    def _save_undo_record(
        self,
        act: EditKind,
        logged: LoggedEntry,
        before: FinishedEntry,
        second_half_id: str | None = None,
    ) -> None:
        is_enqueued = is_enqueued_for_timecrowd(logged.deliveries)
        self._journal.save_undo_record(
            UndoRecord(act, before.entry, before.stopped_at, is_enqueued, second_half_id)
        )

    def _stamp_ends(self, before: FinishedEntry, after: FinishedEntry) -> None:
        """Stamp a start or stop that was changed as typed here."""
        entry_id, reading = after.entry.id, self._clock.reading()
        if after.entry.started_at != before.entry.started_at:
            stamp = ClockStamp(entry_id, False, after.entry.started_at, reading, is_typed=True)
            self._journal.save_clock_stamp(stamp)
        if after.stopped_at != before.stopped_at:
            stamp = ClockStamp(entry_id, True, after.stopped_at, reading, is_typed=True)
            self._journal.save_clock_stamp(stamp)

    def _stamp_border(self, first_id: str, second_id: str, at: datetime) -> None:
        """Stamp the border between two halves, so that a correction of the clock keeps its place.

        It is stamped as the start and stop of the entry are. Without stamps of this boot it is not
        corrected.
        """
        reading = self._clock.reading()
        boot_id = reading.boot_time.boot_id if reading.boot_time else ""
        ends = [each for each in self._journal.clock_stamps(boot_id) if each.entry_id == first_id]
        if not ends:
            return
        is_typed = all(each.is_typed for each in ends)
        border = ends[-1].reading if is_typed else reading.back_to(at)
        self._journal.copy_clock_stamps(first_id, second_id)
        self._journal.save_clock_stamp(ClockStamp(first_id, True, at, border, is_typed))
        self._journal.save_clock_stamp(ClockStamp(second_id, False, at, border, is_typed))

    # What an entry is

    def _edited(self, before: FinishedEntry, edit: EntryEdit) -> FinishedEntry:
        entry = replace(
            before.entry,
            started_at=whole_second(edit.started_at or before.entry.started_at),
            task=edit.task or before.entry.task,
            comment=before.entry.comment if edit.comment is None else clean_comment(edit.comment),
        )
        if (entry.comment, entry.task) != (before.entry.comment, before.entry.task):
            self._rules().require_comment_fits(entry.comment, entry.task)
        entry = with_route_for_task(before.entry, entry, self._rules(), self._journal)
        after = FinishedEntry(entry, whole_second(edit.stopped_at or before.stopped_at))
        if times_of(after) != times_of(before):
            self._require_past(after)
        if entry.started_at != before.entry.started_at:
            self._require_recent(entry.started_at)
        return after

    def _require_past(self, after: FinishedEntry) -> None:
        if after.stopped_at > self._clock.now():
            raise NotPossible(TimeMessageId.TO_COME, self._local_text(after.stopped_at))
        if after.stopped_at <= after.entry.started_at:
            raise NotPossible(
                EntryMessageId.WOULD_END_BEFORE,
                self._local_text(after.stopped_at),
                self._local_text(after.entry.started_at),
            )

    def _require_recent(self, started_at: datetime) -> None:
        if years := mistyped_year(started_at, self._clock.now(), self._clock.zone()):
            raise NotPossible(TimeMessageId.LONG_AGO, *years)

    def _local_text(self, instant: datetime) -> str:
        return instant.astimezone(self._clock.zone()).strftime("%Y-%m-%d %H:%M:%S")
