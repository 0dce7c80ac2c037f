"""What the history window wants, done: reads, acts, audits and exports.

Nothing raises: an act answers "" or the sentence that says why it was not done.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Protocol

from timer_app.domain.auditing import Row
from timer_app.domain.comment import COMMENT_UNITS
from timer_app.domain.entry import FinishedEntry, Source, whole_second
from timer_app.domain.errors import NotPossible
from timer_app.domain.minutes import date_of
from timer_app.domain.reasons import OfEntry, OfFile
from timer_app.domain.span_input import BadSpan, Span, TypedSpan, read_span, read_within
from timer_app.domain.task import Task
from timer_app.domain.timer import Running
from timer_app.services import history
from timer_app.services.audit import Audit, Auditor, Repaired
from timer_app.services.editing import Edit, Editor
from timer_app.services.exporting import Format, exporter
from timer_app.services.history import Bars, Calendar, Day, Scope
from timer_app.services.listing import Listing, Page, Place, Sought
from timer_app.services.ports import Clock, JournalUnwritable, LoggedEntry
from timer_app.services.report import entry_document
from timer_app.services.tasks import Spawn
from timer_app.services.terms import Rules
from timer_app.services.timer_service import TimerService

MOST_AT_ONCE = 200
"""Entries exported between two looks at what else there is to do: some 20 ms."""


@dataclass(frozen=True, slots=True)
class Revision:
    """An entry as its fields say now; `typed` is None while nobody touched the times."""

    entry_id: str
    typed: TypedSpan | None
    task: Task
    comment: str


@dataclass(frozen=True, slots=True)
class Outlook:
    """What saving the revision would do; `edit` is None while it cannot be saved."""

    span: Span | None
    wrong: BadSpan | None
    overlaps: tuple[Task, ...]
    comment_left: int
    edit: Edit | None


@dataclass(frozen=True, slots=True)
class Undoable:
    """Acts that one Undo takes back; `latest` is the journal's number of the last of them."""

    acts: int
    latest: int


class Auditing(Protocol):
    """Who is told how an audit goes."""

    def asked(self, done: int, total: int) -> None:
        """Of so many cards and dates so many were asked for."""
        ...

    def audited(self, audit: Audit, repaired: Repaired | None) -> None:
        """It is over; `repaired` is what was repaired before it, if that was wanted."""
        ...

    def refused(self, why: str) -> None:
        """A repair was not possible."""
        ...


class Exporting(Protocol):
    """Who is told how an export goes."""

    def written(self, entries: int) -> None:
        """So many are written."""
        ...

    def exported(self, entries: int) -> None:
        """It is whole."""
        ...

    def refused(self, why: str) -> None:
        """It could not be written; the file is as it was."""
        ...


class ExportSink(Protocol):
    """The file of an export. `write` and `keep` raise OSError."""

    def write(self, text: str) -> None:
        """Add a piece."""
        ...

    def keep(self) -> None:
        """It is whole."""
        ...

    def drop(self) -> None:
        """It is not wanted after all."""
        ...


class Work(Protocol):
    """Something that goes on by itself."""

    def cancel(self) -> object:
        """Leave it."""
        ...


@dataclass(frozen=True, slots=True)
class HistoryDesk:
    """Serves the history window. `goal` is a day's in seconds, 0 without one.

    `acted` is called after what a person did; `sink` opens the file of an export (OSError);
    `spawn` lets the app own what goes on by itself; `explain` says why something was not done.
    """

    journal: Listing
    clock: Clock
    rules: Callable[[], Rules]
    timer: TimerService
    editor: Editor
    goal: Callable[[], int]
    auditor: Callable[[], Auditor]
    sink: Callable[[str, Format], ExportSink]
    spawn: Spawn
    acted: Callable[[], None]
    explain: Callable[[Exception], str] = str

    # What there is

    def calendar(self) -> Calendar:
        """By what instants become dates at this moment."""
        return Calendar(self.clock.zone(), self.rules().day_start, self.clock.now())

    def today(self) -> date:
        """The date that this instant counts for."""
        return self.timer.today()

    def day(self, of: date) -> Day:
        """A day with its entries."""
        running = self._running()
        found = [*self.journal.entries(of, of), *([running] if running else [])]
        finished = self.journal.seconds_by_day(of, of).get(of, 0)
        return history.day(of, found, finished, self.goal(), self.calendar())

    def bars(self, scope: Scope, of: date, first_weekday: int) -> Bars:
        """The week or month of a date; Monday is 1."""
        dates = history.dates_of(scope, of, first_weekday)
        finished = self.journal.seconds_by_day(*dates)
        return history.bars(
            scope, dates, finished, self._running(), self.goal(),
            today=self.today(), calendar=self.calendar(),
        )  # fmt: skip

    def page(self, sought: Sought, after: Place | None, most: int) -> Page:
        """The next ids of what is sought, the newest first."""
        return self.journal.page(self._with_running(sought), after, most)

    def entries(self, ids: Sequence[str]) -> Mapping[str, LoggedEntry]:
        """The entries of these ids, as far as they are there."""
        return self.journal.some(ids)

    def _with_running(self, sought: Sought) -> Sought:
        """What runs is among the dates from its start until today."""
        running = self._running()
        if running is None:
            return replace(sought, running=False)
        calendar = self.calendar()
        began = date_of(running.entry.started_at, calendar.zone, calendar.day_start)
        begun = sought.last is None or began <= sought.last
        lasts = sought.first is None or sought.first <= self.today()
        return replace(sought, running=begun and lasts)

    def _running(self) -> LoggedEntry | None:
        state = self.timer.state
        return self.journal.entry(state.entry.id) if isinstance(state, Running) else None

    # What a person does to entries

    def outlook(self, revision: Revision) -> Outlook:
        """What saving it would do. Changes nothing."""
        left = COMMENT_UNITS - len(revision.comment.encode("utf-16-le", "surrogatepass")) // 2
        span = None
        if revision.typed is not None:
            try:
                now = whole_second(self.clock.now())
                span = read_span(revision.typed, now, self.clock.zone())
            except BadSpan as wrong:
                return Outlook(None, wrong, (), left, None)
        edit = Edit(
            span.started_at if span else None,
            span.stopped_at if span else None,
            revision.comment,
            revision.task,
        )
        overlaps = self._overlaps(revision.entry_id, span) if span else ()
        return Outlook(span, None, overlaps, left, edit if left >= 0 else None)

    def _overlaps(self, entry_id: str, span: Span) -> tuple[Task, ...]:
        others = self.journal.overlapping(span.started_at, span.stopped_at)
        found = (each.entry.task for each in others if each.entry.id != entry_id)
        return tuple(dict.fromkeys(found))

    def edit(self, entry_id: str, edit: Edit) -> str:
        """Give an entry what `edit` says."""
        return self._do(lambda: self.editor.edit(entry_id, edit))

    def delete(self, entry_ids: Sequence[str]) -> str:
        """Remove entries from here and from both services."""
        return self._do(lambda: self.editor.delete(*entry_ids))

    def split_at(self, finished: FinishedEntry, typed: str) -> datetime:
        """The instant that was meant. Raises BadSpan, and nothing else does."""
        span = Span(finished.entry.started_at, finished.stopped_at)
        return read_within(typed, span, self.clock.now(), self.clock.zone())

    def split(self, entry_id: str, at: datetime) -> str:
        """Make two entries of one."""
        return self._do(lambda: self.editor.split(entry_id, at))

    def resume(self, task: Task) -> str:
        """Start the task now; what runs is stopped first."""
        return self._do(lambda: self.timer.start(task, Source.CLICK))

    def undoable(self) -> int:
        """The journal's number of the latest act that can be taken back, 0 without one."""
        last = self.journal.last_amendment()
        return last.id if last else 0

    def undo(self, undoable: Undoable) -> str:
        """Take these acts back, unless something else was changed since."""
        if self.undoable() != undoable.latest:
            return self.explain(NotPossible(OfEntry.CHANGED_SINCE))
        return self._do(lambda: self.editor.undo(undoable.acts))

    def _do(self, act: Callable[[], object]) -> str:
        try:
            act()
        except (NotPossible, JournalUnwritable) as error:
            return self.explain(error)
        self.acted()
        return ""

    # What goes on by itself

    def audit(self, first: date, last: date, told: Auditing) -> Work | None:
        """Compare with both services; changes nothing."""

        async def audit() -> None:
            told.audited(await self.auditor().audit(first, last, told.asked), None)

        return self.spawn(audit)

    def repair(self, first: date, last: date, rows: Sequence[Row], told: Auditing) -> Work | None:
        """Repair these rows, and compare again."""

        async def repair() -> None:
            try:
                repaired = await self.auditor().repair(first, last, [row.key for row in rows])
            except (NotPossible, JournalUnwritable) as error:
                told.refused(self.explain(error))
                return
            self.acted()
            told.audited(await self.auditor().audit(first, last, told.asked), repaired)

        return self.spawn(repair)

    def export(self, sought: Sought, form: Format, path: str, told: Exporting) -> Work | None:
        """Write what is sought to a file, the oldest first, in slices."""

        async def export() -> None:
            try:
                sink = self.sink(path, form)
            except OSError as error:
                told.refused(self.explain(_unwritten(path, error)))
                return
            try:
                entries = await self._write(sink, self._with_running(sought), form, told)
                sink.keep()
            except OSError as error:
                sink.drop()
                told.refused(self.explain(_unwritten(path, error)))
            except BaseException:
                sink.drop()
                raise
            else:
                told.exported(entries)

        return self.spawn(export)

    async def _write(self, sink: ExportSink, sought: Sought, form: Format, told: Exporting) -> int:
        now, zone = self.clock.now(), self.clock.zone()
        pieces, entries, place = exporter(form, now), 0, None
        sink.write(pieces.head())
        while True:
            page = self.journal.page(sought, place, MOST_AT_ONCE, oldest_first=True)
            found = self.journal.some(page.ids)
            logged = [found[each] for each in page.ids if each in found]
            sink.write(pieces.some(entry_document(each, now, zone) for each in logged))
            entries, place = entries + len(logged), page.end
            told.written(entries)
            if place is None:
                sink.write(pieces.tail())
                return entries
            await asyncio.sleep(0)


def _unwritten(path: str, error: OSError) -> NotPossible:
    return NotPossible(OfFile.NOT_WRITTEN, path, error.strerror or str(error))


def middle(finished: FinishedEntry) -> datetime:
    """Half-way through, at a whole minute where one lies within."""
    half = finished.entry.started_at + timedelta(seconds=finished.seconds // 2)
    minute = half.replace(second=0)
    return minute if minute > finished.entry.started_at else half
