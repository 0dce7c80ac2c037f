"""Adding an entry by hand: what was typed so far -> what each service would receive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from timer_app.domain.delivery.service_messages import LogTime
from timer_app.domain.entries.comment import clean_comment, comment_units
from timer_app.domain.entries.entry import Entry, FinishedEntry, Source, whole_second
from timer_app.domain.entries.minutes import DaySegment, local_date
from timer_app.domain.entries.task import Task
from timer_app.domain.entries.timer import Running
from timer_app.domain.setup.span_input import BadSpan, TimeSpan, TypedSpan, parse_span
from timer_app.services.delivery.ports import Journal
from timer_app.services.entries.history import Calendar, DayTimeline, day_timeline
from timer_app.services.entries.logging_context import LoggingRules
from timer_app.services.entries.ports import Clock
from timer_app.services.entries.timer_service import TimerService

_PREVIEW_ID = "not yet an id"  # a preview is never committed


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """The fields of the window; `task` is None until one is chosen."""

    task: Task | None
    typed: TypedSpan
    comment: str = ""


@dataclass(frozen=True, slots=True)
class PlannedLog:
    """What Kaiten would receive for one date; no minutes mean no log yet, see `carry`."""

    segment: DaySegment
    minutes: int


@dataclass(frozen=True, slots=True)
class EntryPreview:
    """What adding the draft would do.

    `error` says why there is no span; `overlaps` are the tasks of overlapping entries.
    `comment_units_left` is how many UTF-16 units Kaiten's comment can still hold, below 0 if
    it is too long.
    """

    task: Task | None
    span: TimeSpan | None
    error: BadSpan | None
    to_timecrowd: bool
    to_kaiten: tuple[PlannedLog, ...]
    overlaps: tuple[Task, ...]
    comment_units_left: int

    @property
    def is_complete(self) -> bool:
        """Whether it can be added."""
        return self.task is not None and self.span is not None and self.comment_units_left >= 0


class ManualEntry:
    """Previews drafts, and adds them."""

    def __init__(self, timer: TimerService, journal: Journal, clock: Clock) -> None:
        self._timer = timer
        self._journal = journal
        self._clock = clock

    def today(self) -> date:
        """The calendar's date here and now."""
        return self._clock.now().astimezone(self._clock.zone()).date()

    def timeline(self, on_date: date, rules: LoggingRules) -> DayTimeline:
        """What there is on a date already, with what runs."""
        state = self._timer.state
        running = self._journal.entry(state.entry.id) if isinstance(state, Running) else None
        found = [*self._journal.entries(on_date, on_date), *([running] if running else [])]
        calendar = Calendar(self._clock.zone(), rules.day_start, self._timer.entry_now())
        return day_timeline(on_date, found, 0, 0, calendar)

    def day_of(self, instant: datetime, rules: LoggingRules) -> date:
        """The date that an instant counts for."""
        return local_date(instant, self._clock.zone(), rules.day_start)

    def preview(self, draft: EntryDraft, rules: LoggingRules) -> EntryPreview:
        """Preview adding the draft. Changes nothing."""
        units_left = rules.comment_limit(draft.task) - comment_units(draft.comment)
        try:
            span = parse_span(draft.typed, whole_second(self._clock.now()), self._clock.zone())
        except BadSpan as error:
            return EntryPreview(draft.task, None, error, False, (), (), units_left)
        others = self._journal.overlapping(span.started_at, span.stopped_at)
        overlaps = tuple(dict.fromkeys(each.entry.task for each in others))
        return EntryPreview(
            draft.task,
            span,
            None,
            rules.destinations.timecrowd,
            self._to_kaiten(draft, span, rules),
            overlaps,
            units_left,
        )

    def add(self, draft: EntryDraft, span: TimeSpan) -> None:
        """Commit what was previewed as `span`. Raises NotPossible or JournalError."""
        self._timer.add(
            draft.task, Source.MANUAL, span.started_at, span.stopped_at, comment=draft.comment
        )

    def _to_kaiten(
        self, draft: EntryDraft, span: TimeSpan, rules: LoggingRules
    ) -> tuple[PlannedLog, ...]:
        task = draft.task
        if task is None or task.card is None or not rules.destinations.kaiten:
            return ()
        entry = Entry(
            _PREVIEW_ID, task, span.started_at, Source.MANUAL, clean_comment(draft.comment)
        )
        transition = self._timer.preview_add(FinishedEntry(entry, span.stopped_at))
        minutes = {effect.message.for_date: effect.message.minutes
                   for effect in transition.effects
                   if isinstance(effect.message, LogTime)}  # fmt: skip
        segments = transition.ended.segments if transition.ended else ()
        return tuple(PlannedLog(each, minutes.get(each.for_date, 0)) for each in segments)
