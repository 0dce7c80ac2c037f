"""What the history window wants, done: reads, acts, audits and exports.

Nothing raises: an act answers "" or the sentence that says why it was not done.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial

from timer_app.domain.audit.rows import AuditRow
from timer_app.domain.delivery.outbox import LoggedEntry
from timer_app.domain.entries.comment import comment_units
from timer_app.domain.entries.entry import FinishedEntry, Source, whole_second
from timer_app.domain.entries.goals import WeekGoals
from timer_app.domain.entries.minutes import local_date
from timer_app.domain.entries.task import Task
from timer_app.domain.entries.timer import Running
from timer_app.domain.errors import JournalError, NotPossible
from timer_app.domain.file_problems import file_problem
from timer_app.domain.messages import EntryMessageId, FileMessageId
from timer_app.domain.setup.span_input import (
    BadSpan,
    TimeSpan,
    parse_instant_within,
    parse_span,
)
from timer_app.services.audit.auditor import Auditor
from timer_app.services.background_tasks import Spawn
from timer_app.services.entries import history
from timer_app.services.entries.documents import entry_document
from timer_app.services.entries.edit_form import EditForm, EditPreview
from timer_app.services.entries.editor import Editor, EntryEdit
from timer_app.services.entries.export import ExportFormat, ExportSink, new_exporter
from timer_app.services.entries.history import BarChart, Calendar, DayTimeline, Scope, TaskTotal
from timer_app.services.entries.listing import EntryCursor, EntryFilter, EntryListing, EntryPage
from timer_app.services.entries.logging_context import LoggingRules
from timer_app.services.entries.ports import Clock
from timer_app.services.entries.timer_service import TimerService
from timer_app.ui.entries.history.intents import (
    AuditListener,
    Cancellable,
    EditListener,
    ExportListener,
    UndoableEdits,
)

ENTRIES_PER_STEP = 5
"""Entries deleted in one commit: few enough for a card with hundreds of entries on one day."""
EXPORT_BATCH_SIZE = 100
"""Entries exported between two looks at what else there is to do: some 20 ms."""


@dataclass(frozen=True, slots=True)
class HistoryController:
    """Implements `HistoryIntents`. `first_weekday` is that of a week, Monday is 1.

    `on_edited` is called after what a person did; `sink` opens the file of an export (OSError);
    `spawn` lets the app own what goes on by itself; `explain` says why something was not done.
    """

    journal: EntryListing
    clock: Clock
    rules: Callable[[], LoggingRules]
    timer: TimerService
    editor: Editor
    goals: Callable[[], WeekGoals]
    auditor: Callable[[], Auditor]
    sink: Callable[[str, ExportFormat], ExportSink]
    spawn: Spawn
    on_edited: Callable[[], None]
    explain: Callable[[Exception], str] = str
    first_weekday: Callable[[], int] = lambda: 1

    # What there is

    def calendar(self) -> Calendar:
        """By what instants become dates at this moment."""
        return Calendar(self.clock.zone(), self.rules().day_start, self.timer.entry_now())

    def today(self) -> date:
        """The date that this instant counts for."""
        return self.timer.today()

    def day(self, on_date: date) -> DayTimeline:
        """A day with its entries."""
        running = self._running()
        found = [*self.journal.entries(on_date, on_date), *([running] if running else [])]
        finished = self.journal.seconds_by_day(on_date, on_date).get(on_date, 0)
        return history.day_timeline(
            on_date, found, finished, self.goals().on(on_date), self.calendar()
        )

    def week(self, on_date: date) -> tuple[DayTimeline, ...]:
        """The days of the week of a date, each with its entries."""
        first, last = history.scope_dates(Scope.WEEK, on_date, self.first_weekday())
        running = self._running()
        found = [*self.journal.entries(first, last), *([running] if running else [])]
        seconds, goals, calendar = (
            self.journal.seconds_by_day(first, last), self.goals(), self.calendar()
        )  # fmt: skip
        days = (first + timedelta(days=number) for number in range(7))
        return tuple(
            history.day_timeline(each, found, seconds.get(each, 0), goals.on(each), calendar)
            for each in days
        )

    def bars(self, scope: Scope, on_date: date) -> BarChart:
        """The day, week or month of a date."""
        dates = history.scope_dates(scope, on_date, self.first_weekday())
        by_task: dict[date, list[TaskTotal]] = {}
        for day, task, seconds in self.journal.task_seconds_by_day(*dates):
            by_task.setdefault(day, []).append(TaskTotal(task, seconds))
        return history.bar_chart(
            scope, dates, self.journal.seconds_by_day(*dates), self._running(), self.goals(),
            today=self.today(), calendar=self.calendar(), by_task=by_task,
        )  # fmt: skip

    def page(self, entry_filter: EntryFilter, after: EntryCursor | None, limit: int) -> EntryPage:
        """The next ids of the filter, the newest first."""
        return self.journal.page(self._with_running(entry_filter), after, limit)

    def entries(self, ids: Sequence[str]) -> Mapping[str, LoggedEntry]:
        """The entries of these ids, as far as they are there."""
        return self.journal.entries_by_id(ids)

    def _with_running(self, entry_filter: EntryFilter) -> EntryFilter:
        """What runs is among the dates from its start until today."""
        running = self._running()
        if running is None:
            return replace(entry_filter, running=False)
        calendar = self.calendar()
        began = local_date(running.entry.started_at, calendar.zone, calendar.day_start)
        begun = entry_filter.last is None or began <= entry_filter.last
        lasts = entry_filter.first is None or entry_filter.first <= self.today()
        return replace(entry_filter, running=begun and lasts)

    def _running(self) -> LoggedEntry | None:
        state = self.timer.state
        return self.journal.entry(state.entry.id) if isinstance(state, Running) else None

    # What a person does to entries

    def preview_edit(self, revision: EditForm) -> EditPreview:
        """What saving it would do. Changes nothing."""
        left = self.rules().comment_limit(revision.task) - comment_units(revision.comment)
        span = None
        if revision.typed is not None:
            try:
                now = whole_second(self.clock.now())
                span = parse_span(revision.typed, now, self.clock.zone(), revision.saved)
            except BadSpan as wrong:
                return EditPreview(None, wrong, (), left, None)
        edit = EntryEdit(
            span.started_at if span else None,
            span.stopped_at if span else None,
            revision.comment,
            revision.task,
        )
        overlaps = self._overlaps(revision.entry_id, span) if span else ()
        try:
            result = self.editor.preview(revision.entry_id, edit)
        except (NotPossible, JournalError):
            result = None  # saving it says why
        return EditPreview(span, None, overlaps, left, edit if left >= 0 else None, result)

    def _overlaps(self, entry_id: str, span: TimeSpan) -> tuple[Task, ...]:
        others = self.journal.overlapping(span.started_at, span.stopped_at)
        found = (each.entry.task for each in others if each.entry.id != entry_id)
        return tuple(dict.fromkeys(found))

    def edit(self, entry_id: str, edit: EntryEdit) -> str:
        """Give an entry what `edit` says; one that runs can begin at another instant."""
        state, at = self.timer.state, edit.started_at
        if isinstance(state, Running) and state.entry.id == entry_id and at is not None:
            return self._do(lambda: self.timer.correct_start(at))
        return self._do(lambda: self.editor.edit(entry_id, edit))

    def delete(self, entry_ids: Sequence[str], listener: EditListener) -> Cancellable | None:
        """Remove entries from here and from both services, in steps: the first of them at once."""
        ids = tuple(dict.fromkeys(entry_ids))

        def delete(step: Sequence[str]) -> None:
            self.editor.delete(*step)
            listener.on_deleted(UndoableEdits(len(step), self.latest_undo_id()))

        steps = [
            partial(delete, ids[begin : begin + ENTRIES_PER_STEP])
            for begin in range(0, len(ids), ENTRIES_PER_STEP)
        ]
        return self._do_in_steps(steps, listener)

    def parse_split_instant(self, finished: FinishedEntry, typed: str) -> datetime:
        """The instant that was meant. Raises BadSpan, and nothing else does."""
        span = TimeSpan(finished.entry.started_at, finished.stopped_at)
        return parse_instant_within(typed, span, self.clock.now(), self.clock.zone())

    def split(self, entry_id: str, at: datetime) -> str:
        """Make two entries of one."""
        return self._do(lambda: self.editor.split(entry_id, at))

    def resume(self, entry_id: str) -> str:
        """Go on with an entry in a new one, from now; what runs is stopped first."""
        return self._do(lambda: self.timer.start_again(entry_id, Source.CLICK))

    def latest_undo_id(self) -> int:
        """The journal's number of the latest act that can be taken back, 0 without one."""
        return self.journal.latest_undo_id()

    def undo(self, undoable: Sequence[UndoableEdits], listener: EditListener) -> Cancellable | None:
        """Take these acts back, unless something else was changed since; in the same steps."""

        def undo(step: UndoableEdits) -> None:
            if self.latest_undo_id() != step.latest_undo_id:
                raise NotPossible(EntryMessageId.CHANGED_SINCE)
            self.editor.undo(step.count)
            listener.on_undone(step)

        return self._do_in_steps([partial(undo, step) for step in reversed(undoable)], listener)

    def _do_in_steps(
        self, steps: Sequence[Callable[[], None]], listener: EditListener
    ) -> Cancellable | None:
        refused = self._do(steps[0])
        if refused or len(steps) == 1:
            listener.on_ended(refused)
            return None

        async def go_on() -> None:
            why = ""
            for step in steps[1:]:
                await asyncio.sleep(0)
                if why := self._do(step):
                    break
            listener.on_ended(why)

        return self.spawn(go_on)

    def _do(self, act: Callable[[], object]) -> str:
        try:
            act()
        except (NotPossible, JournalError) as error:
            return self.explain(error)
        self.on_edited()
        return ""

    # What goes on by itself

    def audit(self, first: date, last: date, listener: AuditListener) -> Cancellable | None:
        """Compare with both services; changes nothing."""

        async def audit() -> None:
            listener.on_audited(
                await self.auditor().audit(first, last, listener.on_audit_progress), None
            )

        return self.spawn(audit)

    def repair(
        self, first: date, last: date, rows: Sequence[AuditRow], listener: AuditListener
    ) -> Cancellable | None:
        """Repair these rows, and compare again."""

        async def repair() -> None:
            keys = [row.key for row in rows]
            try:
                repaired = await self.auditor().repair(
                    first, last, keys, listener.on_repair_progress
                )
            except (NotPossible, JournalError) as error:
                listener.on_refused(self.explain(error))
                return
            finally:
                self.on_edited()  # also of those that were repaired before it was cancelled
            listener.on_audited(
                await self.auditor().audit(first, last, listener.on_audit_progress), repaired
            )

        return self.spawn(repair)

    def export(
        self, entry_filter: EntryFilter, form: ExportFormat, path: str, listener: ExportListener
    ) -> Cancellable | None:
        """Write the entries of the filter to a file, the oldest first, in slices."""

        async def export() -> None:
            try:
                sink = self.sink(path, form)
            except OSError as error:
                listener.on_refused(self.explain(_write_error(path, error)))
                return
            try:
                entries = await self._write(sink, self._with_running(entry_filter), form, listener)
                sink.commit()
            except OSError as error:
                sink.discard()
                listener.on_refused(self.explain(_write_error(path, error)))
            except BaseException:
                sink.discard()
                raise
            else:
                listener.on_exported(entries)

        return self.spawn(export)

    async def _write(
        self,
        sink: ExportSink,
        entry_filter: EntryFilter,
        form: ExportFormat,
        listener: ExportListener,
    ) -> int:
        now, zone = self.timer.entry_now(), self.clock.zone()
        pieces, entries, cursor = new_exporter(form, self.clock.now()), 0, None
        sink.write(pieces.head())
        while True:
            page = self.journal.page(entry_filter, cursor, EXPORT_BATCH_SIZE, oldest_first=True)
            found = self.journal.entries_by_id(page.ids)
            logged = [found[each] for each in page.ids if each in found]
            sink.write(pieces.entries(entry_document(each, now, zone) for each in logged))
            entries, cursor = entries + len(logged), page.next_cursor
            listener.on_export_progress(entries)
            if cursor is None:
                sink.write(pieces.tail())
                return entries
            await asyncio.sleep(0)


def _write_error(path: str, error: OSError) -> NotPossible:
    return NotPossible(FileMessageId.NOT_WRITTEN, path, file_problem(error))
