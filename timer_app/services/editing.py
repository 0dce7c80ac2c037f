"""Edit, delete, split and undo: the journal first, both services follow, each exactly once.

One commit holds the entry's new values, what was before, and what the services must be told.
Nothing here awaits anything.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from timer_app.domain.amending import Act, Amendment
from timer_app.domain.delivery import is_told
from timer_app.domain.entry import FinishedEntry, whole_second
from timer_app.domain.errors import NotPossible
from timer_app.domain.task import Task
from timer_app.services.answering import take_back_answer
from timer_app.services.ports import AbsenceBook, Clock, LoggedEntry
from timer_app.services.rewriting import Rewriter, times_and_task
from timer_app.services.terms import Rules


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to be different; None stays as it is."""

    started_at: datetime | None = None
    stopped_at: datetime | None = None
    comment: str | None = None
    task: Task | None = None


class Editor:
    """Changes finished entries.

    Every method raises NotPossible or JournalUnwritable, and then nothing has changed; it returns
    the ids of all entries that it touched.
    """

    def __init__(
        self,
        journal: AbsenceBook,
        clock: Clock,
        rules: Callable[[], Rules],
        new_id: Callable[[], str],
        changed: Callable[[], None],
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._changed = changed
        self._rewriter = Rewriter(journal, clock, rules, new_id)

    def edit(self, entry_id: str, edit: Edit) -> tuple[str, ...]:
        """Give an entry other times, another comment or another task."""
        with self._journal.transaction():
            logged, before = self._rewriter.finished(entry_id)
            after = self._edited(before, edit)
            if after == before:
                return (entry_id,)
            self._remember(Act.EDIT, logged, before)
            self._rewriter.amend(logged, before, after)
        self._changed()
        return (entry_id,)

    def delete(self, *entry_ids: str) -> tuple[str, ...]:
        """Remove entries, all or none, from both services and from every total."""
        with self._journal.transaction():
            for entry_id in entry_ids:
                logged, before = self._rewriter.finished(entry_id)
                self._remember(Act.DELETE, logged, before)
                self._rewriter.remove(logged, before)
        self._changed()
        return entry_ids

    def split(self, entry_id: str, at: datetime) -> tuple[str, ...]:
        """Make two entries of one; the second begins where the first ends."""
        at = whole_second(at)
        with self._journal.transaction():
            logged, before = self._rewriter.finished(entry_id)
            if not before.entry.started_at < at < before.stopped_at:
                raise NotPossible(f"{self._shown(at)} does not lie within the entry.")
            second = replace(before.entry, id=self._rewriter.new_id(), started_at=at)
            self._remember(Act.SPLIT, logged, before, made=second.id)
            self._rewriter.amend(logged, before, replace(before, stopped_at=at))
            finished = FinishedEntry(second, before.stopped_at)
            self._rewriter.add(finished, self._rewriter.zone(logged))
            self._journal.move_questions(entry_id, second.id, at)
        self._changed()
        return entry_id, second.id

    def undo(self, acts: int = 1, *, answer_to: int | None = None) -> tuple[str, ...]:
        """Take back the latest edits, deletions, splits, answers or cancellations, all or none.

        Those that are taken back already do not count. With `answer_to` only if the latest is the
        answer to this question.
        """
        touched: list[str] = []
        with self._journal.transaction():
            for _ in range(acts):
                last = self._journal.last_amendment()
                if last is None:
                    raise NotPossible("There is nothing to undo.")
                if answer_to not in (None, last.question):
                    raise NotPossible("Something else was changed since: undo that first.")
                touched += self._take_back(last)
                self._journal.mark_undone(last)
        self._changed()
        return tuple(touched)

    def go_on(self, entry_id: str) -> None:
        """Take back a stop: the entry runs again from its own start, as if never stopped.

        For the services it is a new one; what they have of the old one is removed there.
        """
        with self._journal.transaction():
            logged, before = self._rewriter.finished(entry_id)
            self._rewriter.run_again(before.entry)
            self._rewriter.remove(logged, before)
            while (last := self._journal.last_amendment()) and last.before.id == entry_id:
                self._journal.mark_undone(last)  # they are about what is there no more
        self._changed()

    # Parts of an act

    def _take_back(self, last: Amendment) -> tuple[str, ...]:
        entry_id = last.before.id
        match last.act, last.stopped_at:
            case Act.CANCEL, _:
                self._rewriter.run_again(last.before)
            case Act.ANSWER, _:
                return take_back_answer(self._journal, self._rewriter, last)
            case Act.DELETE, datetime() as stopped_at:
                self._rewriter.bring_back(last, stopped_at)
            case Act.EDIT, datetime() as stopped_at:
                logged, now = self._rewriter.finished(entry_id)
                self._rewriter.amend(logged, now, FinishedEntry(last.before, stopped_at))
            case Act.SPLIT, datetime() as stopped_at:
                if last.made is not None:
                    self._rewriter.remove(*self._rewriter.finished(last.made))
                    self._journal.move_questions(last.made, entry_id)
                logged, now = self._rewriter.finished(entry_id)
                self._rewriter.amend(logged, now, FinishedEntry(last.before, stopped_at))
            case _:
                raise NotPossible("This cannot be undone.")
        return (entry_id, last.made) if last.made else (entry_id,)

    def _remember(
        self, act: Act, logged: LoggedEntry, before: FinishedEntry, made: str | None = None
    ) -> None:
        told = is_told(logged.deliveries)
        self._journal.remember(Amendment(act, before.entry, before.stopped_at, told, made))

    # What an entry is

    def _edited(self, before: FinishedEntry, edit: Edit) -> FinishedEntry:
        entry = replace(
            before.entry,
            started_at=whole_second(edit.started_at or before.entry.started_at),
            task=edit.task or before.entry.task,
            comment=before.entry.comment if edit.comment is None else edit.comment.strip(),
        )
        after = FinishedEntry(entry, whole_second(edit.stopped_at or before.stopped_at))
        if times_and_task(after)[:2] != times_and_task(before)[:2]:
            self._must_be_past(after)
        return after

    def _must_be_past(self, after: FinishedEntry) -> None:
        if after.stopped_at > self._clock.now():
            raise NotPossible(f"{self._shown(after.stopped_at)} is still to come.")
        if after.stopped_at <= after.entry.started_at:
            raise NotPossible(
                f"The entry would end ({self._shown(after.stopped_at)}) before it begins"
                f" ({self._shown(after.entry.started_at)})."
            )

    def _shown(self, instant: datetime) -> str:
        return instant.astimezone(self._clock.zone()).strftime("%Y-%m-%d %H:%M:%S")
