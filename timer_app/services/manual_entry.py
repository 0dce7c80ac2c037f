"""Adding an entry by hand: what was typed so far -> what each service would receive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from timer_app.domain.comment import COMMENT_UNITS
from timer_app.domain.delivery import LogTime
from timer_app.domain.entry import Entry, FinishedEntry, Source, whole_second
from timer_app.domain.minutes import Stretch
from timer_app.domain.span_input import BadSpan, Span, TypedSpan, read_span
from timer_app.domain.task import Task
from timer_app.services.ports import Clock, Journal
from timer_app.services.terms import Rules
from timer_app.services.timer_service import TimerService

_NOT_YET = "not yet an id"  # a preview is never committed


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in the window; `task` is None until one is chosen."""

    task: Task | None
    typed: TypedSpan
    comment: str = ""


@dataclass(frozen=True, slots=True)
class KaitenDay:
    """What Kaiten would receive for one date; no minutes mean no log yet, see `carry`."""

    stretch: Stretch
    minutes: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What adding the draft would do.

    `wrong` says why there is no stretch; `overlaps` are the tasks it shares time with.
    `comment_left` is how many UTF-16 units Kaiten's comment still has room for, below 0 if none.
    """

    task: Task | None
    span: Span | None
    wrong: BadSpan | None
    to_timecrowd: bool
    to_kaiten: tuple[KaitenDay, ...]
    overlaps: tuple[Task, ...]
    comment_left: int

    @property
    def complete(self) -> bool:
        """Whether it can be added."""
        return self.task is not None and self.span is not None and self.comment_left >= 0


class ManualEntry:
    """Previews drafts, and adds them."""

    def __init__(self, timer: TimerService, journal: Journal, clock: Clock) -> None:
        self._timer = timer
        self._journal = journal
        self._clock = clock

    def today(self) -> date:
        """The calendar's date here and now."""
        return self._clock.now().astimezone(self._clock.zone()).date()

    def preview(self, draft: Draft, rules: Rules) -> Preview:
        """What would happen. Changes nothing."""
        left = COMMENT_UNITS - len(draft.comment.encode("utf-16-le", "surrogatepass")) // 2
        try:
            span = read_span(draft.typed, whole_second(self._clock.now()), self._clock.zone())
        except BadSpan as wrong:
            return Preview(draft.task, None, wrong, False, (), (), left)
        others = self._journal.overlapping(span.started_at, span.stopped_at)
        overlaps = tuple(dict.fromkeys(each.entry.task for each in others))
        return Preview(
            draft.task,
            span,
            None,
            rules.destinations.timecrowd,
            self._to_kaiten(draft, span, rules),
            overlaps,
            left,
        )

    def add(self, draft: Draft, span: Span) -> None:
        """Commit what was previewed as `span`. Raises NotPossible or JournalUnwritable."""
        self._timer.add(
            draft.task, Source.MANUAL, span.started_at, span.stopped_at, comment=draft.comment
        )

    def _to_kaiten(self, draft: Draft, span: Span, rules: Rules) -> tuple[KaitenDay, ...]:
        task = draft.task
        if task is None or task.card is None or not rules.destinations.kaiten:
            return ()
        entry = Entry(_NOT_YET, task, span.started_at, Source.MANUAL, draft.comment.strip())
        would = self._timer.would_add(FinishedEntry(entry, span.stopped_at))
        minutes = {told.message.for_date: told.message.minutes
                   for told in would.told if isinstance(told.message, LogTime)}  # fmt: skip
        stretches = would.ended.stretches if would.ended else ()
        return tuple(KaitenDay(each, minutes.get(each.for_date, 0)) for each in stretches)
